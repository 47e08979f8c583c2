"""How likely a timetable keeps each promise, according to its forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.promise import AnyPromise, FinishBy, KeepSlack, StartWithin, show_chance
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import InputError
from scheduler.forecasting.windows import Forecast, SessionForecast
from scheduler.forecasting.windows import forecast as forecast_of
from scheduler.scenario import Scenario
from scheduler.wording import listed

EXACTNESS = 1e-6
"""By how much a chance may miss what is promised: it is a sum of many floating-point numbers."""


@dataclass(frozen=True)
class Target:
    """What must have happened by a position for a promise to be kept."""

    session: SessionId | None
    """The session that ends or starts; None: the work of a room as a whole."""
    starting: bool
    by: int
    """A position on the working-time axis."""
    chance: float


@dataclass(frozen=True)
class Judgement:
    """How likely a promise is kept: as likely as the least likely of its targets."""

    name: str
    promise: AnyPromise
    sentence: str
    stated: bool
    """Whether it stands among the promises of the scenario."""
    targets: tuple[Target, ...]

    @property
    def chance(self) -> float:
        """The chance that it is kept."""
        return min((target.chance for target in self.targets), default=1.0)

    @property
    def kept(self) -> bool:
        """Whether that is as likely as promised."""
        return self.chance >= self.promise.chance - EXACTNESS

    @property
    def broken(self) -> tuple[Target, ...]:
        """Targets that are not likely enough."""
        return tuple(t for t in self.targets if t.chance < self.promise.chance - EXACTNESS)

    @property
    def message(self) -> str:
        """``WGTR ends by Friday 18:00 with 95 %: here with 48 %``."""
        return f"{self.sentence[:-1]}: here with {show_chance(self.chance)}"


def judge(forecast: Forecast, promises: Sequence[AnyPromise] | None = None) -> tuple[Judgement, ...]:
    """Every promise of the scenario, or those given.

    Raises:
        InputError: a promise names a day on which nobody meets.
    """
    given = (forecast.scenario.promises or ()) if promises is None else promises
    names: list[str] = []
    for promise in given:
        name, number = promise.id or promise.rule, 1
        while name in names:
            number += 1
            name = f"{promise.id or promise.rule}-{number}"
        names.append(name)
    return tuple(
        Judgement(
            name,
            promise,
            describe(forecast.scenario, promise),
            promises is None,
            tuple(_targets(forecast, promise, name)),
        )
        for name, promise in zip(names, given, strict=True)
    )


def not_kept(scenario: Scenario, timetable: Timetable) -> tuple[Violation, ...]:
    """Promises that a timetable does not keep, as the checker reports broken rules.

    None where a session is not placed: such a timetable cannot be forecast.
    """
    if not scenario.promises or any(session not in timetable for session in scenario.sessions):
        return ()
    return tuple(
        Violation(j.promise.rule, j.name, j.message, sessions=tuple(t.session for t in j.broken if t.session))
        for j in judge(forecast_of(scenario, timetable))
        if not j.kept
    )


def describe(scenario: Scenario, promise: AnyPromise) -> str:
    """One sentence, as it would be read out in the room."""
    return f"{asserted(scenario, promise)} with {promise.chance * 100:g} %."


def asserted(scenario: Scenario, promise: AnyPromise) -> str:
    """What is promised, without how likely it must be: ``WGTR ends by Friday 18:00``."""
    if isinstance(promise, KeepSlack):
        where = f"before {scenario.name_of(promise.before)}" if promise.before else "before the last slot closes"
        return f"{show_minutes(promise.minutes)} stay free {where}"
    who, plural = listed([scenario.name_of(work) for work in promise.of]), "s" if len(promise.of) == 1 else ""
    if isinstance(promise, FinishBy):
        return f"{who} end{plural} by {promise.by.spoken(scenario.calendar)}"
    late = f"at most {show_minutes(promise.late)} late" if promise.late else "on time"
    return f"{who} start{plural} {late}"


def _targets(forecast: Forecast, promise: AnyPromise, name: str) -> Iterator[Target]:
    if isinstance(promise, KeepSlack):
        yield from _slack(forecast, promise)
        return
    work = [forecast.sessions[s] for s in forecast.scenario.work(*promise.of) if s in forecast.sessions]
    if isinstance(promise, StartWithin):
        for found in work:
            by = found.planned.start + promise.late
            yield Target(found.session, True, by, found.start.by(by))
        return
    end = promise.by.position(forecast.scenario.calendar)
    if end is None:
        raise InputError(f"promise '{name}': nobody meets on {promise.by.day}: name a day with slots")
    for found in work:
        yield Target(found.session, False, end, _finished(forecast, found, end))


def _slack(forecast: Forecast, promise: KeepSlack) -> Iterator[Target]:
    if promise.before is None:
        by = forecast.axis.total - promise.minutes
        yield from (Target(None, False, by, final.by(by)) for final in forecast.finals)
    elif (session := SessionId(promise.before)) in forecast.sessions:
        by = forecast.sessions[session].planned.start - promise.minutes
        before = forecast.before(session)
        yield Target(session, True, by, 1.0 if before is None else before.end.by(by))


def _finished(forecast: Forecast, found: SessionForecast, by: int) -> float:
    """The chance that a session is over; work that is carried over ends with the work of its room."""
    if not found.carried:
        return found.end.by(by)
    final = next(f for t, f in zip(forecast.tracks, forecast.finals, strict=True) if found.session in t.sessions)
    return max(found.end.by(by) - found.curtailed, final.by(by))
