"""The sessions of a body are held in the order in which the scenario lists them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import Limit
from scheduler.rules.naming import each_for_itself
from scheduler.rules.rule import LooksAt, Rule, says_nothing

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class ListedOrder(Rule):
    """Each name for itself, a body with the bodies below it; without names each body with its own sessions.

    Amount: one per session that starts before the one listed before it has ended.
    """

    unit = "session out of order"
    default_cost_to_waive = 25
    example = {"of": ["WG"]}
    alone = LooksAt.NOTHING

    def _pairs(self, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
        """Each session with the next, of those that are listed together."""
        for _, sessions in each_for_itself(self, programme):
            yield from pairwise(sessions)

    def precedences(self, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
        """Each session before all that are listed after it."""
        for _, sessions in each_for_itself(self, programme):
            yield from combinations(sessions, 2)

    def limits(self, programme: Programme) -> Iterator[Limit]:
        """Those that are listed together follow one another."""
        for name, sessions in each_for_itself(self, programme):
            yield Limit(tuple(sessions), 1, f"of {programme.name_of(name)}, one session after the other")

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names of one session."""
        about = {session for pair in self._pairs(programme) for session in pair}
        yield from says_nothing(self.names_without(programme, about.__contains__), "has one session", "have one each")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Neighbours in the list, pair by pair."""
        for first, then in self._pairs(model.programme):
            model.clause(model.before(first, then), unless=model.relaxation(self, enforcement))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare each session with the one listed before it."""
        for first, then in self._pairs(programme):
            if first in timetable and then in timetable and timetable[then].start < timetable[first].end:
                start, end = timetable[then].segments[0].starts_on, timetable[first].segments[-1].ends_on
                message = f"{programme.title(then)} starts on {start}, before {programme.title(first)} ends on {end}"
                yield self.violation(message, first, then)

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return "The sessions of each body are held in the order in which they are listed."
        each = "" if len(self.of) == 1 else "each "
        return f"The sessions of {self.names(programme)} are {each}held in the order in which they are listed."
