"""Finds damage in a workbook and its place: openpyxl names no place, and overlooks some damage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile

from scheduler.reading.diagnostics import printable
from scheduler.reading.recognising import ZIP_ERRORS, no_workbook

_REMEDY = "open the workbook in a spreadsheet program and save it there as .xlsx"
_STYLES = "xl/styles.xml"
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLE = re.compile(rb"""\ss=["']([^"']*)["']""")


def is_damaged(data: bytes) -> bool:
    """Whether a workbook lacks a sheet or a style that it names: openpyxl reads some of these, as something else."""
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        parts = {name: archive.read(name) for name in (_BOOK, _LINKS, _STYLES) if name in names}
        sheets = [part for part, _ in _sheets(parts)]
        if not names.issuperset(sheets):
            return True
        count = _number_of_styles(parts.get(_STYLES, b""))
        styles = {style for part in sheets for style in _STYLE.findall(archive.read(part))}
    return any(not (style.isdigit() and int(style) < count) for style in styles)


def parts_of_sheets(data: bytes) -> dict[str, str]:
    """The parts of a workbook that hold its sheets, by their titles."""
    with ZipFile(BytesIO(data)) as archive:
        return {title: part for part, title in _sheets({name: archive.read(name) for name in (_BOOK, _LINKS)})}


def damage(data: bytes) -> tuple[str, str]:
    """The place of the first damage, as in ``, sheet 'talks', cell A2`` or empty, and a sentence with a remedy."""
    parts: dict[str, bytes | None] = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                try:
                    parts[name] = archive.read(name)
                except ZIP_ERRORS:
                    parts[name] = None
    if _BOOK not in parts:
        return "", no_workbook(data)
    place, reason = next(_damages(parts), ("", ""))
    return (place, f"{reason}: {_REMEDY}") if reason else ("", no_workbook(data))


def _damages(parts: Mapping[str, bytes | None]) -> Iterator[tuple[str, str]]:
    sheets = {part: f", sheet '{printable(title)}'" for part, title in _sheets(parts)}
    for name, text in parts.items():
        if why := "cannot be unpacked" if text is None else _unreadable(text):
            yield sheets.get(name, ""), f"its part {printable(name[:80])} {why}"
    for name in (*sheets, _STYLES):
        if name not in parts:
            yield sheets.get(name, ""), f"its part {printable(name[:80])} is missing"
    styles = _number_of_styles(parts.get(_STYLES) or b"")
    for name, place in sheets.items():
        yield from ((f"{place}{where}", reason) for where, reason in _cells(parts.get(name) or b"", styles))


def _unreadable(text: bytes) -> str:
    """Why a part is no XML; empty where it is."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    try:
        fromstring(text)
    except ParseError as error:
        line, column = error.position
        return f"is cut off or garbled at line {line:,}, column {column + 1:,}"
    except DefusedXmlException:
        return "defines entities, and no spreadsheet program writes any"
    except (ValueError, LookupError):  # an encoding that nobody knows
        return "is in an encoding that is not known"
    return ""


def _sheets(parts: Mapping[str, bytes | None]) -> Iterator[tuple[str, str]]:
    """Parts of sheets with their titles."""
    links = {}
    for link in re.finditer(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get(_LINKS) or b""):
        links[_attribute(link[0], "Id")] = _attribute(link[0], "Target")
    for sheet in re.finditer(rb"<(?:\w+:)?sheet\b[^>]*>", parts.get(_BOOK) or b""):
        target = links.get(_attribute(sheet[0], r"\w+:id"), "")
        if target.endswith(".xml"):
            yield normpath(join("/xl", target))[1:], _attribute(sheet[0], "name")


def _cells(text: bytes, styles: int) -> Iterator[tuple[str, str]]:
    """Rows and cells of a sheet that are numbered or styled in a way that nothing can be."""
    last = 0
    for tag in re.finditer(rb"<(?:\w+:)?(row|c)\b([^>]*)>", text):
        name, style = _attribute(tag[2], "r"), _attribute(tag[2], "s")
        if tag[1] == b"row":
            if name and not name.isdecimal():
                yield f", row {last + 1}", f"this row is numbered {_quoted(name)}"
            last = int(name) if name.isdecimal() else last + 1
            where = f", row {last}"
        elif name and not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*", name):
            where = f", row {last}"
            yield where, f"a cell is named {_quoted(name)}"
        else:
            where = f", cell {name}"
        if style and not (style.isdecimal() and int(style) < styles):
            yield where, f"the style {_quoted(style)} stands here, and the workbook has {styles}, counted from 0"


def _number_of_styles(text: bytes) -> int:
    found = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    return len(re.findall(rb"<(?:\w+:)?xf\b", found[0])) if found else 0


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf"""\s{name}=["']([^"']*)["']""".encode(), tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _quoted(text: str) -> str:
    return f"'{printable(text[:40])}'"
