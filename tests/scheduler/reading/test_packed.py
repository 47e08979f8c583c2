"""Workbooks are looked at before they are parsed: what hides something large is refused, what is honest is not."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from support.foreign_files import HIDDEN, SHEET, in_sheet, packed

from scheduler.errors import InputError
from scheduler.reading.packed import LONGEST_COMMENT, MOST_RATIO, SMALL_BYTES, refuse_bombs


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
    assert SMALL_BYTES < part.file_size < MOST_RATIO * part.compress_size
    refuse_bombs(data, "talks.xlsx")


def test_a_short_remark_does_no_harm() -> None:
    remark = b"<!--" + b"x" * (LONGEST_COMMENT - 100) + b"-->"
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(4, 40_000))
    refuse_bombs(packed(in_sheet(lambda text: text.replace(b"</sheetData>", rows + remark + b"</sheetData>"))), "x")
