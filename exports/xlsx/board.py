"""The board as a sheet: a table for each day, with as many rooms beside one another as an A4 page holds.

Days stand below one another while they fit on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from exports.annex.board import Board, BoardEntry, BoardSideEvents, BoardSlot, Page
from exports.annex.text_metrics import DEFAULT_POINTS, Run, column_width, text_height
from exports.annex.texts import SIGN
from exports.colours import GREY, INK, LINE, MARK, NAVY, PALE, SLATE, TONES, WHITE
from exports.xlsx.cell_runs import titled
from exports.xlsx.looks import (
    HIGHEST_ROW_POINTS,
    INDENT_PIXELS,
    LOWEST_SLOT_POINTS,
    PAGE_PIXELS,
    TIME_PIXELS,
    TITLE_POINTS,
)
from exports.xlsx.workbook import FONT_NAME, add_sheet, frame, merge, put_rich, set_up_page

MOST_ROOMS = 8
"""Beside one another."""
SMALL, LARGE = 8.0, 9.0
"""Points of the cells' texts: the larger up to ``ROOMY`` rooms."""
ROOMY = 4
LOWEST_EMPTY_POINTS = 24.0
AIR = 12.0
"""Points above and below the text of a cell, together."""
LINE_AIR = 4.0
"""The same for a text as wide as the sheet."""

PAGE_POINTS = 475.0
"""What A4 landscape leaves between the margins, from top to bottom."""

_LINE, _WHITE, _EDGE = Side("thin", LINE), Side("thin", WHITE), Side("medium", NAVY)
_MARKED = Side("thick", MARK)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def add_board(workbook: Workbook, board: Board, footer: str) -> None:
    """Add the sheet *Programme*."""
    _BoardSheet(workbook, board).write(footer)


