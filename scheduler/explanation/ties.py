"""Equally good timetables: how many, where they differ, and which one more preference would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from constraints.early_finish import EarlyFinish
from constraints.only_on import OnlyOn
from constraints.order import Order
from scheduler.checking import confirm
from scheduler.domain.base import SessionId, altered
from scheduler.domain.clock import show_clock
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.when import parse_when
from scheduler.errors import OutOfTime
from scheduler.outcome import Outcome, Settings, Status, Ties
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.solving.canonical import equally_good
from scheduler.solving.completing import completed, events_of
from scheduler.solving.engine import solve
from scheduler.solving.posting import posted
from scheduler.solving.search import Search

SOLVING_SHARE, TIES_SHARE = 0.5, 0.5
"""Share of the time for the best timetable, and share of the rest for the equally good ones."""
MAX_PREFERENCES_TRIED = 4
"""Preferences that are solved for; those that fewest timetables keep come first."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A session with several places in equally good timetables; each place with the number of timetables."""

    title: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """One more wish, and the number of timetables that are then equally good."""

    sentence: str
    yaml: str
    ties: Ties


@dataclass(frozen=True, slots=True)
class Tied:
    """The equally good timetables of a scenario."""

    outcome: Outcome
    timetables: tuple[Timetable, ...] = ()
    exact: bool = False
    spreads: tuple[Spread, ...] = ()
    preference: Preference | None = None
    """The one that leaves the fewest timetables; None where there is nothing to settle."""


def tied(scenario: Scenario, settings: Settings | None = None) -> Tied:
    """Find the timetables of least cost, and the preference that decides between them."""
    budget = (settings or Settings()).part()
    outcome = solve(scenario, budget.part(SOLVING_SHARE))
    if outcome.status is not Status.OPTIMAL or outcome.timetable is None or outcome.cost is None:
        return Tied(outcome)
    whole = completed(outcome, events_of(scenario, budget.part(SOLVING_SHARE)))
    if whole.timetable is None:
        return Tied(whole)
    try:
        timetables, exact = _all(scenario, outcome.timetable, outcome.cost, Search(budget.part(TIES_SHARE)))
    except OutOfTime:
        timetables, exact = [outcome.timetable], False
    if len(timetables) == 1 and exact:
        return Tied(whole, tuple(timetables), exact)
    spreads = tuple(_spreads(scenario, timetables))
    return Tied(whole, tuple(timetables), exact, spreads, _settling(scenario, timetables, budget))


def _all(scenario: Scenario, first: Timetable, cost: int, search: Search) -> tuple[list[Timetable], bool]:
    """Timetables of least cost, each confirmed by the checker, and whether these are all."""
    found, exact = equally_good(posted(scenario, search.until), first, cost, search)
    for timetable in found[1:]:
        confirm(scenario, timetable, cost)
    return found, exact


def _where(scenario: Scenario, placement: Placement) -> str:
    day, clock = placement.segments[0].begins
    room = f" in {scenario.rooms_title(placement.where)}" if len(scenario.rooms) > 1 else ""
    return f"{scenario.calendar.day_name(day)} {show_clock(clock)}{room}"


def _spreads(scenario: Scenario, timetables: Sequence[Timetable]) -> Iterator[Spread]:
    for session in scenario.sessions:
        counts: dict[str, int] = {}
        order: dict[str, int] = {}
        for timetable in timetables:
            where = _where(scenario, timetable[session])
            counts[where] = counts.get(where, 0) + 1
            order[where] = timetable[session].start
        if len(counts) > 1:
            yield Spread(scenario.title(session), tuple(sorted(counts.items(), key=lambda item: order[item[0]])))


def _settling(scenario: Scenario, timetables: Sequence[Timetable], budget: Settings) -> Preference | None:
    """The preference with the fewest equally good timetables, of those that few of the known timetables keep."""
    candidates = sorted(_candidates(scenario, timetables), key=lambda candidate: candidate[0])
    best: Preference | None = None
    for _, rule, yaml in candidates[:MAX_PREFERENCES_TRIED]:
        if budget.left <= 0:
            break
        outcome = solve(altered(scenario, rules=(*scenario.rules, rule)), budget.part())
        if outcome.status is not Status.OPTIMAL or outcome.ties is None:
            continue
        preference = Preference(rule.describe(scenario), yaml, outcome.ties)
        if best is None or (preference.ties.exact, -preference.ties.count) > (best.ties.exact, -best.ties.count):
            best = preference
        if preference.ties == Ties(1, exact=True):
            break
    return best


def _candidates(scenario: Scenario, timetables: Sequence[Timetable]) -> Iterator[tuple[tuple[int, int], Rule, str]]:
    """Preferences that some of the timetables keep and others do not, with the number that keep them."""
    everything = len(timetables)
    for one, other in combinations(scenario.sessions, 2):
        for a, b in ((one, other), (other, one)):
            left = sum(t[a].end <= t[b].start for t in timetables)
            if 0 < left < everything:
                before = Order(id="preference", of=(a, b), weight=1)
                yield (left, 0), before, f"{{rule: order, of: [{a}, {b}], weight: 1}}"
    for session in scenario.sessions:
        for when, left in _halves(scenario, timetables, session).items():
            if 0 < left < everything:
                there = OnlyOn(id="preference", of=(session,), when=(parse_when(when),), weight=1)
                yield (left, 1), there, f"{{rule: only_on, of: [{session}], when: [{when}], weight: 1}}"
    early = EarlyFinish(id="preference", weight=1)
    yield (max(2, everything // 4), 2), early, "{rule: early_finish, weight: 1}"


def _halves(scenario: Scenario, timetables: Sequence[Timetable], session: SessionId) -> dict[str, int]:
    """The number of timetables by the half-day that holds the session; a slot in both halves by its hours."""
    slots = scenario.calendar.axis.slots
    by_hours = {s.day for s in slots if s.half is None}
    counts: dict[str, int] = {}
    for timetable in timetables:
        segments = timetable[session].segments
        sits = [slots[segment.slot] for segment in segments]
        halves = {f"{s.day.isoformat()} {s.hours if s.day in by_hours else s.half}" for s in sits}
        if len(halves) == 1:
            counts[min(halves)] = counts.get(min(halves), 0) + 1
    return counts
