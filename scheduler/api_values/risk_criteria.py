"""Criteria of comparisons that come from the forecast; None where all durations of an option are certain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scheduler.comparison.criterion import Criterion, Number
from scheduler.comparison.option import Option

if TYPE_CHECKING:
    from scheduler.forecasting.windows import Forecast


def _measured(measure: Callable[[Forecast], Number]) -> Callable[[Option], Number]:
    """The measure of an option; the forecast, and numpy with it, is loaded only where a duration is a range."""

    def of_option(option: Option) -> Number:
        sessions, timetable = option.scenario.sessions, option.timetable
        ranges = any(session.duration.low < session.duration.high for session in sessions.values())
        if not ranges or timetable is None or any(session not in timetable for session in sessions):
            return None
        from scheduler.forecasting.windows import forecast

        return measure(forecast(option.scenario, timetable))

    return of_option


def _least_promise_margin(found: Forecast) -> Number:
    from scheduler.forecasting.promises import judge

    return min((100 * (j.chance - j.promise.chance) for j in judge(found)), default=None)


RISK_CRITERIA = (
    Criterion(
        "overrun",
        "Risk of overrun",
        "%",
        "less",
        "Chance that the meeting is not over when the last slot closes.",
        _measured(lambda found: 100 * found.overruns),
    ),
    Criterion(
        "windows",
        "Width of windows",
        "minute",
        "less",
        "Working time in which a session starts in 8 of 10 cases, in the mean of all sessions.",
        _measured(lambda found: found.mean_width),
    ),
    Criterion(
        "promises",
        "Margin of promises",
        "percentage point",
        "more",
        "How much likelier than promised the weakest promise is kept.",
        _measured(_least_promise_margin),
    ),
)
