"""Words that mean several things are refused where they stand, with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.explanation.set_values import with_settings
from scheduler.explanation.wish_language import parse_wish
from scheduler.forecasting.reports import read_report
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data, validated
from scheduler.reading.loading import from_document, load
from scheduler.reading.plain import Plain
from scheduler.reading.yamltext import read_document
from scheduler.scenario import Scenario

TWO_WEEKS = """\
name: fortnight
meeting: {series: Fortnight, annex_title: FORTNIGHT}
calendar:
  slots: [10:00-13:00, 15:00-18:00]
  days: [2027-05-06, 2027-05-07, 2027-05-10, 2027-05-13, 2027-05-14]
bodies:
  - {id: WG, sessions: [{id: a, duration: 3h}, {id: b, duration: 2h}]}
rules:
  - {rule: rolling}
"""
"""Thursday, Friday, Monday, Thursday, Friday."""
LONG = TWO_WEEKS.replace("2027-05-07,", "{date: 2027-05-07, slots: [09:00-17:00]},")
"""The first Friday has one slot from morning to afternoon."""


def refused(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "unclear.yaml"
    path.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        from_document(read_document(path))
    return [(found.path, found.message) for found in caught.value.diagnostics]


def read(tmp_path: Path, text: str) -> Scenario:
    path = tmp_path / "clear.yaml"
    path.write_text(text)
    return load(path).scenario


FRIDAYS = "'{}' may be Friday 7 May or Friday 14 May: write the date, as in 2027-05-07"


@pytest.mark.parametrize(
    ("rule", "path", "message"),
    [
        ('{rule: anchor, of: [a], at: "15:00", when: Friday}', "rules[1].when", FRIDAYS.format("Friday")),
        ("{rule: pin, of: [a], start: Fri pm}", "rules[1].start", FRIDAYS.format("Fri") + " pm"),
        ("{rule: pin, of: [a], start: fri 15:00-16:00}", "rules[1].start", FRIDAYS.format("fri") + " 15:00-16:00"),
    ],
)
def test_a_weekday_that_occurs_twice_is_no_moment(tmp_path: Path, rule: str, path: str, message: str) -> None:
    assert refused(tmp_path, TWO_WEEKS + f"  - {rule}\n") == [(path, message)]


def test_a_promise_asks_for_the_date_too(tmp_path: Path) -> None:
    text = TWO_WEEKS + "promises:\n  - {rule: finish_by, of: [WG], by: Thursday 18:00}\n"
    message = "'Thursday' may be Thursday 6 May or Thursday 13 May: write the date, as in 2027-05-06 18:00"
    assert refused(tmp_path, text) == [("promises[0].by", message)]


def test_a_weekday_that_occurs_once_is_a_moment_and_in_a_list_it_means_every_such_day(tmp_path: Path) -> None:
    once = '  - {rule: anchor, of: [a], at: "15:00", when: Monday}\n'
    every = "  - {rule: not_on, of: [b], when: [Friday pm, Thursday 10:00-11:00]}\n"
    scenario = read(tmp_path, TWO_WEEKS + once + every)
    assert scenario.rules[1].describe(scenario) == "WG a starts at 15:00 on Monday 10 May."
    assert scenario.rules[2].describe(scenario) == (
        "WG b is not held on Friday afternoons (7 and 14 May) or on Thursdays (6 and 13 May) between 10:00 and 11:00."
    )
    slots = [scenario.calendar.axis.slots[i] for i in sorted(scenario.rules[2].when[0].slots(scenario.calendar))]
    assert [str(slot) for slot in slots] == ["Friday 7 May 15:00", "Friday 14 May 15:00"]


def test_wishes_and_reports_ask_for_the_date(tmp_path: Path) -> None:
    scenario = read(tmp_path, TWO_WEEKS)
    for text, forbid in (("a on Fri pm", False), ("a at 15:00 on Friday", False), ("a on Friday", True)):
        with pytest.raises(InputError, match="may be Friday 7 May or Friday 14 May"):
            parse_wish(scenario, text, forbid=forbid)
    with pytest.raises(InputError, match=r"--at: 'Fri' may be .* as in 2027-05-07 11:00"):
        read_report(scenario, "Fri 11:00", [], [])
    with pytest.raises(InputError, match=r"--done a@Thu 11:00: 'Thu' may be"):
        read_report(scenario, "Monday 10:00", ["a@Thu 11:00"], [])
    assert read_report(scenario, "Monday 10:00", ["a@2027-05-06 13:00"], [])[0].now == 720


ASTRIDE = (
    "the slot 09:00-17:00 on Friday 7 May opens before noon and closes after 14:00, "
    "so it is neither 'am' nor 'pm': write hours, as in "
)


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        ("2027-05-07 am", "2027-05-07 09:00-12:00"),
        ("Friday pm", "Friday 12:00-17:00"),
        ("am", "09:00-12:00"),
        ("afternoon", "12:00-17:00"),
    ],
)
def test_a_slot_from_morning_to_afternoon_is_neither(tmp_path: Path, when: str, hours: str) -> None:
    found = refused(tmp_path, LONG + f"  - {{rule: only_on, of: [a], when: [2027-05-06, {when}]}}\n")
    assert found == [("rules[1].when[1]", ASTRIDE + hours)]


def test_am_and_pm_are_clear_on_all_other_days(tmp_path: Path) -> None:
    scenario = read(tmp_path, LONG + "  - {rule: only_on, of: [a], when: [Thursday am, last day pm]}\n")
    meant = [sorted(part.slots(scenario.calendar)) for part in scenario.rules[1].when]
    assert meant == [[0, 5], [8]]
    with pytest.raises(InputError, match="neither 'am' nor 'pm'"):
        parse_wish(scenario, "a on 2027-05-07 am", forbid=False)


def test_a_setting_may_not_make_words_unclear(tmp_path: Path) -> None:
    scenario = read(tmp_path, TWO_WEEKS + "  - {rule: only_on, of: [a], when: [Monday am]}\n")
    with pytest.raises(InputError, match=r"--set:1:16: the slot 10:00-18:00 on Monday 10 May"):
        with_settings(scenario, ["calendar.slots=[10:00-18:00]"])
    assert with_settings(scenario, ["calendar.slots=[10:00-14:00]"]).calendar.axis.total == 5 * 240


def test_a_slot_over_a_change_of_the_clock_is_refused_at_its_slots(tmp_path: Path) -> None:
    zone = TWO_WEEKS.replace("annex_title: FORTNIGHT", "annex_title: FORTNIGHT, time_zone: America/New_York")
    text = zone.replace("2027-05-14", "2027-05-14, {date: 2027-11-07, slots: [00:30-03:30, 09:00-11:00]}")
    ((path, message),) = refused(tmp_path, text)
    assert path == "calendar.days[5].slots"
    assert "00:30-03:30 lasts 4 h and not 3 h" in message


def test_a_stored_scenario_of_an_earlier_version_is_still_read() -> None:
    data = {
        "name": "old",
        "meeting": {"series": "Old", "annex_title": "OLD"},
        "calendar": {"slots": ["10:00-18:00"], "days": ["2027-05-07", "2027-05-14"]},
        "bodies": [{"id": "WG", "sessions": [{"id": "a", "duration": "1h"}]}],
        "rules": [{"rule": "not_on", "of": ["a"], "when": ["am"]}],
        "promises": [{"rule": "finish_by", "of": ["a"], "by": "Friday 18:00"}],
    }
    scenario, told = validated(Plain("old.json", data), as_it_was=True)
    assert scenario.rules[0].when[0].slots(scenario.calendar) == frozenset()  # type: ignore[attr-defined]
    assert {(each.path, each.severity.value) for each in told} == {
        ("rules[0].when[0]", "warning"),
        ("promises[0].by", "warning"),
    }
    with pytest.raises(ScenarioError):
        from_data(data)


@pytest.mark.parametrize(
    ("absent", "message"),
    [
        ("Sunday", "no Sunday in this series: it runs from Thursday 6 May to Friday 14 May"),
        ("Fri 15:00", "'15:00' is not a pair of hours: write 10:00-13:00"),
        ("Friday 15:00-18:00 pm", "'Friday 15:00-18:00 pm' has hours and 'pm': write one of them"),
        ("Friday 2027-05-06", "6 May 2027 is a Thursday, not 'Friday'"),
        (
            "2027-05-06 13:00-02:00",
            "'13:00-02:00' lasts 13 h over midnight, and hours over midnight last at most 12 h: write 13:00-24:00 and, "
            "of the next day, 00:00-02:00; or, if one day is meant, the earlier time first",
        ),
    ],
)
def test_an_absence_is_a_day_or_hours_of_days_of_the_series(tmp_path: Path, absent: str, message: str) -> None:
    text = TWO_WEEKS.replace("bodies:", f"officers: [{{id: chair, post: Chair, absent: [{absent}]}}]\nbodies:")
    assert refused(tmp_path, text) == [("officers[0].absent[0]", message)]


@pytest.mark.parametrize(
    "absent",
    [
        "Thursdays",
        "Thu-Fri",
        "Thursday..Friday",
        "9-11",
        "until 12:00",
        "6 May - 7 May",
        "6/5/2027",
        "soon",
        "Fri 9-11",
    ],
)
@pytest.mark.parametrize("key", ["absent", "present"])
def test_an_absence_in_no_known_form_is_answered_with_every_form(tmp_path: Path, key: str, absent: str) -> None:
    """The whole text is named, and weekdays and hours are offered as well as dates."""
    text = TWO_WEEKS.replace("bodies:", f"officers: [{{id: chair, post: Chair, {key}: ['{absent}']}}]\nbodies:")
    remedy = (
        "write a weekday, a date, a range of dates such as 2025-02-25..2025-02-27, 'first day' or 'last day', with or "
        "without 'am', 'pm' or hours such as 10:00-13:00"
    )
    assert refused(tmp_path, text) == [(f"officers[0].{key}[0]", f"'{absent}' is not a part of the calendar: {remedy}")]


def test_a_placeholder_without_quotes_is_told_to_have_them(tmp_path: Path) -> None:
    path = tmp_path / "unquoted.yaml"
    path.write_text(TWO_WEEKS.replace("annex_title: FORTNIGHT", "annex_title: {DATES}"))
    with pytest.raises(ScenarioError) as caught:
        from_document(read_document(path))
    assert [found.hint for found in caught.value.diagnostics] == [
        'a text in braces goes in quotes: write annex_title: "{DATES}"'
    ]


def test_a_column_of_a_table_names_the_slots_instead(tmp_path: Path) -> None:
    (tmp_path / "wishes.csv").write_text("body,Monday am,2027-05-07 am\nWG,1,2\n")
    rule = "  - {rule: preferences, bodies_by_slot: {from: wishes.csv}, weight: 1}\n"
    ((_, message),) = refused(tmp_path, LONG + rule)
    assert message == ASTRIDE.removesuffix("write hours, as in ") + "write one of 2027-05-07 09:00"


def test_the_hours_offered_reach_to_the_end_of_the_day(tmp_path: Path) -> None:
    text = TWO_WEEKS.replace("[10:00-13:00, 15:00-18:00]", "[08:00-10:00, 10:30-14:30, 15:00-19:00]")
    found = refused(tmp_path, text + "  - {rule: only_on, of: [a], when: [Monday am, Monday pm]}\n")
    assert [message.partition("write hours, as in ")[2] for _, message in found] == [
        "Monday 08:00-12:00",
        "Monday 12:00-19:00",
    ]
