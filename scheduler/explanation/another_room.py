"""Ways out in which a session goes on in another room the next day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.room_change import RoomChange
from scheduler.rules.adjusting import AdjustableNumber, NumberSetting
from scheduler.scenario import Scenario

MAY_CHANGE = 15
"""Points for letting a session change its room."""
PRICE = 20
"""Points for a change, where the scenario names no price."""


def room_changes(scenario: Scenario, sessions: Iterable[SessionId]) -> Iterator[AdjustableNumber]:
    """Each of the sessions that may last overnight may change its room: at the highest price declared for others."""
    suspended = {*scenario.gives_way, *(s for fixtures in scenario.gives_way.values() for s in fixtures)}
    opening = {session for rule in scenario.all_rules for session in rule.at_openings(scenario)}
    for session in sessions:
        free = session not in suspended and session not in scenario.may_change_room
        if free and len(scenario.rooms_of(session)) > 1 and _lasts_overnight(scenario, session, session in opening):
            yield _allowed(scenario, session)


def _lasts_overnight(scenario: Scenario, session: SessionId, at_opening: bool) -> bool:
    """Whether it may, so far as the rules say that it starts when a slot opens."""
    axis = scenario.calendar.axis
    starts = [slot.begins for slot in axis.slots] if at_opening else range(0, axis.total, scenario.grain)
    return scenario.may_last_overnight(session, starts)


def _allowed(scenario: Scenario, session: SessionId) -> AdjustableNumber:
    price = max(scenario.may_change_room.values(), default=PRICE)
    body, allowed = scenario.body_of[session], trusted(RoomChange, price=price)
    sessions = tuple(altered(each, room_may_change=allowed) if each.id == session else each for each in body.sessions)
    bodies = tuple(altered(each, sessions=sessions) if each is body else each for each in scenario.bodies)
    setting = NumberSetting(
        f"let {scenario.title(session)} change its room overnight",
        MAY_CHANGE,
        partial(dict, {"bodies": bodies}),
        f"bodies.{body.id}.sessions.{session}.room_may_change={{price: {price}}}",
    )
    return AdjustableNumber(f"room of {session}", (setting,))
