"""Alternatives really differ, and an exhausted list is exhausted."""

from __future__ import annotations

from itertools import combinations

import pytest
from support.letters import SCENARIOS
from support.small_scenarios import small_scenarios, valid

from scheduler.alternatives.differing import alternatives
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings, Status
from scheduler.reading.loading import load

ONE = Settings(workers=1)


def distance(one: Timetable, other: Timetable) -> int:
    """Sessions that start in different slots."""
    return sum(placement.slots[0] != other[placement.session].slots[0] for placement in one)


def test_csp12_with_items_in_any_order_has_five_timetables_that_differ() -> None:
    scenario = load(SCENARIOS / "options" / "csp12-c-flexible-order.yaml").scenario
    found = alternatives(scenario, 5, apart=4, settings=ONE)
    tables = [outcome.timetable for outcome in found.outcomes if outcome.timetable is not None]
    assert len(tables) == 5
    assert [check(scenario, table).violations for table in tables] == [()] * 5
    assert min(distance(one, other) for one, other in combinations(tables, 2)) >= 4


def test_csp11_has_no_alternative_and_that_is_proved() -> None:
    found = alternatives(load(SCENARIOS / "csp11.yaml").scenario, 5, apart=1, settings=ONE)
    assert (len(found.outcomes), found.exhausted) == (1, True)
    assert found.sentence == (
        "One timetable, which costs 0. Proved: every timetable in which at least one session starts in another slot "
        "costs more than 0."
    )


@pytest.mark.parametrize("batch", range(4))
def test_lists_agree_with_the_enumeration(batch: int) -> None:
    for number, scenario in enumerate(small_scenarios(f"alternatives {batch}", 10)):
        apart, within = 1 + number % 2, 3 * (number % 3)
        tables = valid(scenario)
        found = alternatives(scenario, 4, apart=apart, within=within, settings=ONE)
        if not tables:
            assert [outcome.status for outcome in found.outcomes] == [Status.INFEASIBLE]
            continue
        best = min(cost for cost, _ in tables)
        window = [(cost, table) for cost, table in tables if cost <= best + within]
        chosen = [outcome.timetable for outcome in found.outcomes if outcome.timetable is not None]
        for index, outcome in enumerate(found.outcomes):
            open_to = [c for c, table in window if all(distance(table, other) >= apart for other in chosen[:index])]
            assert outcome.cost == min(open_to)
        left = [c for c, table in window if all(distance(table, other) >= apart for other in chosen)]
        assert found.exhausted == (not left and len(chosen) < 4)
