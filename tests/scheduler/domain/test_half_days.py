"""Half-days, reckoned by hand: no pause of an hour or more parts them."""

from __future__ import annotations

import pytest
from support.letters import letter
from support.small import scenario

from scheduler.domain.base import SessionId
from scheduler.domain.half_days import half_days
from scheduler.scenario import Scenario

FORUM = SessionId("forum")
WG = SessionId("wg")


def of(case: Scenario, session: SessionId = WG) -> list[tuple[str, str, int]]:
    """Day, hours and minutes of each half-day that is open to a session."""
    return [(str(half.day)[-2:], half.hours, half.minutes) for half in case.half_days(session)]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        (["10:00-11:30", "11:30-13:00"], [("10:00-13:00", 180)]),  # one morning
        (["10:00-13:00", "15:00-18:00"], [("10:00-13:00", 180), ("15:00-18:00", 180)]),
        (["10:00-11:30", "11:45-13:15"], [("10:00-13:15", 180)]),  # coffee has no length
        (["10:00-12:00", "12:59-14:00"], [("10:00-14:00", 181)]),  # 59 minutes part nothing
        (["10:00-12:00", "13:00-14:00"], [("10:00-12:00", 120), ("13:00-14:00", 60)]),  # an hour does
        (["09:00-12:00", "12:00-15:00", "15:00-18:00"], [("09:00-18:00", 540)]),  # the Human Rights Council's day
    ],
)
def test_no_pause_of_an_hour_parts_a_half_day(slots: list[str], expected: list[tuple[str, int]]) -> None:
    case = scenario({"WG": "1h"}, days=["2025-02-25"], slots=slots)
    assert of(case) == [("25", hours, minutes) for hours, minutes in expected]


def test_a_night_parts_half_days_however_short() -> None:
    days = [{"date": "2025-02-25", "slots": ["22:00-24:00"]}, {"date": "2025-02-26", "slots": ["00:00-02:00"]}]
    assert of(scenario({"WG": "1h"}, days=days)) == [("25", "22:00-24:00", 120), ("26", "00:00-02:00", 120)]


def test_slots_reserved_for_others_are_left_out() -> None:
    """The FORUM has one morning of three hours; to WG the hour between its two slots is a pause."""
    hours = ["10:00-11:00", {"hours": "11:00-12:00", "reserved_for": ["FORUM"]}, "12:00-13:00"]
    case = scenario({"WG": "1h", "FORUM": "1h"}, days=["2025-02-25"], slots=hours)
    assert of(case, FORUM) == [("25", "10:00-13:00", 180)]
    assert of(case, WG) == [("25", "10:00-11:00", 60), ("25", "12:00-13:00", 60)]


def test_every_slot_lies_in_one_half_day() -> None:
    axis = letter("csp8").calendar.axis
    found = half_days(reversed(axis.slots))
    assert sorted(index for half in found for index in half.indices) == [slot.index for slot in axis.slots]


def test_words_by_the_opening() -> None:
    case = scenario({"WG": "1h"}, days=["2025-02-25"], slots=["10:00-12:00", "13:00-17:00", "18:00-20:00"])
    assert [half.word for half in case.half_days(WG)] == ["morning", "afternoon", "evening"]


def test_the_two_slots_of_csp8_are_one_half_day_and_those_of_csp10_two() -> None:
    for name, expected in (("csp8", 1), ("csp10", 2)):
        case = letter(name)
        for session in case.sessions:
            days = [half.day for half in case.half_days(session)]
            assert {days.count(day) for day in days} == {expected}, name
