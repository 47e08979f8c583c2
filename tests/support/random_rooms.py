"""Random programmes in which sessions may change their room overnight, for any kind of rule."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from support.random_programmes import Case, draw, starts

from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable, Where
from scheduler.reading.entry import from_data

FIRST = 5000
"""Cases of ``random_programmes`` from this number on are changed here."""
WAYS = (False, {"price": 0}, {"price": 2}, {"price": 3})


def moving_case(kind: str, number: int) -> Case:
    """A case with another timetable, of a scenario in which nothing is suspended and many may change their room."""
    case, rng = draw(kind, FIRST + number), Random(f"{kind} {number} rooms")
    data = deepcopy(case.scenario.document)
    if len(data["rooms"]) < 2:
        data["rooms"].append({"id": "further"})
    for body in data["bodies"]:
        for each in (body, *body.get("sessions", ())):
            each.pop("suspends_for", None)
            if rng.random() < 0.6:
                each["room_may_change"] = rng.choice(WAYS)
            if rng.random() < 0.7:
                each.pop("rooms", None)
    scenario = from_data(data)
    rule = next(rule for rule in scenario.rules if rule.name == case.rule.name)
    places: dict[SessionId, tuple[int, Where | None]] = {}
    for session in scenario.sessions:
        start, rooms = rng.choice(starts(scenario, session)), scenario.rooms_of(session)
        days = len(scenario.calendar.axis.days) if session in scenario.may_change_room else 1
        places[session] = start, tuple(rng.choice(rooms) for _ in range(days))
    return Case(case.name, scenario, rule, Timetable(scenario.place_all(places).values()))
