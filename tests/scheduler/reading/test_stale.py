"""Dates in titles against those of the calendar, weekdays against their dates, DRAFT against the status."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load

PLAIN = """\
name: titled
meeting:
  series: {series}
  annex_title: {title}
  status: {status}
  footnotes: ["{note}"]
calendar:
  slots: [10:00-13:00]
  days: [{days}]
bodies:
  - {{id: WG, sessions: [{{id: wg, duration: 1h}}]}}
"""
MAY = "2027-05-04, 2027-05-05, 2027-05-06, 2027-05-07"
"""Tuesday to Friday."""


def said(tmp_path: Path, title: str, days: str = MAY, **more: str) -> list[tuple[str, str, str]]:
    texts = {"series": "Trial", "status": "draft", "note": "As it may be."} | more
    path = tmp_path / "titled.yaml"
    path.write_text(PLAIN.format(title=f'"{title}"', days=days, **texts))
    return [(w.path, w.message, w.hint) for w in load(path).warnings if "weekend" not in w.message]


@pytest.mark.parametrize(
    "title",
    [
        "SCHEDULE OF THE MEETINGS: 4-7 MAY 2027",
        "SCHEDULE OF THE MEETINGS, 4 – 7 MAY",  # noqa: RUF001  planners paste the en dash
        "Schedule, 4 to 7 May 2027",
        "Schedule, Tuesday 4 to Friday 7 May 2027",
        "Tuesday to Friday, 4-7 May 2027",
        "the 4th to the 7th of May 2027",
        "May 4-7, 2027",
        "4, 5, 6 and 7 May 2027",
        "2027-05-04 to 2027-05-07",
        "Part 2, 4-7 May 2027",
        "Part 2. May 4-7, 2027",
        "4.-7. May 2027",
        "4-7.05.2027",
        "4.-7.5.2027",
        "04.05. - 07.05.2027",
        "4.5.2027-7.5.2027",
        "04/05/2027 - 07/05/2027",
        "4-7/05/2027",
        "04/05-07/05/2027",
        "05/04/2027 to 05/07/2027",
        "2027/05/04 to 2027/05/07",
        "ATT/CSP/2027/3",
        "BUDGET 2026/27",
        "Version 4.5.1",
        "1st MEETING, 4-7 MAY 2027 (as of 12 January 2027)",
        "MEETINGS OF MAY 2027",
        "MEETINGS 2027",
        "THE 2030 AGENDA",
        "10:00-13:00, ROOM 5",
        "{draft} SCHEDULE: {DATES}",
        "NO DATE",
    ],
)
def test_a_title_with_the_dates_of_the_calendar_or_none_is_left_alone(tmp_path: Path, title: str) -> None:
    assert said(tmp_path, title) == []


@pytest.mark.parametrize(
    ("title", "quoted", "placeholder"),
    [
        ("SCHEDULE: 5-8 MAY 2026", "5-8 MAY 2026", "{DATES}"),
        ("SCHEDULE: 4-6 MAY 2027", "4-6 MAY 2027", "{DATES}"),  # one day short
        ("Schedule: 4 to 10 May 2027", "4 to 10 May 2027", "{dates}"),
        ("Schedule: 4-7 June", "4-7 June", "{dates}"),
        ("Schedule: 4 May 2027", "4 May 2027", "{dates}"),
        ("30 April - 7 May 2027", "30 April - 7 May 2027", "{dates}"),
        ("May 4-6, 2027", "May 4-6, 2027", "{dates}"),
        ("4-5 May and 7 May 2027", "4-5 May and 7 May 2027", "{dates}"),
        ("2027-05-04 to 2027-05-08", "2027-05-04 to 2027-05-08", "{dates}"),
        ("Schedule, 23/02/2027 - 26/02/2027", "23/02/2027 - 26/02/2027", "{dates}"),
        ("SCHEDULE 23-26/02/2027", "23-26/02/2027", "{DATES}"),
        ("Schedule of 05/04/2027", "05/04/2027", "{dates}"),
        ("2027/05/04 to 2027/05/08", "2027/05/04 to 2027/05/08", "{dates}"),
        ("MEETINGS OF MAY 2026", "MAY 2026", "{DATES}"),
        ("WORKING GROUPS 2026", "2026", "{DATES}"),
        ("31 APRIL 2027", "31 APRIL 2027", "{DATES}"),
    ],
)
def test_other_dates_in_a_title_are_told(tmp_path: Path, title: str, quoted: str, placeholder: str) -> None:
    ((path, message, hint),) = said(tmp_path, title)
    assert path == "meeting.annex_title"
    assert message == f"the title says '{quoted}', the days of the calendar are 4-7 May 2027"
    assert placeholder in hint


def test_dates_over_months_and_gaps_are_understood(tmp_path: Path) -> None:
    gap = "2027-02-25, 2027-02-26, 2027-05-20, 2027-05-21"
    assert said(tmp_path, "25-26 FEBRUARY AND 20-21 MAY 2027", gap) == []
    assert len(said(tmp_path, "25-26 FEBRUARY AND 27-28 MAY 2027", gap)) == 1
    assert said(tmp_path, "FEBRUARY AND MAY 2027", gap) == []
    assert said(tmp_path, "February-May 2027", gap) == []
    turn = "2026-12-30, 2026-12-31, 2027-01-04"
    assert said(tmp_path, "30 December 2026 - 4 January 2027", turn) == []
    empty = "{{date: 2027-05-03, slots: []}}, 2027-05-04, 2027-05-05".replace("{{", "{").replace("}}", "}")
    assert said(tmp_path, "4-5 MAY 2027", empty) == said(tmp_path, "3-5 MAY 2027", empty) == []


def test_the_series_is_held_against_the_calendar_too(tmp_path: Path) -> None:
    ((path, message, _),) = said(tmp_path, "{DATES}", series="Working Groups of 3-6 May 2027")
    assert (path, message) == (
        "meeting.series",
        "the name of the series says '3-6 May 2027', the days of the calendar are 4-7 May 2027",
    )


@pytest.mark.parametrize(
    ("title", "status", "word"),
    [
        ("DRAFT SCHEDULE", "final", "DRAFT"),
        ("Draft schedule", "final", "Draft"),
        ("SCHEDULE (DRAFT)", "final", "DRAFT"),
        ("SCHEDULE (draft)", "final", "draft"),
        ("DRAFT SCHEDULE", "draft", None),
        ("{draft} SCHEDULE", "final", None),
        ("MEETING OF THE DRAFTING COMMITTEE", "final", None),
        ("Meeting on the draft treaty", "final", None),
    ],
)
def test_a_final_title_that_says_draft_is_told(tmp_path: Path, title: str, status: str, word: str | None) -> None:
    found = [message for _, message, _ in said(tmp_path, title, status=status)]
    assert found == ([f"the title says '{word}', and the status is final"] if word else [])


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Papers by Monday 3 May 2027.", None),
        ("Papers by Tuesday 3 May 2027.", "3 May 2027 is a Monday, and the text says 'Tuesday 3 May 2027'"),
        ("The closed session is on Thu, 5 May.", "5 May 2027 is a Wednesday, and the text says 'Thu, 5 May'"),
        ("A letter of Thursday 5 March.", None),  # of which year?
        ("Every Tuesday and 5 May 2027.", None),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_told(tmp_path: Path, note: str, told: str | None) -> None:
    found = [(path, message) for path, message, _ in said(tmp_path, "{DATES}", note=note)]
    assert found == ([("meeting.footnotes[0]", told)] if told else [])


@pytest.mark.parametrize(
    ("title", "message", "hint"),
    [
        ("{date}", "'{date}' is no placeholder", "did you mean '{dates}'?; {{ and }} stand for braces"),
        ("{DATE}", "'{DATE}' is no placeholder", "did you mean '{DATES}'?; {{ and }} stand for braces"),
        ("{Draft} SCHEDULE", "'{Draft}' is no placeholder", "did you mean '{draft}'?; {{ and }} stand for braces"),
        (
            "{venue}",
            "'{venue}' is no placeholder",
            "there are {dates}, {DATES} and {draft}; {{ and }} stand for braces",
        ),
        ("SET } OF", "a brace that stands alone", "write {{ or }} for a brace"),
    ],
)
def test_an_unknown_placeholder_is_an_error(tmp_path: Path, title: str, message: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        said(tmp_path, title)
    (found,) = caught.value.diagnostics
    assert (found.path, found.message, found.hint) == ("meeting.annex_title", message, hint)


@pytest.mark.parametrize("piece", ["1 May 2026 ", "x 1 May ", "May 1, 2026; ", "1, ", "Tuesday ", "{{}} "])
def test_a_title_of_hundreds_of_dates_is_read_in_one_pass(tmp_path: Path, piece: str) -> None:
    assert len(said(tmp_path, piece * 700)) == int("May" in piece)


@pytest.mark.parametrize(
    ("title", "days", "message"),
    [
        ("3-7.05.2027", MAY, "'3-7.05.2027', the days of the calendar are 4-7 May 2027"),
        ("Sessions of 4.5. - 6.5.2027", MAY, "'4.5. - 6.5.2027', the days of the calendar are 4-7 May 2027"),
        ("3.-7. May 2027", MAY, "'3.-7. May 2027', the days of the calendar are 4-7 May 2027"),
        ("Session of 03.05.2027", "2027-05-04", "'03.05.2027', the day of the calendar is 4 May 2027"),
        (
            "3-4 May 2027",
            "2027-05-04",
            "'3-4 May 2027', the day of the calendar is 4 May 2027",
        ),  # no number before dates
        ("MAY 3-4, 2027", "2027-05-04", "'MAY 3-4, 2027', the day of the calendar is 4 May 2027"),
    ],
)
def test_dates_with_points_and_the_first_day_of_a_range_are_read(
    tmp_path: Path, title: str, days: str, message: str
) -> None:
    assert [told for _, told, _ in said(tmp_path, title, days)] == [f"the title says {message}"]
