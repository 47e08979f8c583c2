"""Warns of texts that contradict the calendar by their dates, and of a title that says draft when it is final."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from scheduler.domain.clock import MONTHS, WEEKDAYS, show_date, weekday
from scheduler.domain.titles import TEXTS, dates_in_words
from scheduler.reading.cleaning import texts_in
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario
from scheduler.wording import quoted

Span: TypeAlias = tuple[date, date]
"""First and last day."""

_MONTH = "|".join(f"{name}|{name.upper()}|{name[:3]}|{name[:3].upper()}" for name in MONTHS) + "|Sept|SEPT"
_WEEKDAY = "|".join(f"{name}|{name.upper()}|{name[:3]}|{name[:3].upper()}" for name in WEEKDAYS)
_AFTER_DAY = rf"\.(?:\s?[-–—]|\s(?:{_MONTH})\b(?!\.?\s\d{{1,2}}\b))"  # noqa: RUF001
"""A point as in ``4.-7. May``, which ends no sentence."""
_TOKEN = (
    r"(?P<iso>\b\d{4}(?:-\d{2}-\d{2}|/\d{2}/\d{2})\b)"
    r"|(?P<slashes>(?<![\d.:/])\b(?:3[01]|[12]\d|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])"
    r"(?:/\d{4}\b(?!/?\d)|(?=\s?[-–—]\s?\d{1,2}/\d{1,2}/\d{4}\b)))"  # noqa: RUF001
    r"|(?P<points>(?<![\d.:/])\b(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])\.(?:\d{4}\b(?![.]?\d)|(?=\s?[-–—])))"  # noqa: RUF001
    rf"|(?P<month>\b(?:{_MONTH})\b\.?)"
    rf"|(?P<weekday>\b(?:{_WEEKDAY})\b\.?)"
    r"|(?P<year>\b(?:19|2\d)\d{2}\b)"
    r"|(?P<day>(?<![\d.:/])\b\d{1,2}(?:(?:st|nd|rd|th|ST|ND|RD|TH)?\b(?![.:/]\d)"
    rf"(?!{_AFTER_DAY})|(?={_AFTER_DAY})\.))"
    r"|(?P<until>-|–|—|\bto\b|\bTO\b|\buntil\b|\bUNTIL\b|\bthrough\b|\.\.)"  # noqa: RUF001  planners paste dashes
    r"|(?P<both>,|&|\band\b|\bAND\b)"
    r"|(?P<filler>\b(?:the|of|on|THE|OF|ON)\b)"
    r"|(?P<blank>\s+)"
    r"|(?P<other>\w+|.)"
)
_OF_ANOTHER_KIND = (
    r"(?i)\b(?:as of|version of|dated|issued|revised|updated|letter of|deadline|before|since|adopted)\W*(?:on|of)?\W*$"
)
"""Words before a date that is no date of the meeting."""
CHARACTERS_BEFORE_A_DATE = 40
"""Characters before a date in which a word can show that it is no date of the meeting."""
_LAST_YEAR = re.compile(r"\b2\d{3}\b(?=[\W_]*$)")
MOST_YEARS_AWAY = 3
"""A year at the end of a title, without a day, is one of the meeting when it is no farther away than this."""
_WEEKDAY_IN_TEXT = re.compile(rf"\b(?:{_WEEKDAY})\b")
_SAYS_DRAFT = r"\bDRAFT\b|^\W*[Dd]raft\b|[(\[]draft[)\]]|\b[Dd]raft (?:schedule|programme|timetable)\b"


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A day as a text writes it, or a month."""

    day: int | None
    """None: the whole month."""
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    runs: bool = False
    """Whether it ends what the one before it begins."""
    either: bool = False
    """Whether day and month may stand for one another, as in ``03/02/2027``."""

    def span(self, days: Sequence[date]) -> Span | None:
        """Its first and last day; without a year that of one of ``days``, else of the first. None: there is none.

        Of two ways to read it, the one that is one of ``days`` is meant.
        """
        if self.either and self.day is not None:
            turned = replace(self, day=self.month, month=self.day, either=False)
            span = turned.span(days)
            if span and span[0] in days:
                return span
        years = [self.year] if self.year else [d.year for d in days if (d.month, d.day) == (self.month, self.day)]
        year, month = (years or [days[0].year])[0], self.month or 1
        if self.day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        try:
            return (date(year, month, self.day),) * 2
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DatesInText:
    """Dates that stand together in a text."""

    text: str
    start: int
    points: tuple[DatePoint, ...]


