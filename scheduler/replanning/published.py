"""A timetable that is out, as a changed scenario sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.base import SessionId, altered
from scheduler.domain.carry import Carry
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable, Where
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """Where a session was: its first day and minute, and its room or its rooms by day."""

    day: date
    start: int
    where: Where


@dataclass(frozen=True, slots=True)
class Published:
    """What is out, moved by the days by which the meeting has been moved as a whole since."""

    scenario: Scenario
    timetable: Timetable
    places: Mapping[SessionId, PublishedPlace]
    """Where the sessions of the changed scenario are; other sessions are left out."""
    days: int = 0
    """The days by which all this is later than it went out."""
    outside: frozenset[SessionId] = frozenset()
    """Sessions that were found outside the slots."""


def published_in(
    scenario: Scenario, before: Scenario, timetable: Timetable, outside: frozenset[SessionId] = frozenset(), *,
    name: str = "this timetable",
) -> Published:  # fmt: skip
    """A timetable of the scenario ``before``, as ``scenario`` sees it; ``name`` is what a message calls it.

    Raises:
        InputError: it has sessions, and ``scenario`` has none of them.
    """
    carry, out = Carry(before, scenario), places(scenario, timetable, before)
    if timetable and not out:
        said = f"{name}: none of its sessions is in scenario '{scenario.name}'"
        raise InputError(printable(f"{said}: name the timetable of this meeting"))
    if not carry.days:
        return Published(before, timetable, out, outside=outside)
    later = altered(before, calendar=scenario.calendar)
    return Published(later, carry.timetable(timetable), out, carry.days, outside)


def places(
    scenario: Scenario, timetable: Timetable, before: Programme | None = None
) -> dict[SessionId, PublishedPlace]:
    """Where the sessions of ``scenario`` are in a timetable that is out; other sessions are left out.

    ``before`` is the programme that the timetable was made for. Where the meeting has been moved as a whole since, the
    places move by the same days, and a room has its new id.
    """
    carry = Carry(before or scenario, scenario)
    return {
        p.session: PublishedPlace(*carry.begins(p), carry.where(p.where))
        for p in timetable
        if p.session in scenario.sessions
    }


def stays(place: PublishedPlace, placement: Placement) -> bool:
    """Whether a session is where it was, on each day on which it was and is held."""
    first, where = placement.segments[0], place.where
    if (first.day, first.start) != (place.day, place.start):
        return False
    if isinstance(where, str):
        return placement.each_room == (where,)
    return all(was == placement.room_on(day) for was, day in zip(where, placement.days, strict=False))
