"""Sessions that change their room overnight, as ``room_may_change`` declares it: meaning, price, contradictions."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from independent.agreement import as_timetable
from independent.drawing import moving
from independent.world import World
from support.agreement import checked, posted
from support.project import ROOT
from support.random_rooms import moving_case
from support.small import amounts, messages, scenario, timetable

from constraints import KINDS
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.outcome import Settings, Status
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum
from scheduler.solving.formulation import choose, unsuited

ONE = Settings(workers=1)
HALLS = [{"id": "hall"}, {"id": "annexe"}]
DAYS = ["2025-02-25", "2025-02-26"]
"""Tuesday and Wednesday."""
MAY = {"room_may_change": {"price": 20}}
DEBATE = MAY | {"sessions": {"debate": "9h"}}
"""All of one day, and a half-day of the next."""


def halls(bodies: dict[str, Any], *rules: dict[str, Any], **more: Any) -> Scenario:
    return scenario(bodies, *rules, **{"rooms": HALLS, "days": DAYS} | more)


def broken(of: Scenario, places: dict[str, str]) -> list[str]:
    return [violation.message for violation in check(of, timetable(of, places)).broken]


# --- meaning ------------------------------------------------------------------------------------------------------


def test_a_plenary_whose_hall_is_taken_on_the_second_day_goes_on_in_the_other_at_its_price() -> None:
    rules = [
        {"rule": "pin", "of": ["debate"], "start": "Tuesday am"},
        {"rule": "room_unavailable", "room": "annexe", "when": ["Tuesday"]},
        {"rule": "room_unavailable", "room": "hall", "when": ["Wednesday"]},
    ]
    outcome = solve(halls({"A": DEBATE}, *rules), ONE)
    assert outcome.status is Status.OPTIMAL
    assert outcome.cost == 20
    placement = outcome.timetable[SessionId("debate")]
    assert (placement.room, placement.rooms, placement.each_room) == ("hall", ("hall", "annexe"), ("hall", "annexe"))
    assert [v.message for v in outcome.violations] == ["A moves from hall to annexe on Wednesday 26 February"]
    assert solve(halls({"A": {"sessions": {"debate": "9h"}}}, *rules), ONE).status is Status.INFEASIBLE


def test_without_a_reason_it_keeps_its_room() -> None:
    outcome = solve(halls({"A": DEBATE}), ONE)
    assert outcome.cost == 0
    assert outcome.timetable[SessionId("debate")].rooms == ()


def test_each_night_after_which_it_is_elsewhere_costs_the_price() -> None:
    three = [*DAYS, "2025-02-27"]
    of = halls({"A": MAY | {"sessions": {"a": "15h"}}}, days=three)
    stays, once, there_and_back = (
        check(of, timetable(of, {"a": f"Tue 10:00 {rooms}"})).cost
        for rooms in ("hall", "hall,annexe,annexe", "hall,annexe,hall")
    )
    assert (stays, once, there_and_back) == (0, 20, 40)


def test_it_never_changes_within_a_day() -> None:
    bodies = {"A": MAY | {"sessions": {"a": "6h"}}, "B": {"sessions": {"b": {"duration": "3h", "rooms": ["hall"]}}}}
    shut = {"rule": "room_unavailable", "room": "annexe", "when": ["Tuesday am"]}
    beside = {"rule": "pin", "of": ["b"], "start": "Tuesday pm"}
    assert solve(halls(bodies, shut, beside, days=DAYS[:1]), ONE).status is Status.INFEASIBLE


def test_the_judge_refuses_a_change_that_nothing_allows() -> None:
    of = halls({"A": {"sessions": {"a": "9h"}}})
    assert broken(of, {"a": "Tue 10:00 hall,annexe"}) == [
        "A changes its room from hall to annexe on Wednesday 26 February, but keeps one room: 'room_may_change' would "
        "allow it"
    ]


def test_a_session_takes_back_what_its_body_says_and_a_body_what_the_body_above_says() -> None:
    of = halls(
        {
            "A": MAY | {"sessions": {"a": "1h", "b": {"duration": "1h", "room_may_change": False}}},
            "C": {"parent": "A", "sessions": {"c": {"duration": "1h", "rooms": ["hall"]}, "d": "1h"}},
            "E": {"parent": "A", "room_may_change": {"price": 0}, "sessions": {"e": "1h"}},
        }
    )
    assert of.may_change_room == {"a": 20, "d": 20, "e": 0}


# --- rules look at the room of the day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "rooms", "found"),
    [
        ({"rule": "room_unavailable", "room": "annexe", "when": ["Tuesday"]}, "hall,annexe", []),
        ({"rule": "room_unavailable", "room": "annexe", "when": ["Wednesday"]}, "hall,annexe", [1]),
        ({"rule": "pin", "of": ["debate"], "room": "hall"}, "hall,annexe", [1]),
        ({"rule": "pin", "of": ["debate"], "room": "hall"}, "hall,hall", []),
        ({"rule": "few_rooms"}, "hall,annexe", [1]),
        ({"rule": "few_rooms", "per": "day"}, "hall,annexe", []),
        ({"rule": "room_clash"}, "hall,annexe", []),
        ({"rule": "room_clash"}, "annexe,hall", [1]),
        ({"rule": "whole_slot", "of": ["debate"]}, "annexe,hall", [1]),
        ({"rule": "interpretation_load"}, "hall,annexe", [1]),
    ],
)
def test_rules_on_rooms(rule: dict[str, Any], rooms: str, found: list[int]) -> None:
    """The other body sits in the hall on Wednesday morning, when the debate has its last three hours."""
    of = halls({"A": DEBATE, "B": "3h"}, rule)
    assert amounts(of, {"debate": f"Tue 10:00 {rooms}", "b": "Wed 10:00 hall"}) == found


def test_a_neighbour_follows_in_the_room_in_which_the_one_before_it_ends() -> None:
    rule = {"rule": "adjacent", "of": ["debate", "b"], "within": "2h", "same_room": "true"}
    of = halls({"A": DEBATE, "B": "3h"}, rule)
    assert messages(of, {"debate": "Tue 10:00 hall,annexe", "b": "Wed 15:00 annexe"}) == []
    assert messages(of, {"debate": "Tue 10:00 hall,annexe", "b": "Wed 15:00 hall"}) == [
        "B is not directly after A: it sits in hall, and that in annexe"
    ]


def test_a_rolling_sequence_goes_on_in_the_new_room_and_leaves_the_old_one() -> None:
    """After the debate the annexe is free at once, the hall from Wednesday morning."""
    of = halls({"A": DEBATE, "B": "1h"}, {"rule": "rolling"}, slots=["10:00-13:00", "14:00-17:00"])
    behind = {"debate": "Tue 10:00 hall,annexe"}
    assert messages(of, behind | {"b": "Wed 14:00 annexe"}) == []
    assert messages(of, behind | {"b": "Wed 10:00 hall"}) == []
    assert messages(of, behind | {"b": "Wed 15:00 annexe"}) == [
        "B starts on Wednesday 26 February at 15:00, although it could start at 14:00"
    ]
    assert messages(of, behind | {"b": "Wed 11:00 hall"}) == [
        "B starts on Wednesday 26 February at 11:00, although it could start at 10:00"
    ]


def test_nobody_comes_amid_a_session_that_is_suspended_on_the_day_on_which_it_enters_its_room() -> None:
    """The forum closes Wednesday morning to the debate, in the hall; the guest comes there from the annexe."""
    bodies = {
        "A": {"suspends_for": ["forum"], "sessions": {"debate": {"duration": "6h", "rooms": ["hall"]}}},
        "F": {
            "access": ["states-parties"],
            "starts": "anywhere",
            "sessions": {"forum": {"duration": "1h", "rooms": ["hall"]}},
        },
        "G": MAY | {"access": ["states-parties"], "sessions": {"guest": "4h"}},
    }
    of = halls(bodies, {"rule": "room_clash"})
    places = {"debate": "Tue 15:00 hall", "forum": "Wed 12:00 hall"}
    found = timetable(of, places | {"guest": "Tue 16:00 annexe,hall"})
    assert [violation.message for violation in of.rules[0].check(of, found)] == [
        "G sits amid A, which is not suspended for it"
    ]
    assert posted(of, of.rules[0], found) is None
    away = timetable(of, places | {"guest": "Tue 16:00 annexe"})
    assert (posted(of, of.rules[0], away), list(of.rules[0].check(of, away))) == (0, [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_rule_says_the_same_to_the_solver_and_in_plain_python(kind: str) -> None:
    cases = [moving_case(kind, number) for number in range(3)]
    rules = [(case, rule) for case in cases for rule in (case.rule, *case.scenario.implied)]
    found = [(case.name, rule.name, checked(case.scenario, rule, case.timetable)) for case, rule in rules]
    assert [(case.name, rule.name, posted(case.scenario, rule, case.timetable)) for case, rule in rules] == found


@pytest.mark.parametrize("number", range(12))
def test_post_agrees_with_check_for_rules_without_a_second_statement(number: int) -> None:
    rng = Random(f"rooms {number}")
    data = moving(rng, 400)
    world = World(data)
    sessions = {
        s["id"]: {room: rng.randint(0, 2) for room in world.rooms} for b in data["bodies"] for s in b["sessions"]
    }
    for body in data["bodies"]:
        for place, session in enumerate(body["sessions"], 1):
            session["position"] = place
    data["rules"] = [
        {"rule": "running_order", "weight": rng.choice((1, 3))},
        {"rule": "preferences", "sessions_by_room": sessions, "weight": 2},
        {"rule": "preferences", "sessions_by_room": sessions, "per": "60 min", "weight": 2},
        {"rule": "similar_bodies_apart", "weight": 1},
        {"rule": "listed_order"},
    ]
    of = from_data(data)
    tables = [as_timetable(of, table) for table in rng.sample(list(world.timetables()), 2)]
    rules: list[Rule] = [*of.rules, *of.implied]
    both = [(posted(of, rule, table), checked(of, rule, table)) for rule in rules for table in tables]
    assert [mine for mine, _ in both] == [theirs for _, theirs in both]


@pytest.mark.parametrize("number", range(6))
def test_the_second_engine_finds_the_same_cost(number: int) -> None:
    of = from_data(moving(Random(f"second {number}"), 200))
    exhausted, cost = optimum(of)
    outcome = solve(of, ONE)
    assert exhausted.complete
    assert (outcome.cost, outcome.status is Status.INFEASIBLE) == (cost, exhausted.impossible or False)


# --- what is written ----------------------------------------------------------------------------------------------


def test_the_example_of_the_page_says_what_the_page_says() -> None:
    page = (ROOT / "docs" / "scenario.md").read_text("utf-8").partition("## Rooms that change overnight")[2]
    text = page.partition("```yaml\n")[2].partition("```")[0]
    head = "name: page\nmeeting: {series: S, annex_title: T}\n"
    outcome = solve(from_document(parse_document((head + text).encode(), "scenario.md")).scenario, ONE)
    assert outcome.cost == 20
    assert outcome.timetable[SessionId("debate")].rooms == ("room-17", "assembly")
    kept = (head + text).replace("room_may_change: {price: 20}, ", "")
    of = from_document(parse_document(kept.encode(), "scenario.md")).scenario
    assert solve(of, ONE).status is Status.INFEASIBLE


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (True, "what does a change of room cost? write {price: 20}, in points (in a table 20), or false"),
        ("overnight", "what does a change of room cost? write {price: 20}, in points (in a table 20), or false"),
        (15, "what does a change of room cost? write {price: 15}, in points (in a table 15), or false"),
        ("no", "'no' is no answer here: write false, which means that the room stays the same"),
        ({"price": -1}, "'-1' is out of range: it must be at least 0"),
        ({"prise": 5}, "unknown key"),
        ({}, "'price' is missing here"),
        ([20], "what does a change of room cost? write {price: 20}, in points (in a table 20), or false"),
    ],
)
def test_what_is_not_understood_is_refused(said: object, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        halls({"A": {"room_may_change": said, "sessions": {"a": "1h"}}})
    assert message in refused.value.message


def test_who_is_suspended_and_for_whom_keep_their_rooms() -> None:
    anchor = {"rule": "anchor", "of": ["panel"], "at": "12:00"}
    bodies = {"A": MAY | {"suspends_for": ["panel"], "sessions": {"a": "6h"}}, "PANEL": "1h"}
    with pytest.raises(ScenarioError, match="A is suspended for fixtures in its room, so it cannot change its room"):
        halls(bodies, anchor)
    panel = MAY | {"sessions": {"panel": "1h"}}
    with pytest.raises(ScenarioError, match="A is suspended for PANEL, which so cannot change its room"):
        halls({"A": {"suspends_for": ["panel"], "sessions": {"a": "6h"}}, "PANEL": panel}, anchor)


def test_promises_are_planned_for_sessions_that_keep_their_rooms() -> None:
    promise = {"rule": "finish_by", "of": ["A"], "by": "2025-02-26 18:00", "chance": 0.9}
    with pytest.raises(ScenarioError, match="promises are planned for sessions that keep their room"):
        halls({"A": DEBATE}, promises=[promise])


@pytest.mark.parametrize(
    ("rooms", "length", "doubt"),
    [
        ("[hall]", "9h", "A may sit in one room only: the key says nothing"),
        ("[hall, annexe]", "1h", "A fits within one day wherever it starts: the key says nothing"),
        ("[hall, annexe]", "9h", None),
    ],
)
def test_where_it_says_nothing_validation_tells(rooms: str, length: str, doubt: str | None) -> None:
    text = f"""
