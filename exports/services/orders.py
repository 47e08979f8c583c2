"""The order of each day: everything that is held on it, in order of time, with breaks and side events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exports.annex.pauses import titles_of
from exports.services.bookings import EVERYBODY, Booking
from exports.services.people import ROLES, SPEAKER, VACANT, Duty
from scheduler.domain.clock import show_hours
from scheduler.domain.seats import Role
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the order of a day."""

    hours: str
    """``10:00 - 13:00``; empty where they are not known."""
    room: str
    body: str
    """Empty of a break."""
    title: str
    people: tuple[str, ...]
    """With their posts; those who only speak come last."""
    admitted: str
    """Empty where everybody is."""


def orders(scenario: Scenario, booked: list[Booking], duties: list[Duty]) -> Mapping[date, tuple[Point, ...]]:
    """The points of each day of the meeting, and of other days on which something is held."""
    found: dict[date, list[tuple[tuple[int, int], Point]]] = {day: [] for day in scenario.calendar.axis.days}
    there: dict[tuple[str, date, tuple[int, int] | None], list[str]] = {}
    for duty in sorted(duties, key=_only_speaks):
        there.setdefault((duty.of, duty.day, duty.hours), []).append(_named(duty))
    for each in booked:
        people = tuple(dict.fromkeys(there.get((each.of, each.day, each.hours), ())))
        kept = each.admitted if each.admitted != EVERYBODY else ""
        hours = show_hours(*each.hours) if each.hours else ""
        point = Point(hours, each.room, each.body, each.title, people, kept)
        found.setdefault(each.day, []).append((each.hours or (24 * 60, 0), point))
    for slot in scenario.calendar.axis.slots:
        for span, title in titles_of(scenario.calendar, slot).items():
            found[slot.day].append((span, Point(show_hours(*span), "", "", title, (), "")))
    return {day: tuple(point for _, point in sorted(points, key=_in_time)) for day, points in sorted(found.items())}


def _in_time(pair: tuple[tuple[int, int], Point]) -> tuple[tuple[int, int], str, str]:
    return pair[0], pair[1].room, pair[1].title


def _only_speaks(duty: Duty) -> bool:
    """Whether somebody presents or speaks, and holds no post."""
    return duty.post in (ROLES[Role.PRESENTER], SPEAKER)


def _named(duty: Duty) -> str:
    """``Amb. Example (Chair)``; of presenters and speakers the name alone."""
    if duty.person == VACANT:
        return f"{duty.post}: vacant"
    return duty.person if _only_speaks(duty) else f"{duty.person} ({duty.post})"
