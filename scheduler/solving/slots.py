"""Solves a scenario in the formulation in slots: the places of each session, the model, and the search.

Presolve takes longer than the search here, so there is none. With wishes, the first question is whether all of them can
be had: without an objective that is found, or refuted by counting, much sooner.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from scheduler.arithmetic.spots import Spots
from scheduler.checking import confirm
from scheduler.domain.timetable import Timetable
from scheduler.model.packed_model import PackedModel
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.slot_model import Place, Places, SlotModel
from scheduler.outcome import Outcome, Status, Ties
from scheduler.rules.rule import OfCells, Rule
from scheduler.scenario import Scenario
from scheduler.solving.canonical import equally_good, straight
from scheduler.solving.formulation import missing
from scheduler.solving.search import Answer, Halt, Search, facts_of, fingerprint, prove_again

ZERO_EFFORT = 5.0
"""Deterministic seconds for the question whether all wishes can be had."""
FIRST_EFFORT = 5.0
"""Deterministic seconds that one worker gets before all cores search."""
FIRST_IN_ORDER = 1.5
"""Deterministic seconds in which the first of the best timetables is looked for, or as many as the best one took."""
TIES_EFFORT = 1.0
"""Deterministic seconds in which others are looked for that are as good; of one that leaves rooms free many are."""


def places(scenario: Scenario, until: float | None = None) -> Places:
    """The places of every session: what the hard rules on it alone leave to it.

    Raises:
        OutOfTime: the time, on the monotonic clock, is over.
    """
    spots = Spots(scenario, until)
    return {
        session: {placed.start: Place(placed.segments, frozenset(rooms)) for placed, rooms in spots.left(session)}
        for session in scenario.sessions
    }


def build(
    scenario: Scenario,
    until: float | None = None,
    which: Callable[[Rule], bool] = lambda _: True,
    ask: Callable[[ScheduleModel], object] | None = None,
) -> SlotModel:
    """The model with the rules posted and the cost to be minimised.

    ``which``: the rules to post; all hard ones must be among them. ``ask`` asks for views of rooms, which there are
    before ``finish`` alone.

    Raises:
        OutOfTime: the time is over.
    """
    left, unsaid = places(scenario, until), missing(scenario)
    if not unsaid:
        model: SlotModel = PackedModel(scenario, left, until)
    else:
        model = SlotModel(scenario, left, until, exclusive=OfCells.ONE_SITTING not in unsaid)
    for rule in scenario.all_rules:
        if which(rule):
            rule.post(model)
    if ask is not None:
        ask(model)
    model.finish()
    model.deadline = None
    if model.costs:
        model.cp.minimize(model.cost)
    return model


def solve(scenario: Scenario, search: Search) -> Outcome:
    """Find the cheapest timetable that keeps every hard rule; search it in the fixed order, and count those as good.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        OutOfTime: the time is over before the model is built.
    """
    model = build(scenario, search.until)
    facts = facts_of(search.settings, model_sha256=fingerprint(model.cp), formulation="slots")
    first, answer = _for_nothing(model, search)
    if first is not None:
        confirmed, ties = confirm(scenario, first, 0), _counted(model, 0, first, search)
        return confirmed.outcome(
            first, proved=True, ties=ties, canonical=True, interrupted=search.interrupted, solver=facts
        )
    cost = 0
    if answer.status is not Status.OPTIMAL and (model.costs or answer.status is not Status.INFEASIBLE):
        answer = _cheapest(model, search)
        cost = round(answer.solver.objective_value) if answer.found and model.costs else 0
    if not answer.found:
        if answer.status is Status.INFEASIBLE:
            prove_again(model.cp, search, presolve=True)
        return Outcome(answer.status, interrupted=answer.interrupted, solver=facts)
    proved = answer.status is Status.OPTIMAL
    bound = cost if proved else round(answer.solver.best_objective_bound)
    if cost and proved:
        effort = max(FIRST_IN_ORDER, answer.solver.response_proto.deterministic_time)
        first = straight(model.twin(*model.within(cost)), search, effort)
    timetable = model.read(answer.solver) if first is None else first
    ties = _counted(model, cost, timetable, search) if proved else None
    return confirm(scenario, timetable, cost if proved else None).outcome(
        timetable, proved=proved, bound=bound, ties=ties, canonical=first is not None, interrupted=search.interrupted,
        solver=facts,
    )  # fmt: skip


def _counted(model: SlotModel, cost: int, first: Timetable, search: Search) -> Ties | None:
    """The number of the cheapest timetables, up to a limit; None: another one was not found, nor that there is none."""
    found, exact = equally_good(model, first, cost, search, TIES_EFFORT)
    return Ties(len(found), exact) if exact or len(found) > 1 else None


def _for_nothing(model: SlotModel, search: Search) -> tuple[Timetable | None, Answer]:
    """The first timetable in the order that keeps all wishes, if it is found; and whether there is any.

    Both are searched for at the same time, each with its own effort: which of them ends first makes no difference.
    """
    halt, answers, firsts = Halt(), [], []

    def any_of_them() -> None:
        free = model.twin(*model.within(0))
        answers.append(search.run(free.cp, presolve=False, effort=ZERO_EFFORT, workers=1, seed=0, halt=halt))
        if answers[0].status is Status.INFEASIBLE:
            halt.now()

    def the_first() -> None:
        firsts.append(straight(model.twin(*model.within(0)), search, FIRST_IN_ORDER, halt))
        if firsts[0] is not None:
            halt.now()

    search.side_by_side(halt, the_first, any_of_them)
    first = firsts[0] if firsts else None
    return first, answers[0] if answers else search.nothing()


def _cheapest(model: SlotModel, search: Search) -> Answer:
    """One worker first, then all cores if that has not sufficed; without wishes, one has searched already."""
    answer = search.nothing()
    if model.costs:
        answer = search.run(model.cp, presolve=False, effort=FIRST_EFFORT, workers=1, seed=0)
    if answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or search.interrupted:
        return answer
    if answer.found:
        model.hint(model.read(answer.solver))
    further = search.run(model.cp, presolve=False, workers=search.settings.workers or os.cpu_count() or 1)
    return further if further.found or further.status is Status.INFEASIBLE or not answer.found else answer
