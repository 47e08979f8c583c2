"""What an option leaves out that another one holds: an option that does less is not simply better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.wording import shortened

MAX_BODIES_NAMED = 5
"""Of more bodies that are left out, five are named and the others counted."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A body for which an option has less time than another option."""

    body: str
    """What people call it."""
    minutes: int
    """By how much less."""
    whole: bool
    """Whether the option holds nothing of it."""

    @property
    def words(self) -> str:
        """``DIEF (3 h)``, or ``1 h 30 of WGETI``."""
        time = show_minutes(self.minutes)
        return f"{self.body} ({time})" if self.whole else f"{time} of {self.body}"


def held(option: Option) -> dict[SessionId, int]:
    """Minutes of each session that is placed, at most its duration: what a hand has added does not count."""
    return {p.session: min(p.minutes, option.scenario.minutes(p.session)) for p in option.placements}


def holds_all_of(one: Option, other: Option) -> bool:
    """Whether ``one`` has at least as much time for every session as ``other``."""
    mine = held(one)
    return all(mine.get(session, 0) >= minutes for session, minutes in held(other).items())


def shortfalls(option: Option, options: Sequence[Option]) -> tuple[Shortfall, ...]:
    """For each body the time that ``option`` has less than the option with most; nothing where it has no timetable."""
    if option.timetable is None:
        return ()
    mine = held(option)
    most: dict[SessionId, int] = {}
    bodies: dict[SessionId, str] = {}
    for other in options:
        for session, minutes in held(other).items():
            most[session] = max(most.get(session, 0), minutes)
            bodies.setdefault(session, other.scenario.name_of(other.scenario.body_of[session].id))
    missing: dict[str, int] = {}
    for session, minutes in most.items():
        if minutes > mine.get(session, 0):
            missing[bodies[session]] = missing.get(bodies[session], 0) + minutes - mine.get(session, 0)
    kept = {bodies[session] for session in mine}
    return tuple(Shortfall(body, minutes, body not in kept) for body, minutes in missing.items())


def left_out(option: Option, options: Sequence[Option]) -> str:
    """``DIEF (3 h) and 1 h 30 of WGETI``; empty where nothing is left out."""
    found = [shortfall.words for shortfall in shortfalls(option, options)]
    return shortened(found, MAX_BODIES_NAMED) if found else ""
