"""Opens workbooks that strangers send: small enough, real, and every complaint names sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from scheduler.errors import InputError, ScheduleError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import WORKBOOK, Held, UnreadableError, read_bytes, shown_name
from scheduler.reading.packed import refuse_bombs
from scheduler.reading.tables.damage import damage, is_damaged
from scheduler.wording import did_you_mean

MOST_CELLS = 2_000_000
"""Cells of one sheet."""
_NOT_CALCULATED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A cell with a formula and without a value; its attributes in group 1."""
MOST_COLUMNS = 16_384
"""Columns of a sheet; no worksheet has more."""
LONGEST_NUMBER = 20
"""Characters of a text that is read as a number are fewer."""
LARGEST_NUMBER = 10**9
"""The largest penalty or weight that a cell may hold."""


@dataclass(frozen=True)
class Sheet:
    """Values of one sheet, without trailing empty rows and columns; rows and columns are numbered from 1."""

    file: str
    name: str
    rows: Sequence[Sequence[object]]
    hidden: frozenset[int] = frozenset()
    """Rows that the workbook does not show."""
    struck: frozenset[int] = frozenset()
    """Rows in which every text is struck through."""
    hidden_columns: frozenset[int] = frozenset()
    """Columns that the workbook does not show."""

    def value(self, row: int, column: int) -> object:
        """A cell; None outside the sheet and for an empty one."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        found = self.rows[row - 1][column - 1]
        return None if isinstance(found, str) and not found.strip() else found

    def wrong(self, row: int, column: int, message: str) -> InputError:
        """A complaint about one cell."""
        return InputError(f"{self.file}, sheet '{printable(self.name)}', cell {cell_name(row, column)}: {message}")

    def text(self, row: int, column: int, what: str) -> str:
        """The name in a cell.

        Raises:
            InputError: the cell is empty.
        """
        value = self.value(row, column)
        if value is None:
            raise self.wrong(row, column, f"empty, expected {what}")
        return self._written(value).strip()

    def exact(self, row: int, column: int, what: str) -> str:
        """The name in a cell with the blanks around it, as other sheets may repeat it.

        Raises:
            InputError: the cell is empty.
        """
        self.text(row, column, what)
        return self._written(self.value(row, column))

    @staticmethod
    def _written(value: object) -> str:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value)

    def whole(self, row: int, column: int, what: str, *, least: int = 0, empty: int | None = 0) -> int:
        """The whole number in a cell; an empty one counts as ``empty``, and is refused when that is None.

        Raises:
            InputError: text, a fraction, or a number out of range.
        """
        value = self.value(row, column)
        if value is None and empty is not None:
            return empty
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
        if isinstance(value, str) and len(value) < LONGEST_NUMBER:
            with suppress(ValueError):
                number = float(value)
        if number is None or not abs(number) <= LARGEST_NUMBER or number != int(number) or number < least:
            raise self.wrong(row, column, f"{_shown(value)} is no {what}: write a whole number from {least} up")
        return int(number)

    def minutes(self, row: int, column: int, what: str) -> int:
        """The time of day in a cell, in minutes after midnight.

        Raises:
            InputError: anything else.
        """
        value = self.value(row, column)
        if isinstance(value, datetime):
            value = value.time()
        if isinstance(value, str):
            with suppress(ValueError):
                value = time.fromisoformat(value.strip().zfill(5))
        if isinstance(value, time):
            return value.hour * 60 + value.minute
        raise self.wrong(row, column, f"{_shown(value)} is no {what}: write it as 09:30")

    def day(self, row: int, column: int) -> date | None:
        """The date in a cell; None where it holds none, for nothing in the cost depends on it."""
        value = self.value(row, column)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def offset(self, row: int, column: int, what: str) -> int:
        """The time zone in a cell, written ``GMT+2``, in minutes east of Greenwich.

        Raises:
            InputError: anything else.
        """
        text = self.text(row, column, what).upper().replace(" ", "")
        sign, digits = text[3:4] or "+", text[4:] or "0"
        if text[:3] not in ("GMT", "UTC") or sign not in "+-" or not digits.isascii() or not digits.isdigit():
            raise self.wrong(row, column, f"{_shown(self.value(row, column))} is no {what}: write it as GMT+2")
        if int(digits) > 14:
            raise self.wrong(row, column, f"{_shown(self.value(row, column))} is no {what}: no zone is so far away")
        return (-60 if sign == "-" else 60) * int(digits)

    def people(self, row: int, column: int) -> frozenset[str]:
        """The names in a cell, separated by commas."""
        value = self.value(row, column)
        names = [] if value is None else str(value).split(", ")
        return frozenset(name.strip() for name in names if name.strip())

    def names(self, what: str) -> list[str]:
        """The first column below the header, up to the last row that has one, with the blanks around each.

        Raises:
            InputError: a name is missing or given twice, or there is none.
        """
        found: dict[str, int] = {}
        last = max((row for row in range(2, len(self.rows) + 1) if self.value(row, 1) is not None), default=1)
        for row in range(2, last + 1):
            name = self.text(row, 1, f"the name of a {what}")
            if name in found:
                raise self.wrong(row, 1, f"the {what} {_shown(name)} stands in row {found[name]} already")
            found[name] = row
        if not found:
            raise self.wrong(2, 1, f"empty, expected the name of a {what}")
        return [self.exact(row, 1, what) for row in found.values()]

    def known(self, row: int, column: int, names: dict[str, int], what: str) -> int:
        """The number that belongs to the name in a cell; the name is found as in ``called``."""
        return names[self.called(row, column, names, what)]

    def called(self, row: int, column: int, names: Collection[str], what: str) -> str:
        """Which of the names stands in a cell: the very same, or the one that differs in the blanks around it.

        Raises:
            InputError: none.
        """
        name = self.exact(row, column, f"the name of a {what}")
        if name in names:
            return name
        near = next((each for each in names if each.strip() == name.strip()), None)
        if near is None:
            raise self.wrong(row, column, f"there is no {what} {_shown(name.strip())}: {did_you_mean(name, names)}")
        return near


def open_sheets(
    path: str | Path | Held, wanted: Sequence[str] | None, *, unmerged_from: int | None = None
) -> dict[str, Sheet]:
    """The wanted sheets of a workbook; ``wanted`` None: the only one that it has; from the row ``unmerged_from`` on
    no cells may be merged.

    Raises:
        InputError: the file cannot be read, is no workbook, is too large, or lacks a sheet.
    """
    with opened(path, read_only=True) as (book, data):
        shown = printable(shown_name(path))
        if wanted is None:
            wanted = book.sheetnames
            if len(wanted) != 1:
                first = printable(", ".join(wanted[:12])[:200])
                raise InputError(f"{shown} has {len(wanted)} sheets: name the one that is meant, of {first}")
        missing = [name for name in wanted if name not in book.sheetnames]
        if missing:
            hint = did_you_mean(missing[0], book.sheetnames, otherwise="here")
            raise InputError(f"{shown} has no sheet '{missing[0]}': {hint}")
        for name in wanted:
            text = source_of(data, book[name]._worksheet_path)
            refuse_not_calculated(text, shown, name)
            if unmerged_from is not None:
                _refuse_merged(text, shown, name, unmerged_from)
        return {
            name: Sheet(
                shown,
                name,
                _rows(book[name], shown, name),
                _hidden(data, book[name]),
                _struck(book, book[name]),
                _hidden_columns(data, book[name]),
            )
            for name in wanted
        }


@contextmanager
def opened(path: str | Path | Held, **how: bool) -> Iterator[tuple[Any, bytes]]:
    """A workbook that is safe to parse, opened by openpyxl with the options ``how`` (``read_only``), and its bytes.

    Within the block too, whatever openpyxl meets in a damaged workbook becomes a sentence with its place.

    Raises:
        InputError: it cannot be read, is no workbook, is damaged, or is too large, packed or unpacked.
    """
    import warnings

    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:  # openpyxl parses with defusedxml wherever that is installed, as our package demands
        raise InputError("workbooks of strangers are not read without the package defusedxml: install it")
    shown = printable(shown_name(path))
    data = read_bytes(path, WORKBOOK)
    refuse_bombs(data, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep, which nobody here writes back
            book = load_workbook(BytesIO(data), data_only=True, **how)
            try:
                if is_damaged(data):
                    raise BadZipFile
                yield book, data
            finally:
                book.close()
    except ScheduleError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet, and parses sheets as they are read
        place, reason = damage(data)
        raise UnreadableError(f"{shown}{place}", reason) from error


def source_of(data: bytes, part: str) -> bytes:
    """The text of one part of a workbook."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(part)


