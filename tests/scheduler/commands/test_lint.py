"""``schedule lint``: what it prints, its statuses, and files that nobody should have sent."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from pathlib import Path
from textwrap import wrap

import pytest
from pypdf import PdfWriter
from support.command import Command
from support.project import ROOT

LETTERS = ROOT / "tests" / "golden" / "letters"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def word(document: str, **more: bytes) -> bytes:
    """A Word file with this text part and further parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, data in more.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf(*, pages: int = 1, password: str = "") -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def printed(text: str) -> bytes:
    """A PDF of one page with these lines, broken after 90 characters."""
    lines = [piece for line in text.splitlines() for piece in wrap(line, 90) or [""]]
    shown = [re.sub(r"([()\\\\])", r"\\\1", line) for line in lines]
    drawn = "BT /F 9 Tf 40 3000 Td 12 TL " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 3100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def test_slips_are_printed_with_file_and_line_and_what_was_read_goes_to_the_other_stream(schedule: Command) -> None:
    Path("letter.txt").write_bytes((LETTERS / "csp12.txt").read_bytes())
    run = schedule("lint", "letter.txt")
    assert (run.status, run.out.splitlines()) == (
        1,
        [
            "letter.txt:18: An announcement is dated '01 December 2026', after the letter itself, which is dated "
            "'24 April 2026' (line 6).",
            "letter.txt:32: The text says 'Working Group meetings', but the title (line 16) invites to a preparatory "
            "meeting.",
        ],
    )
    assert run.err.startswith("letter.txt: 2 slips. Read: its date, ")


def test_a_letter_without_a_slip_prints_nothing_and_says_what_was_not_found(schedule: Command) -> None:
    run = schedule("lint", LETTERS / "csp11.txt")
    assert (run.status, run.out) == (0, "")
    assert run.err.endswith("Not found: daily hours.\n")


def test_json_has_each_slip_with_its_line_and_kind(schedule: Command) -> None:
    run = schedule("lint", LETTERS / "csp12.txt", "--json")
    found = json.loads(run.out)
    assert (run.status, found["format"]) == (1, "treaty-schedule/lint")
    assert [(slip["line"], slip["kind"]) for slip in found["slips"]] == [(18, "announcement"), (32, "kind")]


def test_what_this_program_writes_has_no_slip_with_or_without_its_scenario(schedule: Command) -> None:
    scenario = ROOT / "scenarios" / "csp11.yaml"
    schedule("letter", scenario, ROOT / "tests" / "golden" / "csp11-timetable.json")
    assert schedule("lint", "out/csp11.letter.docx").status == 0
    run = schedule("lint", "out/csp11.letter.docx", scenario)
    assert (run.status, run.out) == (0, "")


def test_a_letter_is_held_against_the_scenario(schedule: Command) -> None:
    text = (LETTERS / "csp11.txt").read_text("utf-8")
    Path("letter.txt").write_text(text.replace("24 January 2025", "26 January 2025"), "utf-8")
    assert schedule("lint", "letter.txt").status == 0
    run = schedule("lint", "letter.txt", ROOT / "scenarios" / "csp11.yaml")
    assert (run.status, run.out) == (
        1,
        "letter.txt:30: The date for documents is '26 January 2025', and the scenario has 24 January 2025 "
        "(meeting.milestones.documents).\n",
    )


def test_a_body_that_the_scenario_drops_is_not_to_stand_in_the_annex(schedule: Command) -> None:
    text = (LETTERS / "csp11.txt").read_text("utf-8")
    text = text.replace("remains vacant", "has been filled").replace("\tWGTU\t\t\n", "\tDIEF\t\t\n")
    Path("letter.txt").write_text(text, "utf-8")
    assert schedule("lint", "letter.txt").out == ""
    assert schedule("lint", "letter.txt", ROOT / "scenarios" / "csp11.yaml").out == (
        "letter.txt:60: The annex has 'DIEF', and the scenario drops it, for 'dief-chair' is vacant.\n"
    )


def test_deadlines_in_the_order_of_the_scenario_are_meant(schedule: Command) -> None:
    text = (LETTERS / "csp12.txt").read_text("utf-8").replace("13 May", "22 May").replace("by 22 May", "by 13 May", 1)
    Path("letter.txt").write_text(text, "utf-8")
    scenario = (ROOT / "scenarios" / "csp12.yaml").read_text("utf-8")
    scenario = scenario.replace("2026-05-13", "2026-05-31").replace("2026-05-22", "2026-05-13")
    Path("csp12.yaml").write_text(scenario.replace("2026-05-31", "2026-05-22"), "utf-8")
    assert "working papers usually come first" in schedule("lint", "letter.txt").out
    assert "working papers usually come first" not in schedule("lint", "letter.txt", "csp12.yaml").out


def test_a_pdf_has_the_same_slips(schedule: Command) -> None:
    text = (LETTERS / "csp12.txt").read_text("utf-8").expandtabs(2)
    Path("letter.pdf").write_bytes(printed(text.encode("ascii", "replace").decode()))
    run = schedule("lint", "letter.pdf")
    assert [line.split(": ", 1)[1][:24] for line in run.out.splitlines()] == [
        "An announcement is dated",
        "The text says 'Working G",
    ]


