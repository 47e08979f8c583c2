"""Risk and promises where options are compared, and where no plan keeps a promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import Command
from support.forecasts import PROMISE, RANGES, csp11_with_ranges
from support.letters import SCENARIOS, letter

from scheduler.api_values.risk_criteria import RISK_CRITERIA
from scheduler.comparison.option import Option
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve


def risks(scenario: Scenario, timetable: Timetable | None) -> list[float | None]:
    """Risk of overrun in percent, width of windows in minutes, margin of promises in percentage points."""
    return [criterion.measure(Option("A", "a", scenario, timetable, "optimal")) for criterion in RISK_CRITERIA]


def test_risk_and_width_are_criteria_of_timetables_with_ranges() -> None:
    risk, width, margin = risks(*csp11_with_ranges())
    assert risk == pytest.approx(52.2, abs=0.1)
    assert width == pytest.approx((0 + 120 + 245 + 289) / 4)
    assert margin is None


def test_they_say_nothing_where_every_duration_is_certain() -> None:
    scenario = letter("csp11")
    assert risks(scenario, solve(scenario).timetable) == [None, None, None]


def test_compare_lays_risks_and_margins_side_by_side(schedule: Command, tmp_path: Path) -> None:
    text = PROMISE.read_text("utf-8")
    nominal = tmp_path / "nominal.yaml"
    nominal.write_text(text[: text.index("promises:")].replace("name: csp11-promise", "name: nominal"), "utf-8")
    run = schedule("compare", nominal, PROMISE)
    shown = {line.split("  ")[0].strip(): line for line in run.out.splitlines()}
    assert run.status == 0
    assert {"Risk of overrun", "Width of windows", "Margin of promises"} <= set(shown)
    plain = schedule("compare", SCENARIOS / "csp11.yaml", SCENARIOS / "csp10.yaml")
    assert "Risk of overrun" not in plain.out


def test_a_promise_that_nothing_keeps_is_told_with_the_nearest_plan(schedule: Command, tmp_path: Path) -> None:
    path = tmp_path / "asked-too-much.yaml"
    path.write_text(PROMISE.read_text("utf-8").replace("by: Friday 18:00", "by: Thursday 18:00"), "utf-8")
    run = schedule("solve", path, "-o", tmp_path, "--workers", "1")
    assert run.status in (3, 4)
    assert "Promise NOT KEPT: WGTR ends by Thursday 18:00 with 95 %: here with" in run.out
    assert "No timetable" in run.out.splitlines()[-1]
    assert list(tmp_path.glob("*.xlsx")) == []
    compared = schedule("compare", path, RANGES, "--json")
    assert compared.status == 0
    assert "no timetable" in json.dumps(json.loads(compared.out)).lower()
