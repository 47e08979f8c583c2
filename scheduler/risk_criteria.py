"""Criteria of comparisons that come from the forecast: risk of overrun, width of windows, promises."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.comparison.criteria import Criterion
from scheduler.comparison.option import Option
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.criteria import least_promise_margin, overrun_risk, window_width
from scheduler.scenario import Scenario


def _measured(
    measure: Callable[[Scenario, Timetable], float | None], scale: float = 1.0
) -> Callable[[Option], float | None]:
    def of_option(option: Option) -> float | None:
        number = None if option.timetable is None else measure(option.scenario, option.timetable)
        return None if number is None else scale * number

    return of_option


RISK_CRITERIA = (
    Criterion(
        "overrun",
        "Risk of overrun",
        "%",
        "less",
        "Chance that the meeting is not over when the last slot closes.",
        _measured(overrun_risk, 100),
    ),
    Criterion(
        "windows",
        "Width of windows",
        "minute",
        "less",
        "Working time in which a session starts in 8 of 10 cases, in the mean of all sessions.",
        _measured(window_width),
    ),
    Criterion(
        "promises",
        "Margin of promises",
        "percentage point",
        "more",
        "How much likelier than promised the weakest promise is kept.",
        _measured(least_promise_margin, 100),
    ),
)
"""They say nothing of a scenario without ranges, and then have no row."""
