"""What a timetable costs under one rule alone: as the model says, and as the check says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product

from ortools.sat.python import cp_model

from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
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


def fix(model: ScheduleModel, timetable: Timetable) -> None:
    """Hold every placed session at its start and in its room; one that starts off the grain holds nowhere."""
    for placement in timetable:
        model.clause(model.starts_among(placement.session, [placement.start]))
        model.clause(model.in_rooms(placement.session, placement.where))


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
    fix(model, timetable)
    model.finish()
    model.cp.minimize(model.cost)
    solver = solve(model)
    return None if solver is None else round(solver.objective_value)


def decisions(scenario: Scenario) -> Iterator[Scenario]:
    """The scenario with the open seats filled, in every way."""
    seats = [(session, number) for session, numbers in scenario.open_seats.items() for number in numbers]
    for chosen in product(*(range(len(scenario.seats(session)[number].people)) for session, number in seats)):
        filled: dict[SessionId, dict[int, int]] = {}
        for (session, number), who in zip(seats, chosen, strict=True):
            filled.setdefault(session, {})[number] = who
        yield scenario.presided_by(filled)


def total(violations: Iterable[Violation]) -> int:
    """Their amounts together."""
    return sum(violation.amount for violation in violations)


def checked(scenario: Scenario, rule: Rule, timetable: Timetable) -> int | None:
    """The cost of the findings, the open seats filled so that it is least; None when a hard rule is broken."""
    violations = min((list(rule.check(each, timetable)) for each in decisions(scenario)), key=total)
    if rule.weight is None:
        return None if violations else 0
    return sum(violation.penalty for violation in violations)
