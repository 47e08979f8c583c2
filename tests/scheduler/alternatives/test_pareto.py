"""The set of compromises is exactly the Pareto set of all timetables."""

from __future__ import annotations

import pytest
from support.small_scenarios import small_scenarios, valid

from scheduler.alternatives.pareto import WISHES, trade_offs
from scheduler.outcome import Settings
from scheduler.scenario import Scenario

ONE = Settings(workers=1)


def numbers(scenario: Scenario, wishes: tuple[str, ...]) -> set[tuple[int, ...]]:
    """What each timetable has of each wish, by the rules' own check."""
    return {
        tuple(
            cost if wish == "cost" else sum(violation.amount for violation in WISHES[wish].check(scenario, table))
            for wish in wishes
        )
        for cost, table in valid(scenario)
    }


@pytest.mark.parametrize(
    "wishes", [("nights", "cost"), ("remote", "cost"), ("split", "cost"), ("remote", "cost", "waiting")]
)
def test_the_points_are_those_that_none_dominates(wishes: tuple[str, ...]) -> None:
    found, expected = [], []
    for scenario in small_scenarios(f"pareto {wishes}", 16):
        if "nights" in wishes and scenario.meeting.format == "online":
            continue  # nobody travels, and nights are refused as a wish
        every = numbers(scenario, wishes)
        best = [p for p in every if not any(q != p and all(x <= y for x, y in zip(q, p, strict=True)) for q in every)]
        front = trade_offs(scenario, wishes, settings=ONE)
        assert front.complete
        found.append([point.numbers for point in front.points])
        expected.append(sorted(best))
    assert found == expected


def test_a_list_that_is_cut_short_is_not_called_complete() -> None:
    wishes = ("remote", "cost")
    drawn = small_scenarios(f"pareto {wishes}", 100)
    scenario = next(s for s in drawn if len(trade_offs(s, wishes, settings=ONE).points) > 1)
    front = trade_offs(scenario, wishes, most=1, settings=ONE)
    assert (len(front.points), front.complete) == (1, False)
    assert front.sentence.endswith("so far; the limit of points or time was reached, and there may be more.")
