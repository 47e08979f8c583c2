"""The model of side events: a literal says that an event stands in a window.

Where an event may not have every room of a window, there is one more literal for each of its rooms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.side_events import HeldEvent, SideEvents
from scheduler.model.cpsat import cp_model
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.side_events.judging import by_day
from scheduler.side_events.places import Occasion, Places
from scheduler.solving.search import Answer, Search

CHUNK_BITS = 36
"""Windows are compared in chunks of this number of bits, so that objectives stay well within 64."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is out already: where events stood, and what may not change."""

    places: Mapping[str, HeldEvent] = field(default_factory=dict)
    frozen: Callable[[date, int], bool] = lambda _day, _start: False
    """Whether what begins then stays, and nothing moves there."""
    windows: Mapping[str, int] = field(default_factory=dict)
    """By event the number of the window in which it must stand."""
    cheapest: bool = False
    """Whether cost comes before moves: of the cheapest places those that move the fewest."""


class EventsModel:
    """The literals and conditions of the side events; ``events`` names those that are posted, None: all."""

    def __init__(
        self, scenario: Scenario, places: Places, kept: Kept | None = None, events: Iterable[str] | None = None
    ) -> None:
        self.cp = cp_model.CpModel()
        self.scenario, self.places, self.kept = scenario, places, kept or Kept()
        self.events = list(scenario.to_place if events is None else events)
        self.stays: dict[str, cp_model.IntVar] = {}
        """By event that was out and could stay: it does, in its window and its room."""
        self.open = {name: self._where(name) for name in self.events}
        """By event and number of a window: the rooms that it may have there."""
        self.at = {
            (name, number): self.cp.new_bool_var(f"{name} {number}")
            for name in self.events
            for number in self.open[name]
        }
        for name in self.events:
            self.cp.add_exactly_one(self.at[name, number] for number in self.open[name])
        for occasion in places.occasions:
            here = [name for name in self.events if occasion.number in self.open[name]]
            self._one_room_each(occasion, here)
            if (left := places.left(occasion)) is not None:
                self.cp.add(sum(self.at[name, occasion.number] for name in here) <= left)
            for group in self._of_one_person(here):
                self.cp.add_at_most_one(self.at[name, occasion.number] for name in group)

    def _where(self, name: str) -> dict[int, tuple[str, ...]]:
        """Windows and rooms open to an event; a frozen one stays, and no other comes to a frozen window."""
        found, was = self.places.open[name], self.kept.places.get(name)
        if was is not None and self.kept.frozen(was.day, was.start):
            return {n: (was.room,) for n, rooms in found.items() if self._is_at(was, n) and was.room in rooms}
        occasions = self.places.occasions
        if name in self.kept.windows:
            found = {number: rooms for number, rooms in found.items() if number == self.kept.windows[name]}
        return {n: r for n, r in found.items() if not self.kept.frozen(occasions[n].day, occasions[n].opens)}

    def _is_at(self, was: HeldEvent, number: int) -> bool:
        occasion = self.places.occasions[number]
        return (occasion.day, occasion.opens) == (was.day, was.start)

    def _of_one_person(self, here: Sequence[str]) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in here:
            for person in self.places.people[name]:
                groups[person].append(name)
        return [group for group in groups.values() if len(group) > 1]

    def _one_room_each(self, occasion: Occasion, here: Sequence[str]) -> None:
        """No two events of a window in one room: events that may have any of its rooms are only counted.

        Those have what the others leave (Hall's theorem), so that only who may not have every room, or stays in one,
        needs a literal for each room.
        """
        number, of_room = occasion.number, defaultdict[str, list[cp_model.IntVar]](list)
        keys = {name: {self.places.key(room): room for room in self.open[name][number]} for name in here}
        every = {key for own in keys.values() for key in own} - {""}
        if every:
            self.cp.add(sum(self.at[name, number] for name in here if "" not in keys[name]) <= len(every))
        for name, own in keys.items():
            was = self.kept.places.get(name)
            stays = was.room if was is not None and self._is_at(was, number) and was.room in own.values() else None
            if "" in own:
                self.stays |= {name: self.at[name, number]} if stays is not None else {}
                continue
            among = own if own.keys() != every else {} if stays is None else {self.places.key(stays): stays}
            literals = {room: self.cp.new_bool_var(f"{name} {number} {room}") for room in among.values()}
            for key, room in among.items():
                of_room[key].append(literals[room])
            if own.keys() != every:
                self.cp.add(sum(literals.values()) == self.at[name, number])
            elif stays is not None:
                self.cp.add_implication(literals[stays], self.at[name, number])
            if stays is not None:
                self.stays[name] = literals[stays]
        for of_one in of_room.values():
            self.cp.add_at_most_one(of_one)

    def stages(self) -> list[tuple[str, cp_model.LinearExprT]]:
        """What is minimised, one after the other: moves of what was out, and cost in points."""
        moves = [("moves", sum(1 - stays for stays in self.stays.values()))] if self.stays else []
        cost = [("cost", self._cost())]
        return [*cost, *moves] if self.kept.cheapest else [*moves, *cost]

    def _cost(self) -> cp_model.LinearExprT:
        said, calendar = self.scenario.side_events, self.scenario.calendar
        assert isinstance(said, SideEvents)
        terms: list[cp_model.LinearExprT] = [0]
        for name in self.events if said.missed_wish else ():
            if (wished := self.scenario.event[name].wished) is not None:
                days = {day for part in wished for day in part.days(calendar)}
                away = [n for n in self.open[name] if self.places.occasions[n].day not in days]
                terms.append(said.missed_wish * sum(self.at[name, number] for number in away))
        if said.spread:
            terms.append(said.spread * self._unevenness())
        return sum(terms)

    def _unevenness(self) -> cp_model.LinearExprT:
        """By how many the fullest day has more than the emptiest, but for one; at least 0."""
        given = by_day(self.scenario, ())
        most = len(self.scenario.listed_events)
        full, empty = (self.cp.new_int_var(0, most, name) for name in ("fullest", "emptiest"))
        more = self.cp.new_int_var(0, most, "more")
        for day, number in given.items():
            of_day = [v for (_, n), v in self.at.items() if self.places.occasions[n].day == day]
            self.cp.add(full >= sum(of_day) + number)
            self.cp.add(empty <= sum(of_day) + number)
        self.cp.add(more >= full - empty - 1)
        return more

    def windows(self, answer: Answer) -> dict[str, tuple[int, bool]]:
        """By event the number of its window, and whether it stays where it was."""
        return {
            name: (number, name in self.stays and bool(answer.solver.value(self.stays[name])))
            for (name, number), literal in self.at.items()
            if answer.solver.value(literal)
        }

    def is_only_one(self, found: Mapping[str, tuple[int, bool]], search: Search) -> bool:
        """Whether it is proved that the events cannot stand otherwise as well, in their windows or in their rooms."""
        if any(len(rooms) > 1 for rooms in (self.open[name][number] for name, (number, _) in found.items())):
            return False  # another room, or two rooms exchanged, may do as well
        model = self.cp.clone()
        model.clear_objective()  # type: ignore[no-untyped-call]
        model.add_bool_or(self.at[name, number].negated() for name, (number, _) in found.items())
        return search.run(model, workers=1, seed=0, presolve=False).status is Status.INFEASIBLE

    def first(self, found: dict[str, tuple[int, bool]], search: Search) -> dict[str, tuple[int, bool]]:
        """Of equally good answers the first in the fixed order; what was found where time runs out."""
        base = len(self.places.occasions)
        per_chunk = max(1, CHUNK_BITS // max(1, base.bit_length()))
        for begin in range(0, len(self.events), per_chunk):
            chunk = self.events[begin : begin + per_chunk]
            order = sum(
                number * base ** (len(chunk) - 1 - at) * self.at[name, number]
                for at, name in enumerate(chunk)
                for number in self.open[name]
            )
            self.cp.minimize(order)
            answer = search.run(self.cp, workers=1, seed=0, presolve=False)
            if answer.status is not Status.OPTIMAL:
                return found
            found = self.windows(answer)
            for name in chunk:
                self.cp.add(self.at[name, found[name][0]] == 1)
        return found

    def in_rooms(self, found: Mapping[str, tuple[int, bool]]) -> tuple[HeldEvent, ...]:
        """Each event in its room: what stays keeps it, then the first events have the first rooms."""
        held = []
        for occasion in self.places.occasions:
            here = [name for name in self.events if found[name][0] == occasion.number]
            options = {
                name: (self.kept.places[name].room,) if found[name][1] else self.open[name][occasion.number]
                for name in here
            }
            for name, room in self._first_rooms(options).items():
                held.append(self.places.held(name, occasion, room))
        return tuple(sorted(held))

    def _first_rooms(self, options: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The first room for the first event with which the others still find one, and so on."""
        left = {name: list(rooms) for name, rooms in options.items()}
        for name, rooms in options.items():
            for room in rooms:
                left[name] = [room]
                if self._matched(left):
                    break
        return {name: rooms[0] for name, rooms in left.items()}

    def _matched(self, options: Mapping[str, Sequence[str]]) -> bool:
        """Whether every event can have a room of its own."""
        holder: dict[str, str] = {}

        def seat(name: str, tried: set[str]) -> bool:
            for room in options[name]:
                key = self.places.key(room)
                if not key:
                    return True
                if key not in tried:
                    tried.add(key)
                    if key not in holder or seat(holder[key], tried):
                        holder[key] = name
                        return True
            return False

        return all(seat(name, set()) for name in options)
