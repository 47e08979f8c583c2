"""Sessions are held on a rolling basis: each starts the minute the one before it ends.

They form one sequence per room. The first starts when a slot opens. A restricted session or an anchor may stand
between two of them; the next then starts the minute that one ends (and the room is cleared) or when its slot closes.
An anchor keeps its time. A restricted session that is itself part of the sequence starts likewise the minute the one
before it ends or when its slot closes, and any session may start when a slot opens that is reserved for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rule import Rule

if TYPE_CHECKING:
    from scheduler.model import Guard, ScheduleModel
    from scheduler.views import Literal as Truth


class Rolling(Rule):
    """Hard: no session of the sequence keeps the room waiting. Soft ("where feasible"): harm in idle minutes.

    Idle minutes of a room are the working minutes from the opening of the slot in which the sequence begins to its
    last end, less those in which its own sessions, or restricted or anchored ones, sit there. Waiting before an anchor,
    clearing the room and the rest of a closed slot are idle time; under the hard rule they are allowed. Slots that are
    reserved do not count. Where sessions overlap, which other rules forbid, the minutes of each are subtracted.
    """

    unit: ClassVar[str] = "idle minute"
    monotone: ClassVar[bool] = False
    rule: Literal["rolling"] = "rolling"

    @property
    def replaces(self) -> tuple[str, ...]:
        """Fixed boundaries, also where it is a wish."""
        return ("fixed_boundaries",)

    def _parts(self, programme: Programme) -> tuple[tuple[SessionId, ...], list[SessionId]]:
        """The sequence, and the restricted or anchored sessions that may stand in it."""
        fixtures = [s for s in programme.sessions if programme.restricted(s) or s in programme.anchored]
        return self.sessions(programme), fixtures

    # --- hard ------------------------------------------------------------------------------------------------

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Hard: each session is the first of its room, or follows one. Soft: the idle minutes of each room."""
        if self.weight is not None:
            self._post_idle(model, guard)
            return
        members, fixtures = self._parts(model.programme)
        unless = model.excuse(self, guard)
        for session in members:
            if session not in model.programme.anchored:
                others = [s for s in dict.fromkeys((*members, *fixtures)) if s != session]
                ways = [self._first(model, session, members), *self._following(model, session, others, fixtures)]
                for slot in model.axis.slots:
                    if slot.reserved_for:
                        ways.append(model.starts_among(session, [slot.begins]))
                model.clause(*ways, unless=unless)

    def _first(self, model: ScheduleModel, session: SessionId, members: tuple[SessionId, ...]) -> Truth:
        """It opens the sequence of its room."""
        first = model.choice(f"{session} first")
        model.clause(model.at_opening(session), unless=(~first,))
        for other in members:
            if other != session:
                earliest = model.not_later(("starts", session, other), model.start(session), model.start(other))
                model.clause(earliest, model.negated(model.same_room(session, other)), unless=(~first,))
        return first

    def _following(
        self, model: ScheduleModel, session: SessionId, others: list[SessionId], fixtures: list[SessionId]
    ) -> Iterator[Truth]:
        """It goes on where another ends, where the room is cleared after it, or where its slot closes."""
        programme, start = model.programme, model.start(session)
        for before in others:
            if model.same_room(session, before) is model.false:
                continue
            for after in sorted({0, programme.clearing(before) or 0, programme.clearing(session) or 0}):
                follows = model.choice(f"{session} follows {before} after {after}")
                model.clause(model.same_room(session, before), unless=(~follows,))
                model.bound(start == model.follows(session, before, after), unless=(~follows,))
                yield follows
            if before in fixtures or programme.restricted(session):
                follows = model.choice(f"{session} follows the slot of {before}")
                model.clause(model.same_room(session, before), unless=(~follows,))
                model.bound(start == model.follows_slot(session, before), unless=(~follows,))
                self._nobody_between(model, before, session, [s for s in others if s != before], follows)
                yield follows

    def _nobody_between(
        self, model: ScheduleModel, before: SessionId, session: SessionId, others: list[SessionId], follows: Truth
    ) -> None:
        """No other session starts in the room between the two."""
        for other in others:
            model.clause(
                model.negated(model.same_room(session, other)),
                model.negated(model.before(before, other)),
                model.not_later(("starts", session, other), model.start(session), model.start(other)),
                unless=(~follows,),
            )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Hard: look for the session after which each starts. Soft: add up idle minutes."""
        members, fixtures = self._parts(programme)
        for room in programme.rooms:
            sequence = [p for p in timetable.of(members) if p.room == room.id]
            standing = [p for p in timetable.of(fixtures) if p.room == room.id]
            if self.weight is not None and sequence:
                yield from self._idle(programme, sequence, [p for p in standing if p.session not in members])
            elif self.weight is None:
                everybody = list({p.session: p for p in (*sequence, *standing)}.values())
                for placement in sequence:
                    if not self._keeps_up(programme, placement, sequence, everybody):
                        when = f"starts on {placement.segments[0].starts_on}"
                        message = (
                            f"{programme.title(placement.session)} {when}, not the minute the session before it ends"
                        )
                        yield self.finding(message, placement.session)

    def _keeps_up(
        self, programme: Programme, placement: Placement, sequence: list[Placement], everybody: list[Placement]
    ) -> bool:
        axis, own = programme.calendar.axis, programme.own_slots(placement.session)
        slot = axis.slot_at(placement.start)
        if placement.session in programme.anchored:
            return True
        if placement.start == slot.begins and (slot.reserved_for or placement.start == min(p.start for p in sequence)):
            return True
        closed = programme.restricted(placement.session)
        for before in everybody:
            if before is placement:
                continue
            closes = axis.slot_before(before.end).ends
            for pause in (0, programme.clearing(before.session) or 0, programme.clearing(placement.session) or 0):
                if axis.resume(min(before.end + pause, closes), own) == placement.start:
                    return True
            fixture = programme.restricted(before.session) or before.session in programme.anchored
            if (closed or fixture) and axis.resume(closes, own) == placement.start:
                between = [p for p in everybody if p is not before and before.end <= p.start < placement.start]
                if not between:
                    return True
        return False

    # --- soft ------------------------------------------------------------------------------------------------

    def _post_idle(self, model: ScheduleModel, guard: Guard) -> None:
        members, fixtures = self._parts(model.programme)
        slots = model.axis.common
        for room in model.programme.rooms:
            here = RoomId(room.id)
            if all(model.in_room(session, here) is model.false for session in members):
                continue
            openings = {session: model.opening(session, slots) for session in members}
            ends = {session: model.worked(session, slots, ending=True) for session in members}
            opened = model.extreme(("opened", self.name, here), openings, here, last=False)
            closed = model.extreme(("closed", self.name, here), ends, here, last=True)
            used = [model.spent(session, slots, here) for session in members]
            for session in fixtures:
                if session not in members and model.in_room(session, here) is not model.false:
                    used.append(model.spent(session, slots, here, between=(opened, closed)))
            model.measure(self, closed - opened - model.total(used), model.steps, guard, scale=model.grain)

    def _idle(self, programme: Programme, sequence: list[Placement], standing: list[Placement]) -> Iterator[Finding]:
        axis = programme.calendar.axis

        def minutes(first: int, last: int) -> int:
            return max(0, axis.worked(last, axis.common) - axis.worked(first, axis.common))

        opened = min(axis.slot_at(p.start).begins for p in sequence)
        closed = max(p.end for p in sequence)
        used = sum(minutes(p.start, p.end) for p in sequence)
        used += sum(minutes(max(p.start, opened), min(p.end, closed)) for p in standing)
        idle = minutes(opened, closed) - used
        if idle > 0:
            where = f" in {programme.room_title(sequence[0].room)}" if len(programme.rooms) > 1 else ""
            message = f"{show_minutes(idle)} of waiting within the rolling sequence{where}"
            yield self.finding(message, *(p.session for p in sequence), harm=idle)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        where = ", where feasible" if self.weight is not None else ""
        return f"{self.subject(programme)} {self.verb('is', 'are')} held on a rolling basis{where}."