name: small
meeting: {{series: S, annex_title: T}}
calendar: {{days: [2025-02-25, 2025-02-26], slots: ["10:00-13:00", "15:00-18:00"], grain: 1h}}
rooms: [{{id: hall}}, {{id: annexe}}]
bodies: [{{id: A, room_may_change: {{price: 2}}, sessions: [{{id: a, duration: {length}, rooms: {rooms}}}]}}]
"""
    warnings = from_document(parse_document(text.encode(), "small.yaml")).warnings
    assert [warning.message for warning in warnings] == ([doubt] if doubt else [])


def test_a_table_has_the_price_in_its_column(tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").write_text("id,duration,room_may_change\na,9h,15\nb,1h,false\nc,1h,\n", "utf-8")
    text = """
name: small
meeting: {series: S, annex_title: T}
calendar: {days: [2025-02-25, 2025-02-26], slots: ["10:00-13:00", "15:00-18:00"]}
rooms: [{id: hall}, {id: annexe}]
bodies: [{id: A, room_may_change: {price: 2}, sessions: {from: sessions.csv}}]
"""
    (tmp_path / "small.yaml").write_text(text, "utf-8")
    document = parse_document(text.encode(), str(tmp_path / "small.yaml"))
    assert from_document(document).scenario.may_change_room == {"a": 15, "c": 2}


def test_other_formulations_stand_aside_with_one_sentence() -> None:
    of = halls({"A": DEBATE})
    assert unsuited(of) == "some sessions may change their room overnight"
    bodies = {f"B{n}": "1h" for n in range(40)} | {"A": DEBATE}
    why = choose(halls(bodies)).sentence
    assert re.search("because some sessions may change their room overnight", why)
