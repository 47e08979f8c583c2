"""Where bodies and sessions say something that counts for all below them that do not say it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Body, Session
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario


def declared(scenario: Scenario, key: str) -> Iterator[tuple[Loc, Body | Session, set[SessionId]]]:
    """Each place that says the key, with the sessions for which it counts; places that count for none are left out."""
    places: list[tuple[Loc, Body | Session]] = []
    for b, body in enumerate(scenario.bodies):
        places.append((("bodies", b), body))
        places += [(("bodies", b, "sessions", s), session) for s, session in enumerate(body.sessions)]
    for loc, each in places:
        work = scenario.work(each.id) if getattr(each, key) is not None else ()
        first = {s: next(d for d in scenario.declaring(s) if getattr(d, key) is not None) for s in work}
        if mine := {session for session, said in first.items() if said.id == each.id}:
            yield (*loc, key), each, mine
