"""What has changed in a grid, told cell by cell against another timetable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from exports.annex.changes import was_words
from exports.annex.entries import SIGN
from exports.annex.grid import Band, Cell, Grid
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.timetable import Timetable

if TYPE_CHECKING:
    from scheduler.comparison.moves import Move

Marks = Callable[[Band, Cell], Mapping[SessionId, str]]
"""For a cell the words that mark each session in it that has changed: ``was Tue 15:00``, or ``new``."""

CONTINUED = "continued"
"""Marks the later cells of a session that sits at hours at which it did not."""


def marks_against(before: Timetable, after: Timetable, moves: Sequence[Move], *, dated: bool) -> Marks:
    """Where ``after`` is not as ``before``, given what ``moves``: what begins otherwise, and what goes on elsewhere.

    The words stand where a session begins. Each is ``dated`` where a weekday alone could mean several days.
    """
    moved = {move.session: move for move in moves}

    def mark(band: Band, cell: Cell) -> Mapping[SessionId, str]:
        if cell.entry is None:
            return {}
        day = band.columns[cell.column].day
        found = {}
        for session in cell.entry.sessions:
            here = _within(after, session, day, cell.entry.starts, cell.entry.ends)
            if session in moved and after[session].segments[0] in here:
                found[session] = was_words(moved[session], dated=dated)
            elif session in before and not _sits(before, session, day, here):
                found[session] = CONTINUED
        return found

    return mark


def marked_grid(grid: Grid, marks: Marks) -> Grid:
    """The grid with the words of each mark in its cell."""
    bands = []
    for band in grid.bands:
        cells = []
        for cell in band.cells:
            words = {} if cell.entry is None or cell.entry.struck else marks(band, cell)
            if cell.entry is not None and words:
                said = "; ".join(dict.fromkeys(words.values()))
                cells.append(replace(cell, entry=replace(cell.entry, mark=f"{SIGN} {said}")))
            else:
                cells.append(cell)
        bands.append(replace(band, cells=tuple(cells)))
    return replace(grid, bands=tuple(bands))


def _within(timetable: Timetable, session: SessionId, day: date, start: int, end: int) -> list[Segment]:
    return [s for s in timetable[session].segments if s.day == day and start <= s.start and s.end <= end]


def _sits(timetable: Timetable, session: SessionId, day: date, segments: Iterable[Segment]) -> bool:
    """Whether the session sits on the day at some time of the segments."""
    there = timetable[session].segments
    return any(s.day == day and s.start < mine.end and mine.start < s.end for s in there for mine in segments)
