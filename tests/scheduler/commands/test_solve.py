"""``schedule solve`` as a planner meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.command import Command
from support.letters import ALL, SCENARIOS, document, entry


def written(folder: Path, changed: dict[str, Any]) -> Path:
    """A scenario file; JSON is YAML."""
    path = folder / f"{changed['name']}.yaml"
    path.write_text(json.dumps(changed), "utf-8")
    return path


def without_solver(path: Path) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(path.read_bytes())
    del stored["solver"]
    return stored


@pytest.mark.parametrize("name", ALL)
def test_it_prints_the_grid_and_writes_workbook_and_timetable(name: str, schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", SCENARIOS / f"{name}.yaml", "-o", tmp_path)
    assert run.status == 0
    assert "Optimal: no timetable of this scenario costs less, and no other is as good." in run.out
    assert str(tmp_path / f"{name}.xlsx") in run.out
    assert str(tmp_path / f"{name}.json") in run.out
    assert openpyxl.load_workbook(tmp_path / f"{name}.xlsx").sheetnames == ["Annex", "Sessions"]
    working = openpyxl.load_workbook(tmp_path / f"{name}.working.xlsx")
    assert working.sheetnames == ["Sessions", "Rules", "About"]


def test_neither_seed_nor_workers_show_in_what_is_written(schedule: Command, tmp_path: Path) -> None:
    changed = document("csp12")
    changed["rules"] = [rule for rule in changed["rules"] if rule["id"] != "reporting-order"]
    path = written(tmp_path, changed)
    for number, (workers, seed) in enumerate([(1, 0), (8, 0), (1, 1), (8, 4)]):
        run = schedule("solve", path, "-o", tmp_path / str(number), "--workers", workers, "--seed", seed)
        assert run.status == 0
    for name in ("csp12.xlsx", "csp12.working.xlsx"):
        assert len({(tmp_path / n / name).read_bytes() for n in "0123"}) == 1
    assert [
        without_solver(tmp_path / n / "csp12.json") == without_solver(tmp_path / "0" / "csp12.json") for n in "123"
    ] == [True] * 3


def test_json_is_the_document_that_is_written(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path, "--json")
    assert run.status == 0
    assert json.loads(run.out) == json.loads((tmp_path / "csp11.json").read_bytes())
    assert json.loads(run.out)["sessions"][1] == {
        "id": "cei",
        "body": "WGETI",
        "room": "plenary",
        "segments": [
            {"date": "2025-02-26", "start": "10:00", "end": "13:00"},
            {"date": "2025-02-26", "start": "15:00", "end": "18:00"},
            {"date": "2025-02-27", "start": "10:00", "end": "11:30"},
        ],
    }


def test_an_impossible_scenario_ends_with_3_and_its_arithmetic(schedule: Command, tmp_path: Path) -> None:
    changed = document("csp11")
    entry(changed, "officers", "dief-chair")["vacant"] = False
    path = written(tmp_path, changed)
    run = schedule("solve", path, "-o", tmp_path / "out")
    assert run.status == 3
    assert "27 h are asked for, 24 h exist: 3 h too much" in run.err
    assert f"schedule explain {path}" in run.out
    assert not (tmp_path / "out").exists()


def test_an_impossible_scenario_has_the_same_json_keys(schedule: Command, tmp_path: Path) -> None:
    changed = document("csp11")
    entry(changed, "officers", "dief-chair")["vacant"] = False
    run = schedule("solve", written(tmp_path, changed), "-o", tmp_path / "out", "--json")
    answer = json.loads(run.out)
    assert (run.status, answer["status"], answer["sessions"]) == (3, "infeasible", [])
    assert (answer["cost"], answer["bound"]) == (None, None)


def test_a_vacant_post_is_named_with_the_body_that_is_not_held(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path)
    message = "Not held: DIEF, because a post is vacant (Chair of the Diversion Information Exchange Forum)."
    assert message in run.out.splitlines()


def test_a_workbook_that_somebody_has_edited_is_kept(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path)
    edited = b"somebody's work"
    (tmp_path / "csp11.xlsx").write_bytes(edited)
    run = schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path)
    assert run.status == 0
    assert (tmp_path / "csp11.xlsx").read_bytes() == edited
    assert (tmp_path / "csp11 (2).xlsx").exists()
    assert "csp11 (2).xlsx" in run.out


def test_force_overwrites_it(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path)
    good = (tmp_path / "csp11.xlsx").read_bytes()
    (tmp_path / "csp11.xlsx").write_bytes(b"somebody's work")
    schedule("solve", SCENARIOS / "csp11.yaml", "-o", tmp_path, "--force")
    assert (tmp_path / "csp11.xlsx").read_bytes() == good


def test_hostile_text_is_harmless_everywhere(schedule: Command, tmp_path: Path) -> None:
    changed = document("csp11")
    nasty = '=HYPERLINK("http://example.org") [/b] [red]x[/red] \u202e مرحبا 欢迎 ' + "long " * 1000
    entry(changed, "bodies", "WGTU")["label"] = nasty
    entry(changed, "sessions", "nip")["title"] = "+1 @SUM(A1) [bold]"
    run = schedule("solve", written(tmp_path, changed), "-o", tmp_path / "out")
    assert run.status == 0
    assert "\u202e" not in run.out
    assert "[/b]" in run.out.replace("\n", "")
    books = [openpyxl.load_workbook(tmp_path / "out" / f"csp11.{ending}") for ending in ("xlsx", "working.xlsx")]
    for sheet in (sheet for book in books for sheet in book):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {
            "s",
            "n",
            "d",
        }
    exported = schedule("export", tmp_path / "out" / "csp11.json", "--to", "csv", "-o", tmp_path / "csv")
    assert exported.status == 0
    lines = (tmp_path / "csv" / "csp11.csv").read_text("utf-8-sig").splitlines()
    assert not any(cell.startswith(("=", "+", "@", '"=', '"+')) for line in lines for cell in line.split(","))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["solve"], 2),
        (["solve", "nowhere.yaml"], 2),
        (["solve", "scenarios"], 2),
        (["solve", "x.yaml", "--time-limit", "0"], 2),
        (["solve", "x.yaml", "--workers", "many"], 2),
        (["sovle", "x.yaml"], 2),
    ],
)
def test_wrong_calls_end_with_2_and_no_traceback(arguments: list[str], status: int, schedule: Command) -> None:
    run = schedule(*arguments)
    assert run.status == status
    assert run.err
    assert "Traceback" not in run.err
