"""Random scenarios as plain texts, for the second statement of the rules; all timetables of each can be listed."""

from __future__ import annotations

from datetime import date, timedelta
from math import prod
from random import Random
from typing import Any

from independent.world import WEEKDAYS, Data, World

HALF_HOUR = 30
DAY = 24 * 60
FIRST_DAYS = ("2027-02-25", "2027-04-29", "2027-12-30", "2027-03-01")
"""A Thursday and a Monday, and days at the end of a month and of a year."""
DAY_PATTERNS: tuple[tuple[str, ...], ...] = (
    ("10:00-13:00", "15:00-18:00"),
    ("10:00-11:30", "11:30-13:00", "15:00-16:00"),
    ("09:00-10:00", "10:30-11:30", "12:30-13:30"),
    ("09:00-10:00", "10:00-12:00"),
    ("12:00-13:30", "15:00-16:00"),
    ("11:00-14:00",),
    ("09:30-11:00", "14:00-15:30"),
    ("15:00-16:00", "22:00-01:00"),
    ("23:30-02:00",),
)
AUDIENCES = ("states", "observers", "public")
NAMES = ("Ann Lee", "Ben Ode", "Cho Yun")
ZONES = ("Asia/Tokyo", "Asia/Kathmandu", "America/New_York", "Pacific/Auckland")
KINDS = (
    "adjacent",
    "alone",
    "anchor",
    "attendees_apart",
    "chairs_apart",
    "changeover",
    "consecutive_slots",
    "daily_limit",
    "days_apart",
    "earliest_hour",
    "early_finish",
    "end_of_day",
    "few_days",
    "few_rooms",
    "few_slots",
    "fixed_boundaries",
    "interpretation_load",
    "last_in_week",
    "latest_hour",
    "listed_order",
    "local_hours",
    "nights_away",
    "no_idle_slots",
    "not_first_or_last_day",
    "not_on",
    "not_parallel_with_itself",
    "officer_availability",
    "officer_double_booking",
    "one_at_a_time",
    "one_body_per_room",
    "only_on",
    "order",
    "parallel_limit",
    "pin",
    "presenters_apart",
    "remote_burden",
    "repeats_in_order",
    "restricted_access",
    "rolling",
    "room_clash",
    "room_fit",
    "room_unavailable",
    "same_day",
    "same_time",
    "smallest_room",
    "spread",
    "tag_limit",
    "uninterrupted",
    "waiting_outside",
    "whole_slot",
    "within_day",
    "within_half_day",
    "within_slot",
)
STANDING = (
    "fixed_boundaries",
    "officer_availability",
    "officer_double_booking",
    "repeats_in_order",
    "restricted_access",
    "room_clash",
    "rolling",
)
"""Kinds that are drawn more often: they hold unless stated, or stand in the place of one."""


NAMING = ("alone", "anchor", "days_apart", "last_in_week", "pin", "same_day", "same_time")
"""Kinds that need names."""

OF_REPEATS = ("attendees_apart", "attendees_apart", "nights_away", "remote_burden", "repeats_in_order", "rolling")
"""Kinds to which it matters that a session is repeated."""

OF_ROOMS = (
    "adjacent", "attendees_apart", "chairs_apart", "changeover", "few_rooms", "few_slots", "fixed_boundaries",
    "interpretation_load", "not_parallel_with_itself", "one_body_per_room", "pin", "presenters_apart",
    "restricted_access", "rolling", "rolling", "room_clash", "room_fit", "room_unavailable", "room_unavailable",
    "smallest_room", "uninterrupted", "whole_slot",
)  # fmt: skip
"""Kinds that look at the rooms of sessions."""


def clock(minutes: int) -> str:
    """``10:00``; beyond 24:00 that of the next day."""
    minutes -= 24 * 60 if minutes > 24 * 60 else 0
    return f"{minutes // 60:02}:{minutes % 60:02}"


def scenario(rng: Random, most: int) -> Data:
    """A scenario with at least two and at most ``most`` timetables, and one to five rules."""
    while True:
        data = programme(rng)
        world = World(data)
        if world.sessions and 2 <= prod(len(world.sittings(s)) for s in world.sessions) <= most:
            kinds = rng.choices(KINDS, k=rng.randint(1, 4)) + rng.choices(STANDING, k=rng.choice((0, 0, 1, 2)))
            data["rules"] = [rule(rng, kind, data) for kind in kinds]
            _free(Random(repr(data)), data)
            return data


