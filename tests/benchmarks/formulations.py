"""Time against size in the three formulations: the same programme of 20 to 500 named sessions, solved in each.

    PYTHONPATH=tests python tests/benchmarks/formulations.py --plot docs/formulations.svg --store formulations.json

One worker each, in a process of its own. Seconds are those of the processor, so that another process beside it matters
little; the time in which the scenario is read is left out. After two sizes without an answer a formulation is not asked
for larger ones. The chart needs matplotlib: pip install matplotlib.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.size_chart import dress
from support.small import scenario

from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, choose

SIZES = (20, 30, 50, 75, 100, 150, 200, 300, 400, 500)
SLOTS = ("09:00-10:30", "11:00-12:30", "14:00-15:30", "16:00-17:30")
DAYS = tuple(f"2027-06-{day:02}" for day in (*range(7, 12), *range(14, 19)))
FULL = 0.8
"""Of all slots in all rooms, the part that is needed."""
LEAST_ROOMS = 3
GIVEN_UP = 2
"""Sizes without an answer after which a formulation is not asked again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One solve."""

    programme: str
    formulation: str
    sessions: int
    status: str
    seconds: float
    """Of the processor, in all threads."""


def programme(size: int, *, ordered: bool, seed: int = 0) -> Scenario:
    """Bodies of two to five sessions, each of which takes a slot; a good half of the presenters have two of them.

    ``ordered``: the sessions of a body are held in order, with a night between them, which cannot be counted.
    """
    draw = random.Random(f"{size} {seed}")
    bodies: dict[str, Any] = {}
    left = size
    while left:
        count = min(left, draw.randint(2, 5))
        name, left = f"B{len(bodies)}", left - count
        bodies[name] = {
            "sessions": {
                f"{name.lower()}-{number}": {
                    "duration": "1h30", "attendance": draw.choice((40, 80, 150)),
                    "presenters": [f"person {draw.randrange(size)}"],
                }
                for number in range(count)
            }
        }  # fmt: skip
    days = DAYS[: max(5, -(-size // 40))] if size > 40 else DAYS[:5]
    rooms = max(LEAST_ROOMS, -(-size * 10 // int(10 * FULL * len(SLOTS) * len(days))))
    capacities = [200 if number <= rooms // 2 else 100 if number <= 3 * rooms // 4 else 50 for number in range(rooms)]
    rules: list[dict[str, Any]] = [
        {"rule": "within_slot"},
        {"rule": "one_body_per_room"},
        {"rule": "presenters_apart", "level": "slot"},
        {"rule": "not_on", "id": "late", "of": sorted(bodies)[::7], "when": ["last day pm"], "weight": 3},
    ]
    if ordered:
        chains = {body: list(of["sessions"]) for body, of in bodies.items() if len(of["sessions"]) > 1}
        rules += [{"rule": "order", "id": f"o-{b}", "of": chain, "night_between": True} for b, chain in chains.items()]
    named = [{"id": f"r{number}", "capacity": capacity} for number, capacity in enumerate(capacities)]
    return scenario(bodies, *rules, days=days, slots=SLOTS, rooms=named)


def _child(pipe: Any, name: str, size: int, formulation: str, limit: float) -> None:
    of = programme(size, ordered=name == "in order")
    begun = time.process_time()
    outcome = solve(of, Settings(time_limit=limit, workers=1), None, choose(of, Formulation(formulation)))
    pipe.send(Row(name, formulation, size, str(outcome.status), round(time.process_time() - begun, 2)))


def rows(limit: float, sizes: Iterable[int]) -> Iterable[Row]:
    """Every programme in every formulation that serves it."""
    context = multiprocessing.get_context("spawn")
    for name, formulations in (("counted", ("axis", "slots", "counted")), ("in order", ("axis", "slots"))):
        for formulation in formulations:
            without = 0
            for size in sizes:
                if without >= GIVEN_UP:
                    break
                here, there = context.Pipe()
                process = context.Process(target=_child, args=(there, name, size, formulation, limit))
                process.start()
                there.close()
                yield (row := here.recv())
                process.join()
                without = 0 if row.status == "optimal" else without + 1


STYLES = {"axis": ("o", "#b35806"), "slots": ("s", "#2166ac"), "counted": ("D", "#762a83")}
TITLES = {"counted": "rules that can be counted", "in order": "with order and nights between"}


def draw(found: list[Row], file: Path) -> None:
    """Write the chart: filled marks are proved, hollow ones were not within the limit."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "formulations"  # the same rows, the same bytes
    from matplotlib import pyplot as plt

    figure, both = plt.subplots(1, 2, figsize=(9.6, 3.8), layout="constrained", sharey=True)
    for axes, (name, title) in zip(both, TITLES.items(), strict=True):
        for formulation, (mark, colour) in STYLES.items():
            mine = [row for row in found if (row.programme, row.formulation) == (name, formulation)]
            proved = [(row.sessions, max(0.01, row.seconds)) for row in mine if row.status == "optimal"]
            if proved:
                axes.plot(*zip(*proved, strict=True), mark + "-", color=colour, label=formulation, markersize=5)
            for row in mine:
                if row.status != "optimal":
                    axes.plot(row.sessions, row.seconds, mark, color=colour, markerfacecolor="none", markersize=6)
        dress(axes, sorted({row.sessions for row in found} - {400}), "sessions")
        axes.set_title(title, fontsize=10)
        axes.set_yscale("log")
    both[0].set_ylabel("seconds of computing, one worker")
    both[0].legend(frameon=False, loc="upper left", fontsize=9)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
    plt.close(figure)


def main() -> None:
    """Measure and print, and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--store", type=Path, help="a JSON file for the rows")
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    found = []
    for row in rows(asked.time_limit, [int(size) for size in asked.sizes.split(",")]):
        print(
            f"{row.programme:9} {row.formulation:8} {row.sessions:4} {row.status:10} {row.seconds:7.2f} s", flush=True
        )
        found.append(row)
    if asked.store:
        asked.store.write_text(json.dumps([asdict(row) for row in found], indent=1))
    if asked.plot:
        draw(found, asked.plot)


if __name__ == "__main__":
    main()
