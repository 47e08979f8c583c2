"""Side events as HTML where they are many: a table for each week, with rooms as rows and days as columns."""

from __future__ import annotations

from collections.abc import Iterator

from exports.annex.side_events import EventBlock, EventTable, event_tables
from exports.html.texts import escaped, paragraph_html
from scheduler.domain.clock import show_day
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


def event_lines(scenario: Scenario, timetable: Timetable, title: str) -> Iterator[str]:
    """The tables, line by line; nothing where the grid names all side events."""
    for table in event_tables(scenario, timetable):
        name = escaped(f"{title}, side events")
        yield f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">'
        yield '<table class="grid rooms"><caption>Side events</caption>'
        yield from _rows(table)
        yield "</table></div>"


def _rows(table: EventTable) -> Iterator[str]:
    end = '<th scope="col" aria-hidden="true">Time</th>'
    days = "".join(f'<th scope="col">{escaped(show_day(day))}</th>' for day in table.days)
    yield f'<thead><tr><th scope="col">Time</th><th scope="col">Room</th>{days}{end}</tr></thead>'
    for block in table.blocks:
        yield "<tbody>"
        yield from _block(block)
        yield "</tbody>"


def _block(block: EventBlock) -> Iterator[str]:
    span, label = f'rowspan="{len(block.rows)}"', escaped(block.label)
    for number, row in enumerate(block.rows):
        first = f'<th scope="rowgroup" {span}>{label}</th>' if number == 0 else ""
        last = f'<td class="time" {span} aria-hidden="true">{label}</td>' if number == 0 else ""
        cells = "".join(f"<td>{'<br>'.join(map(paragraph_html, events))}</td>" for events in row.cells)
        yield f'<tr class="side">{first}<th scope="row">{escaped(row.room)}</th>{cells}{last}</tr>'