def _free(rng: Random, data: Data) -> None:
    """Let some work start anywhere in its slot, where no rule says otherwise."""
    stating = ("fixed_boundaries", "rolling")
    if rng.random() < 0.6 and not any(rule["rule"] in stating and "weight" not in rule for rule in data["rules"]):
        for body in data["bodies"]:
            for each in (body, *body["sessions"]):
                if rng.random() < 0.4:
                    each["starts"] = "anywhere"


def repeated(rng: Random, most: int) -> Data:
    """The same, where sessions are repeated, and the rules are those on people who attend them."""
    while True:
        data = programme(rng)
        for body in data["bodies"]:
            for session in body["sessions"]:
                if "repeats" not in session:
                    session["attendees"] = rng.sample(NAMES, rng.randint(1, 3))
        _settle(data)
        world = World(data)
        count = prod(len(world.sittings(s)) for s in world.sessions)
        if any("repeats" in s for s in world.sessions.values()) and 2 <= count <= most:
            data["rules"] = [rule(rng, kind, data) for kind in rng.choices(OF_REPEATS, k=rng.randint(1, 3))]
            return data


def moving(rng: Random, most: int) -> Data:
    """The same, where sessions may change their room overnight, and most rules are those on rooms."""
    while True:
        data = programme(rng)
        for body in data["bodies"]:
            for each in (body, *body["sessions"]):
                each.pop("repeats", None) if "duration" in each else None
                if rng.random() < 0.6:
                    each["room_may_change"] = rng.choice((False, {"price": rng.choice((0, 1, 2, 5))}, {"price": 3}))
        world = World(data)
        count = prod(len(world.sittings(s)) for s in world.sessions)
        moves = any(len(set(sitting.rooms)) > 1 for s in world.sessions for sitting in world.sittings(s))
        if moves and 2 <= count <= most:
            kinds = [*rng.choices(OF_ROOMS, k=rng.randint(1, 3)), *rng.choices(KINDS, k=rng.choice((0, 0, 1)))]
            data["rules"] = [rule(rng, kind, data) for kind in kinds]
            _free(Random(repr(data)), data)
            return data


def programme(rng: Random) -> Data:
    """Everything but the rules."""
    rooms: list[Data] = [{"id": name} for name in ("hall", "annex", "cabin")[: rng.choice((1, 1, 2, 2, 3))]]
    for room in rooms:
        if rng.random() < 0.4:
            room["capacity"] = rng.choice((20, 50))
        if rng.random() < 0.5:
            room["equipment"] = ["interpretation"]
    days = _days(rng)
    officers = _officers(rng, [_date(day) for day in days])
    data: Data = {
        "name": "drawn",
        "meeting": {"series": "Drawn", "annex_title": "DRAWN", "format": rng.choice(("in_person",) * 9 + ("online",))},
        "calendar": {"grain": f"{HALF_HOUR} min", "slots": list(rng.choice(DAY_PATTERNS)), "days": days},
        "audiences": [{"id": name, "name": name} for name in AUDIENCES],
        "rooms": rooms,
        "officers": officers,
        "bodies": _bodies(rng, [room["id"] for room in rooms], [officer["id"] for officer in officers]),
    }
    if rng.random() < 0.4:
        absence = {rng.choice(("absent", "present")): [_period(rng, [_date(day) for day in days])]}
        data["people"] = [{"name": rng.choice(NAMES), **absence}]
        if rng.random() < 0.5:
            data["people"][0]["id"] = "guest"
    _reserve(rng, data)
    _pause(rng, data)
    _stand_in(Random(repr(data)), data)
    return data


OF_CELLS = ("within_slot", "one_body_per_room", "not_parallel_with_itself")
"""Rules that, where all of them must hold, leave a body one room in a slot, and this one to itself."""


