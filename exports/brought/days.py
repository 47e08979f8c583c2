"""Days and hours as people write them in tables: ``Wednesday``, ``25 Feb``, ``25.2.2027``, ``10h00``, ``morning``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.calendar import AFTER_LUNCH, refuse_strange_year
from scheduler.domain.clock import (
    DAY_MINUTES,
    MONTHS,
    NEXT_DAY,
    NOON,
    WEEKDAYS,
    over_midnight,
    parse_weekday,
    show_date,
    weekday,
)
from scheduler.wording import quoted, suggest

_MONTH = "|".join(name[:3] for name in MONTHS)
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_DAY_FIRST = re.compile(rf"{_ORDINAL}[ -](?:of )?({_MONTH})[a-z]*\.?(?:[ ,-]+(\d{{4}}))?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_MONTH})[a-z]*\.? {_ORDINAL}(?:[ ,]+(\d{{4}}))?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b)\s*", re.IGNORECASE)  # noqa: RUF001  planners paste dashes
_UNTIL = re.compile(r"(?:until|till|to)\s+(.*)", re.IGNORECASE)
_WORDS = {
    "morning": ("morning", "mornings", "am", "a.m.", "forenoon", "before lunch"),
    "afternoon": ("afternoon", "afternoons", "pm", "p.m.", "after lunch"),
    "evening": ("evening", "evenings", "night"),
    "day": ("all day", "whole day", "full day", "the whole day"),
}
_WRITE = "write it as 2027-02-25, Thursday 25 February or Thursday"
WHOLE_DAY = "day"
"""Among the words for half-days: both of them."""
HALF_DAYS = tuple(word for word in _WORDS if word != WHOLE_DAY)
HALVES = {spelling: word for word, spellings in _WORDS.items() for spelling in spellings}
"""Words for half-days, by what people write."""
_LAST_WORD = re.compile(rf"(.*?)[\s,:(]*\b({'|'.join(re.escape(word) for word in sorted(HALVES, key=len)[::-1])})\)?$")
_FROM_TO = r"\d{1,2}[:.h]\d{2}(?:\s*(?:-|–|—|to)\s*\d{1,2}[:.h]\d{2})?"  # noqa: RUF001
_LAST_HOURS = re.compile(rf"(.*?)[\s,:(]*({_FROM_TO}(?:{re.escape(NEXT_DAY)})?)\)?$")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it is written: a weekday, a date, or both; of a date as many readings as there are."""

    text: str
    weekday: int | None
    """0 for Monday."""
    dates: tuple[tuple[int | None, int, int], ...] = ()
    """Year (None: not written), month and day of the month."""

    @property
    def day(self) -> date | None:
        """The date, where it is written with its year and can be read in one way."""
        found = self.days(())
        return found[0] if len(found) == 1 else None

    def days(self, known: Iterable[date]) -> list[date]:
        """The dates that may be meant: of those with a year all, else those of the ``known``."""
        found = []
        for year, month, number in self.dates:
            if year is not None:
                found.append(date(year, month, number))
            else:
                found += [day for day in known if (day.month, day.day) == (month, number)]
        if not self.dates:
            found = [day for day in known if day.weekday() == self.weekday]
        return list(dict.fromkeys(found))

    @property
    def contradiction(self) -> str:
        """What is wrong where the weekday is not that of the date; empty where it is, or the year is not written."""
        if self.day is None or self.weekday in (None, self.day.weekday()):
            return ""
        return wrong_weekday(self.day, self.text)


def wrong_weekday(day: date, written: str) -> str:
    """That a date has another weekday than is ``written``."""
    return f"{show_date(day, year=True)} is a {weekday(day)}, not '{written[:40]}': correct one of them"


def read_day(text: str) -> WrittenDay | None:
    """Read a day; None: the text is none."""
    shown = " ".join(text.replace("\n", " ").split()).strip(" ,:")
    words = [word for word in re.split(r"[ ,]+", shown) if word]
    named = [(at, number) for at, word in enumerate(words) if (number := parse_weekday(word)) is not None]
    if len(named) > 1:
        return None
    rest = " ".join(word for at, word in enumerate(words) if not named or at != named[0][0]).strip("() ")
    number = named[0][1] if named else None
    if not rest:
        return WrittenDay(shown, number) if named else None
    dates = tuple(found for found in _dates(rest) if _exists(*found))
    return WrittenDay(shown, number, dates) if dates else None


