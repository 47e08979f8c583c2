"""A body meets on one day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import Together
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class WithinDay(Rule):
    """Each body or session named, for itself. Amount: one per day beyond the first."""

    unit = "further day"
    default_cost_to_waive = 20
    example = {"of": ["WG", "REPORT"]}
    alone = LooksAt.START

    def _named(self, programme: Programme) -> tuple[str, ...]:
        return self.of or tuple(body.id for body in programme.bodies)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A body may spread over two days instead of one: ``few_days`` says so, for one body more loosely."""
        return adjusting.for_one(self, self._named(adjusting.programme), "spread over two days", "few_days", at_most=2)

    def together(self, programme: Programme) -> Iterator[tuple[Together, tuple[SessionId, ...]]]:
        """Each for itself."""
        for name in self._named(programme):
            if sessions := programme.work(name):
                yield Together.DAY, sessions

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """At most one day on which any of its sessions sits."""
        for name in self._named(model.programme):
            sessions = model.programme.work(name)
            model.measure_beyond(self, 1, [model.body_on(sessions, day) for day in model.axis.days], enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the days of each."""
        for name in self._named(programme):
            placements = timetable.of(programme.work(name))
            days = sorted({day for placement in placements for day in placement.days})
            if len(days) > 1:
                dates = listed([show_day(day) for day in days])
                message = f"{programme.name_of(name)} meets on {dates}, not on one day"
                yield self.violation(message, *(p.session for p in placements), amount=len(days) - 1)

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return "Every body meets on one day."
        return f"{self.names(programme)} {self.verb('meets', 'each meet')} on one day."
