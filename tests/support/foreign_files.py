"""Files that are not what they should be, by what they are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
"""How files of office programs began until 2007."""


def archive(*parts: str) -> bytes:
    """An archive with these parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for part in parts:
            target.writestr(part, b"<x/>")
    return packed.getvalue()


def packed(change: Callable[[str, bytes], bytes | None] = lambda _, data: data) -> bytes:
    """A workbook of one table, changed."""
    book = Workbook()
    assert book.active is not None
    for row in (("id", "duration"), ("one", "1h"), ("two", "2h")):
        book.active.append(row)
    plain = BytesIO()
    book.save(plain)
    return changed(plain, change)


def changed(source: BytesIO | Path, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook with each of its parts changed; None leaves the part out."""
    done = BytesIO()
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name in book.namelist():
            data = change(name, book.read(name))
            if data is not None:
                target.writestr(name, data)
    return done.getvalue()


def flipped(data: bytes, part: str) -> bytes:
    """A workbook in which some bytes of one part have got lost, as on a bad disk."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        start = book.getinfo(part).header_offset + 30 + len(part)
    return data[: start + 20] + bytes(20) + data[start + 40 :]


def in_sheet(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    """A change of the sheet alone."""
    return lambda name, data: change(data) if name == SHEET else data


def noise(size: int) -> bytes:
    """Text that packs badly."""
    return Random(1).randbytes(size // 2).hex().encode()


DAMAGED: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "cut off": (
        in_sheet(lambda data: data[: len(data) // 2]),
        f", sheet 'Sheet': its part {SHEET} is cut off or garbled at line 1, column ",
    ),
    "row number that is none": (
        in_sheet(lambda data: data.replace(b'<row r="2"', b'<row r="second"')),
        ", sheet 'Sheet', row 2: this row is numbered 'second'",
    ),
    "cell name that is none": (
        in_sheet(lambda data: data.replace(b'r="A2"', b'r="2A?"')),
        ", sheet 'Sheet', row 2: a cell is named '2A?'",
    ),
    "without styles": (
        lambda name, data: None if name == "xl/styles.xml" else data.replace(b'r="A2"', b'r="A2" s="0"'),
        ": its part xl/styles.xml is missing",
    ),
    "style that is none": (
        in_sheet(lambda data: data.replace(b'r="A2"', b'r="A2" s="99999"')),
        ", sheet 'Sheet', cell A2: the style '99999' stands here, and the workbook has ",
    ),
    "style that is no number": (
        in_sheet(lambda data: data.replace(b'r="A2"', b'r="A2" s="x"')),
        ", sheet 'Sheet', cell A2: the style 'x' stands here, and the workbook has ",
    ),
    "no sheet": (lambda name, data: None if name == SHEET else data, f", sheet 'Sheet': its part {SHEET} is missing"),
}
"""Workbooks that are damaged: the change, and what is said of it after the name of the file."""

HIDDEN = {
    "zeros": in_sheet(lambda data: data.replace(b"</sheetData>", b"</sheetData>" + b" " * 5_000_000)),
    "comment": in_sheet(lambda data: data.replace(b"<sheetData>", b"<!--" + noise(2_000_000) + b"--><sheetData>")),
    "instruction": in_sheet(lambda data: data.replace(b"<sheetData>", b"<?a " + noise(2_000_000) + b"?><sheetData>")),
    "attribute": in_sheet(lambda data: data.replace(b"<sheetData>", b'<sheetData a="' + noise(2_000_000) + b'">')),
    "styles": lambda name, data: data + b" " * 5_000_000 if name == "xl/styles.xml" else data,
}
"""Workbooks that hide something large."""

OTHERS = {
    "old workbook": (OLD + "Workbook".encode("utf-16-le"), "this is a workbook in the old format .xls"),
    "password": (OLD + "EncryptedPackage".encode("utf-16-le"), "this is a file with a password"),
    "old Word": (OLD + "WordDocument".encode("utf-16-le"), "this is a Word document"),
    "OpenDocument": (archive("mimetype", "content.xml"), "this is an OpenDocument file (.ods)"),
    "Numbers": (archive("Index/Document.iwa"), "this is a Numbers document"),
    "xlsb": (archive("xl/workbook.bin"), "this is a workbook in the format .xlsb"),
    "Word": (archive("word/document.xml"), "this is a Word document"),
    "presentation": (archive("ppt/presentation.xml"), "this is a presentation"),
    "archive": (archive("a.csv"), "this is an archive (.zip)"),
    "web page": (b"\n<!DOCTYPE html><html><table><tr><td>id</td></tr></table></html>", "this is a web page"),
    "XHTML": (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "this is a web page"),
    "XML": (b"<?xml version='1.0'?><timetable/>", "this is XML"),
    "old XML": (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "this is a workbook in the old XML format",
    ),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this is a PDF"),
    "RTF": (rb"{\rtf1\ansi text}", "this is a text in RTF"),
    "gz": (b"\x1f\x8b\x08\0\0\0\0\0", "this is a packed file (.gz)"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "this is a picture"),
}
"""Files of other programs, and what is said of them wherever they stand."""

NO_TEXT = {
    "UTF-16": ("name: é\n".encode("utf-16"), "this text is in UTF-16: save it as UTF-8"),
    "UTF-16, other order": (b"\xfe\xff" + "name: é\n".encode("utf-16-be"), "this text is in UTF-16: save it as UTF-8"),
    "UTF-16 without mark": ("name: x\n".encode("utf-16-le"), "this text is in UTF-16: save it as UTF-8"),
    "UTF-16 without mark, other order": ("name: x\n".encode("utf-16-be"), "this text is in UTF-16: save it as UTF-8"),
    "UTF-32": ("name: é\n".encode("utf-32"), "this text is in UTF-32: save it as UTF-8"),
    "Latin-1": (b"name: caf\xe9\n", "byte 10 of the file (0xE9) is not UTF-8: save the file as UTF-8"),
    "NUL": (b"na\0me: x\n", "byte 3 of the file is NUL, so this is no text file"),
}
"""Texts in other encodings, and what is said of them where text is expected."""

READ_IN_TABLES = tuple(kind for kind in NO_TEXT if kind.startswith(("UTF-16", "Latin-1")))
"""Those of them that spreadsheets write."""
