"""Ranges of days as planners write them: ``2027-02-22..2027-03-05``, read as the days that they stand for.

Only a calendar that holds a range imports this module.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from scheduler.domain.clock import MOST_DAYS, read_window_date, show_days, text_of_range

FRIDAY = 4
"""The last weekday, from 0 for Monday, that a range of working days holds."""
_MOST_PARTS = 6
"""Parts of a range that a message writes."""


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


def overlap(items: Sequence[Any], closed: Collection[date]) -> tuple[int, str] | None:
    """The first range of a list of days that another entry lies within or overlaps: its index, and what to write.

    Nothing where an entry cannot be read: that is told first.
    """
    entries: list[tuple[int, Any, list[date]]] = []
    for index, item in enumerate(items):
        try:
            days = [day for _, day in written_out([item], closed) if day is not None] or [_single(item)]
        except ValueError:
            return None
        entries.append((index, text_of_range(item), days))
    alone = {days[0] for _, text, days in entries if text is None}
    before: set[date] = set()
    for index, text, days in entries:
        if text is None:
            continue
        first, last = read_range(text)
        within = {day for day in alone if first <= day <= last}
        if within or before & set(days):
            parts = _in_parts([day for day in days if day not in before], within)
            remedy = f"part the range, as in {', '.join(parts)}" if parts else "leave the range out"
            twice = show_days(sorted(within | before & set(days)))
            return index, f"'{text[:60]}' runs over {twice}, for which there is another entry: {remedy}"
        before |= set(days)
    return None


def _single(item: Any) -> date:
    """The day of an entry that is no range.

    Raises:
        ValueError: it cannot be read.
    """
    text = item.get("date") if isinstance(item, dict) else item
    return read_window_date(text)


def _in_parts(days: Iterable[date], alone: Collection[date]) -> list[str]:
    """A range without some of its days, and these by themselves in between; a long list is cut short."""
    runs: list[list[date]] = []
    for day in sorted({*days, *alone}):
        if runs and day not in alone and runs[-1][-1] not in alone:
            runs[-1].append(day)
        else:
            runs.append([day])
    shown = [run[0].isoformat() if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs]
    return shown if len(shown) <= _MOST_PARTS else [*shown[:_MOST_PARTS], "..."]


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
