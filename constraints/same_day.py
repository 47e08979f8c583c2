"""Work is held on the same day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.rules.days_together import DaysTogether
from scheduler.rules.naming import names_needed
from scheduler.wording import shortened

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class SameDay(DaysTogether):
    """All work named, together, sits on one day; ``within_day`` says it of each body for itself.

    Amount: one per day beyond the first.
    """

    default_cost_to_waive = 20
    example = {"of": ["first", "REPORT"]}

    @model_validator(mode="after")
    def _names(self) -> SameDay:
        names_needed(self, "of: [WGETI, REPORT]")
        return self

    @property
    def free(self) -> int:
        """The one day."""
        return 1

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Two days or three instead of one: ``few_days`` says so."""
        for days in (2, 3):
            looser = adjusting.kinds["few_days"].model_validate(
                {"id": self.name, "of": self.of, "source": self.source, "at_most": days}
            )
            may = f"let {self.names(adjusting.programme)} take {days} days"
            yield adjusting.other(f"{self.name} on {days} days", adjusting.instead(self, may, looser))

    def too_many(self, programme: Programme, days: Sequence[date]) -> str:
        """Which they are."""
        dates = shortened([show_day(day) for day in days])
        return f"{self.names(programme)} {self.verb('sits', 'sit')} on {dates}, not on one day"

    def describe(self, programme: Programme) -> str:
        who = f"All sessions of {self.names(programme)}" if len(self.of) == 1 else self.names(programme)
        return f"{who} sit on the same day."
