"""What wishes cost at least, by counting alone: worked out by hand, and proved without a search for it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from support.small import scenario

from scheduler.outcome import Settings, Status
from scheduler.rules.pigeonholes import confined, fewest_pairs
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, choose

ROOMS = [{"id": f"r{n}"} for n in range(6)]
DAYS = ("2025-02-24", "2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28")
SLOTS = ("09:00-11:00", "11:30-13:30", "15:00-17:00", "17:30-19:30")


def asked(*rules: dict[str, Any], bodies: int, each: int, first: dict[str, Any] | None = None) -> Scenario:
    """Sessions of 2 h for 20 slots of 2 h in six rooms; ``first`` says more of the first two bodies."""
    written = {
        f"B{n}": {"sessions": {f"b{n}s{k}": "2h" for k in range(each)}} | (first or {} if n < 2 else {})
        for n in range(bodies)
    }
    standing = [{"rule": "within_slot"}, {"rule": "one_body_per_room"}]
    chair = {"officers": [{"id": "chair", "post": "Chair"}]} if first else {}
    return scenario(written, *standing, *rules, days=DAYS, slots=SLOTS, rooms=ROOMS, **chair)


def wish(kind: str, weight: int, **keys: Any) -> dict[str, Any]:
    return {"id": "wish", "rule": kind, "weight": weight, **keys}


CASES = {
    "110 sessions, five of 20 slots at once: ten too many": (
        asked(wish("parallel_limit", 2, at_most=5), bodies=11, each=10),
        20,
    ),
    "14 sessions of a body, two on five days: four too many": (
        asked(wish("daily_limit", 5, of=["B0"], at_most=2), bodies=7, each=14),
        20,
    ),
    "24 sessions with one chair in 20 slots: four pairs": (
        asked(wish("officer_double_booking", 3), bodies=8, each=12, first={"officers": ["chair"]}),
        12,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_counting_says_is_proved(name: str) -> None:
    of, cost = CASES[name]
    outcome = solve(of, Settings(time_limit=600), choice=choose(of, Formulation.SLOTS))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, cost, cost)


def test_pairs_of_presenters_are_counted_in_all_formulations() -> None:
    """Five papers of one person in two slots and three rooms: three and two share a slot, 3 + 1 pairs."""
    bodies = {f"B{n}": {"sessions": {f"b{n}": {"duration": "3h", "presenters": ["Ann Lee"]}}} for n in range(5)}
    rules = [{"rule": "within_slot"}, {"rule": "one_body_per_room"}, wish("presenters_apart", 2, level="slot")]
    of = scenario(bodies, *rules, days=DAYS[:1], rooms=ROOMS[:3])
    for formulation in (Formulation.AXIS, Formulation.SLOTS, Formulation.COUNTED):
        outcome = solve(of, Settings(time_limit=600), choice=choose(of, formulation))
        assert (outcome.status, outcome.cost) == (Status.OPTIMAL, 8)


@pytest.mark.parametrize(("sessions", "holes"), [*product(range(7), range(1, 4))])
def test_the_fewest_pairs_are_those_of_all_ways_to_spread(sessions: int, holes: int) -> None:
    ways = product(range(sessions + 1), repeat=holes)
    pairs = [sum(n * (n - 1) // 2 for n in way) for way in ways if sum(way) == sessions]
    assert fewest_pairs(sessions, holes) == min(pairs)


def test_without_a_hole_nothing_is_said() -> None:
    assert fewest_pairs(3, 0) == 0


def test_sessions_that_are_confined_are_counted_for_themselves() -> None:
    reach = {"a": frozenset("x"), "b": frozenset("xy"), "c": frozenset("z")}
    assert [(sorted(holes), within) for holes, within in confined(reach)] == [  # type: ignore[type-var]
        (["x", "y", "z"], ["a", "b", "c"]),
        (["x", "y"], ["a", "b"]),
        (["x"], ["a"]),
        (["z"], ["c"]),
    ]
