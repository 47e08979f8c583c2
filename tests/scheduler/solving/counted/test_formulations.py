"""The counted formulation against the axis: two models of the same rules must agree on every scenario."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from support.project import SCENARIOS

from scheduler.checking import check
from scheduler.errors import InputError
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.formulation import FEW_SESSIONS, Choice, Formulation, choose

HELD = [{"rule": "within_slot"}, {"rule": "one_body_per_room"}]
SLOTS = ("09:00-10:00", "11:00-11:30", "14:00-15:00")
PEOPLE = ("ada", "bo", "cy")


def scenario(*rules: dict[str, Any], bodies: list[dict[str, Any]], rooms: int = 2, days: int = 1) -> Scenario:
    """A conference of half-hour steps."""
    return from_data(
        {
            "name": "talks",
            "meeting": {"series": "Talks", "annex_title": "TALKS"},
            "calendar": {"slots": list(SLOTS), "days": [f"2027-03-{day:02}" for day in range(1, days + 1)]},
            "rooms": [{"id": f"r{number}", "capacity": 10 + 10 * number} for number in range(rooms)],
            "officers": [{"id": name, "post": "Chair"} for name in PEOPLE],
            "bodies": bodies,
            "rules": [*HELD, *rules],
        }
    )


def drawn(rng: Random) -> Scenario:
    """Two or three bodies, each with up to three sessions, and some rules of every kind that can be counted."""
    bodies: list[dict[str, Any]] = []
    for letter in "ABC"[: rng.choice((2, 2, 3))]:
        sessions = [session(rng, f"{letter.lower()}{n}") for n in range(rng.choice((1, 2, 2, 3)))]
        bodies.append({"id": letter, "officers": rng.sample(PEOPLE, rng.choice((0, 1, 1))), "sessions": sessions})
    names = [each["id"] for body in bodies for each in body["sessions"]]
    kinds = rng.sample(sorted(RULES), rng.choice((2, 3, 4, 5)))
    rules = [{"rule": kind, **RULES[kind](rng, [body["id"] for body in bodies], names)} for kind in kinds]
    rules.append({"rule": "officer_double_booking", "weight": 0})
    for rule in rules:
        if "weight" not in rule and rng.random() < 0.75:
            rule["weight"] = rng.choice((1, 2, 7))
    return scenario(*rules, bodies=bodies, rooms=rng.choice((2, 2, 3)), days=1)


def session(rng: Random, name: str) -> dict[str, Any]:
    """Half an hour or a whole one, with people."""
    drawn = {"id": name, "duration": rng.choice(("30 min", "30 min", "1h"))}
    drawn["presenters"] = rng.sample(PEOPLE, rng.choice((0, 1, 1)))
    drawn["attendees"] = rng.sample(PEOPLE, rng.choice((0, 0, 2)))
    drawn["attendance"] = rng.choice((None, 5, 15))
    drawn["time_zone"] = rng.choice((None, "Asia/Tokyo", "America/Los_Angeles"))
    drawn["position"] = rng.choice((None, None, 1, 2))
    return drawn


def table(rng: Random, rows: list[str], columns: list[str]) -> dict[str, dict[str, int]]:
    """A few penalties."""
    return {row: {rng.choice(columns): rng.choice((1, 3))} for row in rng.sample(rows, rng.choice((1, len(rows))))}


def preferences(rng: Random, bodies: list[str], names: list[str]) -> dict[str, Any]:
    """Any of the five tables."""
    slots, rooms = [f"2027-03-01 {hours[:5]}" for hours in SLOTS], ["r0", "r1"]
    kind = rng.choice(("bodies_by_slot", "bodies_by_room", "slots_by_room", "sessions_by_slot", "sessions_by_room"))
    rows = {"bodies": bodies, "slots": slots, "sessions": names}[kind.partition("_")[0]]
    told = {kind: table(rng, rows, slots if kind.endswith("slot") else rooms)}
    return told | ({"per": "30 min"} if kind.startswith("sessions") and rng.random() < 0.5 else {})


RULES: dict[str, Any] = {
    "preferences": preferences,
    "similar_bodies_apart": lambda rng, bodies, _: {"pairs": {bodies[0]: {bodies[1]: rng.choice((1, 4))}}},
    "few_rooms": lambda *_: {},
    "few_slots": lambda *_: {"weight": 3},
    "not_parallel_with_itself": lambda *_: {},
    "consecutive_slots": lambda *_: {},
    "room_unavailable": lambda rng, *_: {
        "room": "r1",
        "when": [rng.choice(("am", "pm", "09:00-10:00"))],
        "weight": None,
    },
    "presenters_apart": lambda rng, *_: rng.choice(({"level": "slot"}, {"level": "minute", "per": "30 min"})),
    "attendees_apart": lambda rng, *_: rng.choice(({"level": "slot"}, {"level": "minute", "per": "30 min"})),
    "chairs_apart": lambda *_: {},
    "local_hours": lambda rng, *_: {
        "suitable": "08:00-18:00",
        "less_suitable": "06:00-22:00",
        "small": 1,
        "big": 5,
        "by": "slot",
        **rng.choice(({}, {"per": "30 min"})),
    },
    "running_order": lambda *_: {},
    "not_on": lambda rng, bodies, _: {"of": [rng.choice(bodies)], "when": [rng.choice(("am", "pm"))]},
    "only_on": lambda rng, bodies, _: {"of": [rng.choice(bodies)], "when": ["am"]},
}
"""What each kind is told; all can be counted."""


@pytest.mark.parametrize("number", range(60))
def test_both_formulations_find_the_same_optimum(number: int) -> None:
    problem = drawn(Random(f"formulations {number}"))
    counted = choose(problem, Formulation.COUNTED)
    one = solve(problem, Settings(workers=1), choice=Choice(Formulation.AXIS, "to compare"))
    other = solve(problem, Settings(workers=1, time_limit=20), choice=counted)
    assert (other.status is Status.INFEASIBLE, other.cost) == (one.status is Status.INFEASIBLE, one.cost)
    assert other.bound is None or one.cost is None or other.bound <= one.cost
    if other.timetable is not None:
        report = check(problem, other.timetable)
        assert (report.broken, report.cost) == ((), one.cost)


def test_a_session_of_two_steps_is_charged_once_for_its_slot() -> None:
    """Three points over two steps are no whole number for each."""
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "1h"}, {"id": "b", "duration": "30 min"}]}]
    dear = {f"2027-03-01 {hours[:5]}": 3 for hours in SLOTS}
    problem = scenario({"rule": "preferences", "weight": 1, "sessions_by_slot": {"a": dear}}, bodies=bodies)
    outcome = solve(problem, Settings(workers=1), choice=choose(problem, Formulation.COUNTED))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 3, 3)


def test_a_rule_that_nothing_can_keep_makes_the_counts_infeasible() -> None:
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "1h"}]}]
    problem = scenario({"rule": "only_on", "of": ["A"], "when": ["11:00-11:30"]}, bodies=bodies)
    outcome = solve(problem, Settings(workers=1), choice=choose(problem, Formulation.COUNTED))
    assert (outcome.status, outcome.timetable, outcome.cost, outcome.bound) == (Status.INFEASIBLE, None, None, None)


def test_many_sessions_in_several_rooms_are_counted_and_few_are_not() -> None:
    def talks(count: int) -> list[dict[str, Any]]:
        return [{"id": "A", "sessions": [{"id": f"a{n}", "duration": "30 min"} for n in range(count)]}]

    few, many = scenario(bodies=talks(FEW_SESSIONS)), scenario(bodies=talks(FEW_SESSIONS + 1))
    assert (choose(few).name, choose(many).name) == (Formulation.AXIS, Formulation.COUNTED)
    assert choose(many).sentence == (
        "Formulation: counted, because 31 sessions in 2 rooms are many and every rule can be counted; slots are asked "
        "at first if every wish can be had."
    )
    assert choose(few).sentence == "Formulation: axis, because 30 sessions are few."
    assert choose(many, Formulation.AXIS).name is Formulation.AXIS


def test_the_conference_among_the_scenarios_is_counted() -> None:
    path = SCENARIOS / "conference" / "research-days.yaml"
    assert choose(load(path).scenario).name is Formulation.COUNTED


def test_what_cannot_be_counted_is_named() -> None:
    bodies = [{"id": "A", "sessions": [{"id": f"a{n}", "duration": "30 min"} for n in range(40)]}]
    problem = scenario({"rule": "parallel_limit", "at_most": 2, "id": "two-at-once"}, bodies=bodies)
    assert choose(problem).sentence == (
        "Formulation: slots, because 40 sessions in 2 rooms are many and cannot be counted: rule 'two-at-once' "
        "(parallel_limit); rooms are given session by session, unless each body can have one room in a slot."
    )
    with pytest.raises(InputError) as caught:
        choose(problem, Formulation.COUNTED)
    assert str(caught.value) == "this scenario cannot be counted:\n  rule 'two-at-once' (parallel_limit)"


def test_prices_that_are_too_large_to_add_up_are_not_counted() -> None:
    """A million points a million times for each pair of 150 cells of two bodies: beyond what a float holds exactly."""
    bodies = [{"id": letter, "sessions": [{"id": letter.lower(), "duration": "1h"}]} for letter in "AB"]
    dear = {"rule": "similar_bodies_apart", "weight": 10**6, "pairs": {"A": {"B": 10**6}}}
    assert choose(scenario(dear, bodies=bodies), Formulation.COUNTED).name is Formulation.COUNTED
    with pytest.raises(InputError) as caught:
        choose(scenario(dear, bodies=bodies, rooms=50), Formulation.COUNTED)
    assert str(caught.value) == (
        "this scenario cannot be counted:\n  its weights and penalties make numbers too large to add up"
    )


def test_slots_reserved_for_others_and_rooms_of_ones_own_are_kept() -> None:
    data = scenario(bodies=[{"id": "A", "sessions": [{"id": "a", "duration": "1h", "rooms": ["r1"]}]}]).document
    data["bodies"].append({"id": "B", "sessions": [{"id": "b", "duration": "30 min"}]})
    data["calendar"]["slots"][0]["reserved_for"] = ["B"]
    problem = from_data(data)
    outcome = solve(problem, Settings(workers=1), choice=choose(problem, Formulation.COUNTED))
    assert outcome.timetable is not None
    placement = outcome.timetable[next(iter(problem.sessions))]
    assert (placement.room, placement.segments[0].start) == ("r1", 14 * 60)
