"""Who fills the seats that several people may fill, in a finished timetable: those who make it cheapest.

First as few units of violation of hard rules as possible, then the fewest points; of equally good choices the first in
the order in which the scenario names people, session by session. Nothing here knows the solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias, TypeVar

from scheduler.domain.base import SessionId
from scheduler.domain.occupancy import by_body
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Deputised, Role
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.rules.rule import PeopleIn, Rule
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_EFFORT = 2**13 * 24**2
"""Ways of filling the seats that are tried, whole or in part, of sessions that hang together, times the square of the
number of these sessions: twelve seats of two people each, at 24 sessions or fewer, are always settled."""
MOST_NAMED = 4
"""Sessions that the message on too many ways names."""

Some = TypeVar("Some", bound=Programme)
Chosen: TypeAlias = dict[SessionId, dict[int, int]]
"""By session and number of the seat the number of who fills it."""
Cost: TypeAlias = tuple[int, int]
"""Units of violation of hard rules, and points."""


def presided(scenario: Some, timetable: Timetable) -> Some:
    """The scenario in which the people are chosen that make the timetable cheapest; without open seats itself.

    A programme without rules stays as it is.

    Raises:
        InputError: there are too many ways to compare.
    """
    if not isinstance(scenario, Scenario) or not any(session in timetable for session in scenario.open_seats):
        return scenario.undecided
    return scenario.presided_by(_chosen(scenario.undecided, timetable))


def who_is_there(decided: Scenario, timetable: Timetable, session: SessionId) -> list[str]:
    """A sentence for each seat of a session that somebody fills who is not named first: who, and why not the first."""
    said = []
    for seat, who in decided.filled(session):
        if who:
            chosen, first = (as_subject(decided.persons.title(seat.people[n])) for n in (who, 0))
            why = _why_not(decided, timetable, session, seat.people[0])
            if isinstance(seat.entry, Deputised):
                points = f" at {counted(seat.prices[who], 'point')}" if seat.prices[who] else ""
                points = f",{points}" if why and points else points
                said.append(f"{chosen} stands in for {first.rstrip(',')}{why}{points}.")
            else:
                said.append(f"{chosen} is there in the place of {first.rstrip(',')}{why}.")
    return said


def _why_not(decided: Scenario, timetable: Timetable, session: SessionId, person: str) -> str:
    """What keeps somebody from a session, so far as it is an absence or another session at the time; or nothing."""
    here = timetable[session]
    if any(decided.persons.away(person, segment) for segment in here.segments):
        return ", who is away then"
    others = [p for p in timetable if p.session != session and p.overlaps(here) and person in decided.needed(p.session)]
    return f", who is wanted in {decided.title(others[0].session)} then" if others else ""


def _chosen(scenario: Scenario, timetable: Timetable) -> Chosen:
    rules = [rule for rule in scenario.all_rules if rule.people_in(scenario) is not None]
    chosen: Chosen = {}
    for sessions in _hanging_together(scenario, timetable, {rule.people_in(scenario) for rule in rules}):
        chosen |= _Choosing(scenario, rules, Timetable(timetable.of(sessions))).best()
    return chosen


def _hanging_together(
    scenario: Scenario, timetable: Timetable, rules: Iterable[PeopleIn | None]
) -> list[tuple[SessionId, ...]]:
    """Groups of sessions such that who is chosen in one makes no difference in the others; only with open seats."""
    kinds = set(rules)
    people = {p.session: frozenset(_possible(scenario, p.session)) for p in timetable if p.session in scenario.sessions}
    group = {session: session for session in people}

    def head(session: SessionId) -> SessionId:
        while group[session] != session:
            session = group[session]
        return session

    def join(sessions: Sequence[SessionId]) -> None:
        for session in sessions[1:]:
            group[head(session)] = head(sessions[0])

    for together in _slots(people, timetable):
        for one, other in combinations(together, 2) if PeopleIn.SLOT in kinds else ():
            if people[one] & people[other]:
                join((one, other))
        bodies = by_body(scenario, together).values() if PeopleIn.BODIES in kinds else ()
        for mine, theirs in combinations(bodies, 2):
            if frozenset().union(*map(people.__getitem__, mine)) & frozenset().union(*map(people.__getitem__, theirs)):
                join((*mine, *theirs))
    if PeopleIn.SERIES in kinds:
        for person in sorted(frozenset().union(*people.values())):
            join([session for session in people if person in people[session]])
    groups: dict[SessionId, list[SessionId]] = {}
    for session in people:
        groups.setdefault(head(session), []).append(session)
    return [tuple(g) for g in groups.values() if any(session in scenario.open_seats for session in g)]


def _possible(scenario: Scenario, session: SessionId) -> Iterable[str]:
    """Everybody who may be wanted there."""
    return *scenario.perhaps_there(session, *Role), *scenario.attendees_of(session)


def _slots(sessions: Iterable[SessionId], timetable: Timetable) -> Iterable[list[SessionId]]:
    """The sessions that sit in each slot."""
    found: dict[int, list[SessionId]] = {}
    for session in sessions:
        for slot in timetable[session].slots:
            found.setdefault(slot, []).append(session)
    return found.values()


@dataclass
class _Choosing:
    """Depth-first search over the seats of one group: a choice in part costs no more than any that completes it."""

    scenario: Scenario
    rules: Sequence[Rule]
    timetable: Timetable
    tried: int = 0
    least: Cost | None = None
    found: Chosen = field(default_factory=dict)

    def best(self) -> Chosen:
        """The first of the cheapest choices."""
        open_seats = self.scenario.open_seats
        seats = [(p.session, number) for p in self.timetable for number in open_seats.get(p.session, ())]
        first = {session: dict.fromkeys(open_seats[session], 0) for session, _ in seats}
        if self._cost(first) == self._cost({}):
            return first
        self._fill(seats, {})
        return self.found

    def _fill(self, seats: Sequence[tuple[SessionId, int]], chosen: Chosen) -> None:
        self.tried += 1
        if self.tried * len(self.timetable) ** 2 > MAX_EFFORT:
            raise InputError(self._too_many())
        cost = self._cost(chosen)
        if self.least is not None and cost >= self.least:
            return
        if not seats:
            self.least, self.found = cost, chosen
            return
        (session, number), *left = seats
        for who in range(len(self.scenario.seats(session)[number].people)):
            self._fill(left, {**chosen, session: {**chosen.get(session, {}), number: who}})

    def _cost(self, chosen: Mapping[SessionId, Mapping[int, int]]) -> Cost:
        decided = self.scenario.presided_by(chosen)
        found = [violation for rule in self.rules for violation in rule.check(decided, self.timetable)]
        return sum(v.amount for v in found if v.hard), sum(v.penalty for v in found)

    def _too_many(self) -> str:
        sessions = [p.session for p in self.timetable if p.session in self.scenario.open_seats]
        names = [self.scenario.title(session) for session in sessions[:MOST_NAMED]]
        more = [f"{len(sessions) - len(names)} more"] if len(sessions) > len(names) else []
        return (
            f"Who is there cannot be found out: at {listed([*names, *more])}, people may stand in for one another in "
            f"too many ways that hang together ({self.tried:,} were tried). Name fewer people in deputies or one_of."
        )
