"""On the day: reports, windows, risks and remedies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command import Command, Run
from support.forecasts import PROMISE, body, planned, week

from scheduler.forecasting.live import Known, forecast_from, known_from
from scheduler.forecasting.outlook import at_risk
from scheduler.forecasting.remedies import remedies
from scheduler.forecasting.reports import DayReport


@pytest.fixture(scope="module")
def document() -> bytes:
    from scheduler.documents.timetable_document import to_bytes, to_document
    from scheduler.forecasting.planning import plan
    from scheduler.outcome import Settings
    from scheduler.reading.loading import load

    scenario = load(PROMISE).scenario
    return to_bytes(to_document(scenario, plan(scenario, Settings(workers=1)).outcome))


@pytest.fixture
def stored(document: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "week.json"
    path.write_bytes(document)
    return path


def now(schedule: Command, stored: Path, *arguments: str) -> Run:
    return schedule("now", stored, *arguments)


def answer(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.out)
    return found


def test_what_is_done_is_fixed_and_the_rest_is_forecast_anew(schedule: Command, stored: Path) -> None:
    run = now(schedule, stored, "--at", "2025-02-26 11:40", "--done", "nip@11:20", "--running", "cei", "--json")
    found = answer(run)
    assert (found["done"], found["running"]) == ({"nip": "Wednesday 11:20"}, {"cei": "Wednesday 11:20"})
    sessions = {s["id"]: s for s in found["forecast"]["sessions"]}
    assert [moment["time"] for moment in sessions["nip"]["end"]] == ["11:20"] * 3
    assert all(minutes > 60 for minutes in found["changed_minutes"].values())
    assert found["at_risk"][0]["promise"] == "wgtr-closes"
    assert found["at_risk"][0]["remedies"][0]["remedy"] == "cut speaking time in WGTU to 3 min"
    assert found["at_risk"][0]["remedies"][0]["suffices"]
    assert run.status == 1
    assert run.err.splitlines() == [
        "nip@11:20 is taken for Wednesday 26 February at 11:20",
        f"Wrote {stored.with_name('week.now.json')} (1 report).",
    ]


def test_the_screen_in_the_corridor_shows_done_now_next_and_later(schedule: Command, stored: Path) -> None:
    run = now(schedule, stored, "--at", "Wednesday 11:40", "--done", "nip@11:20", "--running", "cei")
    assert [line[:6].strip() for line in run.out.splitlines()[1:6]] == ["DONE", "NOW", "NEXT", "LATER", "LATER"]
    assert "NEXT   WGTU, about Thursday" in run.out
    assert "WGTU: 1 h 45 later than in the last forecast." in run.out


def test_a_wrong_report_is_taken_back(schedule: Command, stored: Path) -> None:
    now(schedule, stored, "--at", "Wednesday 09:00")
    first = answer(now(schedule, stored, "--at", "Wednesday 10:40", "--running", "nip", "--json"))
    now(schedule, stored, "--at", "Wednesday 11:40", "--done", "nip@11:20")
    back = answer(now(schedule, stored, "--undo", "--json"))
    assert back == first
    assert now(schedule, stored, "--at", "Wednesday 11:50", "--done", "nip@11:30", "--running", "cei").status == 1


def test_a_report_that_is_repeated_changes_nothing(schedule: Command, stored: Path) -> None:
    words = ("--at", "Wednesday 11:40", "--done", "nip@11:20", "--running", "cei", "--json")
    first, second = answer(now(schedule, stored, *words)), answer(now(schedule, stored, *words))
    assert (first["forecast"], second["changed_minutes"]) == (second["forecast"], {})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--at", "Wednesday 11:40", "--done", "nipp@11:20"), "there is no session 'nipp': did you mean 'nip'?"),
        (("--at", "Wednesday 11:40", "--done", "nip"), "when did it end? Write nip@11:20"),
        (("--at", "Wednesday 11:40", "--done", "nip@12:20"), "it ends after Wednesday 11:40"),
        (("--at", "Wednesday 11:40", "--done", "nip@25:20"), "is not a time of day"),
        (("--at", "Wednesday 11:40", "--running", "nip@12:00"), "it begins after the report"),
        (("--at", "Wednesday 11:40", "--running", "nip", "--running", "cei"), "nip still runs there"),
        (("--at", "Monday 11:40"), "no Monday in this series"),
        (("--at", "2025-03-26 11:40"), "is not a day of this series"),
        (("--at", "11:40"), "is not a point of the calendar"),
        (("--at", "Wednesday"), "is not a point of the calendar"),
        ((), "say what time it is"),
        (("--undo",), "there is no report to take back"),
        (("--undo", "--at", "Wednesday 11:40"), "--undo stands alone"),
        (("--undo", "--done", "nip@11:20"), "--undo stands alone"),
        (("--at", "Wednesday 11:40", "--done", "nip@17:50"), "of the day of --at; write the other day before it"),
        (("--at", "Wednesday 11:40", "--done", "nip@11:20", "--done", "nip@11:25"), "nip is named twice"),
        (("--at", "Wednesday 11:40", "--done", "nip@11:20", "--running", "nip"), "nip is named twice"),
        (
            ("--at", "Wednesday 11:40", "--done", "cei@11:20"),
            "nip comes before it and is still open: add --done nip@TIME",
        ),
        (
            ("--at", "Wednesday 11:40", "--done", "cei@11:20", "--running", "nip@Tuesday 10:00"),
            "nip comes before it and is still open: add --done nip@TIME",
        ),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    words: tuple[str, ...], message: str, schedule: Command, stored: Path
) -> None:
    run = now(schedule, stored, *words)
    assert run.status == 2
    assert message in run.err
    assert not stored.with_name("week.now.json").exists()


def test_time_does_not_run_backwards_and_facts_stay(schedule: Command, stored: Path) -> None:
    now(schedule, stored, "--at", "Wednesday 11:40", "--done", "nip@11:20", "--running", "cei@11:20")
    state = stored.with_name("week.now.json").read_bytes()
    earlier = now(schedule, stored, "--at", "Wednesday 10:40")
    assert (earlier.status, "is a time in the past" in earlier.err) == (2, True)
    other = now(schedule, stored, "--at", "Wednesday 12:40", "--done", "nip@11:25")
    assert (other.status, "reported done at another time already: --undo" in other.err) == (2, True)
    assert stored.with_name("week.now.json").read_bytes() == state


def test_the_same_report_spelt_differently_counts_once(schedule: Command, stored: Path) -> None:
    first = now(schedule, stored, "--at", "Wednesday 11:40", "--done", "nip@11:20", "--running", "cei", "--json")
    words = ("--at", "2025-02-26 11:40", "--done", "nip@Wednesday 11:20", "--running", "cei@2025-02-26 11:20")
    second = now(schedule, stored, *words, "--json")
    assert second.err == f"Wrote {stored.with_name('week.now.json')} (1 report).\n"
    assert (answer(second)["forecast"], answer(second)["changed_minutes"]) == (answer(first)["forecast"], {})
    later = now(schedule, stored, "--at", "Wednesday 12:00")
    assert later.out.splitlines()[-1] == f"Wrote {stored.with_name('week.now.json')} (2 reports)."


def test_a_session_that_was_reported_running_out_of_turn_may_end_before_the_earlier_one(
    schedule: Command, stored: Path
) -> None:
    now(schedule, stored, "--at", "Tuesday 11:00", "--running", "cei@10:00")
    run = now(schedule, stored, "--at", "Tuesday 17:00", "--done", "cei@16:30", "--running", "nip@16:30", "--json")
    assert answer(run)["done"] == {"cei": "Tuesday 16:30"}


def test_an_anchor_that_keeps_its_time_and_what_is_carried_over_may_be_overtaken() -> None:
    bodies = [
        body("A", "4h", boundary={"at_slot_end": "carried_over"}),
        body("B", "1h"),
        body("PANEL", "1h", boundary={"before_anchor": "moves_after"}),
    ]
    rules = [{"rule": "anchor", "of": ["PANEL"], "at": "17:00", "when": "2025-02-25"}]
    scenario, timetable = planned(week(bodies, rules))
    panel = DayReport("later", 360, {"panel": 360}, {"b": 180})
    assert known_from(scenario, timetable, [panel]).ends == {"panel": 360}
    carried = DayReport("later", 300, {"b": 300})
    assert known_from(scenario, timetable, [carried]).ends == {"b": 300}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "treaty-schedule/now", "version": 1}'])
def test_a_damaged_file_of_reports_is_explained(text: str, schedule: Command, stored: Path) -> None:
    stored.with_name("week.now.json").write_text(text, "utf-8")
    run = now(schedule, stored, "--at", "Wednesday 11:40")
    assert run.status == 2
    assert run.err.endswith(": remove it, or name another with --state\n")


def test_reports_on_another_timetable_are_not_mixed_up(schedule: Command, stored: Path, tmp_path: Path) -> None:
    now(schedule, stored, "--at", "Wednesday 11:40")
    state = json.loads(stored.with_name("week.now.json").read_bytes())
    state["timetable_sha256"] = "0" * 64
    (tmp_path / "other.json").write_text(json.dumps(state), "utf-8")
    run = now(schedule, stored, "--at", "Wednesday 11:40", "--state", str(tmp_path / "other.json"))
    assert (run.status, "these reports are on another timetable" in run.err) == (2, True)


def test_a_running_session_that_has_taken_longer_than_ever_is_about_to_end() -> None:
    scenario, timetable = planned(week([body("A", "1h"), body("B", "1h")]))
    found = forecast_from(scenario, timetable, Known(100, {"a": 0}))
    assert [item.end.window for item in found.sessions.values()] == [(101, 101, 101), (161, 161, 161)]


def test_what_one_session_took_tells_of_the_next_of_its_body() -> None:
    sessions = [{"id": name, "duration": {"low": "1h", "likely": "1h30", "high": "2h15"}} for name in ("s", "t")]
    scenario, timetable = planned(week([{"id": "A", "sessions": sessions, "correlation": 0.6}]))
    slow = forecast_from(scenario, timetable, Known(135, {"s": 0}, {"s": 135})).sessions
    quick = forecast_from(scenario, timetable, Known(60, {"s": 0}, {"s": 60})).sessions
    took = [f["t"].end.window[1] - f["t"].start.window[1] for f in (slow, quick)]  # type: ignore[index]  # its id
    expected = [90 * 1.5**0.6, 90 / 1.5**0.6]
    assert took == pytest.approx(expected, abs=1.5)


def test_an_anchor_at_risk_is_told_with_a_remedy_that_keeps_every_order() -> None:
    long = {"low": "1h", "likely": "1h30", "high": "2h"}
    bodies = [body("A", long), body("B", long), body("AOB", long), body("PANEL", "1h")]
    rules = [
        {"rule": "anchor", "of": ["PANEL"], "at": "16:30", "when": "2025-02-25"},
        {"rule": "order", "of": ["B", "PANEL"]},
    ]
    scenario, timetable = planned(week(bodies, rules))
    found = forecast_from(scenario, timetable, Known(90, {"a": 0}))
    (risk,) = at_risk(found)
    assert (risk.name, risk.kept) == ("anchor-panel", False)
    best = remedies(found, risk)[0]
    assert (best.text, best.judgement.kept) == ("move AOB to the end", True)
    assert "move B to the end" not in [remedy.text for remedy in remedies(found, risk)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("at", "Mon"),
        ("at", 5),
        ("now", 10**8),
        ("now", True),
        ("now", -1),
        ("done", {"nobody": 5}),
        ("running", {"nobody": None}),
        ("running", []),
        ("windows", {"cei": [1, 2]}),
        ("windows", {"cei": [1, 2, 3, 4]}),
        ("windows", {"cei": ["1", 2, 3]}),
        ("running", None),
        ("done", None),
    ],
)
def test_reports_that_were_spoilt_are_refused_and_stay_as_they_are(
    schedule: Command, stored: Path, tmp_path: Path, key: str, value: object
) -> None:
    assert now(schedule, stored, "--at", "Wednesday 11:40", "--running", "cei").status in (0, 1)
    state = json.loads(stored.with_name("week.now.json").read_bytes())
    del state["reports"][0][key]
    state["reports"][0] |= {} if value is None else {key: value}
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text(json.dumps(state), "utf-8")
    run = now(schedule, stored, "--at", "Wednesday 12:40", "--state", str(spoilt))
    assert (run.status, run.out) == (2, "")
    assert ": remove it, or name another with --state" in run.err
    assert json.loads(spoilt.read_bytes()) == state
