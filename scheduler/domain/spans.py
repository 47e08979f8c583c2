"""Half-open stretches of minutes, of a day or of the axis: joined where they touch, and bands that come back daily."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from scheduler.domain.clock import DAY_MINUTES, HOURS_SCHEMA, parse_clock, parse_hours, show_clock

Span: TypeAlias = tuple[int, int]
"""Start and end, half-open; of a band the end may lie on the next day, beyond 1440."""
_MINUTE = timedelta(minutes=1)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order, in the fewest stretches: those that touch or overlap become one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def between(start: int, end: int, gaps: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of a stretch without gaps that lie within it, in order and apart."""
    if not gaps:
        return ((start, end),)
    edges = [start, *(edge for gap in gaps for edge in gap), end]
    return tuple((first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last)


def covered(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether the stretches together leave no minute out from ``start`` to ``end``."""
    return any(first <= start and end <= last for first, last in joined(spans))


def in_band(band: Span, start: int, end: int) -> bool:
    """Whether a stretch lies wholly within hours that come back every day; its ``end`` may be of the next day."""
    first, last = band
    if last - first >= DAY_MINUTES:
        return True
    begin = first + (start - first) % DAY_MINUTES
    return begin + end - start <= last


@cache
def at_clock_of(zone: str, day: date, start: int, end: int, seat: str) -> tuple[Span, ...]:
    """Hours of a day at the clock of ``seat``, told by the clock of ``zone``; both are IANA names.

    Each stretch counts from the midnight before it there. Where the clock of ``zone`` changes in between, each side of
    the change is a stretch.
    """
    midnight = datetime.combine(day, time(), ZoneInfo(seat))
    begin, done = ((midnight + timedelta(minutes=minutes)).astimezone(UTC) for minutes in (start, end))
    return _stretches(begin, done, ZoneInfo(zone))


def _stretches(begin: datetime, end: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    here, last = begin.astimezone(zone), (end - _MINUTE).astimezone(zone)
    minutes = (end - begin) // _MINUTE
    if here.utcoffset() != last.utcoffset():
        middle = begin + minutes // 2 * _MINUTE
        return _stretches(begin, middle, zone) + _stretches(middle, end, zone)
    first = here.hour * 60 + here.minute
    return ((first, first + minutes),)


def parse_band(text: object) -> Span:
    """Read hours of every day: ``09:00-18:00``, or over midnight ``22:00-06:00`` as (1320, 1800).

    Raises:
        ValueError: not two times, or no time lies between them.
    """
    parts = [] if isinstance(text, list) else re.split(r"\s*(?:-|–|\bto\b)\s*", str(text).strip())  # noqa: RUF001  planners paste the en dash
    if len(parts) == 2:
        opens, closes = map(parse_clock, parts)
        if closes < opens < DAY_MINUTES:
            return opens, closes + DAY_MINUTES
    return parse_hours(text)


def write_band(band: Span) -> str:
    """As a scenario writes it."""
    return f"{show_clock(band[0])}-{show_end(band[1])}"


def show_end(minutes: int) -> str:
    """The end of a stretch that begins before midnight: ``24:00`` at midnight, ``01:30`` of the next day."""
    return show_clock((minutes - 1) % DAY_MINUTES + 1)


def _read_band(value: Any) -> Any:
    texts = isinstance(value, list) and any(isinstance(each, str) for each in value)
    return parse_band(value) if texts or isinstance(value, str) else value


Band = Annotated[
    Span,
    BeforeValidator(_read_band),
    PlainSerializer(write_band, return_type=str, when_used="json"),
    WithJsonSchema(HOURS_SCHEMA),
]
"""Hours of every day, half-open, written ``10:00-13:00`` or over midnight ``22:00-06:00``."""
