"""What the sessions of a body are called in print, where more than their titles must tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from exports.annex.texts import one_line
from scheduler.domain.base import SessionId
from scheduler.domain.programme import Body, Programme
from scheduler.domain.timetable import Timetable

CONTINUED = "(continued)"
"""After the title of a session that goes on when the fixture for which it was suspended is over."""

REPEATED = "(repeated)"
"""After the title of a session that has been held before."""


def titled(title: str, words: Iterable[str]) -> str:
    """``Item 1 (2, repeated)`` of a title and of words in brackets."""
    said = " ".join(words).replace(") (", ", ")
    return f"{title} {said}".strip() if said else title


def words_of_titles(programme: Programme, timetable: Timetable) -> Mapping[SessionId, tuple[str, ...]]:
    """What stands in brackets after the title of a session, by session; those without it are left out.

    It is a number where the sessions of a body that have one title, or none, are not held one after another in the
    order in which they are listed, and that a session has been held before.
    """
    again = repeated(programme, timetable)
    found: dict[SessionId, tuple[str, ...]] = dict.fromkeys(again, (REPEATED,))
    for body in programme.bodies:
        for group in alike_in(programme, body):
            if not _as_listed(programme, timetable, group, again):
                for number, session in enumerate(group, 1):
                    found[session] = (numbered(number), *found.get(session, ()))
    return found


def numbered(number: int) -> str:
    """The word for a session by its number among those that are titled alike, from 1."""
    return f"({number})"


def alike_in(programme: Programme, body: Body) -> Iterator[tuple[SessionId, ...]]:
    """Several sessions of a body that have one title, or none, in the order in which they are listed."""
    found: dict[str, list[SessionId]] = {}
    for session in body.sessions if len(body.sessions) > 1 else ():
        held = programme.sessions.get(SessionId(session.id), session)
        found.setdefault(one_line(held.title or "").casefold(), []).append(SessionId(session.id))
    return (tuple(group) for group in found.values() if len(group) > 1)


def _as_listed(
    programme: Programme, timetable: Timetable, group: Sequence[SessionId], again: Iterable[SessionId]
) -> bool:
    """Whether they are held one after another in their order: all that look alike, and all times of one session."""
    known = [session for session in group if session in programme.sessions]
    times = [[s for s in known if programme.first_of(s) == first] for first in {*map(programme.first_of, known)}]
    parts = [[s for s in known if s in again], [s for s in known if s not in again], *times]
    return all(one.end <= other.start for part in parts for one, other in pairwise(timetable.of(part)))


def repeated(programme: Programme, timetable: Timetable) -> frozenset[SessionId]:
    """Sessions that have been held before, under the same title.

    Where not all times of one are placed, as among those that have left their places, these are its repeats.
    """
    found: set[SessionId] = set()
    for first, *repeats in programme.held_again.values():
        times = timetable.of([first, *repeats])
        later = repeats
        if len(times) > len(repeats):
            later = [placement.session for placement in sorted(times, key=lambda p: p.start)[1:]]
        title = programme.sessions[first].title
        found.update(session for session in later if programme.sessions[session].title == title)
    return frozenset(found)
