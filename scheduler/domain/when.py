"""Parts of the calendar in words: ``Friday``, ``Thursday pm``, ``2025-02-27 10:00-13:00``, ``last day``, ``am``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from scheduler.domain.calendar import Calendar, Segment, Slot, read_window_date
from scheduler.domain.clock import (
    DAY_MINUTES,
    WEEKDAYS,
    parse_date,
    parse_hours,
    parse_weekday,
    show_clock,
    show_date,
    show_days,
    weekday,
)
from scheduler.domain.spans import Span, covered, joined

_REMEDY = "write a weekday, a date, 'first day' or 'last day', with or without 'am', 'pm' or hours such as 10:00-13:00"
_HALVES = {"am": "morning", "pm": "afternoon"}

Windows: TypeAlias = Mapping[int, tuple[int, int]]
"""Clock hours by the index of their slot: half-open, minutes after midnight."""


@dataclass(frozen=True, slots=True)
class PartOfCalendar:
    """Which slots a planner means, or which hours of them; ``text`` is what was written."""

    text: str
    weekday: int | None = None
    day: date | None = None
    end: Literal["first", "last"] | None = None
    half: Literal["am", "pm"] | None = None
    hours: tuple[int, int] | None = None

    def days(self, calendar: Calendar) -> tuple[date, ...]:
        """The days meant, in order, among those on which somebody can meet."""
        days = calendar.axis.days
        if self.end is not None:
            return days[:1] if self.end == "first" else days[-1:]
        return tuple(day for day in days if self.day in (None, day) and self.weekday in (None, day.weekday()))

    def slots(self, calendar: Calendar) -> frozenset[int]:
        """The indices of the slots meant: those of the day that lie in the half-day or touch the hours."""
        return frozenset(self.windows(calendar))

    def windows(self, calendar: Calendar) -> Windows:
        """The hours meant: of each slot of the day that lies in the half-day, what lies within the hours."""
        chosen = {}
        for slot in self._of_its_days(calendar):
            if self.half is not None and slot.half != self.half:
                continue
            first, last = self.hours or (slot.opens, slot.closes)
            if slot.opens < last and first < slot.closes:
                chosen[slot.index] = max(slot.opens, first), min(slot.closes, last)
        return chosen

    def _of_its_days(self, calendar: Calendar) -> Iterator[Slot]:
        days = frozenset(self.days(calendar))
        return (slot for slot in calendar.axis.slots if slot.day in days)

    def unclear(self, calendar: Calendar, *, one: bool) -> str:
        """What the words leave open in this calendar, with the remedy; empty where they are clear.

        ``one``: a single moment is asked for, so that a weekday must be that of one day.
        """
        several = self.days(calendar) if one and self.weekday is not None else ()
        if len(several) > 1:
            first, *rest = self.text.split(" ", 1)
            meant = " or ".join(f"{weekday(day)} {show_date(day)}" for day in several)
            instead = " ".join([several[0].isoformat(), *rest])
            return f"'{first[:60]}' may be {meant}: write the date, as in {instead}"
        astride = self.astride(calendar)
        if self.half and astride:
            of_day = [slot for slot in calendar.axis.slots if slot.day == astride.day]
            hours = {"am": f"{show_clock(of_day[0].opens)}-12:00", "pm": f"12:00-{show_clock(of_day[-1].closes)}"}
            instead = f"{self.text[: -len(self.text.rsplit(' ', 1)[-1])]}{hours[self.half]}"
            return f"{neither_half(astride)}: write hours, as in {instead}"
        return ""

    def astride(self, calendar: Calendar) -> Slot | None:
        """A slot of the days meant that lies in both halves of its day, where a half is meant."""
        return next((slot for slot in self._of_its_days(calendar) if self.half and slot.half is None), None)

    def spoken(self, calendar: Calendar) -> str:
        """As it would be said: ``on Thursday afternoon``, ``on the last day``, ``in the morning``.

        Of a weekday that occurs twice in the series: ``on Fridays (5 and 12 March)``.
        """
        between = f"between {show_clock(self.hours[0])} and {show_clock(self.hours[1])}" if self.hours else ""
        half = _HALVES[self.half] if self.half else ""
        if self.end:
            shown = f"the {self.end} day"
            shown = f"the {half} of {shown}" if half else shown
        elif self.day:
            shown = f"{weekday(self.day)} {show_date(self.day)}"
            shown = f"the {half} of {shown}" if half else shown
        elif self.weekday is not None:
            days = self.days(calendar)
            name = calendar.day_name(days[0]) if len(days) == 1 else WEEKDAYS[self.weekday]
            shown = f"the {half} of {name}" if half and " " in name else f"{name} {half}".rstrip()
            if len(days) > 1:
                shown = f"{shown}s ({show_days(days)})"
        else:
            return f"in the {half}" if half else between
        return f"on {shown} {between}".rstrip()

    def __str__(self) -> str:
        return self.text


def in_words(parts: Iterable[PartOfCalendar], calendar: Calendar) -> list[str]:
    """Parts as they would be said, one after the other; hours of the same days that touch are said as one."""
    hours: dict[tuple[object, ...], list[Span]] = {}
    whole: dict[tuple[object, ...], PartOfCalendar] = {}
    for part in parts:
        days = (part.weekday, part.day, part.end)
        whole.setdefault((*days, part.half, part.hours is None), part)
        if part.hours is not None:
            hours.setdefault(days, []).append(part.hours)
    said = []
    for key, part in whole.items():
        spans = (None,) if part.hours is None else joined(hours[key[:3]])
        said += [replace(part, hours=span).spoken(calendar) for span in spans]
    return said


def neither_half(slot: Slot) -> str:
    """Why a slot belongs to no half of its day."""
    return (
        f"the slot {slot.hours} on {weekday(slot.day)} {show_date(slot.day)} opens before noon and closes after 14:00, "
        "so it is neither 'am' nor 'pm'"
    )


def touches(windows: Windows, segment: Segment) -> bool:
    """Whether a segment shares a minute with the hours."""
    first, last = windows.get(segment.slot, (0, 0))
    return segment.start < last and first < segment.end


def holds(parts: Iterable[Windows], segment: Segment) -> bool:
    """Whether a segment lies wholly within the hours of all parts together: hours that touch are one."""
    return covered((part[segment.slot] for part in parts if segment.slot in part), segment.start, segment.end)


def parse_when(text: object) -> PartOfCalendar:
    """Read a part of the calendar.

    Raises:
        ValueError: none of the forms above.
    """
    shown = " ".join(str(text).split())
    rest = shown.lower()
    parts: dict[str, Any] = {}
    if match := re.search(r"\b(am|pm|morning|afternoon)$", rest):
        parts["half"] = {"morning": "am", "afternoon": "pm"}.get(match[1], match[1])
        rest = rest[: match.start()].strip()
    elif match := re.search(r"\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}$", rest):  # noqa: RUF001
        parts["hours"] = parse_hours(match[0])
        rest = rest[: match.start()].strip()
    if match := re.fullmatch(r"(first|last) day", rest):
        parts["end"] = match[1]
    elif re.search(r"\d{4}-\d", rest):
        parts["day"] = read_window_date(rest)
    elif rest and (number := parse_weekday(rest)) is not None:
        parts["weekday"] = number
    elif rest or not parts:
        raise ValueError(f"'{shown[:60]}' is not a part of the calendar: {_REMEDY}")
    return PartOfCalendar(shown, **parts)


def _validate(value: Any, info: ValidationInfo) -> PartOfCalendar:
    when = value if isinstance(value, PartOfCalendar) else parse_when(value)
    dates: list[date] | None = (info.context or {}).get("dates")
    if dates:
        if when.day is not None and when.day not in dates:
            raise ValueError(f"{show_date(when.day, year=True)} is not a day of this series: {_span(dates)}")
        if when.weekday is not None and all(day.weekday() != when.weekday for day in dates):
            raise ValueError(f"no {when.text.split()[0]} in this series: {_span(dates)}")
    return when


def _span(dates: list[date]) -> str:
    return f"it runs from {weekday(dates[0])} {show_date(dates[0])} to {weekday(dates[-1])} {show_date(dates[-1])}"


When = Annotated[
    PartOfCalendar,
    PlainValidator(_validate),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["Thursday pm", "2025-02-27", "last day", "am"]}),
]
"""A part of the calendar as a scenario writes it."""


@dataclass(frozen=True, slots=True)
class Period:
    """When somebody is present or away: whole days, or hours of one day (half-open, minutes after midnight)."""

    text: str
    first: date
    last: date
    hours: tuple[int, int] | None = None

    def on(self, day: date) -> Span | None:
        """What of a day lies inside; None: nothing."""
        return (self.hours or (0, DAY_MINUTES)) if self.first <= day <= self.last else None

    def holds(self, day: date, start: int, end: int) -> bool:
        """Whether a segment lies wholly inside."""
        return together_hold((self,), day, start, end)

    def meets(self, day: date, start: int, end: int) -> bool:
        """Whether a segment shares a minute with it."""
        touches = self.first <= day <= self.last
        return touches and (self.hours is None or (start < self.hours[1] and self.hours[0] < end))

    def __str__(self) -> str:
        shown = f"{weekday(self.first)} {show_date(self.first)}"
        if self.hours:
            return f"{shown}, {show_clock(self.hours[0])} to {show_clock(self.hours[1])}"
        return shown if self.first == self.last else f"{shown} to {weekday(self.last)} {show_date(self.last)}"


def together_hold(periods: Iterable[Period], day: date, start: int, end: int) -> bool:
    """Whether a segment lies wholly within periods taken together: those that touch are one."""
    return covered((span for period in periods if (span := period.on(day))), start, end)


def parse_period(text: object) -> Period:
    """Read ``2025-02-28``, ``2025-02-25..2025-02-27`` or ``2025-02-27 10:00-13:00``; weekdays may stand before dates.

    Raises:
        ValueError: none of these forms, or it runs backwards.
    """
    shown = " ".join(str(text).split())
    if ".." in shown:
        first, last = (read_window_date(part.strip()) for part in shown.split("..", 1))
        if first > last:
            raise ValueError(f"'{shown[:60]}' runs backwards: write the earlier date first")
        return Period(shown, first, last)
    if match := re.fullmatch(r"(.*\d{4}-\d{2}-\d{2}) (\d{1,2}:\d{2}.*)", shown):
        day = read_window_date(match[1])
        return Period(shown, day, day, parse_hours(match[2]))
    try:
        day = read_window_date(shown)
    except ValueError:
        parse_date(shown.split()[-1] if shown else "")
        raise
    return Period(shown, day, day)


def _period(value: Any, info: ValidationInfo) -> Period:
    if isinstance(value, Period):
        return value
    word, *rest = str(value).split() or [""]
    number = parse_weekday(word)
    if number is not None and not any("-" in text and text[:4].isdigit() for text in rest):
        days = [day for day in (info.context or {}).get("dates") or () if day.weekday() == number]
        instead = " and ".join(" ".join([weekday(day), day.isoformat(), *rest]) for day in days[:2])
        more = ", one entry for each such day" if len(days) > 1 else ""
        raise ValueError(f"'{str(value)[:60]}' has no date: write {instead or 'it, as in 2025-02-28'}{more}")
    return parse_period(value)


Presence = Annotated[
    Period,
    PlainValidator(_period),
    PlainSerializer(lambda value: value.text, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2025-02-28", "2025-02-25..2025-02-27", "2025-02-27 10:00-13:00"]}),
]
"""A period as a scenario writes it."""
