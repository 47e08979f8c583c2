"""A small grid at a terminal: days as columns, slots or half-days as rows, and the short names of sessions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from rich.text import Text

from exports.annex.grid import has_many_rooms
from exports.annex.rows import rows_of
from exports.terminal.boxes import Strip, padded, print_table
from exports.terminal.screen import Screen
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable

MARK = "*"
MAX_DAYS = 7
MIN_DAY_WIDTH = 8
MAX_SESSIONS = 20
"""Where many rooms are in use."""


def short_name(programme: Programme, session: SessionId) -> str:
    """``WGTR``; ``WGETI nip`` where the body has several sessions."""
    body = programme.body_of[session]
    return str(body.id) if len(body.sessions) == 1 else f"{body.id} {session}"


def suits_a_grid(timetable: Timetable) -> bool:
    """Whether a small grid can show the timetable: not many sessions in many rooms."""
    return len(timetable) <= MAX_SESSIONS or not has_many_rooms(timetable)


def print_small_grid(
    programme: Programme, timetable: Timetable, screen: Screen, marked: Collection[str] = (), indent: int = 4
) -> None:
    """Print the grid, a week at a time; ``marked`` sessions are bold, with an asterisk."""
    days = list(programme.calendar.axis.days)
    for first in range(0, len(days), MAX_DAYS):
        _print_days(programme, timetable, screen, marked, days[first : first + MAX_DAYS], indent)


def _print_days(
    programme: Programme,
    timetable: Timetable,
    screen: Screen,
    marked: Collection[str],
    days: Sequence[date],
    indent: int,
) -> None:
    slots = programme.calendar.axis.slots
    rows = rows_of({day: [slot for slot in slots if slot.day == day] for day in days})
    columns = []
    for day in days:
        head = screen.text(f"{day:%a} {day.day} {day:%b}", "bold")
        at = {block.first: [slot.index for slot in block.slots] for block in rows.blocks[day]}
        cells = [
            _cell(programme, timetable, screen, marked, at.get(number, ()), opens)
            for number, (opens, _) in enumerate(rows.hours)
        ]
        columns.append((head, cells))
    room = (screen.console.width - indent - 8) // len(days) - 3
    needed = max(
        line.cell_len for head, cells in columns for line in (head, *(each for cell in cells for each in cell))
    )
    width = max(MIN_DAY_WIDTH, min(needed, room))
    hours = [screen.broken(screen.text(show_clock(opens), "dim"), 5) for opens, _ in rows.hours]
    strips = [Strip(7, tuple(map(padded, ([], *hours))))]
    for head, cells in columns:
        texts = [[part for line in cell for part in screen.broken(line, width)] for cell in cells]
        boxes = (padded(screen.broken(head, width, centred=True)), *map(padded, texts))
        strips.append(Strip(width + 2, boxes))
    print_table(strips, screen, indent)


def _cell(
    programme: Programme,
    timetable: Timetable,
    screen: Screen,
    marked: Collection[str],
    slots: Collection[int],
    opens: int,
) -> list[Text]:
    """A line for each session: its name, and its time if it does not start as the row ``opens``."""
    parts = [(s.start, p.room_on(s.day), p.session) for p in timetable for s in p.segments if s.slot in slots]
    lines = []
    for start, where, session in sorted(parts):
        name = short_name(programme, session)
        clock = "" if start == opens else f"{show_clock(start)} "
        room = f" ({where})" if len(programme.rooms) > 1 else ""
        star = f"{MARK} " if session in marked else ""
        lines.append(screen.text(f"{star}{clock}{name}{room}", "bold" if star else ""))
    return lines
