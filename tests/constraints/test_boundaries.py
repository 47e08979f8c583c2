# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Fixed boundaries, rolling basis and closed sessions: each refuses one timetable and allows its near twin."""

from __future__ import annotations

import pytest
from support.agreement import posted
from support.small import amounts, messages, scenario, timetable
from support.twins import Twins, verdict

CLOSED = {"access": ["states-parties"]}
ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
EARLY = {"slots": [{"hours": "09:00-10:00", "reserved_for": ["DIEF"]}, "10:00-13:00", "15:00-18:00"]}
"""A closed meeting may sit before the opening hour."""

TWINS = {
    "a session that starts in the middle of a slot": Twins(
        {"rule": "fixed_boundaries"},
        {"WGTU": "1h"},
        {"wgtu": "Tue 11:00"},
        "WGTU starts on Tuesday 25 February at 11:00, not when a slot opens",
        {"wgtu": "Tue 15:00"},
    ),
    "a rolling session in what another body leaves of its slot": Twins(
        {"rule": "fixed_boundaries", "of": ["WGTU"]},
        {"WGTU": "4h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 16:00"},
        "WGTR starts in what WGTU leaves of its last slot",
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00"},
        {},
        ({"rule": "rolling", "of": ["WGTR"]},),
    ),
    "a session in what another body leaves of its slot in the same room": Twins(
        {"rule": "fixed_boundaries", "of": ["WGTU"]},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 hall"},
        "WGTR starts in what WGTU leaves of its last slot",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 annexe"},
        ROOMS,
    ),
    "a session of another body where only an anchor may stand": Twins(
        {"rule": "fixed_boundaries", "of": ["WGTU"]},
        {"WGTU": "1h", "WGTR": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 12:00", "panel": "Wed 12:00"},
        "WGTR starts in what WGTU leaves of its last slot",
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00", "panel": "Tue 12:00"},
        {},
        ({"rule": "anchor", "of": ["PANEL"], "at": "12:00"},),
    ),
    "a rolling session that waits": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 12:00"},
        "WGTR starts on Tuesday 25 February at 12:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 11:00"},
    ),
    "a rolling session that waits for the next slot": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "3h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 15:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 11:00"},
    ),
    "a rolling session that waits for the next day": Twins(
        {"rule": "rolling"},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00"},
        "WGTR starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 15:00",
        {"wgtu": "Tue 15:00", "wgtr": "Wed 10:00"},
    ),
    "a sequence that does not begin when a slot opens": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "3h"},
        {"wgtu": "Tue 11:00", "wgtr": "Tue 12:00"},
        "WGTU starts on Tuesday 25 February at 11:00, although it could start at 10:00",
        {"wgtu": "Tue 15:00", "wgtr": "Tue 16:00"},
    ),
    "a session that follows one of another room": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "1h", "VTF": "3h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 annexe", "vtf": "Tue 10:00 annexe"},
        "WGTR starts on Tuesday 25 February at 11:00, before VTF has ended",
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 11:00 hall", "vtf": "Tue 10:00 annexe"},
        ROOMS,
    ),
    "waiting in a slot that is reserved for nobody": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "6h", "WGTR": "3h", "DIEF": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Wed 15:00", "dief": "Wed 09:00"},
        "WGTR starts on Wednesday 26 February at 15:00, although it could start at 10:00",
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00", "dief": "Wed 09:00"},
        EARLY,
    ),
    "waiting after an open session, where only a closed slot may end in silence": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "3h", "WGTR": "3h", "DIEF": CLOSED | {"sessions": {"dief": "1h"}}},
        {"dief": "Tue 10:00", "wgtu": "Wed 10:00", "wgtr": "Thu 10:00"},
        "WGTR starts on Thursday 27 February at 10:00, although it could start on Wednesday 26 February at 15:00",
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00"},
    ),
    "waiting after an anchor beyond the end of its slot": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "2h", "WGTR": "3h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 15:00", "wgtr": "Wed 15:00"},
        "WGTR starts on Wednesday 26 February at 15:00, although it could start on Tuesday 25 February at 16:00",
        {"wgtu": "Tue 10:00", "panel": "Tue 15:00", "wgtr": "Tue 16:00"},
        {},
        ({"rule": "anchor", "of": ["PANEL"], "at": "15:00"},),
    ),
    "waiting longer than the room takes to clear": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "3h", "WGTR": "1h", "DIEF": CLOSED | {"sessions": {"dief": "1h"}}},
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Tue 17:00"},
        "WGTR starts on Tuesday 25 February at 17:00, although it could start at 16:30",
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Tue 16:30"},
        {},
        ({"rule": "restricted_access", "clearing": "30 min"},),
    ),
    "clearing that the break has room for": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "3h", "WGTR": "1h", "DIEF": CLOSED | {"sessions": {"dief": "2h30"}}},
        {"wgtu": "Tue 15:00", "dief": "Wed 10:00", "wgtr": "Wed 15:30"},
        "WGTR starts on Wednesday 26 February at 15:30, although it could start at 15:00",
        {"wgtu": "Tue 15:00", "dief": "Wed 10:00", "wgtr": "Wed 15:00"},
        {},
        ({"rule": "restricted_access", "clearing": "1h"},),
    ),
    "a closed session of the sequence that keeps the room waiting for a day": Twins(
        {"rule": "rolling"},
        {"WGTU": "2h", "DIEF": CLOSED | {"sessions": {"dief": "3h"}}},
        {"wgtu": "Tue 10:00", "dief": "Wed 10:00"},
        "DIEF starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 15:00",
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00"},
    ),
    "a session of the sequence late in the slot reserved for it": Twins(
        {"rule": "rolling"},
        {"WGTU": "4h", "DIEF": "30 min"},
        {"wgtu": "Tue 15:00", "dief": "Wed 09:30"},
        "DIEF starts on Wednesday 26 February at 09:30, before WGTU has ended",
        {"wgtu": "Tue 15:00", "dief": "Wed 09:00"},
        EARLY,
    ),
    "a closed session and an open one in one slot": Twins(
        {"rule": "restricted_access"},
        {"DIEF": CLOSED | {"sessions": {"dief": "1h"}}, "WGTU": "1h"},
        {"dief": "Tue 10:00", "wgtu": "Tue 12:00"},
        "DIEF and WGTU share Tuesday 10:00",
        {"dief": "Tue 10:00", "wgtu": "Tue 15:00"},
    ),
    "a closed session and an open one in one slot of one room": Twins(
        {"rule": "restricted_access"},
        {"DIEF": CLOSED | {"sessions": {"dief": "1h"}}, "WGTU": "1h"},
        {"dief": "Tue 10:00 hall", "wgtu": "Tue 12:00 hall"},
        "DIEF and WGTU share Tuesday 10:00",
        {"dief": "Tue 10:00 hall", "wgtu": "Tue 10:00 annexe"},
        ROOMS,
    ),
    "two closed sessions for different audiences in one slot": Twins(
        {"rule": "restricted_access"},
        {
            "DIEF": CLOSED | {"sessions": {"a": "1h", "b": "1h"}},
            "MC": {"access": ["industry"], "sessions": {"mc": "1h"}},
        },
        {"a": "Tue 10:00", "b": "Wed 10:00", "mc": "Tue 11:00"},
        "DIEF a and MC share Tuesday 10:00",
        {"a": "Tue 10:00", "b": "Tue 11:00", "mc": "Wed 10:00"},
    ),
    "too little time to clear the room": Twins(
        {"rule": "restricted_access", "clearing": "30 min"},
        {"DIEF": CLOSED | {"sessions": {"dief": "1h"}}, "WGTU": "1h"},
        {"dief": "Tue 10:00", "wgtu": "Tue 11:00"},
        "DIEF and WGTU share Tuesday 10:00, with less than 30 min to clear the room",
        {"dief": "Tue 10:00", "wgtu": "Tue 11:30"},
    ),
    "too little time to clear the room before a closed session": Twins(
        {"rule": "restricted_access", "clearing": "30 min"},
        {"DIEF": CLOSED | {"sessions": {"dief": "1h"}}, "WGTU": "1h"},
        {"wgtu": "Tue 10:00", "dief": "Tue 11:00"},
        "DIEF and WGTU share Tuesday 10:00, with less than 30 min to clear the room",
        {"wgtu": "Tue 12:00", "dief": "Tue 15:00"},
    ),
}