def packed(rng: Random, most: int) -> Data:
    """The same, where sessions of a body follow one another in a slot and room; ``most`` a session more or less."""
    kinds = [kind for kind in KINDS if kind not in (*OF_CELLS, "rolling", "room_clash")]
    while True:
        data = programme(rng)
        for number in range(rng.choice((1, 2, 2, 3))):
            rng.choice(data["bodies"])["sessions"].append({"id": f"t{number}", "duration": "30 min"})
        for session in (each for body in data["bodies"] for each in body["sessions"] if "duration" in each):
            session["duration"] = f"{HALF_HOUR * rng.choice((1, 1, 2, 2, 3))} min"
        world = World(data)
        if 2 <= prod(len(world.sittings(s)) for s in world.sessions) <= most:
            drawn = [rule(rng, kind, data) for kind in rng.choices(kinds, k=rng.randint(1, 4))]
            data["rules"] = [*({"rule": kind} for kind in OF_CELLS), *drawn]
            return data


MOST_FILLINGS = 12


def _stand_in(rng: Random, data: Data) -> None:
    """Let one of several do in some places, and deputies in others: in few ways together."""
    officers = [officer["id"] for officer in data["officers"]]
    holders = [(each, "officers") for body in data["bodies"] for each in (body, *body["sessions"])]
    holders += [(session, "presenters") for body in data["bodies"] for session in body["sessions"]]
    ways = 1
    for holder, key in holders if rng.random() < 0.7 else ():
        if key in holder and rng.random() < 0.5:
            others = officers if key == "officers" else [*NAMES, *officers]
            for number, entry in enumerate(holder[key]):
                left = [name for name in others if name != entry]
                before = holder[key][number]
                if left and rng.random() < 0.7:
                    several = rng.sample(left, min(len(left), rng.choice((1, 1, 2))))
                    price = rng.choice((0, 1, 3, 5, 20))
                    holder[key][number] = rng.choice(
                        ({"one_of": [entry, *several]}, {"who": entry, "deputies": several, "price": price})
                    )
                    ways = prod(len(who) for s in World(data).sessions for _, who in World(data).seats(s))
                    if ways > MOST_FILLINGS:
                        holder[key][number] = before
    _settle(data)


def _settle(data: Data) -> None:
    """Who attends a session at a time of their choice may not be chosen for anything."""
    world = World(data)
    chosen = {world.person(w) for s in world.sessions for _, who in world.seats(s) if len(who) > 1 for w, _ in who}
    for session in (each for body in data["bodies"] for each in body["sessions"] if "attendees" in each):
        if any("repeats" in each for each in world.sessions.values()):
            session["attendees"] = [name for name in session["attendees"] if world.person(name) not in chosen]


def _pause(rng: Random, data: Data) -> None:
    """Break a slot or two for half an hour, on its day or on every day on which a slot holds it."""
    found: list[Data] = []
    for slot in rng.sample(World(data).slots, min(2, len(World(data).slots))) if rng.random() < 0.5 else ():
        begins = range(slot.opens + HALF_HOUR, slot.closes - HALF_HOUR, HALF_HOUR)
        if begins and all(pause["days"] != [slot.day.isoformat()] for pause in found):
            first = rng.choice(begins)
            days = [slot.day.isoformat()]
            found.append({"hours": f"{clock(first)}-{clock(first + HALF_HOUR)}", "days": days})
    if found:
        data["calendar"]["breaks"] = found


def _days(rng: Random) -> list[Any]:
    day = date.fromisoformat(rng.choice(FIRST_DAYS))
    days: list[Any] = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        days.append(day.isoformat())
        day += timedelta(days=rng.choice((1, 1, 2, 7)))
    if rng.random() < 0.3:
        days[-1] = {"date": days[-1], "slots": list(rng.choice(DAY_PATTERNS))}
    return days


def _date(day: Any) -> str:
    return str(day["date"] if isinstance(day, dict) else day)


def _reserve(rng: Random, data: Data) -> None:
    """Keep a slot for a body or a session, on one day or on all."""
    if rng.random() < 0.5:
        holder = rng.choice([data["calendar"], *(day for day in data["calendar"]["days"] if isinstance(day, dict))])
        slots = holder["slots"]
        number = rng.randrange(len(slots))
        slots[number] = {"hours": slots[number], "reserved_for": [rng.choice(work(data))]}


