"""What 0.1 stored is read today; where a rule has changed its meaning since, that is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.command import Command
from support.letters import SCENARIOS

HERE = Path(__file__).parent / "written_by_0_1"
OF = {
    "csp10.json": SCENARIOS / "csp10.yaml",
    "csp11.json": SCENARIOS / "csp11.yaml",
    "research-days.json": SCENARIOS / "conference" / "research-days.yaml",
    "week.A.json": HERE / "week.yaml",
    "week.B.json": HERE / "week.yaml",
    "week.A.xlsx": HERE / "week.yaml",
    "week-chair-away.rev1.json": HERE / "week-chair-away.yaml",
    "week-chair-away.rev1.xlsx": HERE / "week-chair-away.yaml",
    "away.json": HERE / "away.yaml",
}
"""Every timetable, with the scenario as it stands today."""
COSTS = {"research-days.json": 53, "week.A.json": 1, "week.B.json": 1, "week-chair-away.rev1.json": 2}
"""What they cost today, if anything."""
DOCUMENTS = [name for name in OF if name.endswith(".json")]
AWAY = "breaks 'standing-officer-availability' now: Ms Example, Expert, is away when WGA sits on Tuesday 23 February"
ANEW = {
    "week.A.json": "cost 0 when stored, 1 now: what was stored is judged anew.",
    "week.B.json": "cost 0 when stored, 1 now: what was stored is judged anew.",
    "week-chair-away.rev1.json": "cost 1 when stored, 2 now: what was stored is judged anew.",
    "away.json": f"it kept every rule when stored, and {AWAY}, 10:00 – 13:00.",  # noqa: RUF001
}
"""What is said of those that are no longer what they were."""


def said(name: str) -> str:
    return f"warning: {HERE / name}: {ANEW[name]}\n" if name in ANEW else ""


def of_0_1(folder: Path, *names: str) -> list[Path]:
    """Copies beside which a command may write."""
    return [Path(shutil.copy(HERE / name, folder)) for name in names]


def test_every_file_is_read_by_some_test() -> None:
    others = {"README.md", "csp11.now.json", *(path.name for path in HERE.glob("*.certificate.json"))}
    assert {path.name for path in HERE.iterdir()} == {
        *OF,
        *others,
        *(f"{n}.yaml" for n in ("week", "week-chair-away", "away")),
    }


@pytest.mark.parametrize("name", OF)
def test_check_judges_a_timetable_as_rules_are_read_today(name: str, schedule: Command) -> None:
    run = schedule("check", OF[name], HERE / name)
    cost = COSTS.get(name.replace(".xlsx", ".json"), 0)
    verdict = (
        f"The timetable breaks rules that must hold, in one place; it costs {cost}."
        if name == "away.json"
        else f"The timetable keeps every rule that must hold; it costs {cost}."
    )
    assert (run.status, run.out.splitlines()[-1]) == (int(name == "away.json"), verdict)
    of_its_own = not name.startswith("week-chair-away")  # a revision also has the note of what has moved
    assert run.err == (said(name) if of_its_own else "")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_export_writes_it_with_the_cost_of_today(name: str, schedule: Command, tmp_path: Path) -> None:
    for ending in ("json", "xlsx", "csv"):
        run = schedule("export", HERE / name, "--to", ending, "-o", tmp_path)
        assert (run.status, run.err) == (0, said(name))
    (written,) = tmp_path.glob("[!.]*.json")
    sessions = json.loads((HERE / name).read_bytes())["sessions"]
    assert json.loads(written.read_bytes())["sessions"] == sessions


@pytest.mark.parametrize("name", DOCUMENTS)
def test_forecast_gives_every_session_its_window(name: str, schedule: Command) -> None:
    run = schedule("forecast", HERE / name, "--json")
    assert (run.status, run.err) == (0, said(name))
    ids = {session["id"] for session in json.loads((HERE / name).read_bytes())["sessions"]}
    assert {session["id"] for session in json.loads(run.out)["sessions"]} == ids


def test_compare_lays_alternatives_a_workbook_and_a_revision_side_by_side(schedule: Command) -> None:
    names = ("week.A.json", "week.B.json", "week.A.xlsx", "week-chair-away.rev1.json")
    run = schedule("compare", *(HERE / name for name in names), "--json")
    assert run.status == 0
    assert [option["name"] for option in json.loads(run.out)["options"]] == [
        "week, week.A.json",
        "week, week.B.json",
        "week, week.A.xlsx",
        "week-chair-away",
    ]


@pytest.mark.parametrize("out", ["week.A.json", "week.A.xlsx"])
def test_replan_starts_from_it(out: str, schedule: Command, tmp_path: Path) -> None:
    run = schedule("replan", HERE / "week-chair-away.yaml", "--from", HERE / out, "-o", tmp_path)
    assert (run.status, run.err) == (0, said(out))
    assert "WGA moves from Tuesday 23 February at 10:00 to Thursday 25 February at 10:00." in run.out
    assert (tmp_path / "week-chair-away.rev1.xlsx").is_file()


def test_the_revision_of_a_revision_is_the_second(schedule: Command, tmp_path: Path) -> None:
    run = schedule("replan", HERE / "week.yaml", "--from", HERE / "week-chair-away.rev1.json", "-o", tmp_path)
    assert (run.status, run.err) == (0, said("week-chair-away.rev1.json"))
    assert (tmp_path / "week.rev2.xlsx").is_file()


def test_explain_says_why_a_session_is_where_it_stands(schedule: Command) -> None:
    run = schedule("explain", HERE / "week.yaml", HERE / "week.A.json", "c")
    assert (run.status, run.out.splitlines()[0]) == (0, "WGC c starts on Wednesday 24 February at 10:00. Elsewhere:")


def test_now_goes_on_from_the_reports(schedule: Command, tmp_path: Path) -> None:
    stored, state = of_0_1(tmp_path, "csp11.json", "csp11.now.json")
    run = schedule("now", stored, "--at", "2025-02-26 12:00")
    assert (run.status, run.err) == (1, "")
    assert "national implementation practices (ended Wednesday 11:00)" in run.out
    assert "THE MEETING WILL OVERRUN: about 1 h of work is left" in run.out
    assert len(json.loads(state.read_bytes())["reports"]) == 2
    assert schedule("now", stored, "--undo").out.endswith(f"Wrote {state} (1 report).\n")


def test_reports_of_0_1_on_another_timetable_are_refused(schedule: Command, tmp_path: Path) -> None:
    stored, state = of_0_1(tmp_path, "csp10.json", "csp11.now.json")
    run = schedule("now", stored, "--at", "Tuesday 12:00", "--state", state)
    assert (run.status, "these reports are on another timetable" in run.err) == (2, True)


CANNOT = "made by 0.1, cannot be rebuilt: from its scenario another model is built today"


@pytest.mark.parametrize(
    ("name", "status", "failures"),
    [
        ("csp11-friday", 0, []),
        ("csp10", 1, [CANNOT]),
        ("week", 1, [CANNOT, "The timetable costs 1, not 0 as certified."]),
    ],
)
def test_verify_proves_what_means_the_same_today(
    name: str, status: int, failures: list[str], schedule: Command
) -> None:
    run = schedule("verify", HERE / f"{name}.certificate.json", "--json")
    points = [point["sentence"] for point in json.loads(run.out)["points"] if point["holds"] is False]
    assert run.status == status
    assert len(points) == len(failures)
    assert all(point.startswith(failure) for point, failure in zip(points, failures, strict=True))
