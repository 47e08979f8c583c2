"""Reads a timetable back from a workbook that this program wrote: the sheets *Sessions* and *About*."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from scheduler.domain.clock import show_clock
from scheduler.errors import TimetableError

MOST_BYTES = 50_000_000
"""A workbook that unpacks to more is refused."""

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class FromWorkbook:
    """What a workbook says: the scenario it answers, by name and SHA-256, and its sessions as a document has them."""

    name: str
    sha256: str
    sessions: list[dict[str, Any]]
    """``id``, ``room`` (its title) and ``segments``."""


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
    if "Sessions" not in workbook.sheetnames or "About" not in workbook.sheetnames:
        raise TimetableError(
            f"{path}: the sheets 'Sessions' and 'About' are missing: is it an annex of 'schedule solve'?"
        )
    facts = {str(row[0]): str(row[1]) for row in _rows(workbook["About"]) if len(row) > 1}
    found: dict[str, dict[str, Any]] = {}
    head, *rows = _rows(workbook["Sessions"]) or [()]
    columns = {str(name): number for number, name in enumerate(head)}
    if not {"Date", "Start", "End", "Session", "Room"} <= set(columns):
        raise TimetableError(
            f"{path}: the sheet 'Sessions' has lost a column: Date, Start, End, Session, Room are needed"
        )
    for number, row in enumerate(rows, 2):
        if row[columns["Session"]] is None:
            continue
        day, start, end = (row[columns[name]] for name in ("Date", "Start", "End"))
        try:
            part = {"date": _day(day), "start": _clock(start), "end": _clock(end)}
        except ValueError as error:
            raise TimetableError(f"{path}: sheet 'Sessions', row {number}: {error}") from None
        name = str(row[columns["Session"]])
        entry = found.setdefault(name, {"id": name, "room": str(row[columns["Room"]] or ""), "segments": []})
        entry["segments"].append(part)
    return FromWorkbook(facts.get("Scenario", ""), facts.get("SHA-256 of the scenario", ""), list(found.values()))


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
