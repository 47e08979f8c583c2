"""Random programmes with uncertain durations, and a plan for each: the same seed draws the same case.

Sessions follow one another in the order of the programme; some wait for a fixed time, some stop at a slot's end.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

GRAIN = 5


def draw(number: int, *, plain: bool = False, breaks: bool = False) -> tuple[Scenario, Timetable]:
    """Case ``number``; ``plain`` without anchors, limits and common factors; ``breaks`` with coffee."""
    rng = Random(f"forecast {number} {plain}")
    while True:
        data = _programme(rng, plain=plain)
        data["calendar"] |= {"breaks": ["11:10-11:25", "16:20-16:50"]} if breaks else {}
        scenario = from_data(data)
        timetable = _plan(scenario)
        if timetable is not None:
            return scenario, timetable


def _programme(rng: Random, *, plain: bool) -> dict[str, Any]:
    day = date(2025, 2, 25)
    days = [{"date": day + timedelta(days=n)} for n in range(rng.choice((1, 2, 3)))]
    bodies: list[dict[str, Any]] = []
    for letter in "ABC"[: rng.choice((1, 2, 3))]:
        sessions = [{"id": f"{letter}{n}", "duration": _duration(rng)} for n in range(1, 1 + rng.choice((1, 1, 2, 3)))]
        body: dict[str, Any] = {"id": letter, "sessions": sessions}
        if not plain:
            body["correlation"] = rng.choice((None, 0.3, 0.6, 0.9))
            body["boundary"] = {
                "at_slot_end": rng.choice(("rolls_on", "rolls_on", "stops", "carried_over")),
                "no_start_after": rng.choice((None, None, "16:30")),
            }
        bodies.append(body)
    rules: list[dict[str, Any]] = [{"rule": "rolling"}]
    if not plain and rng.random() < 0.6:
        bodies.append(
            {
                "id": "PANEL",
                "boundary": {"before_anchor": rng.choice(("delays_it", "is_cut", "moves_after"))},
                "sessions": [{"id": "panel", "duration": _duration(rng)}],
            }
        )
        rng.shuffle(bodies)
        rules.append({"rule": "anchor", "of": ["PANEL"], "at": rng.choice(("11:30", "15:00", "16:00"))})
    return {
        "name": "random",
        "meeting": {"series": "Random", "annex_title": "RANDOM"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days, "grain": GRAIN},
        "bodies": bodies,
        "rules": rules,
    }


def _duration(rng: Random) -> Any:
    likely = GRAIN * rng.randint(6, 36)
    if rng.random() < 0.15:
        return {"opening": 10, "speakers": "6..14", "minutes_each": "3..7", "replies": 5}
    low, high = round(likely * rng.uniform(0.5, 1.0)), round(likely * rng.uniform(1.0, 1.9))
    return {"low": max(1, low), "likely": likely, "high": high}


def _plan(scenario: Scenario) -> Timetable | None:
    """Each session where the one before it ends, anchors at the first of their times that is left."""
    anchor = next((rule for rule in scenario.rules if rule.rule == "anchor"), None)
    at, placed = 0, list[Placement]()
    for session in scenario.sessions:
        start = at
        if anchor is not None and session in scenario.anchored:
            slots = scenario.calendar.axis.slots
            times = [s.position(anchor.at) for s in slots if s.opens <= anchor.at < s.closes]
            left = [time for time in times if time >= at]
            if not left:
                return None
            start = left[0]
        placement = scenario.place(session, start)
        if placement is None:
            return None
        placed.append(placement)
        at = placement.end
    return Timetable(placed)
