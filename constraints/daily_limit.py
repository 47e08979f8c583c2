"""A body has no more than a given number of sessions a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import DayLimit
from scheduler.rules.naming import each_for_itself
from scheduler.rules.pigeonholes import fewest_too_many
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import no_more_than
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class DailyLimit(Rule):
    """Each name for itself, a body with the bodies below it; without names each body with its own sessions. A session
    that goes on on the next day counts on both.

    Amount: for each day, one per session beyond ``at_most``.
    """

    unit = "session too many"
    default_cost_to_waive = 30
    example = {"of": ["WG"], "at_most": 2}
    alone = LooksAt.NOTHING
    at_most: int = Field(ge=1)
    """Sessions a day that cost nothing."""

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names with no more sessions than that."""
        return no_more_than(self, programme, self.at_most)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three sessions more."""
        who = self.names(adjusting.programme) if self.of else "each body"
        yield adjusting.more(self, "at_most", f"allow {{}} sessions of {who} a day instead of {self.at_most}")

    def limits(self, programme: Programme) -> Iterator[DayLimit]:
        """The sessions of each name."""
        few = counted(self.at_most, "session")
        for name, sessions in each_for_itself(self, programme):
            yield DayLimit(sessions, self.at_most, f"for {programme.name_of(name)}, which has at most {few} a day")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the sessions of each day."""
        for _, sessions in each_for_itself(self, model.programme):
            amounts = {}
            for day in model.axis.days:
                there = [model.on_day(s, day) for s in sessions]
                amounts[day] = model.measure_beyond(self, self.at_most, there, enforcement)
            if self.weight is not None and enforcement is None:
                slots = model.axis.slots
                reach = {s: frozenset(slots[index].day for index in model.slots_of(s)) for s in sessions}
                fewest_too_many(model, reach, self.at_most, amounts)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the sessions of each day."""
        for name, sessions in each_for_itself(self, programme):
            placements = timetable.of(sessions)
            for day in programme.calendar.axis.days:
                sit = [placement.session for placement in placements if day in placement.days]
                if len(sit) > self.at_most:
                    has = f"{programme.name_of(name)} has {len(sit)} sessions on {show_day(day)}"
                    message = f"{has} instead of at most {'one' if self.at_most == 1 else self.at_most}"
                    yield self.violation(message, *sit, amount=len(sit) - self.at_most)

    def describe(self, programme: Programme) -> str:
        each = "Each body has" if not self.of else f"{self.names(programme)} {self.verb('has', 'each have')}"
        return f"{each} at most {counted(self.at_most, 'session')} a day."
