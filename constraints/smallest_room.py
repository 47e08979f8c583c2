"""A session sits in the smallest room that has the seats and equipment for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule, says_nothing
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class SmallestRoom(Rule):
    """The smallest is that of the rooms in which the session may sit, with seats for its attendance and with its
    equipment. Sessions without attendance, rooms without capacity, and sessions for which no room would do are left
    out.

    Amount: for each session, one for each ``per`` seats begun that its room has beyond those of the smallest.
    """

    unit = "seat too many"
    default_cost_to_waive = 10
    example = {"of": ["REPORT"], "per": 100, "weight": 1}
    not_adjustable = {"per": "it says what counts how much"}
    per: int = Field(default=1, ge=1)
    """Seats that count as one unit."""

    def looks_at(self, programme: Programme, session: SessionId) -> LooksAt:
        """At nothing of a session of which no room is too large."""
        return LooksAt.ROOM if any(self._amounts(programme, session).values()) else LooksAt.NOTHING

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that give no attendance; rooms without capacity."""
        names = self.names_without(programme, lambda session: programme.sessions[session].attendance)
        yield from says_nothing(names, "has no attendance", "have no attendance")
        work = self.sessions(programme)
        rooms = {room for session in work if self._amounts(programme, session) for room in programme.rooms_of(session)}
        unknown = [f"'{room.id}'" for room in programme.rooms if room.id in rooms and room.capacity is None]
        yield from says_nothing(unknown, "has no capacity", "have no capacity")

    def _amounts(self, programme: Programme, session: SessionId) -> Mapping[RoomId, int]:
        """The amount in each room of a known capacity; nothing where no room would do."""
        smallest = _smallest(programme, session)
        if smallest is None:
            return {}
        seats = {room: programme.room[room].capacity for room in programme.rooms_of(session)}
        fewest = seats[smallest] or 0
        return {room: -(-max(0, many - fewest) // self.per) for room, many in seats.items() if many is not None}

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Out of the larger rooms: for each size that costs more than the one below it, what it costs more."""
        for session in self.sessions(model.programme):
            amounts = self._amounts(model.programme, session)
            sizes = sorted({0, *amounts.values()})
            for smaller, larger in pairwise(sizes if self.weight is not None else sizes[:2]):
                kept = [room for room in model.programme.rooms_of(session) if amounts.get(room, 0) <= smaller]
                model.confine(session, kept, model.relaxation(self, enforcement, larger - smaller))

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and room."""
        for session in self.sessions(counts.programme):
            for room, amount in self._amounts(counts.programme, session).items():
                if amount:
                    counts.session_room.add(session, room, None if self.weight is None else self.weight * amount)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the seats of the room with those of the smallest that would do."""
        for placement in timetable.of(self.sessions(programme)):
            smallest = _smallest(programme, placement.session)
            known = [room for room in placement.each_room if room in programme.room]
            if smallest is None or not known:
                continue
            largest = max(known, key=lambda room: programme.room[room].capacity or 0)
            here, enough = (programme.room[room].capacity for room in (largest, smallest))
            if here is not None and enough is not None and here > enough:
                rooms = [programme.room_title(room) for room in (largest, smallest)]
                sits = f"{programme.title(placement.session)} sits in {rooms[0]} with {counted(here, 'seat')}"
                message = f"{sits}, and {rooms[1]} with {counted(enough, 'seat')} would do"
                yield self.violation(message, placement.session, amount=-(-(here - enough) // self.per))

    def describe(self, programme: Programme) -> str:
        where = self.verb("sits in the smallest room", "each sit in the smallest room")
        return f"{self.subject(programme)} {where} that has seats and equipment enough."


def _smallest(programme: Programme, session: SessionId) -> RoomId | None:
    """The room of the fewest seats, of a known number, that fits; None: none does, or nobody says how many come."""
    if programme.sessions[session].attendance is None:
        return None
    seats = {room: programme.room[room].capacity or 0 for room in programme.rooms_of(session)}
    fitting = [room for room, many in seats.items() if many and not programme.lacking(session, room)]
    return min(fitting, key=seats.__getitem__, default=None)
