# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Rules on people in several sessions, local hours and running orders: near twins, exact amounts, and refused
options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, messages, scenario, timetable

from scheduler.domain.base import SessionId
from scheduler.domain.people import wanted_twice
from scheduler.reading.diagnostics import ScenarioError
from scheduler.rules.counting import Counts
from scheduler.scenario import Scenario

ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}, {"id": "attic"}]}
CHAIR = {"officers": [{"id": "chair", "post": "Chair", "name": "Amb. Example"}, {"id": "other", "post": "Facilitator"}]}
BANDS = {"suitable": "09:00-17:00", "less_suitable": "07:00-22:00", "small": 1, "big": 10}


def talk(duration: str = "1h", **more: Any) -> dict[str, Any]:
    return {"duration": duration} | more


# --- amounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("per", "amount"), [(None, 1), ("20 min", 6), ("45 min", 3), ("2h", 1), ("119 min", 2)])
def test_shared_minutes_are_counted_in_lengths_begun(per: str | None, amount: int) -> None:
    sessions = {"a": talk("2h", presenters=["Ada"]), "b": talk("3h", presenters=["Ada"])}
    of = scenario({"WGTU": sessions}, {"rule": "presenters_apart", "per": per, "weight": 1}, **ROOMS)
    assert amounts(of, {"a": "Tue 11:00 hall", "b": "Tue 10:00 annexe"}) == [amount]


def test_a_pair_that_is_in_two_rooms_in_two_slots_is_harmed_twice_but_shares_its_minutes_once() -> None:
    sessions = {"a": talk("6h", presenters=["Ada", "Bo"]), "b": talk("6h", presenters=["Bo", "Ada"])}
    places = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}
    found = [
        amounts(scenario({"WGTU": sessions}, {"rule": "presenters_apart", "weight": 1} | options, **ROOMS), places)
        for options in ({"level": "slot"}, {}, {"per": "1h"})
    ]
    assert found == [[1, 1], [1], [6]]


def test_cells_are_counted_in_pairs_for_a_chair() -> None:
    bodies = {
        "WGTU": {"officers": ["chair"], "sessions": {"a": "1h", "b": "1h"}},
        "WGTR": {"officers": ["other", "chair"], "sessions": {"c": "1h"}},
    }
    of = scenario(bodies, {"rule": "chairs_apart", "weight": 1}, **ROOMS, **CHAIR)
    apart = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 12:00 attic"}
    together = {"a": "Tue 10:00 hall", "b": "Tue 11:00 hall", "c": "Tue 12:00 attic"}
    assert (amounts(of, apart), amounts(of, together)) == ([1, 1], [1])


