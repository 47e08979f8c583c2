"""The fewest slots that work could take, by values worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from small import scenario

from scheduler.domain.fewest import first_slots, rooms_that_hold

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
