"""Columns ``absent`` and ``present`` of a table of sessions: of whom they speak, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from support.table_scenarios import HEAD, refusal, written

from scheduler.solving.engine import solve

TWO = "bodies: [{id: ONE, style: agenda}, {id: TWO, style: agenda}]\nsessions: {from: talks.csv}\n"
FROM_ONE = HEAD + TWO
HEADER = "id,duration,body,presenters,absent,present\n"


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def days(folder: Path, text: str, table: str) -> dict[str, str]:
    """The day on which each session is put."""
    outcome = solve(written(folder, text, HEADER + table).scenario)
    assert outcome.timetable is not None
    return {p.session: f"{p.segments[0].day:%a}" for p in outcome.timetable}


@pytest.mark.parametrize(
    ("table", "held"),
    [
        ("a,1h,ONE,Bo Ode,2025-02-25,\nb,1h,TWO,Cy Poe,,\n", {"a": "Wed", "b": "Tue"}),
        ("a,1h,ONE,Bo Ode,,2025-02-26\nb,1h,TWO,Cy Poe,,\n", {"a": "Wed", "b": "Tue"}),
        ("a,1h,ONE,Bo Ode,2025-02-25,\nb,1h,TWO,Bo Ode,,\n", {"a": "Wed", "b": "Wed"}),
        ("a,1h,ONE,Bo Ode,2025-02-25,\nb,1h,TWO,Bo Ode,2025-02-25,\n", {"a": "Wed", "b": "Wed"}),
        ("a,1h,ONE,Bo Ode; Cy Poe,2025-02-25,\nb,1h,TWO,Cy Poe,,\n", {"a": "Wed", "b": "Wed"}),
        ("a,1h,ONE,Bo Ode; TBC,2025-02-25,\nb,1h,TWO,TBC,,\n", {"a": "Wed", "b": "Tue"}),
        ("a,1h,ONE,Bo Ode,2025-02-25; 2025-02-26 10:00-11:00,\nb,1h,TWO,Bo Ode,,\n", {"a": "Wed", "b": "Wed"}),
    ],
)
def test_a_cell_speaks_of_each_presenter_of_its_row_wherever_they_present(
    tmp_path: Path, table: str, held: dict[str, str]
) -> None:
    text = FROM_ONE + "rules: [{rule: rolling, weight: 1}, {rule: early_finish, weight: 1}]\n"
    assert days(tmp_path, text, table) == held


@pytest.mark.parametrize("presenter", ["ann", "Ann"])
def test_a_cell_speaks_of_an_officer_by_id_or_by_name(tmp_path: Path, presenter: str) -> None:
    scenario = written(tmp_path, FROM_ONE, f"{HEADER}a,1h,ONE,{presenter},2025-02-25,\n").scenario
    assert ([str(p) for p in scenario.officers[0].absent], scenario.people) == (["Tuesday 25 February"], None)


def test_a_cell_adds_to_what_people_say_of_somebody(tmp_path: Path) -> None:
    text = FROM_ONE + "people: [{id: ode, name: Bo Ode, absent: [2025-02-25]}]\n"
    scenario = written(tmp_path, text, f"{HEADER}a,1h,ONE,ode,,2025-02-26\nb,1h,ONE,Bo Ode,2025-02-25,\n").scenario
    (ode,) = scenario.people or ()
    assert [[str(p) for p in times] for times in (ode.absent, ode.present)] == [
        ["Tuesday 25 February"], ["Wednesday 26 February"]
    ]  # fmt: skip


def test_a_name_that_stands_nowhere_else_is_taken_up_once(tmp_path: Path) -> None:
    table = f"{HEADER}a,1h,ONE,Bo Ode,2025-02-25,\nb,1h,TWO,Bo Ode; Cy Poe,,2025-02-26\n"
    people = written(tmp_path, FROM_ONE, table).scenario.people or ()
    assert [(p.id, p.name, len(p.absent), len(p.present)) for p in people] == [
        (None, "Bo Ode", 1, 1), (None, "Cy Poe", 0, 1)
    ]  # fmt: skip


def test_rows_that_contradict_one_another_are_refused_with_their_place(tmp_path: Path) -> None:
    table = f"{HEADER}a,1h,ONE,Bo Ode,2025-02-25,\nb,1h,TWO,Cy Poe; Bo Ode,2025-02-26,\n"
    assert refusal(tmp_path, FROM_ONE, table) == [
        "talks.csv:3:25: absent: 'Bo Ode' is absent at other times in line 2 (write the same, or nothing)"
    ]


def test_a_row_that_contradicts_the_scenario_is_refused(tmp_path: Path) -> None:
    text = FROM_ONE + "people: [{id: ode, name: Bo Ode, absent: [2025-02-25]}]\n"
    said = refusal(tmp_path, text, f"{HEADER}a,1h,ONE,ode,2025-02-26,\n")
    message = "the scenario says otherwise when 'ode' is absent, on line 10"
    assert said == [f"talks.csv:2:14: absent: {message} (write the same, or nothing)"]


def test_a_row_without_a_presenter_says_nothing_of_anybody(tmp_path: Path) -> None:
    said = refusal(tmp_path, FROM_ONE, f"{HEADER}a,1h,ONE,,2025-02-25,\n")
    message = "nobody presents in this row: name under presenters who is absent then"
    assert said == [f"talks.csv:2:11: absent: {message}"]


def test_a_time_that_is_none_is_shown_in_its_cell(tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, FROM_ONE, f"{HEADER}a,1h,ONE,Bo Ode,Tuesday the 25th,\n")
    assert said.startswith("talks.csv:2:17: absent: ")


def test_a_workbook_shows_the_cell_that_says_otherwise(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        HEADER.strip().split(","),
        ["a", "1h", "ONE", "Bo", "2025-02-25", ""],
        ["b", "1h", "TWO", "Bo", "2025-02-26"],
    ):
        book.active.append(row)
    book.save(tmp_path / "talks.xlsx")
    (said,) = refusal(tmp_path, FROM_ONE.replace("talks.csv", "talks.xlsx"))
    assert "E3" in said
    assert "'Bo' is absent at other times in cell E2" in said
