"""Solves a scenario in the counted formulation, and lets nothing out that the checker has not confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from scheduler.checking import check
from scheduler.errors import EngineError
from scheduler.outcome import Outcome, Status
from scheduler.solving.counted.engine import solve_problem
from scheduler.solving.counted.translation import Translation
from scheduler.solving.settings import Progress


def solve_counted(
    translation: Translation,
    facts: Mapping[str, object],
    *,
    time_limit: float,
    seed: int,
    workers: int,
    report: Callable[[Progress], None] | None = None,
) -> Outcome:
    """The cheapest timetable that is found within ``time_limit`` seconds; ``report`` gets the progress.

    Raises:
        EngineError: the checker does not confirm a timetable, or its cost.
    """
    until = time.monotonic() + time_limit
    discount, prohibitive = translation.discount, translation.prohibitive

    def in_points(found: Progress) -> None:
        cost = None if found.cost is None or found.cost >= prohibitive else found.cost - discount
        if report:
            report(Progress(found.seconds, cost, max(0, min(found.bound or 0, prohibitive) - discount)))

    result = solve_problem(
        translation.problem, time_limit=time_limit, seed=seed, workers=workers, report=in_points if report else None
    )
    if not result.impossible and result.bound >= prohibitive:
        _prove_again(translation, until - time.monotonic(), seed)
    if result.impossible or result.bound >= prohibitive:
        return Outcome(Status.INFEASIBLE, interrupted=result.interrupted, solver=facts)
    if result.plan is None or result.cost is None or result.cost >= prohibitive:
        return Outcome(Status.UNKNOWN, interrupted=result.interrupted, solver=facts)
    timetable = translation.timetable(result.plan)
    confirmed = check(translation.scenario, timetable)
    if confirmed.broken:
        violation = confirmed.broken[0]
        raise EngineError(f"the counted timetable breaks '{violation.id}': {violation.message}")
    if confirmed.cost != result.cost - discount:
        raise EngineError(f"the counted timetable costs {confirmed.cost}, the counts say {result.cost - discount}")
    status = Status.OPTIMAL if result.proved else Status.FEASIBLE
    bound = max(0, result.bound - discount)
    return Outcome(
        status,
        timetable,
        confirmed.cost,
        bound,
        confirmed.violations,
        interrupted=result.interrupted,
        solver=facts,
    )


def _prove_again(translation: Translation, left: float, seed: int) -> None:
    """INFEASIBLE is said only when a search of another seed, its turns on one thread, finds no timetable either."""
    again = solve_problem(translation.problem, time_limit=max(0.0, left), seed=seed + 1, workers=1)
    if again.cost is not None and again.cost < translation.prohibitive:
        raise EngineError("the counts call the scenario infeasible, but another search finds a timetable")
