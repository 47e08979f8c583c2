"""Work is held only in given parts of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import When, holds, in_words, parse_when
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class OnlyOn(Rule):
    """Days, half-days, slots or hours. Amount: one per segment that does not lie wholly within them; hours that touch
    are one.
    """

    unit: ClassVar[str] = "segment outside"
    default_cost_to_waive: ClassVar[int] = 20
    example: ClassVar[Mapping[str, Any]] = {"of": ["FORUM"], "when": ["2027-02-23 pm"]}
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["only_on"] = "only_on"
    when: tuple[When, ...] = Field(min_length=1)

    def _outside(self, programme: Programme) -> Callable[[Segment], bool]:
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
