"""A chart of time and memory against the number of talks, from the rows that ``conferences`` measures.

Needs matplotlib, which the project does not install by default: pip install matplotlib.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.conferences import Row
    from matplotlib.axes import Axes

MARKS = (
    ("first timetable", "to_first", "o", "#1b7837"),
    ("within 1 % of the bound", "to_close", "s", "#2166ac"),
    ("proved optimal", "to_proof", "D", "#762a83"),
)


def draw(rows: Sequence[Row], file: Path) -> None:
    """Write the chart; its format is that of the file's name."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "conference sizes"  # the same rows, the same bytes
    from matplotlib import pyplot as plt

    rows = sorted(rows, key=lambda row: row.talks)
    figure, (times, memory) = plt.subplots(1, 2, figsize=(9.6, 3.8), layout="constrained")
    for label, field, mark, colour in MARKS:
        points = [(row.talks, max(0.01, value)) for row in rows if (value := getattr(row, field)) is not None]
        if points:
            times.plot(*zip(*points, strict=True), mark + "-", color=colour, label=label, markersize=5, linewidth=1.2)
    times.set_yscale("log")
    times.set_yticks([0.01, 0.1, 1, 10, 60], ["0.01", "0.1", "1", "10", "60"])
    times.set_ylabel("seconds since the solve began")
    times.legend(frameon=False, loc="lower right", fontsize=9)
    memory.plot([row.talks for row in rows], [row.memory for row in rows], "o-", color="#b35806", linewidth=1.2)
    memory.set_ylabel("peak memory of the process, MB")
    memory.set_ylim(bottom=0)
    for axes in (times, memory):
        dress(axes, [row.talks for row in rows], "talks")
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
    plt.close(figure)


def dress(axes: Axes, sizes: list[int], unit: str) -> None:
    """Axis of sizes, each with its number, and a light frame."""
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{number:,}" for number in sizes])
    axes.minorticks_off()
    axes.margins(x=0.07)
    axes.set_xlabel(unit)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
