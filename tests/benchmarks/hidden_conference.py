"""A conference out of a seed that a hidden timetable fits at no cost, and whose every rule can be counted.

Tracks have talks of one, two or three steps; each has a room for itself for one to three slots in a row, which its
talks fill or nearly fill. What the rules say was read off a timetable that was drawn first and then forgotten.

    export PYTHONPATH=tests
    python tests/benchmarks/hidden_conference.py --seeds 0-9 --formulation counted

solves each in a process of its own, as a planner does, and prints cost, bound and what the process took.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

Data = dict[str, Any]

HOURS = ("09:00-10:20", "10:40-12:00", "13:30-14:50", "15:10-16:30")
"""Of every day: four steps of 20 minutes in each slot."""
STEPS = 4


@dataclass(slots=True)
class _Track:
    name: str
    room: int
    slots: range
    talks: list[tuple[str, int, int]] = field(default_factory=list)
    """Name, slot in the hidden timetable, and steps."""


def _hidden(draw: Random, rooms: int, slots: int) -> list[_Track]:
    tracks = []
    for room in range(rooms):
        first = 0
        while first < slots:
            size = min(slots - first, draw.choice((1, 2, 2, 3)))
            track = _Track(f"t{len(tracks)}", room, range(first, first + size))
            for slot in track.slots:
                left = STEPS - draw.choice((0, 0, 0, 1))
                while left:
                    need = min(left, draw.choice((1, 1, 2, 3)))
                    track.talks.append((f"{track.name}-{len(track.talks)}", slot, need))
                    left -= need
            tracks.append(track)
            first += size
    return tracks


def _presenters(draw: Random, tracks: list[_Track], people: int) -> dict[str, list[str]]:
    """Each person presents in up to three talks, no two of them in one slot."""
    at: dict[int, list[str]] = {}
    for track in tracks:
        for talk, slot, _ in track.talks:
            at.setdefault(slot, []).append(talk)
    presents: dict[str, list[str]] = {}
    for number in range(people):
        for slot in draw.sample(sorted(at), min(len(at), draw.choice((2, 2, 3)))):
            presents.setdefault(draw.choice(at[slot]), []).append(f"Person {number}")
    return presents


def conference(seed: int, *, days: int = 2, rooms: int = 5, people: int = 40) -> Data:
    """The scenario, as it would stand in a file; the same for the same arguments."""
    draw = Random(f"hidden conference {seed} {days} {rooms}")
    slots = days * len(HOURS)
    tracks = _hidden(draw, rooms, slots)
    presents = _presenters(draw, tracks, people)
    apart = [(a, b) for a, b in combinations(tracks, 2) if set(a.slots).isdisjoint(b.slots)]
    similar: dict[str, dict[str, int]] = {}
    for a, b in draw.sample(apart, min(len(apart), 3 * len(tracks))):
        similar.setdefault(a.name, {})[b.name] = draw.choice((1, 2, 5))
    chaired = draw.sample(apart, min(len(apart), len(tracks) // 3))
    named = [f"2027-03-0{1 + slot // len(HOURS)} {HOURS[slot % len(HOURS)][:5]}" for slot in range(slots)]
    unsuited = {
        track.name: {
            named[s]: draw.choice((1, 3)) for s in range(slots) if s not in track.slots and draw.random() < 0.4
        }
        for track in tracks
    }
    return {
        "name": f"hidden-{seed}",
        "meeting": {"series": "Hidden", "annex_title": "HIDDEN"},
        "calendar": {"days": [f"2027-03-0{1 + day}" for day in range(days)], "slots": list(HOURS), "grain": "20 min"},
        "rooms": [{"id": f"r{room}"} for room in range(rooms)],
        "officers": [{"id": f"chair-{n}", "name": f"Chair {n}", "post": "Chair"} for n in range(len(chaired))],
        "bodies": [
            {
                "id": track.name,
                "style": "agenda",
                "officers": [f"chair-{n}" for n, pair in enumerate(chaired) if track in pair],
                "sessions": [
                    {"id": talk, "duration": f"{20 * need} min", "presenters": presents.get(talk, [])}
                    for talk, _, need in track.talks
                ],
            }
            for track in tracks
        ],
        "rules": [
            {"rule": "within_slot"},
            {"rule": "one_body_per_room"},
            {"rule": "not_parallel_with_itself"},
            {"rule": "chairs_apart"},
            {"id": "presenters", "rule": "presenters_apart", "level": "slot", "weight": 20},
            {"id": "similar", "rule": "similar_bodies_apart", "pairs": similar, "weight": 3},
            {"id": "in-a-row", "rule": "consecutive_slots", "weight": 10},
            {"id": "full", "rule": "few_slots", "weight": 5},
            {"id": "one-room", "rule": "few_rooms", "weight": 5},
            {"id": "suits", "rule": "preferences", "bodies_by_slot": {t: row for t, row in unsuited.items() if row},
             "weight": 1},
        ],
    }  # fmt: skip


def main() -> None:
    """Solve and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0-9", help="the first and the last, as in 0-9")
    parser.add_argument("--rooms", type=int, default=5)
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--formulation", default="auto")
    parser.add_argument("--time-limit", type=int, default=60)
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    for seed in range(int(first), int(last or first) + 1):
        data = conference(seed, days=asked.days, rooms=asked.rooms)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "hidden.yaml"
            path.write_text(json.dumps(data))
            limit = ["--formulation", asked.formulation, "--time-limit", str(asked.time_limit), "-o", folder]
            begun, used = time.monotonic(), os.times()
            done = subprocess.run(
                [sys.executable, "-c", "from scheduler.cli import main; main()", "solve", str(path), *limit],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            took, now = time.monotonic() - begun, os.times()
            said = [line for line in done.stdout.splitlines() if line.startswith(("Optimal", "Feasible", "Infeasible"))]
        talks = sum(len(body["sessions"]) for body in data["bodies"])
        computing = now.children_user - used.children_user
        print(f"{seed}: {talks} talks, status {done.returncode}, {took:.1f} s, {computing:.1f} s of computing")
        print(f"   {(said or [done.stderr[-300:]])[0]}", flush=True)


if __name__ == "__main__":
    main()
