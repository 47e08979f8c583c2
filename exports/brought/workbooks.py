"""The sheets of a workbook as rows that know their place: merged cells, texts struck through and hidden sheets too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from exports.annex.texts import SIGN
from exports.brought.grid import Place
from exports.brought.reading import BroughtTable
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import Held, shown_name
from scheduler.reading.tables.damage import parts_of_sheets
from scheduler.reading.tables.files import MOST_COLUMNS, MOST_ROWS, Table, bare_sheet
from scheduler.reading.tables.workbooks import (
    MOST_CELLS,
    Sheet,
    opened,
    refuse_not_calculated,
    source_of,
)
from scheduler.wording import counted

SESSIONS = "Sessions"
"""The sheet that counts in a workbook of this program."""
SIDE_EVENTS = "Side events"
"""The sheet of an annex with many of them."""
ABOUT = "About"
"""The sheet of the working workbook that names its scenario."""


@dataclass(frozen=True, slots=True)
class BroughtSheet:
    """A sheet with its rows."""

    name: str
    table: BroughtTable
    hidden: bool


@dataclass(frozen=True, slots=True)
class BroughtWorkbook:
    """A workbook with the sheets that may say who meets when."""

    path: str
    book: Any
    """As openpyxl has it."""
    sheets: tuple[BroughtSheet, ...]
    facts: Mapping[str, str]
    """What the sheet *About* says."""

    def named(self, *names: str) -> BroughtSheet | None:
        """The first of these sheets that there is."""
        return next((sheet for name in names for sheet in self.sheets if sheet.name == name), None)


def read_workbook(file: Held) -> BroughtWorkbook:
    """Read every sheet that is not empty.

    Raises:
        InputError: it is no workbook, too large, damaged, or holds a formula that nobody has calculated.
    """
    shown = printable(shown_name(file))
    with opened(file, rich_text=True) as (book, data):
        parts = parts_of_sheets(data)
        sheets = []
        facts: dict[str, str] = {}
        for sheet in book.worksheets:
            if sheet.title == ABOUT:
                facts = {str(key): str(value) for key, value, *_ in sheet.iter_rows(values_only=True, max_col=2)}
                continue
            if sheet.title in parts:
                refuse_not_calculated(source_of(data, parts[sheet.title]), shown, sheet.title)
            found = _rows(sheet, shown)
            if found.rows:
                table = bare_sheet(found)
                _doubt_hidden(sheet, table)
                brought = BroughtTable(table, _merged(sheet, found))
                sheets.append(BroughtSheet(sheet.title, brought, sheet.sheet_state != "visible"))
    return BroughtWorkbook(shown, book, tuple(sheets), facts)


def _rows(sheet: Any, shown: str) -> Sheet:
    """The values of a sheet up to the last cell that holds anything; of merged cells each has their value."""
    struck = _struck(sheet)
    read = {place: _value(cell, whole=place[0] in struck) for place, cell in sheet._cells.items()}
    values = {place: value for place, value in read.items() if value is not None}
    last = max((row for row, _ in values), default=0)
    wide = max((column for _, column in values), default=0)
    empty = Sheet(shown, sheet.title, ())
    if last > MOST_ROWS or wide > MOST_COLUMNS or last * wide > MOST_CELLS:
        raise empty.wrong(last, wide, f"something stands in row {last:,} of column {wide:,}: no table is that large")
    for area in sheet.merged_cells.ranges:
        first = values.get((area.min_row, area.min_col))
        for row in range(area.min_row, min(area.max_row, last) + 1):
            for column in range(area.min_col, min(area.max_col, wide) + 1):
                if first is not None:
                    values[row, column] = first
    rows = [tuple(values.get((row, column)) for column in range(1, wide + 1)) for row in range(1, last + 1)]
    return Sheet(shown, sheet.title, rows, struck=struck)


def _merged(sheet: Any, found: Sheet) -> dict[Place, Place]:
    """The first cell of those that are merged, by each of them."""
    last, wide = len(found.rows), max(map(len, found.rows))
    return {
        (row, column - 1): (area.min_row, area.min_col - 1)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, last) + 1)
        for column in range(area.min_col, min(area.max_col, wide) + 1)
    }


def _doubt_hidden(sheet: Any, table: Table) -> None:
    """Warn of rows that are hidden: a filter hides rows, and the sessions in them are still held."""
    hidden = [row[0] for row in table.rows if sheet.row_dimensions[row[0].span.line].hidden]
    if hidden:
        count = "counts" if len(hidden) == 1 else "count"
        table.doubt(
            hidden[0], f"{counted(len(hidden), 'hidden row')} {count} all the same: show or delete what is hidden"
        )


def _value(cell: Any, *, whole: bool) -> object:
    """What a cell holds, None where it is nothing: of a text what is no mark of a revision and not struck through.

    ``whole``: also what is struck through, in a row that is left out as such.
    """
    value = cell.value
    if value is None or (_has_strike(cell) and not whole):
        return None
    if isinstance(value, date | time | timedelta | int | float):
        return value
    if isinstance(value, list):  # rich text: plain strings, and blocks with fonts of their own
        value = "".join(str(part) for part in value if whole or not _has_strike(part))
    lines = [line.partition(SIGN)[0].rstrip() for line in str(value).split("\n")]
    return "\n".join(lines).strip() or None


def _has_strike(part: Any) -> bool:
    """Whether a cell, or a block of a text, is struck through."""
    font = getattr(part, "font", None)
    return bool(font is not None and font.strike)


def _struck(sheet: Any) -> frozenset[int]:
    """Rows that hold something, all of which is struck through."""
    rows: dict[int, list[bool]] = {}
    for (row, _), cell in sheet._cells.items():
        if cell.value not in (None, ""):
            rows.setdefault(row, []).append(_has_strike(cell))
    return frozenset(row for row, cells in rows.items() if all(cells))
