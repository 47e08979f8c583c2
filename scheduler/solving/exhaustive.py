"""A second engine, without OR-tools: depth-first search over the checker's own rules, for small scenarios.

It does not use what rules post to CP-SAT. It checks every placement of every session alone, and every pair of
placements by the rules that concern both; arc consistency and forward checking work on these tables. It checks partial
timetables by all monotone rules, and a finished one by the whole checker. A search that reaches its limits is not
decided, never impossible.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.cases import Cases, Ranges
from scheduler.domain.timetable import Placement, Timetable, Where
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario

MAX_NODES = 200_000
MAX_SECONDS = 60.0
STARTS_A_LOOK = 200
"""Starts that are tried between two looks at the clock."""
MAX_PAIRS = 400_000
"""A scenario with more pairs of placements is too large."""
MAX_WAYS = 1_000
"""Ways in which a session may change its room from day to day: with more of them the scenario is too large."""


@dataclass(frozen=True, slots=True)
class Exhausted:
    """What a search found: a timetable, or none; ``complete`` when nothing is left to try."""

    timetable: Timetable | None
    complete: bool
    nodes: int
    reason: str = ""
    """Why it is not complete, in words."""

    @property
    def impossible(self) -> bool | None:
        """True: proved that there is no timetable; False: there is one; None: not decided."""
        if self.timetable is not None:
            return False
        return True if self.complete else None


class _TooLargeError(Exception):
    """The search has reached a limit; the message says which."""


def search(
    scenario: Scenario, below: int | None = None, *, other_than: Timetable | None = None,
    only: Collection[SessionId] | None = None, nodes: int = MAX_NODES, seconds: float = MAX_SECONDS,
) -> Exhausted:  # fmt: skip
    """Look for a timetable that keeps every hard rule and, if ``below`` is given, costs less than that, in points.

    ``other_than`` does not count. ``only``: place these sessions alone, by the monotone rules (whose violation no
    further session can mend); where that is impossible, no timetable of all sessions exists.
    """
    if below is not None and below <= 0:
        return Exhausted(None, complete=True, nodes=0)
    walk = _Walk(scenario, below, other_than, only, nodes, time.monotonic() + seconds)
    try:
        found = walk.run()
    except _TooLargeError as error:
        return Exhausted(None, complete=False, nodes=walk.nodes, reason=str(error))
    return Exhausted(found, complete=True, nodes=walk.nodes)


def optimum(
    scenario: Scenario, *, nodes: int = MAX_NODES, seconds: float = MAX_SECONDS
) -> tuple[Exhausted, int | None]:
    """The cheapest timetable and its cost; incomplete when a limit was reached before it was proved."""
    incumbent, cost = search(scenario, nodes=nodes, seconds=seconds), None
    while incumbent.timetable is not None:
        cost = check(scenario, incumbent.timetable).cost
        cheaper = search(scenario, cost, nodes=nodes, seconds=seconds)
        if cheaper.timetable is None:
            return Exhausted(
                incumbent.timetable, cheaper.complete, incumbent.nodes + cheaper.nodes, cheaper.reason
            ), cost
        incumbent = cheaper
    return incumbent, cost


class _Walk:
    """One search."""

    def __init__(
        self, scenario: Scenario, below: int | None, other_than: Timetable | None,
        only: Collection[SessionId] | None, nodes: int, until: float,
    ) -> None:  # fmt: skip
        self.scenario, self.below, self.limit, self.until = scenario, below, nodes, until
        self.nodes, self.other_than, self.some = 0, other_than, only is not None
        self.sessions: list[SessionId] = [s for s in scenario.sessions if only is None or s in only]
        self.hard = [rule for rule in scenario.all_rules if rule.weight is None and rule.monotone]
        self.soft = [rule for rule in scenario.all_rules if rule.weight is not None and rule.monotone]
        self.about = {rule.name: frozenset(rule.sessions(scenario)) for rule in self.hard}
        self.places: list[list[Placement]] = []
        self._cases: dict[SessionId, Cases] = {}
        self.fits: dict[tuple[int, int], list[int]] = {}
        """By pair of sessions: for each placement of the one, the placements of the other beside it, as bits."""

    def run(self) -> Timetable | None:
        self.places = [self._alone(session) for session in self.sessions]
        if not all(self.places):
            return None
        pairs = sum(len(a) * len(b) for a, b in combinations(self.places, 2))
        if pairs > MAX_PAIRS:
            raise _TooLargeError(f"{pairs:,} pairs of placements, at most {MAX_PAIRS:,} are compared")
        domains = [(1 << len(places)) - 1 for places in self.places]
        pairs_of_sessions = combinations(range(len(self.sessions)), 2)
        for one, other in sorted(pairs_of_sessions, key=lambda pair: pair[1] - pair[0]):  # neighbours exclude most
            self._compare(one, other, domains)
            narrowed = self._consistent(domains, [one, other])
            if narrowed is None:
                return None
            domains = narrowed
        return self._place({}, domains)

    def _alone(self, session: SessionId) -> list[Placement]:
        rules = [rule for rule in self.hard if session in self.about[rule.name]]
        axis = self.scenario.calendar.axis
        found = []
        for number, start in enumerate(range(0, axis.total, self.scenario.grain), 1):
            if number % STARTS_A_LOOK == 0 and time.monotonic() > self.until:
                raise _TooLargeError("its placements take longer to list than the time allowed")
            for where in self._rooms(session, start):
                for placement in self._placements(session, start, where):
                    if self._keeps(rules, [placement]):
                        found.append(placement)
        return found

    def _rooms(self, session: SessionId, start: int) -> Iterable[Where]:
        """Its rooms; of one that may change its room those of each day, in every way."""
        rooms = self.scenario.rooms_of(session)
        if session not in self.scenario.may_change_room:
            return rooms
        placement = self.scenario.place(session, start)
        days = len(placement.days) if placement else 0
        if len(rooms) ** days > MAX_WAYS:
            raise _TooLargeError(f"a session may change its room in more than {MAX_WAYS:,} ways")
        return product(rooms, repeat=days) if days else ()

    def _placements(self, session: SessionId, start: int, room: Where) -> Iterator[Placement]:
        """One; of a session that can be suspended, one for each way in which its parts can fall."""
        closings: Iterable[Ranges] = ((),)
        if session in self.scenario.gives_way:
            cases = self._cases[session] = self._cases.get(session) or Cases(self.scenario, session)
            closings = cases.closing(start)
        cuts = (self.scenario.place_between(session, start, room, closed) for closed in closings)
        yield from dict.fromkeys(placement for placement in cuts if placement is not None)

    def _agree(self, one: Placement, other: Placement) -> bool:
        """Whether neither sits in minutes that the other closes to it."""
        for session, fixture in ((one, other), (other, one)):
            closed = self.scenario.closed_to(session.session, session.room, [fixture])
            sits = [self.scenario.calendar.axis.positions(segment) for segment in session.segments if closed]
            if any(a < d and c < b for a, b in closed for c, d in sits):
                return False
        return True

    def _compare(self, one: int, other: int, domains: list[int]) -> None:
        """Fill the tables of two sessions for the placements that are left."""
        concerned = {self.sessions[one], self.sessions[other]}
        rules = [rule for rule in self.hard if concerned & self.about[rule.name]]
        table, transposed = [0] * len(self.places[one]), [0] * len(self.places[other])
        for i in _bits(domains[one]):
            if time.monotonic() > self.until:
                raise _TooLargeError("its pairs of placements take longer to compare than the time allowed")
            for j in _bits(domains[other]):
                both = [self.places[one][i], self.places[other][j]]
                if self._agree(*both) and self._keeps(rules, both):
                    table[i] |= 1 << j
                    transposed[j] |= 1 << i
        self.fits[one, other], self.fits[other, one] = table, transposed

    def _keeps(self, rules: list[Rule], placements: Sequence[Placement]) -> bool:
        """Whether no rule is broken; a broken one goes to the front, because it is likely to be broken again."""
        timetable = Timetable(placements)
        for number, rule in enumerate(rules):
            if next(iter(rule.check(self.scenario, timetable)), None) is not None:
                rules.insert(0, rules.pop(number))
                return False
        return True

    def _consistent(self, domains: list[int], changed: Sequence[int]) -> list[int] | None:
        """Leave out placements that fit beside none of another session; None when a session has none left."""
        queue = list(changed)
        while queue:
            narrowed = queue.pop()
            for session in range(len(domains)):
                table = self.fits.get((session, narrowed))
                if table is None:
                    continue
                beside, left = domains[narrowed], 0
                for index in _bits(domains[session]):
                    if table[index] & beside:
                        left |= 1 << index
                if left != domains[session]:
                    if not left:
                        return None
                    domains[session] = left
                    queue.append(session)
        return domains

    def _place(self, placed: dict[int, int], domains: list[int]) -> Timetable | None:
        self.nodes += 1
        if self.nodes > self.limit:
            raise _TooLargeError(f"more than {self.limit:,} steps of search")
        if time.monotonic() > self.until:
            raise _TooLargeError("it takes longer to go through than the time allowed")
        chosen = [self.places[session][index] for session, index in sorted(placed.items())]
        if len(chosen) > 2 and not self._keeps(self.hard, chosen):
            return None
        if self.below is not None and self._cost(chosen) >= self.below:
            return None
        if len(placed) == len(self.sessions):
            return self._finished(chosen)
        session = min((s for s in range(len(domains)) if s not in placed), key=lambda s: (domains[s].bit_count(), s))
        for index in _bits(domains[session]):
            narrowed = list(domains)
            narrowed[session] = 1 << index
            further = self._consistent(narrowed, [session])
            if further is not None and (found := self._place({**placed, session: index}, further)) is not None:
                return found
        return None

    def _cost(self, placements: Sequence[Placement]) -> int:
        timetable = Timetable(placements)
        return sum(violation.penalty for rule in self.soft for violation in rule.check(self.scenario, timetable))

    def _finished(self, placements: Sequence[Placement]) -> Timetable | None:
        timetable = Timetable(placements)
        if self.some:
            return timetable if self._keeps(self.hard, placements) else None
        report = check(self.scenario, timetable)
        good = report.keeps_all and (self.below is None or report.cost < self.below)
        return timetable if good and timetable != self.other_than else None


def _bits(number: int) -> list[int]:
    """The positions of the ones, from the lowest."""
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found
