"""The work takes few days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.programme import Programme
from scheduler.rules.days_together import DaysTogether
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class FewDays(DaysTogether):
    """All work named, together. Amount: one per day of meeting beyond ``at_most``."""

    default_cost_to_waive = 15
    example = {"at_most": 3}
    at_most: int = Field(ge=1)
    """Days that cost nothing."""

    @property
    def free(self) -> int:
        """As many as the rule says."""
        return self.at_most

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three days more."""
        yield adjusting.more(self, "at_most", f"allow {{}} days instead of {self.at_most}")

    def too_many(self, programme: Programme, days: Sequence[date]) -> str:
        """How many there are."""
        return f"{self._who(programme)} {len(days)} days instead of at most {counted(self.at_most, 'day')}"

    def describe(self, programme: Programme) -> str:
        return f"{self._who(programme)} at most {counted(self.at_most, 'day')}."

    def _who(self, programme: Programme) -> str:
        who = self.names(programme) if self.of else "All sessions"
        return f"{who} takes" if len(self.of) == 1 else f"{who} together take"
