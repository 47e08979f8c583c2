"""What a planner asks of a replan: what is frozen, what is kept in part, and what a move weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.domain.base import SessionId
from scheduler.domain.clock import parse_clock, parse_date
from scheduler.domain.seats import SERVING
from scheduler.errors import InputError
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean

MAX_WEIGHT = 1000


class Standing(StrEnum):
    """Who has been told where a session is: everybody, some, or nobody yet."""

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
"""What a move weighs: its standing, times the weights of each audience and officer disturbed and of the move."""
MOVES_ALONE: Mapping[str, int] = {"audience": 0, "officer": 0, "move": 1}
"""Every move weighs the same, and disturbing people weighs nothing."""


@dataclass(frozen=True)
class Wishes:
    """Settings of one replan."""

    frozen_before: date | None = None
    """Sessions that begin before this day stay, and no other session moves there; None: nothing is frozen."""
    frozen_hour: int = 0
    """On that day, sessions that begin before this minute after midnight are frozen too."""
    standings: Mapping[SessionId, Standing] = field(default_factory=dict)
    """The other sessions are published."""
    keeps: Mapping[Keep, frozenset[SessionId]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)

    @property
    def anything_held(self) -> bool:
        """Whether anything is frozen or kept."""
        return self.frozen_before is not None or any(self.keeps.values())

    def frozen(self, day: date, start: int) -> bool:
        """Whether a session that begins at that minute of that day stays."""
        return self.frozen_before is not None and (day, start) < (self.frozen_before, self.frozen_hour)

    def disturbance(self, scenario: Scenario, session: SessionId) -> int:
        """Points for moving a session: for each audience that may attend and officer who serves, by its standing."""
        weights = {**DEFAULT_WEIGHTS, **self.weights}
        disturbed = weights["audience"] * len(scenario.audience(session))
        disturbed += weights["officer"] * sum(seat.role in SERVING for seat in scenario.seats(session))
        return weights[self.standings.get(session, Standing.PUBLISHED)] * (disturbed + weights["move"])


def wishes_of(
    scenario: Scenario, frozen_before: str | None, announced: Sequence[str], draft: Sequence[str],
    keep: Sequence[str], weight: Sequence[str],
) -> Wishes:  # fmt: skip
    """The wishes that these texts state, each written as after ``schedule replan``.

    Raises:
        InputError: a text cannot be read, or names what is not there.
    """
    try:
        day, _, hour = (frozen_before or "").strip().replace("T", " ").partition(" ")
        frozen = parse_date(day) if frozen_before is not None else None
        clock = parse_clock(hour) if hour.strip() else 0
    except ValueError as error:
        raise InputError(f"--frozen-before: {error}") from None
    standings = {
        session: standing
        for standing, names in ((Standing.ANNOUNCED, announced), (Standing.DRAFT, draft))
        for name in names
        for session in _work(scenario, name)
    }
    keeps: dict[Keep, frozenset[SessionId]] = {}
    for text in keep:
        what, _, name = text.partition(":")
        if what not in list(Keep) or not name:
            raise InputError(
                f"--keep {text[:60]}: write what is kept and of whom, as in day:WGTR, slot:dief, order:all"
            )
        kept = tuple(scenario.sessions) if name == "all" else _work(scenario, name)
        keeps[Keep(what)] = keeps.get(Keep(what), frozenset()) | frozenset(kept)
    weights = dict(DEFAULT_WEIGHTS)
    for text in weight:
        name, _, number = text.partition("=")
        if name not in weights or not number.isdigit() or int(number) > MAX_WEIGHT:
            known = ", ".join(weights)
            said = f"write a name and a number from 0 to {MAX_WEIGHT}, as in officer=3"
            raise InputError(f"--weight {text[:60]}: {said}; names: {known}")
        weights[name] = int(number)
    return Wishes(frozen, clock, standings, keeps, weights)


def _work(scenario: Scenario, name: str) -> tuple[SessionId, ...]:
    found = scenario.work(name)
    if not found:
        hint = did_you_mean(name, [*scenario.body, *scenario.sessions])
        raise InputError(f"there is no body or session '{name[:60]}' that is held in this scenario: {hint}")
    return found
