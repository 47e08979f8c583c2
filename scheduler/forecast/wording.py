"""Times and windows of a forecast in words: rounded outwards to five minutes, in clock time of the right day."""

from __future__ import annotations

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock, show_minutes, weekday
from scheduler.forecast.windows import Forecast, Spread

ROUNDED_TO = 5
"""Minutes: no forecast of a meeting is better than that."""


def show_start(forecast: Forecast, position: int, *, up: bool | None = None, short: bool = False) -> str:
    """A start: ``Thursday 10:20``; ``up`` rounds up or down, None to the nearest."""
    axis = forecast.axis
    if position >= axis.total:
        return "after " + show_end(forecast, axis.total, short=short)
    slot = axis.slot_at(position)
    clock = max(slot.opens, rounded(slot.opens + position - slot.begins, up))
    if clock >= slot.closes:
        if slot.ends < axis.total:
            slot = axis.slot_at(slot.ends)
            clock = slot.opens
        else:
            clock = slot.closes
    return f"{_day(weekday(slot.day), short)} {show_clock(clock)}"


def show_end(forecast: Forecast, position: int, *, up: bool | None = None, short: bool = False) -> str:
    """An end; beyond the last slot the excess: ``Friday 18:00 + 1 h 05``."""
    axis = forecast.axis
    slot = axis.slot_before(min(max(position, 1), axis.total))
    beyond = rounded(max(0, position - axis.total), up)
    clock = min(slot.closes, max(slot.opens, rounded(slot.opens + position - slot.begins, up)))
    excess = f" + {show_minutes(beyond)}" if beyond else ""
    return f"{_day(weekday(slot.day), short)} {show_clock(clock)}{excess}"


def show_window(forecast: Forecast, spread: Spread, *, ending: bool = False, short: bool = True) -> str:
    """The window from the 10th to the 90th percentile; one time where both are the same: ``Thu 10:20 - 12:55``."""
    show = show_end if ending else show_start
    early, _, late = spread.window
    first, last = show(forecast, early, up=False, short=short), show(forecast, late, up=True, short=short)
    if early == late or first == last:
        return show(forecast, spread.window[1], short=short)
    if first.split()[0] == last.split()[0]:
        last = last.split(maxsplit=1)[1]
    return f"{first} – {last}"  # noqa: RUF001  as the annexes print hours


def letter_sentence(forecast: Forecast, session: SessionId) -> str:
    """For the letter: ``WGTU is expected between Thursday 10:20 and 12:55.``"""
    found, title = forecast.sessions[session], forecast.scenario.title(session)
    early, _, late = found.start.window
    first, last = show_start(forecast, early, up=False), show_start(forecast, late, up=True)
    if early == late or first == last:
        day, clock = show_start(forecast, found.start.window[1]).rsplit(maxsplit=1)
        return f"{title} is expected {'' if day.startswith('after') else 'on '}{day} at {clock}."
    if first.split()[0] == last.split()[0]:
        last = last.split(maxsplit=1)[1]
    return f"{title} is expected between {first} and {last}."


def _day(name: str, short: bool) -> str:
    return name[:3] if short else name


def rounded(minutes: int, up: bool | None = None) -> int:
    """Minutes to the nearest five, or up, or down."""
    if up is None:
        return (2 * minutes + ROUNDED_TO) // (2 * ROUNDED_TO) * ROUNDED_TO
    return -(-minutes // ROUNDED_TO) * ROUNDED_TO if up else minutes // ROUNDED_TO * ROUNDED_TO
