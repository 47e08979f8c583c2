"""A timetable in the layout of the benchmark library CoSPLib, so that its own checker can score it."""

from __future__ import annotations

from exports.cosplib.names import SHEET, Names, names_of, unfit
from exports.xlsx.workbook import add_sheet, new_workbook, put, save_bytes
from scheduler.domain.base import BodyId
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


def timetable_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """Sheet ``sol``: bodies by slot and room, then sessions by step of the grain and room.

    Raises:
        InputError: the layout cannot hold it; says why.
    """
    names = names_of(scenario)
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
    scenario: Scenario, timetable: Timetable, names: Names
) -> tuple[dict[tuple[int, int], BodyId], dict[tuple[int, int, int], str]]:
    """Who holds a slot in a room, and what stands in each of its steps."""
    rooms = {room.id: number for number, room in enumerate(scenario.rooms)}
    holders: dict[tuple[int, int], BodyId] = {}
    standing: dict[tuple[int, int, int], str] = {}
    for session, name in names.sessions.items():
        if session not in timetable:
            raise unfit(f"'{name}' is not placed")
        placement = timetable[session]
        if len(placement.slots) > 1 or placement.room not in rooms:
            why = "runs over several slots" if placement.room in rooms else "is in no room of this scenario"
            raise unfit(f"'{name}' {why}")
        (segment,) = placement.segments
        slot = scenario.calendar.axis.slots[segment.slot]
        cell, body = (slot.index, rooms[placement.room]), BodyId(scenario.body_of[session].id)
        where = f"{scenario.room_title(placement.room)} in the slot {names.slots[slot.index]}"
        if holders.setdefault(cell, body) != body:
            raise unfit(f"'{names.bodies[holders[cell]]}' and '{names.bodies[body]}' share {where}")
        first, rest = divmod(segment.start - slot.opens, scenario.grain)
        if rest or segment.minutes % scenario.grain:
            raise unfit(f"'{name}' is not on the grain of {show_minutes(scenario.grain)}")
        for step in range(first, first + segment.minutes // scenario.grain):
            if (other := standing.setdefault((*cell, step), name)) != name:
                raise unfit(f"'{other}' and '{name}' are at once in {where}")
    return holders, standing
