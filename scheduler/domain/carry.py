"""Compares a timetable with another calendar: a session stays if its date, hour and room stay.

Slots are counted anew where days or slots were added, taken or moved, so nothing is compared by its position. A
meeting that was moved as a whole is compared with its new dates; a room that only got another id is the same room.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.side_events import HeldEvent
from scheduler.domain.timetable import Placement, Timetable, Where
from scheduler.wording import listed

WEEK = 7


def days_moved(before: Calendar, after: Calendar) -> int:
    """By how many days the meeting was moved as a whole; 0 where some day of it stays, or it does not fit there.

    Whole weeks are preferred, then the fewest days.
    """
    used, offered = before.axis.days, after.axis.days
    if not used or not offered or set(used) & set(offered):
        return 0
    shifts = {(day - used[0]).days for day in offered}
    fitting = [days for days in shifts if {day + timedelta(days) for day in used} <= set(offered)]
    return min(fitting, key=lambda days: (days % WEEK != 0, abs(days), days), default=0)


class Carry:
    """From one programme to another."""

    def __init__(self, before: Programme, after: Programme) -> None:
        self.before, self.after = before, after
        self.days = days_moved(before.calendar, after.calendar)
        """Days by which everything is moved."""

    @cached_property
    def _rooms(self) -> dict[RoomId, RoomId]:
        """Rooms under their new ids: those that kept it, those that kept their name, and the only one."""
        old, new = self.before.rooms, self.after.rooms
        found = {RoomId(room.id): RoomId(room.id) for room in old if room.id in self.after.room}
        free = [room for room in new if room.id not in found]
        for room in old:
            named = [other for other in free if other.title == room.title]
            if RoomId(room.id) not in found and len(named) == 1:
                found[RoomId(room.id)] = RoomId(named[0].id)
        if len(old) == len(new) == 1:
            found[RoomId(old[0].id)] = RoomId(new[0].id)
        return found

    def day(self, day: date) -> date:
        """The day that stands for a day of the old calendar."""
        return day + timedelta(self.days)

    def room(self, room: RoomId) -> RoomId:
        """The new id of a room; the old one where the room is gone."""
        return self._rooms.get(room, room)

    def begins(self, placement: Placement) -> tuple[date, int]:
        """Day and minute at which a session of the old timetable would begin if nothing else had changed."""
        first = placement.segments[0]
        return self.day(first.day), first.start

    def stays(self, old: Placement, new: Placement) -> bool:
        """Whether a session begins when it did, in the room it had, on each day on which it sat and sits."""
        return self.begins(old) == begins(new) and not self.rooms_changed(old, new)

    def rooms_changed(self, old: Placement, new: Placement) -> list[tuple[date, RoomId, RoomId]]:
        """The days on which a session has another room, with the old one, in the old programme, and the new one.

        Where it changes rooms, they are compared day by day, counted from its first.
        """
        if not old.rooms and not new.rooms:
            return [(day, old.room, new.room) for day in new.days if self.room(old.room) != new.room]
        rooms = old.rooms or (old.room,) * len(old.days), new.rooms or (new.room,) * len(new.days)
        days = zip(new.days, *rooms, strict=False)
        return [(day, was, now) for day, was, now in days if self.room(was) != now]

    def rooms_between(self, old: Placement, new: Placement) -> tuple[str, str] | None:
        """The titles of its old rooms and of its new ones; None where they are the same."""
        if not self.rooms_changed(old, new):
            return None
        return self.before.rooms_title(old.where), self.after.rooms_title(new.where)

    def change_of_room(self, old: Placement, new: Placement) -> str:
        """How it changes rooms, in words: ``changes from Hall to Annex``, or on which days; empty where it does not."""
        changed = self.rooms_changed(old, new)
        pairs = {(self.before.room_title(was), self.after.room_title(now)) for _, was, now in changed}
        if len(pairs) != 1:
            rooms = self.rooms_between(old, new)
            return f"changes from {rooms[0]} to {rooms[1]}" if rooms else ""
        ((was, now),) = pairs
        on = f" on {listed([show_day(day) for day, *_ in changed])}" if old.rooms or new.rooms else ""
        return f"changes from {was} to {now}{on}"

    def where(self, where: Where) -> Where:
        """The new ids of a room, or of the rooms by day."""
        return self.room(where) if isinstance(where, str) else tuple(map(self.room, where))

    def alike(self, old: Placement, new: Placement) -> bool:
        """Whether it sits at the same hours too, to its end."""
        hours = [(self.day(s.day), s.start, s.end) for s in old.segments]
        return self.stays(old, new) and hours == [(s.day, s.start, s.end) for s in new.segments]

    def timetable(self, old: Timetable) -> Timetable:
        """The old timetable in the new calendar, without the sessions that have no place there any more."""
        places: dict[SessionId, tuple[int, Where | None]] = {}
        for placement in old:
            start = self.after.calendar.axis.position(*self.begins(placement))
            known = all(self.room(room) in self.after.room for room in placement.each_room)
            if placement.session in self.after.sessions and start is not None and known:
                places[SessionId(placement.session)] = start, self.where(placement.where)
        held = None if old.side_events is None else map(self.event, old.side_events)
        return Timetable(self.after.place_all(places).values(), held)

    def event(self, held: HeldEvent) -> HeldEvent:
        """Where a side event of the old timetable would stand if nothing else had changed."""
        return replace(held, day=self.day(held.day))


def moved_by(days: int) -> str:
    """``moved by 98 days``."""
    many = "one day" if abs(days) == 1 else f"{abs(days)} days"
    return f"moved by {many}{'' if days > 0 else ' to earlier dates'}"


def begins(placement: Placement) -> tuple[date, int]:
    """Day and minute at which it begins."""
    return placement.segments[0].day, placement.segments[0].start
