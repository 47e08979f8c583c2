"""Finds the grid of the annex: days as columns, hours as rows, and what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from scheduler.domain.clock import MONTHS, WEEKDAYS, parse_weekday
from scheduler.domain.spans import Span
from scheduler.linting.dates import Dates, dates_in
from scheduler.linting.hours import hours_in
from scheduler.linting.text import Line, Text, in_capitals

_WEEKDAY = "|".join(WEEKDAYS) + "|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_HEAD = re.compile(rf"(?:Day \d+:? )?({_WEEKDAY})\b[.,]?(.*)", re.IGNORECASE | re.DOTALL)
_LOOSE = re.compile(rf"\b({_WEEKDAY})\b[.,]?(?: (\d{{1,2}} [A-Za-z]+(?: \d{{4}})?))?", re.IGNORECASE)
_HEAD_WORD = re.compile(
    rf"(?:{_WEEKDAY}|{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)}|time|hours?|\d{{1,2}}|\d{{4}})[,.]?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\W*(side[- ]?events?|lunch|break|coffee|room|venue|tbc|tbd|t\.b\.c\.|n/?a|to be confirmed|time|[-*. ]*)\W*",
    re.IGNORECASE,
)
_ASIDE_ROW = re.compile(r"\W*(side[- ]?events?|lunch|breaks?|coffee|reception|informal)\b", re.IGNORECASE)
_ROW = re.compile(r"\d{1,2}[:.h]\d{2}\b")
_FOOT = re.compile(r"\*|\d?\s?(?:note|nb)\b|the draft|draft schedule", re.IGNORECASE)
MOST_COLUMNS_READ = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A day of the grid."""

    line: int
    text: str
    """As it is written, weekday first."""
    weekday: int
    dates: Dates | None
    """Its date, where it is written; perhaps without its year."""
    held: bool
    """Whether anybody meets in it; in a PDF nobody knows, and it is taken to be so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, or in a PDF in one line."""

    line: int
    column: int | None
    """The number of its column; None: unknown."""
    text: str
    hours: Span | None = None
    """Of its row."""


@dataclass(frozen=True, slots=True)
class RowHours:
    """The hours of a row."""

    line: int
    hours: Span
    again: Span | None
    """As they are printed at the other end of the row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns are days."""

    line: int
    columns: tuple[Column, ...]
    rows: tuple[RowHours, ...]
    cells: tuple[Cell, ...]
    """Those in which something meets."""
    asides: tuple[Span, ...]
    """Hours of rows in which nothing meets: breaks, side events."""
    said: str
    """All that stands in it."""
    sure: bool
    """Whether columns and cells are known, and not only words in lines."""


def is_aside(text: str) -> bool:
    """Whether the text of a cell names nothing that meets."""
    return _ASIDE.fullmatch(text) is not None


def grids_in(text: Text) -> tuple[Grid, ...]:
    """Every grid of a letter."""
    if not text.tables:
        return tuple(_loose_grids(text.lines))
    rows = (line for line in text.lines if line.cells is not None)
    tables = [list(lines) for _, lines in groupby(rows, key=lambda line: line.table)]
    return tuple(grid for table in tables for grid in _of_table(table))


# --- tables ------------------------------------------------------------------------------------------------------


def _of_table(lines: Sequence[Line]) -> Iterator[Grid]:
    heads = [at for at, line in enumerate(lines) if _heads(line)]
    for at, end in pairwise([*heads, len(lines)]):
        yield _grid(lines[at], lines[at + 1 : end])


def _heads(line: Line) -> dict[int, tuple[int, str]]:
    """The weekdays of a row and their texts, by their places; empty where the row has other texts too."""
    found, other = {}, 0
    for at, cell in enumerate((line.cells or ())[:MOST_COLUMNS_READ]):
        match = _HEAD.fullmatch(cell.strip())
        if match and _is_date(match[2]) and (day := parse_weekday(match[1])) is not None:
            found[at] = day, " ".join(cell.split())
        elif cell.strip() and not re.fullmatch(r"\W*(time|hours?|date|day)\W*.{0,40}", cell, re.IGNORECASE | re.DOTALL):
            other += 1
    return found if other == 0 else {}


