"""Each date exists, and its weekday is the one that is written beside it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.clock import WEEKDAYS, show_date, weekday
from scheduler.linting.dates import Dates, dates_in
from scheduler.linting.facts import Facts, column_day
from scheduler.linting.slips import Slip
from scheduler.wording import quoted


def slips(facts: Facts) -> Iterator[Slip]:
    """Dates with another weekday, days that no calendar has, and ranges that end before they begin."""
    for line, found in _dates(facts):
        if found.ranged and len(found.items) == 2 and found.first and found.last and found.last < found.first:
            yield Slip(line, "weekday", f"{quoted(found.text)} ends before it begins.")
        for item in found.items:
            if not item.exists:
                yield Slip(line, "weekday", f"{quoted(found.text)}: no calendar has such a day.")
            elif item.date and item.weekday not in (None, item.date.weekday()):
                right = f"{show_date(item.date, year=True)} is a {weekday(item.date)}"
                yield Slip(line, "weekday", f"{quoted(found.text)}: {right}, not a {WEEKDAYS[item.weekday or 0]}.")
    for grid in facts.grids:
        for column in grid.columns:
            day = column_day(column, facts.meeting) if column.dates else None
            if day and day.weekday() != column.weekday:
                right = f"{show_date(day, year=True)} is a {weekday(day)}"
                yield Slip(column.line, "weekday", f"The annex has the column {quoted(column.text)}: {right}.")


def _dates(facts: Facts) -> Iterator[tuple[int, Dates]]:
    if facts.dated:
        yield facts.dated.line, facts.dated.dates
    for each in facts.dates:
        yield each.line, each.dated.dates
    for paragraph in (facts.title, *facts.behind):
        for found in dates_in(paragraph.text) if paragraph else ():
            yield paragraph.line_at(found.start) if paragraph else 0, found
