"""Sheets that are tables: *Sessions* of the annex and of the working workbook, *Rules* and *About*."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.annex.facts import Facts, other_messages, rules_table
from exports.annex.text_metrics import MAX_ROW_HEIGHT, Run, column_width, text_height, text_pixels
from exports.colours import BROKEN, EDGE, NAVY, WHITE
from exports.table import list_columns, list_rows, sessions_columns, sessions_rows
from exports.xlsx.workbook import CENTRED, INDENTED, add_sheet, dress, fill, font, put, set_up_page
from scheduler.domain.timetable import Timetable
from scheduler.outcome import gap_of
from scheduler.scenario import Scenario
from scheduler.wording import counted

MAX_COLUMN_PIXELS = 340
"""Longer texts are wrapped; a column is wider only if a row could not hold its text otherwise."""

EXCEL_MAX_COLUMN_PIXELS = 1780
MIN_COLUMN_PIXELS = 60
EDGE_PIXELS = 20
"""Pixels for the indentation and the edges of a cell."""

MAX_MESSAGES = 12
"""Violations of one rule that are written out; further ones are only counted."""

EARLIEST_YEAR = 1900
"""Excel has no earlier dates."""

WHOLE = "Every session is placed, uncut, in slots and rooms of its own."
"""What a timetable made by hand can break beside the rules."""

_UNDERLINED = Border(bottom=Side("thin", EDGE))


def add_sessions(workbook: Workbook, scenario: Scenario, timetable: Timetable, footer: str) -> None:
    """One row for each segment, with dates and times that a spreadsheet can calculate with."""
    rows = sessions_rows(scenario, timetable)
    add_table(
        workbook, "Sessions", headed(sessions_columns(scenario)), rows, footer, {"Date", "Start", "End", "Minutes"}
    )


def add_list(workbook: Workbook, scenario: Scenario, timetable: Timetable, footer: str) -> None:
    """The same for readers of the annex: who meets when and where, and who may attend."""
    rows = list_rows(scenario, timetable)
    add_table(workbook, "Sessions", headed(list_columns(scenario)), rows, footer, {"Date", "Start", "End"})


def add_changes(workbook: Workbook, table: Sequence[Sequence[str | int]], footer: str) -> None:
    """The moves of a revision, header first; nothing without moves."""
    if table:
        head, *rows = table
        add_table(workbook, "Changes", [str(name) for name in head], rows, footer, {"No."})


def headed(columns: Sequence[str]) -> tuple[str, ...]:
    """The heads of columns."""
    return tuple(name.capitalize() for name in columns)


def add_rules(workbook: Workbook, scenario: Scenario, facts: Facts, footer: str) -> None:
    """Every rule in words, and whether the timetable keeps it; a rule that must hold has no cost."""
    header = ["Rule", "Sentence", "Source", "Weight", "Kept", "Cost", "Found"]
    rows: list[list[Any]] = []
    for rule in rules_table(scenario, facts.violations):
        weight = "must hold" if rule["weight"] is None else f"{counted(rule['weight'], 'point')} per {rule['unit']}"
        cost = "" if rule["weight"] is None else rule["cost"]
        kept = "kept" if rule["kept"] else "broken"
        rows.append([rule["rule"], rule["sentence"], rule["source"], weight, kept, cost, _listed(rule["messages"])])
    for message in other_messages(scenario, facts.violations):
        rows.append(["", WHOLE, "", "must hold", "broken", "", message])
    sheet = add_table(workbook, "Rules", header, rows, footer, {"Kept", "Cost"})
    for (cell,) in sheet.iter_rows(min_row=2, min_col=5, max_col=5):
        if cell.value == "broken":
            cell.font = font(10, BROKEN, bold=True)


def _listed(messages: Sequence[str]) -> str:
    """Messages one below the other, the first of many."""
    if len(messages) <= 1:
        return "".join(messages)
    more = len(messages) - MAX_MESSAGES
    shown = [*messages[:MAX_MESSAGES], *([f"and {more} more"] if more > 0 else [])]
    return "\n".join(f"• {message}" for message in shown)


def add_about(workbook: Workbook, scenario: Scenario, facts: Facts, footer: str) -> None:
    """The scenario, how good the timetable is, and which programs made it.

    A bound is shown only where it is neither 0 nor the cost itself.
    """
    bound = facts.bound if facts.bound and facts.bound != facts.cost else None
    open_part = gap_of(facts.cost, facts.bound)
    gap = f"{open_part:.1%}" if bound and open_part else None
    broken = _listed([violation.message for violation in facts.violations if violation.hard])
    rows = [
        ("Scenario", scenario.name),
        ("SHA-256 of the scenario", scenario.sha256),
        ("Meeting series", scenario.printed.series),
        ("Source", scenario.meeting.source),
        ("Alternative", facts.alternative),
        ("Status", facts.status),
        ("In words", facts.sentence),
        ("Broken, although it must hold", broken or None),
        ("Cost, in points", facts.cost),
        ("No timetable costs less than", bound),
        ("Gap between the two", gap),
        *sorted(facts.versions.items()),
    ]
    add_table(workbook, "About", ["Fact", "Value"], [row for row in rows if row[1] is not None], footer, widest=540)


def add_table(
    workbook: Workbook,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    footer: str,
    centred: Collection[str] = (),
    widest: int = MAX_COLUMN_PIXELS,
) -> Worksheet:
    """A sheet with a fixed head, filters, and columns and rows that fit their texts."""
    sheet = add_sheet(workbook, title)
    pixels = [_pixels(name, [_shown(row[at]) for row in rows], widest) for at, name in enumerate(header)]
    alignments = [CENTRED if name in centred else INDENTED for name in header]
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column_width(pixels[number - 1])
        put(
            sheet.cell(1, number),
            name,
            font=font(10, WHITE, bold=True),
            fill=fill(NAVY),
            alignment=alignments[number - 1],
        )
    sheet.row_dimensions[1].height = 24
    for line, row in enumerate(rows, 2):
        heights = [_height(_shown(value), width) for value, width in zip(row, pixels, strict=True)]
        sheet.row_dimensions[line].height = min(max(heights), MAX_ROW_HEIGHT)
        for number, value in enumerate(row, 1):
            _put_value(sheet.cell(line, number), value, alignments[number - 1])
    area = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = area
    sheet.sheet_view.showGridLines = False
    set_up_page(sheet, header=title, footer=footer, print_area=area, title_rows="1:1", pages_high=None)
    return sheet


def _pixels(name: str, texts: Sequence[str], widest: int) -> int:
    """The width of a column: that of its longest text, within limits, or of its head with the filter button."""
    longest = max((text_pixels(line) for text in texts for line in text.split("\n")), default=0)
    head = text_pixels(name, bold=True) + EDGE_PIXELS
    pixels = int(min(max(longest, head, MIN_COLUMN_PIXELS) + EDGE_PIXELS, widest))
    while pixels < EXCEL_MAX_COLUMN_PIXELS and any(_height(text, pixels) > MAX_ROW_HEIGHT for text in texts):
        pixels = min(2 * pixels, EXCEL_MAX_COLUMN_PIXELS)
    return pixels


@cache
def _height(text: str, pixels: int) -> float:
    """The height of a row with a text in a column of a given width."""
    return text_height([Run(text)], 10, pixels - EDGE_PIXELS / 2) + 7.5


def _shown(value: object) -> str:
    """A value about as its cell shows it."""
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _put_value(cell: Cell | MergedCell, value: Any, alignment: Alignment) -> None:
    """Write numbers, dates and times as such, everything else as text."""
    if isinstance(value, int):
        cell.value = value
    elif isinstance(value, time | timedelta):
        cell.value = value
        cell.number_format = "hh:mm" if isinstance(value, time) else "[hh]:mm"
    elif isinstance(value, date) and value.year >= EARLIEST_YEAR:
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        put(cell, str(value))
    dress(cell, font(), None, alignment, _UNDERLINED)
