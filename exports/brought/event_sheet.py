"""Reads the sheet *Side events* of an annex: windows and rooms as rows, days as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exports.brought.days import WrittenDay, read_day, read_hours
from exports.brought.grid import Place
from exports.brought.names import Names
from exports.brought.side_events import WrittenEvent, event_called, events_in, passed_over
from scheduler.reading.tables.files import Cell, Table

HEADS = ("time", "room")
"""What stands above the windows and above the rooms."""


def events_of_sheet(table: Table, merged: Mapping[Place, Place], names: Names) -> Iterator[WrittenEvent]:
    """What the sheet says of each side event; a text that names none goes to the table as a doubt."""
    days: dict[int, tuple[Cell, WrittenDay]] = {}
    taken: set[str] = set()
    for row in table.rows:
        line = row[0].span.line
        if tuple(cell.text.lower() for cell in row[:2]) == HEADS:
            heads = [(at, cell, read_day(cell.text)) for at, cell in enumerate(row[2:], 2)]
            days = {at: (cell, day) for at, cell, day in heads if day is not None}
            continue
        window, room = (cell.text for cell in row[:2]) if len(row) > 1 else ("", "")
        for at, (head, day) in days.items():
            cell = row[at] if at < len(row) else None
            if cell is None or not cell.text or merged.get((line, at), (line, at)) != (line, at):
                continue
            for title, hours, note, unread in events_in(names, cell.text):
                passed_over(table, cell, unread)
                if title:
                    name = event_called(names.scenario, title, taken)
                    taken.add(name)
                    start, end = _hours(window, hours, note)
                    yield WrittenEvent(cell, head, name, day, "", start, end, room)


def _hours(window: str, hours: str, note: str) -> tuple[int | None, int | None]:
    """The hours before a title; else those of the window, of which a note behind the title may change the end."""
    if hours:
        return read_hours(hours) or (None, None)
    start, end = read_hours(window) or (None, None)
    until = read_hours(note)
    return start, end if until is None else until[1]
