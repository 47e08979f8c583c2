"""The views where a body has one room in a slot, and this room to itself: its sessions follow one another there.

So rooms are given to bodies, slot by slot, and counted so. Two sessions sit in one room in a slot exactly when they are
of one body, and those of a body never sit at once. A body gets a literal for each room and slot only where a rule asks
for its room by name, or where its sessions may not sit in the same rooms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable, Where
from scheduler.model.cpsat import cp_model
from scheduler.model.lodging import lodged, lodgings
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.slot_model import Places, SlotModel, countable, unions
from scheduler.model.views import BoolVar


class PackedModel(SlotModel):
    """A model of a programme in which every session sits within one slot, and which keeps what is said above."""

    def __init__(self, programme: Programme, places: Places, deadline: float | None = None) -> None:
        super().__init__(programme, places, deadline, exclusive=True)
        self._bodies = by_body(programme, programme.sessions)
        self._in_slot = {
            (session, slot.index): [start for start, place in of.items() if place.segments[0].slot == slot.index]
            for session, of in places.items()
            for slot in self.axis.slots
        }
        self._rooms_of: dict[tuple[BodyId, int], dict[RoomId, BoolVar]] = {}

    # --- who shares a room ------------------------------------------------------------------------------------

    def _of_one_body(self, one: SessionId, other: SessionId) -> bool:
        return self.programme.body_of[one].id == self.programme.body_of[other].id

    def one_a_slot(self) -> bool:
        """Several of one body."""
        return False

    def one_body_a_cell(self) -> bool:
        """That is what this model is for."""
        return True

    def rooms_used(self, sessions: Sequence[SessionId], slot: int) -> list[BoolVar]:
        """One for each body."""
        used = (self.body_at(members, slot) for members in by_body(self.programme, sessions).values())
        return [literal for literal in used if literal is not self.false]

    def beside(
        self, ones: Sequence[SessionId], others: Sequence[SessionId], slot: int
    ) -> Iterator[tuple[BoolVar, list[BoolVar]]]:
        """Body by body."""
        here, there = (
            {body: self.body_at(members, slot) for body, members in by_body(self.programme, sessions).items()}
            for sessions in (ones, others)
        )
        for body, sit in here.items():
            besides = [literal for other, literal in there.items() if other != body and literal is not self.false]
            if sit is not self.false and besides:
                yield sit, besides

    def share_a_room(self, one: SessionId, other: SessionId, slot: int | None = None) -> BoolVar:  # noqa: ARG002
        """Those of one body do."""
        return self.true if self._of_one_body(one, other) else self.false

    def share_at_most(self, one: SessionId, other: SessionId, steps: int) -> BoolVar:
        """Those of one body never sit at once."""
        return self.true if self._of_one_body(one, other) else super().share_at_most(one, other, steps)

    def changes_over(self, one: SessionId, other: SessionId, minutes: int) -> BoolVar:
        """Two bodies that share a slot sit in two rooms."""
        if self._of_one_body(one, other):
            return self._changes_over_by_place(one, other, minutes)
        return self._changes_over_in_two_slots(one, other, minutes)

    # --- rooms ------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Sessions of a body do not overlap; rooms hold to what places leave, and to one body each in a slot."""
        for members in self._bodies.values():
            self.at_most_at_once(members, 1)
        self._hold_named_rooms()
        for slot in self.axis.slots:
            here = {body: parts for body, parts in self._parties(slot.index).items() if parts}
            common = countable(Counter(rooms for parts in here.values() for rooms in self._sets(parts, slot.index)))
            for body, parts in here.items():
                if self._by_name(body, self._sets(parts, slot.index), common):
                    self._name_rooms(body, parts, slot.index)
            self._count_rooms_in(slot.index, here)
        self._in_room.closed = True

    def _parties(self, slot: int) -> Mapping[BodyId, list[SessionId]]:
        """By body, those that may sit in the slot."""
        return {body: [s for s in members if self._in_slot[s, slot]] for body, members in self._bodies.items()}

    def _sets(self, parts: Sequence[SessionId], slot: int) -> set[frozenset[RoomId]]:
        return {self._places[s][start].rooms for s in parts for start in self._in_slot[s, slot]}

    def _by_name(self, body: BodyId, sets: set[frozenset[RoomId]], common: set[frozenset[RoomId]]) -> bool:
        """Whether the rooms of a body in a slot need literals: rules ask for them, or counting would not do."""
        nested = all(one <= other or other <= one for one, other in combinations(sets, 2))
        return not nested or not sets <= common or any(s in self._in_room for s in self._bodies[body])

    def _name_rooms(self, body: BodyId, parts: Sequence[SessionId], slot: int) -> None:
        rooms = sorted(frozenset[RoomId]().union(*self._sets(parts, slot)))
        named: dict[RoomId, BoolVar] = {room: self.choice(f"{body} in {room} in {slot}") for room in rooms}
        self._rooms_of[body, slot] = named
        self.cp.add_at_most_one(named.values())
        for session in parts:
            for start in self._in_slot[session, slot]:
                self.clause(
                    self.negated(self._at[session][start]), *(named[r] for r in self._places[session][start].rooms)
                )
            for room, literal in self._in_room.get(session, {}).items():
                sits = self.touches(session, slot)
                self.clause(self.negated(sits), self.negated(literal), named.get(room, self.false))

    def _count_rooms_in(self, slot: int, here: Mapping[BodyId, Sequence[SessionId]]) -> None:
        """For each set of rooms: as many bodies are confined to it as it has rooms."""
        counted = {body: parts for body, parts in here.items() if (body, slot) not in self._rooms_of}
        sets = {rooms for parts in counted.values() for rooms in self._sets(parts, slot)}
        single = {frozenset([room]) for (_, at), named in self._rooms_of.items() if at == slot for room in named}
        for rooms in sorted(unions(sets) | single, key=sorted):
            literals, bodies = [], 0
            for body, parts in here.items():
                if (body, slot) in self._rooms_of:
                    inside = [literal for room, literal in self._rooms_of[body, slot].items() if room in rooms]
                else:
                    inside = self._confined(parts, slot, rooms)
                literals += inside
                bodies += bool(inside)
            if bodies > len(rooms):
                self._at_most(literals, len(rooms))

    def _confined(self, parts: Sequence[SessionId], slot: int, rooms: frozenset[RoomId]) -> list[BoolVar]:
        """Literals of which one is true when the body sits in the slot and has only these rooms: else none."""
        inside = {
            session: tuple(s for s in self._in_slot[session, slot] if self._places[session][s].rooms <= rooms)
            for session in parts
        }
        shortest = sorted(self.programme.minutes(session) for session, starts in inside.items() if starts)
        if sum(shortest[:2]) > self.axis.slots[slot].minutes or len(shortest) == 1:
            return [self._at[session][start] for session, starts in inside.items() for start in starts]
        literal = self.any_of(
            ("confined", tuple(parts), slot, rooms),
            [self._among(session, starts) for session, starts in inside.items()],
        )
        return [] if literal is self.false else [literal]

    def stays(self, session: SessionId, start: int, where: Where) -> BoolVar:
        """Named: its room is that of its body."""
        return ScheduleModel.stays(self, session, start, where)

    def alike(self, timetable: Timetable, most: int) -> list[Timetable]:
        """As in slots; those of a body that share a slot move together."""
        starts = {placement.session: placement.start for placement in timetable}
        parties, found = self._parties_at(starts), [timetable]
        rooms, spans = {}, {}
        for (_, slot), party in parties.items():
            named = any(session in self._in_room for session in party)
            left = frozenset.intersection(*(self._places[s][starts[s]].rooms for s in party))
            rooms[party[0]] = frozenset([timetable[party[0]].room]) if named else left
            spans[party[0]] = ((self.axis.slots[slot].begins, self.axis.slots[slot].ends),)
        for given in lodgings(self.programme, spans, rooms, most, exclusive=True):
            places = {s: (starts[s], given[party[0]]) for party in parties.values() for s in party}
            other = Timetable(self.programme.place_all({s: places[s] for s in starts}).values())
            found += [other] if other != timetable and len(found) < most else []
        return found

    def _parties_at(self, starts: Mapping[SessionId, int]) -> dict[tuple[BodyId, int], list[SessionId]]:
        """By body and slot, the sessions that sit there."""
        parties: dict[tuple[BodyId, int], list[SessionId]] = {}
        for session, start in starts.items():
            slot = self._sits[session][start][0].slot
            parties.setdefault((BodyId(self.programme.body_of[session].id), slot), []).append(session)
        return parties

    def read(self, solver: cp_model.CpSolver) -> Timetable:
        """As in slots; those of a body that share a slot get one room."""
        starts = {
            session: next(start for start, literal in at.items() if solver.boolean_value(literal))
            for session, at in self._at.items()
        }
        parties = self._parties_at(starts)
        rooms, spans = {}, {}
        for (body, slot), party in parties.items():
            rooms[party[0]] = frozenset.intersection(*(self._places[s][starts[s]].rooms for s in party))
            if named := self._rooms_of.get((body, slot)):
                rooms[party[0]] = frozenset(room for room, literal in named.items() if solver.boolean_value(literal))
            spans[party[0]] = ((self.axis.slots[slot].begins, self.axis.slots[slot].ends),)
        found = lodged(self.programme, spans, rooms, exclusive=True)
        places = {s: (starts[s], found[party[0]]) for party in parties.values() for s in party}
        return Timetable(self.programme.place_all({s: places[s] for s in starts}).values())
