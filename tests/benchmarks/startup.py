"""Whole-process times, side by side in one run: solving CSP11 against its floor, and help against bare Python.

The floor is a Python that imports the same solver, and writes an empty workbook with the same library.

Run: python tests/benchmarks/startup.py [ROUNDS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FLOOR = """
from ortools.sat.python import cp_model
import openpyxl
cp_model.CpSolver().solve(cp_model.CpModel())
openpyxl.Workbook().save({path!r})
"""
SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import main; main()"


def seconds(arguments: list[str]) -> float:
    """Wall-clock time of one process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", *arguments], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begun


def compare(name: str, ours: list[str], floor: list[str], rounds: int) -> None:
    """Run both in turn and print medians and the median of the pairwise ratios."""
    seconds(ours), seconds(floor)  # warm the disk cache
    pairs = [(seconds(ours), seconds(floor)) for _ in range(rounds)]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:<34} {mine:7.3f} s   floor {other:7.3f} s   ratio {ratio:5.2f}   ({rounds} pairs)")


def main() -> None:
    """Print three lines."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        empty = FLOOR.format(path=str(Path(folder) / "empty.xlsx"))
        for letter in ("csp11", "csp12"):
            solve = [SCHEDULE, "solve", f"scenarios/{letter}.yaml", "-o", folder, "--force"]
            compare(f"schedule solve {letter}", solve, [empty], rounds)
        compare("schedule --help", [SCHEDULE, "--help"], ["pass"], rounds)
        compare("schedule validate csp11", [SCHEDULE, "validate", "scenarios/csp11.yaml"], ["pass"], rounds)


if __name__ == "__main__":
    main()
