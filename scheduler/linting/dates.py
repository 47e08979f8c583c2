"""Finds dates in English text: single ones, lists and ranges, with weekdays where they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from scheduler.domain.clock import MONTHS, parse_weekday

_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_MONTH = "(?:" + "|".join(rf"{name[:3]}(?:{name[3:]}|\.|\b)" for name in MONTHS if len(name) > 3) + r"|Sept\.?|May)"
_DAY = r"(?<![\d:.,/])\d{1,2}(?![\d:/])(?:st|nd|rd|th)?"
_YEAR = r"(?:,? \d{4}(?!\d))"
_TO = r" ?(?:-|\bto\b|\buntil\b|\bthrough\b) ?"
_AND = r" ?(?:,? and\b|,|&) ?"
_ITEM = rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?:(?: of)? {_MONTH}{_YEAR}?)?"
_DAY_FIRST = rf"(?:{_WEEKDAY}(?:{_TO}{_WEEKDAY}),? )?{_ITEM}(?:(?:{_TO}|{_AND}){_ITEM}){{0,12}}"
_MONTH_FIRST = (
    rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?:(?:{_TO}|{_AND})(?:{_WEEKDAY},? )?(?:{_MONTH} )?{_DAY}){{0,12}}{_YEAR}?"
)
_ISO = r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])"
_DOTTED = r"(?<![\d.])\d{1,2}\. ?\d{1,2}\. ?\d{4}(?!\d)"
_ANY = re.compile(rf"\b(?:{_ISO}|{_DOTTED}|{_MONTH_FIRST}|{_DAY_FIRST})(?: \(({_WEEKDAY})\))?", re.IGNORECASE)
_ONE = re.compile(
    rf"(?P<to>{_TO})?(?:(?P<weekday>{_WEEKDAY})(?:{_TO}(?P<other>{_WEEKDAY}))?,? )?(?:the )?"
    rf"(?:(?P<before>{_MONTH}) )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?: of)? (?P<after>{_MONTH}))?(?P<year>{_YEAR})?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Written:
    """One date as it is written."""

    day: int
    month: int
    year: int | None
    weekday: int | None = None
    """0 for Monday."""

    @property
    def date(self) -> date | None:
        """None: its year is not written, or the calendar has no such day."""
        return None if self.year is None else _date(self.year, self.month, self.day)

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day, in some year if none is written."""
        return _date(2024 if self.year is None else self.year, self.month, self.day) is not None


@dataclass(frozen=True, slots=True)
class Dates:
    """A date, a list or a range of dates within a text."""

    text: str
    start: int
    """Where it begins in the text."""
    end: int
    items: tuple[Written, ...]
    ranged: bool
    """Whether it goes from its first item to its last."""

    @property
    def first(self) -> date | None:
        """Its first day, if it is known."""
        return self.items[0].date

    @property
    def last(self) -> date | None:
        """Its last day, if it is known."""
        return self.items[-1].date


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dates_in(text: str) -> Iterator[Dates]:
    """Every date, list and range, in order."""
    if not any(character.isdigit() for character in text):
        return
    for match in _ANY.finditer(text):
        found = _numbers(match) if _NUMBERS.fullmatch(match[0].partition(" (")[0]) else _words(match)
        if found and all(FIRST_YEAR <= each.year <= LAST_YEAR for each in found.items if each.year is not None):
            yield found


def with_year(found: Dates, years: Iterable[int], earliest: date | None, latest: date | None) -> Dates:
    """The dates with the year that is left out, where one alone puts all of them between two days."""
    if all(each.year is not None for each in found.items) or earliest is None or latest is None:
        return found
    fits = []
    for year in sorted(set(years)):
        items = tuple(replace(each, year=year) if each.year is None else each for each in found.items)
        if all(each.date is not None and earliest <= each.date <= latest for each in items):
            fits.append(replace(found, items=items))
    return fits[0] if len(fits) == 1 else found


def _numbers(match: re.Match[str]) -> Dates | None:
    found = _NUMBERS.match(match[0])
    if found is None:
        return None
    year, month, day = (
        (int(found[1]), int(found[2]), int(found[3])) if found[1] else (int(found[6]), int(found[5]), int(found[4]))
    )
    if not 1 <= month <= 12:
        return None
    item = Written(day, month, year, parse_weekday(match[1]) if match[1] else None)
    return Dates(match[0], match.start(), match.end(), (item,), False)


def _words(match: re.Match[str]) -> Dates | None:
    """The items of a run; the month or year that an item leaves out is that of the next, in *May 27-28* of the last."""
    pieces = [each for each in _ONE.finditer(match[0]) if each["day"]]
    written = len(pieces)
    if any((each["before"] or each["after"] or "A")[0].islower() for each in pieces):
        return None  # the verb may, the verb march
    months = [_month(each["before"] or each["after"]) for each in pieces]
    last = max((at for at, month in enumerate(months) if month is not None), default=-1)
    month_first = bool(pieces) and pieces[0]["before"] is not None
    kept = len(pieces) if month_first else last + 1  # a number behind the last month is no day
    if last < 0 or not kept:
        return None
    pieces, months = pieces[:kept], months[:kept]
    ranged = [at for at, each in enumerate(pieces) if at and each["to"]]
    bare = not ranged and None in months[:-1]
    if len(pieces) > 1 and bare and not _runs(pieces, months, month_first):
        begin = kept - 1  # paragraph 7, 25 May: only the last is sure
        pieces, months, ranged = pieces[begin:], months[begin:], []
    items = _filled(pieces, months, month_first)
    if match[1] and len(items) == 1 and match.end() == match.end(1) + 1:
        items = [replace(items[0], weekday=parse_weekday(match[1]))]
    start = match.start() + pieces[0].start("weekday" if pieces[0]["weekday"] else "before" if month_first else "day")
    end = match.end() if kept == written else match.start() + pieces[-1].end()
    text = match.string[start:end].strip()
    return Dates(text, start, end, tuple(items), bool(ranged))


def _runs(pieces: list[re.Match[str]], months: list[int | None], month_first: bool) -> bool:
    """Whether the dates of a list or range follow one another in time, as far as months and days tell."""
    items = _filled(pieces, months, month_first)
    keys = [(each.year or 0, each.month, each.day) for each in items]
    wraps = len(keys) > 1 and any(each.year is None for each in items)
    return all(one < other or (wraps and one[1] > other[1]) for one, other in pairwise(keys))


def _filled(pieces: list[re.Match[str]], months: list[int | None], month_first: bool) -> list[Written]:
    years = [int(each["year"].strip(" ,")) if each["year"] else None for each in pieces]
    if month_first:
        for at in range(1, len(months)):
            months[at] = months[at] or months[at - 1]
    for at in range(len(pieces) - 2, -1, -1):
        months[at] = months[at] or months[at + 1]
        if years[at] is None and years[at + 1] is not None:
            wraps = (months[at] or 0) > (months[at + 1] or 0)  # 30 December - 2 January 2026
            years[at] = (years[at + 1] or 0) - wraps
    days = [parse_weekday(each["weekday"]) if each["weekday"] else None for each in pieces]
    if len(pieces) > 1 and pieces[0]["other"]:
        days[-1] = parse_weekday(pieces[0]["other"])
    elif pieces[0]["other"]:
        days[0] = None
    return [
        Written(int(each["day"]), month or 1, year, weekday)
        for each, month, year, weekday in zip(pieces, months, years, days, strict=True)
    ]


def _month(text: str | None) -> int | None:
    if not text:
        return None
    return next(number for number, name in enumerate(MONTHS, 1) if name[:3].lower() == text[:3].lower())
