"""Tables in files: what is read, and what is refused, whatever stands in them."""

from __future__ import annotations

import csv
import zipfile
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from support.table_scenarios import FROM_ONE, TALKS, refusal, sheet

from scheduler.reading.cleaning import guarded, unguarded
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.files import TABLE
from scheduler.reading.loading import load
from scheduler.reading.tables.files import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    read_table,
    text_of,
    values_of,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{from: /etc/passwd.csv}", "'/etc/passwd.csv' is no relative path to a .csv, .tsv or .xlsx file"),
        ("{from: 'c:\\talks.csv'}", "'c:\\talks.csv' is no relative path to a .csv, .tsv or .xlsx file"),
        ("{from: talks.ods}", "'talks.ods' is no relative path to a .csv, .tsv or .xlsx file"),
        ("{from: [talks.csv]}", "this is no relative path to a .csv, .tsv or .xlsx file"),
        ("{from: absent.csv}", "absent.csv: there is no such file"),
        ("{from: folder.csv}", "folder.csv: this is a folder: a file is expected"),
        ("{from: talks.csv, sheet: talks}", "only workbooks have sheets"),
        ("{form: talks.csv}", "unknown key"),
        ("{sheet: talks}", "'from' is missing here: write the path of a table, as in from: submissions.csv"),
    ],
)
def test_what_names_no_table_is_shown_in_the_scenario(folder: Path, said: str, expected: str) -> None:
    (folder / "folder.csv").mkdir()
    (found,) = refusal(folder, FROM_ONE.replace("{from: talks.csv}", said), TALKS)
    assert found.split(": ", 2)[2].startswith(expected)
    assert found.startswith("scenario.yaml:9:")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "talks.csv:0:0: : the table is empty: its first line names the columns"),
        (b"\n ,,\n", "talks.csv:0:0: : the table is empty: its first line names the columns"),
        (b"id,duration\n\xe9,\xc3\xa9h",
         "talks.csv:2:1: : byte 13 of the file (0xE9) is not UTF-8: save the file as UTF-8 "
         "(in Windows-1252 it would be 'é')"),
        ("id".encode("utf-32"), "talks.csv:0:0: : this text is in UTF-32: save it as UTF-8"),
        (b"id\0", "talks.csv:1:3: : byte 3 of the file is NUL, so this is no text file: a table is CSV text"),
        (b"id,\x1b[31m", "talks.csv:1:4: : the character U+001B does not belong here: delete it"),
        (b'id,duration,body\na,"1h,ONE\n', "talks.csv:2:3: : the quote that opens here is never closed"),
        (b'id,duration,body\na,"1h" x,ONE\n', "talks.csv:2:7: : text after the closing quote: put the whole cell in "
         'quotes, and double each quote within, as in ""'),
        (b"x" * (TABLE.most_bytes + 1), "scenario.yaml:9:18: sessions.from: talks.csv: larger than 10 MB: no table "
         "needs that"),
        (b"id,duration,body\na," + b"x" * (LONGEST_CELL + 1) + b",ONE",
         "talks.csv:2:3: : 100,001 characters stand in this cell, 100,000 are the most"),
        (b"id,duration,body\n" + b"a,1h,ONE\n" * (MOST_ROWS + 1),
         "talks.csv:20002:1: : more than 20,000 rows: no table needs that"),
        (b"a," * MOST_COLUMNS, "talks.csv:1:32769: : more than 16,384 cells in one row: no table needs that"),
    ],
    ids=["empty", "blank", "partly UTF-8", "UTF-32", "NUL", "escape", "open quote", "after quote", "large", "cell",
         "rows", "columns"],
)  # fmt: skip
def test_what_is_no_table_is_refused(folder: Path, data: bytes, expected: str) -> None:
    assert refusal(folder, FROM_ONE, data) == [expected]


