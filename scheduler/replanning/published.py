"""A timetable that is out, as a changed scenario sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.domain.carry import Carry
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.replanning.replan import Place, places
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Published:
    """What is out: as many days later as the meeting was moved as a whole since."""

    scenario: Scenario
    timetable: Timetable
    places: Mapping[SessionId, Place]
    """Where the sessions of the changed scenario are; those that it does not have are left out."""
    days: int = 0
    """By how many days all this is later than it went out."""
    outside: frozenset[SessionId] = frozenset()
    """Sessions that were found outside the slots."""


def published_in(
    scenario: Scenario, before: Scenario, timetable: Timetable, outside: frozenset[SessionId] = frozenset(), *,
    name: str = "this timetable",
) -> Published:  # fmt: skip
    """A timetable of the scenario ``before``, as ``scenario`` sees it; ``name`` is what a message calls it.

    Raises:
        InputError: it has sessions, and ``scenario`` has none of them.
    """
    carry, out = Carry(before, scenario), places(scenario, timetable, before)
    if timetable and not out:
        said = f"{name}: none of its sessions is in scenario '{scenario.name}'"
        raise InputError(printable(f"{said}: name the timetable of this meeting"))
    if not carry.days:
        return Published(before, timetable, out, outside=outside)
    later = before.revised(calendar=scenario.calendar)
    return Published(later, carry.timetable(timetable), out, carry.days, outside)
