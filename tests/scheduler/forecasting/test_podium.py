"""``now`` as the chair reads it: what must be heard first, when the meeting ends, and reports that cannot be true."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.command import Command, Run
from support.forecasts import body, planned, week

from scheduler.documents.timetable_document import to_bytes, to_document
from scheduler.outcome import Outcome, Status

Now = Callable[..., Run]
CLOSED = {"access": ["states-parties"]}
CLEARED = [{"rule": "restricted_access", "clearing": "0 min"}]
"""The room is cleared at once; else a closed session waits for the next slot."""


@pytest.fixture
def meeting(schedule: Command, tmp_path: Path) -> Callable[..., Now]:
    """Stores a meeting of two days of 6 hours, one session after another, and gives the command on it."""

    def stored(bodies: list[dict[str, Any]], **more: Any) -> Now:
        starts = more.pop("starts", {})
        scenario, timetable = planned(week(bodies, **more), **starts)
        outcome = Outcome(Status.FEASIBLE, timetable, 0, 0)
        (tmp_path / "two-days.now.json").unlink(missing_ok=True)
        (tmp_path / "two-days.json").write_bytes(to_bytes(to_document(scenario, outcome)))
        return lambda *words: schedule("now", tmp_path / "two-days.json", *words)

    return stored


def three_and_more(more: str = "5h") -> list[dict[str, Any]]:
    """Sessions of 3 h, 4 h and, if nothing else is said, 5 h: they end on Wednesday at 18:00 sharp."""
    return [body("WGTU", "3h"), body("WGETI", "4h"), body("WGTR", more)]


def test_a_meeting_that_will_overrun_says_so_first_and_what_could_be_done(meeting: Callable[..., Now]) -> None:
    run = meeting(three_and_more())("--at", "Tuesday 15:40", "--done", "wgtu@15:30")
    assert run.status == 1
    assert run.out.splitlines()[:6] == [
        "THE MEETING WILL OVERRUN: about 40 min of work is left when its last slot closes (Wednesday 18:00).",
        "  Remedy: close WGTR by Wednesday 18:00 (40 min of it left undone): then it ends in time (100 %).",
        "  Remedy: close WGETI by Tuesday 18:00 (1 h 40 of it left undone): then it ends in time (100 %).",
        "  Otherwise find about 40 min: sit longer, meet on a further day, or leave something out.",
        "Two Days, Tuesday 15:40: expected to end on Wednesday 18:00 + 40 min",
        "DONE   WGTU (ended Tuesday 15:30)",
    ]


def test_the_same_stands_in_the_document(meeting: Callable[..., Now]) -> None:
    run = meeting(three_and_more())("--at", "Tuesday 15:40", "--done", "wgtu@15:30", "--json")
    found = json.loads(run.out)
    assert (run.status, found["expected_end"]) == (1, ["Wednesday 18:00 + 40 min"] * 3)
    overrun = found["overrun"]
    assert (overrun["certain"], overrun["chance"], overrun["minutes"]) == (True, 1.0, 40)
    assert [(r["remedy"], r["minutes"]) for r in overrun["remedies"]] == [
        ("close WGTR by Wednesday 18:00", 40.0),
        ("close WGETI by Tuesday 18:00", 100.0),
    ]


def test_an_end_at_the_minute_at_which_the_last_slot_closes_still_fits(meeting: Callable[..., Now]) -> None:
    now = meeting(three_and_more())
    early = now("--at", "Tuesday 13:00", "--done", "wgtu@13:00")
    assert (early.status, early.out.splitlines()[0]) == (
        0,
        "Two Days, Tuesday 13:00: expected to end on Wednesday 18:00",
    )
    assert "Chance that the meeting runs past Wednesday 18:00: 0 %." in early.out
    sharp = now("--at", "Wednesday 18:00", "--done", "wgeti@11:00", "--running", "wgtr@11:00")
    assert (sharp.status, "THE MEETING" in sharp.out) == (0, False)
    ended = now("--at", "Wednesday 18:00", "--done", "wgtr@18:00")
    assert (ended.status, ended.out.splitlines()[0]) == (
        0,
        "Two Days, Wednesday 18:00: the meeting has ended, on Wednesday 18:00",
    )


def test_a_meeting_whose_last_slot_has_closed_has_overrun(meeting: Callable[..., Now]) -> None:
    now = meeting(three_and_more())
    words = ("--done", "wgtu@Tuesday 16:00", "--done", "wgeti@12:00", "--running", "wgtr@12:00")
    run = now("--at", "Wednesday 18:00", *words)
    assert run.status == 1
    assert run.out.splitlines()[:2] == [
        "THE MEETING HAS OVERRUN: its last slot has closed (Wednesday 18:00), and about 1 h of work is left.",
        "  Find about 1 h: sit longer, meet on a further day, or leave something out.",
    ]


def test_what_is_not_quite_certain_is_not_called_certain(meeting: Callable[..., Now]) -> None:
    wide = {"low": "4h30", "likely": "5h", "high": "5h30"}
    run = meeting([body("WGTU", "3h"), body("WGETI", "4h"), body("WGTR", wide)])(
        "--at", "Tuesday 16:25", "--done", "wgtu@16:20"
    )
    assert run.status == 1
    assert run.out.startswith("THE MEETING WILL ALMOST CERTAINLY OVERRUN (> 99 %): about 1 h 25 of work is left")


def test_an_overrun_that_is_only_likely_is_told_as_a_chance(meeting: Callable[..., Now]) -> None:
    wide = {"low": "4h", "likely": "5h", "high": "6h"}
    run = meeting([body("WGTU", "3h"), body("WGETI", "4h"), body("WGTR", wide)])(
        "--at", "Tuesday 13:00", "--done", "wgtu@13:00"
    )
    assert (run.status, "THE MEETING" in run.out) == (0, False)
    assert "Chance that the meeting runs past Wednesday 18:00: 50 %." in run.out


# --- closed sessions over the night --------------------------------------------------------------------------------


def closed_in_the_afternoon() -> list[dict[str, Any]]:
    return [body("WGTU", "3h"), body("DIEF", "3h", **CLOSED), body("WGTR", "2h")]


def test_a_closed_session_that_would_run_over_the_night_is_named(meeting: Callable[..., Now]) -> None:
    run = meeting(closed_in_the_afternoon(), rules=CLEARED)("--at", "Tuesday 15:40", "--done", "wgtu@15:30")
    assert (
        "OVER NIGHT: DIEF is closed and will run over the night: work is left at Tuesday 18:00. Close it by "
        "Tuesday 18:00, or hold it on the next day from its beginning; or tell those who are let in that they must "
        "come back."
    ) in " ".join(run.out.split())
    running = meeting(closed_in_the_afternoon(), rules=CLEARED)("--at", "Tuesday 17:00", "--running", "dief@15:30")
    assert "  Close it by Tuesday 18:00; or tell those who are let in that they must come back." in running.out


def test_a_closed_session_that_must_wait_for_the_next_slot_runs_over_no_night(meeting: Callable[..., Now]) -> None:
    run = meeting(closed_in_the_afternoon())("--at", "Tuesday 15:40", "--done", "wgtu@15:30")
    assert "NEXT   DIEF, Wednesday 10:00" in run.out
    assert "OVER NIGHT" not in run.out


def test_no_night_is_named_that_the_session_does_not_reach_or_that_the_plan_has(meeting: Callable[..., Now]) -> None:
    in_time = meeting(closed_in_the_afternoon(), rules=CLEARED)("--at", "Tuesday 13:00", "--done", "wgtu@13:00")
    assert "OVER NIGHT" not in in_time.out
    open_session = [body("WGTU", "3h"), body("VTF", "3h"), body("WGTR", "2h")]
    assert "OVER NIGHT" not in meeting(open_session)("--at", "Tuesday 15:40", "--done", "wgtu@15:30").out
    over_the_night = [body("WGTU", "4h"), body("DIEF", "3h", **CLOSED), body("WGTR", "2h")]
    run = meeting(over_the_night, rules=CLEARED)("--at", "Tuesday 15:40", "--done", "wgtu@15:30", "--json")
    assert json.loads(run.out)["closed_over_night"] == []


# --- what is at risk, room by room ---------------------------------------------------------------------------------


def test_a_promise_that_cannot_be_kept_any_more_is_the_answer_no(meeting: Callable[..., Now]) -> None:
    promise = {"rule": "finish_by", "of": ["WGETI"], "by": "Wednesday 11:00", "chance": "80 %"}
    now = meeting([body("WGTU", "3h"), body("WGETI", "4h")], promises=[promise])
    assert now("--at", "Tuesday 13:00", "--done", "wgtu@13:00").status == 0
    run = now("--at", "Tuesday 16:00", "--running", "wgeti@15:30")
    assert run.status == 1
    assert "AT RISK: WGETI ends by Wednesday 11:00: promised with 80 %, now it cannot be kept any more." in run.out


def test_each_room_has_its_next(meeting: Callable[..., Now]) -> None:
    rooms = [{"id": "hall", "name": "Hall"}, {"id": "annexe", "name": "Room 2"}]
    bodies = [body("WGTU", "3h"), body("WGTR", "1h"), body("VTF", "1h")]
    for each, room in zip(bodies, ("hall", "hall", "annexe"), strict=True):
        each["sessions"][0]["rooms"] = [room]
    run = meeting(bodies, rooms=rooms, starts={"vtf": 180})("--at", "Tuesday 11:00", "--running", "wgtu@10:00")
    assert run.out.splitlines()[1:4] == [
        "NOW    WGTU in Hall, until Tuesday 13:00",
        "NEXT   WGTR in Hall, Tuesday 15:00",
        "NEXT   VTF in Room 2, Tuesday 15:00",
    ]


# --- names and reports ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wgtu", "WGTU", "Wgtu", " wgtu "])
def test_a_session_goes_by_its_id_or_its_body_in_any_letters(name: str, meeting: Callable[..., Now]) -> None:
    run = meeting(three_and_more())("--at", "Tuesday 13:10", "--done", f"{name}@13:00", "--json")
    assert json.loads(run.out)["done"] == {"wgtu": "Tuesday 13:00"}


SUB_GROUPS = [{"id": "WGETI", "sessions": [{"id": "nip", "duration": "3h"}, {"id": "cei", "duration": "3h"}]}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--done", "nip@"), "--done nip@: when did it end? Write nip@11:20"),
        (("--done", "NIP"), "--done NIP: when did it end? Write nip@11:20"),
        (("--done", "wgeti@11:00"), "'wgeti' is no single session: it has several: nip, cei"),
        (("--done", "WGETY@11:00"), "there is no session 'WGETY': did you mean 'WGETI'?"),
    ],
)
def test_a_name_or_a_time_that_is_missing_is_asked_for(
    words: tuple[str, ...], message: str, meeting: Callable[..., Now]
) -> None:
    run = meeting(SUB_GROUPS)("--at", "Tuesday 11:40", *words)
    assert (run.status, message in run.err) == (2, True), run.err


@pytest.mark.parametrize(
    ("before", "words", "message"),
    [
        (
            ("--running", "cei@10:00"),
            ("--done", "nip@11:00"),
            "cei has been reported running there since Tuesday 10:00 and is still open: add --done cei@TIME",
        ),
        (
            ("--running", "nip@10:00"),
            ("--running", "cei@11:00"),
            "nip still runs there, since Tuesday 10:00: add --done nip@TIME",
        ),
        (
            ("--done", "nip@11:00"),
            ("--running", "cei@10:30"),
            "--running cei: nip sat there until Tuesday 11:00: correct the time",
        ),
        (
            ("--running", "nip@10:00"),
            ("--running", "nip@10:30"),
            "reported running since another time: --undo takes that back (it runs since Tuesday 10:00)",
        ),
        (
            ("--done", "nip@11:00"),
            ("--running", "nip"),
            "it has been reported done: --undo takes that back (it ended on Tuesday 11:00)",
        ),
        (
            ("--running", "nip@10:30"),
            ("--done", "nip@10:20"),
            "it ends before it began: correct the time (it began on Tuesday 10:30)",
        ),
    ],
)
def test_a_report_that_contradicts_an_open_one_is_refused(
    before: tuple[str, ...], words: tuple[str, ...], message: str, meeting: Callable[..., Now]
) -> None:
    now = meeting(SUB_GROUPS)
    assert now("--at", "Tuesday 11:40", *before).status == 0
    run = now("--at", "Tuesday 11:50", *words)
    assert (run.status, message in run.err) == (2, True), run.err
    told_together = now("--at", "Tuesday 11:50", *words, "--undo")
    assert told_together.status == 2
    assert "(1 report)" in now("--at", "Tuesday 11:40").out


def test_what_has_not_changed_is_said_in_a_sentence(meeting: Callable[..., Now]) -> None:
    run = meeting(three_and_more())("--at", "Tuesday 13:00", "--done", "wgtu@13:00")
    assert "Compared with the forecast before, no start has changed by 5 minutes or more." in run.out
