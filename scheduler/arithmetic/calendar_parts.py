"""Parts of the calendar for which needs are added up, and what they are called: weeks and days with their dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Axis, Slot
from scheduler.domain.clock import show_clock, show_day
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_WINDOWS = 600
"""Windows that are tried for each resource; weeks and days come first."""
MAX_NAMED = 3
"""More days or slots are not named one by one."""

Window = frozenset[int]
"""Indices of slots."""


def windows(
    scenario: Scenario, sessions: Sequence[SessionId], reach: Callable[[SessionId], Window]
) -> Iterator[Window]:
    """The calendar, its weeks and days, the slots of one session and of two together, and then runs of slots.

    ``reach`` gives the slots that a session may touch.
    """
    own = sorted({reach(session) for session in sessions}, key=lambda window: (len(window), sorted(window)))
    seen: set[Window] = set()
    for window in _candidates(scenario.calendar.axis, own):
        if window and window not in seen:
            if len(seen) > MAX_WINDOWS:
                return
            seen.add(window)
            yield window


def _candidates(axis: Axis, own: Sequence[Window]) -> Iterator[Window]:
    number = len(axis.slots)
    yield frozenset(range(number))
    for _, week in groupby(axis.slots, key=lambda slot: slot.day.isocalendar()[:2]):
        yield frozenset(slot.index for slot in week)
    yield from map(frozenset, axis.by_day.values())
    yield from own
    yield from (one | other for one, other in combinations(own, 2))
    for length in range(1, number):
        yield from (frozenset(range(first, first + length)) for first in range(number - length + 1))


def named(scenario: Scenario, window: Window) -> str:
    """``on Thursday 27 February``, ``in the week from 22 to 26 February``; empty for the whole calendar."""
    axis = scenario.calendar.axis
    if len(window) == len(axis.slots):
        return ""
    chosen = [slot for slot in axis.slots if slot.index in window]
    days = list(dict.fromkeys(slot.day for slot in chosen))
    whole = all(set(axis.by_day[day]) <= window for day in days)
    if whole and len(days) <= MAX_NAMED:
        return f"on {listed([show_day(day) for day in days])}"
    if whole and len({day.isocalendar()[:2] for day in days}) == 1:
        week = days[0].isocalendar()[:2]
        if all(day in days for day in axis.days if day.isocalendar()[:2] == week):
            return f"in the week from {show_day(days[0])} to {show_day(days[-1])}"
    for half, name in (("am", "in the mornings"), ("pm", "in the afternoons")):
        if (
            len(days) > 1
            and all(slot.half for slot in axis.slots)
            and window == {slot.index for slot in axis.slots if slot.half == half}
        ):
            return name
    if len(chosen) <= MAX_NAMED:
        return f"on {listed([_slot(slot) for slot in chosen])}"
    if [slot.index for slot in chosen] == list(range(chosen[0].index, chosen[-1].index + 1)):
        return f"from {_slot(chosen[0])} to the end of the slot of {_slot(chosen[-1])}"
    return f"in {counted(len(chosen), 'slot')} between {_slot(chosen[0])} and {_slot(chosen[-1])}"


def _slot(slot: Slot) -> str:
    return f"{show_day(slot.day)} {show_clock(slot.opens)}"
