"""Workbooks and documents that somebody has edited: what contradicts itself is told, with its cell."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from support.command import Command
from support.letters import SCENARIOS, WITH_GRID, letter
from support.small import scenario as small
from support.small import timetable
from support.small_scenarios import any_timetable, small_scenarios

from exports.annex.facts import facts_of
from exports.annex.sheet import disagreements
from exports.timetable_reading import read_timetable
from exports.xlsx.annex import annex_bytes
from exports.xlsx.working import working_bytes
from scheduler.checking import check
from scheduler.documents.timetable_document import to_bytes, to_document
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome, Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

WEEK = small({"WGA": "3h", "WGB": "3h", "C": {"sessions": {"c1": {"duration": "3h", "title": "On arms"}}}})
PLACES = {"wga": "Tue 10:00", "wgb": "Tue 15:00", "c1": "Thu 10:00"}


def written(folder: Path, scenario: Scenario = WEEK, table: Timetable | None = None) -> Path:
    """Annex, working workbook and document of one timetable."""
    table = table or timetable(WEEK, PLACES)
    outcome = Outcome(Status.OPTIMAL, table, 0, 0)
    (folder / "small.xlsx").write_bytes(annex_bytes(scenario, table))
    (folder / "small.working.xlsx").write_bytes(working_bytes(scenario, table, facts_of(outcome)))
    (folder / "small.json").write_bytes(to_bytes(to_document(scenario, outcome)))
    return folder / "small.xlsx"


def edit(path: Path, sheet: str, **cells: Any) -> Path:
    workbook = load_workbook(path, rich_text=True)
    for cell, value in cells.items():
        workbook[sheet][cell] = value
    target = path.with_name(f"edited-{path.name}")
    workbook.save(target)
    return target


def find(path: Path, sheet: str, text: str) -> str:
    """The cell that holds a text."""
    rows = load_workbook(path)[sheet].iter_rows()
    return next(str(cell.coordinate) for row in rows for cell in row if text in str(cell.value))


def told(path: Path, scenario: Scenario = WEEK) -> list[str]:
    return [note.partition(": ")[2] for note in read_timetable(str(path), scenario).notes]


# --- the sheet that people look at -----------------------------------------------------------------------------------


def test_two_bodies_swapped_on_the_annex_are_told_with_both_cells(tmp_path: Path) -> None:
    path = written(tmp_path)
    one, other = find(path, "Annex", "WGA"), find(path, "Annex", "WGB")
    assert told(edit(path, "Annex", **{one: "WGB", other: "WGA"})) == [
        f"sheet 'Annex', cell {one}, on Tuesday 25 February, 10:00 – 13:00: 'WGB'; in 'Sessions' 'WGA' meets there; "  # noqa: RUF001
        "the sheet 'Sessions' counts.",
        f"sheet 'Annex', cell {other}, on Tuesday 25 February, 15:00 – 18:00: 'WGA'; in 'Sessions' 'WGB' meets there; "  # noqa: RUF001
        "the sheet 'Sessions' counts.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Visit to the museum", "'Visit to the museum'; in 'Sessions' 'WGA' meets there"),
        ("", "nothing of 'WGA'; in 'Sessions' 'WGA' meets there"),
        ("WGA\n11:30", "11:30, at which nothing begins or ends in 'Sessions'"),
        ("WGA\n\nWGB", "'WGB'; in 'Sessions' 'WGA' meets there"),
    ],
)
def test_a_cell_that_says_something_else_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path)
    assert [words in note for note in told(edit(path, "Annex", **{find(path, "Annex", "WGA"): text}))] == [True]


def test_hours_that_are_deleted_from_a_cell_are_told(tmp_path: Path) -> None:
    week = small({"WGX": "2h", "WGY": "3h"})
    path = written(tmp_path, week, timetable(week, {"wgx": "Tue 10:00", "wgy": "Tue 15:00"}))
    cell = find(path, "Annex", "WGX")
    assert told(path, week) == []
    assert told(edit(path, "Annex", **{cell: "WGX"}), week) == [
        f"sheet 'Annex', cell {cell}, on Tuesday 25 February, 10:00 – 13:00: 'WGX' without its hours; in 'Sessions' "  # noqa: RUF001
        "10:00 – 12:00; the sheet 'Sessions' counts.",  # noqa: RUF001
    ]


def test_hours_that_are_deleted_from_a_programme_of_many_rooms_are_told(tmp_path: Path) -> None:
    rooms = [{"id": f"r{number}", "name": f"Room {number}"} for number in range(4)]
    week = small({f"B{number}": {f"b{number}-{n}": "1h" for n in range(3)} for number in range(4)}, rooms=rooms)
    places = {f"b{r}-{n}": f"Tue {hour}:00 r{r}" for r in range(4) for n, hour in enumerate((10, 11, 15))}
    path = written(tmp_path, week, timetable(week, places))
    assert told(path, week) == []
    cell = find(path, "Programme", "B1")
    (note,) = told(edit(path, "Programme", **{cell: "B1\nb1-0\n11:00 b1-1"}), week)
    assert f"cell {cell}, on Tuesday 25 February" in note
    assert "'B1' without its hours; in 'Sessions' 10:00" in note


def test_another_title_of_the_same_body_is_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    cell = find(path, "Annex", "On arms")
    assert ["nothing of 'On arms'" in note for note in told(edit(path, "Annex", **{cell: "C"}))] == [True]


def test_a_body_moved_into_a_free_slot_is_told_at_both_places(tmp_path: Path) -> None:
    path = written(tmp_path)
    cell = find(path, "Annex", "WGB")
    free = "D" + cell[1:]
    notes = told(edit(path, "Annex", **{cell: None, free: "WGB"}))
    assert [note.split(",")[1] for note in notes] == [f" cell {cell}", f" cell {free}"]
    assert "'WGB'; in 'Sessions' nobody meets there" in notes[1]


def test_other_hours_of_a_row_and_another_day_of_a_column_are_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    hours = edit(path, "Annex", A4="11:00 – 14:00")  # noqa: RUF001
    assert any("'WGA' on Tuesday 25 February, 11:00 – 14:00, which is no slot" in note for note in told(hours))  # noqa: RUF001
    heads = edit(path, "Annex", B3="Wednesday\n25 February")
    with pytest.raises(Exception, match=r"sheet 'Annex', cell B3: 25 February 2025 is a Tuesday, not a Wednesday"):
        told(heads)


def test_a_column_for_another_day_is_told_and_so_is_the_day_that_is_missing(tmp_path: Path) -> None:
    notes = told(edit(written(tmp_path), "Annex", D3="Thursday\n6 March"))
    assert [note.removesuffix("; the sheet 'Sessions' counts.") for note in notes] == [
        "sheet 'Annex', cell D3: 'Thursday 6 March' is no day of this scenario",
        "sheet 'Annex': no cell for Thursday 27 February, 10:00 – 13:00; in 'Sessions' 'C' meets there",  # noqa: RUF001
    ]


def test_days_with_other_hours_are_held_against_the_row_that_they_share(tmp_path: Path) -> None:
    short = {"date": "2025-02-26", "slots": ["09:00-12:00", "12:15-13:15"]}
    week = small({"WGX": "2h", "WGY": "3h30", "WGZ": "3h"}, {"rule": "rolling"}, days=("2025-02-25", short))
    table = timetable(week, {"wgx": "Tue 10:00", "wgy": "Wed 09:00", "wgz": "Tue 15:00"})
    path = written(tmp_path, week, table)
    assert told(path, week) == []
    cell = find(path, "Annex", "WGY")
    (said,) = told(edit(path, "Annex", **{cell: "WGY"}), week)
    assert said.startswith(f"sheet 'Annex', cell {cell}, on Wednesday 26 February, 09:00 – 13:15: 'WGY' without its")  # noqa: RUF001
    empty = cell[0] + find(path, "Annex", "WGZ")[1:]
    (said,) = told(edit(path, "Annex", **{empty: "WGX"}), week)
    assert f"cell {empty}: 'WGX' on Wednesday 26 February, 15:00 – 18:00, which is no slot" in said  # noqa: RUF001


@pytest.mark.parametrize("name", WITH_GRID)
def test_the_workbooks_of_the_letters_agree_with_themselves(name: str, tmp_path: Path) -> None:
    scenario = letter(name)
    outcome = solve(scenario, Settings(workers=1))
    assert outcome.timetable is not None
    path = written(tmp_path, scenario, outcome.timetable)
    for each in (path, path.with_name("small.working.xlsx")):
        stored = read_timetable(str(each))
        assert (stored.timetable, stored.violations, stored.notes) == (outcome.timetable, (), ())


@pytest.mark.parametrize("batch", range(3))
def test_whatever_is_written_agrees_with_itself(batch: int, tmp_path: Path) -> None:
    rng = Random(f"annex {batch}")
    for scenario in small_scenarios(f"annex {batch}", 15):
        table = any_timetable(rng, scenario)
        (tmp_path / "a.xlsx").write_bytes(annex_bytes(scenario, table))
        workbook = load_workbook(tmp_path / "a.xlsx", rich_text=True)
        assert list(disagreements(workbook, scenario, table, "a.xlsx")) == []


def test_a_programme_of_many_rooms_is_held_against_its_list_too(tmp_path: Path) -> None:
    rooms = [{"id": f"r{n}", "name": f"Room {n}"} for n in range(1, 6)]
    talks = {f"T{n}": {"sessions": {f"t{n}": {"duration": "3h", "title": f"Talk {n}"}}} for n in range(1, 6)}
    scenario = small(talks, rooms=rooms)
    table = timetable(scenario, {f"t{n}": f"Tue 10:00 r{n}" for n in range(1, 6)})
    path = written(tmp_path, scenario, table)
    assert told(path, scenario) == []
    cell = find(path, "Programme", "Talk 2")
    text = str(load_workbook(path)["Programme"][cell].value)
    notes = told(edit(path, "Programme", **{cell: text.replace("Talk 2", "Talk 3").replace("T2", "T3")}), scenario)
    assert len(notes) == 1
    assert f"sheet 'Programme', cell {cell}" in notes[0]


def test_what_a_revision_strikes_through_is_no_contradiction(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", SCENARIOS / "csp12.yaml", "-o", tmp_path)
    changed = SCENARIOS / "options" / "csp12-d-chair-away.yaml"
    schedule("replan", changed, "--from", tmp_path / "csp12.json", "-o", tmp_path)
    run = schedule("check", changed, tmp_path / "csp12-d-chair-away.rev1.xlsx")
    assert (run.status, "sheet" in run.err) == (0, False)


# --- the sheet that counts -------------------------------------------------------------------------------------------


def test_a_session_outside_the_slots_is_there(schedule: Command, tmp_path: Path) -> None:
    path = written(tmp_path)
    cell = find(path, "Sessions", "WGB")
    row = cell[1:]
    moved = edit(path, "Sessions", **{f"C{row}": time(18, 30), f"D{row}": time(21, 30)})
    run = schedule("compare", tmp_path / "small.json", moved, "--json")
    found = json.loads(run.out)
    (move,) = found["changes"]["B"]
    assert move["sentence"] == (
        "WGB moves from Tuesday 25 February at 15:00 to Tuesday 25 February at 18:30, outside the slots."
    )
    assert {row["id"]: row["values"] for row in found["criteria"]}["hours"] == [540, 540]
    assert found["options"][1]["broken"] == [
        "WGB on Tuesday 25 February, 18:30 – 21:30 lies outside every slot"  # noqa: RUF001
    ]
    page = tmp_path / "page.html"
    schedule("compare", tmp_path / "small.json", moved, "--html", page)
    assert "18:30 – 21:30" in page.read_text("utf-8")  # noqa: RUF001
    assert "not held" not in page.read_text("utf-8")


def test_a_session_on_a_day_that_is_none_of_the_calendar_is_there(schedule: Command, tmp_path: Path) -> None:
    path = written(tmp_path)
    row = find(path, "Sessions", "WGB")[1:]
    moved = edit(path, "Sessions", **{f"A{row}": date(2025, 3, 1), f"B{row}": "Saturday"})
    run = schedule("compare", tmp_path / "small.json", moved)
    assert "WGB moves from Tuesday 25 February at 15:00 to Saturday 1 March at 15:00, outside the slots." in run.out


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("B", "Monday", "25 February 2025 is a Tuesday, not 'Monday': correct one of them"),
        ("A", date(2025, 2, 26), "26 February 2025 is a Wednesday, not 'Tuesday': correct one of them"),
        ("A", "25.13.2025", "cell A2: '25.13.2025' is no day: write it as 2027-02-25"),
        ("C", "half past ten", "'half past ten' is not a time of day"),
        ("D", time(9, 0), "10:00 – 09:00 ends before it begins"),  # noqa: RUF001
        ("E", "WGX", "cell E2: 'WGX' is no session or body of scenario 'small': did you mean 'WGB'?"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_with_its_place(
    schedule: Command, tmp_path: Path, column: str, value: object, message: str
) -> None:
    path = written(tmp_path)
    row = find(path, "Sessions", "WGA")[1:]
    edited = edit(path, "Sessions", **{f"{column}{row}": value})
    run = schedule("compare", tmp_path / "small.json", edited)
    assert (run.status, run.out) == (2, "")
    assert "sheet 'Sessions':2:" in run.err
    assert message in run.err


def test_check_and_replan_take_workbooks(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", SCENARIOS / "csp12.yaml", "-o", tmp_path)
    for name in ("csp12.xlsx", "csp12.working.xlsx"):
        assert schedule("check", SCENARIOS / "csp12.yaml", tmp_path / name).status == 0
        run = schedule("replan", SCENARIOS / "csp12.yaml", "--from", tmp_path / name, "-o", tmp_path / "new")
        assert run.out.splitlines()[-1] == "Nothing has to move: the timetable that is out keeps every rule."


# --- documents -------------------------------------------------------------------------------------------------------


def document(folder: Path, **segment: str) -> Path:
    """Of three sessions, the segment of the first edited."""
    outcome = Outcome(Status.OPTIMAL, timetable(WEEK, PLACES), 0, 0)
    data = json.loads(to_bytes(to_document(WEEK, outcome)))
    data["sessions"][0]["segments"][0].update(segment)
    (folder / "edited.json").write_text(json.dumps(data, indent=1), "utf-8")
    return folder / "edited.json"


@pytest.mark.parametrize(
    ("segment", "message"),
    [
        ({"start": "13:00", "end": "10:00"}, "ends before it begins"),
        ({"weekday": "Friday"}, "25 February 2025 is a Tuesday, not a Friday: correct one of them"),
        ({"date": "0001-01-01"}, "the year 1 is outside 1000 to 2999: is it right?"),
        ({"date": "9999-12-31"}, "the year 9999 is outside 1000 to 2999: is it right?"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused_with_its_line(
    schedule: Command, tmp_path: Path, segment: dict[str, str], message: str
) -> None:
    path = document(tmp_path, **segment)
    run = schedule("compare", path)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"{path}:")
    assert message in run.err


def test_a_session_that_stands_twice_is_told_with_both_places(schedule: Command, tmp_path: Path) -> None:
    path = document(tmp_path)
    data = json.loads(path.read_bytes())
    again = json.loads(json.dumps(data["sessions"][0]))
    again["segments"][0]["date"] = "2025-02-28"
    data["sessions"].append(again)
    path.write_text(json.dumps(data), "utf-8")
    run = schedule("compare", path)
    assert (
        "A breaks what must hold: 'wga' stands 2 times in the timetable: on Tuesday 25 February at 10:00, on Friday 28 "
        "February at 10:00; the last counts."
    ) in run.out.replace("\n", " ")


def test_rich_text_of_a_workbook_is_read_as_its_words(tmp_path: Path) -> None:
    path = written(tmp_path)
    cell = find(path, "Annex", "WGA")
    assert isinstance(load_workbook(path, rich_text=True)["Annex"][cell].value, CellRichText)
    assert told(path) == []


def by_hand(folder: Path, scenario: Scenario, sessions: list[dict[str, Any]]) -> Any:
    (folder / "hand.json").write_text(json.dumps({"sessions": sessions}), "utf-8")
    return read_timetable(str(folder / "hand.json"), scenario)


def test_a_segment_typed_in_two_adjoining_pieces_is_one(tmp_path: Path) -> None:
    pieces = [("10:00", "11:30"), ("11:30", "13:00")]
    segments = [{"date": "2025-02-25", "start": start, "end": end} for start, end in reversed(pieces)]
    stored = by_hand(tmp_path, WEEK, [{"id": "wga", "segments": segments}])
    assert stored.timetable == timetable(WEEK, {"wga": "Tue 10:00"})
    assert [f.message for f in check(WEEK, stored.timetable).violations if "wga" in f.sessions] == []


def test_a_session_without_a_room_is_in_one_that_it_can_have(tmp_path: Path) -> None:
    rooms = [{"id": name} for name in ("shut", "taken", "free")]
    closed = {"rule": "room_unavailable", "room": "shut", "when": ["Tue"]}
    scenario = small({"WGA": "3h", "WGB": "3h"}, closed, rooms=rooms)
    segment = {"date": "2025-02-25", "start": "10:00", "end": "13:00"}
    stored = by_hand(
        tmp_path,
        scenario,
        [{"id": "wga", "room": "taken", "segments": [segment]}, {"id": "wgb", "segments": [segment]}],
    )
    assert {p.session: p.room for p in stored.timetable} == {"wga": "taken", "wgb": "free"}


def test_a_page_never_says_simply_alike_of_a_workbook_whose_sheets_disagree(schedule: Command, tmp_path: Path) -> None:
    path = written(tmp_path)
    one, other = find(path, "Annex", "WGA"), find(path, "Annex", "WGB")
    edited = edit(path, "Annex", **{one: "WGB", other: "WGA"})
    run = schedule("compare", tmp_path / "small.json", edited, "--html", tmp_path / "page.html")
    assert "A and B are alike by what counts, their lists of sessions" in run.out
    assert "no change; its sheets disagree, see above" in (tmp_path / "page.html").read_text("utf-8")


def test_another_room_in_a_cell_is_told(tmp_path: Path) -> None:
    rooms = [{"id": "east", "name": "Room 1"}, {"id": "west", "name": "Room 1 bis"}]
    of = small({"WGA": "3h", "WGB": "3h"}, rooms=rooms)
    path = written(tmp_path, of, timetable(of, {"wga": "Tue 10:00 east", "wgb": "Tue 15:00 west"}))
    assert told(path, of) == []
    cell = find(path, "Annex", "Room 1 bis")
    edited = edit(path, "Annex", **{cell: "WGB\nRoom 1"})
    (sentence,) = told(edited, of)
    assert f"cell {cell}, on Tuesday 25 February" in sentence
    assert "'Room 1'; in 'Sessions' 'WGB' meets in 'Room 1 bis'" in sentence


def test_check_and_compare_judge_a_session_outside_the_slots_alike(schedule: Command, tmp_path: Path) -> None:
    """WGA moved behind WGB, into the night of Thursday: it is there, and the order is broken."""
    of = small({"WGA": "3h", "WGB": "3h"}, {"id": "ab", "rule": "order", "of": ["WGA", "WGB"]})
    table = timetable(of, {"wga": "Tue 10:00", "wgb": "Tue 15:00"})
    written(tmp_path, of, table)
    stored = json.loads((tmp_path / "small.json").read_bytes())
    moved = next(session for session in stored["sessions"] if session["id"] == "wga")
    moved["segments"] = [{"date": "2025-02-27", "start": "20:00", "end": "23:00"}]
    (tmp_path / "moved.json").write_text(json.dumps(stored), "utf-8")
    (tmp_path / "small.yaml").write_text(json.dumps(of.document), "utf-8")
    order = "WGB starts on Tuesday 25 February at 15:00, before WGA ends on Thursday 27 February at 23:00"
    checked = schedule("check", tmp_path / "small.yaml", tmp_path / "moved.json", "--json")
    assert checked.status == 1
    messages = [violation["message"] for violation in json.loads(checked.out)["findings"]]
    assert [message for message in messages if "outside every slot" in message]
    assert order in messages
    compared = schedule("compare", tmp_path / "small.json", tmp_path / "moved.json")
    assert order in " ".join(compared.out.split())
