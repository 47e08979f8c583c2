"""A room cannot be had for part of the calendar: it is let to others, or being set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from scheduler.domain.base import RoomId, RoomRef, SessionId
from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.programme import Programme
from scheduler.domain.spans import covered
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, Windows, in_words, touches
from scheduler.rules.rule import Rule, says_nothing
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class RoomUnavailable(Rule):
    """``when`` names days, half-days, slots or hours.

    Amount: one per segment in such a room that shares a minute with any of them.
    """

    unit = "segment inside"
    default_cost_to_waive = 200
    example = {"room": "room-2", "when": ["2027-02-23 am"]}
    not_adjustable = {"room": "which room it is about", "rooms": "which rooms it is about"}
    by_minute = True
    room: RoomRef | None = None
    rooms: tuple[RoomRef, ...] = ()
    """Several rooms, instead of one ``room``."""
    when: tuple[When, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_or_several(self) -> RoomUnavailable:
        if (self.room is None) == (not self.rooms):
            raise ValueError("which room? write room: hall, or rooms: [hall, annexe], one of the two")
        return self

    def _rooms(self) -> tuple[RoomId, ...]:
        return tuple(RoomId(room) for room in dict.fromkeys(self.rooms or (self.room or "",)))

    def _windows(self, programme: Programme) -> list[Windows]:
        return [part.windows(programme.calendar) for part in self.when]

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that never sit in such a room."""

        def may_sit_there(session: SessionId) -> bool:
            return not set(programme.rooms_of(session)).isdisjoint(self._rooms())

        sits = "never sits in this room", "never sit in this room"
        if len(self._rooms()) > 1:
            sits = "never sits in these rooms", "never sit in these rooms"
        return says_nothing(self.names_without(programme, may_sit_there), *sits)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """One slot less in which the room cannot be had."""
        rooms = listed([adjusting.programme.room_title(room) for room in self._rooms()])
        return adjusting.fewer_slots(self, self.when, f"have {rooms} on {{}} after all")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each number of segments inside: fewer, or in another room."""
        inside = _inside(self._windows(model.programme))
        for session in self.sessions(model.programme):
            rooms = model.programme.rooms_of(session)
            others = [room for room in rooms if room not in self._rooms()]
            for stay in model.by_day(session) if len(others) < len(rooms) else ():
                most = max((sum(map(inside, parts)) for parts in model.placements(stay).values()), default=0)
                for units in range(1, (most if self.weight else min(most, 1)) + 1):
                    unless = model.relaxation(self, enforcement)
                    model.confine(stay, others, unless, partial(_at_least, units, inside))

    def count_into(self, counts: Counts) -> bool:
        """Hard and for everybody: each slot that lies wholly within the hours; part of a slot cannot be counted."""
        programme = counts.programme
        windows, slots = self._windows(programme), programme.calendar.axis.slots
        touched = [slot for slot in slots if any(slot.index in part for part in windows)]
        everybody = counts.is_everybody(self.sessions(programme))
        if self.weight is not None or not everybody or not all(_covers(windows, slot) for slot in touched):
            return False
        for slot in touched:
            for room in self._rooms():
                counts.slot_room.add(slot.index, room, None)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment in such a room."""
        inside, rooms = _inside(self._windows(programme)), self._rooms()
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if placement.room_on(segment.day) in rooms and inside(segment):
                    where = f"{programme.room_title(placement.room_on(segment.day))} on {segment}"
                    message = f"{programme.title(placement.session)} sits in {where}, when it is not available"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        rooms = listed([programme.room_title(room) for room in self._rooms()])
        are = "is" if len(self._rooms()) == 1 else "are"
        whom = f" for {self.names(programme)}" if self.of else ""
        return f"{rooms} {are} not available{whom} {listed(in_words(self.when, programme.calendar))}."


def _at_least(units: int, inside: Callable[[Segment], bool], segments: Sequence[Segment]) -> bool:
    return sum(map(inside, segments)) >= units


def _inside(windows: list[Windows]) -> Callable[[Segment], bool]:
    return lambda segment: any(touches(part, segment) for part in windows)


def _covers(windows: list[Windows], slot: Slot) -> bool:
    """Whether the hours together leave no minute of the slot."""
    return all(
        covered([span for part in windows for span in part.get(slot.index, ())], *hours) for hours in slot.stretches
    )
