"""Times and windows of a forecast in words: rounded outwards to five minutes, in clock time of the right day."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.domain.base import SessionId
from scheduler.domain.clock import on_its_day, show_clock, show_minutes
from scheduler.forecasting.windows import Distribution, Forecast

Time = tuple[str, str]
"""A day and a clock time, in words."""
ROUNDED_TO = 5
"""Minutes to which times are rounded: no forecast of a meeting is more exact."""


def show_start(forecast: Forecast, position: int, *, short: bool = False) -> str:
    """A start, rounded: ``Thursday 10:20``."""
    return " ".join(_start(forecast, position, None, short))


def show_end(forecast: Forecast, position: int, *, up: bool | None = None, short: bool = False) -> str:
    """An end; beyond the last slot with the minutes beyond: ``Friday 18:00 + 1 h 05``.

    ``up`` rounds up or down, None to the nearest.
    """
    return " ".join(_end(forecast, position, up, short))


def _start(forecast: Forecast, position: int, up: bool | None, short: bool) -> Time:
    """Day and time of a start; the day with its date where a weekday occurs twice in the series."""
    axis = forecast.axis
    if position >= axis.total:
        day, clock = _end(forecast, axis.total, None, short)
        return f"after {day}", clock
    slot = axis.slot_at(position)
    minutes = max(slot.opens, rounded(slot.start_at(position), up))
    if minutes >= slot.closes:
        if slot.ends < axis.total:
            slot = axis.slot_at(slot.ends)
            minutes = slot.opens
        else:
            minutes = slot.closes
    else:
        minutes = slot.start_at(slot.position(minutes))  # rounded into a break: after it
    on, minutes = on_its_day(slot.day, minutes, ending=minutes == slot.closes)
    return forecast.scenario.calendar.day_name(on, short=short), show_clock(minutes)


def _end(forecast: Forecast, position: int, up: bool | None, short: bool) -> Time:
    axis = forecast.axis
    slot = axis.slot_before(min(max(position, 1), axis.total))
    beyond = rounded(max(0, position - axis.total), up)
    minutes = min(slot.closes, max(slot.opens, rounded(slot.end_at(position), up)))
    minutes = slot.end_at(slot.position(minutes))  # rounded into a break: before it
    excess = f" + {show_minutes(beyond)}" if beyond else ""
    day, minutes = on_its_day(slot.day, minutes, ending=True)
    return forecast.scenario.calendar.day_name(day, short=short), f"{show_clock(minutes)}{excess}"


def show_window(forecast: Forecast, spread: Distribution, *, ending: bool = False, short: bool = True) -> str:
    """The window from the 10th to the 90th percentile: ``Thu 10:20 - 12:55``; the median where both are one time."""
    show = _end if ending else _start
    if times := _first_and_last(forecast, spread, show, short):
        return " – ".join(times)  # noqa: RUF001  as the annexes print hours
    return " ".join(show(forecast, spread.window[1], None, short))


def letter_sentence(forecast: Forecast, session: SessionId) -> str:
    """For the letter: ``WGTU is expected between Thursday 10:20 and 12:55.``"""
    start, title = forecast.sessions[session].start, forecast.scenario.title(session)
    if times := _first_and_last(forecast, start, _start, short=False):
        return f"{title} is expected between {' and '.join(times)}."
    day, clock = _start(forecast, start.window[1], None, short=False)
    return f"{title} is expected {'' if day.startswith('after') else 'on '}{day} at {clock}."


def _first_and_last(
    forecast: Forecast, spread: Distribution, show: Callable[[Forecast, int, bool | None, bool], Time], short: bool
) -> tuple[str, str] | None:
    """Both ends of a window, the second without its day where that is the same; None where both are one time."""
    early, _, late = spread.window
    first, last = show(forecast, early, False, short), show(forecast, late, True, short)
    if early == late or first == last:
        return None
    return " ".join(first), last[1] if first[0] == last[0] else " ".join(last)


def last_close(forecast: Forecast) -> str:
    """When the last slot closes: ``Friday 18:00``."""
    day, closes = on_its_day(forecast.axis.slots[-1].day, forecast.axis.slots[-1].closes, ending=True)
    return f"{forecast.scenario.calendar.day_name(day)} {show_clock(closes)}"


def rounded(minutes: int, up: bool | None = None) -> int:
    """Minutes to the nearest five, or up, or down."""
    if up is None:
        return (2 * minutes + ROUNDED_TO) // (2 * ROUNDED_TO) * ROUNDED_TO
    return -(-minutes // ROUNDED_TO) * ROUNDED_TO if up else minutes // ROUNDED_TO * ROUNDED_TO
