"""The places from which people follow a meeting from afar, and the minutes of it that fall into their night.

The places are the States Parties of ``scheduler/data/places.csv``, each at the clock of its capital. A minute of a
session is *in the day* of a place when it lies between 07:00 and 22:00 there, and *at night* otherwise; daylight
saving counts on the day itself, at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.domain.calendar import Segment
from scheduler.domain.clock import DAY_MINUTES
from scheduler.domain.spans import Span, at_clock_of

DAY_HOURS: Span = 7 * 60, 22 * 60
"""Minutes after midnight, local time: hours in which taking part from home asks nothing unusual."""


@dataclass(frozen=True, slots=True)
class HomePlace:
    """Where people follow from: a State, at the clock of its capital."""

    state: str
    region: str
    capital: str
    zone: str
    """IANA name."""

    def __post_init__(self) -> None:
        """Refuse what is no place with a ``ValueError``."""
        if not all((self.state, self.region, self.capital, self.zone)):
            raise ValueError("each line needs state, region, capital and zone")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"'{self.zone[:60]}' is no time zone: write the IANA name, as in Asia/Tokyo") from None


@cache
def states_parties() -> tuple[HomePlace, ...]:
    """The States Parties that come with the program, in the order of the table, which quotes nothing."""
    lines = files("scheduler").joinpath("data", "places.csv").read_text("utf-8").splitlines()
    _, *rows = (line for line in lines if not line.startswith("#"))
    return tuple(HomePlace(*row.split(",")) for row in rows)


def in_region(name: str) -> str:
    """A region in a sentence: ``Asia``, ``the Americas``."""
    return f"the {name}" if name.endswith("s") else name


def regions(places: Iterable[HomePlace]) -> dict[str, tuple[HomePlace, ...]]:
    """Places by region, in alphabetical order."""
    found: dict[str, list[HomePlace]] = {}
    for place in places:
        found.setdefault(place.region, []).append(place)
    return {region: tuple(found[region]) for region in sorted(found)}


@cache
def minutes_at_night(segment: Segment, seat: str, zone: str, hours: Span = DAY_HOURS) -> int:
    """Minutes of a segment that lie outside the hours of the day at ``zone``; it is told by the clock of ``seat``.

    Both are IANA names. The hours come back every day and may run over midnight. Where a clock changes within the
    segment, each side of the change is counted by its own clock.
    """
    found = (at_clock_of(zone, segment.day, start, end, seat) for start, end in segment.stretches)
    return sum(last - first - _awake(first, last, hours) for stretches in found for first, last in stretches)


def _awake(first: int, last: int, hours: Span) -> int:
    """Minutes within the hours of a stretch that may go on after midnight."""
    days = range(-DAY_MINUTES, last + 1, DAY_MINUTES)
    return sum(max(0, min(last, day + hours[1]) - max(first, day + hours[0])) for day in days)


def night_minutes(segments: Sequence[Segment], seat: str, places: Iterable[HomePlace], hours: Span = DAY_HOURS) -> int:
    """Minutes at night of some segments, added up over places."""
    return sum(minutes_at_night(segment, seat, place.zone, hours) for segment in segments for place in places)


def night_share(segments: Sequence[Segment], seat: str, places: Sequence[HomePlace]) -> Fraction:
    """The part of the segments, from 0 to 1, that lies at night, each place counting alike; 0 of nothing."""
    total = sum(segment.minutes for segment in segments) * len(places)
    return Fraction(night_minutes(segments, seat, places), total) if total else Fraction(0)
