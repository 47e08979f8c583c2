"""What the rules on the days that several pieces of work take together share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import Together
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class DaysTogether(Rule):
    """All work named, together. Amount: one per day on which some of it sits beyond those that are free."""

    unit = "further day"
    alone = LooksAt.START

    @property
    @abstractmethod
    def free(self) -> int:
        """Days that cost nothing."""

    @abstractmethod
    def too_many(self, programme: Programme, days: Sequence[date]) -> str:
        """What is wrong with the days on which it sits, in words."""

    def together(self, programme: Programme) -> Iterator[tuple[Together, tuple[SessionId, ...]]]:
        """All of it, where one day is free."""
        if self.free == 1:
            yield Together.DAY, self.sessions(programme)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the days on which any session sits."""
        sessions = self.sessions(model.programme)
        model.measure_beyond(self, self.free, [model.body_on(sessions, day) for day in model.axis.days], enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count the days."""
        placements = timetable.of(self.sessions(programme))
        days = sorted({day for placement in placements for day in placement.days})
        if len(days) > self.free:
            message = self.too_many(programme, days)
            yield self.violation(message, *(p.session for p in placements), amount=len(days) - self.free)
