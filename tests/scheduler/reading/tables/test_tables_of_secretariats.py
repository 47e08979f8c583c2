"""Tables as secretariats keep them: what is understood, and what is said once instead of row by row."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.table_scenarios import FROM_ONE, HEAD, refusal, sheet, written

from scheduler.reading.loading import Loaded

MINUTES = FROM_ONE.replace("{from: talks.csv}", "{from: talks.csv, durations: minutes}")
CALLED = (
    HEAD.replace("{id: annexe}", "{id: annexe, name: Small Hall}, {id: twin, name: Hall}, {id: twin-2, name: Hall}")
    + "bodies: [{id: ONE, label: Heuristics}, {id: TWO, label: Bounds, name: Lower bounds}]\n"
    + "sessions: {from: talks.csv}\n"
)
ROWS = "id,duration,body\na,1h,ONE\nb,1h,TWO\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def warned(loaded: Loaded) -> list[str]:
    return [f"{w.line}:{w.column}: {w.message}" for w in loaded.warnings]


# --- names of columns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["ID,Duration,Body,Time zone", "Id,DURATION, body ,TimeZone", "id,duration,body,time-zone"]
)
def test_case_blanks_and_signs_in_the_name_of_a_column_do_not_matter(folder: Path, header: str) -> None:
    plain = "id,duration,body,time_zone\na,1h,ONE,Asia/Tokyo\n"
    found = written(folder, FROM_ONE, f"{header}\na,1h,ONE,Asia/Tokyo\n")
    assert (found.scenario, found.warnings) == (written(folder, FROM_ONE, plain).scenario, ())


def test_one_warning_names_every_column_that_is_not_read(folder: Path) -> None:
    loaded = written(folder, FROM_ONE, "id,Remarks,duration,body,Phone\na,late,1h,ONE,7\nb,late,1h,TWO,8\n")
    assert warned(loaded) == ["1:4: columns 'Remarks', 'Phone' are not read"]
    assert loaded.warnings[0].hint == (
        "columns that are read: id, duration, body, title, presenters, attendees, attendance, time_zone, position, "
        "repeats, starts, room_may_change, source, access, officers, rooms, equipment, tags, suspends_for, absent, "
        "present"
    )
    assert loaded.scenario == written(folder, FROM_ONE, ROWS).scenario


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Presentors", "presenters"), ("Speakers", "presenters"), ("Room", "rooms"), ("acess", "access")],
)
def test_a_column_that_is_nearly_known_is_an_error(folder: Path, name: str, meant: str) -> None:
    assert refusal(folder, FROM_ONE, f"id,duration,body,{name}\na,1h,ONE,x\n") == [
        f"talks.csv:1:18: : unknown column '{name}' (did you mean '{meant}'?)"
    ]


def test_a_column_that_is_misspelt_is_not_called_missing_too(folder: Path) -> None:
    assert refusal(folder, FROM_ONE, "Code,Length,Track\na,1h,ONE\n") == [
        "talks.csv:1:1: : unknown column 'Code' (did you mean 'id'?)",
        "talks.csv:1:6: : unknown column 'Length' (did you mean 'duration'?)",
        "talks.csv:1:13: : unknown column 'Track' (did you mean 'body'?)",
    ]


def test_what_is_near_to_a_column_that_is_there_is_another_one(folder: Path) -> None:
    loaded = written(folder, FROM_ONE, "id,duration,durations,body\na,1h,x,ONE\n")
    assert warned(loaded) == ["1:13: column 'durations' is not read"]


def test_a_column_there_twice_in_two_spellings_is_refused(folder: Path) -> None:
    assert refusal(folder, FROM_ONE, "id,duration,body,Body\na,1h,ONE,TWO\n") == [
        "talks.csv:1:18: : the column 'body' is there twice"
    ]


def test_warnings_of_tables_stand_beside_the_errors(folder: Path) -> None:
    assert refusal(folder, FROM_ONE, "id,duration,body,Remarks\na,1h,OEN,x\n") == [
        "talks.csv:1:18: : column 'Remarks' is not read (columns that are read: id, duration, body, title, "
        "presenters, attendees, attendance, time_zone, position, repeats, starts, room_may_change, source, access, "
        "officers, rooms, equipment, tags, suspends_for, absent, present)",
        "talks.csv:2:6: body: there is no body 'OEN' in this scenario (did you mean 'ONE'?)",
    ]


# --- titles above the header ---------------------------------------------------------------------------------------

TITLE = "row 1 looks like a title, not like the names of columns: delete it, or add header: 3 to {from: ...}"


@pytest.mark.parametrize("title", ["Programme of the forum", "Programme of the forum,,", ",Programme,"])
def test_a_title_above_the_header_is_said_once_and_passed_over_on_demand(folder: Path, title: str) -> None:
    (found,) = refusal(folder, FROM_ONE, f"{title}\n\n{ROWS}")
    assert found.endswith(f": : {TITLE}")
    loaded = written(folder, FROM_ONE.replace("csv}", "csv, header: 3}"), f"{title}\n\n{ROWS}")
    assert loaded.scenario == written(folder, FROM_ONE, ROWS).scenario


def test_the_sign_that_parts_columns_is_looked_for_below_a_title(folder: Path) -> None:
    table = "Programme\n\n" + ROWS.replace(",", ";")
    assert refusal(folder, FROM_ONE, table) == [f"talks.csv:1:1: : {TITLE}"]
    assert len(written(folder, FROM_ONE.replace("csv}", "csv, header: 2}"), table).scenario.sessions) == 2


def test_a_title_in_merged_cells_of_a_workbook_is_passed_over_too(folder: Path) -> None:
    text = FROM_ONE.replace("csv", "xlsx")
    sheet(folder, [["Programme", None, None], ["id", "duration", "body"], ["a", "1h", "ONE"]])
    assert refusal(folder, text) == [
        "talks.xlsx, sheet 'talks':1:1: : row 1 looks like a title, not like the names of columns: "
        "delete it, or add header: 2 to {from: ...}"
    ]
    book = load_workbook(folder / "talks.xlsx")
    book.worksheets[0].merge_cells("A1:C1")
    book.save(folder / "talks.xlsx")
    assert refusal(folder, text) == [
        "scenario.yaml:9:18: sessions.from: talks.xlsx, sheet 'talks', cells A1:C1 are merged: a table has a value in "
        "every cell; if they are a title, add header: 2 to {from: ...}"
    ]
    assert list(written(folder, text.replace("xlsx}", "xlsx, header: 2}")).scenario.sessions) == ["a"]


def test_a_first_row_that_names_no_column_is_one_mistake_whatever_stands_below(folder: Path) -> None:
    table = "Programme, as of 3 May\nid,duration,body\na,1h,ONE\nb,1h,TWO\n"
    assert refusal(folder, FROM_ONE, table) == [
        "talks.csv:1:1: : no column of a table of sessions is named here: where the names stand further below, add the "
        "number of the row, as in header: 2, to {from: ...} (columns that are read: id, duration, body, title, "
        "presenters, attendees, attendance, time_zone, position, repeats, starts, room_may_change, source, access, "
        "officers, rooms, equipment, tags, suspends_for, absent, present)"
    ]


def test_columns_without_names_are_counted_in_one_message(folder: Path) -> None:
    assert refusal(folder, FROM_ONE, "id,duration,,,\na,1h,x,y,z\n") == [
        "talks.csv:1:13: : 3 columns have no name: the first row names every column"
    ]


@pytest.mark.parametrize("row", ["0", "x", "-1", "999999", "[2]"])
def test_the_header_is_a_number_of_a_row(folder: Path, row: str) -> None:
    assert refusal(folder, FROM_ONE.replace("csv}", f"csv, header: {row}}}"), ROWS) == [
        "scenario.yaml:9:37: sessions.header: the number of the row is expected here that names the columns, as in 2"
    ]


def test_a_header_below_the_table_is_refused(folder: Path) -> None:
    assert refusal(folder, FROM_ONE.replace("csv}", "csv, header: 9}"), ROWS) == [
        "talks.csv:0:0: : nothing stands on line 9, which is to name the columns, or below"
    ]
    sheet(folder, [["id", "duration", "body"], ["a", "1h", "ONE"]])
    assert refusal(folder, FROM_ONE.replace("csv}", "xlsx, header: 9}")) == [
        "scenario.yaml:9:18: sessions.from: talks.xlsx, sheet 'talks' is empty from row 9 on, which is to name the "
        "columns"
    ]


# --- lengths -------------------------------------------------------------------------------------------------------


def test_lengths_without_a_unit_are_one_message_for_the_column(folder: Path) -> None:
    table = "id,duration,body\n" + "".join(f"a{n},20,ONE\n" for n in range(24)) + "b,00:30,TWO\nc,1h,TWO\n"
    assert refusal(folder, FROM_ONE, table) == [
        "talks.csv:1:4: : column duration, 24 cells: numbers without a unit and one cell: times of day, not lengths; "
        "write 20 min, or add durations: minutes to {from: ...}"
    ]


def test_minutes_and_times_are_lengths_on_demand(folder: Path) -> None:
    table = "id,duration,body\na,20,ONE\nb,00:30,ONE\nc,1:15:00,TWO\nd,1h,TWO\n"
    scenario = written(folder, MINUTES, table).scenario
    assert {name: scenario.minutes(name) for name in scenario.sessions} == {"a": 20, "b": 30, "c": 75, "d": 60}


def test_numbers_and_times_of_excel_are_lengths_on_demand(folder: Path) -> None:
    sheet(folder, [["id", "duration", "body"], ["a", 20, "ONE"], ["b", time(0, 30), "ONE"], ["c", 45.0, "TWO"]])
    scenario = written(folder, MINUTES.replace("csv", "xlsx")).scenario
    assert {name: scenario.minutes(name) for name in scenario.sessions} == {"a": 20, "b": 30, "c": 45}


@pytest.mark.parametrize(
    ("unit", "cell", "message"),
    [
        ("half-days", '"2,5"', "'2,5 half-days' has a comma: write 2.5 half-days"),
        ("slots", '"0,5"', "'0,5 slots' has a comma: write 0.5 slots"),
        ("half-days", '"2,5 h"', "'2,5 h' has a comma: write 2.5h"),
    ],
)
def test_a_decimal_comma_in_a_cell_is_answered_with_a_point(folder: Path, unit: str, cell: str, message: str) -> None:
    (found,) = refusal(folder, MINUTES.replace("minutes", unit), f"id,duration,body\na,{cell},ONE\nb,1h,TWO\n")
    assert found == f"talks.csv:2:3: duration: {message}"


@pytest.mark.parametrize("said", ["hours", "[minutes]", "yes"])
def test_lengths_without_a_unit_have_one_of_three_units(folder: Path, said: str) -> None:
    assert refusal(folder, MINUTES.replace("minutes", said), ROWS) == [
        "scenario.yaml:9:40: sessions.durations: numbers in the column duration are minutes, half-days or slots: "
        "write one of these words"
    ]


def test_tables_of_rules_have_no_durations(folder: Path) -> None:
    rules = "rules: [{rule: preferences, bodies_by_room: {from: rooms.csv, durations: minutes}}]\n"
    (found,) = refusal(folder, FROM_ONE + rules, ROWS)
    assert found == (
        "scenario.yaml:10:63: rules[0].bodies_by_room.durations: unknown key (known here: from, sheet, header)"
    )


# --- names in place of ids -----------------------------------------------------------------------------------------


def test_labels_and_names_stand_for_ids_where_only_one_is_called_so(folder: Path) -> None:
    called = "id,duration,body,rooms,officers\na,1h,Heuristics,Small Hall;plenary,Ann\nb,1h,Lower bounds,,\n"
    plain = "id,duration,body,rooms,officers\na,1h,ONE,annexe;plenary,ann\nb,1h,TWO,,\n"
    assert written(folder, CALLED, called).scenario == written(folder, CALLED, plain).scenario


def test_a_name_of_two_rooms_and_half_a_name_mean_nobody(folder: Path) -> None:
    table = "id,duration,body,rooms\na,1h,heuristic,\nb,1h,TWO,Hall\n"
    assert refusal(folder, CALLED, table) == [
        "talks.csv:2:6: body: there is no body 'heuristic' in this scenario (did you mean 'ONE', 'Heuristics'?)",
        "talks.csv:3:10: rooms: there is no room 'Hall' in this scenario (did you mean 'twin', 'Hall'?)",
    ]


def test_an_id_comes_before_the_name_of_another(folder: Path) -> None:
    text = FROM_ONE.replace("{id: ONE}", "{id: ONE, label: TWO}")
    bodies = written(folder, text, ROWS).scenario.bodies
    assert [[session.id for session in body.sessions] for body in bodies] == [["a"], ["b"]]


WISHES = CALLED + "rules: [{rule: preferences, weight: 2, bodies_by_slot: {from: wishes.csv}}]\n"


@pytest.mark.parametrize(
    "slot", ["Tue 10:00", "Tuesday 10:00", "tue. at 10:00", "Tuesday 2025-02-25 10:00", "first day 10:00", "Tue am"]
)
def test_a_slot_goes_by_its_day_and_hour_where_only_one_is_meant(folder: Path, slot: str) -> None:
    (folder / "wishes.csv").write_text(f"body,{slot},Wed 10:00\nHeuristics,3,\nTWO,,4\n", "utf-8")
    rule = written(folder, WISHES, ROWS).scenario.rules[0]
    table = {"ONE": {"2025-02-25 10:00": 3}, "TWO": {"2025-02-26 10:00": 4}}
    assert rule.model_dump()["bodies_by_slot"] == table


def test_where_several_slots_are_meant_or_none_they_are_listed(folder: Path) -> None:
    week = WISHES.replace("Wednesday 2025-02-26]", "Tuesday 2025-03-04]")
    (folder / "wishes.csv").write_text("body,Tue 10:00,Tue 09:00,Wed 10:00,10:00\nONE,1,1,1,1\n", "utf-8")
    both = "write one of 2025-02-25 10:00, 2025-03-04 10:00"
    assert refusal(folder, week, ROWS) == [
        f"wishes.csv:1:6: : 'Tue 10:00' may be any of 2 slots: {both}",
        f"wishes.csv:1:16: : no slot opens at 'Tue 09:00': {both}",
        "wishes.csv:1:26: : there is no slot 'Wed 10:00' in this scenario "
        "(known here: 2025-02-25 10:00, 2025-03-04 10:00)",
        "wishes.csv:1:36: : there is no slot '10:00' in this scenario (known here: 2025-02-25 10:00, 2025-03-04 10:00)",
    ]


def test_a_slot_or_a_body_named_in_two_ways_is_refused(folder: Path) -> None:
    (folder / "wishes.csv").write_text("body,Tue 10:00,2025-02-25 10:00\nONE,1,1\nHeuristics,1,\n", "utf-8")
    assert refusal(folder, WISHES, ROWS) == [
        "wishes.csv:1:16: : another column stands for '2025-02-25 10:00' already",
        "wishes.csv:3:1: body: the row 'ONE' stands on line 2 already",
    ]


def test_days_of_excel_are_slots_where_they_have_one(folder: Path) -> None:
    sheet(folder, [["body", date(2025, 2, 25), datetime(2025, 2, 26, 10)], ["ONE", 5, 6]])  # noqa: DTZ001  as stored
    (folder / "rows.csv").write_text(ROWS)
    text = WISHES.replace("talks.csv", "rows.csv").replace("wishes.csv", "talks.xlsx")
    rule = written(folder, text).scenario.rules[0]
    assert rule.model_dump()["bodies_by_slot"] == {"ONE": {"2025-02-25 10:00": 5, "2025-02-26 10:00": 6}}


# --- people --------------------------------------------------------------------------------------------------------


def test_several_people_parted_by_commas_are_one_warning_for_the_column(folder: Path) -> None:
    people = ["Ann A, Bob B, Cyd C", "A, B, C; D", "Smith, John", "X, Y, Z", "U, V, W"]
    rows = "".join(f'a{n},10 min,ONE,"{who}"\n' for n, who in enumerate(people))
    loaded = written(folder, FROM_ONE, "id,duration,body,presenters\n" + rows)
    assert warned(loaded) == [
        "2:15: 'Ann A, Bob B, Cyd C' is one person? Several are parted by ';'; the same in 2 more cells of this column"
    ]
