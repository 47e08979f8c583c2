"""Solves a folder of benchmark workbooks, or synthetic conferences, and prints and stores what came out.

    export PYTHONPATH=tests
    python tests/benchmarks/conferences.py FOLDER --time-limit 60 --store result.json
    python tests/benchmarks/conferences.py --synthetic 50,100,250,500,1000,2500 --plot docs/conference-sizes.svg

Every instance runs in a process of its own, so that peak memory is its own; every timetable is judged again here.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.size_chart import draw
from benchmarks.synthetic import conference as synthetic
from support.cosplib_judge import judge

from exports.cosplib.conference import Conference
from exports.cosplib.reading import read_conference
from scheduler.solving.counted.engine import solve_conference

PEERS = {
    "N2OR": (1, 1, 1),
    "GECCO19": (38, 29, 29),
    "GECCO20": (9_344, 5_773, 5_773),
    "GECCO20Poster": (0, 0, 0),
    "GECCO20Workshop": (77_226, 59_325, 59_325),
    "GECCO21": (10_957, 10_933, 10_933),
    "GECCO21Workshop": (12_455, 9_942, 9_942),
    "GECCO23": (5_111_921, 658, 651),
    "GECCO23Workshop": (10_150, 130, 130),
    "ISF22": (423, 335, 104),
    "OR60F": (157, 21, 21),
    "OR60F3": (11_556, 1_720, 10),
}
"""Of each workbook: the peer's cost after 300 s, the cost to beat, the best lower bound known before.

The peer is the library's own hyper-heuristic or matheuristic, the better of the two, on two shared cores.
"""
LONGER = {"ISF22": 5, "OR60F3": 5}
"""Workbooks that get so many times the limit."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came out; seconds since the search began, memory in megabytes."""

    instance: str
    talks: int
    tracks: int
    sessions: int
    rooms: int
    cost: int | None
    bound: int
    proved: bool
    seconds: float
    to_first: float | None
    first_cost: int | None
    to_best: float | None
    to_peer: float | None
    """Until the peer's final cost was reached."""
    to_close: float | None
    """Until the cost was within one per cent of what turned out to be the bound."""
    to_proof: float | None
    """Until nothing cheaper was left."""
    memory: int
    valid: bool
    """What the judge says."""
    load: float
    """Of the machine, over the last minute: processes that run or want to; the two threads of the engine are two."""


def measure(name: str, make: Callable[[], Conference], limit: float, workers: int) -> Row:
    """Solve one conference here."""
    conference = make()
    result = solve_conference(conference, time_limit=limit, workers=workers)
    found = [step for step in result.steps if step.cost is not None]
    peer = PEERS.get(name, (None,))[0]
    verdict = judge(conference, result.plan) if result.plan is not None else None
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Row(
        name,
        len(conference.submissions),
        len(conference.tracks),
        len(conference.periods),
        len(conference.rooms),
        result.cost,
        result.bound,
        result.proved,
        round(result.seconds, 1),
        round(found[0].seconds, 2) if found else None,
        found[0].cost if found else None,
        next((round(step.seconds, 1) for step in found if step.cost == result.cost), None),
        next(
            (
                round(step.seconds, 2)
                for step in found
                if peer is not None and step.cost is not None and step.cost <= peer
            ),
            None,
        ),
        next((round(step.seconds, 2) for step in found if 0.99 * (step.cost or 0) <= result.bound), None),
        round(result.seconds, 2) if result.proved else None,
        usage // (2**20 if platform.system() == "Darwin" else 2**10),
        verdict is not None and verdict.valid and verdict.cost == result.cost,
        round(os.getloadavg()[0], 1),
    )


def _child(pipe: object, name: str, source: object, limit: float, workers: int) -> None:
    def make() -> Conference:
        return synthetic(source) if isinstance(source, int) else read_conference(str(source))

    pipe.send(measure(name, make, limit, workers))  # type: ignore[attr-defined]


def in_a_process(name: str, source: object, limit: float, workers: int) -> Row:
    """Solve one conference in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_child, args=(there, name, source, limit, workers))
    process.start()
    there.close()
    row: Row = here.recv()
    process.join()
    return row


def line(row: Row) -> str:
    """One row of the table, in Markdown."""
    peer, target, known = PEERS.get(row.instance, (None, None, None))
    gap = "" if row.cost is None else f"{(row.cost - row.bound) / max(1, row.cost):.1%}"
    cells = [
        row.instance,
        f"{row.talks} / {row.tracks} / {row.sessions} / {row.rooms}",
        f"{row.cost:,}" if row.cost is not None else "none",
        f"{row.bound:,}",
        gap,
        f"{row.seconds} s" if row.proved else "no",
        f"{row.to_first} s",
        f"{row.to_best} s",
        f"{row.memory} MB",
        f"{row.load}",
        f"{target:,}" if target is not None else "",
        f"{known:,}" if known is not None else "",
        f"{peer:,}" if peer is not None else "",
        f"{row.to_peer} s, {300 / max(0.01, row.to_peer):,.0f}x" if row.to_peer is not None else "",
        "" if row.valid else "REFUSED",
    ]
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "| instance | talks / tracks / sessions / rooms | cost | bound | gap | proved in | first | best | memory | load "
    "| to beat | bound known | peer 300 s | peer's cost reached | judge |\n|" + "---|" * 15
)


def keep(row: Row, file: Path) -> None:
    """Store a row beside those of other instances that the file has."""
    stored = json.loads(file.read_text()) if file.exists() else {"rows": []}
    rows = [old for old in stored["rows"] if old["instance"] != row.instance]
    file.write_text(json.dumps({"at": time.time(), "rows": [*rows, asdict(row)]}, indent=1))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="with benchmark workbooks")
    parser.add_argument("--only", default="", help="names of workbooks, separated by commas")
    parser.add_argument("--synthetic", default="", help="numbers of talks, separated by commas")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--store", help="a JSON file for the rows; those of other instances stay in it")
    parser.add_argument("--plot", help="a picture of the synthetic rows, stored ones included: time and memory by size")
    asked = parser.parse_args()
    sources: list[tuple[str, object]] = []
    if asked.folder:
        only = set(filter(None, asked.only.split(",")))
        sources += [(p.stem, p) for p in sorted(Path(asked.folder).glob("*.xlsx")) if not only or p.stem in only]
    sources += [(f"synthetic-{size}", int(size)) for size in asked.synthetic.split(",") if size]
    today = f"{datetime.now(UTC):%d %B %Y}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {today}")
    print(HEAD, flush=True)
    drawn: dict[str, Row] = {}
    if asked.store and Path(asked.store).exists():
        stored = json.loads(Path(asked.store).read_text())["rows"]
        drawn = {row["instance"]: Row(**row) for row in stored if row["instance"].startswith("synthetic-")}
    for name, source in sources:
        row = in_a_process(name, source, asked.time_limit * LONGER.get(name, 1), asked.workers)
        print(line(row), flush=True)
        if asked.store:
            keep(row, Path(asked.store))
        if isinstance(source, int):
            drawn[name] = row
    if asked.plot:
        draw(list(drawn.values()), Path(asked.plot))


if __name__ == "__main__":
    main()
