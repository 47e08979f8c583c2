"""What a timetable costs under one rule alone: as the model says, and as the check says."""

from __future__ import annotations

from collections.abc import Callable

from ortools.sat.python import cp_model

from scheduler.domain.timetable import Timetable
from scheduler.model.schedule_model import ScheduleModel
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario


def solve(model: ScheduleModel) -> cp_model.CpSolver | None:
    """One run to the end, or None when nothing satisfies the model."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), model.cp.validate()
    return solver if status == cp_model.OPTIMAL else None


def posted(
    scenario: Scenario,
    rule: Rule,
    timetable: Timetable,
    enforcement: bool | None = None,
    views: Callable[[Scenario], ScheduleModel] = ScheduleModel,
) -> int | None:
    """The cost in a model of the rule alone, with its guard at a given value; None when the model does not allow it."""
    model = views(scenario)
    literal = None if enforcement is None else model.cp.new_bool_var("enforcement")
    rule.post(model, literal)
    if literal is not None:
        model.cp.add_bool_or([literal if enforcement else ~literal])
    model.fix(timetable)
    model.finish()
    model.cp.minimize(model.cost)
    solver = solve(model)
    return None if solver is None else round(solver.objective_value)


def checked(scenario: Scenario, rule: Rule, timetable: Timetable) -> int | None:
    """The cost of the findings; None when a hard rule is broken."""
    violations = list(rule.check(scenario, timetable))
    if rule.weight is None:
        return None if violations else 0
    return sum(violation.penalty for violation in violations)
