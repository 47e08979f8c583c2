"""Reads a timetable back from a workbook that this program wrote: the annex, or its working papers.

The working papers (*Sessions* with ids, *About* with the scenario's hash) say which sessions they mean. The annex, that
goes out, names bodies and titles only: `sessions_in` finds the sessions that a scenario calls so.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from exports.table import full_name
from scheduler.domain.base import SessionId
from scheduler.domain.clock import parse_clock, show_clock
from scheduler.domain.programme import Programme
from scheduler.errors import TimetableError

MOST_BYTES = 50_000_000
"""A workbook that unpacks to more is refused."""

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class FromWorkbook:
    """What a workbook says: the scenario it answers, by name and SHA-256 (empty in an annex), and its rows."""

    name: str
    sha256: str
    rows: list[Listed]


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the sheet *Sessions*."""

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
        TimetableError: it is no workbook, too large, or not one of ours.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > MOST_BYTES:
            raise TimetableError(f"{path}: this workbook is too large for a timetable")
        workbook = load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise TimetableError(f"{path}: there is no such file") from None
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        raise TimetableError(f"{path}: this is no workbook that can be read") from None
    if "Sessions" not in workbook.sheetnames:
        raise TimetableError(f"{path}: the sheet 'Sessions' is missing: is it an annex of 'schedule solve'?")
    facts: dict[str, str] = {}
    if "About" in workbook.sheetnames:
        facts = {str(row[0]): str(row[1]) for row in _rows(workbook["About"]) if len(row) > 1}
    found: list[Listed] = []
    head, *rows = _rows(workbook["Sessions"]) or [()]
    columns = {str(name): number for number, name in enumerate(head)}
    needed = ("Date", "Start", "End", *(("Session",) if "About" in workbook.sheetnames else ("Body", "Title")), "Room")
    if not set(needed) <= set(columns):
        raise TimetableError(f"{path}: the sheet 'Sessions' has lost a column: {', '.join(needed)} are needed")
    for number, row in enumerate(rows, 2):
        if row[columns["Date"]] is None and row[columns[needed[3]]] is None:
            continue
        day, start, end = (row[columns[name]] for name in ("Date", "Start", "End"))
        try:
            part = {"date": _day(day), "start": _clock(start), "end": _clock(end)}
        except ValueError as error:
            raise TimetableError(f"{path}: sheet 'Sessions', row {number}: {error}") from None
        named = {name: str(row[at] or "") for name, at in columns.items()}
        found.append(Listed(named.get("Session"), named.get("Body", ""), named.get("Title", ""), named["Room"], part))
    return FromWorkbook(facts.get("Scenario", ""), facts.get("SHA-256 of the scenario", ""), found)


def sessions_in(read: FromWorkbook, programme: Programme) -> list[dict[str, Any]] | None:
    """The sessions of a workbook as a document has them; None where a row is nothing that the programme knows.

    Sessions that bear one name are told apart by their lengths, in the order of the programme.
    """
    rooms = {room.title: room.id for room in programme.rooms}
    called: dict[tuple[str, str], list[SessionId]] = {}
    for session, body in programme.body_of.items():
        called.setdefault((full_name(body), programme.sessions[session].title or ""), []).append(session)
    left = {session: programme.minutes(session) for session in programme.sessions}
    found: dict[str, dict[str, Any]] = {}
    for row in read.rows:
        name = row.session
        if name is None:
            same = called.get((row.body, row.title))
            if same is None:
                return None
            name = next((session for session in same if left[session] > 0), same[-1])
            left[name] -= _length(row.segment)
        entry = found.setdefault(name, {"id": name, "room": rooms.get(row.room, row.room), "segments": []})
        entry["segments"].append(row.segment)
    return list(found.values())


def _length(segment: dict[str, str]) -> int:
    """Minutes; none where the hours are no hours, which the reader of sessions will say."""
    try:
        return parse_clock(segment["end"]) - parse_clock(segment["start"])
    except ValueError:
        return 0


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True, max_row=min(sheet.max_row, MOST_ROWS)))


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | str):
        return str(value)
    raise ValueError(f"'{value}' is no date")


def _clock(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return show_clock(60 * value.hour + value.minute)
    if isinstance(value, timedelta):
        return show_clock(round(value.total_seconds() / 60))
    if isinstance(value, str):
        return value
    raise ValueError(f"'{value}' is no time of day")
