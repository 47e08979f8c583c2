"""What a solve is asked, how far it is and what it has found, as values: no solver is needed to read them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import Exit


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search; none of them changes the answer once it is proved."""

    time_limit: float = 60.0
    """Seconds of wall-clock time for everything."""
    seed: int = 0
    workers: int | None = None
    """Solver threads; None: one, and all cores when one has not sufficed."""
    until: float | None = None
    """On the monotonic clock: when several solves that share these settings must have ended together; at the latest
    after ``time_limit``."""

    @property
    def left(self) -> float:
        """Seconds that a search which begins now may take."""
        return self.time_limit if self.until is None else min(self.time_limit, self.until - time.monotonic())

    def part(self, share: float = 1.0) -> Settings:
        """The same from now on, with this part of the time that is left."""
        return replace(self, until=time.monotonic() + self.left * share)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: seconds since it began; cost and bound in points."""

    seconds: float
    cost: float | None
    bound: float | None


class Status(StrEnum):
    """What a solve has proved."""

    OPTIMAL = "optimal"
    """A timetable, and the proof that none costs less."""
    FEASIBLE = "feasible"
    """A timetable that keeps every hard rule; a cheaper one may exist."""
    INFEASIBLE = "infeasible"
    """The proof that no timetable keeps every hard rule."""
    UNKNOWN = "unknown"
    """A limit was reached before anything was found."""

    @property
    def exit(self) -> Exit:
        """The exit status of a command that ends so."""
        return {Status.INFEASIBLE: Exit.INFEASIBLE, Status.UNKNOWN: Exit.LIMIT}.get(self, Exit.DONE)


def gap_of(cost: float | None, bound: float | None) -> float | None:
    """The part of the cost that is not proved necessary: (cost - bound) / max(1, cost); None where one is not known."""
    return None if cost is None or bound is None else (cost - bound) / max(1, cost)


@dataclass(frozen=True, slots=True)
class Ties:
    """The number of timetables that cost the least: ``count``, or at least that when not ``exact``."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one scenario.

    ``cost`` and ``bound`` are points, None without a timetable; ``violations`` are the checker's, not the solver's.
    """

    status: Status
    timetable: Timetable | None = None
    cost: int | None = None
    bound: int | None = None
    violations: tuple[Violation, ...] = ()
    ties: Ties | None = None
    canonical: bool = False
    """Whether the timetable is the first of the equally good ones in the fixed order."""
    varies: bool = False
    """Whether it goes by the seed, the workers or the clock, so that another run may find another."""
    interrupted: bool = False
    solver: Mapping[str, object] = field(default_factory=dict)
    """Settings and versions, for the record."""
    unbuilt: bool = False
    """Whether the limit was reached before there was a model to search in."""
    reasons: tuple[str, ...] = ()
    """Why there is no timetable, where adding up proves it: sentences for the planner."""
    heuristic: bool = False
    """Whether the timetable was planned for promises on chances, for which there is no proof."""
    events_only: bool | None = None
    """Whether it is proved that its side events cannot stand otherwise as well; None: none was placed."""

    @property
    def gap(self) -> float | None:
        """The part of the cost that is not proved necessary."""
        return gap_of(self.cost, self.bound)

    @property
    def exit(self) -> Exit:
        """The exit status of a command with this answer."""
        return Exit.INTERRUPTED if self.interrupted else self.status.exit

    @property
    def sentence(self) -> str:
        """The status as one sentence for the planner."""
        if self.status is Status.OPTIMAL:
            return f"optimal: no timetable of this scenario costs less, {self._others()}{self._again()}"
        if self.status is Status.FEASIBLE:
            why = "stopped by hand" if self.interrupted else "the time limit was reached"
            why = "planned for its promises by a heuristic" if self.heuristic else why
            return (
                f"feasible, not proved optimal ({why}): it costs {self.cost}, and none can cost less than {self.bound}"
                f"{self._again()}"
            )
        if self.status is Status.INFEASIBLE:
            return "infeasible: no timetable keeps every rule that must hold"
        why = "stopped by hand" if self.interrupted else "the time limit was reached"
        where = ", while the model was being built: allow more time, or divide the scenario" if self.unbuilt else ""
        return f"unknown: {why} before any timetable was found{where}"

    def _again(self) -> str:
        """That the answer may be another one next time, with the size at which it is so."""
        if not self.varies or self.timetable is None:
            return ""
        return f"; with these {len(self.timetable)} sessions another run may find another timetable"

    def _others(self) -> str:
        if self.ties is None:
            return "others may be as good"
        if self.ties.exact and self.ties.count == 1:
            if self.events_only is False:
                return "and no other has its sessions elsewhere and is as good; side events may stand otherwise"
            return "and no other is as good"
        aside = "" if self.events_only is None else ", side events aside"
        return (
            f"and this is one of {'' if self.ties.exact else 'at least '}{self.ties.count} that are equally good{aside}"
        )
