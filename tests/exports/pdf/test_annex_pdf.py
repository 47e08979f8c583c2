"""The annex as a PDF: tagged, the same in the same bytes, and never with a letter that no font has."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pytest
from pypdf import PdfReader
from support.letters import document, from_data, letter
from support.small import scenario as small
from support.small import timetable

from exports.pdf import fonts
from exports.pdf.annex import annex_bytes
from scheduler.errors import OutputError
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
HOSTILE = '#panic("read") $x$ *bold* _em_ @ref <label> \\ "; #import "x"'


def written(of: Scenario) -> bytes:
    held = solve(of, Settings(workers=1)).timetable
    assert held is not None
    return annex_bytes(of, held, fonts=FONTS)


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def test_the_annex_is_one_tagged_page_with_title_and_language() -> None:
    data = written(letter("csp10"))
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert float(reader.pages[0].mediabox.width) > float(reader.pages[0].mediabox.height)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "DRAFT SCHEDULE OF CSP10 WORKING GROUP MEETINGS: 20-23 FEBRUARY 2024"
    assert b"pdfuaid" in data
    said = words(data)
    assert "Sub-working Group on exchange of national implementation practices" in said
    assert "(States Parties and signatory States only)" in said
    assert said.endswith("CSP10 Working Group Meetings Page 1 of 1")


def test_the_same_in_the_same_bytes() -> None:
    assert written(letter("csp10")) == written(letter("csp10"))


def test_what_a_text_says_is_never_read_as_markup() -> None:
    data = document("csp10")
    data["meeting"]["venue"] = data["meeting"]["series"] = HOSTILE
    data["bodies"][0]["label"] = HOSTILE
    said = words(written(from_data(data)))
    assert said.count('#panic("read") $x$ *bold* _em_ @ref <label> \\ "; #import "x"') >= 3


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            "\u4e2d\u6587",
            "has the letters U+4E2D and U+6587 (CJK): install fonts-noto-cjk (Debian and Ubuntu), or name --fonts",
        ),
        ("\u0f00", "has the letters U+0F00 (Tibetan): install fonts-noto-core (Debian and Ubuntu), or name --fonts"),
    ],
)
def test_a_letter_without_a_font_is_an_error_that_names_the_package(
    text: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = small({"A": {"sessions": {"a": "3h"}, "label": text}})
    held = timetable(of, {"a": "Tue 10:00"})
    with pytest.raises(OutputError) as refused:
        annex_bytes(of, held, fonts=FONTS)
    assert refused.value.message.endswith(": put one there")
    there = fonts._there(FONTS)
    monkeypatch.setattr(fonts, "_there", lambda _: there)
    with pytest.raises(OutputError) as refused:
        annex_bytes(of, held)
    assert refused.value.message == f"a PDF cannot be written: no font of this system {where}"


def test_a_programme_of_many_rooms_has_a_table_for_each_day() -> None:
    rooms = [{"id": name, "name": f"Room {name.upper()}"} for name in "abcd"]
    of = small({name.upper(): {name: "3h"} for name in "klmn"}, days=["2025-02-25"], rooms=rooms)
    held = timetable(of, {k: f"Tue 10:00 {r}" for k, r in zip("klmn", "abcd", strict=True)})
    said = words(annex_bytes(of, held, fonts=FONTS))
    assert "Tuesday 25 February" in said
    assert "Time Room A Room B Room C Room D" in said
