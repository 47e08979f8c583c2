"""Small random programmes with several rooms, and timetables that the counted formulation can hold.

Each session lies within one slot, each cell (a slot in a room) is one body's, and in a cell nothing overlaps. Apart
from that anything goes: bodies meet in many rooms at once, break off, and sit where they do not fit.
"""

from __future__ import annotations

from random import Random

from support.random_programmes import Case, Data, admitted, programme, rule

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Calendar
from scheduler.domain.timetable import Placement, Timetable
from scheduler.scenario import Scenario


def draw(kind: str, number: int) -> Case:
    """Case ``number`` of a kind of rule; the same number draws the same case."""
    name = f"{kind} in cells {number}"
    rng = Random(name)
    while True:
        data = programme(rng)
        _make_room(rng, data)
        data["rules"] = [rule(rng, kind, data)]
        if rng.random() < 0.7 and kind not in ("anchor", "order", "pin", "last_in_week"):
            data["rules"][0]["of"] = []
        scenario = admitted(data)
        timetable = None if scenario is None else _timetable(rng, scenario)
        if scenario is not None and timetable is not None:
            return Case(name, scenario, scenario.rules[0], timetable)


def _make_room(rng: Random, data: Data) -> None:
    """More rooms, more often slots for everybody, and sessions that fit into the shortest slot."""
    data["rooms"] += [{"id": f"hall-{n}", "capacity": rng.choice((None, 20, 50))} for n in range(rng.choice((1, 2)))]
    if rng.random() < 0.7:
        for day in (data["calendar"], *data["calendar"]["days"]):
            for slot in day.get("slots", ()):
                slot.pop("reserved_for", None)
    slots = Calendar.model_validate(data["calendar"]).axis.slots
    shortest = min((slot.minutes for slot in slots), default=0)
    for body in data["bodies"]:
        for session in (each for each in body["sessions"] if "duration" in each):
            longest = session["duration"] if isinstance(session["duration"], int) else 30
            session["duration"] = max(30, min(longest, shortest))


def _timetable(rng: Random, scenario: Scenario) -> Timetable | None:
    """Each session at a free place of a cell that is nobody else's; None when one is left over."""
    owners: dict[tuple[int, RoomId], str] = {}
    placed: list[Placement] = []
    spread = rng.choice((1, 3, 100))
    for session in rng.sample(list(scenario.sessions), len(scenario.sessions)):
        body = scenario.body_of[session].id
        free = [
            placement
            for placement in _places(scenario, session)
            if owners.get((placement.slots[0], placement.room), body) == body
            and not any(placement.room == other.room and placement.overlaps(other) for other in placed)
        ]
        if not free:
            return None
        chosen = rng.choice(free[:spread])
        owners[chosen.slots[0], chosen.room] = body
        placed.append(chosen)
    order = list(scenario.sessions)
    return Timetable(sorted(placed, key=lambda p: order.index(p.session))) if placed else None


def _places(scenario: Scenario, session: SessionId) -> list[Placement]:
    """Every place within one slot."""
    starts = range(0, scenario.calendar.axis.total, scenario.grain)
    rooms = scenario.rooms_of(session)
    places = [scenario.place(session, start, room) for start in starts for room in rooms]
    return [place for place in places if place is not None and len(place.segments) == 1]