def dates_in_text(text: str) -> Iterator[DatesInText]:
    """Dates as letters write them: ``25-28 FEBRUARY 2025``, ``31 August to 2 September``, ``February 23-26, 2027``."""
    if not re.search(r"\b\d", text):
        return  # every date has a number: most titles have none, and need not be read
    found = _DateReader(text)
    for match in re.finditer(_TOKEN, text, re.DOTALL):  # compiled where a text is read, not at every start
        yield from found.read(match)
    yield from found.ended()


class _DateReader:
    """Gathers dates that stand together, until a word that belongs to none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._clear()

    def _clear(self) -> None:
        self.points: list[DatePoint] = []
        self.start: int | None = None
        self.end = 0
        self.month: int | None = None
        """Of the days that follow: ``February 23-26``."""
        self.bare = False
        """Whether no day has followed the month so far."""
        self.weekdays: list[int] = []
        """Those that no day has followed so far."""
        self.runs = False

    def ended(self) -> Iterator[DatesInText]:
        """What has been gathered, and a new beginning."""
        points = [p for p in self.points if p.month and (p.day or p.year)]
        if points and self.start is not None:
            yield DatesInText(self.text[self.start : self.end].rstrip("."), self.start, tuple(points))
        self._clear()

    def read(self, token: re.Match[str]) -> Iterator[DatesInText]:
        """One more piece of the text."""
        kind, word = token.lastgroup, token[0]
        if kind in ("blank", "filler"):
            return
        if kind == "other":
            yield from self.ended()
        elif kind == "both":
            self.weekdays = self.weekdays if word == "," else []
        elif kind == "until":
            self.runs = bool(self.points) or self.bare
        else:
            self.start = token.start() if self.start is None else self.start
            self.end = token.end()
            self._take(kind or "", word)

    def _take(self, kind: str, word: str) -> None:
        if kind == "weekday":
            self.weekdays.append(_number(WEEKDAYS, word))
        elif kind == "iso":
            year, month, day = map(int, word.replace("/", "-").split("-"))
            self._point(DatePoint(day, month, year))
        elif kind == "points":
            named = [int(part) if part else None for part in word.split(".")]  # 4.5.2027, or 4.5. before a dash
            self._fill("month", named[1])
            self._fill("year", named[2])
            self._point(DatePoint(named[0], named[1], named[2]))
        elif kind == "slashes":
            self._with_slashes(*map(int, word.split("/")))
        elif kind == "day":
            self._point(DatePoint(int(re.sub(r"\D", "", word)), self.month))
            self.bare = False
        elif kind == "month":
            if self.points and self.points[-1].month is None:
                self._fill("month", _number(MONTHS, word) + 1)
            else:
                runs, self.runs = self.runs, False
                self._whole_month()
                self.month, self.bare, self.runs = _number(MONTHS, word) + 1, True, runs
        elif kind == "year":
            self._whole_month()
            self._fill("year", int(word))
            self.month = None

    def _with_slashes(self, first: int, second: int, year: int | None = None) -> None:
        """``23/02/2027``, or ``23/02`` before a dash: day and month, or as it can be read only, month and day."""
        if min(first, second) > len(MONTHS):
            return
        day, month = (first, second) if second <= len(MONTHS) else (second, first)
        self._fill("month", month)
        self._fill("year", year)
        self._point(DatePoint(day, month, year, either=max(first, second) <= len(MONTHS)))

    def _fill(self, name: Literal["month", "year"], value: int | None) -> None:
        """Give it to the points before that have none: these are the last."""
        for index in range(len(self.points) - 1, -1, -1):
            if getattr(self.points[index], name) is not None:
                return
            point = self.points[index]
            self.points[index] = replace(point, month=value) if name == "month" else replace(point, year=value)

    def _whole_month(self) -> None:
        """A month that no day has followed stands for itself."""
        if self.bare:
            self.bare = False
            self._point(DatePoint(None, self.month))

    def _point(self, point: DatePoint) -> None:
        """One more; of several weekdays before it, as in ``Tuesday to Friday, 23-26 February``, none is its own."""
        own = self.weekdays[0] if len(self.weekdays) == 1 else None
        self.points.append(replace(point, weekday=own, runs=self.runs and bool(self.points)))
        self.weekdays, self.runs = [], False


def _number(names: Sequence[str], word: str) -> int:
    """The index of a month or a weekday by its first three letters."""
    return next(i for i, name in enumerate(names) if name[:3].upper() == word[:3].upper())


def stale(scenario: Scenario, data: Any) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and the remedy: titles whose dates are not those of the calendar, weekdays that contradict dates.

    ``data`` is the scenario as it was read.
    """
    for name in TEXTS:
        if found := _other_dates(scenario, getattr(scenario.meeting, name)):
            said, hint = found
            what = "title" if name == "annex_title" else "name of the series"
            yield ("meeting", name), f"the {what} says {said}", hint
    title = scenario.printed.annex_title
    if scenario.meeting.status == "final" and (draft := re.search(_SAYS_DRAFT, title)):
        word = quoted(draft[0].strip(" ([])"))
        hint = "write {draft} in its place: it says DRAFT as long as the status is draft, and then nothing"
        yield ("meeting", "annex_title"), f"the title says {word}, and the status is final", hint
    for loc, text in texts_in(data):
        if loc[:2] == ("calendar", "days") and len(loc) == 3:
            continue  # the calendar is loaded: it has refused a wrong weekday
        for message in _wrong_weekdays(scenario, text):
            yield loc, message, "correct one of them"


