"""What happens when time is over, in cases reckoned by hand; positions are working minutes, slots last 180."""

from __future__ import annotations

from math import exp, log
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from support.forecasts import body, forty_sessions, planned, week

from scheduler.domain.base import SessionId
from scheduler.forecasting.simulation import simulate
from scheduler.forecasting.windows import Forecast, forecast

EVEN = {"low": "2h30", "likely": "3h", "high": "3h36"}
"""As often longer than a slot as shorter."""
SPREAD = log(1.2) / NormalDist().inv_cdf(0.9)
SHORT = 180 * (0.5 - exp(SPREAD**2 / 2) * NormalDist().cdf(-SPREAD))
LONG = 180 * (exp(SPREAD**2 / 2) * NormalDist().cdf(SPREAD) - 0.5)
"""Expected minutes by which it is shorter, and longer, than a slot: partial expectations of the lognormal law."""
PANEL = [{"rule": "anchor", "of": ["PANEL"], "at": "15:00", "when": "2025-02-25"}]


def shown(bodies: list[dict[str, Any]], rules: list[dict[str, Any]] | None = None, **starts: int) -> Forecast:
    return forecast(*planned(week(bodies, rules), **starts))


def test_a_session_on_a_rolling_basis_starts_when_the_one_before_ends() -> None:
    found = shown([body("A", EVEN), body("B", "1h")])
    assert found.sessions["b"].start.window == found.sessions["a"].end.window == (150, 180, 216)
    assert found.sessions["b"].end.window == (210, 240, 276)


CLOSED = {"access": ["states-parties"]}


def test_after_a_closed_session_an_open_one_starts_when_the_slot_has_closed() -> None:
    found = shown([body("A", EVEN, **CLOSED), body("B", "1h"), body("C", "1h")])
    assert found.sessions["b"].start.window == (180, 180, 360)
    assert found.sessions["b"].start.by(180) == pytest.approx(0.5, abs=0.01)
    assert found.sessions["c"].start.window == (240, 240, 420)
    drawn = simulate(found.tracks[0], found.axis, samples=4_000)
    starts = drawn.starts[SessionId("b")]
    assert set(starts.tolist()) == {180.0, 360.0}
    assert (starts == 180.0).mean() == pytest.approx(0.5, abs=0.03)


def test_after_the_last_slot_nothing_is_waited_for() -> None:
    long = {"low": "2h30", "likely": "3h", "high": "8h"}
    found = shown([body("X", "6h"), body("A", long, **CLOSED), body("B", "1h")], b=540)
    assert found.sessions["a"].end.window[2] == 840
    assert found.sessions["b"].start.window == (540, 540, 840)
    starts = simulate(found.tracks[0], found.axis).starts[SessionId("b")]
    assert np.quantile(starts, 0.9) == pytest.approx(840, abs=6)


def test_closed_sessions_of_one_audience_follow_one_another() -> None:
    found = shown([body("A", EVEN, **CLOSED), body("B", "1h", **CLOSED)])
    assert found.sessions["b"].start.window == (150, 180, 216)


def test_a_clearing_time_lies_between_or_falls_into_the_break() -> None:
    clearing = [{"rule": "restricted_access", "clearing": "30 min"}]
    found = shown([body("A", EVEN, **CLOSED), body("B", "1h")], clearing)
    assert found.sessions["b"].start.window == (180, 180, 246)


def test_a_session_with_fixed_boundaries_waits_for_its_slot_and_absorbs_what_is_early() -> None:
    data = week([body("A", EVEN), body("B", "1h")])
    data["rules"] = []
    found = forecast(*planned(data))
    assert found.sessions["b"].start.window == (180, 180, 216)
    assert found.sessions["b"].start.by(180) == pytest.approx(0.5, abs=0.01)
    assert found.sessions["b"].absorbs == pytest.approx(SHORT, abs=0.1)


def test_a_body_that_stops_loses_the_rest_and_delays_nobody() -> None:
    found = shown([body("A", EVEN, boundary={"at_slot_end": "stops"}), body("B", "1h")])
    assert found.sessions["b"].start.window == (150, 180, 180)
    assert found.sessions["a"].curtailed == pytest.approx(0.5, abs=0.01)
    assert found.finals[0].window == (210, 240, 240)


