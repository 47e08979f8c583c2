"""The pieces of a Word file: runs, paragraphs, page numbers, and tables whose cells span columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph
from exports.colours import LINE, WHITE
from exports.paper.values import Cell, Look, Piece, Row, Table
from exports.word.base import TWIPS
from scheduler.reading.cleaning import clean

_SIDES = ("top", "left", "bottom", "right")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_text(text: str) -> str:
    """The text without what XML cannot carry and what a reader would obey; half a surrogate pair becomes U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _ILLEGAL.sub("", clean(whole)).replace("\r\n", "\n").replace("\r", "\n")


def element(name: str, children: Iterable[Any] = (), **attributes: object) -> Any:
    """``element("w:jc", val="center")``: an element of a Word file with what stands in it."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        made.append(child)
    return made


def run_element(run: Run, look: Look) -> Any:
    """A stretch of text; ends of lines within it break the line."""
    properties = element("w:rPr")
    for name, so in (("w:b", run.bold or look.bold), ("w:i", run.italic or look.italic), ("w:strike", run.strike)):
        if so:
            properties.append(element(name))
    half_points = round(2 * (run.points or look.points))
    properties.append(element("w:color", val=run.colour or look.colour))
    properties.append(element("w:sz", val=half_points))
    properties.append(element("w:szCs", val=half_points))
    if run.superscript:
        properties.append(element("w:vertAlign", val="superscript"))
    made = element("w:r", [properties])
    for number, line in enumerate(safe_text(run.text).split("\n")):
        if number:
            made.append(element("w:br"))
        text = element("w:t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(text)
    return made


def paragraph_element(
    paragraph: Paragraph, look: Look, *, style: str | None = None, align: str | None = None,
    before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    """A paragraph; ``before`` and ``after`` are points of air."""
    properties = element("w:pPr")
    if style:
        properties.append(element("w:pStyle", val=style))
    properties.append(element("w:spacing", before=round(before * TWIPS), after=round(after * TWIPS)))
    if align:
        properties.append(element("w:jc", val=align))
    return element("w:p", [properties, *(run_element(run, look) for run in paragraph.runs)])


def page_number(look: Look) -> list[Any]:
    """``Page 1 of 2``, which the program that shows the file counts."""
    found = []
    for text, field_name in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        found.append(run_element(Run(text), look))
        inside = run_element(Run("1"), look)
        found.append(element("w:fldSimple", [inside], instr=field_name))
    return found


STYLES = {"title": "AnnexTitle", "heading": "Heading1"}
"""Of paragraphs beside tables, by what they are."""


def piece_element(piece: Piece) -> Any:
    """A paragraph or table of the page."""
    if isinstance(piece, Table):
        return table_element(piece)
    style = STYLES[piece.role] if piece.role else None
    return paragraph_element(
        piece.paragraph, piece.look, style=style, align=piece.align, before=piece.before, after=piece.after
    )


class _Rows:
    """The rows of a table, in each of which a cell that goes on from above stands again."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._widths = widths
        self._open: dict[int, tuple[int, Cell]] = {}
        """By column, the cells that go on in the next row, and how many rows more."""

    def element(self, row: Row) -> Any:
        """The next row."""
        properties = element("w:trPr", [element("w:cantSplit")])
        properties.append(element("w:trHeight", val=round(row.height * TWIPS), hRule="atLeast"))
        if row.header:
            properties.append(element("w:tblHeader"))
        made = element("w:tr", [properties])
        given, column = list(row.cells), 0
        while column < len(self._widths):
            going_on = self._open.pop(column, None)
            if going_on:
                left, cell = going_on
                made.append(self._cell(cell, column, merge="continue"))
            else:
                cell = given.pop(0)
                left = cell.rows
                made.append(self._cell(cell, column, merge="restart" if cell.rows > 1 else None))
            if left > 1:
                self._open[column] = left - 1, replace(cell, lines=())
            column += cell.columns
        return made

    def _cell(self, cell: Cell, column: int, *, merge: str | None) -> Any:
        properties = element("w:tcPr")
        width = sum(self._widths[column : column + cell.columns])
        properties.append(element("w:tcW", w=width, type="dxa"))
        if cell.columns > 1:
            properties.append(element("w:gridSpan", val=cell.columns))
        if merge:
            properties.append(element("w:vMerge", val=merge))
        if cell.edges:
            sides = {
                side: element(f"w:{side}", val=kind, sz=size, space=0, color=colour)
                for side, kind, size, colour in cell.edges
            }
            properties.append(
                element("w:tcBorders", [sides[s] for s in ("top", "left", "bottom", "right") if s in sides])
            )
        properties.append(element("w:shd", val="clear", color="auto", fill=cell.ground))
        properties.append(element("w:vAlign", val="center"))
        made = element("w:tc", [properties])
        for lines in cell.lines:
            for number, paragraph in enumerate(lines.paragraphs):
                style = "CellBullet" if paragraph.bullet else None
                align = "center" if cell.centred and not paragraph.bullet else None
                before = lines.before if not number else 0
                made.append(paragraph_element(paragraph, lines.look, style=style, align=align, before=before))
        if not any(lines.paragraphs for lines in cell.lines):  # a cell without a paragraph is a damaged file
            made.append(paragraph_element(Paragraph(()), Look(2, WHITE)))
        return made


def table_element(table: Table) -> Any:
    """The table; widths stand in its grid, which LibreOffice reads, and in its cells, which Word reads."""
    sides = [element(f"w:{side}", val="single", sz=4, space=0, color=LINE) for side in (*_SIDES, "insideH", "insideV")]
    air = [element(f"w:{side}", w=30 if side in ("top", "bottom") else 70, type="dxa") for side in _SIDES]
    properties = element(
        "w:tblPr",
        [
            element("w:tblW", w=sum(table.widths), type="dxa"),
            element("w:jc", val="center"),
            element("w:tblBorders", sides),
            element("w:tblLayout", type="fixed"),
            element("w:tblCellMar", air),
            element("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
            element("w:tblCaption", val=safe_text(table.title)),
            element("w:tblDescription", val=safe_text(table.described)),
        ],
    )
    grid = element("w:tblGrid", [element("w:gridCol", w=width) for width in table.widths])
    rows = _Rows(table.widths)
    return element("w:tbl", [properties, grid, *(rows.element(row) for row in table.rows)])