def test_what_is_no_workbook_is_refused(folder: Path) -> None:
    text = FROM_ONE.replace("csv", "xlsx")
    unreadable = "talks.xlsx: this is text and no workbook: name it .csv, or save it as .xlsx"
    place = "scenario.yaml:9:18: sessions.from: "
    assert refusal(folder, text, b"no workbook", "talks.xlsx") == [place + unreadable]
    with zipfile.ZipFile(folder / "talks.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 70_000_000)
    assert refusal(folder, text)[0].startswith(f"{place}talks.xlsx unpacks to 70 MB")
    sheet(folder, [["id"]], "talks", "more")
    assert refusal(folder, text) == [f"{place}talks.xlsx has 2 sheets: name the one that is meant, of talks, more"]
    assert refusal(folder, text.replace("xlsx", "xlsx, sheet: tlaks")) == [
        f"{place}talks.xlsx has no sheet 'tlaks': did you mean 'talks'?"
    ]
    sheet(folder, [])
    assert refusal(folder, text) == [f"{place}talks.xlsx, sheet 'talks' is empty: its first row names the columns"]


def test_merged_cells_are_refused(folder: Path) -> None:
    book = Workbook()
    for row in (["id", "duration", "body"], ["a", "1h", "ONE"], ["b", "1h", None]):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("C2:C3")
    book.save(folder / "talks.xlsx")
    assert refusal(folder, FROM_ONE.replace("csv", "xlsx")) == [
        "scenario.yaml:9:18: sessions.from: talks.xlsx, sheet 'Sheet', cells C2:C3 are merged: "
        "a table has a value in every cell"
    ]


# --- properties ----------------------------------------------------------------------------------------------------

CELLS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), max_codepoint=0x2020) | st.sampled_from(',;"\n='), max_size=12
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t"))
@example([["", " =1", "\n="]], ",")
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_csv_module_writes_is_read_back(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["x", "y", "z"], *([guarded(c) for c in row] for row in rows)])
    found = [[cell.text for cell in row] for row in read_table(str(path), None).rows]
    assert found == [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


@given(st.binary(max_size=60))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_table_it_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "scenario.yaml").write_text(FROM_ONE)
    (tmp_path / "talks.csv").write_bytes(b"id,duration,body\n" + data)
    try:
        bodies, problems = len(load(tmp_path / "scenario.yaml").scenario.bodies), 0
    except ScenarioError as error:
        bodies, problems = 0, len(error.diagnostics)
    assert bodies == 2 or problems > 0


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "' -x", "it's", "'quoted'", "", "+", "＝1"])  # noqa: RUF001
def test_an_apostrophe_guards_a_formula_and_goes_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("text", "values"),
    [("a;b", ["a", "b"]), (' a ; "b; c" ;;', ["a", "b; c"]), ('"x ""y"""', ['x "y"']), ("a\nb;c", ["a", "b", "c"])],
)
def test_the_values_of_a_cell_are_parted_by_semicolons(text: str, values: list[str]) -> None:
    assert values_of(text) == values


def test_a_quote_within_a_cell_that_is_never_closed_is_told_at_the_cell(folder: Path) -> None:
    (folder / "talks.csv").write_text('id,duration,body,presenters\none,1h,ONE,"Dr A; ""Dr B"\n')
    told = ["talks.csv:2:12: presenters: the quote that opens here is never closed"]
    assert refusal(folder, FROM_ONE) == told


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=30), "1800 min"),
        (time(0, 30), "00:30"),
        (time(0, 30, 15), "00:30:15"),
        (True, "TRUE"),
        (2.0, "2"),
    ],
)
def test_a_cell_of_a_worksheet_says_what_a_person_would_type(value: object, said: str) -> None:
    """Of times, only what is formatted as a length, [h]:mm, is one."""
    assert text_of(value) == said


def test_a_formula_without_a_value_is_refused_and_not_read_as_nothing(folder: Path) -> None:
    sheet(folder, [["id", "body", "duration"], ["a", "ONE", '="30"&" min"']])
    assert refusal(folder, FROM_ONE.replace("csv", "xlsx")) == [
        "scenario.yaml:9:18: sessions.from: talks.xlsx, sheet 'talks', cell C2: this formula has no value yet: "
        "open the workbook in a spreadsheet program and save it there"
    ]


def test_a_cell_far_out_is_refused_at_its_row(folder: Path) -> None:
    """Every row then has 16,384 cells."""
    book = Workbook()
    book.worksheets[0].cell(1, 1, "id")
    book.worksheets[0].cell(1_048_576, 16_384, "far")
    book.save(folder / "talks.xlsx")
    (found,) = refusal(folder, FROM_ONE.replace("csv", "xlsx"))
    assert found.endswith("talks.xlsx, sheet 'Sheet', row 123: more than 2,000,000 cells")
