"""Every rule says its condition twice, to the solver and in plain Python: the two agree on any timetable.

A failure names its cases: ``draw(kind, number)`` of ``random_programmes`` draws them again.
"""

from __future__ import annotations

from random import Random

import pytest
from ortools.sat.python import cp_model
from support.agreement import checked, posted, solve
from support.formulations import everywhere, in_cells, packed_everywhere
from support.random_programmes import draw
from support.small import scenario, timetable

from constraints import KINDS
from scheduler.model.schedule_model import ScheduleModel

CASES = {kind: range(1000 if kind == "rolling" else 160) for kind in KINDS}
"""A rolling sequence can be kept in many ways, each of them rare."""
GUARDED = range(40)
SOLVED = range(1000, 1050)
IN_SLOTS = range(40)

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


@every_kind
def test_the_model_allows_and_charges_exactly_what_the_check_finds(kind: str) -> None:
    cases = [draw(kind, number) for number in CASES[kind]]
    found = [(case.name, checked(case.scenario, case.rule, case.timetable)) for case in cases]
    assert [(case.name, posted(case.scenario, case.rule, case.timetable)) for case in cases] == found
    sorts = {(case.rule.weight is None, cost == 0) for case, (_, cost) in zip(cases, found, strict=True)}
    assert sorts == {(hard, silent) for hard in (True, False) for silent in (True, False)}


@every_kind
def test_a_rule_whose_guard_is_false_asks_nothing_and_costs_nothing(kind: str) -> None:
    cases = [draw(kind, number) for number in GUARDED]
    costs = [(case.name, posted(case.scenario, case.rule, case.timetable, enforcement=False)) for case in cases]
    assert costs == [(case.name, 0) for case in cases]


@every_kind
def test_a_rule_whose_guard_is_true_is_the_rule(kind: str) -> None:
    cases = [draw(kind, number) for number in GUARDED]
    found = [(case.name, checked(case.scenario, case.rule, case.timetable)) for case in cases]
    assert [(case.name, posted(case.scenario, case.rule, case.timetable, enforcement=True)) for case in cases] == found


@every_kind
def test_the_check_confirms_every_timetable_that_the_solver_makes_itself(kind: str) -> None:
    claimed, confirmed = [], []
    for case in (draw(kind, number) for number in SOLVED):
        rng = Random(case.name)
        model = ScheduleModel(case.scenario)
        case.rule.post(model)
        wishes = [start * rng.randint(-1, 1) for start in model.starts.values()]
        model.cp.minimize(model.cost * 1000 + cp_model.LinearExpr.sum(wishes))
        solver = solve(model)
        if solver is not None:
            claimed.append((case.name, solver.value(model.cost)))
            confirmed.append((case.name, checked(case.scenario, case.rule, model.read(solver))))
    assert len(claimed) >= 20
    assert confirmed == claimed


@every_kind
def test_the_views_in_slots_say_the_same(kind: str) -> None:
    cases = [case for case in (draw(kind, number) for number in IN_SLOTS) if not case.scenario.gives_way]
    for enforcement in (None, True, False):
        found = [
            (case.name, 0 if enforcement is False else checked(case.scenario, case.rule, case.timetable))
            for case in cases
        ]
        said = [
            (case.name, posted(case.scenario, case.rule, case.timetable, enforcement, everywhere)) for case in cases
        ]
        assert said == found
    assert len(cases) >= 20


@every_kind
def test_the_views_of_packed_slots_say_the_same(kind: str) -> None:
    cases = [case for number in IN_SLOTS if (case := in_cells(draw(kind, number)))]
    found = [(case.name, checked(case.scenario, case.rule, case.timetable)) for case in cases]
    said = [(case.name, posted(case.scenario, case.rule, case.timetable, views=packed_everywhere)) for case in cases]
    assert said == found
    assert len(cases) >= 8


def test_a_timetable_off_the_grain_is_no_solution() -> None:
    of = scenario({"WGTU": "1h"}, {"rule": "within_slot"})
    costs = [posted(of, of.rules[0], timetable(of, {"wgtu": place})) for place in ("Tue 11:00", "Tue 11:10")]
    assert (of.grain, costs) == (60, [0, None])
