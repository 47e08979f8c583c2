"""Several timetables that really differ: each pair has at least so many sessions that start in different slots.

One after another: the cheapest timetable; then, each time, the cheapest of those that differ enough from all before
it and cost no more than the window allows. When there is none, that is proved, and the list is exhausted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.domain.timetable import Timetable
from scheduler.engine import CHUNK_BITS, Progress, Search, Settings, build, confirm, solve
from scheduler.errors import OutOfTime
from scheduler.model import ScheduleModel
from scheduler.outcome import Outcome, Status
from scheduler.rule import counted
from scheduler.scenario import Scenario
from scheduler.views import Linear

DEFAULT_APART = 2
"""Sessions that start in other slots in any two alternatives, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What was found, the best first; ``exhausted`` says that no further one exists, and that this is proved."""

    outcomes: tuple[Outcome, ...]
    asked: int
    apart: int
    within: int
    """Points by which an alternative may cost more than the best."""
    exhausted: bool

    @property
    def sentence(self) -> str:
        """How many, how different, and whether there are more."""
        found = len(self.outcomes)
        costs = [outcome.cost or 0 for outcome in self.outcomes]
        least, most = min(costs), max(costs)
        price = f"costs {least}" if least == most else f"costs between {least} and {most}"
        head = f"One timetable, which costs {least}"
        if found > 1:
            head = f"{found} timetables; between any two {self._differ('start')}, and each {price}"
        if self.exhausted:
            return f"{head}. Proved: {self._no_more()}."
        if found < self.asked:
            return f"{head}. The limit was reached: there may be more."
        return f"{head}. There may be more."

    def _differ(self, verb: str) -> str:
        sessions = counted(self.apart, "session")
        return f"at least {sessions} {verb}{'s' if self.apart == 1 else ''} in another slot"

    def _no_more(self) -> str:
        dearer = f"costs more than {(self.outcomes[0].cost or 0) + self.within}"
        if len(self.outcomes) == 1:
            return f"every timetable in which {self._differ('start')} {dearer}"
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
) -> Alternatives:
    """Up to ``count`` timetables, each at least ``apart`` slots from every other, within ``within`` points of the best.

    Without any timetable the one outcome says so. Raises EngineError where the checker does not confirm the solver.
    """
    settings = settings or Settings()
    search = Search(settings, report)  # its clock runs while the first is looked for
    first = solve(scenario, settings, report)
    if first.timetable is None or first.cost is None:
        return Alternatives((first,), count, apart, within, exhausted=first.status is Status.INFEASIBLE)
    try:
        model = build(scenario, time.monotonic() + search.left)
    except OutOfTime:
        return Alternatives((first,), count, apart, within, exhausted=False)
    if model.costs:
        model.cp.add(model.cost <= first.cost + within)
    found = [first]
    while len(found) < count:
        latest = found[-1].timetable
        assert latest is not None
        at_home = [model.starts_in(p.session, p.slots[0]) for p in latest]
        model.cp.add(model.count(at_home) <= len(latest) - apart)
        answer = search.run(model.cp)
        if answer.status is Status.INFEASIBLE:
            again = search.run(model.cp, presolve=False)
            return Alternatives(tuple(found), count, apart, within, exhausted=again.status is Status.INFEASIBLE)
        if not answer.found:
            break
        timetable, proved = model.read(answer.solver), answer.status is Status.OPTIMAL
        if proved:
            claimed = round(answer.solver.objective_value) if model.costs else 0
            timetable = first_in_order(model, timetable, model.cost if model.costs else None, claimed, search)
        found.append(_outcome(scenario, timetable, first, proved=proved))
    return Alternatives(tuple(found), count, apart, within, exhausted=False)


def first_in_order(
    model: ScheduleModel, found: Timetable, objective: Linear | None, value: int, search: Search
) -> Timetable:
    """Of all timetables as good as the one found the first in the fixed order; the one found where time runs out.

    So the answer is the same for every seed and number of workers.
    """
    pool = model.cp.clone()
    twin = model.over(pool)
    if objective is not None:
        pool.add(objective <= value)
    timetable = found
    for chunk in twin.order(CHUNK_BITS):
        pool.minimize(chunk)
        answer = search.run(pool)
        if answer.status is not Status.OPTIMAL:
            return found
        timetable = twin.read(answer.solver)
        pool.add(chunk == round(answer.solver.objective_value))
    return timetable


def distance(one: Timetable, other: Timetable) -> int:
    """Sessions that start in different slots."""
    return sum(placement.slots[0] != other[placement.session].slots[0] for placement in one)


def pairs(outcomes: tuple[Outcome, ...]) -> Iterator[int]:
    """The distance of every pair."""
    tables = [outcome.timetable for outcome in outcomes if outcome.timetable is not None]
    for index, one in enumerate(tables):
        for other in tables[index + 1 :]:
            yield distance(one, other)


def _outcome(scenario: Scenario, timetable: Timetable, best: Outcome, *, proved: bool) -> Outcome:
    confirmed = confirm(scenario, timetable, None)
    bound = confirmed.cost if proved else best.bound
    return Outcome(
        Status.OPTIMAL if proved else Status.FEASIBLE,
        timetable,
        confirmed.cost,
        bound,
        tuple(confirmed.findings),
        canonical=proved,
        solver=best.solver,
    )
