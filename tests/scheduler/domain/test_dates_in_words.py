"""A day in words is the day of the series; a weekday before it, or before a date, must be its own."""

from __future__ import annotations

import pytest
from support.small import scenario

from scheduler.errors import ScheduleError

DAYS = ("2027-03-05", "2027-03-12")


def away(when: str) -> object:
    rule = {"rule": "not_on", "of": ["WG"], "when": [when]}
    (found,) = scenario({"WG": "3h"}, rule, days=DAYS).rules
    return found.when[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("12 March", "2027-03-12"),
        ("Friday 12 March", "2027-03-12"),
        ("friday 12 mar", "2027-03-12"),
        ("12 March 2027 pm", "2027-03-12 pm"),
        ("Friday 5 March 10:00-11:30", "2027-03-05 10:00-11:30"),
        ("Friday 2027-03-05", "Friday 2027-03-05"),
        ("Friday", "Friday"),
    ],
)
def test_a_day_in_words_is_its_date(words: str, meant: str) -> None:
    assert str(away(words)) == meant


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Monday 12 March", "12 March 2027 is a Friday, not a Monday"),
        ("13 March", "'13 March' is not a part of the calendar"),
        ("12 March 2028", "'12 March 2028' is not a part of the calendar"),
    ],
)
def test_another_day_is_told(words: str, message: str) -> None:
    with pytest.raises(ScheduleError, match=message):
        away(words)


def test_a_date_of_the_calendar_may_have_its_weekday_before_it() -> None:
    calendar = scenario({"WG": "3h"}, days=[{"date": "Friday 2027-03-05"}]).calendar
    assert [str(day.date) for day in calendar.days] == ["2027-03-05"]
    with pytest.raises(ScheduleError, match="5 March 2027 is a Friday, not 'Monday'"):
        scenario({"WG": "3h"}, days=[{"date": "Monday 2027-03-05"}])
