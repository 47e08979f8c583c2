"""Rules on bodies, slots and rooms: each refuses one timetable and allows its near twin."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.counts import price as price_of_counts
from support.small import amounts, messages, scenario, timetable

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.rules.counting import Counts

ROOMS = {"rooms": [{"id": "hall", "name": "Great Hall"}, {"id": "annexe"}, {"id": "attic"}]}
EARLY = {"slots": [{"hours": "09:00-10:00", "reserved_for": ["DIEF"]}, "10:00-13:00", "15:00-18:00"]}
NAMED = {"days": ["2025-02-25", {"date": "2025-02-26", "slots": [{"hours": "10:00-13:00", "name": "Plenary I"}]}]}


def price(rule: dict[str, Any], bodies: dict[str, Any], places: dict[str, str], **more: Any) -> tuple[int | None, int]:
    """What the model charges, and what the check finds, with a weight of 10."""
    of = scenario(bodies, rule | {"weight": 10}, **(ROOMS | more))
    return posted(of, of.rules[0], timetable(of, places)), 10 * sum(amounts(of, places))


def test_two_rooms_of_one_body_beside_two_of_another_are_four_pairs() -> None:
    rule = {"rule": "similar_bodies_apart", "pairs": {"WGTU": {"WGTR": 5, "WGTU": 9}, "WGTR": {"WGTU": 5}}}
    bodies = {"WGTU": {"a": "3h", "b": "3h"}, "WGTR": {"c": "3h", "d": "3h"}}
    places = {"a": "Tue 10:00 r1", "b": "Tue 10:00 r2", "c": "Tue 10:00 r3", "d": "Tue 10:00 r4"}
    rooms = [{"id": f"r{n}"} for n in range(1, 5)]
    assert price(rule, bodies, places, rooms=rooms) == (200, 200)
    of = scenario(bodies, rule, rooms=rooms)
    assert messages(of, places) == [
        "WGTU and WGTR meet in parallel in the slot of Tuesday 25 February at 10:00, in 4 pairs of rooms"
    ]


def test_a_body_pays_for_each_room_of_a_slot_and_a_room_that_two_share_only_once() -> None:
    bodies = {"WGTU": {"a": "3h", "b": "3h", "c": "1h"}, "WGTR": {"d": "1h"}}
    places = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 15:00 hall", "d": "Tue 17:00 hall"}
    slots = {"2025-02-25 10:00": 1, "2025-02-25 15:00": 20}
    by_body = {"rule": "preferences", "bodies_by_slot": {"WGTU": slots, "WGTR": slots}}
    by_room = {"rule": "preferences", "slots_by_room": {slot: {"hall": price} for slot, price in slots.items()}}
    assert price(by_body, bodies, places) == (420, 420)
    assert price(by_room, bodies, places) == (210, 210)


@pytest.mark.parametrize(
    ("table", "amount"),
    [
        ({"sessions_by_slot": {"wgtu": {"2025-02-25 10:00": 2, "2025-02-25 15:00": 3}}}, 5),
        ({"sessions_by_slot": {"wgtu": {"2025-02-25 10:00": 2, "2025-02-25 15:00": 3}}, "per": "2h"}, 7),
        ({"sessions_by_room": {"wgtu": {"hall": 2}}}, 2),
        ({"sessions_by_room": {"wgtu": {"hall": 2}}, "per": "90 min"}, 6),
    ],
)
def test_a_session_pays_once_or_for_so_many_minutes_begun(table: dict[str, Any], amount: int) -> None:
    places = {"wgtu": "Tue 10:00 hall"}
    assert price({"rule": "preferences"} | table, {"WGTU": "4h"}, places) == (amount * 10, amount * 10)


def test_a_slot_that_is_named_in_two_ways_counts_with_both() -> None:
    table = {"WGTU": {"Plenary I": 1, "2025-02-26 10:00": 2}}
    rule = {"rule": "preferences", "bodies_by_slot": table}
    assert price(rule, {"WGTU": "3h"}, {"wgtu": "Wed 10:00 hall"}, **NAMED) == (30, 30)


def test_one_body_per_room_lets_the_sessions_of_a_body_follow_one_another_within_the_slot() -> None:
    of = scenario({"WGTU": {"a": "1h", "b": "1h"}, "WGTR": "1h"}, {"rule": "one_body_per_room", "of": ["WGTU"]})
    standing = {rule.rule: rule.sessions(of) for rule in of.standing}
    assert (standing["fixed_boundaries"], standing["room_clash"]) == (("wgtr",), ("a", "b", "wgtr"))


@pytest.mark.parametrize(
    ("rule", "countable"),
    [
        ({"rule": "one_body_per_room"}, True),
        ({"rule": "one_body_per_room", "weight": 1}, False),
        ({"rule": "one_body_per_room", "of": ["WGTU"]}, False),
        ({"rule": "few_rooms", "weight": 1}, True),
        ({"rule": "few_rooms", "at_most": 2}, False),
        ({"rule": "few_rooms", "of": ["a"]}, False),
        ({"rule": "few_slots", "weight": 1}, True),
        ({"rule": "few_slots"}, False),
        ({"rule": "few_slots", "weight": 1, "of": ["a"]}, False),
        ({"rule": "not_parallel_with_itself", "of": ["WGTU", "WGTR"]}, True),
        ({"rule": "not_parallel_with_itself", "of": ["WGTU"]}, False),
        ({"rule": "consecutive_slots"}, True),
        ({"rule": "consecutive_slots", "of": ["WGTU"]}, False),
        ({"rule": "similar_bodies_apart", "of": ["WGTU"]}, True),
        ({"rule": "similar_bodies_apart", "of": ["a", "WGTR"]}, False),
        (
            {"rule": "room_unavailable", "room": "hall", "when": ["am", "Tuesday 15:00-16:00", "Tuesday 16:00-18:00"]},
            True,
        ),
        ({"rule": "room_unavailable", "room": "hall", "when": ["Tuesday 15:00-16:00", "Tuesday 17:00-18:00"]}, False),
        ({"rule": "room_unavailable", "room": "hall", "when": ["am"], "weight": 1}, False),
        ({"rule": "room_unavailable", "room": "hall", "when": ["am"], "of": ["WGTU"]}, False),
        ({"rule": "preferences", "bodies_by_room": {"WGTU": {"hall": 1}}, "of": ["WGTU"]}, True),
        ({"rule": "preferences", "bodies_by_room": {"WGTU": {"hall": 1}}, "of": ["a"]}, False),
        ({"rule": "preferences", "bodies_by_room": {"WGTU": {"hall": 0}}, "of": ["a"]}, True),
        ({"rule": "preferences", "slots_by_room": {"2025-02-25 10:00": {"hall": 1}}}, True),
        ({"rule": "preferences", "slots_by_room": {"2025-02-25 10:00": {"hall": 1}}, "of": ["WGTU"]}, False),
        ({"rule": "preferences", "sessions_by_room": {"a": {"hall": 1}}, "of": ["a"]}, True),
    ],
)
def test_what_cannot_be_counted_is_not_counted(rule: dict[str, Any], countable: bool) -> None:
    of = scenario({"WGTU": {"a": "1h", "b": "1h"}, "WGTR": "1h"}, rule, **ROOMS)
    assert of.rules[0].count_into(Counts(of)) == countable


def test_a_gap_cannot_be_counted_where_a_slot_is_reserved() -> None:
    of = scenario({"WGTU": "1h", "DIEF": "1h"}, {"rule": "consecutive_slots"}, **EARLY)
    assert not of.rules[0].count_into(Counts(of))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"rule": "preferences"},
            "preferences need a table: write one of bodies_by_slot, bodies_by_room, slots_by_room",
        ),
        (
            {"rule": "preferences", "bodies_by_slot": {}, "slots_by_room": {}},
            "one table to a rule: write bodies_by_slot and slots_by_room as 2 rules",
        ),
        (
            {"rule": "preferences", "bodies_by_slot": {}, "per": "1h"},
            "'per' counts minutes of sessions: it goes with sessions_by_slot or sessions_by_room",
        ),
        (
            {"rule": "preferences", "sessions_by_room": {}, "per": "0h"},
            "'per' is a length of time: write 30 min, or leave",
        ),
        ({"rule": "preferences", "bodies_by_room": {"WGTX": {}}}, "there is no body 'WGTX' in this scenario"),
        ({"rule": "preferences", "bodies_by_slot": {"WGTU": {"S1": 1}}}, "there is no slot 'S1' in this scenario"),
        ({"rule": "preferences", "slots_by_room": {"2025-02-25 10:00": {"den": 1}}}, "there is no room 'den' in this"),
        ({"rule": "preferences", "sessions_by_room": {"a": {"hall": -1}}}, "it must be at least 0"),
        ({"rule": "preferences", "sessions_by_room": {"a": {"hall": "1.5"}}}, "is not a whole number"),
        (
            {"rule": "similar_bodies_apart", "pairs": {"WGTU": {"WGTR": 2}, "WGTR": {"WGTU": 3}}},
            "'WGTU' and 'WGTR' have two penalties, 2 and 3: keep one",
        ),
        ({"rule": "room_unavailable", "when": ["am"]}, "which room"),
        ({"rule": "room_unavailable", "when": ["am"], "room": "hall", "rooms": ["hall"]}, "one of the two"),
    ],
)
def test_a_mistake_in_a_rule_is_explained(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        scenario({"WGTU": {"a": "1h"}, "WGTR": "1h"}, rule, **ROOMS)


def test_a_calendar_that_cannot_be_read_hides_no_other_mistake_and_makes_none_up() -> None:
    table = {"WGTU": {"2025-02-25 10:00": 1}, "WGTX": {}}
    with pytest.raises(ScenarioError) as caught:
        scenario({"WGTU": "1h"}, {"rule": "preferences", "bodies_by_slot": table}, days=["2025-02-30"])
    assert [(error.path, error.message.split(":")[0]) for error in caught.value.diagnostics] == [
        ("calendar.days[0]", "'2025-02-30' is not in the calendar"),
        ("rules[0].bodies_by_slot.WGTX", "there is no body 'WGTX' in this scenario"),
    ]


MISSPELT = """\
name: small
meeting: {series: Small, annex_title: SMALL}
calendar:
  slots: ["10:00-13:00", "15:00-18:00"]
  days: [2025-02-25]
