"""Compares the program with the second statement of side events: places, costs, the number of best ones, the judge."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

from independent import side_events as second

from scheduler.domain.side_events import HeldEvent
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.side_events.judging import judge
from scheduler.solving.side_events.placing import place


def held(places: tuple[second.Place, ...]) -> tuple[HeldEvent, ...]:
    """Places as the program has them."""
    found = (
        HeldEvent(date.fromisoformat(day), start, end, f"e{number}", room)
        for number, (day, start, end, room) in enumerate(places)
    )
    return tuple(sorted(found))


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
    for _ in range(judged):
        chosen = tuple(rng.choice(list(second.choices(said, event)))[1] for event in said["events"])
        violations = list(judge(programme, held(chosen)))
        seen["ways judged"] += 1
        seen["of them broken"] += (broken := any(violation.hard for violation in violations))
        cost = sum(violation.penalty for violation in violations)
        if broken == second.holds(said, chosen) or cost != second.costs(said, chosen):
            yield f"{seed}: {chosen} is judged {violations}"
