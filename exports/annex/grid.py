"""The annex grid, laid out once for every writer: days as columns, slots or half-days as rows, and who meets there.

The grid knows no writer: texts are runs in bold, italics or superscript, and colours are numbered tones. Where several
entries share a row, it is divided into *lines*; a cell spans one line or more. A series of more than seven days
is cut into *bands*, one for each week, one below the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby
from types import MappingProxyType

from exports.annex.entries import Entry, entries_by_block
from exports.annex.key import key_of_names
from exports.annex.rows import Block, Rows, rows_of
from exports.annex.side_events import counts_on, days_of_many, side_events_on
from exports.annex.texts import Paragraph, heading, one_line, subtitle
from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import show_date, show_hours, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.spans import Span
from scheduler.domain.timetable import Timetable

MAX_COLUMNS = 7
"""More days than these stand in bands of one week each."""

MAX_ROOMS_IN_GRID = 3
MAX_SESSIONS_IN_CELL = 12
"""Counted only where several rooms are in use."""


@dataclass(frozen=True, slots=True)
class Column:
    """A day."""

    day: date
    open: bool
    """Whether the day has slots and is no holiday."""
    note: str | None
    """What stands below its date; the note of a day without meetings stands in its empty cell, ``GridCell.note``."""
    entries: tuple[tuple[Entry, ...], ...]
    """Who meets in each row of the band: in order of rooms, then of time. What spans rows stands in the first."""
    blocks: tuple[Block, ...]
    """The slots of the day, by the rows in which they are."""
    pauses: Mapping[int, str]
    """Rows that are breaks of the day, and what they are called."""

    @property
    def weekday(self) -> str:
        """``Tuesday``."""
        return weekday(self.day)

    @property
    def label(self) -> str:
        """``25 February``."""
        return show_date(self.day)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A slot or half-day, with the clock times of most days in minutes after midnight.

    It has the lines ``first`` to ``first + span - 1``.
    """

    opens: int
    closes: int
    first: int = 0
    span: int = 1
    pause: bool = False
    """Whether it is a break, to be drawn as low as its text."""

    @property
    def label(self) -> str:
        """``10:00 - 13:00`` with an en dash; empty where a band has no slot at all."""
        return show_hours(self.opens, self.closes) if self.closes > self.opens else ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One entry, or an empty cell, on the lines ``first`` to ``first + span - 1`` of one column."""

    column: int
    first: int
    span: int
    entry: Entry | None = None
    open: bool = True
    """False: this day has no such slot, and the cell is grey."""
    note: str | None = None
    """Why it is not open; or what the break is called."""
    pause: bool = False
    """Whether it is a break."""
    below: bool = False
    """Whether it stands below another entry of the same slots, from which a dashed line parts it."""


@dataclass(frozen=True, slots=True)
class Band:
    """The part of the grid under one header: all days, or one week. The cells cover it without gaps."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    cells: tuple[GridCell, ...]
    side_events: tuple[tuple[Paragraph, ...], ...] | None
    """By column; None: this band has no row of side events."""

    @property
    def lines(self) -> int:
        """The number of lines of all rows."""
        return sum(row.span for row in self.rows)


@dataclass(frozen=True, slots=True)
class Grid:
    """The annex of one timetable."""

    annex_code: str
    title: Paragraph
    subtitle: str
    """The venue and the time zone."""
    bands: tuple[Band, ...]
    footnotes: tuple[Paragraph, ...]
    """The key of names, if it is asked for; the footnotes with their asterisks; the note on a revision comes last."""

    def text(self) -> list[list[list[str]]]:
        """The words of every cell, by day and slot."""
        return [
            [[words for entry in entries for words in entry.words] for entries in column.entries]
            for band in self.bands
            for column in band.columns
        ]


def has_many_rooms(timetable: Timetable) -> bool:
    """Whether a board shows the timetable better than the grid: many rooms, or many sessions side by side in a slot."""
    rooms = len(timetable.rooms)
    fullest = max(Counter(slot for placement in timetable for slot in placement.slots).values(), default=0)
    return rooms > MAX_ROOMS_IN_GRID or (rooms > 1 and fullest > MAX_SESSIONS_IN_CELL)


