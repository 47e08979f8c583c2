"""What tests of the forecast share."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from support.letters import SCENARIOS

from scheduler.domain.timetable import Placement, Timetable
from scheduler.forecasting.windows import Distribution
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

RANGES = SCENARIOS / "forecast" / "csp11-ranges.yaml"
PROMISE = SCENARIOS / "forecast" / "csp11-promise.yaml"
PERCENTILES = tuple(round(0.05 * k, 2) for k in range(1, 20))


@cache
def csp11_with_ranges() -> tuple[Scenario, Timetable]:
    """CSP11 with ranges and its best timetable."""
    scenario = load(RANGES).scenario
    timetable = solve(scenario).timetable
    assert timetable is not None
    return scenario, timetable


def distance(spread: Distribution, samples: NDArray[np.float64]) -> float:
    """The greatest difference in minutes between percentiles from the 5th to the 95th."""
    return max(abs(spread.percentile(q) - float(np.quantile(samples, q))) for q in PERCENTILES)


def forty_sessions() -> tuple[Scenario, Timetable]:
    """Two weeks of 40 sessions of one body, one after another."""
    days = [f"2025-03-{day:02}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]
    sessions = [{"id": f"s{n}", "duration": {"low": "50 min", "likely": "1h15", "high": "1h50"}} for n in range(1, 41)]
    data = {
        "name": "forty",
        "meeting": {"series": "Forty", "annex_title": "FORTY"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days},
        "bodies": [{"id": "A", "sessions": sessions}],
        "rules": [{"rule": "rolling"}],
    }
    return planned(data)


def planned(data: dict[str, Any], **starts: int) -> tuple[Scenario, Timetable]:
    """A scenario, and each session where the one before it ends or at the axis position given."""
    scenario = from_data(data)
    placed: list[Placement] = []
    for session in scenario.sessions:
        placement = scenario.place(session, starts.get(session, placed[-1].end if placed else 0))
        assert placement is not None
        placed.append(placement)
    return scenario, Timetable(placed)


def week(bodies: list[dict[str, Any]], rules: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """Two days of two slots of 3 hours, everything on a rolling basis."""
    return {
        "name": "two-days",
        "meeting": {"series": "Two Days", "annex_title": "TWO DAYS"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25", "2025-02-26"]},
        "bodies": bodies,
        "rules": [{"rule": "rolling"}, *(rules or [])],
        **more,
    }


def body(name: str, duration: Any, **more: Any) -> dict[str, Any]:
    """A body with one session of the same name in small letters."""
    return {"id": name, "sessions": [{"id": name.lower(), "duration": duration}], **more}
