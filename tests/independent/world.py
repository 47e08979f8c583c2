"""A second reading of a scenario, from the documentation alone: days, slots, people and where sessions can sit.

Nothing of the project is imported here. Time is not an axis but a list of *cells*: steps of the grain, each in a slot.
A session takes as many of its own cells, one after the other, as it is long. What the rules say on top of this stands
in ``independent.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

Data = dict[str, Any]
Cell = tuple[int, int]
"""The number of a slot, and the minute after midnight at which the step begins."""
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def minutes_of(text: str) -> int:
    """``10:00`` as 600."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def hours_of(text: str) -> tuple[int, int]:
    """``10:00-13:00`` as 600 and 780; over midnight the second is of the next day, ``22:00-01:00`` as 1320 and 1500."""
    opens, closes = map(minutes_of, text.split("-"))
    return opens, closes if opens < closes else closes + 24 * 60


def length_of(text: str) -> int:
    """``90 min`` as 90; the drawing writes no other form."""
    return int(text.removesuffix(" min"))


def _is_in(text: str, day: date) -> bool:
    """Whether a day is a weekday, a date or one of a range."""
    if ".." in text:
        first, last = map(date.fromisoformat, text.split(".."))
        return first <= day <= last
    return text in (day.isoformat(), day.strftime("%A"))


def _pauses(calendar: Data, day: date) -> Iterator[tuple[int, int]]:
    """The hours of the breaks of a day."""
    for pause in calendar.get("breaks", ()):
        days = pause.get("days", [day.isoformat()])
        ranges = [tuple(text.split("..")) for text in days if ".." in text]
        within = any(first <= day.isoformat() <= last for first, last in ranges)
        if within or day.isoformat() in days or day.strftime("%A") in days:
            yield hours_of(pause["hours"])


@dataclass(frozen=True)
class Slot:
    """A window of a day, perhaps reserved for some names."""

    number: int
    day: date
    opens: int
    closes: int
    reserved: frozenset[str]
    pauses: tuple[tuple[int, int], ...] = ()
    """Hours within it in which nobody sits."""

    def works(self, minute: int) -> bool:
        """Whether a minute of it lies in no pause."""
        return not any(first <= minute < last for first, last in self.pauses)


@dataclass(frozen=True)
class Sitting:
    """One session in a room, with the cells that it takes, in order; or in several, each with the slots in which it is.

    ``rooms``: the room of each cell.
    """

    session: str
    rooms: tuple[str, ...]
    cells: tuple[Cell, ...]
    grain: int

    @property
    def room(self) -> str:
        """Where it starts."""
        return self.rooms[0]

    @property
    def places(self) -> set[tuple[str, Cell]]:
        """Where it sits when."""
        return set(zip(self.rooms, self.cells, strict=True))

    def room_in(self, slot: int) -> str | None:
        """Its room in a slot; None where it does not sit then."""
        return next((room for room, cell in zip(self.rooms, self.cells, strict=True) if cell[0] == slot), None)

    @property
    def first(self) -> Cell:
        """The cell in which it starts."""
        return self.cells[0]

    @property
    def last(self) -> Cell:
        """The cell with which it ends."""
        return self.cells[-1]

    @property
    def parts(self) -> list[tuple[int, int, int]]:
        """What falls into each slot: its number, from when, until when."""
        found: dict[int, list[int]] = {}
        for slot, minute in self.cells:
            found.setdefault(slot, []).append(minute)
        return [(slot, min(held), max(held) + self.grain) for slot, held in found.items()]


