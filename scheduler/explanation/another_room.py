"""Ways out in which a session goes on in another room the next day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.room_change import RoomChange
from scheduler.rules.adjusting import AdjustableNumber, NumberSetting
from scheduler.scenario import Scenario

MAY_CHANGE = 15
"""Points for letting a session change its room."""
PRICE = 20
"""Points for a change, where the scenario names no price."""


def room_changes(scenario: Scenario, session: SessionId) -> Iterator[AdjustableNumber]:
    """A session may change its room overnight: at the highest price that is declared for others."""
    suspended = session in scenario.gives_way or any(session in others for others in scenario.gives_way.values())
    if suspended or session in scenario.may_change_room or len(scenario.rooms_of(session)) < 2:
        return
    if not scenario.may_last_overnight(session):
        return
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
    yield AdjustableNumber(f"room of {session}", (setting,))