def test_the_example_of_the_page_is_what_is_printed(schedule: Command) -> None:
    Path("letter.txt").write_bytes((LETTERS / "csp12.txt").read_bytes())
    run = schedule("lint", "letter.txt")
    assert f"$ schedule lint letter.txt\n{run.out}{run.err}```" in (ROOT / "docs" / "lint.md").read_text("utf-8")


def test_standard_input_is_read(schedule: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((LETTERS / "csp12.txt").read_bytes())))
    run = schedule("lint", "-")
    assert (run.status, run.out.splitlines()[0][:12]) == (1, "<stdin>:18: ")


def test_controls_in_a_letter_do_not_reach_the_terminal(schedule: Command) -> None:
    Path("letter\x1b[2J.txt").write_text(
        "24 April 2026\n\nOn 1 \u202eMay 2026 I issued the \x1b]0;x\x07announcement of 31\x9b June 2026.\n", "utf-8"
    )
    run = schedule("lint", "letter\x1b[2J.txt")
    assert run.status == 1
    assert all(character.isprintable() or character == "\n" for character in run.out + run.err)


def test_insertions_count_and_deletions_do_not(schedule: Command) -> None:
    runs = (
        "<w:p><w:r><w:t>24 April 2026</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>My announcement of </w:t></w:r><w:del><w:r><w:delText>1 December 2025</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>1 December 2026.</w:t></w:r></w:ins></w:p>"
    )
    Path("letter.docx").write_bytes(word(f"<w:document {W}><w:body>{runs}</w:body></w:document>"))
    run = schedule("lint", "letter.docx")
    assert run.out.startswith("letter.docx:2: An announcement is dated '1 December 2026'")


UNREADABLE = {
    "nothing.txt": (b"", "there is no text in it"),
    "latin.txt": ("Genève".encode("latin-1"), "byte 4 of the file (0xE8) is not UTF-8: save the file as UTF-8"),
    "utf16.txt": ("24 April".encode("utf-16"), "this text is in UTF-16: save it as UTF-8"),
    "nul.txt": (b"a\0b", "byte 2 of the file is NUL, so this is no text file: a letter is a Word file, a PDF or text"),
    "long.txt": (b"word " * 100_000, "this text has more than 400,000 characters: no letter needs that"),
    "lines.txt": (b"w\n" * 30_000, "this text has more than 20,000 lines: no letter needs that"),
    "old.doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "this is a file in the old format .doc, or one with a password: save it as .docx without one",
    ),
    "rich.rtf": (b"{\\rtf1}", "this is a text in RTF: save the letter as .docx"),
    "junk.docx": (b"PK\x03\x04junk", "this is no Word file (.docx), or a damaged one: save it again as .docx"),
    "bomb.docx": (word(" " * 30_000_000), "its text unpacks to more than 20 MB: no letter needs that"),
    "macro.docm": (
        word(f"<w:document {W}/>", **{"word/vbaProject.bin": b"x"}),
        "this file holds macros, which no letter needs: save it as .docx",
    ),
    "entity.docx": (word('<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "this file defines entities, which no Word file does"),
    "cut.docx": (word("<w:document>"), "the text of this Word file is damaged: save it again as .docx"),
    "bare.docx": (word(f"<w:document {W}/>"), "this Word file has no text"),
    "junk.pdf": (b"%PDF-1.4 junk", "this PDF is damaged: save it again"),
    "picture.pdf": (pdf(), "this PDF has no text, only pictures of it: save it from the program that wrote it"),
    "locked.pdf": (pdf(password="secret"), "this PDF has a password: save it without one"),
    "book.pdf": (pdf(pages=61), "this PDF has more than 60 pages: no letter needs that"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_sentence(name: str, schedule: Command) -> None:
    data, sentence = UNREADABLE[name]
    Path(name).write_bytes(data)
    run = schedule("lint", name)
    assert (run.status, run.out, run.err) == (2, "", f"{name}: {sentence}\n")


def test_parts_other_than_the_text_are_never_unpacked(schedule: Command) -> None:
    text = f"<w:document {W}><w:body><w:p><w:r><w:t>24 April 2026</w:t></w:r></w:p></w:body></w:document>"
    Path("letter.docx").write_bytes(word(text, **{"word/media/zeros.png": bytes(80_000_000)}))
    assert schedule("lint", "letter.docx").status == 0


def test_a_missing_file_and_a_folder_are_named(schedule: Command) -> None:
    assert schedule("lint", "none.txt").err == "none.txt: there is no such file\n"
    assert schedule("lint", ".").err == ".: this is a folder: a file is expected\n"


def test_a_pdf_without_the_extra_names_the_line_that_installs_it(
    schedule: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.delitem(sys.modules, "scheduler.linting.pdf", raising=False)
    Path("letter.pdf").write_bytes(pdf())
    run = schedule("lint", "letter.pdf")
    assert run.status == 2
    assert run.err == 'A PDF needs packages that are not installed: pip install "treaty-schedule[lint]"\n'


def test_text_needs_no_extra(schedule: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pypdf", "docx", "docxtpl"):
        monkeypatch.setitem(sys.modules, name, None)
    assert schedule("lint", LETTERS / "csp8.txt").status == 0
