"""Nothing runs earlier than a given hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.clock import Clock, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.by_segment import BySegment
from scheduler.rules.silence import never_open

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class EarliestHour(BySegment):
    """Amount: one per segment that starts before the hour."""

    unit = "segment too early"
    default_cost_to_waive = 50
    example = {"of": ["WG"], "hour": "10:30"}
    hour: Clock

    def silent(self, programme: Programme) -> Iterator[str]:
        """An hour at which every slot has closed: then nothing can sit at all."""

        def because(whom: str, slots: list[Slot]) -> str:
            last = show_clock(max(slot.closes for slot in slots))
            return f"every slot{whom} has closed by {show_clock(self.hour)}, the last closes at {last}"

        return never_open(self, programme, lambda slot: slot.closes <= self.hour, because)

    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:  # noqa: ARG002  the hour is the rule's own
        """It starts too early."""
        return lambda segment: segment.start < self.hour

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """An earlier hour, six steps at most."""
        earlier = range(self.hour - adjusting.step, max(self.hour - 6 * adjusting.step, 0) - 1, -adjusting.step)
        names = self.names(adjusting.programme)
        yield adjusting.number(self, "hour", [(h, f"let {names} run from {show_clock(h)}") for h in earlier])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at the start of each segment."""
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if segment.start < self.hour:
                    message = f"{programme.title(placement.session)} sits before {show_clock(self.hour)}: {segment}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        who = f"{self.names(programme)} {self.verb('does', 'do')} not sit" if self.of else "No session sits"
        return f"{who} before {show_clock(self.hour)}."
