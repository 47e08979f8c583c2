"""Our own tables and workbooks come back as the timetable that they were written from; edited ones, last year's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from support.letters import WITH_GRID, letter
from support.small import scenario as small
from support.small import timetable
from support.small_scenarios import any_timetable, small_scenarios

from exports.annex.facts import facts_of
from exports.csv_text import csv_bytes
from exports.timetable_reading import read_timetable
from exports.xlsx.annex import annex_bytes
from exports.xlsx.working import working_bytes
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.outcome import Outcome, Settings, Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

WRITERS: dict[str, Callable[[Scenario, Timetable], bytes]] = {
    "a.csv": csv_bytes,
    "a.xlsx": annex_bytes,
    "a.working.xlsx": lambda scenario, table: working_bytes(
        scenario, table, facts_of(Outcome(Status.OPTIMAL, table, 0, 0))
    ),
}
ROOMS = [{"id": "p", "name": "Plenary"}, {"id": "z", "name": "Room Z"}]
BODIES = {"WGA": "3h", "WGB": "6h", "C": {"sessions": {"c1": {"duration": "3h", "title": "On arms"}, "c2": "1h"}}}
WEEK = small(BODIES, rooms=ROOMS)
TABLE = timetable(WEEK, {"wga": "Tue 10:00 p", "wgb": "Tue 15:00 p", "c1": "Thu 10:00 z", "c2": "Thu 15:00 p"})


def written(folder: Path, name: str, scenario: Scenario = WEEK, table: Timetable = TABLE) -> Path:
    (folder / name).write_bytes(WRITERS[name](scenario, table))
    return folder / name


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("series", WITH_GRID)
def test_what_is_written_of_a_letter_comes_back(series: str, name: str, tmp_path: Path) -> None:
    scenario = letter(series)
    table = solve(scenario, Settings(workers=1)).timetable
    assert table is not None
    stored = read_timetable(str(written(tmp_path, name, scenario, table)), scenario)
    assert (stored.timetable, stored.violations, stored.notes) == (table, (), ())


@pytest.mark.parametrize("name", ["a.csv", "a.working.xlsx"])
def test_whatever_is_written_comes_back(name: str, tmp_path: Path) -> None:
    rng = Random("brought")
    for scenario in small_scenarios("brought", 12):
        table = any_timetable(rng, scenario)
        stored = read_timetable(str(written(tmp_path, name, scenario, table)), scenario, widen=True)
        assert (stored.timetable, stored.notes) == (table, ())


def test_the_bytes_say_what_a_file_is(tmp_path: Path) -> None:
    for name in WRITERS:
        for other in ("a.json.txt", "b.xlsx", "c.csv"):
            (tmp_path / other).write_bytes(written(tmp_path, name).read_bytes())
            assert read_timetable(str(tmp_path / other), WEEK).timetable == TABLE


def test_a_table_that_a_spreadsheet_has_saved_comes_back(tmp_path: Path) -> None:
    text = csv_bytes(WEEK, TABLE).decode("utf-8-sig")
    for change in (
        lambda text: text.replace(",", ";"),
        lambda text: text.replace("10:00,13:00", "10:00:00 AM,01:00:00 PM"),
        lambda text: text.replace("2025-02-25", "25/02/2025").replace("2025-02-27", "27.02.2025"),
        lambda text: text.replace("Plenary", "plenary"),
        lambda text: "\r\n".join(line for line in reversed(text.splitlines()[1:])).join(
            [text.splitlines()[0] + "\r\n", "\r\n"]
        ),
    ):
        (tmp_path / "saved.csv").write_bytes(change(text).encode())
        stored = read_timetable(str(tmp_path / "saved.csv"), WEEK)
        assert (stored.timetable, stored.violations, stored.notes) == (TABLE, (), ())


# --- what a planner edits --------------------------------------------------------------------------------------------


def edited(folder: Path, name: str, row: str, **cells: Any) -> Path:
    """The file with cells changed, by column, in the first row that holds a text; None deletes the row."""
    path = written(folder, name)
    if name.endswith(".csv"):
        head, *rows = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
        found = next(each for each in rows if row in each)
        for column, value in cells.items():
            found[head.index(column)] = str(value)[:5] if isinstance(value, time) else str(value or "")
        path.write_text("\n".join(",".join(each) for each in [head, *rows]), "utf-8")
        return path
    book = load_workbook(path)
    sheet = book["Sessions"]
    head = [str(cell.value).lower() for cell in sheet[1]]
    found = next(line for line in sheet.iter_rows(min_row=2) if row in [cell.value for cell in line])
    for column, value in cells.items():
        found[head.index(column)].value = value
    book.save(path)
    return path


@pytest.mark.parametrize("name", WRITERS)
def test_a_session_that_is_moved_is_read_where_it_is_now(name: str, tmp_path: Path) -> None:
    path = edited(tmp_path, name, "WGA", date=date(2025, 2, 28), weekday="Friday")
    stored = read_timetable(str(path), WEEK, widen=True)
    assert stored.timetable == timetable(
        WEEK, {"wga": "Fri 10:00 p", "wgb": "Tue 15:00 p", "c1": "Thu 10:00 z", "c2": "Thu 15:00 p"}
    )


@pytest.mark.parametrize("name", WRITERS)
def test_an_hour_that_is_changed_counts(name: str, tmp_path: Path) -> None:
    path = edited(tmp_path, name, "WGA", end=time(12, 30))
    stored = read_timetable(str(path), WEEK, widen=True)
    messages = [violation.message for violation in check(stored.scenario, stored.timetable, stored.violations).broken]
    assert messages == ["WGA is given 2 h 30, planned are 3 h"]
    path = edited(tmp_path, name, "WGA", start=time(19, 0), end=time(22, 0))
    (violation,) = read_timetable(str(path), WEEK, widen=True).violations
    assert "WGA on Tuesday 25 February, 19:00" in violation.message


@pytest.mark.parametrize("name", WRITERS)
def test_another_room_counts(name: str, tmp_path: Path) -> None:
    stored = read_timetable(str(edited(tmp_path, name, "WGA", room="room z")), WEEK)
    assert {p.session: p.room for p in stored.timetable}["wga"] == "z"
    path = edited(tmp_path, name, "WGB", room="Room Z")
    (note,) = [note for note in read_timetable(str(path), WEEK).notes if "one room" in note]
    assert "WGB is in 'Room Z' and 'Plenary', and a session has one room: the first counts" in note


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("date", "nothing stands here: write it as"),
        ("start", "nothing stands here: write HH:MM, as in 15:00"),
        ("end", "nothing stands here: write HH:MM, as in 15:00"),
    ],
)
def test_a_day_or_an_hour_that_is_emptied_is_an_error_with_its_place(
    name: str, column: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        read_timetable(str(edited(tmp_path, name, "WGA", **{column: None})), WEEK)
    place = "a.csv:2:" if name == "a.csv" else "sheet 'Sessions':2:"
    assert place in caught.value.message
    assert said in caught.value.message


@pytest.mark.parametrize("name", WRITERS)
def test_a_room_or_a_weekday_that_is_emptied_is_no_harm(name: str, tmp_path: Path) -> None:
    stored = read_timetable(str(edited(tmp_path, name, "WGA", room=None, weekday=None)), WEEK)
    assert stored.timetable == TABLE
    assert any(
        "no room is written for WGA: the first that is open and empty is taken." in note for note in stored.notes
    )


def test_a_row_that_is_deleted_is_a_session_that_is_not_placed(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv")
    path.write_text("\n".join(line for line in path.read_text("utf-8-sig").splitlines() if "wga" not in line), "utf-8")
    stored = read_timetable(str(path), WEEK)
    assert [v.message for v in check(stored.scenario, stored.timetable, stored.violations).broken] == [
        "WGA is not placed"
    ]


def test_a_session_that_the_scenario_no_longer_has_is_told_by_the_check(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv")
    stored = read_timetable(str(path), small({"WGB": "6h", "C": BODIES["C"]}, rooms=ROOMS))
    assert [violation.message for violation in stored.violations] == ["'wga' is no session of this scenario"]


TAGGED = small({"C": {"sessions": {"c1": {"duration": "3h", "tags": ["money", "a; b"]}, "c2": "1h"}}})
OF_TAGGED = timetable(TAGGED, {"c1": "Tue 10:00", "c2": "Wed 10:00"})


@pytest.mark.parametrize("name", ["a.csv", "a.working.xlsx"])
@pytest.mark.parametrize(("tags", "told"), [("b; a;money", False), ("money", True), ("", True)])
def test_tags_that_were_changed_are_told_and_those_of_the_scenario_count(
    name: str, tags: str, told: bool, tmp_path: Path
) -> None:
    written(tmp_path, name, TAGGED, OF_TAGGED)
    assert read_timetable(str(tmp_path / name), TAGGED).notes == ()
    data = (tmp_path / name).read_bytes()
    if name == "a.csv":
        (tmp_path / name).write_bytes(data.replace(b"money; a; b", tags.encode()))
    else:
        book = load_workbook(tmp_path / name)
        (cell,) = [cell for row in book["Sessions"] for cell in row if cell.value == "money; a; b"]
        cell.value = tags
        book.save(tmp_path / name)
    stored = read_timetable(str(tmp_path / name), TAGGED)
    assert stored.timetable == OF_TAGGED
    said = "are not those of the scenario, which count: change them there"
    assert [said in note for note in stored.notes] == [True] * told


def test_rows_that_nothing_tells_apart_any_more_are_told(tmp_path: Path) -> None:
    again = {"a": {"duration": "1h", "title": "Debate"}, "b": {"repeats": "a"}, "c": {"repeats": "a"}}
    of = small({"WG": {"sessions": again}})
    table = timetable(of, {"a": "Tue 10:00", "b": "Wed 10:00", "c": "Thu 10:00"})
    written(tmp_path, "a.xlsx", of, table)
    assert read_timetable(str(tmp_path / "a.xlsx"), of).notes == ()
    book = load_workbook(tmp_path / "a.xlsx")
    first, _, third = (row[5] for row in book["Sessions"].iter_rows(min_row=2))
    first.value, third.value = third.value, first.value
    book.save(tmp_path / "a.xlsx")
    stored = read_timetable(str(tmp_path / "a.xlsx"), of)
    said = "nothing tells WG Debate, WG Debate (repeated, b) and WG Debate (repeated, c) apart: taken in the order"
    assert any(said in note for note in stored.notes)


# --- of another year -------------------------------------------------------------------------------------------------

NEXT = ["2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27"]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("days", [NEXT, [{"date": "2026-02-23", "slots": []}, *NEXT]])
def test_days_of_another_year_are_taken_by_number_and_weekday(name: str, days: list[Any], tmp_path: Path) -> None:
    table = timetable(WEEK, {"wga": "Tue 10:00 p", "wgb": "Wed 10:00 p", "c1": "Thu 10:00 z", "c2": "Fri 10:00 p"})
    week = small(BODIES, rooms=ROOMS, days=days)
    stored = read_timetable(str(written(tmp_path, name, table=table)), week)
    assert stored.timetable == timetable(
        week, {"wga": "Tue 10:00 p", "wgb": "Wed 10:00 p", "c1": "Thu 10:00 z", "c2": "Fri 10:00 p"}
    )
    (note,) = stored.notes
    assert (
        "its days are of another year, and are taken by number and weekday: Tuesday 25 February 2025 for 24 Feb" in note
    )


def test_the_heads_of_the_annex_tell_the_days_on_which_nobody_meets(tmp_path: Path) -> None:
    week = small(BODIES, rooms=ROOMS, days=NEXT)
    stored = read_timetable(str(written(tmp_path, "a.xlsx")), week)  # nobody meets on Wednesday and Friday
    assert stored.timetable == timetable(
        week, {"wga": "Tue 10:00 p", "wgb": "Tue 15:00 p", "c1": "Thu 10:00 z", "c2": "Thu 15:00 p"}
    )


@pytest.mark.parametrize("days", [NEXT[:2], ["2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28"]])
def test_other_days_of_another_year_are_an_error_that_names_them(days: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_timetable(str(written(tmp_path, "a.xlsx")), small(BODIES, rooms=ROOMS, days=days))
    found = "Tuesday 25 February 2025, Wednesday 26 February 2025, Thursday 27 February 2025"
    assert f"cell A2: its days are {found}, and this scenario has none of them" in caught.value.message


def test_a_grid_without_years_may_be_of_another_year_too(tmp_path: Path) -> None:
    week = small({"A": "3h"}, days=["2026-02-24", "2026-02-25"])
    (tmp_path / "last.csv").write_text(",Tuesday 25 February,Wednesday 26 February\nam,,A\n", "utf-8")
    stored = read_timetable(str(tmp_path / "last.csv"), week)
    assert [p.segments[0].day.isoformat() for p in stored.timetable] == ["2026-02-25"]
    assert "'Tuesday 25 February' for 24 February 2026" in stored.notes[0]


def test_sessions_of_another_year_that_this_one_does_not_have_are_left_to_the_check(tmp_path: Path) -> None:
    bodies = {name: body for name, body in BODIES.items() if name != "WGA"}
    path = written(tmp_path, "a.xlsx")
    stored = read_timetable(str(path), small(bodies, rooms=ROOMS, days=NEXT))
    assert [violation.message for violation in stored.violations] == ["'WGA' is no session of this scenario"]
    with pytest.raises(
        InputError, match="cell E2: 'WGA' is no session or body of scenario 'small': did you mean 'WGB'"
    ):
        read_timetable(str(path), small(bodies, rooms=ROOMS))
