# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Rules on rooms, officers and interpreters: each refuses one timetable and allows its near twin."""

from __future__ import annotations

import pytest
from support.twins import Twins, verdict

ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}

TWINS = {
    "two sessions in one room at once": Twins(
        {"rule": "room_clash"},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 12:00 hall"},
        "WGTU and WGTR are in hall at the same time",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 12:00 annexe"},
        ROOMS | {"calendar": {"slots": ["10:00-13:00"], "days": ["2025-02-25", "2025-02-26"], "grain": "60 min"}},
    ),
    "the last minute of one session and the first of the next": Twins(
        {"rule": "room_clash"},
        {"WGTU": "1h", "WGTR": "2h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 10:00"},
        "WGTU and WGTR are in Plenary at the same time",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 11:00"},
    ),
    "too few seats": Twins(
        {"rule": "room_fit"},
        {"WGTU": {"wgtu": {"duration": "3h", "attendance": 120}}},
        {"wgtu": "Tue 10:00 annexe"},
        "WGTU sits in annexe, which has 80 seats for 120 people",
        {"wgtu": "Tue 10:00 hall"},
        {"rooms": [{"id": "hall", "capacity": 120}, {"id": "annexe", "capacity": 80}]},
    ),
    "no equipment and too few seats": Twins(
        {"rule": "room_fit"},
        {"WGTU": {"wgtu": {"duration": "3h", "attendance": 2, "equipment": ["interpretation", "livestream"]}}},
        {"wgtu": "Tue 10:00 booth"},
        "WGTU sits in booth, which has no interpretation, no livestream and one seat for 2 people",
        {"wgtu": "Tue 10:00 hall"},
        {"rooms": [{"id": "hall", "equipment": ["livestream", "interpretation"]}, {"id": "booth", "capacity": 1}]},
    ),
    "two sessions at the same time in two rooms": Twins(
        {"rule": "one_at_a_time"},
        {"WGTU": "2h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 annexe"},
        "WGTU and WGTR sit at the same time",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 12:00 annexe"},
        ROOMS,
    ),
    "a session in a slot reserved for it and one that could sit there too": Twins(
        {"rule": "one_at_a_time"},
        {"WGTU": {"a": "3h", "b": "3h"}, "DIEF": "1h"},
        {"a": "Tue 14:00", "b": "Tue 15:00", "dief": "Tue 10:00"},
        "WGTU a and WGTU b sit at the same time",
        {"a": "Tue 14:00", "b": "Wed 10:00", "dief": "Tue 10:00"},
        {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["a"]}, "15:00-18:00"]},
    ),
    "more sessions at once than may be": Twins(
        {"rule": "parallel_limit", "at_most": 1},
        {"WGTU": "2h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 annexe"},
        "2 sessions sit at once on Tuesday 25 February at 11:00 instead of at most one",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 12:00 annexe"},
        ROOMS,
    ),
    "a session that comes back from passing by to find another": Twins(
        {"rule": "parallel_limit", "at_most": 1},
        {"WGTU": "4h", "DIEF": "2h"},
        {"wgtu": "Tue 10:00 hall", "dief": "Tue 14:00 annexe"},
        "2 sessions sit at once on Tuesday 25 February at 15:00 instead of at most one",
        {"wgtu": "Wed 10:00 hall", "dief": "Tue 14:00 annexe"},
        ROOMS | {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]},
    ),
    "an officer who is away for part of a session": Twins(
        {"rule": "officer_availability"},
        {"WGTR": {"officers": ["chair"], "sessions": {"wgtr": "6h"}}},
        {"wgtr": "Thu 15:00"},
        "Amb. Example, Chair of WGTR, is away when WGTR sits on Friday 28 February, 10:00 – 13:00",
        {"wgtr": "Thu 10:00"},
        {"officers": [{"id": "chair", "post": "Chair of WGTR", "name": "Amb. Example", "absent": ["2025-02-28"]}]},
    ),
    "an officer who leaves before the end": Twins(
        {"rule": "officer_availability"},
        {"WGTU": {"officers": ["chair"], "sessions": {"wgtu": "2h"}}},
        {"wgtu": "Thu 11:00"},
        "Chair of WGTU is away when WGTU sits on Thursday 27 February, 11:00 – 13:00",
        {"wgtu": "Thu 10:00"},
        {"officers": [{"id": "chair", "post": "Chair of WGTU", "present": ["2025-02-27 10:00-12:00"]}]},
    ),
    "one officer in two rooms": Twins(
        {"rule": "officer_double_booking"},
        {
            "WGTU": {"officers": ["president"], "sessions": {"wgtu": "2h"}},
            "WGTR": {"wgtr": {"duration": "1h", "officers": ["president"]}},
        },
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 annexe"},
        "President would serve WGTU and WGTR at once",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 12:00 annexe"},
        ROOMS | {"officers": [{"id": "president", "post": "President"}]},
    ),
    "two interpreted meetings at once with one team": Twins(
        {"rule": "interpretation_load"},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 10:00 annexe"},
        "2 interpreted meetings at once on Tuesday 10:00, of which the interpreters can do one",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 15:00 annexe"},
        ROOMS,
    ),
    "three interpreted meetings in a day": Twins(
        {"rule": "interpretation_load", "meetings_per_day": 2},
        {"WGTU": "3h", "WGTR": "6h"},
        {"wgtu": "Tue 09:00", "wgtr": "Tue 12:00"},
        "3 interpreted meetings on Tuesday 25 February, of which the interpreters can do 2",
        {"wgtu": "Tue 15:00", "wgtr": "Wed 09:00"},
        {"slots": ["09:00-12:00", "12:00-15:00", "15:00-18:00"]},
    ),
    "two interpreted meetings in a week": Twins(
        {"rule": "interpretation_load", "meetings_per_week": 1},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Fri 10:00", "wgtr": "Fri 15:00"},
        "2 interpreted meetings in the week of 24 February, of which the interpreters can do one",
        {"wgtu": "Fri 10:00", "wgtr": "Mon 10:00"},
        {"days": ["2025-02-28", "2025-03-03"]},
    ),
}

every_pair = pytest.mark.parametrize("twins", TWINS.values(), ids=list(TWINS))


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert verdict(twins, twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert verdict(twins, twins.allowed) == (True, [])
