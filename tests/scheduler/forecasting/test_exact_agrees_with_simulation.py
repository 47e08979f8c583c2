"""Convolution and simulation are written apart; they must tell the same story."""

from __future__ import annotations

import numpy as np
import pytest
from support import random_forecasts
from support.forecasts import PERCENTILES, csp11_with_ranges, distance

from scheduler.forecasting.convolution import NotExactError, exact
from scheduler.forecasting.line import Line
from scheduler.forecasting.simulation import simulate
from scheduler.forecasting.tracks import tracks_of
from scheduler.forecasting.windows import Distribution, forecast

SAMPLES = 200_000


def test_csp11_by_convolution_is_within_two_minutes_of_200_000_samples() -> None:
    scenario, timetable = csp11_with_ranges()
    (track,) = tracks_of(scenario, timetable)
    found = exact(track, Line(scenario.calendar.axis, 2_000))
    drawn = simulate(track, scenario.calendar.axis, SAMPLES)
    worst = max(
        distance(Distribution(chances[session]), samples[session])
        for chances, samples in ((found.starts, drawn.starts), (found.ends, drawn.ends))
        for session in track.sessions
    )
    assert worst <= 2.0
    overrun = float(found.final[scenario.calendar.axis.total + 1 :].sum())
    assert overrun == pytest.approx(float((drawn.final > scenario.calendar.axis.total + 0.5).mean()), abs=0.005)


@pytest.mark.parametrize(("batch", "breaks"), [*((batch, False) for batch in range(5)), (1, True)])
def test_random_programmes_agree_in_every_percentile_and_chance(batch: int, breaks: bool) -> None:
    """All structures: atoms, limits, interruptions, carried work, common factors. The tolerance is sampling error."""
    samples = 20_000
    for number in range(batch * 12, batch * 12 + 12):
        scenario, timetable = random_forecasts.draw(number, breaks=breaks)
        axis = scenario.calendar.axis
        for track in tracks_of(scenario, timetable):
            try:
                found = exact(track, Line(axis, 4_000))
            except NotExactError:
                continue
            drawn = simulate(track, axis, samples, np.random.default_rng(number))
            pairs = [(found.final, drawn.final)]
            for session in track.sessions:
                pairs += [(found.starts[session], drawn.starts[session]), (found.ends[session], drawn.ends[session])]
                assert found.curtailed[session] == pytest.approx(float((drawn.lost[session] > 0.5).mean()), abs=0.025)
                assert found.carried[session] == pytest.approx(float(drawn.carried[session].mean()), abs=2.5)
                assert found.waited[session] == pytest.approx(float(drawn.waited[session].mean()), abs=2.5)
            for chances, positions in pairs:
                counted = np.sort(positions)
                reached = np.searchsorted(counted, np.arange(len(chances)) + 0.5) / samples
                gap = np.abs(np.cumsum(chances) - reached).max()
                assert gap < 0.02, (number, track.sessions)


@pytest.mark.parametrize("number", range(6))
def test_a_day_with_breaks_goes_by_the_clock_as_the_simulation_says(number: int) -> None:
    """The lengths that were drawn, worked off minute by minute of the clock: nothing moves in a break."""
    scenario, timetable = random_forecasts.draw(number, plain=True, breaks=True)
    days = {slot.day: [] for slot in scenario.calendar.axis.slots}
    minutes = [
        (day, minute)
        for day in days
        for opens, closes in ((600, 670), (685, 780), (900, 980), (1010, 1080))
        for minute in range(opens, closes)
    ]
    (track,) = tracks_of(scenario, timetable)
    drawn = simulate(track, scenario.calendar.axis, 50, np.random.default_rng(number))
    shown = forecast(scenario, timetable)
    for draw in range(50):
        worked = 0.0
        for session in track.sessions:
            worked += float(drawn.durations[session][draw])
            if worked < len(minutes):
                day, minute = minutes[int(worked)]
                end = shown.end_of(int(worked) + 1)
                assert drawn.ends[session][draw] == pytest.approx(worked)
                assert (end.day, end.start) == (day, minute + 1)


def test_every_case_of_a_boundary_occurs_among_the_random_programmes() -> None:
    seen: set[str] = set()
    for number in range(60):
        scenario, timetable = random_forecasts.draw(number)
        for track in tracks_of(scenario, timetable):
            for sitting in track.sittings:
                cases = (
                    ("rolls on", sitting.stops_at is None),
                    ("stops", sitting.stops_at is not None and not sitting.carried),
                    ("carried over", sitting.carried),
                    ("cut", sitting.cut_at is not None),
                    ("interrupted", bool(sitting.interrupted_by)),
                    ("latest start", sitting.no_start_after is not None),
                    ("common factor", sitting.law.correlation > 0),
                )
                seen |= {name for name, there in cases if there}
    assert seen == {"rolls on", "stops", "carried over", "cut", "interrupted", "latest start", "common factor"}


def test_the_percentiles_compared_run_from_the_5th_to_the_95th() -> None:
    assert (PERCENTILES[0], PERCENTILES[-1], len(PERCENTILES)) == (0.05, 0.95, 19)
