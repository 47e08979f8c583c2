"""What a forecast says of a timetable in one number each, for comparisons; None where every duration is certain."""

from __future__ import annotations

from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


def has_ranges(scenario: Scenario) -> bool:
    """Whether some duration is a range, so that there is anything to forecast; loads no mathematics."""
    return any(session.duration.low < session.duration.high for session in scenario.sessions.values())


def overrun_risk(scenario: Scenario, timetable: Timetable) -> float | None:
    """The chance, between 0 and 1, that the meeting is not over when the last slot closes."""
    if not _can_be_forecast(scenario, timetable):
        return None
    from scheduler.forecasting.windows import forecast

    return forecast(scenario, timetable).overruns


def window_width(scenario: Scenario, timetable: Timetable) -> float | None:
    """Working minutes from the 10th to the 90th percentile of the start, in the mean of all sessions."""
    if not _can_be_forecast(scenario, timetable):
        return None
    from scheduler.forecasting.windows import forecast

    return forecast(scenario, timetable).mean_width


def least_promise_margin(scenario: Scenario, timetable: Timetable) -> float | None:
    """How much likelier than promised the weakest promise is kept; below 0 it is not. None without promises."""
    if not scenario.promises or not _can_be_forecast(scenario, timetable):
        return None
    from scheduler.forecasting.promises import judge
    from scheduler.forecasting.windows import forecast

    return min(j.chance - j.promise.chance for j in judge(forecast(scenario, timetable)))


def _can_be_forecast(scenario: Scenario, timetable: Timetable) -> bool:
    return has_ranges(scenario) and all(session in timetable for session in scenario.sessions)
