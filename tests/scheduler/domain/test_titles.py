"""Placeholders of titles, and the days of a calendar in words."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.calendar import Calendar
from scheduler.domain.titles import dates_in_words, escaped, filled, unknown


def calendar(*days: Any, **more: Any) -> Calendar:
    return Calendar.model_validate({"slots": ["10:00-13:00"], "days": list(days), **more})


def empty(day: str) -> dict[str, Any]:
    return {"date": day, "slots": []}


THREE = calendar("2023-05-09", "2023-05-10", "2023-05-11")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["2027-06-01"], "1 June 2027"),
        (["2027-06-01", "2027-06-02"], "1-2 June 2027"),
        ([empty("2027-05-31"), "2027-06-01", "2027-06-02", "2027-06-03"], "1-3 June 2027"),
        (["2027-06-01", empty("2027-06-02"), "2027-06-03"], "1-3 June 2027"),
        (["2027-06-01", "2027-06-03"], "1 and 3 June 2027"),
        (["2027-06-01", "2027-06-03", "2027-06-04"], "1 and 3-4 June 2027"),
        (["2027-06-01", "2027-06-03", "2027-06-08"], "1, 3 and 8 June 2027"),
        (["2027-06-03", "2027-06-04", "2027-06-07", "2027-06-08"], "3-8 June 2027"),  # over a weekend
        (["2027-06-30", "2027-07-01"], "30 June - 1 July 2027"),
        (["2027-06-28", "2027-06-29", "2027-07-13", "2027-07-14"], "28-29 June and 13-14 July 2027"),
        (["2027-12-30", "2027-12-31", "2028-01-03"], "30 December 2027 - 3 January 2028"),
        (["2027-12-14", "2028-01-11", "2028-01-12"], "14 December 2027 and 11-12 January 2028"),
        (["2027-06-29", "2027-06-30", "2027-07-01", "2027-07-13"], "29 June - 1 July and 13 July 2027"),
    ],
)
def test_the_days_of_a_calendar_in_words(days: list[Any], words: str) -> None:
    assert dates_in_words(calendar(*days)) == words


def test_a_holiday_parts_nothing_and_a_calendar_of_holidays_names_its_days() -> None:
    ascension = {"holidays": [{"date": "2027-05-06", "name": "Ascension Day"}]}
    assert dates_in_words(calendar("2027-05-05", "2027-05-06", "2027-05-07", **ascension)) == "5-7 May 2027"
    assert dates_in_words(calendar("2027-05-05", "2027-05-07", **ascension)) == "5-7 May 2027"
    assert dates_in_words(calendar("2027-05-06", **ascension)) == "6 May 2027"


@pytest.mark.parametrize(
    ("template", "draft", "final"),
    [
        ("{draft} SCHEDULE: {DATES}", "DRAFT SCHEDULE: 9-11 MAY 2023", "SCHEDULE: 9-11 MAY 2023"),
        ("Schedule of {dates}", "Schedule of 9-11 May 2023", "Schedule of 9-11 May 2023"),
        ("Schedule ({draft}): {dates}", "Schedule (DRAFT): 9-11 May 2023", "Schedule: 9-11 May 2023"),
        ("Schedule [{draft}] of {dates}", "Schedule [DRAFT] of 9-11 May 2023", "Schedule of 9-11 May 2023"),
        ("SCHEDULE {draft}", "SCHEDULE DRAFT", "SCHEDULE"),
        ("THE {draft} SCHEDULE", "THE DRAFT SCHEDULE", "THE SCHEDULE"),
        ("{{dates}} and {{draft}}", "{dates} and {draft}", "{dates} and {draft}"),
        ("{Dates} { }", "{Dates} { }", "{Dates} { }"),
        ("no placeholder  at all", "no placeholder  at all", "no placeholder  at all"),
    ],
)
def test_placeholders_are_replaced_and_nothing_else(template: str, draft: str, final: str) -> None:
    assert filled(template, THREE, draft=True) == draft
    assert filled(template, THREE, draft=False) == final


def test_what_is_no_placeholder_is_named() -> None:
    assert list(unknown("{dates} {DATES} {draft} {{any}} {Dates} {} }")) == ["{Dates}", "{}", "}"]


@pytest.mark.parametrize("text", ["{dates}", "a {{b}} c", "}{", "plain"])
def test_an_escaped_text_is_given_back(text: str) -> None:
    assert filled(escaped(text), THREE, draft=False) == text
    assert list(unknown(escaped(text))) == []
