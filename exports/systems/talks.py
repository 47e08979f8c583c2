"""A schedule that another program has published, as values: talks with their speakers, rooms and hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SIDE_EVENT = "side event"
"""The kind of a talk that is a side event, in what this program has written."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When and where a talk, or one part of it, is held."""

    day: date
    start: int
    """Minutes after midnight."""
    minutes: int
    room: str
    """May be empty."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What becomes a session. What the schedule does not say is empty."""

    title: str
    track: str
    people: tuple[str, ...]
    minutes: int | None
    """None: the schedule does not say how long it takes."""
    held: tuple[Hours, ...]
    """Its parts in order; empty: the schedule does not say when it is held."""
    key: str = ""
    """Its id, where this program has written the schedule."""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that is taken from a schedule, and what is left out."""

    name: str
    title: str
    zone: str | None
    """An IANA name."""
    rooms: Mapping[str, int | None]
    """Names with their seats, where these are known."""
    talks: tuple[Talk, ...]
    left_out: Counter[str] = field(default_factory=Counter)
    """What a scenario has no place for: how many talks say it."""
    notes: tuple[str, ...] = ()
    """Sentences on what was understood otherwise than it stands there."""
