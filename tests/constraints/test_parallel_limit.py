"""How many sessions are too many at once: values worked out by hand, and a bound that follows from counting."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, messages, scenario, timetable

from constraints import KINDS
from scheduler.outcome import Settings, Status
from scheduler.solving.engine import solve

ROOMS = {"rooms": [{"id": f"r{n}"} for n in range(1, 6)]}
FOUR = {"S": {"w": "2h", "x": "2h", "y": "2h", "z": "2h"}}


@pytest.mark.parametrize(
    ("at_most", "places", "amount"),
    [
        (1, {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Wed 10:00 r1", "z": "Wed 10:00 r2"}, [1, 1]),
        (1, {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Tue 10:00 r3", "z": "Wed 10:00 r1"}, [2]),
        (1, {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Tue 10:00 r3", "z": "Tue 10:00 r4"}, [3]),
        (2, {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Tue 10:00 r3", "z": "Tue 10:00 r4"}, [2]),
        (3, {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Tue 10:00 r3", "z": "Tue 10:00 r4"}, [1]),
        (1, {"w": "Tue 10:00 r1", "x": "Tue 12:00 r1", "y": "Tue 16:00 r1", "z": "Wed 10:00 r2"}, []),
    ],
)
def test_each_session_too_many_counts_once(at_most: int, places: dict[str, str], amount: list[int]) -> None:
    of = scenario(FOUR, {"rule": "parallel_limit", "at_most": at_most, "weight": 7}, **ROOMS)
    assert amounts(of, places) == amount
    assert posted(of, of.rules[0], timetable(of, places)) == 7 * sum(amount)


@pytest.mark.parametrize(
    ("places", "amount"),
    [
        # a 10-13 and 15-18; b starts beside it at 11, c at 15 when a goes on: each of the two is one too many.
        ({"a": "Tue 10:00 r1", "b": "Tue 11:00 r2", "c": "Tue 15:00 r2"}, [1, 1]),
        # b runs over lunch beside a: it is too many for all its time, and counts once.
        ({"a": "Tue 10:00 r1", "b": "Tue 12:00 r2", "c": "Wed 10:00 r1"}, [1]),
        # b began first, so a is too many, and c beside it as well.
        ({"a": "Tue 12:00 r1", "b": "Tue 11:00 r2", "c": "Tue 12:00 r3"}, [2]),
        # c starts when b ends and a still sits.
        ({"a": "Tue 10:00 r1", "b": "Tue 10:00 r2", "c": "Tue 12:00 r2"}, [1, 1]),
        ({"a": "Tue 10:00 r1", "b": "Wed 10:00 r2", "c": "Wed 12:00 r2"}, []),
    ],
)
def test_sessions_of_different_lengths(places: dict[str, str], amount: list[int]) -> None:
    of = scenario(
        {"S": {"a": "6h", "b": "2h", "c": "1h"}}, {"rule": "parallel_limit", "at_most": 1, "weight": 1}, **ROOMS
    )
    assert amounts(of, places) == amount
    assert posted(of, of.rules[0], timetable(of, places)) == sum(amount)


LUNCH: dict[str, Any] = {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["L"]}, "15:00-18:00"]}
"""The noon hour belongs to L; others pass it by."""


@pytest.mark.parametrize(
    ("places", "amount"),
    [
        # a sits 12-13 and 15-16; l began at 14, when a was away, and is the later one when a is back at 15.
        ({"a": "Tue 12:00 r1", "l": "Tue 14:00 r2"}, [1]),
        # l began first.
        ({"a": "Tue 15:00 r1", "l": "Tue 14:00 r2"}, [1]),
        # never together: a 10-12, l 14-15 and 15-16.
        ({"a": "Tue 10:00 r1", "l": "Tue 14:00 r2"}, []),
        # together from noon on: l is too many at 12, and has ended when a is back.
        ({"a": "Tue 12:00 r1", "l": "Tue 12:00 r2"}, [1]),
    ],
)
def test_a_session_that_is_back_from_a_slot_it_may_not_use(places: dict[str, str], amount: list[int]) -> None:
    bodies = {"A": {"a": "2h"}, "L": {"l": "2h"}}
    for weight in (1, None):
        rule = {"rule": "parallel_limit", "at_most": 1} | ({"weight": weight} if weight else {})
        of = scenario(bodies, rule, **ROOMS, **LUNCH)
        assert amounts(of, places) == amount
        hard = None if amount else 0
        assert posted(of, of.rules[0], timetable(of, places)) == (sum(amount) if weight else hard)


def test_each_sentence_is_said_once() -> None:
    of = scenario(FOUR, {"rule": "parallel_limit", "at_most": 1, "weight": 1}, **ROOMS)
    places = {"w": "Tue 10:00 r1", "x": "Tue 10:00 r2", "y": "Tue 10:00 r3", "z": "Tue 11:00 r4"}
    assert messages(of, places) == [
        "3 sessions sit at once on Tuesday 25 February at 10:00 instead of at most one",
        "4 sessions sit at once on Tuesday 25 February at 11:00 instead of at most one",
    ]


def test_the_hard_limit_is_one_condition_however_many_sessions_there_are() -> None:
    from scheduler.model.schedule_model import ScheduleModel

    of = scenario({"S": {f"s{n}": "1h" for n in range(12)}}, {"rule": "parallel_limit", "at_most": 2}, **ROOMS)
    model = ScheduleModel(of)
    before = len(model.cp.proto.constraints)
    KINDS["parallel_limit"].post(of.rules[0], model)
    assert len(model.cp.proto.constraints) - before == 12 + 1


def test_the_bound_follows_from_counting() -> None:
    sessions = {f"s{n}": "3h" for n in range(7)}
    of = scenario(
        {"S": sessions},
        {"rule": "parallel_limit", "at_most": 1, "weight": 2},
        days=["2025-02-25", "2025-02-26"],
        **ROOMS,
    )
    outcome = solve(of, Settings(workers=1))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 6, 6)
