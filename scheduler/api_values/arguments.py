"""Checks the arguments of the library: each is of the right kind, or the message says what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.scenario import Scenario


def a_path(given: object) -> Path:
    """The path of a file."""
    if not isinstance(given, str | Path):
        raise InputError(f"path: write the path of a file, not {_shown(given)}")
    return Path(given)


def a_scenario(given: object) -> Scenario:
    """A scenario; a path or an answer is refused."""
    if isinstance(given, Scenario):
        return given
    remedy = "write load(path)" if isinstance(given, str | Path) else "load(path) gives one"
    if isinstance(getattr(given, "scenario", None), Scenario):
        remedy = "write .scenario after it"
    raise InputError(f"a scenario is expected, not {_shown(given)}: {remedy}")


def a_timetable(given: object) -> Timetable:
    """A timetable; None or an answer is refused."""
    if isinstance(given, Timetable):
        return given
    if given is None:
        raise InputError("there is no timetable: the scenario has none, or none was found; explain(scenario) says why")
    remedy = "write .timetable after it" if hasattr(given, "timetable") else "solve(scenario).timetable is one"
    raise InputError(f"a timetable is expected, not {_shown(given)}: {remedy}")


def texts(name: str, given: object) -> tuple[str, ...]:
    """One text, or several."""
    several = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(text, str) for text in several):
        raise InputError(f"{name}: write a text or a list of texts, not {_shown(given)}")
    return several


def whole(name: str, given: object, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``, both included."""
    if not isinstance(given, Integral) or not least <= int(given) <= most:
        raise InputError(f"{name}: write a whole number from {least:,} to {most:,}, not {_shown(given)}")
    return int(given)


def seconds(name: str, given: object) -> float:
    """A number of seconds above 0; ``nan`` is refused."""
    if not isinstance(given, Real) or not float(given) > 0:
        raise InputError(f"{name}: write a number of seconds above 0, not {_shown(given)}")
    return float(given)


def mapping(name: str, given: object) -> Mapping[str, Any]:
    """A mapping; empty for None."""
    if not isinstance(given, Mapping | None):
        raise InputError(f"{name}: write a dict or another mapping, not {_shown(given)}")
    return given or {}


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:60]}\N{HORIZONTAL ELLIPSIS}"
