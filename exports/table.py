"""The timetable as a table, one row for what falls into each slot: for the sheet *Sessions*, the CSV and pandas."""

from __future__ import annotations

import csv
import io
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from scheduler.domain.clock import parse_clock, show_clock, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "date",
    "weekday",
    "start",
    "end",
    "body",
    "session",
    "title",
    "access",
    "officers",
    "room",
    "minutes",
)

SESSIONS_HEADER = tuple(name.capitalize() for name in COLUMNS)
"""The columns as the sheet *Sessions* names them."""

_TAKEN_FOR_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"}


def segments_table(programme: Programme, timetable: Timetable) -> list[dict[str, Any]]:
    """One row a segment, in order of time, then of rooms.

    ``date`` is a date, ``start`` and ``end`` are ``HH:MM`` up to 24:00, ``session`` is its id, ``access`` names the
    audiences admitted (``all`` when nobody is kept out), ``minutes`` is a number; the rest are texts for people.
    """
    rooms = {room.id: number for number, room in enumerate(programme.rooms)}
    parts = [(segment, placement) for placement in timetable for segment in placement.segments]
    parts.sort(key=lambda part: (part[0].day, part[0].start, rooms.get(part[1].room, len(rooms)), part[0].end))
    rows = []
    for segment, placement in parts:
        session = placement.session
        admitted = programme.audience(session)
        names = [audience.name for audience in programme.audiences if audience.id in admitted]
        room = programme.room.get(placement.room)
        values = (
            segment.day,
            weekday(segment.day),
            show_clock(segment.start),
            show_clock(segment.end),
            programme.body_of[session].title.rstrip(":"),
            str(session),
            programme.title(session),
            ("; ".join(names) or "nobody") if programme.restricted(session) else "all",
            "; ".join(programme.officer[officer].title for officer in programme.officers_of(session)),
            room.title if room else str(placement.room),
            segment.minutes,
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def sessions_rows(programme: Programme, timetable: Timetable) -> list[list[Any]]:
    """The rows of the sheet *Sessions*: as `segments_table` has them, with times that a spreadsheet can reckon with.

    ``start`` and ``end`` are times of day; 24:00, which no ``time`` can be, is a ``timedelta`` of a whole day.
    """
    clocks = {"start", "end"}
    return [
        [_time_of_day(row[name]) if name in clocks else row[name] for name in COLUMNS]
        for row in segments_table(programme, timetable)
    ]


def sessions_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """The sheet *Sessions* as a pandas table, for those who reckon on: the same header, rows and values."""
    from pandas import DataFrame  # takes longer to import than a workbook to write, so the sheet itself does without

    return DataFrame(sessions_rows(programme, timetable), columns=list(SESSIONS_HEADER), dtype=object)


def csv_bytes(programme: Programme, timetable: Timetable) -> bytes:
    """The table as CSV that a spreadsheet opens as it stands: UTF-8 with its mark, CRLF, and no text that is a formula.

    A text that a spreadsheet would take for a formula has an apostrophe before it; control characters are left out.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in segments_table(programme, timetable):
        writer.writerow([_guarded(str(row[name])) for name in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _guarded(text: str) -> str:
    clean = text.translate(_CONTROLS)
    return f"'{clean}" if clean.lstrip(" ").startswith(_TAKEN_FOR_A_FORMULA) else clean


def _time_of_day(clock: str) -> time | timedelta:
    minutes = parse_clock(clock)
    return time(*divmod(minutes, 60)) if minutes < 24 * 60 else timedelta(days=1)
