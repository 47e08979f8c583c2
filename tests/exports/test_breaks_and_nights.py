"""Breaks within slots and slots over midnight in all that goes out, and read back from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Command

from exports.annex.grid import annex_grid
from exports.table import segments_table
from scheduler.documents.stored_timetable import read_stored
from scheduler.forecasting.live import show_at
from scheduler.forecasting.times_in_words import last_close, show_end, show_start
from scheduler.forecasting.windows import forecast

SCENARIO = """\
name: night
meeting: {series: Night, annex_title: NIGHT}
calendar:
  slots: [10:00-13:00, 22:00-01:00]
  breaks: [{hours: 11:30-11:45, title: Coffee}, {hours: 00:15-00:30, title: Soup}]
  days: [2027-02-23]
bodies:
  - id: WG
    style: sub-groups
    sessions:
      - {id: one, title: Same, duration: 2h}
      - {id: two, title: Same, duration: 1h}
      - {id: three, title: Third, duration: {low: 1h30, likely: 2h15, high: 2h30}}
rules: [{rule: rolling}, {rule: order, of: [one, two, three]}]
"""
HOURS = [
    ("2027-02-23", "10:00", "12:15", "one", 120),
    ("2027-02-23", "12:15", "13:00", "two", 45),
    ("2027-02-23", "22:00", "22:15", "two", 15),
    ("2027-02-23", "22:15", "00:45", "three", 135),
]
"""By hand: the morning holds 2 h 45, and 2 h lie between 22:15 and the break at 00:15."""


@pytest.fixture
def folder(tmp_path: Path, schedule: Command) -> Path:
    (tmp_path / "night.yaml").write_text(SCENARIO)
    assert schedule("solve", tmp_path / "night.yaml", "-o", tmp_path).status == 0
    assert schedule("export", tmp_path / "night.json", "--to", "csv", "-o", tmp_path).status == 0
    return tmp_path


def test_tables_have_the_date_on_which_something_starts(folder: Path) -> None:
    stored = read_stored(folder / "night.json")
    rows = segments_table(stored.scenario, stored.timetable)
    assert [(str(r["date"]), r["start"], r["end"], r["session"], r["minutes"]) for r in rows] == HOURS


@pytest.mark.parametrize("name", ["night.json", "night.xlsx", "night.working.xlsx", "night.csv"])
def test_what_went_out_is_read_back_without_a_doubt(folder: Path, schedule: Command, name: str) -> None:
    run = schedule("check", folder / "night.yaml", folder / name)
    assert (run.status, run.err) == (0, "")
    assert run.out.endswith("The timetable keeps every rule that must hold; it costs 0.\n")


def test_half_days_are_filled_across_breaks(folder: Path, schedule: Command) -> None:
    lines = ["day,half-day,session", "Tuesday,morning,one", "Tuesday,morning,two", "Tuesday,evening,two"]
    (folder / "brought.csv").write_text("\n".join([*lines, "Tuesday,evening,three"]))
    run = schedule("check", folder / "night.yaml", folder / "brought.csv")
    assert run.out.endswith("The timetable keeps every rule that must hold; it costs 0.\n"), run.err


def test_the_annex_says_that_a_slot_ends_on_the_next_day(folder: Path) -> None:
    stored = read_stored(folder / "night.json")
    (band,) = annex_grid(stored.scenario, stored.timetable).bands
    assert [row.label.replace("\u2013", "-") for row in band.rows] == ["10:00 - 13:00", "22:00 - 01:00 (next day)"]


def test_times_of_a_forecast_lie_in_no_break_and_on_the_right_day(folder: Path) -> None:
    stored = read_stored(folder / "night.json")
    found = forecast(stored.scenario, stored.timetable)
    assert [show_start(found, position) for position in (88, 90, 91)] == ["Tuesday 11:45"] * 3
    assert [show_end(found, position) for position in (88, 90)] == ["Tuesday 11:30"] * 2
    assert [show_start(found, position) for position in (284, 285, 300)] == [
        "Wednesday 00:00",  # 23:59, rounded
        "Wednesday 00:00",
        "Wednesday 00:30",
    ]
    assert (show_end(found, 285), show_end(found, 300)) == ("Tuesday 24:00", "Wednesday 00:15")
    assert last_close(found) == "Wednesday 01:00"
    assert show_at(stored.scenario, 310) == "Wednesday 00:40"
