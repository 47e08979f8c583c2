"""The annex on paper: the grid of every other medium, or of many rooms a table for each day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from exports.annex.entries import Entry
from exports.annex.entry_texts import entry_texts, struck_through
from exports.annex.grid import Band, Column, Grid, GridCell, annex_grid, has_many_rooms
from exports.annex.side_events import event_tables
from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph
from exports.colours import GREY, INK, LINE, MARK, NAVY, PALE, SLATE, TONES, WHITE
from exports.paper.values import ROOM, Cell, Lines, Look, Piece, Table, Text, plain
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.annex.board import Board

TIME_TWIPS = 1500
"""The column of the hours."""
EMPTY_DAY_TWIPS = 1250
MAX_DAY_TWIPS = 6200
SLOT_POINTS = 330.0
"""What the slots of a grid on one page share, so that it fills the page."""
MIN_SLOT_POINTS, MAX_SLOT_POINTS = 40.0, 150.0
LOW_POINTS = 14.0
"""Of a break, and of a row in which nobody meets that week."""
MIN_SHARE = 0.6
"""Of the height of the longest slot."""

TITLE, SUBTITLE, CODE = Look(14, NAVY, bold=True), Look(9, SLATE), Look(9, INK, bold=True)
HEAD, TIME, FOOT = Look(9, WHITE), Look(10, NAVY, bold=True), Look(9, INK)
_BODY_POINTS = 10.0


def layout_of(scenario: Scenario, timetable: Timetable) -> Grid | Board:
    """The grid of a timetable, or the board of a programme of many rooms."""
    if not has_many_rooms(timetable):
        return annex_grid(scenario, timetable)
    from exports.annex.board import board_of

    return board_of(scenario, timetable)


def pieces_of(scenario: Scenario, timetable: Timetable, layout: Grid | Board) -> Iterator[Piece]:
    """The annex from its code to its footnotes."""
    yield Text(plain(layout.annex_code), CODE, align="right")
    yield Text(layout.title, TITLE, role="title", after=2)
    yield Text(plain(layout.subtitle), SUBTITLE, align="center", after=8)
    name = layout.title.text.rstrip("*")
    if isinstance(layout, Grid):
        for number, band in enumerate(layout.bands):
            if number:
                yield _gap()
            yield _band(band, name, len(layout.bands))
    else:
        from exports.paper.board import board_pieces

        yield from board_pieces(layout, name)
    for number, note in enumerate(layout.footnotes):
        yield Text(note, FOOT, before=0 if number else 6, after=2)
    if scenario.to_place and (tables := event_tables(scenario, timetable)):
        from exports.paper.board import event_pieces

        yield from event_pieces(tables)


def _gap() -> Text:
    return Text(Paragraph(()), FOOT, after=8)


# --- one band of the grid ------------------------------------------------------------------------------------------


def _band(band: Band, name: str, bands: int) -> Table:
    """The table of all days or of one week."""
    days = f"{band.columns[0].weekday} {band.columns[0].label} to {band.columns[-1].weekday} {band.columns[-1].label}"
    described = f"Days are columns, {days}; rows are the hours, at both sides; each cell says who meets."
    table = Table([TIME_TWIPS, *_widths(band), TIME_TWIPS], name, described)
    head = Cell((Lines((Paragraph((Run("Time", bold=True),)),), HEAD),), NAVY)
    table.row([head, *map(_day, band.columns), head], 26, header=True)
    points = _slot_points(band, bands)
    starting = {(cell.column, cell.first): cell for cell in band.cells}
    for row, height in zip(band.rows, points, strict=True):
        for line in range(row.first, row.first + row.span):
            cells = [_cell(starting[place]) for c in range(len(band.columns)) if (place := (c, line)) in starting]
            if line == row.first:
                look = Look(8, NAVY) if row.pause else TIME
                side = Cell((Lines((plain(row.label),), look),), PALE, rows=row.span)
                cells = [side, *cells, side]
            table.row(cells, height / row.span)
    if band.side_events is not None:
        label = Cell((Lines((plain("SIDE EVENTS"),), TIME),), PALE)
        events = [_events(column, each) for column, each in zip(band.columns, band.side_events, strict=True)]
        table.row([label, *events, label], 26)
    return table


def _widths(band: Band) -> list[int]:
    """Of the days: those on which nobody meets are narrow, the others share the rest."""
    noted = {cell.column for cell in band.cells if cell.note}
    busy = [column.open or number in noted for number, column in enumerate(band.columns)]
    if not any(busy):
        return [min((ROOM - 2 * TIME_TWIPS) // len(busy), MAX_DAY_TWIPS)] * len(busy)
    room = ROOM - 2 * TIME_TWIPS - busy.count(False) * EMPTY_DAY_TWIPS
    each = min(room // busy.count(True), MAX_DAY_TWIPS)
    return [each if is_busy else EMPTY_DAY_TWIPS for is_busy in busy]


def _slot_points(band: Band, bands: int) -> list[float]:
    """The least height of each row: a slot shrinks less than its length, and what nobody uses is low."""
    minutes = [0 if row.pause else max(row.closes - row.opens, 1) for row in band.rows]
    used = [bands == 1 or any(column.entries[n] for column in band.columns) for n in range(len(band.rows))]
    shares = [max(each / max(minutes), MIN_SHARE) if each and so else 0 for each, so in zip(minutes, used, strict=True)]
    slot = min(max(SLOT_POINTS / (sum(shares) or 1) / bands, MIN_SLOT_POINTS), MAX_SLOT_POINTS)
    return [slot * share or LOW_POINTS for share in shares]


def _day(column: Column) -> Cell:
    note = (Lines((Paragraph((Run(column.note, italic=True, points=8),)),), HEAD),) if column.note else ()
    name = Lines((Paragraph((Run(column.weekday, bold=True, points=11),)), plain(column.label)), HEAD)
    return Cell((name, *note), NAVY)


def _cell(cell: GridCell) -> Cell:
    edges = [("top", "dashed", 4, LINE)] if cell.below else []
    if cell.entry is None:
        ground = WHITE if cell.open and not cell.pause else GREY
        text = Paragraph((Run(cell.note, italic=True),)) if cell.note else Paragraph(())
        return Cell((Lines((text,), Look(8 if cell.pause else _BODY_POINTS, SLATE)),), ground, rows=cell.span)
    if cell.entry.marked:
        edges.append(("left", "single", 24, MARK))
    lines = tuple(_lines_of(cell.entry))
    return Cell(lines, TONES[cell.entry.tone], not cell.entry.agenda, rows=cell.span, edges=tuple(edges))


def _lines_of(entry: Entry) -> Iterator[Lines]:
    """The label, each session and what stands below, with air between sessions that have several lines."""
    look, texts = Look(_BODY_POINTS, INK), entry_texts(entry, _BODY_POINTS, SLATE)
    groups: list[Sequence[Paragraph]] = [(texts.label,), *texts.parts, texts.below]
    apart = not entry.agenda and len(texts.parts) > 1
    for number, group in enumerate(groups):
        shown = struck_through(group) if entry.struck else group
        yield Lines(tuple(shown), look, before=3 if apart and number else 0)


def _events(column: Column, events: Sequence[Paragraph]) -> Cell:
    return Cell((Lines(tuple(events), Look(9, INK)),), WHITE if events or column.open else GREY)