def _officers(rng: Random, days: list[str]) -> list[Data]:
    officers: list[Data] = []
    for number in range(rng.choice((1, 2, 3))):
        officer: Data = {"id": f"chair-{number}", "post": f"Chair {number}"}
        if rng.random() < 0.7:
            officer["name"] = NAMES[rng.choice((0, number, number))]
        if "name" in officer and rng.random() < 0.1:
            officer["same_name"] = "different"
        if rng.random() < 0.4:
            officer["absent"] = [_period(rng, days)]
        elif rng.random() < 0.3:
            officer["present"] = [_period(rng, days), _period(rng, days)]
        if rng.random() < 0.15:
            officer["vacant"] = True
        officers.append(officer)
    return officers


def _period(rng: Random, days: list[str]) -> str:
    first, last = sorted((rng.choice(days), rng.choice(days)))
    if rng.random() < 0.4:
        return f"{first}..{last}{rng.choice(('', ' pm', ' ' + _hours(rng)))}"
    if rng.random() < 0.4:
        first = date.fromisoformat(first).strftime("%A")
    if rng.random() < 0.3:
        return f"{first}{rng.choice(('', ' am', ' pm'))}"
    return f"{first} {_hours(rng)}"


def _bodies(rng: Random, rooms: list[str], officers: list[str]) -> list[Data]:
    bodies: list[Data] = []
    for name in ("A", "B", "C")[: rng.choice((2, 2, 3))]:
        body: Data = {"id": name, "sessions": []}
        if bodies and rng.random() < 0.2:
            body["parent"] = rng.choice(bodies)["id"]
        if rng.random() < 0.3:
            body["access"] = list(rng.choice((("states",), ("states", "observers"), ("observers", "public"))))
        if rng.random() < 0.5:
            body["officers"] = rng.sample(officers, rng.randint(1, len(officers)))
        bodies.append(body)
    for number in range(rng.choice((1, 2, 2, 3, 3))):
        session: Data = {"id": f"s{number}", "duration": f"{HALF_HOUR * rng.choice((1, 2, 2, 3, 4, 6))} min"}
        if rng.random() < 0.2:
            session["access"] = list(rng.choice((("states",), AUDIENCES, ("states", "observers"))))
        if rng.random() < 0.3:
            session["officers"] = [rng.choice(officers)]
        if rng.random() < 0.3:
            session["rooms"] = [rng.choice(rooms)]
        if rng.random() < 0.3:
            session["attendance"] = rng.choice((10, 30, 60))
        if rng.random() < 0.2:
            session["equipment"] = ["interpretation"]
        if rng.random() < 0.3:
            session["time_zone"] = rng.choice(ZONES)
        for key in ("presenters", "attendees"):
            if rng.random() < 0.4:
                session[key] = sorted(rng.sample([*NAMES, officers[0]], rng.randint(1, 2)))
        rng.choice(bodies)["sessions"].append(session)
    for body in bodies:
        _repeat(rng, body["sessions"])
    return bodies


def _repeat(rng: Random, sessions: list[Data]) -> None:
    """Have some sessions hold the first of them again; most of what they say is then as there."""
    for number, session in enumerate(sessions[1:], 1):
        if rng.random() < 0.4:
            kept = {key: value for key, value in session.items() if key == "id" or rng.random() < 0.2}
            sessions[number] = kept | {"repeats": sessions[0]["id"]}


def work(data: Data) -> list[str]:
    """Bodies and sessions."""
    sessions = [session["id"] for body in data["bodies"] for session in body["sessions"]]
    return [*(body["id"] for body in data["bodies"] if World(data).work(body["id"])), *sessions]


def rule(rng: Random, kind: str, data: Data) -> Data:
    """A rule of a kind, hard or with a weight."""
    found: Data = {"rule": kind}
    if kind == "early_finish" and any(slot.reserved for slot in World(data).slots):
        kind = found["rule"] = "no_idle_slots"  # the number of slots needed is exact only where all may use the same
    if kind == "order":
        found["of"] = _chain(rng, data)
        if len(found["of"]) < 2:
            return rule(rng, "last_in_week", data)
    elif kind == "adjacent" or (kind == "days_apart" and rng.random() < 0.8):
        chain = _chain(rng, data)
        found["of"] = chain if len(chain) > 1 else [max(work(data), key=lambda name: len(World(data).work(name)))]
    elif kind in NAMING or rng.random() < 0.5:
        found["of"] = rng.sample(work(data), rng.randint(1, min(2, len(work(data)))))
    if draw := _OWN.get(kind):
        found |= draw(rng, data)
    if rng.random() < 0.7:
        found["weight"] = rng.randint(1, 9)
    return found