def annex_grid(
    programme: Programme, timetable: Timetable, further: Mapping[int, tuple[Entry, ...]] | None = None,
    event_marks: Mapping[str, str] = MappingProxyType({}),
) -> Grid:  # fmt: skip
    """Lay out a timetable. ``further`` entries, by slot, stand below the others of the slot.
    ``event_marks``: by id, how side events were that have changed."""
    more = further or {}
    used = {slot for placement in timetable for slot in placement.slots} | set(more)
    weeks = _weeks(programme.calendar.dates)
    breaks = bool(programme.meeting.breaks_in_annex)
    rows = [_rows(programme.calendar, days, used, breaks=breaks) for days in weeks]
    blocks = [block for of_week in rows for of_day in of_week.blocks.values() for block in of_day]
    entries = entries_by_block(programme, timetable, blocks)
    for block in blocks:
        added = [_told(entry, block) for slot in block.slots for entry in more.get(slot.index, ())]
        if added:
            entries[block] = (*entries.get(block, ()), *added)
    meeting = programme.printed
    title, footnotes = heading(meeting)
    events = timetable, event_marks
    bands = tuple(_band(programme, days, mine, entries, events) for days, mine in zip(weeks, rows, strict=True))
    shown = [entry for of_slot in entries.values() for entry in of_slot]
    side_events = [event for band in bands for events in band.side_events or () for event in events]
    texts = [*(words for entry in shown for words in entry.words), *(p.text for p in (*side_events, *footnotes))]
    return Grid(
        annex_code=one_line(meeting.annex_code),
        title=title,
        subtitle=subtitle(meeting, _only_room(programme, timetable)),
        bands=bands,
        footnotes=(*key_of_names(programme, {entry.body for entry in shown}, texts), *footnotes),
    )


def _only_room(programme: Programme, timetable: Timetable) -> str:
    """The title of the room in which all is held, where there are others."""
    used = [*timetable.rooms]
    return programme.room_title(used[0]) if len(used) == 1 and len(programme.rooms) > 1 else ""


def _told(entry: Entry, block: Block) -> Entry:
    """A further entry with its hours, where they are not those of the row."""
    if block.plain or len(entry.parts) != 1 or entry.parts[0].hours:
        return entry
    return replace(entry, parts=(replace(entry.parts[0], hours=show_hours(entry.starts, entry.ends)),))


def _weeks(days: Sequence[date]) -> list[tuple[date, ...]]:
    if len(days) <= MAX_COLUMNS:
        return [tuple(days)]
    return [tuple(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2])]


def _rows(calendar: Calendar, days: Sequence[date], used: Collection[int], *, breaks: bool = False) -> Rows:
    """The rows of some days, without reserved slots that are not in use; if asked for, with rows for breaks."""
    slots = calendar.axis.slots
    shown = {
        day: [slots[i] for i in calendar.axis.by_day.get(day, ()) if i in used or not slots[i].reserved_for]
        for day in days
    }
    usual = {day.date for day in calendar.days if day.slots is None}
    if not breaks:
        return rows_of(shown, usual)
    from exports.annex.pauses import between_breaks, titles_of, uncut, usual_breaks, with_pauses, worked_through

    titles = {
        day: {hours: title for s in of_day if s.index in used for hours, title in titles_of(calendar, s).items()}
        for day, of_day in shown.items()
    }
    held = {hours for of_day in titles.values() for hours in of_day}
    of_most = usual_breaks(titles, shown)
    cut = rows_of({day: between_breaks(of_day, held, of_most) for day, of_day in shown.items()}, usual)
    return uncut(with_pauses(worked_through(cut, slots), titles), slots)


def _band(
    programme: Programme, dates: tuple[date, ...], shared: Rows, entries: dict[Block, tuple[Entry, ...]],
    events: tuple[Timetable, Mapping[str, str]],
) -> Band:  # fmt: skip
    calendar = programme.calendar
    days = [day for day in calendar.days if day.date in dates]
    alone = len(dates) == len(calendar.days)
    hours = shared.hours or _hours_of_none(calendar, alone=alone)
    columns = []
    for day in days:
        blocks = shared.blocks[day.date]
        starting = {block.first: entries.get(block, ()) for block in blocks}
        by_row = tuple(starting.get(number, ()) for number in range(len(hours)))
        note = one_line(calendar.closed.get(day.date) or day.note or "") or None
        pauses = {row: held[day.date] for row, held in shared.pauses.items() if day.date in held}
        columns.append(Column(day.date, bool(blocks), note, by_row, blocks, pauses))
    rows = _with_lines(hours, columns, shared.pauses)
    cells: list[GridCell] = []
    for index, (day, column) in enumerate(zip(days, columns, strict=True)):
        mine = _cells(index, column, rows)
        grey = [cell for cell in mine if not cell.open]
        if column.note and grey and (not column.open or day.slots is not None):
            largest = mine.index(max(grey, key=lambda cell: _minutes(cell, rows)))
            mine[largest] = replace(mine[largest], note=column.note)
            columns[index] = replace(column, note=None)
        cells += mine
    side_events = _side_events(programme, columns, *events)
    shown = alone or (side_events is not None and any(side_events))
    return Band(tuple(columns), rows, tuple(cells), side_events if shown else None)


