"""Small scenarios and timetables written in one line each, for tests of one rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import parse_clock, parse_weekday
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.entry import validated
from scheduler.reading.plain import Plain
from scheduler.scenario import Scenario

DAYS = ("2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28")
"""Tuesday to Friday."""
SLOTS = ("10:00-13:00", "15:00-18:00")


def scenario(
    bodies: Mapping[str, Any],
    *rules: Mapping[str, Any],
    days: Sequence[Any] = DAYS,
    slots: Sequence[Any] = SLOTS,
    as_it_was: bool = False,
    **more: Any,
) -> Scenario:
    """A scenario of bodies by id, each a duration, its sessions by id, or more: ``{"access": ..., "sessions": ...}``.

    A body of one duration has one session, named as the body in small letters. ``as_it_was``: read as what an earlier
    version stored, with what it left open.
    """
    calendar = {"days": list(days), "slots": list(slots)}
    written = [_body(name, body) for name, body in bodies.items()]
    meeting = {"series": "Small", "annex_title": "SMALL"}
    data = {"name": "small", "meeting": meeting, "calendar": calendar, "bodies": written, "rules": list(rules)} | more
    return validated(Plain("", data), as_it_was=as_it_was)[0]


def _body(name: str, body: Any) -> dict[str, Any]:
    if isinstance(body, str):
        body = {"sessions": {name.lower(): body}}
    elif "sessions" not in body:
        body = {"sessions": body}
    sessions = [
        {"id": session, **(more if isinstance(more, dict) else {"duration": more})}
        for session, more in body["sessions"].items()
    ]
    return {"id": name} | body | {"sessions": sessions}


def timetable(scenario: Scenario, places: Mapping[str, str]) -> Timetable:
    """Each session where it stands: ``Tue 10:00``, or with its room ``Tue 10:00 annexe``, by day ``hall,annexe``."""
    placed: dict[str, Placement] = {}
    for session in sorted(places, key=lambda name: name in scenario.gives_way):  # fixtures first
        placed[session] = _place(scenario, SessionId(session), placed.values(), *places[session].split())
    return Timetable(placed[session] for session in places)


def _place(
    scenario: Scenario,
    session: SessionId,
    others: Iterable[Placement],
    weekday: str,
    clock: str,
    room: str | None = None,
) -> Placement:
    day = next(day for day in scenario.calendar.axis.days if day.weekday() == parse_weekday(weekday))
    start = scenario.calendar.axis.position(day, parse_clock(clock))
    assert start is not None, f"no slot holds {weekday} {clock}"
    rooms = tuple(map(RoomId, room.split(","))) if room else None
    placement = scenario.place(session, start, rooms[0] if rooms and len(rooms) == 1 else rooms, others)
    assert placement is not None, f"{session} does not fit at {weekday} {clock}"
    return placement


def messages(scenario: Scenario, places: Mapping[str, str]) -> list[str]:
    """What the first rule of the scenario finds in a timetable."""
    return [violation.message for violation in scenario.rules[0].check(scenario, timetable(scenario, places))]


def amounts(scenario: Scenario, places: Mapping[str, str]) -> list[int]:
    """The amount of each finding of the first rule."""
    return [violation.amount for violation in scenario.rules[0].check(scenario, timetable(scenario, places))]
