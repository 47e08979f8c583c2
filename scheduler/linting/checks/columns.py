"""The columns of the annex are the days of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.clock import WEEKDAYS
from scheduler.linting.facts import Facts, Said, header_days
from scheduler.linting.slips import Slip, at, long_date
from scheduler.wording import listed, quoted

MOST_NAMED = 7
MOST_DAYS = 6
"""Longer than this from first to last day, a weekday alone says no date."""


def slips(facts: Facts) -> Iterator[Slip]:
    """Columns in which something meets on a day that is none of the meeting; first and last days without a column."""
    if facts.meeting is None or not facts.grids:
        return
    first, last = facts.meeting
    said = facts.places[-1][1]
    dated = all(column.dates for grid in facts.grids for column in grid.columns)
    if not dated and ((last - first).days > MOST_DAYS or len(facts.grids) > 1 or len(said.dates.items) > 2):
        return
    strange = list(_strange(facts, said, first, last))
    yield from strange or _missing(facts, said, first, last)
    if not dated and not strange:
        yield from _disordered(facts)


def _strange(facts: Facts, said: Said, first: date, last: date) -> Iterator[Slip]:
    for grid in facts.grids:
        days = header_days(facts, grid)
        for number, column in enumerate(grid.columns):
            if not (grid.sure and column.held):
                continue
            day = days.get(number)
            if column.dates is None:
                strange = not any((column.weekday - first.weekday()) % 7 == n for n in range((last - first).days + 1))
                why = f"there is no {WEEKDAYS[column.weekday]} in {at(said)}"
            else:
                strange = day is not None and not first <= day <= last
                why = f"that is not within {at(said)}"
            if strange:
                yield Slip(column.line, "columns", f"The annex has the column {quoted(column.text)}, but {why}.")


def _disordered(facts: Facts) -> Iterator[Slip]:
    """Columns of one week that are not in the order of its days, or of which one stands there twice."""
    for grid in facts.grids:
        weekdays = [column.weekday for column in grid.columns]
        if weekdays != sorted(set(weekdays)) and weekdays[0] < weekdays[-1]:
            shown = listed([quoted(column.text) for column in grid.columns])
            yield Slip(grid.line, "columns", f"The columns of the annex are not in the order of the days: {shown}.")


def _missing(facts: Facts, said: Said, first: date, last: date) -> Iterator[Slip]:
    columns = [(grid, header_days(facts, grid)) for grid in facts.grids]
    found = {day for _, days in columns for day in days.values()}
    weekdays = {column.weekday for grid in facts.grids for column in grid.columns if column.dates is None}
    unknown = any(len(days) < len(grid.columns) for grid, days in columns if all(c.dates for c in grid.columns))
    for day in dict.fromkeys((first, last)):
        if day not in found and day.weekday() not in weekdays and not unknown:
            line = facts.grids[0].line
            shown = listed([quoted(column.text) for grid in facts.grids for column in grid.columns][:MOST_NAMED])
            lacks = f"The annex has no column for {long_date(day)}, a day of {at(said)}"
            yield Slip(line, "columns", f"{lacks}; it has {shown}.")
