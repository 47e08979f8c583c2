"""What each rule costs, which rules the others imply, and how far each number may move.

The price of a rule is how much less the best timetable costs without it. A rule is implied when every timetable that
keeps the others keeps it too: proved by going through them all, refuted by one that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import dropwhile

from scheduler.altering import with_duration, with_hours
from scheduler.checking import check
from scheduler.domain.base import SessionId, altered
from scheduler.domain.carry import Carry
from scheduler.domain.clock import show_clock, show_day, show_minutes
from scheduler.domain.persons import Officer, who
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation, penalties
from scheduler.domain.when import Period
from scheduler.errors import OutOfTime
from scheduler.explanation.adjustable import step_of
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.explanation.oracle import feasible, guarded_model
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.side_events.judging import asked_of
from scheduler.solving.canonical import least
from scheduler.solving.completing import completed, events_of
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, by_name
from scheduler.solving.posting import posted, stated
from scheduler.solving.search import Search
from scheduler.wording import counted

SOLVING_SHARE = 0.4
"""Share of the time for the best timetable."""
RULES_SHARE = 0.7
"""Share of the rest for the rules; what is left then is for the margins."""
PROBE_SECONDS = 10.0
"""Seconds for one question about a rule, at most."""
MAX_PROBES = 24
"""Timetables looked for at the ends of the series, where a rule most likely breaks."""
MAX_TIMETABLES = 80
"""Where more timetables keep the other rules, it stays open whether they imply the rule."""
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
class PriceList:
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


def prices(scenario: Scenario, document: Document | None = None, settings: Settings | None = None) -> PriceList:
    """Price every rule of a scenario that has a timetable."""
    budget = (settings or Settings()).part()
    outcome = solve(scenario, budget.part(SOLVING_SHARE))
    whole = completed(outcome, events_of(scenario, budget.part(SOLVING_SHARE)))
    if whole.timetable is None or whole.cost is None or outcome.timetable is None or outcome.cost is None:
        return PriceList(whole)
    search = Search(budget.part())
    members = members_of(scenario, document)
    try:
        of = _PricedOfMany if by_name(scenario) is Formulation.SLOTS else _Priced
        priced = of(scenario, members, outcome, Search(budget.part(RULES_SHARE)))
        rules = tuple(priced.price(member) for member in members)
    except OutOfTime:
        rules = tuple(RulePrice(member, None, (), None) for member in members)
    costs, stated = penalties(whole.violations), [rule for rule in scenario.rules if rule.weight is not None]
    wishes = [WishPrice(rule.name, rule.describe(scenario), costs.get(rule.name, 0)) for rule in stated]
    margins = tuple(_margins(scenario, outcome.timetable, outcome.cost, search))
    if of_events := whole.cost - outcome.cost:  # they cost the same without any rule
        rules = tuple(
            rule if rule.cost_without is None else replace(rule, cost_without=rule.cost_without + of_events)
            for rule in rules
        )
    asked = [each for each in asked_of(scenario) if each.weight is not None]
    wishes += [WishPrice(each.name, each.sentence, costs.get(each.name, 0)) for each in asked]
    return PriceList(whole, rules, tuple(wishes), margins)


class _Priced:
    """One model with enforcement literals and costs, asked about each rule in turn."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], outcome: Outcome, search: Search) -> None:
        self.scenario, self.members, self.outcome, self.search = scenario, members, outcome, search
        self.model, self.enforcements = guarded_model(scenario, members, search.until, wishes=True)

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
        for number, start in enumerate(starts[: MAX_PROBES // 2] * 2):
            twin = self._without(member)
            twin.cp.minimize(start if number < len(starts[: MAX_PROBES // 2]) else -start)
            answer = self.search.run(twin.cp, seconds=PROBE_SECONDS)
            if answer.found and self._breaks(member, twin.read(answer.solver)):
                return False
        pool = self._without(member)
        for _ in range(MAX_TIMETABLES):
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


class _PricedOfMany(_Priced):
    """As above, for many sessions: a model for each rule, in which all others are posted.

    Where the best timetable costs nothing, no rule makes it dearer. Whether others imply a rule is not gone into.
    """

    def __init__(self, scenario: Scenario, members: Sequence[Member], outcome: Outcome, search: Search) -> None:
        self.scenario, self.members, self.outcome, self.search = scenario, members, outcome, search

    def price(self, member: Member) -> RulePrice:
        if self.outcome.cost == 0:
            return RulePrice(member, 0, (), None)
        if self.search.left <= 0:
            return RulePrice(member, None, (), None)
        others = keeping(self.scenario, self.members, [other for other in self.members if other is not member])
        model = posted(others, self.search.until, which=stated)
        answer = least(model, self.search, PROBE_SECONDS)
        if answer.status is not Status.OPTIMAL:
            return RulePrice(member, None, (), None)
        found = model.read(answer.solver)
        wishes = {rule.name for rule in self.scenario.rules if rule.weight is not None}
        kept = [violation for violation in check(others, found).violations if violation.id in wishes]
        implied = False if self._breaks(member, found) else None
        cost = sum(violation.penalty for violation in kept)
        return RulePrice(member, cost, tuple(self._saved(kept)), implied)


# --- margins ------------------------------------------------------------------------------------------------


def _margins(scenario: Scenario, timetable: Timetable, cost: int, search: Search) -> Iterator[Margin]:
    """Lengths that grow, days that end earlier, presence that ends earlier."""

    def margin(what: str, way: str, below: int, changed: Callable[[int], Scenario]) -> Margin:
        reach = range(step, min(FURTHEST + 1, below), step)
        return _margin(Margin(what, way, None, None), [(m, partial(changed, m)) for m in reach], holds, search)

    def holds(changed: Scenario) -> bool:
        return _stands(scenario, changed, timetable, cost)

    step = step_of(scenario)
    for session in scenario.sessions:
        planned = scenario.minutes(session)
        longer = partial(_longer, scenario, session, planned)
        yield margin(f"the length of {scenario.title(session)}", "longer", FURTHEST + 1, longer)
    for day in scenario.calendar.axis.days:
        if slots := scenario.calendar.open_to_all(day):
            opens, closes = slots[-1].opens, slots[-1].closes
            what = f"the end of {show_day(day)} ({show_clock(closes)})"
            yield margin(what, "earlier", closes - opens, partial(_closing, scenario, day))
    for officer in scenario.officers:
        for number, period in enumerate(officer.present):
            for day in scenario.calendar.axis.days if not officer.vacant and _within_days(period) else ():
                if (span := period.on(day)) is not None:
                    start, end = span
                    what = f"the presence of {who(officer)} on {show_day(day)} (until {show_clock(end)})"
                    yield margin(what, "earlier", end - start, partial(_leaving, scenario, officer, number, day))


def _longer(scenario: Scenario, session: SessionId, planned: int, minutes: int) -> Scenario:
    """A session takes longer."""
    return with_duration(scenario, session, planned + minutes)


def _closing(scenario: Scenario, day: date, minutes: int) -> Scenario:
    """The last slot of a day closes earlier."""
    return with_hours(scenario, [day], 0, -minutes)


def _within_days(period: Period) -> bool:
    """Whether its presence ends within a day, at an hour."""
    return period.hours is not None or period.half == "am"


def _leaving(scenario: Scenario, officer: Officer, number: int, day: date, minutes: int) -> Scenario:
    """Somebody leaves earlier on a day."""
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
    return altered(scenario, officers=tuple(changed if o.id == officer.id else o for o in scenario.officers))


def _margin(
    asked: Margin, changes: Sequence[tuple[int, Callable[[], Scenario]]], stands: Callable[[Scenario], bool],
    search: Search,
) -> Margin:  # fmt: skip
    """The margin with its minutes, by trying the ``changes``, each with the minutes of it."""
    if search.left <= 0:
        return replace(asked, sure=False)
    later = list(dropwhile(lambda change: stands(change[1]()), changes))
    if not later:
        return asked
    asked = replace(asked, change=later[0][0])
    low, high = 0, len(later)
    while low < high:
        middle = (low + high) // 2
        holds = feasible(later[middle][1](), search).holds
        if holds is None:
            return replace(asked, sure=False)
        if holds is False:
            high = middle
        else:
            low = middle + 1
    return replace(asked, nothing=later[low][0] if low < len(later) else None)


def _stands(scenario: Scenario, changed: Scenario, timetable: Timetable, cost: int) -> bool:
    """Whether every session can still start when it does, in its room, at no further cost."""
    carried = Carry(scenario, changed).timetable(timetable)
    if set(carried.placements) != set(timetable.placements):
        return False
    report = check(changed, carried)
    return report.keeps_all and report.cost <= cost
