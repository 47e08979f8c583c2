"""Shorter absences and longer presences of somebody, a slot or a day at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import DAY_MINUTES, show_clock
from scheduler.domain.when import Period, together_hold


def shorter_absences(calendar: Calendar, period: Period) -> Iterator[tuple[tuple[Period, ...], str]]:
    """An absence without its first or last day, or a day's absence without its first or last slot; each in words."""
    if period.weekday is not None or (period.first < period.last and (period.hours or period.half)):
        days = [day for day in calendar.axis.days if period.on(day)]
        for day in days if len(days) > 1 else ():
            left = tuple(part for other in days if other != day and (part := period.alone(other)))
            yield left, f"be there on {calendar.day_name(day)} after all"
        if len(days) == 1 and (only := period.alone(days[0])):
            yield from shorter_absences(calendar, only)
        return
    if period.first < period.last:
        later, sooner = period.first + timedelta(days=1), period.last - timedelta(days=1)
        first, last = calendar.day_name(period.first), calendar.day_name(period.last)
        yield (replace(period, first=later, text=f"{later}..{period.last}"),), f"stay for {first}"
        yield (replace(period, last=sooner, text=f"{period.first}..{sooner}"),), f"be back on {last}"
        return
    day, (start, end) = period.first, next(period.spans(period.first), (0, DAY_MINUTES))
    slots = calendar.open_to_all(day) if day in calendar.axis.days else ()
    inside = [slot for slot in slots if slot.opens < end and start < slot.closes]
    if period.hours is None:
        end = max([DAY_MINUTES, *(slot.closes for slot in inside)])
    for slot in inside if len(inside) > 1 else ():
        opens, closes = max(start, slot.opens), min(end, slot.closes)
        words = f"be there on {calendar.day_name(day)} from {show_clock(opens)} to {show_clock(closes)}"
        if slot is inside[0]:
            yield tuple(_by_the_clock(day, closes, end)), words
        elif slot is inside[-1]:
            yield tuple(_by_the_clock(day, start, opens)), words


def _by_the_clock(day: date, start: int, end: int) -> Iterator[Period]:
    """Hours as periods: what lies after midnight is one of its own."""
    midnight = min(end, DAY_MINUTES)
    if start < midnight:
        yield Period(f"{day} {show_clock(start)}-{show_clock(midnight)}", day, day, (start, midnight))
    if end > DAY_MINUTES:
        then, first = day + timedelta(days=1), max(0, start - DAY_MINUTES)
        yield Period(f"{then} {show_clock(first)}-{show_clock(end)}", then, then, (first, end - DAY_MINUTES))


def longer_presences(calendar: Calendar, present: tuple[Period, ...]) -> Iterator[tuple[tuple[Period, ...], str]]:
    """The presence with one more slot, or one more day; each in words."""
    for slot in calendar.axis.slots:
        if not together_hold(present, slot):
            opens, closes = show_clock(slot.opens), show_clock(slot.closes)
            more = Period(f"{slot.day} {opens}-{closes}", slot.day, slot.day, (slot.opens, slot.closes))
            yield (*present, more), f"be there on {calendar.day_name(slot.day)} from {opens} to {closes}"
    for day in calendar.axis.days:
        if not any(period.on(day) == (0, DAY_MINUTES) for period in present):
            yield (*present, Period(day.isoformat(), day, day)), f"be there on {calendar.day_name(day)}"
