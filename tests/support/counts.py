"""What a timetable costs by ``Counts`` alone: added up here in the plainest way, apart from rules and engine.

The timetable must be one that the counted formulation can hold: each session within one slot, each cell one body's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import combinations
from typing import TypeVar

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rules.counting import Charge, Counts, PriceTable

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


def price(counts: Counts, timetable: Timetable) -> int | None:
    """Points, or None when something is ruled out."""
    bill = _Bill()
    seen = _Seen(counts.programme, timetable)
    for slot, room, body in seen.cells:
        bill.add(counts.body_slot, body, slot)
        bill.add(counts.body_room, body, room)
        bill.add(counts.slot_room, slot, room)
    for pair in seen.pairs_of_cells():
        for one, other in {pair, pair[::-1]}:
            bill.add(counts.bodies_at_once, one, other)
    for placement in timetable:
        bill.add(counts.session_slot, placement.session, placement.slots[0])
        bill.add(counts.session_room, placement.session, placement.room)
    for charge, number in COUNTS.items():
        units = number(seen)
        bill.points += counts.charges[charge] * units
        bill.excluded |= charge in counts.excluded and units > 0
    return None if bill.excluded else bill.points - counts.discount


def says_something(counts: Counts) -> bool:
    """Whether any rule has said anything."""
    tables = [value for value in vars(counts).values() if isinstance(value, PriceTable)]
    priced = any(table.points or table.excluded for table in tables) or bool(counts.charges or counts.excluded)
    return priced or counts.within_slot or counts.one_body_a_cell


class _Bill:
    """Adds up."""

    def __init__(self) -> None:
        self.points = 0
        self.excluded = False

    def add(self, prices: PriceTable[R, C], row: R, column: C) -> None:
        """Once more."""
        self.points += prices.points[row, column]
        self.excluded |= (row, column) in prices.excluded


class _Seen:
    """A timetable of the sort, and its cells: slot, room, body."""

    def __init__(self, programme: Programme, timetable: Timetable) -> None:
        self.programme, self.timetable = programme, list(timetable)
        self.body = {session: BodyId(body.id) for session, body in programme.body_of.items()}
        rooms = list(programme.room)
        cells = {(p.slots[0], p.room, self.body[p.session]) for p in timetable}
        self.cells = sorted(cells, key=lambda cell: (cell[0], rooms.index(cell[1])))

    def pairs_of_cells(self) -> Iterator[tuple[BodyId, BodyId]]:
        """Bodies of two cells in one slot."""
        for one, other in combinations(self.cells, 2):
            if one[0] == other[0]:
                yield one[2], other[2]

    def pairs(self) -> Iterator[tuple[Placement, Placement]]:
        """Sessions in one slot and two rooms."""
        for one, other in combinations(self.timetable, 2):
            if one.slots == other.slots and one.room != other.room:
                yield one, other

    def steps(self, one: Placement, other: Placement) -> int:
        """Steps of the grain that both take, in one slot."""
        taken = [set(range(p.start, p.end, self.programme.grain)) for p in (one, other)]
        return len(taken[0] & taken[1])

    def slots(self, body: BodyId) -> list[int]:
        """Slots of the body's cells, each as often as it has cells there."""
        return [slot for slot, _, owner in self.cells if owner == body]

    def rooms(self, body: BodyId) -> set[RoomId]:
        """Rooms of the body's cells."""
        return {room for _, room, owner in self.cells if owner == body}

    @property
    def bodies(self) -> set[BodyId]:
        """Bodies that sit."""
        return {body for _, _, body in self.cells}

    def presenters_clash(self, one: SessionId, other: SessionId) -> bool:
        """Whether somebody presents in both, or in one and chairs the other's body."""
        a, b = (set(self.programme.there(session, Role.PRESENTER)) for session in (one, other))
        return bool(a & b or a & self._foreign_chairs(other, one) or b & self._foreign_chairs(one, other))

    def attendees_clash(self, one: SessionId, other: SessionId) -> bool:
        """Whether somebody attends both, or attends one and presents in the other or chairs its body."""
        a, b = (self.programme.attendees_of(session) for session in (one, other))
        p, q = (set(self.programme.there(session, Role.PRESENTER)) for session in (one, other))
        return bool(
            a & b or a & q or b & p or a & self._foreign_chairs(other, one) or b & self._foreign_chairs(one, other)
        )

    def _foreign_chairs(self, session: SessionId, than: SessionId) -> frozenset[str]:
        same = self.body[session] == self.body[than]
        return frozenset() if same else self.programme.chairs_of(self.body[session])


def _out_of_order(seen: _Seen) -> int:
    wrong = 0
    position = {session: seen.programme.sessions[session].position for session in seen.programme.sessions}
    for body in seen.bodies:
        number = 0
        for slot, room, owner in seen.cells:
            here = [p for p in seen.timetable if (p.slots[0], p.room) == (slot, room)] if owner == body else []
            for placement in sorted(here, key=lambda p: p.start):
                number += 1
                wrong += position[placement.session] not in (None, number)
    return wrong + sum(
        seen.steps(one, other)
        for one, other in seen.pairs()
        if seen.body[one.session] == seen.body[other.session] and position[one.session] and position[other.session]
    )


def _chairs(seen: _Seen) -> int:
    chairs = seen.programme.chairs_of
    return sum(one != other and bool(chairs(one) & chairs(other)) for one, other in seen.pairs_of_cells())


COUNTS: dict[Charge, Callable[[_Seen], int]] = {
    Charge.FURTHER_ROOMS: lambda seen: sum(len(seen.rooms(body)) - 1 for body in seen.bodies),
    Charge.PARALLEL: lambda seen: sum(len(seen.slots(body)) - len(set(seen.slots(body))) for body in seen.bodies),
    Charge.GAPS: lambda seen: sum(
        set(range(min(seen.slots(body)), max(seen.slots(body)) + 1)) != set(seen.slots(body)) for body in seen.bodies
    ),
    Charge.OUT_OF_ORDER: _out_of_order,
    Charge.PRESENTERS_SLOT: lambda seen: sum(seen.presenters_clash(a.session, b.session) for a, b in seen.pairs()),
    Charge.ATTENDEES_SLOT: lambda seen: sum(seen.attendees_clash(a.session, b.session) for a, b in seen.pairs()),
    Charge.CHAIRS_SLOT: _chairs,
    Charge.PRESENTERS_STEP: lambda seen: sum(
        seen.steps(a, b) for a, b in seen.pairs() if seen.presenters_clash(a.session, b.session)
    ),
    Charge.ATTENDEES_STEP: lambda seen: sum(
        seen.steps(a, b) for a, b in seen.pairs() if seen.attendees_clash(a.session, b.session)
    ),
}
"""How often each thing happens that is charged for everywhere alike."""
