"""The cases of a session that is suspended: which minutes its fixtures close to it, by their places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any, TypeAlias

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.spans import joined
from scheduler.errors import InputError
from scheduler.wording import listed

MOST_CASES = 1_000
"""Of one session."""
Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Positions on the axis, half-open, in order and apart."""


class Cases:
    """What can be closed to one session.

    Raises:
        InputError: its fixtures have too many places together.
    """

    def __init__(self, programme: Programme, session: SessionId, firm: Sequence[Any] | None = None) -> None:
        rooms = set(programme.rooms_of(session))
        self.fixtures = tuple(f for f in programme.gives_way[session] if rooms.intersection(programme.rooms_of(f)))
        """Those that can sit in a room of its own."""
        closing = [self._ways(programme, session, fixture, firm) for fixture in self.fixtures]
        self.ways = tuple(tuple(ways.values()) for ways in closing)
        """For each fixture the starts, in minutes, at which it closes one and the same minutes."""
        alone = {frozenset(rooms)} if len(rooms) == 1 else set()
        self.always = tuple(
            frozenset(programme.rooms_of(fixture)) in alone
            and sum(map(len, ways.values())) == len(programme.firm_places(fixture, firm)) > 0
            for fixture, ways in zip(self.fixtures, closing, strict=True)
        )
        """For each fixture whether it closes something to the session wherever it is."""
        choices = [range(int(always), len(ways) + 1) for ways, always in zip(closing, self.always, strict=True)]
        count = prod(map(len, choices))
        if count > MOST_CASES:
            free = [programme.title(f) for f, each in zip(self.fixtures, choices, strict=True) if len(each) > 1]
            raise InputError(
                f"{programme.title(session)} can be suspended in {count:,} ways, {MOST_CASES:,} are the most: "
                f"pin {listed(free, 'or')} to fewer places and to one room, or name fewer of them in suspends_for"
            )
        self.closed: list[Ranges] = []
        """What each case closes."""
        self.cases: dict[tuple[int, ...], int] = {}
        """The case by the way of each fixture, counted from 1; 0: it closes nothing, or sits in another room."""
        numbers: dict[Ranges, int] = {}
        for choice in product(*choices):
            taken = [list(ways)[way - 1] for ways, way in zip(closing, choice, strict=True) if way]
            closed = joined([part for ranges in taken for part in ranges])
            self.cases[choice] = numbers.setdefault(closed, len(numbers))
        self.closed = list(numbers)

    @staticmethod
    def _ways(
        programme: Programme, session: SessionId, fixture: SessionId, firm: Sequence[Any] | None
    ) -> dict[Ranges, list[int]]:
        ways: dict[Ranges, list[int]] = {}
        for start in sorted(programme.firm_places(fixture, firm)):
            place = programme.place(fixture, start)
            if place is None or not programme.stops_for(session, place):
                continue
            if ranges := joined(programme.closed_by(session, place)):
                ways.setdefault(ranges, []).append(start)
        return ways
