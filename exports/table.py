"""The timetable as a table, one row for each segment: for the sheet *Sessions*, the CSV and pandas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from exports.annex.side_events import SIDE_EVENT, shown_events
from exports.annex.texts import full_name
from exports.annex.titles import titled, words_of_titles
from scheduler.domain.clock import parse_clock, show_clock, weekday
from scheduler.domain.meeting import ROLES, roles
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.presiding import presided

COLUMNS = ("date", "weekday", "start", "end", "body", "session", "title", "access", "officers", "room", "minutes")
"""Columns of every table of segments; `table_columns` adds those that a programme needs."""

LIST_COLUMNS = ("date", "weekday", "start", "end", "body", "title", "access", "room")
"""Columns of the sheet *Sessions* beside the annex; those whose names it has, ``meeting.names_in_list``, follow."""

ORGANISERS = "organisers"
"""A column after that of the officers, where side events have any: who holds them is no officer of the meeting."""

TAGS = "tags"
"""A column after that of the titles, where sessions have any."""


def table_columns(programme: Programme) -> tuple[str, ...]:
    """The columns of the CSV and of pandas: ``COLUMNS``, and those for organisers and tags where there are any."""
    names = list(COLUMNS)
    if any(session.tags for session in programme.sessions.values()):
        names.insert(names.index("title") + 1, TAGS)
    return tuple(_with_organisers(programme, names))


def sessions_columns(programme: Programme) -> tuple[str, ...]:
    """The columns of the sheet *Sessions* in the working workbook."""
    return (*table_columns(programme), "presenters", "source")


def _with_organisers(programme: Programme, names: list[str]) -> list[str]:
    if "officers" in names and any(event.organiser for event in programme.listed_events):
        names.insert(names.index("officers") + 1, ORGANISERS)
    return names


def segments_table(programme: Programme, timetable: Timetable) -> list[dict[str, Any]]:
    """One row a segment, in order of time, then of rooms; and one for each side event that has a room.

    ``date`` is a date, ``start`` and ``end`` are ``HH:MM`` up to 24:00, of which an ``end`` on the next day lies before
    its ``start``; ``session`` is its id, ``access`` names the audiences admitted (``all`` when nobody is kept out),
    ``minutes`` is a number; the rest are texts for people. Each row has ``COLUMNS``, ``organisers`` and ``tags``.
    """
    programme = presided(programme, timetable)
    rooms = {room.id: number for number, room in enumerate(programme.rooms)}
    parts = [(segment, placement) for placement in timetable for segment in placement.segments]
    parts.sort(
        key=lambda part: (part[0].day, part[0].start, rooms.get(part[1].room_on(part[0].day), len(rooms)), part[0].end)
    )
    rows: list[dict[str, Any]] = []
    for segment, placement in parts:
        session = placement.session
        admitted = programme.audience(session)
        names = [audience.name for audience in programme.audiences if audience.id in admitted]
        room = placement.room_on(segment.day)
        day, start = segment.begins
        values = (
            day,
            weekday(day),
            show_clock(start),
            show_clock(segment.end),
            programme.body_of[session].title.rstrip(":"),
            str(session),
            programme.title(session),
            ("; ".join(names) or "nobody") if programme.restricted(session) else "all",
            "; ".join(programme.officer[officer].title for officer in programme.officers_of(session)),
            programme.room_title(room),
            segment.minutes,
        )
        tags = "; ".join(programme.tags_of(session))
        rows.append(dict(zip(COLUMNS, values, strict=True)) | {ORGANISERS: "", TAGS: tags})
    return _with_events(rows, programme, timetable)


def _with_events(rows: list[dict[str, Any]], programme: Programme, timetable: Timetable) -> list[dict[str, Any]]:
    """The rows together with those of side events that were placed, or are given with hours and a room."""
    if not programme.listed_events:
        return rows
    placed = {held.event for held in timetable.side_events or ()}
    for event in shown_events(programme, timetable):
        if event.hours is not None and (event.room or event.id in placed):
            start, end = event.hours
            values = (
                event.day, weekday(event.day), show_clock(start), show_clock(end), SIDE_EVENT, event.id, event.title,
                "all", "", event.room, end - start,
            )  # fmt: skip
            names = {ORGANISERS: "; ".join(event.organisers), TAGS: "", "presenters": "; ".join(event.speakers)}
            rows.append(dict(zip(COLUMNS, values, strict=True)) | names)
    return sorted(rows, key=lambda row: (row["date"], row["start"]))


def sessions_rows(programme: Programme, timetable: Timetable) -> list[list[Any]]:
    """The rows of the working workbook's sheet *Sessions*, by `sessions_columns`.

    Unlike those of `segments_table`, they have the full name of the body, and the title alone. ``start`` and ``end``
    are of type ``time``, with which a spreadsheet can calculate; 24:00 is a ``timedelta`` of a whole day.
    """
    names = sessions_columns(programme)
    return [[row[name] for name in names] for row in _sheet_rows(programme, timetable)]


def list_columns(programme: Programme) -> tuple[str, ...]:
    """The columns of the sheet *Sessions* beside the annex."""
    named = roles(programme.meeting.names_in_list)
    return (*LIST_COLUMNS, *_with_organisers(programme, [role for role in ROLES if role in named]))


def list_rows(programme: Programme, timetable: Timetable) -> list[list[Any]]:
    """The rows of the sheet *Sessions* beside the annex, by `list_columns`."""
    names = list_columns(programme)
    return [[row[name] for name in names] for row in _sheet_rows(programme, timetable)]


def _sheet_rows(programme: Programme, timetable: Timetable) -> Iterator[dict[str, Any]]:
    programme = presided(programme, timetable)
    words = words_of_titles(programme, timetable)
    for row in segments_table(programme, timetable):
        times = {"start": time_of_day(row["start"]), "end": time_of_day(row["end"])}
        if row["body"] == SIDE_EVENT and row["session"] in programme.event:
            yield row | times | {"attendees": "", "source": programme.event[row["session"]].source or ""}
            continue
        session = programme.sessions[row["session"]]
        yield (
            row
            | times
            | {
                "body": full_name(programme.body_of[row["session"]]),
                "title": titled(session.title or "", words.get(row["session"], ())),
                "access": row["access"] if programme.audience(row["session"]) else "closed",
                "presenters": "; ".join(_known_as(programme, who) for who in programme.presenting(row["session"])),
                "attendees": "; ".join(_known_as(programme, who) for who in session.attendees or ()),
                "source": session.source or "",
            }
        )


def _known_as(programme: Programme, who: str) -> str:
    """The title of an officer or person by id; other texts are names themselves."""
    officer = programme.officer.get(who)
    return programme.persons.title(programme.person(who)) if officer is None else officer.title


def time_of_day(clock: str) -> time | timedelta:
    """A time of day with which a spreadsheet can calculate; 24:00 is a whole day."""
    minutes = parse_clock(clock)
    return time(*divmod(minutes, 60)) if minutes < 24 * 60 else timedelta(days=1)
