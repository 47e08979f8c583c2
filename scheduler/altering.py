"""Scenarios that differ from a given one in a single respect; the values put in are valid already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.calendar import Day, SlotHours
from scheduler.domain.duration import Between, Exactly
from scheduler.domain.programme import Session
from scheduler.scenario import Scenario


def holding(scenario: Scenario, sessions: Collection[SessionId]) -> Scenario:
    """The scenario in which only these sessions are held; no rule says anything about the others."""
    bodies = []
    for body in scenario.bodies:
        left = tuple(session for session in body.sessions if session.id in sessions)
        bodies.append(altered(body, sessions=left))
    return altered(scenario, bodies=tuple(bodies))


def with_duration(scenario: Scenario, session: SessionId, minutes: int) -> Scenario:
    """The scenario in which a session is planned with another length."""
    bodies = []
    for body in scenario.bodies:
        sessions = []
        for each in body.sessions:
            if each.id == session:
                each = altered(each, duration=_length(each, minutes))
            sessions.append(each)
        bodies.append(altered(body, sessions=tuple(sessions)))
    return altered(scenario, bodies=tuple(bodies))


def _length(session: Session, minutes: int) -> Exactly | Between:
    old = session.duration
    if isinstance(old, Between):
        return trusted(Between, low=min(old.low, minutes), likely=minutes, high=max(old.high, minutes))
    return trusted(Exactly, minutes=minutes)


def with_days(scenario: Scenario, days: Sequence[Day]) -> Scenario:
    """The scenario with other days or hours; the calendar is made anew, so that its axis is too."""
    return altered(scenario, calendar=altered(scenario.calendar, days=tuple(days)))


def with_hours(scenario: Scenario, wanted: Sequence[date], opens: int = 0, closes: int = 0) -> Scenario:
    """The first slot of the days opens ``opens`` minutes earlier, the last closes ``closes`` minutes later."""
    days = []
    for day in scenario.calendar.days:
        if day.date in wanted:
            slots = list(scenario.calendar.slots if day.slots is None else day.slots)
            common = [number for number, slot in enumerate(slots) if not slot.reserved_for]
            if common:
                first, last = common[0], common[-1]
                slots[first] = _moved(slots[first], -opens, 0)
                slots[last] = _moved(slots[last], 0, closes)
            day = altered(day, slots=tuple(slots))
        days.append(day)
    return with_days(scenario, days)


def _moved(slot: SlotHours, opens: int, closes: int) -> SlotHours:
    return altered(slot, opens=slot.opens + opens, closes=slot.closes + closes)
