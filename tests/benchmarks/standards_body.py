"""The week of a standards body out of a seed: working groups with several sessions each, which a hidden timetable fits.

Sessions are shorter than most slots: a group holds some of them one after the other in one slot and room. Everything
that the rules say was read off a timetable that was drawn first and then forgotten, so that every rule can be kept.

    export PYTHONPATH=tests
    python tests/benchmarks/standards_body.py --seeds 0-9 --form soft --form hard

solves each in a process of its own, as a planner does, and prints what came out and what the process took.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

Data = dict[str, Any]

LONG_DAY = ("09:00-10:30", "11:00-12:30", "13:30-15:30", "16:00-18:00")
SHORT_DAY = ("08:00-10:00", "10:30-12:30", "13:30-15:00", "15:30-16:30")
WEEK = (LONG_DAY, SHORT_DAY, LONG_DAY, SHORT_DAY, ("08:00-10:00",))
"""Monday to Friday: 17 slots of 60, 90 and 120 minutes."""
DAYS = tuple(f"2027-03-{day:02}" for day in range(1, 6))
SEATS = (300, 150, 150, 80, 80, 40, 40, 40, 40, 40)
BLOCKS = ((120,), (90,), (90,), (60,), (60,), (60, 60), (60, 30), (30, 30), (30, 30, 30), (45, 45), (45, 30, 45), (30,))
"""What a group holds in one slot, in minutes."""
ONE_BY_ONE = ((120,), (120,), (90,), (90,), (60,), (60,), (60, 60), (30,))
"""The same where most slots hold one session."""
LISTS = {"first": (100, 3), "second": (10, 3), "third": (1, 4)}
"""Lists of groups that a group does not want beside it: their weight, and how many of thirty groups stand in one."""


class Form(StrEnum):
    """How much must hold."""

    SOFT = "soft"
    """What rooms and groups can do must hold; what the groups ask for are wishes."""
    MIXED = "mixed"
    """Some of the wishes must hold."""
    HARD = "hard"
    """All of them must hold."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of week."""

    sessions: int = 125
    rooms: int = 8
    each: int = 4
    """Sessions of a group, about."""
    blocks: tuple[tuple[int, ...], ...] = BLOCKS
    extras: tuple[str, ...] = ()
    """Further kinds of rule: ``few_rooms``, ``smallest_room``, ``changeover``, ``rooms``."""


@dataclass(slots=True)
class _Sitting:
    """A session where the hidden timetable has it; minutes since the beginning of its day."""

    name: str
    group: str
    slot: int
    day: int
    begins: int
    minutes: int
    room: int

    @property
    def ends(self) -> int:
        return self.begins + self.minutes


@dataclass(slots=True)
class _Group:
    name: str
    seats: int
    home: int = 0
    sittings: list[_Sitting] = field(default_factory=list)

    @property
    def slots(self) -> set[int]:
        return {sitting.slot for sitting in self.sittings}


SLOTS = tuple(
    (day, int(opens[:2]) * 60 + int(opens[3:]), int(closes[:2]) * 60 + int(closes[3:]))
    for day, hours in enumerate(WEEK)
    for opens, closes in (slot.split("-") for slot in hours)
)
"""Day, opening and closing of each slot."""


def week(seed: int, form: Form = Form.SOFT, shape: Shape = Shape()) -> Data:
    """The scenario, as it would stand in a file; the same for the same arguments."""
    draw = Random(f"standards body {seed} {shape.sessions} {shape.rooms} {shape.each}")
    groups = None
    while groups is None:
        groups = _hidden(draw, shape)
    people = _people(draw, groups)
    return {
        "name": f"standards-{form}-{seed}",
        "meeting": {"series": "Standards week", "annex_title": "STANDARDS WEEK"},
        "calendar": {"grain": "15 min", "days": [{"date": d, "slots": [*s]} for d, s in zip(DAYS, WEEK, strict=True)]},
        "rooms": [{"id": f"room-{n}", "capacity": SEATS[n]} for n in range(shape.rooms)],
        "bodies": [_body(draw, group, people, shape) for group in groups],
        "rules": [*_standing(), *_asked(draw, groups, form, shape)],
    }


