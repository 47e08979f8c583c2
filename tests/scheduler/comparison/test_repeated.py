"""Criteria of those who follow work count a session that is repeated once, where it suits best; all by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from scheduler.comparison import measures
from scheduler.comparison.option import Option
from scheduler.domain.places import HomePlace

HALLS = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}
CHAIR = {"officers": [{"id": "chair", "post": "Chair"}]}


def option(places: dict[str, str], bodies: dict[str, Any], **more: Any) -> Option:
    of = scenario(bodies, **HALLS, **more)
    return Option("A", "A", of, timetable(of, places), "optimal")


TWICE = {"A": {"officers": ["chair"], "sessions": {"a": "2h", "again": {"repeats": "a"}}}, "B": "2h"}


@pytest.mark.parametrize(
    ("again", "b", "nights"),
    [
        ("Thu 10:00 hall", "Thu 15:00 hall", 0),
        ("Thu 10:00 hall", "Wed 10:00 hall", 1),
        ("Tue 15:00 hall", "Fri 10:00 hall", 3),
    ],
)
def test_nights_of_those_who_follow_and_of_those_who_serve(again: str, b: str, nights: int) -> None:
    here = option({"a": "Tue 10:00 hall", "again": again, "b": b}, TWICE, **CHAIR)
    assert measures.nights_of_all.measure(here) == nights
    assert measures.body_nights.measure(here) == 0
    assert measures.officer_nights.measure(here) == (2 if again.startswith("Thu") else 0)
    assert measures.days.measure(here) == len({"Tue", again[:3], b[:3]})


def test_journeys_are_those_of_the_times_that_suit_best() -> None:
    """Once in each of two weeks: who comes for b in the second week attends a then, too."""
    days = ["2025-02-25", "2025-03-06"]
    here = option({"a": "Tue 10:00 hall", "again": "Thu 10:00 hall", "b": "Thu 15:00 hall"}, TWICE, days=days, **CHAIR)
    assert measures.journeys.measure(here) == 1


def test_what_one_delegate_misses() -> None:
    bodies = {"A": {"a": "2h", "again": {"repeats": "a"}}, "B": "2h", "C": "1h"}
    places = {"a": "Tue 10:00 hall", "again": "Tue 15:00 hall", "b": "Tue 10:00 annexe", "c": "Wed 10:00 hall"}
    assert measures.missed_minutes.measure(option(places, bodies)) == 0
    assert measures.missed_minutes.measure(option(places | {"c": "Tue 15:00 annexe"}, bodies)) == 60
    assert measures.missed_minutes.measure(option(places | {"b": "Tue 11:00 annexe"}, bodies)) == 0


def test_who_wants_to_attend_clashes_at_the_best_time_and_who_must_at_each() -> None:
    cy = {"duration": "1h", "attendees": ["Cy"], "presenters": ["Ada"]}
    bodies = {"A": {"a": cy, "again": {"repeats": "a"}}, "B": {"b": cy}}
    places = {"a": "Tue 10:00 hall", "again": "Tue 12:00 hall", "b": "Tue 12:00 annexe"}
    assert measures.clashes.measure(option(places, bodies)) == 1  # Ada, at again and b
    third = bodies | {"C": {"c": {"duration": "1h", "attendees": ["Cy"]}}}
    assert measures.clashes.measure(option(places | {"c": "Tue 10:00 hall"}, third)) == 2  # Cy too: b or c


def test_each_place_counts_its_best_time() -> None:
    """At 12:00 in Nairobi it is 04:00 in New York and 18:00 in Tokyo; at 18:00 10:00, and 24:00."""
    meeting = {"series": "S", "annex_title": "A", "format": "online", "time_zone": "Africa/Nairobi"}
    places = (HomePlace("X", "West", "New York", "America/New_York"), HomePlace("Y", "East", "Tokyo", "Asia/Tokyo"))
    slots = ["12:00-14:00", "18:00-20:00"]
    sits = {"a": "Tue 12:00", "b": "Tue 18:00"}
    for repeat, expected in (({"repeats": "a"}, {"East": 100.0, "West": 100.0}), ("2h", {"East": 50.0, "West": 50.0})):
        of = scenario({"A": {"a": "2h", "b": repeat}}, slots=slots, meeting=meeting)
        here = Option("A", "A", of, timetable(of, sits), "optimal", places=places)
        assert measures.in_the_day(here) == expected
