"""An option: one of the timetables that are compared, or the statement that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduler.checking import Report, check
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.places import HomePlace, states_parties
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.presiding import presided
from scheduler.scenario import Scenario


@dataclass(frozen=True)
class Option:
    """A timetable with its scenario; ``timetable`` None: there is none, and ``reasons`` say why."""

    letter: str
    """``A``, ``B``: what tables call it."""
    name: str
    scenario: Scenario
    timetable: Timetable | None
    status: str
    """``optimal``, ``feasible``, ``infeasible``, ``unknown``, or ``checked`` for one that was read."""
    given: tuple[Violation, ...] = ()
    """Violations found while the timetable was read."""
    reasons: tuple[str, ...] = ()
    places: tuple[HomePlace, ...] = ()
    """Who follows from afar; empty: the States Parties that come with the program."""
    outside: frozenset[SessionId] = frozenset()
    """Sessions that sit outside the slots; then ``scenario`` has their hours as slots of their own."""
    notes: tuple[str, ...] = ()
    """Further remarks, such as that the sheets of a workbook disagree."""

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
        """The checker's report on the timetable, by the option's own scenario."""
        return check(self.scenario, self.timetable or Timetable(()), self.given)

    @cached_property
    def decided(self) -> Scenario:
        """The scenario in which it is known who is there, of several who may be."""
        return presided(self.scenario, self.timetable or Timetable(()))

    @property
    def remote(self) -> tuple[HomePlace, ...]:
        """Who follows from afar."""
        return self.places or states_parties()

    def placed(self, sessions: Iterable[SessionId]) -> list[Placement]:
        """Placements of the given sessions, as far as they are placed."""
        return self.timetable.of(sessions) if self.timetable else []

    def segments(self) -> list[tuple[Placement, Segment]]:
        """All segments, each with the placement that it belongs to."""
        return [(placement, segment) for placement in self.placements for segment in placement.segments]
