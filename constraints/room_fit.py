"""A session sits where there are seats and equipment enough."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule, says_nothing
from scheduler.wording import counted, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import SingleCondition, Splitting


class RoomFit(Rule):
    """Amount: one per session in a room that does not fit."""

    unit = "session"
    default_cost_to_waive = 60
    example = {"of": ["REPORT"], "source": "the house"}
    standing = True
    splits = "standing"
    by_minute = True

    def looks_at(self, programme: Programme, session: SessionId) -> LooksAt:
        """At nothing of a session that fits everywhere."""
        return LooksAt.ROOM if _asks(programme, session) else LooksAt.NOTHING

    def lifts(self, programme: Programme) -> str:
        """Which sessions may sit in a room that does not fit."""
        titles = [
            programme.title(session)
            for session in self.sessions(programme)
            if any(programme.lacking(session, room) for room in programme.rooms_of(session))
        ]
        where = "a room that has not the seats or equipment"
        return f"{shortened(titles)} may now sit in {where}" if titles else ""

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that ask for nothing."""
        return says_nothing(
            self.names_without(programme, partial(_asks, programme)),
            "asks for no seats and no equipment",
            "ask for no seats and no equipment",
        )

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """One of the rooms that fit."""
        for session in self.sessions(model.programme):
            rooms = model.programme.rooms_of(session)
            fitting = [room for room in rooms if not model.programme.lacking(session, room)]
            if len(fitting) < len(rooms):
                model.confine(session, fitting, model.relaxation(self, enforcement))

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """By session, of those that do not fit every room that they may sit in."""
        programme = splitting.programme
        for session in self.sessions(programme):
            if not any(programme.lacking(session, room) for room in programme.rooms_of(session)):
                continue
            needs, title = programme.sessions[session], programme.title(session)
            seats = [counted(needs.attendance, "seat")] if needs.attendance else []
            yield splitting.part(
                self,
                [session],
                key=f"seats/{session}",
                name=f"{session} room",
                sentence=f"{title} needs {listed([*seats, *needs.equipment])}.",
                source=needs.source,
                loc=(*splitting.place_of(session), "attendance" if needs.attendance else "equipment"),
                wish=f"any-room-{session}",
                waived=f"let {title} sit in any room",
            )

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and room that does not fit."""
        for session in self.sessions(counts.programme):
            for room in counts.rooms:
                if counts.programme.lacking(session, room):
                    counts.session_room.add(session, room, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare attendance with capacity, and equipment needed with equipment there."""
        for placement in timetable.of(self.sessions(programme)):
            lacking = ((room, programme.lacking(placement.session, room)) for room in placement.each_room)
            room, missing = next((each for each in lacking if each[1]), (placement.room, []))
            if missing:
                where = programme.room_title(room)
                message = f"{programme.title(placement.session)} sits in {where}, which has {listed(missing)}"
                yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        where = self.verb("sits in a room", "sit in rooms")
        return f"{self.subject(programme)} {where} with seats and equipment enough{self.yields.words}."


def _asks(programme: Programme, session: SessionId) -> bool:
    return bool(programme.sessions[session].attendance or programme.sessions[session].equipment)
