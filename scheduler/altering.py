"""Scenarios that differ from a given one in a single respect; the values put in are valid already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.calendar import Day, SlotHours
from scheduler.domain.duration import Between, Exactly
from scheduler.domain.programme import Session
from scheduler.scenario import Scenario


def holding(scenario: Scenario, sessions: Collection[SessionId]) -> Scenario:
    """The scenario in which only these sessions are placed; no rule says anything about the others.

    What is repeated, and of which a time is not among them, can be attended at that time.
    """
    return _of_times(scenario, sessions, [time for times in scenario.held_again.values() for time in times])


def leaving_out(scenario: Scenario, sessions: Collection[SessionId]) -> Scenario:
    """The scenario in which these sessions are not held; what is repeated is attended at the times that are left."""
    left = [session for session in scenario.sessions if session not in sessions]
    return _of_times(scenario, left, left)


def _of_times(scenario: Scenario, sessions: Collection[SessionId], times: Collection[SessionId]) -> Scenario:
    """These sessions alone, each saying all for itself; of what is repeated each names another of the ``times``.

    The first names none, unless one of the times is not among the sessions: then all that are name that one.
    """
    first: dict[SessionId, SessionId] = {}
    for held in scenario.held_again.values():
        known = [time for time in held if time in times]
        gone = next((time for time in known if time not in sessions), None)
        for time in known:
            first[time] = gone or known[0]
    bodies = []
    for body in scenario.bodies:
        left = [scenario.sessions[own] for each in body.sessions if (own := SessionId(each.id)) in sessions]
        if first:
            left = [altered(each, repeats=_other(first, SessionId(each.id))) for each in left]
        bodies.append(altered(body, sessions=tuple(left)))
    return altered(scenario, bodies=tuple(bodies))


def _other(first: Mapping[SessionId, SessionId], session: SessionId) -> SessionId | None:
    named = first.get(session)
    return None if named == session else named


def with_duration(scenario: Scenario, session: SessionId, minutes: int) -> Scenario:
    """The scenario in which a session is planned with another length."""
    bodies = []
    for body in scenario.bodies:
        sessions = []
        for each in body.sessions:
            if each.id == session:
                each = altered(each, duration=_length(scenario.sessions[session], minutes))
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
