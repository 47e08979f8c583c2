"""A point of the calendar as planners write it: ``Friday 18:00``, ``2025-02-28 18:00``, ``last day 18:00``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError, ValidationInfo, WithJsonSchema

from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import DAY_MINUTES, parse_clock, show_clock
from scheduler.domain.when import PartOfCalendar, When

_REMEDY = "write a day and a time, as in Friday 18:00, 2025-02-28 18:00 or last day 18:00"
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
        midnight = timedelta(days=1)
        nights = [
            slot for slot in calendar.axis.slots if slot.closes > DAY_MINUTES and self.day.is_day(slot.day + midnight)
        ]
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
        return f"{found} {show_clock(self.clock)}" if found else ""

    def spoken(self, calendar: Calendar) -> str:
        """As days are named everywhere: ``Friday 18:00``, or ``Friday 12 March 18:00`` where a weekday occurs twice."""
        days = self.day.days(calendar)
        return f"{calendar.day_name(days[-1])} {show_clock(self.clock)}" if days else str(self)

    def __str__(self) -> str:
        return f"{self.day} {show_clock(self.clock)}"


def parse_moment(text: object, context: dict[str, Any] | None = None) -> PointOfCalendar:
    """Read a point of the calendar; ``context`` is that of a scenario's validation, with the days of the series.

    Raises:
        ValueError: no day, no time, or a day outside the series.
    """
    words = str(text).replace("T", " ").split() if "T" in str(text)[8:12] else str(text).split()
    if len(words) < 2 or ":" not in words[-1]:
        raise ValueError(f"'{str(text)[:60]}' is not a point of the calendar: {_REMEDY}")
    clock = parse_clock(words[-1])
    try:
        day = _WHEN.validate_python(" ".join(words[:-1]), context=context)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None
    if day.half or day.hours:
        raise ValueError(f"'{str(text)[:60]}' names a part of a day and a time: {_REMEDY}")
    return PointOfCalendar(day, clock)


def _validate(value: Any, info: ValidationInfo) -> PointOfCalendar:
    return value if isinstance(value, PointOfCalendar) else parse_moment(value, info.context)


Moment = Annotated[
    PointOfCalendar,
    PlainValidator(_validate),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["Friday 18:00", "2025-02-28 18:00", "last day 18:00"]}),
]
"""A point of the calendar as a scenario writes it."""
