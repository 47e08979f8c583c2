"""The workbook that goes out with the letter: the annex as the letters print it, and the list of sessions.

Rules, sources, costs and names of files are in the working workbook, which stays with the planner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Side

from exports.annex.grid import Band, Column, Grid, annex_grid, has_many_rooms
from exports.annex.heights import fitted_heights
from exports.annex.side_events import event_tables
from exports.annex.text_metrics import Run, line_height, text_height
from exports.annex.texts import Paragraph, paragraph
from exports.colours import GREY, INK, LINE, NAVY, PALE, SLATE, TONES, WHITE
from exports.xlsx.cell_runs import entry_runs, even, joined, titled
from exports.xlsx.printed_sheet import (
    INDENT_PIXELS,
    MARKED,
    MIN_SLOT_POINTS,
    PAGE_PIXELS,
    THIN,
    TIME_PIXELS,
    TITLE_POINTS,
    PrintedSheet,
)
from exports.xlsx.sheets import add_changes, add_list
from exports.xlsx.workbook import CENTRED, INDENTED, LEFT, font, frame, new_workbook, save_bytes
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.annex.board import Board

PAGE_POINTS = 484.0
"""The same for the height, in points."""

EMPTY_DAY_PIXELS = 88
MAX_DAY_PIXELS = 560
MAX_SLOT_POINTS = 170.0
MIN_SHARE = 0.6
QUIET_SHARE = 0.3
"""Of a slot in which nobody meets that week, where the grid has several weeks."""
AIR_POINTS = 9.0
"""Above and below the text of a cell together."""
PAUSE_TEXT, PAUSE_AIR = 8.0, 3.0
"""The letters of a break, and the air above and below them together."""

ROOMY_DAY_PIXELS = 140
"""From this width on, cells have 10.5 points, otherwise 10."""

_MEDIUM, _DASHED, _WHITE = Side("medium", NAVY), Side("dashed", LINE), Side("thin", WHITE)


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
    if scenario.to_place and (tables := event_tables(scenario, timetable)):
        from exports.xlsx.side_events import add_side_events

        add_side_events(workbook, tables, layout.title, layout.subtitle, layout.annex_code, footer)
    add_changes(workbook, [row[:-1] for row in changes], footer)
    add_list(workbook, scenario, timetable, footer)
    return save_bytes(workbook)


def add_annex(workbook: Workbook, grid: Grid, footer: str, title: str = "Annex") -> None:
    """Add the sheet of one grid."""
    _AnnexSheet(workbook, grid, title).write(footer)


class _AnnexSheet(PrintedSheet):
    """Writes the sheet from top to bottom."""

    def __init__(self, workbook: Workbook, grid: Grid, title: str) -> None:
        self.grid = grid
        self.weekdays = sorted({column.day.weekday() for band in grid.bands for column in band.columns})
        """Columns are weekdays, so that a short week leaves a gap and does not shift."""
        if len(grid.bands) == 1:
            self.weekdays = [column.day.weekday() for column in grid.bands[0].columns]
        super().__init__(workbook, title, self._widths())
        self.points = 10.5 if max(self.pixels[1:-1]) >= ROOMY_DAY_PIXELS else 10.0

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
            each = min(room // (len(busy) - empty), MAX_DAY_PIXELS)
        else:
            each = 0
        return [TIME_PIXELS, *(each if is_busy else EMPTY_DAY_PIXELS for is_busy in busy), TIME_PIXELS]

    def _places(self, band: Band) -> list[tuple[int, Column]]:
        """The columns of a band with their places among the weekdays, from 0."""
        if len(self.grid.bands) == 1:
            return list(enumerate(band.columns))
        return [(self.weekdays.index(column.day.weekday()), column) for column in band.columns]

    def write(self, footer: str) -> None:
        """The whole sheet."""
        title = titled(self.grid.title, TITLE_POINTS, self.width)
        self.across(title, font(TITLE_POINTS, NAVY, bold=True), air=8)
        self.across([Run(self.grid.subtitle)], font(9, SLATE), air=12)
        footnotes = [(note.runs, text_height(note.runs, 9, self.width) + 2) for note in self.grid.footnotes]
        slot = self._slot_height(sum(height for _, height in footnotes))
        for number, band in enumerate(self.grid.bands):
            if number:
                self.take(14)
            self._band(band, slot)
        if footnotes:
            self.take(7)
        for runs, _ in footnotes:
            self.across(runs, font(9), LEFT, air=2)
        height = self.height()
        pages = 1 if height < 2 * PAGE_POINTS else ceil(height / PAGE_POINTS / 1.5)
        self.set_up(self.grid.annex_code, footer, pages)
        bottom = self.sheet.HeaderFooter.oddFooter
        if pages == 1 and bottom is not None:  # the annex is a document of its own, whatever is printed with it
            bottom.right.text = "Page 1 of 1"

    # --- heights ---------------------------------------------------------------------------------------------

    def _slot_height(self, footnotes: float) -> float:
        """The least height of the longest slot: the grid fills the page if its texts leave room."""
        used = self.height() + footnotes + 7
        slots = 0.0
        for band in self.grid.bands:
            used += self._header_height(band) + self._side_events_height(band)
            used += sum(row.pause for row in band.rows) * (line_height(PAUSE_TEXT) + PAUSE_AIR)
            slots += sum(self._shares(band))
        return min(max((PAGE_POINTS - used) / slots, MIN_SLOT_POINTS), MAX_SLOT_POINTS)

    def _shares(self, band: Band) -> list[float]:
        """The height of each slot relative to the longest: it shrinks less than its length. Breaks have none."""
        minutes = [0 if row.pause else max(row.closes - row.opens, 1) for row in band.rows]
        shares = [max(each / max(minutes), MIN_SHARE) if each else 0 for each in minutes]
        if len(self.grid.bands) == 1:
            return shares
        used = [any(column.entries[number] for column in band.columns) for number in range(len(band.rows))]
        return [share if busy or not share else QUIET_SHARE for share, busy in zip(shares, used, strict=True)]

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
        """Side events below one another, their lines broken evenly."""
        return joined(even(event, 10, self.pixels[index]) for event in events)

    # --- parts -----------------------------------------------------------------------------------------------

    def _band(self, band: Band, slot: float) -> None:
        top = self.row
        self._header(band)
        self._slots(band, slot)
        if band.side_events is not None:
            self._side_events(band, band.side_events)
        frame(self.sheet, self.area(0, self.last, top, self.row - 1), outline=_MEDIUM)

    def _day(self, column: Column) -> list[Run]:
        runs = [Run(f"{column.weekday}\n", bold=True, points=11), Run(column.label, points=9)]
        return [*runs, Run(f"\n{column.note}", italic=True, points=8)] if column.note else runs

    def _header(self, band: Band) -> None:
        first, last = self.take(self._header_height(band))
        days = {place + 1: self._day(column) for place, column in self._places(band)}
        for index in range(len(self.pixels)):
            at_side = index in (0, self.last)
            runs = [Run("Time", bold=True)] if at_side else days.get(index, [])
            area = self.area(index, index, first, last)
            self.fill_in(area, runs, font(9, WHITE), NAVY, outline=_WHITE)

    def _slots(self, band: Band, slot: float) -> None:
        places = {index: place + 1 for index, (place, _) in enumerate(self._places(band))}
        texts = []
        needs = [(row.first, row.span, slot * share) for row, share in zip(band.rows, self._shares(band), strict=True)]
        for cell in band.cells:
            pixels = self.pixels[places[cell.column]]
            pixels -= INDENT_PIXELS if cell.entry and cell.entry.agenda else 0
            points, air = (PAUSE_TEXT, PAUSE_AIR) if cell.pause else (self.points, AIR_POINTS)
            if cell.entry:
                runs = entry_runs(cell.entry, points, pixels, SLATE)
            else:
                told = even(paragraph(cell.note or "", italic=True), points, pixels).runs
                runs = [replace(run, points=points) for run in told] if cell.pause else list(told)
            needs.append((cell.first, cell.span, text_height(runs, points, pixels - 2) + air))
            texts.append(runs)
        lines = [self.take(height) for height in fitted_heights(band.lines, needs, 0.75)]

        def area(column: int, first: int, span: int) -> str:
            return self.area(column, column, lines[first][0], lines[first + span - 1][1])

        for row in band.rows:
            for side in (0, self.last):
                label = [Run(row.label, points=PAUSE_TEXT) if row.pause else Run(row.label, bold=True)]
                self.fill_in(area(side, row.first, row.span), label, font(10, NAVY, bold=True), PALE)
        parted = {(cell.column, cell.first) for cell in band.cells if cell.below}
        marked: list[str] = []
        for cell, runs in zip(band.cells, texts, strict=True):
            colour = TONES[cell.entry.tone] if cell.entry else WHITE if cell.open and not cell.pause else GREY
            left = cell.entry is not None and cell.entry.agenda
            self.fill_in(
                area(places[cell.column], cell.first, cell.span),
                runs,
                font(self.points, INK if cell.entry else SLATE),
                colour,
                INDENTED if left else CENTRED,
                top=_DASHED if cell.below else THIN,
                bottom=_DASHED if (cell.column, cell.first + cell.span) in parted else THIN,
            )
            if cell.entry and cell.entry.marked:
                marked.append(area(places[cell.column], cell.first, cell.span))
        for index in set(range(1, self.last)) - set(places.values()):
            self.fill_in(area(index, 0, band.lines), [], font(), GREY)
        for cells in marked:
            frame(self.sheet, cells, left=MARKED)

    def _side_events(self, band: Band, events: tuple[tuple[Paragraph, ...], ...]) -> None:
        first, last = self.take(self._side_events_height(band))
        days = {place + 1: (column, each) for (place, column), each in zip(self._places(band), events, strict=True)}
        for index in range(len(self.pixels)):
            area = self.area(index, index, first, last)
            if index in (0, self.last):
                label = [Run("SIDE EVENTS", bold=True)]
                self.fill_in(area, label, font(10, NAVY, bold=True), PALE, top=_MEDIUM)
            else:
                column, each = days.get(index, (None, ()))
                colour = WHITE if each or (column and column.open) else GREY
                self.fill_in(area, self._side_events_of(index, each), font(), colour, top=_MEDIUM)
