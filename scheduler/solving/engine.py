"""Solves a scenario with CP-SAT, and returns only what the checker has confirmed.

Stages: the cheapest timetable; is it the only one; if not, the first of the equally good ones in a fixed order (the
lexicographically smallest starts, then rooms), so that the answer does not depend on seed and number of workers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.checking import confirm
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Outcome, Progress, Settings, Status, Ties
from scheduler.scenario import Scenario
from scheduler.solving.canonical import MAX_TIES, equally_good, first_in_order, is_only_one
from scheduler.solving.formulation import Choice, Formulation, choose
from scheduler.solving.posting import on_the_axis
from scheduler.solving.search import LARGE, ORTOOLS, Answer, Search, facts_of, fingerprint, prove_again

if TYPE_CHECKING:
    from scheduler.solving.counted.translation import Translation

GLANCE_EFFORT = 0.05
"""Deterministic seconds of a first search; where it gives no answer, needs are added up."""
MAX_QUESTIONS = 200_000
"""Needs are added up where that asks the rules at most this number of questions."""
QUICK_QUESTIONS = 30_000
"""In slots needs are added up before the search where that asks at most this number; else when it has found nothing."""
MAX_ADDING_SECONDS, ADDING_SHARE = 5.0, 1 / 12
"""Adding up takes at most these seconds, and at most this part of the time left."""
FIRST_EFFORT = 2.0
"""Deterministic seconds that one worker gets before all cores search."""


def solve(
    scenario: Scenario,
    settings: Settings | None = None,
    report: Callable[[Progress], None] | None = None,
    choice: Choice | None = None,
) -> Outcome:
    """Find the cheapest timetable that keeps every hard rule. ``choice``: the formulation; None: as `choose` does.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    search = Search(settings or Settings(), report)
    settings = search.settings
    try:
        if scenario.over_booked:
            return Outcome(Status.INFEASIBLE, solver={"ortools": ORTOOLS}, reasons=_too_much(scenario, search))
        choice = choice or choose(scenario)
        if choice.translation is not None and (reasons := _too_much(scenario, search)):
            counted = {"ortools": ORTOOLS, "formulation": str(Formulation.COUNTED)}
            return Outcome(Status.INFEASIBLE, solver=counted, reasons=reasons)
        if choice.at_first:
            from scheduler.solving import slots

            granted = slots.for_nothing(scenario, search, briefly=True)
            if granted is not None:
                return granted
        if choice.translation is not None:
            return _count_sessions(choice.translation, replace(settings, until=search.until), report)
        if choice.name is Formulation.SLOTS:
            from scheduler.solving import slots

            if reasons := _too_much(scenario, search, QUICK_QUESTIONS):
                return Outcome(Status.INFEASIBLE, solver=facts_of(settings, formulation="slots"), reasons=reasons)
            outcome = slots.solve(scenario, search, lambda: _too_much(scenario, search))
            silent = outcome.status is Status.INFEASIBLE and not outcome.reasons
            return replace(outcome, reasons=_too_much(scenario, search)) if silent else outcome
        model = on_the_axis(scenario, search.until)
        print_of_model = fingerprint(model.cp)
    except OutOfTime:
        return Outcome(Status.UNKNOWN, unbuilt=True)
    facts = facts_of(settings, model_sha256=print_of_model)
    glance = _glance(model, search)
    if glance is None or not (glance.found or _settled(glance)):
        reasons = _too_much(scenario, search)
        if reasons:
            return Outcome(Status.INFEASIBLE, solver=facts, reasons=reasons)
    answer = glance if glance is not None and _settled(glance) else _cheapest(model, search, glance)
    if answer.status is Status.INFEASIBLE:
        prove_again(model.cp, search, presolve=False)
        return Outcome(answer.status, solver=facts, reasons=_too_much(scenario, search))
    if not answer.found:
        return Outcome(answer.status, interrupted=answer.interrupted, solver=facts)
    timetable = model.read(answer.solver)
    bound = round(answer.solver.best_objective_bound) if model.costs else 0
    proved = answer.status is Status.OPTIMAL
    claimed = round(answer.solver.objective_value) if model.costs else 0
    ties, canonical = None, False
    if proved:
        with suppress(OutOfTime):  # the timetable is the cheapest all the same
            timetable, ties, canonical = _settle(model, timetable, claimed, search)
    confirmed = confirm(scenario, timetable, claimed if proved else None)
    return confirmed.outcome(
        timetable, proved=proved, bound=bound, ties=ties, canonical=canonical, interrupted=search.interrupted,
        solver=facts,
    )  # fmt: skip


