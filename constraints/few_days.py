"""The work takes few days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class FewDays(Rule):
    """All work named, together. Amount: one per day of meeting beyond ``at_most``."""

    unit = "further day"
    default_cost_to_waive = 15
    example = {"at_most": 3}
    alone = LooksAt.START
    at_most: int = Field(ge=1)
    """Days that cost nothing."""

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three days more."""
        yield adjusting.more(self, "at_most", f"allow {{}} days instead of {self.at_most}")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the days on which any session sits."""
        sessions = self.sessions(model.programme)
        days = [model.body_on(sessions, day) for day in model.axis.days]
        model.measure_beyond(self, self.at_most, days, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count the days."""
        placements = timetable.of(self.sessions(programme))
        days = {day for placement in placements for day in placement.days}
        if len(days) > self.at_most:
            message = f"{self._who(programme)} {len(days)} days instead of at most {counted(self.at_most, 'day')}"
            yield self.violation(message, *(p.session for p in placements), amount=len(days) - self.at_most)

    def describe(self, programme: Programme) -> str:
        return f"{self._who(programme)} at most {counted(self.at_most, 'day')}."

    def _who(self, programme: Programme) -> str:
        who = self.names(programme) if self.of else "All sessions"
        return f"{who} takes" if len(self.of) == 1 else f"{who} together take"
