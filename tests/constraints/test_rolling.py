"""What "on a rolling basis" means exactly: each case by hand, then random programmes against a second statement."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from support.agreement import posted
from support.rolling_comparison import compare
from support.small import amounts, messages, scenario, timetable
from support.twins import Twins, verdict

from scheduler.domain.base import SessionId

CLOSED = {"access": ["states-parties"]}
ROOMS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
EARLY = {"slots": [{"hours": "09:00-10:00", "reserved_for": ["DIEF"]}, "10:00-13:00", "15:00-18:00"]}
NOON = {"rule": "anchor", "of": ["PANEL"], "at": "12:00"}
CLEARED = {"rule": "restricted_access", "clearing": "30 min"}


def closed(**sessions: str) -> dict[str, Any]:
    return CLOSED | {"sessions": sessions}


TWINS = {
    "what fits before a panel is not pushed behind it": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 15:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 11:00"},
        {},
        (NOON,),
    ),
    "what does not fit before a panel starts when that ends, not later": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "1h30", "PANEL": "30 min"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 15:00, although it could start at 12:30",
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 12:30"},
        {},
        (NOON,),
    ),
    "what fits before a closed meeting of others is not pushed to the next day": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "2h", "DIEF": closed(dief="1h")},
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00"},
        "WGTR starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 11:00",
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Tue 11:00"},
    ),
    "a session crosses no slot of a closed meeting": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "3h", "DIEF": closed(dief="1h")},
        {"wgtu": "Tue 10:00", "dief": "Tue 17:00", "wgtr": "Wed 15:00"},
        "WGTR starts on Wednesday 26 February at 15:00, although it could start at 10:00",
        {"wgtu": "Tue 10:00", "dief": "Tue 17:00", "wgtr": "Wed 10:00"},
    ),
    "closed sessions of one audience follow one another": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(a="1h", b="1h")},
        {"a": "Tue 10:00", "b": "Tue 15:00"},
        "DIEF b starts on Tuesday 25 February at 15:00, although it could start at 11:00",
        {"a": "Tue 10:00", "b": "Tue 11:00"},
    ),
    "between closed sessions of one audience there is nothing to clear": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(a="1h", b="1h")},
        {"a": "Tue 10:00", "b": "Tue 11:30"},
        "DIEF b starts on Tuesday 25 February at 11:30, although it could start at 11:00",
        {"a": "Tue 10:00", "b": "Tue 11:00"},
        {},
        (CLEARED,),
    ),
    "an open session follows a closed one when the room is cleared": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(dief="1h"), "WGTU": "1h"},
        {"dief": "Tue 10:00", "wgtu": "Tue 15:00"},
        "WGTU starts on Tuesday 25 February at 15:00, although it could start at 11:30",
        {"dief": "Tue 10:00", "wgtu": "Tue 11:30"},
        {},
        (CLEARED,),
    ),
    "a closed session follows an open one when the room is cleared": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "DIEF": closed(dief="1h")},
        {"wgtu": "Tue 10:00", "dief": "Tue 12:00"},
        "DIEF starts on Tuesday 25 February at 12:00, although it could start at 11:30",
        {"wgtu": "Tue 10:00", "dief": "Tue 11:30"},
        {},
        (CLEARED,),
    ),
    "of two clearing times the longer counts": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(dief="1h"), "MC": {"access": ["industry"], "sessions": {"mc": "30 min"}}},
        {"dief": "Tue 10:00", "mc": "Tue 12:30"},
        "MC starts on Tuesday 25 February at 12:30, although it could start at 12:00",
        {"dief": "Tue 10:00", "mc": "Tue 12:00"},
        {},
        (CLEARED | {"of": ["DIEF"]}, {"rule": "restricted_access", "of": ["MC"], "clearing": "1h"}),
    ),
    "a rule that must hold and clears nothing closes the slot, whatever another declares": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(dief="1h"), "MC": {"access": ["industry"], "sessions": {"mc": "30 min"}}},
        {"dief": "Tue 10:00", "mc": "Wed 10:00"},
        "MC starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 15:00",
        {"dief": "Tue 10:00", "mc": "Tue 15:00"},
        {},
        (CLEARED | {"of": ["DIEF"]}, {"rule": "restricted_access", "of": ["MC"]}),
    ),
    "a clearing time that is a wish clears nothing: the slot is closed": Twins(
        {"rule": "rolling"},
        {"DIEF": closed(dief="1h"), "WGTU": "1h"},
        {"dief": "Tue 10:00", "wgtu": "Wed 10:00"},
        "WGTU starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 15:00",
        {"dief": "Tue 10:00", "wgtu": "Tue 15:00"},
        {},
        (CLEARED | {"weight": 1},),
    ),
    "an anchor that is a wish is no fixture: it is passed by like any other work": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "1h30", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 15:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "panel": "Tue 15:00", "wgtr": "Tue 11:00"},
        {},
        (NOON | {"weight": 1},),
    ),
    "a session with an anchor that is a wish takes its turn": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00"},
        "PANEL starts on Tuesday 25 February at 12:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "panel": "Tue 11:00"},
        {},
        (NOON | {"weight": 1},),
    ),
    "the first may choose its slot, but no time within it": Twins(
        {"rule": "rolling", "of": ["WGTU"]},
        {"WGTU": "1h", "PANEL": "30 min"},
        {"panel": "Wed 10:00", "wgtu": "Wed 11:00"},
        "WGTU starts on Wednesday 26 February at 11:00, although it could start at 10:30",
        {"panel": "Wed 10:00", "wgtu": "Wed 10:30"},
        {},
        ({"rule": "anchor", "of": ["PANEL"], "at": "10:00"},),
    ),
    "waiting for what an order puts before it in another room, not longer": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00 hall", "panel": "Tue 12:00 annexe", "wgtr": "Tue 16:00 hall"},
        "WGTR starts on Tuesday 25 February at 16:00, although it could start at 15:00",
        {"wgtu": "Tue 10:00 hall", "panel": "Tue 12:00 annexe", "wgtr": "Tue 15:00 hall"},
        ROOMS,
        (NOON, {"rule": "order", "of": ["PANEL", "WGTR"]}),
    ),
    "an order that is a wish excuses nobody": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR"]},
        {"WGTU": "1h", "WGTR": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 15:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 11:00"},
        {},
        (NOON, {"rule": "order", "of": ["PANEL", "WGTR"], "weight": 5}),
    ),
    "an order that is broken excuses nobody either": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtr": "Tue 12:00", "wgtu": "Tue 15:00"},
        "WGTR starts on Tuesday 25 February at 12:00, although it could start at 10:00",
        {"wgtu": "Tue 15:00", "wgtr": "Tue 16:00"},
        {},
        ({"rule": "order", "of": ["WGTU", "WGTR"]},),
    ),
    "neither the gap nor the night of an order excuses waiting": Twins(
        {"rule": "rolling"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Wed 10:00"},
        "WGTR starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 11:00",
        {"wgtu": "Tue 10:00", "wgtr": "Tue 11:00"},
        {},
        ({"rule": "order", "of": ["WGTU", "WGTR"], "gap": "1h", "night_between": True},),
    ),
    "what sits only in a slot reserved for it comes before nobody else": Twins(
        {"rule": "rolling"},
        {"DIEF": "1h", "WGTU": "1h"},
        {"dief": "Wed 09:00", "wgtu": "Wed 15:30"},
        "WGTU starts on Wednesday 26 February at 15:30, although it could start at 15:00",
        {"dief": "Wed 09:00", "wgtu": "Wed 15:00"},
        EARLY,
    ),
    "what runs on from its reserved slot does": Twins(
        {"rule": "rolling"},
        {"DIEF": "2h", "WGTU": "1h"},
        {"dief": "Wed 09:00", "wgtu": "Wed 15:00"},
        "WGTU starts on Wednesday 26 February at 15:00, although it could start at 11:00",
        {"dief": "Wed 09:00", "wgtu": "Wed 11:00"},
        EARLY,
    ),
    "a slot reserved for it is used as soon as its turn comes there": Twins(
        {"rule": "rolling"},
        {"WGTU": "6h", "DIEF": "1h"},
        {"wgtu": "Tue 10:00", "dief": "Wed 10:00"},
        "DIEF starts on Wednesday 26 February at 10:00, although it could start at 09:00",
        {"wgtu": "Tue 10:00", "dief": "Thu 09:00"},
        EARLY,
    ),
    "what comes later does not fill a gap that was left before": Twins(
        {"rule": "rolling", "of": ["WGTR", "WGTU", "VTF"]},
        {"WGTR": "2h30", "WGTU": "1h", "VTF": "1h", "PANEL": "1h"},
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00", "vtf": "Wed 10:00"},
        "VTF starts on Wednesday 26 February at 10:00, although it could start on Tuesday 25 February at 17:30",
        {"wgtu": "Tue 10:00", "panel": "Tue 12:00", "wgtr": "Tue 15:00", "vtf": "Tue 17:30"},
        {},
        (NOON,),
    ),
    "behind all that came before, not behind one of them": Twins(
        {"rule": "rolling", "of": ["WGTU", "WGTR", "VTF"]},
        {"WGTU": "3h", "WGTR": "1h", "VTF": "1h", "DIEF": closed(dief="1h")},
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00", "vtf": "Wed 15:00"},
        "VTF starts on Wednesday 26 February at 15:00, although it could start at 11:00",
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Wed 10:00", "vtf": "Wed 11:00"},
    ),
}

every_pair = pytest.mark.parametrize("twins", TWINS.values(), ids=list(TWINS))


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert verdict(twins, twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert verdict(twins, twins.allowed) == (True, [])


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


@pytest.mark.parametrize("batch", range(3))
def test_random_programmes_mean_the_same_in_a_second_statement(batch: int) -> None:
    seen: Counter[str] = Counter()
    different = [text for n in range(8) for text in compare(f"rolling by the book {batch} {n}", seen)]
    assert different == []
    assert seen["judged"] > seen["judged and kept"] > 0
