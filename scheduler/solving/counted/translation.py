"""A scenario as a problem of counts, and a plan of that problem as a timetable.

Bodies become tracks, slots become sessions that run in every room, sessions become talks of whole steps of the grain.
The rules add the rest to ``Counts``. What a hard rule excludes gets the price ``prohibitive``, above everything that
could be saved by it: a plan that costs that much breaks a rule, and when every plan does, the scenario is infeasible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scheduler.domain.base import BodyId, RoomId
from scheduler.domain.people import wanted_twice
from scheduler.domain.timetable import Timetable
from scheduler.rules.counting import Charge, Counts, PriceTable
from scheduler.scenario import Scenario
from scheduler.solving.counted.problem import CellPlan, Cells, Pairs, Problem, Table, Talk

_Row = TypeVar("_Row", bound=Hashable)
_Column = TypeVar("_Column", bound=Hashable)

LARGEST_COST = 2**53
"""The solver reports costs as floating-point numbers, which are exact up to here."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A scenario in the terms of the counted formulation."""

    scenario: Scenario
    problem: Problem
    discount: int
    """Points by which the costs of the problem exceed those of the scenario."""
    prohibitive: int
    """A plan that costs at least this breaks a hard rule."""

    def timetable(self, plan: CellPlan) -> Timetable:
        """The timetable that a plan describes."""
        scenario, slots = self.scenario, self.scenario.calendar.axis.slots
        names, rooms = list(scenario.sessions), [room.id for room in scenario.rooms]
        found = {}
        for (slot, room), standing in sorted(plan.slots.items()):
            for step, number in enumerate(standing):
                if number is not None and number not in found:
                    start = slots[slot].begins + step * scenario.grain
                    placement = scenario.place(names[number], start, rooms[room])  # type: ignore[arg-type]  # its id
                    assert placement is not None, f"{names[number]} was given a start at which it does not fit"
                    found[number] = placement
        return Timetable(found[number] for number in sorted(found))

    def plan(self, timetable: Timetable) -> CellPlan:
        """The plan that describes a timetable of all sessions."""
        scenario, problem = self.scenario, self.problem
        room_of = {RoomId(room.id): number for number, room in enumerate(scenario.rooms)}
        tracks: Cells = {}
        rows: dict[tuple[int, int], list[int | None]] = {}
        for number, (session, talk) in enumerate(zip(scenario.sessions, problem.talks, strict=True)):
            placement = timetable[session]
            slot = placement.slots[0]
            step = (placement.start - scenario.calendar.axis.slots[slot].begins) // scenario.grain
            cell = slot, room_of[placement.room]
            tracks[cell] = talk.track
            row = rows.setdefault(cell, [None] * problem.slots[slot])
            row[step : step + talk.need] = [number] * talk.need
        return CellPlan(tracks, {cell: tuple(row) for cell, row in rows.items()})


def translate(scenario: Scenario) -> Translation | tuple[str, ...]:
    """The problem that a scenario describes; or each reason why it cannot be counted."""
    counts = Counts(scenario)
    rules = sorted(scenario.all_rules, key=lambda rule: rule.counted_last)
    reasons = [f"rule '{rule.name}' ({rule.rule})" for rule in rules if not rule.count_into(counts)]
    if not counts.within_slot:
        reasons.append("no hard rule 'within_slot' holds every session within one slot")
    if not counts.one_body_a_cell:
        reasons.append("no hard rule 'one_body_per_room' gives a room to one body for a whole slot")
    reasons += [f"'{session}' can be suspended" for session in scenario.gives_way]
    reasons += [f"'{session}' may change its room overnight" for session in scenario.may_change_room]
    if reasons:
        return tuple(reasons)
    _exclude_what_is_closed(counts, scenario)
    prohibitive = _greatest_cost(counts, scenario) + 1
    if prohibitive > LARGEST_COST:
        return ("its weights and penalties make numbers too large to add up",)
    return Translation(scenario, _Translator(counts, scenario, prohibitive).problem(), counts.discount, prohibitive)


def _exclude_what_is_closed(counts: Counts, scenario: Scenario) -> None:
    """Exclude slots that are reserved for others, and rooms in which a session may not be."""
    for session in scenario.sessions:
        for slot in set(counts.slots) - scenario.own_slots(session):
            counts.session_slot.add(session, slot, None)
        for room in set(counts.rooms) - set(scenario.rooms_of(session)):
            counts.session_room.add(session, room, None)


