"""Side events placed and judged: the example of the page, and places worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML
from support.project import ROOT

from scheduler.checking import check
from scheduler.domain.clock import parse_hours
from scheduler.domain.side_events import HeldEvent
from scheduler.outcome import Outcome, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.completing import solve_all

MONDAY, TUESDAY, WEDNESDAY = (date(2027, 3, day) for day in (1, 2, 3))


def week(*events: dict[str, Any], **said: Any) -> Scenario:
    """Three days with a window at lunch, one session, and these side events."""
    return from_data(
        {
            "name": "week",
            "meeting": {"series": "Week", "annex_title": "WEEK"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2027-03-01", "2027-03-02", "2027-03-03"]},
            "bodies": [{"id": "WG", "sessions": [{"id": "wg", "duration": "3h"}]}],
            "side_events": {"windows": ["13:15-14:45"], "events": list(events), **said},
        }
    )


def event(title: str, **said: Any) -> dict[str, Any]:
    return {"title": title, "length": "1h", **said}


def given(title: str, day: str, **said: Any) -> dict[str, Any]:
    return {"title": title, "day": day, "hours": "13:15-14:45", **said}


def held(scenario: Scenario) -> list[tuple[str, int, str, str]]:
    """Event, day of the month, hours and room."""
    outcome = solve_all(scenario)
    assert outcome.timetable is not None
    assert outcome.timetable.side_events is not None
    return [(e.event, e.day.day, e.shown.replace(" \u2013 ", "-"), e.room) for e in outcome.timetable.side_events]


def said_of(scenario: Scenario, *places: tuple[str, date, str, str]) -> list[str]:
    """What the judge says of these places, beside a timetable that keeps the rules."""
    outcome = solve_all(scenario)
    timetable = outcome.timetable
    if timetable is None:
        timetable = solve_all(week()).timetable
    assert timetable is not None
    events = [HeldEvent(day, *parse_hours(hours), name, room) for name, day, hours, room in places]
    return [violation.message for violation in check(scenario, timetable.with_side_events(events)).violations]


def test_the_example_of_the_page_stands_as_the_page_says() -> None:
    page = (ROOT / "docs" / "scenario.md").read_text("utf-8").partition("## Side events")[2]
    text = page.partition("```yaml\n")[2].partition("```")[0]
    text = text.replace("Tuesday 2027-02-23, Wednesday 2027-02-24", "'2027-02-23', '2027-02-24'")
    data = YAML(typ="safe", pure=True).load(text.replace("day: 2027-02-23", "day: '2027-02-23'"))
    of = from_data({"name": "page", "meeting": {"series": "Page", "annex_title": "PAGE"}, **data})
    assert held(of) == [
        ("launch-of-a-study", 23, "13:15-14:00", "Foyer"),
        ("film", 24, "13:15-14:15", "XXIII"),
        ("round-table", 24, "13:15-14:45", "Foyer"),
    ]
    assert solve_all(of).cost == 0


def test_events_are_spread_over_the_days_and_the_first_has_the_first() -> None:
    of = week(event("A"), event("B"), event("C"), rooms=["X"])
    assert held(of) == [("a", 1, "13:15-14:15", "X"), ("b", 2, "13:15-14:15", "X"), ("c", 3, "13:15-14:15", "X")]


def test_a_wish_is_granted_unless_even_days_are_worth_more() -> None:
    events = [event(name, wished=["Monday"]) for name in "ABC"]
    assert [day for _, day, *_ in held(week(*events, missed_wish=5))] == [1, 1, 1]
    outcome = solve_all(week(*events, missed_wish=5))
    assert outcome.cost == 2  # three on Monday, none on Tuesday: two beyond the one that is even
    assert [day for _, day, *_ in held(week(*events, spread=9))] == [1, 2, 3]
    assert solve_all(week(*events, spread=9)).cost == 2  # two wishes


def test_a_given_event_keeps_its_room_its_people_and_its_place_in_the_window() -> None:
    there = given("Briefing", "2027-03-01", room="X", organiser="Norway")
    assert held(week(there, event("A"), rooms=["X"])) == [("a", 2, "13:15-14:15", "X")]
    assert held(week(there, event("A", organiser="norway", wished=["Monday"])))[0][1] == 2
    assert held(week(there, event("A", wished=["Monday"]), at_most=1))[0][1] == 2
    assert held(week(there, event("A", wished=["Monday"])))[0][1] == 1


def test_a_speaker_who_is_an_officer_is_one_person_by_id_and_by_name() -> None:
    of = week(event("A", speakers=["dr"]), event("B", organiser="Dr Example"))
    people = [{"id": "dr", "name": "Dr Example", "absent": ["2027-03-02"]}]
    whole = from_data({**of.document, "people": people})
    assert [(name, day) for name, day, *_ in held(whole)] == [("a", 1), ("b", 3)]


def test_an_event_never_runs_over_an_open_slot_and_a_long_window_takes_what_ends_before() -> None:
    of = week(event("A", length="45 min"), windows=["14:15-16:00"])
    assert held(of) == [("a", 1, "14:15-15:00", "")]
    outcome = solve_all(week(event("A"), windows=["14:15-16:00"]))
    assert (outcome.status, outcome.reasons) == (
        Status.INFEASIBLE,
        ("'A' has no window: it would run over the meeting's slot 15:00 \u2013 18:00.",),
    )


@pytest.mark.parametrize(
    ("events", "said", "reason"),
    [
        (
            [event(name) for name in "ABCD"],
            {"rooms": ["X"]},
            "4 side events ask for a place ('A', 'B', 'C' and 'D'), and 3 windows exist for them, with room for one "
            "event each.",
        ),
        (
            [event(f"E{number}") for number in range(8)],
            {"rooms": ["X", "Y", "Z"], "at_most": 2},
            "8 side events ask for a place ('E0', 'E1', 'E2', 'E3' and 4 more), and 3 windows exist for them, with "
            "room for 6, 2 in each.",
        ),
        (
            [event(name, organiser="Peru") for name in "ABCD"],
            {},
            "Peru is needed at 4 side events ('A', 'B', 'C' and 'D'), and 3 windows are open to them: nobody is at two "
            "at once.",
        ),
        ([event("A", length="2h")], {}, "'A' has no window: it takes 2 h, the window 1 h 30."),
        (
            [event("A"), event("B", day="2027-03-01"), event("C", day="2027-03-01")],
            {"rooms": ["X"]},
            "2 side events ask for a place ('B' and 'C'), and one window exists for them, with room for one.",
        ),
    ],
)
def test_what_cannot_be_placed_is_told_in_words(events: list[Any], said: dict[str, Any], reason: str) -> None:
    outcome = solve_all(week(*events, **said))
    assert (outcome.status, outcome.timetable, outcome.reasons) == (Status.INFEASIBLE, None, (reason,))


def test_people_and_rooms_together_can_be_what_leaves_no_place() -> None:
    """One window; Peru and Chile hold A and B, Norway and Chile C: each two share nobody but in a triangle."""
    events = [
        event("A", organiser=["Peru", "Chile"], day="2027-03-01"),
        event("B", organiser=["Norway"], day="2027-03-01", windows=["13:15-14:45"]),
        event("C", organiser=["Norway", "Peru"], day="2027-03-01"),
    ]
    windows = ["13:15-14:45", "18:15-19:45"]
    outcome = solve_all(week(*events, windows=windows, rooms=["X"]))
    assert outcome.reasons == (
        "3 side events ask for a place ('A', 'B' and 'C'), and 2 windows exist for them, with room for one event each.",
    )
    outcome = solve_all(week(*(e | {"windows": ["13:15-14:45"]} for e in (events[0], events[2])), rooms=["X", "Y"]))
    assert outcome.reasons == (
        "Peru is needed at 2 side events ('A' and 'C'), and one window is open to them: nobody is at two at once.",
    )


def test_the_judge_names_what_is_wrong_with_a_place() -> None:
    of = week(event("A", organiser="Peru"), event("B", organiser="Peru"), rooms=["X", "Y"], at_most=1)
    right = [("a", MONDAY, "13:15-14:15", "X"), ("b", TUESDAY, "13:15-14:15", "X")]
    assert said_of(of, *right) == []
    assert said_of(of, right[0]) == ["'B' is not placed"]
    assert said_of(of, right[0], ("b", TUESDAY, "13:30-14:30", "X")) == [
        "'B' is on Tuesday 2 March, 13:30 \u2013 14:30, and begins with no window that is long enough"
    ]
    assert said_of(of, right[0], ("b", TUESDAY, "13:15-14:45", "X")) == ["'B' is given 1 h 30, it takes 1 h"]
    assert said_of(of, right[0], ("b", TUESDAY, "13:15-14:15", "Z")) == [
        "'B' is in 'Z', but may be held in 'X' or 'Y' only"
    ]
    assert said_of(of, right[0], ("b", MONDAY, "13:15-14:15", "X")) == [
        "'A' and 'B' are both in X on Monday 1 March, 13:15 \u2013 14:15",
        "Peru is at 'A' and 'B' on Monday 1 March, 13:15 \u2013 14:15",
        "Monday 1 March, 13:15 \u2013 14:45 has 2 side events, at most 1 may be in it",
        "Side events are not spread evenly: 2 events on Monday 1 March, none on Tuesday 2 March",
    ]
    over = week(event("A", length="3h"), windows=["15:00-18:00"])
    assert said_of(over, ("a", MONDAY, "15:00-18:00", "")) == [
        "'A' is on Monday 1 March, 15:00 \u2013 18:00, over the meeting's slot 15:00 \u2013 18:00"
    ]


def test_the_points_of_a_judged_place_are_those_of_the_page() -> None:
    of = week(event("A", wished=["Tuesday"]), event("B"), event("C"), event("D"), missed_wish=4, spread=3)
    places = [(name, MONDAY, "13:15-14:15", "") for name in "abcd"]
    timetable = solve_all(of).timetable
    assert timetable is not None
    events = [HeldEvent(day, *parse_hours(hours), name, room) for name, day, hours, room in places]
    report = check(of, timetable.with_side_events(events))
    assert {violation.id: violation.penalty for violation in report.violations} == {
        "side_events.missed_wish": 4,
        "side_events.spread": 9,  # 4 on Monday, none on Tuesday: three beyond the one that is even
    }


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([event("A", day="2027-03-01")], "and no other is as good"),
        ([event("A")], "and no other has its sessions elsewhere and is as good; side events may stand otherwise"),
    ],
)
def test_optimal_says_what_is_proved_of_sessions_and_of_side_events(events: list[Any], sentence: str) -> None:
    of = week(*events)
    fixed = from_data({**of.document, "rules": [{"rule": "pin", "of": ["wg"], "start": "2027-03-01", "at": "10:00"}]})
    outcome = solve_all(fixed)
    assert outcome.sentence == f"optimal: no timetable of this scenario costs less, {sentence}"


def test_an_answer_is_optimal_where_sessions_and_side_events_are() -> None:
    from scheduler.domain.timetable import Timetable
    from scheduler.solving.completing import completed
    from scheduler.solving.side_events.placing import EventsPlaced

    sessions = Outcome(Status.OPTIMAL, Timetable([]), 3, 3)
    half = completed(sessions, EventsPlaced(Status.FEASIBLE, (), 4, 1))
    assert (half.status, half.cost, half.bound) == (Status.FEASIBLE, 7, 4)
    whole = completed(sessions, EventsPlaced(Status.OPTIMAL, (), 4, 4))
    assert (whole.status, whole.cost, whole.bound) == (Status.OPTIMAL, 7, 7)
    none = completed(sessions, EventsPlaced(Status.UNKNOWN))
    assert (none.status, none.timetable) == (Status.UNKNOWN, None)


def test_what_runs_over_midnight_meets_what_stands_in_the_small_hours() -> None:
    late = {"title": "Reception", "day": "2027-03-01", "hours": "22:00-01:00", "organiser": "Peru", "room": "X"}
    of = week(late, event("A", organiser="Peru"), windows=["00:15-02:00"], spread=0)
    assert held(of) == [("a", 1, "00:15-01:15", "")]  # the night before the reception
    assert held(week(late, event("A", rooms=["X"], day="2027-03-02"), windows=["01:00-02:00"]))[0][1] == 2
    outcome = solve_all(week(late, event("A", rooms=["X"], day="2027-03-02"), windows=["00:15-02:00"]))
    assert outcome.reasons == (
        "'A' has no window: Monday 1 March, 00:15 \u2013 02:00 and Wednesday 3 March, 00:15 \u2013 02:00: its day is "
        "given: Tuesday 2 March; Tuesday 2 March, 00:15 \u2013 02:00: those that are given, or the meeting, have 'X' "
        "then.",
    )


def test_events_of_one_title_are_told_apart_by_who_holds_them() -> None:
    of = week(
        event("Talk", organiser="Peru"), event("Talk", organiser=["Chile", "Norway"]), event("Talk"), event("Film")
    )
    assert said_of(of) == [
        "'Talk' (Peru) is not placed",
        "'Talk' (Chile and Norway) is not placed",
        "'Talk' (talk-3) is not placed",
        "'Film' is not placed",
    ]
