"""Holds the sheet that people look at, *Annex* or *Programme*, against the sheet *Sessions* of the same workbook.

A timetable is read from *Sessions*; a change made only in the other sheet must not go unnoticed. What counts is the
labels of bodies, the titles of sessions and the hours in each cell; looks, notes, texts struck through and the marks of
a revision do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from exports.annex.board import BoardSlot, board_of
from exports.annex.grid import annex_grid
from exports.annex.rows import Block, alone
from exports.annex.texts import SIGN, one_line
from scheduler.domain.clock import (
    DAY_MINUTES,
    MONTHS,
    NEXT_DAY,
    over_midnight,
    parse_clock,
    parse_weekday,
    show_clock,
    show_date,
    show_day,
    show_hours,
    weekday,
)
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.errors import TimetableError
from scheduler.wording import listed

SHEETS = ("Annex", "Programme")
HEAD, BULLET = "Time", "\u2022"
MAX_QUOTED = 60
"""Characters of a cell that a message quotes."""

_HOURS = re.compile(rf"([0-2]?\d:[0-5]\d)\s*[-\u2013]\s*([0-2]?\d:[0-5]\d)(?:{re.escape(NEXT_DAY)})?")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?!\d)")
_DAY = re.compile(rf"([A-Za-z]+)\s+(\d{{1,2}}) ({'|'.join(MONTHS)})\b")


@dataclass(frozen=True, slots=True)
class _PrintedCell:
    """A cell of the sheet, with its day and hours."""

    cell: str
    day: date
    opens: int
    closes: int
    text: str
    room: str | None
    """None where rooms have no columns of their own."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What meets in a slot according to *Sessions*: labels of bodies and titles of sessions."""

    labels: frozenset[str]
    titles: frozenset[str]
    clocks: frozenset[int]
    """The hours of the slot, and when its sessions begin or end on that day: a cell may span several slots."""
    rooms: frozenset[str]
    """Titles of the rooms in use."""


def disagreements(workbook: Any, programme: Programme, timetable: Timetable, path: str) -> Iterator[str]:
    """A sentence, with its cell, for each difference between the printed sheet and ``timetable``.

    Raises:
        TimetableError: a day of the sheet has the wrong weekday.
    """
    sheet = next((workbook[name] for name in SHEETS if name in workbook.sheetnames), None)
    if sheet is None:
        return
    by_room = sheet.title == "Programme"
    notes = {one_line(note) for day in programme.calendar.days for note in (day.note,) if note}
    notes |= {one_line(name) for name in programme.calendar.closed.values()}
    breaks = _titles_of_breaks(programme)
    if not by_room:
        yield from _strange_days(sheet, programme, path)
    written: dict[tuple[int, str | None], list[_PrintedCell]] = {}
    blocks = _blocks(programme, timetable, by_room=by_room)
    for each in _cells(sheet, programme, path):
        if each.text and each.text in breaks:
            continue
        block = _block(blocks, each, by_room=by_room)
        if block is not None:
            written.setdefault((block.slots[0].index, each.room), []).append(each)
        elif each.text and not by_room and each.text not in notes:
            hours = f"{show_day(each.day)}, {show_hours(each.opens, each.closes)}"
            yield f"sheet '{sheet.title}', cell {each.cell}: {_quoted(each.text)} on {hours}, which is no slot"
    names = _Names(programme)
    printed: _Printed = {}
    if "About" not in workbook.sheetnames:  # version 0.1 wrote one workbook for all, and printed fewer hours
        printed = _printed_by_room(programme, timetable) if by_room else _printed(programme, timetable)
    for (index, room), cells in written.items():
        meant = _meant(programme, timetable, blocks[index], room)
        found = _difference(names, cells, meant, blocks[index]) or _without_hours(
            names, cells, printed.get((index, room), ()), blocks[index]
        )
        if found:
            yield f"sheet '{sheet.title}', cell {found}"
    for index, room in _places(programme, timetable, blocks, by_room=by_room):
        if (index, room) not in written:
            meets = _meets(_meant(programme, timetable, blocks[index], room))
            yield f"sheet '{sheet.title}': no cell for {_when(blocks[index], room)}; in 'Sessions' {meets} there"


def _strange_days(sheet: Any, programme: Programme, path: str) -> Iterator[str]:
    """Heads of columns that name no day of the programme, or the same day twice."""
    seen: set[date] = set()
    for row in (row for row in range(1, sheet.max_row + 1) if _text(sheet.cell(row, 1)) == HEAD):
        for column in range(2, sheet.max_column + 1):
            head = _text(sheet.cell(row, column))
            day = _day(programme, sheet, row, column, path)
            if head in ("", HEAD) or (day is not None and day not in seen):
                seen |= {day} if day is not None else set()
                continue
            why = "stands there twice" if day is not None else "is no day of this scenario"
            yield f"sheet '{sheet.title}', cell {sheet.cell(row, column).coordinate}: {_quoted(head)} {why}"


