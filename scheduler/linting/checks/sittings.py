"""A body meets in the annex on the day that the text gives for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scheduler.linting.bodies import stands_in
from scheduler.linting.facts import Facts, header_days
from scheduler.linting.slips import Slip, long_date
from scheduler.wording import listed, quoted

SITS_ON = re.compile(
    r"([A-Z][A-Z0-9&/-]{2,11})\)?,? "
    r"(?:(?:which )?(?:will (?:meet|take place|be held)|meets|takes place) )?on (?:the )?$"
)
"""A body, and that it sits on the date that follows."""


def slips(facts: Facts) -> Iterator[Slip]:
    """Days on which the annex has the body in no column, though it has it in others."""
    for each in facts.dates:
        match = SITS_ON.search(each.dated.before)
        if not match or len(each.dated.dates.items) != 1 or each.day is None:
            continue
        days = _days(facts, match[1])
        if days and each.day not in days:
            shown = listed([f"{long_date(day)} (line {line})" for day, line in sorted(days.items())])
            yield Slip(each.line, "sittings", f"The text has {match[1]} on {quoted(each.text)}, the annex on {shown}.")


def _days(facts: Facts, short: str) -> dict[date, int]:
    """The days on which the annex has a body; empty where the day of some cell is unknown."""
    found: dict[date, int] = {}
    for grid in facts.grids:
        days = header_days(facts, grid)
        for cell in grid.cells:
            if stands_in(short, facts.names.get(short, ()), cell.text):
                day = days.get(-1 if cell.column is None else cell.column)
                if day is None:
                    return {}
                found[day] = cell.line
    return found
