"""A timetable of a conference in the layout of the benchmark library CoSPLib, so that its own checker can score it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exports.xlsx.workbook import add_sheet, new_workbook, put, save_bytes
from scheduler.domain.clock import show_clock, show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.scenario import Scenario
from scheduler.solving.counted.conference import Conference, Plan
from scheduler.solving.counted.cosplib import SOLUTION
from scheduler.wording import listed

Cell = tuple[int, int]
"""A slot, which the library calls session, and a room, by number."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in the sheet, in names."""

    rooms: Sequence[str]
    slots: Sequence[tuple[str, int]]
    """Each with its number of time slots."""
    bodies: Mapping[Cell, str]
    """Who holds a cell."""
    sessions: Mapping[Cell, Sequence[str | None]]
    """What stands in each time slot of a cell; None: nothing."""


def solution_bytes(conference: Conference, plan: Plan) -> bytes:
    """A plan of a conference that was read from a workbook of the library."""
    tracks = {cell: conference.tracks[track].name for cell, track in plan.tracks.items()}
    talks = {
        cell: [None if talk is None else conference.submissions[talk].name for talk in standing]
        for cell, standing in plan.slots.items()
    }
    slots = [(period.name, period.slots) for period in conference.periods]
    return _bytes(conference.name, Layout(conference.rooms, slots, tracks, talks))


def timetable_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """A timetable of a scenario: slots by their names, bodies by their labels, sessions by their titles.

    Raises:
        InputError: the layout cannot hold it; says why.
    """
    return _bytes(scenario.name, _layout(scenario, timetable))


def _layout(scenario: Scenario, timetable: Timetable) -> Layout:
    rooms = {room.id: number for number, room in enumerate(scenario.rooms)}
    names = {session: scenario.sessions[session].title or session for session in scenario.sessions}
    slots = [slot.name or f"{slot.day} {show_clock(slot.opens)}" for slot in scenario.calendar.axis.slots]
    _refuse_equal("rooms", (room.title for room in scenario.rooms))
    _refuse_equal("bodies", {body.id: body.title for body in scenario.body_of.values()}.values())
    _refuse_equal("sessions", names.values())
    _refuse_equal("slots", slots)
    bodies: dict[Cell, str] = {}
    standing: dict[Cell, list[str | None]] = {}
    step = scenario.grain
    for session, name in names.items():
        if session not in timetable:
            raise _unfit(f"'{name}' is not placed")
        placement = timetable[session]
        if len(placement.slots) > 1 or placement.room not in rooms:
            why = "runs over several slots" if placement.room in rooms else "is in no room of this scenario"
            raise _unfit(f"'{name}' {why}")
        (segment,) = placement.segments
        slot = scenario.calendar.axis.slots[segment.slot]
        cell, body = (slot.index, rooms[placement.room]), scenario.body_of[session].title
        where = f"{scenario.room_title(placement.room)} in the slot {slots[slot.index]}"
        if bodies.setdefault(cell, body) != body:
            raise _unfit(f"'{bodies[cell]}' and '{body}' share {where}")
        row = standing.setdefault(cell, [None] * (slot.minutes // step))
        first, rest = divmod(segment.start - slot.opens, step)
        if rest or segment.minutes % step:
            raise _unfit(f"'{name}' is not on the grain of {show_minutes(step)}")
        for number in range(first, first + segment.minutes // step):
            if row[number] is not None:
                raise _unfit(f"'{row[number]}' and '{name}' are at once in {where}")
            row[number] = name
    lengths = [slot.minutes // step for slot in scenario.calendar.axis.slots]
    titles = [room.title for room in scenario.rooms]
    return Layout(titles, list(zip(slots, lengths, strict=True)), bodies, standing)


def _refuse_equal(what: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        shown = listed([f"'{name[:60]}'" for name in twice[:3]])
        raise _unfit(f"several {what} are called {shown}, and it knows them by these names")


def _unfit(why: str) -> InputError:
    return InputError(printable(f"the CoSPLib layout cannot hold this timetable: {why}"))


def _bytes(title: str, layout: Layout) -> bytes:
    """Sheet ``sol``: the tracks by session and room, then the submissions by time slot and room."""
    workbook = new_workbook(title)
    sheet = add_sheet(workbook, SOLUTION)
    for room, name in enumerate(layout.rooms):
        put(sheet.cell(1, room + 2), name)
    for slot, (name, _) in enumerate(layout.slots):
        put(sheet.cell(slot + 2, 1), name)
        for room in range(len(layout.rooms)):
            if (slot, room) in layout.bodies:
                put(sheet.cell(slot + 2, room + 2), layout.bodies[slot, room])
    row = len(layout.slots) + 2
    for room in range(len(layout.rooms)):
        sheet.cell(row, room + 2).value = room
    for slot, (name, steps) in enumerate(layout.slots):
        for step in range(steps):
            row += 1
            put(sheet.cell(row, 1), name)
            for room in range(len(layout.rooms)):
                standing = layout.sessions.get((slot, room), ())
                session = standing[step] if step < len(standing) else None
                if session is not None:
                    put(sheet.cell(row, room + 2), session)
    return save_bytes(workbook)
