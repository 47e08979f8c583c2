"""Finds hours in English text: ``10:00 - 13:00``, ``from 10 a.m. to 1 p.m.``, ``10h00-13h00``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.domain.spans import Span

_CLOCK = r"(?<![\d:.,])(\d{1,2})(?:[:.h](\d{2}))?(?![\d:])(?:\s?([ap])\.?m\b\.?)?"
_HOURS = re.compile(rf"{_CLOCK}\s?(-|\bto\b|\buntil\b|\band\b)\s?{_CLOCK}", re.IGNORECASE)


def hours_in(text: str) -> Iterator[Span]:
    """Every pair of hours, in minutes after midnight, that begins before it ends."""
    for match in _HOURS.finditer(text):
        halves = match[3], match[7]
        if not ((match[2] or halves[0] or halves[1]) and (match[6] or halves[1])):
            continue  # numbers, but no hours
        if match[4].lower() == "and" and not text[: match.start()].lower().endswith("between "):
            continue  # 10:00 and 15:00 are two times
        opens, closes = _minutes(match[1], match[2], halves[0] or halves[1]), _minutes(match[5], match[6], halves[1])
        if halves[1] and not halves[0] and opens is not None and closes is not None and opens >= closes:
            opens = _minutes(match[1], match[2], "a")  # 10 to 1 p.m.
        if opens is not None and closes is not None and opens < closes:
            yield opens, closes


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    found = int(hour)
    if half:
        if not 1 <= found <= 12:
            return None
        found = found % 12 + 12 * (half.lower() == "p")
    minutes = 60 * found + int(minute or 0)
    return minutes if int(minute or 0) < 60 and minutes <= 24 * 60 else None
