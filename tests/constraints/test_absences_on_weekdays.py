"""Weekdays in ``absent`` and ``present`` mean every such day; values by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checking import check
from scheduler.domain.base import SessionId, altered
from scheduler.domain.timetable import Timetable
from scheduler.explanation.adjustable import adjustable_numbers
from scheduler.explanation.members import members_of
from scheduler.explanation.set_values import with_settings
from scheduler.outcome import Status
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

TEXT = """\
name: regular
meeting: {series: Regular, annex_title: REGULAR}
calendar:
  slots: [09:00-12:30, 14:00-17:00]
  days: [2027-09-06, 2027-09-07, 2027-09-13, 2027-09-14]
officers: [{id: chair, post: Chair}]
bodies:
  - {id: WG, officers: [chair], sessions: [{id: a, duration: 1h}]}
"""
"""Two Mondays and two Tuesdays."""


def read(tmp_path: Path, *times: str, key: str = "absent", text: str = TEXT) -> Scenario:
    path = tmp_path / "regular.yaml"
    path.write_text(text.replace("post: Chair}", f"post: Chair, {key}: [{', '.join(times)}]}}"))
    return load(path).scenario


def there(scenario: Scenario) -> list[str]:
    """The hours at which the session of one hour may start, by day of the month."""
    found = []
    for start in range(0, scenario.calendar.axis.total, 30):
        place = scenario.place(SessionId("a"), start)
        if place is None or len(place.segments) > 1:
            continue
        if not any(f.rule == "officer_availability" for f in check(scenario, Timetable([place])).violations):
            first = place.segments[0]
            found.append(f"{first.day.day} {first.start // 60:02}:{first.start % 60:02}")
    return found


def morning(day: int) -> list[str]:
    return [f"{day} {clock}" for clock in ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")]


def afternoon(day: int) -> list[str]:
    return [f"{day} {clock}" for clock in ("14:00", "14:30", "15:00", "15:30", "16:00")]


@pytest.mark.parametrize(
    ("key", "times", "left"),
    [
        ("absent", ("Monday",), [*morning(7), *afternoon(7), *morning(14), *afternoon(14)]),
        ("present", ("mon",), [*morning(6), *afternoon(6), *morning(13), *afternoon(13)]),
        ("absent", ("Monday", "Tuesday pm"), [*morning(7), *morning(14)]),
        ("present", ("Tue am", "2027-09-06 pm"), [*afternoon(6), *morning(7), *morning(14)]),
        ("present", ("Tuesday 09:00-10:00", "Tuesday 10:00-11:00"), [*morning(7)[:3], *morning(14)[:3]]),
        ("absent", ("Mon", "Tuesday 10:00-17:00"), [*morning(7)[:1], *morning(14)[:1]]),
        # the slot of the morning closes at 12:30, so that until then it is morning
        ("absent", ("Mon pm", "Tue"), [*morning(6), *morning(13)]),
        ("present", ("Monday morning", "Monday afternoon"), [*morning(6), *afternoon(6), *morning(13), *afternoon(13)]),
    ],
)
def test_a_weekday_means_every_such_day(tmp_path: Path, key: str, times: tuple[str, ...], left: list[str]) -> None:
    assert there(read(tmp_path, *times, key=key)) == left


def test_the_solver_and_a_stored_scenario_mean_the_same(tmp_path: Path) -> None:
    scenario = read(tmp_path, "Monday", "Tuesday am", "2027-09-07 14:00-17:00")
    outcome = solve(scenario)
    assert outcome.timetable is not None
    assert str(outcome.timetable[SessionId("a")].segments[0].day) == "2027-09-14"
    assert solve(with_settings(scenario, ["officers.chair.absent=[Monday, Tue]"])).status is Status.INFEASIBLE
    stored = from_data(scenario.document)
    assert (there(stored), stored.sha256) == (there(scenario), scenario.sha256)


def test_a_weekday_of_a_longer_series_means_the_days_that_are_added(tmp_path: Path) -> None:
    longer = "calendar.days=[2027-09-06, 2027-09-20, 2027-09-21]"
    assert there(with_settings(read(tmp_path, "Monday"), [longer])) == [*morning(21), *afternoon(21)]


@pytest.mark.parametrize(
    ("time", "spoken"),
    [
        ("Monday", "on Mondays (6 and 13 September)"),
        ("Mon pm", "on Mondays (6 and 13 September), in the afternoon"),
        ("tue 10:00-11:00", "on Tuesdays (7 and 14 September), 10:00 to 11:00"),
        ("2027-09-06 am", "on Monday 6 September, in the morning"),
        ("2027-09-06..2027-09-13", "from Monday 6 September to Monday 13 September"),
    ],
)
def test_its_sentence_names_the_days(tmp_path: Path, time: str, spoken: str) -> None:
    conditions = [
        condition
        for member in members_of(read(tmp_path, time))
        for condition in member.conditions
        if "/absent/" in condition.id
    ]
    assert [condition.sentence for condition in conditions] == [f"The Chair is away {spoken}."]


def test_a_weekday_that_occurs_once_is_that_day(tmp_path: Path) -> None:
    once = TEXT.replace("2027-09-13, 2027-09-14", "2027-09-14")
    conditions = [
        a for member in members_of(read(tmp_path, "Monday", text=once)) for a in member.conditions if "/absent/" in a.id
    ]
    assert [condition.sentence for condition in conditions] == ["The Chair is away on Monday 6 September."]


def test_one_of_the_days_can_be_given_back(tmp_path: Path) -> None:
    scenario = read(tmp_path, "Monday pm", "Tuesday")
    away = [
        member for member in members_of(scenario) if any("/absent/" in condition.id for condition in member.conditions)
    ]
    steps = {
        step.sentence: step
        for number in adjustable_numbers(scenario, away)
        for step in number.settings
        if "after all" in step.sentence
    }
    assert list(steps) == [
        f"ask the Chair to be there on {day} after all"
        for day in ("Monday 6 September", "Monday 13 September", "Tuesday 7 September", "Tuesday 14 September")
    ]
    step = steps["ask the Chair to be there on Monday 6 September after all"]
    assert step.option == "officers.chair.absent=[2027-09-13 pm, Tuesday]"
    expected = [*morning(6), *afternoon(6), *morning(13)]
    assert (there(altered(scenario, **step.fields())), there(with_settings(scenario, [step.option]))) == (
        expected,
        expected,
    )


def test_halves_of_a_day_are_refused_where_a_slot_lies_in_both(tmp_path: Path) -> None:
    astride = TEXT.replace("2027-09-13,", "{date: 2027-09-13, slots: [10:00-16:00]},")
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, "Monday pm", text=astride)
    assert [(found.path, found.message) for found in caught.value.diagnostics] == [
        (
            "officers[0].absent[0]",
            "the slot 10:00-16:00 on Monday 13 September opens before noon and closes after 14:00, "
            "so it is neither 'am' nor 'pm': write hours, as in Monday 12:00-16:00",
        )
    ]
    assert there(read(tmp_path, "Tuesday pm", "Mon", text=astride)) == [*morning(7), *morning(14)]


def test_a_cell_of_a_table_takes_weekdays_too(tmp_path: Path) -> None:
    (tmp_path / "talks.csv").write_text(
        "id,duration,presenters,absent,present\nt,1h,Ann Lee,Monday; Tue am,\nu,1h,Bo Ode,,Mon 14:00-15:00\n"
    )
    text = TEXT.replace("[{id: a, duration: 1h}]", "{from: talks.csv}")
    path = tmp_path / "table.yaml"
    path.write_text(text)
    scenario = load(path).scenario
    assert [[period.spoken for period in (*p.absent, *p.present)] for p in scenario.people or ()] == [
        ["on Mondays (6 and 13 September)", "on Tuesdays (7 and 14 September), in the morning"],
        ["on Mondays (6 and 13 September), 14:00 to 15:00"],
    ]


@pytest.mark.parametrize(
    ("time", "message"),
    [
        ("Monday 17:30-19:00", "nobody meets on Mondays (6 and 13 September), 17:30 to 19:00: are the hours right?"),
        ("2027-09-07 12:30-14:00", "nobody meets on Tuesday 7 September, 12:30 to 14:00: are the hours right?"),
        ("2026-09-07 am", "nobody meets on Monday 7 September, in the morning, 2026: is the date right?"),
    ],
)
def test_times_at_which_nobody_meets_are_doubted(tmp_path: Path, time: str, message: str) -> None:
    path = tmp_path / "doubted.yaml"
    path.write_text(TEXT.replace("post: Chair}", f"post: Chair, absent: [{time}]}}"))
    assert [warning.message for warning in load(path).warnings] == [message]


@pytest.mark.parametrize("named", ["name: Dr. Ann Lee", "id: lee, name: Dr. Ann Lee"])
def test_somebody_without_a_post_can_be_asked_to_be_there_too(tmp_path: Path, named: str) -> None:
    text = TEXT.replace("bodies:", f"people: [{{{named}, absent: [Monday, Tue pm]}}]\nbodies:")
    path = tmp_path / "asked.yaml"
    path.write_text(text.replace("duration: 1h}", "duration: 1h, presenters: [Dr. Ann Lee]}"))
    scenario = load(path).scenario
    assert there(scenario) == [*morning(7), *morning(14)]
    steps = {
        step.sentence: step for number in adjustable_numbers(scenario, members_of(scenario)) for step in number.settings
    }
    step = steps["ask Dr. Ann Lee to be there on Monday 13 September after all"]
    assert step.option is not None
    expected = [*morning(7), *morning(13), *afternoon(13), *morning(14)]
    assert (there(altered(scenario, **step.fields())), there(with_settings(scenario, [step.option]))) == (
        expected,
        expected,
    )


def test_the_words_of_not_on_serve_too(tmp_path: Path) -> None:
    assert there(read(tmp_path, "first day", "last day")) == [*morning(7), *afternoon(7), *morning(13), *afternoon(13)]
    assert there(read(tmp_path, "Last Day pm", "first day", "Monday")) == [*morning(7), *afternoon(7), *morning(14)]
    assert there(read(tmp_path, "last day 09:00-12:30", key="present")) == morning(14)
    every = [clock for day in (6, 7, 13, 14) for clock in afternoon(day)]
    assert there(read(tmp_path, "am")) == there(read(tmp_path, "09:00-12:30")) == every


def test_the_last_day_is_the_last_on_which_somebody_can_meet(tmp_path: Path) -> None:
    text = TEXT.replace("2027-09-14]", "2027-09-14, {date: 2027-09-15, slots: []}]")
    scenario = read(tmp_path, "last day", text=text)
    assert there(scenario) == [*morning(6), *afternoon(6), *morning(7), *afternoon(7), *morning(13), *afternoon(13)]
    assert scenario.officers[0].absent[0].spoken == "on Tuesday 14 September"


def test_hours_of_every_day_are_said_and_shortened_day_by_day(tmp_path: Path) -> None:
    scenario = read(tmp_path, "am")
    (absent,) = scenario.officers[0].absent
    assert str(absent) == "Monday 6 September to Tuesday 14 September, in the morning"
    assert len(absent.days()) == 9


def test_a_stored_document_keeps_the_words(tmp_path: Path) -> None:
    scenario = read(tmp_path, "last day pm", "10:00-11:00")
    again = from_data(scenario.document)
    assert again.officers[0].absent == scenario.officers[0].absent


@pytest.mark.parametrize("text", ["last", "day", "first day of May", "last day 25:00-26:00", "second day"])
def test_other_words_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScenarioError):
        read(tmp_path, text)
