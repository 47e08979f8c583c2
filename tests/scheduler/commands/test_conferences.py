"""``what-if``, ``replan`` and ``compare`` of a programme of many rooms, as a planner meets them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command import Command
from support.conferences import conference, variant

from scheduler.errors import OutOfTime
from scheduler.explanation import whatif

CHANGES = """\
set: {sessions.p0-0.duration: 20 min}
remove: [sessions.p3-1, rules.first-day]
add: {rules: [{rule: not_on, of: [b1, p2-6], when: [2027-03-01]}]}
"""
LINES = [
    "1. Body 0 Paper 0.0 takes 20 min instead of 10 min.",
    "2. Body 0 Paper 0.1 moves from Monday 1 March at 09:10 to Monday 1 March at 10:10.",
    "3. Body 1: all 7 sessions, Monday 1 March -> Tuesday 2 March, same hours, same room.",
    "4. Body 2 Paper 2.6 moves from Monday 1 March at 10:00 to Tuesday 2 March at 09:00.",
    "5. Body 3 Paper 3.1 is not held any more; it was on Monday 1 March at 09:10.",
]


MOVED = [
    "  Body 0 Paper 0.0  Monday 09:00 to 09:10  now Monday 09:00 to 09:20",
    "  Body 0 Paper 0.1  Monday 09:10 to 09:20  now Monday 10:10 to 10:20",
]


@pytest.fixture
def talks(schedule: Command, tmp_path: Path) -> Path:
    """The scenario, with its timetable out/talks.json beside it."""
    path = conference(tmp_path)
    assert schedule("solve", path, "-o", tmp_path / "out").status == 0
    return path


def test_a_change_that_the_timetable_bears_changes_nothing(schedule: Command, talks: Path) -> None:
    run = schedule("what-if", talks, "--set", "option=abc")
    assert (run.status, run.out) == (0, "Nothing changes: the timetable stays, at a cost of 0.\n")


def _no_time(*_: object) -> None:
    raise OutOfTime


def test_of_equally_good_timetables_the_one_with_the_fewest_moves_is_shown(schedule: Command, talks: Path) -> None:
    run = schedule("what-if", talks, "--set", "sessions.p0-0.duration=20min")
    assert run.status == 0
    assert run.out.splitlines() == ["It costs the same; 2 sessions changed.", *MOVED]


def test_where_time_was_too_short_the_fewest_moves_are_searched_apart_from_the_timetable_made_anew(
    schedule: Command, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatif, "_near", _no_time)
    run = schedule("what-if", talks, "--set", "sessions.p0-0.duration=20min")
    lines = run.out.splitlines()
    assert run.status == 0
    assert lines[1:] == [
        "The new timetable was made from scratch: fewer moves may do.",
        "With the fewest moves it costs 0; 2 sessions changed.",
        *MOVED,
    ]


def test_the_fewest_moves_are_data_too(schedule: Command, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whatif, "_near", _no_time)
    run = schedule("what-if", talks, "--set", "sessions.p0-0.duration=20min", "--json")
    few = json.loads(run.out)["fewest_changes"]
    assert (few["cost"], few["proved"], len(few["sessions"])) == (0, True, 35)


def test_replan_says_what_moves_body_by_body_and_names_presenters_and_chairs(schedule: Command, talks: Path) -> None:
    out = talks.parent / "out"
    run = schedule("replan", variant(talks, CHANGES), "--from", out / "talks.json", "-o", out)
    said = " ".join(run.out.split())
    people = "This concerns P10, P11, P12, P13, P14, P15, P16 and Chair 1 (Chair)."
    assert run.status == 0
    assert [line for line in LINES if line in said] == LINES
    assert f"{LINES[2]} {people}" in said
    assert "This concerns P01 and Chair 0 (Chair)." in said
    assert "│" not in run.out


def test_the_revision_keeps_the_programme_and_lists_every_move_with_whom_to_write_to(
    schedule: Command, talks: Path
) -> None:
    out = talks.parent / "out"
    issue = ["--reason", "a room is closed", "--date", "2027-03-01"]
    schedule("replan", variant(talks, CHANGES), "--from", out / "talks.json", "-o", out, *issue)
    workbook = load_workbook(BytesIO((out / "changed.rev1.xlsx").read_bytes()))
    assert workbook.sheetnames == ["Programme", "Changes", "Sessions"]
    assert [cell.value for cell in workbook["Changes"][1]] == ["No.", "Body", "Session", "From", "To"]
    working = load_workbook(BytesIO((out / "changed.rev1.working.xlsx").read_bytes()))
    programme, (_, *changes) = workbook["Programme"], working["Changes"].iter_rows(values_only=True)
    words = "\n".join(str(cell.value) for row in programme.iter_rows() for cell in row if cell.value)
    assert str(programme["A1"].value) == "TALKS (Rev.1)"
    assert str(programme["A3"].value) == (
        "⇄ Rev.1: 1 March 2027. Reason: a room is closed. What is new or changed has ⇄ and says how "
        "it was, and its cell has a thick line at the left; struck through is what has left. "
        "11 changes, one by one: sheet Changes."
    )
    assert words.count("one by one: sheet Changes") == 1, "the note stands below the title, and not at the end again"
    assert (words.count("⇄ was Mon"), words.count("⇄ was 10 min"), words.count("09:10 \u2013 09:20 Paper 3.1")) == (
        9,
        1,
        1,
    )
    assert [row[0] for row in changes] == list(range(1, 12))
    assert changes[1][1:] == (
        "Body 0",
        "Paper 0.1",
        "Monday 1 March, 09:10 (10 min), Room 0",
        "Monday 1 March, 10:10 (10 min), Room 0",
        "P01; Chair 0 (Chair)",
    )
    assert changes[-1][1:] == (
        "Body 3",
        "Paper 3.1",
        "Monday 1 March, 09:10 (10 min), Room 3",
        "not held",
        "P31; Chair 3 (Chair)",
    )


def test_compare_says_what_a_body_moves_in_one_line(schedule: Command, talks: Path) -> None:
    out = talks.parent / "out"
    schedule("replan", variant(talks, CHANGES), "--from", out / "talks.json", "-o", out)
    run = schedule("compare", out / "talks.json", out / "changed.rev1.json")
    assert [line.strip() for line in run.out.splitlines()][-5:] == LINES