def _chain(rng: Random, data: Data) -> list[str]:
    """Names of which none holds another."""
    world, chain, taken = World(data), [], set()
    for name in rng.sample(work(data), len(work(data))):
        if not taken & set(world.work(name)):
            chain.append(name)
            taken |= set(world.work(name))
    return chain[: rng.randint(2, 3)]


def part(rng: Random, data: Data) -> str:
    """A part of the calendar, as a planner may write it."""
    days = [_date(day) for day in data["calendar"]["days"]]
    day = rng.choice(days)
    weekday = WEEKDAYS[date.fromisoformat(day).weekday()]
    span = "..".join(sorted((day, rng.choice(days))))
    chosen = rng.choice(("", "first day", "last day", day, weekday, span))
    return f"{chosen} {rng.choice(('am', 'pm', _hours(rng)) + (('',) if chosen else ()))}".strip()


def _hours(rng: Random) -> str:
    opens = 60 * rng.choice((0, 9, 10, 11, 12, 15, 22, 23)) + rng.choice((0, HALF_HOUR))
    return f"{clock(opens)}-{clock(opens + HALF_HOUR * rng.choice((2, 3, 5)))}"


def _moment(rng: Random, data: Data) -> str:
    """A part that is no weekday that occurs twice."""
    days = [_date(day) for day in data["calendar"]["days"]]
    return rng.choice(("first day", "last day", rng.choice(days)))


def _at(rng: Random, data: Data) -> str:
    """A time at which some slot is open, and that is in a break on no day."""
    world = World(data)
    cells = {(slot, minute % DAY) for slot, minute in world.cells(world.slots)}
    steps = {(s.number, minute % DAY) for s in world.slots for minute in range(s.opens, s.closes, world.grain)}
    paused = {minute for _, minute in steps - cells}
    return clock(rng.choice([minute for _, minute in sorted(cells) if minute not in paused] or [8 * 60]))


def _anchor(rng: Random, data: Data) -> Data:
    return {"at": _at(rng, data)} | ({"when": _moment(rng, data)} if rng.random() < 0.5 else {})


def _pin(rng: Random, data: Data) -> Data:
    keys = {"at": _at(rng, data), "start": _moment(rng, data), "room": rng.choice(data["rooms"])["id"]}
    return {key: keys[key] for key in rng.sample(sorted(keys), rng.randint(1, 3))}


def _order(rng: Random, _: Data) -> Data:
    gap = {"gap": f"{HALF_HOUR * rng.choice((1, 2, 6))} min"} if rng.random() < 0.4 else {}
    return gap | ({"night_between": "true"} if rng.random() < 0.3 else {})


def _days_apart(rng: Random, _: Data) -> Data:
    limits: Data = rng.choice(
        ({"at_least": 1}, {"at_least": 2}, {"at_most": 0}, {"at_most": 1}, {"at_least": 1, "at_most": 2})
    )
    return limits | ({"days": "working"} if rng.random() < 0.4 else {})


def _holds(rng: Random, _: Data) -> Data:
    return {"holds": rng.choice(("half-day", "half-day", "slot"))} if rng.random() < 0.7 else {}


def _people_apart(rng: Random, _: Data) -> Data:
    found: Data = {"level": rng.choice(("slot", "minute"))}
    if found["level"] == "minute" and rng.random() < 0.5:
        found["per"] = f"{HALF_HOUR * rng.choice((1, 2))} min"
    return found | ({"by": "person"} if rng.random() < 0.5 else {})


def _tag_limit(rng: Random, data: Data) -> Data:
    """Its keys; sessions get tags, unless they have some, of which it names one or two or all."""
    for body in data["bodies"]:
        for session in body["sessions"]:
            session.setdefault("tags", rng.choice((["law"], ["trade"], ["law", "trade"], ["trade", "law"])))
    named = sorted({tag for body in data["bodies"] for session in body["sessions"] for tag in session["tags"]})
    tags = {"tags": rng.sample(named, rng.randint(1, len(named)))} if rng.random() < 0.4 else {}
    return {"at_most": rng.choice((1, 1, 2))} | tags


