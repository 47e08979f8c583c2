"""Work is not held in given parts of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, in_words, touches
from scheduler.rules.by_segment import BySegment
from scheduler.rules.silence import closed_hours
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class NotOn(BySegment):
    """``when`` names days, half-days, slots or hours. Amount: one per segment that shares a minute with any of them."""

    unit = "segment inside"
    default_cost_to_waive = 20
    example = {"of": ["FORUM"], "when": ["first day am", "2027-02-23 17:00-18:00"]}
    when: tuple[When, ...] = Field(min_length=1)

    def silent(self, programme: Programme) -> Iterator[str]:
        """Hours in which no slot is open."""
        return closed_hours(self.when, programme, "nothing is held then anyway")

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """It shares a minute with one of the parts."""
        parts = [part.windows(programme.calendar) for part in self.when]
        return lambda segment: any(touches(part, segment) for part in parts)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """One slot less on which the work may not sit."""
        names = self.names(adjusting.programme)
        return adjusting.fewer_slots(self, self.when, f"let {names} sit on {{}} after all")

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment."""
        inside = self.broken_by(programme)
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if inside(segment):
                    message = f"{programme.title(placement.session)} sits on {segment}{segment.of_slot}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        who = f"{self.names(programme)} {self.verb('is', 'are')} not held" if self.of else "No session is held"
        return f"{who} {listed(in_words(self.when, programme.calendar), 'or')}."
