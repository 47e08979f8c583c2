"""Slots over a change of the clock: which they are, how long they last, what to write instead."""

from __future__ import annotations

import pytest

from scheduler.domain.calendar import Calendar
from scheduler.domain.clock_changes import clock_changes


def found(zone: str, day: str, *slots: str) -> list[tuple[str, str]]:
    calendar = Calendar.model_validate({"days": [day], "slots": slots})
    return [(change.problem(slot), change.remedy(slot)) for slot, change in clock_changes(calendar.axis.slots, zone)]


@pytest.mark.parametrize(
    ("zone", "day", "hours", "said", "instead"),
    [
        ("Europe/Zurich", "2027-03-28", "00:00-06:00", "lasts 5 h and not 6 h", "00:00-02:00 and 03:00-06:00"),
        ("Europe/Zurich", "2027-10-31", "00:00-06:00", "lasts 7 h and not 6 h", "00:00-02:00 and 03:00-06:00"),
        ("America/New_York", "2027-03-14", "01:00-04:00", "lasts 2 h and not 3 h", "01:00-02:00 and 03:00-04:00"),
        ("Australia/Lord_Howe", "2027-10-03", "01:00-04:00", "lasts 2 h 30 and not 3 h", "01:00-02:00 and 02:30-04:00"),
        (
            "Europe/Zurich",
            "2027-03-27",
            "22:00-04:00",
            "lasts 5 h and not 6 h",
            "write 22:00-02:00, in the 'slots' of this day, and 03:00-04:00 in those of the next day",
        ),
        ("Europe/Zurich", "2027-10-30", "22:00-03:00", "lasts 6 h and not 5 h", "write 22:00-02:00, in the 'slots' of"),
        # Beirut's clocks go forward at midnight.
        ("Asia/Beirut", "2027-03-28", "00:00-03:00", "lasts 2 h and not 3 h", "write 01:00-03:00"),
        # Santiago's go back when the day ends: its last hour comes twice.
        ("America/Santiago", "2027-04-03", "22:00-24:00", "come twice", "write 22:00-23:00"),
    ],
)
def test_a_slot_over_a_change_is_told_with_its_real_length(
    zone: str, day: str, hours: str, said: str, instead: str
) -> None:
    ((problem, remedy),) = found(zone, day, hours)
    assert said in problem
    assert zone in problem
    assert instead in remedy


@pytest.mark.parametrize(
    ("zone", "day", "slots"),
    [
        ("Europe/Zurich", "2027-03-28", ["00:00-02:00", "03:00-06:00"]),
        ("Europe/Zurich", "2027-10-31", ["00:00-02:00", "03:00-06:00"]),
        ("Europe/Zurich", "2027-03-27", ["20:00-24:00"]),
        ("Europe/Zurich", "2027-03-27", ["22:00-02:00"]),
        ("Europe/Zurich", "2027-03-29", ["00:00-06:00"]),
        ("Asia/Tokyo", "2027-03-28", ["00:00-06:00"]),
        ("America/Santiago", "2027-04-04", ["00:00-03:00"]),
    ],
)
def test_a_slot_beside_a_change_or_elsewhere_is_left_alone(zone: str, day: str, slots: list[str]) -> None:
    assert found(zone, day, *slots) == []


def test_a_slot_that_lies_wholly_in_the_missing_hour_has_no_other_hours() -> None:
    ((_, remedy),) = found("Europe/Zurich", "2027-03-28", "02:00-03:00")
    assert remedy == "take the slot out"