def _hours_of_none(calendar: Calendar, *, alone: bool) -> tuple[Span, ...]:
    """The rows where nobody meets: the usual hours of the series. A week among others has one row without hours."""
    usual = {(slot.opens, slot.closes) for slot in calendar.slots or calendar.axis.slots if not slot.reserved_for}
    return tuple(sorted(usual if alone and usual else {(0, 0)}))


def _with_lines(hours: Sequence[Span], columns: Sequence[Column], pauses: Container[int]) -> tuple[GridRow, ...]:
    """A row has as many lines as its fullest cell has entries; what spans several rows may add to the last of them."""
    spans = [1] * len(hours)
    blocks = sorted(
        ((block, len(column.entries[block.first])) for column in columns for block in column.blocks),
        key=lambda each: each[0].last - each[0].first,
    )
    for block, needed in blocks:
        spans[block.last] += max(0, needed - sum(spans[block.first : block.last + 1]))
    starts = accumulate(spans, initial=0)
    return tuple(
        GridRow(*span, first, lines, number in pauses)
        for number, (span, first, lines) in enumerate(zip(hours, starts, spans, strict=False))
    )


def _cells(index: int, column: Column, rows: tuple[GridRow, ...]) -> list[GridCell]:
    """One column from top to bottom. An entry that goes on in the next row is one cell, but never across a break."""
    cells: list[GridCell] = []
    blocks = {block.first: block for block in column.blocks}
    number = 0
    while number < len(rows):
        if number in column.pauses:
            cells.append(GridCell(index, rows[number].first, 1, note=column.pauses[number], pause=True))
            number += 1
            continue
        row, entries, block = rows[number], column.entries[number], blocks.get(number)
        last = number if block is None else block.last
        joined = list(entries[:1])
        if block is None:
            while last + 1 < len(rows) and last + 1 not in blocks and last + 1 not in column.pauses:
                last += 1
        elif len(entries) == 1:
            while (below := blocks.get(last + 1)) and _goes_on(column, block, below):
                joined, block, last = [*joined, *column.entries[last + 1]], below, below.last
        span = rows[last].first + rows[last].span - row.first
        if len(entries) <= 1:
            whole = _joined(joined) if joined else None
            cells.append(GridCell(index, row.first, span, whole, open=block is not None))
        else:
            first = row.first
            for entry, share in zip(entries, _shares(entries, span), strict=True):
                cells.append(GridCell(index, first, share, entry, below=first > row.first))
                first += share
        number = last + 1
    return cells


def _minutes(cell: GridCell, rows: tuple[GridRow, ...]) -> int:
    """The minutes of all slots of a cell."""
    return sum(row.closes - row.opens for row in rows if cell.first <= row.first < cell.first + cell.span)


def _goes_on(column: Column, block: Block, next_block: Block) -> bool:
    """Whether the single entry of a row fills the next row as well, with no break between the two."""
    here, below = column.entries[block.first], column.entries[next_block.first]
    unbroken = block.plain and next_block.plain and block.closes == next_block.opens
    return unbroken and len(below) == 1 and here[0].goes_on_in(below[0])


def _joined(entries: Sequence[Entry]) -> Entry:
    """The entries of consecutive rows as one; if one of them shows hours, the whole shows its own."""
    sessions = tuple(dict.fromkeys(session for entry in entries for session in entry.sessions))
    first, ends = entries[0], entries[-1].ends
    parts = tuple(
        replace(alike[0], sessions=tuple(dict.fromkeys(session for part in alike for session in part.sessions)))
        for alike in zip(*(entry.parts for entry in entries), strict=True)
    )
    if len(entries) > 1 and any(part.hours for entry in entries for part in entry.parts):
        parts = (replace(parts[0], hours=show_hours(first.starts, ends)),)
    return replace(first, sessions=sessions, ends=ends, parts=parts)


def _shares(entries: Sequence[Entry], lines: int) -> list[int]:
    """Divide the lines of a slot: one for each entry, each further one to the entry with the most minutes a line."""
    shares = [1] * len(entries)
    for _ in range(lines - len(entries)):
        minutes = [entry.minutes / (share + 1) for entry, share in zip(entries, shares, strict=True)]
        shares[minutes.index(max(minutes))] += 1
    return shares


def _side_events(
    programme: Programme, columns: Sequence[Column], timetable: Timetable, marks: Mapping[str, str]
) -> tuple[tuple[Paragraph, ...], ...] | None:
    if programme.side_events is None:
        return None
    many, dated = days_of_many(programme, timetable), programme.side_events != "tbc"
    return tuple(
        counts_on(programme, column.day, timetable)
        if column.day in many
        else tuple(event for _, event in side_events_on(programme, column.day, timetable, marks))
        if dated or any(column.entries)
        else ()
        for column in columns
    )
