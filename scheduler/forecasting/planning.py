"""Plans so that promises are kept: solve, evaluate, tighten, solve again.

Whether a promise is kept is judged by the exact forecast of each timetable; the solver sees it only as nominal free
time, which is widened until the forecast agrees. That is a heuristic: the result keeps its promises, but a cheaper
timetable that keeps them may exist. It is proved that none does where the result costs no more than the cheapest
timetable without promises, or where all that are cheaper have been found, judged and excluded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.checking import confirm
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.promises import Judgement, Target, judge
from scheduler.forecasting.protection import NoGoods, Protection
from scheduler.forecasting.tracks import laws_of
from scheduler.forecasting.windows import Forecast, forecast
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.settings import Progress, Settings
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.rules.rule import Rule

MOST_ROUNDS = 40
"""Tightenings of one kind of protection."""
MOST_EXCLUDED = 25
"""Cheaper timetables that are excluded one by one for the proof."""
MOST_FOR_BUDGET = 16
"""Sessions up to which the budget, a clause for each pair, is tried too."""

Report = Callable[[Progress], None] | None


@dataclass(frozen=True)
class PromisePlan:
    """The answer to a scenario with promises."""

    outcome: Outcome
    """``UNKNOWN`` where no timetable was found that keeps the promises, ``INFEASIBLE`` where all have been judged."""
    judgements: tuple[Judgement, ...]
    """Of the outcome's timetable; without one, of the best that was seen."""
    nominal: Outcome
    """The cheapest timetable without promises."""
    nominal_judgements: tuple[Judgement, ...]
    rounds: int
    """Timetables that were judged."""
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


def plan(scenario: Scenario, settings: Settings | None = None, report: Report = None) -> PromisePlan:
    """The cheapest timetable that was found to keep every rule and every promise.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        InputError: a promise names a day on which nobody meets.
    """
    return _Planning(scenario, settings or Settings(), report).run()


