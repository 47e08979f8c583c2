"""A timetable in the layout of the benchmark library CoSPLib: written for its checker, read from any program.

Sheet ``sol`` holds the bodies by slot and room, then the sessions by step of the grain and room. The layout has no ids:
it names slots, rooms, bodies and sessions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.cosplib.conference_reading import numbered, numbers_across
from exports.xlsx.workbook import add_sheet, new_workbook, put, save_bytes
from scheduler.checking import STRUCTURE
from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.clock import show_clock, show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import Held
from scheduler.reading.tables.workbooks import Sheet, open_sheets
from scheduler.scenario import Scenario
from scheduler.wording import listed

SHEET = "sol"
"""The name of the sheet."""
Cell = tuple[int, int]
"""A slot and a room, by number."""


def timetable_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """The workbook of a timetable.

    Raises:
        InputError: the layout cannot hold it, and why.
    """
    names = _names_of(scenario)
    holders, standing = _cells(scenario, timetable, names)
    workbook = new_workbook(scenario.name)
    sheet = add_sheet(workbook, SHEET)
    rooms = range(len(names.rooms))
    for room, name in enumerate(names.rooms):
        put(sheet.cell(1, room + 2), name)
    for slot, name in enumerate(names.slots):
        put(sheet.cell(slot + 2, 1), name)
        for room in rooms:
            if (slot, room) in holders:
                put(sheet.cell(slot + 2, room + 2), names.bodies[holders[slot, room]])
    row = len(names.slots) + 2
    for room in rooms:
        sheet.cell(row, room + 2).value = room
    for slot, name in enumerate(names.slots):
        for step in range(scenario.calendar.axis.slots[slot].minutes // scenario.grain):
            row += 1
            put(sheet.cell(row, 1), name)
            for room in rooms:
                if (slot, room, step) in standing:
                    put(sheet.cell(row, room + 2), standing[slot, room, step])
    return save_bytes(workbook)


def _cells(
    scenario: Scenario, timetable: Timetable, names: _LayoutNames
) -> tuple[dict[Cell, BodyId], dict[tuple[int, int, int], str]]:
    """The body that has a room in a slot, and the session in each step of it."""
    rooms = {room.id: number for number, room in enumerate(scenario.rooms)}
    holders: dict[Cell, BodyId] = {}
    standing: dict[tuple[int, int, int], str] = {}
    for session, name in names.sessions.items():
        if session not in timetable:
            raise _cannot_hold(f"'{name}' is not placed")
        placement = timetable[session]
        if len(placement.slots) > 1 or placement.room not in rooms:
            why = "runs over several slots" if placement.room in rooms else "is in no room of this scenario"
            raise _cannot_hold(f"'{name}' {why}")
        (segment,) = placement.segments
        slot = scenario.calendar.axis.slots[segment.slot]
        cell, body = (slot.index, rooms[placement.room]), BodyId(scenario.body_of[session].id)
        where = f"{scenario.room_title(placement.room)} in the slot {names.slots[slot.index]}"
        if holders.setdefault(cell, body) != body:
            raise _cannot_hold(f"'{names.bodies[holders[cell]]}' and '{names.bodies[body]}' share {where}")
        first, rest = divmod(slot.position(segment.start) - slot.begins, scenario.grain)
        if rest or segment.minutes % scenario.grain:
            raise _cannot_hold(f"'{name}' is not on the grain of {show_minutes(scenario.grain)}")
        for step in range(first, first + segment.minutes // scenario.grain):
            if (other := standing.setdefault((*cell, step), name)) != name:
                raise _cannot_hold(f"'{other}' and '{name}' are at once in {where}")
    return holders, standing


def read_sessions(path: str | Held, scenario: Scenario) -> tuple[list[dict[str, Any]], list[Violation]]:
    """The sessions of a timetable as a document has them, and where its bodies and sessions contradict each other.

    A session in two rooms, or in one with a gap, is read as it is: the checker finds it.

    Raises:
        InputError: it cannot be read, or names what the scenario does not have; with the cell.
    """
    sheet, names = open_sheets(path, [SHEET])[SHEET], _names_of(scenario)
    rooms, slots = numbered(names.rooms), numbered(names.slots)
    bodies, sessions = numbered(names.bodies.values()), numbered(names.sessions.values())
    across = numbers_across(sheet, rooms, "room")
    held: dict[Cell, int] = {}
    for row in range(2, len(slots) + 2):
        slot = sheet.known(row, 1, slots, "slot")
        for column, room in across.items():
            if sheet.value(row, column) is not None:
                held[slot, room] = sheet.known(row, column, bodies, "body")
    standing: dict[tuple[int, int], list[tuple[int, int]]] = {}
    """The slots, and the steps in them, of each session and room."""
    steps = [0] * len(slots)
    for row in range(len(slots) + 3, len(sheet.rows) + 1):
        slot = sheet.known(row, 1, slots, "slot")
        for column, room in across.items():
            if sheet.value(row, column) is not None:
                _refuse_beyond(sheet, (row, column), scenario, slot, steps[slot])
                session = sheet.known(row, column, sessions, "session")
                standing.setdefault((session, room), []).append((slot, steps[slot]))
        steps[slot] += 1
    ids = list(names.sessions)
    found = [
        {
            "id": ids[session],
            "room": scenario.rooms[room].id,
            "segments": [_segment(scenario, *where) for where in places],
        }
        for (session, room), places in standing.items()
    ]
    cells = {(slot, room, session) for (session, room), places in standing.items() for slot, _ in places}
    return found, list(_contradictions(scenario, names, held, cells))


def _refuse_beyond(sheet: Sheet, cell: Cell, scenario: Scenario, slot: int, step: int) -> None:
    """More time slots than a slot has, by the scenario's grain."""
    there = scenario.calendar.axis.slots[slot].minutes // scenario.grain
    if step >= there:
        raise sheet.wrong(*cell, f"this is time slot {step + 1} of a slot that has {there} in this scenario")


