"""What rules let no more than a few sessions have at a time, in the terms of a proof that only adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.domain.base import SessionId


@dataclass(frozen=True, slots=True)
class Limit:
    """Of the sessions no more than ``at_most`` sit at one minute."""

    sessions: tuple[SessionId, ...]
    at_most: int
    so: str
    """Why, to be put after what they ask for: ``with at most 2 sessions at once``."""
    in_one_room: bool = False
    """Whether they need only sit in one room of each slot: so two may sit at one minute where rooms are shared."""


@dataclass(frozen=True, slots=True)
class DayLimit:
    """Of the sessions no more than ``at_most`` sit on one day."""

    sessions: tuple[SessionId, ...]
    at_most: int
    so: str
    """Why, to be put after the days that they ask for: ``for WG, which has at most 2 sessions a day``."""
    usable: Callable[[Sequence[date]], int] | None = None
    """On how many of some days, in ascending order, different sessions may sit; None: on all of them."""


class Together(StrEnum):
    """What several sessions have in common."""

    DAY = "day"
    """All of them sit on one day."""
    START = "start"
    """All of them start at the same time."""
