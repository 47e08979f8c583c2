"""A body does not meet in two rooms in one slot: those who follow it can follow all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import BodyId, RoomId
from scheduler.domain.clock import show_moment
from scheduler.domain.occupancy import by_body, occupied_by_slot
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.limits import Limit
from scheduler.rules.rule import LooksAt, OfCells, Rule
from scheduler.rules.silence import one_session_of_a_body
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class NotParallelWithItself(Rule):
    """Each body for itself, with those of its sessions that are named.

    Amount: for each slot, one per room of the body beyond the first, whether or not the hours in the rooms overlap.
    """

    unit = "further room in a slot"
    default_cost_to_waive = 60
    example = {"of": ["WG"]}
    alone = LooksAt.NOTHING

    @property
    def of_cells(self) -> OfCells:
        """One for each body in a slot."""
        return OfCells.ONE_ROOM

    def silent(self, programme: Programme) -> Iterator[str]:
        """Single sessions of a body, which sits in one room anyway."""
        return one_session_of_a_body(self, programme, "which sits in one room anyway")

    def limits(self, programme: Programme) -> Iterator[Limit]:
        """Each body sits in one room, which holds one session at a time."""
        for body, members in by_body(programme, self.sessions(programme)).items():
            so = f"of {programme.name_of(body)}, which meets in one room at a time"
            yield Limit(members, 1, so, in_one_room=True)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the rooms of each body and slot."""
        for members in by_body(model.programme, self.sessions(model.programme)).values():
            for slot in model.axis.slots:
                model.measure_beyond(self, 1, model.rooms_used(members, slot.index), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """One charge for all bodies."""
        if not counts.is_everybody(self.sessions(counts.programme)):
            return False
        counts.charge(Charge.PARALLEL, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the rooms of each body, slot by slot."""
        slots = programme.calendar.axis.slots
        for index, rooms in occupied_by_slot(programme, timetable.of(self.sessions(programme))).items():
            used: dict[BodyId, list[RoomId]] = {}
            for room, occupants in rooms.items():
                for body in occupants:
                    used.setdefault(body, []).append(room)
            for body, several in used.items():
                if len(several) > 1:
                    where = listed([programme.room_title(room) for room in several])
                    when = f"in the slot of {show_moment(slots[index].day, slots[index].opens)}"
                    sessions = [session for room in several for session in rooms[room][body]]
                    message = f"{programme.name_of(body)} meets in {where} {when}"
                    yield self.violation(message, *dict.fromkeys(sessions), amount=len(several) - 1)

    def describe(self, programme: Programme) -> str:
        body = f"Of {self.names(programme)}, no body" if self.of else "No body"
        return f"{body} meets in two rooms in one slot."
