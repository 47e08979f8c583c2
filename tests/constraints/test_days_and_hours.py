# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Rules on when a session sits: each refuses one timetable and allows its near twin."""

from __future__ import annotations

import pytest
from support.small import scenario
from support.twins import Twins, verdict

TWINS = {
    "a session that starts at another hour than its anchor": Twins(
        {"rule": "anchor", "of": ["WGTU"], "at": "15:00"},
        {"WGTU": "3h"},
        {"wgtu": "Tue 10:00"},
        "WGTU starts on Tuesday 25 February at 10:00, not at 15:00",
        {"wgtu": "Tue 15:00"},
    ),
    "an anchor on another day": Twins(
        {"rule": "anchor", "of": ["WGTU"], "at": "15:00", "when": "Thursday"},
        {"WGTU": "3h"},
        {"wgtu": "Tue 15:00"},
        "WGTU starts on Tuesday 25 February at 15:00, not at 15:00 on Thursday",
        {"wgtu": "Thu 15:00"},
    ),
    "a session pinned to an afternoon that starts in the morning": Twins(
        {"rule": "pin", "of": ["WGTU"], "start": "Thursday pm"},
        {"WGTU": "3h"},
        {"wgtu": "Thu 10:00"},
        "WGTU starts on Thursday 27 February at 10:00, not on Thursday afternoon",
        {"wgtu": "Thu 15:00"},
    ),
    "a session pinned to an hour that starts as it ends": Twins(
        {"rule": "pin", "of": ["WGTU"], "start": "Thursday 10:00-11:00"},
        {"WGTU": "1h"},
        {"wgtu": "Thu 11:00"},
        "WGTU starts on Thursday 27 February at 11:00, not on Thursday between 10:00 and 11:00",
        {"wgtu": "Thu 10:00"},
    ),
    "a session pinned to a minute that starts at another": Twins(
        {"rule": "pin", "of": ["WGTU"], "start": "Thursday", "at": "11:30"},
        {"WGTU": "1h"},
        {"wgtu": "Thu 11:00"},
        "WGTU starts on Thursday 27 February at 11:00, not on Thursday at 11:30",
        {"wgtu": "Thu 11:30"},
    ),
    "a session pinned to one room that sits in another": Twins(
        {"rule": "pin", "of": ["WGTU"], "room": "annexe"},
        {"WGTU": "3h"},
        {"wgtu": "Thu 10:00 hall"},
        "WGTU sits in Great Hall, not in annexe",
        {"wgtu": "Thu 10:00 annexe"},
        {"rooms": [{"id": "hall", "name": "Great Hall"}, {"id": "annexe"}]},
    ),
    "a session pinned to a day and a room that keeps neither": Twins(
        {"rule": "pin", "of": ["WGTU"], "start": "last day", "room": "annexe"},
        {"WGTU": "3h"},
        {"wgtu": "Thu 10:00 hall"},
        "WGTU starts on Thursday 27 February at 10:00, not on the last day, and sits in Great Hall, not in annexe",
        {"wgtu": "Fri 15:00 annexe"},
        {"rooms": [{"id": "hall", "name": "Great Hall"}, {"id": "annexe"}]},
    ),
    "a session that runs over into a day that is ruled out": Twins(
        {"rule": "not_on", "of": ["WGTR"], "when": ["Thursday"]},
        {"WGTR": "6h"},
        {"wgtr": "Wed 15:00"},
        "WGTR sits on Thursday 27 February, 10:00 – 13:00",
        {"wgtr": "Wed 10:00"},
    ),
    "a session within hours that are ruled out": Twins(
        {"rule": "not_on", "when": ["Thursday 10:00-11:00"]},
        {"WGTU": "1h"},
        {"wgtu": "Thu 10:00"},
        "WGTU sits on Thursday 27 February, 10:00 – 11:00",
        {"wgtu": "Thu 11:00"},
    ),
    "a session that begins before the only half-day it may use": Twins(
        {"rule": "only_on", "of": ["WGTU"], "when": ["Thursday pm", "last day"]},
        {"WGTU": "3h"},
        {"wgtu": "Thu 12:00"},
        "WGTU sits on Thursday 27 February, 12:00 – 13:00, not on Thursday afternoon or on the last day",
        {"wgtu": "Thu 15:00"},
        {
            "calendar": {
                "slots": ["10:00-13:00", "15:00-18:00"],
                "days": ["2025-02-27", "2025-02-28"],
                "grain": "60 min",
            }
        },
    ),
    "a session that outlasts the only hours it may use": Twins(
        {"rule": "only_on", "of": ["WGTU"], "when": ["Thursday 10:00-12:00"]},
        {"WGTU": "1h30"},
        {"wgtu": "Thu 11:30"},
        "WGTU sits on Thursday 27 February, 11:30 – 13:00, not on Thursday between 10:00 and 12:00",
        {"wgtu": "Thu 10:00"},
    ),
    "a session that runs past the latest hour": Twins(
        {"rule": "latest_hour", "hour": "17:00"},
        {"WGTU": "1h"},
        {"wgtu": "Thu 17:00"},
        "WGTU runs past 17:00: Thursday 27 February, 17:00 – 18:00",
        {"wgtu": "Thu 16:00"},
    ),
    "a session that runs before the earliest hour": Twins(
        {"rule": "earliest_hour", "hour": "11:00"},
        {"WGTU": "1h"},
        {"wgtu": "Thu 10:00"},
        "WGTU sits before 11:00: Thursday 27 February, 10:00 – 11:00",
        {"wgtu": "Thu 11:00"},
    ),
    "a session that goes on the next morning before the earliest hour": Twins(
        {"rule": "earliest_hour", "hour": "11:00"},
        {"WGTU": "2h"},
        {"wgtu": "Thu 17:00"},
        "WGTU sits before 11:00: Friday 28 February, 10:00 – 11:00",
        {"wgtu": "Thu 16:00"},
    ),
    "a forum on the first day that has slots": Twins(
        {"rule": "not_first_or_last_day", "of": ["DIEF"]},
        {"DIEF": "3h"},
        {"dief": "Tue 10:00"},
        "DIEF sits on the first day: Tuesday 25 February, 10:00 – 13:00",
        {"dief": "Wed 10:00"},
        {"days": [{"date": "2025-02-24", "slots": []}, "2025-02-25", "2025-02-26", "2025-02-27"]},
    ),
    "a forum on the last day": Twins(
        {"rule": "not_first_or_last_day", "of": ["DIEF"]},
        {"DIEF": "3h"},
        {"dief": "Fri 15:00"},
        "DIEF sits on the last day: Friday 28 February, 15:00 – 18:00",
        {"dief": "Thu 15:00"},
    ),
    "a body that meets on two days": Twins(
        {"rule": "within_day", "of": ["WGTR"]},
        {"WGTR": "6h"},
        {"wgtr": "Tue 15:00"},
        "WGTR meets on Tuesday 25 February and Wednesday 26 February, not on one day",
        {"wgtr": "Tue 10:00"},
    ),
    "a session that runs across lunch": Twins(
        {"rule": "within_slot"},
        {"WGTU": "2h"},
        {"wgtu": "Tue 12:00"},
        "WGTU runs through 2 slots",
        {"wgtu": "Tue 11:00"},
    ),
    "two bodies that need three days": Twins(
        {"rule": "few_days", "of": ["WGTU", "WGTR"], "at_most": 2},
        {"WGTU": "3h", "WGTR": "6h"},
        {"wgtu": "Tue 10:00", "wgtr": "Wed 15:00"},
        "WGTU and WGTR together take 3 days instead of at most 2 days",
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00"},
    ),
    "a delegate who stays over night": Twins(
        {"rule": "nights_away", "of": ["WGTU", "WGTR"], "at_most": 1},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 15:00", "wgtr": "Thu 10:00"},
        "A delegate who follows WGTU and WGTR is away 2 nights instead of 1, "
        "from Tuesday 25 February to Thursday 27 February",
        {"wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
    ),
    "an officer who stays over night": Twins(
        {"rule": "nights_away", "officers": ["chair"]},
        {"WGTU": {"officers": ["chair"], "sessions": {"a": "3h", "b": "3h"}}, "WGTR": "3h"},
        {"a": "Tue 10:00", "b": "Wed 10:00", "wgtr": "Tue 15:00"},
        "Chair of WGTU is away one night, from Tuesday 25 February to Wednesday 26 February",
        {"a": "Tue 10:00", "b": "Tue 15:00", "wgtr": "Wed 10:00"},
        {"officers": [{"id": "chair", "post": "Chair of WGTU"}]},
    ),
    "an hour that is night in four of eleven capitals in Asia": Twins(
        {"rule": "remote_burden", "regions": ["Asia"]},
        {"WGTU": "1h"},
        {"wgtu": "Tue 17:00"},
        "In Asia, 22 min lie outside 07:00-22:00 on average",
        {"wgtu": "Tue 10:00"},
    ),
    "those kept out of a closed session who wait for the next": Twins(
        {"rule": "waiting_outside"},
        {"DIEF": {"access": ["industry"], "sessions": {"dief": "2h"}}, "WGTU": "1h"},
        {"dief": "Tue 10:00", "wgtu": "Tue 12:00"},
        "Those who may not attend DIEF wait outside for 2 h: Tuesday 25 February, 10:00 – 12:00",
        {"dief": "Tue 11:00", "wgtu": "Tue 10:00"},
    ),
}

every_pair = pytest.mark.parametrize("twins", TWINS.values(), ids=list(TWINS))


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert verdict(twins, twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert verdict(twins, twins.allowed) == (True, [])


@pytest.mark.parametrize(("when", "grain"), [("Tuesday", 60), (None, 20)])
def test_an_anchor_refines_the_grain_by_the_slots_in_which_it_can_start(when: str | None, grain: int) -> None:
    late = {"date": "2025-02-26", "slots": ["10:20-13:20"]}
    anchor = {"rule": "anchor", "of": ["WGTU"], "at": "11:00", "when": when}
    assert scenario({"WGTU": "1h"}, anchor, days=["2025-02-25", late]).grain == grain
