"""Why a session changes its room overnight: what the judge says of it in each of its rooms throughout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.checking import Report, check
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.wording import capital, counted


def why_rooms(scenario: Scenario, timetable: Timetable, session: SessionId) -> tuple[str, ...]:
    """Each change of room in a sentence, and then what each room would do to it throughout; empty without a change."""
    placement = timetable[session]
    if not placement.rooms:
        return ()
    report = check(scenario, timetable)
    throughout = [_throughout(scenario, timetable, session, room, report) for room in placement.each_room]
    return (*_moves(scenario, timetable, session), *throughout)


def _moves(scenario: Scenario, timetable: Timetable, session: SessionId) -> Iterator[str]:
    was, price = timetable[session].room, scenario.may_change_room.get(session, 0)
    for day, room in timetable[session].moves:
        rooms = f"from {scenario.room_title(was)} to {scenario.room_title(room)}"
        points = f", at {counted(price, 'point')}" if price else ""
        yield f"It moves {rooms} on {show_day(day)}{points}."
        was = room


def _throughout(scenario: Scenario, timetable: Timetable, session: SessionId, room: RoomId, report: Report) -> str:
    """What keeping one room would break or cost, with everything else as it is."""
    there = replace(timetable[session], room=room, rooms=())
    kept = Timetable([there if p.session == session else p for p in timetable], timetable.side_events)
    found, where = check(scenario, kept), f"in {scenario.room_title(room)} throughout"
    known = {violation.message for violation in report.broken}
    if new := next((violation for violation in found.broken if violation.message not in known), None):
        return capital(f"{where}, with all else as it is, {new.message} ({new.id}).")
    more = found.cost - report.cost
    points = "as much" if not more else f"{counted(abs(more), 'point')} {'more' if more > 0 else 'less'}"
    return capital(f"{where}, with all else as it is, the timetable would cost {points}.")
