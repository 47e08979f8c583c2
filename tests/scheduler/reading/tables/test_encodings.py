"""Tables in the encodings that spreadsheets write are read, and told; what may be something else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Command

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.files import as_utf8
from scheduler.reading.tables.files import read_table

SCENARIO = """\
name: small
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [2027-02-23]}
bodies: [{id: A, label: Négociation, sessions: [{id: a, duration: 3h}]}, {id: B, sessions: [{id: b, duration: 3h}]}]
"""
PLAN = "day;half-day;body\r\nTuesday;am;Négociation\r\nTuesday;pm;B\r\n"


@pytest.mark.parametrize(
    ("name", "data", "encoding"),
    [
        ("plan.csv", PLAN.encode("cp1252"), "Windows-1252"),
        ("plan.csv", f"sep=;\r\n{PLAN}".encode("cp1252"), "Windows-1252"),
        ("plan.csv", PLAN.encode("utf-16"), "UTF-16"),
        ("plan.csv", b"\xfe\xff" + PLAN.encode("utf-16-be"), "UTF-16"),
        ("plan.txt", PLAN.replace(";", "\t").encode("utf-16"), "UTF-16"),  # "Unicode text" of a spreadsheet
        ("plan.csv", PLAN.encode("utf-16-le"), "UTF-16"),
        ("plan.csv", PLAN.encode(), ""),
        ("plan.csv", PLAN.encode("utf-8-sig"), ""),
    ],
)
def test_a_timetable_is_read_and_its_encoding_told(
    name: str, data: bytes, encoding: str, tmp_path: Path, schedule: Command
) -> None:
    (tmp_path / "small.yaml").write_text(SCENARIO, "utf-8")
    (tmp_path / name).write_bytes(data)
    run = schedule("check", tmp_path / "small.yaml", tmp_path / name)
    assert run.status == 0
    told = [line for line in run.err.splitlines() if "UTF-8" in line]
    assert [f"{name}: this text is no UTF-8, and read as {encoding}" in line for line in told] == [True] * bool(
        encoding
    )


def test_a_table_of_sessions_is_read_and_its_encoding_told(tmp_path: Path, schedule: Command) -> None:
    head = SCENARIO.partition("bodies:")[0]
    (tmp_path / "small.yaml").write_text(head + "bodies: [{id: A}]\nsessions: {from: talks.csv}\n", "utf-8")
    (tmp_path / "talks.csv").write_bytes("id;body;title;duration\na;A;Négociation;3h\n".encode("cp1252"))
    run = schedule("validate", tmp_path / "small.yaml")
    assert run.status == 0
    assert "talks.csv: warning: this text is no UTF-8, and read as Windows-1252" in run.out + run.err
    (tmp_path / "past.csv").write_bytes("series;body;session;actual\nx;é;a;3h\n".encode("cp1252"))
    run = schedule("fit", tmp_path / "past.csv")
    assert run.status == 0
    assert "past.csv: warning: this text is no UTF-8, and read as Windows-1252" in run.err


def test_the_line_for_the_sign_counts_as_a_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("sep=;\nid;body\na,b;A\n", "utf-8")
    table = read_table(str(tmp_path / "t.csv"))
    assert [cell.text for cell in table.header] == ["id", "body"]
    assert [(cell.text, cell.span.line) for cell in table.rows[0]] == [("a,b", 3), ("A", 3)]


@pytest.mark.parametrize(
    "data",
    [
        "Négociation".encode() + b"\xe9",  # partly UTF-8
        "Рабочая группа".encode("cp1251"),
        "Ομάδα εργασίας".encode("cp1253"),
        "Réunion".encode("cp850"),
        "Réunion".encode("mac-roman"),
        "für".encode("cp437"),
        b"na\0me",
        "é".encode("utf-32"),
        b"\xff\xfea",  # half a character
    ],
)
def test_what_may_be_something_else_is_refused(data: bytes, tmp_path: Path) -> None:
    assert as_utf8(data) == (data, "")
    (tmp_path / "t.csv").write_bytes(b"" if data[:1] == b"\xff" else data + b",x")
    with pytest.raises(ScenarioError):
        read_table(str(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    "text", ["Ä Öl für Größe", "créée à l'œuvre", "España — niño", "50 €: “so”", "Žižek and Škoda"]
)
def test_western_text_is_read_as_it_was(text: str) -> None:
    assert as_utf8(text.encode("cp1252")) == (text.encode(), "Windows-1252")
