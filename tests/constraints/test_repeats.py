"""What rules make of a session that is held again; every value here is worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, messages, scenario, timetable

from scheduler.checking import check
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum

ONE = {"duration": "1h", "attendees": ["Cy"]}
AGAIN = {"a": ONE, "again": {"repeats": "a"}}
HALLS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
NAIROBI = {
    "slots": ["00:00-02:00", "06:00-08:00", "12:00-14:00", "18:00-20:00"],
    "meeting": {"series": "S", "annex_title": "A", "format": "online", "time_zone": "Africa/Nairobi"},
}


def amount(of: Scenario, places: dict[str, str]) -> int:
    """What the first rule charges, as the check finds it and as the model says."""
    found = sum(amounts(of, places))
    weight = of.rules[0].weight
    assert posted(of, of.rules[0], timetable(of, places)) == (found * weight if weight else None if found else 0)
    return found


# --- who follows from afar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "again", "minutes"),
    [
        ("Tue 00:00", "Tue 12:00", 0),  # at 00:00 it is 06:00 in Palau, which comes at 12:00; the five others at 00:00
        ("Tue 12:00", "Tue 18:00", 70),  # at 12:00 120 in Auckland, Niue and Apia, 60 in Funafuti: 420 of six
        ("Tue 06:00", "Tue 18:00", 0),  # at 06:00 it is 12:00 in Palau and 16:00 in Niue, Auckland and Apia
    ],
)
def test_each_state_counts_the_time_that_suits_it_best(a: str, again: str, minutes: int) -> None:
    """February: Nairobi at UTC+3; Sydney +11, Auckland +13, Niue -11, Palau +9, Apia +13, Funafuti +12."""
    rule = {"rule": "remote_burden", "regions": ["Oceania"], "weight": 1}
    of = scenario({"A": {"a": "2h", "again": {"repeats": "a"}}}, rule, **NAIROBI)
    assert amount(of, {"a": a, "again": again}) == minutes


def test_each_state_chooses_for_itself() -> None:
    """From 08:00 to 20:00: at 00:00 in Nairobi it is 16:00 in New York, at 12:00 it is 09:00 in Accra.

    Neither time suits both, and nobody is left at night.
    """
    rule = {"rule": "remote_burden", "regions": ["Africa", "Americas"], "hours": "08:00-20:00"}
    of = scenario({"A": {"a": "2h", "again": {"repeats": "a"}}}, rule, **NAIROBI)
    assert amount(of, {"a": "Tue 00:00", "again": "Tue 12:00"}) == 0
    for place in ("Tue 00:00", "Tue 12:00"):
        alone = scenario({"A": {"a": "2h"}}, rule, **NAIROBI)
        assert amount(alone, {"a": place}) > 0


def test_only_the_times_that_are_named_count() -> None:
    rule = {"rule": "remote_burden", "of": ["a"], "regions": ["Americas"], "hours": "08:00-20:00", "weight": 1}
    of = scenario({"A": {"a": "2h", "again": {"repeats": "a"}}}, rule, **NAIROBI)
    assert amount(of, {"a": "Tue 06:00", "again": "Wed 00:00"}) == 120


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"rule": "attendees_apart"},
            "Everybody who wants to attend several sessions can be at each; of what is repeated once is enough.",
        ),
        (
            {"rule": "nights_away"},
            "A delegate who follows every session, and attends once what is repeated, spends no night away.",
        ),
        (
            {"rule": "remote_burden", "regions": ["Asia"], "hours": "08:00-20:00"},
            "In Asia, no minute of the programme lies between 20:00 and 08:00, on average over the capitals; "
            "of what is repeated each State attends the time that suits it best.",
        ),
    ],
)
def test_rules_say_that_a_delegate_attends_one_time(rule: dict[str, Any], sentence: str) -> None:
    of = scenario({"A": AGAIN}, rule)
    assert of.rules[0].describe(of) == sentence
    once = scenario({"A": {"a": ONE, "b": ONE}}, rule)
    assert "repeated" not in once.rules[0].describe(once)


# --- nights --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "nights"),
    [
        ({"a": "Tue 10:00", "again": "Thu 10:00", "b": "Thu 15:00"}, 0),
        ({"a": "Tue 10:00", "again": "Fri 10:00", "b": "Wed 10:00"}, 1),
        ({"a": "Tue 10:00", "again": "Thu 10:00", "b": "Fri 10:00"}, 1),
        ({"a": "Tue 10:00", "again": "Tue 15:00", "b": "Fri 10:00"}, 3),
    ],
)
def test_a_delegate_comes_for_one_of_the_times(places: dict[str, str], nights: int) -> None:
    for weight in ({"weight": 1}, {}):
        of = scenario({"A": {"a": "1h", "again": {"repeats": "a"}}, "B": "1h"}, {"rule": "nights_away"} | weight)
        assert amount(of, places) == nights


def test_an_officer_comes_for_each_time() -> None:
    chair = {"officers": [{"id": "chair", "post": "Chair"}]}
    rule = {"rule": "nights_away", "officers": ["chair"], "weight": 1}
    body = {"officers": ["chair"], "sessions": {"a": "1h", "again": {"repeats": "a"}}}
    of = scenario({"A": body, "B": "1h"}, rule, **chair)
    assert amount(of, {"a": "Tue 10:00", "again": "Thu 10:00", "b": "Thu 15:00"}) == 2


# --- attendees -----------------------------------------------------------------------------------------------------


def test_an_attendee_is_free_beside_one_of_the_times() -> None:
    of = scenario({"A": AGAIN, "B": {"b": ONE}}, {"rule": "attendees_apart", "weight": 1}, **HALLS)
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall"}
    assert amount(of, places | {"b": "Tue 10:00 annexe"}) == 0
    assert amount(of, places | {"b": "Tue 12:00 annexe"}) == 0


def test_the_times_must_suit_together() -> None:
    """b is beside the one time, c beside the other: each alone could be attended, not all three."""
    bodies = {"A": AGAIN, "B": {"b": ONE, "c": ONE}}
    of = scenario(bodies, {"rule": "attendees_apart", "weight": 1}, **HALLS)
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 12:00 annexe"}
    assert amount(of, places) == 1
    (message,) = messages(of, places)
    where = "they share 1 h from Tuesday 25 February at 10:00; no other time suits better"
    assert message == f"Cy wants to be at both A a and B b: {where}"


@pytest.mark.parametrize("by", ["pair", "person"])
def test_each_who_misses_something_repeated_counts(by: str) -> None:
    both = {"duration": "1h", "attendees": ["Cy", "Bo"]}
    bodies = {"A": {"a": both, "again": {"repeats": "a"}}, "B": {"b": both, "c": both}}
    of = scenario(bodies, {"rule": "attendees_apart", "weight": 1, "by": by}, **HALLS)
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 12:00 annexe"}
    assert amount(of, places) == 2


def test_who_presents_at_one_of_the_times_attends_that() -> None:
    bodies = {
        "A": {"a": ONE | {"presenters": ["Cy"]}, "again": {"repeats": "a", "presenters": ["Bo"]}},
        "B": {"b": ONE},
    }
    of = scenario(bodies, {"rule": "attendees_apart", "weight": 1}, **HALLS)
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall"}
    assert amount(of, places | {"b": "Tue 10:00 annexe"}) == 1
    assert amount(of, places | {"b": "Tue 12:00 annexe"}) == 0


def test_presenters_are_at_each_time() -> None:
    ada = {"duration": "1h", "presenters": ["Ada"]}
    bodies = {"A": {"a": ada, "again": {"repeats": "a"}}, "B": {"b": ada}}
    of = scenario(bodies, {"rule": "presenters_apart", "weight": 1}, **HALLS)
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall", "b": "Tue 12:00 annexe"}
    assert amount(of, places) == 1


# --- their order ---------------------------------------------------------------------------------------------------


def broken(of: Scenario, places: dict[str, str]) -> set[str]:
    return {violation.rule for violation in check(of, timetable(of, places)).broken}


THRICE = {"A": {"a": "2h", "a2": {"repeats": "a"}, "a3": {"repeats": "a"}}}


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (None, (True, False, False)),
        ({"of": ["a", "a2"], "weight": 1}, (True, True, False)),
        ({"of": ["a2", "a3"], "weight": 1}, (True, False, True)),
        ({"weight": 1}, (True, True, True)),
    ],
)
def test_the_order_is_lifted_for_pairs_within_a_wish_only(
    stated: dict[str, Any] | None, kept: tuple[bool, ...]
) -> None:
    of = scenario(THRICE, *([{"rule": "repeats_in_order"} | stated] if stated else []))
    in_order = {"a": "Tue 10:00", "a2": "Tue 15:00", "a3": "Wed 10:00"}
    second_first = {"a": "Tue 15:00", "a2": "Tue 10:00", "a3": "Wed 10:00"}
    third_second = {"a": "Tue 10:00", "a2": "Wed 10:00", "a3": "Tue 15:00"}
    assert tuple(not broken(of, places) for places in (in_order, second_first, third_second)) == kept


def test_it_stands_only_where_something_is_repeated() -> None:
    kinds = [{rule.rule for rule in scenario(bodies).standing} for bodies in (THRICE, {"A": {"a": "1h", "b": "1h"}})]
    assert ["repeats_in_order" in each for each in kinds] == [True, False]


def test_equal_times_make_one_timetable() -> None:
    """Three slots for three times: without an order there would be six."""
    for stated, cost in (([], 0), ([{"rule": "pin", "of": ["a"], "start": "2025-02-26", "weight": 3}], 3)):
        of = scenario(THRICE, *stated, days=["2025-02-25", {"date": "2025-02-26", "slots": ["10:00-13:00"]}])
        outcome = solve(of, Settings(workers=1))
        exhausted, least = optimum(of)
        assert (outcome.status, outcome.cost, exhausted.complete, least) == (Status.OPTIMAL, cost, True, cost)
        assert outcome.timetable is not None
        assert [str(p.segments[0].starts_on) for p in outcome.timetable] == [
            "Tuesday 25 February at 10:00", "Tuesday 25 February at 15:00", "Wednesday 26 February at 10:00"
        ]  # fmt: skip


def test_on_a_rolling_basis_a_repeat_in_another_room_waits_for_the_first_time() -> None:
    bodies = {"A": {"a": {"duration": "2h", "rooms": ["hall"]}, "again": {"repeats": "a", "rooms": ["annexe"]}},
              "B": {"b": {"duration": "1h", "rooms": ["annexe"]}}}  # fmt: skip
    of = scenario(bodies, {"rule": "rolling"}, **HALLS)
    places = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}
    assert amount(of, places | {"again": "Tue 12:00 annexe"}) == 0
    assert amount(of, places | {"again": "Tue 15:00 annexe"}) == 1