bodies:
  - {id: WGTU, sessions: [{id: wgtu, duration: 3h}]}
rules:
  - rule: preferences
    bodies_by_slot:
      WGTU:
        2025-02-25 10:00: 1
        2025-02-25 10:30: 2
"""


def test_a_slot_that_does_not_exist_is_shown_where_it_stands_with_one_that_does() -> None:
    with pytest.raises(ScenarioError) as caught:
        from_document(parse_document(MISSPELT.encode(), "small.yaml"))
    assert str(caught.value).splitlines() == [
        "small.yaml:13:9: rules[0].bodies_by_slot.WGTU['2025-02-25 10:30']: "
        "there is no slot '2025-02-25 10:30' in this scenario",
        "   13 |         2025-02-25 10:30: 2",
        "      |         ^^^^^^^^^^^^^^^^  did you mean '2025-02-25 10:00'?",
        "1 error",
    ]


def test_a_slot_that_is_closed_to_the_body_is_not_one_that_it_could_have_filled() -> None:
    hours = ["10:00-11:30", "11:30-13:00", {"hours": "15:00-18:00", "reserved_for": ["DIEF"]}]
    bodies = {"WGETI": {"nip": "90 min", "cei": "90 min"}, "DIEF": "3h"}
    places = {"nip": "Tue 10:00", "cei": "Tue 11:30", "dief": "Tue 15:00"}
    for weight in ({}, {"weight": 2}):
        of = scenario(bodies, {"rule": "few_slots", "of": ["WGETI"]} | weight, days=["2025-02-25"], slots=hours)
        assert (amounts(of, places), posted(of, of.rules[0], timetable(of, places))) == ([], 0)
    of = scenario(bodies, {"rule": "few_slots", "weight": 2}, days=["2025-02-25"], slots=hours)
    counts = Counts(of)
    assert of.rules[0].count_into(counts)
    assert price_of_counts(counts, timetable(of, places)) == 0
