"""An option: one of the timetables that are laid side by side, or the statement that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduler.checking import Report, check
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.places import Place, states_parties
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.scenario import Scenario


@dataclass(frozen=True)
class Option:
    """A timetable with what it answers; ``timetable`` None: there is none, and ``reasons`` say why."""

    letter: str
    """``A``, ``B``: by what it is called in tables."""
    name: str
    scenario: Scenario
    timetable: Timetable | None
    status: str
    """``optimal``, ``feasible``, ``infeasible``, ``unknown``, or ``checked`` for one that was read."""
    given: tuple[Violation, ...] = ()
    """What was found wrong while the timetable was read."""
    reasons: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    """Who follows from afar; empty: the States Parties that come with the program."""
    outside: frozenset[SessionId] = frozenset()
    """Sessions that sit outside the slots; then ``scenario`` has their hours as slots of their own."""
    notes: tuple[str, ...] = ()
    """What else is to be said of it, such as that the sheets of a workbook disagree."""

    @property
    def title(self) -> str:
        """``B: With DIEF``."""
        return f"{self.letter}: {self.name}"

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """Where sessions sit, in the order of the scenario."""
        return tuple(self.timetable or ())

    @cached_property
    def report(self) -> Report:
        """What the checker finds in its own scenario."""
        return check(self.scenario, self.timetable or Timetable(()), self.given)

    @property
    def remote(self) -> tuple[Place, ...]:
        """Who follows from afar."""
        return self.places or states_parties()

    def placed(self, sessions: Iterable[SessionId]) -> list[Placement]:
        """Placements of those of the sessions that are placed."""
        return self.timetable.of(sessions) if self.timetable else []

    def segments(self) -> list[tuple[Placement, Segment]]:
        """Everything that sits, piece by piece."""
        return [(placement, segment) for placement in self.placements for segment in placement.segments]
