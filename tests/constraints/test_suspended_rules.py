"""What rules charge where sessions are suspended: as the model says, and as the check says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from support import rolling_by_the_book as book
from support.agreement import posted
from support.rolling_comparison import scattered, timetable_of

from scheduler.domain.base import SessionId
from scheduler.reading.entry import from_data

RULES: dict[str, dict[str, Any]] = {
    "end_of_day": {},
    "waiting_outside": {},
    "parallel_limit": {"at_most": 1},
    "officer_double_booking": {},
    "one_at_a_time": {},
    "restricted_access": {"clearing": 30},
    "room_clash": {},
    "uninterrupted": {},
    "fixed_boundaries": {},
    "adjacent": {"of": ["WG"], "within": 30},
    "alone": {"of": ["m0"]},
    "changeover": {"at_least": 30},
    "daily_limit": {"at_most": 1},
    "tag_limit": {"at_most": 1},
    "whole_slot": {},
    "listed_order": {},
    "spread": {},
    "within_slot": {},
    "within_day": {},
    "within_half_day": {},
    "no_idle_slots": {},
}
DRAWN = 40


@pytest.mark.parametrize("kind", RULES)
def test_model_and_check_charge_the_same(kind: str) -> None:
    different, suspended = [], 0
    for number in range(DRAWN):
        rng = Random(f"suspended rules {kind} {number}")
        programme = book.draw_suspended(rng)
        data = programme.data()
        data["rules"].append({"rule": kind, "weight": 1, "id": "extra", **RULES[kind]})
        data["officers"] = [{"id": "one", "post": "One"}, {"id": "two", "post": "Two"}]
        for session in data["bodies"][0]["sessions"]:
            session["officers"] = session["tags"] = [rng.choice(("one", "two"))]
        scenario = from_data(data)
        rule = next(rule for rule in scenario.rules if rule.id == "extra")
        firm = {name: scenario.firm_places(SessionId(name)) for name in programme.work if programme.fixture(name)}
        for _ in range(4):
            places = scattered(rng, programme)
            if places and all(places[name][1][0] * book.STEP in firm[name] for name in firm):
                timetable = timetable_of(scenario, programme, places)
                charged = sum(violation.amount for violation in rule.check(scenario, timetable))
                suspended += any(len(scenario.parts(placement)) > 1 for placement in timetable)
                if posted(scenario, rule, timetable) != charged:
                    different.append((number, places, charged))
    assert different == []
    assert suspended > 0
