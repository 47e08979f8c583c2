"""Stretches of a day, half-open, in minutes after midnight: joined where they touch, and bands that come back daily."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from scheduler.domain.clock import DAY_MINUTES, HOURS_SCHEMA, parse_clock, parse_hours, show_clock

Span: TypeAlias = tuple[int, int]
"""Start and end, half-open; of a band the end may lie on the next day, beyond 1440."""


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order, with as few stretches as can be: those that touch or overlap are one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


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


def parse_band(text: object) -> Span:
    """Read hours of every day: ``09:00-18:00``, or over midnight ``22:00-06:00`` as (1320, 1800).

    Raises:
        ValueError: not two times, or no time lies between them.
    """
    parts = re.split(r"\s*(?:-|–|\bto\b)\s*", str(text).strip())  # noqa: RUF001  planners paste the en dash
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


Band = Annotated[
    Span,
    BeforeValidator(lambda value: parse_band(value) if isinstance(value, str) else value),
    PlainSerializer(write_band, return_type=str, when_used="json"),
    WithJsonSchema(HOURS_SCHEMA),
]
"""Hours of every day, half-open, written ``10:00-13:00`` or over midnight ``22:00-06:00``."""
