"""A session has its slot and its room to itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.clock import show_moment
from scheduler.domain.people import Pair
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.naming import with_any_other
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class WholeSlot(Rule):
    """In the slots that a session touches nobody else sits in its room, earlier or later.

    Amount: one per other session there, in however many slots. Two sessions that are both named count once.
    """

    unit = "other session"
    default_cost_to_waive = 25
    example = {"of": ["REPORT"]}
    alone = LooksAt.NOTHING

    def slots_apart(self, programme: Programme) -> Iterator[Pair]:
        """Its pairs."""
        return with_any_other(self, programme) if self.weight is None else iter(())

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Not both in a slot, or not in one room."""
        for one, other in with_any_other(self, model.programme):
            common = model.programme.own_slots(one) & model.programme.own_slots(other)
            together = {slot: model.share_a_room(one, other, slot) for slot in common}
            if all(literal is model.false for literal in together.values()):
                continue
            unless = model.relaxation(self, enforcement)
            for slot in common:
                both = [model.touches(one, slot), model.touches(other, slot), together[slot]]
                model.clause(*map(model.negated, both), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the slots of those in one room."""
        for one, other in with_any_other(self, programme):
            if one in timetable and other in timetable:
                here, there = timetable[one], timetable[other]
                rooms = {segment.slot: there.room_on(segment.day) for segment in there.segments}
                shared = [s for s in here.segments if rooms.get(s.slot) == here.room_on(s.day)]
                if shared:
                    slot = programme.calendar.axis.slots[shared[0].slot]
                    room = programme.room_title(here.room_on(slot.day))
                    when = f"the slot of {show_moment(slot.day, slot.opens)}"
                    message = f"{programme.title(one)} and {programme.title(other)} share {room} in {when}"
                    yield self.violation(message, one, other)

    def describe(self, programme: Programme) -> str:
        if any(work in programme.body for work in self.of):
            return f"Each session of {self.names(programme)} has its slot and its room to itself."
        slots = self.verb("has its slot and its room to itself", "have their slots and rooms to themselves")
        return f"{self.subject(programme)} {slots}."
