"""Dates and hours as people write them; and numbers that are none."""

from __future__ import annotations

import pytest

from scheduler.linting.dates import dates_in
from scheduler.linting.hours import hours_in

DATES = {
    "on 24 April 2026": "24.4.2026",
    "27 - 28 MAY 2026": "27.5.2026..28.5.2026",
    "27-28 May 2026.": "27.5.2026..28.5.2026",
    "30 August - 03 September 2021": "30.8.2021..3.9.2021",
    "30 December - 2 January 2026": "30.12.2025..2.1.2026",
    "On 04 and 22 November 2021": "4.11.2021, 22.11.2021",
    "5, 12 and 19 March 2025": "5.3.2025, 12.3.2025, 19.3.2025",
    "25-26 February and 20-21 May 2025": "25.2.2025..26.2.2025..20.5.2025..21.5.2025",
    "Tuesday, 25 February 2025": "Tue 25.2.2025",
    "Tue 25 Feb. 2025": "Tue 25.2.2025",
    "25 February 2025 (Tuesday)": "Tue 25.2.2025",
    "Tuesday to Friday, 25-28 February 2025": "Tue 25.2.2025..Fri 28.2.2025",
    "Tuesday 25 - Friday 28 February 2025": "Tue 25.2.2025..Fri 28.2.2025",
    "February 25-28, 2025": "25.2.2025..28.2.2025",
    "the 3rd of May, 2026": "3.5.2026",
    "Monday 19 February": "Mon 19.2.None",
    "2025-02-25": "25.2.2025",
    "25.2.2025": "25.2.2025",
    "31 April 2026": "31.4.2026",
    "from 10:00 to 13:00 on 5 May 2025": "5.5.2025",
    "9 February 2022, 08:00 - 09:00": "9.2.2022",
    "delegations may 5 times": "",
    "the CSP5 and CSP10 decisions": "",
    "Articles 6&7": "",
    "10:00 - 13:00": "",
}
NAMES = ("Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun ")


@pytest.mark.parametrize("text", DATES)
def test_dates_are_read(text: str) -> None:
    found = [
        (".." if each.ranged else ", ").join(
            f"{'' if i.weekday is None else NAMES[i.weekday]}{i.day}.{i.month}.{i.year}" for i in each.items
        )
        for each in dates_in(text)
    ]
    assert found == ([DATES[text]] if DATES[text] else [])


def test_the_place_of_a_date_is_that_of_its_words() -> None:
    text = "by the 22 May 2026 at noon"
    found = next(dates_in(text))
    assert (found.text, text[found.start : found.end]) == ("22 May 2026", "22 May 2026")


def test_a_day_that_no_calendar_has_is_read_and_has_no_date() -> None:
    found = next(dates_in("31 April 2026"))
    assert (found.first, found.items[0].exists) == (None, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10:00 - 13:00", [(600, 780)]),
        ("from 10:00 to 13:00 and 15:00 to 18:00", [(600, 780), (900, 1080)]),
        ("from 10 a.m. to 1 p.m.", [(600, 780)]),
        ("10 to 1 p.m.", [(600, 780)]),
        ("10h00-13h00", [(600, 780)]),
        ("between 10.00 and 13.00", [(600, 780)]),
        ("at 10:00 and 15:00", []),
        ("25 to 28", []),
        ("13:00-10:00", []),
    ],
)
def test_hours_are_read(text: str, found: list[tuple[int, int]]) -> None:
    assert list(hours_in(text)) == found
