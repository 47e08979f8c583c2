"""Fills the templates of pages: every text from a scenario is clean, in one line and escaped, wherever it stands.

The templates have macros for grids, boards and side events, one base for whole pages, and one stylesheet. A value that
a template names and nobody gives is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from exports.annex.board import BoardEntry, BoardPause, BoardSideEvents, BoardSlot
from exports.annex.entries import Entry
from exports.annex.grid import Band, GridCell, GridRow
from exports.annex.texts import SIGN, Paragraph, one_line
from exports.html.style import STYLE
from scheduler.domain.clock import show_clock, show_day
from scheduler.reading.cleaning import clean


def fill(template: str, **values: object) -> str:
    """A template with its values, ended by one end of line."""
    return _TEMPLATES.get_template(template).render(values).strip() + "\n"


def said(text: str) -> str:
    """A text without characters that change the direction of writing, in one line."""
    return clean(one_line(text))


def _finalised(value: Any) -> Any:
    return value if isinstance(value, Markup) or not isinstance(value, str) else said(value)


def _kept(text: str) -> Markup:
    """The text escaped, with a blank at either end where it has any."""
    inner = escape(said(text))
    return Markup("{}{}{}").format(" " * (text[:1] == " "), inner, " " * (text[-1:] == " " and bool(inner)))


def _hours(label: str) -> Markup:
    """Hours that break after their dash where the column is narrow."""
    return Markup("{}").format(said(label).replace(" \u2013", "\u00a0\u2013"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a grid: the row that begins there, if one does, and its cells."""

    row: GridRow | None
    cells: tuple[GridCell, ...]


def _table_lines(band: Band) -> Iterator[_Line]:
    """The lines of the table; a slot with several entries takes several."""
    for line in range(band.lines):
        row = next((row for row in band.rows if row.first == line), None)
        cells = sorted((cell for cell in band.cells if cell.first == line), key=lambda cell: cell.column)
        yield _Line(row, tuple(cells))


@dataclass(frozen=True, slots=True)
class _ListedDay:
    """A day of a grid as a list, for a narrow screen."""

    name: str
    entries: tuple[Entry, ...]
    """In order of time; what stands alone in its cell without the hours that the list has before it."""
    events: Sequence[Paragraph]


def _listed_days(band: Band) -> Iterator[_ListedDay]:
    for index, column in enumerate(band.columns):
        cells = sorted((c for c in band.cells if c.column == index and c.entry), key=lambda cell: cell.first)
        events = band.side_events[index] if band.side_events is not None else ()
        if cells or events:
            entries = tuple(_without_hours(cell.entry) for cell in cells if cell.entry is not None)
            yield _ListedDay(f"{column.weekday} {column.label}", entries, events)


def _without_hours(entry: Entry) -> Entry:
    return entry if len(entry.parts) > 1 else replace(entry, parts=tuple(replace(p, hours=None) for p in entry.parts))


def _is_marked(entries: Sequence[BoardEntry]) -> bool:
    return any(item.mark for entry in entries for item in entry.sessions)


def _texts_across(row: BoardSideEvents | BoardPause) -> tuple[Paragraph, ...]:
    return row.events if isinstance(row, BoardSideEvents) else (row.hours,)


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("exports.html"), autoescape=True, undefined=StrictUndefined, finalize=_finalised,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"SIGN": SIGN, "style": Markup(STYLE)}
    made.filters |= {
        "kept": _kept, "hours": _hours, "clock": show_clock, "day": show_day, "table_lines": _table_lines,
        "listed_days": _listed_days, "is_marked": _is_marked, "texts_across": _texts_across,
    }  # fmt: skip
    made.tests["slot"] = lambda row: isinstance(row, BoardSlot)
    return made


_TEMPLATES = _environment()