def _count_sessions(translation: Translation, settings: Settings, report: Callable[[Progress], None] | None) -> Outcome:
    """Solve in the counted formulation: one search from above and one from below, each on a core of its own."""
    from scheduler.solving import slots
    from scheduler.solving.counted.closing import Naming
    from scheduler.solving.counted.counted_engine import solve_counted

    workers = settings.workers or min(2, os.cpu_count() or 1)
    facts = facts_of(replace(settings, workers=workers), formulation=str(Formulation.COUNTED))
    outcome = solve_counted(Naming(translation, slots.build), settings, workers, facts, report)
    if outcome.timetable is None:
        return outcome
    confirmed = confirm(translation.scenario, outcome.timetable, outcome.cost)
    return replace(outcome, violations=confirmed.violations)


def _glance(model: ScheduleModel, search: Search) -> Answer | None:
    """What a very short search finds: it settles most scenarios of some days. None: it was not tried."""
    if search.settings.workers not in (None, 1) or len(model.cp.proto.variables) > LARGE:
        return None
    answer = search.run(model.cp, effort=GLANCE_EFFORT)
    if answer.found and not _settled(answer):
        model.hint(model.read(answer.solver))
    return answer


def _settled(answer: Answer) -> bool:
    """Whether nothing is left to be searched for."""
    return answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or answer.interrupted


def _too_much(scenario: Scenario, search: Search, questions: int = MAX_QUESTIONS) -> tuple[str, ...]:
    """What does not add up: a proof that there is no timetable, where search may need hours for one.

    ``questions``: more are not asked; then only the hours of all rooms are added up.
    """
    from scheduler.arithmetic.findings import said
    from scheduler.arithmetic.shortage import Arithmetic, in_total

    until = time.monotonic() + min(MAX_ADDING_SECONDS, max(0.0, search.left) * ADDING_SHARE)
    arithmetic = Arithmetic(scenario, until)
    if arithmetic.spots.effort() > questions:
        total = in_total(scenario)
        return () if total is None else said([total])
    return said(arithmetic.shortages())


def _cheapest(model: ScheduleModel, search: Search, incumbent: Answer | None = None) -> Answer:
    """One worker first (no thread to start, the same search everywhere), then all cores if that has not sufficed.

    The ``incumbent`` stays the answer where nothing better is found in time.
    """
    asked = search.settings.workers
    if asked is None and len(model.cp.proto.variables) <= LARGE:
        answer = search.run(model.cp, effort=FIRST_EFFORT)
        if answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or (search.interrupted and answer.found):
            return answer
        if answer.found:
            model.hint(model.read(answer.solver))
            incumbent = answer
    further = search.run(model.cp, workers=asked or os.cpu_count() or 1)
    if further.found or further.status is Status.INFEASIBLE or incumbent is None or not incumbent.found:
        return further
    return replace(incumbent, interrupted=search.interrupted)


def _settle(model: ScheduleModel, found: Timetable, cost: int, search: Search) -> tuple[Timetable, Ties | None, bool]:
    """The first of the cheapest timetables in the fixed order, their number, and whether it is proved the first."""
    within = model.within(cost)
    if is_only_one(model, found, search, *within):
        return found, Ties(1, exact=True), True
    first, proved = first_in_order(model, found, search, *within)
    return first, _count(model, cost, first, search) if proved else None, proved


def _count(model: ScheduleModel, cost: int, first: Timetable, search: Search) -> Ties:
    """Count the cheapest timetables up to a limit.

    They are at least two; a count that the clock has cut short says no more than that.
    """
    found, exact = equally_good(model, first, cost, search)
    cut = not exact and len(found) < MAX_TIES and search.left <= 0
    return Ties(len(found) if exact else 2 if cut else max(len(found), 2), exact)
