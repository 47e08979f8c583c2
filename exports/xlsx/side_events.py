"""The sheet *Side events*: where they are many, windows and rooms as rows, days as columns."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Side
from openpyxl.worksheet.pagebreak import Break

from exports.annex.side_events import EventBlock, EventTable
from exports.annex.text_metrics import Run, text_height
from exports.annex.texts import Paragraph
from exports.colours import NAVY, PALE, SLATE, WHITE
from exports.xlsx.cell_runs import even, joined, titled
from exports.xlsx.printed_sheet import PAGE_PIXELS, TIME_PIXELS, TITLE_POINTS, PrintedSheet
from exports.xlsx.workbook import font, frame
from scheduler.domain.clock import show_date, weekday

ROOM_PIXELS = 96
MAX_DAY_PIXELS = 280
POINTS = 9.0
AIR = 9.0
"""Points above and below the text of a cell, together."""
LOWEST = 24.0
PAGE_POINTS = 475.0
"""What A4 landscape leaves between the margins, from top to bottom."""

_WHITE, _EDGE = Side("thin", WHITE), Side("medium", NAVY)


def add_side_events(
    workbook: Workbook, tables: Sequence[EventTable], title: Paragraph, subtitle: str, header: str, footer: str
) -> None:
    """Add the sheet, with a table for each week; nothing where there is none."""
    if tables:
        _EventSheet(workbook, tables).write(title, subtitle, header, footer)


class _EventSheet(PrintedSheet):
    """Writes from top to bottom."""

    def __init__(self, workbook: Workbook, tables: Sequence[EventTable]) -> None:
        self.tables = tables
        columns = max(len(table.days) for table in tables)
        day = min((PAGE_PIXELS - TIME_PIXELS - ROOM_PIXELS) // columns, MAX_DAY_PIXELS)
        super().__init__(workbook, "Side events", [TIME_PIXELS, ROOM_PIXELS, *[day] * columns])

    def write(self, title: Paragraph, subtitle: str, header: str, footer: str) -> None:
        """The whole sheet."""
        self.across(titled(title, TITLE_POINTS, self.width), font(TITLE_POINTS, NAVY, bold=True), air=8)
        self.across([Run("SIDE EVENTS", bold=True)], font(11, NAVY, bold=True), air=4)
        self.across([Run(subtitle)], font(9, SLATE), air=12)
        begun = 1
        for number, table in enumerate(self.tables):
            if number:
                self.take(14)
            top = self.row
            self._table(table)
            if number and self.height(begun) > PAGE_POINTS:
                begun = top
                self.sheet.row_breaks.append(Break(top - 1))
        self.set_up(header, footer)

    def _table(self, table: EventTable) -> None:
        top = self.row
        days = [[Run(f"{weekday(day)}\n", bold=True, points=11), Run(show_date(day), points=9)] for day in table.days]
        first, last = self.take(max(text_height(runs, POINTS, self.pixels[2]) for runs in days) + 8)
        heads = [[Run("Time", bold=True)], [Run("Room", bold=True)], *days]
        for index, runs in enumerate(heads):
            self.fill_in(self.area(index, index, first, last), runs, font(POINTS, WHITE), NAVY, outline=_WHITE)
        for block in table.blocks:
            self._block(block)
        frame(self.sheet, self.area(0, 1 + len(table.days), top, self.row - 1), outline=_EDGE)

    def _block(self, block: EventBlock) -> None:
        top = self.row
        for row in block.rows:
            cells = [joined(even(event, POINTS, self.pixels[2]) for event in events) for events in row.cells]
            room = [Run(row.room)]
            needs = [text_height(runs, POINTS, self.pixels[2]) for runs in cells]
            first, last = self.take(max(LOWEST - AIR, *needs, text_height(room, POINTS, ROOM_PIXELS)) + AIR)
            self.fill_in(self.area(1, 1, first, last), room, font(POINTS, NAVY), PALE)
            for index, runs in enumerate(cells, 2):
                self.fill_in(self.area(index, index, first, last), runs, font(POINTS), WHITE)
        label = [Run(block.label, bold=True)]
        self.fill_in(self.area(0, 0, top, self.row - 1), label, font(POINTS, NAVY, bold=True), PALE)
        frame(self.sheet, self.area(0, 1 + len(block.rows[0].cells), top, top), top=_EDGE)
