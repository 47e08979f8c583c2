"""What the rules share that limit how many sessions of a group sit at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Axis, Segment
from scheduler.domain.clock import show_moment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import Limit
from scheduler.rules.pigeonholes import fewest_too_many
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, Relaxation, ScheduleModel
    from scheduler.model.views import BoolVar


MOST_STARTS = 30_000
"""The most starts of sessions for which a lower bound on the sessions that are too many is posted."""


class AtOnce(Rule):
    """Of the sessions of a group that sit at one minute, ``at_most`` may sit: those that started first, and of those
    that started together the ones that the scenario lists first. Every other is too many.

    Amount: for each group, one per session that is too many at some minute, however long. The number of sessions at
    once grows only when a session starts, or continues after slots that it passes by.
    """

    unit = "session too many"
    alone = LooksAt.NOTHING
    at_most: int = Field(ge=1)

    @abstractmethod
    def groups(self, programme: Programme) -> Iterator[tuple[str, Sequence[SessionId]]]:
        """Groups of sessions, those of each in the order of the scenario, with what several of it are called."""

    def limits(self, programme: Programme) -> Iterator[Limit]:
        """The groups."""
        most = "one" if self.at_most == 1 else self.at_most
        for called, sessions in self.groups(programme):
            yield Limit(tuple(sessions), self.at_most, f"with at most {most} of the {called} at once")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Group by group."""
        for _, sessions in self.groups(model.programme):
            if len(sessions) > self.at_most:
                self._post_group(model, sessions, enforcement)

    def _post_group(self, model: ScheduleModel, sessions: Sequence[SessionId], enforcement: Enforcement) -> None:
        """Hard: no more intervals at once than allowed. Soft: count, for each session, those that go before it."""
        alike = len({model.programme.own_slots(session) for session in sessions}) == 1
        if self.weight is None and alike:
            model.at_most_at_once(sessions, self.at_most, unless=model.relaxation(self, enforcement))
            return
        if self.weight is not None and model.meet_at_openings(sessions):
            self._post_each_slot(model, sessions, enforcement)
            return
        too_many = {session: model.relaxation(self, enforcement) for session in sessions}
        if any(model.suspended(session) for session in sessions):
            self._post_each_minute(model, sessions, too_many)
            return
        for number, session in enumerate(sessions):
            sitting = [
                _sits_before(model, other, session, listed_first=i < number) for i, other in _others(sessions, number)
            ]
            model.bound(model.count(sitting) <= self.at_most - 1, unless=too_many[session])
        if not alike:
            self._post_returns(model, sessions, too_many)
        if self.weight is not None and enforcement is None:
            self._post_room_for(model, {session: relaxation[-1] for session, relaxation in too_many.items()})

    def _post_each_slot(self, model: ScheduleModel, sessions: Sequence[SessionId], enforcement: Enforcement) -> None:
        """Soft, where all that sit in a slot do so from its opening on: all beyond the limit are too many."""
        amounts = {}
        for slot in range(len(model.axis.slots)):
            sitting = [model.touches(session, slot) for session in sessions]
            amounts[slot] = model.measure_beyond(self, self.at_most, sitting, enforcement)
        if enforcement is None:
            fewest_too_many(model, {s: model.slots_of(s) for s in sessions}, self.at_most, amounts)

    def _post_each_minute(
        self, model: ScheduleModel, sessions: Sequence[SessionId], too_many: Mapping[SessionId, Relaxation]
    ) -> None:
        """The same where some may be suspended while others start."""
        for minute in range(0, model.axis.total, model.grain):
            sits = {s: model.where(s, partial(_sits_at, model.axis, minute)) for s in sessions}
            for number, session in enumerate(sessions):
                before = [
                    model.all_of(
                        ("sits before", other, session, minute),
                        [_started(model, other, session, listed_first=i < number), sits[other]],
                    )
                    for i, other in _others(sessions, number)
                    if sits[session] is not model.false and sits[other] is not model.false
                ]
                unless = (*too_many[session], model.negated(sits[session]))
                model.bound(model.count(before) <= self.at_most - 1, unless=unless)

    def _post_returns(
        self, model: ScheduleModel, sessions: Sequence[SessionId], too_many: Mapping[SessionId, Relaxation]
    ) -> None:
        """The same where some session may be back from passing by a slot."""
        own = [model.programme.own_slots(session) for session in sessions]
        for slot in range(1, len(model.axis.slots)):
            if not any(slot in slots and slot - 1 not in slots for slots in own):
                continue
            for number, session in enumerate(sessions):
                here = model.sits_at_opening(session, slot)
                if here is model.false:
                    continue
                before = []
                for i, other in _others(sessions, number):
                    both = [
                        _started(model, other, session, listed_first=i < number),
                        model.sits_at_opening(other, slot),
                    ]
                    before.append(model.all_of(("sits at opening before", other, session, slot), both))
                model.bound(model.count(before) <= self.at_most - 1, unless=(*too_many[session], model.negated(here)))

    def _post_room_for(self, model: ScheduleModel, too_many: Mapping[SessionId, BoolVar]) -> None:
        """How many sessions can be kept: it follows from the rest, and gives the solver a better bound."""
        minutes = {session: model.programme.minutes(session) // model.grain for session in too_many}
        usable = frozenset[int]().union(*(model.programme.own_slots(session) for session in too_many))
        room = sum(model.axis.slots[slot].minutes for slot in usable) // model.grain
        spent = model.total(minutes[session] * model.negated(broken) for session, broken in too_many.items())
        model.bound(spent <= self.at_most * room)
        if sum(len(model.placements(session)) for session in too_many) <= MOST_STARTS:
            model.bound(model.more_start_at_once(list(too_many), self.at_most) <= model.count(too_many.values()))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Line up the sessions that sit when one starts or continues; report each that is too many once."""
        for called, sessions in self.groups(programme):
            placements = timetable.of(sessions)
            told: set[SessionId] = set()
            for day, minute in sorted({(s.day, s.start) for p in placements for s in p.segments}):
                at_once = [p for p in placements if any(s.day == day and s.start <= minute < s.end for s in p.segments)]
                line = [p.session for p in sorted(at_once, key=lambda p: p.start)]
                further = [session for session in line[self.at_most :] if session not in told]
                told.update(further)
                if further:
                    sit = f"{len(line)} {called} sit at once on {show_moment(day, minute)}"
                    message = f"{sit} instead of at most {'one' if self.at_most == 1 else self.at_most}"
                    yield self.violation(message, *line, amount=len(further))


def _others(sessions: Sequence[SessionId], number: int) -> list[tuple[int, SessionId]]:
    return [(i, other) for i, other in enumerate(sessions) if i != number]


def _started(model: ScheduleModel, session: SessionId, other: SessionId, *, listed_first: bool) -> BoolVar:
    """A literal: the session starts before the other, or at the same minute and is listed first."""
    if listed_first:
        return model.not_later(("starts", session, other), model.start(session), model.start(other))
    return model.negated(model.not_later(("starts", other, session), model.start(other), model.start(session)))


def _sits_before(model: ScheduleModel, session: SessionId, when_starts: SessionId, *, listed_first: bool) -> BoolVar:
    """A literal: the session sits at the first minute of another, and ``_started`` before it."""
    begun = _started(model, session, when_starts, listed_first=listed_first)
    going_on = model.negated(model.before(session, when_starts))
    passed_by = model.programme.own_slots(when_starts) - model.programme.own_slots(session)
    away = [model.negated(model.starts_in(when_starts, slot)) for slot in sorted(passed_by)]
    return model.all_of(("sits at start", session, when_starts), [begun, going_on, *away])


def _sits_at(axis: Axis, minute: int, segments: tuple[Segment, ...]) -> bool:
    return any(first <= minute < last for first, last in map(axis.positions, segments))
