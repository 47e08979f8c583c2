"""How to search and for how long, and how far a search is: values that need no solver."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search; nothing here changes which timetable is the answer once it is proved."""

    time_limit: float = 60.0
    """Seconds of wall-clock time for everything."""
    seed: int = 0
    workers: int | None = None
    """Solver threads; None: one, and all cores when one has not sufficed."""
    until: float | None = None
    """On the monotonic clock: when whatever uses these settings must have ended, where several do; no later than
    ``time_limit`` allows."""

    @property
    def left(self) -> float:
        """Seconds that a search which begins now may take."""
        return self.time_limit if self.until is None else min(self.time_limit, self.until - time.monotonic())

    def part(self, share: float = 1.0) -> Settings:
        """The same from now on, with this part of the time that is left."""
        return replace(self, until=time.monotonic() + self.left * share)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is; seconds since it began, cost and bound in points."""

    seconds: float
    cost: float | None
    bound: float | None
