"""Days that sessions need for themselves, and what sessions need together: rooms at one time, the hours of one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from scheduler.arithmetic.calendar_parts import named
from scheduler.arithmetic.findings import DAYS, MINUTES, ROOMS, Shortage, Unit
from scheduler.arithmetic.resources import of_rooms
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.rules.limits import DayLimit
from scheduler.scenario import Scenario
from scheduler.wording import shortened

MAX_RUNS = 200
"""Runs of days that are tried for each limit, the longest first."""


class Sitting(Protocol):
    """Where sessions may sit."""

    scenario: Scenario

    def ways(self, session: SessionId) -> Sequence[tuple[Segment, ...]]:
        """The ways in which a session may sit."""

    def rooms_in(self, session: SessionId) -> Mapping[int, frozenset[RoomId]]:
        """The rooms that it may have, for each slot in which it may sit."""


def runs_of_days(scenario: Scenario) -> Iterator[Sequence[date]]:
    """All days, then ever shorter runs of them."""
    days = scenario.calendar.axis.days
    runs = (days[first : first + size] for size in range(len(days), 0, -1) for first in range(len(days) - size + 1))
    yield from (run for run, _ in zip(runs, range(MAX_RUNS), strict=False))


def too_few_days(sitting: Sitting, limit: DayLimit, days: Sequence[date]) -> Shortage | None:
    """Whether sessions that take a day for themselves, or with few others, take more of these days than there are."""
    axis, within = sitting.scenario.calendar.axis, frozenset(days)
    needs: dict[SessionId, int] = {}
    open_to: set[date] = set()
    for session in limit.sessions:
        taken = [{part.day for part in way} & within for way in sitting.ways(session)]
        if least := min(map(len, taken), default=0):
            needs[session] = least if limit.usable is None else 1
            open_to.update(*taken)
    asked = -(-sum(needs.values()) // limit.at_most)
    there = len(open_to) if limit.usable is None else limit.usable(sorted(open_to))
    if asked <= there:
        return None
    where = named(sitting.scenario, frozenset(index for day in open_to for index in axis.by_day[day]))
    return _found(sitting, limit.so, where, asked, there, needs, DAYS)


def one_time(sitting: Sitting, sessions: Sequence[SessionId]) -> Shortage | None:
    """Whether sessions that start at one time need more rooms than there are then."""
    slots = frozenset.intersection(*(frozenset(sitting.rooms_in(s)) for s in sessions)) if sessions else frozenset()
    rooms = [frozenset[RoomId]().union(*(sitting.rooms_in(s)[slot] for s in sessions)) for slot in slots]
    there = max(map(len, rooms), default=0)
    if len(sessions) <= there or not rooms:
        return None
    names = shortened([sitting.scenario.title(session) for session in sessions])
    return _found(sitting, f"at one time for {names}", "", len(sessions), there, dict.fromkeys(sessions, 1), ROOMS)


def one_day(sitting: Sitting, sessions: Sequence[SessionId]) -> Shortage | None:
    """Whether sessions that sit on one day need more time than any day has in all rooms."""
    scenario, most = sitting.scenario, 0
    rooms: dict[int, frozenset[RoomId]] = {}
    for session in sessions:
        for slot, own in sitting.rooms_in(session).items():
            rooms[slot] = rooms.get(slot, own) | own
    slots = scenario.calendar.axis.slots
    for of_day in scenario.calendar.axis.by_day.values():
        most = max(most, sum(slots[index].minutes * len(rooms.get(index, ())) for index in of_day))
    needs = {session: scenario.minutes(session) for session in sessions}
    if sum(needs.values()) <= most:
        return None
    whom = of_rooms(scenario, frozenset[RoomId]().union(*rooms.values()))
    return _found(sitting, whom, "on one day", sum(needs.values()), most, needs)


def _found(
    sitting: Sitting,
    whom: str,
    where: str,
    asked: int,
    there: int,
    needs: Mapping[SessionId, int],
    unit: Unit = MINUTES,
) -> Shortage:
    titles = tuple((sitting.scenario.title(session), number) for session, number in needs.items())
    return Shortage(whom, where, asked, there, titles, (), measure=unit, needs=tuple(needs.items()))
