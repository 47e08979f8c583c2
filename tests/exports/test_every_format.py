"""Every format of a timetable has its place in the help and in ``docs/annex.md``, and its reader here."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import matplotlib
import pytest
from defusedxml import ElementTree
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from support.command import Command
from support.pages import Page
from support.project import ROOT

from exports.writing import FORMATS

FORMULA = "=1+1"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
"""There wherever the tests run."""
SCENARIO = {
    "name": "trial",
    "meeting": {"series": "Trial", "annex_title": FORMULA},
    "calendar": {"slots": ["10:00-13:00"], "days": ["2027-03-02"]},
    "bodies": [{"id": "A", "label": FORMULA, "sessions": [{"id": "a", "title": FORMULA, "duration": "3h"}]}],
}


def _workbook(data: bytes) -> Iterator[str]:
    """The texts of all cells; a formula is marked as one."""
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            yield from (f"formula {cell.value}" if cell.data_type == "f" else str(cell.value) for cell in row)


def _docx(data: bytes) -> Iterator[str]:
    """The texts of a Word file, which has no formulas but fields: only page numbers."""
    document = Document(io.BytesIO(data))
    for element in document.element.body.iter(qn("w:t"), qn("w:instrText"), qn("w:fldSimple")):
        yield element.text if element.tag == qn("w:t") else "formula"


def _pdf(data: bytes) -> Iterator[str]:
    """The texts of a PDF, which calculates nothing."""
    yield from (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _html(data: bytes) -> Iterator[str]:
    """The texts of a page, which calculates nothing."""
    yield from (text for _, text in Page(data.decode()).inside)


def _ics(data: bytes) -> Iterator[str]:
    """The texts of a calendar, which calculates nothing."""
    yield from (line.partition(":")[2] for line in data.decode().splitlines() if line.startswith("SUMMARY"))


def _csv(data: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield from (f"formula {text}" if text.startswith("=") else text for text in row)


def _frab(data: bytes) -> Iterator[str]:
    """The texts of an XML file, which calculates nothing."""
    yield from (element.text or "" for element in ElementTree.fromstring(data).iter())


def _pretalx(data: bytes) -> Iterator[str]:
    """No program takes a text of it for a formula."""
    for day in json.loads(data)["schedule"]["conference"]["days"]:
        yield from (event["title"] for events in day["rooms"].values() for event in events)


def _json(data: bytes) -> Iterator[str]:
    """No program takes a text of it for a formula."""
    yield from (session["id"] for session in json.loads(data)["sessions"])


TEXTS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "xlsx": _workbook,
    "services": _workbook,
    "working": _workbook,
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "ics": _ics,
    "csv": _csv,
    "frab": _frab,
    "pretalx": _pretalx,
    "indico": _csv,
    "odoo": _csv,
    "cosplib": _workbook,
    "json": _json,
}
"""The texts in a file of each format."""


def test_every_format_has_a_reader_here() -> None:
    assert list(TEXTS) == list(FORMATS)


def test_the_help_has_a_line_for_every_format(schedule: Command) -> None:
    said = schedule("export", "--help").out
    assert sorted(re.findall(r"^ +(\w+) {2,}(?=\w)", said.split("Example:")[0], re.MULTILINE)) == sorted(
        [*FORMATS, "all"]
    )


def test_the_page_of_the_annex_has_a_line_for_every_format() -> None:
    page = (ROOT / "docs" / "annex.md").read_text("utf-8")
    assert [name for name in FORMATS if f"\n| `NAME.{FORMATS[name].ending}` |" not in page] == []


@pytest.fixture
def stored(schedule: Command, tmp_path: Path) -> Path:
    (tmp_path / "trial.yaml").write_text(json.dumps(SCENARIO), "utf-8")
    assert schedule("solve", tmp_path / "trial.yaml", "-o", tmp_path / "out").status == 0
    return tmp_path / "out" / "trial.json"


def test_every_format_is_written_alike_twice_and_holds_no_formula(
    stored: Path, schedule: Command, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        assert (
            schedule("export", stored, "--to", ",".join(FORMATS), "-o", tmp_path / folder, "--fonts", FONTS).status == 0
        )
    for name in FORMATS:
        file = f"trial.{FORMATS[name].ending}"
        data = (tmp_path / "one" / file).read_bytes()
        texts = list(TEXTS[name](data))
        assert data == (tmp_path / "two" / file).read_bytes(), name
        assert [text for text in texts if text.startswith("formula")] == [], name
        assert any(text == "a" or FORMULA in text for text in texts), name


def test_all_is_every_format(stored: Path, schedule: Command, tmp_path: Path) -> None:
    assert schedule("export", stored, "--to", "all", "-o", tmp_path / "all", "--fonts", FONTS).status == 0
    written = {path.name for path in (tmp_path / "all").iterdir() if not path.name.startswith(".")}
    assert written == {f"trial.{how.ending}" for how in FORMATS.values()}


OVER_LUNCH = """\
name: over
meeting: {series: Over lunch, annex_title: OVER LUNCH}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [2027-02-23]}
bodies: [{id: A, sessions: [{id: a, duration: 4h}]}]
"""


def test_all_leaves_out_what_cannot_hold_the_timetable_and_says_so(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "over.yaml").write_text(OVER_LUNCH, "utf-8")
    assert schedule("solve", tmp_path / "over.yaml", "-o", tmp_path).status == 0
    run = schedule("export", tmp_path / "over.json", "--to", "all", "-o", tmp_path / "all", "--fonts", FONTS)
    assert run.status == 0
    assert "cosplib is left out: the CoSPLib layout cannot hold this timetable: 'a' runs over several" in run.err
    assert (tmp_path / "all" / "over.csv").exists()


def test_all_leaves_out_what_is_not_installed_and_says_so(
    stored: Path, schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "docx" or name.startswith("exports.word")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    run = schedule("export", stored, "--to", "all", "-o", tmp_path / "all", "--fonts", FONTS)
    assert run.status == 0
    assert (
        'docx is left out: A Word file needs packages that are not installed: pip install "treaty-schedule[word]"'
        in run.err
    )
    assert not (tmp_path / "all" / "trial.docx").exists()
    assert (tmp_path / "all" / "trial.csv").exists()
