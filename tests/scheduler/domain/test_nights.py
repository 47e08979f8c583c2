"""Slots and absences over midnight: a slot belongs to the day on which it begins, hours are those of the clock."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter
from support.small import scenario, timetable

from exports.table import segments_table
from scheduler.checking import check
from scheduler.documents.stored_timetable import place_sessions
from scheduler.documents.timetable_document import sessions_of
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import parse_hours, show_hours, show_moment
from scheduler.domain.moment import parse_moment
from scheduler.domain.when import Presence, holds, parse_when, together_hold, touches
from scheduler.outcome import Settings
from scheduler.reading.diagnostics import ScenarioError
from scheduler.rules.presence import shorter_absences
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 2, day) for day in (25, 26, 27))
NIGHT: dict[str, Any] = {"days": ["2025-02-25", "2025-02-26"], "slots": ["15:00-18:00", "22:00-01:00"]}
EVENING = Segment(1, TUESDAY, 1320, 1440)
SMALL_HOURS = Segment(1, TUESDAY, 1440, 1500)


def meeting(**more: Any) -> Scenario:
    return scenario({"WG": {"first": "5h", "then": "1h"}}, {"rule": "rolling"}, **NIGHT, **more)


def test_hours_over_midnight_are_read_and_shown() -> None:
    assert [parse_hours(text) for text in ("22:00-01:00", "12:30-00:30", "18:00-24:00")] == [
        (1320, 1500),
        (750, 1470),
        (1080, 1440),
    ]
    assert [show_hours(*hours).replace("–", "-") for hours in ((1320, 1500), (1440, 1500), (1320, 1440))] == [  # noqa: RUF001
        "22:00 - 01:00 (next day)",
        "00:00 - 01:00 (next day)",
        "22:00 - 24:00",
    ]
    assert show_moment(TUESDAY, 1470) == "Wednesday 26 February at 00:30"


def test_a_slot_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    slots = meeting().calendar.axis.slots
    assert [(slot.day, slot.opens, slot.closes, slot.minutes, slot.half) for slot in slots[:2]] == [
        (TUESDAY, 900, 1080, 180, "pm"),
        (TUESDAY, 1320, 1500, 180, "pm"),
    ]


def test_what_sits_after_midnight_has_the_next_date_in_documents_and_tables() -> None:
    of = meeting()
    table = timetable(of, {"first": "Tue 15:00", "then": "Tue 22:00"})
    later = of.place(SessionId("then"), 300)
    assert later is not None
    segments = [*table[SessionId("first")].segments, *later.segments]
    assert [(s.day.day, s.start, s.end) for s in segments] == [(25, 900, 1080), (25, 1320, 1440), (25, 1440, 1500)]
    assert [s.starts_on for s in segments][-1] == "Wednesday 26 February at 00:00"
    assert later.days == (TUESDAY,)
    rows = segments_table(of, type(table)([later]))
    assert [(row["date"], row["weekday"], row["start"], row["end"]) for row in rows] == [
        (WEDNESDAY, "Wednesday", "00:00", "01:00")
    ]


def test_a_document_is_read_back_as_it_was_written() -> None:
    of = meeting()
    first, then = of.place(SessionId("first"), 0), of.place(SessionId("then"), 300)
    assert first is not None
    assert then is not None
    written = sessions_of(of, [first, then])
    assert [segment for session in written for segment in session["segments"]] == [
        {"date": "2025-02-25", "start": "15:00", "end": "18:00"},
        {"date": "2025-02-25", "start": "22:00", "end": "24:00"},
        {"date": "2025-02-26", "start": "00:00", "end": "01:00"},
    ]
    placed = place_sessions(of, written)
    assert list(placed.timetable) == [first, then]
    assert check(of, placed.timetable, placed.violations).violations == ()


def test_hours_of_others_may_run_over_midnight() -> None:
    of = scenario({"WG": "3h"}, days=["2025-02-25"], slots=["22:00-01:00"])
    placed = place_sessions(of, [{"id": "wg", "segments": [{"date": "2025-02-25", "start": "22:00", "end": "01:00"}]}])
    assert check(of, placed.timetable, placed.violations).violations == ()


@pytest.mark.parametrize(
    ("text", "evening", "small_hours"),
    [
        ("2025-02-25", True, True),  # a day: the slots that begin on it, to their end
        ("Tuesday", True, True),
        ("Tuesday pm", True, True),
        ("2025-02-25..2025-02-25", True, True),
        ("Wednesday", False, False),
        ("2025-02-25 23:00-24:00", True, False),  # hours: those of the clock
        ("2025-02-25 23:00-02:00", True, True),
        ("2025-02-26 00:00-00:30", False, True),
        ("Wednesday 00:30-09:00", False, True),
        ("2025-02-25 00:00-00:30", False, False),
        ("2025-02-24..2025-02-26 00:30-02:00", False, True),  # these hours of each of the days
        ("2025-02-22..2025-02-24 22:00-02:00", False, False),
        ("00:30-02:00", False, True),
    ],
)
def test_days_mean_the_slots_that_begin_on_them_and_hours_the_clock(
    text: str, evening: bool, small_hours: bool
) -> None:
    period = TypeAdapter(Presence).validate_python(text, context={"dates": [TUESDAY, WEDNESDAY]})
    assert [period.meets(part) for part in (EVENING, SMALL_HOURS)] == [evening, small_hours]
    windows = parse_when(text).windows(meeting().calendar)
    assert [touches(windows, part) for part in (EVENING, SMALL_HOURS)] == [evening, small_hours]


def test_presence_over_midnight_may_be_one_entry_or_two() -> None:
    read = TypeAdapter(Presence).validate_python
    night = Segment(1, TUESDAY, 1320, 1500)
    assert together_hold([read("2025-02-25 21:00-01:00")], night)
    assert together_hold([read("2025-02-25 10:00-24:00"), read("2025-02-26 00:00-01:00")], night)
    assert not together_hold([read("2025-02-25 10:00-24:00")], night)
    assert holds([parse_when("Tuesday 22:00-01:00").windows(meeting().calendar)], night)


@pytest.mark.parametrize(("absent", "kept"), [("22:00-24:00", False), ("00:30-03:00", True), ("21:00-02:00", False)])
def test_an_absence_of_these_hours_on_each_day_of_a_range(absent: str, kept: bool) -> None:
    chair = {"id": "chair", "post": "Chair", "absent": [f"2025-02-25..2025-02-26 {absent}"]}
    of = scenario(
        {"WG": {"officers": ["chair"], "sessions": {"first": "5h"}}}, {"rule": "rolling"}, officers=[chair], **NIGHT
    )
    assert check(of, timetable(of, {"first": "Tue 15:00"})).keeps_all is kept


def test_an_anchor_after_midnight_starts_then() -> None:
    anchor = {"rule": "anchor", "of": ["then"], "at": "00:00", "when": "Tuesday"}
    of = scenario({"WG": {"first": "5h", "then": "1h"}}, {"rule": "rolling"}, anchor, **NIGHT)
    then = of.place(SessionId("then"), 300)
    assert then is not None
    assert list(of.rules[1].check(of, place_sessions(of, sessions_of(of, [then])).timetable)) == []


def test_a_moment_after_midnight_lies_in_the_slot_of_the_evening_before() -> None:
    calendar = meeting().calendar
    context = {"dates": [TUESDAY, WEDNESDAY, THURSDAY]}
    moments = [
        parse_moment(text, context)
        for text in ("Wednesday 00:30", "Wednesday 15:30", "Thursday 00:59", "Thursday 02:20")
    ]
    assert [moment.position(calendar) for moment in moments] == [330, 390, 719, 720]


def test_slots_of_two_days_follow_one_another() -> None:
    message = r"the slot 22:00 . 01:00 \(next day\) of Tuesday 25 February goes on while 00:30 . 02:00 of Wednesday 26"
    with pytest.raises(ScenarioError, match=message):
        scenario(
            {"WG": "1h"}, days=["2025-02-25", {"date": "2025-02-26", "slots": ["00:30-02:00"]}], slots=["22:00-01:00"]
        )


@pytest.mark.parametrize(
    ("absent", "ways"),
    [
        (
            "2025-02-25",
            {
                "be there on Tuesday from 15:00 to 18:00": ["2025-02-25 18:00-24:00", "2025-02-26 00:00-01:00"],
                "be there on Tuesday from 22:00 to 01:00": ["2025-02-25 00:00-22:00"],
            },
        ),
        (
            "2025-02-25 17:00-00:30",
            {
                "be there on Tuesday from 17:00 to 18:00": ["2025-02-25 18:00-24:00", "2025-02-26 00:00-00:30"],
                "be there on Tuesday from 22:00 to 00:30": ["2025-02-25 17:00-22:00"],
            },
        ),
    ],
)
def test_an_absence_is_shortened_to_the_end_of_the_night(absent: str, ways: dict[str, list[str]]) -> None:
    period = TypeAdapter(Presence).validate_python(absent, context={"dates": [TUESDAY, WEDNESDAY]})
    found = {words: [each.text for each in left] for left, words in shorter_absences(meeting().calendar, period)}
    assert found == ways


def test_the_afternoon_of_a_day_alone_lasts_to_the_end_of_the_night() -> None:
    period = TypeAdapter(Presence).validate_python("Tuesday pm", context={"dates": [TUESDAY, WEDNESDAY]})
    alone = period.alone(TUESDAY)
    assert alone is not None
    assert (alone.text, alone.meets(SMALL_HOURS)) == ("2025-02-25 pm", True)


LAST_NIGHT: dict[str, Any] = {"days": ["2025-02-24", "2025-02-25"], "slots": ["15:00-18:00", "21:30-01:30"]}


@pytest.mark.parametrize("by", ["Wednesday 00:45", "2025-02-26 00:45", "Wednesday 2025-02-26 00:45"])
def test_a_promise_may_name_the_hours_after_the_last_evening(by: str) -> None:
    promise = {"rule": "finish_by", "of": ["WG"], "by": by, "chance": 0.9}
    of = scenario({"WG": "2h"}, promises=[promise], **LAST_NIGHT)
    (kept,) = of.promises
    assert kept.by.position(of.calendar) == 2 * (180 + 240) - 45
    assert kept.by.spoken(of.calendar) == by


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("Wednesday 15:00", "no Wednesday in this series"),
        ("Thursday 00:45", "no Thursday in this series"),
        ("Tuesday 25:45", "'Tuesday 25:45' is after midnight: write the day after and 01:45"),
    ],
)
def test_a_promise_of_a_time_that_no_night_reaches_is_refused(by: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        scenario({"WG": "2h"}, promises=[{"rule": "finish_by", "of": ["WG"], "by": by}], **LAST_NIGHT)


def test_a_promise_of_the_day_after_needs_a_night() -> None:
    with pytest.raises(ScenarioError, match="nobody meets on Wednesday: name a day with slots"):
        scenario(
            {"WG": "2h"},
            promises=[{"rule": "finish_by", "of": ["WG"], "by": "Wednesday 00:45"}],
            days=["2025-02-24", "2025-02-25"],
            slots=["15:00-18:00"],
        )


def test_small_hours_of_two_weeks_are_told_apart_by_their_date() -> None:
    days = ["2025-02-25", "2025-03-04"]
    message = "'Wednesday' may be Wednesday 26 February or Wednesday 5 March: write the date, as in 2025-02-26 00:45"
    with pytest.raises(ScenarioError, match=message):
        scenario(
            {"WG": "2h"},
            promises=[{"rule": "finish_by", "of": ["WG"], "by": "Wednesday 00:45"}],
            **LAST_NIGHT | {"days": days},
        )


@pytest.mark.parametrize(
    ("hour", "late"), [("23:00", 1), ("24:00", 1), ("00:30", 1), ("01:00", 0), ("15:00", 0), ("15:30", 1)]
)
def test_a_latest_hour_before_the_first_opening_is_that_of_the_night(hour: str, late: int) -> None:
    """From 21:30 to 01:00; 15:00, when the first slot opens, would leave nothing by day."""
    of = scenario({"WG": "3h30"}, {"rule": "latest_hour", "hour": hour}, **LAST_NIGHT)
    placed = of.place(SessionId("wg"), 180)
    assert placed is not None
    table = place_sessions(of, sessions_of(of, [placed])).timetable
    assert len(list(of.rules[0].check(of, table))) == late


def test_a_latest_hour_of_the_night_is_planned_for() -> None:
    """Four hours from 21:30 end at 01:30, which the rule refuses; three end in time."""
    rules = [{"rule": "within_slot"}, {"rule": "latest_hour", "hour": "00:30"}]
    assert solve(scenario({"WG": "4h"}, *rules, **LAST_NIGHT), Settings(workers=1)).timetable is None
    of = scenario({"WG": "3h"}, *rules, {"rule": "only_on", "when": ["21:00-02:00"]}, **LAST_NIGHT)
    found = solve(of, Settings(workers=1))
    assert found.timetable is not None
    assert check(of, found.timetable).keeps_all


def test_what_is_wrong_after_midnight_is_told_by_the_clock_and_the_day_of_its_slot() -> None:
    rules = [
        {"rule": "anchor", "of": ["WG"], "at": "00:30", "when": "Tuesday"},
        {"rule": "not_on", "of": ["WG"], "when": ["Monday"]},
        {"rule": "pin", "of": ["WG"], "start": "Tuesday"},
    ]
    of = scenario({"WG": "1h"}, *rules, **LAST_NIGHT)
    there = "Tuesday 25 February"
    night = of.place(SessionId("wg"), 180 + 180)
    assert night is not None
    found = [violation.message for rule in of.rules for violation in rule.check(of, type(timetable(of, {}))([night]))]
    assert found == [
        f"WG starts on {there} at 00:30, in a slot of Monday 24 February, not at 00:30 on Tuesday",
        f"WG sits on {there}, 00:30 – 01:30, in a slot of Monday 24 February",  # noqa: RUF001
        f"WG starts on {there} at 00:30, in a slot of Monday 24 February, not on Tuesday",
    ]