def _smallest_room(rng: Random, data: Data) -> Data:
    """Its key; for most of them rooms get seats, and sessions attendance, or the rule would mostly say nothing."""
    if rng.random() < 0.7:
        for room in data["rooms"]:
            room.setdefault("capacity", rng.choice((20, 50, 90)))
        for body in data["bodies"]:
            for session in body["sessions"]:
                session.setdefault("attendance", rng.choice((10, 30)))
    return {"per": rng.choice((1, 20))} if rng.random() < 0.7 else {}


_OWN = {
    "adjacent": lambda rng, _: (
        {"within": f"{HALF_HOUR * rng.choice((0, 1, 2, 5))} min"}
        | ({"same_room": "true"} if rng.random() < 0.3 else {})
    ),
    "anchor": _anchor,
    "attendees_apart": _people_apart,
    "changeover": lambda rng, _: (
        {"at_least": f"{HALF_HOUR * rng.choice((1, 2, 3, 5))} min"}
        | ({"same_body": "false"} if rng.random() < 0.4 else {})
    ),
    "daily_limit": lambda rng, _: {"at_most": rng.choice((1, 1, 2))},
    "days_apart": _days_apart,
    "earliest_hour": lambda rng, _: {"hour": clock(60 * rng.choice((9, 10, 11, 14)) + rng.choice((0, 30)))},
    "few_days": lambda rng, _: {"at_most": rng.choice((1, 1, 2))},
    "few_rooms": lambda rng, _: {"at_most": rng.choice((1, 1, 2))} | rng.choice(({}, {"per": "day"})),
    "fixed_boundaries": _holds,
    "interpretation_load": lambda rng, _: {
        "teams": rng.choice((1, 2)),
        "meetings_per_day": rng.choice((1, 2)),
        "meetings_per_week": rng.choice((1, 2, 3)),
    },
    "latest_hour": lambda rng, _: {"hour": clock(60 * rng.choice((0, 11, 12, 13, 16)) + rng.choice((0, 30)))},
    "local_hours": lambda rng, _: (
        {
            "suitable": rng.choice(("09:00-18:00", "07:00-22:00", "15:00-01:00")),
            "less_suitable": rng.choice(("00:00-24:00", "04:00-02:00")),
            "by": rng.choice(("session", "slot")),
        }
        | ({"per": f"{HALF_HOUR} min"} if rng.random() < 0.4 else {})
    ),
    "parallel_limit": lambda rng, _: {"at_most": rng.choice((1, 1, 2))},
    "one_body_per_room": _holds,
    "nights_away": lambda rng, data: {
        "officers": rng.choice(([], [], [rng.choice(data["officers"])["id"]], [o["id"] for o in data["officers"]])),
        "at_most": rng.choice((0, 0, 1, 2)),
    },
    "not_on": lambda rng, data: {"when": [part(rng, data) for _ in range(rng.choice((1, 2)))]},
    "only_on": lambda rng, data: {"when": [part(rng, data) for _ in range(rng.choice((1, 2, 3)))]},
    "order": _order,
    "pin": _pin,
    "presenters_apart": _people_apart,
    "remote_burden": lambda rng, _: (
        {
            "regions": rng.choice((["Oceania"], ["Oceania"], ["Oceania", "Americas"])),
            "at_most": rng.choice(("0 min", "30 min", "120 min")),
        }
        | ({"hours": rng.choice(("09:00-17:00", "20:00-04:00"))} if rng.random() < 0.5 else {})
    ),
    "smallest_room": _smallest_room,
    "tag_limit": _tag_limit,
    "uninterrupted": lambda rng, _: {"allow_closed": "true"} if rng.random() < 0.4 else {},
    "restricted_access": lambda rng, _: (
        {"clearing": f"{HALF_HOUR * rng.choice((1, 2))} min"} if rng.random() < 0.6 else {}
    ),
    "room_unavailable": lambda rng, data: {
        "room": rng.choice(data["rooms"])["id"],
        "when": [part(rng, data) for _ in range(rng.choice((1, 2)))],
    },
}
