"""The two long validations of the forecast: a part of each runs with the tests, all of it as a benchmark."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np
from support import random_forecasts

from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.live import Known, forecast_from
from scheduler.forecasting.simulation import simulate
from scheduler.forecasting.tracks import tracks_of
from scheduler.forecasting.windows import Distribution, Forecast, forecast
from scheduler.scenario import Scenario

ATOM = 0.02
"""A minute that holds so much more than either neighbour is an atom: a fixed time, the end of a slot, the present."""


@dataclass
class Coverage:
    """How often the truth lay in the window."""

    inside: list[bool] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return sum(self.inside) / len(self.inside)

    @property
    def error(self) -> float:
        """The standard error of the share, if it really is 80 %."""
        return float(np.sqrt(0.8 * 0.2 / len(self.inside)))


def holds(spread: Distribution, position: float) -> bool:
    """Whether the minute of a position lies within the window."""
    early, _, late = spread.window
    return early <= round(position) <= late


def has_atom(spread: Distribution) -> bool:
    """Whether some minute of the window is likely for itself, so that the window must hold in more than 80 %."""
    early, _, late = spread.window
    padded = np.concatenate([[0.0], spread.chances, [0.0]])
    excess = spread.chances - np.minimum(padded[:-2], padded[2:])
    return float(excess[early : late + 1].max()) > ATOM


@dataclass
class Calibration:
    """Windows of random programmes against draws from the declared ranges."""

    smooth: Coverage = field(default_factory=Coverage)
    atoms: Coverage = field(default_factory=Coverage)
    simulated: int = 0
    """Programmes that convolution could not express."""


def calibration(numbers: range, draws: int = 1) -> Calibration:
    """Start and end of one session of each random programme, that many times."""
    found = Calibration()
    for number in numbers:
        scenario, timetable = random_forecasts.draw(number)
        shown = forecast(scenario, timetable)
        found.simulated += not shown.exact
        (track,) = tracks_of(scenario, timetable)
        truth = simulate(track, scenario.calendar.axis, draws, np.random.default_rng(10_000 + number))
        session = Random(number).choice(track.sessions)
        item = shown.sessions[session]
        for spread, positions in ((item.start, truth.starts[session]), (item.end, truth.ends[session])):
            kind = found.atoms if has_atom(spread) else found.smooth
            kind.inside += [holds(spread, float(position)) for position in positions]
    return found


@dataclass
class Weeks:
    """Simulated weeks with a forecast at every report."""

    smooth: Coverage = field(default_factory=Coverage)
    """Starts and ends that were still to come, where no atom lies in the window."""
    atoms: Coverage = field(default_factory=Coverage)
    """The same where one does."""
    widths: list[list[float]] = field(default_factory=list)
    """For each report the mean width of all end windows in each week."""
    before_present: int = 0
    """Windows that began before the present."""
    changed_facts: int = 0
    """Reported times that the forecast no longer showed."""

    def count(self, spread: Distribution, position: int) -> None:
        """Whether one window held."""
        (self.atoms if has_atom(spread) else self.smooth).inside.append(holds(spread, position))

    @property
    def mean_widths(self) -> list[float]:
        """By report."""
        return [float(np.mean(widths)) for widths in self.widths]


def weeks(scenario: Scenario, timetable: Timetable, numbers: range) -> Weeks:
    """Follow each week from report to report: before it begins, and every 90 working minutes."""
    axis = scenario.calendar.axis
    times = range(0, axis.total, 90)
    found = Weeks(widths=[[] for _ in times])
    (track,) = tracks_of(scenario, timetable)
    for number in numbers:
        drawn = simulate(track, axis, 1, np.random.default_rng(50_000 + number))
        starts = {s: round(float(drawn.starts[s][0])) for s in track.sessions}
        ends = {s: round(float(drawn.ends[s][0])) for s in track.sessions}
        for report, now in enumerate(times):
            _follow(found, report, starts, ends, now, scenario, timetable)
    return found


def _follow(
    weeks: Weeks,
    report: int,
    starts: dict[SessionId, int],
    ends: dict[SessionId, int],
    now: int,
    scenario: Scenario,
    timetable: Timetable,
) -> None:
    begun = {str(s): p for s, p in starts.items() if p < now}
    over = {str(s): p for s, p in ends.items() if p <= now and str(s) in begun}
    shown: Forecast = forecast_from(scenario, timetable, Known(now, begun, over))
    weeks.widths[report].append(float(np.mean([item.end.width for item in shown.sessions.values()])))
    for session, item in shown.sessions.items():
        if session in begun:
            weeks.changed_facts += item.start.window != (starts[session],) * 3
        else:
            weeks.before_present += item.start.window[0] < now
            weeks.count(item.start, starts[session])
        if session in over:
            weeks.changed_facts += item.end.window != (ends[session],) * 3
        else:
            weeks.before_present += item.end.window[0] < now
            weeks.count(item.end, ends[session])
