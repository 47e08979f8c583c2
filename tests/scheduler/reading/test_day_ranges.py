"""Ranges of days, and names of slots that every day has: what they stand for, and how mistakes in them are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.small import scenario

from scheduler.domain.day_ranges import read_range, working_days
from scheduler.domain.when import parse_when
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

BASE = """\
name: base
meeting: {series: Base, annex_title: BASE}
calendar:
  slots: [{hours: 10:00-13:00, name: early}, {hours: 15:00-18:00, name: late}]
  days:
    - DAYS
  holidays: [{date: 2027-03-01, name: Independence Day}]
bodies: [{id: WG, sessions: [{id: first, duration: 1h}]}]
"""


def read(folder: Path, days: str, more: str = "") -> Scenario:
    (folder / "base.yaml").write_text(BASE.replace("DAYS", days) + more)
    return load(folder / "base.yaml").scenario


def told(folder: Path, days: str, more: str = "") -> list[tuple[int, int, str]]:
    with pytest.raises(ScenarioError) as caught:
        read(folder, days, more)
    return [(each.line, each.column, each.message) for each in caught.value.diagnostics]


def test_a_range_is_its_working_days_without_weekends_and_holidays(tmp_path: Path) -> None:
    days = read(tmp_path, "Monday 2027-02-22..Wednesday 2027-03-03").calendar.dates
    february = [date(2027, 2, day) for day in (22, 23, 24, 25, 26)]
    assert list(days) == [*february, date(2027, 3, 2), date(2027, 3, 3)]


def test_a_day_between_two_ranges_is_met_on_whatever_it_is(tmp_path: Path) -> None:
    text = "2027-02-25..2027-02-26\n    - {date: 2027-02-27, slots: [10:00-12:00]}\n    - 2027-02-28..2027-03-02"
    calendar = read(tmp_path, text).calendar
    assert [day.day for day in calendar.dates] == [25, 26, 27, 2]
    assert [slot.hours for slot in calendar.axis.slots if slot.day.day == 27] == ["10:00-12:00"]


def test_a_range_may_have_hours_of_its_own_and_a_holiday_several_days(tmp_path: Path) -> None:
    text = "{date: 2027-02-22..2027-02-24, slots: [09:00-12:00]}\n    - 2027-02-25"
    calendar = read(tmp_path, text).calendar
    assert [slot.opens for slot in calendar.axis.slots] == [540, 540, 540, 600, 900]
    closed = {"holidays": [{"date": "2027-02-25..2027-02-28", "name": "Carnival"}]}
    data = {"calendar": {"days": ["2027-02-24..2027-03-01"], "slots": ["10:00-13:00"]} | closed}
    of = scenario({"WG": "1h"}, **data)
    assert [day.isoformat() for day in of.calendar.dates] == ["2027-02-24", "2027-03-01"]
    assert sorted(day.day for day in of.calendar.closed) == [25, 26, 27, 28]


def test_plain_data_and_what_is_stored_mean_the_same_days(tmp_path: Path) -> None:
    written = read(tmp_path, "2027-02-22..2027-02-24")
    listed = read(tmp_path, "2027-02-22\n    - 2027-02-23\n    - 2027-02-24")
    assert written.document == listed.document
    assert from_data(written.document).document == listed.document
    raw = dict(listed.document) | {"calendar": dict(listed.document["calendar"]) | {"days": ["2027-02-22..2027-02-24"]}}
    assert from_data(raw).document == listed.document


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ("2027-03-05..2027-02-22", "'2027-03-05..2027-02-22' runs backwards: write the earlier date first"),
        ("2027-02-22..2027-02-31", "'2027-02-31' is not in the calendar: February 2027 has 28 days"),
        ("Tuesday 2027-02-22..2027-02-24", "22 February 2027 is a Monday, not 'Tuesday'"),
        (
            "2027-02-22..2037-02-22",
            "'2027-02-22..2037-02-22' is 3,654 days, and a series has at most 400: is the year right?",
        ),
        (
            "2027-02-27..2027-02-28",
            "'2027-02-27..2027-02-28' holds no working day, as weekends and holidays are left out of a range: write "
            "the days one by one",
        ),
        (
            "2027-02-27..2027-03-01",
            "'2027-02-27..2027-03-01' is a range of days: in the days of a calendar it needs one that is no weekend "
            "and no holiday; anywhere else write a date",
        ),
        (
            "2027-02-22 to 2027-02-24",
            "'2027-02-22 to 2027-02-24' is not a day: write 2025-02-25 or Tuesday 2025-02-25; or several, weekends and "
            "holidays left out, as 2025-02-25..2025-03-07",
        ),
    ],
)
def test_a_wrong_range_is_told_where_it_stands(tmp_path: Path, days: str, message: str) -> None:
    assert told(tmp_path, days) == [(6, 7, message)]


@pytest.mark.parametrize(
    ("days", "at", "twice", "parts"),
    [
        (["2027-02-22..2027-02-24", "2027-02-24"], 0, "24 February", "2027-02-22..2027-02-23, 2027-02-24"),
        (
            ["{date: Wednesday 2027-03-10, slots: [09:00-12:00]}", "2027-03-09..2027-03-12", "2027-03-11"],
            1,
            "10 and 11 March",
            "2027-03-09, 2027-03-10, 2027-03-11, 2027-03-12",
        ),
        # the Saturday is not of the range, but would stand before days of it
        (
            ["2027-03-03..2027-03-09", "2027-03-06"],
            0,
            "6 March",
            "2027-03-03..2027-03-05, 2027-03-06, 2027-03-08..2027-03-09",
        ),
        (["2027-03-02..2027-03-04", "2027-03-03..2027-03-05"], 1, "3 and 4 March", "2027-03-05"),
    ],
)
def test_a_range_over_days_of_another_entry_is_to_be_parted(
    tmp_path: Path, days: list[str], at: int, twice: str, parts: str
) -> None:
    ((line, column, message),) = told(tmp_path, "\n    - ".join(days))
    text = days[at]
    told_so = f"'{text}' runs over {twice}, for which there is another entry: part the range, as in {parts}"
    assert (line, column, message) == (6 + at, 7, told_so)


def test_a_range_within_another_is_to_be_left_out(tmp_path: Path) -> None:
    ((line, _, message),) = told(tmp_path, "2027-03-02..2027-03-05\n    - 2027-03-03..2027-03-04")
    assert (line, message.rpartition(": ")[2]) == (7, "leave the range out")


def test_the_parts_of_a_range_that_are_told_are_a_calendar(tmp_path: Path) -> None:
    alone = ["2027-02-25", "2027-02-27", "2027-03-02"]
    ((_, _, message),) = told(tmp_path, "\n    - ".join(["2027-02-24..2027-03-03", *alone]))
    parts = message.partition("as in ")[2].split(", ")
    assert [day.day for day in read(tmp_path, "\n    - ".join(parts)).calendar.dates] == [24, 25, 26, 27, 2, 3]


def test_messages_count_a_range_as_one_item(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, "2027-02-22..2027-02-26\n    - 2027-03-02\n    - {date: 2027-03-03, slots: [10:00]}")
    assert [each.path for each in caught.value.diagnostics] == ["calendar.days[2].slots[0]"]


def test_a_later_mistake_is_shown_on_its_own_line(tmp_path: Path) -> None:
    """The range of five days is one item of the list: what follows keeps its place."""
    text = "2027-02-22..2027-02-26\n    - Monday 2027-03-02"
    assert told(tmp_path, text) == [(7, 7, "2 March 2027 is a Tuesday, not a Monday: correct one of them")]


def test_a_variant_names_a_day_of_a_range_and_sets_another_range(tmp_path: Path) -> None:
    read(tmp_path, "2027-02-22..2027-02-24")
    change = "set: {calendar.days.2027-02-23.slots: [09:00-10:00]}\n"
    (tmp_path / "v.yaml").write_text("extends: base.yaml\nname: v\nset: {calendar.days.2027-02-23: 2027-02-23}\n")
    assert len(load(tmp_path / "v.yaml").scenario.calendar.dates) == 3
    (tmp_path / "w.yaml").write_text("extends: base.yaml\nname: w\nset: {calendar.days: [2027-02-25..2027-03-02]}\n")
    assert [day.day for day in load(tmp_path / "w.yaml").scenario.calendar.dates] == [25, 26, 2]
    text = BASE.replace("- DAYS", "- {date: 2027-02-22..2027-02-24, slots: [10:00-11:00]}")
    (tmp_path / "base.yaml").write_text(text)
    (tmp_path / "x.yaml").write_text(f"extends: base.yaml\nname: x\n{change}")
    opens = [slot.opens for slot in load(tmp_path / "x.yaml").scenario.calendar.axis.slots]
    assert opens == [600, 540, 600]


def test_a_range_in_a_rule_is_every_day_of_the_series_within_it() -> None:
    days = ["2025-02-27", "2025-02-28", {"date": "2025-03-01"}, "2025-03-03"]
    calendar = scenario({"WG": "1h"}, days=days).calendar
    part = parse_when("2025-02-28..2025-03-02 pm")
    assert [day.day for day in part.days(calendar)] == [28, 1]
    assert part.slots(calendar) == {3, 5}
    assert part.spoken(calendar) == "in the afternoons from Friday 28 February to Sunday 2 March"
    assert parse_when("2025-02-27..2025-02-28 10:00-11:00").spoken(calendar) == (
        "from Thursday 27 February to Friday 28 February between 10:00 and 11:00"
    )


def test_a_rule_with_a_range_must_meet_the_series_and_a_single_moment_is_no_range() -> None:
    with pytest.raises(ScenarioError, match="no day of this series lies in 2025-03-03"):
        scenario({"WG": "1h"}, {"rule": "not_on", "when": ["2025-03-03..2025-03-07"]})
    anchor = {"rule": "anchor", "of": ["WG"], "at": "10:00", "when": "2025-02-25..2025-02-26"}
    with pytest.raises(ScenarioError, match="may be Tuesday 25 February or Wednesday 26 February: write the date"):
        scenario({"WG": "1h"}, anchor)


def test_a_name_of_every_day_is_called_with_its_day(tmp_path: Path) -> None:
    names = read(tmp_path, "2027-02-22..2027-02-23").calendar.slot_named
    assert names["Monday early"] == names["2027-02-22 early"] == names["2027-02-22 10:00"] == 0
    assert names["Tuesday late"] == names["2027-02-23 late"] == names["2027-02-23 15:00"] == 3
    assert "early" not in names
    weeks = read(tmp_path, "2027-02-22\n    - 2027-03-02\n    - 2027-03-08").calendar.slot_named
    assert weeks["Monday 8 March early"] == weeks["2027-03-08 early"] == 4
    assert "Monday early" not in weeks


def test_preferences_name_slots_of_every_day_by_day_and_name(tmp_path: Path) -> None:
    rule = "rules: [{rule: preferences, weight: 1, bodies_by_slot: {WG: {TEXT: 3}}}]\n"
    of = read(tmp_path, "2027-02-22..2027-02-23", rule.replace("TEXT", "Tuesday late"))
    assert of.rules[0].rule == "preferences"
    (wrong,) = told(tmp_path, "2027-02-22..2027-02-23", rule.replace("TEXT", "Tuesday lat"))
    assert wrong[2] == "there is no slot 'Tuesday lat' in this scenario"


def test_a_name_of_one_day_is_its_own_and_no_day_has_a_name_twice(tmp_path: Path) -> None:
    text = "{date: 2027-02-22, slots: [{hours: 09:00-10:00, name: forum}, 10:00-11:00]}\n    - 2027-02-23"
    assert read(tmp_path, text).calendar.slot_named["forum"] == 0
    twice = text.replace("10:00-11:00", "{hours: 10:00-11:00, name: forum}")
    assert [m for *_, m in told(tmp_path, twice)] == [
        "two slots of Monday 22 February are called 'forum': a day has a name once"
    ]


def test_a_range_is_read_by_hand() -> None:
    assert read_range("Mon 2027-02-22 .. 2027-02-26") == (date(2027, 2, 22), date(2027, 2, 26))
    assert [day.day for day in working_days("2027-02-25..2027-03-02", {date(2027, 3, 1)})] == [25, 26, 2]
