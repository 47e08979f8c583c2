"""What stands on a page: paragraphs, and tables whose cells span columns and rows. Every medium draws the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph
from exports.colours import WHITE

ROOM = 16838 - 2 * 851
"""The width of A4 landscape between margins of 15 mm, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class Look:
    """Of letters: their size in points and their colour; a run may have its own."""

    points: float
    colour: str
    bold: bool = False
    italic: bool = False


def plain(text: str) -> Paragraph:
    """A text without looks."""
    return Paragraph((Run(text),))


@dataclass(frozen=True, slots=True)
class Lines:
    """Paragraphs of a cell in one look."""

    paragraphs: tuple[Paragraph, ...]
    look: Look
    before: float = 0
    """Points of air above the first of them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its ground and edges."""

    lines: tuple[Lines, ...] = ()
    ground: str = WHITE
    centred: bool = True
    columns: int = 1
    """That it spans."""
    rows: int = 1
    """That it spans, its own included."""
    edges: tuple[tuple[str, str, int, str], ...] = ()
    """Edges that are not thin: side, kind, eighths of a point, colour."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of at least ``height`` points; its cells leave out what a cell above spans."""

    cells: tuple[Cell, ...]
    height: float
    header: bool = False
    """Whether it is repeated on every page."""


@dataclass(slots=True)
class Table:
    """A table that is filled row by row, as wide as its columns."""

    widths: Sequence[int]
    """Of its columns, in twentieths of a point."""
    title: str
    """What it is, for those who do not see it; ``described`` says what stands where."""
    described: str
    rows: list[Row] = field(default_factory=list)

    def row(self, cells: Sequence[Cell], height: float, *, header: bool = False) -> None:
        """Add a row."""
        self.rows.append(Row(tuple(cells), height, header))


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph beside the tables."""

    paragraph: Paragraph
    look: Look
    role: Literal["title", "heading"] | None = None
    align: Literal["center", "right"] | None = None
    before: float = 0
    """Points of air above it, and ``after`` below it."""
    after: float = 0


Piece: TypeAlias = Text | Table