class _BoardSheet:
    """Writes from top to bottom."""

    def __init__(self, workbook: Workbook, board: Board) -> None:
        self.board = board
        self.sheet = add_sheet(workbook, "Programme")
        parts = [part for page in board.pages for part in page.parts(MOST_ROOMS)]
        self.columns = max((last - first for first, last in parts), default=1) or 1
        self.pixels = (PAGE_PIXELS - TIME_PIXELS) // self.columns
        self.points = LARGE if self.columns <= ROOMY else SMALL
        self.row = 1
        self.broken = 1
        """The first row of the page on which the next row is printed."""

    def write(self, footer: str) -> None:
        """The whole sheet."""
        self.sheet.sheet_view.showGridLines = False
        self.sheet.column_dimensions["A"].width = column_width(TIME_PIXELS)
        for number in range(2, self.columns + 2):
            self.sheet.column_dimensions[get_column_letter(number)].width = column_width(self.pixels)
        self._across(
            titled(self.board.title, TITLE_POINTS, self._width),
            Font(name=FONT_NAME, size=TITLE_POINTS, bold=True, color=NAVY),
            24,
        )
        self._across([Run(self.board.subtitle)], Font(name=FONT_NAME, size=9, color=SLATE), 20)
        if self.board.note:
            height = text_height([Run(self.board.note)], 9, PAGE_PIXELS) + AIR
            self._across([Run(self.board.note)], Font(name=FONT_NAME, size=9, color=MARK), height)
        for page in self.board.pages:
            for part in page.parts(MOST_ROOMS):
                first = self.row
                self._page(page, *part)
                if first > self.broken and self._height(self.broken, self.row) > PAGE_POINTS:
                    self.sheet.row_breaks.append(Break(first - 1))
                    self.broken = first
        for note in self.board.footnotes:
            self._across(note.runs, Font(name=FONT_NAME, size=9, color=INK), text_height(note.runs, 9, PAGE_PIXELS) + 4)
        last = get_column_letter(self.columns + 1)
        area = f"A1:{last}{max(self.row - 1, 1)}"
        set_up_page(self.sheet, header=self.board.annex_code, footer=footer, print_area=area, pages_high=None)

    def _height(self, first: int, last: int) -> float:
        """Points of the rows from ``first`` to before ``last``."""
        return sum(self.sheet.row_dimensions[row].height or 15.0 for row in range(first, last))

    def _across(self, runs: Sequence[Run], font: Font, height: float) -> None:
        """A text as wide as the sheet, in a row of this height or, where that cannot hold it, a higher one."""
        area = f"A{self.row}:{get_column_letter(self.columns + 1)}{self.row}"
        put_rich(merge(self.sheet, area), runs, font=font, alignment=_CENTRED)
        needed = text_height(runs, float(font.size or DEFAULT_POINTS), self._width) + LINE_AIR
        self.sheet.row_dimensions[self.row].height = max(height, needed)
        self.row += 1

    @property
    def _width(self) -> int:
        """Pixels of the whole sheet."""
        return TIME_PIXELS + self.columns * self.pixels

    def _page(self, page: Page, first: int, last: int) -> None:
        """Some rooms of one day."""
        self._across([Run(page.label, bold=True)], Font(name=FONT_NAME, size=11, bold=True, color=NAVY), 24)
        if page.note:
            self._across([Run(page.note)], Font(name=FONT_NAME, size=9, italic=True, color=SLATE), 20)
        if not page.rows:
            return
        top = self.row
        if page.rooms:
            self._head(page.rooms[first:last])
        marked: list[str] = []
        for row in page.rows:
            if isinstance(row, BoardSideEvents):
                self._beside(row, last - first)
            else:
                marked += self._slot(row, first, last)
        frame(self.sheet, f"A{top}:{self._letter(last - first)}{self.row - 1}", outline=_EDGE)
        for area in marked:
            frame(self.sheet, area, left=_MARKED)

    def _letter(self, rooms: int) -> str:
        """The last column of a table of so many rooms; without rooms it is as wide as the sheet."""
        return get_column_letter((rooms or self.columns) + 1)

    def _head(self, rooms: Sequence[str]) -> None:
        head = Font(name=FONT_NAME, size=9, bold=True, color=WHITE)
        names = [[Run(name, bold=True)] for name in ("Time", *rooms)]
        height = max(text_height(runs, 9, self.pixels) for runs in names) + AIR
        self._row(names, [NAVY] * len(names), head, height, _CENTRED, _WHITE)

    def _slot(self, row: BoardSlot, first: int, last: int) -> list[str]:
        """One slot; the areas that are marked as new."""
        cells = row.rooms[first:last]
        texts = [[Run(row.label, bold=True, points=9)], *map(_runs, cells)]
        colours = [PALE, *map(_colour, cells)]
        height = max(text_height(runs, self.points, self.pixels - INDENT_PIXELS - 4) for runs in texts) + AIR
        lowest = LOWEST_SLOT_POINTS if any(cells) else LOWEST_EMPTY_POINTS
        first_line = self.row
        font = Font(name=FONT_NAME, size=self.points, color=INK)
        self._row(texts, colours, font, max(height, lowest), _INDENTED, _LINE)
        letters = [get_column_letter(number) for number in range(2, len(cells) + 2)]
        return [
            f"{letter}{first_line}:{letter}{self.row - 1}"
            for letter, meetings in zip(letters, cells, strict=True)
            if any(item.mark for meeting in meetings for item in meeting.sessions)
        ]

    def _beside(self, row: BoardSideEvents, rooms: int) -> None:
        """Side events, one a line, across all rooms."""
        runs = [run for event in row.events for run in (Run("\n"), *event.runs)][1:]
        pixels = self.pixels * (rooms or self.columns) - INDENT_PIXELS - 4
        height = max(text_height(runs, self.points, pixels), text_height([Run(row.label)], 8, TIME_PIXELS)) + AIR
        self.sheet.row_dimensions[self.row].height = ceil(height / 0.75) * 0.75
        label = Font(name=FONT_NAME, size=8, bold=True, color=INK)
        put_rich(self.sheet[f"A{self.row}"], [Run(row.label, bold=True)], font=label, alignment=_CENTRED)
        across = f"B{self.row}:{self._letter(rooms)}{self.row}"
        font = Font(name=FONT_NAME, size=self.points, color=INK)
        put_rich(merge(self.sheet, across), runs, font=font, alignment=_INDENTED)
        for area, colour in ((f"A{self.row}:A{self.row}", PALE), (across, GREY)):
            frame(self.sheet, area, fill=PatternFill("solid", fgColor=colour), outline=_LINE)
        self.row += 1

    def _row(
        self,
        texts: Sequence[Sequence[Run]],
        colours: Sequence[str],
        font: Font,
        height: float,
        alignment: Alignment,
        line: Side,
    ) -> None:
        """Cells beside one another, over as many rows of the sheet as the height needs."""
        count = max(1, ceil(height / HIGHEST_ROW_POINTS))
        for number in range(count):
            self.sheet.row_dimensions[self.row + number].height = ceil(height / count / 0.75) * 0.75
        for number, (runs, colour) in enumerate(zip(texts, colours, strict=True), 1):
            letter = get_column_letter(number)
            area = f"{letter}{self.row}:{letter}{self.row + count - 1}"
            put_rich(merge(self.sheet, area), runs, font=font, alignment=_CENTRED if number == 1 else alignment)
            frame(self.sheet, area, fill=PatternFill("solid", fgColor=colour), outline=line)
        self.row += count


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
        for item in meeting.sessions:
            runs.append(Run(f"\n{item.hour} {item.title}".rstrip(" "), strike=item.struck))
            runs += [Run(f" {item.presenters}", italic=True, strike=item.struck)] if item.presenters else []
            runs += [Run(f"\n{SIGN} {item.mark}", bold=True, colour=MARK)] if item.mark else []
    return runs
