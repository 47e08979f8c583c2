"""Errors and doubts in what ``room_may_change`` says; a file and a value that is set meet the same errors."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Body, Session
from scheduler.reading.declared import declared
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario


def mistaken(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and the remedy: sessions that are suspended, and those for which they are, keep their room."""
    for loc, declaring, work in declared(scenario, "room_may_change"):
        if scenario.promises and work & scenario.may_change_room.keys():
            yield loc, "promises are planned for sessions that keep their room", "leave out one of the two"
        for session in sorted(work & scenario.may_change_room.keys()):
            title = scenario.title(session)
            if session in scenario.gives_way:
                message = f"{title} is suspended for fixtures in its room, so it cannot change its room"
                yield loc, message, _remedy(declaring, session, "suspends_for: false")
            elif others := [s for s, fixtures in scenario.gives_way.items() if session in fixtures]:
                message = f"{scenario.title(others[0])} is suspended for {title}, which so cannot change its room"
                yield loc, message, _remedy(declaring, session, "")


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Where it says nothing: with one room, or on one day."""
    for loc, declaring, work in declared(scenario, "room_may_change"):
        if not declaring.room_may_change:
            continue
        title = scenario.name_of(declaring.id)
        if not work & scenario.may_change_room.keys():
            yield loc, f"{title} may sit in one room only: the key says nothing"
        elif not any(map(scenario.may_last_overnight, work & scenario.may_change_room.keys())):
            yield loc, f"{title} fits within one day wherever it starts: the key says nothing"


def _remedy(declaring: Body | Session, session: SessionId, besides: str) -> str:
    """Another value for this session alone, where a body says it for several."""
    ways = [way for way in ("room_may_change: false", besides) if way]
    if isinstance(declaring, Body):
        return f"write {' or '.join(ways)} for '{session}'"
    return "leave one of the two out" if besides else "leave it out"
