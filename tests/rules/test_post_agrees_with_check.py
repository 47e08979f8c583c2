"""Every rule says its condition twice, to the solver and in plain Python: the two agree on any timetable.

A failure names its cases: ``draw(kind, number)`` of ``random_programmes`` draws them again.
"""

from __future__ import annotations

from random import Random

import pytest
from ortools.sat.python import cp_model
from random_programmes import Case, draw

from constraints import KINDS
from scheduler.domain.timetable import Timetable
from scheduler.model import ScheduleModel

CASES = range(160)
GUARDED = range(50)
SOLVED = range(1000, 1060)

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


def solve(model: ScheduleModel) -> cp_model.CpSolver | None:
    """One run to the end, or None when nothing satisfies the model."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), model.cp.validate()
    return solver if status == cp_model.OPTIMAL else None


def posted(case: Case, guard: bool | None = None) -> int | None:
    """What the timetable costs in a model of the rule alone; None when the model does not allow it."""
    model = ScheduleModel(case.scenario)
    literal = None if guard is None else model.cp.new_bool_var("guard")
    case.rule.post(model, literal)
    if literal is not None:
        model.cp.add_bool_or([literal if guard else ~literal])
    model.fix(case.timetable)
    model.cp.minimize(model.cost)
    solver = solve(model)
    return None if solver is None else round(solver.objective_value)


def checked(case: Case, timetable: Timetable) -> int | None:
    """What the findings cost; None when a hard rule is broken."""
    findings = list(case.rule.check(case.scenario, timetable))
    if case.rule.weight is None:
        return None if findings else 0
    return sum(finding.penalty for finding in findings)


@every_kind
def test_the_model_allows_and_charges_exactly_what_the_check_finds(kind: str) -> None:
    cases = [draw(kind, number) for number in CASES]
    found = [(case.name, checked(case, case.timetable)) for case in cases]
    assert [(case.name, posted(case)) for case in cases] == found


@every_kind
def test_a_rule_whose_guard_is_false_asks_nothing_and_costs_nothing(kind: str) -> None:
    cases = [draw(kind, number) for number in GUARDED]
    assert [(case.name, posted(case, guard=False)) for case in cases] == [(case.name, 0) for case in cases]


@every_kind
def test_a_rule_whose_guard_is_true_is_the_rule(kind: str) -> None:
    cases = [draw(kind, number) for number in GUARDED]
    found = [(case.name, checked(case, case.timetable)) for case in cases]
    assert [(case.name, posted(case, guard=True)) for case in cases] == found


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
            confirmed.append((case.name, checked(case, model.read(solver))))
    assert len(claimed) >= 20
    assert confirmed == claimed


@every_kind
def test_the_cases_are_of_all_sorts(kind: str) -> None:
    sorts = set()
    for case in (draw(kind, number) for number in CASES):
        cost = checked(case, case.timetable)
        hard = case.rule.weight is None
        sorts.add(("hard" if hard else "soft", "silent" if cost == 0 else "found"))
    assert sorts == {("hard", "silent"), ("hard", "found"), ("soft", "silent"), ("soft", "found")}
