"""A deadline has not passed when the letter is written."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip, at
from scheduler.wording import quoted


def slips(facts: Facts) -> Iterator[Slip]:
    """Deadlines before the date of the letter."""
    letter = facts.letter_day
    for each in facts.dates:
        if letter and facts.dated and each.dated.deadline and each.day and each.day < letter:
            what = f"The date for {each.dated.purpose}, {quoted(each.text)}, has passed when the letter is written"
            yield Slip(each.line, "passed", f"{what}: {at(facts.dated)}.")
