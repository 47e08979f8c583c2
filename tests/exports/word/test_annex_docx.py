"""The annex as a Word file: the words of the grid, and what Word, LibreOffice and screen readers need of a table."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from support.command import Command
from support.letters import letter
from support.project import ROOT
from support.small import scenario as small
from support.small import timetable as placed

from exports.timetable_reading import read_timetable
from exports.word.annex import annex_bytes

CSP11 = ROOT / "tests" / "golden" / "csp11-timetable.json"
NIP = "WGETISub-working Group on exchange of national implementation practices"
CEI = "WGETISub-working Group on current and emerging implementation issues"


@pytest.fixture(scope="module")
def csp11() -> bytes:
    scenario = letter("csp11")
    return annex_bytes(scenario, read_timetable(CSP11, scenario).timetable)


def columns(data: bytes) -> list[list[str]]:
    """By column of the first table, the texts of its cells from top to bottom; what spans several rows stands once."""
    found: list[list[str]] = []
    for row in Document(io.BytesIO(data)).tables[0]._tbl.tr_lst:
        for number, cell in enumerate(row.tc_lst):
            if len(found) <= number:
                found.append([])
            if cell.vMerge != "continue":
                found[number].append("".join(text.text or "" for text in cell.iter(qn("w:t"))))
    return found


def test_the_word_annex_of_csp11_is_the_published_grid(csp11: bytes) -> None:
    time = ["Time", "10:00 \u2013 13:00", "15:00 \u2013 18:00", "SIDE EVENTS"]
    assert columns(csp11) == [
        time,
        ["Tuesday25 February", NIP, NIP, "tbc"],
        ["Wednesday26 February", CEI, CEI, "tbc"],
        ["Thursday27 February", CEI, "WGTU", "WGTU", "tbc"],
        ["Friday28 February", "WGTR", "WGTR", "tbc"],
        time,
    ]
    texts = [paragraph.text for paragraph in Document(io.BytesIO(csp11)).paragraphs if paragraph.text]
    assert texts[:3] == [
        "Annex",
        "DRAFT SCHEDULE OF CSP11 WORKING GROUP MEETINGS: 25-28 FEBRUARY 2025*",
        "Centre International de Conférences Genève (CICG)  ·  all times Geneva local time",
    ]
    assert texts[3].startswith("* The draft schedule is subject to change, as appropriate.")


def test_widths_stand_in_the_grid_and_in_every_cell(csp11: bytes) -> None:
    table = Document(io.BytesIO(csp11)).tables[0]._tbl
    grid = [int(column.get(qn("w:w"))) for column in table.tblGrid]
    assert sum(grid) <= 16838 - 2 * 851
    for row in table.tr_lst:
        assert [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst] == grid


def test_the_header_is_repeated_and_no_row_is_cut(csp11: bytes) -> None:
    rows = Document(io.BytesIO(csp11)).tables[0]._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_table_says_what_it_is_and_the_file_its_language_and_title(csp11: bytes) -> None:
    document = Document(io.BytesIO(csp11))
    properties = document.tables[0]._tbl.tblPr
    said = [properties.find(qn(name)).get(qn("w:val")) for name in ("w:tblCaption", "w:tblDescription")]
    assert said == [
        "DRAFT SCHEDULE OF CSP11 WORKING GROUP MEETINGS: 25-28 FEBRUARY 2025",
        "Days are columns, Tuesday 25 February to Friday 28 February; rows are the hours, at both sides; each cell "
        "says who meets.",
    ]
    assert document.styles["Normal"].element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert (document.core_properties.title, document.core_properties.author) == (said[0], "")
    page = document.sections[0]
    assert (page.orientation, page.page_width > page.page_height) == (1, True)


def test_two_bodies_of_a_slot_are_two_cells_beside_which_the_others_go_on(csp11: bytes) -> None:
    second = Document(io.BytesIO(csp11)).tables[0]._tbl.tr_lst[2]
    assert [cell.vMerge for cell in second.tc_lst] == ["continue", "continue", "continue", None, "continue", "continue"]


def test_equal_timetables_give_equal_bytes_and_nothing_names_a_program(csp11: bytes) -> None:
    scenario = letter("csp11")
    assert annex_bytes(scenario, read_timetable(CSP11, scenario).timetable) == csp11
    with ZipFile(io.BytesIO(csp11)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).lower()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [word for word in (b"python", b"treaty-schedule", b"sha256", b"dief-chair") if word in everything] == []


def _item(title: str, duration: str) -> dict[str, str]:
    return {"title": title, "duration": duration}


def test_agenda_items_are_bullets_and_restricted_bodies_say_so() -> None:
    items = {
        "style": "agenda",
        "label": "Items:",
        "sessions": {"one": _item("First", "2h"), "two": _item("Second", "1h")},
    }
    scenario = small({"AGENDA": items, "DIEF": {"access": ["states-parties"], "sessions": {"dief": "3h"}}})
    table = placed(scenario, {"one": "Tue 10:00", "two": "Tue 12:00", "dief": "Tue 15:00"})
    data = annex_bytes(scenario, table)
    assert columns(data)[1] == ["Tuesday25 February", "Items:FirstSecond", "DIEF(States Parties only)"]
    bullets = [
        p.text
        for p in Document(io.BytesIO(data)).tables[0].column_cells(1)[1].paragraphs
        if p.style.name == "Cell Bullet"
    ]
    assert bullets == ["First", "Second"]


HOSTILE = "<w:t>&amp;</w:t> {{ 7*7 }} =1+1 {% for %} \x07 \ufffe"


def test_hostile_texts_stand_in_it_as_texts() -> None:
    scenario = small({"A": {"label": HOSTILE, "sessions": {"a": "3h"}}})
    data = annex_bytes(scenario, placed(scenario, {"a": "Tue 10:00"}))
    assert "<w:t>&amp;</w:t> {{ 7*7 }} =1+1 {% for %}" in columns(data)[1][1]
    fields = Document(io.BytesIO(data)).element.body.iter(qn("w:instrText"), qn("w:fldSimple"))
    assert list(fields) == []


def test_without_the_extra_one_line_says_how_to_install_it(
    schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "docx" or name.startswith("exports.word")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    run: Any = schedule("export", CSP11, "--to", "docx", "-o", tmp_path)
    assert run.status == 2
    assert run.err.splitlines()[-1] == (
        'A Word file needs packages that are not installed: pip install "treaty-schedule[word]"'
    )
    assert list(tmp_path.iterdir()) == []
