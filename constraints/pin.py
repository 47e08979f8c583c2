"""A session is held at a given place: a start, a part of the calendar, a room, or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from scheduler.domain.base import RoomId, RoomRef, WorkRef
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Clock, same_time, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When
from scheduler.rules.rule import FixedTime, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class Pin(Rule):
    """A pin says where a plan already puts a session; an anchor is an appointment.

    Amount: one per session that starts or sits elsewhere.
    """

    unit = "session"
    default_cost_to_waive = 5
    example = {"of": ["report"], "start": "first day", "at": "15:00", "room": "plenary"}
    not_adjustable = {
        "start": "elsewhere it is another pin",
        "room": "elsewhere it is another pin",
    }
    of: tuple[WorkRef, ...] = Field(min_length=1)
    start: When | None = None
    """The part of the calendar in which its first minute lies."""
    at: Clock | None = None
    """The minute at which it starts."""
    room: RoomRef | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Pin:
        if self.start is None and self.at is None and self.room is None:
            raise ValueError("a pin needs a place: write start: Thursday pm, at: 15:00, or room: plenary")
        return self

    @property
    def fixed_time(self) -> FixedTime | None:
        """The minute, in its part of the calendar."""
        return None if self.at is None else FixedTime(self.at, self.start)

    def _starts_there(self, programme: Programme, first: Segment) -> bool:
        if self.start is not None:
            spans = self.start.windows(programme.calendar).get(first.slot, ())
            if not any(opens <= first.start < closes for opens, closes in spans):
                return False
        return self.at is None or same_time(first.start, self.at)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Another time of day."""
        return adjusting.starts(self, self.at) if self.at is not None else iter(())

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Start and room together."""
        for session in self.sessions(model.programme):
            unless = model.relaxation(self, enforcement)
            there = model.where(session, lambda segments: self._starts_there(model.programme, segments[0]))
            model.clause(there, unless=unless)
            if self.room is not None:
                model.clause(model.in_rooms(session, RoomId(self.room)), unless=unless)

    def count_into(self, counts: Counts) -> bool:
        """Prices for sessions in slots and rooms. A soft pin of both is one violation, which prices cannot count."""
        sessions = self.sessions(counts.programme)
        timed = self.start is not None or self.at is not None
        if timed and self.room is not None and self.weight is not None:
            return False

        def elsewhere(segment: Segment) -> int:
            return not self._starts_there(counts.programme, segment)

        if timed and not counts.price_slots([(sessions, elsewhere)], self.weight):
            return False
        for session in sessions if self.room is not None else ():
            for room in counts.rooms:
                if room != self.room:
                    counts.session_room.add(session, room, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the first minute and the room."""
        for placement in timetable.of(self.sessions(programme)):
            first = placement.segments[0]
            moved = not self._starts_there(programme, first)
            elsewhere = self.room is not None and placement.each_room != (self.room,)
            there = [f"starts on {first.starts_on}{first.of_slot}, not {self._start(programme)}"] if moved else []
            there += (
                [f"sits in {programme.rooms_title(placement.where)}, not {self._room(programme)}"] if elsewhere else []
            )
            if there:
                yield self.violation(f"{programme.title(placement.session)} {', and '.join(there)}", placement.session)

    def _start(self, programme: Programme) -> str:
        parts = [self.start.spoken(programme.calendar)] if self.start else []
        return " ".join(parts + ([f"at {show_clock(self.at)}"] if self.at is not None else []))

    def _room(self, programme: Programme) -> str:
        return f"in {programme.room_title(self.room)}" if self.room else ""

    def describe(self, programme: Programme) -> str:
        parts = [f"{self.verb('starts', 'start')} {self._start(programme)}"] if self._start(programme) else []
        parts += [f"{self.verb('sits', 'sit')} {self._room(programme)}"] if self.room else []
        return f"{self.subject(programme)} {' and '.join(parts)}."
