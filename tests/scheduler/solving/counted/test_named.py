"""The named model against every timetable there is, and against the judge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.cosplib_judge import judge
from support.cosplib_problem import problem_of, solved
from support.cosplib_workbooks import drawn, tiny
from support.every_plan import cheapest

from exports.cosplib.conference_values import Conference
from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.named_model import LARGEST_SIZE, NamedModel, size
from scheduler.solving.counted.problem import CellPlan


def best(conference: Conference, hint: CellPlan | None = None) -> tuple[int, int, tuple[str, ...]]:
    """What the model says its optimum costs, what the judge says, and the faults that the judge finds."""
    built = NamedModel(problem_of(conference))
    if hint is not None:
        built.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(built.model) == cp_model.OPTIMAL
    verdict = judge(conference, built.plan(solver.value))
    return round(solver.objective_value), verdict.cost, verdict.faults


@pytest.mark.parametrize("seed", range(40))
def test_its_optimum_is_that_of_all_timetables_in_every_term(seed: int) -> None:
    conference = drawn(seed)
    least = cheapest(conference)
    assert best(conference) == (least, least, ())


def test_submissions_of_several_time_slots_cost_what_the_judge_says() -> None:
    claimed, judged, faults = best(tiny())
    assert (claimed, faults) == (judged, ())


def test_a_hint_changes_no_cost() -> None:
    result = solved(tiny(), time_limit=0.5, workers=1)
    assert best(tiny(), result.plan) == best(tiny())


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7, 8, 10, 15, 18, 19])
def test_the_engine_closes_the_gap_that_counts_leave(seed: int) -> None:
    conference = drawn(seed)
    result = solved(conference, time_limit=20, workers=1)
    assert (result.proved, result.cost) == (True, cheapest(conference))


def test_large_conferences_are_too_large_for_it() -> None:
    conference = tiny()
    nobody: frozenset[str] = frozenset()
    talks = tuple(replace(talk, presenters=nobody, attendees=nobody, order=0) for talk in conference.submissions)
    many = replace(conference, submissions=talks * 1000)
    assert (size(problem_of(conference)) <= LARGEST_SIZE, size(problem_of(many)) <= LARGEST_SIZE) == (True, False)
