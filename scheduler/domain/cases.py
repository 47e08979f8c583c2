"""The cases of a session that is suspended: which minutes its fixtures close to it, by their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.spans import joined
from scheduler.errors import InputError
from scheduler.wording import listed

MOST_FALLINGS = 50_000
"""Of one session, over all places at which it may start."""
MOST_NAMED = 6
"""Fixtures that are named as a remedy."""
Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Positions on the axis, half-open, in order and apart."""


class Way(NamedTuple):
    """One of the places of a fixture that close one and the same minutes, by the numbers of both."""

    fixture: int
    number: int


class Falling(NamedTuple):
    """How a session that starts at a place falls into parts while fixtures close what they close.

    Fixtures that it cannot meet from there, or has ended before, may be anywhere.
    """

    case: int | None
    """What is closed to it: the number of a case; None where it cannot start there, or does not end."""
    closing: tuple[Way, ...]
    """The ways that close it, besides those that are closed always."""
    apart: tuple[Way, ...]
    """Ways in which fixtures must not close anything; those of a fixture in ``closing`` are left out."""
    segments: tuple[Segment, ...]


class Cases:
    """What can be closed to one session.

    Only fixtures that it can meet from a place make a difference there: with a panel a day, a debate of half a day has
    few cases, however many days there are.

    Raises:
        InputError: its fixtures have too many places together.
    """

    def __init__(self, programme: Programme, session: SessionId, firm: Sequence[Any] | None = None) -> None:
        self._axis, self._own = programme.calendar.axis, programme.own_slots(session)
        self._minutes = programme.minutes(session)
        rooms = set(programme.rooms_of(session))
        self.fixtures = tuple(f for f in programme.gives_way[session] if rooms.intersection(programme.rooms_of(f)))
        """Those that can sit in a room of its own."""
        places = [programme.firm_places(fixture, firm) for fixture in self.fixtures]
        closing = [
            self._ways(programme, session, fixture, free) for fixture, free in zip(self.fixtures, places, strict=True)
        ]
        self.ways = tuple(tuple(ways.values()) for ways in closing)
        """For each fixture the starts, in minutes, at which it closes one and the same minutes."""
        alone = {frozenset(rooms)} if len(rooms) == 1 else set()
        self.always = tuple(
            frozenset(programme.rooms_of(fixture)) in alone and sum(map(len, ways.values())) == len(free) > 0
            for fixture, ways, free in zip(self.fixtures, closing, places, strict=True)
        )
        """For each fixture whether it closes something to the session wherever it is."""
        self._ranges = {
            Way(fixture, number): ranges for fixture, ways in enumerate(closing) for number, ranges in enumerate(ways)
        }
        self._certain = [
            part
            for way, ranges in self._ranges.items()
            if self.always[way.fixture] and len(self.ways[way.fixture]) == 1
            for part in ranges
        ]
        self._open = {
            way: ranges
            for way, ranges in self._ranges.items()
            if not (self.always[way.fixture] and len(self.ways[way.fixture]) == 1)
        }
        self.closed: list[Ranges] = []
        """What each case closes."""
        self.at: dict[int, tuple[Falling, ...]] = {}
        """By position, in steps of the grain: the ways in which it can fall from there; exactly one is so."""
        numbers: dict[Ranges, int] = {}
        left = MOST_FALLINGS
        for start in range(0, self._axis.total, programme.grain):
            self.at[start] = tuple(islice(self._fallings(start, numbers), left + 1))
            left -= len(self.at[start])
            if left < 0:
                raise InputError(self._too_many(programme, session))
        self.closed = list(numbers)

    def closing(self, start: int) -> Iterator[Ranges]:
        """What can be closed to it from a place, by cases in which it can stand there."""
        return (self.closed[falling.case] for falling in self.at[start] if falling.case is not None)

    def _fallings(self, start: int, numbers: dict[Ranges, int]) -> Iterator[Falling]:
        """Decide one fixture after another, as long as the session can meet one that is not decided."""
        left: list[tuple[tuple[Way, ...], tuple[Way, ...]]] = [((), ())]
        while left:
            closing, apart = left.pop()
            closed = joined([*self._certain, *(part for way in closing for part in self._ranges[way])])
            segments = self._axis.stretch(start, self._minutes, self._own, closed)
            if segments is None:
                yield Falling(None, closing, apart, ())
                continue
            met = self._next_met(start, segments, closing, apart)
            if met is None:
                yield Falling(numbers.setdefault(closed, len(numbers)), closing, apart, segments)
                continue
            if not self._last_left(met, apart):
                left.append((closing, (*apart, met)))
            left.append(((*closing, met), tuple(way for way in apart if way.fixture != met.fixture)))

    def _next_met(
        self, start: int, segments: tuple[Segment, ...], closing: tuple[Way, ...], apart: tuple[Way, ...]
    ) -> Way | None:
        end = self._axis.positions(segments[-1])[1]
        decided = {way.fixture for way in closing}
        for way, ranges in self._open.items():
            if way.fixture not in decided and way not in apart and any(a < end and start < b for a, b in ranges):
                return way
        return None

    def _last_left(self, way: Way, apart: tuple[Way, ...]) -> bool:
        """Whether the fixture has no other place than these."""
        gone = sum(other.fixture == way.fixture for other in apart)
        return self.always[way.fixture] and gone == len(self.ways[way.fixture]) - 1

    def _too_many(self, programme: Programme, session: SessionId) -> str:
        free = [programme.title(self.fixtures[number]) for number in dict.fromkeys(way.fixture for way in self._open)]
        which = listed(free, "or") if len(free) <= MOST_NAMED else f"some of its {len(free)} fixtures that can move"
        return (
            f"{programme.title(session)} can be suspended in more than {MOST_FALLINGS:,} ways: "
            f"pin {which} to fewer places and to one room, or name fewer of them in suspends_for"
        )

    @staticmethod
    def _ways(
        programme: Programme, session: SessionId, fixture: SessionId, free: frozenset[int]
    ) -> dict[Ranges, list[int]]:
        fixed = programme.fixed_places(fixture)
        ways: dict[Ranges, list[int]] = {}
        for start in sorted(free if fixed is None else free & fixed):
            place = programme.place(fixture, start)
            if place is None or not programme.stops_for(session, place):
                continue
            if ranges := joined(programme.closed_by(session, place)):
                ways.setdefault(ranges, []).append(start)
        return ways
