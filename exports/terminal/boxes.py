"""Tables of text whose cells may span several rows.

A table is a list of columns; a column is a list of boxes from top to bottom, without gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.text import Text

from exports.annex.heights import fitted_heights
from exports.terminal.screen import Screen

LINES = "─│┌┬┐├┼┤└┴┘╌"
ASCII_LINES = "-|+++++++++-"
RULE_STYLE = "dim"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its lines, all as wide as the column, and the number of rows that it spans."""

    lines: tuple[Text, ...]
    span: int = 1
    dashed: bool = False
    """Whether the rule above it is dashed."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A column: its width in characters, without the rules beside it, and its boxes."""

    width: int
    boxes: tuple[Box, ...]


def padded(lines: list[Text], padding: int = 1, *, span: int = 1, dashed: bool = False) -> Box:
    """A box around lines, with blanks at their sides."""
    for line in lines:
        line.pad(padding)
    return Box(tuple(lines), span, dashed)


def print_table(strips: Sequence[Strip], screen: Screen, indent: int = 0) -> None:
    """Print the table, with plain characters if the screen has no others."""
    rows = sum(box.span for box in strips[0].boxes)
    for line in drawn(strips, rows, ASCII_LINES if screen.ascii else LINES):
        screen.print_line(Text(" " * indent, end="").append_text(line))


def drawn(strips: Sequence[Strip], rows: int, lines: str = LINES) -> Iterator[Text]:
    """The lines of the table. Texts are in the middle of their boxes."""
    heights = _heights(strips, rows)
    tops = list(accumulate((height + 1 for height in heights), initial=0))  # the screen line of the rule above each row
    columns = [list(_column(strip, tops, lines)) for strip in strips]
    for number in range(tops[-1] + 1):
        ruled = [column[number][1] for column in columns]
        text = Text(end="")
        for index, column in enumerate(columns):
            before = ruled[index - 1] if index else None
            text.append(_joint(number, tops[-1], before, ruled[index], lines), RULE_STYLE)
            text.append_text(column[number][0])
        text.append(_joint(number, tops[-1], ruled[-1], None, lines), RULE_STYLE)
        yield text


def _heights(strips: Sequence[Strip], rows: int) -> list[int]:
    needs = [(row, 1, 1.0) for row in range(rows)]
    for strip in strips:
        first = 0
        for box in strip.boxes:
            needs.append((first, box.span, float(len(box.lines) - (box.span - 1))))
            first += box.span
    return [int(height) for height in fitted_heights(rows, needs, 1)]


def _column(strip: Strip, tops: Sequence[int], lines: str) -> Iterator[tuple[Text, bool]]:
    """Every line of a column, and whether it is a rule."""
    first = 0
    for box in strip.boxes:
        top, bottom = tops[first], tops[first + box.span]
        yield Text((lines[11] if box.dashed else lines[0]) * strip.width, RULE_STYLE), True
        room = bottom - top - 1
        above = (room - len(box.lines)) // 2
        for number in range(room):
            inside = 0 <= number - above < len(box.lines)
            yield box.lines[number - above] if inside else Text(" " * strip.width), False
        first += box.span
    yield Text(lines[0] * strip.width, RULE_STYLE), True


def _joint(number: int, last: int, left: bool | None, right: bool | None, lines: str) -> str:
    """The character between two columns, each with a rule on this line or not; None: no column."""
    if not left and not right:
        return lines[1]
    row = 0 if number == 0 else 2 if number == last else 1
    column = 0 if not left else 2 if not right else 1
    return lines[2 + 3 * row + column]
