"""Sessions and preferences from tables: the same scenario as written out, and every mistake shown in its table."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from support.table_scenarios import FROM_ONE, HEAD, TALKS, WRITTEN_OUT, refusal, sheet, written

from scheduler.domain.programme import Session
from scheduler.reading.loading import load
from scheduler.reading.tables.absences import TIMES
from scheduler.reading.tables.columns import COLUMNS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- sessions ------------------------------------------------------------------------------------------------------


def other_delimiter(text: str, delimiter: str) -> str:
    found = io.StringIO(newline="")
    csv.writer(found, delimiter=delimiter, lineterminator="\r\n").writerows(csv.reader(text.splitlines()))
    return found.getvalue()


@pytest.mark.parametrize(
    "table",
    [TALKS, "\ufeff" + TALKS, TALKS.replace("\n", "\r\n"), other_delimiter(TALKS, ";"), other_delimiter(TALKS, "\t")],
    ids=["commas", "with its mark", "CRLF", "semicolons", "tabs"],
)
def test_a_table_of_sessions_is_the_same_as_writing_them_out(folder: Path, table: str) -> None:
    assert written(folder, FROM_ONE, table).scenario == written(folder, WRITTEN_OUT).scenario


def test_a_body_has_a_table_of_its_own_without_that_column(folder: Path) -> None:
    (folder / "two.csv").write_text("id,duration\nc,1h\n")
    text = HEAD + "bodies:\n  - {id: ONE}\n  - {id: TWO, sessions: {from: two.csv}}\nsessions: {from: talks.csv}\n"
    scenario = written(folder, text, "body,id,duration\nONE,a,1h\nTWO,d,1h\n").scenario
    assert {body.id: [session.id for session in body.sessions] for body in scenario.bodies} == {
        "ONE": ["a"],
        "TWO": ["c", "d"],
    }


def test_a_workbook_is_read_as_it_is_shown(folder: Path) -> None:
    rows = [[cell or None for cell in row] for row in csv.reader(TALKS.splitlines())]
    rows[-1][rows[0].index("attendance")] = 20  # type: ignore[call-overload]
    rows[-1][1] = None
    sheet(folder, rows, "talks", "other")
    plain = WRITTEN_OUT.replace('title: "=1+1", ', "")
    text = FROM_ONE.replace("talks.csv", "talks.xlsx, sheet: talks")
    assert written(folder, text).scenario == written(folder, plain).scenario


def test_every_field_of_a_session_is_a_column() -> None:
    assert sorted(COLUMNS) == sorted([*Session.model_fields, *TIMES])


def test_the_document_holds_every_session_and_table(folder: Path) -> None:
    text = FROM_ONE + "rules: [{rule: preferences, bodies_by_room: {from: rooms.csv}}]\n"
    (folder / "rooms.csv").write_text("body,plenary,annexe\nONE,,3\nTWO,0,4\n")
    document = written(folder, text, TALKS).scenario.document
    assert "sessions" not in document
    assert [[s["id"] for s in body["sessions"]] for body in document["bodies"]] == [["a", "b"], ["c"]]
    assert document["rules"][0]["bodies_by_room"] == {"ONE": {"annexe": 3}, "TWO": {"annexe": 4}}


def test_every_mistake_is_shown_in_the_table_at_once(folder: Path) -> None:
    table = (
        "id,title,duration,body,rooms\n"
        'a,"First, of all",7:30,ONE,plenary;anexe\n'
        "b,,1h,OEN,\n"
        "c,,1h,,\n"
        "a,x,1h,ONE\n"
        ",x,1h,ONE,,y\n"
        "d,,,TWO,\n"
    )
    assert refusal(folder, FROM_ONE + "rules: [{rule: order, of: [ONE, TOW]}]\n", table) == [
        "scenario.yaml:10:33: rules[0].of[1]: there is no body or session 'TOW' in this scenario (did you mean 'TWO'?)",
        "talks.csv:2:19: duration: '7:30' is a time of day, not a length: write 7h30",
        "talks.csv:2:36: rooms: there is no room 'anexe' in this scenario (did you mean 'annexe'?)",
        "talks.csv:3:7: body: there is no body 'OEN' in this scenario (did you mean 'ONE'?)",
        "talks.csv:4:7: body: nothing stands here: write the id of the body whose session this is",
        "talks.csv:5:1: id: the id 'a' is taken on line 2: choose another",
        "talks.csv:5:8: : this row ends after 4 of 5 cells: write the separators of empty ones too",
        "talks.csv:6:1: : 'id' is missing here",
        "talks.csv:6:12: : this row has 6 cells, the header 5: put a text that contains ',' in quotes",
        "talks.csv:7:1: : 'duration' is missing here",
    ]


def test_an_id_taken_in_another_file_is_named_with_it(folder: Path) -> None:
    text = HEAD + "bodies:\n  - {id: ONE, sessions: [{id: a, duration: 1h}]}\nsessions: {from: talks.csv}\n"
    assert refusal(folder, text, "id,duration,body\na,1h,ONE\n") == [
        "talks.csv:2:1: id: the id 'a' is taken on line 9 of scenario.yaml: choose another"
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("id,duraton,body", "talks.csv:1:4: : unknown column 'duraton' (did you mean 'duration'?)"),
        ("id,body", "talks.csv:1:1: : the column 'duration' is missing"),
        ("id,duration,body,id", "talks.csv:1:18: : the column 'id' is there twice"),
        ("id,duration,,body", "talks.csv:1:13: : this column has no name: the first row names every column"),
    ],
)
def test_a_wrong_header_is_shown(folder: Path, header: str, expected: str) -> None:
    row = ",".join("x" * (header.count(",") + 1))
    assert expected in refusal(folder, FROM_ONE, f"{header}\n{row}\n")


def test_a_table_of_one_body_needs_no_column_for_it(folder: Path) -> None:
    text = HEAD + "bodies: [{id: ONE, sessions: {from: talks.csv}}]\n"
    assert refusal(folder, text, "id,duration,body\na,1h,ONE\n") == [
        "talks.csv:1:13: : the body is the one that this table stands in: delete the column"
    ]


def test_a_mistake_in_a_workbook_names_sheet_and_cell(folder: Path) -> None:
    rows = [["id", "duration", "body", "title"], ["a", 90, "ONE", "A\ntalk"], ["b", "1h", "OEN"], ["c", None, "TWO"]]
    sheet(folder, [*rows, ["d", "1h"]])
    name = "talks.xlsx, sheet 'talks'"
    assert refusal(folder, FROM_ONE.replace("csv", "xlsx")) == [
        f"{name}:2:5: cell B2, duration: '90' has no unit: write 90 min or 90h",
        f"{name}:3:10: cell C3, body: there is no body 'OEN' in this scenario (did you mean 'ONE'?)",
        f"{name}:4:1: : 'duration' is missing here",
        f"{name}:5:8: cell C5, body: nothing stands here: write the id of the body whose session this is",
    ]


def test_the_one_who_says_sessions_at_the_top_is_told_where_they_stand(folder: Path) -> None:
    text = HEAD + "bodies: [{id: ONE}]\nsessions:\n  - {id: a, duration: 1h}\n"
    assert refusal(folder, text) == [
        "scenario.yaml:10:3: sessions: sessions stand below their bodies, or in a table: "
        "write 'from: submissions.csv' here"
    ]


def test_the_key_misspelt_is_suggested(folder: Path) -> None:
    assert refusal(folder, FROM_ONE.replace("sessions:", "sesions:"), TALKS) == [
        "scenario.yaml:9:1: sesions: unknown key (did you mean 'sessions'?)"
    ]


# --- preferences ---------------------------------------------------------------------------------------------------

PREFERENCES = (
    HEAD
    + "bodies: [{id: ONE, sessions: [{id: a, duration: 1h}]}, {id: TWO, sessions: [{id: b, duration: 1h}]}]\n"
    + "rules: [{rule: preferences, weight: 2, bodies_by_slot: {from: talks.csv}}]\n"
)


def test_a_table_of_preferences_is_the_same_as_writing_it_out(folder: Path) -> None:
    inline = PREFERENCES.replace("{from: talks.csv}", "{ONE: {2025-02-26 10:00: 5}, TWO: {2025-02-25 10:00: 1}}")
    table = "body,2025-02-25 10:00,2025-02-26 10:00\nONE,0,5\nTWO,1,\n"
    assert written(folder, PREFERENCES, table).scenario == written(folder, inline).scenario


def test_wrong_names_and_penalties_are_shown_at_their_cells(folder: Path) -> None:
    table = "body,2025-02-25 10:00,2025-02-27 10:00,\nONE,5,x,\nTOW,-1,3,\n,4,,\nONE,7,,\n"
    assert refusal(folder, PREFERENCES, table) == [
        "talks.csv:1:23: : there is no slot '2025-02-27 10:00' in this scenario (did you mean '2025-02-26 10:00'?)",
        "talks.csv:2:7: 2025-02-27 10:00: 'x' is not a whole number",
        "talks.csv:3:1: body: there is no body 'TOW' in this scenario (did you mean 'TWO'?)",
        "talks.csv:3:5: 2025-02-25 10:00: '-1' is out of range: it must be at least 0",
        "talks.csv:4:1: body: this row has no name: the first column names every row",
        "talks.csv:5:1: body: the row 'ONE' stands on line 2 already",
    ]


def test_days_and_numbers_of_a_workbook_are_read_as_slots_and_penalties(folder: Path) -> None:
    from datetime import datetime

    sheet(folder, [[None, datetime(2025, 2, 25, 10, 0)], ["ONE", 5.0]])  # noqa: DTZ001  as Excel stores them
    rule = written(folder, PREFERENCES.replace("csv", "xlsx")).scenario.rules[0]
    assert rule.model_dump()["bodies_by_slot"] == {"ONE": {"2025-02-25 10:00": 5}}


# --- several files -------------------------------------------------------------------------------------------------


def test_a_variant_names_sessions_of_its_base_and_brings_tables_of_its_own(folder: Path) -> None:
    (folder / "base").mkdir()
    (folder / "base" / "base.yaml").write_text(FROM_ONE)
    (folder / "base" / "talks.csv").write_text(TALKS)
    (folder / "rooms.csv").write_text("body,annexe\nONE,3\n")
    text = (
        "extends: base/base.yaml\nname: variant\nset: {sessions.b.duration: 2h}\nremove: [sessions.c]\n"
        "add: {rules: [{rule: preferences, bodies_by_room: {from: rooms.csv}}]}\n"
    )
    scenario = written(folder, text).scenario
    assert {name: scenario.minutes(name) for name in scenario.sessions} == {"a": 60, "b": 120}
    assert scenario.rules[0].model_dump()["bodies_by_room"] == {"ONE": {"annexe": 3}}
    (folder / "base" / "talks.csv").write_text(TALKS.replace("TWO", "TOW"))
    assert refusal(folder, text) == [
        "base/talks.csv:3:11: body: there is no body 'TOW' in this scenario (did you mean 'TWO'?)"
    ]


def test_from_standard_input_paths_are_relative_to_the_working_directory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "talks.csv").write_text(TALKS)

    class Pipe:
        buffer = io.BytesIO(FROM_ONE.encode())

    monkeypatch.setattr(sys, "stdin", Pipe)
    assert load("-").scenario == written(folder, WRITTEN_OUT).scenario


# --- many ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [False, True], ids=["right", "wrong"])
def test_2500_sessions_in_60_slots_and_45_rooms_are_read_or_refused_one_by_one(folder: Path, unknown: bool) -> None:
    names, days = [f"s{number}" for number in range(2500)], [f"2027-{month:02}-01" for month in range(1, 11)] * 2
    days = sorted(day[:-2] + ("15" if index % 2 else "01") for index, day in enumerate(sorted(days)))
    text = (
        "name: many\nmeeting: {series: Many, annex_title: MANY}\n"
        f"calendar: {{slots: [09:00-10:00, 11:00-12:00, 14:00-15:00], days: [{', '.join(days)}]}}\n"
        f"rooms: [{', '.join(f'{{id: r{room}}}' for room in range(45))}]\n"
        f"bodies: [{', '.join(f'{{id: b{body}}}' for body in range(100))}]\n"
        "sessions: {from: talks.csv}\nrules: [{rule: preferences, weight: 1, sessions_by_slot: {from: slots.csv}}]\n"
    )
    rooms = ";".join(f"r{room}" for room in range(0, 45, 3)) + (";r99" if unknown else "")
    rows = [f"{name},30 min,b{number % 100},{rooms}" for number, name in enumerate(names)]
    slots = [f"{day} {clock}" for day in days for clock in ("09:00", "11:00", "14:00")]
    lines = [f"x{name}{',3' * 60}" if unknown else f"{name}{',3' * 60}" for name in names]
    (folder / "slots.csv").write_text("\n".join([",".join(["session", *slots]), *lines]))
    table = "\n".join(["id,duration,body,rooms", *rows])
    if unknown:
        assert len(refusal(folder, text, table)) == 5000
    else:
        scenario = written(folder, text, table).scenario
        assert (len(scenario.sessions), len(scenario.calendar.axis.slots)) == (2500, 60)


def test_a_body_in_a_table_that_has_no_session_of_its_own_is_a_warning(folder: Path) -> None:
    """A row stands for the body's own sessions: of one that only has bodies below it nothing would ever be paid."""
    bodies = "bodies: [{id: WG}, {id: ONE, parent: WG}, {id: LONE}]\nsessions: {from: talks.csv}\nrules:\n"
    preferences = "  - {rule: preferences, weight: 1, bodies_by_room: {from: rooms.csv}}\n"
    similar = "  - {rule: within_slot}\n"
    similar += "  - {rule: similar_bodies_apart, weight: 1, pairs: {ONE: {LONE: 2}, WG: {ONE: 1}}}\n"
    (folder / "rooms.csv").write_text("body,annexe\nONE,1\nWG,2\n", "utf-8")
    loaded = written(folder, HEAD + bodies + preferences + similar, "id,body,duration\na,ONE,1h\n")
    assert [(w.file, w.line, w.message) for w in loaded.warnings] == [
        ("rooms.csv", 3, "'WG' has no session of its own, so its penalties are never paid: name those below it, ONE"),
        ("scenario.yaml", 13, "'LONE' has no session of its own, so its penalties are never paid"),
        ("scenario.yaml", 13, "'WG' has no session of its own, so its penalties are never paid: name those below it, "
         "ONE"),
    ]  # fmt: skip


def test_a_table_without_any_session_is_a_warning(folder: Path) -> None:
    (warning,) = written(folder, FROM_ONE, "id,body,duration\n").warnings
    assert warning.message == "no body has a session: nothing is to be timetabled"
