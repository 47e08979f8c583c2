"""Documents come first, then working papers are due, then registration closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.linting.facts import Facts, InText
from scheduler.linting.slips import Slip
from scheduler.wording import quoted

ORDER = ("documents", "working papers", "registration")
"""In all letters that are known: about 30, 14 and 5 days before the first day."""


def slips(facts: Facts) -> Iterator[Slip]:
    """Two of these dates in the other order; a thing with several dates is passed over."""
    known = {name: found for name in ORDER if (found := _only(facts, name))}
    for earlier, later in combinations(known, 2):
        (day, one), (other_day, other) = known[earlier], known[later]
        if other_day < day:
            first, second = f"{later}, {quoted(other.text)}", f"{earlier}, {quoted(one.text)} (line {one.line})"
            usual = f"{earlier} usually come first"
            yield Slip(other.line, "order", f"The date for {first}, is before the date for {second}: {usual}.")


def _only(facts: Facts, name: str) -> tuple[date, InText] | None:
    """The one date of a thing, if it lies between the letter and the meeting: else another check speaks of it."""
    found = {each.day: each for each in facts.dates if each.dated.deadline and each.dated.purpose == name and each.day}
    early, late = facts.letter_day or date.min, facts.meeting[0] if facts.meeting else date.max
    fits = [(day, each) for day, each in found.items() if day and early <= day <= late]
    return fits[0] if len(found) == 1 and fits else None
