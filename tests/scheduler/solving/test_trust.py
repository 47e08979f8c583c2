"""Nothing that the solver says leaves the engine unchecked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.command import Command
from support.letters import SCENARIOS, letter

from constraints.order import Order
from scheduler.domain.base import altered
from scheduler.domain.violations import Violation
from scheduler.errors import EngineError
from scheduler.solving.engine import solve


def always_broken(rule: Order, *_: object) -> Iterator[Violation]:
    yield rule.violation("nothing is ever in order")


def test_a_timetable_that_the_checker_refuses_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Order, "check", always_broken)
    with pytest.raises(EngineError, match="the solver's timetable breaks 'working-groups': nothing is ever in order"):
        solve(letter("csp11"))


def test_a_cost_that_the_checker_does_not_find_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = letter("csp11")
    soft = altered(scenario, rules=tuple(rule.model_copy(update={"weight": 3}) for rule in scenario.rules))
    monkeypatch.setattr(Order, "check", always_broken)
    with pytest.raises(EngineError, match="the solver's timetable costs 6, the solver says 0"):
        solve(soft)


def test_the_command_then_ends_with_70(monkeypatch: pytest.MonkeyPatch, schedule: Command) -> None:
    monkeypatch.setattr(Order, "check", always_broken)
    run = schedule("solve", SCENARIOS / "csp11.yaml")
    assert run.status == 70
    assert "Traceback" not in run.err
