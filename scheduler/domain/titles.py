"""Placeholders in the texts of a meeting: ``{dates}``, ``{DATES}`` and ``{draft}`` follow the calendar and the status.

``{{`` and ``}}`` stand for braces. All else stays as the planner wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import show_date
from scheduler.wording import listed

PLACEHOLDERS = ("dates", "DATES", "draft")
TEXTS = ("series", "annex_title")
"""Texts of the meeting that may have placeholders, besides its footnotes."""
DRAFT = "DRAFT"

_PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")
BRACES = {"{{": "{", "}}": "}"}
_CLOSING = ":;,.)"
_NO_DRAFT = re.compile(r"( {0,9})(?:\(\{draft\}\)|\[\{draft\}\]|(?<!\{)\{draft\}(?!\}))( {0,9})")


def filled(text: str, calendar: Calendar, *, draft: bool) -> str:
    """The text with its placeholders replaced; ``{draft}`` is DRAFT or, with its brackets and a blank, nothing."""
    if "{" not in text and "}" not in text:
        return text
    if not draft:
        text = _NO_DRAFT.sub(_without_draft, text)
    values = {"{draft}": DRAFT} | BRACES
    if "{dates}" in text or "{DATES}" in text:
        words = dates_in_words(calendar)
        values |= {"{dates}": words, "{DATES}": words.upper()}
    return with_values(text, values)


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The text with each piece in braces replaced by its value; what has none stays."""
    return _PIECE.sub(lambda piece: values.get(piece[0], piece[0]), text)


def escaped(text: str) -> str:
    """The text as a template that gives it back."""
    return text.replace("{", "{{").replace("}", "}}")


def unknown(text: str, names: Container[str] = PLACEHOLDERS) -> Iterator[str]:
    """Pieces in braces that are no placeholder, and braces that stand alone."""
    for piece in pieces(text):
        if piece.strip("{}") not in names:
            yield piece


def pieces(text: str) -> Iterator[str]:
    """What stands in braces, and braces that stand alone; not those that are doubled."""
    return (piece for piece in _PIECE.findall(text) if piece not in BRACES)


def _without_draft(found: re.Match[str]) -> str:
    """The text in place of an empty ``{draft}``: one blank within the text, nothing at its ends."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    parted = (found[1] and after[:1] not in _CLOSING) or found[2]
    return " " if before.strip() and after.strip() and parted else ""


# --- the days of a calendar in words -----------------------------------------------------------------------------


def dates_in_words(calendar: Calendar) -> str:
    """``25-28 February 2025``, ``25-26 February and 20-21 May 2025``, ``31 August - 2 September 2027``.

    The days with slots, as ``runs_of`` joins them.
    """
    return spans_in_words(runs_of(calendar))


def runs_of(calendar: Calendar) -> list[tuple[date, date]]:
    """The days with slots as runs from first to last day.

    Weekends, holidays and empty columns between two of them do not interrupt a run.
    """
    days = calendar.axis.days or calendar.dates
    passed = {*calendar.dates, *calendar.closed}
    runs: list[tuple[date, date]] = [(days[0], days[0])]
    for earlier, later in pairwise(days):
        between = (earlier + timedelta(days=n) for n in range(1, (later - earlier).days))
        if all(day.weekday() >= 5 or day in passed for day in between):
            runs[-1] = runs[-1][0], later
        else:
            runs.append((later, later))
    return runs


def spans_in_words(runs: Sequence[tuple[date, date]]) -> str:
    """Runs of days in order; a month or a year that two runs share is written once."""
    words = []
    for number, (first, last) in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else None
        same_year = following is not None and following[1].year == last.year
        same_month = same_year and following is not None and _same_month(following[0], last)
        same_month = same_month and following is not None and _same_month(*following) and _same_month(first, last)
        end = str(last.day) if same_month else show_date(last, year=not same_year)
        if first == last:
            words.append(end)
        elif _same_month(first, last):
            words.append(f"{first.day}-{end}")
        else:
            words.append(f"{show_date(first, year=first.year != last.year)} - {end}")
    return listed(words)


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)
