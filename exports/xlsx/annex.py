"""The workbook that goes out with the letter: the annex as the letters print it, and the list of sessions.

Nothing in it is for the planner alone: no rules, sources, costs or names of files. That is in the working workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from exports.annex.grid import Band, Column, Grid, annex_grid, has_many_rooms
from exports.annex.spans import fitted_heights
from exports.annex.text_metrics import Run, column_width, line_height, text_height
from exports.annex.texts import Paragraph, paragraph
from exports.colours import GREY, INK, LINE, MARK, NAVY, PALE, SLATE, TONES, WHITE
from exports.xlsx.cell_runs import entry_runs, even, joined, titled
from exports.xlsx.looks import (
    HIGHEST_ROW_POINTS,
    INDENT_PIXELS,
    LOWEST_SLOT_POINTS,
    PAGE_PIXELS,
    TIME_PIXELS,
    TITLE_POINTS,
)
from exports.xlsx.sheets import add_list, add_table
from exports.xlsx.workbook import FONT_NAME, add_sheet, frame, merge, new_workbook, put_rich, save_bytes, set_up_page
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.annex.board import Board

PAGE_POINTS = 484.0
"""The same for the height, in points."""

EMPTY_DAY_PIXELS = 88
WIDEST_DAY_PIXELS = 560
HIGHEST_SLOT_POINTS = 170.0
LOWEST_SHARE = 0.6
QUIET_SHARE = 0.3
"""Of a slot in which nobody meets that week, where several weeks stand below one another."""
AIR_POINTS = 9.0
"""Above and below the text of a cell, together."""

ROOMY_DAY_PIXELS = 140
"""From this width on the cells of the days are set in 10.5 points, else in 10."""

_THIN, _MEDIUM, _DASHED = Side("thin", LINE), Side("medium", NAVY), Side("dashed", LINE)
_WHITE = Side("thin", WHITE)
_MARKED = Side("thick", MARK)
"""At the left of a marked cell alone: edges all round would enclose an unmarked cell that lies between two of them."""
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def annex_bytes(
    scenario: Scenario,
    timetable: Timetable,
    layout: Grid | Board | None = None,
    changes: Sequence[Sequence[str | int]] = (),
) -> bytes:
    """The sheets *Annex* and *Sessions* as an .xlsx file that can be sent as it is; equal arguments give equal bytes.

    A programme of many rooms has the sheet *Programme* in place of *Annex*. A revision gives its own ``layout``, with
    marks, and ``changes``, header first, for the sheet *Changes*, which leaves out whom to write to.
    """
    if layout is None and has_many_rooms(timetable):
        from exports.annex.board import board_of

        layout = board_of(scenario, timetable)
    layout = layout or annex_grid(scenario, timetable)
    workbook = new_workbook(layout.title.text.rstrip("*"))
    footer = scenario.printed.series
    if isinstance(layout, Grid):
        add_annex(workbook, layout, footer)
    else:
        from exports.xlsx.board import add_board

        add_board(workbook, layout, footer)
    if changes:
        head, *rows = (row[:-1] for row in changes)
        add_table(workbook, "Changes", list(map(str, head)), rows, footer, {"No."})
    add_list(workbook, scenario, timetable, footer)
    return save_bytes(workbook)


def add_annex(workbook: Workbook, grid: Grid, footer: str, title: str = "Annex") -> None:
    """Add the sheet of one grid."""
    _Annex(workbook, grid, title).write(footer)


def _font(points: float = 10, colour: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FONT_NAME, size=points, bold=bold, italic=italic, color=colour)


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


class _Annex:
    """Writes the sheet from top to bottom."""

    def __init__(self, workbook: Workbook, grid: Grid, title: str) -> None:
        self.grid = grid
        self.sheet = add_sheet(workbook, title)
        self.weekdays = sorted({column.day.weekday() for band in grid.bands for column in band.columns})
        """Days stand below one another by weekday, so that a short week leaves a gap and not a shift."""
        if len(grid.bands) == 1:
            self.weekdays = [column.day.weekday() for column in grid.bands[0].columns]
        self.pixels = self._widths()
        self.points = 10.5 if max(self.pixels[1:-1]) >= ROOMY_DAY_PIXELS else 10.0
        self.row = 1

    def _widths(self) -> list[int]:
        """Pixels of every column of the sheet."""
        busy = [False] * len(self.weekdays)
        for band in self.grid.bands:
            for place, column in self._places(band):
                noted = any(cell.note for cell in band.cells if band.columns[cell.column] is column)
                busy[place] = busy[place] or column.open or noted
        empty = busy.count(False)
        if empty < len(busy):
            room = PAGE_PIXELS - 2 * TIME_PIXELS - empty * EMPTY_DAY_PIXELS
            each = min(room // (len(busy) - empty), WIDEST_DAY_PIXELS)
        else:
            each = 0
        return [TIME_PIXELS, *(each if is_busy else EMPTY_DAY_PIXELS for is_busy in busy), TIME_PIXELS]

    def _places(self, band: Band) -> list[tuple[int, Column]]:
        """The columns of a band with their places among the days of the sheet, from 0."""
        if len(self.grid.bands) == 1:
            return list(enumerate(band.columns))
        return [(self.weekdays.index(column.day.weekday()), column) for column in band.columns]

    def write(self, footer: str) -> None:
        """The whole sheet."""
        last = len(self.pixels)
        for number, pixels in enumerate(self.pixels, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column_width(pixels)
        self.sheet.sheet_view.showGridLines = False
        title = titled(self.grid.title, TITLE_POINTS, sum(self.pixels))
        self._across(title, _font(TITLE_POINTS, NAVY, bold=True), _CENTRED, air=8)
        self._across([Run(self.grid.subtitle)], _font(9, SLATE), _CENTRED, air=12)
        footnotes = [(note.runs, text_height(note.runs, 9, sum(self.pixels)) + 2) for note in self.grid.footnotes]
        slot = self._slot_height(sum(height for _, height in footnotes))
        for number, band in enumerate(self.grid.bands):
            if number:
                self._rows(14)
            self._band(band, slot)
        if footnotes:
            self._rows(7)
        for runs, _ in footnotes:
            self._across(runs, _font(9), _LEFT, air=2)
        heights = [self.sheet.row_dimensions[number].height or 0 for number in range(1, self.row)]
        pages = 1 if sum(heights) < 2 * PAGE_POINTS else ceil(sum(heights) / PAGE_POINTS / 1.5)
        set_up_page(
            self.sheet,
            header=self.grid.annex_code,
            footer=footer,
            print_area=f"A1:{get_column_letter(last)}{self.row - 1}",
            pages_high=pages,
        )
        bottom = self.sheet.HeaderFooter.oddFooter
        if pages == 1 and bottom is not None:  # the annex is a document of its own, whatever is printed with it
            bottom.right.text = "Page 1 of 1"

    # --- heights ---------------------------------------------------------------------------------------------

    def _slot_height(self, footnotes: float) -> float:
        """What the longest slot is given at least: the grid fills the page where its texts leave room."""
        used = sum(self.sheet.row_dimensions[number].height or 0 for number in range(1, self.row)) + footnotes + 7
        slots = 0.0
        for band in self.grid.bands:
            used += self._header_height(band) + self._side_events_height(band)
            slots += sum(self._shares(band))
        return min(max((PAGE_POINTS - used) / slots, LOWEST_SLOT_POINTS), HIGHEST_SLOT_POINTS)

    def _shares(self, band: Band) -> list[float]:
        """How high each slot is beside the longest: a short one is lower, but not by as much as it is shorter."""
        minutes = [max(row.closes - row.opens, 1) for row in band.rows]
        shares = [max(each / max(minutes), LOWEST_SHARE) for each in minutes]
        if len(self.grid.bands) == 1:
            return shares
        used = [any(column.entries[number] for column in band.columns) for number in range(len(band.rows))]
        return [share if busy else QUIET_SHARE for share, busy in zip(shares, used, strict=True)]

    def _header_height(self, band: Band) -> float:
        needs = [text_height(self._day(column), 9, self.pixels[place + 1]) for place, column in self._places(band)]
        return max(needs) + 8

    def _side_events_height(self, band: Band) -> float:
        if band.side_events is None:
            return 0
        needs = [
            text_height(self._side_events_of(place + 1, events), 10, self.pixels[place + 1])
            for (place, _), events in zip(self._places(band), band.side_events, strict=True)
        ]
        return max(line_height(10), *needs) + 11

    def _side_events_of(self, index: int, events: Sequence[Paragraph]) -> list[Run]:
        """Side events below one another, with room between them and the edges of their column."""
        return joined(even(event, 10, self.pixels[index]) for event in events)

    def _rows(self, height: float) -> tuple[int, int]:
        """Take as many rows of the sheet as the height needs, for no row can be higher than 409 points."""
        count = max(1, ceil(height / HIGHEST_ROW_POINTS))
        first = self.row
        for number in range(first, first + count):
            self.sheet.row_dimensions[number].height = ceil(height / count / 0.75) * 0.75
        self.row += count
        return first, self.row - 1

    # --- parts -----------------------------------------------------------------------------------------------

    def _across(self, runs: Sequence[Run], font: Font, alignment: Alignment, *, air: float) -> None:
        """A text as wide as the table."""
        first, last = self._rows(text_height(runs, float(font.size or 10), sum(self.pixels)) + air)
        area = self._area(0, len(self.pixels) - 1, first, last)
        put_rich(merge(self.sheet, area), runs, font=font, alignment=alignment)

    def _area(self, left: int, right: int, top: int, bottom: int) -> str:
        return f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"

    def _fill_in(
        self, area: str, runs: Sequence[Run], font: Font, colour: str, alignment: Alignment = _CENTRED, **edges: Side
    ) -> None:
        put_rich(merge(self.sheet, area), runs, font=font, alignment=alignment)
        frame(self.sheet, area, fill=_fill(colour), outline=edges.pop("outline", _THIN), **edges)

    def _band(self, band: Band, slot: float) -> None:
        top = self.row
        self._header(band)
        self._slots(band, slot)
        if band.side_events is not None:
            self._side_events(band, band.side_events)
        frame(self.sheet, self._area(0, len(self.pixels) - 1, top, self.row - 1), outline=_MEDIUM)

    def _day(self, column: Column) -> list[Run]:
        runs = [Run(f"{column.weekday}\n", bold=True, points=11), Run(column.label, points=9)]
        return [*runs, Run(f"\n{column.note}", italic=True, points=8)] if column.note else runs

    def _header(self, band: Band) -> None:
        first, last = self._rows(self._header_height(band))
        days = {place + 1: self._day(column) for place, column in self._places(band)}
        for index in range(len(self.pixels)):
            at_side = index in (0, len(self.pixels) - 1)
            runs = [Run("Time", bold=True)] if at_side else days.get(index, [])
            area = self._area(index, index, first, last)
            self._fill_in(area, runs, _font(9, WHITE), NAVY, outline=_WHITE)

    def _slots(self, band: Band, slot: float) -> None:
        places = {index: place + 1 for index, (place, _) in enumerate(self._places(band))}
        texts = []
        needs = [(row.first, row.span, slot * share) for row, share in zip(band.rows, self._shares(band), strict=True)]
        for cell in band.cells:
            pixels = self.pixels[places[cell.column]]
            pixels -= INDENT_PIXELS if cell.entry and cell.entry.agenda else 0
            if cell.entry:
                runs = entry_runs(cell.entry, self.points, pixels, SLATE)
            else:
                runs = list(even(paragraph(cell.note or "", italic=True), self.points, pixels).runs)
            needs.append((cell.first, cell.span, text_height(runs, self.points, pixels - 2) + AIR_POINTS))
            texts.append(runs)
        lines = [self._rows(height) for height in fitted_heights(band.lines, needs, 0.75)]

        def area(column: int, first: int, span: int) -> str:
            return self._area(column, column, lines[first][0], lines[first + span - 1][1])

        for row in band.rows:
            for side in (0, len(self.pixels) - 1):
                label = [Run(row.label, bold=True)]
                self._fill_in(area(side, row.first, row.span), label, _font(10, NAVY, bold=True), PALE)
        ends = {row.first for row in band.rows} | {band.lines}
        marked: list[str] = []
        for cell, runs in zip(band.cells, texts, strict=True):
            colour = TONES[cell.entry.tone] if cell.entry else WHITE if cell.open else GREY
            left = cell.entry is not None and cell.entry.agenda
            self._fill_in(
                area(places[cell.column], cell.first, cell.span),
                runs,
                _font(self.points, INK if cell.entry else SLATE),
                colour,
                _INDENTED if left else _CENTRED,
                top=_THIN if cell.first in ends else _DASHED,
                bottom=_THIN if cell.first + cell.span in ends else _DASHED,
            )
            if cell.entry and cell.entry.marked:
                marked.append(area(places[cell.column], cell.first, cell.span))
        for index in set(range(1, len(self.pixels) - 1)) - set(places.values()):
            self._fill_in(area(index, 0, band.lines), [], _font(), GREY)
        for cells in marked:
            frame(self.sheet, cells, left=_MARKED)

    def _side_events(self, band: Band, events: tuple[tuple[Paragraph, ...], ...]) -> None:
        first, last = self._rows(self._side_events_height(band))
        days = {place + 1: (column, each) for (place, column), each in zip(self._places(band), events, strict=True)}
        for index in range(len(self.pixels)):
            area = self._area(index, index, first, last)
            if index in (0, len(self.pixels) - 1):
                label = [Run("SIDE EVENTS", bold=True)]
                self._fill_in(area, label, _font(10, NAVY, bold=True), PALE, top=_MEDIUM)
            else:
                column, each = days.get(index, (None, ()))
                colour = WHITE if each or (column and column.open) else GREY
                self._fill_in(area, self._side_events_of(index, each), _font(), colour, top=_MEDIUM)
