"""A scenario as a conference, and a conference's plan as a timetable.

Bodies become tracks, slots become sessions that run in every room, sessions become submissions of so many steps of the
grain. The rules add the rest to ``Counts``. What a hard rule excludes gets a price above everything that could be
saved by it: a plan that costs as much breaks a rule, and when every plan does, the scenario is infeasible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, lcm
from typing import TypeAlias, TypeVar

from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.timetable import Timetable
from scheduler.rules.counting import Charge, Counts, Prices
from scheduler.scenario import Scenario
from scheduler.solving.counted.conference import Conference, Period, Plan, Submission, Term, Track

_Row = TypeVar("_Row", bound=Hashable)
_Column = TypeVar("_Column", bound=Hashable)

_Table: TypeAlias = tuple[tuple[int, ...], ...]

LARGEST = 2**53
"""Of the conference's costs: the solver reports them as floating-point numbers, which are exact up to here."""

_TERMS = {
    Charge.FURTHER_ROOMS: Term.ROOMS_PER_TRACK,
    Charge.PARALLEL: Term.PARALLEL,
    Charge.GAPS: Term.CONSECUTIVE,
    Charge.OUT_OF_ORDER: Term.ORDER,
    Charge.PRESENTERS_SLOT: Term.PRESENTERS,
    Charge.ATTENDEES_SLOT: Term.ATTENDEES,
    Charge.CHAIRS_SLOT: Term.CHAIRS,
    Charge.PRESENTERS_STEP: Term.PRESENTERS_SLOT,
    Charge.ATTENDEES_STEP: Term.ATTENDEES_SLOT,
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A scenario in the terms of the counted formulation."""

    scenario: Scenario
    conference: Conference
    scale: int
    """What the conference's costs are divided by to give points."""
    discount: int
    """Points that the conference's costs, divided so, are too high."""
    prohibitive: int
    """A plan that costs as much, in the conference's costs, breaks a hard rule."""

    def points(self, cost: int) -> int:
        """What a cost of the conference is in points; rounded up, as bounds may be."""
        return -(-cost // self.scale) - self.discount

    def timetable(self, plan: Plan) -> Timetable:
        """The timetable that a plan without faults describes."""
        programme, slots = self.scenario, self.scenario.calendar.axis.slots
        names, rooms = list(programme.sessions), [room.id for room in programme.rooms]
        found = {}
        for (slot, room), standing in sorted(plan.slots.items()):
            for step, number in enumerate(standing):
                if number is not None and number not in found:
                    start = slots[slot].begins + step * programme.grain
                    placement = programme.place(names[number], start, rooms[room])  # type: ignore[arg-type]  # its id
                    assert placement is not None, f"{names[number]} was given a start at which it does not fit"
                    found[number] = placement
        return Timetable(found[number] for number in sorted(found))


def translate(scenario: Scenario) -> Translation | tuple[str, ...]:
    """The conference that a scenario describes; or what cannot be counted in it, a reason each."""
    counts = Counts(scenario)
    rules = sorted(scenario.all_rules, key=lambda rule: rule.counted_last)
    reasons = [f"rule '{rule.name}' ({rule.rule})" for rule in rules if not rule.count_into(counts)]
    if not counts.within_slot:
        reasons.append("no hard rule 'within_slot' holds every session within one slot")
    if not counts.one_body_a_cell:
        reasons.append("no hard rule 'one_body_per_room' gives a room to one body for a whole slot")
    if reasons:
        return tuple(reasons)
    _exclude_what_is_closed(counts, scenario)
    translator = _Translator(counts, scenario)
    if translator.prohibitive > LARGEST:
        return (
            "its weights and penalties, shared out over the steps of the sessions, make numbers too large to add up",
        )
    return translator.translation()


def _exclude_what_is_closed(counts: Counts, scenario: Scenario) -> None:
    """Slots reserved for others, and rooms in which a session may not sit."""
    for session in scenario.sessions:
        for slot in set(counts.slots) - scenario.own_slots(session):
            counts.session_slot.add(session, slot, None)
        for room in set(counts.rooms) - set(scenario.rooms_of(session)):
            counts.session_room.add(session, room, None)


class _Translator:
    """Numbers everything and turns exclusions into prices."""

    def __init__(self, counts: Counts, scenario: Scenario) -> None:
        self.counts, self.scenario = counts, scenario
        self.slots = scenario.calendar.axis.slots
        self.steps = [slot.minutes // scenario.grain for slot in self.slots]
        self.sessions = list(scenario.sessions)
        self.units = {session: counts.units(session) for session in self.sessions}
        by_session: tuple[Prices[SessionId, int] | Prices[SessionId, str], ...]
        by_session = (counts.session_slot, counts.session_room)  # type: ignore[assignment]  # room ids are texts
        needs = (self.units[s] // gcd(self.units[s], p) for t in by_session for (s, _), p in t.points.items() if p)
        self.scale = lcm(1, *needs)
        self.prohibitive = self.scale * (self._dearest() + 1)

    def translation(self) -> Translation:
        """The whole."""
        return Translation(self.scenario, self._conference(), self.scale, self.counts.discount, self.prohibitive)

    def _conference(self) -> Conference:
        counts, rooms = self.counts, self.counts.rooms
        tables = {
            Term.TRACKS_SESSIONS: self._matrix(counts.body_slot, counts.bodies, counts.slots),
            Term.TRACKS_ROOMS: self._matrix(counts.body_room, counts.bodies, rooms),
            Term.SESSIONS_ROOMS: self._matrix(counts.slot_room, counts.slots, rooms),
            Term.SIMILAR: self._symmetric(counts.bodies_at_once, counts.bodies),
            Term.SUBMISSIONS_SESSIONS: self._per_unit(counts.session_slot, counts.slots),
            Term.SUBMISSIONS_ROOMS: self._per_unit(counts.session_room, rooms),
        }
        weights = [0] * len(Term)
        for term, table in tables.items():
            weights[term] = int(any(map(any, table)))
        for charge, term in _TERMS.items():
            excluded = charge in counts.excluded
            weights[term] = self.prohibitive if excluded else self.scale * counts.charges[charge]
        return Conference(
            name=self.scenario.name,
            tracks=tuple(Track(body, self.scenario.chairs_of(body)) for body in counts.bodies),
            periods=tuple(
                Period(str(slot), steps, slot.day, slot.opens, slot.closes)
                for slot, steps in zip(self.slots, self.steps, strict=True)
            ),
            rooms=tuple(rooms),
            submissions=self._submissions(tables, ordered=bool(weights[Term.ORDER])),
            track_session=tables[Term.TRACKS_SESSIONS],
            track_room=tables[Term.TRACKS_ROOMS],
            session_room=tables[Term.SESSIONS_ROOMS],
            similar=tables[Term.SIMILAR],
            weights=tuple(weights),
        )

    def _submissions(self, tables: Mapping[Term, _Table], *, ordered: bool) -> tuple[Submission, ...]:
        programme = self.scenario
        track = {body: number for number, body in enumerate(self.counts.bodies)}
        return tuple(
            Submission(
                name=session,
                track=track[BodyId(programme.body_of[session].id)],
                need=self.units[session],
                order=(programme.sessions[session].position or 0) if ordered else 0,
                presenters=programme.presenters_of(session),
                attendees=programme.attendees_of(session),
                in_session=tables[Term.SUBMISSIONS_SESSIONS][number],
                in_room=tables[Term.SUBMISSIONS_ROOMS][number],
            )
            for number, session in enumerate(self.sessions)
        )

    def _price(self, table: Prices[_Row, _Column], row: _Row, column: _Column) -> int:
        return self.prohibitive if (row, column) in table.excluded else self.scale * table.points[row, column]

    def _matrix(self, table: Prices[_Row, _Column], rows: Iterable[_Row], columns: Sequence[_Column]) -> _Table:
        if not table.points and not table.excluded:
            return ((0,) * len(columns),) * len(list(rows))
        return tuple(tuple(self._price(table, row, column) for column in columns) for row in rows)

    def _symmetric(self, table: Prices[BodyId, BodyId], bodies: Sequence[BodyId]) -> _Table:
        return tuple(
            tuple(0 if a == b else self._price(table, a, b) + self._price(table, b, a) for b in bodies) for a in bodies
        )

    def _per_unit(self, table: Prices[SessionId, _Column], columns: Sequence[_Column]) -> _Table:
        """What the whole session is charged, over its steps; ``scale`` makes it a whole number."""
        whole = self._matrix(table, self.sessions, columns)
        return tuple(
            tuple(-(-price // self.units[session]) for price in row)
            for session, row in zip(self.sessions, whole, strict=True)
        )

    def _dearest(self) -> int:
        """More than any timetable that breaks no hard rule can cost, in points."""
        counts, rooms = self.counts, len(self.counts.rooms)
        cells, bodies, steps = rooms * len(self.slots), len(counts.bodies), sum(self.units.values())
        pairs = len(self.sessions) * (len(self.sessions) - 1) // 2
        at_most = {
            Charge.FURTHER_ROOMS: min(bodies * rooms, cells),
            Charge.PARALLEL: cells,
            Charge.GAPS: bodies,
            Charge.OUT_OF_ORDER: len(self.sessions) + rooms * steps,
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
        for by_session in (counts.session_slot, counts.session_room):
            worst: dict[SessionId, int] = {}
            for (session, _), price in by_session.points.items():
                worst[session] = max(worst.get(session, 0), price)
            total += sum(worst.values())
        return total
