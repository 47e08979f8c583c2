"""What a spreadsheet does to a table: rows that are hidden or struck through, ids that have become dates."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from support.command import Command

SCENARIO = """\
name: sheet
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [2027-03-02]}
bodies: [{id: A, sessions: {from: talks.xlsx}}]
"""


@pytest.fixture
def schedule(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


def book(folder: Path, *rows: tuple[object, ...], hidden: tuple[int, ...] = (), struck: tuple[int, ...] = ()) -> Path:
    """A table of sessions beside its scenario."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (("id", "title", "duration", "presenters"), *rows):
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for number in struck:
        for cell in sheet[number]:
            cell.font = Font(strike=True)
    workbook.save(folder / "talks.xlsx")
    path = folder / "sheet.yaml"
    path.write_text(SCENARIO, "utf-8")
    return path


ROWS = [(f"s{n}", f"Talk {n}", "1h", "Ann") for n in range(1, 6)]


def test_rows_that_are_hidden_or_struck_through_are_left_out_with_a_sentence(tmp_path: Path, schedule: Command) -> None:
    run = schedule("validate", book(tmp_path, *ROWS, hidden=(3,), struck=(5,)))
    assert run.status == 0
    assert "3 sessions" in run.out
    assert "row 3 is hidden, and left out: show it if it counts, delete it if it does not" in run.err
    assert "row 5 is struck through, and left out: take the line away if it counts" in run.err


def test_a_row_that_is_struck_through_in_part_counts(tmp_path: Path, schedule: Command) -> None:
    path = book(tmp_path, *ROWS, struck=(4,))
    from openpyxl import load_workbook

    workbook = load_workbook(tmp_path / "talks.xlsx")
    workbook.active["B4"].font = Font(strike=False)
    workbook.save(tmp_path / "talks.xlsx")
    run = schedule("validate", path)
    assert (run.status, run.err) == (0, "")
    assert "5 sessions" in run.out


def test_a_hidden_column_is_read_and_told(tmp_path: Path, schedule: Command) -> None:
    path = book(tmp_path, *ROWS)
    from openpyxl import load_workbook

    workbook = load_workbook(tmp_path / "talks.xlsx")
    workbook.active.column_dimensions["D"].hidden = True
    workbook.save(tmp_path / "talks.xlsx")
    run = schedule("validate", path)
    assert run.status == 0
    assert run.err.count("warning") == 2  # with their number, at the end
    assert "column 'presenters' is hidden, and read all the same: show it, or delete it" in run.err


def test_ids_that_look_like_dates_in_a_csv_are_doubted(tmp_path: Path, schedule: Command) -> None:
    path = book(tmp_path)
    path.write_text(SCENARIO.replace("talks.xlsx", "talks.csv"), "utf-8")
    rows = [
        "id,title,duration,presenters",
        "1-May,A,1h,Mar-03",
        "2027-05-01,B,1h,Ann",
        "s-2027,C,1h,May Lee",
        "a1,1-May,1h,",
    ]
    (tmp_path / "talks.csv").write_text("\n".join(rows), "utf-8")
    run = schedule("validate", path)
    assert run.status == 0
    assert "'1-May' looks like a date that a spreadsheet has made of a word; so does one more" in run.err
    assert "'Mar-03' looks like a date that a spreadsheet has made of a word" in run.err
    assert run.err.count("looks like a date") == 2


def test_of_many_such_rows_the_first_are_named(tmp_path: Path, schedule: Command) -> None:
    many = [(f"s{n}", f"Talk {n}", "10 min", "Ann") for n in range(1, 31)]
    run = schedule("validate", book(tmp_path, *many, hidden=tuple(range(4, 32))))
    assert "2 sessions" in run.out
    assert run.err.count("is hidden, and left out") == 10
    assert "18 more rows are hidden or struck through, and left out" in run.err


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ((date(2027, 3, 1), "Talk", "1h", "Ann"), "2027-03-01"),
        ((datetime(2027, 3, 1), "Talk", "1h", "Ann"), "2027-03-01"),  # noqa: DTZ001  a cell has no zone
        (("s1", date(2027, 5, 4), "1h", "Ann"), "2027-05-04"),
        (("s1", "Talk", "1h", date(2027, 5, 4)), "2027-05-04"),
        ((time(10, 30), "Talk", "1h", "Ann"), "10:30"),
    ],
)
def test_what_a_spreadsheet_has_turned_into_a_date_is_refused(
    tmp_path: Path, schedule: Command, row: tuple[object, ...], what: str
) -> None:
    run = schedule("validate", book(tmp_path, row))
    assert run.status == 2
    assert f"'{what}' is a date or a time to the spreadsheet, not a word" in run.err
    assert "format the column as text, and type it anew" in run.err


def test_a_text_that_no_cell_holds_is_refused_with_its_place(tmp_path: Path, schedule: Command) -> None:
    path = tmp_path / "long.yaml"
    text = SCENARIO.replace("{from: talks.xlsx}", f"[{{id: a, duration: 1h, title: {'word ' * 8000}}}]")
    path.write_text(text, "utf-8")
    run = schedule("validate", path)
    assert run.status == 2
    assert "title: this text has 39,999 characters, 10,000 are the most" in run.err
    path.write_text(text.replace("word " * 8000, "word " * 1900), "utf-8")
    assert schedule("validate", path).status == 0
