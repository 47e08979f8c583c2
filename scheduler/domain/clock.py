"""Clock times, dates and lengths of time as planners write them; minutes inside.

Every parser matches the whole text and raises ``ValueError`` with the remedy in its message.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from scheduler.wording import listed

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
DAY_MINUTES = 24 * 60
NOON = DAY_MINUTES // 2
MOST_DAYS = 400
"""The most days of a series."""
MOST_MINUTES = 1_000 * 60 + 9_999
"""The longest length of time that can be written."""
NEXT_DAY = " (next day)"
"""Follows hours that end after midnight."""
LONGEST_NIGHT = 12 * 60
"""The most minutes that hours over midnight may last; longer ones have their two times the wrong way round."""

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_HOURS = re.compile(r"(?:(\d{1,3})\s*(?:h|hrs?|hours?))?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?)?)?", re.IGNORECASE)
_DECIMAL = re.compile(r"(\d{1,3})\.(\d{1,2})\s*(?:h|hrs?|hours?)", re.IGNORECASE)
_ISO = re.compile(r"PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?")


def parse_minutes(text: object) -> int:
    """Read a length of time, ``3h``, ``1h30``, ``90 min``, ``1.5h`` or ``PT3H``, as minutes.

    Raises:
        ValueError: anything else, a bare number and ``1:30`` (hours or minutes?) included.
    """
    shown = str(text).strip()
    if re.fullmatch(r"-\s*\d.*", shown):
        raise ValueError(f"'{shown[:60]}' is negative: a length of time is 0 or more, as in 3h, 1h30 or 90 min")
    if re.fullmatch(r"\d+(\.\d+)?", shown):
        raise ValueError(f"'{shown[:60]}' has no unit: write {shown[:8]} min or {shown[:8]}h")
    if re.fullmatch(r"\d+:\d+", shown):
        hours, minutes = shown.split(":")
        raise ValueError(f"'{shown[:60]}' is a time of day, not a length: write {hours[:4]}h{minutes[:4]}")
    if match := _DECIMAL.fullmatch(shown):
        scale: int = 10 ** len(match[2])
        total, rest = divmod(60 * int(match[1] + match[2]), scale)
        if rest:
            raise ValueError(f"'{shown}' is not a whole number of minutes: write hours and minutes, as in 1h20")
        return total
    if match := re.fullmatch(r"(\d{1,3}),(\d{1,2})\s*(?:h|hrs?|hours?)?", shown, re.IGNORECASE):
        raise ValueError(f"'{shown}' has a comma: write {match[1]}.{match[2]}h")
    match = _ISO.fullmatch(shown) or _HOURS.fullmatch(shown)
    bare = shown.isdigit() or not shown
    if match is None or bare or not any(match.groups()):
        if shown.lower().endswith(("half-day", "half-days", "slot", "slots")):
            only = "only the length of a session is written in half-days or slots"
            raise ValueError(f"'{shown[:60]}' is no length here: {only}; write hours, as in 3h")
        raise ValueError(f"'{shown[:60]}' is not a duration: write 3h, 1h30 or 90 min")
    rest = int(match[2] or 0)
    whole = 60 * int(match[1] or 0) + rest
    if match[1] is not None and rest >= 60:
        raise ValueError(f"'{shown[:60]}' is no length: an hour has 60 minutes; write {write_minutes(whole)}")
    return whole


def show_minutes(minutes: int) -> str:
    """Write a length of time for people: ``3 h``, ``1 h 30``, ``45 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def agreeing(minutes: int, one: str, several: str) -> str:
    """The form that agrees with a length of time as ``show_minutes`` writes it: ``1 h lies``, ``1 h 30 lie``."""
    return one if minutes in (1, 60) else several