def test_to_keep_chairs_apart_takes_nothing_from_the_standing_rule_on_their_minutes() -> None:
    bodies = {"WGTU": {"officers": ["chair"], "sessions": {"a": "1h", "b": "1h"}}, "WGTR": "1h"}
    for rule in ({"rule": "chairs_apart"}, {"rule": "chairs_apart", "weight": 1, "of": ["a"]}):
        of = scenario(bodies, rule, **ROOMS, **CHAIR)
        (booking,) = [r for r in of.standing if r.rule == "officer_double_booking"]
        at_once = timetable(of, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"})
        assert len(list(booking.check(of, at_once))) == 1


@pytest.mark.parametrize(
    ("clock", "amount"),
    [("06:30", 10), ("07:00", 1), ("08:30", 1), ("09:00", 0), ("16:00", 0), ("16:30", 1), ("21:30", 10)],
)
def test_the_bands_of_local_hours_are_half_open(clock: str, amount: int) -> None:
    calendar = {"days": ["2025-02-25"], "slots": ["06:00-24:00"], "grain": "30 min"}
    of = scenario({"WGTU": "1h"}, {"rule": "local_hours", "weight": 1} | BANDS, calendar=calendar)
    assert amounts(of, {"wgtu": f"Tue {clock}"}) == ([amount] if amount else [])


@pytest.mark.parametrize(
    ("zone", "clock", "minutes", "suitable", "less", "amount"),
    [
        ("Asia/Tokyo", "13:00", "3h", "09:00-18:00", "07:00-24:00", 1),  # 21:00 to 24:00
        ("Asia/Tokyo", "13:00", "4h", "09:00-18:00", "07:00-24:00", 10),  # to 01:00
        ("Asia/Tokyo", "13:00", "4h", "09:00-18:00", "07:00-01:00", 1),
        ("Asia/Tokyo", "16:00", "2h", "00:00-06:00", "00:00-09:00", 0),  # 00:00 to 02:00
        ("Asia/Tokyo", "13:00", "4h", "20:00-02:00", "20:00-02:00", 0),
        ("Europe/Zurich", "22:00", "2h", "09:00-24:00", "07:00-24:00", 0),
        ("Pacific/Apia", "10:00", "6h", "00:00-24:00", "00:00-24:00", 0),  # 22:00 to 04:00
        ("Pacific/Apia", "10:00", "1h", "07:00-22:00", "07:00-22:30", 10),
    ],
)
def test_local_hours_count_as_a_whole(
    zone: str, clock: str, minutes: str, suitable: str, less: str, amount: int
) -> None:
    bands = {"suitable": suitable, "less_suitable": less, "small": 1, "big": 10}
    bodies = {"WGTU": {"a": talk(minutes, time_zone=zone)}}
    of = scenario(bodies, {"rule": "local_hours", "weight": 1} | bands, days=["2025-02-25"], slots=["10:00-24:00"])
    assert amounts(of, {"a": f"Tue {clock}"}) == ([amount] if amount else [])


def test_a_clock_that_changes_far_away_while_a_session_sits_counts_on_both_sides() -> None:
    """In New York the clock goes from 02:00 to 03:00 on 9 March 2025, which is 08:00 in Geneva."""
    bodies = {"WGTU": {"a": talk("2h", time_zone="America/New_York")}}
    found = []
    for suitable in ("01:00-04:00", "01:30-04:00", "01:00-03:30"):
        options = {"rule": "local_hours", "suitable": suitable, "less_suitable": "00:00-24:00", "weight": 1}
        of = scenario(bodies, options, days=["2025-03-09"], slots=["07:00-09:00"])
        found.append(messages(of, {"a": "Sun 07:00"}))
    late = "It is 01:00 – 04:00 in America/New_York when WGTU sits on Sunday 9 March, 07:00 – 09:00"
    assert found == [[], [late], [late]]


@pytest.mark.parametrize(("day", "clock"), [("2025-03-27", "17:00 – 18:00"), ("2025-03-31", "16:00 – 17:00")])
def test_summer_time_counts_on_the_day_itself(day: str, clock: str) -> None:
    bodies = {"WGTU": {"a": talk(time_zone="Asia/Tokyo")}}
    options = {"rule": "local_hours", "suitable": "09:00-15:00", "less_suitable": "00:00-24:00", "weight": 1}
    of = scenario(bodies, options, days=[day], slots=["09:00-10:00"])
    weekday = "Thu" if day == "2025-03-27" else "Mon"
    assert [message[6:19] for message in messages(of, {"a": f"{weekday} 09:00"})] == [clock]


def test_the_worst_segment_counts_or_each_for_its_length() -> None:
    bodies = {"WGTU": {"a": talk("4h", time_zone="Asia/Tokyo")}}
    found = []
    for per in (None, "1h", "45 min"):
        of = scenario(
            bodies, {"rule": "local_hours", "weight": 1, "per": per} | BANDS, slots=["08:00-11:00", "15:00-18:00"]
        )
        found.append(amounts(of, {"a": "Tue 08:00"}))
    assert found == [[10], [3 + 10], [4 + 20]]


def test_a_position_beyond_the_end_is_never_reached_and_those_left_out_of_the_rule_only_count() -> None:
    bodies = {"WGTU": {"a": talk(position=3), "b": talk(position=7)}}
    places = {"a": "Tue 10:00", "b": "Tue 11:00"}
    every, one = (scenario(bodies, {"rule": "running_order", "weight": 1, "of": of}) for of in ([], ["b"]))
    assert (messages(every, places), messages(one, places)) == (
        ["WGTU a comes as number 1 of WGTU, not as number 3", "WGTU b comes as number 2 of WGTU, not as number 7"],
        ["WGTU b comes as number 2 of WGTU, not as number 7"],
    )


def test_the_running_order_goes_slot_by_slot_room_by_room_and_by_the_hour() -> None:
    bodies = {"WGTU": {name: talk(position=position) for name, position in zip("abcd", (4, 2, 3, 1), strict=True)}}
    of = scenario(bodies, {"rule": "running_order", "weight": 1}, **ROOMS)
    right = {"d": "Tue 12:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 11:00 annexe", "a": "Tue 15:00 hall"}
    assert amounts(of, right) == []
    assert amounts(of, right | {"d": "Tue 12:00 attic"}) == [1, 1, 1]


# --- who is wanted twice -------------------------------------------------------------------------------------------


def people(**more: Any) -> Scenario:
    bodies: Mapping[str, Any] = {
        "A": {"officers": ["chair"], "sessions": {"a1": talk(presenters=["Ada"]), "a2": talk(presenters=["chair"])}},
        "B": {
            "officers": ["other"],
            "sessions": {"b1": talk(attendees=["Ada", "chair"]), "b2": talk(presenters=["Ada"])},
        },
    }
    return scenario(bodies, **CHAIR, **more)


def test_a_chair_is_wanted_in_other_bodies_only() -> None:
    of = people()
    assert wanted_twice(of, of.work(), interests=False) == {(SessionId("a1"), SessionId("b2")): ("Ada",)}


def test_whoever_attends_is_wanted_where_they_present_or_chair() -> None:
    of = people()
    found = wanted_twice(of, of.work(), interests=True)
    assert sorted((*pair, people) for pair, people in found.items()) == [
        ("a1", "b1", ("Ada", "chair")),
        ("a2", "b1", ("chair",)),
        ("b1", "b2", ("Ada",)),
    ]


def test_everybody_who_is_wanted_in_both_is_named_by_name() -> None:
    bodies = {
        "A": {"officers": ["chair"], "sessions": {"a1": talk(presenters=["Cy", "Ada"]), "a2": talk()}},
        "B": {"sessions": {"b1": talk(presenters=["Ada", "Amb. Example", "Cy", "Bo"])}},
    }
    of = scenario(bodies, **CHAIR)
    found = wanted_twice(of, of.work(), interests=False)
    assert {tuple(pair): people for pair, people in found.items()} == {
        ("a1", "b1"): ("Ada", "Cy", "chair"),
        ("a2", "b1"): ("chair",),
    }


# --- amount by pair and by person ------------------------------------------------------------------------------------

TOGETHER = {
    "WGTU": {
        "a": talk("2h", presenters=["Ada", "Bo"], attendees=["Di", "Ed"]),
        "b": talk("2h", presenters=["Bo", "Ada"], attendees=["Ed", "Di"]),
        "c": talk("1h", presenters=["Bo"], attendees=["Ed"]),
    }
}
AT_ONCE = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 11:00 attic"}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [1, 1, 1]),
        ({"by": "pair"}, [1, 1, 1]),
        ({"by": "person"}, [2, 1, 1]),
        ({"level": "slot"}, [1, 1, 1]),
        ({"level": "slot", "by": "person"}, [2, 1, 1]),
        ({"per": "30 min"}, [4, 2, 2]),
        ({"per": "30 min", "by": "person"}, [8, 2, 2]),
    ],
)
@pytest.mark.parametrize("kind", ["presenters_apart", "attendees_apart"])
def test_a_pair_does_harm_once_or_once_for_each_person(kind: str, options: dict[str, str], found: list[int]) -> None:
    of = scenario(TOGETHER, {"rule": kind, "weight": 3} | options, **ROOMS)
    assert amounts(of, AT_ONCE) == found
    assert posted(of, of.rules[0], timetable(of, AT_ONCE)) == 3 * sum(found)


