"""A timetable of a conference in the layout of the benchmark library CoSPLib, so that its own checker can score it."""

from __future__ import annotations

from exports.workbook import add_sheet, new_workbook, put, save_bytes
from scheduler.parallel.conference import Conference, Plan
from scheduler.parallel.cosplib import SOLUTION


def solution_bytes(conference: Conference, plan: Plan) -> bytes:
    """Sheet ``sol``: the tracks by session and room, then the submissions by time slot and room."""
    workbook = new_workbook(conference.name)
    sheet = add_sheet(workbook, SOLUTION)
    rooms = range(len(conference.rooms))
    for room, name in enumerate(conference.rooms):
        put(sheet.cell(1, room + 2), name)
    for session, period in enumerate(conference.periods):
        put(sheet.cell(session + 2, 1), period.name)
        for room in rooms:
            if (session, room) in plan.tracks:
                put(sheet.cell(session + 2, room + 2), conference.tracks[plan.tracks[session, room]].name)
    row = len(conference.periods) + 2
    for room in rooms:
        sheet.cell(row, room + 2).value = room
    for session, period in enumerate(conference.periods):
        for slot in range(period.slots):
            row += 1
            put(sheet.cell(row, 1), period.name)
            for room in rooms:
                standing = plan.slots.get((session, room), ())
                talk = standing[slot] if slot < len(standing) else None
                if talk is not None:
                    put(sheet.cell(row, room + 2), conference.submissions[talk].name)
    return save_bytes(workbook)