class _Translator:
    """Numbers what ``Counts`` names, and turns exclusions into prices."""

    def __init__(self, counts: Counts, scenario: Scenario, prohibitive: int) -> None:
        self.counts, self.scenario, self.prohibitive = counts, scenario, prohibitive
        self.sessions = list(scenario.sessions)

    def problem(self) -> Problem:
        """The problem in numbers."""
        counts, rooms, bodies = self.counts, self.counts.rooms, self.counts.bodies
        grain, slots = self.scenario.grain, self.scenario.calendar.axis.slots
        return Problem(
            tracks=len(bodies),
            slots=tuple(slot.minutes // grain for slot in slots),
            rooms=len(rooms),
            talks=self._talks(),
            track_session=self._table(counts.body_slot, bodies, counts.slots),
            track_room=self._table(counts.body_room, bodies, rooms),
            session_room=self._table(counts.slot_room, counts.slots, rooms),
            beside=self._beside(),
            together=self._pairs(Charge.PRESENTERS_SLOT, Charge.ATTENDEES_SLOT),
            at_once=self._pairs(Charge.PRESENTERS_STEP, Charge.ATTENDEES_STEP),
            another_room=self._charge(Charge.FURTHER_ROOMS),
            parallel=self._charge(Charge.PARALLEL),
            gap=self._charge(Charge.GAPS),
            out_of_order=self._charge(Charge.OUT_OF_ORDER),
        )

    def _talks(self) -> tuple[Talk, ...]:
        scenario, counts = self.scenario, self.counts
        track = {body: number for number, body in enumerate(counts.bodies)}
        ordered = bool(self._charge(Charge.OUT_OF_ORDER))
        in_slots = self._table(counts.session_slot, self.sessions, counts.slots)
        in_rooms = self._table(counts.session_room, self.sessions, counts.rooms)
        return tuple(
            Talk(
                track=track[BodyId(scenario.body_of[session].id)],
                need=counts.units(session),
                order=(scenario.sessions[session].position or 0) if ordered else 0,
                in_session=in_slots[number],
                in_room=in_rooms[number],
            )
            for number, session in enumerate(self.sessions)
        )

    def _charge(self, what: Charge) -> int:
        return self.prohibitive if what in self.counts.excluded else self.counts.charges[what]

    def _price(self, table: PriceTable[_Row, _Column], row: _Row, column: _Column) -> int:
        return self.prohibitive if (row, column) in table.excluded else table.points[row, column]

    def _table(self, table: PriceTable[_Row, _Column], rows: Sequence[_Row], columns: Sequence[_Column]) -> Table:
        if not table.points and not table.excluded:
            return ((0,) * len(columns),) * len(rows)
        return tuple(tuple(self._price(table, row, column) for column in columns) for row in rows)

    def _beside(self) -> Table:
        """Pairs of bodies, by their own prices and by a common chair."""
        table, bodies, chaired = self.counts.bodies_at_once, self.counts.bodies, self._charge(Charge.CHAIRS_SLOT)
        chairs = {body: self.scenario.chairs_of(body) for body in bodies}

        def price(a: BodyId, b: BodyId) -> int:
            common = chaired if chairs[a] & chairs[b] else 0
            return common + self._price(table, a, b) + self._price(table, b, a)

        return tuple(tuple(0 if a == b else price(a, b) for b in bodies) for a in bodies)

    def _pairs(self, presenters: Charge, attendees: Charge) -> Pairs:
        """Pairs of sessions with people who are wanted in both."""
        number = {session: index for index, session in enumerate(self.sessions)}
        found: Counter[tuple[int, int]] = Counter()
        for charge, interests in ((presenters, False), (attendees, True)):
            if price := self._charge(charge):
                wanted = wanted_twice(self.scenario, self.sessions, interests=interests)
                found.update(dict.fromkeys(sorted((number[one], number[other]) for one, other in wanted), price))
        return dict(found)


def _greatest_cost(counts: Counts, scenario: Scenario) -> int:
    """The greatest cost, in points, of a timetable that breaks no hard rule; or more."""
    rooms, sessions = len(counts.rooms), len(scenario.sessions)
    cells, bodies, steps = rooms * len(counts.slots), len(counts.bodies), sum(map(counts.units, scenario.sessions))
    pairs = sessions * (sessions - 1) // 2
    at_most = {
        Charge.FURTHER_ROOMS: min(bodies * rooms, cells),
        Charge.PARALLEL: cells,
        Charge.GAPS: bodies,
        Charge.OUT_OF_ORDER: sessions + rooms * steps,
        Charge.PRESENTERS_SLOT: pairs,
        Charge.ATTENDEES_SLOT: pairs,
        Charge.CHAIRS_SLOT: rooms * cells,
        Charge.PRESENTERS_STEP: rooms * steps,
        Charge.ATTENDEES_STEP: rooms * steps,
    }
    total = sum(counts.charges[charge] * number for charge, number in at_most.items())
    for table in (counts.body_slot, counts.body_room, counts.slot_room):
        total += cells * max(table.points.values(), default=0)
    total += rooms * cells * max(counts.bodies_at_once.points.values(), default=0) * 2
    return total + _of_dearest_columns(counts.session_slot) + _of_dearest_columns(counts.session_room)


def _of_dearest_columns(table: PriceTable[_Row, _Column]) -> int:
    """The sum over the rows of the greatest price in each."""
    worst: Counter[_Row] = Counter()
    for (row, _), price in table.points.items():
        worst[row] = max(worst[row], price)
    return worst.total()
