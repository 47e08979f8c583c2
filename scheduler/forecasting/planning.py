"""Plans that keep promises: solve, judge, tighten, solve again.

The exact forecast of each timetable judges whether a promise is kept. The solver knows a promise only as free time in
the plan, which is widened until the forecast agrees. This is a heuristic: the result keeps its promises, but a cheaper
timetable that keeps them may exist. The result is proved to be the cheapest where it costs no more than the cheapest
timetable without promises, or where all cheaper timetables have been found, judged and excluded.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.checking import confirm
from scheduler.domain.base import SessionId, altered
from scheduler.domain.timetable import Timetable, Where
from scheduler.forecasting.promises import Judgement, Target, judge
from scheduler.forecasting.protection import NoGoods, Protection
from scheduler.forecasting.tracks import laws_of
from scheduler.forecasting.windows import Forecast, forecast
from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.completing import completed, events_of
from scheduler.solving.engine import solve
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.rules.rule import Rule

MAX_ROUNDS = 40
"""How often one kind of protection is tightened."""
MAX_EXCLUDED = 25
"""How many cheaper timetables are excluded, one by one, for the proof."""
MAX_SESSIONS_FOR_BUDGET = 16
"""With more sessions the budget, which takes a clause for each pair of sessions, is not tried."""
MIN_SECONDS = 0.1
"""What a solve gets after the time has run out, so that it can answer."""


@dataclass(frozen=True)
class PromisePlan:
    """The answer to a scenario with promises."""

    outcome: Outcome
    """``UNKNOWN`` where no timetable was found that keeps the promises, ``INFEASIBLE`` where all have been judged."""
    judgements: tuple[Judgement, ...]
    """Of the outcome's timetable; without one, of the timetable that came nearest."""
    nominal: Outcome
    """The cheapest timetable without promises."""
    rounds: int
    """How many timetables were judged."""
    promised: bool = True
    """Whether there was any promise to keep."""

    @property
    def promises_fail(self) -> bool:
        """Whether there are timetables, but none was found that keeps the promises."""
        return self.outcome.timetable is None and self.nominal.timetable is not None

    @property
    def promises_proved_impossible(self) -> bool:
        """Whether it is proved that no timetable keeps the promises."""
        return self.promises_fail and self.outcome.status is Status.INFEASIBLE

    @property
    def price(self) -> int | None:
        """Points that the promises cost, at most; None without a timetable that keeps them."""
        if self.outcome.cost is None or self.nominal.cost is None:
            return None
        return self.outcome.cost - self.nominal.cost

    @property
    def says_more(self) -> bool:
        """Whether `sentence` says more than that of the outcome and the judgements of the promises together."""
        return self.nominal.timetable is not None and (self.price is None or self.rounds != 1)

    @property
    def sentence(self) -> str:
        """What was found, for the planner."""
        if self.nominal.timetable is None or not self.promised:
            return self.nominal.sentence
        if self.price is None:
            worst = min(self.judgements, key=lambda j: j.chance - j.promise.chance)
            how = (
                "keeps every promise, proved"
                if self.outcome.status is Status.INFEASIBLE
                else "was found (heuristic) that keeps every promise"
            )
            return f"no timetable {how}; the nearest: {worst.message}"
        if self.rounds == 1:
            return f"{self.outcome.sentence}; it keeps every promise as it is"
        proof = (
            "proved: no timetable that keeps them costs less"
            if self.outcome.status is Status.OPTIMAL
            else f"heuristic: one may exist that costs less, but none below {self.outcome.bound}"
        )
        price = f"they cost {counted(self.price, 'point')}" if self.price else "they cost nothing"
        return f"every promise is kept, and {price} ({proof})"


def plan(
    scenario: Scenario, settings: Settings | None = None, report: Callable[[Progress], None] | None = None
) -> PromisePlan:
    """The cheapest timetable that was found to keep every rule and every promise.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        InputError: a promise names a day on which nobody meets.
    """
    budget = (settings or Settings()).part()
    placed = events_of(scenario, budget)
    planned = _Planning(scenario, budget, report).run()
    if placed is None:
        return planned
    return replace(planned, outcome=completed(planned.outcome, placed), nominal=completed(planned.nominal, placed))


@dataclass(frozen=True)
class _Judged:
    """A timetable with its forecast and how likely it keeps each promise."""

    outcome: Outcome
    forecast: Forecast
    judgements: tuple[Judgement, ...]

    @property
    def cost(self) -> int:
        return self.outcome.cost or 0

    @property
    def kept(self) -> bool:
        return all(j.kept for j in self.judgements)

    @property
    def shortfall(self) -> float:
        return sum(max(0.0, j.promise.chance - j.chance) for j in self.judgements)

    def broken(self) -> Iterator[Target]:
        """Targets that are not likely enough, those about a whole room as one about its last session."""
        for judgement in self.judgements:
            for number, target in enumerate(judgement.targets):
                if target in judgement.broken:
                    last = self.forecast.tracks[number].sessions[-1] if target.session is None else target.session
                    yield replace(target, session=last)

    def free(self, target: Target) -> int:
        """Minutes that the plan leaves free before a target."""
        assert target.session is not None
        planned, before = self.forecast.sessions[target.session].planned, self.forecast.before(target.session)
        if not target.starting:
            return max(0, target.by - planned.end)
        return 0 if before is None else max(0, planned.start - before.planned.end)


