"""On the day an item under way stops for a panel at its time, or when that comes early, and goes on after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.small import scenario, timetable

from exports.terminal.now import corridor_lines
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.forecasting.convolution import exact
from scheduler.forecasting.line import Line
from scheduler.forecasting.live import Known, forecast_from, known_from
from scheduler.forecasting.reports import DayReport
from scheduler.forecasting.simulation import simulate
from scheduler.forecasting.tracks import tracks_of
from scheduler.forecasting.windows import forecast
from scheduler.scenario import Scenario

SLOTS = ["09:00-12:00", "12:00-15:00", "15:00-18:00"]
UNCERTAIN = {"low": "4h30", "likely": "6h", "high": "8h"}


def day(item: Any, panel: Any, **more: Any) -> tuple[Scenario, Timetable]:
    of = scenario(
        {
            "C": {"suspends_for": True, "sessions": {"x": {"duration": item}, "y": "1h"}},
            "P": {"sessions": {"panel": {"duration": panel}}} | more,
        },
        {"rule": "rolling", "of": ["C"]},
        {"rule": "anchor", "of": ["panel"], "at": "13:00", "when": "Tuesday"},
        slots=SLOTS,
    )
    return of, timetable(of, {"panel": "Tue 13:00", "x": "Tue 09:00", "y": "Tue 17:00"})


def test_it_goes_on_after_the_panel_and_the_next_follows() -> None:
    found = forecast(*day("6h", "2h"))
    assert found.exact
    ends = {str(s): item.end.window for s, item in found.sessions.items()}
    assert ends == {"x": (480,) * 3, "y": (540,) * 3, "panel": (360,) * 3}
    assert found.sessions[SessionId("panel")].start.window == (240,) * 3


def test_what_ends_early_lets_the_next_start_before_the_panel() -> None:
    of, places = day({"low": "1h", "likely": "6h", "high": "6h10"}, "2h")
    found = forecast(of, places)
    before = found.sessions[SessionId("y")].start.by(240)
    assert before == pytest.approx(found.sessions[SessionId("x")].end.by(239), abs=1e-9)
    assert before > 0


def test_the_panel_starts_on_time_without_a_word_of_its_body() -> None:
    of, places = day(UNCERTAIN, "2h")
    assert forecast(of, places).sessions[SessionId("panel")].start.by(240) == pytest.approx(1.0)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("ended", [None, 210])
def test_a_panel_that_comes_early_exact_against_simulation(closed: bool, ended: int | None) -> None:
    more = {"access": ["states-parties"]} if closed else {}
    of = scenario(
        {
            "C": {"suspends_for": True, "sessions": {"x": {"duration": UNCERTAIN}, "y": {"duration": "1h"}}},
            "P": {"sessions": {"panel": {"duration": {"low": "30 min", "likely": "1h", "high": "1h40"}}}} | more,
        },
        {"rule": "rolling", "of": ["C"]},
        {"rule": "anchor", "of": ["panel"], "at": "13:00", "when": "Tuesday"},
        slots=SLOTS,
    )
    places = timetable(of, {"panel": "Tue 13:00", "x": "Tue 09:00", "y": "Wed 09:00" if closed else "Tue 16:00"})
    known = Known(220, {"x": 0, "panel": 150}, {} if ended is None else {"panel": ended})
    found = forecast_from(of, places, known)
    assert found.exact
    (track,) = found.tracks
    drawn = simulate(track, of.calendar.axis, 100_000)
    expected = exact(track, Line(of.calendar.axis, 2_000))
    for session in map(SessionId, ("x", "y")):
        chances = expected.ends[session]
        assert abs(float(chances @ np.arange(len(chances))) - float(drawn.ends[session].mean())) < 2.0


def test_both_may_be_reported_running() -> None:
    of, places = day("6h", "2h")
    report = DayReport("2025-02-25T12:40:00", 220, {}, {"x": 0, "panel": 200}, {})
    known = known_from(of, places, [report])
    found = forecast_from(of, places, known)
    assert found.sessions[SessionId("panel")].end.window == (320,) * 3
    assert found.sessions[SessionId("x")].end.window == (480,) * 3


def test_the_track_has_fixtures_behind_what_is_suspended_for_them() -> None:
    (track,) = tracks_of(*day("6h", "2h"))
    assert track.suspends
    assert track.sessions == ("x", "y", "panel")
    assert [sitting.interrupted_by for sitting in track.sittings] == [("panel",), ("panel",), ()]


def test_the_corridor_says_who_is_suspended_and_what_comes_when() -> None:
    of, places = day("6h", "2h")
    known = Known(200, {"x": 0}, {})
    lines = corridor_lines(forecast_from(of, places, known), known)
    assert [line.split(",")[0].split()[0] for line in lines] == ["NOW", "NEXT", "LATER"]
    assert "PANEL" in lines[1].upper() or "P," in lines[1]
    known = Known(210, {"x": 0, "panel": 200}, {})
    assert ", suspended, until" in corridor_lines(forecast_from(of, places, known), known)[0]
