"""Solves a scenario in the counted formulation; the checker has still to confirm what is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scheduler.errors import EngineError
from scheduler.outcome import Outcome, Status
from scheduler.solving.counted.engine import solve_problem
from scheduler.solving.counted.translation import Translation
from scheduler.solving.settings import Progress, Settings


def solve_counted(
    translation: Translation,
    settings: Settings,
    workers: int,
    facts: Mapping[str, object],
    report: Callable[[Progress], None] | None = None,
) -> Outcome:
    """The cheapest timetable that is found in the time that is left, with the cost that the counts say.

    Raises:
        EngineError: two searches contradict each other.
    """
    problem, discount, prohibitive = translation.problem, translation.discount, translation.prohibitive

    def tell(far: Progress) -> None:
        points = None if far.cost is None or far.cost >= prohibitive else far.cost - discount
        if report:
            report(Progress(far.seconds, points, max(0, min(far.bound or 0, prohibitive) - discount)))

    result = solve_problem(
        problem, time_limit=settings.left, seed=settings.seed, workers=workers, report=tell if report else None
    )
    if not result.impossible and result.bound >= prohibitive:
        _prove_again(translation, settings)
    if result.impossible or result.bound >= prohibitive:
        return Outcome(Status.INFEASIBLE, interrupted=result.interrupted, solver=facts)
    if result.plan is None or result.cost is None or result.cost >= prohibitive:
        return Outcome(Status.UNKNOWN, interrupted=result.interrupted, solver=facts)
    return Outcome(
        Status.OPTIMAL if result.proved else Status.FEASIBLE,
        translation.timetable(result.plan),
        result.cost - discount,
        max(0, result.bound - discount),
        interrupted=result.interrupted,
        solver=facts,
    )


def _prove_again(translation: Translation, settings: Settings) -> None:
    """INFEASIBLE is said only when a search of another seed, its turns on one thread, finds no timetable either."""
    again = solve_problem(translation.problem, time_limit=settings.left, seed=settings.seed + 1, workers=1)
    if again.cost is not None and again.cost < translation.prohibitive:
        raise EngineError("the counts call the scenario infeasible, but another search finds a timetable")
