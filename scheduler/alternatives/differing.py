"""Several timetables that really differ: each pair has at least so many sessions that start in different slots.

One after another: the cheapest timetable; then, each time, the cheapest of those that differ enough from all before
it and cost no more than the window allows. When there is none, that is proved, and the list is exhausted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.domain.timetable import Timetable
from scheduler.engine import CHUNK_BITS, Progress, Search, Settings, build, confirm, solve
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
        best = self.outcomes[0].cost or 0
        differ = f"at least {counted(self.apart, 'session')} {'starts' if self.apart == 1 else 'start'} in another slot"
        window = f"none costs more than {best + self.within} (the best {best}, and {self.within} above it)"
        timetables = counted(found, "timetable")
        head = f"{timetables[:1].upper()}{timetables[1:]}" + (
            f"; between any two {differ}, and {window}" if found > 1 else f", which costs {best}"
        )
        if self.exhausted:
            more = "no further one exists" if found > 1 else f"no other exists of which {differ} and {window}"
            return f"{head}. Proved: {more}."
        if found < self.asked:
            return f"{head}. The limit was reached: there may be more."
        return f"{head}. There may be more."


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
    first = solve(scenario, settings, report)
    if first.timetable is None or first.cost is None:
        return Alternatives((first,), count, apart, within, exhausted=first.status is Status.INFEASIBLE)
    search = Search(settings, report)
    model = build(scenario)
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
