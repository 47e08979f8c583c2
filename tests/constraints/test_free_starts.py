"""Work that may start anywhere in its slot, as ``starts`` declares it: meaning, contradictions and doubts."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from exports.annex.entries import entries_by_block
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.forecasting.tracks import tracks_of
from scheduler.outcome import Settings, Status, Ties
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum

FREE = {"starts": "anywhere"}
ONE_SLOT: dict[str, Any] = {"days": ["2025-02-25"], "slots": ["10:00-13:00"]}


def free(hours: str, **more: Any) -> dict[str, Any]:
    return FREE | {"sessions": {"free": {"duration": hours} | more}}


def test_it_starts_off_the_opening_and_leaves_the_rest_of_its_slot_to_others() -> None:
    of = scenario({"A": free("1h"), "B": FREE | {"sessions": {"b": "1h"}}}, **ONE_SLOT)
    assert check(of, timetable(of, {"free": "Tue 12:00", "b": "Tue 10:00"})).broken == ()
    assert solve(of).ties == Ties(6, exact=True)  # two of three places, in either order


def test_it_does_not_start_in_a_rest_that_fixed_boundaries_keep() -> None:
    of = scenario({"A": free("1h"), "B": "1h"}, **ONE_SLOT)
    broken = check(of, timetable(of, {"free": "Tue 11:00", "b": "Tue 10:00"})).broken
    assert [violation.message for violation in broken] == ["A starts in what B leaves of its last slot"]
    assert solve(of).status is Status.INFEASIBLE
    assert optimum(of)[0].impossible is True


def test_a_session_takes_back_what_its_body_says_and_a_body_what_the_body_above_says() -> None:
    of = scenario(
        {
            "A": FREE | {"sessions": {"a": "1h", "b": {"duration": "1h", "starts": "at_opening"}}},
            "C": {"parent": "A", "sessions": {"c": "1h"}},
            "D": {"parent": "A", "starts": "at_opening", "sessions": {"d": "1h", "e": {"duration": "1h"} | FREE}},
        }
    )
    assert of.starting_anywhere == {"a", "c", "e"}


def test_the_standing_rule_names_whom_it_leaves_out() -> None:
    of = scenario({"A": free("1h"), "B": "1h"})
    rule = next(rule for rule in of.standing if rule.rule == "fixed_boundaries")
    assert rule.describe(of) == (
        "Every session starts when a slot opens and keeps the rest of its last slot; A may start anywhere in a slot."
    )


def test_a_suspended_session_starts_anywhere_but_in_the_minutes_that_its_fixture_closes() -> None:
    bodies = {"A": free("2h", suspends_for=["panel"]), "PANEL": "1h"}
    of = scenario(bodies, {"rule": "anchor", "of": ["panel"], "at": "12:00"}, **ONE_SLOT | {"slots": ["10:00-15:00"]})
    panel = timetable(of, {"panel": "Tue 12:00"})
    starts = {m for m in range(0, 300, 60) if of.place(SessionId("free"), m, None, panel)}
    assert starts == {0, 60, 180}
    stopped = timetable(of, {"free": "Tue 11:00", "panel": "Tue 12:00"})
    assert [str(s) for s in stopped[SessionId("free")].segments] == [
        "Tuesday 25 February, 11:00 – 12:00",  # noqa: RUF001 - as printed
        "Tuesday 25 February, 13:00 – 14:00",  # noqa: RUF001 - as printed
    ]
    assert check(of, stopped).broken == ()


def test_the_annex_prints_the_hours_and_the_forecast_keeps_the_planned_start() -> None:
    of = scenario({"A": free("1h"), "B": FREE | {"sessions": {"b": "30 min"}}}, **ONE_SLOT)
    places = timetable(of, {"b": "Tue 10:00", "free": "Tue 11:30"})
    (entries,) = entries_by_block(of, places).values()
    assert [[part.hours for part in entry.parts] for entry in entries] == [["10:00 – 10:30"], ["11:30 – 12:30"]]  # noqa: RUF001
    assert [sitting.waits_for for sitting in tracks_of(of, places)[0].sittings] == [0, 90]


TEXT = """
name: free
meeting: {series: Free, annex_title: FREE}
calendar: {slots: [10:00-13:00], days: [2025-02-25]}
bodies:
  - {id: A, starts: anywhere, sessions: [{id: a, duration: 1h}, {id: b, duration: 1h}]}
"""


def told(rule: str, text: str = TEXT) -> tuple[list[str], list[str]]:
    """Errors, and warnings that stand at a key ``starts``."""
    try:
        loaded = from_document(parse_document(f"{text}rules: [{rule}]\n".encode(), "free.yaml"))
    except ScenarioError as error:
        return [each.message for each in error.diagnostics], []
    return [], [each.message for each in loaded.warnings if "starts" in str(each)]


AT_OPENINGS = "A starts anywhere here, and only when a slot opens by the rule 'fixed_boundaries'"
ROLLS = "A is on a rolling basis by the rule 'rolling', which says when it starts"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{rule: fixed_boundaries}", AT_OPENINGS),
        ("{rule: fixed_boundaries, of: [b]}", AT_OPENINGS),
        ("{rule: rolling, of: [A]}", ROLLS),
    ],
)
def test_what_contradicts_it_is_an_error(rule: str, message: str) -> None:
    assert told(rule) == ([message], [])


def test_at_opening_beside_a_rolling_wish_is_an_error() -> None:
    text = TEXT.replace("anywhere", "at_opening")
    assert told("{rule: rolling, weight: 2}", text) == ([ROLLS], [])


@pytest.mark.parametrize(
    "rule", ["{rule: rolling, weight: 1}", "{rule: one_body_per_room}", "{rule: anchor, of: [A], at: '10:30'}"]
)
def test_what_says_more_of_all_the_work_makes_a_doubt(rule: str) -> None:
    assert told(rule) == ([], ["A may start within a slot anyway, as rules say when: the key says nothing"])


@pytest.mark.parametrize(
    "rule",
    [
        "{rule: rolling, of: [a], weight: 1}",
        "{rule: fixed_boundaries, weight: 1}",
        "{rule: anchor, of: [a], at: '10:30'}",
    ],
)
def test_what_says_more_of_a_part_makes_none(rule: str) -> None:
    assert told(rule) == ([], [])


def test_the_word_is_one_of_two() -> None:
    errors, _ = told("", TEXT.replace("anywhere", "anywher"))
    assert errors == ["'anywher' is not one of: at_opening, anywhere"]


def test_a_free_start_is_solved_alike_with_one_worker_and_by_the_second_engine() -> None:
    rule = {"rule": "latest_hour", "of": ["A"], "hour": "12:00", "weight": 3}
    of = scenario({"A": free("2h"), "B": FREE | {"sessions": {"b": "1h"}}}, rule, **ONE_SLOT)
    assert solve(of, Settings(workers=1)).cost == 0
    assert optimum(of)[1] == 0
