"""Sessions that are suspended for fixtures: each case by hand, then random programmes against a second statement."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from support.project import ROOT
from support.rolling_comparison import compare
from support.small import scenario, timetable

from scheduler.checking import check
from scheduler.domain.base import RoomId, SessionId, altered
from scheduler.domain.cases import Cases
from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import InputError
from scheduler.explanation.impossible import explain
from scheduler.outcome import Outcome, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum

CLOSED = {"access": ["states-parties"]}
CLEARED = {"rule": "restricted_access", "clearing": "30 min"}
GRAIN = {"calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25", "2025-02-26"], "grain": "30 min"}}


def rolling(*names: str, **more: Any) -> dict[str, Any]:
    return {"rule": "rolling", "of": list(names), **more}


def at(session: str, clock: str, when: str = "Tuesday") -> dict[str, Any]:
    return {"rule": "anchor", "of": [session], "at": clock, "when": when}


def item(duration: str, suspends_for: Any = True, **more: Any) -> dict[str, Any]:
    return {"suspends_for": suspends_for, "sessions": {"x": duration}, **more}


def hours(placement: Placement) -> list[str]:
    return [f"{s.day:%a} {s.start / 60:g}-{s.end / 60:g}" for s in placement.segments]


def sits(of: Scenario, **places: str) -> list[str]:
    return hours(timetable(of, places)[SessionId("x")])


def test_a_panel_stops_it_and_it_goes_on_after_lunch() -> None:
    of = scenario({"X": item("4h"), "PANEL": {"panel": "1h"}}, rolling("X"), at("panel", "11:00"))
    places = timetable(of, {"panel": "Tue 11:00", "x": "Tue 10:00"})
    x = places[SessionId("x")]
    assert hours(x) == ["Tue 10-11", "Tue 12-13", "Tue 15-17"]
    assert [len(part) for part in of.parts(x)] == [1, 2], "three segments, two parts: lunch is no suspension"
    assert check(of, places).keeps_all


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        pytest.param((), ["Tue 10-13", "Wed 10-12"], id="the whole slot"),
        pytest.param((CLEARED,), ["Tue 10-13", "Tue 15-16", "Wed 10-11"], id="30 min on each side"),
    ],
)
def test_a_closed_forum_closes_more_than_its_minutes(rules: tuple[dict[str, Any], ...], found: list[str]) -> None:
    bodies = {"X": item("5h"), "FORUM": CLOSED | {"sessions": {"forum": "1h"}}}
    of = scenario(bodies, rolling("X"), at("forum", "16:30"), *rules)
    places = {"forum": "Tue 16:30", "x": "Tue 10:00"}
    assert sits(of, **places) == found
    assert check(of, timetable(of, places)).keeps_all


def test_ending_as_the_panel_begins_is_no_suspension() -> None:
    bodies = {"C": {"suspends_for": True, "sessions": {"x": "2h", "y": "2h"}}, "PANEL": {"panel": "30 min"}}
    of = scenario(bodies, rolling("C"), {"rule": "order", "of": ["x", "y"]}, at("panel", "12:00"))
    places = timetable(of, {"panel": "Tue 12:00", "x": "Tue 10:00", "y": "Tue 12:30"})
    assert [len(of.parts(p)) for p in places] == [1, 1, 1]
    assert check(of, places).keeps_all


def test_two_closed_meetings_that_touch_make_one_gap() -> None:
    bodies = {"X": item("5h"), "A": CLOSED | {"sessions": {"a": "1h"}}, "B": CLOSED | {"sessions": {"b": "1h"}}}
    of = scenario(bodies, rolling("X"), at("a", "15:00"), at("b", "16:00"))
    assert sits(of, a="Tue 15:00", b="Tue 16:00", x="Tue 10:00") == ["Tue 10-13", "Wed 10-12"]


def test_nobody_else_sits_amid_it_even_in_the_rest_of_a_closed_slot() -> None:
    bodies = {"X": item("5h", ["a"]), "A": CLOSED | {"sessions": {"a": "1h", "b": "1h"}}}
    of = scenario(bodies, rolling("X"), at("a", "15:00"), at("b", "16:00"))
    found = check(of, timetable(of, {"a": "Tue 15:00", "b": "Tue 16:00", "x": "Tue 10:00"}))
    assert "A b sits amid X, which is not suspended for it" in {v.message for v in found.broken}
    assert solve_with(of, "x", "Tuesday 10:00-13:00").timetable is None


def test_its_chair_may_chair_the_panel_and_be_away_while_it_sits() -> None:
    officers = [
        {"id": "chair", "post": "Chair"},
        {"id": "deputy", "post": "Deputy", "absent": ["2025-02-25 11:00-12:00"]},
    ]
    bodies = {
        "X": item("4h", officers=["chair", "deputy"]),
        "PANEL": {"officers": ["chair"], "sessions": {"panel": "1h"}},
    }
    of = scenario(bodies, rolling("X"), at("panel", "11:00"), officers=officers)
    assert check(of, timetable(of, {"panel": "Tue 11:00", "x": "Tue 10:00"})).keeps_all
    assert solve_with(of, "x", "Tuesday 10:00-13:00").timetable is not None


def test_an_order_with_the_panel_lets_it_not_interrupt() -> None:
    bodies = {"X": item("2h30"), "PANEL": {"panel": "30 min"}}
    of = scenario(bodies, rolling("X"), at("panel", "12:00"), {"rule": "order", "of": ["x", "panel"]}, **GRAIN)
    assert solve_with(of, "x", "Tuesday").timetable is None
    assert solve_with(altered(of, rules=of.rules[:2]), "x", "Tuesday").timetable is not None


def test_around_a_closed_afternoon_it_sits_on_two_days() -> None:
    bodies = {"X": item("5h"), "FORUM": CLOSED | {"sessions": {"forum": "1h"}}}
    of = scenario(bodies, rolling("X"), at("forum", "16:30"), {"rule": "within_day", "of": ["x"]}, **GRAIN)
    assert solve_with(of, "x", "Tuesday").timetable is None


@pytest.mark.parametrize(
    ("suspends_for", "duration", "starts"),
    [
        pytest.param(False, "1h", 11, id="it fits before the panel"),
        pytest.param(False, "1h30", 12.5, id="it does not"),
        pytest.param(True, "1h30", 11, id="it is suspended"),
    ],
)
def test_hard_rolling_starts_at_the_first_minute_at_which_it_could_stand(
    suspends_for: bool, duration: str, starts: float
) -> None:
    bodies = {
        "C": {"suspends_for": suspends_for, "sessions": {"a": "1h", "x": duration}},
        "PANEL": {"panel": "30 min"},
    }
    rules = (rolling("C"), at("panel", "12:00"), {"rule": "order", "of": ["a", "x"]})
    found = solve_with(scenario(bodies, *rules, **GRAIN), "a", "Tuesday 10:00-13:00")
    assert found.timetable is not None
    assert found.timetable[SessionId("x")].segments[0].start == starts * 60


def test_soft_rolling_counts_the_minutes_of_the_gap_once() -> None:
    bodies = {"C": {"suspends_for": True, "sessions": {"x": "2h", "y": "1h"}}, "PANEL": {"panel": "1h"}}
    of = scenario(bodies, rolling("C", weight=1), at("panel", "11:00"))
    places = timetable(of, {"panel": "Tue 11:00", "x": "Tue 10:00", "y": "Tue 16:00"})
    assert [v.amount for v in of.rules[0].check(of, places)] == [60]


def test_a_forum_with_three_places_leaves_no_idle_minute_in_any_of_them() -> None:
    bodies = {
        "C": {"suspends_for": True, "sessions": {"x": "4h30", "y": "4h30"}},
        "FORUM": CLOSED | {"sessions": {"forum": "3h"}},
    }
    rules = (rolling("C"), {"rule": "order", "of": ["x", "y"]})
    for part in ("Tuesday 15:00-18:00", "Wednesday 10:00-13:00", "Wednesday 15:00-18:00"):
        of = scenario(bodies, *rules, {"rule": "only_on", "of": ["forum"], "when": [part]}, **GRAIN)
        found = solve_with(of, "x", "Tuesday 10:00-13:00")
        assert found.timetable is not None, part
        idle = of.rules[0].model_copy(update={"weight": 1})
        assert list(idle.check(of, found.timetable)) == [], part


def test_the_judge_says_how_it_should_be_suspended() -> None:
    of = scenario({"X": item("4h"), "PANEL": {"panel": "1h"}}, rolling("X"), at("panel", "11:00"))
    room = RoomId("plenary")
    panel = of.place(SessionId("panel"), 60, room)
    uncut = of.place(SessionId("x"), 0, room)
    assert panel is not None
    assert uncut is not None
    messages = {v.message for v in check(of, Timetable([uncut, panel])).broken}
    assert any("is not suspended as it should be, for PANEL" in message for message in messages)


def test_an_anchor_that_is_missed_stops_nobody() -> None:
    of = scenario({"X": item("4h"), "PANEL": {"panel": "1h"}}, rolling("X"), at("panel", "11:00"))
    assert sits(of, panel="Tue 12:00", x="Tue 10:00") == ["Tue 10-13", "Tue 15-16"]


def council() -> Scenario:
    from ruamel.yaml import YAML

    text = (ROOT / "docs" / "scenario.md").read_text("utf-8").partition("## Suspended sessions")[2]
    block = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    data = YAML(typ="safe", pure=True).load(block[1].replace("Tuesday 2027", "2027").replace("Wednesday 2027", "2027"))
    data["calendar"]["days"] = [str(day) for day in data["calendar"]["days"]]
    return from_data({"name": "council", "meeting": {"series": "Council", "annex_title": "COUNCIL"}, **data})


def test_the_plenary_of_the_council_is_never_empty_while_there_is_work() -> None:
    of = council()
    found = solve(of)
    assert found.status is Status.OPTIMAL
    assert found.timetable is not None
    assert found.ties is not None
    assert (found.ties.count, found.ties.exact) == (1, True)
    assert {str(p.session): hours(p) for p in found.timetable} == {
        "item-3": ["Tue 9-11.75", "Tue 12.25-15", "Tue 17-17.5"],
        "item-4": ["Tue 17.5-18", "Wed 9-11.5"],
        "panel": ["Tue 15-17"],
        "visit": ["Tue 11.75-12", "Tue 12-12.25"],
    }
    undeclared = altered(of, bodies=(of.bodies[0].model_copy(update={"suspends_for": None}), *of.bodies[1:]))
    assert solve(undeclared).status is Status.INFEASIBLE


def test_an_item_that_a_closed_forum_interrupts_resumes_next_morning() -> None:
    bodies = {
        "C": {"suspends_for": ["FORUM"], "sessions": {"x": "4h", "y": "2h"}},
        "FORUM": CLOSED | {"sessions": {"forum": "3h"}},
    }
    rules = (
        rolling("C"),
        {"rule": "order", "of": ["x", "y"]},
        {"rule": "only_on", "of": ["forum"], "when": ["Tuesday 15:00-18:00"]},
        {"rule": "early_finish", "weight": 1},
    )
    found = solve(scenario(bodies, *rules, **GRAIN))
    assert found.timetable is not None
    assert hours(found.timetable[SessionId("x")]) == ["Tue 10-13", "Wed 10-11"]


@pytest.mark.parametrize("batch", range(3))
def test_random_programmes_mean_the_same_in_a_second_statement(batch: int) -> None:
    seen: Counter[str] = Counter()
    different = [text for n in range(8) for text in compare(f"suspended {batch} {n}", seen)]
    assert different == []
    assert seen["with sessions that may be suspended"] == 8


def test_random_programmes_with_breaks_mean_the_same_in_a_second_statement() -> None:
    seen: Counter[str] = Counter()
    assert [text for n in range(8) for text in compare(f"suspended with breaks {n}", seen)] == []
    assert seen["with breaks"] > 0


@pytest.mark.parametrize("closed", [False, True])
def test_the_second_engine_finds_the_same(closed: bool) -> None:
    panel = {"sessions": {"panel": "1h"}} | (CLOSED if closed else {})
    bodies = {"C": {"suspends_for": True, "sessions": {"x": "3h", "y": "1h"}}, "PANEL": panel}
    rules = (rolling("C", weight=1), at("panel", "11:00"), {"rule": "not_on", "when": ["Tuesday pm"], "weight": 7})
    of = scenario(bodies, *rules, **GRAIN)
    found, cost = optimum(of)
    assert found.complete
    assert cost == solve(of).cost


def solve_with(of: Scenario, session: str, part: str) -> Outcome:
    from constraints import KINDS

    pin = KINDS["pin"].model_validate({"rule": "pin", "id": "here", "of": [session], "start": part})
    return solve(altered(of, rules=(*of.rules, pin)))


def test_many_panels_at_fixed_times_are_one_case_and_too_many_places_are_refused() -> None:
    panels = {f"p{n}": "30 min" for n in range(12)}
    days = [f"2025-03-{n:02}" for n in range(3, 9)]
    rules = [
        {"rule": "anchor", "of": [f"p{n}"], "at": clock, "when": days[n // 2]}
        for n, clock in ((n, "11:00" if n % 2 else "16:00") for n in range(12))
    ]
    bodies = {"X": item("20h"), "P": {"sessions": panels}}
    calendar = {"slots": ["10:00-13:00", "15:00-18:00"], "days": days, "grain": "30 min"}
    found = solve(scenario(bodies, rolling("X"), *rules, {"rule": "early_finish", "weight": 1}, calendar=calendar))
    assert found.timetable is not None
    of = scenario(bodies, rolling("X"), *rules, calendar=calendar)
    assert len(Cases(of, SessionId("x")).closed) == 1
    free = scenario(bodies, rolling("X"), *({**rule, "when": None} for rule in rules), calendar=calendar)
    with pytest.raises(InputError, match="X can be suspended in more than 50,000 ways: pin some of its 12 fixtures"):
        Cases(free, SessionId("x"))


def test_a_session_has_cases_for_the_fixtures_that_it_can_meet_alone() -> None:
    days = ["2025-02-25", "2025-02-26", "2025-02-27"]
    calendar = {"slots": ["10:00-13:00", "15:00-18:00"], "days": days, "grain": "1h"}
    panels = {f"p{n}": "1h" for n in range(3)}
    rules = [at(f"p{n}", "11:00", when) for n, when in enumerate(days)]
    of = scenario({"X": item("2h"), "P": {"sessions": panels}}, rolling("X"), *rules, calendar=calendar)
    found = Cases(of, SessionId("x"), firm=())  # as where the anchors may be given up
    assert len(found.closed) == 4, "nothing, or one of the panels: never two of them"
    assert [len(found.at[60 * hour]) for hour in range(6)] == [2, 2, 1, 1, 1, 1]
    # from 10:00 and 11:00 it meets the panel of its day; from 17:00 it ends as the panel of the next day begins


def test_twenty_panels_that_may_be_given_up_are_explained() -> None:
    days = [f"2025-03-{n:02}" for n in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]
    calendar = {"slots": ["10:00-13:00", "15:00-18:00"], "days": days, "grain": "1h"}
    panels = {f"p{n}": "1h" for n in range(20)}
    anchors = [at(f"p{n}", "16:00" if n % 2 else "11:00", days[n // 2]) for n in range(20)]
    bodies = {"X": {"suspends_for": True, "sessions": {"x": "3h", "y": "3h"}}, "P": {"sessions": panels}}
    too_early = {"rule": "only_on", "of": ["x"], "when": [f"{days[1]} am"]}  # 2 h are left there
    found = explain(scenario(bodies, rolling("X"), *anchors, too_early, calendar=calendar))
    assert found.conflict is not None
    assert {member.name for member in found.conflict.members} == {"anchor-3", "only_on"}
