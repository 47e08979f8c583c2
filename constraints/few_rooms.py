"""A body keeps to its room: those who follow it do not walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.rule import Rule
from scheduler.rules.silence import one_session_of_a_body
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class FewRooms(Rule):
    """Each body for itself, with those of its sessions that are named. Amount: one per room beyond ``at_most``; with
    ``per: day`` on each day.
    """

    unit = "further room"
    default_cost_to_waive = 15
    example = {"of": ["WG"], "at_most": 1, "weight": 3}
    not_adjustable = {"per": "it says what counts how much"}
    at_most: int = Field(default=1, ge=1)
    """Rooms that cost nothing."""
    per: Literal["day"] | None = None
    """``day``: each day is counted for itself, and overnight the body may change its room; None: all days together."""

    def silent(self, programme: Programme) -> Iterator[str]:
        """Single sessions of a body, which sits in one room anyway."""
        return one_session_of_a_body(self, programme, "which sits in one room anyway")

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three rooms more for each body."""
        day = "" if self.per is None else " a day"
        yield adjusting.more(self, "at_most", f"allow a body {{}} rooms{day} instead of {self.at_most}")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the rooms in which any session of the body sits, in all or on each day."""
        for members in by_body(model.programme, self.sessions(model.programme)).values():
            for day in (None,) if self.per is None else model.axis.days:
                rooms = (self._uses(model, members, room, day) for room in map(RoomId, model.programme.room))
                model.measure_beyond(self, self.at_most, rooms, enforcement)

    def _uses(self, model: ScheduleModel, members: Sequence[SessionId], room: RoomId, day: date | None) -> BoolVar:
        """Whether some of them sit in the room, on any day or on this one."""
        if day is None:
            return model.any_of(("uses", members, room), [model.in_room(session, room) for session in members])
        there = [
            model.all_of(("uses on", s, room, day), [model.in_room(s, room, day), model.on_day(s, day)])
            for s in members
        ]
        return model.any_of(("uses on", members, room, day), there)

    def count_into(self, counts: Counts) -> bool:
        """One charge for all bodies, from the second room on."""
        if self.per is not None or self.at_most > 1 or not counts.is_everybody(self.sessions(counts.programme)):
            return False
        counts.charge(Charge.FURTHER_ROOMS, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the rooms of each body, in all or on each day."""
        for body, members in by_body(programme, self.sessions(programme)).items():
            placements = timetable.of(members)
            if self.per is None:
                used = {room for p in placements for room in p.each_room}
                yield from self._beyond(programme, body, placements, used, "")
                continue
            for day in sorted({day for p in placements for day in p.days}):
                there = [p for p in placements if day in p.days]
                used = {p.room_on(day) for p in there}
                yield from self._beyond(programme, body, there, used, f" on {show_day(day)}")

    def _beyond(
        self, programme: Programme, body: BodyId, placements: Sequence[Placement], used: set[RoomId], when: str
    ) -> Iterator[Violation]:
        order = {room: number for number, room in enumerate(programme.room)}
        rooms = sorted(used, key=lambda room: order.get(room, len(order)))
        if len(rooms) > self.at_most:
            where = listed([programme.room_title(room) for room in rooms])
            message = f"{programme.name_of(body)} sits in {where}{when}, not in {self._few()}"
            yield self.violation(message, *(p.session for p in placements), amount=len(rooms) - self.at_most)

    def describe(self, programme: Programme) -> str:
        the = f"Of {self.names(programme)}, the" if self.of else "The"
        day = "" if self.per is None else " a day"
        return f"{the} sessions of each body sit in {self._few()}{day}."

    def _few(self) -> str:
        return f"{'' if self.at_most == 1 else 'at most '}{counted(self.at_most, 'room')}"
