"""The work comes last: everything else has ended before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import SessionId, WorkRef
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class LastInWeek(Rule):
    """Amount: one per session of other work that ends after the first of the work named has started."""

    unit = "session too late"
    default_cost_to_waive = 25
    example = {"of": ["REPORT"]}
    alone = LooksAt.NOTHING
    of: tuple[WorkRef, ...] = Field(min_length=1)

    def _others(self, programme: Programme) -> list[SessionId]:
        last = self.sessions(programme)
        return [session for session in programme.sessions if session not in last]

    def silent(self, programme: Programme) -> Iterator[str]:
        """All the work there is."""
        if programme.sessions and not self._others(programme):
            yield "no other work is left that could come before: the rule says nothing"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Every other session ends before any of these starts."""
        for other in self._others(model.programme):
            unless = model.relaxation(self, enforcement)
            for session in self.sessions(model.programme):
                model.clause(model.before(other, session), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the first start with every other end."""
        last = timetable.of(self.sessions(programme))
        if not last:
            return
        first = min(last, key=lambda p: p.start)
        for other in timetable.of(self._others(programme)):
            if other.end > first.start:
                message = f"{programme.title(other.session)} ends after {programme.title(first.session)} has started"
                yield self.violation(message, other.session, first.session)

    def describe(self, programme: Programme) -> str:
        return f"{self.subject(programme)} {self.verb('comes', 'come')} last."
