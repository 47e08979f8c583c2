"""A point of the calendar as planners write it: ``Friday 18:00``, ``2025-02-28 18:00``, ``last day 18:00``."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError, ValidationInfo, WithJsonSchema

from scheduler.domain.calendar import Calendar, Slot
from scheduler.domain.clock import DAY_MINUTES, NOON, parse_clock, show_clock, show_day
from scheduler.domain.when import PartOfCalendar, When

_REMEDY = "write a day and a time, as in Friday 18:00, 2025-02-28 18:00 or last day 18:00"
_MIDNIGHT = timedelta(days=1)
_WHEN: TypeAdapter[PartOfCalendar] = TypeAdapter(When)


@dataclass(frozen=True, slots=True)
class PointOfCalendar:
    """A day in words and a clock time in minutes after midnight."""

    day: PartOfCalendar
    clock: int

    def position(self, calendar: Calendar) -> int | None:
        """Its position on the working-time axis, in a break that of the break; None when the day has no slots.

        After midnight it may lie in a slot of the evening before. If several days are meant, the last counts: only
        stored scenarios can leave that open (``unclear``).
        """
        slots = [calendar.axis.slots[index] for index in self.day.slots(calendar)]
        nights = self._nights(calendar)
        if nights and (not slots or self.clock + DAY_MINUTES < nights[-1].closes):
            return nights[-1].position(self.clock + DAY_MINUTES)
        if not slots:
            return None
        last = max(slot.day for slot in slots)
        position = min(slot.begins for slot in slots if slot.day == last)
        for slot in slots:
            if slot.day == last and slot.opens <= self.clock:
                position = max(position, slot.position(self.clock))
        return position

    def unclear(self, calendar: Calendar) -> str:
        """What is unclear in this calendar, with the remedy; empty if the words mean one moment."""
        found = self.day.unclear(calendar, one=True)
        if found:
            return f"{found} {show_clock(self.clock)}"
        mornings = [s.day + _MIDNIGHT for s in self._nights(calendar) if self.clock + DAY_MINUTES < s.closes]
        days = sorted({*self.day.days(calendar), *mornings}) if mornings and self.day.weekday is not None else []
        if len(days) < 2:
            return ""
        meant = " or ".join(map(show_day, days))
        return f"'{self.day.text[:60]}' may be {meant}: write the date, as in {days[0]} {show_clock(self.clock)}"

    def _nights(self, calendar: Calendar) -> list[Slot]:
        """The slots that run over midnight into a day that may be meant."""
        return [s for s in calendar.axis.slots if s.closes > DAY_MINUTES and self.day.is_day(s.day + _MIDNIGHT)]

    def spoken(self, calendar: Calendar) -> str:
        """As days are named everywhere: ``Friday 18:00``, or ``Friday 12 March 18:00`` where a weekday occurs twice."""
        days = self.day.days(calendar)
        return f"{calendar.day_name(days[-1])} {show_clock(self.clock)}" if days else str(self)

    def __str__(self) -> str:
        return f"{self.day} {show_clock(self.clock)}"


def parse_moment(text: object, context: dict[str, Any] | None = None) -> PointOfCalendar:
    """Read a point of the calendar; ``context`` is that of a scenario's validation, with the days of the series.

    Before noon it may be of the day after one of them, on which a slot of the night ends.

    Raises:
        ValueError: no day, no time, or a day outside the series.
    """
    words = str(text).replace("T", " ").split() if "T" in str(text)[8:12] else str(text).split()
    if len(words) < 2 or ":" not in words[-1]:
        raise ValueError(f"'{str(text)[:60]}' is not a point of the calendar: {_REMEDY}")
    late = re.fullmatch(r"2([4-9]):([0-5]\d)", words[-1])
    if late and words[-1] != "24:00":
        hour = f"0{int(late[1]) - 4}:{late[2]}"
        raise ValueError(f"'{str(text)[:60]}' is after midnight: write the day after and {hour}")
    clock = parse_clock(words[-1])
    day = _day(" ".join(words[:-1]), clock, context or {})
    if day.half or day.hours:
        raise ValueError(f"'{str(text)[:60]}' names a part of a day and a time: {_REMEDY}")
    return PointOfCalendar(day, clock)


def _day(words: str, clock: int, context: dict[str, Any]) -> PartOfCalendar:
    try:
        return _WHEN.validate_python(words, context=context)
    except ValidationError as error:
        dates = context.get("dates")
        if dates and clock < NOON:
            after = {**context, "dates": sorted({*dates, *(day + _MIDNIGHT for day in dates)})}
            with suppress(ValidationError):
                return _WHEN.validate_python(words, context=after)
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _validate(value: Any, info: ValidationInfo) -> PointOfCalendar:
    return value if isinstance(value, PointOfCalendar) else parse_moment(value, info.context)


Moment = Annotated[
    PointOfCalendar,
    PlainValidator(_validate),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["Friday 18:00", "2025-02-28 18:00", "last day 18:00"]}),
]
"""A point of the calendar as a scenario writes it."""
