"""Imports and solves a folder of benchmark workbooks, or synthetic conferences, and prints and stores what came out.

    export PYTHONPATH=tests
    python tests/benchmarks/conferences.py FOLDER --time-limit 60 --store result.json
    python tests/benchmarks/conferences.py --synthetic 50,100,250,500,1000,2500 --plot docs/conference-sizes.svg

Every instance runs in a process of its own, so that peak memory is its own. It goes the way of every scenario: import,
solve in counts, and the rules' own check of what was found.
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
from tempfile import TemporaryDirectory

from benchmarks.size_chart import draw
from benchmarks.synthetic import conference as synthetic
from support.cosplib_scenarios import written

from exports.cosplib.conference_reading import read_conference
from exports.cosplib.conference_values import Conference
from scheduler.checking import check
from scheduler.outcome import Status
from scheduler.solving.engine import Progress, Settings, solve
from scheduler.solving.formulation import Formulation, choose

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
"""Workbooks that get a multiple of the limit."""


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
    """Whether the rules' own check confirms timetable and cost."""
    load: float
    """Of the machine, over the last minute: processes that run or want to; the two threads of the engine are two."""


def measure(name: str, make: Callable[[], Conference], limit: float, workers: int) -> Row:
    """Solve one conference here."""
    conference = make()
    with TemporaryDirectory() as folder:
        scenario = written(conference, Path(folder))[1]
    steps: list[Progress] = []
    begun = time.monotonic()
    settings = Settings(time_limit=limit, workers=workers)
    outcome = solve(scenario, settings, steps.append, choose(scenario, Formulation.COUNTED))
    took, cost, bound = time.monotonic() - begun, outcome.cost, outcome.bound or 0
    found = [(step.seconds, step.cost) for step in steps if step.cost is not None]
    proved = outcome.status is Status.OPTIMAL
    peer = PEERS.get(name, (-1,))[0]
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = None if outcome.timetable is None else check(scenario, outcome.timetable)
    return Row(
        name,
        len(conference.submissions),
        len(conference.tracks),
        len(conference.periods),
        len(conference.rooms),
        cost,
        bound,
        proved,
        round(took, 1),
        round(found[0][0], 2) if found else None,
        round(found[0][1]) if found else None,
        next((round(seconds, 1) for seconds, reached in found if reached == cost), None),
        next((round(seconds, 2) for seconds, reached in found if reached <= peer), None),
        next((round(seconds, 2) for seconds, reached in found if 0.99 * reached <= bound), None),
        round(took, 2) if proved else None,
        usage // (2**20 if platform.system() == "Darwin" else 2**10),
        report is not None and report.keeps_all and report.cost == cost,
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
    "| to beat | bound known | peer 300 s | peer's cost reached | check |\n|" + "---|" * 15
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
