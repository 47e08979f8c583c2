"""In a slot a room belongs to one body, until the slot closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import RoomId
from scheduler.domain.clock import show_moment
from scheduler.domain.occupancy import by_body, occupied
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class OneBodyPerRoom(Rule):
    """Amount: for each slot and room in which some of the work sits, one per body beyond the first, named or not.

    A hard rule replaces fixed boundaries: the sessions of a body follow one another within the slot, at any step of the
    grain. A wish replaces nothing.
    """

    unit = "further body"
    default_cost_to_waive = 30
    example = {"of": ["WG", "REPORT"]}
    alone = LooksAt.NOTHING

    @property
    def replaces(self) -> tuple[str, ...]:
        """Fixed boundaries, unless it is a wish of the planner's."""
        return ("fixed_boundaries",) if self.weight is None or self.given_up else ()

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the bodies in each slot and room in which some of the work sits."""
        named = self.sessions(model.programme)
        bodies = by_body(model.programme, model.programme.sessions).values()
        for slot in model.axis.slots:
            for room in map(RoomId, model.programme.room):
                here = [model.body_in(members, slot.index, room) for members in bodies]
                here = [literal for literal in here if literal is not model.false]
                ours = model.body_in(named, slot.index, room) if self.of else model.true
                not_ours = model.negated(ours)
                if len(here) > 1 and not_ours is not model.true:
                    further = model.count(here) - 1 - len(here) * not_ours
                    model.measure(self, further, len(here) - 1, enforcement)

    def count_into(self, counts: Counts) -> bool:
        """What the counted formulation takes for granted."""
        if self.weight is not None or not counts.is_everybody(self.sessions(counts.programme)):
            return False
        counts.one_body_a_cell = True
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each slot and room in which somebody sits."""
        named, slots = frozenset(self.sessions(programme)), programme.calendar.axis.slots
        for (index, room), occupants in occupied(programme, timetable).items():
            sessions = [session for members in occupants.values() for session in members]
            if len(occupants) > 1 and not named.isdisjoint(sessions):
                who, slot = listed([programme.name_of(body) for body in occupants]), slots[index]
                when = f"the slot of {show_moment(slot.day, slot.opens)}"
                message = f"{who} share {programme.room_title(room)} in {when}"
                yield self.violation(message, *sessions, amount=len(occupants) - 1)

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return "In a slot a room belongs to one body."
        shares = self.verb("shares its room with no other body", "share their rooms with no other body")
        return f"In a slot {self.names(programme)} {shares}."
