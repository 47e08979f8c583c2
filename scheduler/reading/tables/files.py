"""Tables in files, CSV text or a worksheet, as cells that know their place.

A CSV table is UTF-8 text; what a spreadsheet has written in UTF-16 or Windows-1252 is read too, with a warning. Its
header shows which sign separates the columns: ``,``, ``;`` or a tab, or ``sep=;`` above it does. A cell with that sign,
a line break or a quote in it stands in double quotes, with each quote doubled (RFC 4180). Nothing is calculated:
``=1+1`` is a text of four characters, and so is ``'=1+1``: the apostrophe keeps a spreadsheet from calculating it.
Messages show the row of a worksheet as one line, with ``|`` between its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scheduler.errors import InputError
from scheduler.reading.cleaning import unguarded
from scheduler.reading.composite import TableFile
from scheduler.reading.diagnostics import Diagnostic, ScenarioError, Severity
from scheduler.reading.files import TABLE, Held, as_utf8, read_bytes, shown_name
from scheduler.reading.yamlsyntax import Source, Span
from scheduler.reading.yamltext import UNREADABLE, Node, decode
from scheduler.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from scheduler.reading.tables.workbooks import Sheet

MOST_ROWS = 20_000
MOST_COLUMNS = 16_384
"""Columns of a table; a worksheet has no more."""
LONGEST_CELL = 100_000
"""Characters of one cell."""
MOST_ROWS_NAMED = 10
"""Rows left out that get a warning each; one more warning counts the others."""
MOST_PROBLEMS = 100
"""Mistakes in one table after which its reader stops."""
DELIMITERS = ",;\t"
_SAID = re.compile(r"(sep=([,;\t]))(?=\r?\n)")
"""A first line that tells a spreadsheet the sign between the columns."""
SUFFIXES = (".csv", ".tsv", ".xlsx")


class Cell(NamedTuple):
    """The text of a cell without blanks around it, and its place."""

    text: str
    span: Span
    quoted: str | None = None
    """The text with the blanks around it, where quotes keep them."""
    dated: bool = False
    """Whether a spreadsheet takes it for a date or a time."""


@dataclass(slots=True)
class Table:
    """A header, the rows below it that hold anything, as long as the header, and what is wrong with single cells."""

    file: TableFile
    header: list[Cell]
    rows: list[list[Cell]]
    titles: dict[Span, str] = field(default_factory=dict)
    """What messages call the cells: ``duration``, and in a worksheet ``cell C14, duration``."""
    problems: list[Diagnostic] = field(default_factory=list)

    def wrong(self, cell: Cell, message: str, hint: str = "") -> None:
        """Complain about a cell."""
        self._say(cell, message, hint, Severity.ERROR)

    def doubt(self, cell: Cell, message: str, hint: str = "") -> None:
        """Warn of a cell."""
        self._say(cell, message, hint, Severity.WARNING)

    @property
    def mistakes(self) -> int:
        """How many of the problems are no mere doubts."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def positions(self, names: Sequence[str]) -> list[int]:
        """Where the columns of these names are, whatever their case; other columns do no harm.

        Raises:
            ScenarioError: one is missing.
        """
        header = [cell.text.lower() for cell in self.header]
        missing = [name for name in names if name not in header]
        if missing:
            hint = did_you_mean(missing[0], [name for name in header if name])
            message = f"the column '{missing[0]}' is missing: this line names the columns: {', '.join(names)}"
            self.wrong(self.header[0], message, hint)
            raise ScenarioError(*self.problems)
        return [header.index(name) for name in names]

    def _say(self, cell: Cell, message: str, hint: str, severity: Severity) -> None:
        line = self.file.lines[cell.span.line - 1]
        path = self.titles.get(cell.span, "")
        self.problems.append(Diagnostic(self.file.name, *cell.span, path, message, hint, severity, line))

    def row_span(self, row: list[Cell]) -> Span:
        """The whole line on which a row begins."""
        line = row[0].span.line
        return Span(line, 1, max(1, len(self.file.lines[line - 1])))


def read_table(path: str, sheet: str | None = None, header: int = 1, *, notes: bool = False) -> Table:
    """Read a table; ``sheet`` None: the only sheet of a workbook; rows above ``header``, from 1, are passed over.

    With ``notes``, lines of a CSV file that begin with ``#`` are passed over as well.

    Raises:
        ScenarioError: no text, no table, or no cell of it can be relied on; with a diagnostic for each reason.
        InputError: a file that cannot be read.
    """
    return _read_sheet(path, sheet, header) if path.lower().endswith(".xlsx") else _read_csv(path, header, notes=notes)


