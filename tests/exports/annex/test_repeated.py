"""The annex, and every list, says of a session that is held again that it is repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.command import Command
from support.small import scenario, timetable

from exports.annex.board import BoardSlot, board_of
from exports.annex.grid import annex_grid
from exports.table import list_rows, segments_table
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

ITEM = {"duration": "2h", "title": "Item 1"}


def trial(*rules: Any, style: str = "agenda", places: dict[str, str] | None = None) -> tuple[Scenario, Timetable]:
    sessions = {"a": ITEM, "a2": {"repeats": "a"}, "a3": {"repeats": "a", "title": "Item 1, for the Pacific"}}
    of = scenario({"C": {"style": style, "sessions": sessions}}, *rules)
    return of, timetable(of, places or {"a": "Tue 10:00", "a2": "Tue 15:00", "a3": "Wed 10:00"})


def cells(of: Scenario, places: Timetable) -> list[list[str]]:
    return [list(cell.entry.words) for cell in annex_grid(of, places).bands[0].cells if cell.entry]


def test_from_the_second_time_on_the_title_says_so_unless_it_is_another() -> None:
    assert [words[1:] for words in cells(*trial())] == [
        ["10:00 – 12:00 Item 1"],  # noqa: RUF001  as the annex prints hours
        ["15:00 – 17:00 Item 1 (repeated)"],  # noqa: RUF001
        ["10:00 – 12:00 Item 1, for the Pacific"],  # noqa: RUF001
    ]


def test_what_is_held_first_is_not_called_repeated() -> None:
    wish = {"rule": "repeats_in_order", "weight": 1}
    of, places = trial(wish, style="sub-groups", places={"a": "Wed 10:00", "a2": "Tue 10:00", "a3": "Wed 15:00"})
    shown = ["C Item 1 (2)", "C Item 1 (1, repeated)", "C Item 1, for the Pacific"]
    assert [words[0] for words in cells(of, places)] == shown


def test_what_has_no_title_leaves_a_line_beside_its_repeat() -> None:
    of = scenario({"C": {"style": "agenda", "sessions": {"a": "2h", "again": {"repeats": "a", "duration": "1h"}}}})
    assert cells(of, timetable(of, {"a": "Tue 10:00", "again": "Tue 12:00"})) == [
        ["C", "10:00 – 12:00", "12:00 – 13:00 (repeated)"]  # noqa: RUF001
    ]


def test_of_a_suspended_repeat_both_are_said() -> None:
    sessions = {"a": {"duration": "2h", "title": "Item 1"}, "a2": {"repeats": "a", "suspends_for": True}}
    anchor = {"rule": "anchor", "of": ["panel"], "at": "11:00", "when": "Wednesday"}
    of = scenario({"C": {"sessions": sessions}, "PANEL": "1h"}, {"rule": "rolling", "of": ["C"]}, anchor)
    places = timetable(of, {"a": "Tue 10:00", "a2": "Wed 10:00", "panel": "Wed 11:00"})
    shown = [words[0] for words in cells(of, places) if words[0].startswith("C")]
    assert shown == ["C Item 1", "C Item 1 (repeated)", "C Item 1 (repeated, continued)"]


def test_the_board_of_many_rooms_says_so_too() -> None:
    pages = board_of(*trial()).pages
    slots = [row for page in pages for row in page.rows if isinstance(row, BoardSlot)]
    shown = [item.title for slot in slots for room in slot.rooms for entry in room for item in entry.sessions]
    assert shown == ["Item 1", "Item 1 (repeated)", "Item 1, for the Pacific"]


def test_the_lists_say_so_too() -> None:
    of, places = trial()
    titles = ["Item 1", "Item 1 (repeated)", "Item 1, for the Pacific"]
    assert [row[5] for row in list_rows(of, places)] == titles
    assert [row["title"] for row in segments_table(of, places)] == titles


SCENARIO = """\
name: again
meeting: {series: Again, annex_title: AGAIN}
calendar: {slots: [10:00-12:00, 15:00-17:00], days: [2027-02-23, 2027-02-24]}
bodies:
  - id: WG
    sessions:
      - {id: one, title: Item 1, duration: 2h}
      - {id: again, repeats: one}
      - {id: third, repeats: one}
"""


def test_a_workbook_is_read_back_and_a_repeat_that_moved_is_found(schedule: Command, tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(SCENARIO, "utf-8")
    assert schedule("solve", path, "-o", tmp_path).status == 0
    assert schedule("check", path, tmp_path / "again.xlsx").status == 0
    assert schedule("check", path, tmp_path / "again.working.xlsx").status == 0
    text = SCENARIO + "rules: [{rule: pin, of: [third], start: Wednesday 15:00-17:00}]\n"
    path.write_text(text, "utf-8")
    run = schedule("replan", path, "--from", tmp_path / "again.xlsx", "-o", tmp_path / "new")
    assert run.status == 0
    assert "WG Item 1 (repeated, third) moves from Wednesday 24 February at 10:00 to" in " ".join(run.out.split())


@pytest.mark.parametrize("third", ["Item 1", "Item 1 (repeated)", "WG Item 1 (repeated)"])
def test_half_days_that_planners_bring_name_the_times_in_order(schedule: Command, tmp_path: Path, third: str) -> None:
    path, plan = tmp_path / "again.yaml", tmp_path / "plan.csv"
    path.write_text(SCENARIO, "utf-8")
    plan.write_text(f"day,slot,what\nTuesday,10:00,Item 1\nTuesday,15:00,Item 1\nWednesday,10:00,{third}\n", "utf-8")
    run = schedule("check", path, plan)
    assert run.status == 0, run.out + run.err
    told = " ".join(run.err.split())
    assert "WG Item 1 (repeated, third) from Wednesday 24 February at 10:00 to 12:00" in told
