"""Why a session changes its room overnight, and the way out in which it may."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from scheduler.domain.base import SessionId
from scheduler.explanation.impossible import explain
from scheduler.explanation.why_rooms import why_rooms
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

HALLS = [{"id": "hall", "name": "Hall"}, {"id": "annexe", "name": "Annexe"}]
SHUT = [
    {"rule": "pin", "of": ["debate"], "start": "Tuesday am", "id": "begins", "cost_to_waive": 500},
    {"rule": "room_unavailable", "room": "annexe", "when": ["Tuesday"], "id": "annexe-shut", "cost_to_waive": 500},
    {"rule": "room_unavailable", "room": "hall", "when": ["Wednesday"], "id": "hall-shut", "cost_to_waive": 500},
]


def meeting(*rules: dict[str, Any], **more: Any) -> Scenario:
    body = {"sessions": {"debate": {"duration": "9h"} | more}}
    return scenario({"A": body}, *rules, rooms=HALLS, days=["2025-02-25", "2025-02-26"])


def test_each_room_throughout_is_asked_of_the_judge() -> None:
    of = meeting(*SHUT, room_may_change={"price": 20})
    assert why_rooms(of, timetable(of, {"debate": "Tue 10:00 hall,annexe"}), SessionId("debate")) == (
        "It moves from Hall to Annexe on Wednesday 26 February, at 20 points.",
        "In Hall throughout, with all else as it is, A sits in Hall on Wednesday 26 February, 10:00 – 13:00, when it "  # noqa: RUF001
        "is not available (hall-shut).",
        "In Annexe throughout, with all else as it is, A sits in Annexe on Tuesday 25 February, 10:00 – 13:00, when it "  # noqa: RUF001
        "is not available (annexe-shut).",
    )


def test_where_nothing_forbids_a_room_its_price_is_told() -> None:
    of = meeting({"rule": "pin", "of": ["debate"], "room": "annexe", "weight": 3}, room_may_change={"price": 20})
    places = {rooms: timetable(of, {"debate": f"Tue 10:00 {rooms}"}) for rooms in ("hall,annexe", "hall")}
    assert why_rooms(of, places["hall"], SessionId("debate")) == ()
    assert why_rooms(of, places["hall,annexe"], SessionId("debate"))[1:] == (
        "In Hall throughout, with all else as it is, the timetable would cost 20 points less.",
        "In Annexe throughout, with all else as it is, the timetable would cost 23 points less.",
    )


@pytest.mark.parametrize("kept", [True, False])
def test_a_way_out_lets_it_change_its_room_and_is_solved(kept: bool) -> None:
    of = meeting(*SHUT)
    if not kept:
        of = meeting(*SHUT, rooms=["hall"])
    ways = explain(of, settings=Settings(workers=1)).repairs.ways
    found = [way for way in ways if way.sentence == "let A change its room overnight"]
    assert [way.cost for way in found] == ([15] if kept else [])
    for way in found:
        assert way.options == ("--set", "bodies.A.sessions.debate.room_may_change={price: 20}")


def test_what_the_way_out_proposes_works_at_its_price() -> None:
    outcome = solve(meeting(*SHUT, room_may_change={"price": 20}), Settings(workers=1))
    assert (outcome.status, outcome.cost) == (Status.OPTIMAL, 20)
