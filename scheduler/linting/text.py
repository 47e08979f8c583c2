"""The text of a letter with the places of its lines, whatever file it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.clock import MONTHS
from scheduler.reading.cleaning import clean

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_BLANKS = re.compile("[\\s\u00a0\u2000-\u200b\u202f\ufeff]+")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_BEGINS = re.compile(r"(?:\(?\d{1,3}[.)]|[-\u2022\u25cf\u25aa\uf0b7*o]|To ?:|:)\s")
_MONTH = "|".join(MONTHS)
_DATE_BEGINS = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?(?: (?:{_MONTH})\b| ?-)|(?:{_MONTH})\b|- ?\d{{1,2}}\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:\b(?:and|before|by|from|of|on|than|the|to|until)|[,\d-])$", re.IGNORECASE)
"""The end of a line behind which a date goes on."""
_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*", re.IGNORECASE)
"""A line that numbers a page."""
_DATE_ALONE = re.compile(
    rf"(?:[^\W\d][\w' -]{{1,30}}[,:] (?:the )?)?(?:[^\W\d]{{6,9}},? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH}),? \d{{4}}|(?:{_MONTH}) \d{{1,2}}, \d{{4}})[\s*]*",
    re.IGNORECASE,
)
"""A date, perhaps with a place and a weekday, as in the head of a letter."""
_CAPITALS = 0.6
"""Share of capitals among the letters of a line that is a title."""


class NotReadError(Exception):
    """Why a file is not read, in a sentence with a remedy."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, or a paragraph or a row of a table in a Word file; numbered from 1."""

    number: int
    text: str
    cells: tuple[str, ...] | None = None
    """Of a row of a table; lines within a cell are parted by line ends."""
    table: int = 0
    """The number of the table."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A letter as it was read."""

    lines: tuple[Line, ...]
    whole: bool
    """Whether each line is a paragraph; else paragraphs go over several lines."""
    tables: bool = True
    """Whether its tables were read as such; a PDF has none, only words in places."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or several lines that belong together."""

    text: str
    starts: tuple[int, ...]
    """Where each line begins in the text."""
    lines: tuple[int, ...]
    """Their numbers."""
    heading: bool = False

    def line_at(self, offset: int) -> int:
        """The number of the line in which a place of the text lies."""
        return self.lines[bisect_right(self.starts, offset) - 1]


def tidy(text: str) -> str:
    """The text in one line: plain hyphens and blanks, no marks of bold type, no tags."""
    return _BLANKS.sub(" ", clean(_TAGS.sub(" ", _DASHES.sub("-", text))).replace("**", "")).strip()


def in_capitals(text: str) -> bool:
    """Whether a line is written in capitals, as titles are."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def paragraphs_of(text: Text) -> Iterator[Paragraph]:
    """The paragraphs outside tables, in order."""
    held: list[Line] = []
    for line in text.lines:
        ends = line.cells is not None or not line.text or (not text.whole and _NUMBER.fullmatch(line.text) is not None)
        if held and (ends or text.whole or _parts(" ".join(each.text for each in held[-3:]), line.text)):
            yield _joined(held)
            held = []
        if not ends:
            held.append(line)
    if held:
        yield _joined(held)


def _parts(before: str, line: str) -> bool:
    """Whether a new paragraph begins with a line; ``before`` are the last lines of the one that may end."""
    if _GOES_ON.search(before) and _DATE_BEGINS.match(line):
        return False
    alone = _DATE_ALONE.fullmatch(line) or _DATE_ALONE.fullmatch(before)
    if _BEGINS.match(line) or alone or (before.endswith(":") and not in_capitals(before)):
        return True
    return any(map(str.isalpha, line)) and in_capitals(before) != in_capitals(line)


def _joined(lines: Iterable[Line]) -> Paragraph:
    held = list(lines)
    text, starts = "", []
    for line in held:
        text += " " if text else ""
        starts.append(len(text))
        text += line.text
    return Paragraph(text, tuple(starts), tuple(line.number for line in held), any(line.heading for line in held))
