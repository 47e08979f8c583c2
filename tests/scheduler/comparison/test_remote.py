"""Who follows from afar at night: CSP8 at three hours of the day, clock changes, half hours, the fairest slots."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations_with_replacement

import pytest
from support.letters import SCENARIOS

from scheduler.comparison.measures import in_the_day
from scheduler.comparison.option import Option
from scheduler.domain.calendar import Segment
from scheduler.domain.places import minutes_at_night, regions, states_parties
from scheduler.outcome import Settings
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

GENEVA = "Europe/Zurich"


def scenario(name: str) -> Scenario:
    return load(SCENARIOS / "options" / f"{name}.yaml").scenario


def meeting(day: str, opens: int, closes: int) -> Segment:
    return Segment(0, date.fromisoformat(day), opens * 60, closes * 60)


def test_the_table_has_the_116_states_parties_by_region() -> None:
    found = {region: len(places) for region, places in regions(states_parties()).items()}
    assert found == {"Africa": 31, "Americas": 28, "Asia": 11, "Europe": 40, "Oceania": 6}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csp8-a-published", {"Africa": 100.0, "Americas": 92.9, "Asia": 81.8, "Europe": 100.0, "Oceania": 5.6}),
        ("csp8-b-mornings", {"Africa": 100.0, "Americas": 26.2, "Asia": 100.0, "Europe": 100.0, "Oceania": 33.3}),
        ("csp8-c-afternoons", {"Africa": 100.0, "Americas": 100.0, "Asia": 60.6, "Europe": 100.0, "Oceania": 0.0}),
    ],
)
def test_csp8_at_three_hours_of_the_day(name: str, expected: dict[str, float]) -> None:
    case = scenario(name)
    option = Option("A", name, case, solve(case, Settings(workers=1)).timetable, "optimal")
    assert {region: round(share, 1) for region, share in in_the_day(option).items()} == expected


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        ("2022-02-15", 0),  # winter in both: 13:00 is 07:00
        ("2022-03-12", 0),
        ("2022-03-13", 0),  # New York has changed its clocks, Geneva has not: 13:00 is 08:00
    ],
)
def test_one_in_the_afternoon_is_day_in_new_york(day: str, minutes: int) -> None:
    assert minutes_at_night(meeting(day, 13, 16), GENEVA, "America/New_York") == minutes


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        ("2022-03-12", 60),  # 12:00 is 06:00 in New York: an hour before seven
        ("2022-03-14", 0),  # for two weeks 12:00 is 07:00, for only America has changed its clocks
        ("2022-03-25", 0),
        ("2022-03-28", 60),  # Geneva has changed too
        ("2022-10-28", 60),
        ("2022-10-31", 0),  # Geneva has changed back, New York has not
        ("2022-11-07", 60),
    ],
)
def test_daylight_saving_counts_on_its_own_date_at_both_ends(day: str, minutes: int) -> None:
    assert minutes_at_night(meeting(day, 12, 15), GENEVA, "America/New_York") == minutes


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("Asia/Kolkata", 60 - 30),  # 18:00 is 22:30: of 17:00-18:00 half lies after ten
        ("Asia/Kathmandu", 60 - 15),  # 17:00 is 21:45
        ("Asia/Tehran", 0),  # 18:00 is 20:30
        ("Asia/Kabul", 0),  # 18:00 is 21:30
        ("America/St_Johns", 0),
        ("Asia/Tokyo", 60),
    ],
)
def test_zones_with_half_hours_are_exact(zone: str, minutes: int) -> None:
    assert minutes_at_night(meeting("2022-02-15", 17, 18), GENEVA, zone) == minutes


def test_a_clock_that_changes_during_a_meeting_is_counted_by_both_times() -> None:
    # On 13 March 2022 New York goes from 02:00 to 03:00, which is 08:00 in Geneva: night before and after
    assert minutes_at_night(meeting("2022-03-13", 7, 12), GENEVA, "America/New_York") == 300
    assert minutes_at_night(meeting("2022-03-13", 7, 13), GENEVA, "America/New_York") == 300


def test_the_solver_finds_the_fairest_slots() -> None:
    case = scenario("csp8-d-fairest")
    outcome = solve(case, Settings(workers=1))
    slots = case.calendar.axis.slots
    nights = {
        region: [sum(minutes_at_night(Segment(0, slots[0].day, s.opens, s.closes), GENEVA, p.zone) for p in places)
                 for s in slots[:11]]
        for region, places in regions(states_parties()).items()
    }  # fmt: skip
    size = {region: len(places) for region, places in regions(states_parties()).items()}
    choices = (c for c in combinations_with_replacement(range(11), 8) if max(Counter(c).values()) <= 4)
    bound = min(max(-(-sum(nights[r][slot] for slot in choice) // size[r]) for r in nights) for choice in choices)
    assert (outcome.cost, outcome.bound) == (280, 280)
    assert bound == 270  # if the two sessions of 3 h needed no neighbouring slots
