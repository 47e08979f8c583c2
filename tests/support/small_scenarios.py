"""Random scenarios so small that every timetable can be listed and judged by the checker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from random import Random

from support import random_programmes

from constraints import KINDS
from scheduler.checking import check
from scheduler.domain.timetable import Placement, Timetable
from scheduler.scenario import Scenario

MOST = 300
"""Timetables that a scenario may have."""


def small_scenarios(seed: str, count: int, *, soft: float = 0.8) -> Iterator[Scenario]:
    """Scenarios with a session each, with some rules, of which a share is soft."""
    rng = Random(seed)
    found = 0
    while found < count:
        data = random_programmes.programme(rng)
        data["rules"] = [
            random_programmes.rule(rng, kind, data) for kind in rng.sample(sorted(KINDS), rng.randint(1, 4))
        ]
        for rule in data["rules"]:
            if rng.random() < soft:
                rule["weight"] = rng.randint(1, 9)
        scenario = random_programmes.admitted(data)
        if scenario and scenario.sessions and 1 < prod(len(each) for each in placements(scenario)) <= MOST:
            found += 1
            yield scenario


def placements(scenario: Scenario) -> list[list[Placement]]:
    """Every place of each session."""
    return [
        [
            placement
            for start in range(0, scenario.calendar.axis.total, scenario.grain)
            for room in scenario.rooms_of(session)
            if (placement := scenario.place(session, start, room))
        ]
        for session in scenario.sessions
    ]


def any_timetable(rng: Random, scenario: Scenario) -> Timetable:
    """Sessions anywhere, whatever the rules say."""
    return Timetable(rng.choice(each) for each in placements(scenario))


def valid(scenario: Scenario) -> list[tuple[int, Timetable]]:
    """Every timetable that keeps the hard rules, with its cost."""
    reports = ((check(scenario, table), table) for table in map(Timetable, product(*placements(scenario))))
    return [(report.cost, table) for report, table in reports if report.keeps_all]
