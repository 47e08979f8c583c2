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

import pytest

from scheduler.alternatives import differing
from scheduler.checking import check
from scheduler.commands.limits import Clock
from scheduler.errors import OutOfTime
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.entry import from_data
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Choice, Formulation

SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import run; run()"


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
    outcomes = (solve(scenario, Settings(time_limit=limit)) for limit in (4, 12, 36))  # a busy machine needs more
    outcome = next(outcome for outcome in outcomes if outcome.timetable is not None)
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
    """Built to the end, it takes many times as long."""
    days = [f"2027-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    bodies = [{"id": f"B{n}", "sessions": [{"id": f"s{n}", "duration": "90m"}]} for n in range(200)]
    data = hard_to_prove() | {"rooms": [{"id": "one"}, {"id": "two"}], "bodies": bodies}
    data["rules"] = [{"rule": "one_at_a_time", "weight": 1}]
    data["calendar"] = data["calendar"] | {"days": days}
    outcome = solve(from_data(data), Settings(time_limit=1), choice=Choice(Formulation.AXIS, "by name"))
    assert (outcome.status, outcome.unbuilt) == (Status.UNKNOWN, True)


def test_the_limit_holds_before_the_first_rule_is_posted() -> None:
    """Lengths that all differ on a grain of a minute: the places alone take minutes to list."""
    days = [f"2027-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    sessions = [{"id": f"s{n}", "duration": f"{n + 31}m"} for n in range(120)]
    data = hard_to_prove() | {"bodies": [{"id": "B", "sessions": sessions}], "rules": []}
    data["calendar"] = data["calendar"] | {"days": days}
    outcome = solve(from_data(data), Settings(time_limit=1), choice=Choice(Formulation.AXIS, "by name"))
    assert (outcome.status, outcome.unbuilt) == (Status.UNKNOWN, True)


def test_several_timetables_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first gets a third, and where it finds nothing all that is left: then there is nothing for the others."""
    given: list[float] = []

    def found_nothing(_: object, settings: Settings, *__: object) -> Outcome:
        given.append(settings.left)
        return Outcome(Status.UNKNOWN)

    monkeypatch.setattr(differing, "solve", found_nothing)
    found = differing.alternatives(from_data(hard_to_prove()), 3, settings=Settings(time_limit=900))
    assert [outcome.status for outcome in found.outcomes] == [Status.UNKNOWN]
    assert [round(left / 100) for left in given] == [3, 9]


def test_several_timetables_are_listed_from_the_cheapest_on() -> None:
    found = differing.alternatives(from_data(hard_to_prove()), 2, within=10_000, settings=Settings(time_limit=20))
    costs = [outcome.cost for outcome in found.outcomes if outcome.cost is not None]
    assert costs == sorted(costs)
    assert all(cost <= found.ceiling for cost in costs)


def test_settings_that_share_a_moment_end_by_it() -> None:
    past = Settings(time_limit=60, until=time.monotonic() - 1)
    assert past.left < 0
    assert solve(from_data(hard_to_prove()), past).unbuilt
    assert Settings(time_limit=2, until=time.monotonic() + 60).left == 2


def test_the_alarm_of_a_command_reaches_what_does_not_look_at_the_clock() -> None:
    with pytest.raises(OutOfTime), Clock(0.001).alarm():
        _go_on_for_ever()


def _go_on_for_ever() -> None:
    while True:
        pass


def test_the_alarm_is_off_when_its_block_has_ended() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with Clock(60).alarm():
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_file_that_takes_too_long_to_read_ends_with_4_and_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("\n".join(f"k{n}: [{', '.join('a' * 20)}]" for n in range(12_000)), "utf-8")
    arguments = [sys.executable, "-c", SCHEDULE, "solve", str(path), "--time-limit", "0.01"]
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    message = "The time limit was reached before there was an answer: allow more with --time-limit.\n"
    assert (run.returncode, run.stdout, run.stderr) == (4, "", message)


def test_the_command_ends_with_4_when_nothing_was_found_in_time(tmp_path: Path) -> None:
    run = subprocess.run(_arguments(tmp_path, "0.001"), capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 4
    assert "he time limit was reached before" in run.stdout + run.stderr


def test_ctrl_c_ends_with_130_and_writes_the_best_timetable_so_far(tmp_path: Path) -> None:
    stopped = (_stopped_after(seconds, tmp_path) for seconds in (5, 15, 40))  # a busy machine needs more
    process, out, err = next(each for each in stopped if (tmp_path / "out" / "hard.json").exists())
    assert (process.returncode, err) == (130, "")
    assert "stopped by hand" in out
    stored = json.loads((tmp_path / "out" / "hard.json").read_bytes())
    assert (stored["status"], len(stored["sessions"])) == ("feasible", 30)


def _stopped_after(seconds: float, folder: Path) -> tuple[subprocess.Popen[str], str, str]:
    process = subprocess.Popen(_arguments(folder, "60"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return process, out, err


def _arguments(folder: Path, limit: str) -> list[str]:
    path = folder / "hard.yaml"
    path.write_text(json.dumps(hard_to_prove()), "utf-8")
    out = str(folder / "out")
    return [sys.executable, "-c", SCHEDULE, "solve", str(path), "-o", out, "--time-limit", limit]
