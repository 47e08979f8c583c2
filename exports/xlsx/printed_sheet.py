"""A sheet that is written from top to bottom and printed on A4 landscape, and the measures of such sheets."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, Side
from openpyxl.utils import get_column_letter

from exports.annex.text_metrics import DEFAULT_POINTS, Run, column_width, text_height
from exports.colours import LINE, MARK
from exports.xlsx.workbook import CENTRED, add_sheet, fill, frame, merge, put, put_rich, set_up_page

PAGE_PIXELS = 1026
"""What A4 landscape leaves between the margins, at 96 dpi."""

TIME_PIXELS = 102
"""The column of the hours."""

TITLE_POINTS = 14.0

MIN_SLOT_POINTS = 48.0
MAX_ROW_POINTS = 400.0
"""Excel shows no row higher than 409 points."""

INDENT_PIXELS = 9
"""What one step of indentation takes from a cell's width."""

THIN = Side("thin", LINE)
MARKED = Side("thick", MARK)
"""At the left of a marked cell alone: edges all round would enclose an unmarked cell that lies between two of them."""


class PrintedSheet:
    """A sheet with columns of given widths. Columns are counted from 0, rows from 1."""

    def __init__(self, workbook: Workbook, title: str, pixels: Sequence[int]) -> None:
        self.sheet = add_sheet(workbook, title)
        self.sheet.sheet_view.showGridLines = False
        self.pixels = list(pixels)
        """The width of each column."""
        self.row = 1
        """The next row."""
        for number, width in enumerate(pixels, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column_width(width)

    @property
    def width(self) -> int:
        """Pixels of all columns."""
        return sum(self.pixels)

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.pixels) - 1

    def area(self, left: int, right: int, top: int, bottom: int) -> str:
        """``B2:C4``."""
        return f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"

    def take(self, height: float) -> tuple[int, int]:
        """Take rows for a height in points: several where one cannot be so high. The first and the last of them."""
        count = max(1, ceil(height / MAX_ROW_POINTS))
        first = self.row
        for number in range(first, first + count):
            self.sheet.row_dimensions[number].height = ceil(height / count / 0.75) * 0.75
        self.row += count
        return first, self.row - 1

    def height(self, first: int = 1) -> float:
        """Points of the rows from ``first`` to the last that is taken."""
        return sum(self.sheet.row_dimensions[row].height or 0 for row in range(first, self.row))

    def across(
        self, text: str | Sequence[Run], font: Font, alignment: Alignment = CENTRED, *, air: float, lowest: float = 0
    ) -> None:
        """A text as wide as the sheet, with ``air`` above and below it together, at least ``lowest`` points high."""
        runs = [Run(text)] if isinstance(text, str) else text
        needed = text_height(runs, float(font.size or DEFAULT_POINTS), self.width) + air
        cell = merge(self.sheet, self.area(0, self.last, *self.take(max(needed, lowest))))
        if isinstance(text, str):
            put(cell, text, font=font, alignment=alignment)
        else:
            put_rich(cell, runs, font=font, alignment=alignment)

    def fill_in(
        self,
        area: str,
        runs: Sequence[Run],
        font: Font,
        colour: str,
        alignment: Alignment = CENTRED,
        *,
        outline: Side = THIN,
        top: Side | None = None,
        bottom: Side | None = None,
    ) -> None:
        """A merged cell with its text, ground and edges."""
        put_rich(merge(self.sheet, area), runs, font=font, alignment=alignment)
        frame(self.sheet, area, fill=fill(colour), outline=outline, top=top, bottom=bottom)

    def set_up(self, header: str, footer: str, pages_high: int | None = None) -> None:
        """Print all that is written; ``pages_high`` None: on as many pages as it takes."""
        area = self.area(0, self.last, 1, max(self.row - 1, 1))
        set_up_page(self.sheet, header=header, footer=footer, print_area=area, pages_high=pages_high)
