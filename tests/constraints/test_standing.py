"""Standing rules yield only to what a planner states, and for nothing else; every value here is computed by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from support.agreement import checked, posted
from support.random_programmes import admitted, programme, rule, starts
from support.random_programmes import timetable as any_timetable
from support.small import scenario, timetable

from constraints import KINDS, OF_REPEATS, STANDING
from scheduler.checking import check
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum

DAYS = ("2025-02-25", "2025-02-26")
HALL, TWO = {"rooms": [{"id": "hall"}]}, {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
CHAIR = {"officers": [{"id": "chair", "post": "Chair"}]}
STATES = {"access": ["states-parties"]}


def broken(of: Scenario, places: dict[str, str]) -> set[str]:
    """The kinds of hard rules that a timetable breaks."""
    return {violation.rule for violation in check(of, timetable(of, places)).broken}


def cheapest(of: Scenario) -> tuple[Status, int | None]:
    """Status and cost, by the solver and by the second engine alike."""
    outcome = solve(of)
    exhausted, cost = optimum(of)
    assert exhausted.complete
    assert exhausted.impossible is (outcome.status is Status.INFEASIBLE)
    assert cost == outcome.cost
    return outcome.status, outcome.cost


def served(*bodies: str) -> dict[str, Any]:
    return {body: {"officers": ["chair"], "sessions": {body.lower(): "3h"}} for body in bodies}


# --- for sessions, for pairs ---------------------------------------------------------------------------------------

AT_ONCE = {"a": "Tue 10:00 hall", "b": "Tue 10:00 hall"}
CLASH: dict[str, list[tuple[dict[str, Any], set[str]]]] = {
    "nobody states it": [({}, {"room_clash"})],
    "stated for one of the two": [
        ({"rule": "room_clash", "of": ["A"]}, {"room_clash"}),
        ({"rule": "room_clash", "of": ["A"], "weight": 1}, {"room_clash"}),
    ],
    "stated for both": [({"rule": "room_clash", "of": ["A", "B"], "weight": 1}, set())],
    "stated for all": [({"rule": "room_clash", "weight": 1}, set())],
    "stated for the body above both": [({"rule": "room_clash", "of": ["TOP"], "weight": 1}, set())],
}


@pytest.mark.parametrize("case", CLASH)
def test_a_room_clash_is_lifted_for_pairs_within_a_wish_only(case: str) -> None:
    below = {"parent": "TOP"}
    bodies = {"TOP": {}, "A": below | {"sessions": {"a": "1h"}}, "B": below | {"sessions": {"b": "1h"}}}
    for stated, kinds in CLASH[case]:
        of = scenario(bodies, *([stated] if stated else []), days=DAYS, **HALL)
        assert broken(of, AT_ONCE) == kinds


def test_pairs_between_two_stated_parts_stay_guarded() -> None:
    bodies = {"A": {"a1": "1h", "a2": "1h"}, "B": {"b1": "1h", "b2": "1h"}}
    stated = [{"rule": "room_clash", "of": [body], "weight": 1} for body in bodies]
    of = scenario(bodies, *stated, days=DAYS, **HALL)
    within = {"a1": "Tue 10:00", "a2": "Tue 10:00", "b1": "Wed 10:00", "b2": "Wed 10:00"}
    across = within | {"b1": "Tue 10:00"}
    assert (broken(of, within), broken(of, across)) == (
        set(),
        {"room_clash"},
    )
    (standing,) = [r for r in of.standing if r.rule == "room_clash"]
    assert [posted(of, standing, timetable(of, places)) for places in (within, across)] == [0, None]


def test_a_rule_stated_for_one_body_keeps_it_apart_from_the_others() -> None:
    """Both want the 25th, worth 50 each; a day holds one of them."""
    wish = {"rule": "pin", "of": ["A", "B"], "start": "2025-02-25", "weight": 50}
    for stated in ({"rule": "room_clash", "of": ["B"]}, {"rule": "room_clash", "of": ["B"], "weight": 1}):
        of = scenario({"A": "3h", "B": "3h"}, wish, stated, days=DAYS, slots=["10:00-13:00"], **HALL)
        assert cheapest(of) == (Status.OPTIMAL, 50)


@pytest.mark.parametrize(
    ("stated", "cost"),
    [
        ([], 50),
        ([{"rule": "officer_double_booking", "of": ["A"], "weight": 2}], 50),
        ([{"rule": "officer_double_booking", "of": ["A", "B"], "weight": 2}], 2),
        ([{"rule": "officer_double_booking", "of": ["A", "B"], "weight": 0}], 0),
        ([{"rule": "officer_double_booking", "of": [body], "weight": 2} for body in "AB"], 50),
        ([{"rule": "chairs_apart", "weight": 1}], 50),
        ([{"rule": "chairs_apart", "of": ["A"]}], 50),
    ],
)  # fmt: skip
def test_only_a_wish_that_names_both_puts_a_chair_into_two_rooms(stated: list[dict[str, Any]], cost: int) -> None:
    wish = {"rule": "pin", "of": ["A", "B"], "start": "2025-02-25", "weight": 50}
    of = scenario(served("A", "B"), wish, *stated, days=DAYS, slots=["10:00-13:00"], **TWO, **CHAIR)
    assert cheapest(of) == (Status.OPTIMAL, cost)


def test_a_facilitator_of_two_sessions_is_guarded_beside_chairs_apart() -> None:
    own = {"duration": "3h", "officers": ["chair"]}
    bodies = {"A": {"sessions": {"a": own}}, "B": {"sessions": {"b": own}}}
    for stated in ({"rule": "chairs_apart"}, {"rule": "chairs_apart", "weight": 1}):
        of = scenario(bodies, stated, days=DAYS[:1], slots=["10:00-13:00"], **TWO, **CHAIR)
        assert cheapest(of) == (Status.INFEASIBLE, None)


@pytest.mark.parametrize(
    ("stated", "kinds"),
    [
        (None, {"room_fit"}),
        ({"rule": "room_fit", "of": ["A"], "weight": 1}, {"room_fit"}),
        ({"rule": "room_fit", "of": ["B"], "weight": 1}, set()),
    ],
)
def test_room_fit_is_lifted_for_the_sessions_named(stated: dict[str, Any] | None, kinds: set[str]) -> None:
    full = {"duration": "1h", "attendance": 50}
    bodies = {"A": {"sessions": {"a": "1h"}}, "B": {"sessions": {"b": full}}}
    of = scenario(bodies, *([stated] if stated else []), rooms=[{"id": "hall", "capacity": 20}])
    assert broken(of, {"a": "Tue 10:00", "b": "Tue 15:00"}) == kinds


@pytest.mark.parametrize(
    ("stated", "kinds"),
    [
        (None, {"officer_availability"}),
        ({"rule": "officer_availability", "of": ["b"], "weight": 9}, {"officer_availability"}),
        ({"rule": "officer_availability", "of": ["a", "b"], "weight": 9}, set()),
    ],
)
def test_an_absence_is_lifted_for_the_sessions_named(stated: dict[str, Any] | None, kinds: set[str]) -> None:
    officers = [{"id": "chair", "post": "Chair", "absent": ["2025-02-25"]}]
    of = scenario(served("A", "B"), *([stated] if stated else []), officers=officers)
    assert broken(of, {"a": "Tue 10:00", "b": "Wed 10:00"}) == kinds


# --- restricted access: each pair with a named closed session -----------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "after_30", "at_once"),
    [
        (None, False, False),
        ({"of": ["D"], "clearing": "30 min"}, True, False),
        ({"of": ["A"], "clearing": "30 min"}, False, False),
        ({"of": ["D"], "weight": 5}, True, True),
        ({"of": ["E"], "weight": 5}, False, False),
    ],
)  # fmt: skip
def test_the_clearing_of_a_closed_session_is_meant_for_each_of_its_pairs(
    stated: dict[str, Any] | None, after_30: bool, at_once: bool
) -> None:
    """D is closed and sits 10:00-11:00; the open A follows after half an hour, or at once."""
    bodies = {"D": STATES | {"sessions": {"d": "1h"}}, "A": "1h", "E": STATES | {"sessions": {"e": "1h"}}}
    rolling = {"rule": "fixed_boundaries", "weight": 1}
    grain = {"calendar": {"days": list(DAYS), "slots": ["10:00-13:00", "15:00-18:00"], "grain": "30 min"}}
    of = scenario(bodies, rolling, *([{"rule": "restricted_access"} | stated] if stated else []), **HALL, **grain)
    places = {"d": "Tue 10:00", "a": "Tue 11:30", "e": "Wed 10:00"}
    found = broken(of, places), broken(of, places | {"a": "Tue 11:00"})
    assert found == tuple(set() if kept else {"restricted_access"} for kept in (after_30, at_once))


def test_two_closed_sessions_need_the_clearing_that_is_stated_for_either() -> None:
    organisations = {"access": ["states-parties", "organisations"], "sessions": {"e": "1h"}}
    bodies = {"D": STATES | {"sessions": {"d": "1h"}}, "E": organisations}
    stated = {"rule": "restricted_access", "of": ["D"], "clearing": "1h"}
    of = scenario(bodies, {"rule": "fixed_boundaries", "weight": 1}, stated, **HALL)
    places = {"d": "Tue 10:00", "e": "Tue 12:00"}
    assert (broken(of, places), broken(of, places | {"e": "Tue 11:00"})) == (set(), {"restricted_access"})


def test_a_clearing_time_is_declared_for_closed_sessions_alone() -> None:
    bodies = {"D": STATES | {"sessions": {"d": "1h"}}, "A": "1h"}
    of = scenario(bodies, {"rule": "restricted_access", "clearing": "30 min"})
    assert (of.rules[0].clearings(of), of.clearing("a"), of.clearing("d")) == ({"d": 30}, None, 30)  # type: ignore[arg-type]


# --- fixed boundaries: starts, and rests of slots -----------------------------------------------------------------

THREE = {"A": "1h", "B": "1h", "C": "1h"}


def fixed(body: str) -> dict[str, Any]:
    return {"rule": "fixed_boundaries", "of": [body], "weight": 1}


def rolled(*bodies: str, **more: Any) -> dict[str, Any]:
    return {"rule": "rolling", "of": list(bodies)} | more


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ([], False),
        ([rolled("A", "B")], True),
        ([rolled("A", "B", weight=1)], True),
        ([rolled("A"), rolled("B", weight=1)], True),
        ([rolled("B", weight=1)], False),
        ([rolled("A")], False),
        ([{"rule": "fixed_boundaries", "of": ["A", "B"], "weight": 1}], True),
        ([fixed("B")], False),
        ([fixed("A")], False),
        ([fixed("A"), fixed("B")], False),
        ([fixed("A"), rolled("B", weight=1)], False),
        ([fixed("B"), rolled("A")], True),
        ([{"rule": "one_body_per_room", "of": ["A", "B"], "weight": 1}], False),
    ],
)  # fmt: skip
def test_b_may_start_in_what_a_leaves_of_its_slot_only_where_both_are_let_off(
    stated: list[dict[str, Any]], kept: bool
) -> None:
    of = scenario(THREE, *stated, days=DAYS, **HALL)
    places = {"a": "Tue 10:00", "b": "Tue 11:00", "c": "Wed 10:00"}
    (standing,) = [r for r in of.standing if r.rule == "fixed_boundaries"] or [None]
    assert (broken(of, places) == set()) is kept
    if standing is not None:
        assert posted(of, standing, timetable(of, places)) == checked(of, standing, timetable(of, places))


def test_a_hard_one_body_per_room_lets_a_body_go_on_within_its_slot_but_nobody_else() -> None:
    bodies = {"A": {"a1": "1h", "a2": "1h"}, "B": "1h"}
    of = scenario(bodies, {"rule": "one_body_per_room", "of": ["A"]}, days=DAYS, **HALL)
    places = {"a1": "Tue 10:00", "a2": "Tue 11:30", "b": "Wed 10:00"}
    assert broken(of, places | {"a2": "Tue 11:00"}) == set()
    assert broken(of, places | {"a2": "Tue 11:00", "b": "Tue 12:00"}) == {"one_body_per_room", "fixed_boundaries"}


def test_as_a_wish_one_body_per_room_leaves_fixed_boundaries_in_force() -> None:
    of = scenario({"A": {"a1": "1h", "a2": "1h"}}, {"rule": "one_body_per_room", "weight": 1}, days=DAYS, **HALL)
    assert broken(of, {"a1": "Tue 10:00", "a2": "Tue 11:00"}) == {"fixed_boundaries"}


def test_the_clearing_of_the_session_that_follows_frees_the_rest_of_a_slot_too() -> None:
    """A keeps the rest of its slot from B, which is open too, but not from D: for that the room is cleared."""
    bodies = {"A": "1h", "B": "1h", "D": STATES | {"sessions": {"d": "1h"}}}
    stated = [
        {"rule": "restricted_access", "of": ["D"], "clearing": "1h"},
        {"rule": "rolling", "of": ["B", "D"], "weight": 1},
    ]
    of = scenario(bodies, *stated, days=DAYS, **HALL)
    for places, kinds in (
        ({"a": "Tue 10:00", "d": "Tue 12:00", "b": "Wed 10:00"}, set()),
        ({"a": "Tue 10:00", "b": "Tue 12:00", "d": "Wed 10:00"}, {"fixed_boundaries"}),
    ):
        assert broken(of, places) == kinds
        (standing,) = [r for r in of.standing if r.rule == "fixed_boundaries"]
        assert posted(of, standing, timetable(of, places)) == (None if kinds else 0)


def test_a_closed_session_that_is_cleared_does_not_keep_the_rest_of_its_slot() -> None:
    bodies = {"D": STATES | {"sessions": {"d": "1h"}}, "B": "1h"}
    rolling = {"rule": "rolling", "of": ["B"], "weight": 1}
    places = {"d": "Tue 10:00", "b": "Tue 12:00"}
    for clearing, kinds in (({"clearing": "1h"}, set()), ({"weight": 1}, {"fixed_boundaries"})):
        of = scenario(bodies, rolling, {"rule": "restricted_access", "of": ["D"]} | clearing, days=DAYS, **HALL)
        assert broken(of, places) == kinds
        (standing,) = [r for r in of.standing if r.rule == "fixed_boundaries"]
        assert posted(of, standing, timetable(of, places)) == (None if kinds else 0)


# --- what they say -------------------------------------------------------------------------------------------------


def test_the_sentence_of_a_standing_rule_says_whom_it_leaves_to_others() -> None:
    stated = [
        {"id": "seats", "rule": "room_fit", "of": ["A"]},
        {"id": "clash", "rule": "room_clash", "of": ["A", "B"], "weight": 1},
        {"id": "roll", "rule": "rolling", "of": ["B"]},
    ]
    said = {r.rule: r.describe(of) for of in [scenario(THREE, *stated)] for r in of.standing}
    assert (
        said["room_fit"]
        == "Every session sits in a room with seats and equipment enough; for A 'seats' says what holds."
    )
    assert (
        said["room_clash"] == "No two sessions sit in one room at the same time; among A and B 'clash' says what holds."
    )
    boundaries = (
        "Every session starts when a slot opens and keeps the rest of its last slot; for B 'roll' says what holds."
    )
    assert said["fixed_boundaries"] == boundaries
    assert said["officer_double_booking"] == "No officer serves two sessions at the same time."


def test_one_session_that_is_stated_is_said_where_it_makes_a_difference() -> None:
    bodies = THREE | {"D": STATES | {"sessions": {"d": "1h"}}}
    stated = [{"rule": kind, "of": ["D"]} for kind in ("restricted_access", "room_clash", "fixed_boundaries")]
    of = scenario(bodies, *stated)
    said = {r.rule: r.describe(of).rpartition("; ")[2] for r in of.standing}
    assert said["restricted_access"] == "for D 'restricted_access' says what holds."
    assert said["fixed_boundaries"] == "for D 'fixed_boundaries' says what holds."
    assert said["room_clash"] == "No two sessions sit in one room at the same time."


def test_the_sentence_of_a_standing_rule_stays_short_where_hundreds_are_named() -> None:
    bodies = {"ALL": {f"s{number}": "15 min" for number in range(200)}, "B": "1h"}
    of = scenario(bodies, {"rule": "room_clash", "of": [f"s{number}" for number in range(200)], "weight": 1})
    (standing,) = [r for r in of.standing if r.rule == "room_clash"]
    assert len(standing.describe(of)) < 200
    assert standing.describe(of).endswith("among ALL s0, ALL s1, ALL s2 and 197 more 'room_clash' says what holds.")


# --- both statements, on anything ----------------------------------------------------------------------------------


def drawn(number: int) -> Scenario:
    """A random programme with some rules that standing ones yield to, each for any part of it."""
    rng = Random(f"standing {number}")
    while True:
        data = programme(rng)
        kinds = [*STANDING, *STANDING, "rolling", "one_body_per_room", "anchor"]
        data["rules"] = [rule(rng, kind, data) for kind in rng.sample(kinds, rng.choice((1, 2, 3, 4)))]
        of = admitted(data)
        if of and of.sessions and all(starts(of, session) for session in of.sessions):
            return of


@pytest.mark.parametrize("batch", range(5))
def test_standing_rules_post_what_they_check(batch: int) -> None:
    seen = set()
    for number in range(40 * batch, 40 * batch + 40):
        of = drawn(number)
        rng = Random(number)
        found = any_timetable(rng, of, {session: starts(of, session) for session in of.sessions})
        for standing in of.standing:
            cost = checked(of, standing, found)
            assert posted(of, standing, found) == cost, (number, standing.rule)
            if standing.yields.stated:
                seen.add((standing.rule, cost))
    assert {kind for kind, _ in seen} - {*OF_REPEATS} == {*STANDING} - {*OF_REPEATS}


def test_a_rule_that_names_everybody_leaves_nothing_standing() -> None:
    for kind in STANDING:
        of = scenario(THREE, {"rule": kind, "weight": 1}, days=DAYS)
        assert kind not in {rule.rule for rule in of.standing}
        assert {rule.rule for rule in of.standing} == set(STANDING) - {kind, *OF_REPEATS}


def test_the_kinds_about_pairs_are_those_that_yield_for_pairs() -> None:
    assert {kind for kind in STANDING if KINDS[kind].about_pairs} == {
        "fixed_boundaries", "officer_double_booking", "repeats_in_order", "restricted_access", "room_clash"
    }  # fmt: skip