class World:
    """What a scenario says, without its rules."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.grain = length_of(data["calendar"]["grain"])
        self.slots = list(self._slots(data["calendar"]))
        self.days = sorted({slot.day for slot in self.slots})
        self.rooms = [room["id"] for room in data["rooms"]]
        self.room = {room["id"]: room for room in data["rooms"]}
        self.everybody = frozenset(audience["id"] for audience in data["audiences"])
        self.bodies: dict[str, Data] = {body["id"]: body for body in data["bodies"]}
        self.officers: dict[str, Data] = {officer["id"]: officer for officer in data.get("officers", ())}
        self.people: dict[str, Data] = {person.get("id", person["name"]): person for person in data.get("people", ())}
        self.sessions: dict[str, Data] = {}
        self.body_of: dict[str, str] = {}
        for body in data["bodies"]:
            said = {session["id"]: session for session in body.get("sessions", ())}
            for session in said.values():
                if "repeats" in session:
                    first = said[session["repeats"]]
                    session = {key: first[key] for key in first if key != "position"} | session
                self.sessions[session["id"]] = session
                self.body_of[session["id"]] = body["id"]
        self.filled: dict[str, list[tuple[str, str, int]]] = {}
        next(self.fillings(), None)

    def _slots(self, calendar: Data) -> Iterator[Slot]:
        number = 0
        for day in calendar["days"]:
            shown = day if isinstance(day, dict) else {"date": day}
            for hours in shown.get("slots", calendar.get("slots", ())):
                known = hours if isinstance(hours, dict) else {"hours": hours}
                opens, closes = hours_of(known["hours"])
                reserved = frozenset(known.get("reserved_for", ()))
                on = date.fromisoformat(shown["date"])
                spans = [(a + more, b + more) for a, b in _pauses(calendar, on) for more in (0, 24 * 60)]
                pauses = [span for span in spans if opens < span[0] and span[1] < closes]
                yield Slot(number, on, opens, closes, reserved, tuple(pauses))
                number += 1

    # --- who meets ---------------------------------------------------------------------------------------------------

    def above(self, body: str) -> Iterator[str]:
        """A body and those that it belongs to."""
        name: str | None = body
        while name is not None:
            yield name
            name = self.bodies[name].get("parent")

    def work(self, *names: str) -> list[str]:
        """The sessions of bodies and those below them, or sessions; of no names: all, in the order of the scenario."""
        return [
            session
            for session, body in self.body_of.items()
            if not names or session in names or any(each in names for each in self.above(body))
        ]

    def times(self, sessions: Iterable[str]) -> list[list[str]]:
        """The sessions in order, each with those that hold the same again."""
        found: dict[str, list[str]] = {}
        for session in sessions:
            found.setdefault(self.sessions[session].get("repeats", session), []).append(session)
        return list(found.values())

    def admitted(self, session: str) -> frozenset[str]:
        """Audiences of a session: its own, its body's, or those of the nearest body above that names some."""
        said = self.said(session, "access")
        return self.everybody if said is None else frozenset(said)

    def said(self, session: str, key: str) -> Any:
        """What a session says under a key, or its body, or the nearest body above that says it; None: none of them."""
        body = self.body_of[session]
        holders = (self.sessions[session], *(self.bodies[name] for name in self.above(body)))
        return next((holder[key] for holder in holders if key in holder), None)

    def closed(self, session: str) -> bool:
        """Whether somebody is kept out."""
        return self.admitted(session) != self.everybody

    # --- people ------------------------------------------------------------------------------------------------------

    def posts_of(self, word: str) -> list[Data]:
        """Everything that is written of the person of this id or name; of somebody who stands nowhere else, nothing."""
        known = [*(o for o in self.officers.values() if not o.get("vacant")), *self.people.values()]
        meant = [each for each in known if each.get("id") == word]
        meant = meant or [each for each in known if each.get("name") == word and "same_name" not in each]
        if not meant or "name" not in meant[0] or "same_name" in meant[0]:
            return meant
        return [each for each in known if each.get("name") == meant[0]["name"] and "same_name" not in each]

    def person(self, word: str) -> str | None:
        """One word for a person, however the scenario names them; None: a vacant post is nobody."""
        if word in self.officers and self.officers[word].get("vacant"):
            return None
        posts = self.posts_of(word)
        called = {post["name"] for post in posts if "name" in post and "same_name" not in post}
        return min(called, default=str(posts[0].get("id", word)) if posts else word)

    def seats(self, session: str) -> list[tuple[str, list[tuple[str, int]]]]:
        """Why somebody must be there, and who may be, each with a price; what nobody can fill is left out."""
        found: dict[str, tuple[str, Any]] = {}
        for why, holder in (("chair", self.bodies[self.body_of[session]]), ("officer", self.sessions[session])):
            for entry in holder.get("officers", ()):
                head = entry if isinstance(entry, str) else str(entry.get("one_of") or entry["who"])
                found[head] = (found.get(head, (why, entry))[0], entry)
        listed = [*found.values(), *(("presenter", entry) for entry in self.sessions[session].get("presenters", ()))]
        seats = [
            (why, [(word, price) for word, price in self._may(entry) if self.person(word)]) for why, entry in listed
        ]
        return [(why, who) for why, who in seats if who]

    def _may(self, entry: Any) -> list[tuple[str, int]]:
        if isinstance(entry, str):
            return [(entry, 0)]
        if "one_of" in entry:
            return [(word, 0) for word in entry["one_of"]]
        deputies = [(word, entry["price"]) for word in entry["deputies"]]
        return [(entry["who"], 0), *deputies] if self.person(entry["who"]) else []

    def fillings(self) -> Iterator[None]:
        """Every way of filling the seats of all sessions, one after the other; it holds until the next."""
        numbered = [(session, n) for session in self.sessions for n in range(len(self.seats(session)))]
        for chosen in product(*(self.seats(session)[n][1] for session, n in numbered)):
            self.filled = {}
            for (session, n), choice in zip(numbered, chosen, strict=True):
                self.filled.setdefault(session, []).append((self.seats(session)[n][0], *choice))
            yield

    def there(self, session: str, *why: str) -> set[str]:
        """The people who must be there for one of the reasons."""
        named = (word for reason, word, _ in self.filled.get(session, ()) if reason in why)
        return {person for word in named if (person := self.person(word)) is not None}

    def serving(self, session: str) -> set[str]:
        """The people who hold a post of the session or its body that is not vacant."""
        return self.there(session, "chair", "officer")

    def presenting(self, session: str) -> set[str]:
        """The people who present."""
        return self.there(session, "presenter")

    def attending(self, session: str) -> set[str]:
        """The people who want to be there."""
        return {person for word in self.sessions[session].get("attendees", ()) if (person := self.person(word))}

    def chairing(self, session: str) -> set[str]:
        """The people who hold a post of the body of a session, and serve there."""
        return self.there(session, "chair")

    def prices(self, session: str) -> int:
        """What the deputies cost who stand in."""
        return sum(price for _, _, price in self.filled.get(session, ()))

    def away(self, person: str, day: date, minutes: list[int]) -> bool:
        """Whether a person misses one of these steps, by what any place says of them."""
        for post in self.posts_of(person):
            absent, present = post.get("absent", ()), post.get("present", ())
            if any(self._within(period, day, minute) for period in absent for minute in minutes):
                return True
            if present and not all(any(self._within(period, day, minute) for period in present) for minute in minutes):
                return True
        return False

    def _within(self, period: str, day: date, minute: int) -> bool:
        """Whether a minute of a slot of the day lies in days, halves or hours of them, as in ``Monday am``.

        A day and its halves mean the slots that begin then; hours are those of the clock, over midnight too.
        """
        text, _, part = period.partition(" ")
        if ":" in part:
            opens, closes = hours_of(part)
            begun = (day + timedelta(days=more) for more in (-1, 0, 1) if opens <= minute - more * 24 * 60 < closes)
            return any(_is_in(text, each) for each in begun)
        if not _is_in(text, day):
            return False
        slot = next(s for s in self.slots if s.day == day and s.opens <= minute < s.closes)
        return not part or (part == "pm") == (slot.opens >= 12 * 60)

    # --- where sessions can sit --------------------------------------------------------------------------------------

    def own(self, session: str) -> list[Slot]:
        """Slots that are reserved for nobody, or for the session or a body that it belongs to."""
        names = {session, *self.above(self.body_of[session])}
        return [slot for slot in self.slots if not slot.reserved or slot.reserved & names]

    def cells(self, slots: list[Slot]) -> list[Cell]:
        """The steps of slots, in order."""
        steps = [(slot, minute) for slot in slots for minute in range(slot.opens, slot.closes, self.grain)]
        return [(slot.number, minute) for slot, minute in steps if slot.works(minute)]

    def length(self, session: str) -> int:
        """In cells."""
        return length_of(self.sessions[session]["duration"]) // self.grain

    def rooms_of(self, session: str) -> list[str]:
        """Rooms in which it may sit."""
        wanted = self.sessions[session].get("rooms")
        return [room for room in self.rooms if not wanted or room in wanted]

    def sittings(self, session: str) -> list[Sitting]:
        """Every place and time."""
        cells, length = self.cells(self.own(session)), self.length(session)
        stretches = [tuple(cells[start : start + length]) for start in range(len(cells) - length + 1)]
        return [
            Sitting(session, rooms, taken, self.grain)
            for taken in stretches
            for rooms in self._rooms_for(session, taken)
        ]

    def _rooms_for(self, session: str, cells: tuple[Cell, ...]) -> Iterator[tuple[str, ...]]:
        """The room of each cell, in every way: one for all, or one a day where the room may change overnight."""
        dates = [self.slots[slot].day for slot, _ in cells]
        if not self.said(session, "room_may_change"):
            yield from ((room,) * len(cells) for room in self.rooms_of(session))
            return
        days = sorted(set(dates))
        for chosen in product(self.rooms_of(session), repeat=len(days)):
            yield tuple(chosen[days.index(day)] for day in dates)

    def by_day(self, sitting: Sitting) -> list[Sitting]:
        """What falls on each day, of a session that may change its room overnight; any other as it is."""
        if not self.said(sitting.session, "room_may_change") or len(self.rooms_of(sitting.session)) == 1:
            return [sitting]
        found = []
        for day in sorted({self.slots[slot].day for slot, _ in sitting.cells}):
            cells = tuple(cell for cell in sitting.cells if self.slots[cell[0]].day == day)
            room = sitting.room_in(cells[0][0]) or ""
            found.append(Sitting(sitting.session, (room,) * len(cells), cells, self.grain))
        return found

    def moved(self, sitting: Sitting) -> int:
        """What the nights cost after which it goes on in another room."""
        rooms = [day.room for day in self.by_day(sitting)]
        changes = sum(a != b for a, b in pairwise(rooms))
        return changes and changes * self.said(sitting.session, "room_may_change")["price"]

    def timetables(self) -> Iterator[dict[str, Sitting]]:
        """Every timetable, whatever the rules say."""
        for chosen in product(*(self.sittings(session) for session in self.sessions)):
            yield {sitting.session: sitting for sitting in chosen}

    # --- parts of the calendar ---------------------------------------------------------------------------------------

    def meant(self, text: str) -> set[Cell]:
        """The cells of a part of the calendar, such as ``last day pm`` or ``Friday 10:00-11:00``."""
        words, found = text.split(), set()
        half = words.pop() if words[-1] in ("am", "pm") else None
        if words and ":" in words[-1]:
            hours = hours_of(words.pop())
            return {cell for cell in self.cells(self.slots) if self._at_hours(cell, words, hours)}
        for slot in self.slots:
            if half == "am" and not (slot.opens < 12 * 60 and slot.closes <= 14 * 60):
                continue
            if half == "pm" and slot.opens < 12 * 60:
                continue
            if words and not self._is_day(words, slot.day):
                continue
            found |= set(self.cells([slot]))
        return found

    def _at_hours(self, cell: Cell, words: list[str], hours: tuple[int, int]) -> bool:
        """Whether a cell lies in hours of the clock that begin on a day; after midnight it is that of the next day."""
        slot, minute = self.slots[cell[0]], cell[1]
        shifts = [more for more in (-1, 0, 1) if hours[0] <= minute - more * 24 * 60 < hours[1]]
        return any(not words or self._is_day(words, slot.day + timedelta(days=more)) for more in shifts)

    def _is_day(self, words: list[str], day: date) -> bool:
        match words:
            case ["first", "day"]:
                return day == self.days[0]
            case ["last", "day"]:
                return day == self.days[-1]
            case [name] if name in WEEKDAYS:
                return WEEKDAYS[day.weekday()] == name
            case [text] if ".." in text:
                first, last = map(date.fromisoformat, text.split(".."))
                return first <= day <= last
            case [text]:
                return day == date.fromisoformat(text)
        raise ValueError(words)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