class _Planning:
    def __init__(self, scenario: Scenario, settings: Settings, report: Callable[[Progress], None] | None) -> None:
        self.scenario, self.settings, self.report = scenario, settings, report
        self.until = time.monotonic() + settings.left
        self.rounds = 0
        self.incumbent: _Judged | None = None
        self.nearest: _Judged | None = None
        self.exhausted = False

    def run(self) -> PromisePlan:
        """First without promises; then with protection by buffers, and by a budget; then the proof."""
        nominal = self._solve(())
        if nominal.timetable is None or not self.scenario.promises:
            return PromisePlan(nominal, (), nominal, self.rounds, promised=bool(self.scenario.promises))
        first = self._judge(nominal, nominal.timetable)
        bound, proved = nominal.bound or 0, nominal.status is Status.OPTIMAL
        if self.incumbent is None:
            self._tighten(first, budget=False)
            if not self._cheap(bound) and len(self.scenario.sessions) <= MAX_SESSIONS_FOR_BUDGET:
                self._tighten(first, budget=True)
            bound, proved = self._exclude(nominal.timetable, bound, proved=proved)
        if self.incumbent is None:
            status = Status.INFEASIBLE if self.exhausted else Status.UNKNOWN
            lost = Outcome(status, interrupted=nominal.interrupted, solver=nominal.solver)
            nearest = self.nearest.judgements if self.nearest else ()
            return PromisePlan(lost, nearest, nominal, self.rounds)
        outcome, judgements = self.incumbent.outcome, self.incumbent.judgements
        report = confirm(self.scenario, self.incumbent.forecast.timetable, outcome.cost)
        proved = proved and self._cheap(bound)
        status = Status.OPTIMAL if proved else Status.FEASIBLE
        bound = min(bound, self.incumbent.cost)
        outcome = replace(outcome, status=status, violations=report.violations, bound=bound)
        if outcome.timetable != nominal.timetable:
            outcome = replace(outcome, ties=None, heuristic=not proved)
        return PromisePlan(outcome, judgements, nominal, self.rounds)

    def _cheap(self, bound: int) -> bool:
        """Whether the incumbent costs no more than a bound."""
        return self.incumbent is not None and self.incumbent.cost <= bound

    def _solve(self, protections: tuple[Rule, ...]) -> Outcome:
        until = max(self.until, time.monotonic() + MIN_SECONDS)
        scenario = altered(self.scenario, rules=(*self.scenario.rules, *protections))
        return solve(scenario, replace(self.settings, until=until), self.report)

    def _judge(self, outcome: Outcome, timetable: Timetable) -> _Judged:
        """Judge a timetable, and remember it where it is the cheapest that keeps every promise, or the nearest."""
        self.rounds += 1
        found = forecast(self.scenario, timetable)
        judged = _Judged(outcome, found, judge(found))
        if judged.kept:
            if self.incumbent is None or judged.cost < self.incumbent.cost:
                self.incumbent = judged
        elif self.nearest is None or judged.shortfall < self.nearest.shortfall:
            self.nearest = judged
        return judged

    @property
    def _late(self) -> bool:
        return time.monotonic() > self.until

    def _tighten(self, judged: _Judged, *, budget: bool) -> None:
        """Widen the free time before each target that is not likely enough, until all are or nothing fits."""
        protections: dict[tuple[str, int | None], Protection] = {}
        widened: Counter[tuple[str, int | None]] = Counter()
        laws = laws_of(self.scenario)
        for _ in range(MAX_ROUNDS):
            for target in judged.broken():
                key = (str(target.session), None if target.starting else target.by)
                widened[key] += 1
                buffer, late = 0, {}
                if budget:
                    late = {str(s): round(widened[key] / 4 * (law.high - law.likely)) for s, law in laws.items()}
                else:
                    buffer = protections[key].buffer if key in protections else 0
                    buffer = max(buffer, judged.free(target)) + self.scenario.grain
                protections[key] = Protection(
                    rule="protection", id=f"protection-{key[0]}", target=key[0], by=key[1], buffer=buffer, budget=late
                )
            outcome = self._solve(tuple(protections.values()))
            if outcome.timetable is None or self._late or self._cheap(outcome.bound or 0):
                return
            judged = self._judge(outcome, outcome.timetable)
            if judged.kept:
                return

    def _exclude(self, nominal: Timetable, bound: int, *, proved: bool) -> tuple[int, bool]:
        """Judge the timetables from the cheapest on.

        Returns:
            The bound on the cost of those that are left, and whether it is proved.
        """
        no_goods = [_places(nominal)]
        for _ in range(MAX_EXCLUDED):
            if self._late or not proved or self._cheap(bound):
                break
            outcome = self._solve((NoGoods(rule="no_goods", id="no-goods", timetables=tuple(no_goods)),))
            if outcome.timetable is None:
                self.exhausted = outcome.status is Status.INFEASIBLE
                if self.exhausted and self.incumbent is not None:
                    bound = self.incumbent.cost
                break
            proved = outcome.status is Status.OPTIMAL
            bound = max(bound, outcome.bound or 0)
            self._judge(outcome, outcome.timetable)
            no_goods.append(_places(outcome.timetable))
        return bound, proved


def _places(timetable: Timetable) -> dict[SessionId, tuple[int, Where | None]]:
    return {p.session: (p.start, p.where) for p in timetable}
