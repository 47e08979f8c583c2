"""Every command that reads a timetable takes what planners bring: half-days, our tables and workbooks, last year's."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from support.command import Command

TWO = """\
name: two
meeting: {series: Two Days, annex_title: TWO DAYS}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [2027-02-23, 2027-02-24]}
bodies:
  - {id: WG, sessions: [{id: first, duration: {low: 4h, likely: 4h30, high: 5h}}]}
  - {id: REPORT, sessions: [{id: report, duration: 3h}]}
rules:
  - {rule: order, of: [WG, REPORT]}
"""
HALF_DAYS = "day,half-day,body\nTuesday,morning,WG\nTuesday,afternoon,WG\nWednesday,morning,REPORT\n"
LATER = HALF_DAYS.replace("Wednesday,morning", "Wednesday,afternoon")
ASSUMED = "warning: half.csv: what is not written follows from the lengths of the sessions"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(TWO, "utf-8")
    Path("half.csv").write_text(HALF_DAYS, "utf-8")
    Path("later.csv").write_text(LATER, "utf-8")


def test_check_says_what_it_assumed_and_judges(schedule: Command) -> None:
    run = schedule("check", "two.yaml", "half.csv")
    assert (run.status, run.out.splitlines()[-1]) == (0, "The timetable keeps every rule that must hold; it costs 0.")
    assert run.err.startswith(ASSUMED)
    Path("half.csv").write_text(HALF_DAYS.replace("Wednesday,morning", "Tuesday,evening"), "utf-8")
    run = schedule("check", "two.yaml", "half.csv")
    assert (run.status, run.out) == (2, "")
    assert "half.csv:4:17: no day of this scenario has a meeting in the evening: write the hours" in run.err


def test_check_takes_standard_input(schedule: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(HALF_DAYS.encode())))
    run = schedule("check", "two.yaml", "-")
    assert (run.status, run.err.startswith("warning: <stdin>: what is not written")) == (0, True)


def test_compare_takes_scenarios_tables_and_workbooks_in_any_mix(schedule: Command) -> None:
    schedule("solve", "two.yaml", "-o", ".")
    run = schedule("compare", "half.csv", "two.xlsx", "two.yaml", "later.csv", "two.json", "--json")
    found = json.loads(run.out)
    assert run.status == 0
    assert [len(changes) for changes in found["changes"].values()] == [0, 0, 1, 0]
    (move,) = found["changes"]["D"]
    assert move["sentence"] == "REPORT moves from Wednesday 24 February at 10:00 to Wednesday 24 February at 15:00."
    assert ASSUMED in run.err


def test_compare_of_tables_alone_says_what_is_missing(schedule: Command) -> None:
    run = schedule("compare", "half.csv", "later.csv")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "half.csv: the scenario of this timetable was not found: name its .yaml as well, or keep half.json beside it\n"
    )


def test_replan_starts_from_half_days(schedule: Command) -> None:
    run = schedule("replan", "two.yaml", "--from", "half.csv", "-o", "out")
    assert run.out.splitlines()[-1] == "Nothing has to move: the timetable that is out keeps every rule."
    told, _, shown = run.err.splitlines()[-1].partition(" Documents of what is out: schedule ")
    assert (told, Path("out").exists()) == ("No revision is written, as nothing changes.", False)
    assert schedule(*shown.split(), "-o", "out").status == 0
    assert list(Path("out").glob("*.xlsx"))
    Path("away.yaml").write_text(f"{TWO}  - {{rule: not_on, of: [REPORT], when: [Wednesday am]}}\n", "utf-8")
    run = schedule("replan", "away.yaml", "--from", "half.csv", "-o", "out")
    assert run.status == 0
    assert "1. REPORT moves from Wednesday 24 February at 10:00 to Wednesday 24 February at 15:00." in run.out
    assert Path("out/two.rev1.xlsx").is_file()


def test_explain_says_why_a_session_of_a_table_is_there(schedule: Command) -> None:
    run = schedule("explain", "two.yaml", "later.csv", "report")
    assert run.status == 0
    assert "Wednesday 24 February" in run.out


def test_export_writes_half_days_in_every_format(schedule: Command) -> None:
    run = schedule("export", "half.csv", "--to", "xlsx,csv,json,working", "-o", "out")
    assert (run.status, "name its .yaml as well" in run.err) == (2, True)
    run = schedule("export", "half.csv", "--scenario", "two.yaml", "--to", "xlsx,csv,json,working", "-o", "out")
    assert run.status == 0
    for name in ("two.xlsx", "two.csv", "two.json", "two.working.xlsx"):
        again = schedule("check", "two.yaml", f"out/{name}")
        assert (again.status, again.err) == (0, "")
    again = schedule("compare", "out/two.json", "half.csv", "--exit-code")
    assert again.status == 0


def test_forecast_and_now_take_a_table_with_its_scenario(schedule: Command) -> None:
    run = schedule("forecast", "half.csv", "--scenario", "two.yaml")
    assert (run.status, "REPORT" in run.out) == (0, True)
    now = ("now", "half.csv", "--scenario", "two.yaml", "--at", "Tuesday 16:45", "--done", "first@16:40")
    run = schedule(*now)
    assert run.status == 0
    assert "first" in Path("half.now.json").read_text("utf-8")
    assert schedule(*now).status == 0


def test_a_document_beside_a_table_carries_its_scenario(schedule: Command) -> None:
    schedule("solve", "two.yaml", "-o", ".")
    Path("two.csv").write_text(HALF_DAYS, "utf-8")
    assert schedule("forecast", "two.csv").status == 0


def test_a_timetable_without_a_telling_name_is_no_scenario(schedule: Command) -> None:
    Path("half.csv").rename("programme")
    assert schedule("compare", "two.yaml", "programme").status == 0
    run = schedule("check", "two.yaml", "two.yaml")
    assert (run.status, run.err) == (2, "two.yaml: this is a scenario: name a timetable of it\n")


def test_a_document_by_hand_is_held_against_the_scenario_in_the_command(schedule: Command) -> None:
    segment = {"date": "2027-02-24", "start": "15:00", "end": "18:00"}
    first = [("10:00", "13:00"), ("15:00", "16:30")]
    whole = [{"date": "2027-02-23", "start": start, "end": end} for start, end in first]
    sessions = [{"id": "first", "segments": whole}, {"id": "report", "segments": [segment]}]
    Path("hand.json").write_text(json.dumps({"sessions": sessions}), "utf-8")
    assert (schedule("compare", "hand.json").status, schedule("compare", "hand.json", "two.yaml").status) == (2, 0)
    run = schedule("replan", "two.yaml", "--from", "hand.json", "-o", "out")
    assert run.out.splitlines()[-1] == "Nothing has to move: the timetable that is out keeps every rule."
    assert schedule("forecast", "hand.json", "--scenario", "two.yaml").status == 0
