"""The text of a workbook cell: paragraphs as runs, with the lines broken evenly and bullets that hang.

A spreadsheet fills each line as far as it can, which leaves single words behind ("Sub-working Group on Articles /
6&7"), and it has no hanging indent. So short texts are broken here, at blanks only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exports.annex.entries import Entry
from exports.annex.entry_texts import entry_texts, struck_through
from exports.annex.text_metrics import Run, line_height, text_height, text_pixels
from exports.annex.texts import Paragraph
from scheduler.domain.clock import MONTHS

MAX_EVEN_LINES = 8
"""The spreadsheet breaks longer paragraphs."""

EDGE_PIXELS = 16
"""Free space at the left and right of centred lines together."""

BULLET_EDGE_PIXELS = 7
"""The same for bullets, which are at the left."""

DATE_PRICE = 10.0
"""The price of a line break inside a date: more than any unevenness."""

_BULLET, _HANG = "• ", "  "
_DAY = re.compile(r"\d{1,2}(st|nd|rd|th)?([-\u2013]\d{1,2}(st|nd|rd|th)?)?", re.IGNORECASE)
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}\W*")
_BETWEEN = re.compile("[-\u2013]|to|and", re.IGNORECASE)
_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to with".split())  # noqa: SIM905  reads as a list


@dataclass(frozen=True, slots=True)
class _Word:
    runs: tuple[Run, ...]
    pixels: float


def entry_runs(entry: Entry, points: float, pixels: float, grey: str) -> list[Run]:
    """The text of an entry: label, sessions, room (in the colour ``grey``), note and mark.

    Empty lines separate sub-groups if one of them has several lines or a mark.
    """
    texts = entry_texts(entry, points, grey)
    parts = [[even(line, points, pixels) for line in part] for part in texts.parts]
    apart = not entry.agenda and (
        any(part.mark for part in entry.parts) or any("\n" in line.text for part in parts for line in part)
    )
    paragraphs = [even(texts.label, points, pixels)]
    for number, part in enumerate(parts):
        paragraphs += [Paragraph(()), *part] if apart and number else part
    paragraphs += [even(each, points, pixels) for each in texts.below]
    return joined(struck_through(paragraphs) if entry.struck else paragraphs)


def joined(paragraphs: Iterable[Paragraph]) -> list[Run]:
    """Paragraphs below one another."""
    runs: list[Run] = []
    for paragraph in paragraphs:
        runs += [Run("\n")] if runs else []
        runs += paragraph.runs
    return runs


def titled(title: Paragraph, points: float, pixels: float) -> Sequence[Run]:
    """A title in bold; where it takes several lines, broken evenly."""
    bold = Paragraph(tuple(replace(run, bold=True) for run in title.runs))
    fits = text_height(bold.runs, points, pixels) <= line_height(points)
    return (bold if fits else even(bold, points, pixels)).runs


def even(paragraph: Paragraph, points: float, pixels: float) -> Paragraph:
    """The paragraph with its lines broken: as few as the width allows, as even as possible.

    A line breaks before "on", "of" or "and" rather than after it.
    """
    before, hang, edge = (_BULLET, _HANG, BULLET_EDGE_PIXELS) if paragraph.bullet else ("", "", EDGE_PIXELS)
    words = _words(paragraph.runs, points)
    lines = _even_lines(words, text_pixels(" ", points), pixels - edge - text_pixels(before, points))
    runs: list[Run] = []
    for line in lines:
        runs += [Run(f"\n{hang}" if runs else before), *_spaced(line)]
    return Paragraph(tuple(run for run in runs if run.text))


def _words(runs: Sequence[Run], points: float) -> list[_Word]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split(" ")):
            if number:
                parts.append([])
            if text:
                parts[-1].append(replace(run, text=text))
    return [_Word(tuple(word), sum(_pixels(run, points) for run in word)) for word in parts if word]


def _pixels(run: Run, points: float) -> float:
    scale = 2 / 3 if run.superscript else 1
    return text_pixels(run.text, (run.points or points) * scale, bold=run.bold)


def _even_lines(words: list[_Word], blank: float, room: float) -> list[list[_Word]]:
    """Words in as few lines as the room allows, as even as possible; one line if the spreadsheet must break them."""
    if not words or max(word.pixels for word in words) > room:
        return [words]  # the spreadsheet will have to cut a word: let it break the rest as well
    count = _fewest_lines(words, blank, room)
    if not 1 < count <= MAX_EVEN_LINES:
        return [words]
    aim = sum(word.pixels + blank for word in words) / count
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]  # by lines: end -> cost so far, start of the line
    for _ in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _start) in best[-1].items():
            width = -blank
            for end in range(start + 1, len(words) + 1):
                width += blank + words[end - 1].pixels
                if width > room:
                    break
                total = cost + ((aim - width) / aim) ** 2 + _price_of_break(words, end)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, start)
        best.append(reached)
    ends = [len(words)]
    for reached in best[:0:-1]:
        ends.append(reached[ends[-1]][1])
    return [words[start:end] for end, start in reversed(list(pairwise(ends)))]


def _price_of_break(words: list[_Word], end: int) -> float:
    """The price of a line that ends before ``words[end]``, in units of unevenness; negative for a good place."""
    if end == len(words):
        return 0
    last, following = ("".join(run.text for run in word.runs) for word in words[end - 1 : end + 1])
    if _in_a_date(last, following):
        return DATE_PRICE
    return -0.15 if following in _SMALL_WORDS and last not in _SMALL_WORDS else 0


def _in_a_date(word: str, following: str) -> bool:
    """Whether two consecutive words belong to a date: ``9 - 12``, ``12 MAY``, ``MAY 2023``."""
    pairs = ((_DAY, _MONTH), (_MONTH, _YEAR), (_MONTH, _DAY), (_DAY, _BETWEEN), (_BETWEEN, _DAY), (_MONTH, _BETWEEN))
    return any(first.fullmatch(word.rstrip(",")) and second.fullmatch(following) for first, second in pairs)


def _fewest_lines(words: list[_Word], blank: float, room: float) -> int:
    lines, used = 1, -blank
    for word in words:
        used += blank + word.pixels
        if used > room:
            lines, used = lines + 1, word.pixels
    return lines


def _spaced(words: list[_Word]) -> list[Run]:
    """The words with blanks between them; neighbours with the same look share a run."""
    runs: list[Run] = []
    for number, word in enumerate(words):
        for place, run in enumerate(word.runs):
            blank = " " if number and not place else ""
            if runs and replace(runs[-1], text="") == replace(run, text=""):
                runs[-1] = replace(run, text=runs[-1].text + blank + run.text)
            elif runs and blank and runs[-1].superscript:  # a raised blank would be too narrow
                runs.append(replace(run, text=blank + run.text))
            elif runs and blank:
                runs[-1] = replace(runs[-1], text=runs[-1].text + blank)
                runs.append(run)
            else:
                runs.append(run)
    return runs
