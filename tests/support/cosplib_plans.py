"""Random timetables of benchmark conferences, as plans of the library and as timetables of the imported scenario."""

from __future__ import annotations

import random

from exports.cosplib.conference_values import Conference
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.solving.counted.problem import CellPlan


def random_plan(conference: Conference, draw: random.Random, tries: int = 500) -> CellPlan | None:
    """A valid plan; None when so many attempts run into a dead end."""
    for _ in range(tries):
        plan = _attempt(conference, draw)
        if plan is not None:
            return plan
    return None


def _attempt(conference: Conference, draw: random.Random) -> CellPlan | None:
    cells = [(s, r) for s in range(len(conference.periods)) for r in range(len(conference.rooms))]
    free: dict[tuple[int, int], list[int | None]] = {c: [None] * conference.periods[c[0]].slots for c in cells}
    held: dict[tuple[int, int], int] = {}
    talks = list(enumerate(conference.submissions))
    draw.shuffle(talks)
    talks.sort(key=lambda pair: -pair[1].need)
    for number, talk in talks:
        places = [
            (cell, start)
            for cell in cells
            if held.get(cell, talk.track) == talk.track
            for start in range(len(free[cell]) - talk.need + 1)
            if not any(other is not None for other in free[cell][start : start + talk.need])
        ]
        if not places:
            return None
        own = [place for place in places if place[0] in held]
        cell, start = draw.choice(own if own and draw.random() < 0.6 else places)
        held[cell] = talk.track
        free[cell][start : start + talk.need] = [number] * talk.need
    return CellPlan(held, {cell: tuple(free[cell]) for cell in held})


def timetable_of(scenario: Scenario, plan: CellPlan, sessions: list[str], unit: int) -> Timetable:
    """The same timetable of the scenario; ``sessions`` are its ids in the conference's order."""
    slots, rooms = scenario.calendar.axis.slots, [RoomId(room.id) for room in scenario.rooms]
    placements = {}
    for (slot, room), standing in plan.slots.items():
        for step, number in enumerate(standing):
            if number is not None and number not in placements:
                session = SessionId(sessions[number])
                placement = scenario.place(session, slots[slot].begins + step * unit, rooms[room])
                assert placement is not None, f"{session} does not fit"
                placements[number] = placement
    return Timetable(placements[number] for number in sorted(placements))
