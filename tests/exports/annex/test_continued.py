# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""The annex says of each part of a suspended session that it is continued, and when it sits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.command import Command
from support.small import scenario, timetable

from exports.annex.board import BoardSlot, board_of
from exports.annex.grid import annex_grid
from scheduler.documents.timetable_document import to_bytes, to_document
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario

ANCHOR = {"rule": "anchor", "of": ["panel"], "at": "11:00", "when": "Tuesday"}
ITEM = {"duration": "4h", "title": "Item 3"}


def trial(*, clearing: bool = False, **item: Any) -> tuple[Scenario, Timetable]:
    access = {"access": ["states-parties"]} if clearing else {}
    of = scenario(
        {
            "C": {"style": "agenda", "suspends_for": True, "sessions": {"x": ITEM | item}},
            "PANEL": {"sessions": {"panel": "1h"}} | access,
        },
        {"rule": "rolling", "of": ["C"]},
        ANCHOR,
    )
    return of, timetable(of, {"panel": "Tue 11:00", "x": "Tue 10:00" if not clearing else "Tue 15:00"})


def cells(of: Scenario, places: Timetable) -> list[list[str]]:
    return [list(cell.entry.words) for cell in annex_grid(of, places).bands[0].cells if cell.entry]


def test_parts_amid_a_slot_say_their_hours_and_lunch_is_no_suspension() -> None:
    assert cells(*trial()) == [
        ["C", "10:00 – 11:00 Item 3"],
        ["PANEL", "11:00 – 12:00"],
        ["C", "12:00 – 13:00 Item 3 (continued)"],
        ["C", "15:00 – 17:00 Item 3"],
    ]


def test_without_a_title_the_body_is_continued() -> None:
    of, places = trial(title=None)
    assert cells(of, places)[2] == ["C", "12:00 – 13:00 (continued)"]


def test_a_part_after_a_closed_slot_is_continued_without_hours() -> None:
    of = scenario(
        {
            "C": {"suspends_for": True, "sessions": {"x": {"duration": "6h", "title": "Item 3"}}},
            "F": {"access": ["states-parties"], "sessions": {"f": "3h"}},
        },
        {"rule": "rolling", "of": ["C"]},
    )
    places = timetable(of, {"f": "Tue 15:00", "x": "Tue 10:00"})
    assert [words for words in cells(of, places) if words[0].startswith("C")] == [
        ["C Item 3"],
        ["C Item 3 (continued)"],
    ]


def test_the_programme_of_many_rooms_says_it_too() -> None:
    of, places = trial()
    page = board_of(of, places).pages[0]
    rows = [row for row in page.rows if isinstance(row, BoardSlot)]
    shown = [(s.hour, s.title) for row in rows for room in row.rooms for entry in room for s in entry.sessions]
    assert ("12:00", "Item 3 (continued)") in shown


def test_the_workbook_comes_back_as_it_went(tmp_path: Path, schedule: Command) -> None:
    of, places = trial()
    path = tmp_path / "small.json"
    path.write_bytes(to_bytes(to_document(of, Outcome(Status.OPTIMAL, places, 0, 0))))
    assert schedule("export", path, "--to", "xlsx", "-o", tmp_path).status == 0
    (workbook,) = tmp_path.glob("*.xlsx")
    written = tmp_path / "small.yaml"
    written.write_text(json.dumps(of.document), encoding="utf-8")
    run = schedule("check", written, workbook)
    assert run.status == 0, run.err
    assert "keeps every rule that must hold" in run.out
