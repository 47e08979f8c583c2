"""Nothing else is held, in any room, while a session sits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.naming import names_needed, with_any_other
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class Alone(Rule):
    """Sessions that have the meeting to themselves: an opening, a keynote.

    Amount: one per other session that shares a minute with one of them. Two sessions that are both named count once.
    """

    unit = "other session"
    default_cost_to_waive = 40
    example = {"of": ["FORUM"]}
    alone = LooksAt.NOTHING

    @model_validator(mode="after")
    def _names(self) -> Alone:
        names_needed(self, "of: [opening], or the rule one_at_a_time for every session")
        return self

    def beside_nobody(self, programme: Programme) -> tuple[SessionId, ...]:
        """Those that are named."""
        return self.sessions(programme)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Hard: those named overlap nobody, all others may overlap one another. Soft: pair by pair."""
        programme, named = model.programme, {*self.sessions(model.programme)}
        if self.weight is None:
            others = frozenset(session for session in programme.sessions if session not in named)
            model.no_overlap([*programme.sessions], model.relaxation(self, enforcement), free=(others,))
            return
        for one, other in with_any_other(self, programme):
            model.clause(model.apart(one, other), unless=model.relaxation(self, enforcement))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare clock times with everybody's."""
        for one, other in with_any_other(self, programme):
            if one in timetable and other in timetable and timetable[one].overlaps(timetable[other]):
                message = f"{programme.title(other)} sits at the same time as {programme.title(one)}"
                yield self.violation(message, one, other)

    def describe(self, programme: Programme) -> str:
        return f"Nothing else is held while {self.names(programme)} {self.verb('sits', 'sit')}."
