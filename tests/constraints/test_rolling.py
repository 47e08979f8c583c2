"""What "on a rolling basis" means exactly: each case by hand, then random programmes against a second statement."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from support.agreement import posted
from support.rolling_comparison import compare
from support.small import amounts, messages, scenario, timetable

from scheduler.domain.base import SessionId

CLOSED = {"access": ["states-parties"]}
ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
NOON = {"rule": "anchor", "of": ["PANEL"], "at": "12:00"}
CLEARED = {"rule": "restricted_access", "clearing": "30 min"}


def closed(**sessions: str) -> dict[str, Any]:
    return CLOSED | {"sessions": sessions}


def test_sessions_of_two_rooms_may_start_at_one_time() -> None:
    of = scenario({"WGTU": "1h", "WGTR": "2h", "VTF": "1h"}, {"rule": "rolling"}, **ROOMS)
    places = {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 10:00 annexe", "vtf": "Tue 11:00 hall"}
    assert messages(of, places) == []
    assert posted(of, of.rules[0], timetable(of, places)) == 0


def test_two_rolling_rules_make_two_sequences() -> None:
    rules = ({"rule": "rolling", "of": ["WGTU"]}, {"rule": "rolling", "of": ["WGTR"]})
    of = scenario({"WGTU": {"a": "1h", "b": "1h"}, "WGTR": "1h"}, *rules)
    places = timetable(of, {"a": "Tue 10:00", "b": "Tue 11:00", "wgtr": "Tue 15:00"})
    assert [list(rule.check(of, places)) for rule in of.rules] == [[], []]
    assert [posted(of, rule, places) for rule in of.rules] == [0, 0]


@pytest.mark.parametrize(
    ("places", "minutes"),
    [
        pytest.param({"wgtu": "Tue 10:00", "wgtr": "Tue 10:00", "vtf": "Tue 15:00"}, 120, id="the same hour"),
        pytest.param({"wgtu": "Tue 10:00", "wgtr": "Tue 10:30", "vtf": "Tue 12:00"}, 30, id="half an hour"),
        pytest.param({"wgtu": "Tue 10:00", "wgtr": "Tue 10:00", "vtf": "Tue 10:00"}, 0, id="all three"),
    ],
)
def test_a_minute_in_which_two_sit_is_subtracted_once(places: dict[str, str], minutes: int) -> None:
    wish = {"rule": "room_clash", "weight": 1}
    of = scenario(
        {"WGTU": "1h", "WGTR": "1h", "VTF": "1h"},
        {"rule": "rolling", "weight": 1},
        wish,
        slots=["10:00-13:00", "15:00-17:30"],
    )
    assert amounts(of, places) == ([minutes] if minutes else [])
    assert posted(of, of.rules[0], timetable(of, places)) == minutes


def test_what_others_build_on() -> None:
    rules = (
        {"rule": "rolling", "of": ["WGTU", "DIEF"]},
        NOON,
        {"rule": "anchor", "of": ["VTF"], "at": "15:00", "weight": 2},
        {"rule": "order", "of": ["WGTU", "VTF", "PANEL"]},
        {"rule": "order", "of": ["DIEF", "PANEL"], "weight": 2},
        CLEARED | {"of": ["DIEF"]},
    )
    bodies = {
        "WGTU": {"a": "1h", "b": "1h"},
        "VTF": "1h",
        "PANEL": "1h",
        "DIEF": closed(dief="1h"),
        "MC": closed(mc="1h"),
    }
    of = scenario(bodies, *rules)
    a, b, vtf, panel, dief, mc = map(SessionId, ("a", "b", "vtf", "panel", "dief", "mc"))
    assert of.anchored == {panel}
    assert of.fixtures == {panel, mc}, "a closed session in a sequence, or with an anchor that is a wish, is none"
    assert [of.predecessors(s) for s in (a, vtf, panel)] == [frozenset(), {a, b}, {vtf}]
    assert [of.clearing(s) for s in (dief, mc, a)] == [30, None, None]
    assert [of.clearing_between(*pair) for pair in ((dief, a), (a, dief), (mc, a), (mc, dief))] == [30, 30, None, 30]


def test_random_programmes_with_breaks_mean_the_same_in_a_second_statement() -> None:
    seen: Counter[str] = Counter()
    assert [text for n in range(8) for text in compare(f"rolling with breaks {n}", seen)] == []
    assert seen["with breaks"] > 0


@pytest.mark.parametrize("batch", range(3))
def test_random_programmes_mean_the_same_in_a_second_statement(batch: int) -> None:
    seen: Counter[str] = Counter()
    different = [text for n in range(8) for text in compare(f"rolling by the book {batch} {n}", seen)]
    assert different == []
    assert seen["judged"] > seen["judged and kept"] > 0
