"""Holds what the project says of rolling programmes against the second statement of the rule."""

from __future__ import annotations

from collections import Counter
from random import Random

from support import rolling_by_the_book as book

from scheduler.checking import check
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.canonical import MAX_TIES
from scheduler.solving.engine import solve

MOST_TIMETABLES = 200_000
JUDGED = 25
"""Timetables of each programme that the check judges, besides those that keep everything."""


def compare(seed: str, seen: Counter[str]) -> list[str]:
    """The differences in one random programme: none, if both mean the same; ``seen`` counts what was met."""
    rng = Random(seed)
    while True:
        programme = book.draw(rng)
        size = 1
        for name in programme.work:
            size *= len(programme.anywhere(name))
        if 0 < size <= MOST_TIMETABLES:
            break
    scenario = from_data(programme.data())
    costs = Counter(programme.cost(places) for places in programme.timetables())
    outcome = solve(scenario, Settings(seed=0, workers=1))
    least = min(costs, default=None)
    _count(seen, programme, scenario, costs)
    if outcome.status != (Status.INFEASIBLE if least is None else Status.OPTIMAL) or outcome.cost != least:
        return [f"{seed}: {outcome.status} {outcome.cost}, by the book {least}"]
    if least is not None and outcome.ties and outcome.ties.count != min(costs[least], MAX_TIES):
        return [f"{seed}: {outcome.ties.count} equally good, by the book {costs[least]}"]
    return [f"{seed}: {text}" for text in _judged(rng, programme, scenario, seen)]


def _judged(rng: Random, programme: book.Book, scenario: Scenario, seen: Counter[str]) -> list[str]:
    """Timetables that may break anything, and some that keep the other rules."""
    found = []
    pool = [{name: rng.choice(programme.anywhere(name)) for name in programme.work} for _ in range(JUDGED)]
    pool += [places for places, _ in zip(_shuffled(rng, programme), range(JUDGED), strict=False)]
    for places in pool:
        timetable = Timetable(_placed(scenario, name, *place) for name, place in places.items())
        report = check(scenario, timetable)
        kept = programme.keeps(places)
        seen["judged"] += 1
        seen["judged and kept"] += kept
        if report.keeps_all != kept or (kept and report.cost != programme.cost(places)):
            found.append(
                f"check {report.keeps_all} {report.cost}, by the book {kept} {programme.cost(places)}: {places}"
            )
    return found


def _shuffled(rng: Random, programme: book.Book) -> list[book.Places]:
    kept = list(programme.timetables())
    rng.shuffle(kept)
    return kept


def _placed(scenario: Scenario, name: str, room: str, cells: tuple[int, ...]) -> Placement:
    placement = scenario.place(SessionId(name), cells[0] * book.STEP, RoomId(room))
    assert placement is not None
    return placement


def _count(seen: Counter[str], programme: book.Book, scenario: Scenario, costs: Counter[int]) -> None:
    seen["programmes"] += 1
    seen["timetables that keep all"] += sum(costs.values())
    seen["infeasible"] += not costs
    seen["soft"] += bool(programme.weight)
    seen["with fixtures"] += bool(scenario.fixtures)
    seen["two fixtures"] += len(scenario.fixtures) > 1
    seen["with closed members"] += any(w.access and w.rolling for w in programme.work.values())
    seen["with clearing"] += programme.clearing is not None
    seen["with reserved slots"] += any(slot.reserved for slot in programme.slots)
    seen["with hard orders"] += any(weight is None for *_, weight in programme.orders)
    seen["two rooms"] += any(len(w.rooms) > 1 for w in programme.work.values())
    seen["with anchors that are wishes"] += any(w.anchor_weight for w in programme.work.values())
