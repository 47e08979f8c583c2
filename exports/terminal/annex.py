"""The annex grid, the rules and the violations at a terminal, without colours: bold, italic and dim only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from exports.annex.entries import Entry
from exports.annex.facts import rules_table
from exports.annex.grid import Band, Column, Grid, GridCell, annex_grid, has_many_rooms
from exports.annex.side_events import days_of_many, shown_events
from exports.annex.texts import Paragraph, paragraph
from exports.terminal.boxes import Box, Strip, padded, print_table
from exports.terminal.screen import Screen
from scheduler.domain.clock import DAY_MINUTES, NEXT_DAY, show_clock, show_day, show_hours
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.scenario import Scenario
from scheduler.wording import counted

MAX_DAY_WIDTH = 56
EMPTY_DAY_WIDTH = 6
WHOLE_HOURS = 13
"""The width of ``10:00 - 13:00`` in one line."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A way to draw a band; all widths in screen cells."""

    sides: int
    """1: hours at the left; 2: at the right too."""
    label: int
    """The width of the hours."""
    padding: int
    """Blanks on each side of a text."""
    least: int
    """The least width of a day."""
    agenda: int
    """The least width of a day with bullets."""


_LAYOUTS = (
    _Layout(2, WHOLE_HOURS, 1, 20, 36),
    _Layout(2, 6, 1, 15, 24),
    _Layout(2, 6, 0, 14, 22),
    _Layout(1, 6, 0, 11, 14),
)
"""The widest first. ``SIDE EVENTS`` takes six cells in two lines, ``implementation`` fourteen."""


def print_timetable(scenario: Scenario, timetable: Timetable, console: Console) -> None:
    """Print the grid of the annex; with many rooms, a table for each day."""
    if has_many_rooms(timetable):
        from exports.annex.board import board_of
        from exports.terminal.board import print_board

        print_board(board_of(scenario, timetable), console)
    else:
        print_grid(annex_grid(scenario, timetable), console)
        _print_events(scenario, timetable, Screen(console))


def _print_events(scenario: Scenario, timetable: Timetable, screen: Screen) -> None:
    """Of days whose side events the row cannot name all: a line for each."""
    many = days_of_many(scenario, timetable)
    if not many:
        return
    untold = (each for each in shown_events(scenario, timetable) if each.day in many)
    for day, events in groupby(untold, key=lambda each: each.day):
        screen.say(f"Side events on {show_day(day)}", "bold")
        for event in events:
            screen.print(screen.paragraph(event.paragraph), indent=2)
    screen.console.print()


def print_grid(grid: Grid, console: Console) -> None:
    """Print the grid like the annex; on a narrow screen, as a list of days."""
    screen = Screen(console)
    screen.print(screen.paragraph(grid.title, "bold"))
    screen.say(grid.subtitle, "dim")
    for band in grid.bands:
        found = _layout(band, console.width)
        if found is None:
            _print_list(band, screen)
            continue
        print_table(_strips(band, *found, screen), screen)
    for footnote in grid.footnotes:
        screen.print(screen.paragraph(footnote))
    console.print()


