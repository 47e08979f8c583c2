"""Where a side event may stand, and why not elsewhere: what is asked of one event alone, and of it and given ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.domain.clock import parse_hours, show_day, show_hours, show_minutes
from scheduler.domain.persons import who
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.side_events import TO_BE_NAMED, HeldEvent, SideEvent, SideEvents, Window, alike
from scheduler.domain.timetable import Timetable
from scheduler.wording import listed, quoted


@dataclass(frozen=True, slots=True)
class Occasion:
    """A window on one day."""

    number: int
    """Its place in the order of time, from 0."""
    day: date
    opens: int
    closes: int
    at_most: int | None
    """The most events in it; None: no limit but the rooms."""
    window: Window

    def __str__(self) -> str:
        return f"{show_day(self.day)}, {show_hours(self.opens, self.closes)}"

    def meets(self, day: date, start: int, end: int) -> bool:
        """Whether these hours share a minute with it."""
        return HeldEvent(self.day, self.opens, self.closes, "").meets(day, start, end)


def occasions(programme: Programme) -> tuple[Occasion, ...]:
    """The windows of every day, in the order of time; none where side events are only listed."""
    said = programme.side_events
    if not isinstance(said, SideEvents):
        return ()
    found = [
        (day, *window.hours, said.at_most if window.at_most is None else window.at_most, window)
        for window in said.windows
        for day in days_of(programme, window)
    ]
    return tuple(Occasion(number, *each) for number, each in enumerate(sorted(found, key=lambda each: each[:3])))


def days_of(programme: Programme, window: Window) -> tuple[date, ...]:
    """The days that have a window, in order."""
    calendar = programme.calendar
    if window.days is None:
        return calendar.axis.days
    meant = {day for part in window.days for day in part.days(calendar)}
    return tuple(day for day in calendar.axis.days if day in meant)


def given_of(programme: Programme) -> list[HeldEvent]:
    """The events that are given with their hours, in the order of the scenario."""
    return [
        HeldEvent(event.day, *event.hours, name, event.room or "")
        for name, event in programme.event.items()
        if event.day is not None and event.hours is not None
    ]


def all_held(programme: Programme, timetable: Timetable) -> list[HeldEvent]:
    """The side events that have hours, given or placed, in the order of time."""
    return sorted([*given_of(programme), *(timetable.side_events or ())])


def people_of(programme: Programme, event: SideEvent) -> frozenset[str]:
    """Who holds it and who speaks, each in one spelling; without those who are still to be named."""
    named = (*event.organiser, *(event.speakers or ()))
    return frozenset(
        alike(programme.person(name))
        for name in named
        if alike(name) not in TO_BE_NAMED and programme.persons.is_somebody(name)
    )


def rooms_of(programme: Programme, event: SideEvent) -> tuple[str, ...]:
    """The rooms in which an event to be placed may be held, in the order written; one empty name: none is planned."""
    if event.room is not None:
        return (event.room,)
    said = programme.side_events
    return event.rooms or (said.rooms if isinstance(said, SideEvents) else ()) or ("",)


def name_of(programme: Programme, event: str) -> str:
    """What sentences call an event: its title in quotes; where others bear the same, with who holds it, or its id."""
    title = programme.event[event].title
    if alike(title) in TO_BE_NAMED:
        return f"the side event {quoted(event)}"
    same = [other.organiser for other in programme.listed_events if alike(other.title) == alike(title)]
    if len(same) == 1:
        return quoted(title)
    own = programme.event[event].organiser
    return f"{quoted(title)} ({listed(own) if own and same.count(own) == 1 else event})"


class Places:
    """The places open to the events that are to be placed, as far as each is asked alone and with given ones."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.occasions = occasions(programme)
        self.given = given_of(programme)
        self.people = {name: people_of(programme, event) for name, event in programme.event.items()}
        self.rooms = {name: rooms_of(programme, event) for name, event in programme.to_place.items()}

    @cached_property
    def open(self) -> dict[str, dict[int, tuple[str, ...]]]:
        """By event and number of an occasion: the rooms that it may have there. What is not open is left out."""
        found: dict[str, dict[int, tuple[str, ...]]] = {}
        for name in self.programme.to_place:
            found[name] = {}
            for occasion in self.occasions:
                if not self.why_not(name, occasion):
                    found[name][occasion.number] = self._free(name, occasion)
        return found

    def held(self, event: str, occasion: Occasion, room: str) -> HeldEvent:
        """The event at its place: it begins when the window opens."""
        length = self.programme.event[event].length or 0
        return HeldEvent(occasion.day, occasion.opens, occasion.opens + length, event, room)

    def left(self, occasion: Occasion) -> int | None:
        """How many more events a window takes beside the given ones; None: no limit."""
        if occasion.at_most is None:
            return None
        here = sum(occasion.meets(given.day, given.start, given.end) for given in self.given)
        return max(0, occasion.at_most - here)

    def why_not(self, name: str, occasion: Occasion) -> str:
        """Why an event cannot stand in a window, whatever becomes of the others to be placed; empty: it can."""
        event = self.programme.event[name]
        if event.day is not None and event.day != occasion.day:
            return f"its day is given: {show_day(event.day)}"
        if event.windows is not None and not any(means(text, occasion.window) for text in event.windows):
            return f"it asks for {listed(event.windows, 'or')}"
        length, lasts = event.length or 0, occasion.closes - occasion.opens
        if length > lasts:
            return f"it takes {show_minutes(length)}, the window {show_minutes(lasts)}"
        held = self.held(name, occasion, "")
        return self._beside_the_meeting(name, held) or self._people_away(name, held) or self._full(name, occasion)

    def _beside_the_meeting(self, name: str, held: HeldEvent) -> str:
        """Why the meeting is in the way: a slot that is open to all; or a reserved one, for its people or its room."""
        programme = self.programme
        for slot in programme.calendar.axis.slots:
            if not held.meets(slot.day, slot.opens, slot.closes):
                continue
            hours = show_hours(slot.opens, slot.closes)
            if not slot.reserved_for:
                return f"it would run over the meeting's slot {hours}"
            work = programme.work(*slot.reserved_for)
            needed = {alike(person) for session in work for person in programme.perhaps_there(session, *Role)}
            if busy := self.people[name] & needed:
                return f"{called(programme, min(busy))} may be needed in the slot {hours}, which is reserved"
        return ""

    def _people_away(self, name: str, held: HeldEvent) -> str:
        event, persons = self.programme.event[name], self.programme.persons
        for named in dict.fromkeys((*event.organiser, *(event.speakers or ()))):
            away = persons.away(self.programme.person(named), held)
            if away is not None and persons.is_somebody(named):
                return f"{who(away)} is not there"
        for given in self.given:
            if held.overlaps(given) and (both := self.people[name] & self.people[given.event]):
                return f"{called(self.programme, min(both))} is at {name_of(self.programme, given.event)} then"
        return ""

    def _full(self, name: str, occasion: Occasion) -> str:
        if self.left(occasion) == 0:
            return f"the window takes {occasion.at_most} at most, and those that are given fill it"
        if not self._free(name, occasion):
            taken = listed([quoted(self.programme.place_title(room)) for room in self.rooms[name]])
            return f"those that are given, or the meeting, have {taken} then"
        return ""

    def _free(self, name: str, occasion: Occasion) -> tuple[str, ...]:
        """The rooms that neither a given event nor a reserved slot of the meeting has then."""
        held, place = self.held(name, occasion, ""), self.programme.place_title
        taken = {alike(place(given.room)) for given in self.given if given.room and held.overlaps(given)}
        slots = self.programme.calendar.axis.slots
        if any(held.meets(slot.day, slot.opens, slot.closes) for slot in slots):
            taken |= {alike(room.title) for room in self.programme.rooms}
        return tuple(room for room in self.rooms[name] if not room or alike(place(room)) not in taken)

    def key(self, room: str) -> str:
        """One spelling of a room, by id or name; empty where none is planned."""
        return alike(self.programme.place_title(room)) if room else ""


def called(programme: Programme, person: str) -> str:
    """What an organiser or speaker is called who is known by one spelling, as in ``people_of``."""
    for event in programme.listed_events:
        for name in (*event.organiser, *(event.speakers or ())):
            if alike(programme.person(name)) == person:
                return programme.persons.name(programme.person(name))
    return person


def means(text: str, window: Window) -> bool:
    """Whether an event that names a window so means this one: by its name, or by its hours."""
    if alike(text) == alike(window.title):
        return True
    try:
        return parse_hours(text) == window.hours
    except ValueError:
        return False


def shown(held: HeldEvent) -> str:
    """``on Tuesday 23 February, 13:15 - 14:15``."""
    return f"on {show_day(held.day)}, {held.shown}"
