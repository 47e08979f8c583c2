"""Compares the program with the second statement of side events: places, costs, the number of best ones, the judge."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from independent import side_events as second

from scheduler.domain.side_events import HeldEvent
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.side_events.judging import judge
from scheduler.solving.side_events.model import Kept
from scheduler.solving.side_events.placing import place


def held(places: tuple[second.Place, ...]) -> tuple[HeldEvent, ...]:
    """Places as the program has them."""
    found = (
        HeldEvent(date.fromisoformat(day), start, end, f"e{number}", room)
        for number, (day, start, end, room) in enumerate(places)
    )
    return tuple(sorted(found))


def _replanned(seed: int, said: dict[str, Any], programme: Scenario, rng: random.Random) -> Iterator[str]:
    """What differs where the events were out somewhere, as a replan and as a change see it."""
    out = tuple(rng.choice(list(second.choices(said, event)))[1] for event in said["events"])
    was = {each.event: each for each in held(out)}
    for cheapest in (False, True):
        answer, expected = (
            place(programme, Settings(), Kept(was, cheapest=cheapest)),
            second.least(said, out, cheapest=cheapest),
        )
        there = {each.event: each for each in answer.held or ()}
        moves = sum((e.day, e.start, e.room) != (was[n].day, was[n].start, was[n].room) for n, e in there.items())
        pair = (moves, answer.cost)
        found = None if answer.held is None else pair[::-1] if cheapest else pair
        if found != expected:
            yield f"{seed}: from {out} {expected}, and the program says {found}"


def differences(seed: int, seen: Counter[str], judged: int = 5) -> Iterator[str]:
    """What differs on one random programme, and on ``judged`` random ways to place its side events."""
    rng = random.Random(seed)
    said = second.drawn(rng)
    programme = from_data(second.scenario(said))
    answer, expected = place(programme, Settings()), second.best(said)
    seen["programmes"] += 1
    if expected is None:
        seen["of them impossible"] += 1
        if (answer.status, answer.held, bool(answer.reasons)) != (Status.INFEASIBLE, None, True):
            yield f"{seed}: impossible, and the program says {answer}"
    else:
        cost, places, number = expected
        seen["of them with a cost"] += cost > 0
        seen["of them with one best way"] += number == 1
        proved = (answer.status, answer.cost, answer.bound) == (Status.OPTIMAL, cost, cost)
        if not proved or answer.held != held(places) or (answer.only and number != 1):
            yield f"{seed}: {expected}, and the program says {answer}"
    yield from _replanned(seed, said, programme, rng)
    for _ in range(judged):
        chosen = tuple(rng.choice(list(second.choices(said, event)))[1] for event in said["events"])
        violations = list(judge(programme, held(chosen)))
        seen["ways judged"] += 1
        seen["of them broken"] += (broken := any(violation.hard for violation in violations))
        cost = sum(violation.penalty for violation in violations)
        if broken == second.holds(said, chosen) or cost != second.costs(said, chosen):
            yield f"{seed}: {chosen} is judged {violations}"