def write_minutes(minutes: int) -> str:
    """Write a length of time for a file: ``3h``, ``1h30``, ``45m``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


def parse_clock(text: object) -> int:
    """Read a time of day, ``HH:MM`` from 00:00 to 24:00, as minutes after midnight.

    Raises:
        ValueError: anything else.
    """
    match = _CLOCK.fullmatch(str(text).strip())
    if match is not None and int(match[1]) == 24 and match[2] != "00":
        raise ValueError(f"'{match[0]}' is not a time of day: after midnight write 00:{match[2]}")
    if match is None:
        raise ValueError(f"'{str(text)[:60]}' is not a time of day: write HH:MM between 00:00 and 24:00, as in 10:00")
    return 60 * int(match[1]) + int(match[2])


def same_time(minute: int, clock: int) -> bool:
    """Whether a minute is at a time of day, after midnight too."""
    return (minute - clock) % DAY_MINUTES == 0


def show_clock(minutes: int) -> str:
    """Write minutes after midnight as ``HH:MM``; beyond 24:00 as the time of the next day."""
    if minutes > DAY_MINUTES:
        minutes -= DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


def on_its_day(day: date, minutes: int, *, ending: bool = False) -> tuple[date, int]:
    """A minute of a slot with its own date: beyond 24:00 it lies on the next day, and so does a start at 24:00."""
    if minutes > DAY_MINUTES or (minutes == DAY_MINUTES and not ending):
        return day + timedelta(days=1), minutes - DAY_MINUTES
    return day, minutes


def parse_hours(text: object) -> tuple[int, int]:
    """Read ``10:00-13:00`` as (600, 780), or over midnight ``22:00-01:00`` as (1320, 1500).

    Half-open, minutes after midnight.

    Raises:
        ValueError: not two times, or the second is not after the first; a list, even of times.
    """
    if isinstance(text, list):
        raise ValueError(f"one pair of hours is expected here, not a list: write {_meant_by(text)}")
    parts = re.split(r"\s*(?:-|–|\bto\b)\s*", str(text).strip())  # noqa: RUF001  planners paste the en dash
    if len(parts) != 2:
        raise ValueError(f"'{str(text)[:60]}' is not a pair of hours: write 10:00-13:00")
    opens, closes = over_midnight(parse_clock(parts[0]), parse_clock(parts[1]))
    if opens >= closes:
        raise ValueError(f"'{str(text)[:60]}' {_why_not_hours(opens, closes)}")
    return opens, closes


def _meant_by(listed: Sequence[object]) -> str:
    """The hours that a list stands for, ``[11:30, 11:45]`` or ``[11:30-11:45]``; an example where it has none."""
    text = "-".join(map(str, listed[:3]))
    try:
        parse_hours(text)
    except ValueError:
        return "10:00-13:00"
    return text


def over_midnight(opens: int, closes: int) -> tuple[int, int]:
    """Two times of day as hours: the second is of the next day where that makes at most twelve hours of a night."""
    night = opens >= NOON and 0 < closes < opens and DAY_MINUTES - opens + closes <= LONGEST_NIGHT
    return opens, closes + DAY_MINUTES if night else closes


def _why_not_hours(opens: int, closes: int) -> str:
    """Why hours do not run forwards, and what to write instead."""
    if opens == closes:
        return "lasts no minute: write the time at which it begins and the time at which it ends"
    if closes == 0:
        return f"ends at the end of the day, which is written 24:00: write {show_clock(opens)}-24:00"
    if closes < NOON <= opens and DAY_MINUTES - opens + closes <= LONGEST_NIGHT + DAY_MINUTES // 4:
        lasts = show_minutes(DAY_MINUTES - opens + closes)
        entries = f"{show_clock(opens)}-24:00 and, of the next day, 00:00-{show_clock(closes)}"
        return (
            f"lasts {lasts} over midnight, and hours over midnight last at most {show_minutes(LONGEST_NIGHT)}: "
            f"write {entries}; or, if one day is meant, the earlier time first"
        )
    return "ends before it begins: write the earlier time first"


def show_hours(opens: int, closes: int) -> str:
    """Write a pair of hours as the annexes print it: ``10:00 - 13:00``, ``22:00 - 01:00 (next day)``."""
    first = 0 if opens == DAY_MINUTES else opens
    return f"{show_clock(first)} – {show_clock(closes)}{NEXT_DAY if closes > DAY_MINUTES else ''}"  # noqa: RUF001


def parse_date(text: object) -> date:
    """Read ``2025-02-25``.

    Raises:
        ValueError: not a date of the calendar.
    """
    if isinstance(text, date):
        return text
    shown = str(text).strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", shown):
        raise ValueError(f"'{shown[:60]}' is not a date: write year-month-day, as in 2025-02-25")
    try:
        return date.fromisoformat(shown)
    except ValueError:
        raise ValueError(f"'{shown}' is not in the calendar: {_why_not(shown)}") from None


def _why_not(shown: str) -> str:
    year, month, _ = (int(part) for part in shown.split("-"))
    if not 1 <= month <= 12 or year < 1:
        return "months run from 01 to 12"
    return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"


def read_window_date(text: object) -> date:
    """A date with or without its weekday: ``2025-02-28`` or ``Friday 2025-02-28``.

    Raises:
        ValueError: no date, or the weekday is another.
    """
    if not isinstance(text, str):
        return parse_date(text)
    *words, shown = text.split() or [""]
    day = parse_date(shown)
    if words and (len(words) > 1 or parse_weekday(words[0]) != day.weekday()):
        raise ValueError(f"{show_date(day, year=True)} is a {weekday(day)}, not '{' '.join(words)[:40]}'")
    return day


def text_of_range(value: Any) -> str | None:
    """The text of a range of days, ``2027-02-22..2027-03-05``, or of an entry whose date is one; None of all else."""
    text = value.get("date") if isinstance(value, dict) else value
    return text if isinstance(text, str) and ".." in text else None


def parse_weekday(text: str) -> int | None:
    """The weekday, 0 for Monday, that ``text`` names (``Friday``, ``Fri``, ``fri``), or None."""
    word = text.strip().rstrip(".").lower()
    hits = [i for i, name in enumerate(WEEKDAYS) if len(word) >= 3 and name.lower().startswith(word)]
    return hits[0] if len(hits) == 1 else None


def weekday(day: date) -> str:
    """``Tuesday``."""
    return WEEKDAYS[day.weekday()]


def show_date(day: date, *, year: bool = False) -> str:
    """``25 February``, or with ``year`` ``25 February 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def show_day(day: date, *, dated: bool = True, short: bool = False) -> str:
    """``Friday 5 March``, or without its date ``Friday``; short ``Fri 5 Mar`` or ``Fri``."""
    name, month = weekday(day), MONTHS[day.month - 1]
    name, month = (name[:3], month[:3]) if short else (name, month)
    return f"{name} {day.day} {month}" if dated else name


