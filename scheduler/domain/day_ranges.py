"""Ranges of days as planners write them: ``2027-02-22..2027-03-05``, read as the days that they stand for.

Only a calendar that holds a range imports this module.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from scheduler.domain.clock import MOST_DAYS, read_window_date, text_of_range

FRIDAY = 4
"""The last weekday, from 0 for Monday, that a range of working days holds."""


def read_range(text: str) -> tuple[date, date]:
    """The first and the last day of ``2027-02-22..2027-03-05``; weekdays may stand before the dates.

    Raises:
        ValueError: no two dates, they run backwards, or lie further apart than any series.
    """
    first, last = (read_window_date(part.strip()) for part in text.split("..", 1))
    if first > last:
        raise ValueError(f"'{text[:60]}' runs backwards: write the earlier date first")
    if (last - first).days >= 2 * MOST_DAYS:
        days = (last - first).days + 1
        raise ValueError(f"'{text[:60]}' is {days:,} days, and a series has at most {MOST_DAYS}: is the year right?")
    return first, last


def working_days(text: str, closed: Collection[date]) -> list[date]:
    """The days of a range, Saturdays, Sundays and the days of ``closed`` left out.

    Raises:
        ValueError: it is no range, or no day is left.
    """
    first, last = read_range(text)
    found = [day for day in _from_to(first, last) if day.weekday() <= FRIDAY and day not in closed]
    if not found:
        raise ValueError(
            f"'{text[:60]}' holds no working day, as weekends and holidays are left out of a range: write the days one "
            "by one"
        )
    return found


def every_day(text: str) -> list[date]:
    """The days of a range, weekends included.

    Raises:
        ValueError: it is no range.
    """
    return list(_from_to(*read_range(text)))


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def closed_days(holidays: Iterable[Any]) -> set[date]:
    """The dates of holidays in plain data that can be read; the rest is told where holidays are read."""
    found: set[date] = set()
    for holiday in holidays:
        text = holiday.get("date") if isinstance(holiday, dict) else getattr(holiday, "date", None)
        try:
            found.update(every_day(text) if isinstance(text, str) and ".." in text else [read_window_date(text)])
        except ValueError:
            continue
    return found


def written_out(items: Iterable[Any], closed: Collection[date] | None) -> Iterator[tuple[Any, date | None]]:
    """Items of a list of days in plain data, each with its day where a range was written out: then once for each.

    ``closed`` is left out of ranges, as weekends are; None: nothing is. A range that cannot be read stays as it is.
    """
    for item in items:
        text = text_of_range(item)
        try:
            days = [] if text is None else every_day(text) if closed is None else working_days(text, closed)
        except ValueError:
            days = []
        if not days:
            yield item, None
        for day in days:
            yield ({**item, "date": day.isoformat()} if isinstance(item, dict) else day.isoformat()), day


def refused(text: str) -> str:
    """What is wrong with a range that could not be written out as days, or that stands where one day is read."""
    try:
        working_days(text, ())
    except ValueError as error:
        return str(error)
    return (
        f"'{text[:60]}' is a range of days: in the days of a calendar it needs one that is no weekend and no holiday; "
        "anywhere else write a date"
    )
