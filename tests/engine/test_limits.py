"""Time limits and Ctrl-C keep the best timetable so far."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from scheduler.checking import check
from scheduler.engine import Settings, solve
from scheduler.formulation import Choice
from scheduler.outcome import Status
from scheduler.scenario import from_data

SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import main; main()"


def hard_to_prove() -> dict[str, Any]:
    """Thirty bodies in three weeks whose wishes contradict each other: a timetable is easy, the proof is long."""
    rng = Random(7)
    days = [f"2025-03-{day:02}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21)]
    bodies = [
        {"id": f"B{n}", "sessions": [{"id": f"s{n}", "duration": f"{rng.choice((60, 90, 120, 150, 180))}m"}]}
        for n in range(30)
    ]
    names = [body["id"] for body in bodies]
    wishes: list[dict[str, Any]] = [
        {"rule": "order", "of": rng.sample(names, 3), "weight": rng.randint(1, 20)} for _ in range(90)
    ]
    wishes += [
        {"rule": "not_on", "of": [rng.choice(names)], "when": [rng.choice(days)], "weight": rng.randint(1, 20)}
        for _ in range(60)
    ]
    return {
        "name": "hard",
        "meeting": {"series": "Hard", "annex_title": "HARD"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days},
        "bodies": bodies,
        "rules": [{"rule": "one_at_a_time"}, {"rule": "rolling", "weight": 1}, *wishes],
    }


def test_a_time_limit_gives_the_best_timetable_found_and_a_bound_below_it() -> None:
    scenario = from_data(hard_to_prove())
    outcome = solve(scenario, Settings(time_limit=4))
    assert outcome.status is Status.FEASIBLE
    assert outcome.timetable is not None
    assert outcome.cost == check(scenario, outcome.timetable).cost
    assert outcome.bound is not None
    assert outcome.bound < outcome.cost
    assert outcome.ties is None


def test_a_limit_too_short_to_find_anything_is_unknown_and_not_infeasible() -> None:
    outcome = solve(from_data(hard_to_prove()), Settings(time_limit=0.001))
    assert (outcome.status, outcome.timetable, outcome.cost) == (Status.UNKNOWN, None, None)
    assert outcome.sentence == (
        "unknown: the time limit was reached before any timetable was found, while the model was being built: "
        "allow more time, or divide the scenario"
    )


def test_the_limit_holds_while_a_large_model_is_being_built() -> None:
    """Built to the end, it takes several minutes."""
    days = [f"2027-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    bodies = [{"id": f"B{n}", "sessions": [{"id": f"s{n}", "duration": "90m"}]} for n in range(200)]
    data = hard_to_prove() | {"rooms": [{"id": "one"}, {"id": "two"}], "bodies": bodies, "rules": []}
    data["calendar"] = data["calendar"] | {"days": days}
    begun = time.monotonic()
    outcome = solve(from_data(data), Settings(time_limit=1), choice=Choice(None, "by name"))
    assert (outcome.status, outcome.unbuilt) == (Status.UNKNOWN, True)
    assert time.monotonic() - begun < 5


def test_the_command_ends_with_4_when_nothing_was_found_in_time(tmp_path: Path) -> None:
    run = subprocess.run(_arguments(tmp_path, "0.001"), capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 4
    assert "Unknown: the time limit was reached before any timetable was found" in run.stdout


def test_ctrl_c_ends_with_130_and_writes_the_best_timetable_so_far(tmp_path: Path) -> None:
    process = subprocess.Popen(_arguments(tmp_path, "60"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(6)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert "stopped by hand" in out
    stored = json.loads((tmp_path / "out" / "hard.json").read_bytes())
    assert (stored["status"], len(stored["sessions"])) == ("feasible", 30)


def _arguments(folder: Path, limit: str) -> list[str]:
    path = folder / "hard.yaml"
    path.write_text(json.dumps(hard_to_prove()), "utf-8")
    out = str(folder / "out")
    return [sys.executable, "-c", SCHEDULE, "solve", str(path), "-o", out, "--time-limit", limit]