def _segment(scenario: Scenario, slot: int, step: int) -> dict[str, str]:
    """One step of the grain."""
    held = scenario.calendar.axis.slots[slot]
    first = held.begins + step * scenario.grain
    start, end = held.start_at(first), held.end_at(first + scenario.grain)
    return {"date": held.day.isoformat(), "start": show_clock(start), "end": show_clock(end)}


def _contradictions(
    scenario: Scenario, names: _LayoutNames, held: dict[Cell, int], cells: set[tuple[int, int, int]]
) -> Iterator[Violation]:
    """Rooms that a body has in vain, and sessions in rooms that their body does not have."""
    sessions, bodies = list(names.sessions), list(names.bodies)

    def contradiction(cell: Cell, what: str) -> Violation:
        slot, room = cell
        return Violation(STRUCTURE, STRUCTURE, f"{names.rooms[room]} in the slot {names.slots[slot]} {what}")

    for cell in sorted(held.keys() - {(slot, room) for slot, room, _ in cells}):
        yield contradiction(cell, f"is given to '{names.bodies[bodies[held[cell]]]}', and holds nothing")
    for slot, room, session in sorted(cells):
        cell, id_ = (slot, room), sessions[session]
        title = names.sessions[id_]
        if cell not in held:
            yield contradiction(cell, f"holds '{title}', and is given to no body")
        elif (other := bodies[held[cell]]) != scenario.body_of[id_].id:
            yield contradiction(cell, f"is given to '{names.bodies[other]}', and holds '{title}' of another body")


@dataclass(frozen=True, slots=True)
class _LayoutNames:
    """The names of a scenario in the layout, in the order of the scenario."""

    rooms: Sequence[str]
    slots: Sequence[str]
    bodies: Mapping[BodyId, str]
    """Those with sessions."""
    sessions: Mapping[SessionId, str]


def _names_of(scenario: Scenario) -> _LayoutNames:
    """Names and titles; date and hour of a slot without a name, the id of a session without a title.

    Raises:
        InputError: two of a kind are called the same.
    """
    names = _LayoutNames(
        rooms=[room.title for room in scenario.rooms],
        slots=[slot.name or f"{slot.day} {show_clock(slot.opens)}" for slot in scenario.calendar.axis.slots],
        bodies={BodyId(body.id): body.title for body in scenario.body_of.values()},
        sessions={id_: session.title or id_ for id_, session in scenario.sessions.items()},
    )
    kinds: dict[str, Iterable[str]] = {
        "rooms": names.rooms,
        "bodies": names.bodies.values(),
        "sessions": names.sessions.values(),
        "slots": names.slots,
    }
    for kind, called in kinds.items():
        if twice := [name for name, count in Counter(called).items() if count > 1]:
            shown = listed([f"'{name[:60]}'" for name in twice[:3]])
            raise _cannot_hold(f"several {kind} are called {shown}, and it knows them by these names")
    return names


def _cannot_hold(why: str) -> InputError:
    return InputError(printable(f"the CoSPLib layout cannot hold this timetable: {why}"))