def _dates(text: str) -> list[tuple[int | None, int, int]]:
    if match := _ISO.fullmatch(text):
        return [(int(match[1]), int(match[2]), int(match[3]))]
    if match := _DOTTED.fullmatch(text):
        return [(_year(match[3]), int(match[2]), int(match[1]))]
    if match := _SLASHED.fullmatch(text):
        one, other, year = int(match[1]), int(match[2]), _year(match[3])
        return list(dict.fromkeys([(year, other, one), (year, one, other)]))
    if match := _DAY_FIRST.fullmatch(text):
        return [(_year(match[3]), _month(match[2]), int(match[1]))]
    if match := _MONTH_FIRST.fullmatch(text):
        return [(_year(match[3]), _month(match[1]), int(match[2]))]
    return []


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name[:3].lower() == text.lower())


def _exists(year: int | None, month: int, number: int) -> bool:
    try:
        refuse_strange_year(date(2024 if year is None else year, month, number))  # a leap year has every day
    except ValueError:
        return False
    return True


def read_clock(text: str) -> int | None:
    """Minutes after midnight of ``10:00``, ``10.00``, ``10h00``, ``10:00:00``, ``3 pm``; None: the text is no time."""
    shown = text.strip()
    if match := re.fullmatch(r"(\d{1,4}) min", shown):  # what is read from a cell with the format [hh]:mm
        return int(match[1]) if int(match[1]) <= DAY_MINUTES else None
    match = _CLOCK.fullmatch(shown)
    if match is None or not (match[2] or match[3]):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    found = 60 * hour + minute
    return found if minute < 60 and found <= DAY_MINUTES else None


def read_hours(text: str) -> tuple[int | None, int | None] | None:
    """Start and end of ``10:00-13:00``, the start of ``10:00``, the end of ``until 13:00``; None: nothing of these.

    Of hours over midnight, and of those that are said to lie on the next day, minutes after midnight go on beyond 1440.
    """
    shown = text.strip().removesuffix(NEXT_DAY)
    if match := _UNTIL.fullmatch(shown):
        end = read_clock(match[1])
        return None if end is None else (None, end)
    parts = _RANGE.split(shown)
    clocks = [read_clock(part) for part in parts]
    if len(parts) > 2 or clocks[0] is None or (len(parts) == 2 and clocks[1] is None):
        return None
    if len(parts) == 1 or clocks[1] is None:
        return clocks[0], None
    opens, closes = over_midnight(clocks[0], clocks[1])
    later = DAY_MINUTES if shown != text.strip() and closes <= DAY_MINUTES else 0
    return opens + later, closes + later


def day_and_part(text: str, names: Sequence[str] = ()) -> tuple[str, str]:
    """``Wednesday morning`` as ``Wednesday`` and ``morning``: a day, and a half-day, hours or name of a slot.

    Either may be empty; a text that ends in no part of a day is given back as the day.
    """
    shown = " ".join(text.replace("\n", " ").split())
    for name in sorted(names, key=len, reverse=True):
        if shown.lower() == name.lower() or shown.lower().endswith(f" {name.lower()}"):
            return shown[: -len(name)].strip(" ,:"), shown[-len(name) :]
    for pattern in (_LAST_WORD, _LAST_HOURS):
        match = pattern.fullmatch(shown.lower())
        if match is not None:
            part = shown[match.start(2) : match.end(2)]
            return _without_word(shown[: match.end(1)].strip(" ,:"), part), part
    return shown, ""


def _without_word(day: str, hours: str) -> str:
    """``Tuesday morning`` before ``10:00`` as ``Tuesday``; a word that the hours contradict stays."""
    match, written = _LAST_WORD.fullmatch(day.lower()), read_hours(hours)
    if match is None or written is None or written[0] is None:
        return day
    fits = {"morning": written[0] < NOON, "afternoon": written[0] >= NOON, "evening": written[0] > AFTER_LUNCH}
    return day[: match.end(1)].strip(" ,:") if fits.get(HALVES[match[2]]) else day


def is_part(text: str, names: Sequence[str] = ()) -> bool:
    """Whether the text is a part of a day, and nothing else."""
    day, part = day_and_part(text, names)
    return bool(part) and not day


def no_day(text: str) -> str:
    """That a text is no day, and what to write."""
    if not text.strip():
        return f"nothing stands here: {_WRITE}"
    near = next((name for word in text.split() if (name := suggest(word, WEEKDAYS)) is not None), None)
    return f"{quoted(text)} is no day: " + (f"did you mean {quoted(near)}?" if near else _WRITE)


def no_part(text: str, names: Sequence[str]) -> str:
    """That a text is no part of a day, and what to write."""
    several = [part for part in re.split(r"[\s,;+&/]+|-", text) if part.lower() in HALVES]
    if len(several) > 1:
        return f"{quoted(text)} is more than one half-day: write a row for each of them"
    near = suggest(text, [*HALVES, *names])
    words = ", ".join(dict.fromkeys(["morning", "afternoon", "evening", "all day", *names]))
    hint = f"did you mean {quoted(near)}?" if near else f"write one of {words}, or hours"
    return f"{quoted(text)} is no half-day: {hint}"
