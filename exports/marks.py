"""What has changed in a grid, told cell by cell against another timetable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from exports.entries import SIGN
from exports.grid import Band, Cell, Grid
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import show_clock, show_date, weekday
from scheduler.domain.timetable import Timetable

Marks = Callable[[Band, Cell], Mapping[SessionId, str]]
"""For a cell the words that mark each session in it that has changed: ``was Tue 15:00``, or ``new``."""


def marks_against(before: Timetable, after: Timetable, *, dated: bool) -> Marks:
    """Where ``after`` is not as ``before``: a session that begins otherwise, or sits at a time at which it did not.

    ``dated`` where a weekday alone could mean several days.
    """

    def mark(band: Band, cell: Cell) -> Mapping[SessionId, str]:
        if cell.entry is None:
            return {}
        day = band.columns[cell.column].day
        found = {}
        for session in cell.entry.sessions:
            here = _within(after, session, day, cell.entry.starts, cell.entry.ends)
            if _begins_elsewhere(before, after, session, here) or not _sits(before, session, day, here):
                old = before[session].segments if session in before else ()
                found[session] = f"was {_when(old, dated)}" if old else "new"
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


def _begins_elsewhere(before: Timetable, after: Timetable, session: SessionId, here: list[Segment]) -> bool:
    """Whether the session begins here and, before, began at another time or sat in another room."""
    first = after[session].segments[0]
    if first not in here or session not in before:
        return first in here
    was = before[session].segments[0]
    return (was.day, was.start, before[session].room) != (first.day, first.start, after[session].room)


def _within(timetable: Timetable, session: SessionId, day: date, start: int, end: int) -> list[Segment]:
    return [s for s in timetable[session].segments if s.day == day and start <= s.start and s.end <= end]


def _sits(timetable: Timetable, session: SessionId, day: date, segments: Iterable[Segment]) -> bool:
    """Whether the session sits on the day at some time of the segments."""
    there = timetable[session].segments if session in timetable else ()
    return any(s.day == day and s.start < mine.end and mine.start < s.end for s in there for mine in segments)


def _when(segments: Iterable[Segment], dated: bool) -> str:
    """``Tue 10:00, 15:00; Wed 10:00``, with dates where a weekday alone could mean several days."""
    days: dict[date, list[str]] = {}
    for segment in sorted(segments, key=lambda s: (s.day, s.start)):
        days.setdefault(segment.day, []).append(show_clock(segment.start))
    shown = []
    for day, clocks in days.items():
        name = weekday(day)[:3] + (f" {show_date(day)}" if dated else "")
        shown.append(f"{name} {', '.join(dict.fromkeys(clocks))}")
    return "; ".join(shown)