def show_days(days: Sequence[date]) -> str:
    """``5, 12 and 19 March``, ``26 February and 5 March``; with their years where these differ."""
    years = len({day.year for day in days}) > 1
    words = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        same = following is not None and (day.year, day.month) == (following.year, following.month)
        words.append(str(day.day) if same else show_date(day, year=years))
    return listed(words)


def show_moment(day: date, minutes: int) -> str:
    """``Thursday 27 February at 10:00``; of a minute beyond 24:00 with the next day."""
    if minutes > DAY_MINUTES:
        day, minutes = on_its_day(day, minutes)
    return f"{show_day(day)} at {show_clock(minutes)}"


_LENGTH = (
    r"^(PT(\d+H)?(\d+M)?"
    r"|\d{1,3}(\.\d{1,2})?\s*(h|hr|hrs|hour|hours)(\s*\d{1,2}(\s*(m|min|mins|minutes))?)?"
    r"|\d{1,4}\s*(m|min|mins|minutes))$"
)

LENGTH_SCHEMA = {"type": "string", "pattern": _LENGTH, "examples": ["3h", "1h30", "90 min"]}
"""A length of time in a JSON Schema."""

HOURS_SCHEMA = {
    "type": "string",
    "pattern": r"^([01]?\d|2[0-4]):[0-5]\d\s*(-|–|to)\s*([01]?\d|2[0-4]):[0-5]\d$",  # noqa: RUF001
    "examples": ["10:00-13:00"],
}
"""A pair of hours in a JSON Schema."""


def _minutes(value: Any) -> int:
    if type(value) is not int:
        return parse_minutes(value)
    if not 0 <= value <= MOST_MINUTES:
        raise ValueError(f"{value} is no length of time in minutes: it lies between 0 and {MOST_MINUTES}")
    return value


def _late_clock(value: Any) -> int:
    return value if type(value) is int and DAY_MINUTES < value < 2 * DAY_MINUTES else _clock(value)


def _clock(value: Any) -> int:
    if type(value) is not int:
        return parse_clock(value)
    if not 0 <= value <= DAY_MINUTES:
        raise ValueError(f"{value} is no time of day in minutes after midnight: it lies between 0 and {DAY_MINUTES}")
    return value


Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    PlainSerializer(write_minutes, return_type=str, when_used="json"),
    WithJsonSchema(LENGTH_SCHEMA),
]
"""A length of time in minutes, written ``1h30``."""

Clock = Annotated[
    int,
    BeforeValidator(_clock),
    PlainSerializer(show_clock, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-4]):[0-5][0-9]$", "examples": ["10:00"]}),
]
"""A time of day in minutes after midnight, written ``10:00``."""

LateClock = Annotated[
    int,
    BeforeValidator(_late_clock),
    PlainSerializer(show_clock, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-4]):[0-5][0-9]$", "examples": ["13:00"]}),
]
"""The time at which a slot closes: of the next day it is an integer beyond 1440, and written as a time of day."""

Date = Annotated[
    date,
    BeforeValidator(read_window_date),
    WithJsonSchema({"type": "string", "pattern": r"^([A-Za-z]+ )?\d{4}-\d{2}-\d{2}$", "examples": ["2025-02-25"]}),
]
"""A date, written ``2025-02-25``, perhaps with its weekday before it."""
