"""Work is not held in given parts of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, in_words, touches
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class NotOn(Rule):
    """Days, half-days, slots or hours. Amount: one per segment that shares a minute with any of them."""

    unit: ClassVar[str] = "segment inside"
    default_cost_to_waive: ClassVar[int] = 20
    example: ClassVar[Mapping[str, Any]] = {"of": ["FORUM"], "when": ["first day am", "2027-02-23 17:00-18:00"]}
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["not_on"] = "not_on"
    when: tuple[When, ...] = Field(min_length=1)

    def _inside(self, programme: Programme) -> Callable[[Segment], bool]:
        parts = [part.windows(programme.calendar) for part in self.when]
        return lambda segment: any(touches(part, segment) for part in parts)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """One slot less on which the work may not sit."""
        names = self.names(adjusting.programme)
        return adjusting.fewer_slots(self, self.when, f"let {names} sit on {{}} after all")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by its segments inside."""
        inside = self._inside(model.programme)
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: sum(map(inside, segments)), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        return counts.price_slots([(self.sessions(counts.programme), self._inside(counts.programme))], self.weight)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each segment."""
        inside = self._inside(programme)
        for placement in timetable.of(self.sessions(programme)):
            for segment in placement.segments:
                if inside(segment):
                    yield self.violation(f"{programme.title(placement.session)} sits on {segment}", placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        who = f"{self.names(programme)} {self.verb('is', 'are')} not held" if self.of else "No session is held"
        return f"{who} {listed(in_words(self.when, programme.calendar), 'or')}."
