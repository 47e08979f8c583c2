"""What rules limit is added up, and said in numbers worked out by hand; what just fits is never called impossible."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from support.random_programmes import draw
from support.small import scenario

from constraints import KINDS
from scheduler.arithmetic.findings import said
from scheduler.arithmetic.shortage import Arithmetic
from scheduler.outcome import Settings, Status
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import search

THREE = [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}]
WITHIN = {"rule": "within_slot"}


def works(count: int, length: str = "3h", **more: Any) -> dict[str, Any]:
    """Bodies B0, B1 ... of one session each, called b0, b1 ..."""
    return {f"B{n}": {"sessions": {f"b{n}": {"duration": length, **more}}} for n in range(count)}


def body(count: int, length: str = "3h", **more: Any) -> dict[str, Any]:
    return {"WG": {"sessions": {f"s{n}": {"duration": length} for n in range(count)}, **more}}


def asked(bodies: Mapping[str, Any], *rules: Mapping[str, Any], days: int, **more: Any) -> Scenario:
    """In three rooms, with two slots of 3 h a day."""
    dates = [f"{date(2025, 2, 24) + timedelta(day)}" for day in range(days)]
    return scenario(bodies, WITHIN, *rules, days=dates, **{"rooms": THREE, **more})


def rule(kind: str, **keys: Any) -> dict[str, Any]:
    return {"id": "limit", "rule": kind, **keys}


CASES: dict[str, tuple[Scenario, Scenario, str, tuple[str, ...]]] = {
    "parallel_limit": (
        asked(works(5), rule("parallel_limit", at_most=2), days=1),
        asked(works(4), rule("parallel_limit", at_most=2), days=1),
        "15 h are asked with at most 2 of the sessions at once, 12 h exist: 3 h too much.",
        ("limit",),
    ),
    "tag_limit": (
        asked(works(3, tags=["finance"]), rule("tag_limit", at_most=1), days=1),
        asked(works(2, tags=["finance"]), rule("tag_limit", at_most=1), days=1),
        "9 h are asked with at most one of the sessions with the tag 'finance' at once, 6 h exist: 3 h too much.",
        ("limit",),
    ),
    "not_parallel_with_itself": (
        asked(body(3), rule("not_parallel_with_itself"), days=1),
        asked(body(2), rule("not_parallel_with_itself"), days=1),
        "9 h are asked of WG, which meets in one room at a time, 6 h exist: 3 h too much.",
        ("limit",),
    ),
    "daily_limit": (
        asked(body(5), rule("daily_limit", at_most=2), days=2),
        asked(body(4), rule("daily_limit", at_most=2), days=2),
        "3 days are needed for WG, which has at most 2 sessions a day, 2 exist: 1 too few.",
        ("limit",),
    ),
    "order": (
        asked(works(3), rule("order", of=["B0", "B1", "B2"]), days=1),
        asked(works(2), rule("order", of=["B0", "B1"]), days=1),
        "9 h are asked of B0, B1 and B2, one after the other, 6 h exist: 3 h too much.",
        ("limit",),
    ),
    "order with nights": (
        asked(works(3), rule("order", of=["B0", "B1", "B2"], night_between=True), days=2),
        asked(works(2), rule("order", of=["B0", "B1"], night_between=True), days=2),
        "3 days are needed for B0, B1 and B2, with a night between them, 2 exist: 1 too few.",
        ("limit",),
    ),
    "listed_order": (
        asked(body(3), rule("listed_order"), days=1),
        asked(body(2), rule("listed_order"), days=1),
        "9 h are asked of WG, one session after the other, 6 h exist: 3 h too much.",
        ("limit",),
    ),
    "days_apart": (
        asked(works(3), rule("days_apart", of=["B0", "B1", "B2"], at_least=2), days=4),
        asked(works(3), rule("days_apart", of=["B0", "B1", "B2"], at_least=2), days=5),
        "3 days are needed for B0, B1 and B2, each at least 2 days from the others, 2 exist: 1 too few.",
        ("limit",),
    ),
    "same_time": (
        asked(works(4), rule("same_time", of=["B0", "B1", "B2", "B3"]), days=2),
        asked(works(4), rule("same_time", of=["B0", "B1", "B2"]), days=2),
        "4 rooms are needed at one time for B0, B1, B2 and B3, 3 exist: 1 too few.",
        ("limit",),
    ),
    "same_day": (
        asked(works(7), rule("same_day", of=[f"B{n}" for n in range(7)]), days=2),
        asked(works(7), rule("same_day", of=[f"B{n}" for n in range(6)]), days=2),
        "21 h are asked of the 3 rooms on one day, 18 h exist: 3 h too much.",
        ("limit",),
    ),
    "within_day": (
        asked(body(7), rule("within_day"), days=2),
        asked(body(6), rule("within_day"), days=2),
        "21 h are asked of the 3 rooms on one day, 18 h exist: 3 h too much.",
        ("limit",),
    ),
    "alone": (
        asked(works(5), rule("alone", of=["b0"]), days=1),
        asked(works(4), rule("alone", of=["b0"]), days=1),
        "21 h are asked of the 3 rooms, 18 h exist: 3 h too much.",
        (),
    ),
    "whole_slot": (
        asked(works(7, "1h"), rule("whole_slot"), days=1),
        asked(works(6, "1h"), rule("whole_slot"), days=1),
        "21 h are asked of the 3 rooms, 18 h exist: 3 h too much.",
        (),
    ),
}
"""What does not fit, what just fits, the first sentence, and the names of the rules that it gives as the reason."""


@pytest.mark.parametrize("name", CASES)
def test_what_a_rule_limits_is_added_up(name: str) -> None:
    too_much, fits, sentence, because = CASES[name]
    (found,) = Arithmetic(too_much).shortages()
    assert (found.sentence, found.because) == (sentence, because)
    assert solve(too_much).status is Status.INFEASIBLE
    assert Arithmetic(fits).shortages() == []
    assert solve(fits).status is Status.OPTIMAL


def test_a_day_on_which_a_room_is_closed_does_not_count_for_those_who_need_it() -> None:
    """Two days for three, of which one is closed to the room that all of them need."""
    let = {"id": "let", "rule": "room_unavailable", "room": "r1", "when": ["2025-02-25"]}
    bodies = works(2, rooms=["r1"])
    (found,) = Arithmetic(asked(bodies, rule("days_apart", of=["B0", "B1"], at_least=1), let, days=2)).shortages()
    assert found.sentence == (
        "2 days are needed for B0 and B1, each at least one day from the others on Monday 24 February, 1 exists: "
        "1 too few."
    )
    assert found.because == ("limit", "let")


def test_a_wish_is_no_limit() -> None:
    wish = rule("parallel_limit", at_most=2, weight=1)
    assert Arithmetic(asked(works(5), wish, days=1)).shortages() == []


def test_sessions_with_slots_of_their_own_are_said_to_take_them() -> None:
    too_much = CASES["whole_slot"][0]
    lines = said(Arithmetic(too_much).shortages())
    assert lines[1].endswith("B6 3 h (sessions that share their slots with no other take the whole of them)")


def test_large_programmes_are_called_impossible_before_the_search() -> None:
    """65 sessions with one tag in 32 slots, two at a time."""
    many = asked(works(65, tags=["finance"]), rule("tag_limit", at_most=2), days=16)
    outcome = solve(many, Settings(time_limit=60))
    assert (outcome.status, outcome.reasons[0]) == (
        Status.INFEASIBLE,
        "195 h are asked with at most 2 of the sessions with the tag 'finance' at once, 192 h exist: 3 h too much.",
    )


ADDED = [
    kind for kind in KINDS
    if any(getattr(KINDS[kind], name) is not getattr(Rule, name)
           for name in ("limits", "together", "beside_nobody", "slots_apart"))
]  # fmt: skip


def test_these_rules_are_added_up() -> None:
    assert ADDED == [
        "alone", "daily_limit", "days_apart", "few_days", "listed_order", "not_parallel_with_itself", "order",
        "parallel_limit", "restricted_access", "same_day", "same_time", "tag_limit", "whole_slot", "within_day",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ADDED)
def test_nothing_is_called_impossible_that_is_possible(kind: str) -> None:
    drawn = [draw(kind, number).scenario for number in range(25)]
    claimed = [of for of in drawn if Arithmetic(of).shortages()]
    assert [of for of in claimed if search(of, seconds=20).timetable is not None] == []
