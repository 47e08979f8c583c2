"""Sessions that have a position stand in that place of their body's running order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.rule import Rule, says_nothing

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar, Linear
    from scheduler.rules.counting import Counts


class RunningOrder(Rule):
    """The running order of a body: its sessions slot by slot, in a slot room by room as the scenario lists them, and in
    a room by their start. Sessions without a position count in it, but stand anywhere.

    Amount: one per session that stands in another place than its ``position``; and for each two sessions of a body that
    have one and sit in two rooms at once, one per step of the grain that they share.
    """

    unit = "session out of place"
    default_cost_to_waive = 25
    example = {"of": ["WG"]}
    monotone = False

    def _bodies(self, programme: Programme) -> Iterator[tuple[tuple[SessionId, ...], dict[SessionId, int]]]:
        """All sessions of each body, and the positions of those among the work that have one."""
        positions = {s: place for s in self.sessions(programme) if (place := programme.sessions[s].position)}
        for sessions in by_body(programme, programme.sessions).values():
            if ordered := {session: positions[session] for session in sessions if session in positions}:
                yield sessions, ordered

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names without a position."""
        names = self.names_without(programme, lambda session: programme.sessions[session].position)
        return says_nothing(names, "has no position", "have no position")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count those that come before each session; and compare two and two."""
        for sessions, ordered in self._bodies(model.programme):
            for index, session in enumerate(sessions):
                if session not in ordered:
                    continue
                earlier = [_comes_before(model, other, session) for other in sessions[:index]]
                earlier += [model.negated(_comes_before(model, session, other)) for other in sessions[index + 1 :]]
                model.bound(model.count(earlier) + 1 == ordered[session], unless=model.relaxation(self, enforcement))
            for one, other in combinations(ordered, 2):
                for stays in product(model.by_day(one), model.by_day(other)):
                    but = [model.share_a_room(*stays), *(model.negated(model.sits(stay)) for stay in stays)]
                    model.charge_overlap(self, *stays, model.grain, enforcement, *but)

    def count_into(self, counts: Counts) -> bool:
        """One price for all bodies, so it can be counted only when no position is left out."""
        mine = set(self.sessions(counts.programme))
        if any(session.position and name not in mine for name, session in counts.programme.sessions.items()):
            return False
        counts.charge(Charge.OUT_OF_ORDER, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Walk through each body's sessions as they appear."""
        rooms = {room: number for number, room in enumerate(programme.room)}

        def appearance(placement: Placement) -> tuple[int, int, int]:
            return placement.slots[0], rooms.get(placement.room, len(rooms)), placement.start

        for sessions, ordered in self._bodies(programme):
            walk = sorted(timetable.of(sessions), key=appearance)
            for number, placement in enumerate(walk, 1):
                place = ordered.get(placement.session, number)
                if place != number:
                    title, body = programme.title(placement.session), programme.body_of[placement.session].id
                    message = f"{title} comes as number {number} of {programme.name_of(body)}, not as number {place}"
                    yield self.violation(message, placement.session)
            yield from self._at_once(programme, timetable.of(ordered))

    def _at_once(self, programme: Programme, placements: list[Placement]) -> Iterator[Violation]:
        by_slot: dict[int, list[Placement]] = {}
        for placement in placements:
            for slot in placement.slots:
                by_slot.setdefault(slot, []).append(placement)
        shared: dict[tuple[SessionId, SessionId], int] = {}
        for slot, sitting in by_slot.items():
            day = programme.calendar.axis.slots[slot].day
            for one, other in combinations(sitting, 2):
                if one.room_on(day) != other.room_on(day) and (minutes := _minutes_shared(one, other, slot)):
                    pair = one.session, other.session
                    shared[pair] = shared.get(pair, 0) + minutes
        for pair, minutes in shared.items():
            names = [programme.title(session) for session in pair]
            message = f"{names[0]} and {names[1]}, which stand in an order, sit at once for {show_minutes(minutes)}"
            yield self.violation(message, *pair, amount=-(-minutes // programme.grain))

    def describe(self, programme: Programme) -> str:
        who = f"Of {self.names(programme)}, every" if self.of else "Every"
        return f"{who} session with a position stands in that place of its body's running order."


def _comes_before(model: ScheduleModel, one: SessionId, other: SessionId) -> BoolVar:
    """A literal: ``one`` appears before ``other``, which the scenario lists later, or at the same place."""
    return model.not_later(("appears", one, other), _appearance(model, one), _appearance(model, other))


def _appearance(model: ScheduleModel, session: SessionId) -> Linear:
    """One number that is the smaller, the earlier the session appears: by slot, then by room, then by start."""
    rooms = {room: number for number, room in enumerate(model.programme.room)}
    room = model.total(
        rooms[room] * model.all_of(("begins in", stay, room), [begins, here])
        for begins, stay in model.edge(session, last=False)
        for room, here in model.rooms(stay).items()
        if rooms[room]
    )
    slot = model.tally(session, lambda segments: segments[0].slot)
    return (slot * len(rooms) + room) * (model.steps + 1) + model.start(session)


def _minutes_shared(one: Placement, other: Placement, slot: int) -> int:
    mine, theirs = (
        [h for s in placement.segments if s.slot == slot for h in s.stretches] for placement in (one, other)
    )
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs)
