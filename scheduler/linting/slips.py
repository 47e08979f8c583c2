"""A slip: a place of a letter that does not go with another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.domain.clock import show_date, weekday
from scheduler.linting.facts import Said
from scheduler.wording import quoted


@dataclass(frozen=True, slots=True)
class Slip:
    """What does not go together, in a sentence with both places."""

    line: int
    """Of the first place."""
    kind: str
    """The check that found it."""
    sentence: str
    """May hold text of the letter as it stands there."""


def long_date(day: date) -> str:
    """``Wednesday 27 May 2026``"""
    return f"{weekday(day)} {show_date(day, year=True)}"


def at(said: Said) -> str:
    """``'27-28 May 2026' (line 16)``"""
    return f"{quoted(said.text)} (line {said.line})"
