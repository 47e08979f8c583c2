"""A session keeps a fixed time: a panel, a closed meeting, an invited speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import WorkRef
from scheduler.domain.clock import Clock, same_time, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When
from scheduler.rules.rule import FixedTime, LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class Anchor(Rule):
    """The work starts at ``at``, in the part of the calendar ``when`` if that is given.

    Amount: one per session that starts at another time.
    """

    unit = "session"
    default_cost_to_waive = 40
    example = {"of": ["forum"], "at": "16:30", "when": "2027-02-23"}
    not_adjustable = {"when": "on another day it is another appointment"}
    fixes_time = True
    alone = LooksAt.START
    of: tuple[WorkRef, ...] = Field(min_length=1)
    at: Clock
    when: When | None = None

    @property
    def fixed_time(self) -> FixedTime:
        """The minute, in its part of the calendar."""
        return FixedTime(self.at, self.when)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Another time of day."""
        return adjusting.starts(self, self.at)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """The starts at that time."""
        slots = None if self.when is None else self.when.slots(model.programme.calendar)
        for session in self.sessions(model.programme):
            on_time = model.where(
                session,
                lambda segments: same_time(segments[0].start, self.at) and (slots is None or segments[0].slot in slots),
            )
            model.clause(on_time, unless=model.relaxation(self, enforcement))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the first minute."""
        for placement in timetable.of(self.sessions(programme)):
            first = placement.segments[0]
            there = self.when is None or first.slot in self.when.slots(programme.calendar)
            if not same_time(first.start, self.at) or not there:
                starts = f"{programme.title(placement.session)} starts on {first.starts_on}{first.of_slot}"
                message = f"{starts}, not {self._time(programme)}"
                yield self.violation(message, placement.session)

    def _time(self, programme: Programme) -> str:
        return f"at {show_clock(self.at)}" + (f" {self.when.spoken(programme.calendar)}" if self.when else "")

    def describe(self, programme: Programme) -> str:
        return f"{self.subject(programme)} {self.verb('starts', 'start')} {self._time(programme)}."
