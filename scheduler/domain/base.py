"""The frozen base of every value, and the names of ids."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

BodyId = NewType("BodyId", str)
SessionId = NewType("SessionId", str)
RoomId = NewType("RoomId", str)
OfficerId = NewType("OfficerId", str)
AudienceId = NewType("AudienceId", str)


class Frozen(BaseModel):
    """A value: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, protected_namespaces=())


def known(kind: str, *families: str) -> Any:
    """A validator for a reference: refuses an id that the scenario does not declare.

    The declared ids come as validation context, ``{"ids": {"bodies": [...], ...}}``; without context every id passes.
    ``families`` names the lists the id may be found in.
    """

    def check(value: str, info: ValidationInfo) -> str:
        ids = (info.context or {}).get("ids")
        if ids is None or any(value in ids.get(family, ()) for family in families):
            return value
        candidates = [name for family in families for name in ids.get(family, ())]
        near = get_close_matches(value, candidates, n=1) or get_close_matches(value.upper(), candidates, n=1)
        shown = ", ".join(candidates[:8]) + (" ..." if len(candidates) > 8 else "")
        hint = (
            f"did you mean '{near[0]}'?" if near else f"known here: {shown}" if candidates else f"no {kind} is declared"
        )
        raise PydanticCustomError(
            "unknown_reference",
            "there is no {kind} '{value}' in this scenario",
            {"kind": kind, "value": value[:60], "hint": hint},
        )

    return AfterValidator(check)


def identifier(value: str) -> str:
    """An id: letters, digits, ``-``, ``_`` and ``.``; at most 60 characters; begins with a letter or digit."""
    if len(value) > 60:
        raise ValueError(f"'{value[:20]}...' is too long for an id: it has {len(value)} characters, 60 are the most")
    if not value or not value[0].isalnum():
        raise ValueError(f"'{value[:60]}' cannot be an id: use letters, digits, '-' or '_', beginning with a letter")
    if not all(c.isalnum() or c in "-_." for c in value):
        raise ValueError(f"'{value}' cannot be an id: only letters, digits, '-', '_' and '.' may stand in it")
    return value


Identifier = Annotated[str, AfterValidator(identifier)]
BodyRef = Annotated[str, known("body", "bodies")]
SessionRef = Annotated[str, known("session", "sessions")]
WorkRef = Annotated[str, known("body or session", "bodies", "sessions")]
RoomRef = Annotated[str, known("room", "rooms")]
OfficerRef = Annotated[str, known("officer", "officers")]
AudienceRef = Annotated[str, known("audience", "audiences")]
