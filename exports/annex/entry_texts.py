"""The paragraphs of an entry of the grid, before a medium breaks their lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exports.annex.entries import Entry, EntryPart
from exports.annex.text_metrics import Run
from exports.annex.texts import SIGN, Paragraph
from exports.colours import MARK

SMALLER = 1.5
"""Points by which notes, rooms and marks are smaller than the rest of a cell."""


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """The label, then the lines of each session, then room, note and mark."""

    label: Paragraph
    parts: tuple[tuple[Paragraph, ...], ...]
    below: tuple[Paragraph, ...]


def entry_texts(entry: Entry, points: float, grey: str) -> EntryTexts:
    """The texts of an entry whose letters have ``points``; the room has the colour ``grey``."""
    small = points - SMALLER
    below = [Paragraph((Run(entry.room, points=small, colour=grey),))] if entry.room else []
    below += [Paragraph(tuple(replace(run, points=small) for run in entry.note.runs))] if entry.note else []
    below += [_mark(entry.mark, small)] if entry.mark else []
    parts = tuple(tuple(_lines(part, small, agenda=entry.agenda)) for part in entry.parts)
    return EntryTexts(entry.label, parts, tuple(below))


def _lines(part: EntryPart, small: float, *, agenda: bool) -> Iterable[Paragraph]:
    """The lines of a part with its mark: in its bullet, or below it."""
    lines = part.lines(agenda=agenda)
    if part.mark is None:
        return lines
    mark = _mark(part.mark, small)
    if agenda and lines:
        return [replace(lines[0], runs=(*lines[0].runs, Run(" "), *mark.runs))]
    return [*lines, mark]


def _mark(words: str, points: float) -> Paragraph:
    return Paragraph((Run(f"{SIGN} {words}", bold=True, points=points, colour=MARK),))


def struck_through(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of what has left its place; blanks are not struck."""
    return [Paragraph(tuple(replace(r, strike=bool(r.text.strip())) for r in p.runs), p.bullet) for p in paragraphs]
