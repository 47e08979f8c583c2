"""Each session is held within one slot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, OfCells, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class WithinSlot(Rule):
    """Amount: one per segment beyond the first."""

    unit = "further slot"
    default_cost_to_waive = 20
    example = {"of": ["report"]}
    alone = LooksAt.START

    @property
    def of_cells(self) -> OfCells:
        """One for each session."""
        return OfCells.ONE_SLOT

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by the number of slots it touches."""
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: len({s.slot for s in segments}) - 1, enforcement)

    def count_into(self, counts: Counts) -> bool:
        """What the counted formulation takes for granted, when it must hold for everybody."""
        if self.weight is None and counts.is_everybody(self.sessions(counts.programme)):
            counts.within_slot = True
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count slots."""
        for placement in timetable.of(self.sessions(programme)):
            slots = len(set(placement.slots))
            if slots > 1:
                message = f"{programme.title(placement.session)} runs through {slots} slots"
                yield self.violation(message, placement.session, amount=slots - 1)

    def describe(self, programme: Programme) -> str:
        if any(work in programme.body for work in self.of):
            return f"Each session of {self.names(programme)} is held within one slot."
        return f"{self.subject(programme)} {self.verb('is', 'are each')} held within one slot."
