"""What giving way on a single condition costs: every value here is computed by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario

from scheduler.explanation.impossible import explain
from scheduler.explanation.members import members_of
from scheduler.scenario import Scenario
from scheduler.solving.engine import Settings

AWAY = {"id": "chair", "post": "Chair", "absent": ["2025-02-25"]}
STATED = {"rule": "officer_availability", "of": ["A"]}


def without_the_chair(*rules: dict[str, Any]) -> Scenario:
    """Two bodies of one Chair, who is away on the only day."""
    bodies = {name: {"officers": ["chair"], "sessions": {name.lower(): "1h"}} for name in ("A", "B")}
    return scenario(bodies, *rules, officers=[AWAY], days=["2025-02-25"])


@pytest.mark.parametrize(
    ("rules", "cost"),
    [
        ([], 60),
        ([STATED], 60),
        ([STATED | {"of": ["A", "B"], "cost_to_waive": 7}], 7),
        ([STATED | {"cost_to_waive": 100}], 100),
        ([STATED | {"cost_to_waive": 7}], 60),
        ([STATED | {"cost_to_waive": 7}, STATED | {"id": "of-b", "of": ["B"], "cost_to_waive": 9}], 9),
    ],
)
def test_an_absence_costs_what_the_rules_say_that_need_the_person(rules: list[dict[str, Any]], cost: int) -> None:
    """The dearest of them, where several do: to give up an absence breaks all; and the standing rule says 60."""
    of = without_the_chair(*rules)
    (away,) = [member for member in members_of(of) if "absent" in member.id]
    assert (away.id, away.cost) == ("officers/chair/absent/0", cost)
    ways = explain(of, settings=Settings(workers=1), ways=9).repairs.ways
    given_up = [(way.cost, way.options) for way in ways if [member.id for member in way.given_up] == [away.id]]
    assert given_up == [(cost, ("--drop", "chair"))]


def test_an_absence_that_a_wish_alone_is_about_is_no_condition() -> None:
    of = without_the_chair(STATED | {"of": ["A", "B"], "weight": 5, "cost_to_waive": 7})
    assert not [member for member in members_of(of) if "absent" in member.id]
