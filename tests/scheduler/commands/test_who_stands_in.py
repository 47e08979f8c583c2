"""``solve`` and ``replan`` say who stands in; a chair who cannot come moves nothing where a deputy may."""

from __future__ import annotations

from pathlib import Path

from support.command import Command

TEXT = """
name: chairs
meeting: {series: Chairs, annex_title: CHAIRS}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [Tuesday 2027-02-23]}
officers:
  - {id: chair, post: Chair of A, name: Amb. One}
  - {id: vice, post: Vice-Chair of A, name: Ms Two}
bodies:
  - {id: A, officers: [{who: chair, deputies: [vice], price: 5}], sessions: [{id: a, duration: 3h}]}
rules:
  - {rule: pin, of: [a], start: Tuesday am, weight: 9}
"""
SAID = "Ms Two, Vice-Chair of A, stands in for Amb. One, Chair of A, in A."


def test_a_chair_who_cannot_come_is_deputised_and_nothing_moves(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "chairs.yaml").write_text(TEXT)
    (tmp_path / "away.yaml").write_text(TEXT.replace("Amb. One", "Amb. One, absent: [2027-02-23 10:00-13:00]"))
    solved = schedule("solve", tmp_path / "chairs.yaml", "-o", tmp_path)
    assert (solved.status, SAID in solved.out) == (0, False)
    replanned = schedule("replan", tmp_path / "away.yaml", "--from", tmp_path / "chairs.json", "-o", tmp_path)
    assert replanned.status == 0
    assert "Nothing has to move: the timetable that is out keeps every rule.\n" in replanned.out
    assert f"The new timetable costs 5 points.\n{SAID}\n" in replanned.out


def test_solve_and_check_say_who_stands_in(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "away.yaml").write_text(TEXT.replace("Amb. One", "Amb. One, absent: [2027-02-23 10:00-13:00]"))
    solved = schedule("solve", tmp_path / "away.yaml", "-o", tmp_path)
    assert SAID in solved.out
    checked = schedule("check", tmp_path / "away.yaml", tmp_path / "chairs.json")
    assert (checked.status, SAID[:-1] in checked.out) == (0, True)
