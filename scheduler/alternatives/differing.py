"""Several timetables that really differ: in each pair a minimum of sessions start in different slots.

First the cheapest timetable; then, again and again, the cheapest of those that differ enough from all before and cost
at most some points more than the first. When there is none, that is proved, and the list is exhausted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.checking import confirm
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.canonical import first_in_order
from scheduler.solving.completing import completed
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Choice, Formulation, choose
from scheduler.solving.posting import posted
from scheduler.solving.search import Answer, Search
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.solving.side_events.placing import EventsPlaced

DEFAULT_APART = 2
"""Unless asked otherwise, this number of sessions start in different slots in any two alternatives."""
WHOLE_EFFORT, NEAR_EFFORT = 10.0, 0.5
"""Deterministic seconds of a search among all timetables of many sessions, and of one among those near another one."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The timetables found, the best first; ``exhausted``: it is proved that there are no others."""

    outcomes: tuple[Outcome, ...]
    asked: int
    apart: int
    within: int
    """Points by which an alternative may cost more than the best."""
    exhausted: bool
    ceiling: int = 0
    """The most points that a further timetable was allowed to cost."""

    def with_events(self, placed: EventsPlaced | None) -> Alternatives:
        """The same with their side events, which stand alike in all of them."""
        if placed is None:
            return self
        outcomes = tuple(completed(outcome, placed) for outcome in self.outcomes)
        if outcomes[0].timetable is None:
            return Alternatives(outcomes[:1], self.asked, self.apart, self.within, exhausted=False)
        return replace(self, outcomes=outcomes, ceiling=self.ceiling + (placed.cost or 0))

    @property
    def sentence(self) -> str:
        """The number of timetables, their differences, and whether there are more."""
        found = len(self.outcomes)
        costs = [outcome.cost or 0 for outcome in self.outcomes]
        least, most = min(costs), max(costs)
        price = f"costs {least}" if least == most else f"costs between {least} and {most}"
        head = f"One timetable, which costs {least}"
        if found > 1:
            head = f"{found} timetables; between any two {self._differ}, and each {price}"
        if self.exhausted:
            return f"{head}. Proved: {self._no_more()}."
        if found < self.asked:
            return f"{head}. The time limit was reached: there may be more."
        return f"{head}. There may be more."

    @property
    def _differ(self) -> str:
        return f"at least {counted(self.apart, 'session')} {'starts' if self.apart == 1 else 'start'} in another slot"

    def _no_more(self) -> str:
        dearer = f"costs more than {self.ceiling}"
        if len(self.outcomes) == 1:
            return f"every timetable in which {self._differ} {dearer}"
        alike = f"has fewer than {self.apart} sessions in other slots than" if self.apart > 1 else "has the slots of"
        return f"every further timetable {dearer}, or {alike} one of these"


def alternatives(
    scenario: Scenario,
    count: int,
    *,
    apart: int = DEFAULT_APART,
    within: int = 0,
    settings: Settings | None = None,
    report: Callable[[Progress], None] | None = None,
    choice: Choice | None = None,
) -> Alternatives:
    """Up to ``count`` timetables, at most ``within`` points above the best; any two are at least ``apart`` slots apart.

    ``choice``: the formulation; None: as `choose` does. Further ones of a counted scenario are looked for by name.

    Where there is no timetable, the one outcome says so.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    search = Search(settings or Settings(), report)
    choice = choice or choose(scenario)
    first = _first(scenario, count, search, report, choice)
    if first.timetable is None or first.cost is None:
        return Alternatives((first,), count, apart, within, exhausted=first.status is Status.INFEASIBLE)
    found, exhausted = [first], False
    with suppress(OutOfTime):
        by_name = None if choice.name is Formulation.COUNTED else choice.name
        model = posted(scenario, search.until, formulation=by_name)
        exhausted = _further(scenario, model, found, count, apart, first.cost + within, search)
    found.sort(key=lambda outcome: outcome.cost or 0)  # one that follows an unproved first may be cheaper
    return Alternatives(tuple(found), count, apart, within, exhausted, first.cost + within)


def _first(
    scenario: Scenario, count: int, search: Search, report: Callable[[Progress], None] | None, choice: Choice
) -> Outcome:
    """The cheapest, in its share of the time; where that does not suffice, in all of it."""
    share = replace(search.settings, until=search.until - search.left * (count - 1) / count)
    first = solve(scenario, share, report, choice)
    if first.status is Status.UNKNOWN and not first.interrupted and search.left > 0:
        return solve(scenario, replace(search.settings, until=search.until), report, choice)
    return first


def _further(
    scenario: Scenario, model: ScheduleModel, found: list[Outcome], count: int, apart: int, ceiling: int, search: Search
) -> bool:
    """Append further ones to ``found``, each in its share of the time left; True: it is proved that these are all.

    Raises:
        OutOfTime: the limit came while a view was being built.
    """
    first = found[0]
    for condition in model.within(ceiling):
        model.cp.add(condition)
    if first.status is Status.OPTIMAL and ceiling == first.cost:
        model.cp.clear_objective()  # type: ignore[no-untyped-call]  # all that are left cost the same
    while len(found) < count:
        latest = found[-1].timetable
        assert latest is not None
        at_home = [model.starts_in(p.session, p.slots[0]) for p in latest]
        model.cp.add(model.count(at_home) <= len(latest) - apart)
        answer, whole = _next(scenario, model, latest, search, search.left / (count - len(found)))
        if answer.status is Status.INFEASIBLE and whole:
            return search.run(model.cp, presolve=not model.presolve).status is Status.INFEASIBLE
        if not answer.found:
            return False
        timetable, proved = model.read(answer.solver), whole and answer.status is Status.OPTIMAL
        canonical = False
        if proved:
            cost = confirm(scenario, timetable).cost
            timetable, canonical = first_in_order(model, timetable, search, *model.within(cost))
        confirmed = confirm(scenario, timetable)
        facts = {"canonical": canonical, "solver": first.solver}
        found.append(confirmed.outcome(timetable, proved=proved, bound=first.bound, **facts))
    return False


def _next(
    scenario: Scenario, model: ScheduleModel, latest: Timetable, search: Search, seconds: float
) -> tuple[Answer, bool]:
    """One more timetable, and whether all of them were looked at; many sessions are searched for near the latest too.

    There, all bodies but one or two keep their places: that is a small search, and finds one where the whole is slow.
    """
    until = time.monotonic() + seconds
    if model.staged:
        return search.run(model.cp, presolve=model.presolve, seconds=seconds), True
    model.hint(latest)
    answer = search.run(model.cp, presolve=model.presolve, effort=WHOLE_EFFORT, seconds=seconds / 2)
    if answer.status is not Status.UNKNOWN:
        return answer, True
    bodies = [{SessionId(session.id) for session in body.sessions} for body in scenario.bodies]
    for moving in (*bodies, *(one | other for one, other in combinations(bodies, 2))):
        if time.monotonic() > until or search.interrupted:
            break
        near = model.twin()
        near.hint(latest)
        for placement in latest:
            if placement.session not in moving:
                near.clause(near.starts_among(placement.session, [placement.start]))
        found = search.run(near.cp, presolve=False, effort=NEAR_EFFORT, workers=1, seconds=until - time.monotonic())
        if found.found:
            return found, False
    return answer, False
