"""What the rules on single segments share: each segment that breaks the rule counts once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class BySegment(Rule):
    """A rule that looks at each segment alone, whatever its room. Amount: one per segment that breaks it."""

    by_minute = True
    alone = LooksAt.START

    @abstractmethod
    def broken_by(self, programme: Programme) -> Callable[[Segment], bool]:
        """A function that says whether a segment breaks the rule."""

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Charge each start for its segments that break the rule."""
        breaks = self.broken_by(model.programme)
        for session in self.sessions(model.programme):
            model.charge(self, session, lambda segments: sum(map(breaks, segments)), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        return counts.price_slots([(self.sessions(counts.programme), self.broken_by(counts.programme))], self.weight)
