"""The work is done early: it starts with the first slot and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.rule import Rule, counted, listed

if TYPE_CHECKING:
    from scheduler.model import Guard, ScheduleModel


class EarlyFinish(Rule):
    """Harm: one per slot, before the last that the work uses, in which none of it sits.

    Slots reserved for named bodies do not count. Nothing else is as early as a harm of 0.
    """

    unit: ClassVar[str] = "slot later"
    monotone: ClassVar[bool] = False
    rule: Literal["early_finish"] = "early_finish"

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """A slot is used, or no later one is."""
        sessions = self.sessions(model.programme)
        used = [
            model.any_of(("used", *self.of, slot.index), [model.touches(s, slot.index) for s in sessions])
            for slot in model.axis.slots
        ]
        for slot in model.axis.slots:
            if slot.reserved_for:
                continue
            unless = model.excuse(self, guard)
            for later in used[slot.index + 1 :]:
                model.clause(used[slot.index], model.negated(later), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Count the slots passed by before the last used."""
        placements = timetable.of(self.sessions(programme))
        used = {slot for placement in placements for slot in placement.slots}
        passed = [
            slot
            for slot in programme.calendar.axis.slots
            if used and slot.index < max(used) and slot.index not in used and not slot.reserved_for
        ]
        if passed:
            late, left_out = counted(len(passed), "slot"), listed([f"{slot}" for slot in passed])
            are = "is" if len(passed) == 1 else "are"
            message = f"{self._who(programme)} could finish {late} earlier: {left_out} {are} left out"
            yield self.finding(message, *(p.session for p in placements), harm=len(passed))

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        starts, leaves, is_done = ("starts", "leaves", "it is") if len(self.of) <= 1 else ("start", "leave", "they are")
        return f"{self._who(programme)} {starts} in the first slot and {leaves} none out until {is_done} finished."

    def _who(self, programme: Programme) -> str:
        return self.names(programme) if self.of else "The programme"
