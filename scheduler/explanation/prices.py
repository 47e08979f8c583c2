"""What each rule costs, which rules the others imply, and how far each number may move.

The price of a rule is how much less the best timetable costs without it. A rule is implied when every timetable that
keeps the others keeps it too: proved by going through them all, refuted by one that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.altering import with_duration, with_hours
from scheduler.checking import check
from scheduler.domain.base import altered
from scheduler.domain.clock import show_clock, show_day, show_minutes
from scheduler.domain.persons import Officer, who
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import Period
from scheduler.errors import OutOfTime
from scheduler.explanation.cheapest import PROBE_SECONDS
from scheduler.explanation.members import Member, background, keeping, members_of
from scheduler.explanation.numbers import unit
from scheduler.explanation.oracle import feasible
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import BoolVar
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.search import Search
from scheduler.wording import counted

SOLVING = 0.4
"""The part of the time for the best timetable."""
RULES = 0.7
"""The part of what is left then for rules; the rest is for numbers."""
MOST_PROBES = 24
"""Timetables that are looked for at the ends of the series, where a rule most likely breaks."""
MOST_TIMETABLES = 80
"""Timetables that keep the others are gone through up to this many; with more, the question stays open."""
FURTHEST = 4 * 60
"""Minutes by which a number is moved, at most."""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one hard rule costs."""

    member: Member
    cost_without: int | None
    """Points of the best timetable without it; None: not proved within the limit."""
    saves: tuple[str, ...]
    """What is better without it, in words: ``one slot later (early)``."""
    implied: bool | None
    """Whether the others imply it; None: not decided."""


@dataclass(frozen=True, slots=True)
class WishPrice:
    """What one wish costs in the best timetable, in points."""

    name: str
    sentence: str
    cost: int


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a number may move; minutes."""

    what: str
    """``the length of WGTU``, ``the end of Friday (18:00)``."""
    way: str
    """``longer``, ``earlier``."""
    change: int | None
    """From here on some other session must stand elsewhere; None: not within ``FURTHEST``."""
    nothing: int | None
    """From here on nothing fits; None: not within ``FURTHEST``."""
    sure: bool = True
    """Whether everything was examined that this rests on."""

    @property
    def sentence(self) -> str:
        """``30 min more and nothing fits``, in words."""
        if not self.sure:
            return "not examined within the limit"
        if self.nothing is not None and self.nothing == self.change:
            return f"{show_minutes(self.nothing)} {self.way} and nothing fits"
        parts = []
        if self.change is not None:
            parts.append(f"{show_minutes(self.change)} {self.way} and the timetable must change")
        if self.nothing is not None:
            parts.append(f"{show_minutes(self.nothing)} {self.way} and nothing fits")
        return ", ".join(parts) or f"{show_minutes(FURTHEST)} {self.way} changes nothing"


@dataclass(frozen=True, slots=True)
class Prices:
    """Everything about one solved scenario; without an outcome's timetable there is nothing to price."""

    outcome: Outcome
    rules: tuple[RulePrice, ...] = ()
    wishes: tuple[WishPrice, ...] = ()
    margins: tuple[Margin, ...] = ()

    def costs(self, rule: RulePrice) -> int | None:
        """Points that a rule costs: how much less the best timetable would without it; None: not proved."""
        if self.outcome.cost is None or rule.cost_without is None:
            return None
        return max(0, self.outcome.cost - rule.cost_without)

    @property
    def estimate(self) -> Margin | None:
        """The length that matters most: the one that can grow least before nothing fits, or the timetable changes."""
        lengths = [m for m in self.margins if m.way == "longer" and (m.nothing or m.change)]
        if not all(m.sure for m in self.margins if m.way == "longer"):
            return None
        return min(lengths, key=lambda m: (m.nothing or 10**6, m.change or 10**6), default=None)