# --- CSV -----------------------------------------------------------------------------------------------------------


def bare_csv(path: str | Held) -> Table:
    """All rows of a CSV file that hold anything, without a header.

    Raises:
        ScenarioError: no text, or no table.
        InputError: a file that cannot be read.
    """
    source, _, records, told = _csv_records(path, 1, notes=False)
    table = _bare(source.name, source.lines, records)
    table.problems += told
    return table


def _bare(name: str, lines: tuple[str, ...], records: list[list[Cell]]) -> Table:
    titles: dict[Span, str] = {}
    return Table(TableFile(name, lines, Node(Span(1, 1, 1), {}), titles), [], records, titles)


def _read_csv(path: str, header: int, *, notes: bool) -> Table:
    source, delimiter, records, told = _csv_records(path, header, notes=notes)
    table = _table(source.name, source.lines, records, delimiter)
    table.problems += told
    return table


def _csv_records(
    path: str | Held, header: int, *, notes: bool
) -> tuple[Source, str, list[list[Cell]], list[Diagnostic]]:
    """The text, the sign between its columns, its rows from ``header`` on, and in which encoding it is not UTF-8."""
    name = shown_name(path)
    data, encoding = as_utf8(read_bytes(path, TABLE))
    source = decode(data, name, TABLE)
    message = f"this text is no UTF-8, and read as {encoding}"
    told = [replace(source.whole(message), severity=Severity.WARNING)] if encoding else []
    if notes:
        source = Source(name, re.sub(r"(?<![^\r\n])#[^\r\n]*", "", source.text))
    said = _SAID.match(source.text)
    if said is not None:
        source = Source(name, source.text[said.end(1) :])
    delimiter = _delimiter(source, header) if said is None else said[2]
    problems: list[Diagnostic] = []
    for match in UNREADABLE.finditer(source.text):
        message = f"the character U+{ord(match[0]):04X} does not belong here: delete it"
        problems.append(source.point(*match.span(), message))
        if len(problems) == MOST_PROBLEMS:
            break
    if problems:
        raise ScenarioError(*problems)
    records = _records(source, delimiter, header)
    if not records:
        raise ScenarioError(source.whole(f"nothing stands on line {header}, which is to name the columns, or below"))
    return source, delimiter, records, told


def _delimiter(source: Source, header: int) -> str:
    """The sign that parts most columns of the header; where none does it is a title, and the next line is looked at."""
    lines = [line for line in source.lines if line.strip(" \t" + DELIMITERS)]
    if not lines:
        raise ScenarioError(source.whole("the table is empty: its first line names the columns"))
    heads = [line for line in source.lines[header - 1 :] if line.strip(" \t" + DELIMITERS)]
    counts = [[re.sub(r'"[^"]*"', "", line).count(sign) for sign in DELIMITERS] for line in heads[:2]]
    parting = next((count for count in counts if any(count)), [1])
    return DELIMITERS[parting.index(max(parting))]


class _Field(NamedTuple):
    """A field of a CSV text as it stands there, without the quotes around it, and where it begins and ends."""

    text: str
    start: int
    end: int
    quoted: bool
    last: bool
    """Whether the row ends with it."""


def _fields(source: Source, delimiter: str) -> Iterator[_Field]:
    """All fields, row by row.

    Raises:
        ScenarioError: a quote that opens a field and does not close it where the field ends.
    """
    sign = re.escape(delimiter)
    bounded = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[ ]*(?=[{sign}\r\n]|\Z)|([^{sign}\r\n]*+)')
    text, position = source.text, 0
    while position <= len(text):
        match = bounded.match(text, position)
        assert match is not None, "the second branch matches everything"
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip(" \t")) if match[0].strip() else 0
        if match[1] is None and match[0].lstrip().startswith('"'):
            raise ScenarioError(_unbalanced(source, start))
        whole = match[2] if match[1] is None else match[1].replace('""', '"')
        goes_on = end < len(text) and text[end] == delimiter
        yield _Field(whole, start, end, match[1] is not None, not goes_on)
        position = end + (2 if text.startswith("\r\n", end) else 1)


def values_of(text: str) -> list[str]:
    """``a; b`` as two values, ``"a; b"; c`` as two as well; empty ones are left out.

    Raises:
        ScenarioError: a quote that opens a value and does not close it where the value ends.
    """
    return [value for each in _fields(Source("", text), ";") if (value := each.text.strip())]


