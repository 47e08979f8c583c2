"""What rules ask of the calendar: parts of it in words, hours by slot, minutes that have passed."""

from __future__ import annotations

import pytest
from support.small import scenario, timetable

from scheduler.domain.calendar import Segment
from scheduler.domain.moment import parse_moment
from scheduler.domain.when import holds, in_words, parse_when, touches
from scheduler.reading.diagnostics import ScenarioError

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
        ("Tuesday", {0: ((600, 780),), 1: ((840, 900),), 2: ((900, 1080),)}),
        ("Tuesday 12:00-16:00", {0: ((720, 780),), 1: ((840, 900),), 2: ((900, 960),)}),
        ("last day 13:00-14:00", {}),
        ("am", {0: ((600, 780),), 3: ((600, 780),)}),
    ],
)
def test_hours_are_cut_to_the_slots_they_touch(text: str, windows: dict[int, tuple[tuple[int, int], ...]]) -> None:
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
    assert [violation.message for rule in of.rules for violation in rule.check(of, morning)] == []
    afternoon = timetable(of, {"a": "Tue 15:00"})
    assert [violation.message for rule in of.rules for violation in rule.check(of, afternoon)] == [
        "Chair is away when WGTU sits on Tuesday 25 February, 15:00 – 18:00",  # noqa: RUF001
        "WGTU sits on Tuesday 25 February, 15:00 – 18:00, "  # noqa: RUF001
        "not on Tuesday between 10:00 and 13:00",
    ]


def test_what_starts_as_hours_end_does_not_touch_them() -> None:
    windows = parse_when("Tuesday 10:00-11:00").windows(CALENDAR)
    day = CALENDAR.axis.days[0]
    assert [touches(windows, Segment(0, day, start, 720)) for start in (659, 660)] == [True, False]


def test_a_segment_of_another_slot_is_outside() -> None:
    windows = parse_when("Wednesday").windows(CALENDAR)
    segment = Segment(0, CALENDAR.axis.days[0], 600, 780)
    assert (touches(windows, segment), holds([windows], segment)) == (False, False)


@pytest.mark.parametrize(("position", "passed"), [(0, 0), (180, 180), (210, 180), (240, 180), (300, 240), (840, 720)])
def test_minutes_of_a_reserved_slot_do_not_pass_for_others(position: int, passed: int) -> None:
    axis = CALENDAR.axis
    assert axis.common == {0, 2, 3, 5}
    assert axis.worked(position, axis.common) == passed


FORTNIGHT = scenario(
    {"WGTU": "1h"},
    days=[{"date": "2025-02-24", "slots": []}, "2025-02-27", "2025-02-28", "2025-03-03", "2025-03-06"],
    slots=["10:00-13:00", "15:00-18:00"],
).calendar
"""An empty Monday, then Thursday, Friday, Monday and Thursday."""


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Thu", "on Thursdays (27 February and 6 March)"),
        ("Thursday am", "on Thursday mornings (27 February and 6 March)"),
        ("Thursday 10:00-11:00", "on Thursdays (27 February and 6 March) between 10:00 and 11:00"),
        ("Friday", "on Friday 28 February"),
        ("Friday pm", "on the afternoon of Friday 28 February"),
        ("Monday", "on Monday 3 March"),
        ("2025-03-03", "on Monday 3 March"),
        ("last day pm", "on the afternoon of the last day"),
    ],
)
def test_where_a_weekday_occurs_twice_days_are_said_with_their_dates(text: str, spoken: str) -> None:
    assert parse_when(text).spoken(FORTNIGHT) == spoken


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["Fri 10:00-11:30", "Fri 11:30-13:00"], ["on Friday 28 February between 10:00 and 13:00"]),
        (
            ["Fri 10:00-11:00", "Fri 11:30-13:00"],
            [
                "on Friday 28 February between 10:00 and 11:00",
                "on Friday 28 February between 11:30 and 13:00",
            ],
        ),
        (
            ["Thu 12:00-13:00", "last day", "Thu 10:00-12:00", "Fri am", "Fri pm"],
            [
                "on Thursdays (27 February and 6 March) between 10:00 and 13:00",
                "on the last day",
                "on the morning of Friday 28 February",
                "on the afternoon of Friday 28 February",
            ],
        ),
        (["10:00-11:00", "11:00-12:00", "am"], ["between 10:00 and 12:00", "in the morning"]),
        (["am", "am"], ["in the morning"]),
    ],
)
def test_hours_that_touch_are_said_as_one(parts: list[str], said: list[str]) -> None:
    assert in_words(map(parse_when, parts), FORTNIGHT) == said


