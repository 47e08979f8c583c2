"""Verifies what a certificate says of side events, without the solver: the judge, and every way to place them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import TypeAlias

from scheduler.documents.stored_timetable import place_sessions
from scheduler.domain.side_events import HeldEvent
from scheduler.explanation.certificate_file import CertifiedEvents
from scheduler.scenario import Scenario
from scheduler.side_events.judging import judge
from scheduler.side_events.places import Places
from scheduler.wording import counted

MOST_WAYS = 50_000
"""Ways to place all side events that are gone through."""
Point: TypeAlias = tuple[bool | None, str]
"""Whether it holds, None where that could not be decided, and what it says."""


def events_points(scenario: Scenario, certified: CertifiedEvents, until: float) -> Iterator[Point]:
    """Whether the side events may stand so, at that cost, and none costs less; ``until`` on the monotonic clock."""
    placed = place_sessions(scenario, (), certified.places)
    for violation in placed.violations[:1]:
        yield False, f"The places of side events cannot be as certified: {violation.message}."
        return
    found = list(judge(scenario, placed.timetable.side_events or ()))
    if broken := next((violation for violation in found if violation.hard), None):
        yield False, f"The places of side events break '{broken.id}': {broken.message}."
        return
    yield True, "Every side event stands in a window, and nothing about their places is broken."
    cost = sum(violation.penalty for violation in found)
    if cost != certified.cost:
        yield False, f"The places of side events cost {cost}, not {certified.cost} as certified."
        return
    yield True, f"They cost {cost}, as certified."
    if certified.bound > cost:
        yield False, f"The bound of {certified.bound} for side events does not fit a cost of {cost}."
        return
    yield _none_below(scenario, certified.bound, until)


def _none_below(scenario: Scenario, bound: int, until: float) -> Point:
    if bound <= 0:
        return True, "No places of side events cost less than 0: penalties are never negative."
    places = Places(scenario)
    open_to = [
        [places.held(name, places.occasions[number], room) for number, rooms in windows.items() for room in rooms]
        for name, windows in places.open.items()
    ]
    question = f"That no places of side events cost less than {bound} is not decided"
    if (number := prod(map(len, open_to))) > MOST_WAYS:
        return None, f"{question}: there are {number:,} ways to place them, and {MOST_WAYS:,} are gone through."
    for ways, held in enumerate(product(*open_to)):
        if ways % 100 == 0 and time.monotonic() > until:
            return None, f"{question}: the time limit was reached."
        if (less := _cost(scenario, held)) is not None and less < bound:
            return False, f"Places of side events that cost {less} exist, less than the bound of {bound}."
    tried = counted(number, "way to place them", "ways to place them")
    return True, f"No places of side events cost less than {bound}: {tried}, all tried."


def _cost(scenario: Scenario, held: Sequence[HeldEvent]) -> int | None:
    """Points of these places; None where something must not be so."""
    found = list(judge(scenario, held))
    return None if any(violation.hard for violation in found) else sum(violation.penalty for violation in found)