def _records(source: Source, delimiter: str, header: int) -> list[list[Cell]]:
    """All rows from the line ``header`` on that hold anything, and no more than one beyond the limit."""
    found: list[list[Cell]] = []
    row: list[Cell] = []
    for each in _fields(source, delimiter):
        value = unguarded(each.text.lstrip()).strip()
        span = source.span(each.start, max(each.start + 1, each.end))
        cell = Cell(value, span, unguarded(each.text) if each.quoted else None)
        if len(value) > LONGEST_CELL:
            message = f"{len(value):,} characters stand in this cell, {LONGEST_CELL:,} are the most"
            raise ScenarioError(source.at(cell.span, message))
        if len(row) == MOST_COLUMNS:
            raise ScenarioError(
                source.at(cell.span, f"more than {MOST_COLUMNS:,} cells in one row: no table needs that")
            )
        row.append(cell)
        if not each.last:
            continue
        if any(cell.text for cell in row) and row[0].span.line >= header:
            found.append(row)
        row = []
        if len(found) > MOST_ROWS + 1:
            break
    return found


def _unbalanced(source: Source, start: int) -> Diagnostic:
    """A quote that opens a cell and does not close it where the cell ends."""
    closed = re.compile(r'"(?:[^"]|"")*+"').match(source.text, start)
    if closed is None:
        return source.point(start, start + 1, "the quote that opens here is never closed")
    message = 'text after the closing quote: put the whole cell in quotes, and double each quote within, as in ""'
    return source.point(closed.end(), closed.end() + 1, message)


# --- worksheets ----------------------------------------------------------------------------------------------------


def _read_sheet(path: str, sheet: str | None, header: int) -> Table:
    from scheduler.reading.tables.workbooks import open_sheets

    (found,) = open_sheets(path, None if sheet is None else [sheet], unmerged_from=header).values()
    lines, records, aside = _sheet_records(found, header)
    name = f"{path}, sheet '{found.name}'"
    if not records:
        if header > 1:
            raise InputError(f"{name} is empty from row {header} on, which is to name the columns")
        raise InputError(f"{name} is empty: its first row names the columns")
    wide = max(map(len, records))
    for row in records:
        _fill(row, wide)
    while not any(row[-1].text for row in records):
        for row in records:
            row.pop()
    table = _table(name, lines, records, None)
    for column, cell in enumerate(table.header, start=1):
        if column in found.hidden_columns and cell.text:
            table.doubt(cell, f"column {quoted(cell.text)} is hidden, and read all the same: show it, or delete it")
    _doubt_aside(table, aside)
    return table


def _doubt_aside(table: Table, aside: list[tuple[Cell, str]]) -> None:
    """Warn of rows that are left out: of the first few one by one."""
    for cell, message in aside[:MOST_ROWS_NAMED]:
        table.doubt(cell, message)
    if (left := len(aside) - MOST_ROWS_NAMED) > 0:
        table.doubt(aside[MOST_ROWS_NAMED][0], f"{left} more rows are hidden or struck through, and left out")


def bare_sheet(found: Sheet) -> Table:
    """All rows of a sheet that hold anything, without a header; what is struck through is left out, with a doubt.

    Raises:
        InputError: a cell that no table has.
    """
    lines, records, aside = _sheet_records(replace(found, hidden=frozenset()), 0)
    table = _bare(f"{found.file}, sheet '{found.name}'", lines, records)
    _name_sheet_cells(table, records)
    _doubt_aside(table, aside)
    return table


def _sheet_records(found: Sheet, header: int) -> tuple[tuple[str, ...], list[list[Cell]], list[tuple[Cell, str]]]:
    """A line for each row of a sheet, its rows from ``header`` on that hold anything, and those left out with why."""
    lines: list[str] = []
    records: list[list[Cell]] = []
    aside: list[tuple[Cell, str]] = []
    for number, values in enumerate(found.rows, start=1):
        row, position = [], 1
        for column, value in enumerate(values, start=1):
            text = text_of(value)
            if len(text) > LONGEST_CELL:
                raise found.wrong(number, column, f"more than {LONGEST_CELL:,} characters stand in this cell")
            if strange := UNREADABLE.search(text):
                message = f"the character U+{ord(strange[0]):04X} does not belong here: delete it"
                raise found.wrong(number, column, message)
            dated = isinstance(value, date | time | timedelta)
            row.append(Cell(text, Span(number, position, max(1, len(text))), dated=dated))
            position += len(text) + 3
        lines.append(" | ".join(cell.text for cell in row).replace("\n", " ").replace("\r", " "))
        if not any(cell.text for cell in row) or number < header:
            continue
        if number > header and number in found.hidden | found.struck:
            how = "is struck through" if number in found.struck else "is hidden"
            aside.append((row[0], f"row {number} {how}, and left out: {_REMEDIES[how]}"))
        else:
            records.append(row)
    return tuple(lines), records, aside


