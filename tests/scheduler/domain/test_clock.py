"""Lengths, clock times and dates as planners write them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scheduler.domain.clock import parse_clock, parse_date, parse_hours, parse_minutes, parse_weekday, show_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3h", 180),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1h30m", 90),
        ("90 min", 90),
        ("90m", 90),
        ("1.5h", 90),
        ("0.25 hours", 15),
        ("PT3H", 180),
        ("PT1H30M", 90),
        ("PT45M", 45),
        ("2 hrs", 120),
        (" 3h ", 180),
        ("0h", 0),
    ],
)
def test_a_length_can_be_written_in_many_ways(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a duration: write 3h, 1h30 or 90 min"),
        ("h", "'h' is not a duration: write 3h, 1h30 or 90 min"),
        ("90", "'90' has no unit: write 90 min or 90h"),
        ("1:30", "'1:30' is a time of day, not a length: write 1h30"),
        ("-3h", "'-3h' is negative: a length of time is 0 or more, as in 3h, 1h30 or 90 min"),
        ("PT", "'PT' is not a duration: write 3h, 1h30 or 90 min"),
        ("1.33h", "'1.33h' is not a whole number of minutes: write hours and minutes, as in 1h20"),
        ("three hours", "'three hours' is not a duration: write 3h, 1h30 or 90 min"),
        (None, "'None' is not a duration: write 3h, 1h30 or 90 min"),
    ],
)
def test_what_is_no_length_is_refused_with_a_remedy(text: object, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_minutes(text)


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30"), (125, "2 h 05")]
)
def test_a_length_is_shown_in_hours_and_minutes(minutes: int, shown: str) -> None:
    assert show_minutes(minutes) == shown


def test_midnight_at_the_end_of_a_day_is_24() -> None:
    assert (parse_clock("00:00"), parse_clock("9:05"), parse_clock("24:00")) == (0, 545, 1440)


@pytest.mark.parametrize("text", ["24:01", "25:00", "10:60", "10", "10.30", "noon", "-1:00", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        parse_clock(text)


def test_a_time_beyond_24_is_told_as_one_after_midnight() -> None:
    with pytest.raises(ValueError, match="'24:30' is not a time of day: after midnight write 00:30"):
        parse_hours("22:00-24:30")


@pytest.mark.parametrize("text", ["10:00-13:00", "10:00 - 13:00", "10:00 – 13:00", "10:00 to 13:00"])  # noqa: RUF001
def test_hours_may_be_written_with_any_dash(text: str) -> None:
    assert parse_hours(text) == (600, 780)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("13:00-10:00", "ends before it begins: write the earlier time first"),
        ("11:00-02:00", "ends before it begins: write the earlier time first"),  # 15 h are no night
        ("10:00-10:00", "lasts no minute"),
        ("18:00-00:00", "ends at the end of the day, which is written 24:00: write 18:00-24:00"),
        (
            "13:59-02:00",
            "lasts 12 h 01 over midnight, and hours over midnight last at most 12 h: write 13:59-24:00 and, of the "
            "next day, 00:00-02:00; or, if one day is meant, the earlier time first",
        ),
        ("19:00-11:59", "lasts 16 h 59 over midnight"),
        ("19:00-12:00", "ends before it begins: write the earlier time first"),
    ],
)
def test_hours_must_run_forwards_within_a_day(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_hours(text)


def test_a_day_that_a_month_does_not_have_is_refused_with_its_length() -> None:
    with pytest.raises(ValueError, match="February 2024 has 29 days"):
        parse_date("2024-02-30")


def test_dates_are_read_to_the_end_of_the_calendar() -> None:
    assert parse_date("9999-12-31") == date(9999, 12, 31)
    with pytest.raises(ValueError, match="December 9999 has 31 days"):
        parse_date("9999-12-32")


@pytest.mark.parametrize(
    ("text", "number"), [("Monday", 0), ("tue", 1), ("FRI.", 4), ("th", None), ("t", None), ("", None)]
)
def test_weekdays_may_be_cut_to_three_letters(text: str, number: int | None) -> None:
    assert parse_weekday(text) == number
