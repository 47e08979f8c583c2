"""An annex whose list was deleted is read from its grid: as it was, or it says what it cannot tell; never swapped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.drawn_annexes import drawn
from support.letters import ALL, SERIES, letter
from support.small import scenario as small
from support.small import timetable

from exports.annex.grid import annex_grid
from exports.timetable_reading import read_timetable
from exports.xlsx.annex import annex_bytes
from scheduler.documents.timetable_document import Stored
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

UNCLEAR = ("do not follow here: write start and end", " may be ", "is left ")
HALL = [{"id": "p", "name": "Plenary"}, {"id": "z", "name": "Room Z"}]


def alone(folder: Path, scenario: Scenario, table: Timetable) -> Path:
    path = folder / "annex.xlsx"
    path.write_bytes(annex_bytes(scenario, table))
    book = load_workbook(path, rich_text=True)
    del book["Sessions"]
    book.save(path)
    return path


def read_back(folder: Path, scenario: Scenario, table: Timetable) -> Stored:
    return read_timetable(str(alone(folder, scenario, table)), scenario, widen=True)


@pytest.mark.parametrize("batch", range(2))
def test_none_of_many_comes_back_as_another(batch: int, tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    for number in range(30):
        case = drawn(f"annex {batch} {number}")
        if case is None:
            continue
        try:
            found = read_back(tmp_path, *case)
        except InputError as error:
            told["unclear" if any(words in error.message for words in UNCLEAR) else error.message] += 1
        else:
            assert found.timetable == case[1], number
            told["equal"] += 1
    assert told.keys() <= {"equal", "unclear"}
    assert told["equal"] > 20 * told["unclear"]


def words(scenario: Scenario, table: Timetable) -> list[list[str]]:
    return [list(cell.entry.words) for cell in annex_grid(scenario, table).bands[0].cells if cell.entry]


@pytest.mark.parametrize("style", ["sub-groups", "agenda"])
@pytest.mark.parametrize("title", [{}, {"title": "Debate"}])
def test_sessions_alike_have_numbers_where_they_are_held_out_of_order(
    title: dict[str, str], style: str, tmp_path: Path
) -> None:
    sessions = {"one": {"duration": "3h", **title}, "two": {"duration": "3h", **title}}
    of = small({"WG": {"style": style, "sessions": sessions}})
    listed = timetable(of, {"one": "Tue 10:00", "two": "Tue 15:00"})
    assert not any("(" in line for cell in words(of, listed) for line in cell)
    table = timetable(of, {"one": "Tue 15:00", "two": "Tue 10:00"})
    shown = " ".join(filter(None, (title.get("title"), "(2)")))
    assert shown in " ".join(words(of, table)[0])
    assert read_back(tmp_path, of, table).timetable == table


def test_what_is_repeated_in_the_cell_of_its_first_time_keeps_both(tmp_path: Path) -> None:
    of = small({"A": {"sessions": {"a": "1h", "again": {"repeats": "a"}}}})
    table = timetable(of, {"a": "Tue 10:00", "again": "Tue 11:00"})
    assert words(of, table) == [["A", "10:00 – 11:00", "A (repeated)", "11:00 – 12:00"]]  # noqa: RUF001  as printed
    assert read_back(tmp_path, of, table).timetable == table


def test_the_only_room_in_use_stands_below_the_title(tmp_path: Path) -> None:
    of = small({"A": "3h", "B": "3h"}, rooms=HALL)
    table = timetable(of, {"a": "Tue 10:00 z", "b": "Tue 15:00 z"})
    assert annex_grid(of, table).subtitle.startswith("Room Z  \u00b7  ")
    assert (read_back(tmp_path, of, table).timetable, read_back(tmp_path, of, table).notes) == (table, ())
    both = timetable(of, {"a": "Tue 10:00 p", "b": "Tue 15:00 z"})
    assert "Room" not in annex_grid(of, both).subtitle


def test_one_room_stands_for_all_items_above_it(tmp_path: Path) -> None:
    sessions = {"a": {"duration": "1h", "title": "On arms"}, "b": {"duration": "1h", "title": "On law"}}
    of = small({"A": {"style": "agenda", "sessions": sessions}, "BE": "3h"}, rooms=HALL)
    table = timetable(of, {"a": "Tue 10:00 z", "b": "Tue 11:00 z", "be": "Tue 15:00 p"})
    assert read_back(tmp_path, of, table).timetable == table


GRID = "Time,Tuesday 25 February,Wednesday 26 February\n"


def of_grid(folder: Path, text: str, **sessions: Any) -> Stored:
    (folder / "grid.csv").write_text(GRID + text, "utf-8")
    return read_timetable(str(folder / "grid.csv"), small({"WG": {"sessions": sessions}, "REPORT": "1h"}), widen=True)


def test_hours_in_some_cells_of_a_body_follow_in_the_others_where_each_is_filled(tmp_path: Path) -> None:
    rows = '10:00 - 13:00,WG,"WG 10:00 - 11:00"\n15:00 - 18:00,REPORT 15:00 - 16:00,\n'
    found = of_grid(tmp_path, rows, one="2h", two="2h").timetable
    assert [(p.session, p.start, p.end) for p in found][:2] == [("one", 0, 120), ("two", 120, 180 + 180 + 60)]


def test_hours_in_some_cells_that_fill_no_others_are_asked_for(tmp_path: Path) -> None:
    rows = '10:00 - 13:00,WG,"WG 10:00 - 11:00"\n15:00 - 18:00,REPORT 15:00 - 16:00,\n'
    with pytest.raises(InputError, match="hours stand beside WG elsewhere, and do not follow here: write start and"):
        of_grid(tmp_path, rows, one="1h", two="2h")


def test_whose_hours_are_whose_is_told_where_several_may_be_meant(tmp_path: Path) -> None:
    rows = '10:00 - 13:00,"WG 10:00 - 12:00, 12:00 - 13:00",\n15:00 - 18:00,REPORT 15:00 - 16:00,\n'
    found = of_grid(tmp_path, rows, one="2h", two="1h")
    assert [(p.session, p.start) for p in found.timetable][:2] == [("one", 0), ("two", 120)]
    (note,) = found.notes
    assert "in the order in which they are listed: WG one from Tuesday 25 February at 10:00 to 12:00" in note


@pytest.mark.parametrize("name", [*ALL, *SERIES])
def test_the_annex_of_every_series_comes_back(name: str, tmp_path: Path) -> None:
    of = letter(name)
    table = solve(of, Settings(workers=1)).timetable
    assert table is not None
    assert read_back(tmp_path, of, table).timetable == table


def test_a_note_on_who_may_attend_names_no_body(tmp_path: Path) -> None:
    access = {"access": ["states-parties"], "access_note": "(members of the Committee only)"}
    of = small({"COMMITTEE": "3h", "BRIEF": {**access, "sessions": {"b": "3h"}}})
    table = timetable(of, {"committee": "Tue 10:00", "b": "Tue 15:00"})
    assert read_back(tmp_path, of, table).timetable == table


def test_sessions_alike_say_their_hours_beside_others_where_some_of_them_have_to(tmp_path: Path) -> None:
    of = small({"WG": {"sessions": {"one": "2h", "two": "2h"}}, "REPORT": "1h", "LATE": "1h"})
    table = timetable(of, {"report": "Tue 10:00", "one": "Tue 11:00", "two": "Wed 10:00", "late": "Wed 12:00"})
    assert not any(":" in line for cell in words(of, table) for line in cell)
    table = timetable(of, {"report": "Tue 10:00", "one": "Tue 11:00", "two": "Wed 10:00", "late": "Wed 15:00"})
    assert words(of, table)[:3] == [["REPORT"], ["WG", "11:00 – 13:00"], ["WG", "10:00 – 12:00"]]  # noqa: RUF001  as printed
    assert read_back(tmp_path, of, table).timetable == table