_REMEDIES = {
    "is hidden": "show it if it counts, delete it if it does not",
    "is struck through": "take the line away if it counts, delete the row if it does not",
}


def text_of(value: object) -> str:
    """What a cell of a worksheet says, as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, timedelta) and value >= timedelta() and value % timedelta(minutes=1) == timedelta():
        return f"{value // timedelta(minutes=1)} min"  # formatted [h]:mm: no time of day is
    if isinstance(value, bool):
        return str(value).upper()  # as a worksheet shows it
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


# --- both ----------------------------------------------------------------------------------------------------------


def _table(name: str, lines: tuple[str, ...], records: list[list[Cell]], delimiter: str | None) -> Table:
    """The first record as header; rows that are longer or shorter are reported, and cut or filled."""
    header, *rows = records
    titles: dict[Span, str] = {}
    table = Table(TableFile(name, lines, Node(Span(1, 1, 1), {}), titles), header, rows, titles)
    while len(header) > 1 and not header[-1].text and all(len(r) < len(header) or not r[-1].text for r in rows):
        for row in (header, *(r for r in rows if len(r) == len(header))):
            row.pop()
    if len(rows) > MOST_ROWS:
        table.wrong(rows[MOST_ROWS][0], f"more than {MOST_ROWS:,} rows: no table needs that")
        raise ScenarioError(*table.problems)
    _check_names(table)
    first: dict[str, Cell] = {}
    for cell in header:
        if cell.text in first and cell.text:
            table.wrong(cell, f"the column {quoted(cell.text)} is there twice")
        first.setdefault(cell.text, cell)
    if table.problems:
        raise ScenarioError(*table.problems)
    for row in rows:
        _fit(table, row, delimiter)
        if len(table.problems) >= MOST_PROBLEMS:
            raise ScenarioError(*table.problems)
    _name_cells(table, sheet=delimiter is None)
    return table


def _check_names(table: Table) -> None:
    """Complain once of columns without names, and of a title above the header."""
    header = table.header
    named = [cell for cell in header if cell.text]
    below = next((row for row in table.rows if sum(bool(cell.text) for cell in row) > 1), None)
    nameless = [cell for cell in header[1:] if not cell.text]
    if len(named) == 1 and below is not None and (nameless or named[0] is header[0]):
        row, next_row = header[0].span.line, below[0].span.line
        remedy = f"delete it, or add header: {next_row} to {{from: ...}}"
        table.wrong(named[0], f"row {row} looks like a title, not like the names of columns: {remedy}")
    elif len(nameless) > 1:
        table.wrong(nameless[0], f"{len(nameless)} columns have no name: the first row names every column")
    elif nameless:
        table.wrong(nameless[0], "this column has no name: the first row names every column")


def _fit(table: Table, row: list[Cell], delimiter: str | None) -> None:
    width, last = len(table.header), row[-1]
    over = next((cell for cell in row[width:] if cell.text), None)
    if over is not None:
        shown = {"\t": "a tab", None: "it"}.get(delimiter, quoted(delimiter or ""))
        message = f"this row has {len(row)} cells, the header {width}: put a text that contains {shown} in quotes"
        table.wrong(over, message)
    elif len(row) < width:
        message = f"this row ends after {len(row)} of {width} cells: write the separators of empty ones too"
        table.wrong(last, message)
    row[width:] = []
    _fill(row, width)


def _fill(row: list[Cell], width: int) -> None:
    """Empty cells behind the last one, each with a place of its own."""
    last = row[-1].span
    behind = range(1, width - len(row) + 1)
    row += [Cell("", Span(last.line, last.column + last.length + step, 1)) for step in behind]


def _name_sheet_cells(table: Table, rows: Iterable[list[Cell]]) -> None:
    """Messages call the cells of a sheet as the spreadsheet does."""
    from scheduler.reading.tables.workbooks import cell_name

    for row in rows:
        for column, cell in enumerate(row, start=1):
            table.titles[cell.span] = f"cell {cell_name(cell.span.line, column)}"


def _name_cells(table: Table, *, sheet: bool) -> None:
    if sheet:
        _name_sheet_cells(table, (table.header, *table.rows))
    for row in table.rows if sheet else (table.header, *table.rows):
        for head, cell in zip(table.header, row, strict=True):
            title = "" if row is table.header else head.text
            table.titles[cell.span] = ", ".join(filter(None, (table.titles.get(cell.span, ""), title)))
