"""How wide a text runs in Arial, where its lines break, and how high a row must be to show them all.

Excel does not fit rows to merged cells, and openpyxl fits none at all, so the heights are calculated here from the
advance widths of the font. Widths are pixels at 96 dpi (100 % zoom), heights and font sizes are points. Characters that
Arial lacks (Chinese, Devanagari, emoji ...) come from other fonts: they get a generous width, their lines a generous
height.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from exports.annex._arial_widths import BOLD, REGULAR

DEFAULT_POINTS = 10.0
"""Size of the Normal style, hence of every cell that does not say otherwise."""

DIGIT_PIXELS = 7
"""Width of the widest digit of Arial 10 at 96 dpi: the unit in which Excel counts column widths."""

CELL_PADDING_PIXELS = 5
"""What Excel keeps free in a column, left and right together, gridline included."""

MAX_ROW_HEIGHT = 409.5
"""The highest row Excel knows, in points."""

_PIXELS_PER_POINT = 96 / 72
_SUPERSCRIPT_SCALE = 2 / 3
_AFTER_MARKS = "-/\u2010\u2013\u2014"
_AFTER_BLANKS_ONLY = ""
_BLANKS = " \t"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. `points` and `colour` ("1F3864", RGB) are the cell's own where they are None."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    points: float | None = None
    colour: str | None = None
    strike: bool = False


@dataclass(frozen=True, slots=True)
class _Glyph:
    character: str
    pixels: float
    points: float


def column_width(pixels: int) -> float:
    """The width to write into the file, in characters of Arial 10, for a column of `pixels` pixels."""
    return math.ceil(pixels * 256 / DIGIT_PIXELS) / 256


def line_height(points: float) -> float:
    """Height in points that a row needs for one line of Arial: 12.75 for 10 points, as in Excel."""
    pixels_per_em = round(points * _PIXELS_PER_POINT)
    return math.ceil(1.15 * pixels_per_em + 2) / _PIXELS_PER_POINT


def text_pixels(text: str, points: float = DEFAULT_POINTS, *, bold: bool = False) -> float:
    """Width in pixels of a text set in one line; italics are as wide as upright letters."""
    return sum(_advance(character, bold) for character in text) * points * _PIXELS_PER_POINT


def text_height(runs: Sequence[Run], points: float, width_pixels: float) -> float:
    """Height in points of a wrapped text, each line as high as its largest letters; a single row may be too low.

    `points` is the size of runs without one. A line breaks at a newline, at blanks, after hyphens, dashes and strokes
    and between Chinese characters; a word longer than the line is cut where the line is full. No text is one empty
    line. Excel and LibreOffice differ over hyphens and strokes: the greater height of both ways shows the text in both.
    """
    room = max(width_pixels - CELL_PADDING_PIXELS, 1)
    height = 0.0
    for glyphs in _paragraphs(runs, points):
        if sum(glyph.pixels for glyph in glyphs) <= room:
            height += _height_of(glyphs, points)
            continue
        ways = {tuple(_filled(glyphs, room, marks)) for marks in (_AFTER_MARKS, _AFTER_BLANKS_ONLY)}
        height += max(sum(_height_of(glyphs[start:end], points) for start, end in way) for way in ways)
    return height


def _parse_widths(table: str) -> dict[str, float]:
    """Reads a table of `exports.annex._arial_widths` into widths in em by character."""
    widths: dict[str, float] = {}
    code = 0
    for word in table.split():
        if word.endswith(":"):
            code = int(word[:-1], 16)
        elif word.startswith("="):
            for character in map(chr, range(code, code + int(word[1:]))):
                widths[character] = widths[unicodedata.normalize("NFD", character)[0]]
            code += int(word[1:])
        else:
            widths[chr(code)] = int(word) / 1000
            code += 1
    return widths


@cache
def _widths(bold: bool) -> dict[str, float]:
    return _parse_widths(BOLD if bold else REGULAR)


@cache
def _advance(character: str, bold: bool) -> float:
    """Advance width in em."""
    known = _widths(bold).get(character)
    if known is not None:
        return known
    if character == "\t":
        return 8 * _widths(bold)[" "]
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if ord(character) >= 0x1F000:
        return 1.4  # emoji
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.8


@cache
def _is_foreign(character: str) -> bool:
    """Whether another font, with taller lines, must stand in for Arial."""
    return character not in _widths(False) and not unicodedata.category(character).startswith(("C", "Z"))


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _paragraphs(runs: Sequence[Run], points: float) -> Iterator[list[_Glyph]]:
    """The glyphs between newlines, in order; at least one paragraph, perhaps empty."""
    glyphs: list[_Glyph] = []
    for run in runs:
        size = run.points or points
        scale = size * _PIXELS_PER_POINT * (_SUPERSCRIPT_SCALE if run.superscript else 1)
        for character in run.text.replace("\r\n", "\n").replace("\r", "\n"):
            if character == "\n":
                yield glyphs
                glyphs = []
            else:
                glyphs.append(_Glyph(character, _advance(character, run.bold) * scale, size))
    yield glyphs


def _filled(glyphs: Sequence[_Glyph], room: float, marks: str) -> Iterator[tuple[int, int]]:
    """Fills one line after the other; yields half-open bounds, the blanks at the end of a line included."""
    start, used, opening = 0, 0.0, 0  # opening: the last place where the line may break, if that is past its start
    for index, glyph in enumerate(glyphs):
        if index and _may_break(glyphs, index, marks):
            opening = index
        used += glyph.pixels
        while used > room and index > start and glyph.pixels and glyph.character not in _BLANKS:
            end = opening if opening > start else index
            yield start, end
            start, used = end, sum(each.pixels for each in glyphs[end : index + 1])
    yield start, len(glyphs)


def _may_break(glyphs: Sequence[_Glyph], index: int, marks: str) -> bool:
    """Whether a line may end before the glyph at `index`."""
    before, after = glyphs[index - 1].character, glyphs[index].character
    if after in _BLANKS:
        return False  # blanks hang at the end of the line
    if before in _BLANKS or before == "\u200b":
        return True
    if before in marks:
        return index > 1 and glyphs[index - 2].character not in _BLANKS
    if _is_wide(before) or _is_wide(after):
        closing = unicodedata.category(after) in {"Pe", "Pf", "Po", "Mn"}
        return not closing and unicodedata.category(before) not in {"Ps", "Pi"}
    return False


def _height_of(glyphs: Sequence[_Glyph], points: float) -> float:
    largest = max((glyph.points for glyph in glyphs), default=points)
    height = line_height(largest)
    if any(_is_foreign(glyph.character) for glyph in glyphs):
        height = math.ceil(height * 1.35 / 0.75) * 0.75
    return height
