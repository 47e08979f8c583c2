"""Judges promises: how likely each is kept by a timetable, according to its forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.promise import AnyPromise, FinishBy, StartWithin, show_chance
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import InputError
from scheduler.forecasting.windows import Forecast
from scheduler.forecasting.windows import forecast as forecast_of
from scheduler.scenario import Scenario
from scheduler.wording import listed

EXACTNESS = 1e-6
"""A chance of 100 % is a sum of many floating-point numbers."""


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
    """How likely a promise is kept: each of its targets for itself, the least likely one counts."""

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


def violations(judgements: Sequence[Judgement]) -> tuple[Violation, ...]:
    """Promises that are not kept, as the checker reports broken rules."""
    return tuple(
        Violation(j.promise.rule, j.name, j.message, sessions=tuple(t.session for t in j.broken if t.session))
        for j in judgements
        if not j.kept
    )


def not_kept(scenario: Scenario, timetable: Timetable) -> tuple[Violation, ...]:
    """Promises that a timetable does not keep; none where a session is not placed, of which there is no forecast."""
    if not scenario.promises or any(session not in timetable for session in scenario.sessions):
        return ()
    return violations(judge(forecast_of(scenario, timetable)))


def describe(scenario: Scenario, promise: AnyPromise) -> str:
    """One sentence, as it would be read out in the room."""
    return f"{asserted(scenario, promise)} with {promise.chance * 100:g} %."


def asserted(scenario: Scenario, promise: AnyPromise) -> str:
    """What is promised, without how likely it must be: ``WGTR ends by Friday 18:00``."""
    if isinstance(promise, FinishBy):
        who = listed([scenario.name_of(work) for work in promise.of])
        return f"{who} {'ends' if len(promise.of) == 1 else 'end'} by {promise.by.spoken(scenario.calendar)}"
    if isinstance(promise, StartWithin):
        who = listed([scenario.name_of(work) for work in promise.of])
        late = f"at most {show_minutes(promise.late)} late" if promise.late else "on time"
        return f"{who} {'starts' if len(promise.of) == 1 else 'start'} {late}"
    where = f"before {scenario.name_of(promise.before)}" if promise.before else "before the last slot closes"
    return f"{show_minutes(promise.minutes)} stay free {where}"


def _targets(forecast: Forecast, promise: AnyPromise, name: str) -> Iterator[Target]:
    scenario = forecast.scenario
    if isinstance(promise, FinishBy):
        by = promise.by.position(scenario.calendar)
        if by is None:
            raise InputError(f"promise '{name}': nobody meets on {promise.by.day}: name a day with slots")
        for session in scenario.work(*promise.of):
            if session in forecast.sessions:
                yield Target(session, False, by, _finished(forecast, session, by))
    elif isinstance(promise, StartWithin):
        for session in scenario.work(*promise.of):
            if session in forecast.sessions:
                found = forecast.sessions[session]
                by = found.planned.start + promise.late
                yield Target(session, True, by, found.start.by(by))
    elif promise.before is None:
        by = forecast.axis.total - promise.minutes
        for final in forecast.finals:
            yield Target(None, False, by, final.by(by))
    elif SessionId(promise.before) in forecast.sessions:
        session = SessionId(promise.before)
        by = forecast.sessions[session].planned.start - promise.minutes
        before = forecast.before(session)
        yield Target(session, True, by, 1.0 if before is None else before.end.by(by))


def _finished(forecast: Forecast, session: SessionId, by: int) -> float:
    """The chance that a session is over; with work carried over it is not before the work of its room is."""
    found = forecast.sessions[session]
    if not found.carried:
        return found.end.by(by)
    final = next(f for t, f in zip(forecast.tracks, forecast.finals, strict=True) if session in t.sessions)
    return max(found.end.by(by) - found.curtailed, final.by(by))