def refuse_not_calculated(text: bytes, shown: str, name: str) -> None:
    """A formula without a value would be read as an empty cell: programs that write formulas leave them to Excel.

    Raises:
        InputError: the ``text`` of the sheet ``name`` has one; with its cell.
    """
    for cell in _NOT_CALCULATED.finditer(text) if b"f>" in text else ():
        place = re.search(rb'\br="([A-Z]+[0-9]+)"', cell[1])
        if b't="str"' not in cell[1]:  # an empty text is a value
            where = f"cell {place[1].decode()}" if place else "some cell"
            message = "this formula has no value yet: open the workbook in a spreadsheet program and save it there"
            raise InputError(f"{shown}, sheet '{printable(name)}', {where}: {message}")


def _refuse_merged(text: bytes, shown: str, name: str, first: int) -> None:
    """Merged cells have one value for all; read without the rest of the sheet, openpyxl does not tell of them."""
    for found in re.finditer(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z0-9:]+)"', text):
        area = found[1].decode()
        rows = [int(number) for number in re.findall("[0-9]+", area)]
        if max(rows, default=first) >= first:
            title = f"; if they are a title, add header: {first + 1} to {{from: ...}}" if set(rows) == {first} else ""
            where = f"{shown}, sheet '{printable(name)}', cells {area}"
            raise InputError(f"{where} are merged: a table has a value in every cell{title}")


