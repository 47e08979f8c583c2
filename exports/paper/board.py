"""Tables of a programme of many rooms: one for each day; and of side events, where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.annex.board import Board, BoardEntry, BoardSession, BoardSideEvents, BoardSlot, Page
from exports.annex.side_events import EventTable
from exports.annex.text_metrics import Run
from exports.annex.texts import SIGN, Paragraph
from exports.colours import GREY, INK, MARK, NAVY, PALE, SLATE, TONES, WHITE
from exports.paper.values import ROOM, Cell, Lines, Look, Piece, Table, Text, plain
from scheduler.domain.clock import show_date, weekday

MAX_ROOMS = 8
"""Beside one another; further rooms have a table of their own."""
TIME_TWIPS, ROOM_TWIPS = 1300, 1500
MAX_TWIPS = 4200
"""Of a room or a day."""
DAY = Look(11, NAVY, bold=True)
_HEAD, _TIME, _TEXT = Look(9, WHITE, bold=True), Look(9, NAVY, bold=True), Look(8.5, INK)


def board_pieces(board: Board, name: str) -> Iterator[Piece]:
    """Each day with its tables, and how to read the marks of a revision."""
    if board.note:
        yield Text(plain(board.note), Look(9, INK), after=6)
    for page in board.pages:
        label = f"{page.label}: {page.note}" if page.note else page.label
        yield Text(plain(label), DAY, role="heading", before=8, after=3)
        for number, (first, last) in enumerate(page.parts(MAX_ROOMS) if page.rows else ()):
            if number:
                yield Text(Paragraph(()), _TEXT)
            yield _day(page, first, last, f"{name}, {page.label}")


def _day(page: Page, first: int, last: int, name: str) -> Table:
    """Some rooms of one day."""
    count = max(last - first, 1)
    each = min((ROOM - TIME_TWIPS) // count, MAX_TWIPS)
    table = Table(
        [TIME_TWIPS, *[each] * count], name, "Rooms are columns, rows are the hours; each cell says who meets."
    )
    rooms = [*page.rooms[first:last], *[""] * (count - (last - first))]
    table.row([_one(text, _HEAD, NAVY) for text in ("Time", *rooms)], 18, header=True)
    for row in page.rows:
        label = _one(row.label, _TIME, PALE)
        if isinstance(row, BoardSlot):
            cells = [_cell(entries) for entries in row.rooms[first:last]]
            table.row([label, *cells], 24)
        else:
            events = isinstance(row, BoardSideEvents)
            texts = row.events if isinstance(row, BoardSideEvents) else (row.hours,)
            table.row([label, Cell((Lines(tuple(texts), _TEXT),), WHITE if events else GREY, columns=count)], 14)
    return table


def _one(text: str, look: Look, ground: str) -> Cell:
    return Cell((Lines((plain(text),), look),), ground)


def _cell(entries: Sequence[BoardEntry]) -> Cell:
    """In the colour of who meets first, not of who has left."""
    tones = [entry.tone for entry in entries if not entry.struck]
    changed = any(item.mark for entry in entries for item in entry.sessions)
    lines = tuple(Lines(tuple(_texts(entry)), _TEXT, before=3 if number else 0) for number, entry in enumerate(entries))
    edges = (("left", "single", 24, MARK),) if changed else ()
    return Cell(lines, TONES[tones[0]] if tones else WHITE, centred=False, edges=edges)


def _texts(entry: BoardEntry) -> Iterator[Paragraph]:
    label = tuple(Run(run.text, bold=True, strike=entry.struck) for run in entry.label.runs)
    chairs = f"({entry.chairs})" if entry.chairs else ""
    more = "" if entry.struck else " ".join(part for part in (chairs, entry.note) if part)
    yield Paragraph((*label, *([Run(f" {more}", italic=True)] if more else [])))
    for item in entry.sessions:
        yield _session(item)


def _session(item: BoardSession) -> Paragraph:
    runs = [Run(f"{item.hour} {item.title}".strip(), strike=item.struck)]
    if item.people:
        runs.append(Run(f" {item.people}", italic=True, strike=item.struck, colour=SLATE))
    if item.mark:
        runs.append(Run(f" {SIGN} {item.mark}", bold=True, colour=MARK))
    return Paragraph(tuple(runs))


def event_pieces(tables: Sequence[EventTable]) -> Iterator[Piece]:
    """A table of side events for each week, windows and rooms as rows."""
    for number, table in enumerate(tables):
        yield Text(plain("" if number else "SIDE EVENTS"), DAY, before=10, after=3)
        yield _events(table)


def _events(events: EventTable) -> Table:
    each = min((ROOM - TIME_TWIPS - ROOM_TWIPS) // len(events.days), MAX_TWIPS)
    widths = [TIME_TWIPS, ROOM_TWIPS, *[each] * len(events.days)]
    table = Table(widths, "Side events", "Days are columns; rows are the hours and the rooms.")
    heads = ["Time", "Room", *(f"{weekday(day)} {show_date(day)}" for day in events.days)]
    table.row([_one(text, _HEAD, NAVY) for text in heads], 18, header=True)
    for block in events.blocks:
        for number, row in enumerate(block.rows):
            hours = [Cell((Lines((plain(block.label),), _TIME),), PALE, rows=len(block.rows))] if not number else []
            cells = [Cell((Lines(tuple(found), _TEXT),)) for found in row.cells]
            table.row([*hours, _one(row.room, Look(9, NAVY), PALE), *cells], 20)
    return table
