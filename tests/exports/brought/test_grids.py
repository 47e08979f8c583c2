"""Grids like that of the annex: in CSV, in a sheet, days across or down, with merged cells and remarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from support.letters import WITH_GRID, letter
from support.small import scenario as small
from support.small import timetable

from exports.timetable_reading import read_timetable
from exports.xlsx.annex import annex_bytes
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

WEEK = small(
    {"WGA": "6h", "WGB": "3h", "C": {"sessions": {"c1": {"duration": "1h30", "title": "On arms"}, "c2": "1h30"}}}
)
PLACES = {
    "wga": [(25, 600, 780), (25, 900, 1080)],
    "wgb": [(26, 900, 1080)],
    "c1": [(27, 600, 690)],
    "c2": [(27, 900, 990)],
}


def places(timetable: Timetable) -> dict[str, list[tuple[int, int, int]]]:
    return {str(p.session): [(s.day.day, s.start, s.end) for s in p.segments] for p in timetable}


def csv(folder: Path, text: str, scenario: Scenario = WEEK) -> Any:
    (folder / "grid.csv").write_text(text, "utf-8")
    return read_timetable(str(folder / "grid.csv"), scenario, widen=True)


GRID = """\
Time,Tuesday 25 February,Wednesday 26 February,Thursday 27 February,Time
10:00-13:00,WGA,,C: On arms,10:00-13:00
15:00-18:00,WGA,WGB,c2,15:00-18:00
SIDE EVENTS,tbc,tbc,tbc,SIDE EVENTS
"""


@pytest.mark.parametrize(
    "text",
    [
        GRID,
        f"SCHEDULE OF THE WEEK,,,,\n,,,,\n{GRID}* Subject to change.,,,,\n",
        GRID.replace("10:00-13:00,W", "morning,W").replace("15:00-18:00,W", "pm,W"),
        "Day,morning,afternoon\nTuesday,WGA,WGA\nWednesday,,WGB\nThursday,On arms,c2\nFriday,,\n",
        ";Tue;Wed;Thu\nam;wga;-;On arms\n;;;\npm;WGA;WGB;c2\n",
    ],
)
def test_a_grid_is_read_whichever_way_it_lies(tmp_path: Path, text: str) -> None:
    stored = csv(tmp_path, text)
    assert (places(stored.timetable), stored.violations) == (PLACES, ())


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("On arms 11:00-12:30", (660, 750)),
        ("On arms\n11:00 to 12:30", (660, 750)),
        ("11:00 On arms", (660, 750)),
        ("C\nOn arms\n(open to all) 11:00", (660, 750)),
        ("On arms until 11:30", (600, 690)),
    ],
)
def test_hours_in_a_cell_belong_to_who_stands_beside_them(tmp_path: Path, cell: str, hours: tuple[int, int]) -> None:
    stored = csv(tmp_path, GRID.replace("C: On arms", f'"{cell}"'))
    assert places(stored.timetable)["c1"] == [(27, *hours)]


def test_several_in_a_cell_follow_one_another(tmp_path: Path) -> None:
    week = small({"A": "1h", "B": "2h"}, {"rule": "rolling"})
    for cell in ("A; B", "A\nB", "A, then B", "10:00 A 11:00 B", "A 10:00 - 11:00\nB 11:00 - 13:00"):
        stored = csv(tmp_path, f',Tuesday\nmorning,"{cell}"\nafternoon,\n', week)
        assert places(stored.timetable) == {"a": [(25, 600, 660)], "b": [(25, 660, 780)]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("WGB", "WGX"), "grid.csv:3:17: 'WGX' is no session or body of scenario 'small': did you mean 'WGB'?"),
        (("15:00-18:00,W", "teatime,W"), "grid.csv:3:1: 'teatime' is no half-day: write one of morning,"),
        (("15:00-18:00,W", "afternon,W"), "grid.csv:3:1: 'afternon' is no half-day: did you mean 'afternoon'?"),
        (("Tuesday 25", "Monday 25"), "grid.csv:1:6: 25 February 2025 is a Tuesday, not 'Monday': correct one"),
        (("Wednesday 26", "Tuesday 25"), "grid.csv:1:26: 'Tuesday 25 February' stands in this row twice"),
        (("Tuesday 25", "Tuesday 4"), "grid.csv:1:6: 'Tuesday 4 February' is no day of this series"),
    ],
)
def test_what_is_wrong_in_a_grid_is_said_with_its_cell(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        csv(tmp_path, GRID.replace(*change))
    assert said in caught.value.message


def test_a_remark_that_names_nobody_is_passed_over_and_told(tmp_path: Path) -> None:
    stored = csv(tmp_path, GRID.replace("WGA,,C", "WGA,Visit to the museum,C"))
    assert places(stored.timetable) == PLACES
    assert stored.notes[-1].endswith("grid.csv:2: 'Visit to the museum' names no session or body: passed over")


# --- in workbooks ----------------------------------------------------------------------------------------------------


def sheet(folder: Path, rows: list[list[Any]], *merged: str, struck: str = "", hidden: bool = False) -> str:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(row)
    for area in merged:
        first.merge_cells(area)
    if struck:
        first[struck].font = Font(strike=True)
    if hidden:
        book.create_sheet("Cover")
        first.sheet_state = "hidden"
    book.save(folder / "grid.xlsx")
    return str(folder / "grid.xlsx")


ROWS: list[list[Any]] = [
    ["", "Tuesday", "Wednesday", "Thursday"],
    ["am", "WGA", None, "On arms"],
    ["pm", None, "WGB", "c2"],
]


def test_merged_cells_count_for_all_that_they_cover(tmp_path: Path) -> None:
    stored = read_timetable(sheet(tmp_path, ROWS, "B2:B3"), WEEK)
    assert places(stored.timetable) == PLACES


def test_a_merged_day_in_a_list_counts_for_all_its_rows(tmp_path: Path) -> None:
    rows = [["day", "half-day", "body"], ["Tuesday", "am", "WGA"], [None, "pm", "WGA"], ["Wednesday", "pm", "WGB"]]
    stored = read_timetable(sheet(tmp_path, rows, "A2:A3"), WEEK)
    assert places(stored.timetable) == {name: PLACES[name] for name in ("wga", "wgb")}
    assert not any("day above" in note for note in stored.notes)


def test_what_is_struck_through_has_left(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ["pm", "WGA", "WGB", "c2"]]
    stored = read_timetable(sheet(tmp_path, rows, struck="C3"), WEEK)
    assert places(stored.timetable) == {name: PLACES[name] for name in ("wga", "c1", "c2")}


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no sheet \(hidden ones are not read\) is a list or a grid of meetings"):
        read_timetable(sheet(tmp_path, ROWS, hidden=True), WEEK)


def test_hidden_rows_count_and_are_told(tmp_path: Path) -> None:
    path = sheet(tmp_path, ROWS)
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[2].hidden = True
    book.save(path)
    stored = read_timetable(path, WEEK)
    assert {"c1", "c2"} <= places(stored.timetable).keys()
    assert "cell A2: one hidden row counts all the same: show or delete what is hidden" in stored.notes[-1]


def test_two_sheets_that_say_who_meets_are_not_chosen_from(tmp_path: Path) -> None:
    path = sheet(tmp_path, ROWS)
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).title = "Second"
    book.save(path)
    with pytest.raises(InputError, match="the sheets 'Sheet', 'Second' all say who meets when: leave one, or hide"):
        read_timetable(path, WEEK)


def test_a_formula_that_nobody_has_calculated_is_refused_with_its_cell(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ["pm", '="WGA"', "WGB", "c2"]]
    with pytest.raises(InputError, match="sheet 'Sheet', cell B3: this formula has no value yet"):
        read_timetable(sheet(tmp_path, rows), WEEK)


def test_a_cell_far_away_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, ROWS)
    book = load_workbook(path)
    book.worksheets[0].cell(1_000_000, 3).value = "x"
    book.save(path)
    with pytest.raises(InputError, match="cell D1000000: something stands in row 1,000,000"):
        read_timetable(path, WEEK)


@pytest.mark.parametrize("name", WITH_GRID)
def test_the_annex_of_a_letter_comes_back_from_its_grid_alone(name: str, tmp_path: Path) -> None:
    scenario = letter(name)
    timetable = solve(scenario, Settings(workers=1)).timetable
    assert timetable is not None
    (tmp_path / "annex.xlsx").write_bytes(annex_bytes(scenario, timetable))
    book = load_workbook(tmp_path / "annex.xlsx", rich_text=True)
    del book["Sessions"]
    book.save(tmp_path / "annex.xlsx")
    stored = read_timetable(str(tmp_path / "annex.xlsx"), scenario)
    assert (stored.timetable, stored.violations) == (timetable, ())


def test_a_programme_of_many_rooms_needs_its_list(tmp_path: Path) -> None:
    rooms = [{"id": f"r{n}", "name": f"Room {n}"} for n in range(1, 6)]
    week = small({f"T{n}": "3h" for n in range(1, 6)}, rooms=rooms)
    first = week.calendar.axis.slots[0].begins
    placed = [week.place(session, first, room) for session, room in zip(week.sessions, week.room, strict=True)]
    (tmp_path / "p.xlsx").write_bytes(annex_bytes(week, Timetable(each for each in placed if each is not None)))
    book = load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames[0] == "Programme"
    del book["Sessions"]
    book.save(tmp_path / "p.xlsx")
    with pytest.raises(InputError, match="the sheet 'Sessions' is missing, from which a programme of many rooms is"):
        read_timetable(str(tmp_path / "p.xlsx"), week)


def test_a_line_of_a_cell_that_names_nobody_is_told_and_a_misspelt_name_is_refused(tmp_path: Path) -> None:
    stored = csv(tmp_path, GRID.replace(",WGB,", ',"WGB (closed)\nVisit to\nthe museum",'))
    assert places(stored.timetable) == PLACES
    assert stored.notes[-1].endswith("grid.csv:3: 'Visit to the museum' names no session or body: passed over")
    with pytest.raises(InputError, match="'WGX' is no session or body of scenario 'small': did you mean 'WGB'"):
        csv(tmp_path, GRID.replace(",WGB,", ',"WGB, WGX",'))


# --- our own grids, without their list --------------------------------------------------------------------------------

EVERY_CELL = {"series": "Small", "annex_title": "SMALL", "hours_in_every_cell": "always"}
COFFEE = {"days": ["2025-02-25", "2025-02-26"], "slots": ["10:00-13:00", "15:00-18:00"]}
COFFEE |= {"breaks": [{"hours": "11:30-11:45", "title": "Coffee"}]}


@pytest.mark.parametrize(
    ("week", "table"),
    [
        (small({"A": "3h", "B": "4h"}, slots=["10:00-13:00", "22:00-01:00"]), {"a": "Wed 22:00", "b": "Thu 22:00"}),
        (
            small({"A": "2h", "B": "1h"}, slots=["10:00-13:00", {"hours": "22:00-02:00"}], meeting=EVERY_CELL),
            {"a": "Tue 23:00", "b": "Wed 22:30"},
        ),
        (small({"A": {"one": "9h", "two": "6h"}}, meeting=EVERY_CELL), {"one": "Tue 15:00", "two": "Thu 10:00"}),
        (
            small({"A": "2h", "B": "4h"}, meeting=EVERY_CELL | {"breaks_in_annex": True}, calendar=COFFEE),
            {"a": "Tue 10:00", "b": "Wed 10:00"},
        ),
        (small({"A": {"one": "1h", "two": "1h30"}}, meeting=EVERY_CELL), {"one": "Tue 10:00", "two": "Tue 11:30"}),
    ],
    ids=["nights", "hours over midnight", "two sessions", "breaks", "two hours in a cell"],
)
def test_a_grid_of_ours_comes_back_without_its_list(week: Scenario, table: dict[str, str], tmp_path: Path) -> None:
    placed = timetable(week, table)
    (tmp_path / "annex.xlsx").write_bytes(annex_bytes(week, placed))
    book = load_workbook(tmp_path / "annex.xlsx")
    del book["Sessions"]
    book.save(tmp_path / "annex.xlsx")
    stored = read_timetable(str(tmp_path / "annex.xlsx"), week)
    assert places(stored.timetable) == places(placed)
    assert not [note for note in stored.notes if "passed over" in note or "whole and uncut" in note]


def test_rows_beside_a_break_hold_a_session_that_goes_on_after_it(tmp_path: Path) -> None:
    week = small({"A": "2h", "B": "2h45"}, calendar=COFFEE)
    stored = csv(
        tmp_path,
        ",Tuesday,Wednesday\n10:00-11:30,A,B\n11:30-11:45,Coffee,Coffee\n11:45-13:00,A,B\n15:00-18:00,,Museum\n",
        week,
    )
    assert places(stored.timetable) == {"a": [(25, 600, 735)], "b": [(26, 600, 780)]}
    assert stored.notes[-1].endswith("grid.csv:5: 'Museum' names no session or body: passed over")
    assert len(stored.notes) == 2
    assert "A from Tuesday 25 February at 10:00 to 12:15" in stored.notes[0]
