"""Nothing runs earlier than a given hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from scheduler.domain.clock import Clock, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class EarliestHour(Rule):
    """Amount: one per segment that starts before the hour."""

    unit: ClassVar[str] = "segment too early"
    default_cost_to_waive: ClassVar[int] = 50
    example: ClassVar[Mapping[str, Any]] = {"of": ["WG"], "hour": "10:30"}
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["earliest_hour"] = "earliest_hour"
    hour: Clock

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """An earlier hour, six steps at most."""
        earlier = range(self.hour - adjusting.step, max(self.hour - 6 * adjusting.step, 0) - 1, -adjusting.step)
        names = self.names(adjusting.programme)
        yield adjusting.number(self, "hour", [(h, f"let {names} run from {show_clock(h)}") for h in earlier])

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by the segments that begin too early."""
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: sum(s.start < self.hour for s in segments), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        early = (self.sessions(counts.programme), lambda segment: segment.start < self.hour)
        return counts.price_slots([early], self.weight)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at the start of each segment."""
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if segment.start < self.hour:
                    message = f"{programme.title(placement.session)} sits before {show_clock(self.hour)}: {segment}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        who = f"{self.names(programme)} {self.verb('does', 'do')} not sit" if self.of else "No session sits"
        return f"{who} before {show_clock(self.hour)}."
