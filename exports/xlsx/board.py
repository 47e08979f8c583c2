"""The board as a sheet: a table for each day, with as many rooms beside one another as an A4 page holds.

Days stand below one another while they fit on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.styles import Font, Side
from openpyxl.worksheet.pagebreak import Break

from exports.annex.board import Board, BoardEntry, BoardSideEvents, BoardSlot, Page
from exports.annex.text_metrics import Run, text_height
from exports.annex.texts import SIGN, Paragraph
from exports.colours import GREY, MARK, NAVY, PALE, SLATE, TONES, WHITE
from exports.xlsx.cell_runs import joined, titled
from exports.xlsx.printed_sheet import (
    INDENT_PIXELS,
    MARKED,
    MIN_SLOT_POINTS,
    PAGE_PIXELS,
    TIME_PIXELS,
    TITLE_POINTS,
    PrintedSheet,
)
from exports.xlsx.workbook import CENTRED, INDENTED, font, frame

MAX_ROOMS = 8
"""Beside one another; further rooms have a table of their own."""
SMALL, LARGE = 8.0, 9.0
"""Points of the cells' texts: the larger up to ``ROOMY`` rooms."""
ROOMY = 4
MIN_EMPTY_SLOT_POINTS = 24.0
AIR = 12.0
"""Points above and below the text of a cell, together."""
LINE_AIR = 4.0
"""The same for a text as wide as the sheet."""

PAGE_POINTS = 475.0
"""What A4 landscape leaves between the margins, from top to bottom."""

_WHITE, _EDGE = Side("thin", WHITE), Side("medium", NAVY)


def add_board(workbook: Workbook, board: Board, footer: str, title: str = "Programme") -> None:
    """Add the sheet of one board."""
    _BoardSheet(workbook, board, title).write(footer)


class _BoardSheet(PrintedSheet):
    """Writes from top to bottom."""

    def __init__(self, workbook: Workbook, board: Board, title: str) -> None:
        parts = [part for page in board.pages for part in page.parts(MAX_ROOMS)]
        columns = max((last - first for first, last in parts), default=1) or 1
        room = (PAGE_PIXELS - TIME_PIXELS) // columns
        super().__init__(workbook, title, [TIME_PIXELS, *[room] * columns])
        self.board = board
        self.room = room
        """Pixels of the column of a room."""
        self.points = LARGE if columns <= ROOMY else SMALL
        self.broken = 1
        """The first row of the page on which the next row is printed."""

    def write(self, footer: str) -> None:
        """The whole sheet."""
        title = titled(self.board.title, TITLE_POINTS, self.width)
        self._across(title, font(TITLE_POINTS, NAVY, bold=True), 24)
        self._across([Run(self.board.subtitle)], font(9, SLATE), 20)
        if self.board.note:
            note = [Run(self.board.note)]
            self._across(note, font(9, MARK), text_height(note, 9, PAGE_PIXELS) + AIR)
        for page in self.board.pages:
            for part in page.parts(MAX_ROOMS):
                first = self.row
                self._page(page, *part)
                if first > self.broken and self.height(self.broken) > PAGE_POINTS:
                    self.sheet.row_breaks.append(Break(first - 1))
                    self.broken = first
        for footnote in self.board.footnotes:
            self._across(footnote.runs, font(9), text_height(footnote.runs, 9, PAGE_PIXELS) + LINE_AIR)
        self.set_up(self.board.annex_code, footer)

    def _across(self, runs: Sequence[Run], look: Font, lowest: float) -> None:
        self.across(runs, look, air=LINE_AIR, lowest=lowest)

    def _page(self, page: Page, first: int, last: int) -> None:
        """Some rooms of one day."""
        self._across([Run(page.label, bold=True)], font(11, NAVY, bold=True), 24)
        if page.note:
            self._across([Run(page.note)], font(9, SLATE, italic=True), 20)
        if not page.rows:
            return
        top = self.row
        if page.rooms:
            self._head(page.rooms[first:last])
        marked: list[str] = []
        for row in page.rows:
            if isinstance(row, BoardSlot):
                marked += self._slot(row, first, last)
            else:
                texts, air = (row.events, AIR) if isinstance(row, BoardSideEvents) else ([row.hours], LINE_AIR)
                self._between(row.label, texts, last - first, air)
        frame(self.sheet, self.area(0, last - first or self.last, top, self.row - 1), outline=_EDGE)
        for area in marked:
            frame(self.sheet, area, left=MARKED)

    def _head(self, rooms: Sequence[str]) -> None:
        names = [[Run(name, bold=True)] for name in ("Time", *rooms)]
        height = max(text_height(runs, 9, self.room) for runs in names) + AIR
        first, last = self.take(height)
        for column, runs in enumerate(names):
            self.fill_in(self.area(column, column, first, last), runs, font(9, WHITE, bold=True), NAVY, outline=_WHITE)

    def _slot(self, row: BoardSlot, first: int, last: int) -> list[str]:
        """One slot; the areas that are marked as new."""
        cells = row.rooms[first:last]
        texts = [[Run(row.label, bold=True, points=9)], *map(_runs, cells)]
        height = max(text_height(runs, self.points, self.room - INDENT_PIXELS - 4) for runs in texts) + AIR
        top, bottom = self.take(max(height, MIN_SLOT_POINTS if any(cells) else MIN_EMPTY_SLOT_POINTS))
        areas = [self.area(column, column, top, bottom) for column in range(len(texts))]
        grounds = [(PALE, CENTRED), *((_colour(meetings), INDENTED) for meetings in cells)]
        for area, runs, (colour, alignment) in zip(areas, texts, grounds, strict=True):
            self.fill_in(area, runs, font(self.points), colour, alignment)
        return [
            area
            for area, meetings in zip(areas[1:], cells, strict=True)
            if any(item.mark for meeting in meetings for item in meeting.sessions)
        ]

    def _between(self, head: str, texts: Sequence[Paragraph], rooms: int, air: float) -> None:
        """Lunch, or side events, one a line, across all rooms."""
        runs = joined(texts)
        last = rooms or self.last
        pixels = self.room * last - INDENT_PIXELS - 4
        label = [Run(head, bold=True)]
        height = max(text_height(runs, self.points, pixels), text_height(label, 8, TIME_PIXELS)) + air
        first, bottom = self.take(height)
        self.fill_in(self.area(0, 0, first, bottom), label, font(8, bold=True), PALE)
        self.fill_in(self.area(1, last, first, bottom), runs, font(self.points), GREY, INDENTED)


def _colour(meetings: Sequence[BoardEntry]) -> str:
    """That of who meets first, not of who has left."""
    tones = [meeting.tone for meeting in meetings if not meeting.struck]
    return TONES[tones[0]] if tones else WHITE


def _runs(meetings: Sequence[BoardEntry]) -> list[Run]:
    """The text of a cell: who meets, and when each session begins."""
    runs: list[Run] = []
    for meeting in meetings:
        runs += [Run("\n")] if runs else []
        runs += [replace(run, strike=meeting.struck) for run in meeting.label.runs]
        runs += [Run(f" ({meeting.chairs})", italic=True, strike=meeting.struck)] if meeting.chairs else []
        runs += [Run(f" {meeting.note}", italic=True, strike=meeting.struck)] if meeting.note else []
        for item in meeting.sessions:
            runs.append(Run(f"\n{item.hour} {item.title}".rstrip(" "), strike=item.struck))
            runs += [Run(f" {item.people}", italic=True, strike=item.struck)] if item.people else []
            runs += [Run(f"\n{SIGN} {item.mark}", bold=True, colour=MARK)] if item.mark else []
    return runs
