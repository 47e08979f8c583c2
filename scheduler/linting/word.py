"""The text of a Word file, read from its one part that holds the text: nothing else of the file is opened.

Insertions that are still marked count as text, deletions do not. No field is calculated, no macro is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from scheduler.linting.text import Line, NotReadError, Text, tidy
from scheduler.reading.recognising import ZIP_ERRORS

MOST_PARTS = 5_000
MOST_BYTES_OF_TEXT = 20_000_000
"""Of the part that holds the text, unpacked."""
MOST_COLUMNS = 100
_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "tblPr", "sectPr", "tcPr", "trPr"})
"""What holds no text that is printed."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "p": "\n"}


def text_of_word(data: bytes) -> Text:
    """The paragraphs of a Word file, and the rows of its tables.

    Raises:
        NotReadError: it is no Word file, is damaged, too large, or holds macros.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            part = _document(archive)
    except ZIP_ERRORS:
        raise NotReadError("this is no Word file (.docx), or a damaged one: save it again as .docx") from None
    try:
        root = fromstring(part)
    except ParseError:
        raise NotReadError("the text of this Word file is damaged: save it again as .docx") from None
    except DefusedXmlException:
        raise NotReadError("this file defines entities, which no Word file does") from None
    body = next((each for each in root if _local(each) == "body"), None)
    if body is None:
        raise NotReadError("this Word file has no text")
    reader = _Reader()
    reader.read(body)
    return Text(tuple(reader.lines), whole=True)


def _document(archive: ZipFile) -> bytes:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_PARTS:
        raise NotReadError(f"this file has more than {MOST_PARTS:,} parts: no letter needs that")
    if any(name.lower().rpartition("/")[2].startswith("vbaproject") for name in names):
        raise NotReadError("this file holds macros, which no letter needs: save it as .docx")
    if names.count(_DOCUMENT) != 1:
        raise NotReadError("this is no Word file (.docx): save the letter as .docx")
    with archive.open(_DOCUMENT) as stream:
        part = stream.read(MOST_BYTES_OF_TEXT + 1)
    if len(part) > MOST_BYTES_OF_TEXT:
        raise NotReadError(f"its text unpacks to more than {MOST_BYTES_OF_TEXT // 10**6} MB: no letter needs that")
    return part


@dataclass(slots=True)
class _Reader:
    lines: list[Line] = field(default_factory=list)
    tables: int = 0
    number: int = 0

    def read(self, body: Element) -> None:
        """Paragraphs and tables in their order, however they are wrapped."""
        waiting = [iter(body)]
        while waiting:
            element = next(waiting[-1], None)
            if element is None:
                waiting.pop()
            elif (kind := _local(element)) == "p":
                self._add("".join(_said(element)), heading=_is_heading(element))
            elif kind == "tbl":
                self._table(element)
            elif kind not in _SKIPPED:
                waiting.append(iter(element))

    def _add(self, text: str, cells: tuple[str, ...] | None = None, *, heading: bool = False) -> None:
        if tidy(text):
            self.number += 1
            self.lines.append(Line(self.number, tidy(text), cells, self.tables if cells else 0, heading))

    def _table(self, table: Element) -> None:
        self.tables += 1
        above: list[str] = []
        for row in _rows(table):
            cells = list(_cells(row, above))[:MOST_COLUMNS]
            self._add(" ".join(cells), tuple(cells))
            above = cells


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables within its cells."""
    for child in table:
        if _local(child) == "tr":
            yield child
        elif _local(child) == "sdt":
            yield from (each for part in child for each in part if _local(each) == "tr")


def _cells(row: Element, above: list[str]) -> Iterator[str]:
    """The texts of a row; a cell over several columns in each, one over several rows in each row."""
    at = 0
    for cell in (each for each in row if _local(each) in ("tc", "sdt")):
        text = "\n".join(line for line in map(tidy, "".join(_said(cell)).split("\n")) if line)
        properties = next((each for each in cell if _local(each) == "tcPr"), None)
        wide, continued = 1, False
        for each in properties if properties is not None else ():
            if _local(each) == "gridSpan" and (value := _value(each)).isdecimal():
                wide = min(max(int(value[:4]), 1), MOST_COLUMNS)
            continued = continued or (_local(each) == "vMerge" and _value(each) in ("", "continue"))
        for _ in range(wide):
            yield above[at] if continued and at < len(above) else text
            at += 1


def _said(element: Element) -> Iterator[str]:
    """The texts within an element in their order, with line ends between paragraphs."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        yield _BREAKS.get(kind, "")
        if kind not in _SKIPPED:
            waiting.append(iter(child))


def _is_heading(paragraph: Element) -> bool:
    styles = (each for each in paragraph.iter() if _local(each) == "pStyle")
    return any(_value(each).lower().startswith(("heading", "title")) for each in styles)


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _local(element: Element) -> str:
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
