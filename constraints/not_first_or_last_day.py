"""The work is not held on the first or the last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.by_segment import BySegment


class NotFirstOrLastDay(BySegment):
    """The first and the last day that have a slot. Amount: one per segment on them."""

    unit = "segment"
    default_cost_to_waive = 12
    example = {"of": ["FORUM"], "weight": 1}

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """It lies on one of the two days."""
        edges = programme.calendar.axis.days[:1] + programme.calendar.axis.days[-1:]
        return lambda segment: segment.day in edges

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
        if not self.of:
            return "No session is held on the first or on the last day."
        return f"{self.names(programme)} {self.verb('is', 'are')} held neither on the first nor on the last day."
