"""Forecasts in which a session changes its room overnight: its line goes on with it, and the room it leaves is free."""

from __future__ import annotations

import pytest
from support.small import scenario, timetable

from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.forecasting.tracks import tracks_of
from scheduler.forecasting.windows import forecast
from scheduler.scenario import Scenario

LONG = {"low": "8h", "likely": "9h", "high": "10h"}


def meeting() -> Scenario:
    bodies = {
        "A": {"room_may_change": {"price": 20}, "sessions": {"debate": {"duration": LONG}}},
        "B": "1h",
        "C": "1h",
    }
    slots, days = ["10:00-13:00", "14:00-17:00"], ["2025-02-25", "2025-02-26"]
    return scenario(bodies, {"rule": "rolling"}, rooms=[{"id": "hall"}, {"id": "annexe"}], days=days, slots=slots)


def test_what_follows_goes_on_in_the_new_room_and_who_sits_in_the_old_one_waits_for_nobody() -> None:
    of = meeting()
    found = timetable(of, {"debate": "Tue 10:00 hall,annexe", "b": "Wed 10:00 hall", "c": "Wed 14:00 annexe"})
    tracks = tracks_of(of, found)
    assert [track.sessions for track in tracks] == [("debate", "c"), ("b",)]
    assert [[sitting.waits_for for sitting in track.sittings] for track in tracks] == [[0, None], [360]]
    windows = forecast(of, found).sessions
    kept = forecast(of, timetable(of, {"debate": "Tue 10:00 hall", "c": "Wed 14:00 hall", "b": "Wed 10:00 annexe"}))
    assert windows[SessionId("c")].start.window == kept.sessions[SessionId("c")].start.window
    assert windows[SessionId("b")].start.window == (360, 360, 360)


def test_two_lines_that_meet_in_a_room_are_refused() -> None:
    of = meeting()
    found = timetable(of, {"debate": "Tue 10:00 hall,annexe", "b": "Tue 10:00 annexe", "c": "Wed 14:00 annexe"})
    with pytest.raises(InputError) as refused:
        tracks_of(of, found)
    assert refused.value.message == (
        "A goes on in annexe, where B sits before it: a forecast would have to follow both at once"
    )


def test_one_that_comes_back_to_a_room_that_is_still_empty_is_followed() -> None:
    of = scenario(
        {"A": {"room_may_change": {"price": 1}, "sessions": {"a": "15h"}}},
        rooms=[{"id": "hall"}, {"id": "annexe"}],
    )
    (track,) = tracks_of(of, timetable(of, {"a": "Tue 10:00 hall,annexe,hall"}))
    assert track.sessions == ("a",)