def prices(scenario: Scenario, document: Document | None = None, settings: Settings | None = None) -> Prices:
    """Price every rule of a scenario that has a timetable."""
    budget = (settings or Settings()).part()
    outcome = solve(scenario, budget.part(SOLVING))
    if outcome.timetable is None or outcome.cost is None:
        return Prices(outcome)
    search = Search(budget.part())
    members = members_of(scenario, document)
    try:
        priced = _Priced(scenario, members, outcome, Search(budget.part(RULES)))
        rules = tuple(priced.price(member) for member in members)
    except OutOfTime:
        rules = tuple(RulePrice(member, None, (), None) for member in members)
    wishes = tuple(
        WishPrice(rule.name, rule.describe(scenario), sum(f.penalty for f in outcome.violations if f.id == rule.name))
        for rule in scenario.rules
        if rule.weight is not None
    )
    margins = tuple(_margins(scenario, outcome.timetable, outcome.cost, search))
    return Prices(outcome, rules, wishes, margins)


class _Priced:
    """One model with enforcement literals and costs, asked about each rule in turn."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], outcome: Outcome, search: Search) -> None:
        self.scenario, self.members, self.outcome, self.search = scenario, members, outcome, search
        self.model = ScheduleModel(scenario, search.until)
        for rule in (*background(scenario), *(rule for rule in scenario.all_rules if rule.weight is not None)):
            rule.post(self.model)
        self.enforcements: dict[str, BoolVar] = {}
        for member in members:
            self.enforcements[member.id] = self.model.choice(f"enforcement {member.id}")
            member.post(self.model, self.enforcements[member.id])
        self.model.deadline = None

    def price(self, member: Member) -> RulePrice:
        if self.search.left <= 0:
            return RulePrice(member, None, (), None)
        twin = self._without(member)
        if twin.costs:
            twin.cp.minimize(twin.cost)
        answer = self.search.run(twin.cp, seconds=PROBE_SECONDS)
        if answer.status is not Status.OPTIMAL:
            return RulePrice(member, None, (), None)
        others = keeping(self.scenario, self.members, [other for other in self.members if other is not member])
        found = twin.read(answer.solver)
        report = check(others, found)
        wishes = {rule.name for rule in self.scenario.rules if rule.weight is not None}
        cost = sum(violation.penalty for violation in report.violations if violation.id in wishes)
        broken = self._breaks(member, found)
        implied = False if broken else self._implied(member)
        return RulePrice(member, cost, tuple(self._saved(report.violations)), implied)

    def _without(self, member: Member) -> ScheduleModel:
        twin = self.model.twin()
        for other in self.members:
            twin.clause(self.enforcements[other.id] if other is not member else ~self.enforcements[other.id])
        return twin

    def _breaks(self, member: Member, timetable: Timetable) -> bool:
        return not check(keeping(self.scenario, self.members, [member]), timetable).keeps_all

    def _implied(self, member: Member) -> bool | None:
        """Look at the ends of the series first, then go through the timetables that keep the others one by one."""
        starts = list(self.model.starts.values())
        for number, start in enumerate(starts[: MOST_PROBES // 2] * 2):
            twin = self._without(member)
            twin.cp.minimize(start if number < len(starts[: MOST_PROBES // 2]) else -start)
            answer = self.search.run(twin.cp, seconds=PROBE_SECONDS)
            if answer.found and self._breaks(member, twin.read(answer.solver)):
                return False
        pool = self._without(member)
        for _ in range(MOST_TIMETABLES):
            answer = self.search.run(pool.cp, presolve=False, seconds=PROBE_SECONDS)
            if answer.status is Status.INFEASIBLE:
                return True
            if not answer.found:
                return None
            timetable = pool.read(answer.solver)
            if self._breaks(member, timetable):
                return False
            pool.add_no_good(timetable)
        return None

    def _saved(self, violations: Sequence[Violation]) -> Iterator[str]:
        """Wishes that are kept better without the rule, with the units of violation that go away."""
        for rule in self.scenario.rules:
            if rule.weight is not None:
                before = sum(f.amount for f in self.outcome.violations if f.id == rule.name)
                after = sum(f.amount for f in violations if f.id == rule.name)
                if after < before:
                    yield f"{counted(before - after, rule.unit)} ({rule.name})"


# --- margins ------------------------------------------------------------------------------------------------


def _margins(scenario: Scenario, timetable: Timetable, cost: int, search: Search) -> Iterator[Margin]:
    """Lengths that grow, days that end earlier, presence that ends earlier."""
    step = unit(scenario)
    reach = range(step, FURTHEST + 1, step)
    for session in scenario.sessions:
        planned = scenario.minutes(session)
        grown = [(m, lambda m=m, s=session, p=planned: with_duration(scenario, s, p + m)) for m in reach]
        yield _margin(f"the length of {scenario.title(session)}", "longer", grown, timetable, cost, search)
    for day in scenario.calendar.axis.days:
        slots = scenario.calendar.open_to_all(day)
        if slots:
            shorter = [
                (m, lambda m=m, d=day: with_hours(scenario, [d], 0, -m))
                for m in reach
                if m < slots[-1].closes - slots[-1].opens
            ]
            what = f"the end of {show_day(day)} ({show_clock(slots[-1].closes)})"
            yield _margin(what, "earlier", shorter, timetable, cost, search)
    for officer in scenario.officers:
        for number, period in enumerate(officer.present):
            for day in scenario.calendar.axis.days if not officer.vacant and _within_days(period) else ():
                if (span := period.on(day)) is None:
                    continue
                start, end = span
                less = [
                    (m, lambda m=m, n=number, o=officer, d=day: _leaving(scenario, o, n, d, m))
                    for m in reach
                    if m < end - start
                ]
                what = f"the presence of {who(officer)} on {show_day(day)} (until {show_clock(end)})"
                yield _margin(what, "earlier", less, timetable, cost, search)


def _within_days(period: Period) -> bool:
    """Whether its presence ends within a day, at an hour."""
    return period.hours is not None or period.half == "am"


def _leaving(scenario: Scenario, officer: Officer, number: int, day: date, minutes: int) -> Scenario:
    """Somebody leaves so much earlier on a day."""
    period = officer.present[number]
    present = [p for index, p in enumerate(officer.present) if index != number]
    for other in scenario.calendar.axis.days:
        part = period.alone(other)
        if part is not None and part.hours is not None and other == day:
            start, end = part.hours[0], part.hours[1] - minutes
            present.append(Period(f"{day} {show_clock(start)}-{show_clock(end)}", day, day, (start, end)))
        elif part is not None:
            present.append(part)
    changed = altered(officer, present=tuple(present))
    return scenario.revised(officers=tuple(changed if o.id == officer.id else o for o in scenario.officers))


def _margin(
    what: str,
    way: str,
    steps: Sequence[tuple[int, Callable[[], Scenario]]],
    timetable: Timetable,
    cost: int,
    search: Search,
) -> Margin:
    if search.left <= 0:
        return Margin(what, way, None, None, sure=False)
    change = next((m for m, changed in steps if not _stands(changed(), timetable, cost)), None)
    if change is None:
        return Margin(what, way, None, None)
    later = [(m, changed) for m, changed in steps if m >= change]
    low, high = 0, len(later)
    while low < high:
        middle = (low + high) // 2
        holds = feasible(later[middle][1](), search).holds
        if holds is None:
            return Margin(what, way, change, None, sure=False)
        if holds is False:
            high = middle
        else:
            low = middle + 1
    return Margin(what, way, change, later[low][0] if low < len(later) else None)


def _stands(changed: Scenario, timetable: Timetable, cost: int) -> bool:
    """Whether every session can still start when it does, in its room, at no further cost."""
    placements: list[Placement] = []
    for placement in timetable:
        first = placement.segments[0]
        start = changed.calendar.axis.position(first.day, first.start)
        moved = None if start is None else changed.place(placement.session, start, placement.room)
        if moved is None:
            return False
        placements.append(moved)
    report = check(changed, Timetable(placements))
    return report.keeps_all and report.cost <= cost
