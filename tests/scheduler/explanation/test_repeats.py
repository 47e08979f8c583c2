"""The order of repeats in reasons, in ways out and as one member among others."""

from __future__ import annotations

from pathlib import Path

from support.command import Command

SCENARIO = """\
name: again
meeting: {series: Again, annex_title: AGAIN}
calendar: {slots: [10:00-12:00, 15:00-17:00], days: [2027-02-23, 2027-02-24]}
bodies:
  - id: WG
    sessions:
      - {id: one, title: Item 1, duration: 2h, source: letter}
      - {id: again, repeats: one}
      - {id: third, repeats: one}
rules:
  - {rule: pin, of: [again], start: Tuesday}
  - {rule: only_on, of: [one], when: [Wednesday], source: the Chair}
"""


def told(text: str) -> str:
    return " ".join(text.split())


def test_the_order_clashes_and_can_be_given_up_pair_by_pair(schedule: Command, tmp_path: Path) -> None:
    path, certificate = tmp_path / "again.yaml", tmp_path / "c.json"
    path.write_text(SCENARIO.replace("      - {id: third, repeats: one}\n", ""), "utf-8")
    run = schedule("explain", path, "--certificate", certificate)
    assert "again repeated WG Item 1 (repeated) is held after WG Item 1." in told(run.out)
    assert "These 3 rules clash; without any one of them a timetable exists" in told(run.out)
    assert schedule("verify", certificate).status == 0
    way = schedule("what-if", path, "--drop", "again repeated")
    assert way.status == 0, way.err


def test_the_rest_of_the_order_stays(schedule: Command, tmp_path: Path) -> None:
    """Without the order of the first pair the third time still follows the second."""
    path = tmp_path / "again.yaml"
    path.write_text(SCENARIO.replace("[again], start: Tuesday", "[third], start: Tuesday 10:00-12:00"), "utf-8")
    assert schedule("what-if", path, "--drop", "again repeated").status == 3
    assert schedule("what-if", path, "--drop", "third repeated", "--drop", "again repeated").status == 0


def test_a_session_says_that_it_follows_the_one_it_repeats(schedule: Command, tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(SCENARIO.partition("rules:")[0], "utf-8")
    assert schedule("solve", path, "-o", tmp_path).status == 0
    run = schedule("explain", path, tmp_path / "again.json", "again")
    assert "Tuesday at 10:00 again repeated WG Item 1 (repeated, again) is held after WG Item 1." in told(run.out)
