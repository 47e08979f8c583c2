"""Rules on what follows what: each refuses one timetable and allows its near twin."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, scenario, timetable

from scheduler.domain.base import altered

NIGHT = {"rule": "order", "of": ["WGTU", "WGETI", "WGTR"], "night_between": True, "weight": 5}
CHAIN = {"WGTU": {"first": "1h", "second": "1h"}, "WGETI": {"nip": "1h", "cei": "1h"}, "WGTR": "1h"}


@pytest.mark.parametrize(
    ("places", "amount"),
    [
        ({"first": "Tue 10:00", "second": "Tue 11:00", "nip": "Wed 10:00", "cei": "Wed 11:00", "wgtr": "Thu 10:00"}, 0),
        ({"first": "Tue 10:00", "second": "Wed 11:00", "nip": "Wed 15:00", "cei": "Wed 16:00", "wgtr": "Thu 10:00"}, 1),
        ({"first": "Wed 10:00", "second": "Wed 11:00", "nip": "Tue 10:00", "cei": "Tue 11:00", "wgtr": "Thu 10:00"}, 1),
        ({"first": "Tue 10:00", "second": "Tue 11:00", "nip": "Tue 15:00", "cei": "Tue 16:00", "wgtr": "Tue 17:00"}, 2),
    ],
)
def test_an_order_is_paid_for_once_for_each_two_neighbours_of_its_chain(places: dict[str, str], amount: int) -> None:
    of = scenario(CHAIN, NIGHT)
    assert sum(amounts(of, places)) == amount
    assert posted(of, of.rules[0], timetable(of, places)) == 5 * amount


def test_a_body_after_the_body_that_holds_it_can_never_be_in_order() -> None:
    bodies = {"WGETI": {"nip": "1h"}, "CEI": {"parent": "WGETI", "sessions": {"cei": "1h"}}}
    of = scenario(bodies, {"rule": "order", "of": ["nip", "cei"]})
    of = altered(of, rules=(of.rules[0].changed(of=("WGETI", "CEI")),))
    for places in ({"nip": "Tue 10:00", "cei": "Wed 10:00"}, {"nip": "Wed 10:00", "cei": "Tue 10:00"}):
        assert amounts(of, places) == [1]
        assert posted(of, of.rules[0], timetable(of, places)) is None


EARLY = {"rule": "early_finish", "weight": 3}
SIDE_BY_SIDE = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
RESERVED = {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]}


@pytest.mark.parametrize(
    ("bodies", "more", "places", "amount"),
    [
        ({"WGTU": "3h", "WGTR": "3h"}, SIDE_BY_SIDE, {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 10:00 annexe"}, 0),
        ({"WGTU": "3h", "WGTR": "3h"}, SIDE_BY_SIDE, {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 15:00 hall"}, 1),
        ({"WGTU": "3h", "WGTR": "3h"}, SIDE_BY_SIDE, {"wgtu": "Wed 10:00 hall", "wgtr": "Wed 10:00 annexe"}, 2),
        ({"WGTU": "3h", "WGTR": "3h"}, {}, {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00"}, 0),
        ({"WGTU": "3h", "WGTR": "3h"}, {}, {"wgtu": "Tue 10:00", "wgtr": "Thu 10:00"}, 3),
        # Only one slot that is not reserved has passed when DIEF ends at 15:00, and DIEF could end before the first.
        ({"DIEF": "1h"}, RESERVED, {"dief": "Tue 14:00"}, 0),
        ({"DIEF": "1h"}, RESERVED, {"dief": "Tue 15:00"}, 1),
        ({"DIEF": "1h", "WGTU": "3h"}, RESERVED, {"dief": "Tue 14:00", "wgtu": "Tue 10:00"}, 0),
        ({"DIEF": "1h", "WGTU": "3h"}, RESERVED, {"dief": "Wed 14:00", "wgtu": "Tue 10:00"}, 2),
    ],
)
def test_each_slot_beyond_the_fewest_is_paid_for(
    bodies: dict[str, str], more: dict[str, Any], places: dict[str, str], amount: int
) -> None:
    of = scenario(bodies, EARLY, **more)
    assert sum(amounts(of, places)) == amount
    assert posted(of, of.rules[0], timetable(of, places)) == 3 * amount
    hard = scenario(bodies, {"rule": "early_finish"}, **more)
    assert posted(hard, hard.rules[0], timetable(hard, places)) == (None if amount else 0)
