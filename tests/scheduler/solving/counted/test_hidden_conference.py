"""Conferences that a hidden timetable fits at no cost are solved at no cost, whatever the seed and the formulation."""

from __future__ import annotations

import pytest
from benchmarks.hidden_conference import conference

from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, choose


@pytest.mark.parametrize("formulation", [Formulation.COUNTED, Formulation.SLOTS])
@pytest.mark.parametrize("seed", range(3))
def test_the_hidden_timetable_costs_nothing(seed: int, formulation: Formulation) -> None:
    of = from_data(conference(seed, days=1, rooms=3, people=12))
    outcome = solve(of, Settings(time_limit=600, seed=seed), choice=choose(of, formulation))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 0, 0)


def test_the_same_seed_draws_the_same_conference() -> None:
    assert conference(4) == conference(4)
    assert conference(4) != conference(5)
