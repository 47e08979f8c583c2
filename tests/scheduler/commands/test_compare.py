"""``compare``, ``replan`` and ``solve -k`` as a planner calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import Command
from support.letters import SCENARIOS

from scheduler.errors import OutOfTime

OPTIONS = SCENARIOS / "options"


@pytest.fixture
def published(schedule: Command, tmp_path: Path) -> Path:
    assert schedule("solve", SCENARIOS / "csp12.yaml", "-o", tmp_path).status == 0
    return tmp_path / "csp12.json"


def test_scenario_timetable_and_workbook_of_one_letter_are_alike(schedule: Command, published: Path) -> None:
    paths = [SCENARIOS / "csp12.yaml", published, published.with_suffix(".xlsx")]
    run = schedule("compare", *paths, "--json", "--exit-code")
    found = json.loads(run.out)
    assert run.status == 0
    assert [option["status"] for option in found["options"]] == ["optimal", "optimal", "checked"]
    assert [option["name"] for option in found["options"]] == [
        "csp12, csp12.yaml",
        "csp12, csp12.json",
        "csp12, csp12.xlsx",
    ]
    assert found["changes"] == {"B": [], "C": []}
    assert [row["id"] for row in found["criteria"] if len(set(row["values"])) > 1] == []


def test_a_workbook_alone_finds_its_scenario_beside_it_or_says_what_is_missing(
    schedule: Command, published: Path
) -> None:
    workbook = published.with_suffix(".xlsx")
    assert schedule("compare", workbook).status == 0
    published.unlink()
    read = schedule("compare", workbook.with_suffix(".working.xlsx"))
    assert (read.status, "the scenario 'csp12' of this timetable was not found" in read.err) == (2, True)
    run = schedule("compare", workbook)
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"{workbook}: the scenario of this timetable was not found: name its .yaml as well, or keep csp12.json "
        "beside it\n"
    )


def test_the_options_of_csp11_stand_on_one_page(schedule: Command, tmp_path: Path) -> None:
    page, workbook = tmp_path / "options.html", tmp_path / "options.xlsx"
    run = schedule("compare", *sorted(OPTIONS.glob("csp11*.yaml")), "--html", page, "--xlsx", workbook)
    lines = run.out.splitlines()
    assert run.status == 0
    assert lines[:5] == [
        "A: As published",
        "B: With DIEF, mornings from 09:00",
        "C: Five short days",
        "D: Two series of two days",
        "E: With DIEF, nothing else changed  (impossible)",
    ]
    assert "E (With DIEF, nothing else changed) is impossible: 27 h are asked for, 24 h exist: 3 h too much." in run.out
    assert lines[-2:] == [f"Wrote {page}.", f"Wrote {workbook}."]
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_where_no_option_has_a_timetable_the_status_is_that_of_solve(
    schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impossible, page = SCENARIOS / "impossible" / "three-days-at-most.yaml", tmp_path / "page.html"
    assert schedule("compare", impossible, "--html", page).status == 3
    assert page.exists()

    def late(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr("scheduler.forecasting.planning.plan", late)
    run = schedule("compare", SCENARIOS / "csp8.yaml", SCENARIOS / "csp12.yaml")
    assert (run.status, run.out.count("The time limit was reached before any timetable was found.")) == (4, 2)


def test_differing_timetables_are_told_by_the_exit_status_when_asked(schedule: Command, published: Path) -> None:
    paths = published, OPTIONS / "csp12-b-one-day.yaml"
    assert [schedule("compare", *paths, *flags).status for flags in ([], ["--exit-code"])] == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--over", "dayz"], "there is no criterion 'dayz': did you mean 'days'?"),
        (["--trade-off", "days,colour"], "--trade-off: there is no wish 'colour': "),
        (["--trade-off", "days"], "--trade-off: name one scenario, and two or three wishes, as in nights,remote"),
        (["--trade-off", "officer-nights,cost"], "officer-nights: no officer serves in this scenario"),
        (["--places", "nowhere.csv"], "nowhere.csv: there is no such file"),
    ],
)
def test_a_wrong_call_is_answered_with_a_remedy(schedule: Command, arguments: list[str], message: str) -> None:
    run = schedule("compare", SCENARIOS / "csp8.yaml", *arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(message)


def test_compromises_stand_side_by_side(schedule: Command) -> None:
    run = schedule("compare", OPTIONS / "csp8-d-fairest.yaml", "--trade-off", "nights,remote", "--json")
    assert [option["name"] for option in json.loads(run.out)["options"]] == ["nights 3, remote 280"]


def test_solve_k_writes_a_file_for_each_alternative(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", OPTIONS / "csp12-c-flexible-order.yaml", "-k", 3, "--apart", 3, "-o", tmp_path)
    assert run.status == 0
    names = sorted(path.name for path in tmp_path.iterdir() if path.name != ".schedule.json")
    endings = ("json", "working.xlsx", "xlsx")
    assert names == [f"csp12-c-flexible-order.{letter}.{ending}" for letter in "ABC" for ending in endings]
    again = schedule("compare", *sorted(tmp_path.glob("csp12*.json")), "--json")
    assert all(len(changes) >= 3 for changes in json.loads(again.out)["changes"].values())


def test_solve_k_says_when_there_is_no_further_one(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", SCENARIOS / "csp11.yaml", "-k", 2, "-o", tmp_path, "--json")
    found = json.loads(run.out)
    assert (len(found["alternatives"]), found["exhausted"]) == (1, True)


def test_solve_k_of_an_impossible_scenario_exits_as_solve_does(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", OPTIONS / "csp11-e-forum-only.yaml", "-k", 2, "-o", tmp_path)
    assert run.status == 3
    assert run.out == "Infeasible: no timetable keeps every rule that must hold.\n"


def test_replan_writes_sentences_and_the_revision(schedule: Command, published: Path, tmp_path: Path) -> None:
    run = schedule(
        "replan", OPTIONS / "csp12-d-chair-away.yaml", "--from", published, "-o", tmp_path, "--json", "--pareto"
    )
    found = json.loads(run.out)
    assert run.status == 0
    assert (found["moved"], found["fewest_moves"], found["proved"]) == (["vtf", "decisions"], 2, True)
    assert [move["sentence"] for move in found["moves"]] == [
        "Voluntary Trust Fund (VTF) moves from Wednesday 27 May at 15:00 to Thursday 28 May at 10:00. This concerns "
        "all who attend and the Chair of the Voluntary Trust Fund.",
        "Overview of the implementation of other CSP11 decisions moves from Thursday 28 May at 10:00 to Wednesday 27 "
        "May at 15:00. This concerns all who attend.",
    ]
    assert [(step["moves"], step["cost"]) for step in found["trade_offs"]] == [(0, None), (1, None), (2, 10), (3, 10)]
    revision = tmp_path / "csp12-d-chair-away.rev1.json"
    check = schedule("check", OPTIONS / "csp12-d-chair-away.yaml", revision)
    assert check.status == 0


def test_what_is_frozen_can_make_it_impossible(schedule: Command, published: Path, tmp_path: Path) -> None:
    arguments = ["--from", published, "-o", tmp_path, "--frozen-before", "2026-05-28"]
    run = schedule("replan", OPTIONS / "csp12-d-chair-away.yaml", *arguments)
    assert run.status == 3
    lines = run.out.splitlines()
    assert lines[0] == "No timetable keeps every rule and all that is frozen or kept."
    names = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert names == ["frozen-vtf", "vtf-chair"]


def test_where_nothing_is_frozen_nothing_is_said_of_freezing(
    schedule: Command, published: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "none.yaml"
    rule = "{id: never, rule: not_on, of: [vtf], when: [Wed, Thu]}"
    changed.write_text(f"extends: csp12.yaml\nname: none\nadd: {{rules: [{rule}]}}\n", "utf-8")
    (tmp_path / "csp12.yaml").write_bytes((SCENARIOS / "csp12.yaml").read_bytes())
    run = schedule("replan", changed, "--from", published, "-o", tmp_path)
    assert (run.status, run.out) == (3, f"No timetable keeps every rule.\nWhy: schedule explain {changed}\n")


def test_an_unchanged_scenario_moves_nothing_and_writes_nothing(
    schedule: Command, published: Path, tmp_path: Path
) -> None:
    run = schedule("replan", SCENARIOS / "csp12.yaml", "--from", published, "-o", tmp_path / "new")
    assert run.status == 0
    assert run.out.splitlines()[-1] == "Nothing has to move: the timetable that is out keeps every rule."
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--frozen-before", "tomorrow"], "--frozen-before: 'tomorrow' is not a date"),
        (["--keep", "hour:vtf"], "--keep hour:vtf: write what is kept and of whom"),
        (["--keep", "day:vft"], "there is no body or session 'vft' that is held in this scenario: did you mean 'vtf'?"),
        (["--weight", "chair=2"], "--weight chair=2: write a name and a number from 0 to 1000"),
        (["--draft", "nobody"], "there is no body or session 'nobody' that is held in this scenario"),
    ],
)
def test_a_wrong_setting_is_answered_with_a_remedy(
    schedule: Command, published: Path, arguments: list[str], message: str
) -> None:
    run = schedule("replan", SCENARIOS / "csp12.yaml", "--from", published, *arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(message)


def test_a_warning_that_is_no_reason_is_not_told_as_one(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "csp11.yaml").write_bytes((SCENARIOS / "csp11.yaml").read_bytes())
    (tmp_path / "three.yaml").write_text(
        "extends: csp11.yaml\nname: three\nset:\n"
        "  calendar.days: [Tuesday 2025-02-25, Wednesday 2025-02-26, Thursday 2025-02-27]\n"
        '  meeting.annex_title: "SCHEDULE OF THE MEETINGS: 25-28 FEBRUARY 2025"\n',
        "utf-8",
    )
    run = schedule("compare", tmp_path / "three.yaml")
    assert "the title says '25-28 FEBRUARY 2025'" in run.err
    assert "A (three) is impossible: 19 h 30 are asked for, 18 h exist: 1 h 30 too much. Asked for: " in run.out
    assert "FEBRUARY" not in run.out


def test_a_timetable_of_another_meeting_is_not_replanned(schedule: Command, published: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(
        "name: other\nmeeting: {series: Another Meeting, annex_title: ANOTHER MEETING}\n"
        "calendar: {slots: [10:00-13:00], days: [2026-05-27]}\n"
        "bodies: [{id: ANOTHER, sessions: [{id: another-session, duration: 1h}]}]\n",
        encoding="utf-8",
    )
    run = schedule("replan", other, "--from", published, "-o", tmp_path)
    assert run.status == 2
    assert "none of its sessions is in scenario 'other': name the timetable of this meeting" in run.err
    assert not list(tmp_path.glob("other*.xlsx"))
