"""Each session is held within one slot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.rules.rule import Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Guard, ScheduleModel
    from scheduler.rules.counting import Brief


class WithinSlot(Rule):
    """Harm: one per segment beyond the first."""

    unit: ClassVar[str] = "further slot"
    rule: Literal["within_slot"] = "within_slot"

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Each start by the number of segments it makes."""
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: len(segments) - 1, guard)

    def count(self, brief: Brief) -> bool:
        """What the counted formulation takes for granted, when it must hold for everybody."""
        if self.weight is None and brief.is_everybody(self.sessions(brief.programme)):
            brief.within_slot = True
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Count slots."""
        for placement in timetable.of(self.sessions(programme)):
            slots = len(set(placement.slots))
            if slots > 1:
                message = f"{programme.title(placement.session)} runs through {slots} slots"
                yield self.finding(message, placement.session, harm=slots - 1)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        if any(work in programme.body for work in self.of):
            return f"Each session of {self.names(programme)} is held within one slot."
        return f"{self.subject(programme)} {self.verb('is', 'are each')} held within one slot."
