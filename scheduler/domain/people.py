"""People who are wanted in several sessions: pairs of sessions that should not be held at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role

Pair: TypeAlias = tuple[SessionId, SessionId]


def wanted_twice(
    programme: Programme,
    sessions: Sequence[SessionId],
    *,
    interests: bool,
    perhaps: bool = False,
    free: Mapping[SessionId, frozenset[str]] = MappingProxyType({}),
) -> dict[Pair, tuple[str, ...]]:
    """Pairs of the sessions, each in the order given, with everybody who is wanted in both, by name.

    Somebody who presents in one is wanted in the other when they present there, or chair its body, which is another
    than the body of the first. With ``interests``: somebody who attends the one is wanted in the other when they attend
    it, present there, or chair its body, again another. ``perhaps``: all count who may be chosen to present or chair.
    ``free``: by session those who need not attend it after all.
    """
    there = programme.perhaps_there if perhaps else programme.there
    presenting = {session: frozenset(there(session, Role.PRESENTER)) for session in sessions}
    following = {s: programme.attendees_of(s) for s in sessions} if interests else dict(presenting)
    following |= {s: following[s] - people for s, people in free.items() if s in following}
    wanting = _sessions_of_each((session, following[session]) for session in sessions)
    elsewhere = _sessions_of_each(presenting.items()) if interests else {}
    body = {session: programme.body_of[session].id for session in sessions}
    chairing = _sessions_of_each((session, frozenset(there(session, Role.CHAIR))) for session in sessions)
    number = {session: index for index, session in enumerate(sessions)}
    found: dict[Pair, dict[str, None]] = {}
    for person in sorted(wanting):
        for one in wanting[person]:
            others = [other for other in (*wanting[person], *elsewhere.get(person, ())) if other != one]
            others += [other for other in chairing.get(person, ()) if body[other] != body[one]]
            for other in others:
                pair = (one, other) if number[one] < number[other] else (other, one)
                found.setdefault(pair, {})[person] = None
    return {pair: tuple(people) for pair, people in found.items()}


def _sessions_of_each(people: Iterable[tuple[SessionId, frozenset[str]]]) -> Mapping[str, list[SessionId]]:
    found: dict[str, list[SessionId]] = {}
    for session, names in people:
        for name in names:
            found.setdefault(name, []).append(session)
    return found
