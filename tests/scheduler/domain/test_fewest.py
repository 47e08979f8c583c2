"""The fewest slots that work could take, by values worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario

from scheduler.domain.fewest import fewest_cells, first_slots, rooms_that_hold

TWO: dict[str, Any] = {"rooms": [{"id": "r1"}, {"id": "r2"}]}
SIZES: dict[str, Any] = {"rooms": [{"id": "r1", "capacity": 40}, {"id": "r2", "capacity": 400, "equipment": ["sound"]}]}
EARLY: dict[str, Any] = {"slots": [{"hours": "09:00-10:00", "reserved_for": ["x"]}, "10:00-13:00", "15:00-18:00"]}
"""Three hours before noon and three after it on each of four days, unless a case says otherwise."""


@pytest.mark.parametrize(
    ("sessions", "more", "slots"),
    [
        ({"x": "3h"}, {}, 1),
        ({"x": "3h", "y": "3h"}, {}, 2),
        ({"x": "3h", "y": "3h"}, TWO, 1),
        ({"x": "3h", "y": {"duration": "3h", "rooms": ["r1"]}}, TWO, 1),
        ({"x": {"duration": "3h", "rooms": ["r1"]}, "y": {"duration": "3h", "rooms": ["r1"]}}, TWO, 2),
        # Six hours are the minutes of one slot in two rooms, but one room holds one session of two hours in a slot.
        ({"x": "2h", "y": "2h", "z": "2h"}, TWO, 2),
        ({"x": "2h", "y": "1h", "z": "2h", "w": "1h"}, TWO, 1),
        # One session is longer than everything else together.
        ({"x": "7h", "y": "1h"}, TWO, 3),
        # An hour on Tuesday, then three on each day.
        (
            {"x": "3h"},
            {"days": [{"date": "2025-02-25", "slots": ["17:00-18:00"]}, "2025-02-26"], "slots": ["10:00-13:00"]},
            2,
        ),
        # x may use the reserved hour as well, which does not count; y may not.
        ({"x": "1h"}, EARLY, 0),
        ({"x": "4h"}, EARLY, 1),
        ({"x": "1h", "y": "3h"}, EARLY, 1),
        ({"x": "1h", "y": "4h"}, EARLY, 2),
        # By minutes, as not all may use the same slots: the hours 9-13 and 15-18, and 9-10 on Wednesday, are 8 h.
        ({"x": "5h", "y": "3h"}, EARLY, 2),
        # Forty seats are too few for y, and r1 has no sound for z.
        (
            {"x": "3h", "y": {"duration": "3h", "attendance": 50}, "z": {"duration": "3h", "equipment": ["sound"]}},
            SIZES,
            2,
        ),
        ({"x": "3h", "y": {"duration": "3h", "attendance": 40}}, SIZES, 1),
        # More than can be put into rooms one by one: 26 h in two rooms of 3 h a slot.
        ({f"s{n}": "2h" for n in range(13)}, TWO, 5),
        # More than the calendar holds: all that there are.
        ({"x": "30h"}, {}, 8),
    ],
)
def test_the_fewest_slots_counted_from_the_first(sessions: dict[str, Any], more: dict[str, Any], slots: int) -> None:
    of = scenario({"A": sessions}, **more)
    assert first_slots(of, of.work()) == slots


def test_where_no_room_has_the_seats_the_list_of_the_session_counts() -> None:
    big = {"duration": "1h", "attendance": 1000}
    of = scenario({"A": {"x": big, "y": {"duration": "1h", "attendance": 400}}}, **SIZES)
    x, y = of.work()
    assert (rooms_that_hold(of, x), rooms_that_hold(of, y)) == ({"r1", "r2"}, {"r2"})


LONG = {"days": ["2025-02-25"], "slots": ["10:00-11:30", "11:30-13:00", "15:00-18:00"]}
"""Two slots of an hour and a half, and one of three hours."""
CHAIR = [{"id": "chair", "post": "Chair", "absent": ["2025-02-25 16:00-18:00"]}]


@pytest.mark.parametrize(
    ("rules", "cells"),
    [
        ([], 1),
        ([{"rule": "not_on", "of": ["A"], "when": ["pm"]}], 2),
        ([{"rule": "not_on", "of": ["A"], "when": ["pm"], "weight": 5}], 1),
        ([{"rule": "not_on", "of": ["B"], "when": ["pm"]}], 1),
        ([{"rule": "only_on", "of": ["A"], "when": ["am"]}], 2),
        ([{"rule": "latest_hour", "of": ["A"], "hour": "17:00"}], 2),
        ([{"rule": "room_unavailable", "room": "plenary", "when": ["15:00-18:00"]}], 2),
        ([{"rule": "not_on", "of": ["y"], "when": ["pm"]}], 1),
        # An hour and a half of the afternoon is left: as much as in the other two.
        ([{"rule": "not_on", "of": ["A"], "when": ["16:30-18:00"]}], 2),
        # Every slot is closed: no timetable keeps that, and the afternoon would hold both.
        ([{"rule": "not_on", "of": ["A"], "when": ["am", "pm"]}], 1),
    ],
)
def test_slots_that_a_rule_closes_do_not_count(rules: list[dict[str, Any]], cells: int) -> None:
    of = scenario({"A": {"x": "90 min", "y": "90 min"}, "B": "1h"}, *rules, **LONG)
    assert fewest_cells(of, of.work("A")) == cells


@pytest.mark.parametrize(("hour", "cells"), [("09:00", 1), ("10:30", 2)])
def test_of_a_long_morning_only_what_lies_after_the_earliest_hour_counts(hour: str, cells: int) -> None:
    rule = {"rule": "earliest_hour", "of": ["A"], "hour": hour}
    slots = ["09:00-12:00", "13:00-14:30", "15:00-16:30"]
    of = scenario({"A": {"x": "90 min", "y": "90 min"}}, rule, days=["2025-02-25"], slots=slots)
    assert fewest_cells(of, of.work("A")) == cells


def test_a_slot_that_is_reserved_and_one_in_which_the_chair_is_away_do_not_count_in_full() -> None:
    three = ["10:00-11:30", "11:30-13:00", {"hours": "15:00-18:00", "reserved_for": ["B"]}]
    of = scenario({"A": {"x": "90 min", "y": "90 min"}, "B": "3h"}, days=["2025-02-25"], slots=three)
    assert (fewest_cells(of, of.work("A")), fewest_cells(of, of.work("B"))) == (2, 1)
    bodies = {"A": {"officers": ["chair"], "sessions": {"x": "2h"}}}
    of = scenario(bodies, days=["2025-02-25"], slots=["10:00-11:00", "15:00-18:00"], officers=CHAIR)
    assert fewest_cells(of, of.work("A")) == 2


def test_a_room_that_is_too_small_gives_no_slot() -> None:
    big = {"duration": "3h", "attendance": 50}
    of = scenario({"A": {"x": big, "y": big}}, **LONG, **SIZES)
    assert fewest_cells(of, of.work("A")) == 3
    of = scenario({"A": {"x": "3h", "y": "3h"}}, **LONG, **SIZES)
    assert fewest_cells(of, of.work("A")) == 2


@pytest.mark.parametrize(
    ("sessions", "cells"), [({"x": "1h"}, 1), ({"x": "4h"}, 2), ({"x": "3h", "y": "90 min", "z": "1h"}, 3)]
)
def test_work_that_fits_nowhere_needs_slots_all_the_same(sessions: dict[str, str], cells: int) -> None:
    """No room has the seats; without that, the slot of three hours and those of an hour and a half are filled."""
    big = {name: {"duration": length, "attendance": 1000} for name, length in sessions.items()}
    of = scenario({"A": big}, **LONG, rooms=[{"id": "r1", "capacity": 40}])
    assert fewest_cells(of, of.work("A")) == cells
