"""What is over-booked is called infeasible at once, with the numbers; and never what fits."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario
from support.small_scenarios import small_scenarios, valid

from scheduler.arithmetic.findings import said
from scheduler.arithmetic.shortage import Arithmetic, in_total
from scheduler.domain.base import altered
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.formulation import choose

ROOMS = [{"id": "hall", "capacity": 300}, {"id": "annexe", "capacity": 40}, {"id": "cellar", "capacity": 40}]


def many(count: int, length: str, **more: Any) -> dict[str, Any]:
    return {f"B{n}": {"sessions": {f"s{n}": {"duration": length, **more}}} for n in range(count)}


def reasons(asked: Scenario) -> tuple[str, ...]:
    return said(Arithmetic(asked).shortages())


def infeasible(asked: Scenario) -> str:
    """The first reason; the search has answered before anything like its limit."""
    outcome = solve(asked, Settings(time_limit=60))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.reasons == reasons(asked)
    return outcome.reasons[0]


def test_hours_are_added_up_over_all_rooms() -> None:
    """13 sessions of 2 h in 3 rooms of 8 h: 26 h of 24 h."""
    asked = scenario(many(13, "2h"), days=["2025-02-25"], slots=["09:00-13:00", "14:00-18:00"], rooms=ROOMS)
    assert "rolling" not in {rule.rule for rule in asked.rules}
    free = altered(asked, rules=scenario({"A": "1h"}, {"rule": "rolling", "of": ["A"]}).rules)
    assert infeasible(asked) == "26 h are asked of the 3 rooms, 24 h exist: 2 h too much."
    assert reasons(free)[0] == "26 h are asked of the 3 rooms, 24 h exist: 2 h too much."


def test_sessions_that_start_at_openings_need_an_opening_each() -> None:
    """7 sessions of 1 h in 3 rooms and 2 slots of 3 h: 7 h of 18 h, but 6 openings."""
    asked = scenario(many(7, "1h"), days=["2025-02-25"], rooms=ROOMS)
    assert infeasible(asked) == ("7 places at the opening of a slot are needed of the 3 rooms, 6 exist: 1 too few.")
    assert solve(scenario(many(6, "1h"), days=["2025-02-25"], rooms=ROOMS)).status is Status.OPTIMAL


def test_a_slot_holds_one_session_that_is_longer_than_half_of_it() -> None:
    """Sessions of 2 h, none cut by a break: one for each slot of 3 h, although 3 times 2 h are 6 h."""
    rules = [{"rule": "within_slot"}, {"id": "on", "rule": "rolling", "of": ["B0", "B1", "B2"], "weight": 1}]
    asked = scenario(many(3, "2h"), *rules, days=["2025-02-25"])
    assert infeasible(asked) == "3 places of 2 h are needed, 2 exist: 1 too few."
    assert solve(scenario(many(2, "2h"), *rules[:1], days=["2025-02-25"])).status is Status.OPTIMAL


def test_half_days_are_added_up() -> None:
    rule = {"id": "mornings", "rule": "only_on", "of": ["B0", "B1", "B2"], "when": ["am"]}
    asked = scenario(many(3, "3h"), rule, days=["2025-02-25", "2025-02-26"])
    assert infeasible(asked) == "9 h are asked in the mornings, 6 h exist: 3 h too much."


def test_rooms_of_a_size_are_added_up() -> None:
    """Three sessions with 100 seats: one room has them, and it has two slots."""
    asked = scenario(many(3, "3h", attendance=100), days=["2025-02-25"], rooms=ROOMS)
    assert infeasible(asked) == "9 h are asked of hall, 6 h exist: 3 h too much."
    assert solve(scenario(many(2, "3h", attendance=100), days=["2025-02-25"], rooms=ROOMS)).status is Status.OPTIMAL


def test_a_room_that_is_let_does_not_count() -> None:
    let = {"id": "let", "rule": "room_unavailable", "room": "cellar", "when": ["pm"]}
    asked = scenario(many(6, "3h"), let, days=["2025-02-25"], rooms=ROOMS)
    assert infeasible(asked) == "18 h are asked of the 3 rooms, 15 h can be used: 3 h too much."
    assert solve(scenario(many(5, "3h"), let, days=["2025-02-25"], rooms=ROOMS)).status is Status.OPTIMAL


def test_what_one_officer_can_attend_is_added_up() -> None:
    officers = [{"id": "chair", "post": "Chair of all"}]
    bodies = {name: {"officers": ["chair"], **body} for name, body in many(3, "3h").items()}
    asked = scenario(bodies, days=["2025-02-25"], rooms=ROOMS, officers=officers)
    assert infeasible(asked) == "9 h are asked of the Chair of all, 6 h exist: 3 h too much."


def test_what_one_presenter_can_attend_is_added_up_where_the_rule_says_so() -> None:
    talks = many(3, "3h", presenters=["Ada Example"])
    asked = scenario(talks, {"rule": "presenters_apart"}, days=["2025-02-25"], rooms=ROOMS)
    assert infeasible(asked) == "9 h are asked of Ada Example, 6 h exist: 3 h too much."
    assert solve(scenario(talks, days=["2025-02-25"], rooms=ROOMS)).status is Status.OPTIMAL


def test_slots_that_are_reserved_for_others_do_not_count() -> None:
    """6 h for A and B; of the 6 h on the one day 3 are reserved for C, which needs only one of them."""
    day = {"date": "2025-02-25", "slots": [{"hours": "10:00-13:00", "reserved_for": ["C"]}, "15:00-18:00"]}
    asked = scenario({"A": "2h", "B": "2h", "C": "1h"}, {"rule": "rolling", "of": ["A", "B"]}, days=[day])
    assert infeasible(asked) == "4 h are asked on Tuesday 25 February 15:00, 3 h exist: 1 h too much."


def test_a_room_clash_that_is_a_wish_proves_nothing() -> None:
    asked = scenario(many(3, "3h"), {"rule": "room_clash", "weight": 5}, days=["2025-02-25"])
    assert reasons(asked) == ()
    assert solve(asked).cost == 5


def test_a_conference_is_added_up_before_it_is_counted() -> None:
    """130 sessions of 90 min, each in one slot of one of 10 rooms: 12 slots have 120 places."""
    rooms = [{"id": f"r{number}"} for number in range(10)]
    slots = ["09:00-10:30", "11:00-12:30", "14:00-15:30", "16:00-17:30"]
    rules = [{"rule": "within_slot"}, {"rule": "one_body_per_room"}, {"rule": "not_parallel_with_itself"}]
    days = ["2025-02-25", "2025-02-26", "2025-02-27"]
    asked = scenario(many(130, "90 min"), *rules, days=days, slots=slots, rooms=rooms)
    assert choose(asked).translation is not None
    assert solve(asked).reasons[0] == "195 h are asked of the 10 rooms, 180 h exist: 15 h too much."


@pytest.mark.parametrize("seed", ["over-booked 1", "over-booked 2"])
def test_nothing_that_fits_is_called_over_booked(seed: str) -> None:
    """Brute force over every timetable; and most of what does not fit is found by adding up."""
    impossible = found = 0
    for asked in small_scenarios(seed, 60, soft=0.3):
        fits = bool(valid(asked))
        told = bool(reasons(asked))
        assert not (fits and told), asked.document
        impossible += not fits
        found += told
    assert found >= impossible // 2 > 0


def test_more_than_all_rooms_hold_is_seen_whatever_the_time_and_the_size() -> None:
    """450 sessions of an hour in 6 rooms of 6 h on 12 days, 432 h: more than are compared pair by pair."""
    bodies = {f"B{number}": "1h" for number in range(450)}
    days = [f"2025-03-{number:02}" for number in range(3, 15)]
    rooms = [{"id": f"r{number}"} for number in range(6)]
    outcome = solve(scenario(bodies, days=days, slots=["10:00-13:00", "15:00-18:00"], rooms=rooms))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.reasons[0] == "450 h are asked of the 6 rooms, 432 h exist: 18 h too much."
    assert in_total(scenario(bodies, {"rule": "room_clash", "of": ["B1"]}, days=days, rooms=rooms)) is None
    assert in_total(scenario(dict.fromkeys(["A", "B"], "3h"), days=days[:1], slots=["10:00-13:00"])) is not None
    assert in_total(scenario(dict.fromkeys(["A", "B"], "90 min"), days=days[:1], slots=["10:00-13:00"])) is None


def test_arithmetic_that_has_no_time_left_still_adds_up_the_whole() -> None:
    asked = scenario(dict.fromkeys(["A", "B", "C"], "2h"), days=["2025-03-03"], slots=["10:00-13:00"])
    found = Arithmetic(asked, until=0.0).shortages()
    assert [each.sentence for each in found] == ["6 h are asked for, 3 h exist: 3 h too much."]


def test_hours_are_asked_with_one_meeting_at_a_time_and_not_of_it() -> None:
    bodies = dict.fromkeys(["A", "B"], "2h")
    asked = scenario(bodies, {"rule": "one_at_a_time"}, days=["2025-03-03"], slots=["10:00-13:00"], rooms=ROOMS)
    assert reasons(asked)[0] == "4 h are asked with one meeting at a time, 3 h exist: 1 h too much."