class _Planning:
    def __init__(self, scenario: Scenario, settings: Settings, report: Report) -> None:
        self.scenario, self.settings, self.report = scenario, settings, report
        self.until = time.monotonic() + settings.left
        self.rounds = 0
        self.incumbent: tuple[Outcome, tuple[Judgement, ...]] | None = None
        self.nearest: tuple[Judgement, ...] = ()
        self.exhausted = False

    def run(self) -> PromisePlan:
        """Nominal first; then protection by buffers, by a budget; then the proof."""
        nominal = self._solve(())
        if nominal.timetable is None or not self.scenario.promises:
            return PromisePlan(nominal, (), nominal, (), self.rounds, promised=bool(self.scenario.promises))
        judged = self._judge(nominal)
        bound = nominal.bound or 0
        proved = nominal.status is Status.OPTIMAL
        if self.incumbent is None:
            first = forecast(self.scenario, nominal.timetable)
            self._tighten(first, judged, budget=False)
            if not self._cheap(bound) and len(self.scenario.sessions) <= MOST_FOR_BUDGET:
                self._tighten(first, judged, budget=True)
            bound, proved = self._exclude(nominal, bound)
        if self.incumbent is None:
            lost = Outcome(
                Status.INFEASIBLE if self.exhausted else Status.UNKNOWN,
                interrupted=nominal.interrupted,
                solver=nominal.solver,
            )
            return PromisePlan(lost, self.nearest, nominal, judged, self.rounds)
        outcome, judgements = self.incumbent
        assert outcome.timetable is not None
        report = confirm(self.scenario, outcome.timetable, outcome.cost)
        proved = proved and outcome.cost is not None and outcome.cost <= bound
        status = Status.OPTIMAL if proved else Status.FEASIBLE
        outcome = replace(outcome, status=status, violations=report.violations, bound=min(bound, outcome.cost or 0))
        if outcome.timetable != nominal.timetable:
            outcome = replace(outcome, ties=None, heuristic=not proved)
        return PromisePlan(outcome, judgements, nominal, judged, self.rounds)

    def _cheap(self, bound: int) -> bool:
        return self.incumbent is not None and (self.incumbent[0].cost or 0) <= bound

    def _solve(self, protections: tuple[Rule, ...]) -> Outcome:
        until = max(self.until, time.monotonic() + 0.1)
        scenario = self.scenario.revised(rules=(*self.scenario.rules, *protections))
        return solve(scenario, replace(self.settings, until=until), self.report)

    def _judge(self, outcome: Outcome) -> tuple[Judgement, ...]:
        """Judge a timetable, and remember it if it is the cheapest that keeps every promise."""
        assert outcome.timetable is not None
        self.rounds += 1
        judged = judge(forecast(self.scenario, outcome.timetable))
        if all(j.kept for j in judged):
            if self.incumbent is None or (outcome.cost or 0) < (self.incumbent[0].cost or 0):
                self.incumbent = outcome, judged
        elif not self.nearest or _shortfall(judged) < _shortfall(self.nearest):
            self.nearest = judged
        return judged

    @property
    def _late(self) -> bool:
        return time.monotonic() > self.until

    # --- tightening ------------------------------------------------------------------------------------------

    def _tighten(self, found: Forecast, judged: tuple[Judgement, ...], *, budget: bool) -> None:
        """Widen the free time before each target that is not likely enough, until all are or nothing fits."""
        protections: dict[tuple[str, int | None], Protection] = {}
        shares: dict[tuple[str, int | None], int] = {}
        laws = laws_of(self.scenario)
        for _ in range(MOST_ROUNDS):
            for target in _broken(found, judged):
                key = (str(target.session), None if target.starting else target.by)
                if budget:
                    shares[key] = shares.get(key, 0) + 1
                    reach = {str(s): round(shares[key] / 4 * (w.high - w.likely)) for s, w in laws.items()}
                    protections[key] = _protection(key, 0, reach)
                else:
                    free = _free(found, target)
                    known = protections[key].buffer if key in protections else 0
                    protections[key] = _protection(key, max(known, free) + self.scenario.grain, {})
            outcome = self._solve(tuple(protections.values()))
            if (
                outcome.timetable is None
                or self._late
                or (self.incumbent and (outcome.bound or 0) >= (self.incumbent[0].cost or 0))
            ):
                return
            judged = self._judge(outcome)
            if all(j.kept for j in judged):
                return
            found = forecast(self.scenario, outcome.timetable)

    # --- the proof -------------------------------------------------------------------------------------------

    def _exclude(self, nominal: Outcome, bound: int) -> tuple[int, bool]:
        """Go through the timetables from the cheapest on; the bound they prove, and whether it is one."""
        assert nominal.timetable is not None
        no_goods = [_places(nominal.timetable)]
        proved = nominal.status is Status.OPTIMAL
        for _ in range(MOST_EXCLUDED):
            if self._late or not proved or self._cheap(bound):
                break
            outcome = self._solve((NoGoods(rule="no_goods", id="no-goods", timetables=tuple(no_goods)),))
            if outcome.timetable is None:
                self.exhausted = outcome.status is Status.INFEASIBLE
                if self.exhausted and self.incumbent is not None:
                    bound = self.incumbent[0].cost or 0
                break
            proved = outcome.status is Status.OPTIMAL
            bound = max(bound, outcome.bound or 0)
            self._judge(outcome)
            no_goods.append(_places(outcome.timetable))
        return bound, proved


def _places(timetable: Timetable) -> dict[str, tuple[int, str]]:
    return {str(p.session): (p.start, str(p.room)) for p in timetable}


def _protection(key: tuple[str, int | None], buffer: int, budget: dict[str, int]) -> Protection:
    name = f"protection-{key[0]}"
    return Protection(rule="protection", id=name, target=key[0], by=key[1], buffer=buffer, budget=budget)


def _shortfall(judged: tuple[Judgement, ...]) -> float:
    return sum(max(0.0, j.promise.chance - j.chance) for j in judged)


def _broken(found: Forecast, judged: tuple[Judgement, ...]) -> Iterator[Target]:
    """Targets that are not likely enough, those about a whole room as one about its last session."""
    for judgement in judged:
        for number, target in enumerate(judgement.targets):
            if target in judgement.broken:
                last = found.tracks[number].sessions[-1] if target.session is None else target.session
                yield replace(target, session=last)


def _free(found: Forecast, target: Target) -> int:
    """Nominal minutes that the plan leaves free before a target now."""
    assert target.session is not None
    planned = found.sessions[target.session].planned
    if not target.starting:
        return max(0, target.by - planned.end)
    for track in found.tracks:
        if target.session in track.sessions:
            at = track.sessions.index(target.session)
            return max(0, planned.start - track.sittings[at - 1].planned.end) if at else 0
    return 0
