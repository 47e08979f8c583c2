"""Random small programmes solved in slots and on the axis: the same status and cost, and the same first starts."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from independent import drawing

from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.model.slot_model import Place, SlotModel
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving import slots
from scheduler.solving.canonical import first_in_order, straight
from scheduler.solving.engine import build, solve
from scheduler.solving.formulation import Choice, Formulation, unsuited
from scheduler.solving.search import Search

MOST = 3_000
"""Timetables that a drawn scenario may have."""


def drawn(seed: str, count: int, draw: Callable[[Random, int], dict[str, Any]] = drawing.scenario) -> list[Scenario]:
    """Scenarios that slots serve."""
    rng, found = Random(seed), []
    while len(found) < count:
        scenario = from_data(draw(rng, MOST))
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
    places: dict[SessionId, dict[int, Place]] = {}
    for session in scenario.sessions:
        rooms = frozenset(scenario.rooms_of(session))
        starts = range(0, scenario.calendar.axis.total, scenario.grain)
        placed = ((start, scenario.place(session, start)) for start in starts)
        places[session] = {start: Place(p.segments, rooms) for start, p in placed if p is not None}
    return SlotModel(scenario, places)


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
    model, search = build(scenario), Search(Settings(workers=1))
    within = model.within(outcome.cost)
    return first_in_order(model, outcome.timetable, search, *within)[0], straight(
        model.twin(*within), search, effort=20.0
    )
