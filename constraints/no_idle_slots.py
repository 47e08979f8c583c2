"""No slot stays empty between the first and the last that are used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class NoIdleSlots(Rule):
    """Amount: one per slot in which none of the work sits, although some sits earlier and some later.

    Slots reserved for named bodies do not count.
    """

    unit = "idle slot"
    default_cost_to_waive = 15
    example = {"weight": 2}
    monotone = False

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """A slot is used, or nothing before it is, or nothing after it."""
        sessions = self.sessions(model.programme)
        used = [model.body_at(sessions, slot.index) for slot in model.axis.slots]
        for slot in model.axis.slots:
            if not slot.reserved_for:
                earlier = model.any_of(("used before", *self.of, slot.index), used[: slot.index])
                later = model.any_of(("used after", *self.of, slot.index), used[slot.index + 1 :])
                unless = model.relaxation(self, enforcement)
                model.clause(used[slot.index], model.negated(earlier), model.negated(later), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Go through the slots from the first used to the last."""
        used = {slot for placement in timetable.of(self.sessions(programme)) for slot in placement.slots}
        for slot in programme.calendar.axis.slots:
            if slot.index not in used and not slot.reserved_for and used and min(used) < slot.index < max(used):
                yield self.violation(
                    f"{slot} stays without {self.names(programme)}" if self.of else f"{slot} stays empty"
                )

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return "No slot stays empty between the first and the last that are used."
        leave = self.verb("its last slot, {} leaves", "their last slot, {} together leave").format(
            self.names(programme)
        )
        return f"Between {self.verb('its', 'their')} first and {leave} none out."
