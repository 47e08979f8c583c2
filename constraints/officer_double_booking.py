"""No officer serves two sessions at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.base import OfficerId, SessionId
from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.rule import Rule

if TYPE_CHECKING:
    from scheduler.brief import Brief
    from scheduler.model import Guard, ScheduleModel


class OfficerDoubleBooking(Rule):
    """Harm: one per officer and pair of their sessions that share a minute."""

    unit: ClassVar[str] = "pair of sessions"
    standing: ClassVar[bool] = True
    rule: Literal["officer_double_booking"] = "officer_double_booking"

    def _served(self, programme: Programme) -> dict[OfficerId, list[SessionId]]:
        served: dict[OfficerId, list[SessionId]] = {}
        for session in self.sessions(programme):
            for officer in programme.officers_of(session):
                served.setdefault(officer, []).append(session)
        return {officer: sessions for officer, sessions in served.items() if len(sessions) > 1}

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Pair by pair."""
        for sessions in self._served(model.programme).values():
            for one, other in combinations(sessions, 2):
                model.clause(model.apart(one, other), unless=model.excuse(self, guard))

    def count(self, brief: Brief) -> bool:
        """Only when no officer serves two sessions."""
        return not self._served(brief.programme)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Compare clock times of each officer's sessions."""
        for officer, sessions in self._served(programme).items():
            for one, other in combinations(timetable.of(sessions), 2):
                if one.overlaps(other):
                    names = programme.title(one.session), programme.title(other.session)
                    message = f"{programme.officer[officer].title} would serve {names[0]} and {names[1]} at once"
                    yield self.finding(message, one.session, other.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        among = f" of {self.names(programme)}" if self.of else ""
        return f"No officer serves two sessions{among} at the same time."
