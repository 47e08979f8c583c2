"""The program and an enumeration that was written from the page place side events alike."""

from __future__ import annotations

import random
from datetime import date

import pytest
from independent import side_events as second

from scheduler.domain.side_events import HeldEvent
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.side_events.judging import judge
from scheduler.solving.side_events.placing import place

CASES = 60


def held(places: tuple[second.Place, ...]) -> tuple[HeldEvent, ...]:
    found = (
        HeldEvent(date.fromisoformat(day), start, end, f"e{number}", room)
        for number, (day, start, end, room) in enumerate(places)
    )
    return tuple(sorted(found))


@pytest.mark.parametrize("seed", range(CASES))
def test_the_places_are_the_first_of_the_cheapest(seed: int) -> None:
    said = second.drawn(random.Random(seed))
    answer, expected = place(from_data(second.scenario(said)), Settings()), second.best(said)
    if expected is None:
        assert (answer.status, answer.held, bool(answer.reasons)) == (Status.INFEASIBLE, None, True)
        return
    cost, places, number = expected
    assert (answer.status, answer.cost, answer.bound) == (Status.OPTIMAL, cost, cost)
    assert answer.held == held(places)
    assert not answer.only or number == 1


@pytest.mark.parametrize("seed", range(CASES))
def test_the_judge_finds_what_the_page_forbids_and_charges(seed: int) -> None:
    rng = random.Random(1000 + seed)
    said = second.drawn(rng)
    programme = from_data(second.scenario(said))
    for _ in range(10):
        places = tuple(rng.choice(list(second.choices(said, event)))[1] for event in said["events"])
        violations = list(judge(programme, held(places)))
        assert any(violation.hard for violation in violations) != second.holds(said, places)
        assert sum(violation.penalty for violation in violations) == second.costs(said, places)
