"""Sessions start at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import Together
from scheduler.rules.naming import as_listed, names_needed
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import one_session_alone

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class SameTime(Rule):
    """All sessions named start when the first of them does: on its day, at its minute.

    Amount: one per session that starts at another time than the first. Where the first is not placed, nothing is said.
    """

    unit = "session at another time"
    default_cost_to_waive = 20
    example = {"of": ["first", "report"]}
    alone = LooksAt.NOTHING

    @model_validator(mode="after")
    def _names(self) -> SameTime:
        names_needed(self, "of: [first, second], or of: [WGETI] for its own sessions")
        return self

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session."""
        return one_session_alone(self, programme)

    def together(self, programme: Programme) -> Iterator[tuple[Together, tuple[SessionId, ...]]]:
        """All of them."""
        yield Together.START, tuple(as_listed(self, programme))

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Where the first starts, each of the others does."""
        sessions = as_listed(self, model.programme)
        for other in sessions[1:]:
            unless = model.relaxation(self, enforcement)
            for start in model.possible_starts(sessions[0]):
                first, too = (model.starts_among(session, [start]) for session in (sessions[0], other))
                model.clause(model.negated(first), too, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare days and clock times with those of the first."""
        sessions = as_listed(self, programme)
        if not sessions or sessions[0] not in timetable:
            return
        first = timetable[sessions[0]]
        for other in timetable.of(sessions[1:]):
            if other.segments[0].begins != first.segments[0].begins:
                starts = f"{programme.title(other.session)} starts on {other.segments[0].starts_on}"
                message = f"{starts}, {programme.title(first.session)} on {first.segments[0].starts_on}"
                yield self.violation(message, first.session, other.session)

    def describe(self, programme: Programme) -> str:
        if len(self.of) == 1:
            return f"The sessions of {self.names(programme)} start at the same time."
        return f"{self.names(programme)} start at the same time."
