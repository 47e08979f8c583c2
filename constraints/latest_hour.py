"""Nothing runs later than a given hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.clock import DAY_MINUTES, Clock, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.by_segment import BySegment
from scheduler.rules.silence import never_open

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

    def _latest(self, programme: Programme, hour: int | None = None) -> int:
        """The hour, or another, in minutes after the midnight before a slot opens."""
        hour, slots = self.hour if hour is None else hour, programme.calendar.axis.slots
        night = all(hour <= slot.opens for slot in slots) and any(slot.closes > DAY_MINUTES for slot in slots)
        return hour + DAY_MINUTES if night else hour

    def silent(self, programme: Programme) -> Iterator[str]:
        """An hour at which no slot has opened yet: then nothing can sit at all."""
        latest = self._latest(programme)

        def because(whom: str, slots: list[Slot]) -> str:
            first = show_clock(min(slot.opens for slot in slots))
            return f"no slot{whom} has opened by {show_clock(self.hour)}, the first opens at {first}"

        return never_open(self, programme, lambda slot: latest <= slot.opens, because)

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """It ends too late."""
        latest = self._latest(programme)
        return lambda segment: segment.end > latest

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A later hour, six steps at most, also one of the night where slots run over midnight."""
        programme, names = adjusting.programme, self.names(adjusting.programme)
        latest = self._latest(programme)
        later = range(latest + adjusting.step, latest + 6 * adjusting.step + 1, adjusting.step)
        written = [(at, at if at <= DAY_MINUTES else at - DAY_MINUTES) for at in later]
        hours = [hour for at, hour in written if self._latest(programme, hour) == at]
        yield adjusting.number(self, "hour", [(h, f"let {names} run until {show_clock(h)}") for h in hours])

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