def _titles_of_breaks(programme: Programme) -> frozenset[str]:
    """What stands in the rows of breaks."""
    if not programme.meeting.breaks_in_annex:
        return frozenset()
    from exports.annex.pauses import titles_of

    slots = programme.calendar.axis.slots
    return frozenset(title for slot in slots for title in titles_of(programme.calendar, slot).values())


def _blocks(programme: Programme, timetable: Timetable, *, by_room: bool) -> dict[int, Block]:
    """By the index of each slot, the slots that are held together against the cells of their day.

    Those share a cell, or are parts of a slot that is cut at its breaks.
    """
    slots = programme.calendar.axis.slots
    found = {slot.index: alone(slot) for slot in slots}
    if not by_room:
        for column in (column for band in annex_grid(programme, timetable).bands for column in band.columns):
            for group in _linked(column.blocks):
                indices = dict.fromkeys(slot.index for block in group for slot in block.slots)
                hours = group[0].hours[0], group[-1].hours[1]
                whole = Block(tuple(slots[index] for index in indices), 0, 0, hours)
                found |= dict.fromkeys(indices, whole)
    return found


def _linked(blocks: Sequence[Block]) -> list[list[Block]]:
    """Consecutive blocks of a day that have parts of one slot in common."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and groups[-1][-1].slots[-1].index == block.slots[0].index:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _places(
    programme: Programme, timetable: Timetable, blocks: Mapping[int, Block], *, by_room: bool
) -> list[tuple[int, str | None]]:
    """The blocks in use, by the first slot of each, with rooms where rooms have columns of their own."""
    return sorted(
        {
            (
                blocks[segment.slot].slots[0].index,
                one_line(programme.room_title(placement.room_on(segment.day))) if by_room else None,
            )
            for placement in timetable
            for segment in placement.segments
        },
        key=lambda place: (place[0], place[1] or ""),
    )


def _when(block: Block, room: str | None = None) -> str:
    hours = f"{show_day(block.slots[0].day)}, {show_hours(block.opens, block.closes)}"
    return f"{hours}, {room}" if room else hours


# --- what the sheet says ---------------------------------------------------------------------------------------------


def _cells(sheet: Any, programme: Programme, path: str) -> Iterator[_PrintedCell]:
    """All cells: the column of a cell gives its day or room, its row the hours."""
    spans = {span.start_cell.coordinate: span for span in sheet.merged_cells.ranges}
    days: dict[int, date] = {}
    rooms: dict[int, str] = {}
    day: date | None = None
    row = 1
    while row <= sheet.max_row:
        first = sheet.cell(row, 1)
        label = _text(first)
        last = spans[first.coordinate].max_row if first.coordinate in spans else row
        if label == HEAD:
            heads = {c: _text(sheet.cell(row, c)) for c in range(2, sheet.max_column + 1)}
            found = {c: _day(programme, sheet, row, c, path) for c, head in heads.items() if head and head != HEAD}
            if sheet.title == "Programme":
                rooms = {c: head for c, head in heads.items() if head}
            else:
                days = {c: each for c, each in found.items() if each is not None}
        elif sheet.title == "Programme" and _DAY.match(label):
            day, rooms = _day(programme, sheet, row, 1, path), {}
        elif hours := _HOURS.fullmatch(label):
            opens, closes = over_midnight(*map(parse_clock, hours.groups()))
            if label.endswith(NEXT_DAY) and closes <= DAY_MINUTES:
                opens, closes = opens + DAY_MINUTES, closes + DAY_MINUTES
            columns = {c: (each, None) for c, each in days.items()} if days else {}
            if day is not None:
                columns = {c: (day, room) for c, room in rooms.items()}  # type: ignore[misc]  # a day of each room
            for column, (of, room) in columns.items():
                for coordinate, text in _within(sheet, spans, column, row, last):
                    yield _PrintedCell(coordinate, of, opens, closes, text, room)
        row = last + 1


def _within(sheet: Any, spans: Mapping[str, Any], column: int, first: int, last: int) -> Iterator[tuple[str, str]]:
    """The cells of one column in some rows; of merged cells, the one that holds the text."""
    covering = [s for s in spans.values() if s.min_col == column and s.min_row <= last and s.max_row >= first]
    for span in covering:
        yield span.start_cell.coordinate, _text(sheet.cell(span.min_row, column))
    covered = {row for span in covering for row in range(span.min_row, span.max_row + 1)}
    for row in range(first, last + 1):
        if row not in covered:
            yield sheet.cell(row, column).coordinate, _text(sheet.cell(row, column))


def _text(cell: Any) -> str:
    """The text of a cell in one line, without what is struck through and without the mark of a revision."""
    if cell.font is not None and cell.font.strike:
        return ""
    value = cell.value
    if isinstance(value, list):  # rich text: plain strings, and blocks with fonts of their own
        value = "".join(str(part) for part in value if not (hasattr(part, "font") and part.font and part.font.strike))
    return one_line(str(value or "").replace(BULLET, " ")).partition(SIGN)[0].strip()


def _day(programme: Programme, sheet: Any, row: int, column: int, path: str) -> date | None:
    """The day of the programme that a head names; None: it names none."""
    match = _DAY.match(_text(sheet.cell(row, column)))
    if match is None:
        return None
    name, number, month = match.groups()
    days = [d for d in programme.calendar.dates if (d.day, d.month) == (int(number), MONTHS.index(month) + 1)]
    for day in days:
        if parse_weekday(name) == day.weekday():
            return day
    if days:
        cell = sheet.cell(row, column).coordinate
        raise TimetableError(
            f"{path}: sheet '{sheet.title}', cell {cell}: {show_date(days[0], year=True)} is a {weekday(days[0])}, not "
            f"a {name}: correct one of them"
        )
    return None


def _block(blocks: Mapping[int, Block], written: _PrintedCell, *, by_room: bool) -> Block | None:
    """The slots of a cell, whose row bears their hours or those of other days.

    With columns for rooms, the printed hours may be shorter than the slot.
    """
    here = {i: block for i, block in blocks.items() if block.slots[0].day == written.day}
    for index, block in here.items():
        if any(s.index == index and (s.opens, s.closes) == (written.opens, written.closes) for s in block.slots):
            return block
    for block in here.values():
        opens, closes = block.hours
        if opens <= written.opens and (written.closes <= closes or (by_room and written.opens < closes)):
            return block
    return None


# --- what it should say ----------------------------------------------------------------------------------------------


class _Names:
    """Labels of bodies and titles of sessions, to be found in texts: the longest first, as one may contain another."""

    def __init__(self, programme: Programme) -> None:
        labels = {_label(programme, body.id) for body in programme.bodies}
        titles = {_plain(s.title) for s in programme.sessions.values() if s.title}
        self.labels = sorted(labels - {""}, key=len, reverse=True)
        self.titles = sorted(titles - labels - {""}, key=len, reverse=True)
        self.rooms = sorted({_plain(room.title) for room in programme.rooms} - {""}, key=len, reverse=True)

    def rooms_in(self, text: str) -> list[str]:
        """The rooms named in the rest of a text that `read` returns."""
        left = _CLOCK.sub(" ", text)
        found = []
        for name in self.rooms:
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            if pattern.search(left):
                found.append(name)
                left = pattern.sub(" \x00 ", left)
        return found

    def read(self, text: str) -> tuple[set[str], set[str], str]:
        """The labels and titles in a text, and the rest of it."""
        left = f" {_plain(text)} "
        found: tuple[set[str], set[str]] = set(), set()
        for name in sorted((*self.titles, *self.labels), key=len, reverse=True):
            if name not in left:  # thousands of names are compared with thousands of cells
                continue
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            if pattern.search(left):
                found[name in self.labels and name not in self.titles].add(name)
                left = pattern.sub(" \x00 ", left)
        return found[True], found[False], left


def _meant(programme: Programme, timetable: Timetable, block: Block, room: str | None) -> _Meant:
    indices = {slot.index for slot in block.slots}
    parts = [
        (p.session, segment)
        for p in timetable
        for segment in p.segments
        if segment.slot in indices and (room is None or one_line(programme.room_title(p.room_on(segment.day))) == room)
    ]
    bodies = {programme.body_of[session].id for session, _ in parts}  # which may share a cell over several slots
    beside = (p for p in timetable if programme.body_of[p.session].id in bodies)
    whole = [s for p in beside for s in p.segments if s.day == block.slots[0].day]
    minutes = {clock for s in block.slots for span in s.stretches for clock in span}
    minutes |= {clock for s in whole for clock in (s.start, s.end)}
    clocks = {clock for each in minutes for clock in (parse_clock(show_clock(each)), each % DAY_MINUTES)}
    titles = {_plain(title) for session, _ in parts if (title := programme.sessions[session].title)}
    labels = {_label(programme, programme.body_of[session].id) for session, _ in parts}
    rooms = {_plain(programme.room_title(timetable[s].room_on(segment.day))) for s, segment in parts}
    return _Meant(frozenset(labels), frozenset(titles - labels), frozenset(clocks), frozenset(rooms))


def _difference(names: _Names, cells: list[_PrintedCell], meant: _Meant, block: Block) -> str | None:
    """The first difference between the cells of a slot and *Sessions*; None: they agree."""
    labels: set[str] = set()
    titles: set[str] = set()
    for each in cells:
        mine, its, left = names.read(each.text)
        labels, titles = labels | mine, titles | its
        where = f"{each.cell}, on {_when(block)}"
        if not mine - meant.labels and not its - meant.titles and (mine or its or not each.text):
            if wrong := [clock for clock in _clocks(left) if clock not in meant.clocks]:
                return f"{where}: {show_hours(wrong[0], wrong[0])[:5]}, at which nothing begins or ends in 'Sessions'"
            elsewhere = [room for room in names.rooms_in(left) if room not in meant.rooms]
            if elsewhere and meant.rooms:
                room = listed([_quoted(name) for name in sorted(meant.rooms)])
                return f"{where}: {_quoted(elsewhere[0])}; in 'Sessions' {_meets(meant)} in {room}"
            continue
        said = listed([*sorted(mine - meant.labels), *sorted(its - meant.titles)]) if mine or its else ""
        return f"{where}: {_quoted(said or each.text)}; in 'Sessions' {_meets(meant)} there"
    missing = [*sorted(meant.labels - labels), *sorted(meant.titles - titles)]
    if not missing:
        return None
    where = f"{cells[0].cell}, on {_when(block)}"
    return f"{where}: nothing of {listed([_quoted(name) for name in missing])}; in 'Sessions' {_meets(meant)} there"


_Printed: TypeAlias = Mapping[tuple[int, str | None], Sequence[tuple[str, str]]]
"""By first slot and room: the labels of bodies, with their printed hours."""


def _printed(programme: Programme, timetable: Timetable) -> _Printed:
    """The hours in the cells of an annex; a cell over several slots counts for the first."""
    found: dict[tuple[int, str | None], list[tuple[str, str]]] = defaultdict(list)
    first = {index: block.slots[0].index for index, block in _blocks(programme, timetable, by_room=False).items()}
    for band in annex_grid(programme, timetable).bands:
        for cell in band.cells:
            if cell.entry is None:
                continue
            row = max(number for number, row in enumerate(band.rows) if row.first <= cell.first)
            held = next(b.slots[0].index for b in band.columns[cell.column].blocks if b.first <= row <= b.last)
            slot = first[held]
            label = _label(programme, cell.entry.body)
            found[slot, None] += [(label, part.hours) for part in cell.entry.parts if part.hours]
    return found


def _printed_by_room(programme: Programme, timetable: Timetable) -> _Printed:
    """The hours in the cells of a programme of many rooms."""
    found: dict[tuple[int, str | None], list[tuple[str, str]]] = defaultdict(list)
    board = board_of(programme, timetable)
    slots = {(slot.day, show_hours(slot.opens, slot.closes)): slot.index for slot in programme.calendar.axis.slots}
    for day, page in zip(programme.calendar.dates, board.pages, strict=True):
        for row in (row for row in page.rows if isinstance(row, BoardSlot)):
            for room, meetings in zip(page.rooms, row.rooms, strict=True):
                for meeting in meetings:
                    label = _plain(meeting.label.text.rstrip(": "))
                    found[slots[day, row.label], room] += [(label, item.hour) for item in meeting.sessions]
    return found


def _without_hours(
    names: _Names, cells: list[_PrintedCell], printed: Sequence[tuple[str, str]], block: Block
) -> str | None:
    """The first hours that the cells of a slot do not show; None: they show all."""
    there = {clock for each in cells for clock in _clocks(names.read(each.text)[2])}
    for label, hours in printed:
        if not set(_clocks(hours)) <= there:
            cell = next((each.cell for each in cells if label in names.read(each.text)[0]), cells[0].cell)
            return f"{cell}, on {_when(block)}: {_quoted(label)} without its hours; in 'Sessions' {hours}"
    return None


def _clocks(text: str) -> list[int]:
    """The times of day in a text, in minutes."""
    return [60 * int(hour) + int(minute) for hour, minute in _CLOCK.findall(text)]


def _meets(meant: _Meant) -> str:
    names = [_quoted(name) for name in sorted(meant.labels)]
    return f"{listed(names)} meet{'s' if len(names) == 1 else ''}" if names else "nobody meets"


def _label(programme: Programme, body: str) -> str:
    return _plain(programme.body[body].title.rstrip(": ")) or _plain(body)


def _plain(text: str) -> str:
    return " ".join(one_line(text).split())


def _quoted(text: str) -> str:
    shown = text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 1]}\u2026"
    return f"'{shown}'"
