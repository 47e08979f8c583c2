"""Random programmes of one week whose sessions look alike, out of order, repeated and across lunch."""

from __future__ import annotations

from random import Random
from typing import Any

from support.small import scenario as small

from scheduler.domain.base import RoomId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.diagnostics import ScenarioError
from scheduler.scenario import Scenario

DAYS = ("2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28")
EARLY = ["09:00-12:00", "14:00-17:00"]
COFFEE = ["10:00-11:30", "11:45-13:00", "15:00-18:00"]


def drawn(seed: str) -> tuple[Scenario, Timetable] | None:
    """A scenario and a timetable in which nobody sits at once with anybody; None: nothing fits."""
    rng = Random(seed)
    bodies = {name: _body(rng, name) for name in "ABC"[: rng.choice((1, 2, 2, 3))]}
    days: list[Any] = []
    for day in DAYS[: rng.choice((2, 3, 4))]:
        slots = rng.choice((None, None, None, None, EARLY, COFFEE))
        days.append({"date": day, "slots": slots} if slots else day)
    rooms = [{"id": "p", "name": "Plenary"}, {"id": "z", "name": "Room Z"}][: rng.choice((1, 1, 2))]
    meeting: dict[str, Any] = {"series": "Small", "annex_title": "SMALL"}
    if rng.random() < 0.25:
        meeting["hours_in_every_cell"] = "always"
    rolling = [{"rule": "rolling", "of": list(bodies)}] if rng.random() < 0.4 else []
    try:
        scenario = small(bodies, *rolling, days=days, rooms=rooms, meeting=meeting)
    except ScenarioError:
        return None
    timetable = _placed(rng, scenario)
    return None if timetable is None else (scenario, timetable)


def _body(rng: Random, name: str) -> dict[str, Any]:
    titles = rng.choice(("none", "own", "own", "same", "mixed"))
    sessions: dict[str, Any] = {}
    for number in range(rng.choice((1, 2, 2, 3, 4))):
        session: dict[str, Any] = {"duration": rng.choice(("30m", "1h", "1h", "1h30", "2h", "3h", "4h30"))}
        if titles == "own" or (titles == "mixed" and rng.random() < 0.5):
            session["title"] = f"On {('arms', 'trade', 'law', 'people')[number]} {name}"
        if titles == "same":
            session["title"] = "Debate"
        sessions[f"{name.lower()}{number}"] = session
    first = f"{name.lower()}0"
    for number in range(rng.choice((0, 0, 0, 0, 1, 2))):
        sessions[f"{first}-again-{number}"] = {"repeats": first}
    style = {"style": "agenda"} if rng.random() < 0.4 else {}
    access = {"access": ["states-parties"]} if rng.random() < 0.15 else {}
    return {"sessions": sessions, **style, **access}


def _placed(rng: Random, scenario: Scenario) -> Timetable | None:
    order = list(scenario.sessions)
    if rng.random() < 0.6:
        rng.shuffle(order)
    axis, now = scenario.calendar.axis, 0
    openings = [at for slot in axis.slots if (at := axis.position(slot.day, slot.opens)) is not None]
    found: list[Placement] = []
    for session in order:
        choice = rng.random()
        if choice < 0.25:
            now = min((at for at in openings if at >= now), default=now)
        elif choice < 0.4:
            now += 30
        room = RoomId(rng.choice([room.id for room in scenario.rooms]))
        places = (scenario.place(session, start, room, found) for start in range(now, axis.total, 30))
        place = next((p for p in places if p and all(q.end <= p.start or p.end <= q.start for q in found)), None)
        if place is None:
            return None
        found.append(place)
        now = place.end
    return Timetable(found)
