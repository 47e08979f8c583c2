"""What differs between two timetables, session by session."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Placement


@dataclass(frozen=True, slots=True)
class Move:
    """A session that starts at another time, sits in another room, takes longer or less, is new, or is gone."""

    session: SessionId
    title: str
    before: Placement | None
    after: Placement | None
    rooms: tuple[str, str] | None = None
    """From which room to which, in words, where it changes."""

    @property
    def elsewhere(self) -> bool:
        """Whether it starts at another time, sits in another room, is new or gone: not only its length differs."""
        if self.before is None or self.after is None:
            return True
        return self.rooms is not None or _begins(self.before) != _begins(self.after)

    @property
    def sentence(self) -> str:
        """``WGTR moves from Friday 28 February at 10:00 to Thursday 27 February at 15:00.``"""
        if self.before is None:
            assert self.after is not None
            return f"{self.title} is new, on {self.after.segments[0].starts_on}."
        if self.after is None:
            return f"{self.title} is not held any more; it was on {self.before.segments[0].starts_on}."
        was, now = self.before.segments[0].starts_on, self.after.segments[0].starts_on
        moved = f"moves from {was} to {now}" if was != now else ""
        room = f"{'and ' if moved else ''}changes from {self.rooms[0]} to {self.rooms[1]}" if self.rooms else ""
        took, takes = _minutes(self.before), _minutes(self.after)
        length = f"takes {show_minutes(takes)} instead of {show_minutes(took)}" if took != takes else ""
        if length and (moved or room):
            length = f"and {length}"
        return f"{self.title} {' '.join(part for part in (moved, room, length) if part)}."


def moves(before: Option, after: Option) -> tuple[Move, ...]:
    """Every session that is not where it was or not as long, in the order of the later scenario; gone ones last."""
    old = {p.session: p for p in before.placements}
    new = {p.session: p for p in after.placements}
    found = []
    for session, placement in new.items():
        was = old.get(session)
        rooms = None
        if was is not None and was.room != placement.room:
            rooms = before.scenario.room_title(was.room), after.scenario.room_title(placement.room)
        if was is None or rooms or _begins(was) != _begins(placement) or _minutes(was) != _minutes(placement):
            found.append(Move(session, after.scenario.title(session), was, placement, rooms))
    for session, placement in old.items():
        if session not in new:
            found.append(Move(session, before.scenario.title(session), placement, None))
    return tuple(found)


def _minutes(placement: Placement) -> int:
    return sum(segment.minutes for segment in placement.segments)


def _begins(placement: Placement) -> tuple[object, int]:
    return placement.segments[0].day, placement.segments[0].start
