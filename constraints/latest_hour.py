"""Nothing runs later than a given hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Segment
from scheduler.domain.clock import DAY_MINUTES, NOON, Clock, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.by_segment import BySegment

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class LatestHour(BySegment):
    """Amount: one per segment that ends after the hour.

    Where slots run over midnight, an hour at which no slot of any day has opened yet is that of the night.
    """

    unit = "segment too late"
    default_cost_to_waive = 50
    example = {"of": ["WG"], "hour": "17:30"}
    hour: Clock

    def _latest(self, programme: Programme) -> int:
        """The hour in minutes after the midnight before a slot opens."""
        slots = programme.calendar.axis.slots
        night = all(self.hour <= slot.opens for slot in slots) and any(slot.closes > DAY_MINUTES for slot in slots)
        return self.hour + DAY_MINUTES if night else self.hour

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """It ends too late."""
        latest = self._latest(programme)
        return lambda segment: segment.end > latest

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A later hour, six steps at most."""
        most = DAY_MINUTES if self._latest(adjusting.programme) == self.hour else NOON
        later = range(self.hour + adjusting.step, min(self.hour + 6 * adjusting.step, most) + 1, adjusting.step)
        names = self.names(adjusting.programme)
        yield adjusting.number(self, "hour", [(h, f"let {names} run until {show_clock(h)}") for h in later])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at the end of each segment."""
        latest = self._latest(programme)
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if segment.end > latest:
                    message = f"{programme.title(placement.session)} runs past {show_clock(self.hour)}: {segment}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        who = f"{self.names(programme)} {self.verb('does', 'do')} not sit" if self.of else "No session sits"
        return f"{who} after {show_clock(self.hour)}."
