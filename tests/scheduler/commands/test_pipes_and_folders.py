"""Results are printed and kept as far as can be: closed pipes, folders that cannot be written, files in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import Command
from support.letters import SCENARIOS

SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import run; run()"
CSP11 = SCENARIOS / "csp11.yaml"


@pytest.fixture
def schedule(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


def read_by_nobody(*words: object) -> tuple[int, str]:
    """The status, and what stands on standard error, when standard output is a pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    arguments = [sys.executable, "-c", SCHEDULE, *map(str, words)]
    done = subprocess.run(arguments, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    return done.returncode, done.stderr


def test_a_closed_pipe_changes_no_exit_status_and_loses_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert read_by_nobody("solve", CSP11, "-o", out) == (0, "")
    assert {path.name for path in out.iterdir()} >= {"csp11.xlsx", "csp11.json"}
    assert read_by_nobody("solve", CSP11, "-o", out, "--json")[0] == 0
    assert read_by_nobody("explain", SCENARIOS / "impossible" / "csp11-friday.yaml") == (3, "")
    assert read_by_nobody("solve", SCENARIOS / "impossible" / "csp11-friday.yaml")[0] == 3
    stranger = tmp_path / "hand.json"
    stranger.write_text('{"sessions": []}', "utf-8")
    assert read_by_nobody("check", CSP11, stranger) == (1, "")
    assert read_by_nobody("schema") == (0, "")
    assert read_by_nobody("--help") == (0, "")
    assert read_by_nobody("validate", tmp_path / "absent.yaml")[0] == 2


def test_a_folder_that_cannot_be_written_is_told_before_the_search_and_the_grid_is_printed(
    tmp_path: Path, schedule: Command
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for words in (("solve", CSP11), ("solve", CSP11, "-k", "2")):
        run = schedule(*words, "-o", tmp_path / "file")
        assert run.status == 2
        first, *rest = run.err.splitlines()
        assert first == (
            f"warning: {tmp_path / 'file'} is no folder: results need one: the result will be printed, but not kept"
        )
        assert rest == [f"{tmp_path / 'file'} is a file, not a folder: results need a folder."]
        assert "WGETI" in run.out
    run = schedule("solve", CSP11, "-o", tmp_path / "file", "--json")
    assert (run.status, run.out.startswith("{")) == (2, True)


def test_a_scenario_without_a_timetable_needs_no_folder(tmp_path: Path, schedule: Command) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert schedule("solve", SCENARIOS / "impossible" / "csp11-friday.yaml", "-o", tmp_path / "file").status == 3


def test_one_file_that_cannot_be_written_takes_nothing_from_the_others(tmp_path: Path, schedule: Command) -> None:
    (tmp_path / "csp11.xlsx").mkdir()
    run = schedule("solve", CSP11, "-o", tmp_path)
    assert run.status == 2
    assert "WGETI" in run.out
    assert f"Wrote {tmp_path / 'csp11.json'}." in run.out
    assert "csp11.xlsx: this is a folder: a file is expected" in run.err
    assert (tmp_path / "csp11.json").is_file()


def test_a_name_that_windows_keeps_for_a_device_is_refused(tmp_path: Path, schedule: Command) -> None:
    path = tmp_path / "s.yaml"
    for name in ("CON", "nul", "Com7", "aux.2", "plan."):
        path.write_text(CSP11.read_text("utf-8").replace("name: csp11", f"name: {name}"), "utf-8")
        run = schedule("validate", path)
        assert run.status == 2
        assert "cannot be a name, because files are called by it, and Windows" in run.err
        run = schedule("init", name, "--days", "2027-02-23..2027-02-26", "-o", tmp_path)
        assert run.status == 2


def test_what_is_explained_is_printed_although_its_certificate_cannot_be_kept(
    tmp_path: Path, schedule: Command
) -> None:
    (tmp_path / "file").write_bytes(b"")
    scenario = SCENARIOS / "impossible" / "csp11-friday.yaml"
    run = schedule("explain", scenario, "--certificate", tmp_path / "file" / "c.json")
    assert run.status == 2
    assert "clash" in run.out
    assert run.err.splitlines()[0].endswith("is no folder: results need one: the result will be printed, but not kept")


def test_a_forecast_from_what_has_happened_is_printed_although_its_report_cannot_be_kept(
    tmp_path: Path, schedule: Command
) -> None:
    schedule("solve", CSP11, "-o", tmp_path)
    state = tmp_path / "absent" / "now.json"
    run = schedule("now", tmp_path / "csp11.json", "--at", "Tuesday 10:30", "--running", "nip", "--state", state)
    assert run.status == 2
    assert "now.json: there is no such folder. This report is not kept." in run.err
    assert "WGTU" in run.out


def test_a_folder_as_an_output_file_is_answered(tmp_path: Path, schedule: Command) -> None:
    dot, folder = (schedule("compare", CSP11, CSP11, "--html", path) for path in ("./", tmp_path))
    assert (dot.status, dot.err) == (
        2,
        "this names a folder: add the name of the file.\n",
    )
    assert (folder.status, folder.err) == (
        2,
        f"Cannot compare with {tmp_path}: this is a folder: a file is expected.\n",
    )
