"""The timetable as a table, one row for what falls into each slot: for the sheet *Sessions*, the CSV and pandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from exports.annex.changes import was_words
from exports.annex.entries import full_name
from exports.csv_text import as_csv
from scheduler.domain.clock import parse_clock, show_clock, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable

if TYPE_CHECKING:
    from pandas import DataFrame

    from scheduler.comparison.moves import Move

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

SESSIONS_COLUMNS = (*COLUMNS, "presenters", "source")
"""Those of the sheet *Sessions* in the working workbook."""

REVISION_COLUMNS = ("change", "was")
"""Those that the table of a revision has besides."""

LIST_COLUMNS = ("date", "weekday", "start", "end", "body", "title", "access", "room")
"""Those of the sheet *Sessions* that goes out with the annex."""


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
    """The rows of the working workbook's sheet *Sessions*, by ``SESSIONS_COLUMNS``.

    As `segments_table` has them, but for the full name of the body and the title without it. ``start`` and ``end`` are
    times of day that a spreadsheet can reckon with; 24:00, which no ``time`` can be, is a ``timedelta`` of a whole day.
    """
    return [[row[name] for name in SESSIONS_COLUMNS] for row in _sheet_rows(programme, timetable)]


def list_rows(programme: Programme, timetable: Timetable) -> list[list[Any]]:
    """The rows of the list that goes out with the annex, by ``LIST_COLUMNS``."""
    return [[row[name] for name in LIST_COLUMNS] for row in _sheet_rows(programme, timetable)]


def _sheet_rows(programme: Programme, timetable: Timetable) -> Iterator[dict[str, Any]]:
    for row in segments_table(programme, timetable):
        session = programme.sessions[row["session"]]
        yield row | {
            "start": _time_of_day(row["start"]),
            "end": _time_of_day(row["end"]),
            "body": full_name(programme.body_of[row["session"]]),
            "title": session.title or "",
            "access": row["access"] if programme.audience(row["session"]) else "closed",
            "presenters": "; ".join(_known_as(programme, who) for who in session.presenters or ()),
            "source": session.source or "",
        }


def _known_as(programme: Programme, who: str) -> str:
    """Who is behind an id, or the name itself."""
    officer = programme.officer.get(who)
    return programme.persons.title(programme.person(who)) if officer is None else officer.title


def sessions_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """The working workbook's sheet *Sessions* as a pandas table, for those who reckon on: the same rows and values."""
    from pandas import DataFrame  # takes longer to import than a workbook to write, so the sheet itself does without

    header = [name.capitalize() for name in SESSIONS_COLUMNS]
    return DataFrame(sessions_rows(programme, timetable), columns=header, dtype=object)


def csv_bytes(
    programme: Programme, timetable: Timetable, before: Programme | None = None, moves: Sequence[Move] = ()
) -> bytes:
    """The table as CSV that a spreadsheet opens as it stands, and calculates nothing of.

    Of a revision, ``before`` is the programme that it revises: each row then says what has changed and how it was, and
    what is not held any more stands last, at its old place.
    """
    header = (*COLUMNS, *(REVISION_COLUMNS if before is not None else ()))
    changes = {move.session: {"change": move.kind, "was": was_words(move, dated=True)} for move in moves}
    same = dict.fromkeys(REVISION_COLUMNS, "")
    rows = [row | changes.get(row["session"], same) for row in segments_table(programme, timetable)]
    if before is not None:
        gone = Timetable(move.before for move in moves if move.before is not None and move.after is None)
        rows += [row | {"change": "cancelled", "was": ""} for row in segments_table(before, gone)]
    return as_csv([header, *([str(row[name]) for name in header] for row in rows)])


def _time_of_day(clock: str) -> time | timedelta:
    minutes = parse_clock(clock)
    return time(*divmod(minutes, 60)) if minutes < 24 * 60 else timedelta(days=1)
