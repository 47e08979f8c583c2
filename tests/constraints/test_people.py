"""Who must be there, who is one person, and who is nobody: every value here is computed by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from scheduler.checking import check
from scheduler.domain.persons import bare_name, is_nobody
from scheduler.explanation.members import members_of
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum

DAYS = ("2025-02-25", "2025-02-26")
ROOMS = [{"id": "hall"}, {"id": "annexe"}]
WISH = {"rule": "pin", "of": ["a"], "start": "2025-02-25", "weight": 50}
ADA = {"id": "ada", "post": "Rapporteur", "name": "Ada Example", "absent": ["2025-02-25"]}


def talk(*presenters: str, duration: str = "3h", **more: Any) -> dict[str, Any]:
    return {"duration": duration, "presenters": list(presenters)} | more


def cost(of: Scenario) -> int | None:
    """The least cost, by both engines; None: impossible."""
    outcome = solve(of)
    exhausted, least = optimum(of)
    assert exhausted.complete
    assert (outcome.status is Status.INFEASIBLE, outcome.cost) == (exhausted.impossible, least)
    return least


# --- absence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "least"),
    [
        ({"presenters": ["ada"]}, 50),
        ({"presenters": ["Ada Example"]}, 50),
        ({"officers": ["ada"]}, 50),
        ({"presenters": ["Bo Sample", "Ada Example"]}, 50),
        ({"presenters": ["Bo Sample"]}, 0),
        ({"attendees": ["ada"]}, 0),
        ({"presenters": ["ada example"]}, 0),
    ],
)
def test_whoever_must_be_there_is_not_there_when_absent(more: dict[str, Any], least: int) -> None:
    of = scenario({"A": {"sessions": {"a": {"duration": "3h"} | more}}}, WISH, days=DAYS, officers=[ADA])
    assert cost(of) == least


@pytest.mark.parametrize("presenter", ["lee", "Ann Lee"])
@pytest.mark.parametrize("times", [{"absent": ["2025-02-25"]}, {"present": ["2025-02-26"]}])
def test_people_who_hold_no_post_are_away_too(presenter: str, times: dict[str, Any]) -> None:
    people = [{"id": "lee", "name": "Ann Lee"} | times]
    of = scenario({"A": {"sessions": {"a": talk(presenter)}}}, WISH, days=DAYS, people=people)
    assert cost(of) == 50
    at_once = check(of, timetable(of, {"a": "Tue 10:00"})).broken
    assert [f.message for f in at_once] == ["Ann Lee is away when A sits on Tuesday 25 February, 10:00 – 13:00"]  # noqa: RUF001
    (member,) = [
        member
        for member in members_of(of)
        if "officer_availability" in {condition.kind for condition in member.conditions}
    ]
    assert cost(member.give_way(of)) == 0


def test_what_is_said_of_a_person_in_several_places_is_added_up() -> None:
    officers = [ADA | {"absent": ["2025-02-25 10:00-13:00"]}, ADA | {"id": "chair", "post": "Chair", "absent": []}]
    people = [{"name": "Ada Example", "absent": ["2025-02-26"]}]
    bodies = {"A": {"officers": ["chair"], "sessions": {"a": "3h"}}}
    of = scenario(bodies, days=DAYS, officers=officers, people=people)
    outcome = solve(of)
    assert outcome.timetable is not None
    assert [str(p.segments[0]) for p in outcome.timetable] == ["Tuesday 25 February, 15:00 – 18:00"]  # noqa: RUF001
    assert optimum(of)[0].timetable == outcome.timetable


def test_an_absent_person_counts_once_in_two_posts() -> None:
    officers = [ADA, ADA | {"id": "chair", "post": "Chair"}]
    bodies = {"A": {"officers": ["ada", "chair"], "sessions": {"a": talk("Ada Example")}}}
    of = scenario(bodies, {"rule": "officer_availability", "weight": 3}, days=DAYS, officers=officers)
    assert check(of, timetable(of, {"a": "Tue 10:00"})).cost == 3


def test_a_vacant_post_is_nobodys_absence() -> None:
    of = scenario(
        {"A": {"officers": ["ada"], "sessions": {"a": "3h"}}}, WISH, days=DAYS, officers=[ADA | {"vacant": True}]
    )
    assert cost(of) == 0


# --- one person or two ---------------------------------------------------------------------------------------------


def two_posts(**second: Any) -> list[dict[str, Any]]:
    return [{"id": "one", "post": "Chair of A", "name": "Amb. Bo Ray"}, {"id": "two", "post": "Chair of B"} | second]


@pytest.mark.parametrize(
    ("second", "together"),
    [
        ({"name": "Amb. Bo Ray"}, True),
        ({"name": "Amb. Bo Ray", "same_name": "different"}, False),
        ({"name": "Amb. Bo ray"}, False),
        ({"name": "Amb.  Bo Ray"}, False),
        ({}, False),
        ({"name": "Amb. Bo Ray", "vacant": True}, False),
    ],
)
def test_two_officers_of_one_name_are_one_person(second: dict[str, Any], together: bool) -> None:
    bodies = {"A": {"officers": ["one"], "sessions": {"a": "3h"}}, "B": {"officers": ["two"], "sessions": {"b": "3h"}}}
    of = scenario(bodies, {"rule": "chairs_apart"}, days=DAYS, officers=two_posts(**second), rooms=ROOMS)
    at_once = check(of, timetable(of, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"})).broken
    assert {f.rule for f in at_once} == ({"officer_double_booking", "chairs_apart"} if together else set())
    assert check(of, timetable(of, {"a": "Tue 10:00 hall", "b": "Wed 10:00 annexe"})).broken == ()
    one_slot = scenario(bodies, days=DAYS[:1], slots=["10:00-13:00"], officers=two_posts(**second), rooms=ROOMS)
    assert (cost(one_slot) is None) is together


def test_a_deputy_stands_in_for_a_person_of_two_posts() -> None:
    bodies = {"A": {"officers": ["one"], "sessions": {"a": "3h"}}, "B": {"officers": ["two"], "sessions": {"b": "3h"}}}
    of = scenario(bodies, days=DAYS[:1], slots=["10:00-13:00"], officers=two_posts(name="Amb. Bo Ray"), rooms=ROOMS)
    (member,) = [member for member in members_of(of) if "at-once" in member.id]
    assert member.sentence == "Amb. Bo Ray serves A and B, one at a time."
    assert cost(member.give_way(of)) == 0


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("Amb. Bo Ray", 1),
        ("one", 1),
        ("two", 1),
        ("ray", 1),
        ("Cy Poe", 0),
    ],
)
def test_a_name_in_a_session_means_the_person_of_the_posts(written: str, amount: int) -> None:
    bodies = {"A": {"sessions": {"a": talk(written)}}, "B": {"officers": ["two"], "sessions": {"b": "3h"}}}
    people = [{"id": "ray", "name": "Amb. Bo Ray"}]
    rule = {"rule": "presenters_apart", "weight": 1}
    of = scenario(bodies, rule, officers=two_posts(name="Amb. Bo Ray"), people=people, rooms=ROOMS)
    assert check(of, timetable(of, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"})).cost == amount


def test_of_two_people_of_one_name_the_name_means_the_one_without_the_mark() -> None:
    officers = two_posts(name="Amb. Bo Ray", same_name="different", absent=["2025-02-25"])
    for presenter, least in (("Amb. Bo Ray", 0), ("one", 0), ("two", 50)):
        of = scenario({"A": {"sessions": {"a": talk(presenter)}}}, WISH, days=DAYS, officers=officers)
        assert cost(of) == least


def test_where_the_only_one_of_a_name_is_marked_the_name_in_a_session_means_somebody_else() -> None:
    officers = [{"id": "one", "post": "Chair", "name": "Amb. Bo Ray", "same_name": "different", "absent": DAYS[:1]}]
    for presenter, least in (("Amb. Bo Ray", 0), ("one", 50)):
        of = scenario({"A": {"sessions": {"a": talk(presenter)}}}, WISH, days=DAYS, officers=officers)
        assert cost(of) == least


# --- nobody --------------------------------------------------------------------------------------------------------


NOBODIES = ("TBC", "tba", "(tbd)", "n.n.", "N.N.", "NN", "N. N.", "vacant", "To be confirmed", "Speaker (TBC)")


@pytest.mark.parametrize("text", [*NOBODIES, "Chair: tbc", "TBC, n.n.", "tba / TBC", "N/A"])
def test_what_stands_for_no_name_yet_is_nobody(text: str) -> None:
    assert is_nobody(text)
    bodies = {"A": {"sessions": {"a": talk(text)}}, "B": {"sessions": {"b": talk(text)}}}
    of = scenario(bodies, {"rule": "presenters_apart"}, days=DAYS[:1], slots=["10:00-13:00"], rooms=ROOMS)
    assert cost(of) == 0


@pytest.mark.parametrize(
    "text",
    ["Ann Lee", "N. Nadal", "Tobias Bec", "Ann Lee (TBC)", "TBC Bank", "Ann Lee, TBC", "Na Li", "Vacant Lot Ltd"],
)
def test_a_name_is_somebody(text: str) -> None:
    assert not is_nobody(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amb. Ann Lee", "Ann Lee"),
        ("H.E. Ambassador Ann Lee (Chair)", "Ann Lee"),
        ("Prof. Dr. Ann Lee [online]", "Ann Lee"),
        ("Dr Lee", "Lee"),
        ("Ann Lee", "Ann Lee"),
        ("Dr", "Dr"),
    ],
)
def test_titles_and_brackets_are_no_part_of_a_name(text: str, name: str) -> None:
    assert bare_name(text) == name
