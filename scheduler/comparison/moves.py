"""What differs between two timetables, session by session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.comparison.option import Option
from scheduler.comparison.suspensions import suspended_anew
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.carry import Carry
from scheduler.domain.clock import show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement


@dataclass(frozen=True, slots=True)
class Move:
    """A session that starts at another time, sits in another room, takes longer or less, is new, or is gone.

    Or one that starts as before and is suspended for other fixtures, or at another time.
    """

    session: SessionId
    title: str
    before: Placement | None
    after: Placement | None
    rooms: tuple[str, str] | None = None
    """From which room to which, in words, where it changes; or from which rooms by day to which."""
    outside: tuple[bool, bool] = (False, False)
    """Whether it sat outside the slots, and whether it does now."""
    slot: tuple[int, int] | None = None
    """Where it only goes with its slot, which opens at another hour: when that opened, and when it opens now."""
    change_of_room: str = ""
    """What its sentence says of the rooms."""
    rooms_left: tuple[tuple[date, str], ...] = ()
    """The days on which it now sits in other rooms than it did, with what those are called."""
    suspension: str = ""
    """What its sentence says of the fixtures for which it is suspended, where that alone has changed."""

    @property
    def begins(self) -> tuple[Segment, Segment] | None:
        """The first segments before and after; None for a session that is new or gone."""
        return None if self.before is None or self.after is None else (self.before.segments[0], self.after.segments[0])

    @property
    def by_day(self) -> bool:
        """Whether it starts as before, and only changes its room on some days."""
        changing = self.before is not None and self.after is not None and (self.before.rooms or self.after.rooms)
        return bool(changing) and bool(self.rooms_left) and not self.begins_elsewhere

    @property
    def elsewhere(self) -> bool:
        """Whether it starts at another time, sits in another room, is new or gone: not only length or parts."""
        return self.begins is None or self.rooms is not None or self.begins_elsewhere

    @property
    def begins_elsewhere(self) -> bool:
        """Whether it starts at another time."""
        return self.before is not None and self.after is not None and not _same_begin(self.before, self.after)

    @property
    def kind(self) -> str:
        """``moved``, ``hour`` (only with its slot), ``room``, ``length``, ``parts``, ``new`` or ``cancelled``."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "cancelled"
        if self.begins_elsewhere:
            return "moved" if self.slot is None else "hour"
        if self.rooms is not None:
            return "room"
        return "parts" if self.suspension else "length"

    @property
    def sentence(self) -> str:
        """``WGTR moves from Friday 28 February at 10:00 to Thursday 27 February at 15:00.``"""
        was = f"{self.before.segments[0].starts_on}{_outside(self.outside[0])}" if self.before else ""
        now = f"{self.after.segments[0].starts_on}{_outside(self.outside[1])}" if self.after else ""
        if self.before is None:
            return f"{self.title} is new, on {now}."
        if self.after is None:
            return f"{self.title} is not held any more; it was on {was}."
        changes = []
        if self.begins_elsewhere:
            changes.append(f"moves from {was}{',' if self.outside[0] else ''} to {now}")
        if self.rooms:
            changes.append(self.change_of_room)
        if self.before.minutes != self.after.minutes:
            took, takes = show_minutes(self.before.minutes), show_minutes(self.after.minutes)
            changes.append(f"takes {takes} instead of {took}")
        if self.suspension:
            changes.append(self.suspension)
        return f"{self.title} {' and '.join(changes)}."


def moves(before: Option, after: Option) -> tuple[Move, ...]:
    """Every session that is not where it was, not as long or suspended otherwise.

    In the order of the later scenario; gone ones last.
    """
    carry = Carry(before.scenario, after.scenario)
    old = {p.session: p for p in before.placements}
    new = {p.session: p for p in after.placements}
    found = []

    def outside(session: SessionId) -> tuple[bool, bool]:
        return session in before.outside, session in after.outside

    for session, placement in new.items():
        was = old.get(session)
        rooms = None if was is None else carry.rooms_between(was, placement)
        whole = was is None or rooms or not _same_begin(was, placement) or was.minutes != placement.minutes
        suspension = "" if whole or was is None else suspended_anew(before, after, was, placement)
        if whole or suspension:
            title = after.scenario.title(session)
            slot = _with_slot(before.scenario, after.scenario, was, placement) if was and not rooms else None
            words, left = "", tuple[tuple[date, str], ...]()
            if was and rooms:
                words = carry.change_of_room(was, placement)
                changed = carry.rooms_changed(was, placement)
                left = tuple((day, before.scenario.room_title(old)) for day, old, _ in changed)
            found.append(Move(session, title, was, placement, rooms, outside(session), slot, words, left, suspension))
    for session, placement in old.items():
        if session not in new:
            title = before.scenario.title(session)
            found.append(Move(session, title, placement, None, outside=outside(session)))
    return tuple(found)


def _with_slot(before: Programme, after: Programme, was: Placement, now: Placement) -> tuple[int, int] | None:
    """When the slot opened and opens, where a session keeps its day, its slot of the day and its place in it.

    A slot of a day is the same where the two overlap, or where the day has as many slots as before.
    """
    old, new = was.segments[0], now.segments[0]
    here, there = before.calendar.axis.slots[old.slot], after.calendar.axis.slots[new.slot]
    days = before.calendar.axis.by_day[old.day], after.calendar.axis.by_day.get(new.day, ())
    same_slot = old.day == new.day and days[0].index(old.slot) == days[1].index(new.slot)
    overlap = here.opens < there.closes and there.opens < here.closes
    stays = old.start - here.opens == new.start - there.opens and was.minutes == now.minutes
    if same_slot and stays and here.opens != there.opens and (overlap or len(days[0]) == len(days[1])):
        return here.opens, there.opens
    return None


def _same_begin(one: Placement, other: Placement) -> bool:
    first, second = one.segments[0], other.segments[0]
    return (first.day, first.start) == (second.day, second.start)


def _outside(is_outside: bool) -> str:
    return ", outside the slots" if is_outside else ""
