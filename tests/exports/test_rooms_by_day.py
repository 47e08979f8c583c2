"""A session that changes its room overnight, in everything that goes out and comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command import Command
from support.small import scenario, timetable

from exports.annex.board import BoardSlot, board_of
from exports.annex.entries import entries_by_block
from exports.annex.grid import Grid
from exports.annex.marks import marks_against
from exports.revision import revise
from exports.table import segments_table
from scheduler.comparison.measures import changes_of_room
from scheduler.comparison.moves import moves
from scheduler.comparison.option import Option
from scheduler.documents.stored_timetable import read_sessions
from scheduler.documents.timetable_document import MOVE, sessions_of
from scheduler.domain.base import SessionId
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario

HALLS = [{"id": "hall", "name": "Hall"}, {"id": "annexe", "name": "Annexe"}]
DEBATE = {"room_may_change": {"price": 20}, "sessions": {"debate": "9h"}}
MOVING = {"debate": "Tue 10:00 hall,annexe", "b": "Wed 10:00 hall"}


def meeting(**more: Any) -> Scenario:
    return scenario({"A": DEBATE, "B": "3h"}, rooms=HALLS, days=["2025-02-25", "2025-02-26"], **more)


def test_the_document_has_the_room_of_each_segment_and_reads_it_back() -> None:
    of = meeting()
    found = timetable(of, MOVING)
    document = sessions_of(of, found)
    assert document[0]["room"] == "hall"
    assert [segment["room"] for segment in document[0]["segments"]] == ["hall", "hall", "annexe"]
    assert [*document[1]["segments"][0]] == ["date", "start", "end"]
    read, wrong = read_sessions(of, document)
    assert (read, wrong) == (found, [])


def test_a_document_with_two_rooms_on_one_day_is_told_so() -> None:
    of = meeting()
    document = sessions_of(of, timetable(of, MOVING))
    document[0]["segments"][1]["room"] = "annexe"
    read, wrong = read_sessions(of, document)
    assert read[SessionId("debate")].rooms == ("hall", "annexe")
    assert [violation.message for violation in wrong] == [
        "A sits in Hall and Annexe on Tuesday 25 February: a session changes its room overnight only"
    ]


def test_tables_have_the_room_of_the_day() -> None:
    of = meeting()
    rows = segments_table(of, timetable(of, MOVING))
    assert [(row["weekday"], row["start"], row["session"], row["room"]) for row in rows] == [
        ("Tuesday", "10:00", "debate", "Hall"),
        ("Tuesday", "15:00", "debate", "Hall"),
        ("Wednesday", "10:00", "b", "Hall"),
        ("Wednesday", "10:00", "debate", "Annexe"),
    ]


def test_the_annex_names_the_room_in_each_cell() -> None:
    of = meeting()
    cells = entries_by_block(of, timetable(of, MOVING)).values()
    assert [[(entry.body, entry.room) for entry in cell] for cell in cells] == [
        [("A", "Hall")],
        [("A", "Hall")],
        [("B", "Hall"), ("A", "Annexe")],
    ]


def test_the_programme_of_many_rooms_has_it_in_the_column_of_the_day() -> None:
    of = meeting()
    pages = board_of(of, timetable(of, MOVING)).pages
    slots = [[slot for slot in page.rows if isinstance(slot, BoardSlot)] for page in pages]
    assert [[[len(room) for room in slot.rooms] for slot in day] for day in slots] == [[[1], [1]], [[1, 1], [0, 0]]]


def test_another_room_on_one_day_is_one_move_and_marked_on_that_day() -> None:
    of = meeting()
    before = timetable(of, MOVING | {"debate": "Tue 10:00 hall", "b": "Wed 15:00 hall"})
    after = timetable(of, MOVING | {"b": "Wed 15:00 hall"})
    options = [Option("A", "a", of, each, "checked") for each in (before, after)]
    (move,) = moves(*options)
    assert (move.kind, move.sentence) == ("room", "A changes from Hall to Annexe on Wednesday 26 February.")
    assert MOVE.of(move)["after"]["rooms"] == ["hall", "annexe"]
    assert marks_against(before, after, [move], dated=False) == {("debate", 2): "was Hall"}
    assert [changes_of_room.measure(option) for option in options] == [0, 1]
    back, *_ = moves(*reversed(options))
    assert back.sentence == "A changes from Annexe to Hall on Wednesday 26 February."


def test_a_revision_marks_the_cell_of_the_day_alone() -> None:
    of = meeting()
    before = timetable(of, {"debate": "Tue 10:00 hall", "b": "Wed 15:00 hall"})
    after = timetable(of, {"debate": "Tue 10:00 hall,annexe", "b": "Wed 15:00 hall"})
    revision = revise(of, before, of, Outcome(Status.OPTIMAL, after, 20, 20))
    assert isinstance(revision.layout, Grid)
    entries = [cell.entry for band in revision.layout.bands for cell in band.cells if cell.entry]
    assert [(entry.room, entry.mark, entry.struck) for entry in entries if entry.body == "A"] == [
        ("Hall", None, False),
        ("Hall", None, False),
        ("Annexe", "was Hall", False),
    ]


@pytest.mark.parametrize(
    ("rows", "status", "said"),
    [
        (["Tuesday,am,debate,Hall", "Tuesday,pm,debate,Hall", "Wednesday,am,debate,Annexe"], 0, "it costs 20"),
        (["Tuesday,am,debate,Hall", "Tuesday,pm,debate,Annexe", "Wednesday,am,debate,Annexe"], 1, "overnight only"),
    ],
)
def test_half_days_with_rooms_that_planners_bring_are_read_day_by_day(
    schedule: Command, tmp_path: Path, rows: list[str], status: int, said: str
) -> None:
    text = """
name: small
meeting: {series: S, annex_title: T}
calendar: {days: [2025-02-25, 2025-02-26], slots: ["10:00-13:00", "15:00-18:00"]}
rooms: [{id: hall, name: Hall}, {id: annexe, name: Annexe}]
bodies: [{id: A, room_may_change: {price: 20}, sessions: [{id: debate, duration: 9h}]}]
"""
    (tmp_path / "small.yaml").write_text(text, "utf-8")
    (tmp_path / "half.csv").write_text("\n".join(["day,half-day,session,room", *rows]) + "\n", "utf-8")
    run = schedule("check", tmp_path / "small.yaml", tmp_path / "half.csv")
    assert run.status == status, run.err
    assert said in run.out
    assert schedule("solve", tmp_path / "small.yaml", "-o", tmp_path).status == 0
    assert json.loads((tmp_path / "small.json").read_text("utf-8"))["cost"] == 0
    again = schedule("export", tmp_path / "small.json", "--to", "csv", "-o", tmp_path)
    assert again.status == 0
    assert schedule("check", tmp_path / "small.yaml", tmp_path / "small.csv").status == 0