every_pair = pytest.mark.parametrize("twins", TWINS.values(), ids=list(TWINS))


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert verdict(twins, twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert verdict(twins, twins.allowed) == (True, [])


# --- what stays allowed --------------------------------------------------------------------------------------------

FOLLOWED = {"WGTU": "4h", "WGTR": "2h", "DIEF": CLOSED | {"sessions": {"dief": "1h"}}}


def test_a_rolling_session_keeps_going_past_a_slot_reserved_for_others() -> None:
    of = scenario(FOLLOWED, {"rule": "rolling", "of": ["WGTU", "WGTR"]}, **EARLY)
    places = timetable(of, {"wgtu": "Tue 15:00", "dief": "Wed 09:00", "wgtr": "Wed 11:00"})
    assert [f"{segment}" for segment in places[of.work("wgtu")[0]].segments] == [
        "Tuesday 25 February, 15:00 – 18:00",
        "Wednesday 26 February, 10:00 – 11:00",
    ]
    assert list(of.rules[0].check(of, places)) == []
    assert posted(of, of.rules[0], places) == 0


@pytest.mark.parametrize(
    "places",
    [
        {"dief": "Tue 10:00", "wgtu": "Tue 11:00", "wgtr": "Tue 18:00"},
        {"dief": "Tue 10:00", "wgtu": "Tue 14:00", "wgtr": "Tue 18:00"},
    ],
    ids=["the minute the closed session ends", "when its slot closes"],
)
def test_after_a_closed_session_the_sequence_goes_on_at_once_or_in_the_next_slot(places: dict[str, str]) -> None:
    more = {"slots": ["10:00-13:00", "14:00-20:00"]}
    bodies = {"WGTU": "4h" if places["wgtu"] == "Tue 14:00" else "6h", "WGTR": "2h", "DIEF": FOLLOWED["DIEF"]}
    of = scenario(bodies, {"rule": "rolling", "of": ["WGTU", "WGTR"]}, **more)
    assert messages(of, places) == []
    assert posted(of, of.rules[0], timetable(of, places)) == 0


def test_an_anchor_keeps_its_time_though_the_room_waits_for_it() -> None:
    bodies = {"WGTU": "1h", "PANEL": "1h", "WGTR": "2h"}
    of = scenario(bodies, {"rule": "rolling"}, {"rule": "anchor", "of": ["PANEL"], "at": "12:00"})
    places = {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00"}
    assert messages(of, places) == []
    assert posted(of, of.rules[0], timetable(of, places)) == 0


def test_an_anchor_need_not_start_when_a_slot_opens() -> None:
    of = scenario({"PANEL": "1h"}, {"rule": "fixed_boundaries"}, {"rule": "anchor", "of": ["PANEL"], "at": "11:30"})
    assert messages(of, {"panel": "Tue 11:30"}) == []


def test_sessions_of_one_body_may_share_what_is_left_of_a_slot() -> None:
    of = scenario({"WGETI": {"nip": "1h", "cei": "1h"}}, {"rule": "fixed_boundaries", "of": ["nip"]})
    assert messages(of, {"nip": "Tue 10:00", "cei": "Tue 11:00"}) == []


# --- idle minutes --------------------------------------------------------------------------------------------------

SOFT = {"rule": "rolling", "weight": 2}


def waiting(places: dict[str, str], *around: dict[str, object], **more: object) -> tuple[list[int], int | None]:
    """Idle minutes as checked, and the cost as posted at two points a minute."""
    bodies = {"WGTU": "1h", "WGTR": "1h", "PANEL": "1h", "DIEF": CLOSED | {"sessions": {"dief": "1h"}}}
    named = {body: what for body, what in bodies.items() if body.lower() in places}
    of = scenario(named, SOFT | {"of": [body for body in named if body in ("WGTU", "WGTR")]}, *around, **more)
    return amounts(of, places), posted(of, of.rules[0], timetable(of, places))


ANCHOR = {"rule": "anchor", "of": ["PANEL"], "at": "12:00"}


@pytest.mark.parametrize(
    ("places", "around", "minutes"),
    [
        pytest.param({"wgtu": "Tue 10:00", "wgtr": "Tue 11:00"}, (), 0, id="back to back"),
        pytest.param({"wgtu": "Tue 12:00", "wgtr": "Tue 15:00"}, (), 120, id="before the first, lunch is no time"),
        pytest.param({"wgtu": "Tue 10:00", "wgtr": "Tue 15:00"}, (), 120, id="until the next slot"),
        pytest.param(
            {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00"}, (), 300, id="until the next day, the night is no time"
        ),
        pytest.param(
            {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00", "panel": "Tue 12:00"}, (ANCHOR,), 60, id="before an anchor"
        ),
        pytest.param(
            {"wgtu": "Tue 10:00", "wgtr": "Tue 11:00", "panel": "Tue 12:00"}, (ANCHOR,), 0, id="not after the last"
        ),
        pytest.param(
            {"wgtu": "Tue 10:00", "wgtr": "Tue 12:00", "dief": "Tue 11:00"}, (), 0, id="a closed session between"
        ),
        pytest.param(
            {"dief": "Tue 10:00", "wgtu": "Tue 11:00", "wgtr": "Tue 12:00"}, (), 0, id="a closed session before"
        ),
        pytest.param(
            {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00"}, (), 240, id="the rest of its slot"
        ),
    ],
)
def test_idle_minutes_are_those_in_which_the_room_is_empty(
    places: dict[str, str], around: tuple[dict[str, object], ...], minutes: int
) -> None:
    assert waiting(places, *around) == ([minutes] if minutes else [], 2 * minutes)


@pytest.mark.parametrize("dief", ["Wed 09:00", "Thu 09:00"], ids=["used", "left empty"])
def test_a_slot_reserved_for_others_is_no_waiting(dief: str) -> None:
    assert waiting({"wgtu": "Tue 17:00", "dief": dief, "wgtr": "Wed 10:00"}, **EARLY) == ([120], 240)


def test_idle_minutes_are_counted_room_by_room() -> None:
    of = scenario({"WGTU": "1h", "WGTR": "1h", "VTF": "1h"}, SOFT, **ROOMS)
    places = {"wgtu": "Tue 10:00 hall", "vtf": "Tue 12:00 hall", "wgtr": "Tue 11:00 annexe"}
    assert messages(of, places) == [
        "1 h of waiting within the rolling sequence in hall",
        "1 h of waiting within the rolling sequence in annexe",
    ]
    assert posted(of, of.rules[0], timetable(of, places)) == 2 * 120
