"""Recognises files of other programs by their first bytes; used only after something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from io import BytesIO
from lzma import LZMAError
from struct import error as StructError  # noqa: N812  it is a class
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  as above

ZIP_ERRORS = (
    BadZipFile,
    NotImplementedError,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    StructError,
    ZlibError,
    LZMAError,
)
"""What ``zipfile`` raises for archives that are damaged or packed in strange ways."""

_OPEN = "open it in a spreadsheet program and save it as .xlsx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of office programs began until 2007, and how those with a password still begin."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def no_workbook(data: bytes) -> str:
    """A sentence with a remedy for a file that openpyxl cannot read as a workbook; never empty."""
    if not data:
        return "this file is empty: save the workbook again as .xlsx"
    if data.startswith(_ZIP) and _parts(data) is None:
        return "this workbook is damaged, or was copied in part: copy it anew, or save it again as .xlsx"
    if (found := recognised(data)) and found != _XLSX:
        return f"this is {found[0]}: {found[1]}"
    if not data.startswith(_ZIP) and (b"\0" not in data[:2000] or data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return "this is text and no workbook: name it .csv, or save it as .xlsx"
    return "this is not a workbook that can be read: save it again as .xlsx"


def recognised(data: bytes) -> tuple[str, str] | None:
    """What a file is, and how it becomes a workbook; None where that cannot be told."""
    if data.startswith(_OLE):
        return _of_old_programs(data)
    if data.startswith(_ZIP):
        return _in_archive(data)
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((told for fits, told in _BEGINNINGS if fits(head)), None)


def _of_old_programs(data: bytes) -> tuple[str, str]:
    for stream, told in (
        ("EncryptedPackage", ("a file with a password", "take the password away and save it as .xlsx")),
        ("WordDocument", ("a Word document", _COPY)),
        ("PowerPoint Document", ("a presentation", _COPY)),
    ):
        if stream.encode("utf-16-le") in data:
            return told
    return "a workbook in the old format .xls", _OPEN


def _in_archive(data: bytes) -> tuple[str, str] | None:
    parts = _parts(data)
    if parts is None:
        return "a damaged workbook or archive", "copy it anew"
    for fits, told in _ARCHIVES:
        if fits(parts):
            return told
    return "an archive (.zip)", "unpack it and name the file within"


def _parts(data: bytes) -> Collection[str] | None:
    """Names of what an archive holds; None where its list is damaged."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.namelist()
    except ZIP_ERRORS:
        return None


_COPY = "copy its table into a spreadsheet program and save that as .xlsx"
_XLSX = ("a workbook", "save it again as .xlsx")
_ARCHIVES: list[tuple[Callable[[Collection[str]], bool], tuple[str, str]]] = [
    (lambda parts: "xl/workbook.xml" in parts, _XLSX),
    (lambda parts: "xl/workbook.bin" in parts, ("a workbook in the format .xlsb", _OPEN)),
    (lambda parts: "word/document.xml" in parts, ("a Word document", _COPY)),
    (lambda parts: "ppt/presentation.xml" in parts, ("a presentation", _COPY)),
    (lambda parts: any(part.startswith("xl/") for part in parts), _XLSX),
    (
        lambda parts: any(part.startswith("Index/") or part.endswith("Index.zip") for part in parts),
        ("a Numbers document", "export it from Numbers as Excel (.xlsx)"),
    ),
    (lambda parts: "content.xml" in parts, ("an OpenDocument file (.ods)", _OPEN)),
]
_BEGINNINGS: list[tuple[Callable[[bytes], bool], tuple[str, str]]] = [
    (lambda head: head.startswith((b"<!doctype html", b"<html", b"<table", b"<head")), ("a web page", _OPEN)),
    (lambda head: head.startswith(b"<?xml") and b"<html" in head, ("a web page", _OPEN)),
    (
        lambda head: head.startswith(b"<?xml") and b"office:spreadsheet" in head,
        ("a workbook in the old XML format", _OPEN),
    ),
    (lambda head: head.startswith(b"<?xml"), ("XML", _OPEN)),
    (lambda head: head.startswith(b"%pdf"), ("a PDF", _COPY)),
    (lambda head: head.startswith(b"{\\rtf"), ("a text in RTF", _COPY)),
    (lambda head: head.startswith(b"\x1f\x8b"), ("a packed file (.gz)", "unpack it and name the file within")),
    (lambda head: head.startswith((b"\x89png", b"\xff\xd8\xff")), ("a picture", _COPY)),
]