def _hidden(draw: Random, shape: Shape) -> list[_Group] | None:
    """Groups with a place for each of their sessions; None where some block found none."""
    count = max(4, shape.sessions // shape.each)
    groups = [_Group(f"G{n:03}", 0) for n in range(count)]
    taken: dict[tuple[int, int], str] = {}
    for group in groups:
        group.home = draw.randrange(shape.rooms)
        group.seats = draw.randint(SEATS[group.home] // 3, SEATS[group.home])
    left = shape.sessions
    while left:
        group = draw.choice(groups)
        block = draw.choice([block for block in shape.blocks if len(block) <= left])
        spot = _spot(draw, group, sum(block), taken, shape.rooms)
        if spot is None:
            return None
        slot, room = spot
        taken[spot] = group.name
        day, begins, _ = SLOTS[slot]
        for minutes in block:
            name = f"{group.name.lower()}-{len(group.sittings) + 1}"
            group.sittings.append(_Sitting(name, group.name, slot, day, begins, minutes, room))
            begins += minutes
        left -= len(block)
    return [group for group in groups if group.sittings]


def _spot(
    draw: Random, group: _Group, minutes: int, taken: dict[tuple[int, int], str], rooms: int
) -> tuple[int, int] | None:
    """A slot in which the group does not meet yet, and a free room with seats enough: its own where that is free."""
    slots = [n for n, (_, opens, closes) in enumerate(SLOTS) if n not in group.slots and closes - opens >= minutes]
    draw.shuffle(slots)
    slots.sort(key=lambda n: SLOTS[n][2] - SLOTS[n][1] > minutes + 15)
    for slot in slots:
        free = [room for room in range(rooms) if (slot, room) not in taken and SEATS[room] >= group.seats]
        if free:
            return slot, group.home if group.home in free else draw.choice(free)
    return None


def _people(draw: Random, groups: list[_Group]) -> dict[str, list[str]]:
    """By session, who must be there: a third of the groups share somebody with a group that meets in other slots."""
    found: dict[str, list[str]] = defaultdict(list)
    pairs = [pair for pair in combinations(groups, 2) if pair[0].slots.isdisjoint(pair[1].slots)]
    for number, pair in enumerate(draw.sample(pairs, min(len(pairs), len(groups)))):
        for group in pair:
            for sitting in draw.sample(group.sittings, draw.randint(1, len(group.sittings))):
                found[sitting.name].append(f"Person {number}")
    return found


def _body(draw: Random, group: _Group, people: dict[str, list[str]], shape: Shape) -> Data:
    draw.shuffle(group.sittings)
    sessions = []
    for sitting in group.sittings:
        session: Data = {"id": sitting.name, "duration": f"{sitting.minutes} min", "attendance": group.seats}
        if sitting.name in people:
            session["presenters"] = people[sitting.name]
        if "rooms" in shape.extras and draw.random() < 0.1:
            session["rooms"] = [f"room-{sitting.room}", f"room-{(sitting.room + 1) % shape.rooms}"]
        sessions.append(session)
    return {"id": group.name, "sessions": sessions}


def _standing() -> list[Data]:
    """What must hold in every form."""
    kinds = ("within_slot", "one_body_per_room", "not_parallel_with_itself", "room_fit")
    return [{"rule": kind} for kind in kinds]


def _asked(draw: Random, groups: list[_Group], form: Form, shape: Shape) -> list[Data]:
    """What groups and people ask for, all of it true in the hidden timetable."""
    rules = [
        *_conflicts(draw, groups), {"rule": "presenters_apart", "weight": 50}, *_bans(draw, groups),
        *_days(draw, groups), *_neighbours(draw, groups), *_orders(draw, groups), *_limits(groups),
        *_rooms(draw, groups, shape),
    ]  # fmt: skip
    for number, rule in enumerate(rules):
        rule["id"] = f"{rule['rule']}-{number}"
        if form is Form.HARD or (form is Form.MIXED and draw.random() < 0.5):
            del rule["weight"]
    return rules


def _conflicts(draw: Random, groups: list[_Group]) -> list[Data]:
    """Three lists for each group, each of groups that never meet beside it."""
    tables: dict[str, dict[str, dict[str, int]]] = {name: defaultdict(dict) for name in LISTS}
    seen: set[frozenset[str]] = set()
    for group in groups:
        apart = [other for other in groups if other is not group and other.slots.isdisjoint(group.slots)]
        for name, (_, most) in LISTS.items():
            for other in draw.sample(apart, min(max(most, most * len(groups) // 30), len(apart))):
                pair = frozenset((group.name, other.name))
                if pair not in seen:
                    seen.add(pair)
                    tables[name][group.name][other.name] = 1
    return [
        {"rule": "similar_bodies_apart", "pairs": {row: dict(columns) for row, columns in table.items()}, "weight": w}
        for (name, table), (w, _) in zip(tables.items(), LISTS.values(), strict=True)
    ]


def _bans(draw: Random, groups: list[_Group]) -> list[Data]:
    """Days and half-days on which a group does not meet, and slots in which a room cannot be had."""
    rules: list[Data] = []
    for group in draw.sample(groups, len(groups) // 2):
        free = [day for day in range(len(DAYS) - 1) if all(sitting.day != day for sitting in group.sittings)]
        if free:
            rules.append({"rule": "not_on", "of": [group.name], "when": [DAYS[draw.choice(free)]], "weight": 20})
    used = {(sitting.slot, sitting.room) for group in groups for sitting in group.sittings}
    rooms = max((room for _, room in used), default=0) + 1
    unused = [(slot, room) for slot in range(len(SLOTS)) for room in range(rooms) if (slot, room) not in used]
    for slot, room in draw.sample(unused, min(5, len(unused))):
        day, opens, closes = SLOTS[slot]
        when = f"{DAYS[day]} {opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
        rules.append({"rule": "room_unavailable", "room": f"room-{room}", "when": [when], "weight": 200})
    return rules


def _days(draw: Random, groups: list[_Group]) -> list[Data]:
    """Two sessions of a group with a night or more between them."""
    rules = []
    for group in draw.sample(groups, len(groups) // 2):
        for one, then in pairwise(sorted(group.sittings, key=lambda sitting: sitting.slot)):
            if then.day - one.day >= 1:
                least = draw.randint(1, then.day - one.day)
                rules.append({"rule": "days_apart", "of": [one.name, then.name], "at_least": least, "weight": 30})
                break
    return rules


def _neighbours(draw: Random, groups: list[_Group]) -> list[Data]:
    """Sessions of a group that follow one another in a slot, or after a break."""
    pairs = []
    for group in groups:
        walk = sorted(group.sittings, key=lambda sitting: (sitting.slot, sitting.begins))
        pairs += [(a, b) for a, b in pairwise(walk) if a.day == b.day and 0 <= b.begins - a.ends <= 30]
    chosen = draw.sample(pairs, min(12, len(pairs)))
    rules = []
    for a, b in chosen:
        rule: Data = {"rule": "adjacent", "of": [a.name, b.name], "within": f"{max(15, b.begins - a.ends)} min"}
        rules.append(rule | {"same_room": a.room == b.room, "weight": 40})
    return rules


def _orders(draw: Random, groups: list[_Group]) -> list[Data]:
    """Sessions of one group or of two that come one before the other."""
    walk = sorted((s for group in groups for s in group.sittings), key=lambda s: (s.slot, s.begins))
    rules = []
    for group in draw.sample(groups, len(groups) // 3):
        own = sorted(group.sittings, key=lambda sitting: (sitting.slot, sitting.begins))
        rules += [{"rule": "order", "of": [a.name, b.name], "weight": 25} for a, b in pairwise(own[:3])]
    for _ in range(12):
        a, b = sorted(draw.sample(range(len(walk)), 2))
        if walk[a].slot < walk[b].slot:
            rules.append({"rule": "order", "of": [walk[a].name, walk[b].name], "weight": 25})
    return rules


def _limits(groups: list[_Group]) -> list[Data]:
    """No group meets more often on a day than it does on its fullest."""
    rules = []
    for group in groups[::4]:
        most = max(sum(s.day == day for s in group.sittings) for day in range(len(DAYS)))
        rules.append({"rule": "daily_limit", "of": [group.name], "at_most": max(2, most), "weight": 15})
    return rules


def _rooms(draw: Random, groups: list[_Group], shape: Shape) -> list[Data]:
    """Rules that ask for rooms by name, or by size."""
    rules: list[Data] = []
    if "few_rooms" in shape.extras:
        for group in draw.sample(groups, len(groups) // 3):
            rooms = len({sitting.room for sitting in group.sittings})
            rules.append({"rule": "few_rooms", "of": [group.name], "at_most": rooms, "weight": 5})
    if "smallest_room" in shape.extras:
        fits = [g for g in groups if all(SEATS[s.room] == _smallest(g.seats, shape.rooms) for s in g.sittings)]
        rules += [{"rule": "smallest_room", "of": [group.name], "per": 10, "weight": 1} for group in fits]
    if "changeover" in shape.extras:
        rules.append({"rule": "changeover", "at_least": "30 min", "same_body": False, "weight": 10})
    return rules


def _smallest(seats: int, rooms: int) -> int:
    return min(size for size in SEATS[:rooms] if size >= seats)


def main() -> None:
    """Solve weeks and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0-9", help="the first and the last, as in 0-9")
    parser.add_argument("--form", action="append", type=Form, choices=[*Form])
    parser.add_argument("--sessions", type=int, default=125)
    parser.add_argument("--rooms", type=int, default=8)
    parser.add_argument("--each", type=int, default=4, help="sessions of a group, about")
    parser.add_argument("--one-by-one", action="store_true", help="most slots hold one session")
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--time-limit", type=int, default=60)
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    blocks = ONE_BY_ONE if asked.one_by_one else BLOCKS
    shape = Shape(asked.sessions, asked.rooms, asked.each, blocks, tuple(asked.extra))
    for form in asked.form or [*Form]:
        for seed in range(int(first), int(last or first) + 1):
            print(_solved(week(seed, form, shape), asked.time_limit), flush=True)


def _solved(data: Data, limit: int) -> str:
    """What the command says of it, and seconds of the whole process: by the clock, and of computing."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "week.yaml")
        file.write_text(json.dumps(data))  # every JSON document is a YAML document
        command = [sys.executable, "-c", "from scheduler.cli import main; main()", "solve", str(file)]
        command += ["-o", folder, "--verbose", "--time-limit", str(limit)]
        before, begun = os.times(), time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        after, took = os.times(), time.monotonic() - begun
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith(SAYS)]
    computing = after.children_user + after.children_system - before.children_user - before.children_system
    return f"{data['name']:20} status {done.returncode}  {took:5.1f} s  {computing:5.1f} s computing  {' '.join(said)}"


SAYS = ("Optimal", "Feasible", "Infeasible", "Unknown", "Formulation", "Cost")

if __name__ == "__main__":
    main()
