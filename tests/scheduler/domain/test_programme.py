"""Who meets, who may attend, who must."""

from __future__ import annotations

from typing import Any

from support.letters import document, entry
from support.small import scenario as small

from scheduler.domain.base import SessionId
from scheduler.reading.entry import from_data


def changed(**bodies: dict[str, Any]) -> dict[str, Any]:
    given = document("csp11")
    for name, fields in bodies.items():
        entry(given, "bodies", name).update(fields)
    return given


def test_a_body_whose_post_is_vacant_is_dropped_with_those_below_it() -> None:
    scenario = from_data(changed(WGTU={"parent": "DIEF"}))
    assert list(scenario.dropped) == ["WGTU", "DIEF"]
    assert list(scenario.sessions) == ["nip", "cei", "wgtr"]


def test_a_body_may_be_held_although_a_post_is_vacant() -> None:
    scenario = from_data(changed(DIEF={"when_vacant": "held"}))
    assert scenario.dropped == {}
    assert scenario.officers_of(SessionId("dief")) == ()


def test_one_vacant_post_of_several_drops_a_body() -> None:
    officers = [{"id": "here", "post": "Chair"}, {"id": "gone", "post": "Co-Chair", "vacant": True}]
    bodies = {
        name: {"officers": ["here", "gone"], "when_vacant": what, "sessions": {name.lower(): "1h"}}
        for name, what in (("A", "dropped"), ("B", "held"))
    }
    scenario = small(
        {**bodies, "C": {"officers": ["here"], "when_vacant": "dropped", "sessions": {"c": "1h"}}}, officers=officers
    )
    assert {body: officer.id for body, officer in scenario.dropped.items()} == {"A": "gone"}


def test_a_rule_that_names_a_body_means_the_bodies_below_it_too() -> None:
    scenario = from_data(changed(WGTU={"parent": "WGETI"}) | {"rules": []})
    assert scenario.work("WGETI") == ("nip", "cei", "wgtu")


def test_access_is_the_sessions_own_or_the_bodys_or_that_of_the_body_above() -> None:
    given = changed(WGETI={"access": ["states-parties"]}, WGTU={"parent": "WGETI"}) | {"rules": []}
    entry(given, "sessions", "cei")["access"] = ["states-parties", "signatory-states"]
    scenario = from_data(given)
    admitted = {session: sorted(scenario.audience(session)) for session in scenario.sessions}
    assert (admitted[SessionId("nip")], admitted[SessionId("wgtu")]) == (["states-parties"], ["states-parties"])
    assert admitted[SessionId("cei")] == ["signatory-states", "states-parties"]
    assert [s for s in scenario.sessions if scenario.restricted(s)] == ["nip", "cei", "wgtu"]


def test_the_grain_is_the_greatest_step_that_divides_every_length() -> None:
    assert from_data(document("csp11")).grain == 90
    assert from_data(document("csp12")).grain == 15


def test_a_duration_counted_from_the_floor_is_rounded_up_to_the_declared_grain() -> None:
    given = changed()
    entry(given, "sessions", "wgtu")["duration"] = {
        "opening": "20m", "speakers": "35..50", "minutes_each": "3..5", "replies": "15m"
    }  # fmt: skip
    given["calendar"]["grain"] = "15m"
    scenario = from_data(given)
    duration = scenario.sessions[SessionId("wgtu")].duration
    assert (duration.low, duration.likely, duration.high) == (140, 205, 285)
    assert scenario.minutes(SessionId("wgtu")) == 210


def test_the_normalised_document_is_the_scenario_again() -> None:
    for name in ("csp3", "csp8", "csp10", "csp11", "csp12"):
        scenario = from_data(document(name))
        assert from_data(scenario.document) == scenario
        assert from_data(scenario.document).sha256 == scenario.sha256
