"""Marks in a grid: what has changed since another timetable, session by session.

Where all sessions of a cell have the same mark, the cell has it once, at its end; otherwise each session has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from exports.annex.changes import was_words
from exports.annex.entries import Entry, EntryPart
from exports.annex.grid import Band, Grid, GridCell, annex_grid
from exports.annex.texts import one_line
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.comparison.together import apart
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment, several_weeks
from scheduler.domain.clock import show_hours
from scheduler.domain.timetable import Placement, Timetable

Marks: TypeAlias = Mapping[tuple[SessionId, int], str]
"""The mark of each changed segment, by session and number: ``was Tue 15:00``, ``new`` or ``continued``."""

CONTINUED = "continued"
"""The mark of a later segment, where the session did not sit before."""


def marks_against(
    before: Timetable, after: Timetable, moves: Sequence[Move], *, dated: bool, by_room: bool = False
) -> Marks:
    """The marks of ``after``, given the ``moves`` since ``before``: at the beginning of each session that has moved, or
    of each day on which it has another room.

    ``dated``: with the date, where a weekday could mean several days. ``by_room``: a change of room counts as a change
    of place, because each room has cells of its own.
    """
    moved = {move.session: move for move in moves}
    found: dict[tuple[SessionId, int], str] = {}
    for placement in after:
        session = placement.session
        if session in moved and moved[session].kind == "parts":
            found.update(_part_marks(before[session], placement))
            continue
        by_day = dict(moved[session].rooms_left) if session in moved and moved[session].by_day else None
        days = [segment.day for segment in placement.segments]
        for number, segment in enumerate(placement.segments):
            if by_day is not None and segment.day in by_day and segment.day not in days[:number]:
                found[session, number] = f"was {one_line(by_day[segment.day])}"
            elif by_day is None and session in moved and not number:
                found[session, number] = was_words(moved[session], dated=dated)
            elif session in before and not _sits(
                before[session], placement.room_on(segment.day) if by_room else None, segment
            ):
                found[session, number] = CONTINUED
    return found


def _part_marks(was: Placement, now: Placement) -> Iterator[tuple[tuple[SessionId, int], str]]:
    """The marks of a session that starts as before and is suspended otherwise: at each segment that is another."""
    for number, segment in enumerate(now.segments):
        there = [s for s in was.segments if s.day == segment.day]
        if not any((s.start, s.end) == (segment.start, segment.end) for s in there):
            near = [s for s in there if s.start < segment.end and segment.start < s.end]
            yield (now.session, number), f"was {show_hours(near[0].start, near[-1].end)}" if near else CONTINUED


def grid_against(baseline: Option, option: Option) -> Grid:
    """The grid of an option, marked where it differs from the baseline.

    Sessions that moved together as a whole, or only followed their slot, have no mark.
    """
    assert option.timetable is not None
    grid = annex_grid(option.scenario, option.timetable)
    return marked_grid(grid, option.timetable, marks_between(baseline, option))


def marks_between(baseline: Option, option: Option, *, by_room: bool = False) -> Marks:
    """The marks of an option with a timetable; none against itself, or against one without."""
    if option is baseline or option.timetable is None or baseline.timetable is None:
        return {}
    dated = several_weeks(baseline.scenario.calendar, option.scenario.calendar)
    proper, whole, _ = apart(baseline, option, moves(baseline, option))
    together = {move.session for move in whole.moves} if whole else set()
    before = Timetable(placement for placement in baseline.timetable if placement.session not in together)
    return marks_against(before, option.timetable, proper, dated=dated, by_room=by_room)


def marked_grid(grid: Grid, timetable: Timetable, marks: Marks) -> Grid:
    """The grid of a timetable with each mark in its cell."""
    bands = tuple(
        replace(band, cells=tuple(_marked_cell(band, cell, timetable, marks) for cell in band.cells))
        for band in grid.bands
    )
    return replace(grid, bands=bands)


def _marked_cell(band: Band, cell: GridCell, timetable: Timetable, marks: Marks) -> GridCell:
    if cell.entry is None or cell.entry.struck:
        return cell
    here = {session: _within(timetable[session], band, cell, cell.entry) for session in cell.entry.sessions}
    said = {session: _said(session, segments, marks) for session, segments in here.items()}
    if len(set(said.values())) == 1:
        return replace(cell, entry=replace(cell.entry, mark=said[cell.entry.sessions[0]]))
    parts = tuple(piece for part in cell.entry.parts for piece in _pieces(part, here, said))
    return replace(cell, entry=replace(cell.entry, parts=parts))


def _within(placement: Placement, band: Band, cell: GridCell, entry: Entry) -> dict[int, Segment]:
    """The segments of a session that stand in a cell, by their numbers."""
    day = band.columns[cell.column].day
    return {
        number: segment
        for number, segment in enumerate(placement.segments)
        if segment.day == day and entry.starts < segment.end and segment.start < entry.ends
    }


def _said(session: SessionId, segments: Mapping[int, Segment], marks: Marks) -> str | None:
    """The mark of a session in a cell; None where it begins elsewhere and one of its segments there has no mark."""
    said = [marks.get((session, number)) for number in segments]
    return said[0] if said and (0 in segments or all(said)) else None


def _pieces(
    part: EntryPart, here: Mapping[SessionId, Mapping[int, Segment]], said: Mapping[SessionId, str | None]
) -> Iterator[EntryPart]:
    """A part with its mark; where its sessions have different marks, one part for each mark, with hours."""
    pieces = [(words, tuple(sessions)) for words, sessions in groupby(part.sessions, key=lambda each: said[each])]
    for words, sessions in pieces:
        hours = part.hours
        if len(pieces) > 1:
            segments = [segment for session in sessions for segment in here[session].values()]
            hours = show_hours(segments[0].start, segments[-1].end)
        yield replace(part, hours=hours, sessions=sessions, mark=words)


def _sits(placement: Placement, room: str | None, segment: Segment) -> bool:
    """Whether a session sits at some time of a segment, in the room if one is given."""
    return any(
        s.day == segment.day and s.start < segment.end and segment.start < s.end
        and room in (None, placement.room_on(s.day))
        for s in placement.segments
    )  # fmt: skip
