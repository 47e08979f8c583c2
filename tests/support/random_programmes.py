"""Small random programmes, with a rule and a timetable: the same seed draws the same case.

Nothing here asks whether a timetable is any good. Sessions overlap, sit in rooms too small and run through the night;
all that is certain is that each fits where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from constraints.preferences import TABLES
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Calendar
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario

Data = dict[str, Any]

UNIT = 30
"""Minutes of which most lengths are a multiple."""
FIRST_DAYS = (date(2025, 2, 24), date(2025, 2, 28), date(2025, 12, 30))
"""A Monday, a Friday and a week that belongs to two years."""
AUDIENCES = ("states", "observers", "public")
TAGS = ("law", "trade")
EQUIPMENT = ("interpretation", "livestream")
ZONES = ("Asia/Tokyo", "Asia/Kathmandu", "America/New_York")
PARTS = ("am", "pm", "first day", "last day", "first day pm", "last day am", "10:00-11:00", "first day 09:00-10:30")


@dataclass(frozen=True)
class Case:
    """One rule in its scenario, and a timetable to hold against it."""

    name: str
    scenario: Scenario
    rule: Rule
    timetable: Timetable


def draw(kind: str, number: int) -> Case:
    """Case ``number`` of a kind of rule."""
    name = f"{kind} {number}"
    rng = Random(name)
    while True:
        data = programme(rng)
        data["rules"] = [rule(rng, kind, data), *_surroundings(rng, kind, data)]
        _free(Random(repr(data)), data)
        scenario = admitted(data)
        if scenario is None:
            continue
        places = {session: starts(scenario, session) for session in scenario.sessions}
        if places and all(places.values()):
            return Case(name, scenario, scenario.rules[0], timetable(rng, scenario, places))


def starts(scenario: Scenario, session: SessionId) -> list[int]:
    """Every position at which a session fits."""
    return [p for p in range(0, scenario.calendar.axis.total, scenario.grain) if scenario.place(session, p)]


def _free(rng: Random, data: Data) -> None:
    """Let some work start anywhere in its slot, where no rule that must hold says otherwise."""
    stating = [r for r in data["rules"] if r["rule"] in ("fixed_boundaries", "rolling") and not r.get("weight")]
    for body in data["bodies"] if not stating and rng.random() < 0.3 else ():
        for each in (body, *body["sessions"]):
            if rng.random() < 0.5:
                each["starts"] = "anywhere"


def _break(rng: Random, calendar: Data) -> None:
    """Part a slot of one day by a break."""
    day = rng.choice(calendar["days"])
    long = [s for s in day.get("slots", calendar["slots"]) if s["closes"] - s["opens"] >= 3 * UNIT]
    held = all(holiday["date"] != day["date"] for holiday in calendar.get("holidays", ()))
    if long and held and rng.random() < 0.3:
        slot = rng.choice(long)
        first = rng.randrange(slot["opens"] + UNIT, slot["closes"] - UNIT, UNIT)
        hours = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (first, first + UNIT))
        calendar["breaks"] = [{"hours": hours, "days": [str(day["date"])]}]


# --- programmes ----------------------------------------------------------------------------------------------------


def programme(rng: Random) -> Data:
    """Days, rooms, officers and bodies as plain data, without rules."""
    rooms = [
        {"id": f"room-{n}", "capacity": rng.choice((None, 20, 50)), "equipment": _some(rng, EQUIPMENT)}
        for n in range(rng.choice((1, 1, 2, 3)))
    ]
    days = _days(rng)
    officers = _officers(rng, [day["date"] for day in days])
    bodies = _bodies(rng, [room["id"] for room in rooms], [officer["id"] for officer in officers])
    calendar: Data = {"slots": _slots(rng), "days": days, "grain": rng.choice((*[None] * 8, 5, 15))}
    if calendar["grain"]:
        for body in bodies[:1]:
            body["sessions"][0]["duration"] = {"opening": 10, "speakers": "5..8", "minutes_each": rng.choice((2, 4, 9))}
    if len(days) > 1 and rng.random() < 0.2:
        calendar["holidays"] = [{"date": rng.choice(days)["date"], "name": "Founders' Day"}]
    everything = [hours for day in (calendar, *days) for hours in day.get("slots", ())]
    if everything and rng.random() < 0.6:
        rng.choice(everything)["reserved_for"] = [rng.choice(_names(bodies))]
    _people(Random(repr(bodies)), bodies, [officer["id"] for officer in officers])
    _repeats(Random(repr(bodies) + "repeats"), bodies)
    _break(Random(repr(bodies) + "break"), calendar)
    _stand_in(Random(repr(bodies) + "deputies"), bodies, [officer["id"] for officer in officers])
    people = _persons(Random(repr(bodies) + "people"), officers, [day["date"] for day in days])
    return {
        "name": "random",
        "meeting": {"series": "Random", "annex_title": "RANDOM", **_format(Random(repr(bodies) + "format"))},
        "calendar": calendar,
        "audiences": [{"id": audience, "name": audience} for audience in AUDIENCES],
        "rooms": rooms,
        "officers": officers,
        **people,
        "bodies": bodies,
    }


def _days(rng: Random) -> list[Data]:
    day = rng.choice(FIRST_DAYS)
    days: list[Data] = []
    for _ in range(rng.choice((1, 2, 2, 3, 4))):
        days.append({"date": day})
        day += timedelta(days=rng.choice((1, 1, 3)))
    for shown in days:
        if rng.random() < 0.3:
            shown["slots"] = _slots(rng)
    if len(days) > 1 and rng.random() < 0.2:
        rng.choice(days)["slots"] = []
    return days


def _slots(rng: Random) -> list[Data]:
    """One to three slots, sometimes without a break between them."""
    clock, slots = 9 * 60 + rng.choice((0, 0, 60, 120)), []
    for _ in range(rng.choice((1, 2, 2, 3))):
        closes = clock + UNIT * rng.choice((1, 2, 3, 4))
        slots.append({"opens": clock, "closes": closes})
        clock = closes + UNIT * rng.choice((0, 1, 4))
    return slots


def _officers(rng: Random, days: list[date]) -> list[Data]:
    officers: list[Data] = [{"id": "nobody", "post": "Chair to be elected", "vacant": True}]
    for n in range(rng.choice((1, 2, 3))):
        officer: Data = {"id": f"officer-{n}", "post": f"Chair {n}"}
        for key in rng.choice(((), ("absent",), ("present",), ("absent", "present"))):
            officer[key] = [_period(rng, days) for _ in range(rng.choice((1, 2)))]
        officers.append(officer)
    return officers


def _period(rng: Random, days: list[date]) -> str:
    first, last = sorted((rng.choice(days), rng.choice(days)))
    if rng.random() < 0.5:
        return f"{first}..{last}"
    opens = 9 * 60 + UNIT * rng.randrange(8)
    closes = opens + UNIT * rng.choice((1, 3, 6))
    return f"{first} {opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


def _bodies(rng: Random, rooms: list[str], officers: list[str]) -> list[Data]:
    bodies: list[Data] = []
    for letter in "ABCD"[: rng.choice((2, 2, 3, 4))]:
        body: Data = {"id": letter, "officers": _some(rng, officers, 0.3)}
        if rng.random() < 0.3:
            body["access"] = _audience(rng)
        if bodies and rng.random() < 0.3:
            body["parent"] = rng.choice(bodies)["id"]
        body["when_vacant"] = rng.choice(("held", "held", "dropped"))
        count = rng.choice((0, 1, 1, 2, 2, 3)) if bodies else rng.choice((1, 2))
        body["sessions"] = [_session(rng, f"{letter.lower()}{n}", rooms, officers) for n in range(1, count + 1)]
        bodies.append(body)
    return bodies


def _session(rng: Random, name: str, rooms: list[str], officers: list[str]) -> Data:
    minutes = UNIT * rng.choice((1, 1, 2, 2, 3, 4, 5))
    session: Data = {"id": name, "duration": minutes, "attendance": rng.choice((None, 10, 30, 60))}
    session["equipment"] = _some(rng, EQUIPMENT, 0.2)
    session["officers"] = _some(rng, officers, 0.2)
    if rng.random() < 0.15:
        session["duration"] = {"low": minutes - 5, "likely": minutes, "high": minutes + 20}
    if rng.random() < 0.2:
        session["access"] = rng.choice((_audience(rng), list(AUDIENCES)))
    if rng.random() < 0.2:
        session["rooms"] = _some(rng, rooms)
    return session


def _people(rng: Random, bodies: list[Data], officers: list[str]) -> None:
    """Who comes, from where and in which order: drawn apart, so that nothing else is drawn differently for it."""
    persons = ["Ada", "Bo", "Cy", *officers]
    for body in bodies:
        for number, session in enumerate(body["sessions"], 1):
            session["presenters"] = _some(rng, persons, 0.15)
            session["attendees"] = _some(rng, persons, 0.1)
            session["time_zone"] = rng.choice((None, None, *ZONES))
            session["position"] = rng.choice((None, None, number, number, 1, 4))
    for body in bodies:
        for session in body["sessions"]:
            session["tags"] = _some(rng, TAGS)


def _repeats(rng: Random, bodies: list[Data]) -> None:
    """Sessions that hold the first of their body again, most of them saying little of their own; drawn apart too."""
    for body in bodies:
        first, *others = body["sessions"] or [{}]
        for session in others if rng.random() < 0.3 else ():
            if rng.random() < 0.7:
                session["repeats"] = first["id"]
                for key in ("duration", "officers", "access", "presenters", "attendees", "time_zone"):
                    if rng.random() < 0.7:
                        session.pop(key, None)
                first["attendees"] = first["attendees"] or _some(rng, ("Ada", "Bo", "Cy"), 0.6)


def _stand_in(rng: Random, bodies: list[Data], officers: list[str]) -> None:
    """Let one of several do, or a deputy stand in, at four places at most; drawn apart as well.

    Nobody may be chosen so who chooses between the times of a session.
    """
    if any("repeats" in session for body in bodies for session in body["sessions"]):
        return
    holders = [(each, "officers") for body in bodies for each in (body, *body["sessions"])]
    holders += [(session, "presenters") for body in bodies for session in body["sessions"]]
    entries = [(holder[key], n) for holder, key in holders for n in range(len(holder.get(key) or ()))]
    for entry, number in rng.sample(entries, min(len(entries), 4)) if rng.random() < 0.3 else ():
        others = [name for name in officers if name != entry[number]]
        if others:
            deputy = {"who": entry[number], "deputies": [rng.choice(others)], "price": rng.choice((0, 2, 7))}
            entry[number] = rng.choice(({"one_of": [entry[number], rng.choice(others)]}, deputy))


def _persons(rng: Random, officers: list[Data], days: list[date]) -> Data:
    """Officers of one name, and people who are no officers; drawn apart as well."""
    for officer in officers:
        officer["name"] = rng.choice((None, None, "Ada", "Bo", "Dee"))
        if rng.random() < 0.2:
            officer["same_name"] = "different"
    names = rng.choice(((), ("Cy",), ("Ada", "Bo")))
    people = [{"name": name, rng.choice(("absent", "present")): [_period(rng, days)]} for name in names]
    return {"people": people} if people else {}


def _format(rng: Random) -> Data:
    """How people take part; drawn apart as well."""
    return rng.choice(({}, {}, {}, {}, {"format": "in_person"}, {"format": "hybrid"}, {"format": "online"}))


def _audience(rng: Random) -> list[str]:
    return rng.choice((["states"], ["states", "observers"]))


def _some(rng: Random, items: Any, share: float = 0.5) -> list[Any]:
    return [item for item in items if rng.random() < share]


def _names(bodies: list[Data]) -> list[str]:
    return [name for body in bodies for name in (body["id"], *(session["id"] for session in body["sessions"]))]


# --- rules ---------------------------------------------------------------------------------------------------------


AT_LEAST = {
    "adjacent": 1,
    "alone": 1,
    "anchor": 1,
    "days_apart": 1,
    "last_in_week": 1,
    "order": 2,
    "pin": 1,
    "same_day": 1,
    "same_time": 1,
}
"""Names that a kind of rule needs."""


def rule(rng: Random, kind: str, data: Data) -> Data:
    """Any instance of a kind, hard or soft, about all work or some."""
    bodies = data["bodies"]
    at_least = AT_LEAST.get(kind, 0)
    families = [
        [body["id"] for body in bodies],
        [session["id"] for body in bodies for session in body["sessions"]],
        _names(bodies),
    ]
    names = rng.choice([family for family in families if len(family) >= at_least])
    count = rng.choice((0, 0, 1, 2, 3)) if not at_least else rng.choice((at_least, at_least, at_least + 1))
    drawn: Data = {"rule": kind, "of": rng.sample(names, min(count, len(names)))}
    if rng.random() < 0.5:
        drawn["weight"] = rng.choice((1, 2, 5))
    return drawn | (OPTIONS[kind](rng, data) if kind in OPTIONS else {})


LEFT_OPEN = ("nothing comes before itself", "write the date, as in", "in the break")
"""What a scenario that is drawn by chance may be refused for: the same work in an order, a weekday that is two days, a
fixed time in a break.
"""


def admitted(data: Data) -> Scenario | None:
    """The scenario; None where it is refused for what is left to chance here."""
    try:
        return from_data(data)
    except ScenarioError as error:
        if all(any(words in each.message for words in LEFT_OPEN) for each in error.diagnostics):
            return None
        raise


def _surroundings(rng: Random, kind: str, data: Data) -> list[Data]:
    """Rules that others look at: which sessions are anchored, and where the room is cleared."""
    likely = 0.6 if kind in ("rolling", "fixed_boundaries") else 0.1
    around = []
    if rng.random() < likely:
        around.append(rule(rng, "anchor", data))
    if rng.random() < likely:
        around.append(rule(rng, "restricted_access", data) | {"clearing": rng.choice((None, 0, 15, 30, 60))})
    if kind == "rolling" and rng.random() < 0.4:
        around.append(rule(rng, "order", data))
    return around


def _clock(rng: Random) -> int:
    return 9 * 60 + rng.choice((UNIT, UNIT, UNIT, 15)) * rng.randrange(8)


def _opening(rng: Random, data: Data) -> int:
    hours = [slot["opens"] for day in (data["calendar"], *data["calendar"]["days"]) for slot in day.get("slots", ())]
    return rng.choice((*hours, _clock(rng)))


def _part(rng: Random, data: Data) -> str:
    day = rng.choice(data["calendar"]["days"])["date"]
    return rng.choice((*PARTS, f"{day}", f"{day} am", f"{day:%A}", f"{day:%A} 09:30-10:30"))


def _anchor(rng: Random, data: Data) -> Data:
    return {"at": _opening(rng, data), "when": rng.choice((None, _part(rng, data)))}


def _pin(rng: Random, data: Data) -> Data:
    options = {"start": _part(rng, data), "at": _opening(rng, data), "room": rng.choice(data["rooms"])["id"]}
    return {
        key: options[key] for key in rng.choice((("start",), ("at",), ("room",), ("start", "room"), tuple(options)))
    }


def _parts(rng: Random, data: Data) -> Data:
    parts = [_part(rng, data) for _ in range(rng.choice((1, 2)))]
    if rng.random() < 0.2:
        days = [str(day["date"]) for day in data["calendar"]["days"]]
        parts.append("..".join(sorted((rng.choice(days), rng.choice(days)))) + rng.choice(("", " am", " 09:30-10:30")))
    return {"when": parts}


def _days_apart(rng: Random) -> Data:
    least, further = rng.choice((0, 1, 1, 2, 3, 7)), rng.choice((None, 0, 1, 3))
    most = further if least == 0 or further is None else least + further
    limits = {"at_least": least or 1} if most is None else {"at_least": least, "at_most": most}
    return limits | rng.choice(({}, {"days": "calendar"}, {"days": "working"}))


def _interpretation(rng: Random) -> Data:
    week = rng.choice((None, 1, 2, 3))
    return {"teams": rng.choice((1, 1, 2)), "meetings_per_day": rng.choice((1, 2)), "meetings_per_week": week}


def _nights(rng: Random, data: Data) -> Data:
    ids = [officer["id"] for officer in data["officers"]]
    return {"officers": rng.choice(([], [], ids, rng.sample(ids, 1))), "at_most": rng.choice((0, 0, 1, 2))}


def _remote(rng: Random) -> Data:
    some = rng.choice((*[["Oceania"]] * 17, ["Asia"], ["Asia", "Oceania"], []))  # fewer places are faster
    return {"regions": some, "at_most": rng.choice((0, 0, 30, 60))}


def _people_apart(rng: Random) -> Data:
    drawn: Data = rng.choice(({}, {"level": "slot"}, {"per": rng.choice((15, 30, 45, 60))}))
    return drawn | rng.choice(({}, {}, {"by": "person"}))


def _holds(data: Data) -> Data:
    """Drawn apart, so that nothing else is drawn differently for it."""
    rng = Random(repr(data["bodies"]) + "holds")
    return {"holds": rng.choice((None, "slot", "half-day", "half-day"))}


def _local_hours(rng: Random) -> Data:
    opens, closes = rng.choice(((9, 17), (0, 12), (8, 20)))
    earlier, later = rng.choice((0, opens // 2)), rng.choice((0, 4))
    return {
        "suitable": f"{opens}:00-{closes}:00",
        "less_suitable": f"{opens - earlier}:00-{closes + later}:00",
        "small": rng.choice((0, 1, 2)),
        "big": rng.choice((1, 3)),
        "by": rng.choice(("session", "slot")),
        "per": rng.choice((None, 15, 30, 45)),
    }


def _shut(rng: Random, data: Data) -> Data:
    rooms = [room["id"] for room in data["rooms"]]
    which = rng.choice(({"room": rng.choice(rooms)}, {"rooms": rng.sample(rooms, rng.choice((1, len(rooms))))}))
    return which | _parts(rng, data)


def _similar(rng: Random, data: Data) -> Data:
    bodies = [body["id"] for body in data["bodies"]]
    pairs: dict[str, dict[str, int]] = {one: {} for one in bodies}
    for number, one in enumerate(bodies):
        for other in bodies[number:]:
            first, then = rng.sample((one, other), 2)
            pairs[first][then] = rng.choice((0, 1, 3))
    return {"pairs": rng.choice((None, pairs))}


def _preferences(rng: Random, data: Data) -> Data:
    families = {
        "bodies": [body["id"] for body in data["bodies"]],
        "sessions": [session["id"] for body in data["bodies"] for session in body["sessions"]],
        "slots": list(Calendar.model_validate(data["calendar"]).slot_named),
        "rooms": [room["id"] for room in data["rooms"]],
    }
    key = rng.choice([*TABLES])
    rows, column = key.split("_by_")
    share = rng.choice((0.2, 0.5, 1.0))
    table = {
        row: {name: rng.choice((0, 1, 1, 2, 7)) for name in _some(rng, families[f"{column}s"], share)}
        for row in _some(rng, families[rows], share)
    }
    per = {"per": rng.choice((30, 45, 60))} if rows == "sessions" and rng.random() < 0.5 else {}
    return {key: table} | per


def _tag_limit(rng: Random, data: Data) -> Data:
    named = {tag for body in data["bodies"] for session in body["sessions"] for tag in session["tags"]}
    return {"at_most": rng.choice((1, 1, 2)), "tags": _some(rng, sorted(named), 0.3)}


OPTIONS: dict[str, Callable[[Random, Data], Data]] = {
    "adjacent": lambda rng, _: {"within": rng.choice((0, 15, 30, 90)), "same_room": rng.random() < 0.3},
    "anchor": _anchor,
    "attendees_apart": lambda rng, _: _people_apart(rng),
    "changeover": lambda rng, _: {"at_least": rng.choice((5, 15, 30, 45, 150)), "same_body": rng.random() < 0.7},
    "daily_limit": lambda rng, _: {"at_most": rng.choice((1, 1, 2))},
    "days_apart": lambda rng, _: _days_apart(rng),
    "earliest_hour": lambda rng, _: {"hour": _clock(rng)},
    "few_days": lambda rng, _: {"at_most": rng.choice((1, 2))},
    "few_rooms": lambda rng, _: {"at_most": rng.choice((1, 1, 2))} | rng.choice(({}, {"per": "day"})),
    "fixed_boundaries": lambda _, data: _holds(data),
    "interpretation_load": lambda rng, _: _interpretation(rng),
    "latest_hour": lambda rng, _: {"hour": _clock(rng)},
    "local_hours": lambda rng, _: _local_hours(rng),
    "nights_away": _nights,
    "not_on": _parts,
    "one_body_per_room": lambda _, data: _holds(data),
    "only_on": _parts,
    "order": lambda rng, _: {"gap": rng.choice((0, 0, 30, 45, 90)), "night_between": rng.random() < 0.3},
    "parallel_limit": lambda rng, _: {"at_most": rng.choice((1, 1, 2, 3))},
    "pin": _pin,
    "presenters_apart": lambda rng, _: _people_apart(rng),
    "preferences": _preferences,
    "remote_burden": lambda rng, _: _remote(rng),
    "restricted_access": lambda rng, _: {"clearing": rng.choice((None, 0, 15, 30, 60))},
    "room_unavailable": _shut,
    "similar_bodies_apart": _similar,
    "smallest_room": lambda rng, _: {"per": rng.choice((1, 10, 30, 100))},
    "tag_limit": _tag_limit,
    "uninterrupted": lambda rng, _: {"allow_closed": rng.random() < 0.4},
}
"""What a kind of rule can be told besides ``of`` and ``weight``."""


# --- timetables ----------------------------------------------------------------------------------------------------


def timetable(rng: Random, scenario: Scenario, places: dict[SessionId, list[int]]) -> Timetable:
    """Any timetable: each session anywhere; or one after another, with pauses, and some of them moved."""
    rooms = {session: rng.choice(scenario.rooms_of(session)) for session in places}
    if rng.random() < 0.5:
        rooms = {session: scenario.rooms_of(session)[0] for session in places}
    queue = list(places)
    if rng.random() < 0.5:
        rng.shuffle(queue)
    paused, moved = rng.choice((0.0, 0.2, 0.5)), rng.choice((0.0, 0.0, 0.0, 0.3, 1.0, 1.0))
    apart = rng.random() < 0.5
    placed: dict[SessionId, Placement] = {}
    ends: dict[RoomId | None, int] = {}
    slots = scenario.calendar.axis.slots
    opens = [slot.begins for slot in slots]
    reserved = [slot.begins for slot in slots if slot.reserved_for]
    for session in queue:
        line = rooms[session] if apart else None
        since = ends.get(line, rng.choice((0, 0, 0, *opens)))
        if rng.random() < paused:
            since = rng.choice([since + 15, since + 30, since + 60, *(opening for opening in opens if opening > since)])
        following = [start for start in places[session] if start >= since]
        start = following[0] if following and rng.random() >= moved else rng.choice(places[session])
        if rng.random() < 0.4:
            start = rng.choice([place for place in places[session] if place in reserved] or [start])
        placement = scenario.place(session, start, rooms[session])
        assert placement is not None
        placed[session] = placement
        ends[line] = placement.end
    return Timetable(placed[session] for session in places)
