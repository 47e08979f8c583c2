"""Random small programmes solved in slots and on the axis: the same status and cost, and the same first starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from independent import drawing
from support.random_programmes import Case, timetable

from constraints import KINDS
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.model.packed_model import PackedModel
from scheduler.model.slot_model import Place, SlotModel
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving import slots
from scheduler.solving.canonical import first_in_order, straight
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Choice, Formulation, unsuited
from scheduler.solving.posting import posted
from scheduler.solving.search import Search

DRAWS = 60
"""Timetables that are drawn until one is such as is wanted."""
MOST = 3_000
"""Timetables that a drawn scenario may have."""


def drawn(
    seed: str, count: int, draw: Callable[[Random, int], dict[str, Any]] = drawing.scenario, most: int = MOST
) -> list[Scenario]:
    """Scenarios that slots serve, of ``most`` timetables each."""
    rng, found = Random(seed), []
    while len(found) < count:
        scenario = from_data(draw(rng, most))
        if not unsuited(scenario) and not scenario.over_booked:
            found.append(scenario)
    return found


def on_the_axis(scenario: Scenario) -> Outcome:
    """The answer of the axis."""
    return solve(scenario, Settings(workers=1), choice=Choice(Formulation.AXIS, "to compare"))


def in_slots(scenario: Scenario) -> Outcome:
    """The answer of the slots."""
    return slots.solve(scenario, Search(Settings(workers=1)))


def everywhere(scenario: Scenario) -> SlotModel:
    """The views in slots, if no rule is asked where a session may stand."""
    return SlotModel(scenario, _anywhere(scenario))


def packed_everywhere(scenario: Scenario) -> PackedModel:
    """The same where a body has one room in a slot, and this one to itself."""
    places = _anywhere(scenario).items()
    return PackedModel(scenario, {s: {n: p for n, p in of.items() if len(p.segments) == 1} for s, of in places})


def _anywhere(scenario: Scenario) -> dict[SessionId, dict[int, Place]]:
    places: dict[SessionId, dict[int, Place]] = {}
    for session in scenario.sessions:
        rooms = frozenset(scenario.rooms_of(session))
        starts = range(0, scenario.calendar.axis.total, scenario.grain)
        placed = ((start, scenario.place(session, start)) for start in starts)
        places[session] = {start: Place(p.segments, rooms) for start, p in placed if p is not None}
    return places


def in_cells(case: Case) -> Case | None:
    """The case with a timetable in which each body has its room in a slot to itself; None: none was drawn."""
    rng, scenario = Random(case.name), case.scenario
    within = {s: [n for n, p in of.items() if len(p.segments) == 1] for s, of in _anywhere(scenario).items()}
    rules = [KINDS[kind](rule=kind) for kind in (*drawing.OF_CELLS, "room_clash")]
    for _ in range(DRAWS if all(within.values()) and not scenario.gives_way else 0):
        found = timetable(rng, scenario, within)
        whole = all(session in found for session in scenario.sessions)
        if whole and not any(next(iter(rule.check(scenario, found)), None) for rule in rules):
            return replace(case, timetable=found)
    return None


def starts(timetable: Timetable | None) -> dict[SessionId, int] | None:
    """The start of each session, in minutes on the axis."""
    return None if timetable is None else {placement.session: placement.start for placement in timetable}


def difference(scenario: Scenario) -> str:
    """What the two say differently; empty if nothing."""
    axis, slotted = on_the_axis(scenario), in_slots(scenario)
    if (axis.status, axis.cost) != (slotted.status, slotted.cost):
        return f"the axis says {axis.status} at {axis.cost}, the slots say {slotted.status} at {slotted.cost}"
    if axis.canonical and slotted.canonical and starts(axis.timetable) != starts(slotted.timetable):
        return f"the axis has {starts(axis.timetable)} first, the slots {starts(slotted.timetable)}"
    return ""


def first_both_ways(scenario: Scenario) -> tuple[Timetable | None, Timetable | None]:
    """The first timetable of the axis in its order, by its stages and straight away; of one that has a timetable."""
    outcome = on_the_axis(scenario)
    if outcome.status is not Status.OPTIMAL or outcome.timetable is None:
        return None, None
    model, search = posted(scenario, formulation=Formulation.AXIS), Search(Settings(workers=1))
    within = model.within(outcome.cost)
    return first_in_order(model, outcome.timetable, search, *within)[0], straight(
        model.twin(*within), search, effort=20.0
    )
