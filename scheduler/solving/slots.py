"""The formulation in slots: where it serves, the places of each session, and the model."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.arithmetic.alone import Alone
from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.model.slot_model import Place, Places, SlotModel
from scheduler.rules.rule import Exclusive, Rule
from scheduler.scenario import Scenario

MAX_PLACES = 30_000
"""Places of all sessions together: with more of them the axis serves better."""


def places(scenario: Scenario, until: float | None = None) -> Places:
    """The places of every session: what the hard rules on it alone leave to it.

    Raises:
        OutOfTime: the time, on the monotonic clock, is over.
    """
    alone = Alone(scenario, until)
    return {
        session: {placed.start: Place(placed.segments, frozenset(rooms)) for placed, rooms in alone.left(session)}
        for session in scenario.sessions
    }


def everywhere(programme: Programme) -> Places:
    """The places of every session if no rule is asked."""
    found: dict[SessionId, dict[int, Place]] = {}
    for session in programme.sessions:
        rooms = frozenset(programme.rooms_of(session))
        placed = (
            (start, programme.place(session, start))
            for start in range(0, programme.calendar.axis.total, programme.grain)
        )
        found[session] = {start: Place(p.segments, rooms) for start, p in placed if p is not None}
    return found


def exclusive(programme: Programme, rules: Iterable[Rule]) -> bool:
    """Whether one of the rules must hold and lets no two sessions share a minute of a room."""
    return any(
        rule.exclusive is Exclusive.ROOM
        and rule.weight is None
        and not rule.yields.stated
        and set(rule.sessions(programme)) == set(programme.sessions)
        for rule in rules
    )


def unsuited(scenario: Scenario) -> str:
    """Why the slots do not serve; empty where they do."""
    if scenario.gives_way:
        return "sessions are suspended"
    if rolling := next((rule.name for rule in scenario.all_rules if rule.rolls), ""):
        return f"{rolling} rolls by the minute"
    return ""


def build(scenario: Scenario, until: float | None = None) -> SlotModel:
    """The model with every rule posted and the cost to be minimised.

    Raises:
        OutOfTime: the time is over.
    """
    model = SlotModel(scenario, places(scenario, until), until, exclusive=exclusive(scenario, scenario.all_rules))
    for rule in scenario.all_rules:
        rule.post(model)
    model.finish()
    model.deadline = None
    if model.costs:
        model.cp.minimize(model.cost)
    return model
