"""A closed session stands at the end of a day: nobody who must leave waits for the next open one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import open_to_everybody

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class EndOfDay(Rule):
    """Without names the rule is about every closed session.

    Amount: one per closed session and later session of that day, if the later one is open to somebody whom the closed
    one keeps out. A session is later if it begins, or continues in another slot, after the closed one has ended.
    """

    unit = "session afterwards"
    default_cost_to_waive = 10
    example = {"of": ["FORUM"]}
    alone = LooksAt.NOTHING

    def sessions(self, programme: Programme) -> tuple[SessionId, ...]:
        """The closed ones among those named."""
        return tuple(filter(programme.restricted, programme.work(*self.of)))

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that are open to everybody."""
        return open_to_everybody(self, programme)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Where it ends in a slot, others neither touch a later slot of the day nor start in this one afterwards."""
        for session in self.sessions(model.programme):
            for other in model.programme.open_to_kept_out(session):
                unless = model.relaxation(self, enforcement)
                begins_earlier = model.negated(model.before(session, other))
                for slot in model.axis.slots:
                    elsewhere = model.negated(model.ends_in(session, slot.index))
                    starts_elsewhere = model.negated(model.starts_in(other, slot.index))
                    model.clause(elsewhere, starts_elsewhere, begins_earlier, unless=unless)
                    for number, (resumes, position) in enumerate(model.resumptions(other, slot.index)):
                        name = ("resumes after", other, session, slot.index, number)
                        before = model.negated(model.not_later(name, model.end(session), position))
                        model.clause(elsewhere, model.negated(resumes), before, unless=unless)
                    for later in model.axis.by_day[slot.day]:
                        if later > slot.index:
                            model.clause(elsewhere, model.negated(model.touches(other, later)), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for segments of others that start on the day when the session has ended."""
        for placement in timetable.of(self.sessions(programme)):
            last = placement.segments[-1]
            for other in timetable.of(programme.open_to_kept_out(placement.session)):
                if any(s.day == last.day and s.start >= last.end for s in other.segments):
                    names = programme.title(other.session), programme.title(placement.session)
                    message = f"{names[0]} sits on {show_day(last.day)} after {names[1]} has ended"
                    yield self.violation(message, placement.session, other.session)

    def describe(self, programme: Programme) -> str:
        who = self.names(programme) if self.of else "Every closed session"
        return f"{who} {self.verb('stands', 'stand')} at the end of a day."
