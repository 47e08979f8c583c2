"""Breaks: hours within a slot in which everybody pauses, as for coffee, and which are no working time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from scheduler.domain.base import Frozen
from scheduler.domain.clock import (
    DAY_MINUTES,
    HOURS_SCHEMA,
    agreeing,
    parse_hours,
    parse_weekday,
    read_window_date,
    show_clock,
    show_date,
    show_minutes,
)
from scheduler.domain.spans import Span, write_band

LONG_PAUSE = 60
"""The minutes of a pause that parts two half-days, and so two slots: a break stays below."""
_DAYS_REMEDY = "write weekdays, dates or ranges of dates, as in [Tuesday, 2025-02-26..2025-02-28]"


@dataclass(frozen=True, slots=True)
class SomeDays:
    """Every day of a weekday, or from the first to the last date; ``text`` is what the planner wrote."""

    text: str
    weekday: int | None = None
    first: date = date.min
    last: date = date.max

    def __contains__(self, day: date) -> bool:
        return self.weekday in (None, day.weekday()) and self.first <= day <= self.last

    def __str__(self) -> str:
        return self.text


def parse_days(text: object) -> SomeDays:
    """Read ``Tuesday``, ``2025-02-25``, ``Tuesday 2025-02-25`` or ``2025-02-25..2025-02-28``.

    Raises:
        ValueError: none of these forms.
    """
    shown = " ".join(str(text).split())
    if (number := parse_weekday(shown)) is not None:
        return SomeDays(shown, weekday=number)
    if ".." in shown:
        from scheduler.domain.day_ranges import read_range

        return SomeDays(shown, None, *read_range(shown))
    if not any(character.isdigit() for character in shown):
        raise ValueError(f"'{shown[:60]}' is no day: {_DAYS_REMEDY}")
    day = read_window_date(shown)
    return SomeDays(shown, None, day, day)


def _some_days(value: Any, info: ValidationInfo) -> SomeDays:
    from scheduler.domain.dates_in_words import dated

    dates: Sequence[date] = (info.context or {}).get("dates") or ()
    days = value if isinstance(value, SomeDays) else parse_days(dated(" ".join(str(value).split()), dates))
    if dates and not any(day in days for day in dates):
        series = f"it runs from {show_date(dates[0])} to {show_date(dates[-1])}"
        raise ValueError(f"no day of this series is meant by '{days.text[:60]}': {series}")
    return days


class Break(Frozen):
    """Hours in which nobody sits, within a slot: sessions go on after them, and they are no working time."""

    hours: Annotated[
        Span,
        BeforeValidator(lambda value: value if isinstance(value, tuple) else parse_hours(value)),
        PlainSerializer(write_band, return_type=str, when_used="json"),
        WithJsonSchema(HOURS_SCHEMA),
    ]
    """Half-open, minutes after midnight."""
    title: str | None = None
    days: (
        tuple[
            Annotated[
                SomeDays,
                PlainValidator(_some_days),
                PlainSerializer(str, return_type=str),
                WithJsonSchema({"type": "string", "examples": ["Tuesday", "2025-02-25", "2025-02-25..2025-02-28"]}),
            ],
            ...,
        ]
        | None
    ) = None
    """The days that have it; left out: every day on which a slot holds it."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"hours": value} if isinstance(value, str) else value

    @field_validator("hours")
    @classmethod
    def _short(cls, hours: tuple[int, int]) -> tuple[int, int]:
        minutes = hours[1] - hours[0]
        if minutes >= LONG_PAUSE:
            raise ValueError(
                f"{show_minutes(minutes)} {agreeing(minutes, 'is', 'are')} no break, which lies within a slot and is "
                f"shorter than an hour: take it out, and let one slot close at {show_clock(hours[0])} and another open "
                f"at {show_clock(hours[1])}"
            )
        return hours

    @field_validator("days")
    @classmethod
    def _some(cls, days: tuple[SomeDays, ...] | None) -> tuple[SomeDays, ...] | None:
        if days == ():
            raise ValueError("a break on no day is none: name days, or leave 'days' out for every day")
        return days

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In an editor: its hours, or these with a title and days."""
        return {"anyOf": [HOURS_SCHEMA, handler.resolve_ref_schema(handler(core))]}

    def within(self, opens: int, closes: int) -> Span:
        """Its hours as those of a slot count: in one that closes after midnight they may lie there, beyond 1440."""
        first, last = self.hours
        after_midnight = closes > DAY_MINUTES and last <= opens
        return (first + DAY_MINUTES, last + DAY_MINUTES) if after_midnight else (first, last)

    def on(self, day: date) -> bool:
        """Whether a day has it, if a slot holds it there."""
        return self.days is None or any(day in days for days in self.days)