def _hidden(data: bytes, sheet: Any) -> frozenset[int]:
    """Rows that are hidden, by hand or by a filter."""
    rows = re.finditer(rb"<(?:\w+:)?row\b([^>]*)>", source_of(data, sheet._worksheet_path))
    marks = ((re.search(rb'\br="([0-9]+)"', row[1]), re.search(rb'\bhidden="(1|true)"', row[1])) for row in rows)
    return frozenset(int(number[1]) for number, hidden in marks if number and hidden)


def _hidden_columns(data: bytes, sheet: Any) -> frozenset[int]:
    found: set[int] = set()
    for column in re.finditer(rb"<(?:\w+:)?col\b([^>]*)>", source_of(data, sheet._worksheet_path)):
        first, last = (re.search(rb'\b%s="([0-9]{1,5})"' % name, column[1]) for name in (b"min", b"max"))
        if first and last and re.search(rb'\bhidden="(1|true)"', column[1]):
            found.update(range(int(first[1]), min(int(last[1]), MOST_COLUMNS) + 1))
    return frozenset(found)


def _struck(book: Any, sheet: Any) -> frozenset[int]:
    """Rows whose cells are all struck through, where the workbook strikes anything through at all."""
    if not any(font.strike for font in book._fonts):
        return frozenset()
    filled = ((row, [cell for cell in row if cell.value not in (None, "")]) for row in sheet.iter_rows())
    return frozenset(cells[0].row for _, cells in filled if cells and all(cell.font.strike for cell in cells))


def _rows(sheet: object, shown: str, name: str) -> list[tuple[object, ...]]:
    """All values, trailing empty rows and columns cut; refuses a sheet of more than ``MOST_CELLS``."""
    found: list[tuple[object, ...]] = []
    cells = blank = 0
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]  # read-only worksheets are untyped
        filled = next((n for n in range(len(row), 0, -1) if row[n - 1] is not None and row[n - 1] != ""), 0)
        values = tuple(row[:filled])
        blank = 0 if values else blank + 1
        found.append(values)
        cells += len(row)
        if cells > MOST_CELLS:
            raise InputError(f"{shown}, sheet '{printable(name)}', row {len(found)}: more than {MOST_CELLS:,} cells")
    return found[: len(found) - blank]


def cell_name(row: int, column: int) -> str:
    """``C14`` for the third column of row 14."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = str(value)
    return f"'{printable(text if len(text) <= 60 else text[:59] + '…')}'"
