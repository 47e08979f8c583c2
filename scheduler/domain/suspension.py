"""For which fixtures a session is suspended, as a scenario says it."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field

from scheduler.domain.base import WorkRef

_WORDS = {"true": True, "false": False}
_MEANT = {
    **dict.fromkeys(("yes", "all", "any", "on", "everything", "fixtures"), "true, which means every fixture"),
    **dict.fromkeys(("no", "none", "off", "nothing"), "false, which means that it is never suspended"),
}


def _read(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 1 and str(value[0]).lower() in _WORDS:  # as a cell of a table has it
        value = str(value[0])
    if isinstance(value, str):
        if value.lower() in _WORDS:
            return _WORDS[value.lower()]
        if value.lower() in _MEANT:
            raise ValueError(f"'{value}' is no name here: write {_MEANT[value.lower()]}")
        raise ValueError(f"'{value[:60]}' is not a list of names: write [{value[:60]}], or true for every fixture")
    if isinstance(value, dict):
        raise ValueError("names are expected here, not keys: write a list such as [panel], or true for every fixture")
    return value


SuspendsFor: TypeAlias = (
    Annotated[tuple[WorkRef, ...] | bool, Field(union_mode="left_to_right"), BeforeValidator(_read)] | None
)
"""Bodies or sessions by name; true: every fixture; false: none; None: as the body above says."""
