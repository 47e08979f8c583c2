"""Work is held only in given parts of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, holds, in_words, parse_when
from scheduler.rules.by_segment import BySegment
from scheduler.rules.silence import closed_hours
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class OnlyOn(BySegment):
    """``when`` names days, half-days, slots or hours; hours that touch are one.

    Amount: one per segment that does not lie wholly within them.
    """

    unit = "segment outside"
    default_cost_to_waive = 20
    example = {"of": ["FORUM"], "when": ["2027-02-23 pm"]}
    when: tuple[When, ...] = Field(min_length=1)

    def silent(self, programme: Programme) -> Iterator[str]:
        """Hours in which no slot is open."""
        return closed_hours(self.when, programme, "nothing can be held then")

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """It does not lie wholly within the parts."""
        parts = [part.windows(programme.calendar) for part in self.when]
        return lambda segment: not holds(parts, segment)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Another half-day, then another day, on which the work may sit."""
        calendar, names = adjusting.programme.calendar, self.names(adjusting.programme)
        allowed = frozenset[int]().union(*(part.slots(calendar) for part in self.when))
        for day in calendar.axis.days:
            slots = [slot for slot in calendar.axis.slots if slot.day == day]
            halves = all(slot.half for slot in slots)
            parts = {f" {slot.half if halves else slot.hours}": 0 for slot in slots} | {"": 1}
            for part, further in parts.items():
                more = parse_when(f"{day.isoformat()}{part}")
                if not more.slots(calendar) <= allowed:
                    words = {" am": " morning", " pm": " afternoon"}.get(part, part)
                    text = f"let {names} sit on {calendar.day_name(day)}{words} too"
                    found = [((*self.when, more), text)]
                    yield adjusting.number(self, "when", found, ordered=False, further=further)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment."""
        outside = self.broken_by(programme)
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if outside(segment):
                    sits = f"{programme.title(placement.session)} sits on {segment}{segment.of_slot}"
                    message = f"{sits}, not {self._parts(programme)}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        return f"{self.subject(programme)} {self.verb('is', 'are')} held only {self._parts(programme)}."

    def _parts(self, programme: Programme) -> str:
        return listed(in_words(self.when, programme.calendar), "or")
