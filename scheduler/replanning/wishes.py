"""What a planner says of the timetable that is out: what is frozen, what is kept in part, and what a move weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.domain.base import SessionId
from scheduler.scenario import Scenario


class Standing(StrEnum):
    """How far a session's place has gone out."""

    PUBLISHED = "published"
    ANNOUNCED = "announced"
    DRAFT = "draft"


class Keep(StrEnum):
    """A part of its place that a session keeps, whatever else changes."""

    DAY = "day"
    SLOT = "slot"
    ORDER = "order"
    ROOM = "room"


DEFAULT_WEIGHTS: Mapping[str, int] = {
    Standing.PUBLISHED: 3,
    Standing.ANNOUNCED: 2,
    Standing.DRAFT: 1,
    "audience": 1,
    "officer": 1,
    "move": 0,
}
"""What a move weighs: its standing, times so much for each audience and officer disturbed and for the move itself."""


MOVES_ALONE: Mapping[str, int] = {"audience": 0, "officer": 0, "move": 1}
"""Every move weighs the same, whomever it disturbs."""


@dataclass(frozen=True)
class Wishes:
    """Settings of one replan."""

    frozen_before: date | None = None
    """Sessions that begin before the day stay, and nothing else moves there; None: nothing is frozen."""
    frozen_hour: int = 0
    """On that day, what begins before this minute after midnight is frozen too."""
    standings: Mapping[SessionId, Standing] = field(default_factory=dict)
    """Sessions that are not named are published."""
    keeps: Mapping[Keep, frozenset[SessionId]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)

    @property
    def anything_held(self) -> bool:
        """Whether anything is frozen or kept."""
        return self.frozen_before is not None or any(self.keeps.values())

    def frozen(self, day: date, start: int) -> bool:
        """Whether what begins at that minute of that day stays."""
        return self.frozen_before is not None and (day, start) < (self.frozen_before, self.frozen_hour)

    def disturbance(self, scenario: Scenario, session: SessionId) -> int:
        """Points for moving a session: per audience that may attend and officer who serves, by its standing."""
        weights = {**DEFAULT_WEIGHTS, **self.weights}
        disturbed = weights["audience"] * len(scenario.audience(session))
        disturbed += weights["officer"] * len(scenario.officers_of(session))
        return weights[self.standings.get(session, Standing.PUBLISHED)] * (disturbed + weights["move"])
