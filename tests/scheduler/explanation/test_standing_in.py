"""Deputies in explanations: as ways out, in what-if, and in why a session is where it is."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario

from exports.terminal.answers import why_here_verdict
from scheduler.alternatives.pareto import trade_offs
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.explanation.impossible import explain
from scheduler.explanation.repairs import WayOut
from scheduler.explanation.whatif import what_if
from scheduler.explanation.why_here import why_here
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

ONE = Settings(workers=1)
AWAY = "2025-02-25 10:00-13:00"
"""Tuesday morning; there is no other day."""
OFFICERS = [
    {"id": "chair", "post": "Chair of A", "name": "Amb. One", "absent": [AWAY]},
    {"id": "vice", "post": "Vice-Chair of A", "name": "Ms Two"},
    {"id": "other", "post": "Chair of B", "absent": [AWAY]},
]


def crowded(officers_of_a: list[Any], officers_of_b: list[Any]) -> Scenario:
    """Two sessions in two slots, of which the first is closed to both chairs."""
    bodies = {
        "A": {"officers": officers_of_a, "sessions": {"a": "3h"}},
        "B": {"officers": officers_of_b, "sessions": {"b": "3h"}},
    }
    return scenario(bodies, officers=OFFICERS, days=["2025-02-25"])


def ways(asked: Scenario) -> list[WayOut]:
    return [way for way in explain(asked, settings=ONE, ways=6).repairs.ways if "stand in" in way.sentence]


def test_the_vice_chair_stands_in_as_a_way_out_that_works_as_an_option() -> None:
    asked = crowded(["chair"], ["other"])
    (way,) = ways(asked)
    assert (way.sentence, way.cost) == ("let Ms Two, Vice-Chair of A, stand in for Amb. One, Chair of A, at A", 40)
    option = "bodies.A.sessions.a.officers=[{who: chair, deputies: [vice], price: 40}]"
    assert way.options == ("--set", option)
    answer = what_if(asked, settings=ONE, values=[option])
    assert (answer.before.status, answer.after.status, answer.after.cost) == (Status.INFEASIBLE, Status.OPTIMAL, 40)


def test_a_deputy_elsewhere_stands_in_at_the_price_written_there() -> None:
    bodies = {
        "A": {"officers": ["other"], "sessions": {"a": "3h"}},
        "B": {"officers": ["chair"], "sessions": {"b": "3h"}},
        "C": {"officers": [{"who": "other", "deputies": ["vice"], "price": 7}], "sessions": {"c": "3h"}},
    }
    rooms = [{"id": "hall"}, {"id": "annexe", "capacity": 5}]
    asked = scenario(
        bodies, {"rule": "one_at_a_time", "of": ["A", "B"]}, officers=OFFICERS, days=["2025-02-25"], rooms=rooms
    )
    found = {way.sentence: way.cost for way in ways(asked)}
    assert found["let Ms Two, Vice-Chair of A, stand in for the Chair of B at A"] == 7


def test_what_if_says_who_stands_in() -> None:
    asked = crowded(["chair"], [])
    answer = what_if(
        asked, settings=ONE, values=["bodies.A.officers=[{who: chair, deputies: [vice], price: 3}]"],
        require=["a on Tuesday am"],
    )  # fmt: skip
    assert [(price.name, price.sentence, price.before, price.after) for price in answer.prices] == [
        ("prices-of-deputies", "Ms Two, Vice-Chair of A, stands in for Amb. One, Chair of A, in A.", 0, 3)
    ]


def verdict(asked: Scenario, session: str) -> str:
    timetable = solve(asked, ONE).timetable
    assert timetable is not None
    return why_here_verdict(asked, why_here(asked, timetable, SessionId(session), settings=ONE))


def test_why_a_session_is_where_it_is_says_who_stands_in_and_why() -> None:
    asked = crowded([{"who": "chair", "deputies": ["vice"], "price": 3}], ["other"])
    assert verdict(asked, "a") == (
        "A starts on Tuesday 25 February at 10:00. Ms Two, Vice-Chair of A, stands in for Amb. One, Chair of A, "
        "who is away then, at 3 points. Every other slot breaks a rule:"
    )
    assert verdict(crowded([{"one_of": ["chair", "vice"]}], ["other"]), "a") == (
        "A starts on Tuesday 25 February at 10:00. Ms Two, Vice-Chair of A, is there in the place of Amb. One, "
        "Chair of A, who is away then. Every other slot breaks a rule:"
    )


def test_a_conflict_of_deputies_names_both_absences() -> None:
    officers = [OFFICERS[0], {**OFFICERS[1], "absent": ["2025-02-25"]}]
    asked = scenario(
        {"A": {"officers": [{"who": "chair", "deputies": ["vice"], "price": 3}], "sessions": {"a": "6h"}}},
        officers=officers, days=["2025-02-25"],
    )  # fmt: skip
    conflict = explain(asked, settings=ONE).conflict
    assert conflict is not None
    assert [member.sentence for member in conflict.rules] == [
        "Amb. One, Chair of A, is away on Tuesday 25 February, 10:00 to 13:00.",
        "Ms Two, Vice-Chair of A, is away on Tuesday 25 February.",
    ]


def test_a_wish_about_the_nights_of_officers_asks_for_settled_posts() -> None:
    with pytest.raises(InputError, match="who serves is not settled"):
        trade_offs(crowded([{"one_of": ["chair", "vice"]}], []), ["officer-nights", "cost"])
