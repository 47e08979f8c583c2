"""Reads conferences from workbooks in the layout of the benchmark library CoSPLib."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from exports.cosplib.conference_values import Conference, CosplibPeriod, CosplibTrack, Hours, Submission, Term
from scheduler.reading.tables.workbooks import Sheet, open_sheets

SHEETS = (
    "submissions",
    "tracks",
    "sessions",
    "rooms",
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "sessions_rooms|penalty",
    "similar tracks",
    "parameters",
)
FIRST_PENALTY = 8
"""The first column of penalties in the sheet of submissions."""


def read_conference(path: str | Path) -> Conference:
    """A conference from a benchmark workbook.

    Raises:
        InputError: the first thing that is wrong, with its sheet and cell.
    """
    sheets = open_sheets(path, SHEETS)
    tracks, sessions, rooms = (numbered(sheets[f"{what}s"].names(what)) for what in ("track", "session", "room"))
    periods = _periods(sheets["sessions"], list(sessions))
    weights, hours = _parameters(sheets["parameters"])
    submissions = _submissions(sheets["submissions"], tracks, sessions, rooms)
    return Conference(
        name=Path(path).stem,
        tracks=tuple(CosplibTrack(name, sheets["tracks"].people(i + 2, 2)) for name, i in tracks.items()),
        periods=periods,
        rooms=tuple(rooms),
        submissions=submissions,
        track_session=_matrix(sheets["tracks_sessions|penalty"], tracks, "track", sessions, "session"),
        track_room=_matrix(sheets["tracks_rooms|penalty"], tracks, "track", rooms, "room"),
        session_room=_matrix(sheets["sessions_rooms|penalty"], sessions, "session", rooms, "room"),
        similar=_similar(sheets["similar tracks"], tracks),
        weights=weights,
        hours=hours,
    )


def _periods(sheet: Sheet, names: list[str]) -> tuple[CosplibPeriod, ...]:
    return tuple(
        CosplibPeriod(
            name,
            sheet.whole(row, 2, "number of time slots", least=1, empty=None),
            sheet.day(row, 3),
            sheet.minutes(row, 4, "start"),
            sheet.minutes(row, 5, "end"),
        )
        for row, name in enumerate(names, start=2)
    )


def _parameters(sheet: Sheet) -> tuple[tuple[int, ...], Hours]:
    weights = tuple(sheet.whole(2 + term, 5, f"weight of '{term.title}'") for term in Term)
    if not weights[Term.TIME_ZONES]:
        return weights, Hours()
    return weights, Hours(
        zone=sheet.offset(2, 2, "time zone"),
        suitable=(sheet.minutes(4, 2, "time"), sheet.minutes(5, 2, "time")),
        less_suitable=(sheet.minutes(7, 2, "time"), sheet.minutes(8, 2, "time")),
        small=sheet.whole(9, 2, "penalty"),
        big=sheet.whole(11, 2, "penalty"),
    )


def _submissions(
    sheet: Sheet, tracks: dict[str, int], sessions: dict[str, int], rooms: dict[str, int]
) -> tuple[Submission, ...]:
    columns: dict[str, int] = {}
    for column in range(FIRST_PENALTY, len(sheet.rows[0]) + 1 if sheet.rows else 1):
        if sheet.value(1, column) is None:
            continue
        sheet.text(1, column, "a session or a room")
        name = sheet.called(1, column, sessions | rooms, "session or room")
        if name in columns:
            raise sheet.wrong(1, column, f"the column '{name}' is there twice")
        columns[name] = column
    for name in (*sessions, *rooms):
        if name not in columns:
            raise sheet.wrong(1, FIRST_PENALTY, f"from here on there is no column '{name}'")
    return tuple(
        Submission(
            name=name,
            track=sheet.known(row, 2, tracks, "track"),
            need=sheet.whole(row, 3, "number of time slots", least=1, empty=None),
            order=sheet.whole(row, 4, "position in the track"),
            zone=sheet.offset(row, 5, "time zone") if sheet.value(row, 5) is not None else 0,
            presenters=sheet.people(row, 6),
            attendees=sheet.people(row, 7),
            in_session=tuple(sheet.whole(row, columns[session], "penalty") for session in sessions),
            in_room=tuple(sheet.whole(row, columns[room], "penalty") for room in rooms),
        )
        for row, name in enumerate(sheet.names("submission"), start=2)
    )


def _matrix(
    sheet: Sheet, rows: dict[str, int], row_what: str, columns: dict[str, int], column_what: str
) -> tuple[tuple[int, ...], ...]:
    """A penalty for each row and column, both found by name; 0 where there is none."""
    table = [[0] * len(columns) for _ in rows]
    across = numbers_across(sheet, columns, column_what)
    for row in range(2, len(sheet.rows) + 1):
        if sheet.value(row, 1) is None:
            continue
        down = sheet.known(row, 1, rows, row_what)
        for column, index in across.items():
            table[down][index] = sheet.whole(row, column, "penalty")
    return tuple(map(tuple, table))


def numbered(names: Iterable[str]) -> dict[str, int]:
    """The number of each name, from 0."""
    return {name: number for number, name in enumerate(names)}


def numbers_across(sheet: Sheet, names: dict[str, int], what: str) -> dict[int, int]:
    """The number of the name in the first row of each column from the second on; empty ones are left out.

    Raises:
        InputError: there is no such name.
    """
    columns = range(2, len(sheet.rows[0]) + 1 if sheet.rows else 2)
    return {column: sheet.known(1, column, names, what) for column in columns if sheet.value(1, column) is not None}


def _similar(sheet: Sheet, tracks: dict[str, int]) -> tuple[tuple[int, ...], ...]:
    """Columns stand in the order of the rows; the upper triangle is mirrored."""
    rows = range(2, len(sheet.rows) + 1)
    order = [sheet.known(row, 1, tracks, "track") for row in rows if sheet.value(row, 1) is not None]
    table = [[0] * len(tracks) for _ in tracks]
    for (i, a), (j, b) in combinations(enumerate(order, start=2), 2):
        table[a][b] = table[b][a] = sheet.whole(i, j, "penalty")
    return tuple(map(tuple, table))
