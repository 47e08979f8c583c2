"""Timetables for treaty meetings: solve, check, explain, compare, forecast.

As a library: ``import scheduler as s; week = s.load("csp11.yaml"); s.solve(week).timetable``; see ``docs/python.md``.
A name is imported when it is first asked for, so that commands start quickly.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from scheduler.version import __version__

os.environ.setdefault("OPENPYXL_LXML", "False")
# With lxml at hand, which a further extra brings, openpyxl would spell the same XML in other bytes, and take entities.

if TYPE_CHECKING:
    from scheduler.api import (
        check,
        compare,
        explain,
        forecast,
        load,
        read_timetable,
        replan,
        solve,
        to_frame,
        to_workbook,
        what_if,
    )
    from scheduler.errors import ScheduleError

__all__ = [
    "ScheduleError",
    "__version__",
    "check",
    "compare",
    "explain",
    "forecast",
    "load",
    "read_timetable",
    "replan",
    "solve",
    "to_frame",
    "to_workbook",
    "what_if",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'scheduler' has no attribute '{name}'")
    return getattr(import_module("scheduler.errors" if name == "ScheduleError" else "scheduler.api"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
