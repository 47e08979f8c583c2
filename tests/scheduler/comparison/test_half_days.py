"""Half-days without meetings: what no pause of an hour parts is one."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from scheduler.comparison.measures import unused_half_days
from scheduler.comparison.option import Option


@pytest.mark.parametrize(
    ("slots", "place", "unused"),
    [
        (["09:00-11:00", "11:00-13:00", "14:00-16:00"], "Tue 09:00", 3),  # a morning is one, however many slots it has
        (["09:00-11:00", "11:00-13:00", "14:00-16:00"], "Tue 14:00", 3),
        (["10:00-14:00", "14:00-18:00"], "Tue 10:00", 1),
        (["10:00-11:00", {"hours": "11:00-12:00", "reserved_for": ["X"]}, "12:00-13:00"], "Tue 12:00", 3),
        (["10:00-18:00"], "Tue 16:00", 1),  # a day that is one slot counts once
        (["09:00-10:00", "11:00-15:00", "16:00-18:00"], "Tue 11:00", 5),
    ],
)
def test_half_days_in_which_nobody_meets(slots: list[Any], place: str, unused: int) -> None:
    of = scenario({"WG": "1h", "X": "1h"}, days=["2027-02-23", "2027-02-24"], slots=slots)
    option = Option("A", "", of, timetable(of, {"wg": place}), "")
    assert unused_half_days.measure(option) == unused
