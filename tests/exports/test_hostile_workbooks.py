"""Workbooks that are damaged, or that hide something large: a sentence and status 2, in whatever command they stand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.command import Command
from support.letters import SCENARIOS

from scheduler.errors import InputError
from scheduler.reading.packed import LONGEST_REMARK, MOST_RATIO, SMALL, refuse_bombs

SHEET = "xl/worksheets/sheet1.xml"
SCENARIO = """\
name: tables
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00], days: [2027-02-23]}
bodies: [{id: A, sessions: {from: talks.xlsx}}]
"""


@pytest.fixture
def schedule(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


def packed(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook of one table, each of its parts changed; None leaves the part out."""
    book = Workbook()
    assert book.active is not None
    for row in (("id", "duration"), ("one", "1h"), ("two", "2h")):
        book.active.append(row)
    plain, changed = BytesIO(), BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return changed.getvalue()


def in_sheet(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, data: change(data) if name == SHEET else data


def noise(size: int) -> bytes:
    """Text that packs badly."""
    from random import Random

    return Random(1).randbytes(size // 2).hex().encode()


DAMAGED = {
    "cut off": in_sheet(lambda data: data[: len(data) // 2]),
    "row number that is none": in_sheet(lambda data: data.replace(b'<row r="2"', b'<row r="second"')),
    "cell name that is none": in_sheet(lambda data: data.replace(b'r="A2"', b'r="2A?"')),
    "without styles": lambda name, data: None if name == "xl/styles.xml" else data,
    "style that is none": in_sheet(lambda data: data.replace(b'r="A2"', b'r="A2" s="99999"')),
    "style that is no number": in_sheet(lambda data: data.replace(b'r="A2"', b'r="A2" s="x"')),
    "no sheet": lambda name, data: None if name == SHEET else data,
}
HIDDEN = {
    "zeros": in_sheet(lambda data: data.replace(b"</sheetData>", b"</sheetData>" + b" " * 5_000_000)),
    "comment": in_sheet(lambda data: data.replace(b"<sheetData>", b"<!--" + noise(2_000_000) + b"--><sheetData>")),
    "instruction": in_sheet(lambda data: data.replace(b"<sheetData>", b"<?a " + noise(2_000_000) + b"?><sheetData>")),
    "attribute": in_sheet(lambda data: data.replace(b"<sheetData>", b'<sheetData a="' + noise(2_000_000) + b'">')),
    "styles": lambda name, data: data + b" " * 5_000_000 if name == "xl/styles.xml" else data,
}


@pytest.mark.parametrize("kind", [*DAMAGED, *HIDDEN])
def test_every_command_that_opens_it_says_a_sentence(tmp_path: Path, schedule: Command, kind: str) -> None:
    path = tmp_path / "talks.xlsx"
    path.write_bytes(packed((DAMAGED | HIDDEN)[kind]))
    (tmp_path / "tables.yaml").write_text(SCENARIO, "utf-8")
    for words in (
        ("validate", tmp_path / "tables.yaml"),
        ("compare", SCENARIOS / "csp11.yaml", path),
        ("check", SCENARIOS / "csp11.yaml", path),
        ("import", path, "--format", "cosplib", "-o", tmp_path),
    ):
        run = schedule(*words)
        if words[0] == "validate" and run.status == 0:
            continue  # what is damaged is nothing that the table needs
        assert run.status == 2
        assert "internal" not in run.err
        assert "talks.xlsx" in run.err


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_hides_something_is_refused_before_it_is_parsed(kind: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse_bombs(packed(HIDDEN[kind]), "talks.xlsx")
    assert caught.value.message.startswith("talks.xlsx: xl/")
    assert caught.value.message.endswith("it is not read; save the workbook again as .xlsx")


def test_a_large_honest_workbook_is_read() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(4, 40_000))
    data = packed(in_sheet(lambda text: text.replace(b"</sheetData>", rows + b"</sheetData>")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = archive.getinfo(SHEET)
    assert SMALL < part.file_size < MOST_RATIO * part.compress_size
    refuse_bombs(data, "talks.xlsx")


def test_a_short_remark_does_no_harm() -> None:
    remark = b"<!--" + b"x" * (LONGEST_REMARK - 100) + b"-->"
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(4, 40_000))
    refuse_bombs(packed(in_sheet(lambda text: text.replace(b"</sheetData>", rows + remark + b"</sheetData>"))), "x")
