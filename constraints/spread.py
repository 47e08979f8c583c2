"""The sessions of a body are spread evenly over its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.naming import each_for_itself
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import no_more_than
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class Spread(Rule):
    """Each name for itself, a body with the bodies below it; without names each body with its own sessions. A session
    that goes on on the next day counts on both.

    Amount: over the days on which it may meet, the most sessions of a day less the fewest, beyond one. It may meet on a
    day of which rules that must hold leave a minute to one of its sessions.
    """

    unit = "session too uneven"
    default_cost_to_waive = 10
    example = {"of": ["WG"], "weight": 2}
    alone = LooksAt.NOTHING
    monotone = False

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names of one session."""
        return no_more_than(self, programme, 1)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """No day has many more sessions than a number that no day falls short of."""
        for name, sessions in each_for_itself(self, model.programme):
            days = _days_of(model.programme, sessions)
            if len(days) > 1 and len(sessions) > 1:
                fewest = model.number(f"fewest sessions of {name} a day", len(sessions))
                taken = [model.count(model.on_day(session, day) for session in sessions) for day in days]
                for number in taken:
                    model.bound(fewest <= number)
                uneven = [(number - fewest - 1, 1) for number in taken]
                model.measure_largest(self, uneven, len(sessions) - 1, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the fullest day with the emptiest."""
        for name, sessions in each_for_itself(self, programme):
            placements, days = timetable.of(sessions), _days_of(programme, sessions)
            taken = {day: sum(day in placement.days for placement in placements) for day in days}
            if not taken:
                continue
            most, fewest = max(taken, key=taken.__getitem__), min(taken, key=taken.__getitem__)
            if (amount := taken[most] - taken[fewest] - 1) > 0:
                full = f"{programme.name_of(name)} has {counted(taken[most], 'session')} on {show_day(most)}"
                few = counted(taken[fewest], "session") if taken[fewest] else "none"
                message = f"{full} and {few} on {show_day(fewest)}: they are not spread evenly"
                yield self.violation(message, *(p.session for p in placements), amount=amount)

    def describe(self, programme: Programme) -> str:
        whose = f"{self.names(programme)}{self.verb('', ', each for itself,')}" if self.of else "each body"
        return f"The sessions of {whose} are spread evenly over the days on which it may meet."


def _days_of(programme: Programme, sessions: Sequence[SessionId]) -> list[date]:
    """The days on which one of the sessions may sit, in order."""
    slots = programme.calendar.axis.slots
    cells = (cell for session in sessions for cell in programme.minutes_open(session).items())
    return sorted({slots[index].day for (index, _), minutes in cells if minutes})
