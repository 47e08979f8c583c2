"""Several timetables that really differ: in each pair a minimum of sessions start in different slots.

First the cheapest timetable; then, again and again, the cheapest of those that differ enough from all before and cost
at most some points more than the first. When there is none, that is proved, and the list is exhausted.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.checking import confirm
from scheduler.errors import OutOfTime
from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.canonical import first_in_order
from scheduler.solving.completing import completed
from scheduler.solving.engine import build, solve
from scheduler.solving.search import Search
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.solving.side_events.placing import EventsPlaced

DEFAULT_APART = 2
"""Unless asked otherwise, this number of sessions start in different slots in any two alternatives."""


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
) -> Alternatives:
    """Up to ``count`` timetables, at most ``within`` points above the best; any two are at least ``apart`` slots apart.

    Where there is no timetable, the one outcome says so.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    search = Search(settings or Settings(), report)
    first = _first(scenario, count, search, report)
    if first.timetable is None or first.cost is None:
        return Alternatives((first,), count, apart, within, exhausted=first.status is Status.INFEASIBLE)
    found, exhausted = [first], False
    with suppress(OutOfTime):
        exhausted = _further(scenario, found, count, apart, first.cost + within, search)
    found.sort(key=lambda outcome: outcome.cost or 0)  # one that follows an unproved first may be cheaper
    return Alternatives(tuple(found), count, apart, within, exhausted, first.cost + within)


def _first(scenario: Scenario, count: int, search: Search, report: Callable[[Progress], None] | None) -> Outcome:
    """The cheapest, in its share of the time; where that does not suffice, in all of it."""
    share = replace(search.settings, until=search.until - search.left * (count - 1) / count)
    first = solve(scenario, share, report)
    if first.status is Status.UNKNOWN and not first.interrupted and search.left > 0:
        return solve(scenario, replace(search.settings, until=search.until), report)
    return first


def _further(scenario: Scenario, found: list[Outcome], count: int, apart: int, ceiling: int, search: Search) -> bool:
    """Append further ones to ``found``, each in its share of the time left; True: it is proved that these are all.

    Raises:
        OutOfTime: the limit came while a model was being built.
    """
    first = found[0]
    model = build(scenario, search.until)
    for condition in model.within(ceiling):
        model.cp.add(condition)
    while len(found) < count:
        latest = found[-1].timetable
        assert latest is not None
        at_home = [model.starts_in(p.session, p.slots[0]) for p in latest]
        model.cp.add(model.count(at_home) <= len(latest) - apart)
        answer = search.run(model.cp, seconds=search.left / (count - len(found)))
        if answer.status is Status.INFEASIBLE:
            return search.run(model.cp, presolve=False).status is Status.INFEASIBLE
        if not answer.found:
            return False
        timetable, proved = model.read(answer.solver), answer.status is Status.OPTIMAL
        if proved:
            claimed = round(answer.solver.objective_value) if model.costs else 0
            timetable, _ = first_in_order(model, timetable, search, *model.within(claimed))
        confirmed, facts = confirm(scenario, timetable), {"canonical": proved, "solver": first.solver}
        found.append(confirmed.outcome(timetable, proved=proved, bound=first.bound, **facts))
    return False
