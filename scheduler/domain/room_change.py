"""Whether a session may change its room overnight, as a scenario says it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from scheduler.domain.base import Frozen
from scheduler.domain.seats import HIGHEST_PRICE


class RoomChange(Frozen):
    """A session may go on in another room the next day."""

    price: int = Field(ge=0, le=HIGHEST_PRICE)
    """Points for each night after which it goes on in another room."""


def _read(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in ("false", "no", "never"):
        if value.lower() != "false":
            raise ValueError(f"'{value}' is no answer here: write false, which means that the room stays the same")
        return False
    if value is None or value is False or isinstance(value, dict | RoomChange):
        return value
    number = f"{value}".strip()
    price = number if number.isdecimal() and len(number) < 8 else "20"
    raise ValueError(
        f"what does a change of room cost? write {{price: {price}}}, in points (in a table {price}), or false"
    )


RoomMayChange: TypeAlias = (
    Annotated[RoomChange | Literal[False], Field(union_mode="left_to_right"), BeforeValidator(_read)] | None
)
"""``{price: 20}``: overnight, at 20 points a time; false: never; None: as the body above says."""
