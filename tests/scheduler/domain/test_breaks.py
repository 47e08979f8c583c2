"""Breaks within slots: what clock times mean on the axis, which days have a break, and who is missed during one."""

from __future__ import annotations

from datetime import date

import pytest
from support.small import scenario, timetable

from scheduler.checking import check
from scheduler.comparison.measures import missed_minutes
from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.breaks import parse_days
from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.moment import parse_moment
from scheduler.domain.places import minutes_at_night
from scheduler.reading.entry import from_data

COFFEE = {"hours": "11:30-11:45", "title": "Coffee"}
TUESDAY, WEDNESDAY = date(2025, 2, 25), date(2025, 2, 26)
MORNING = Slot(0, TUESDAY, 600, 780, 100, frozenset(), breaks=((690, 705),))
"""10:00-13:00 with a break 11:30-11:45; before it lie 100 minutes of other slots."""


def with_breaks(*breaks: object, **more: object) -> dict[str, object]:
    return {
        "calendar": {"days": [TUESDAY, WEDNESDAY], "slots": ["10:00-13:00", "15:00-18:00"], "breaks": [*breaks]} | more
    }


def test_a_break_has_no_length_on_the_axis() -> None:
    assert (MORNING.minutes, MORNING.ends, MORNING.stretches) == (165, 265, ((600, 690), (705, 780)))
    assert [MORNING.position(clock) for clock in (600, 689, 690, 700, 705, 706, 780)] == [
        100,
        189,
        190,
        190,
        190,
        191,
        265,
    ]
    assert [MORNING.start_at(position) for position in (100, 189, 190, 191)] == [600, 689, 705, 706]
    assert [MORNING.end_at(position) for position in (189, 190, 191, 265)] == [689, 690, 706, 780]


def test_nothing_starts_in_a_break() -> None:
    assert [MORNING.minute_of(clock) for clock in (599, 689, 690, 704, 705)] == [None, 689, None, None, 705]


def test_a_session_runs_across_a_break_in_one_segment() -> None:
    small = scenario({"WG": "1h30"}, **with_breaks(COFFEE))
    placement = small.place(SessionId("wg"), 30)
    assert placement is not None
    assert [(s.start, s.end, s.minutes, s.breaks) for s in placement.segments] == [(630, 735, 90, ((690, 705),))]


def test_who_ends_before_a_break_and_who_starts_after_it_follow_one_another() -> None:
    small = scenario(
        {"WG": {"first": "1h30", "then": "1h15"}}, {"rule": "rolling", "of": ["WG"]}, **with_breaks(COFFEE)
    )
    table = timetable(small, {"first": "Tue 10:00", "then": "Tue 11:45"})
    assert not table[SessionId("first")].overlaps(table[SessionId("then")])
    assert check(small, table).violations == ()


@pytest.mark.parametrize(
    ("absent", "missed"),
    [("11:30-11:45", 0), ("11:29-11:45", 1), ("11:40-11:46", 1), ("12:15-13:00", 0)],
)
def test_who_is_away_during_a_break_alone_is_missed_by_nobody(absent: str, missed: int) -> None:
    chair = {"id": "chair", "post": "Chair", "absent": [f"{TUESDAY} {absent}"]}
    small = scenario(
        {"WG": {"officers": ["chair"], "sessions": {"first": "30 min", "then": "1h30"}}},
        {"rule": "rolling", "of": ["WG"]},
        officers=[chair],
        **with_breaks(COFFEE),
    )
    table = timetable(small, {"first": "Tue 10:00", "then": "Tue 10:30"})
    assert len(check(small, table).violations) == missed


def test_who_is_here_but_for_a_break_is_here() -> None:
    chair = {"id": "chair", "post": "Chair", "present": [f"{TUESDAY} 10:00-11:30", f"{TUESDAY} 11:45-12:15"]}
    small = scenario(
        {"WG": {"officers": ["chair"], "sessions": {"only": "2h"}}}, officers=[chair], **with_breaks(COFFEE)
    )
    assert check(small, timetable(small, {"only": "Tue 10:00"})).violations == ()


def test_a_panel_beside_a_break_makes_two_parts_and_the_break_itself_none() -> None:
    panel = {"rule": "anchor", "of": ["panel"], "at": "11:15"}
    bodies = {"WG": {"suspends_for": True, "sessions": {"wg": "2h"}}, "PANEL": {"panel": "15 min"}}
    of = scenario(bodies, {"rule": "rolling", "of": ["WG"]}, panel, **with_breaks(COFFEE))
    table = timetable(of, {"panel": "Tue 11:15", "wg": "Tue 10:00"})
    wg = table[SessionId("wg")]
    assert [(s.start, s.end, s.breaks) for s in wg.segments] == [(600, 675, ()), (705, 750, ())]
    assert [len(part) for part in of.parts(wg)] == [1, 1]
    assert check(of, table).keeps_all


def test_minutes_at_night_leave_a_break_out() -> None:
    """By hand, from 06:30 to 07:30 with a break from 06:45 to 07:00: a quarter of an hour before 07:00."""
    early = Segment(0, TUESDAY, 390, 450, ((405, 420),))
    assert minutes_at_night(early, "Europe/Zurich", "Europe/Zurich") == 15
    assert minutes_at_night(Segment(0, TUESDAY, 1290, 1500), "Europe/Zurich", "Europe/Zurich") == 180


def test_one_person_misses_nothing_in_a_break() -> None:
    of = scenario({"WG": {"one": "2h"}}, {"rule": "rolling"}, **with_breaks(COFFEE))
    assert missed_minutes.measure(Option("A", "", of, timetable(of, {"one": "Tue 10:00"}), "")) == 0


def test_a_moment_in_a_break_is_that_of_the_break() -> None:
    calendar = scenario({"WG": "1h"}, **with_breaks(COFFEE)).calendar
    texts = ("Tuesday 11:29", "Tuesday 11:30", "Tuesday 11:40", "Tuesday 11:45", "Tuesday 11:46")
    assert [parse_moment(text).position(calendar) for text in texts] == [89, 90, 90, 90, 91]


def test_days_have_a_break_by_weekday_date_and_range() -> None:
    only = {"hours": "11:30-11:45", "days": ["Tuesday"]}
    slots = scenario({"WG": "1h"}, **with_breaks(only, "16:15-16:30")).calendar.axis.slots
    assert [slot.breaks for slot in slots] == [((690, 705),), ((975, 990),), (), ((975, 990),)]
    assert [day in parse_days("2025-02-25..2025-02-26") for day in (TUESDAY, date(2025, 2, 27))] == [True, False]
    assert [day in parse_days("Wednesday 2025-02-26") for day in (TUESDAY, WEDNESDAY)] == [False, True]


def test_the_grain_divides_the_time_up_to_each_break() -> None:
    assert scenario({"WG": "1h30"}, **with_breaks("11:20-11:35")).grain == 5
    assert scenario({"WG": "1h30"}, **with_breaks()).grain == 90


def test_a_scenario_with_breaks_is_written_as_it_was_read() -> None:
    small = scenario({"WG": "1h30"}, **with_breaks({**COFFEE, "days": ["Tuesday"]}))
    assert small.document["calendar"]["breaks"] == [{**COFFEE, "days": ["Tuesday"]}]
    assert from_data(small.document).calendar.axis.slots == small.calendar.axis.slots


def test_a_scenario_without_breaks_does_not_speak_of_them() -> None:
    assert "breaks" not in scenario({"WG": "1h30"}).document["calendar"]
