"""What rules add to the counted formulation: prices of bodies, sessions, slots and rooms, and what is ruled out.

The counted formulation serves programmes with many rooms, in which every session is held within one slot and each room
belongs to one body for the whole of a slot (such a slot in such a room is a *cell*). It decides how many sessions of a
body stand in which cells, and only then which of them, and when.

Everything is in points. The price ``None`` excludes something: a hard rule does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme

Row = TypeVar("Row")
Column = TypeVar("Column")

Price: TypeAlias = int | None
"""Points, 0 or more; None: it is excluded."""


class Charge(StrEnum):
    """What has one price for all bodies, in all slots and rooms; each counts for one rule."""

    FURTHER_ROOMS = "rooms of a body beyond the first"
    PARALLEL = "cells of a body in one slot beyond the first"
    GAPS = "bodies whose slots are not a run without holes"
    OUT_OF_ORDER = "sessions out of their place, and pairs of placed sessions of a body at once"
    PRESENTERS_SLOT = "pairs of sessions with a common presenter in one slot and two rooms"
    ATTENDEES_SLOT = "pairs of sessions with a common attendee in one slot and two rooms"
    CHAIRS_SLOT = "pairs of cells in one slot whose bodies have a common chair"
    PRESENTERS_STEP = "steps of the grain that two sessions with a common presenter share"
    ATTENDEES_STEP = "steps of the grain that two sessions with a common attendee share"


class PriceTable(Generic[Row, Column]):
    """A table that adds up: points by row and column, and the pairs that are excluded."""

    def __init__(self) -> None:
        self.points: Counter[tuple[Row, Column]] = Counter()
        self.excluded: set[tuple[Row, Column]] = set()

    def add(self, row: Row, column: Column, price: Price) -> None:
        """Add to the price of a pair, or exclude it."""
        if price is None:
            self.excluded.add((row, column))
        else:
            self.points[row, column] += price


class Counts:
    """Collects what the rules add. Slots are named by their index in the calendar."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.slots = range(len(programme.calendar.axis.slots))
        self.rooms = tuple(RoomId(room.id) for room in programme.rooms)
        self.bodies = tuple(BodyId(b) for b in dict.fromkeys(body.id for body in programme.body_of.values()))
        """Bodies with sessions of their own; a parent without any does not count."""
        self.body_slot: PriceTable[BodyId, int] = PriceTable()
        """For each cell of the body in the slot."""
        self.body_room: PriceTable[BodyId, RoomId] = PriceTable()
        """For each cell of the body in the room."""
        self.slot_room: PriceTable[int, RoomId] = PriceTable()
        """For each cell that is used."""
        self.bodies_at_once: PriceTable[BodyId, BodyId] = PriceTable()
        """For each pair of cells of the two bodies in one slot; either order of the two is the same pair."""
        self.session_slot: PriceTable[SessionId, int] = PriceTable()
        """For the whole session."""
        self.session_room: PriceTable[SessionId, RoomId] = PriceTable()
        """For the whole session."""
        self.discount = 0
        """Points to subtract from all prices together, whatever the timetable."""
        self.charges: Counter[Charge] = Counter()
        self.excluded: set[Charge] = set()
        self.within_slot = False
        """Whether a hard rule holds every session within one slot."""
        self.one_body_a_cell = False
        """Whether a hard rule gives each room to one body for the whole of a slot."""

    def charge(self, what: Charge, price: Price) -> None:
        """Charge for something everywhere, or exclude it."""
        if price is None:
            self.excluded.add(what)
        else:
            self.charges[what] += price

    def keeps_apart(self, one: SessionId, other: SessionId) -> bool:
        """Whether the prices and exclusions so far keep two sessions apart at every minute.

        In one cell no two sessions overlap, nor do two that may sit in one room only. Two cells in one slot are ruled
        out for one body by a hard ``not_parallel_with_itself``, for two by a hard ``chairs_apart`` where they have a
        chair in common.
        """
        a, b = (BodyId(self.programme.body_of[session].id) for session in (one, other))
        if not self.programme.own_slots(one) & self.programme.own_slots(other):
            return True
        if len({*self.programme.rooms_of(one), *self.programme.rooms_of(other)}) == 1:
            return True
        if a == b:
            return Charge.PARALLEL in self.excluded
        excluded = {(a, b), (b, a)} & self.bodies_at_once.excluded
        common = self.programme.chairs_of(a) & self.programme.chairs_of(b)
        return bool(excluded) or (Charge.CHAIRS_SLOT in self.excluded and bool(common))

    def price_slots(
        self, groups: Iterable[tuple[Iterable[SessionId], Callable[[Segment], int]]], weight: Price
    ) -> bool:
        """Charge sessions for slots: ``weight`` for each unit of violation; None excludes slots with a violation.

        Each group of sessions comes with the amount of a segment of one of them. Returns False, and adds nothing, if
        the amount is not the same at every start within some slot.
        """
        prices: list[tuple[SessionId, int, Price]] = []
        for sessions, amount in groups:
            known: dict[tuple[int, int], int | None] = {}
            for session in sessions:
                minutes = self.programme.minutes(session)
                for slot in sorted(self.programme.own_slots(session)):
                    if (slot, minutes) not in known:
                        known[slot, minutes] = self._everywhere_alike(slot, minutes, amount)
                    units = known[slot, minutes]
                    if units is None:
                        return False
                    if units:
                        prices.append((session, slot, None if weight is None else weight * units))
        for price in prices:
            self.session_slot.add(*price)
        return True

    def _everywhere_alike(self, index: int, minutes: int, amount: Callable[[Segment], int]) -> int | None:
        """The amount at every start in a slot at which the minutes fit; 0 without any, None where they differ."""
        slot = self.programme.calendar.axis.slots[index]
        starts = range(slot.begins, slot.ends - minutes + 1, self.programme.grain)
        amounts = {amount(slot.part(slot.start_at(start), slot.end_at(start + minutes))) for start in starts} or {0}
        return amounts.pop() if len(amounts) == 1 else None

    def is_everybody(self, sessions: Iterable[SessionId]) -> bool:
        """Whether a rule is about every session: only then can it be a ``charge``."""
        return set(sessions) == set(self.programme.sessions)

    def units(self, session: SessionId) -> int:
        """Its length in steps of the grain."""
        return self.programme.minutes(session) // self.programme.grain