def _is_date(text: str) -> bool:
    rest = " ".join(text.split())
    return not rest or any(each.text == rest.strip(" ,()") for each in dates_in(rest))


def _grid(head: Line, rows: Sequence[Line]) -> Grid:
    heads = _heads(head)
    hours: list[RowHours] = []
    asides: list[Span] = []
    cells: list[Cell] = []
    now: Span | None = None
    aside = False
    for row in rows:
        found = {at: cell for at, cell in enumerate(row.cells or ()) if cell.strip()}
        labels = [span for at, cell in found.items() if at not in heads for span in [*hours_in(cell)][:1]]
        if any(at not in heads for at in found):
            aside = any(_ASIDE_ROW.match(cell) for at, cell in found.items() if at not in heads)
            now = labels[0] if labels else None
        if aside:
            asides += labels
        elif labels:
            hours.append(RowHours(row.number, labels[0], labels[-1] if len(labels) > 1 else None))
        if not aside and len(found) > 0:
            cells += [
                Cell(row.number, at, cell, now) for at, cell in found.items() if at in heads and not is_aside(cell)
            ]
    held = {cell.column for cell in cells}
    columns = [
        Column(head.number, shown, day, next(dates_in(shown), None), at in held) for at, (day, shown) in heads.items()
    ]
    numbers: Mapping[int, int] = {at: number for number, at in enumerate(heads)}
    placed = tuple(Cell(c.line, numbers[c.column or 0], c.text, c.hours) for c in cells if c.column is not None)
    said = "\n".join(cell for row in rows for cell in row.cells or ())
    return Grid(head.number, tuple(columns), tuple(hours), placed, tuple(asides), said, sure=True)


# --- words in lines --------------------------------------------------------------------------------------------------


def _loose_grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """Grids whose head is complete: nothing else among its weekdays and dates, and then the hours of the first row.

    A weekday that is broken over two lines leaves a word alone in the line before.
    """
    heads = [_is_loose_head(line.text) for line in lines]
    blocks = [list(block) for is_head, block in groupby(range(len(lines)), key=heads.__getitem__) if is_head]
    found = []
    for block in blocks:
        weekdays = list(_LOOSE.finditer(" ".join(lines[at].text for at in block)))
        behind = lines[block[-1] + 1].text if block[-1] + 1 < len(lines) else ""
        before = lines[block[0] - 1].text if block[0] else ""
        broken = before.isalpha() and not in_capitals(before) and before != "Annex"
        if len(weekdays) > 1 and _ROW.match(behind) and not broken:
            found.append((block, weekdays))
    ends = [block[0] for block, _ in found[1:]] + [len(lines)]
    for (block, weekdays), end in zip(found, ends[: len(found)], strict=True):
        yield _loose_grid(lines[block[0]].number, weekdays, lines[block[-1] + 1 : end])


def _is_loose_head(text: str) -> bool:
    """Whether a line has weekdays, dates and the word time, and nothing else."""
    return bool(text) and all(_HEAD_WORD.fullmatch(word) for word in text.split())


def _loose_grid(number: int, heads: Sequence[re.Match[str]], lines: Sequence[Line]) -> Grid:
    columns = [
        Column(number, head[0].strip(), parse_weekday(head[1]) or 0, next(dates_in(head[0]), None), held=True)
        for head in heads
    ]
    rows, cells, said = [], [], []
    for line in lines:
        if _FOOT.match(line.text):
            break
        found = list(hours_in(line.text))
        rows += [RowHours(line.number, hours, None) for hours in found]
        said.append(line.text)
        if line.text and not is_aside(line.text):
            cells.append(Cell(line.number, None, line.text))
    return Grid(number, tuple(columns), tuple(rows), tuple(cells), (), "\n".join(said), sure=False)
