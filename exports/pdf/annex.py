"""The annex as a PDF: tagged for screen readers (PDF/UA-1), set from data that are never read as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph, one_line
from exports.colours import LINE, SLATE
from exports.paper.annex import layout_of, pieces_of
from exports.paper.values import Cell, Look, Piece, Table
from exports.pdf.fonts import families, fonts_in
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutputError
from scheduler.reading.cleaning import clean
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.annex.board import Board
    from exports.annex.grid import Grid

STANDARD: Final = "ua-1"
"""PDF/UA-1: the compiler itself checks it."""
TWIPS = 20
"""In a point."""
MARGIN = 851 / TWIPS
"""15 mm."""
PAGE = ("Page", "of")
DASHES = {"single": "solid", "dashed": "dashed"}


def annex_bytes(
    scenario: Scenario, timetable: Timetable, layout: Grid | Board | None = None, fonts: Path | None = None
) -> bytes:
    """The annex; equal arguments and equal fonts give equal bytes. A revision gives its own ``layout``, with marks.

    ``fonts``: a folder whose fonts are used, and no others; None: those of the system.

    Raises:
        OutputError: a letter has no font.
    """
    layout = layout or layout_of(scenario, timetable)
    pieces = list(pieces_of(scenario, timetable, layout))
    title, series = clean(layout.title.text.rstrip("*")), clean(one_line(scenario.printed.series))
    data = {
        "title": title or series,
        "series": series,
        "language": "en",
        "page": PAGE,
        "slate": f"#{SLATE}",
        "line": f"#{LINE}",
        "margin": MARGIN,
        "pieces": [_piece(piece) for piece in pieces],
    }
    data["fonts"] = families([series, *PAGE, "0123456789\u2022", *_texts(pieces)], fonts)
    template = files("exports.pdf").joinpath("annex.typ").read_bytes()
    try:
        return typst.compile(
            template, format="pdf", pdf_standards=[STANDARD], timestamp=0, sys_inputs={"data": json.dumps(data)},
            font_paths=fonts_in(fonts),
        )  # fmt: skip
    except typst.TypstError as error:
        raise OutputError(f"the PDF cannot be set: {error.message}") from None


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Table):
            cells = (cell for row in piece.rows for cell in row.cells)
            paragraphs = [p for cell in cells for lines in cell.lines for p in lines.paragraphs]
        else:
            paragraphs = [piece.paragraph]
        yield from (clean(run.text) for paragraph in paragraphs for run in paragraph.runs)


def _piece(piece: Piece) -> dict[str, Any]:
    if not isinstance(piece, Table):
        return {
            "kind": "text", "paragraph": _paragraph(piece.paragraph, piece.look), "look": _look(piece.look),
            "role": piece.role, "align": piece.align, "before": piece.before, "after": piece.after,
        }  # fmt: skip
    heights = [row.height for row in piece.rows]
    rows = [
        {"header": row.header, "cells": [_cell(cell, sum(heights[n : n + cell.rows])) for cell in row.cells]}
        for n, row in enumerate(piece.rows)
    ]
    return {"kind": "table", "widths": [width / TWIPS for width in piece.widths], "rows": rows}


def _cell(cell: Cell, height: float) -> dict[str, Any]:
    return {
        "columns": cell.columns,
        "rows": cell.rows,
        "ground": f"#{cell.ground}",
        "centred": cell.centred,
        "height": height,
        "edges": [(side, DASHES[kind], eighths / 8, f"#{colour}") for side, kind, eighths, colour in cell.edges],
        "lines": [
            {
                "look": _look(lines.look),
                "before": lines.before,
                "paragraphs": [_paragraph(paragraph, lines.look) for paragraph in lines.paragraphs],
            }
            for lines in cell.lines
        ],
    }


def _look(look: Look) -> dict[str, Any]:
    return {"points": look.points, "colour": f"#{look.colour}"}


def _paragraph(paragraph: Paragraph, look: Look) -> dict[str, Any]:
    return {"bullet": paragraph.bullet, "runs": [_run(run, look) for run in paragraph.runs]}


def _run(run: Run, look: Look) -> dict[str, Any]:
    return {
        "text": clean(run.text),
        "points": run.points or look.points,
        "colour": f"#{run.colour or look.colour}",
        "bold": run.bold or look.bold,
        "italic": run.italic or look.italic,
        "superscript": run.superscript,
        "strike": run.strike,
    }
