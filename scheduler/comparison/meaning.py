"""Where a criterion means something: rows of treaty meetings have no place beside a conference, and the reverse."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.comparison.option import Option
from scheduler.scenario import Scenario

INTERPRETATION = "interpretation"
"""What the equipment of a room or a session is called that needs interpreters."""


def is_conference(scenario: Scenario) -> bool:
    """Whether sessions are talks: somebody presents in one of them."""
    return any(session.presenters for session in scenario.sessions.values())


def of_meetings(options: Sequence[Option]) -> bool:
    """Whether any option is a meeting of delegations, in which nobody presents."""
    return any(not is_conference(option.scenario) for option in options)


def with_interpretation(options: Sequence[Option]) -> bool:
    """Whether any option has interpreters: delegations meet, or a rule or some equipment says so."""
    return of_meetings(options) or any(_interprets(option.scenario) for option in options)


def with_closed_work(options: Sequence[Option]) -> bool:
    """Whether any session keeps somebody out."""
    return any(option.scenario.restricted(s) for option in options for s in option.scenario.sessions)


def from_afar(options: Sequence[Option]) -> bool:
    """Whether anybody follows from afar: delegations do; at a conference only where places or a rule say so."""
    ruled = any(rule.from_afar for option in options for rule in option.scenario.rules)
    return of_meetings(options) or ruled or any(option.places for option in options)


def _interprets(scenario: Scenario) -> bool:
    if any(rule.interpretation(scenario) for rule in scenario.rules):
        return True
    equipped = [room.equipment for room in scenario.rooms] + [s.equipment for s in scenario.sessions.values()]
    return any(INTERPRETATION in thing.lower() for things in equipped for thing in things)
