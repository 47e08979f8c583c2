"""The annex as a Word file: the grid of every other medium, or of many rooms a table for each day, on A4 landscape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.document import Document as WordDocument

from exports.annex.texts import one_line
from exports.colours import SLATE
from exports.paper.annex import layout_of, pieces_of
from exports.paper.values import Look, plain
from exports.word.base import LANDSCAPE, new_document, save_bytes
from exports.word.parts import page_number, paragraph_element, piece_element
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.annex.board import Board
    from exports.annex.grid import Grid

PAGE = Look(8, SLATE)


def annex_bytes(scenario: Scenario, timetable: Timetable, layout: Grid | Board | None = None) -> bytes:
    """The annex as a .docx file that can be sent as it is; equal arguments give equal bytes.

    A revision gives its own ``layout``, with marks.
    """
    layout = layout or layout_of(scenario, timetable)
    document = new_document(LANDSCAPE, layout.title.text.rstrip("*"))
    add_annex(document, scenario, timetable, layout)
    footer = document.sections[0].footer.paragraphs[0]._p
    series = paragraph_element(plain(f"{one_line(scenario.printed.series)}\u2003"), PAGE, style="Footer")
    for piece in page_number(PAGE):
        series.append(piece)
    footer.getparent().replace(footer, series)
    return save_bytes(document)


def add_annex(document: WordDocument, scenario: Scenario, timetable: Timetable, layout: Grid | Board) -> None:
    """Write the annex at the end of a document, whose last page is landscape."""
    body = document.element.body
    for piece in pieces_of(scenario, timetable, layout):
        body.insert(len(body) - 1, piece_element(piece))  # the page itself stands last
