"""Several conflicts are all named; what is said of each rule, and every way out with its command, is true."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.impossible import random_scenario
from support.small import scenario

from scheduler.explanation.adjustable import adjustable_numbers
from scheduler.explanation.impossible import Explanation, explain
from scheduler.explanation.members import HeldSession, keeping
from scheduler.explanation.oracle import feasible
from scheduler.explanation.repairs import WayOut
from scheduler.explanation.whatif import what_if
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.exhaustive import search
from scheduler.solving.search import Search

ONE = Settings(workers=1)
DAYS = ["2025-02-25", "2025-02-26", "2025-02-27"]
"""Tuesday to Thursday."""


def impossible(asked: Scenario) -> bool:
    found = search(asked).impossible
    assert found is not None
    return found


def in_order(name: str, *bodies: str) -> dict[str, object]:
    return {"id": name, "rule": "order", "of": list(bodies)}


def run(asked: Scenario, way: WayOut) -> Status:
    """What ``schedule what-if`` says to the command of a way."""
    options = list(zip(way.options[::2], way.options[1::2], strict=True))
    values = [text for option, text in options if option == "--set"]
    drop = [text for option, text in options if option == "--drop"]
    return what_if(asked, settings=ONE, values=values, drop=drop).after.status


def two_circles() -> Scenario:
    rules = [in_order("ab", "A", "B"), in_order("ba", "B", "A"), in_order("cd", "C", "D"), in_order("dc", "D", "C")]
    return scenario({"A": "1h", "B": "1h", "C": "1h", "D": "1h"}, *rules, days=DAYS)


def test_two_conflicts_without_a_common_rule_are_both_shown() -> None:
    explanation = explain(two_circles(), settings=ONE)
    assert explanation.conflict is not None
    sets = [explanation.conflict.rules, *explanation.conflict.others]
    assert sorted(sorted(member.name for member in members) for members in sets) == [["ab", "ba"], ["cd", "dc"]]
    assert explanation.verdict == "No timetable keeps all rules. These 2 rules clash:"
    assert len(explanation.what_remains) == 1
    assert explanation.what_remains[0].endswith(" the next conflict remains.")


def test_a_way_out_of_two_conflicts_gives_up_a_rule_of_each() -> None:
    asked = two_circles()
    for way in explain(asked, settings=ONE).repairs.ways:
        names = {member.name for member in way.given_up}
        assert names & {"ab", "ba"}
        assert names & {"cd", "dc"}
        assert run(asked, way) is Status.OPTIMAL


def test_what_the_timetable_without_a_rule_breaks_is_named() -> None:
    """A has 7 h and half-days have 3 or 4 h: it never meets within one. No day has the 8 h of B."""
    half_day = {"id": "short", "rule": "within_half_day", "of": ["A"]}
    rules = [{"id": "day", "rule": "same_day", "of": ["B"]}, half_day]
    asked = scenario({"A": "7h", "B": "8h"}, *rules, days=DAYS, slots=["09:00-13:00", "15:00-18:00"])
    explanation = explain(asked, settings=ONE)
    assert explanation.conflict is not None
    said = [(w.without.name, explanation.still_broken(w)) for w in explanation.conflict.witnesses]
    assert said in ([("day", "it breaks short")], [("short", "it breaks day")])


def test_of_two_circles_the_timetable_without_a_rule_keeps_the_other_of_its_own() -> None:
    explanation = explain(two_circles(), settings=ONE)
    assert explanation.conflict is not None
    mine = {member.name for member in explanation.conflict.rules}
    for witness in explanation.conflict.witnesses:
        broken, _, _ = explanation.still_broken(witness).removeprefix("it breaks ").partition("; ")
        assert broken in {"ab", "ba", "cd", "dc"} - mine


def crossed() -> Scenario:
    """D, A, B in order on three days of 7 h; D on the middle day; the Chair of B is away on the last."""
    officers = [{"id": "chair", "post": "Chair of B", "absent": [DAYS[-1]]}]
    bodies = {"A": "7h", "B": {"officers": ["chair"], "sessions": {"b": "7h"}}, "D": "3h"}
    middle = {"id": "middle", "rule": "not_first_or_last_day", "of": ["D"]}
    slots = ["09:00-13:00", "15:00-18:00"]
    return scenario(bodies, in_order("ord", "D", "A", "B"), middle, days=DAYS, slots=slots, officers=officers)


def test_it_is_said_rule_by_rule_what_remains() -> None:
    explanation = explain(crossed(), settings=ONE)
    assert explanation.verdict == "No timetable keeps all rules. These 2 rules clash:"
    assert explanation.what_remains == (
        "Without ord a timetable exists.",
        "Without chair a second conflict remains: ord and middle.",
    )
    assert explanation.repairs.ways[0].options == ("--drop", "ord")


def test_a_number_is_combined_with_a_rule_where_neither_suffices() -> None:
    asked = crossed()
    both = [way for way in explain(asked, settings=ONE, ways=4).repairs.ways if {"--set", "--drop"} <= set(way.options)]
    assert both
    for way in both:
        assert run(asked, way) is Status.OPTIMAL
        values = [text for option, text in zip(way.options[::2], way.options[1::2], strict=True) if option == "--set"]
        assert what_if(asked, settings=ONE, values=values).after.status is Status.INFEASIBLE
        dropped = [member.name for member in way.given_up]
        assert what_if(asked, settings=ONE, drop=dropped).after.status is Status.INFEASIBLE


def test_two_groups_of_sessions_that_do_not_fit_are_both_named() -> None:
    """Each room has 6 h; two sessions of 4 h want the one, two others the other."""
    rooms = [{"id": "east"}, {"id": "west"}]
    bodies = {
        name: {"sessions": {name.lower(): {"duration": "4h", "rooms": [room]}}}
        for name, room in (("A", "east"), ("B", "east"), ("C", "west"), ("D", "west"))
    }
    explanation = explain(scenario(bodies, days=DAYS[:1], rooms=rooms), settings=ONE)
    assert explanation.conflict is not None
    sets = [explanation.conflict.held, *explanation.conflict.others]
    assert sorted(sorted(member.name for member in members) for members in sets) == [["a", "b"], ["c", "d"]]


def test_hours_are_never_moved_into_a_slot_that_is_reserved() -> None:
    slots = [
        {"hours": "09:00-10:00", "reserved_for": ["C"]},
        "10:00-13:00",
        {"hours": "13:30-14:00", "reserved_for": ["C"]},
    ]
    asked = scenario({"A": "3h30", "C": "1h"}, days=[{"date": DAYS[0], "slots": slots}])
    found = [step for number in adjustable_numbers(asked, ()) for step in number.settings if number.family == "hours"]
    assert [step.sentence for step in found] == ["close Tuesday at 13:30"]
    explanation = explain(asked, settings=ONE)
    assert explanation.status is Status.INFEASIBLE
    assert [run(asked, way) for way in explanation.repairs.ways] == [Status.OPTIMAL] * len(explanation.repairs.ways)


@pytest.mark.parametrize(
    ("beginning", "asked"),
    [
        (
            "meet on the evening of",
            scenario({"A": "3h", "B": "3h", "C": "1h30"}, {"rule": "within_slot"}, days=DAYS[:1]),
        ),
        ("meet on Monday 24 February", scenario({"A": "6h", "B": "6h"}, days=DAYS[:1])),
        ("meet in a second room", scenario({"A": "6h", "B": "6h"}, days=DAYS[:1])),
        (
            "let a deputy serve at",
            scenario(
                {"A": {"officers": ["x"], "sessions": {"a": "3h"}}, "B": {"officers": ["x"], "sessions": {"b": "3h"}}},
                {"rule": "only_on", "of": ["A", "B"], "when": ["am"]},
                days=DAYS[:1],
                rooms=[{"id": "one"}, {"id": "two"}],
                officers=[{"id": "x", "post": "Chair"}],
            ),
        ),
    ],
)
def test_an_evening_a_day_before_a_room_and_a_deputy_are_ways_out(beginning: str, asked: Scenario) -> None:
    ways = {way.sentence: way for way in explain(asked, settings=ONE, ways=12).repairs.ways}
    chosen = [way for sentence, way in ways.items() if sentence.startswith(beginning)]
    assert chosen
    assert [run(asked, way) for way in chosen] == [Status.OPTIMAL] * len(chosen)


def test_of_two_groups_that_do_not_fit_one_session_of_each_is_left_out() -> None:
    rooms = [{"id": "east"}, {"id": "west"}]
    bodies = {
        name: {"sessions": {name.lower(): {"duration": length, "rooms": [room]}}}
        for name, room, length in (("A", "east", "4h"), ("B", "east", "5h"), ("C", "west", "5h"), ("D", "west", "4h"))
    }
    asked = scenario(bodies, days=DAYS[:1], rooms=rooms)
    ways = {way.sentence: way for way in explain(asked, settings=ONE, ways=20).repairs.ways}
    assert run(asked, ways["leave A and D out"]) is Status.OPTIMAL


def test_an_absence_that_is_written_twice_is_one() -> None:
    officers = [{"id": "x", "post": "Chair", "absent": [DAYS[0], DAYS[0]]}]
    asked = scenario({"A": {"officers": ["x"], "sessions": {"a": "3h"}}}, days=DAYS[:1], officers=officers)
    explanation = explain(asked, settings=ONE)
    assert explanation.conflict is not None
    assert [member.name for member in explanation.conflict.rules] == ["x"]
    assert [run(asked, way) for way in explanation.repairs.ways if way.options] != []


def test_a_rule_about_slots_is_no_conflict_where_only_the_seats_are_missing() -> None:
    body = {"A": {"sessions": {"a": {"duration": "1h", "attendance": 30}}}}
    asked = scenario(body, {"rule": "few_slots"}, days=DAYS[:1], rooms=[{"id": "small", "capacity": 20}])
    explanation = explain(asked, settings=ONE)
    assert explanation.conflict is not None
    assert [member.name for member in explanation.conflict.rules] == ["a room"]
    assert explanation.verdict == "No timetable keeps this rule; without it a timetable exists:"
    assert explanation.repairs.ways[0].options == ("--drop", "a room")


def test_absences_are_one_conflict_for_stated_and_standing_rules_alike() -> None:
    """The Chair is away all day; the rule is stated for A alone and holds for B of itself."""
    officers = [{"id": "chair", "post": "Chair", "absent": [DAYS[0]]}]
    bodies = {name: {"officers": ["chair"], "sessions": {name.lower(): "1h"}} for name in ("A", "B")}
    stated = {"id": "there", "rule": "officer_availability", "of": ["A"]}
    asked = scenario(bodies, stated, days=DAYS[:1], officers=officers)
    explanation = explain(asked, settings=ONE)
    assert explanation.conflict is not None
    assert [member.name for member in explanation.conflict.rules] == ["chair"]
    assert explanation.verdict == "No timetable keeps this rule; without it a timetable exists:"
    assert explanation.repairs.ways
    assert {run(asked, way) for way in explanation.repairs.ways} == {Status.OPTIMAL}


NUMBERS = [number for number in range(120) if search(random_scenario(number)).impossible]


def without(explanation: Explanation, names: Sequence[str]) -> Scenario:
    members = explanation.members
    return keeping(explanation.scenario, members, [member for member in members if member.id not in names])


@pytest.mark.parametrize("number", NUMBERS[::3])
def test_every_sentence_about_a_rule_and_every_command_is_true(number: int) -> None:
    """By the second engine, which knows no solver; ways by running their commands."""
    asked = random_scenario(number)
    explanation = explain(asked, settings=ONE)
    conflict = explanation.conflict
    assert conflict is not None
    for witness in conflict.witnesses:
        if isinstance(witness.without, HeldSession):
            continue
        named, _, _ = explanation.still_broken(witness).removeprefix("it breaks ").partition("; ")
        kept = {member.name for member in conflict.rules} - {witness.without.name}
        assert not kept & set(named.replace(" and ", ", ").split(", "))
        assert impossible(without(explanation, [witness.without.id])) is not witness.keeps_the_rest
        if witness.further:
            further = [member for member in witness.further if not isinstance(member, HeldSession)]
            assert impossible(keeping(asked, explanation.members, further))
            assert witness.without not in further
    seen = {member.id for member in conflict.members}
    for members in conflict.others:
        assert not seen & {member.id for member in members}
        seen |= {member.id for member in members}
        members = [member for member in members if not isinstance(member, HeldSession)]
        assert not members or impossible(keeping(asked, explanation.members, members))
    for way in explanation.repairs.ways:
        if way.options:
            assert run(asked, way) in (Status.OPTIMAL, Status.FEASIBLE)
    for shortage in explanation.shortages:
        assert shortage.sentence
        assert feasible(asked, Search(ONE)).holds is False