@pytest.mark.parametrize(
    ("text", "one", "unclear"),
    [
        ("Thu 15:00-16:00", True, True),
        ("Thu 15:00-16:00", False, False),
        ("Monday", True, False),  # nobody meets on the first
        ("2025-02-27", True, False),
        ("am", True, False),
        ("last day", True, False),
    ],
)
def test_only_a_weekday_on_which_two_days_have_meetings_is_no_moment(text: str, one: bool, unclear: bool) -> None:
    assert bool(parse_when(text).unclear(FORTNIGHT, one=one)) is unclear


@pytest.mark.parametrize(
    ("hours", "half"),
    [
        ("08:00-14:00", "am"),
        ("11:59-14:00", "am"),
        ("11:59-14:01", None),
        ("10:00-18:00", None),
        ("12:00-13:00", "pm"),
        ("12:00-18:00", "pm"),
    ],
)
def test_the_half_day_of_a_slot(hours: str, half: str | None) -> None:
    (slot,) = scenario({"WGTU": "10 min"}, days=["2025-02-25"], slots=[hours]).calendar.axis.slots
    assert slot.half == half


@pytest.mark.parametrize(
    ("text", "slots"),
    [("first day am", {0}), ("first day pm", {1}), ("last day am", {6}), ("last day pm", {7}), ("am", {0, 2, 4, 6})],
)
def test_am_and_pm_hold_together_with_the_first_and_the_last_day(text: str, slots: set[int]) -> None:
    assert parse_when(text).slots(FORTNIGHT) == slots


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Friday 9:00", 360),  # before it opens: where it opens
        ("Friday 10:00", 360),
        ("Friday 12:30", 510),
        ("Friday 13:00", 540),
        ("Friday 14:00", 540),  # in the break
        ("Friday 15:00", 540),
        ("Friday 18:00", 720),
        ("Friday 23:00", 720),
        ("2025-03-06 18:00", 1440),
        ("first day 10:00", 0),
        ("2025-02-24 12:00", None),  # shown, and empty
    ],
)
def test_a_moment_has_a_place_on_the_axis(text: str, position: int | None) -> None:
    assert parse_moment(text).position(FORTNIGHT) == position


def test_the_axis_of_uneven_days_with_a_reserved_slot_reckoned_by_hand() -> None:
    """10:00-13:00, 14:00-15:00 for DIEF, 15:00-18:00 on each of two days: openings at 0, 180, 240, 420, 600, 660."""
    axis, common = CALENDAR.axis, CALENDAR.axis.common
    first, second = axis.days
    assert [slot.begins for slot in axis.slots] == [0, 180, 240, 420, 600, 660]
    assert [axis.position(second, clock) for clock in (599, 600, 779, 780, 840, 900, 1079, 1080)] == [
        None, 420, 599, None, 600, 660, 839, None,
    ]  # fmt: skip
    assert [axis.resume(position, common) for position in (0, 179, 180, 239, 240, 600, 660)] == [
        0, 179, 240, 240, 240, 660, 660,
    ]  # fmt: skip
    assert [axis.worked(position, frozenset({1, 4})) for position in (0, 180, 200, 240, 600, 660, 840)] == [
        0, 0, 20, 60, 60, 120, 120,
    ]  # fmt: skip
    segments = axis.stretch(120, 300, common)
    assert segments == (
        Segment(0, first, 720, 780),
        Segment(2, first, 900, 1080),
        Segment(3, second, 600, 660),
    )
    assert axis.stretch(120, 300, frozenset(range(6))) == (
        Segment(0, first, 720, 780),
        Segment(1, first, 840, 900),
        Segment(2, first, 900, 1080),
    )


def test_a_slot_is_held_against_the_declared_grain() -> None:
    whole, odd = ["10:00-13:00"], ["10:00-12:50"]
    assert scenario({"WGTU": "1h"}, calendar={"days": ["2025-02-25"], "slots": whole, "grain": "1h"}).grain == 60
    path = {"calendar": {"days": ["2025-02-25"], "slots": odd, "grain": "1h"}}
    with pytest.raises(ScenarioError, match="a slot of 2 h 50 does not fit the grain of 1 h"):
        scenario({"WGTU": "1h"}, **path)
