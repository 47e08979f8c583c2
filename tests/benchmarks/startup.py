"""Whole-process times, side by side in one run: solving each letter against its floor, and help against bare Python.

The floor is a Python that imports the same solver, and writes an empty workbook with the same library. Both sides run
with Python's cache of compiled modules, as installed programs do: where ``PYTHONDONTWRITEBYTECODE`` is set, our modules
alone would be compiled anew each time.

The clock tells what a planner waits for; processor time (user and system) bears more company on the machine.

Run: PYTHONPATH=tests python tests/benchmarks/startup.py [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from support.project import ROOT

LETTERS = ("csp3", "csp8", "csp10", "csp11", "csp12")
FLOOR = """
from ortools.sat.python import cp_model
import openpyxl
cp_model.CpSolver().solve(cp_model.CpModel())
openpyxl.Workbook().save({path!r})
"""
SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import run; run()"

Seconds = tuple[float, float]
"""By the clock, and of the processor."""


def seconds(arguments: list[str], environment: dict[str, str]) -> Seconds:
    """What one process takes."""
    begun, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", *arguments], check=True, capture_output=True, cwd=ROOT, env=environment)
    clock, after = time.perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name: str, ours: list[str], floor: list[str], rounds: int, environment: dict[str, str]) -> None:
    """Run both in turn and print medians, and medians of the pairwise ratios."""
    seconds(ours, environment), seconds(floor, environment)  # warm the caches
    pairs = [(seconds(ours, environment), seconds(floor, environment)) for _ in range(rounds)]
    columns = []
    for kind, which in (("clock", 0), ("processor", 1)):
        mine, other = (statistics.median(side[which] for side in sides) for sides in zip(*pairs, strict=True))
        ratio = statistics.median(a[which] / b[which] for a, b in pairs)
        columns.append(f"{kind} {mine:6.3f} s, floor {other:6.3f} s, ratio {ratio:5.2f}")
    print(f"{name:<24} {'   '.join(columns)}   ({rounds} pairs)", flush=True)


def main() -> None:
    """Print a line for each letter, and one each for two commands that do not solve."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        empty = FLOOR.format(path=str(Path(folder) / "empty.xlsx"))
        for letter in LETTERS:
            solve = [SCHEDULE, "solve", f"scenarios/{letter}.yaml", "-o", folder, "--force"]
            compare(f"schedule solve {letter}", solve, [empty], rounds, environment)
        compare("schedule --help", [SCHEDULE, "--help"], ["pass"], rounds, environment)
        validate = [SCHEDULE, "validate", "scenarios/csp11.yaml"]
        compare("schedule validate csp11", validate, ["pass"], rounds, environment)


if __name__ == "__main__":
    main()
