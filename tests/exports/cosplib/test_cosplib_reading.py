"""Benchmark workbooks: what is wrong is named by sheet and cell."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.cosplib_workbooks import drawn, save, tiny

from exports.cosplib.conference_reading import read_conference
from exports.cosplib.conference_values import Conference
from scheduler.errors import InputError


def complaint(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_conference(path)
    return refused.value.message.removeprefix(f"{path.parent}/")


@pytest.mark.parametrize("conference", [tiny(), drawn(0), drawn(9)], ids=lambda c: c.name)
def test_a_conference_reads_back_from_its_workbook(conference: Conference, tmp_path: Path) -> None:
    assert read_conference(save(conference, tmp_path / f"{conference.name}.xlsx")) == conference


def test_empty_rows_and_columns_at_the_end_do_not_count(tmp_path: Path) -> None:
    path = save(tiny(), tmp_path / "tiny.xlsx")
    book = load_workbook(path)
    for sheet in book:
        sheet.cell(sheet.max_row + 9, sheet.max_column + 5, " ")
    book.save(path)
    assert read_conference(path) == tiny()


def test_similar_tracks_count_the_upper_triangle_by_position(tmp_path: Path) -> None:
    path = save(tiny(), tmp_path / "tiny.xlsx")
    book = load_workbook(path)
    sheet = book["similar tracks"]
    sheet.cell(1, 3, "whatever")
    sheet.cell(3, 2, 99)
    book.save(path)
    assert read_conference(path).similar == ((0, 4, 0), (4, 0, 0), (0, 0, 0))


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "message"),
    [
        ("submissions", 4, 9, "often", "cell I4: 'often' is no penalty: write a whole number from 0 up"),
        ("submissions", 3, 2, "Heuristik", "cell B3: there is no track 'Heuristik': did you mean 'Heuristics'?"),
        ("submissions", 5, 3, 0, "cell C5: '0' is no number of time slots: write a whole number from 1 up"),
        ("submissions", 6, 1, "h1", "cell A6: the submission 'h1' stands in row 2 already"),
        ("submissions", 2, 5, "CET", "cell E2: 'CET' is no time zone: write it as GMT+2"),
        ("submissions", 1, 9, "Mon9", "cell I1: there is no session or room 'Mon9': did you mean 'Mon2'?"),
        ("sessions", 3, 4, "ten", "cell D3: 'ten' is no start: write it as 09:30"),
        ("tracks_rooms|penalty", 2, 3, -1, "cell C2: '-1' is no penalty: write a whole number from 0 up"),
        ("tracks_sessions|penalty", 3, 1, "Bonds", "cell A3: there is no track 'Bonds': did you mean 'Bounds'?"),
        ("parameters", 5, 5, 1.5, "cell E5: '1.5' is no weight of 'similar tracks in parallel': write a whole number"),
    ],
)
def test_a_wrong_cell_is_named(sheet: str, row: int, column: int, value: object, message: str, tmp_path: Path) -> None:
    path = save(tiny(), tmp_path / "tiny.xlsx")
    book = load_workbook(path)
    book[sheet].cell(row, column, value)
    book.save(path)
    expected = f"tiny.xlsx, sheet '{sheet}', {message}"
    assert complaint(path)[: len(expected)] == expected


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    path = save(tiny(), tmp_path / "tiny.xlsx")
    book = load_workbook(path)
    book["rooms"].title = "room"
    book.save(path)
    assert complaint(path) == "tiny.xlsx has no sheet 'rooms': did you mean 'room'?"


def test_seventy_megabytes_of_zeros_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 70_000_000)
    assert complaint(path) == (
        "bomb.xlsx unpacks to 70 MB, most of it in xl/worksheets/sheet1.xml: more than 64 MB are not read"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this file is empty: save the workbook again as .xlsx"),
        (b"PK\x05\x06" + b"\0" * 18, "this is an archive (.zip): unpack it and name the file within"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(data)
    assert complaint(path) == f"other.xlsx: {said}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert complaint(tmp_path / "absent.xlsx") == "absent.xlsx: there is no such file"


def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    path = save(tiny(), tmp_path / "tiny.xlsx")
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data.removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")
            target.writestr(name, data)
    assert complaint(bad) == (
        "bad.xlsx: its part xl/workbook.xml defines entities, and no spreadsheet program writes any: "
        "open the workbook in a spreadsheet program and save it there as .xlsx"
    )
