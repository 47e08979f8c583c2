"""Reads a timetable in the layout of the benchmark library CoSPLib, by whatever program it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exports.cosplib.names import SHEET, names_of
from scheduler.checking import STRUCTURE
from scheduler.domain.clock import show_clock
from scheduler.domain.violations import Violation
from scheduler.reading.tables.workbooks import Sheet, open_sheets
from scheduler.scenario import Scenario

Cell = tuple[int, int]
"""A slot and a room, by number."""


def read_sessions(path: str, scenario: Scenario) -> tuple[list[dict[str, Any]], list[Violation]]:
    """The sessions of a timetable as a document has them, and where bodies and sessions in it contradict each other.

    What stands in two rooms, or in one with something between, comes so: the checker finds it.

    Raises:
        InputError: it cannot be read, or names what the scenario does not have; with the cell.
    """
    sheet, names = open_sheets(path, [SHEET])[SHEET], names_of(scenario)
    rooms, slots = _numbered(names.rooms), _numbered(names.slots)
    bodies, sessions = _numbered(names.bodies.values()), _numbered(names.sessions.values())
    width = len(sheet.rows[0]) if sheet.rows else 0
    across = {c: sheet.known(1, c, rooms, "room") for c in range(2, width + 1) if sheet.value(1, c) is not None}
    held: dict[Cell, int] = {}
    for row in range(2, len(slots) + 2):
        slot = sheet.known(row, 1, slots, "slot")
        for column, room in across.items():
            if sheet.value(row, column) is not None:
                held[slot, room] = sheet.known(row, column, bodies, "body")
    standing: dict[tuple[int, int], list[tuple[int, int]]] = {}
    """Of each session and room: slots, and steps in them."""
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
    return found, list(_contradictions(scenario, held, cells))


def _numbered(names: Any) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _refuse_beyond(sheet: Sheet, cell: Cell, scenario: Scenario, slot: int, step: int) -> None:
    """More time slots than a slot has, by the scenario's grain."""
    there = scenario.calendar.axis.slots[slot].minutes // scenario.grain
    if step >= there:
        raise sheet.wrong(*cell, f"this is time slot {step + 1} of a slot that has {there} in this scenario")


def _segment(scenario: Scenario, slot: int, step: int) -> dict[str, str]:
    """One step of the grain."""
    held = scenario.calendar.axis.slots[slot]
    start = held.opens + step * scenario.grain
    return {"date": held.day.isoformat(), "start": show_clock(start), "end": show_clock(start + scenario.grain)}


def _contradictions(scenario: Scenario, held: dict[Cell, int], cells: set[tuple[int, int, int]]) -> Iterator[Violation]:
    """Rooms that are given to a body of which nothing stands there, and sessions in rooms that are not their body's."""
    names = names_of(scenario)
    ids, bodies = list(names.sessions), list(names.bodies)
    filled = {(slot, room) for slot, room, _ in cells}

    def where(slot: int, room: int) -> str:
        return f"{names.rooms[room]} in the slot {names.slots[slot]}"

    for cell in sorted(held.keys() - filled):
        yield _violation(f"{where(*cell)} is given to '{names.bodies[bodies[held[cell]]]}', and holds nothing")
    for slot, room, session in sorted(cells):
        body, title = scenario.body_of[ids[session]].id, names.sessions[ids[session]]
        if (slot, room) not in held:
            yield _violation(f"{where(slot, room)} holds '{title}', and is given to no body")
        elif bodies[held[slot, room]] != body:
            other = names.bodies[bodies[held[slot, room]]]
            yield _violation(f"{where(slot, room)} is given to '{other}', and holds '{title}' of another body")


def _violation(message: str) -> Violation:
    return Violation(STRUCTURE, STRUCTURE, message)
