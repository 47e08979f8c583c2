"""No more than a given number of sessions sit at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_moment
from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rule import Rule, counted

if TYPE_CHECKING:
    from scheduler.model import Guard, ScheduleModel
    from scheduler.views import Literal as Truth


class ParallelLimit(Rule):
    """Harm: one per session that starts, or goes on after a reserved slot, as one of more than ``at_most``.

    A number that sits at once is reached at such a minute or not at all: between them sessions only end.
    """

    unit: ClassVar[str] = "session too many"
    rule: Literal["parallel_limit"] = "parallel_limit"
    at_most: int = Field(ge=1)

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Count, for each session, the others that sit when it starts or goes on."""
        sessions = self.sessions(model.programme)
        if len(sessions) <= self.at_most:
            return
        for session in sessions:
            others = [other for other in sessions if other != session]
            sitting = model.count(_sits(model, other, session) for other in others)
            model.bound(sitting <= self.at_most - 1, unless=model.excuse(self, guard))
            own = model.programme.own_slots(session)
            for slot in sorted(own):
                back = model.goes_on_in(session, slot)
                if slot - 1 not in own and back is not model.false:
                    sitting = model.count(model.sits_at_opening(other, slot) for other in others)
                    unless = (*model.excuse(self, guard), model.negated(back))
                    model.bound(sitting <= self.at_most - 1, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Count sessions at each first minute, and where a session is back from passing by a slot."""
        placements = timetable.of(self.sessions(programme))
        for placement in placements:
            for day, minute in _beginnings(placement):
                at_once = [
                    p.session for p in placements if any(s.day == day and s.start <= minute < s.end for s in p.segments)
                ]
                if len(at_once) > self.at_most:
                    sit = f"{len(at_once)} sessions sit at once on {show_moment(day, minute)}"
                    message = f"{sit} instead of at most {'one' if self.at_most == 1 else self.at_most}"
                    yield self.finding(message, *at_once)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        few = f"most {counted(self.at_most, 'session')} {'sits' if self.at_most == 1 else 'sit'} at once"
        return f"Of {self.names(programme)}, at {few}." if self.of else f"At {few}."


def _beginnings(placement: Placement) -> Iterator[tuple[date, int]]:
    for index, segment in enumerate(placement.segments):
        if index == 0 or segment.slot != placement.segments[index - 1].slot + 1:
            yield segment.day, segment.start


def _sits(model: ScheduleModel, session: SessionId, when_starts: SessionId) -> Truth:
    """A literal: the session sits at the first minute of another."""
    begun = model.not_later(("starts", session, when_starts), model.start(session), model.start(when_starts))
    going_on = model.negated(model.before(session, when_starts))
    passed_by = model.programme.own_slots(when_starts) - model.programme.own_slots(session)
    away = [model.negated(model.starts_in(when_starts, slot)) for slot in sorted(passed_by)]
    return model.all_of(("sits at start", session, when_starts), [begun, going_on, *away])
