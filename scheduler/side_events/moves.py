"""What differs between the side events of two timetables, event by event."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.carry import Carry
from scheduler.domain.programme import Programme
from scheduler.domain.side_events import HeldEvent
from scheduler.domain.timetable import Timetable
from scheduler.side_events.places import all_held, name_of, shown
from scheduler.wording import capital


@dataclass(frozen=True, slots=True)
class EventMove:
    """A side event that stands elsewhere, is new, or is gone; ``before`` is on the days of the later meeting."""

    event: str
    title: str
    """As sentences call it."""
    before: HeldEvent | None
    after: HeldEvent | None
    rooms: tuple[str, str] | None = None
    """From which room to which, in words, where it changes."""

    @property
    def kind(self) -> str:
        """``moved``, ``room``, ``length``, ``new`` or ``cancelled``."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "cancelled"
        if (self.before.day, self.before.start) != (self.after.day, self.after.start):
            return "moved"
        return "length" if self.rooms is None else "room"

    @property
    def sentence(self) -> str:
        """``The side event 'Film' moves from Tuesday 23 February, 13:15 - 14:15, to ...``."""
        return f"{capital(self.title if self.title.startswith('the ') else f'side event {self.title}')} {self._what}."

    @property
    def _what(self) -> str:
        if self.before is None:
            return f"is new, {shown(self.after)}" if self.after else ""
        if self.after is None:
            return f"is not held any more; it was {shown(self.before)}"
        was, now = (shown(each).removeprefix("on ") for each in (self.before, self.after))
        said = [f"moves from {was}, to {now}"] if was != now else []
        return " and ".join([*said, *([f"changes from {self.rooms[0]} to {self.rooms[1]}"] if self.rooms else [])])


def event_moves(before: Programme, old: Timetable, after: Programme, new: Timetable) -> tuple[EventMove, ...]:
    """Every side event with hours that stands elsewhere, by id; none where neither programme places any."""
    if not before.to_place and not after.to_place:
        return ()
    was, now = carried(before, old, after), {each.event: each for each in all_held(after, new)}
    found = []
    for name in dict.fromkeys((*now, *was)):
        one, other = was.get(name), now.get(name)
        if one == other:
            continue
        rooms = None
        if one is not None and other is not None and one.room != other.room:
            rooms = before.place_title(one.room) or "no room", after.place_title(other.room) or "no room"
            if rooms[0] == rooms[1] and one.shown == other.shown and one.day == other.day:
                continue
        title = name_of(after if other is not None else before, name)
        found.append(EventMove(name, title, one, other, rooms if rooms and rooms[0] != rooms[1] else None))
    return tuple(found)


def carried(before: Programme, old: Timetable, after: Programme) -> dict[str, HeldEvent]:
    """Where the side events of an old timetable were, by id; moved with a meeting that was moved as a whole."""
    return {each.event: Carry(before, after).event(each) for each in all_held(before, old)}
