"""The work is not held on the first or the last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class NotFirstOrLastDay(Rule):
    """The first and the last day that have a slot. Amount: one per segment on them."""

    unit: ClassVar[str] = "segment"
    default_cost_to_waive: ClassVar[int] = 12
    example: ClassVar[Mapping[str, Any]] = {"of": ["FORUM"], "weight": 1}
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["not_first_or_last_day"] = "not_first_or_last_day"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by its segments on the two days."""
        edges = model.axis.days[:1] + model.axis.days[-1:]
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: sum(s.day in edges for s in segments), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        edges = counts.programme.calendar.axis.days[:1] + counts.programme.calendar.axis.days[-1:]
        return counts.price_slots(
            [(self.sessions(counts.programme), lambda segment: segment.day in edges)], self.weight
        )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment."""
        days = programme.calendar.axis.days
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if segment.day == days[0] or segment.day == days[-1]:
                    which = "first" if segment.day == days[0] else "last"
                    message = f"{programme.title(placement.session)} sits on the {which} day: {segment}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        if not self.of:
            return "No session is held on the first or on the last day."
        return f"{self.names(programme)} {self.verb('is', 'are')} held neither on the first nor on the last day."
