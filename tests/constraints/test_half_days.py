"""Half-days in rules: a body holds one to itself where a rule says so, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from support.agreement import posted
from support.letters import document, from_data, letter
from support.small import amounts, messages, scenario, timetable

import scheduler
from scheduler.api_values.loaded import LoadedScenario
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Status
from scheduler.reading.diagnostics import ScenarioError
from scheduler.rules.counting import Counts
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

TWO_SLOTS = ("10:00-11:30", "11:30-13:00", "15:00-18:00")
"""A morning of two slots, and an afternoon."""


def with_rule(name: str, **rule: Any) -> Scenario:
    data = document(name)
    data["rules"].append(rule)
    return from_data(data)


def published(name: str) -> Timetable:
    found = solve(letter(name)).timetable
    assert found is not None
    return found


def shared(name: str, **keys: Any) -> list[str]:
    """What the published timetable breaks of a rule that gives each body its room."""
    of = with_rule(name, rule="one_body_per_room", weight=1, **keys)
    return [violation.message for violation in of.rules[-1].check(of, published(name))]


# --- the letters ---------------------------------------------------------------------------------------------------


def test_bodies_of_csp8_share_a_half_day_and_not_a_slot() -> None:
    """On Wednesday WGETI ends at 14:30, and WGTU begins: one half-day, two slots."""
    assert shared("csp8", holds="half-day") == [
        "WGETI and WGTU share Plenary in the half-day of Wednesday 16 February at 13:00"
    ]
    assert shared("csp8", holds="slot") == shared("csp8") == []


def test_bodies_of_csp10_share_a_day_and_no_half_day() -> None:
    """On Thursday WGTU has the morning and DIEF the afternoon."""
    assert shared("csp10", holds="half-day") == shared("csp10") == []


def test_nobody_has_a_half_day_to_itself_who_does_not_ask_for_it() -> None:
    """Five half-days would be needed by CSP8, if no body shared one, and there are four."""
    outcome = solve(with_rule("csp8", rule="one_body_per_room", holds="half-day"))
    assert outcome.status is Status.INFEASIBLE
    assert solve(letter("csp8")).cost == 0


def test_the_day_of_wgtr_is_one_half_day_in_csp8_and_two_in_csp10() -> None:
    for name, amount in (("csp8", 0), ("csp10", 1)):
        of = with_rule(name, rule="within_half_day", of=["WGTR"], weight=1)
        assert sum(violation.amount for violation in of.rules[-1].check(of, published(name))) == amount
    assert solve(with_rule("csp8", rule="within_half_day", of=["WGTR"])).timetable == published("csp8")
    assert solve(with_rule("csp10", rule="within_half_day", of=["WGTR"])).status is Status.INFEASIBLE


# --- holding -------------------------------------------------------------------------------------------------------


def test_a_half_day_is_held_in_one_room_only() -> None:
    rule = {"rule": "one_body_per_room", "holds": "half-day"}
    of = scenario({"A": "1h", "B": "1h"}, rule, slots=TWO_SLOTS, rooms=[{"id": "hall"}, {"id": "annexe"}])
    assert amounts(of, {"a": "Tue 10:00 hall", "b": "Tue 11:30 annexe"}) == []
    assert amounts(of, {"a": "Tue 10:00 hall", "b": "Tue 11:30 hall"}) == [1]


def test_sessions_of_a_body_follow_one_another_through_its_half_day() -> None:
    """As by slot, the rule takes the place of fixed boundaries."""
    of = scenario({"A": {"a": "1h", "b": "1h"}}, {"rule": "one_body_per_room", "holds": "half-day"}, slots=TWO_SLOTS)
    assert messages(of, {"a": "Tue 10:00", "b": "Tue 11:00"}) == []


def test_each_half_day_counts_as_it_is_reckoned_for_who_sits_there() -> None:
    """A has one morning, thanks to its own hour; B has two short ones, and shares none of them."""
    hours = ["10:00-11:00", {"hours": "11:00-12:00", "reserved_for": ["A"]}, "12:00-13:00"]
    places = {"a": "Tue 10:00", "b": "Tue 12:00"}
    for names, amount in ((["A"], [1]), (["B"], []), ([], [1])):
        rule = {"rule": "one_body_per_room", "of": names, "holds": "half-day", "weight": 1}
        of = scenario({"A": "1h", "B": "1h"}, rule, slots=hours)
        assert amounts(of, places) == amount, names


def test_who_has_other_half_days_holds_none_of_another_in_which_he_sits() -> None:
    """C could have 09:00-13:00 as one morning, and does not sit there; to A and B its hours are two half-days."""
    hours = ["09:00-10:00", {"hours": "10:30-11:30", "reserved_for": ["C"]}, "12:00-13:00"]
    rule = {"rule": "one_body_per_room", "holds": "half-day", "weight": 1}
    of = scenario({"A": "1h", "B": "1h", "C": "1h"}, rule, slots=hours)
    places = {"a": "Tue 09:00", "b": "Tue 12:00", "c": "Wed 09:00"}
    assert (amounts(of, places), posted(of, of.rules[0], timetable(of, places))) == ([], 0)
    places["c"] = "Tue 10:30"
    assert (amounts(of, places), posted(of, of.rules[0], timetable(of, places))) == ([2], 2)


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ({"a": "Tue 10:00", "b": "Tue 11:30"}, ["B starts in what A leaves of its last half-day"]),
        ({"a": "Tue 10:00", "b": "Tue 15:00"}, []),
        ({"a": "Tue 11:30", "b": "Tue 10:00"}, []),  # what sits before it may stay
        ({"a": "Mon 15:00", "b": "Tue 10:00"}, []),
    ],
)
def test_the_rest_of_a_half_day(places: dict[str, str], found: list[str]) -> None:
    rule = {"rule": "fixed_boundaries", "of": ["A"], "holds": "half-day"}
    days = ["2025-02-24", "2025-02-25"]
    assert messages(scenario({"A": "90 min", "B": "90 min"}, rule, slots=TWO_SLOTS, days=days), places) == found


def test_a_conference_can_be_counted_where_every_half_day_is_one_slot() -> None:
    """Half-days of several slots are no cells."""
    for slots, counted in ((("10:00-13:00", "15:00-18:00"), True), (TWO_SLOTS, False)):
        of = scenario({"A": "1h", "B": "1h"}, {"rule": "one_body_per_room", "holds": "half-day"}, slots=slots)
        counts = Counts(of)
        assert of.rules[0].count_into(counts) is counts.one_body_a_cell is counted


@pytest.mark.parametrize(
    ("holds", "message", "hint"),
    [
        ("halfday", "'halfday' is not one of: slot, half-day", "did you mean 'half-day'?"),
        ("day", "'day' is not one of: slot, half-day", ""),
        (2, "'2' is not a single word", ""),
        (["slot"], "a single word is expected here, not a list", "write holds: slot"),
    ],
)
def test_what_holds_cannot_be(holds: Any, message: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as error:
        scenario({"A": "1h"}, {"rule": "one_body_per_room", "holds": holds})
    (found,) = error.value.diagnostics
    assert (found.path, found.message, found.hint or "") == ("rules[0].holds", message, hint)


# --- explained -----------------------------------------------------------------------------------------------------

OWN_ROOM = {"id": "own-room", "rule": "one_body_per_room", "of": ["WGETI", "WGTU"], "holds": "half-day"}


def test_ways_out_of_half_days_that_nobody_has() -> None:
    """Half of what giving the rule up costs, 30."""
    of = LoadedScenario.from_scenario(with_rule("csp8", **OWN_ROOM))
    found = scheduler.explain(of)
    assert found.clash == ("own-room",)
    cheapest = found.frame().iloc[0]
    assert (cheapest.cost, cheapest.sentence) == (15, "let WGETI and WGTU hold their rooms by slot, not by half-day")
    assert cheapest.options == "--set rules.own-room.holds=slot"
    assert scheduler.what_if(of, values={"rules.own-room.holds": "slot"}).status is Status.OPTIMAL


def test_why_a_session_is_not_in_another_half_day() -> None:
    """On one day of three slots; the afternoon is a half-day of its own."""
    rules = ({"rule": "within_half_day", "of": ["A"], "id": "one-sitting"}, {"rule": "order", "of": ["a", "b"]})
    of = scenario({"A": {"a": "90 min", "b": "90 min"}}, *rules, slots=TWO_SLOTS, days=["2025-02-25"])
    found = scheduler.explain(of, solve(of).timetable, "b").frame()
    assert {(row.opens.hour, bool(row.possible), row.breaks) for row in found.itertuples()} == {
        (10, False, "order"),
        (15, False, "one-sitting"),
    }
