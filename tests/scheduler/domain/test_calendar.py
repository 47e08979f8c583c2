"""The working-time axis: slots end to end, without the breaks and nights between them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.domain.calendar import Axis, Calendar, Segment
from scheduler.domain.when import When, parse_period, parse_when, together_hold

TUESDAY, WEDNESDAY = date(2025, 2, 25), date(2025, 2, 26)


def calendar(**changes: object) -> Calendar:
    given = {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25", "2025-02-26"]}
    return Calendar.model_validate(given | changes)


def words(axis: Axis, start: int, minutes: int, own: set[int]) -> list[str] | None:
    segments = axis.stretch(start, minutes, frozenset(own))
    return None if segments is None else [f"{s.day.day} {s.start // 60}-{s.end // 60}" for s in segments]


def test_the_axis_joins_slots_and_skips_breaks_and_nights() -> None:
    axis = calendar().axis
    assert axis.total == 12 * 60
    assert [(slot.begins, slot.ends) for slot in axis.slots] == [(0, 180), (180, 360), (360, 540), (540, 720)]


def test_a_position_between_two_slots_is_the_opening_of_one_and_the_closing_of_the_other() -> None:
    axis = calendar().axis
    assert (axis.slot_at(180).index, axis.slot_before(180).index) == (1, 0)


def test_a_session_runs_across_lunch_and_the_night() -> None:
    axis = calendar().axis
    assert words(axis, 60, 7 * 60, {0, 1, 2, 3}) == ["25 11-13", "25 15-18", "26 10-12"]


def test_a_session_that_does_not_end_within_the_axis_does_not_fit() -> None:
    axis = calendar().axis
    assert words(axis, 540, 180, {0, 1, 2, 3}) == ["26 15-18"]
    assert words(axis, 541, 180, {0, 1, 2, 3}) is None
    assert words(axis, 720, 1, {0, 1, 2, 3}) is None
    assert words(axis, -1, 60, {0, 1, 2, 3}) is None


def test_a_slot_reserved_for_others_is_passed_by() -> None:
    axis = calendar().axis
    assert words(axis, 120, 180, {0, 2, 3}) == ["25 12-13", "26 10-12"]
    assert words(axis, 180, 60, {0, 2, 3}) is None
    assert axis.resume(180, frozenset({0, 2, 3})) == 360
    assert axis.resume(600, frozenset({0})) == 720


def test_a_clock_time_has_a_position_only_within_a_slot() -> None:
    axis = calendar().axis
    assert axis.position(WEDNESDAY, 15 * 60) == 540
    assert axis.position(WEDNESDAY, 13 * 60) is None


def test_a_holiday_and_an_empty_day_have_no_slot() -> None:
    empty = {"date": "2025-02-24", "slots": []}
    shown = calendar(
        days=[empty, "2025-02-25", "2025-02-26"], holidays=[{"date": "2025-02-26", "name": "Founders' Day"}]
    )
    assert shown.axis.days == (TUESDAY,)
    assert shown.dates == (date(2025, 2, 24), TUESDAY, WEDNESDAY)
    assert shown.closed == {WEDNESDAY: "Founders' Day"}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Tuesday", {0, 1}),
        ("wed pm", {3}),
        ("am", {0, 2}),
        ("afternoon", {1, 3}),
        ("2025-02-26", {2, 3}),
        ("Wednesday 2025-02-26 am", {2}),
        ("first day", {0, 1}),
        ("last day pm", {3}),
        ("12:00-16:00", {0, 1, 2, 3}),
        ("Tuesday 13:00-15:30", {1}),
    ],
)
def test_parts_of_the_calendar_in_words(text: str, slots: set[int]) -> None:
    assert parse_when(text).slots(calendar()) == frozenset(slots)


@pytest.mark.parametrize("text", ["", "teatime", "Tuesday Wednesday", "Thursday 2025-02-26", "pm am"])
def test_what_is_no_part_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a part of the calendar|is a Wednesday"):
        parse_when(text)


def test_a_period_of_hours_holds_what_lies_inside_and_meets_what_it_touches() -> None:
    period = parse_period("2025-02-25 10:00-13:00")
    assert [together_hold([period], Segment(0, TUESDAY, 600, end)) for end in (780, 781)] == [True, False]
    assert [period.meets(Segment(0, TUESDAY, start, 900)) for start in (779, 780)] == [True, False]
    assert period.meets(Segment(0, WEDNESDAY, 600, 780)) is False


def test_a_period_of_days_includes_both_ends() -> None:
    period = parse_period("Tuesday 2025-02-25..Wednesday 2025-02-26")
    days = [Segment(0, date(2025, 2, day), 0, 1440) for day in (24, 25, 26, 27)]
    assert [period.meets(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("last", "span"),
    [("2017-06-01", "it is Thursday 1 June alone"), ("2017-06-02", "it runs from Thursday 1 June to Friday 2 June")],
)
def test_a_day_outside_a_series_is_told_which_days_it_has(last: str, span: str) -> None:
    days = sorted({date(2017, 6, 1), date.fromisoformat(last)})
    with pytest.raises(ValidationError, match=f"5 June 2017 is not a day of this series: {span}"):
        TypeAdapter(When).validate_python("2017-06-05", context={"dates": days})
