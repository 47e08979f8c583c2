"""All sessions against all slots of all rooms: one look, before anything else is imported or built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.scenario import Scenario


def asked_and_there(scenario: Scenario) -> tuple[int, int]:
    """The minutes that all sessions take, and those of all slots in all rooms."""
    asked = sum(scenario.minutes(session) for session in scenario.sessions)
    return asked, scenario.calendar.axis.total * len(scenario.rooms)


def too_little(scenario: Scenario) -> bool:
    """Whether the sessions last longer than there is room for; never where a stated rule lets some share a room."""
    asked, there = asked_and_there(scenario)
    return asked > there and not any(rule.rule == "room_clash" for rule in scenario.rules)
