"""Holds what the project says of rolling programmes against the second statement of the rule."""

from __future__ import annotations

from collections import Counter
from random import Random

from support import rolling_by_the_book as book

from scheduler.checking import check
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.canonical import MAX_TIES
from scheduler.solving.engine import solve
from scheduler.solving.search import Search

MOST_TIMETABLES = 200_000
JUDGED = 25
"""Timetables of each programme that the check judges, besides those that keep everything."""


def compare(seed: str, seen: Counter[str]) -> list[str]:
    """The differences in one random programme: none, if both mean the same; ``seen`` counts what was met."""
    rng = Random(seed)
    suspended = seed.startswith("suspended")
    while True:
        programme = (book.draw_suspended if suspended else book.draw)(rng)
        if suspended and not any(work.suspends for work in programme.work.values()):
            continue
        if "breaks" in seed:
            book.add_breaks(rng, programme)
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
    if least is not None and (ties := outcome.ties):
        good = min(costs[least], MAX_TIES)
        if ties.count > good or (ties.exact and ties.count != good):
            return [f"{seed}: {ties.count} equally good, by the book {costs[least]}"]
    found = _farthest(rng, programme, scenario) if suspended else []
    return [f"{seed}: {text}" for text in (*found, *_judged(rng, programme, scenario, seen))]


def _farthest(rng: Random, programme: book.Book, scenario: Scenario) -> list[str]:
    """Whether the model allows as much as the book, and no more: how far weighted sums of starts can go either way."""
    kept = list(programme.timetables())
    found = []
    for _ in range(2):
        weights = {name: rng.randint(-3, 3) for name in programme.work}
        model = ScheduleModel(scenario)
        for rule in scenario.all_rules:
            rule.post(model)
        model.cp.maximize(sum(weight * model.start(SessionId(name)) for name, weight in weights.items()))
        answer = Search(Settings(seed=0, workers=1)).run(model.cp)
        most = max((sum(weights[n] * cells[0] for n, (_, cells) in p.items()) for p in kept), default=None)
        reached = round(answer.solver.objective_value) if answer.found else None
        if reached != most:
            found.append(f"{weights} reach {reached}, by the book {most}")
    return found


def _judged(rng: Random, programme: book.Book, scenario: Scenario, seen: Counter[str]) -> list[str]:
    """Timetables that may break anything, and some that keep the other rules."""
    found = []
    pool = [places for _ in range(JUDGED) if (places := scattered(rng, programme))]
    pool += [places for places, _ in zip(_shuffled(rng, programme), range(JUDGED), strict=False)]
    for places in pool:
        timetable = timetable_of(scenario, programme, places)
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


def scattered(rng: Random, programme: book.Book) -> book.Places:
    """Everybody somewhere; nothing where somebody finds no place."""
    places: book.Places = {}
    for name in programme.fixtures_first:
        if not (free := programme.anywhere(name, places)):
            return {}
        places[name] = rng.choice(free)
    return {name: places[name] for name in programme.work}


def timetable_of(scenario: Scenario, programme: book.Book, places: book.Places) -> Timetable:
    placed: dict[str, Placement] = {}
    for name in programme.fixtures_first:
        room, cells = places[name]
        placement = scenario.place(SessionId(name), cells[0] * book.STEP, RoomId(room), placed.values())
        assert placement is not None
        assert _cells(programme, placement) == cells
        placed[name] = placement
    return Timetable(placed[name] for name in places)


def _cells(programme: book.Book, placement: Placement) -> tuple[int, ...]:
    """The cells in which the project says that it sits."""
    found: list[int] = []
    for segment in placement.segments:
        slot = programme.slots[segment.slot]
        clocks = [(slot.clock(cell), programme.opening[segment.slot] + cell) for cell in range(slot.cells)]
        found += [cell for clock, cell in clocks if segment.start <= clock < segment.end]
    return tuple(found)


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
    seen["with breaks"] += any(slot.pause is not None for slot in programme.slots)
    seen["two rooms"] += any(len(w.rooms) > 1 for w in programme.work.values())
    seen["with sessions that may be suspended"] += any(scenario.gives_way)
    seen["with anchors that are wishes"] += any(w.anchor_weight for w in programme.work.values())
