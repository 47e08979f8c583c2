# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Rules on what follows what: each refuses one timetable and allows its near twin."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, scenario, timetable
from support.twins import Twins, verdict

TWINS = {
    "a group that starts before the one it follows has ended": Twins(
        {"rule": "order", "of": ["WGTU", "WGTR"]},
        {"WGTU": "3h", "WGTR": "1h"},
        {"wgtu": "Tue 11:00", "wgtr": "Tue 12:00"},
        "WGTR starts on Tuesday 25 February at 12:00, before WGTU ends on Tuesday 25 February at 16:00",
        {"wgtu": "Tue 11:00", "wgtr": "Tue 16:00"},
    ),
    "neighbours in a chain whose middle is not held": Twins(
        {"rule": "order", "of": ["WGTU", "DIEF", "WGTR"]},
        {
            "WGTU": "3h",
            "DIEF": {"officers": ["chair"], "when_vacant": "dropped", "sessions": {"dief": "3h"}},
            "WGTR": "3h",
        },
        {"wgtu": "Wed 10:00", "wgtr": "Tue 10:00"},
        "WGTR starts on Tuesday 25 February at 10:00, before WGTU ends on Wednesday 26 February at 13:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00"},
        {"officers": [{"id": "chair", "post": "Chair", "vacant": True}]},
    ),
    "a gap that is too short": Twins(
        {"rule": "order", "of": ["WGTU", "WGTR"], "gap": "2h"},
        {"WGTU": "3h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 16:00"},
        "WGTR starts on Tuesday 25 February at 16:00, less than 2 h after WGTU ends on Tuesday 25 February at 13:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 17:00"},
    ),
    "a gap that only a slot reserved for others fills": Twins(
        {"rule": "order", "of": ["WGTU", "WGTR"], "gap": "1h"},
        {"WGTU": "3h", "WGTR": "1h", "DIEF": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00", "dief": "Tue 14:00"},
        "WGTR starts on Tuesday 25 February at 15:00, less than 1 h after WGTU ends on Tuesday 25 February at 13:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 16:00", "dief": "Tue 14:00"},
        {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]},
    ),
    "no night between debate and adoption": Twins(
        {"rule": "order", "of": ["WGTU", "WGTR"], "night_between": True},
        {"WGTU": "3h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 17:00"},
        "WGTR starts on Tuesday 25 February at 17:00, without a night after WGTU ends on Tuesday 25 February at 13:00",
        {"wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
    ),
    "a night that only the second session of the next body leaves out": Twins(
        {"rule": "order", "of": ["WGTU", "WGETI"], "night_between": True},
        {"WGTU": "3h", "WGETI": {"nip": "1h", "cei": "1h"}},
        {"wgtu": "Tue 10:00", "nip": "Tue 19:00", "cei": "Wed 10:00"},
        "WGETI nip starts on Tuesday 25 February at 19:00, without a night after "
        "WGTU ends on Tuesday 25 February at 13:00",
        {"wgtu": "Tue 10:00", "nip": "Wed 11:00", "cei": "Wed 10:00"},
        {"slots": ["10:00-13:00", {"hours": "18:00-20:00", "reserved_for": ["nip"]}]},
    ),
    "a gap that a slot of its own gives one session of the next body, and not the other": Twins(
        {"rule": "order", "of": ["WGTU", "WGETI"], "gap": "1h"},
        {"WGTU": "3h", "WGETI": {"nip": "1h", "cei": "1h"}},
        {"wgtu": "Tue 10:00", "nip": "Tue 15:00", "cei": "Tue 15:00"},
        "WGETI cei starts on Tuesday 25 February at 15:00, less than 1 h after "
        "WGTU ends on Tuesday 25 February at 13:00",
        {"wgtu": "Tue 10:00", "nip": "Tue 15:00", "cei": "Tue 16:00"},
        {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["nip"]}, "15:00-18:00"]},
    ),
    "a session of the next body that starts before the first has ended": Twins(
        {"rule": "order", "of": ["WGETI", "WGTU"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "WGTU": {"early": "1h", "late": "1h"}},
        {"nip": "Tue 10:00", "early": "Tue 15:00", "cei": "Wed 10:00", "late": "Wed 15:00"},
        "WGTU early starts on Tuesday 25 February at 15:00, before WGETI ends on Wednesday 26 February at 13:00",
        {"nip": "Tue 10:00", "early": "Wed 15:00", "cei": "Wed 10:00", "late": "Wed 16:00"},
    ),
    "other work that ends after the last body has started": Twins(
        {"rule": "last_in_week", "of": ["PREP"]},
        {"PREP": "1h", "WGTU": "3h"},
        {"wgtu": "Tue 10:00", "prep": "Tue 12:00"},
        "WGTU ends after PREP has started",
        {"wgtu": "Tue 10:00", "prep": "Tue 15:00"},
    ),
    "another body between two sessions of a block": Twins(
        {"rule": "uninterrupted", "of": ["WGETI"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "WGTU": "3h"},
        {"nip": "Tue 10:00", "wgtu": "Tue 15:00", "cei": "Wed 10:00"},
        "WGTU interrupts WGETI on Tuesday 25 February, 15:00 – 18:00",
        {"nip": "Tue 10:00", "cei": "Tue 15:00", "wgtu": "Wed 10:00"},
    ),
    "another body between two sessions of a block in one room": Twins(
        {"rule": "uninterrupted", "of": ["WGETI"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "WGTU": "3h"},
        {"nip": "Tue 10:00 hall", "wgtu": "Tue 15:00 hall", "cei": "Wed 10:00 hall"},
        "WGTU interrupts WGETI on Tuesday 25 February, 15:00 – 18:00",
        {"nip": "Tue 10:00 hall", "wgtu": "Tue 15:00 annexe", "cei": "Wed 10:00 hall"},
        {"rooms": [{"id": "hall"}, {"id": "annexe"}]},
    ),
    "an open body where only a closed one may stand between": Twins(
        {"rule": "uninterrupted", "of": ["WGETI"], "allow_closed": True},
        {
            "WGETI": {"nip": "3h", "cei": "3h"},
            "WGTU": "3h",
            "DIEF": {"access": ["industry"], "sessions": {"dief": "3h"}},
        },
        {"nip": "Tue 10:00", "wgtu": "Tue 15:00", "cei": "Wed 10:00", "dief": "Thu 10:00"},
        "WGTU interrupts WGETI on Tuesday 25 February, 15:00 – 18:00",
        {"nip": "Tue 10:00", "dief": "Tue 15:00", "cei": "Wed 10:00", "wgtu": "Thu 10:00"},
    ),
    "a body in a slot that the block could use": Twins(
        {"rule": "uninterrupted", "of": ["WGETI"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "DIEF": "1h"},
        {"nip": "Tue 10:00", "dief": "Tue 15:00", "cei": "Tue 16:00"},
        "DIEF interrupts WGETI on Tuesday 25 February, 15:00 – 16:00",
        {"nip": "Tue 10:00", "dief": "Tue 14:00", "cei": "Tue 15:00"},
        {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]},
    ),
    "a session of the same body between two sessions that are named as one block": Twins(
        {"rule": "uninterrupted", "of": ["nip", "wgtu"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "WGTU": "3h"},
        {"nip": "Tue 10:00", "cei": "Tue 15:00", "wgtu": "Wed 10:00"},
        "WGETI cei interrupts WGETI nip and WGTU on Tuesday 25 February, 15:00 – 18:00",
        {"cei": "Tue 10:00", "nip": "Tue 15:00", "wgtu": "Wed 10:00"},
    ),
    "a session between the single ones, which with a body beside them are a block of their own": Twins(
        {"rule": "uninterrupted", "of": ["WGTR", "nip", "cei"]},
        {"WGETI": {"nip": "1h", "cei": "1h"}, "WGTR": {"a": "1h", "b": "1h"}},
        {"nip": "Tue 10:00 hall", "a": "Tue 11:00 hall", "b": "Tue 12:00 annexe", "cei": "Tue 12:00 hall"},
        "WGTR a interrupts WGETI nip and WGETI cei on Tuesday 25 February, 11:00 – 12:00",
        {"nip": "Tue 10:00 hall", "a": "Tue 11:00 annexe", "b": "Tue 12:00 annexe", "cei": "Tue 12:00 hall"},
        {"rooms": [{"id": "hall"}, {"id": "annexe"}]},
    ),
    "a body in a slot that is reserved for the block": Twins(
        {"rule": "uninterrupted", "of": ["WGETI"]},
        {"WGETI": {"nip": "3h", "cei": "3h"}, "DIEF": "1h"},
        {"nip": "Tue 10:00", "dief": "Tue 14:00", "cei": "Tue 15:00"},
        "DIEF interrupts WGETI on Tuesday 25 February, 14:00 – 15:00",
        {"nip": "Tue 10:00", "dief": "Tue 18:00", "cei": "Tue 15:00"},
        {
            "slots": [
                "10:00-13:00",
                {"hours": "14:00-15:00", "reserved_for": ["DIEF", "nip"]},
                "15:00-18:00",
                {"hours": "18:00-19:00", "reserved_for": ["DIEF"]},
            ]
        },
    ),
    "an open session later on the day of a closed one": Twins(
        {"rule": "end_of_day", "of": ["DIEF"]},
        {"DIEF": {"access": ["industry"], "sessions": {"dief": "2h"}}, "WGTU": "1h"},
        {"dief": "Tue 15:00", "wgtu": "Tue 17:00"},
        "WGTU sits on Tuesday 25 February after DIEF has ended",
        {"dief": "Tue 16:00", "wgtu": "Tue 15:00"},
    ),
    "an open session that goes on in the afternoon after a closed one": Twins(
        {"rule": "end_of_day"},
        {"DIEF": {"access": ["industry"], "sessions": {"dief": "3h"}}, "WGTU": "6h"},
        {"dief": "Wed 10:00", "wgtu": "Wed 10:00"},
        "WGTU sits on Wednesday 26 February after DIEF has ended",
        {"dief": "Wed 15:00", "wgtu": "Wed 10:00"},
    ),
    "a session that those may attend who were kept out of a closed one": Twins(
        {"rule": "end_of_day", "of": ["DIEF"]},
        {
            "DIEF": {"access": ["states-parties", "signatory-states"], "sessions": {"dief": "3h"}},
            "WGTU": {"access": ["states-parties", "industry"], "sessions": {"wgtu": "3h"}},
            "WGTR": {"access": ["states-parties"], "sessions": {"wgtr": "3h"}},
        },
        {"dief": "Tue 10:00", "wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
        "WGTU sits on Tuesday 25 February after DIEF has ended",
        {"dief": "Tue 10:00", "wgtu": "Wed 10:00", "wgtr": "Tue 15:00"},
    ),
    "an empty morning before the work": Twins(
        {"rule": "early_finish"},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
        "The programme ends in the slot of Wednesday 10:00, which makes 3 slots from the first; at least 2 are needed",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00"},
    ),
    "an empty slot in the middle": Twins(
        {"rule": "no_idle_slots"},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 15:00", "wgtr": "Wed 15:00"},
        "Wednesday 10:00 stays empty",
        {"wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
    ),
    "a slot without the work named": Twins(
        {"rule": "no_idle_slots", "of": ["WGTU", "WGTR"]},
        {"WGTU": "3h", "WGTR": "3h", "DIEF": "3h"},
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00"},
        "Tuesday 15:00 stays without WGTU and WGTR",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00", "dief": "Wed 10:00"},
    ),
}

every_pair = pytest.mark.parametrize("twins", TWINS.values(), ids=list(TWINS))


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert verdict(twins, twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert verdict(twins, twins.allowed) == (True, [])


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
    of = scenario(bodies, {"rule": "order", "of": ["WGETI", "CEI"]})
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
