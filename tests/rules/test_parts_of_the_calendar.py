"""What rules ask of the calendar: parts of it in words, hours by slot, minutes that have passed."""

from __future__ import annotations

import pytest
from small import scenario, timetable

from scheduler.domain.calendar import Segment
from scheduler.domain.when import holds, parse_when, touches

CALENDAR = scenario(
    {"WGTU": "3h", "DIEF": "1h"},
    days=["2025-02-25", "2025-02-26"],
    slots=["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"],
).calendar


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Thu", "on Thursday"),
        ("Thursday morning", "on Thursday morning"),
        ("2025-02-27", "on Thursday 27 February"),
        ("2025-02-27 pm", "on the afternoon of Thursday 27 February"),
        ("first day", "on the first day"),
        ("last day am", "on the morning of the last day"),
        ("pm", "in the afternoon"),
        ("10:00-13:00", "between 10:00 and 13:00"),
        ("Thursday 10:00-13:00", "on Thursday between 10:00 and 13:00"),
        ("2025-02-27 9:00-10:00", "on Thursday 27 February between 09:00 and 10:00"),
        ("last day 15:00-16:30", "on the last day between 15:00 and 16:30"),
    ],
)
def test_a_part_of_the_calendar_can_be_said(text: str, spoken: str) -> None:
    assert parse_when(text).spoken(CALENDAR) == spoken


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Tuesday", {0: (600, 780), 1: (840, 900), 2: (900, 1080)}),
        ("Tuesday 12:00-16:00", {0: (720, 780), 1: (840, 900), 2: (900, 960)}),
        ("last day 13:00-14:00", {}),
        ("am", {0: (600, 780), 3: (600, 780)}),
    ],
)
def test_hours_are_cut_to_the_slots_they_touch(text: str, windows: dict[int, tuple[int, int]]) -> None:
    assert parse_when(text).windows(CALENDAR) == windows
    assert parse_when(text).slots(CALENDAR) == frozenset(windows)


@pytest.mark.parametrize(
    ("start", "end", "touched", "held"),
    [(600, 720, False, False), (600, 730, True, False), (720, 780, True, True), (700, 780, True, False)],
    ids=["ends as they begin", "runs into them", "lies within them", "begins before them"],
)
def test_hours_are_half_open(start: int, end: int, touched: bool, held: bool) -> None:
    windows = parse_when("Tuesday 12:00-16:00").windows(CALENDAR)
    segment = Segment(0, CALENDAR.axis.days[0], start, end)
    assert (touches(windows, segment), holds([windows], segment)) == (touched, held)


@pytest.mark.parametrize(
    ("parts", "held"),
    [
        (["Tuesday 10:00-11:30", "Tuesday 11:30-13:00"], True),
        (["Tuesday 11:00-13:00", "2025-02-25 10:00-12:00"], True),
        (["Tuesday 10:00-11:30", "Tuesday 11:31-13:00"], False),
        (["Tuesday 10:00-11:30", "Wednesday 11:30-13:00"], False),
    ],
)
def test_hours_that_touch_are_one(parts: list[str], held: bool) -> None:
    windows = [parse_when(text).windows(CALENDAR) for text in parts]
    assert holds(windows, Segment(0, CALENDAR.axis.days[0], 600, 780)) is held


def test_a_room_and_an_officer_are_there_for_hours_that_touch() -> None:
    present = [{"id": "chair", "post": "Chair", "present": ["2025-02-25 10:00-11:30", "2025-02-25 11:30-13:00"]}]
    of = scenario(
        {"WGTU": {"officers": ["chair"], "sessions": {"a": "3h"}}},
        {"rule": "officer_availability"},
        {"rule": "only_on", "when": ["Tuesday 10:00-12:00", "Tuesday 12:00-13:00"]},
        officers=present,
    )
    morning = timetable(of, {"a": "Tue 10:00"})
    assert [finding.message for rule in of.rules for finding in rule.check(of, morning)] == []
    afternoon = timetable(of, {"a": "Tue 15:00"})
    assert [finding.message for rule in of.rules for finding in rule.check(of, afternoon)] == [
        "Chair is away when WGTU sits on Tuesday 25 February, 15:00 – 18:00",  # noqa: RUF001
        "WGTU sits on Tuesday 25 February, 15:00 – 18:00, "  # noqa: RUF001
        "not on Tuesday between 10:00 and 12:00 or on Tuesday between 12:00 and 13:00",
    ]


def test_a_segment_of_another_slot_is_outside() -> None:
    windows = parse_when("Wednesday").windows(CALENDAR)
    segment = Segment(0, CALENDAR.axis.days[0], 600, 780)
    assert (touches(windows, segment), holds([windows], segment)) == (False, False)


@pytest.mark.parametrize(("position", "passed"), [(0, 0), (180, 180), (210, 180), (240, 180), (300, 240), (840, 720)])
def test_minutes_of_a_reserved_slot_do_not_pass_for_others(position: int, passed: int) -> None:
    axis = CALENDAR.axis
    assert axis.common == {0, 2, 3, 5}
    assert axis.worked(position, axis.common) == passed
