"""Reads a timetable back from a workbook that this program wrote: the annex, or the working workbook.

The working workbook (*Sessions* with ids, *About* with the hash of the scenario) says which sessions it means. The
annex, which goes out, names bodies and titles only: `sessions_in` finds the sessions that a scenario calls so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from exports.annex.texts import full_name
from scheduler.domain.base import SessionId
from scheduler.domain.clock import (
    parse_clock,
    parse_date,
    parse_weekday,
    show_clock,
    show_date,
    show_hours,
    weekday,
)
from scheduler.domain.programme import Programme
from scheduler.errors import TimetableError
from scheduler.reading.diagnostics import printable
from scheduler.reading.tables.workbooks import opened

MAX_ROWS = 20_000

_T = TypeVar("_T")


class NotOursError(TimetableError):
    """The workbook has no sheet *Sessions*."""

    def __init__(self, message: str, sheets: Sequence[str]) -> None:
        super().__init__(message)
        self.sheets = sheets


@dataclass(frozen=True, slots=True)
class FromWorkbook:
    """The rows of a workbook, and the scenario it names, with its SHA-256 (both empty in an annex)."""

    path: str
    name: str
    sha256: str
    rows: list[Listed]
    workbook: Any
    """As openpyxl has it, with the sheets *Annex* or *Programme*."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the sheet *Sessions*."""

    number: int
    """Of the row."""
    session: str | None
    """Its id; None in an annex."""
    body: str
    title: str
    room: str
    """Its title."""
    segment: dict[str, str]
    """``date``, ``start`` and ``end``, as a document has them."""


def read_annex(path: str | Path) -> FromWorkbook:
    """Read the timetable of a workbook.

    Raises:
        InputError: it is no workbook, too large, not one of ours, or contradicts itself in a row.
    """
    with opened(path, rich_text=True) as (book, _):
        workbook = book
    if "Sessions" not in workbook.sheetnames:
        message = f"{path}: the sheet 'Sessions' is missing: is it an annex of 'schedule solve'?"
        raise NotOursError(message, workbook.sheetnames)
    facts: dict[str, str] = {}
    if "About" in workbook.sheetnames:
        facts = {str(row[0]): str(row[1]) for row in _rows(workbook["About"]) if len(row) > 1}
    head, *rows = _rows(workbook["Sessions"]) or [()]
    columns = {str(name): number for number, name in enumerate(head)}
    needed = ("Date", "Start", "End", *(("Session",) if "About" in workbook.sheetnames else ("Body", "Title")), "Room")
    if not set(needed) <= set(columns):
        raise TimetableError(f"{path}: the sheet 'Sessions' lacks a column: {', '.join(needed)} are needed")
    found = [
        _listed(SheetRow(f"{path}: sheet 'Sessions'", number, columns, row))
        for number, row in enumerate(rows, 2)
        if row[columns["Date"]] is not None or row[columns[needed[3]]] is not None
    ]
    return FromWorkbook(str(path), facts.get("Scenario", ""), facts.get("SHA-256 of the scenario", ""), found, workbook)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet, by the names of its columns."""

    sheet: str
    """File and sheet, for messages."""
    number: int
    columns: dict[str, int]
    values: tuple[Any, ...]

    def text(self, column: str) -> str:
        """The text of a cell; empty where the sheet has no such column."""
        return str(self.values[self.columns[column]] or "") if column in self.columns else ""

    def read(self, column: str, reader: Callable[[Any], _T]) -> _T:
        """A cell as ``reader`` reads it; its ``ValueError`` becomes an error that names the cell."""
        try:
            return reader(self.values[self.columns[column]])
        except ValueError as error:
            raise self.wrong(column, str(error)) from None

    def wrong(self, column: str, message: str) -> TimetableError:
        """A mistake in a cell."""
        from openpyxl.utils import get_column_letter

        cell = f"{get_column_letter(self.columns[column] + 1)}{self.number}"
        return TimetableError(f"{self.sheet}, cell {cell}: {printable(message)}")


def _listed(row: SheetRow) -> Listed:
    """Read one row; its weekday must be that of its date, and its end after its start."""
    day = row.read("Date", _day)
    start, end = row.read("Start", _clock), row.read("End", _clock)
    if start >= end:
        raise row.wrong("End", f"{show_hours(start, end)} ends before it begins: correct start or end")
    written = row.text("Weekday").strip()
    if written and parse_weekday(written) != day.weekday():
        shown = f"{show_date(day, year=True)} is a {weekday(day)}"
        raise row.wrong("Weekday", f"{shown}, not '{written[:40]}': correct one of them")
    session = row.text("Session") if "Session" in row.columns else None
    segment = {"date": day.isoformat(), "start": show_clock(start), "end": show_clock(end)}
    return Listed(row.number, session, row.text("Body"), row.text("Title"), row.text("Room"), segment)


def sessions_in(read: FromWorkbook, programme: Programme) -> list[dict[str, Any]]:
    """The sessions of a workbook as a document has them.

    Rows of sessions with the same name are shared out by length, in the order of the programme.

    Raises:
        TimetableError: the programme has no such session.
    """
    rooms = {room.title: room.id for room in programme.rooms}
    called = _called(programme)
    left = {session: programme.minutes(session) for session in programme.sessions}
    found: dict[str, dict[str, Any]] = {}
    for row in read.rows:
        name = row.session
        if name is None:
            same = called.get((row.body, row.title))
            if same is None:
                shown = printable(" ".join(part for part in (row.body, row.title) if part)[:100])
                raise TimetableError(
                    f"{read.path}: sheet 'Sessions', row {row.number}: '{shown}' is no session of scenario "
                    f"'{programme.name}': keep body and title as they were"
                )
            name = next((session for session in same if left[session] > 0), same[-1])
            left[name] -= parse_clock(row.segment["end"]) - parse_clock(row.segment["start"])
        entry = found.setdefault(name, {"id": name, "room": rooms.get(row.room, row.room), "segments": []})
        entry["segments"].append(row.segment)
    return list(found.values())


def known_rows(read: FromWorkbook, programme: Programme) -> int:
    """The number of rows whose sessions the programme has."""
    called = _called(programme)
    return sum(
        (row.body, row.title) in called if row.session is None else row.session in programme.sessions
        for row in read.rows
    )


def _called(programme: Programme) -> dict[tuple[str, str], list[SessionId]]:
    """Sessions by body and title, as the annex names them."""
    called: dict[tuple[str, str], list[SessionId]] = {}
    for session, body in programme.body_of.items():
        called.setdefault((full_name(body), programme.sessions[session].title or ""), []).append(session)
    return called


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True, max_row=min(sheet.max_row, MAX_ROWS)))


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | str):
        return parse_date(value)
    raise ValueError(f"'{value}' is no date: write year-month-day, as in 2027-02-25")


def _clock(value: Any) -> int:
    """Minutes after midnight."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return 60 * value.hour + value.minute
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, str):
        return parse_clock(value)
    raise ValueError(f"'{value}' is no time of day: write HH:MM, as in 15:00")
