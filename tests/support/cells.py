"""What stands in a workbook that was written, read back: the text of a cell, and the width of a column."""

from __future__ import annotations

import re

from openpyxl.cell.cell import Cell, MergedCell

from exports.annex.text_metrics import DIGIT_PIXELS

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def text_of(cell: Cell | MergedCell) -> str:
    """The text that `put`, `put_rich`, Excel or LibreOffice stored in a cell; numbers and dates as `str`."""
    value = cell.value
    return "" if value is None else _ESCAPE.sub(lambda match: chr(int(match[1], 16)), str(value))


def column_pixels(width: float) -> int:
    """Pixels of a column whose width in the file is `width` characters of Arial 10 (ECMA-376 part 1, 18.3.1.13)."""
    return int((256 * width + 128 // DIGIT_PIXELS) / 256 * DIGIT_PIXELS)
