"""Side events once more, from docs/scenario.md alone: plain data, and every way to place them is tried."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any, TypeAlias

NAMES = ("Monday", "Tuesday", "Wednesday")
DAYS = ("2027-03-01", "2027-03-02", "2027-03-03")
SLOTS = ((600, 780), (900, 1080))
CLOSED = (480, 570)
"""A slot of the closed body, from 08:00 to 09:30."""
PEOPLE = ("Norway", "Peru", "dr", "chair")
AWAY = {"dr": DAYS[1]}
Place: TypeAlias = tuple[str, int, int, str]
"""Day, start and end in minutes, room or nothing."""


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def hours(span: Sequence[int]) -> str:
    return f"{clock(span[0])}-{clock(span[1])}"


def drawn(rng: random.Random) -> dict[str, Any]:
    """What a random scenario says of its side events, with numbers for times."""
    spans = rng.sample([(795, 885), (1095, 1185), (480, 560), (770, 800), (840, 930), (1380, 1530)], rng.randint(1, 2))
    if {(795, 885), (770, 800)} <= set(spans) or {(795, 885), (840, 930)} <= set(spans):
        spans = spans[:1]
    windows = [
        {
            "span": span,
            "days": rng.sample(range(3), 2) if rng.random() < 0.3 else None,
            "at_most": rng.choice([None, 1]),
        }
        for span in spans
    ]
    rooms = rng.choice([[], ["X"], ["X", "Y"], ["Y", "hall"]])
    events = [placed(rng, spans, rooms) for _ in range(rng.randint(1, 4))]
    given = [
        {
            "day": rng.randrange(3),
            "span": rng.choice([(800, 860), (1100, 1200), (490, 540), (15, 60), (1420, 1470)]),
            "who": some(rng),
            "room": room,
        }
        for room in rng.choices([None, "X", "Y"], k=rng.randint(0, 2))
    ]
    limits = {
        "at_most": rng.choice([None, None, 1, 2]),
        "missed_wish": rng.choice([0, 1, 3]),
        "spread": rng.choice([0, 1, 2]),
    }
    return {"windows": windows, "rooms": rooms, "events": events, "given": given, **limits}


def placed(rng: random.Random, spans: Sequence[tuple[int, int]], rooms: Sequence[str]) -> dict[str, Any]:
    day = rng.randrange(3) if rng.random() < 0.15 else None
    return {
        "length": rng.choice([30, 60, 90]),
        "who": some(rng),
        "day": day,
        "wished": rng.sample(range(3), rng.randint(1, 2)) if day is None and rng.random() < 0.6 else None,
        "windows": [rng.choice(spans)] if rng.random() < 0.2 else None,
        "rooms": rng.sample(rooms, 1) if rooms and rng.random() < 0.3 else None,
    }


def some(rng: random.Random) -> list[str]:
    return rng.sample(PEOPLE, rng.choice([0, 1, 1, 2]))


def scenario(said: dict[str, Any]) -> dict[str, Any]:
    """The same as a file says it."""
    listed = []
    for number, event in enumerate(said["events"]):
        entry: dict[str, Any] = {"id": f"e{number}", "title": f"E{number}", "length": f"{event['length']} min"}
        entry |= {"organiser": event["who"][:1], "speakers": event["who"][1:]}
        entry |= {"day": DAYS[event["day"]]} if event["day"] is not None else {}
        entry |= {"wished": [NAMES[n] for n in event["wished"]]} if event["wished"] else {}
        entry |= {"windows": [hours(span) for span in event["windows"]]} if event["windows"] else {}
        entry |= {"rooms": event["rooms"]} if event["rooms"] else {}
        listed.append(entry)
    for number, event in enumerate(said["given"]):
        entry = {"id": f"g{number}", "title": f"G{number}", "day": DAYS[event["day"]], "hours": hours(event["span"])}
        listed.append(entry | {"organiser": event["who"]} | ({"room": event["room"]} if event["room"] else {}))
    windows = [
        {"hours": hours(window["span"])}
        | ({"days": [NAMES[n] for n in window["days"]]} if window["days"] else {})
        | ({"at_most": window["at_most"]} if window["at_most"] is not None else {})
        for window in said["windows"]
    ]
    side = {key: said[key] for key in ("at_most", "missed_wish", "spread", "rooms") if said[key] is not None}
    return {
        "name": "drawn",
        "meeting": {"series": "Drawn", "annex_title": "DRAWN"},
        "calendar": {
            "slots": [{"hours": hours(CLOSED), "reserved_for": ["CLOSED"]}, *map(hours, SLOTS)],
            "days": [*DAYS],
        },
        "rooms": [{"id": "hall", "name": "Assembly Hall"}],
        "officers": [{"id": "chair", "post": "Chair"}],
        "people": [{"id": "dr", "name": "Dr Example", "absent": [AWAY["dr"]]}],
        "bodies": [
            {"id": "WG", "sessions": [{"id": "wg", "duration": "3h"}]},
            {"id": "CLOSED", "officers": ["chair"], "sessions": [{"id": "closed", "duration": "90 min"}]},
        ],
        "side_events": {"windows": windows, "events": listed, **side},
    }


def windows_of(said: dict[str, Any]) -> list[tuple[str, int, int, dict[str, Any]]]:
    """Every window of every day, in the order of time."""
    found = [
        (day, *window["span"], window)
        for window in said["windows"]
        for number, day in enumerate(DAYS)
        if window["days"] is None or number in window["days"]
    ]
    return sorted(found, key=lambda each: each[:2])


def choices(said: dict[str, Any], event: dict[str, Any]) -> Iterator[tuple[tuple[int, int], Place]]:
    """Each window and room, with its place in the order; also those that are not allowed."""
    for at, (day, opens, _, _) in enumerate(windows_of(said)):
        for number, room in enumerate(event["rooms"] or said["rooms"] or [""]):
            yield (at, number), (day, opens, opens + event["length"], room)


def meet(one: Sequence[Any], other: Sequence[Any]) -> bool:
    later = (DAYS.index(other[0]) - DAYS.index(one[0])) * 1440
    return bool(one[1] < other[2] + later and other[1] + later < one[2])


def holds(said: dict[str, Any], places: Sequence[Place]) -> bool:
    """Whether everything that must hold does."""
    given = [(DAYS[g["day"]], *g["span"], g["room"] or "", g["who"]) for g in said["given"]]
    mine = [(*place, event["who"]) for place, event in zip(places, said["events"], strict=True)]
    for place, event in zip(mine, said["events"], strict=True):
        day, start, end, room, who = place
        window = next(w for d, opens, _, w in windows_of(said) if (d, opens) == (day, start))
        if end > window["span"][1] or (event["day"] is not None and DAYS[event["day"]] != day):
            return False
        if event["windows"] and window["span"] not in event["windows"]:
            return False
        if any(meet((day, *slot), place) for slot in SLOTS):
            return False
        if meet((day, *CLOSED), place) and (room == "hall" or "chair" in who):
            return False
        if any(AWAY.get(person) == day for person in who):
            return False
    for one, other in [*combinations(mine, 2), *product(mine, given)]:
        if meet(one, other) and ((one[3] and one[3] == other[3]) or set(one[4]) & set(other[4])):
            return False
    for day, opens, closes, window in windows_of(said):
        here = [each for each in (*mine, *given) if meet((day, opens, closes), each)]
        most = said["at_most"] if window["at_most"] is None else window["at_most"]
        if most is not None and len(here) > most and any(each in here for each in mine):
            return False
    return True


def costs(said: dict[str, Any], places: Sequence[Place]) -> int:
    """Points of missed wishes and of uneven days."""
    missed = sum(
        event["wished"] is not None and DAYS.index(place[0]) not in event["wished"]
        for place, event in zip(places, said["events"], strict=True)
    )
    days = [place[0] for place in places] + [DAYS[g["day"]] for g in said["given"]]
    counts = [days.count(day) for day in {day for day, *_ in windows_of(said)}]
    uneven = max(0, max(counts) - min(counts) - 1)
    return int(said["missed_wish"] * missed + said["spread"] * uneven)


def moved(places: Sequence[Place], out: Sequence[Place]) -> int:
    """How many begin at another time, or in another room, than they did."""
    return sum((a[0], a[1], a[3]) != (b[0], b[1], b[3]) for a, b in zip(places, out, strict=True))


def least(said: dict[str, Any], out: Sequence[Place], *, cheapest: bool) -> tuple[int, int] | None:
    """The fewest moves and then the least cost; ``cheapest``: the least cost and then the fewest moves."""
    found = []
    for chosen in product(*(list(choices(said, event)) for event in said["events"])):
        places = tuple(place for _, place in chosen)
        if holds(said, places):
            pair = moved(places, out), costs(said, places)
            found.append(pair[::-1] if cheapest else pair)
    return min(found, default=None)


def best(said: dict[str, Any]) -> tuple[int, tuple[Place, ...], int] | None:
    """The least cost, the first places that have it, and how many have it; None: nothing holds."""
    found: list[tuple[int, tuple[int, ...], tuple[int, ...], tuple[Place, ...]]] = []
    for chosen in product(*(list(choices(said, event)) for event in said["events"])):
        places = tuple(place for _, place in chosen)
        if holds(said, places):
            found.append((costs(said, places), tuple(o[0] for o, _ in chosen), tuple(o[1] for o, _ in chosen), places))
    if not found:
        return None
    least = min(found)
    return least[0], least[3], sum(each[0] == least[0] for each in found)
