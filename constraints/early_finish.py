"""The work is done early: it takes the first slots, and no more of them than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Segment
from scheduler.domain.fewest import first_slots
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class EarlyFinish(Rule):
    """Counts the slots from the first one to the one in which the work ends, without slots reserved for named bodies.

    Amount: one per slot beyond the fewest that could hold the work: see ``first_slots``.
    """

    unit = "slot later"
    default_cost_to_waive = 15
    example = {"weight": 1}

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Everything has ended before each slot that is not needed."""
        sessions = self.sessions(model.programme)
        open_to_all = [slot.index for slot in model.axis.slots if not slot.reserved_for]
        for slot in open_to_all[first_slots(model.programme, sessions) :]:
            unless = model.relaxation(self, enforcement)
            for session in sessions:
                model.clause(model.where(session, partial(_ended_before, slot)), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count the slots up to the last that is used."""
        sessions, slots = self.sessions(programme), programme.calendar.axis.slots
        placements = timetable.of(sessions)
        if not placements:
            return
        last = max(slot for placement in placements for slot in placement.slots)
        taken, needed = sum(not slot.reserved_for for slot in slots[: last + 1]), first_slots(programme, sessions)
        if taken > needed:
            ends = f"{self._who(programme)} {self.verb('ends', 'end')} in the slot of {slots[last]}"
            few = f"at least {needed or 'none'} {'is' if needed <= 1 else 'are'} needed"
            message = f"{ends}, which makes {counted(taken, 'slot')} from the first; {few}"
            yield self.violation(message, *(p.session for p in placements), amount=taken - needed)

    def describe(self, programme: Programme) -> str:
        ends = self.verb("ends", "end")
        hold = "it" if len(self.of) <= 1 else "them"
        return f"{self._who(programme)} {ends} within the fewest slots, counted from the first, that could hold {hold}."

    def _who(self, programme: Programme) -> str:
        return self.names(programme) if self.of else "The programme"


def _ended_before(slot: int, segments: tuple[Segment, ...]) -> bool:
    return segments[-1].slot < slot
