"""What an option leaves out that another one holds: who does less is not simply better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.wording import listed

MOST_NAMED = 5
"""Bodies that are named of all that is left out."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A body for which an option has less time than another option."""

    body: str
    """What people call it."""
    minutes: int
    """By how many it is less."""
    whole: bool
    """Whether the option holds nothing of it."""

    @property
    def words(self) -> str:
        """``DIEF (3 h)``, or ``1 h 30 of WGETI``."""
        time = show_minutes(self.minutes)
        return f"{self.body} ({time})" if self.whole else f"{time} of {self.body}"


def held(option: Option) -> dict[SessionId, int]:
    """Minutes of each session that is placed, and of what a hand gave it beyond its plan no more than that plan."""
    given = {p.session: sum(segment.minutes for segment in p.segments) for p in option.placements}
    return {session: min(minutes, option.scenario.minutes(session)) for session, minutes in given.items()}


def holds_all_of(one: Option, other: Option) -> bool:
    """Whether ``one`` has at least as much time for every session as ``other``."""
    mine = held(one)
    return all(mine.get(session, 0) >= minutes for session, minutes in held(other).items())


def shortfalls(option: Option, options: Sequence[Option]) -> tuple[Shortfall, ...]:
    """By body what ``option`` leaves out of all that any of the options holds; nothing where it has no timetable."""
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
    more = len(found) - MOST_NAMED
    return listed([*found[:MOST_NAMED], f"{more} more"] if more > 0 else found) if found else ""
