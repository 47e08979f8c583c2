"""The annex can be sent as it is: what only the planner may know stands in the working workbook, and nowhere else."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.command import Command

from exports.table import full_name
from scheduler.domain.programme import Body

INSIDE = {
    "name": "machine-word",
    "option": "optionword",
    "meeting": {"series": "Spring Talks", "annex_title": "SCHEDULE OF THE SPRING TALKS", "source": "meetingsource"},
    "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2027-03-02", "2027-03-03"]},
    "rooms": [{"id": "roomword", "name": "Room Nine"}],
    "officers": [
        {"id": "officerword", "post": "Postword", "name": "Amb. Nameword", "absent": ["2027-03-03"], "source": "away"}
    ],
    "bodies": [
        {
            "id": "GE",
            "name": "Group of Experts",
            "officers": ["officerword"],
            "source": "bodysource",
            "sessions": [
                {
                    "id": "sessionword",
                    "title": "Thresholds",
                    "duration": "3h",
                    "presenters": ["Dr Presenterword"],
                    "source": "sessionsource",
                }
            ],
        },
        {"id": "BUREAU", "access": ["states-parties"], "sessions": [{"id": "bureauword", "duration": "3h"}]},
        {"id": "PL", "name": "Plenary (PL)", "sessions": [{"id": "plenaryword", "duration": "3h"}]},
    ],
    "rules": [
        {"id": "ruleword", "rule": "order", "of": ["GE", "PL"], "source": "rulesource"},
        {"id": "wishword", "rule": "few_days", "at_most": 1, "weight": 7, "cost_to_waive": 20},
        {"id": "lateword", "rule": "latest_hour", "of": ["PL"], "hour": "12:00", "weight": 11},
    ],
    "side_events": [{"day": "2027-03-02", "title": "Reception", "hours": "18:15-19:30", "source": "sidesource"}],
}
SECRET = re.findall(
    "[^ ]+",
    "machine-word optionword meetingsource officerword Postword Nameword bodysource sessionword sessionsource "
    "Presenterword bureauword plenaryword ruleword rulesource wishword lateword sidesource treaty-schedule openpyxl "
    "generated scenario sha256 few_days latest_hour roomword",
)


@pytest.fixture
def written(schedule: Command, tmp_path: Path) -> Path:
    (tmp_path / "inside.yaml").write_text(json.dumps(INSIDE), "utf-8")
    assert schedule("solve", tmp_path / "inside.yaml", "-o", tmp_path / "out").status == 0
    return tmp_path / "out"


def parts(path: Path) -> str:
    """Everything that the file holds, as text."""
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode("utf-8") for name in packed.namelist())


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_list_has_the_names_that_the_meeting_asks_for(tmp_path: Path, schedule: Command) -> None:
    data = INSIDE | {"meeting": INSIDE["meeting"] | {"names_in_list": ["attendees", "presenters"]}}  # type: ignore[operator]
    (tmp_path / "named.yaml").write_text(json.dumps(data), "utf-8")
    assert schedule("solve", tmp_path / "named.yaml", "-o", tmp_path).status == 0
    rows = list(openpyxl.load_workbook(tmp_path / "machine-word.xlsx")["Sessions"].iter_rows(values_only=True))
    assert rows[0][-3:] == ("Room", "Presenters", "Attendees")
    assert {row[-2] for row in rows[1:]} == {"Dr Presenterword", None}
    assert schedule("check", tmp_path / "named.yaml", tmp_path / "machine-word.xlsx").status == 0


def test_no_word_that_is_internal_goes_out(written: Path) -> None:
    inside, outside = parts(written / "machine-word.working.xlsx"), parts(written / "machine-word.xlsx")
    digest = json.loads((written / "machine-word.json").read_bytes())["scenario"]["sha256"]
    assert [word for word in (*SECRET, digest) if word.casefold() in outside.casefold()] == []
    gone = {
        "machine-word",
        "ruleword",
        "rulesource",
        "Nameword",
        "Presenterword",
        "sessionsource",
        "sessionword",
        digest,
    }
    assert {word for word in gone if word not in inside} == set()


def test_the_annex_has_two_sheets_and_nothing_hidden(written: Path) -> None:
    book = openpyxl.load_workbook(written / "machine-word.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("Annex", "visible"), ("Sessions", "visible")]
    assert list(book.defined_names) == []
    assert [cell.comment for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment] == []
    assert (book.properties.creator, book.properties.title) == (None, "SCHEDULE OF THE SPRING TALKS")
    assert [sheet.oddFooter.left.text for sheet in book] == ["Spring Talks", "Spring Talks"]


def test_the_list_that_goes_out_has_full_names_and_says_nothing_twice(written: Path) -> None:
    rows = table(written / "machine-word.xlsx", "Sessions")
    assert list(rows[0]) == ["Date", "Weekday", "Start", "End", "Body", "Title", "Access", "Room"]
    assert {(row["Body"], row["Title"], row["Access"], row["Room"]) for row in rows} == {
        ("Group of Experts (GE)", "Thresholds", "all", "Room Nine"),
        ("BUREAU", None, "States Parties", "Room Nine"),
        ("Plenary (PL)", None, "all", "Room Nine"),
    }


def test_the_working_papers_name_who_must_be_there_and_where_it_comes_from(written: Path) -> None:
    book = openpyxl.load_workbook(written / "machine-word.working.xlsx")
    assert book.sheetnames == ["Sessions", "Rules", "About"]
    (row,) = [
        row for row in table(written / "machine-word.working.xlsx", "Sessions") if row["Session"] == "sessionword"
    ]
    assert (row["Officers"], row["Presenters"]) == ("Amb. Nameword, Postword", "Dr Presenterword")
    assert (row["Minutes"], row["Source"]) == (180, "sessionsource")


def test_annex_and_working_papers_alike_are_not_written_over_what_somebody_edited(
    written: Path, schedule: Command
) -> None:
    for name in ("machine-word.xlsx", "machine-word.working.xlsx"):
        (written / name).write_bytes(b"edited")
    run = schedule("solve", written.parent / "inside.yaml", "-o", written)
    assert run.status == 0
    for name in ("machine-word", "machine-word.working"):
        assert (written / f"{name}.xlsx").read_bytes() == b"edited"
        assert (written / f"{name} (2).xlsx").exists()


def test_export_gives_the_same_bytes_of_both(written: Path, schedule: Command, tmp_path: Path) -> None:
    run = schedule("export", written / "machine-word.json", "--to", "xlsx,working", "-o", tmp_path / "again")
    assert run.status == 0
    for name in ("machine-word.xlsx", "machine-word.working.xlsx"):
        assert (tmp_path / "again" / name).read_bytes() == (written / name).read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "working.xlsx"])
def test_compare_reads_the_annex_and_the_working_papers(ending: str, written: Path, schedule: Command) -> None:
    run = schedule("compare", written / "machine-word.json", written / f"machine-word.{ending}", "--json")
    assert run.status == 0
    assert json.loads(run.out)["changes"] == {"B": []}


@pytest.mark.parametrize(
    ("name", "label", "said"),
    [
        (None, None, "WG"),
        ("Working Group on Examples", None, "Working Group on Examples (WG)"),
        ("Working Group (WG)", None, "Working Group (WG)"),
        ("Preparatory arrangements", "Preparatory arrangements:", "Preparatory arrangements"),
        ("Preparatory Meeting", "1st Preparatory Meeting", "1st Preparatory Meeting"),
        ("Information Exchange Forum", "FORUM", "Information Exchange Forum"),
        ("Adoption of the Report", "REP", "Adoption of the Report (REP)"),
    ],
)
def test_the_full_name_of_a_body(name: str | None, label: str | None, said: str) -> None:
    assert full_name(Body(id="WG", name=name, label=label)) == said