def _other_dates(scenario: Scenario, text: str) -> tuple[str, str] | None:
    """What a title says and what the days are, with the remedy; None where they agree, or it has no dates."""
    calendar = scenario.calendar
    told = [found for found in dates_in_text(text) if not _of_another_kind(text, found)]
    said = " ... ".join(found.text for found in told)
    if not told:
        last = _LAST_YEAR.search(text)
        years = {day.year for day in calendar.dates}
        if last is None or min(abs(int(last[0]) - year) for year in years) not in range(1, MOST_YEARS_AWAY + 1):
            return None
        said = last[0]
    elif any(_names_the_days(scenario, told, passed) for passed in (0, 1)):
        return None
    days, be = ("days", "are") if len(calendar.dates) > 1 else ("day", "is")
    letters = said if re.search(r"[A-Za-z]", said) else text
    placeholder = "{DATES}" if letters.isupper() else "{dates}"
    return (
        f"{quoted(said)}, the {days} of the calendar {be} {dates_in_words(calendar)}",
        f"correct it, or write {placeholder} in its place: it names the days of the calendar",
    )


def _of_another_kind(text: str, found: DatesInText) -> bool:
    return re.search(_OF_ANOTHER_KIND, text[max(0, found.start - CHARACTERS_BEFORE_A_DATE) : found.start]) is not None


def _names_the_days(scenario: Scenario, told: Sequence[DatesInText], passed: int) -> bool:
    """Whether dates begin and end on days of the calendar, and hold every day on which somebody can meet.

    ``passed`` numbers before others are passed over: in ``Part 2, 23-26 February`` the first is no day.
    """
    shown, meant = scenario.calendar.dates, scenario.calendar.axis.days or scenario.calendar.dates
    spans: list[Span] = []
    for found in told:
        begins_there = len(found.points) > 1 and found.points[1].runs  # a first day is no number of something else
        for point in found.points if begins_there else found.points[passed:] or found.points:
            span = point.span(shown)
            inside = [day for day in shown if span and span[0] <= day <= span[1]]
            if span is None or not inside:
                return False
            if point.runs and spans:
                spans[-1] = spans[-1][0], span[1]
            else:
                spans.append(span)
    return all(any(first <= day <= last for first, last in spans) for day in meant)


def _wrong_weekdays(scenario: Scenario, text: str) -> Iterator[str]:
    """Weekdays that are not those of their dates; a date without a year counts where it is one of the calendar."""
    if not _WEEKDAY_IN_TEXT.search(text):
        return
    shown = scenario.calendar.dates
    for found in dates_in_text(text):
        for point in found.points:
            day, _ = point.span(shown) or (None, None)
            certain = point.day is not None and (point.year is not None or day in shown)
            if day is not None and certain and point.weekday not in (None, day.weekday()):
                yield f"{show_date(day, year=True)} is a {weekday(day)}, and the text says {quoted(found.text)}"