def test_a_body_that_is_carried_over_takes_up_the_rest_after_the_last_session() -> None:
    found = shown([body("A", EVEN, boundary={"at_slot_end": "carried_over"}), body("B", "1h")])
    assert found.sessions["b"].start.window == (150, 180, 180)
    assert found.sessions["b"].end.window == (210, 240, 240)
    assert found.finals[0].window == (210, 240, 276)
    assert found.sessions["a"].carried == pytest.approx(LONG, abs=0.1)


def test_a_body_that_must_not_start_late_waits_for_the_next_day() -> None:
    latest = {"no_start_after": "15:30"}
    found = shown([body("A", {"low": "3h", "likely": "3h20", "high": "3h40"}), body("B", "1h", boundary=latest)])
    assert found.sessions["b"].start.by(210) == pytest.approx(found.sessions["a"].end.by(210))
    assert found.sessions["b"].start.by(359) == pytest.approx(found.sessions["b"].start.by(210))
    assert found.sessions["b"].start.window[2] == 360


def test_what_comes_before_an_anchor_delays_it_by_default() -> None:
    found = shown([body("A", EVEN), body("PANEL", "1h")], PANEL)
    assert found.sessions["panel"].start.window == (180, 180, 216)


def test_what_comes_before_an_anchor_is_cut() -> None:
    found = shown([body("A", EVEN), body("PANEL", "1h", boundary={"before_anchor": "is_cut"})], PANEL)
    assert found.sessions["panel"].start.window == (180, 180, 180)
    assert found.sessions["a"].end.window == (150, 180, 180)
    assert found.sessions["a"].curtailed == pytest.approx(0.5, abs=0.01)


def test_what_comes_before_an_anchor_moves_after_it() -> None:
    found = shown(
        [body("A", EVEN), body("PANEL", "1h", boundary={"before_anchor": "moves_after"}), body("B", "1h")], PANEL
    )
    assert found.sessions["panel"].start.window == (180, 180, 180)
    assert found.sessions["a"].end.window == (150, 180, 276)
    assert found.sessions["b"].start.window == (240, 240, 276)


def test_a_closed_meeting_in_slots_of_its_own_is_passed_by() -> None:
    data = week([body("A", EVEN), body("B", "1h"), body("C", "1h")])
    data["calendar"]["days"][1] = {
        "date": "2025-02-26",
        "slots": [{"hours": "09:00-10:00", "reserved_for": ["C"]}, "10:00-13:00", "15:00-18:00"],
    }
    data["bodies"][1]["sessions"][0]["duration"] = "3h"
    found = forecast(*planned(data, c=360))
    assert found.sessions["c"].start.window == (360, 360, 360)
    assert found.sessions["b"].end.window == (330, 360, 456)
    assert [track.sessions for track in found.tracks] == [("a", "b"), ("c",)]


def test_a_talkative_chair_delays_all_sessions_of_the_body() -> None:
    sessions = [{"id": f"s{n}", "duration": {"low": "1h", "likely": "1h30", "high": "2h15"}} for n in range(4)]
    alone = shown([{"id": "A", "sessions": sessions}])
    together = shown([{"id": "A", "sessions": sessions, "correlation": 0.9}])
    assert together.sessions["s0"].end.window == alone.sessions["s0"].end.window
    assert together.finals[0].width > 1.6 * alone.finals[0].width


def test_chances_of_lunch_day_and_overrun() -> None:
    found = shown([body("A", EVEN), body("B", "9h")])
    assert found.sessions["a"].before_lunch == pytest.approx(1)
    assert found.sessions["b"].before_lunch == pytest.approx(0.5, abs=0.01)
    assert found.sessions["b"].on_planned_day == pytest.approx(1, abs=1e-6)
    assert found.sessions["a"].overruns == pytest.approx(0.5, abs=0.01)
    assert (found.overruns, found.body_overruns("B")) == pytest.approx((found.sessions["b"].overruns,) * 2)
    assert found.unused == pytest.approx(SHORT, abs=0.1)


def test_the_same_question_gets_the_same_answer() -> None:
    scenario, timetable = forty_sessions()
    first, second = forecast(scenario, timetable), forecast(scenario, timetable)
    assert first.exact
    assert [item.end.window for item in first.sessions.values()] == [s.end.window for s in second.sessions.values()]
