"""What a timetable in the layout of CoSPLib calls slots, rooms, bodies and sessions of a scenario: it has no ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.clock import show_clock
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.scenario import Scenario
from scheduler.wording import listed

SHEET = "sol"
"""The sheet of a timetable."""


@dataclass(frozen=True, slots=True)
class Names:
    """In the order of the scenario."""

    rooms: Sequence[str]
    slots: Sequence[str]
    bodies: Mapping[BodyId, str]
    """Those with sessions."""
    sessions: Mapping[SessionId, str]


def names_of(scenario: Scenario) -> Names:
    """Names and titles; of a slot without a name date and hour, of a session without a title its id.

    Raises:
        InputError: two of a kind are called the same.
    """
    names = Names(
        rooms=[room.title for room in scenario.rooms],
        slots=[slot.name or f"{slot.day} {show_clock(slot.opens)}" for slot in scenario.calendar.axis.slots],
        bodies={BodyId(body.id): body.title for body in scenario.body_of.values()},
        sessions={id_: session.title or id_ for id_, session in scenario.sessions.items()},
    )
    _refuse_equal("rooms", names.rooms)
    _refuse_equal("bodies", names.bodies.values())
    _refuse_equal("sessions", names.sessions.values())
    _refuse_equal("slots", names.slots)
    return names


def _refuse_equal(what: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        shown = listed([f"'{name[:60]}'" for name in twice[:3]])
        raise unfit(f"several {what} are called {shown}, and it knows them by these names")


def unfit(why: str) -> InputError:
    """What the layout cannot hold."""
    return InputError(printable(f"the CoSPLib layout cannot hold this timetable: {why}"))
