"""Work is held only in given parts of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, holds, in_words
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class OnlyOn(Rule):
    """Days, half-days, slots or hours. Amount: one per segment that does not lie wholly within them; hours that touch
    are one.
    """

    unit: ClassVar[str] = "segment outside"
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["only_on"] = "only_on"
    when: tuple[When, ...] = Field(min_length=1)

    def _outside(self, programme: Programme) -> Callable[[Segment], bool]:
        parts = [part.windows(programme.calendar) for part in self.when]
        return lambda segment: not holds(parts, segment)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by its segments outside."""
        outside = self._outside(model.programme)
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: sum(map(outside, segments)), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        return counts.price_slots([(self.sessions(counts.programme), self._outside(counts.programme))], self.weight)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment."""
        outside = self._outside(programme)
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if outside(segment):
                    message = f"{programme.title(placement.session)} sits on {segment}, not {self._parts(programme)}"
                    yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        return f"{self.subject(programme)} {self.verb('is', 'are')} held only {self._parts(programme)}."

    def _parts(self, programme: Programme) -> str:
        return listed(in_words(self.when, programme.calendar), "or")