def test_by_person_a_sentence_names_everybody_whom_it_counts() -> None:
    for kind, options, sentence in (
        ("presenters_apart", {"by": "person"}, "Ada and Bo cannot be at both"),
        ("presenters_apart", {}, "Ada cannot be at both"),
        ("attendees_apart", {"by": "person"}, "Di and Ed want to be at both"),
        ("attendees_apart", {}, "Di wants to be at both"),
    ):
        of = scenario(TOGETHER, {"rule": kind, "weight": 1} | options, **ROOMS)
        where = "WGTU a and WGTU b: they share 2 h from Tuesday 25 February at 10:00"
        assert messages(of, AT_ONCE)[0] == f"{sentence} {where}"


def test_two_people_in_one_pair_cannot_be_counted_one_by_one_in_the_formulation_that_knows_pairs_only() -> None:
    countable = {}
    for by in ("pair", "person"):
        of = scenario(TOGETHER, {"rule": "presenters_apart", "level": "slot", "weight": 1, "by": by}, **ROOMS)
        countable[by] = of.rules[0].count_into(Counts(of))
    assert countable == {"pair": True, "person": False}


# --- options that cannot be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rule": "presenters_apart", "level": "slot", "per": "30 min"}, "leave one of them out"),
        ({"rule": "attendees_apart", "per": "0 min"}, "write the length of one unit of violation"),
        (
            {"rule": "local_hours", "suitable": "09:00-17:00", "less_suitable": "10:00-22:00"},
            "less_suitable 10:00-22:00 does not contain the suitable hours 09:00-17:00: widen it",
        ),
        ({"rule": "local_hours", "suitable": "9-17", "less_suitable": "07:00-22:00"}, "is not a time of day"),
        (
            {"rule": "local_hours", "suitable": ["09:00-17:00"], "less_suitable": "07:00-22:00"},
            "one pair of hours is expected here, not a list: write 09:00-17:00",
        ),
        ({"rule": "local_hours", "per": "0 min"} | BANDS, "write for example 30 min"),
    ],
)
def test_options_that_cannot_be_are_refused_with_their_remedy(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        scenario({"WGTU": "1h"}, options)


def test_hours_are_written_as_they_are_read() -> None:
    of = scenario({"WGTU": "1h"}, {"rule": "local_hours"} | BANDS)
    (written,) = of.document["rules"]
    assert (written["suitable"], written["less_suitable"]) == ("09:00-17:00", "07:00-22:00")
    assert scenario({"WGTU": "1h"}, written).rules == of.rules
