"""The sheet *Forecast* of the workbook: the windows as a table, and below it the chart, drawn with cells.

Cells need no drawing library, print like the annex and can be edited; each stands for as many working minutes.
"""

from __future__ import annotations

from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.annex.text_metrics import Run, column_width, text_height
from exports.colours import BARS, FAINT, INK, LIMIT, LINE, NAVY, PALE_BARS, WHITE
from exports.terminal.forecast import COLUMNS, forecast_rows, summary_lines
from exports.xlsx.workbook import FONT_NAME, add_sheet, frame, merge, put, set_up_page
from scheduler.domain.clock import show_clock
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.promises import judge
from scheduler.forecasting.windows import Forecast, SessionForecast, forecast
from scheduler.scenario import Scenario

MOST_CELLS = 96
"""Columns of the chart at most."""
STEPS = (15, 30, 60, 90, 180, 360, 720, 1440)
"""Working minutes that a column may stand for; the shortest that suffices is taken."""
CELL_PIXELS, TITLE_PIXELS = 15, 250
"""Widths of a column of the chart, and of the titles before it."""
COLOURS = tuple(zip(PALE_BARS, BARS, strict=False))
"""Pale and full, one pair for each body in turn."""
_FONT = Font(name=FONT_NAME, size=10, color=INK)
_BOLD = Font(name=FONT_NAME, size=11, bold=True, color=NAVY)
_HEAD = Font(name=FONT_NAME, size=10, bold=True, color=WHITE)
_SMALL = Font(name=FONT_NAME, size=8, color=FAINT)
_HEAD_FILL = PatternFill("solid", fgColor=NAVY)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_LINE, _STRONG, _RED = Side("hair", LINE), Side("medium", INK), Side("medium", LIMIT)


def add_forecast(workbook: Workbook, scenario: Scenario, timetable: Timetable, footer: str) -> None:
    """Append the sheet; nothing for a timetable in which some session is not placed."""
    if all(session in timetable for session in scenario.sessions):
        _ForecastSheet(workbook, forecast(scenario, timetable)).write(footer)


class _ForecastSheet:
    def __init__(self, workbook: Workbook, found: Forecast) -> None:
        self.found = found
        self.sheet: Worksheet = add_sheet(workbook, "Forecast")
        rows = list(found.sessions.values())
        latest = max([found.axis.total, *(item.end.window[2] for item in rows)])
        self.until = min(latest, found.axis.total + max(180, found.axis.total // 4))
        self.step = next((s for s in STEPS if self.until / s <= MOST_CELLS), ceil(self.until / MOST_CELLS))
        self.cells = ceil(self.until / self.step)
        self.row = 1

    def write(self, footer: str) -> None:
        """Table, sentences, chart."""
        self.sheet.column_dimensions["A"].width = column_width(TITLE_PIXELS)
        for number in range(self.cells):
            self.sheet.column_dimensions[get_column_letter(number + 2)].width = column_width(CELL_PIXELS)
        self.sheet.sheet_view.showGridLines = False
        self._table()
        self.row += 1
        for line in summary_lines(self.found, judge(self.found)):
            self._across(line, _FONT)
        self.row += 1
        self._chart()
        area = f"A1:{get_column_letter(self.cells + 1)}{self.row - 1}"
        set_up_page(self.sheet, header="Forecast", footer=footer, print_area=area)

    def _across(self, text: str, font: Font) -> None:
        area = f"A{self.row}:{get_column_letter(self.cells + 1)}{self.row}"
        pixels = TITLE_PIXELS + self.cells * CELL_PIXELS
        self.sheet.row_dimensions[self.row].height = text_height([Run(text)], font.size or 10, pixels - 10) + 3
        put(merge(self.sheet, area), text, font=font, alignment=_LEFT)
        self.row += 1

    # --- the table -------------------------------------------------------------------------------------------

    def _table(self) -> None:
        """The columns of the terminal, spread over the narrow columns of the chart."""
        shares = (0, 4, 8, 4, 8, 3, 3)
        edges = [2]
        for number in range(1, len(COLUMNS)):
            edges.append(min(self.cells + 1, 2 + round(self.cells * sum(shares[: number + 1]) / sum(shares))))
        for line, texts in enumerate([COLUMNS, *forecast_rows(self.found)]):
            font = _FONT if line else _HEAD
            heights = [text_height([Run(texts[0], bold=not line)], 10, TITLE_PIXELS - 10)]
            put(self.sheet.cell(self.row, 1), texts[0], font=font, alignment=_LEFT)
            for number, text in enumerate(texts[1:]):
                first, last = edges[number], max(edges[number], edges[number + 1] - 1)
                area = f"{get_column_letter(first)}{self.row}:{get_column_letter(last)}{self.row}"
                put(merge(self.sheet, area), text, font=font, alignment=_LEFT)
                width = (last - first + 1) * CELL_PIXELS
                heights.append(text_height([Run(text, bold=not line)], 10, max(20, width - 8)))
            self.sheet.row_dimensions[self.row].height = max(heights) + 6
            area = f"A{self.row}:{get_column_letter(self.cells + 1)}{self.row}"
            frame(self.sheet, area, fill=None if line else _HEAD_FILL, bottom=_LINE)
            self.row += 1

    # --- the chart -------------------------------------------------------------------------------------------

    def _chart(self) -> None:
        """Slots above, then for each session its bar and below it the window of its end."""
        key = (
            "Pale: the start in 8 of 10 cases. Full: from median start to median end. Below: the end in 8 of 10 cases."
        )
        self._across(f"When will each session sit? {key} A column is {self.step} working minutes.", _BOLD)
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
            area = f"{get_column_letter(first)}{self.row}:{get_column_letter(last)}{self.row}"
            day = self.found.scenario.calendar.day_name(slot.day, short=True)
            put(merge(self.sheet, area), f"{day} {show_clock(slot.opens)}", font=_SMALL, alignment=_LEFT)
            taken = last
        self.sheet.row_dimensions[self.row].height = 14
        self.row += 1

    def _session(self, item: SessionForecast, colours: tuple[str, str]) -> None:
        pale, full = (PatternFill("solid", fgColor=colour) for colour in colours)
        title = self.found.scenario.title(item.session)
        height = text_height([Run(title)], 10, TITLE_PIXELS - 10)
        put(merge(self.sheet, f"A{self.row}:A{self.row + 1}"), title, font=_FONT, alignment=_LEFT)
        self.sheet.row_dimensions[self.row].height = max(18.0, height - 6)
        self.sheet.row_dimensions[self.row + 1].height = 8
        (first, middle, last), (soonest, ends, latest) = item.start.window, item.end.window
        for begin, end, fill in ((first, last, pale), (middle, ends, full)):
            for column in range(self._column(begin), self._column(max(end - 1, begin)) + 1):
                self.sheet.cell(self.row, column).fill = fill
        for column in range(self._column(soonest), self._column(max(latest - 1, soonest)) + 1):
            self.sheet.cell(self.row + 1, column).border = Border(top=_STRONG)
        self.row += 2
