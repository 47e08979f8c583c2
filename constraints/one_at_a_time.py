"""No two sessions sit at the same time: one plenary."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Exclusive, LooksAt, Rule
from scheduler.rules.silence import one_session_alone

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class OneAtATime(Rule):
    """Amount: one per pair of sessions that share a minute."""

    unit = "pair of sessions"
    default_cost_to_waive = 100
    example = {"source": "many delegations are one or two people"}
    alone = LooksAt.NOTHING
    exclusive = Exclusive.MEETING

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has nobody to meet."""
        return one_session_alone(self, programme)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Intervals that do not overlap; soft, pair by pair."""
        sessions = self.sessions(model.programme)
        if self.weight is None:
            model.no_overlap(sessions, unless=model.relaxation(self, enforcement))
            return
        for one, other in combinations(sessions, 2):
            model.clause(model.apart(one, other), unless=model.relaxation(self, enforcement))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare clock times pair by pair."""
        for one, other in combinations(timetable.of(self.sessions(programme)), 2):
            if one.overlaps(other):
                names = programme.title(one.session), programme.title(other.session)
                yield self.violation(f"{names[0]} and {names[1]} sit at the same time", one.session, other.session)

    def describe(self, programme: Programme) -> str:
        two = f"Of {self.names(programme)}, no two sessions" if self.of else "No two sessions"
        return f"{two} sit at the same time."
