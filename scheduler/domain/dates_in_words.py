"""Days as the program says them, ``Monday 25 September``, where a planner writes them back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from scheduler.domain.clock import MONTHS, parse_weekday, show_date, weekday

_DAY = re.compile(r"(?:([^\W\d]+) )?(\d{1,2}) ([^\W\d]{3,9})(?: (\d{4}))?(?= |$)")


def dated(text: str, dates: Iterable[date]) -> str:
    """The text, with the day at its beginning as a date if it is one of ``dates``; all else as it is.

    Raises:
        ValueError: the weekday before the day is another.
    """
    found = _DAY.match(text)
    if found is None:
        return text
    name, number, month, year = found.groups()
    for day in dates:
        same = (day.day, MONTHS[day.month - 1][: len(month)].lower()) == (int(number), month.lower())
        if same and year in (None, str(day.year)):
            if name and parse_weekday(name) != day.weekday():
                raise ValueError(f"{show_date(day, year=True)} is a {weekday(day)}, not a {name[:40]}")
            return f"{day.isoformat()}{text[found.end() :]}"
    return text
