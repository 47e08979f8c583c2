"""The engine against the enumeration of every placement, judged by the checker: status, cost, number and choice.

The scenarios are drawn at random, small enough to be enumerated, with rules of every kind, hard and soft.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from random import Random

import pytest
from support import random_programmes
from support.small_scenarios import placements, valid

from constraints import KINDS
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings, Status, Ties
from scheduler.scenario import Scenario
from scheduler.solving.canonical import MAX_TIES
from scheduler.solving.engine import solve

BATCHES, PER_BATCH = 20, 26
MOST_PLACEMENTS = 400
SETTINGS = (Settings(seed=0, workers=1), Settings(seed=11, workers=3))


def scenarios(batch: int) -> Iterator[Scenario]:
    """Scenarios with at least one session, of at most ``MOST_PLACEMENTS`` timetables."""
    rng = Random(f"brute force {batch}")
    found = 0
    while found < PER_BATCH:
        data = random_programmes.programme(rng)
        data["rules"] = [
            random_programmes.rule(rng, kind, data) for kind in rng.sample(sorted(KINDS), rng.randint(1, 5))
        ]
        for rule in data["rules"]:
            if rng.random() < 0.8:
                rule["weight"] = rng.randint(1, 9)
        drawn = {rule["rule"] for rule in data["rules"]}
        softened = [kind for kind, rule in KINDS.items() if rule.standing and kind not in drawn and rng.random() < 0.6]
        data["rules"] += [{"rule": kind, "weight": rng.randint(1, 9)} for kind in softened]
        scenario = random_programmes.admitted(data)
        if scenario and scenario.sessions and prod(len(places) for places in placements(scenario)) <= MOST_PLACEMENTS:
            found += 1
            yield scenario


def first_of(scenario: Scenario, timetables: list[Timetable]) -> Timetable:
    """The first in the fixed order: by starts, session by session, then by rooms."""

    def key(timetable: Timetable) -> tuple[list[int], list[int]]:
        rooms = {session: scenario.rooms_of(session) for session in scenario.sessions}
        return [p.start for p in timetable], [rooms[p.session].index(p.room) for p in timetable]

    return min(timetables, key=key)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_enumeration_agree(batch: int) -> None:
    for scenario in scenarios(batch):
        possible = valid(scenario)
        outcomes = [solve(scenario, settings) for settings in SETTINGS]
        if not possible:
            assert [outcome.status for outcome in outcomes] == [Status.INFEASIBLE] * 2, scenario.document
            continue
        least = min(cost for cost, _ in possible)
        best = [timetable for cost, timetable in possible if cost == least]
        ties = Ties(len(best), exact=True) if len(best) < MAX_TIES else Ties(MAX_TIES, exact=False)
        for outcome in outcomes:
            assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, least, least), scenario.document
            assert outcome.timetable == first_of(scenario, best), scenario.document
            assert outcome.ties == ties, scenario.document


def test_both_answers_occur_often_enough_to_mean_something() -> None:
    answers = [bool(valid(scenario)) for batch in range(4) for scenario in scenarios(batch)]
    assert 0.15 < sum(answers) / len(answers) < 0.85
