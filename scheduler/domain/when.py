"""Parts of the calendar in words: ``Friday``, ``Thursday pm``, ``2025-02-27 10:00-13:00``, ``last day``, ``am``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Protocol, TypeAlias

from pydantic import PlainSerializer, PlainValidator, ValidationError, ValidationInfo, WithJsonSchema

from scheduler.domain.calendar import Calendar, Segment, Slot
from scheduler.domain.clock import (
    DAY_MINUTES,
    NOON,
    WEEKDAYS,
    parse_date,
    parse_hours,
    parse_weekday,
    read_window_date,
    show_clock,
    show_date,
    show_day,
    show_days,
    weekday,
)
from scheduler.domain.spans import Span, covered, joined

_REMEDY = (
    "write a weekday, a date, a range of dates such as 2025-02-25..2025-02-27, 'first day' or 'last day', with or "
    "without 'am', 'pm' or hours such as 10:00-13:00"
)
_DATED = re.compile(r"([^\W\d]+\.? )?\d{4}-\d{2}-\d{2}( ?\.\. ?([^\W\d]+\.? )?\d{4}-\d{2}-\d{2})?( \d{1,2}:\d{2}.*)?")
"""The form of a period with dates, whatever is wrong with them."""
_ENDS = ("first day", "last day")
_HALVES = {"am": "morning", "pm": "afternoon"}

Windows: TypeAlias = Mapping[int, tuple[Span, ...]]
"""Clock hours by the index of their slot: half-open, minutes after the midnight before it opens."""


@dataclass(frozen=True, slots=True)
class PartOfCalendar:
    """The slots that a planner means, or hours of them; ``text`` is what the planner wrote."""

    text: str
    weekday: int | None = None
    day: date | None = None
    end: Literal["first", "last"] | None = None
    half: Literal["am", "pm"] | None = None
    hours: tuple[int, int] | None = None
    until: date | None = None
    """The last of several days, of which ``day`` is the first."""

    def days(self, calendar: Calendar) -> tuple[date, ...]:
        """The days meant, in order, among those on which somebody can meet."""
        days = calendar.axis.days
        if self.end is not None:
            return days[:1] if self.end == "first" else days[-1:]
        if self.day is not None and self.until is not None:
            return tuple(day for day in days if self.day <= day <= self.until)
        return tuple(day for day in days if self.day in (None, day) and self.weekday in (None, day.weekday()))

    def is_day(self, day: date) -> bool:
        """Whether a day is one of those named by weekday or date."""
        if self.day is not None:
            return self.day <= day <= (self.until or self.day)
        return self.weekday == day.weekday()

    def slots(self, calendar: Calendar) -> frozenset[int]:
        """The indices of the slots meant: those of the day that lie in the half-day or touch the hours."""
        return frozenset(self.windows(calendar))

    def windows(self, calendar: Calendar) -> Windows:
        """What is meant of each slot: of those that begin on the days, in their half; or the hours of the days."""
        kept: dict[PartOfCalendar, Windows] = calendar.meant
        if self not in kept:
            kept[self] = self._windows(calendar)
        return kept[self]

    def _windows(self, calendar: Calendar) -> Windows:
        if self.hours is None:
            whole = (slot for slot in self._of_its_days(calendar) if self.half in (None, slot.half))
            return {slot.index: ((slot.opens, slot.closes),) for slot in whole}
        ends = frozenset(self.days(calendar)) if self.end else frozenset()
        chosen = {}
        for slot in calendar.axis.slots:
            spans = [(max(slot.opens, first), min(slot.closes, last)) for first, last in self._hours_around(slot, ends)]
            if any(a < last and first < b for a, b in slot.stretches for first, last in spans):
                chosen[slot.index] = tuple(span for span in spans if span[0] < span[1])
        return chosen

    def _hours_around(self, slot: Slot, ends: frozenset[date]) -> Iterator[Span]:
        """The hours that may reach into a slot, of its day and of those beside it; ``ends``: the first or last day."""
        assert self.hours is not None, "asked only where there are hours"
        first, last = self.hours
        everywhere = self.weekday is None and self.day is None and self.end is None
        for shift in (-1, 0, 1):
            day = slot.day + timedelta(days=shift)
            if everywhere or day in ends or self.is_day(day):
                yield first + shift * DAY_MINUTES, last + shift * DAY_MINUTES

    def _of_its_days(self, calendar: Calendar) -> Iterator[Slot]:
        days = frozenset(self.days(calendar))
        return (slot for slot in calendar.axis.slots if slot.day in days)

    def unclear(self, calendar: Calendar, *, one: bool) -> str:
        """What is unclear in this calendar, with the remedy; empty if the words are clear.

        ``one``: the words must mean a single moment, so a weekday must occur once.
        """
        several = self.days(calendar) if one and (self.weekday is not None or self.until is not None) else ()
        if len(several) > 1:
            first, *rest = self.text.split(" ", 1) if self.until is None else self._parted()
            meant = " or ".join(show_day(day) for day in several)
            instead = " ".join([several[0].isoformat(), *rest])
            return f"'{first[:60]}' may be {meant}: write the date, as in {instead}"
        astride = self.astride(calendar)
        if self.half and astride:
            of_day = [slot for slot in calendar.axis.slots if slot.day == astride.day]
            hours = {
                "am": f"{show_clock(of_day[0].opens)}-12:00",
                "pm": f"12:00-{show_clock(min(of_day[-1].closes, DAY_MINUTES))}",
            }
            instead = f"{self.text[: -len(self.text.rsplit(' ', 1)[-1])]}{hours[self.half]}"
            return f"{neither_half(astride)}: write hours, as in {instead}"
        return ""

    def _parted(self) -> tuple[str, ...]:
        """The range of days, and the half or the hours of them if there are any, as they were written."""
        found = re.fullmatch(r"(.*\d{4}-\d{2}-\d{2})(?: (.+))?", self.text)
        return tuple(part for part in found.groups() if part) if found else (self.text,)

    def astride(self, calendar: Calendar) -> Slot | None:
        """If a half-day is meant, the first slot of the days that lies in both halves; else None."""
        return next((slot for slot in self._of_its_days(calendar) if self.half and slot.half is None), None)

    def spoken(self, calendar: Calendar) -> str:
        """In words: ``on Thursday afternoon``, ``on the last day``, ``in the morning``.

        Of a weekday that occurs twice in the series: ``on Fridays (5 and 12 March)``.
        """
        between = f"between {show_clock(self.hours[0])} and {show_clock(self.hours[1])}" if self.hours else ""
        half = _HALVES[self.half] if self.half else ""
        if self.end:
            shown = f"the {self.end} day"
            shown = f"the {half} of {shown}" if half else shown
        elif self.day and self.until:
            part = f"in the {half}s " if half else ""
            return f"{part}from {show_day(self.day)} to {show_day(self.until)} {between}".rstrip()
        elif self.day:
            shown = show_day(self.day)
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
    """Parts in words, in order; hours of the same days that touch are one part."""
    hours: dict[tuple[object, ...], list[Span]] = {}
    whole: dict[tuple[object, ...], PartOfCalendar] = {}
    for part in parts:
        days = (part.weekday, part.day, part.end, part.until)
        whole.setdefault((*days, part.half, part.hours is None), part)
        if part.hours is not None:
            hours.setdefault(days, []).append(part.hours)
    said = []
    for key, part in whole.items():
        spans = (None,) if part.hours is None else joined(hours[key[:4]])
        said += [replace(part, hours=span).spoken(calendar) for span in spans]
    return said


def neither_half(slot: Slot) -> str:
    """Why a slot belongs to no half of its day."""
    return (
        f"the slot {slot.hours} on {show_day(slot.day)} opens before noon and closes after 14:00, "
        "so it is neither 'am' nor 'pm'"
    )


def touches(windows: Windows, segment: Segment) -> bool:
    """Whether a segment shares a minute with the hours; in its breaks nobody sits."""
    spans = windows.get(segment.slot, ())
    return any(start < last and first < end for first, last in spans for start, end in segment.stretches)


def holds(parts: Iterable[Windows], segment: Segment) -> bool:
    """Whether a segment lies wholly within the hours of all parts together: hours that touch are one."""
    inside = [span for part in parts for span in part.get(segment.slot, ())]
    return all(covered(inside, start, end) for start, end in segment.stretches)


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
    elif ".." in rest:
        from scheduler.domain.day_ranges import read_range

        parts["day"], parts["until"] = read_range(rest)
    elif re.search(r"\d{4}-\d", rest):
        parts["day"] = read_window_date(rest)
    elif rest and (number := parse_weekday(rest)) is not None:
        parts["weekday"] = number
    elif rest or not parts:
        raise ValueError(f"'{shown[:60]}' is not a part of the calendar: {_REMEDY}")
    return PartOfCalendar(shown, **parts)


def _validate(value: Any, info: ValidationInfo) -> PartOfCalendar:
    dates: list[date] | None = (info.context or {}).get("dates")
    when = value if isinstance(value, PartOfCalendar) else parse_when(_dated(value, dates))
    if dates:
        if when.day is not None and when.until is not None:
            if not any(when.day <= day <= when.until for day in dates):
                raise ValueError(f"no day of this series lies in {when.text[:60]}: {_span(dates)}")
        elif when.day is not None and when.day not in dates:
            raise ValueError(f"{show_date(when.day, year=True)} is not a day of this series: {_span(dates)}")
        if when.weekday is not None and all(day.weekday() != when.weekday for day in dates):
            raise ValueError(f"no {when.text.split()[0]} in this series: {_span(dates)}")
    return when


def _dated(value: Any, dates: list[date] | None) -> str:
    """One line of text; a day of the series in words is its date."""
    shown = " ".join(str(value).split())
    if not dates or not re.search(r"\d [^\W\d]{3}", shown):
        return shown
    from scheduler.domain.dates_in_words import dated

    return dated(shown, dates)


def _span(dates: list[date]) -> str:
    if len(dates) == 1:
        return f"it is {weekday(dates[0])} {show_date(dates[0])} alone"
    return f"it runs from {weekday(dates[0])} {show_date(dates[0])} to {weekday(dates[-1])} {show_date(dates[-1])}"


When = Annotated[
    PartOfCalendar,
    PlainValidator(_validate),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "examples": ["Thursday pm", "2025-02-27", "2025-02-25..2025-02-27", "last day", "am"]}
    ),
]
"""A part of the calendar as a scenario writes it."""


class Hours(Protocol):
    """Hours of a day in which somebody sits: a segment or a slot."""

    @property
    def day(self) -> date:
        """The day from whose midnight they are counted."""

    @property
    def stretches(self) -> tuple[Span, ...]:
        """The hours without breaks, half-open."""


@dataclass(frozen=True, slots=True)
class Period:
    """When somebody is present or away: days, half-days, or hours (half-open, minutes after midnight)."""

    text: str
    first: date
    last: date
    hours: tuple[int, int] | None = None
    weekday: int | None = None
    """Only days of this weekday, 0 for Monday: also beyond the first and the last day."""
    half: Literal["am", "pm"] | None = None
    noons: Mapping[date, int] = field(default_factory=dict, hash=False)
    """The minute at which the afternoon begins, on days whose morning slot closes after noon."""

    def days(self) -> tuple[date, ...]:
        """The days meant, from the first to the last."""
        span = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        return tuple(day for day in span if self.weekday in (None, day.weekday()))

    def on(self, day: date) -> Span | None:
        """The part of a day that lies inside; None: no part."""
        meant = day.weekday() == self.weekday if self.weekday is not None else self.first <= day <= self.last
        if not meant:
            return None
        noon = self.noons.get(day, NOON)
        return self.hours or {None: (0, DAY_MINUTES), "am": (0, noon), "pm": (noon, DAY_MINUTES)}[self.half]

    def alone(self, day: date) -> Period | None:
        """The part of a day that lies inside, as a period of its own; None: no part."""
        span = self.on(day)
        if span is None:
            return None
        if self.half == "pm":  # to the end of a slot over midnight too
            return Period(f"{day.isoformat()} pm", day, day, half="pm", noons=self.noons)
        whole = span == (0, DAY_MINUTES)
        text = day.isoformat() if whole else f"{day.isoformat()} {show_clock(span[0])}-{show_clock(span[1])}"
        return Period(text, day, day, None if whole else span)

    def spans(self, day: date) -> Iterator[Span]:
        """What lies inside for slots that begin on a day, counted from its midnight.

        A day, or the second half of one, holds them to their end, after midnight too; hours are those of the clock.
        """
        for days in (-1, 0, 1) if self.hours else (0,):
            if (span := self.on(day + timedelta(days=days))) is not None:
                first, last = span
                last += DAY_MINUTES if self.hours is None and last == DAY_MINUTES else 0
                yield first + days * DAY_MINUTES, last + days * DAY_MINUTES

    def meets(self, hours: Hours) -> bool:
        """Whether hours share a minute with it."""
        spans = list(self.spans(hours.day))
        return any(start < last and first < end for first, last in spans for start, end in hours.stretches)

    @property
    def spoken(self) -> str:
        """In words: ``on Friday 5 March``, ``from ... to ...``, ``on Fridays (5 and 12 March)``."""
        return f"{'on' if self.weekday is not None or self.first == self.last else 'from'} {self}"

    def __str__(self) -> str:
        shown = show_day(self.first)
        half = f", in the {_HALVES[self.half]}" if self.half else ""
        hours = f", {show_clock(self.hours[0])} to {show_clock(self.hours[1])}" if self.hours else half
        if self.first == self.last:
            return f"{shown}{hours}"
        if self.weekday is not None:
            return f"{WEEKDAYS[self.weekday]}s ({show_days(self.days())}){hours}"
        return f"{shown} to {show_day(self.last)}{hours}"


def together_hold(periods: Iterable[Period], hours: Hours) -> bool:
    """Whether hours lie wholly within periods taken together: those that touch are one."""
    spans = [span for period in periods for span in period.spans(hours.day)]
    return all(covered(spans, start, end) for start, end in hours.stretches)


def parse_period(text: object) -> Period:
    """Read ``2025-02-28`` or ``2025-02-25..2025-02-27``, and hours of them; weekdays may stand before dates.

    Raises:
        ValueError: none of these forms, or it runs backwards.
    """
    shown = " ".join(str(text).split())
    hours = None
    days = shown
    if match := re.fullmatch(r"(.*\d{4}-\d{2}-\d{2}) (\d{1,2}:\d{2}.*)", shown):
        days, hours = match[1], parse_hours(match[2])
    if ".." in days:
        from scheduler.domain.day_ranges import read_range

        return Period(shown, *read_range(days), hours)
    if hours:
        day = read_window_date(days)
        return Period(shown, day, day, hours)
    try:
        day = read_window_date(shown)
    except ValueError:
        parse_date(shown.split()[-1] if shown else "")
        raise
    return Period(shown, day, day)


def _period(value: Any, info: ValidationInfo) -> Period:
    if isinstance(value, Period):
        return value
    context: dict[str, Any] = info.context or {}
    shown = _dated(value, context.get("dates"))
    half = re.fullmatch(r"(.*?) ?\b(am|pm|morning|afternoon)", shown, re.IGNORECASE)
    body = half[1] if half else shown
    words = re.fullmatch(r"(first day|last day|[^\W\d]+|) ?(\d{1,2}:\d{2}.*)?", body, re.IGNORECASE)
    number = parse_weekday(words[1]) if words else None
    named = words is not None and (number is not None or words[1].lower() in ("", *_ENDS))
    if words is not None and named and shown:
        found = _recurring(words[1], number, parse_hours(words[2]) if words[2] else None, context)
    elif _DATED.fullmatch(body):
        found = parse_period(body)
    else:
        raise ValueError(f"'{str(value)[:60]}' is not a part of the calendar: {_REMEDY}")
    if half is None:
        return replace(found, text=shown)
    if found.hours:
        raise ValueError(f"'{shown[:60]}' has hours and '{half[2]}': write one of them")
    word: Literal["am", "pm"] = "am" if half[2].lower() in ("am", "morning") else "pm"
    return replace(found, text=shown, half=word, noons=_noons(found, shown, word, context.get("calendar")))


def _recurring(text: str, number: int | None, hours: tuple[int, int] | None, context: Mapping[str, Any]) -> Period:
    """Every day of a weekday, the first or the last day with slots, or every day of the series."""
    dates: list[date] = context.get("dates") or []
    days = [day for day in dates if number in (None, day.weekday())]
    if dates and not days:
        raise ValueError(f"no {text} in this series: {_span(dates)}")
    if text.lower() in _ENDS:
        days = _open_days(context.get("calendar")) or days
        days = days[:1] if text.lower() == _ENDS[0] else days[-1:]
    first, last = (days[0], days[-1]) if days else (date.min, date.min)  # unreadable days are reported at the calendar
    return Period(text, first, last, hours, number)


def _open_days(calendar: Any) -> list[date]:
    """Days with slots; none if the calendar cannot be read."""
    try:
        return list(Calendar.model_validate(calendar).axis.days)
    except ValidationError:
        return []  # reported at the calendar


def _noons(period: Period, text: str, half: Literal["am", "pm"], calendar: Any) -> dict[date, int]:
    """The minute at which the afternoon begins, for days on which that is after noon.

    Raises:
        ValueError: a slot of the days lies in both halves.
    """
    if calendar is None:
        return {}
    try:
        slots = Calendar.model_validate(calendar).axis.slots
    except ValidationError:
        return {}  # reported at the calendar
    noons: dict[date, int] = {}
    for slot in slots:
        if period.on(slot.day) is None:
            continue
        if slot.half is None:
            hours = {"am": f"{show_clock(slot.opens)}-12:00", "pm": f"12:00-{show_clock(slot.closes)}"}[half]
            raise ValueError(
                f"{neither_half(slot)}: write hours, as in {text.rpartition(' ')[0]} {hours}".replace("  ", " ")
            )
        if slot.half == "am" and slot.closes > NOON:
            noons[slot.day] = slot.closes
    return noons


Presence = Annotated[
    Period,
    PlainValidator(_period),
    PlainSerializer(lambda value: value.text, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "examples": ["2025-02-28", "2025-02-25..2025-02-27", "2025-02-27 10:00-13:00", "Friday pm", "last day"],
        }
    ),
]
"""A period as a scenario writes it."""