def print_rules(scenario: Scenario, violations: Sequence[Violation], console: Console) -> None:
    """Print each rule, whether it is kept, and its cost; of standing rules only those that are broken."""
    screen = Screen(console)
    rules = rules_table(scenario, violations)
    shown = [rule for rule in rules if not (rule["standing"] and rule["kept"])]
    name = min(max([len("Rule"), *(screen.text(rule["rule"]).cell_len for rule in shown)]), max(console.width // 3, 8))
    digits = max([5, *(len(str(rule["cost"])) for rule in shown)])
    widths = (name, 6, digits + 2, max(console.width - name - digits - 14, 20))
    if shown:
        screen.beside([screen.text(head, "dim") for head in ("Rule", "Kept", " Cost", "")], widths)
    for rule in shown:
        kept = screen.text("kept") if rule["kept"] else screen.text("broken", "bold")
        cost = "" if rule["weight"] is None else f"{rule['cost']:>{digits}}"
        screen.beside([screen.text(rule["rule"]), kept, screen.text(cost), screen.text(rule["sentence"])], widths)
    standing = len(rules) - len(shown)
    if standing:
        screen.say(f"{standing} standing rule{'s' * (standing > 1)} kept.", "dim")
    console.print()


def print_violations(violations: Sequence[Violation], console: Console) -> None:
    """Print a line for each violation, those of rules that must hold first."""
    screen = Screen(console)
    for violation in sorted(violations, key=lambda each: not each.hard):
        price = "must hold" if violation.hard else counted(violation.penalty, "point")
        text = screen.text(violation.message).append_text(screen.text(f"  ({violation.id}, {price})", "dim"))
        screen.hang(screen.text("broken  ", "bold") if violation.hard else screen.text("costs   "), text)


# --- columns -------------------------------------------------------------------------------------------------


def _layout(band: Band, width: int) -> tuple[_Layout, list[int]] | None:
    """The widest layout that fits, with the widths of the days without padding; None: no layout fits."""
    noted = {cell.column for cell in band.cells if cell.note}
    busy = [column.open or index in noted for index, column in enumerate(band.columns)]
    bullets = any(cell.entry and cell.entry.agenda for cell in band.cells)
    empty = busy.count(False)
    for layout in _LAYOUTS:
        taken = layout.sides * layout.label + empty * EMPTY_DAY_WIDTH + 2 * layout.padding * (layout.sides + len(busy))
        room = width - taken - (layout.sides + len(busy) + 1)
        day = min(room // max(len(busy) - empty, 1), MAX_DAY_WIDTH)
        if day >= (layout.agenda if bullets else layout.least):
            return layout, [day if is_busy else EMPTY_DAY_WIDTH for is_busy in busy]
    return None


def _strips(band: Band, layout: _Layout, widths: list[int], screen: Screen) -> list[Strip]:
    """The band as columns of boxes: the header, the slots, the side events."""
    padding = layout.padding

    def label(words: str, style: str, span: int = 1) -> Box:
        return padded(screen.broken(screen.text(words, style), layout.label, centred=True), padding, span=span)

    hours = [label("Time", "dim")]
    for row in band.rows:
        short = f"{show_clock(row.opens)}\u2013 {show_clock(row.closes)}{NEXT_DAY if row.closes > DAY_MINUTES else ''}"
        words = row.label if layout.label >= WHOLE_HOURS else short
        hours.append(label(words, "bold", row.span))
    if band.side_events is not None:
        hours.append(label("SIDE EVENTS", "bold"))
    strips = []
    for index, (column, width) in enumerate(zip(band.columns, widths, strict=True)):
        boxes = [padded(_header(column, width, screen), padding)]
        for cell in band.cells:
            if cell.column == index:
                boxes.append(padded(_cell(cell, width, screen), padding, span=cell.span, dashed=cell.below))
        if band.side_events is not None:
            events = (screen.paragraph(event) for event in band.side_events[index])
            lines = [line for event in events for line in screen.broken(event, width, centred=True)]
            boxes.append(padded(lines, padding))
        strips.append(Strip(width + 2 * padding, tuple(boxes)))
    side = Strip(layout.label + 2 * padding, tuple(hours))
    return [side, *strips, side] if layout.sides == 2 else [side, *strips]


def _header(column: Column, width: int, screen: Screen) -> list[Text]:
    weekday = column.weekday if len(column.weekday) <= width else column.weekday[:3]
    date = column.label
    if len(date) > width:
        day, month = date.split()
        date = f"{day} {month[:3]}"
    texts = [screen.text(weekday, "bold"), screen.text(date)]
    texts += [screen.text(column.note, "italic")] if column.note else []
    return [line for text in texts for line in screen.broken(text, width, centred=True)]


def _cell(cell: GridCell, width: int, screen: Screen) -> list[Text]:
    if cell.entry is None:
        return screen.broken(screen.text(cell.note, "italic dim"), width, centred=True) if cell.note else []
    return _entry(cell.entry, width, screen, centred=not cell.entry.agenda)


def _entry(entry: Entry, width: int, screen: Screen, *, centred: bool) -> list[Text]:
    def broken(part: Paragraph) -> list[Text]:
        hang = "\u2022 " if part.bullet else ""
        return screen.broken(screen.paragraph(part), width, centred=centred, hang=hang)

    parts = [[broken(line) for line in part.lines(agenda=entry.agenda)] for part in entry.parts]
    apart = not entry.agenda and any(len(line) > 1 for part in parts for line in part)
    lines = broken(entry.label)
    for number, part in enumerate(parts):
        lines += [Text(" " * width if centred else "")] if apart and number else []
        lines += [text for line in part for text in line]
    lines += broken(paragraph(entry.room)) if entry.room else []
    return lines + (broken(entry.note) if entry.note else [])


# --- list ----------------------------------------------------------------------------------------------------


def _print_list(band: Band, screen: Screen) -> None:
    """Print the days one below the other, with their slots."""
    width = max(screen.console.width - 4, 20)
    for index, column in enumerate(band.columns):
        screen.say(f"{column.weekday} {column.label}", "bold")
        if column.note:
            screen.say(column.note, "italic", indent=2)
        for cell in band.cells:
            if cell.column == index and cell.note and not cell.pause:
                screen.say(cell.note, "italic dim", indent=2)
        blocks = {block.first: block for block in column.blocks}
        for number, row in enumerate(band.rows):
            if number in column.pauses:
                screen.say(f"{row.label} {column.pauses[number]}", "dim", indent=2)
            entries = column.entries[number]
            if entries:
                block = blocks[number]
                screen.say(show_hours(block.opens, block.closes), "dim", indent=2)
            for entry in entries:
                for line in _entry(entry, width, screen, centred=False):
                    screen.print_line(Text("    ", end="").append_text(line))
        if not any(column.entries):
            screen.say("no meeting", "dim", indent=2)
        for event in (band.side_events or {index: ()})[index]:
            screen.print(screen.text("Side event: ").append_text(screen.paragraph(event)), 2)
