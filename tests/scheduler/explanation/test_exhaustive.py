"""The second engine agrees with the solver, knows nothing of it, and says when a scenario is too large."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.impossible import random_scenario
from support.letters import WITH_GRID, letter
from support.random_programmes import draw
from support.small import scenario, timetable

from constraints import KINDS
from scheduler.checking import check
from scheduler.domain.base import altered
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings, Status
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum, search

ONE = Settings(workers=1)


@pytest.mark.parametrize("number", range(50))
def test_it_agrees_with_the_solver_on_whether_random_scenarios_are_possible(number: int) -> None:
    scenario = random_scenario(number)
    assert search(scenario).impossible is (solve(scenario, ONE).status is Status.INFEASIBLE)


@pytest.mark.parametrize("number", range(25))
def test_it_agrees_with_the_solver_on_the_least_cost(number: int) -> None:
    hard = random_scenario(number)
    soft = [r.model_copy(update={"weight": r.cost_to_waive}) if i % 2 else r for i, r in enumerate(hard.rules)]
    scenario = altered(hard, rules=tuple(soft))
    outcome = solve(scenario, ONE)
    found, cost = optimum(scenario)
    assert found.complete is True
    assert cost == outcome.cost


@pytest.mark.parametrize("name", WITH_GRID[:3])
def test_it_proves_that_no_other_timetable_of_a_letter_is_as_good(name: str) -> None:
    scenario = letter(name)
    outcome = solve(scenario, ONE)
    assert outcome.timetable is not None
    result = search(scenario, below=1, other_than=outcome.timetable)
    assert (result.timetable, result.complete) == (None, True)
    found = search(scenario)
    assert found.timetable == outcome.timetable


def test_what_is_too_large_is_not_decided() -> None:
    result = search(letter("csp8"), nodes=1)
    assert (result.timetable, result.complete, result.impossible) == (None, False, None)
    assert result.reason == "more than 1 steps of search"


def test_time_that_is_up_decides_nothing() -> None:
    result = search(letter("csp12"), seconds=0.0)
    assert (result.complete, result.impossible) == (False, None)
    assert result.reason == "its pairs of placements take longer to compare than the time allowed"


def test_it_imports_no_solver() -> None:
    code = (
        "import sys, scheduler.solving.exhaustive, scheduler.explanation.verification, scheduler.commands.verify;"
        "print([m for m in sys.modules if m.split('.')[0] in ('ortools', 'pandas', 'numpy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("kind", [kind for kind, rule in KINDS.items() if rule.monotone])
def test_a_breach_of_a_monotone_rule_stays_and_costs_no_less_whatever_else_is_placed(kind: str) -> None:
    """Both the arithmetic and the second engine leave out what breaks such a rule on a part of the timetable."""
    for number in range(15):
        case = draw(kind, number)
        placements = list(case.timetable)
        amounts = []
        for size in range(len(placements) + 1):
            violations = list(case.rule.check(case.scenario, Timetable(placements[:size])))
            amounts.append(sum(violation.amount for violation in violations))
        assert amounts == sorted(amounts), case.name


def test_a_timetable_found_keeps_every_rule_and_costs_less_than_asked() -> None:
    hard = random_scenario(3)
    scenario = altered(hard, rules=tuple(r.model_copy(update={"weight": 1}) for r in hard.rules))
    best, cost = optimum(scenario)
    assert best.timetable is not None
    assert cost is not None
    report = check(scenario, best.timetable)
    assert (report.broken, report.cost) == ((), cost)
    assert search(scenario, below=cost).impossible is True
    assert search(scenario, below=cost + 1).impossible is False


def test_less_than_so_many_points_is_not_as_many() -> None:
    """The idle slot is counted only when everything is placed: no part of the timetable is left out for it."""
    pins = [{"rule": "pin", "of": [name], "start": day} for name, day in (("a", "Tuesday"), ("b", "Thursday"))]
    of = scenario({"A": "3h", "B": "3h"}, {"rule": "no_idle_slots", "weight": 1}, *pins, slots=["10:00-13:00"])
    assert check(of, timetable(of, {"a": "Tue 10:00", "b": "Thu 10:00"})).cost == 1
    assert [search(of, below=points).impossible for points in (1, 2)] == [True, False]
