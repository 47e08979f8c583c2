# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Fixed boundaries, rolling basis and closed sessions: each refuses one timetable and allows its near twin."""

from __future__ import annotations

import pytest
from support.agreement import posted
from support.small import amounts, messages, scenario, timetable

CLOSED = {"access": ["states-parties"]}
ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
EARLY = {"slots": [{"hours": "09:00-10:00", "reserved_for": ["DIEF"]}, "10:00-13:00", "15:00-18:00"]}
"""A closed meeting may sit before the opening hour."""


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
