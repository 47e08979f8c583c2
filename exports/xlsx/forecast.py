"""The sheet *Forecast* of the workbook: the windows as a table, and below it a chart made of cells.

Cells need no drawing library and can be edited. A column of the chart is a fixed number of working minutes.
"""

from __future__ import annotations

from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Border, Font, Side

from exports.annex.text_metrics import DEFAULT_POINTS, Run, text_height
from exports.colours import BARS, FAINT, INK, LIMIT, LINE, NAVY, PALE_BARS, WHITE
from exports.terminal.forecast import COLUMNS, forecast_rows, summary_lines
from exports.xlsx.printed_sheet import PrintedSheet
from exports.xlsx.workbook import LEFT, fill, font, frame, merge, put
from scheduler.domain.clock import show_clock
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.promises import judge
from scheduler.forecasting.windows import Forecast, SessionForecast, forecast
from scheduler.scenario import Scenario

MAX_CELLS = 96
"""Columns of the chart."""
STEPS = (15, 30, 60, 90, 180, 360, 720, 1440)
"""Working minutes of a column; the first with which the chart fits is used."""
CELL_PIXELS, TITLE_PIXELS = 15, 250
"""Widths of a column of the chart and of the titles."""
COLOURS = tuple(zip(PALE_BARS, BARS, strict=False))
"""Pale and full, one pair for each body in turn."""
_LINE, _STRONG, _RED = Side("hair", LINE), Side("medium", INK), Side("medium", LIMIT)


def add_forecast(workbook: Workbook, scenario: Scenario, timetable: Timetable, footer: str) -> None:
    """Append the sheet, unless a session of the timetable is not placed."""
    if all(session in timetable for session in scenario.sessions):
        _ForecastSheet(workbook, forecast(scenario, timetable)).write(footer)


class _ForecastSheet(PrintedSheet):
    def __init__(self, workbook: Workbook, found: Forecast) -> None:
        self.found = found
        rows = list(found.sessions.values())
        latest = max([found.axis.total, *(item.end.window[2] for item in rows)])
        self.until = min(latest, found.axis.total + max(180, found.axis.total // 4))
        self.step = next((s for s in STEPS if self.until / s <= MAX_CELLS), ceil(self.until / MAX_CELLS))
        self.cells = ceil(self.until / self.step)
        super().__init__(workbook, "Forecast", [TITLE_PIXELS, *[CELL_PIXELS] * self.cells])

    def write(self, footer: str) -> None:
        """Table, sentences, chart."""
        self._table()
        self.row += 1
        for line in summary_lines(self.found, judge(self.found)):
            self._sentence(line, font())
        self.row += 1
        self._chart()
        self.set_up("Forecast", footer, pages_high=1)

    def _sentence(self, text: str, look: Font) -> None:
        """A text as wide as the chart, with 10 pixels to spare: narrow columns are rounded in print."""
        height = text_height([Run(text)], float(look.size or DEFAULT_POINTS), self.width - 10) + 3
        self.across(text, look, LEFT, air=3, lowest=height)

    # --- the table -------------------------------------------------------------------------------------------

    def _table(self) -> None:
        """The columns of the terminal, spread over the narrow columns of the chart."""
        shares = (0, 4, 8, 4, 8, 3, 3)
        edges = [2]
        for number in range(1, len(COLUMNS)):
            edges.append(min(self.cells + 1, 2 + round(self.cells * sum(shares[: number + 1]) / sum(shares))))
        for line, texts in enumerate([COLUMNS, *forecast_rows(self.found)]):
            look = font() if line else font(10, WHITE, bold=True)
            heights = [text_height([Run(texts[0], bold=not line)], 10, TITLE_PIXELS - 10)]
            put(self.sheet.cell(self.row, 1), texts[0], font=look, alignment=LEFT)
            for number, text in enumerate(texts[1:]):
                first, last = edges[number], max(edges[number], edges[number + 1] - 1)
                put(self._merged(first, last), text, font=look, alignment=LEFT)
                width = (last - first + 1) * CELL_PIXELS
                heights.append(text_height([Run(text, bold=not line)], 10, max(20, width - 8)))
            first, last = self.take(max(heights) + 6)
            frame(self.sheet, self.area(0, self.last, first, last), fill=None if line else fill(NAVY), bottom=_LINE)

    def _merged(self, first: int, last: int) -> Cell:
        """The cells from one column to another, counted from 1, in the next row."""
        return merge(self.sheet, self.area(first - 1, last - 1, self.row, self.row))

    # --- the chart -------------------------------------------------------------------------------------------

    def _chart(self) -> None:
        """Slots above, then for each session its bar and below it the window of its end."""
        key = (
            "Pale: the start in 8 of 10 cases. Full: from median start to median end. Below: the end in 8 of 10 cases."
        )
        sentence = f"When will each session sit? {key} A column is {self.step} working minutes."
        self._sentence(sentence, font(11, NAVY, bold=True))
        top = self.row
        self._slots()
        bodies = list(dict.fromkeys(self.found.scenario.body_of[s].id for s in self.found.sessions))
        rows = sorted(self.found.sessions.values(), key=lambda item: (item.planned.start, item.start.window[1]))
        for item in rows:
            body = self.found.scenario.body_of[item.session].id
            self._session(item, COLOURS[bodies.index(body) % len(COLOURS)])
        for slot in self.found.axis.slots:
            self._edge(slot.begins, top, _LINE)
        if self.until > self.found.axis.total:
            self._edge(self.found.axis.total, top, _RED)

    def _column(self, position: int) -> int:
        return min(self.cells - 1, position // self.step) + 2

    def _edge(self, position: int, top: int, side: Side) -> None:
        for row in range(top, self.row):
            cell = self.sheet.cell(row, self._column(position))
            cell.border = Border(left=side, top=cell.border.top, bottom=cell.border.bottom)

    def _slots(self) -> None:
        taken = 0
        for slot in self.found.axis.slots:
            first, last = self._column(slot.begins), max(self._column(slot.begins), self._column(slot.ends - 1))
            if first <= taken or last - first < 2:
                continue
            day = self.found.scenario.calendar.day_name(slot.day, short=True)
            put(self._merged(first, last), f"{day} {show_clock(slot.opens)}", font=font(8, FAINT), alignment=LEFT)
            taken = last
        self.sheet.row_dimensions[self.row].height = 14
        self.row += 1

    def _session(self, item: SessionForecast, colours: tuple[str, str]) -> None:
        pale, full = map(fill, colours)
        title = self.found.scenario.title(item.session)
        height = text_height([Run(title)], 10, TITLE_PIXELS - 10)
        put(merge(self.sheet, f"A{self.row}:A{self.row + 1}"), title, font=font(), alignment=LEFT)
        self.sheet.row_dimensions[self.row].height = max(18.0, height - 6)
        self.sheet.row_dimensions[self.row + 1].height = 8
        (first, middle, last), (soonest, ends, latest) = item.start.window, item.end.window
        for begin, end, ground in ((first, last, pale), (middle, ends, full)):
            for column in range(self._column(begin), self._column(max(end - 1, begin)) + 1):
                self.sheet.cell(self.row, column).fill = ground
        for column in range(self._column(soonest), self._column(max(latest - 1, soonest)) + 1):
            self.sheet.cell(self.row + 1, column).border = Border(top=_STRONG)
        self.row += 2
