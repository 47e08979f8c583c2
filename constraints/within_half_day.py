"""A body meets within one half-day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.clock import show_day, show_hours
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class WithinHalfDay(Rule):
    """Each body or session named, for itself. Amount: one per half-day beyond the first.

    Half-days are reckoned over the slots that are open to it: to a body, those open to one of its sessions.
    """

    unit = "further half-day"
    default_cost_to_waive = 20
    example = {"of": ["WG", "REPORT"]}
    alone = LooksAt.START

    def _named(self, programme: Programme) -> tuple[str, ...]:
        return self.of or tuple(body.id for body in programme.bodies)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A body may spread over the day: ``within_day`` says so, for one body more loosely."""
        return adjusting.for_one(
            self, self._named(adjusting.programme), "spread over the half-days of one day", "within_day"
        )

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """At most one half-day in which any of its sessions sits."""
        for name in self._named(model.programme):
            sessions = model.programme.work(name)
            halves = [model.body_among(sessions, half.indices) for half in model.programme.half_days(*sessions)]
            model.measure_beyond(self, 1, halves, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the half-days of each."""
        for name in self._named(programme):
            sessions = programme.work(name)
            slots = {slot for placement in timetable.of(sessions) for slot in placement.slots}
            halves = [half for half in programme.half_days(*sessions) if slots & half.indices]
            if len(halves) > 1:
                when = shortened([f"{show_day(half.day)} {show_hours(half.opens, half.closes)}" for half in halves])
                message = f"{programme.name_of(name)} meets in {len(halves)} half-days, not in one: {when}"
                yield self.violation(message, *(p.session for p in timetable.of(sessions)), amount=len(halves) - 1)

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return "Every body meets within one half-day."
        return f"{self.names(programme)} {self.verb('meets', 'each meet')} within one half-day."
