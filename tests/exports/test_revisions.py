"""What goes out after a change: marks, the clean copy, when and why; and the same again from the document."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.command import Command
from support.letters import SCENARIOS
from support.small import scenario as small
from support.small import timetable

from exports.annex.grid import Grid
from exports.revision import Issue, Revision, revise, without_claims
from scheduler.comparison.moves import moves
from scheduler.comparison.option import Option
from scheduler.documents.timetable_document import to_bytes
from scheduler.domain.clock import show_hours
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario

ROOMS = [{"id": "plenary", "name": "Plenary"}, {"id": "z", "name": "Room Z"}]
WEEK = small({"A": "3h", "B": "1h", "C": "9h"}, rooms=ROOMS)
PLACES = {"a": "Tue 10:00 plenary", "b": "Wed 10:00 plenary", "c": "Thu 10:00 z"}


def revision(places: dict[str, str], after: Scenario = WEEK, issue: Issue | None = None) -> Revision:
    new = timetable(after, places)
    return revise(WEEK, timetable(WEEK, PLACES), after, Outcome(Status.OPTIMAL, new, 0, 0), issue=issue)


def marks(grid: Grid) -> list[tuple[str, str | None, bool]]:
    cells = [cell for band in grid.bands for cell in band.cells if cell.entry]
    return [(str(cell.entry.body), cell.entry.mark, cell.entry.struck) for cell in cells if cell.entry]


def changed(grid: Grid) -> list[tuple[str, str | None, bool]]:
    return [entry for entry in marks(grid) if entry[1] or entry[2]]


def test_a_session_in_another_room_at_the_same_hour_says_which_room_it_was() -> None:
    found = revision(PLACES | {"a": "Tue 10:00 z"})
    assert changed(found.layout) == [("A", "was Plenary", False)]


def test_another_hour_and_another_room_are_both_said() -> None:
    found = revision(PLACES | {"a": "Fri 10:00 z"})
    assert changed(found.layout) == [("A", None, True), ("A", "was Tue 10:00, Plenary", False)]


def test_a_long_session_says_where_it_was_only_where_it_begins() -> None:
    found = revision({"a": "Fri 10:00 plenary", "b": "Fri 15:00 plenary", "c": "Tue 10:00 z"})
    assert [mark for body, mark, struck in changed(found.layout) if body == "C" and not struck] == [
        "was Thu 10:00",
        "continued",
        "continued",
    ]


def test_what_moves_within_its_slot_is_not_struck_beside_itself() -> None:
    early = small({"A": "3h", "B": "1h", "C": "9h"}, {"rule": "rolling"}, rooms=ROOMS)
    found = revision(PLACES | {"b": "Wed 11:00 plenary"}, early)
    assert changed(found.layout) == [("B", "was Wed 10:00", False)]


def test_what_has_left_a_day_with_other_hours_says_its_hours() -> None:
    short = {"date": "2025-02-26", "slots": ["09:00-12:00"]}
    week = small({"A": "3h", "B": "3h"}, days=["2025-02-25", short, "2025-02-27"])
    old, new = (timetable(week, {"a": "Thu 10:00", "b": at}) for at in ("Wed 09:00", "Tue 10:00"))
    layout = revise(week, old, week, Outcome(Status.OPTIMAL, new, 0, 0)).layout
    assert isinstance(layout, Grid)
    cells = [(c.entry.words, c.entry.mark, c.entry.struck) for c in layout.bands[0].cells if c.entry]
    hours = show_hours(9 * 60, 12 * 60)
    assert cells == [(("B",), "was Wed 09:00", False), (("B", hours), None, True), (("A",), None, False)]


# --- old work and new in one slot ------------------------------------------------------------------------------------

ROLLING = {"rule": "rolling"}


def cells_of(grid: Grid) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """The hours and marks of each part, by where its cell stands."""
    return {
        f"{band.columns[cell.column].weekday[:3]} {cell.first}": [
            (part.title, part.hours, part.mark) for part in cell.entry.parts
        ]
        for band in grid.bands
        for cell in band.cells
        if cell.entry and not cell.entry.struck
    }


def revised(week: Scenario, one: dict[str, str], two: dict[str, str]) -> Revision:
    new = timetable(week, two)
    return revise(week, timetable(week, one), week, Outcome(Status.OPTIMAL, new, 0, 0))


def test_of_two_sessions_in_one_cell_the_new_one_is_marked_at_its_hours() -> None:
    week = small({"A": {"a1": "90 min", "a2": "90 min"}}, ROLLING)
    one = {"a1": "Tue 10:00", "a2": "Wed 10:00"}
    found = revised(week, one, one | {"a2": "Tue 11:30"}).layout
    assert cells_of(found)["Tue 0"] == [("", show_hours(600, 690), None), ("", show_hours(690, 780), "was Wed 10:00")]


def test_work_that_goes_on_is_told_from_work_that_is_new() -> None:
    week = small({"A": {"a1": "4h", "a2": "2h"}}, ROLLING)
    one = {"a1": "Tue 10:00", "a2": "Thu 10:00"}
    found = revised(week, one, one | {"a2": "Tue 16:00"}).layout
    assert cells_of(found) == {
        "Tue 0": [("", None, None)],
        "Tue 1": [("", show_hours(900, 960), None), ("", show_hours(960, 1080), "was Thu 10:00")],
    }


def test_each_bullet_of_an_agenda_has_its_own_mark() -> None:
    talks = {"x": {"duration": "90 min", "title": "Trust fund"}, "y": {"duration": "90 min", "title": "Work plan"}}
    week = small({"A": {"style": "agenda", "sessions": talks}}, ROLLING)
    one = {"x": "Tue 10:00", "y": "Wed 10:00"}
    moved = revised(week, one, one | {"y": "Tue 11:30"})
    assert cells_of(moved.layout)["Tue 0"] == [("Trust fund", None, None), ("Work plan", None, "was Wed 10:00")]
    sheet = load_workbook(io.BytesIO(dict(moved.files())["xlsx"]), rich_text=True)["Annex"]
    text = next(cell.value for row in sheet.iter_rows() for cell in row if "Trust fund" in str(cell.value))
    bold = "".join(str(block) for block in text if not isinstance(block, str) and block.font.b)
    assert bold.split() == ["A", "⇄", "was", "Wed", "10:00"]
    assert " ".join(str(text).split()) == "A • Trust fund • Work plan ⇄ was Wed 10:00"


def test_what_has_changed_alike_in_a_cell_says_so_once() -> None:
    week = small({"A": {"a1": "90 min", "a2": "90 min"}, "B": "3h"}, ROLLING)
    one = {"b": "Tue 10:00"}
    found = revised(week, one, one | {"a1": "Wed 10:00", "a2": "Wed 11:30"})
    assert changed(found.layout) == [("A", "new", False)]


def test_an_unmarked_cell_between_two_marked_ones_has_no_thick_edge_of_its_own_or_theirs() -> None:
    week = small({"A": "1h", "B": "1h", "C": "1h", "D": "3h"}, ROLLING)
    one = {"a": "Fri 10:00", "b": "Wed 11:00", "c": "Fri 11:00", "d": "Tue 10:00"}
    found = revised(week, one, one | {"a": "Wed 10:00", "c": "Wed 12:00", "d": "Thu 10:00"})
    sheet = load_workbook(io.BytesIO(dict(found.files())["xlsx"]))["Annex"]
    thick = {
        (str(cell.value).split("\n")[0], side)
        for row in sheet.iter_rows()
        for cell in row
        for side in ("left", "right", "top", "bottom")
        if cell.value and getattr(cell.border, side).style == "thick"
    }
    assert thick == {("A", "left"), ("C", "left"), ("D", "left")}


def test_reason_and_date_stand_in_both_copies() -> None:
    found = revision(PLACES | {"a": "Fri 10:00 z"}, issue=Issue(date(2025, 2, 20), "the chair is away."))
    assert found.scenario.meeting.footnotes[-1].startswith(
        "⇄ Rev.1: 20 February 2025. Reason: the chair is away. What is new or changed has ⇄"
    )
    assert found.clean.meeting.footnotes == (
        "Rev.1: 20 February 2025. Reason: the chair is away. Replaces the annex as first issued.",
    )
    assert found.clean.meeting.annex_title == "SMALL (Rev.1)"


def replanned(schedule: Command, folder: Path) -> Path:
    schedule("solve", SCENARIOS / "csp12.yaml", "-o", folder)
    changed = SCENARIOS / "options" / "csp12-d-chair-away.yaml"
    issue = ["--reason", "The Chair is away", "--date", "2026-04-01"]
    assert schedule("replan", changed, "--from", folder / "csp12.json", "-o", folder, *issue).status == 0
    return folder / "csp12-d-chair-away.rev1.json"


def texts(path: Path, sheet: str = "Annex") -> str:
    rows = load_workbook(path)[sheet].iter_rows()
    return "\n".join(str(cell.value) for row in rows for cell in row if cell.value)


def test_what_export_writes_from_a_revision_is_what_replan_wrote(schedule: Command, tmp_path: Path) -> None:
    path = replanned(schedule, tmp_path)
    run = schedule("export", path, "--to", "xlsx,working,json", "-o", tmp_path / "again")
    assert run.status == 0
    for ending in ("xlsx", "clean.xlsx", "working.xlsx", "json"):
        name = f"csp12-d-chair-away.rev1.{ending}"
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert texts(path.with_suffix(".xlsx")).count("⇄ was") == 2
    clean = texts(tmp_path / "csp12-d-chair-away.rev1.clean.xlsx")
    assert "⇄" not in clean
    assert "1 April 2026. Reason: The Chair is away. Replaces the annex as first issued." in clean


def test_document_and_table_of_a_revision_carry_what_has_changed(schedule: Command, tmp_path: Path) -> None:
    path = replanned(schedule, tmp_path)
    told = json.loads(path.read_bytes())["revision"]
    assert (told["number"], told["date"], told["reason"]) == (1, "2026-04-01", "The Chair is away")
    assert [(change["session"], change["kind"]) for change in told["changes"]] == [
        ("vtf", "moved"),
        ("decisions", "moved"),
    ]
    schedule("export", path, "--to", "csv", "-o", tmp_path)
    rows = read_csv((tmp_path / "csp12-d-chair-away.rev1.csv").read_bytes())
    assert {row["session"]: row["was"] for row in rows if row["change"]} == {
        "vtf": "was Wed 27 May 15:00",
        "decisions": "was Thu 28 May 10:00",
    }


def read_csv(data: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_what_is_cancelled_and_what_is_new_stands_in_the_table() -> None:
    after = small({"A": "3h", "C": "9h", "D": "3h"}, rooms=ROOMS)
    places = {"a": PLACES["a"], "c": PLACES["c"], "d": "Wed 15:00 plenary"}
    rows = read_csv(revision(places, after).csv())
    assert [(row["session"], row["date"], row["start"], row["change"]) for row in rows if row["change"]] == [
        ("d", "2025-02-26", "15:00", "new"),
        ("b", "2025-02-26", "10:00", "cancelled"),
    ]
    document = revision(places, after).document["revision"]
    assert [(change["session"], change["kind"]) for change in document["changes"]] == [("d", "new"), ("b", "cancelled")]


def test_the_same_day_and_reason_give_the_same_bytes(schedule: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        replanned(schedule, tmp_path / name)
    names = [f"csp12-d-chair-away.rev1.{ending}" for ending in ("xlsx", "clean.xlsx", "json")]
    assert [(tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names] == [True] * 3


OLD_NOTE = (
    "⇄ Rev.1: what has moved is marked so at its new place and struck through at its old one. A moves from Tuesday 25 "
    "February at 10:00 to Friday 28 February at 10:00."
)
"""As version 0.1 wrote it."""


def test_a_revision_that_does_not_say_what_it_revises_claims_no_marks(schedule: Command, tmp_path: Path) -> None:
    path = replanned(schedule, tmp_path)
    data = json.loads(path.read_bytes())
    del data["revision"]
    data["scenario"]["document"]["meeting"]["footnotes"] = ["Subject to change.", OLD_NOTE]
    path.write_text(json.dumps(data), "utf-8")
    assert schedule("export", path, "--to", "xlsx", "-o", tmp_path / "again").status == 0
    words = texts(tmp_path / "again" / "csp12-d-chair-away.xlsx")
    assert ("⇄" in words, "struck through" in words) == (False, False)
    assert "Rev.1: A moves from Tuesday 25 February at 10:00 to Friday 28 February at 10:00." in words


def test_a_scenario_without_revision_is_left_as_it_is() -> None:
    assert without_claims(WEEK) is WEEK


def test_the_second_revision_is_marked_against_the_first(schedule: Command, tmp_path: Path) -> None:
    first = replanned(schedule, tmp_path)
    run = schedule("replan", SCENARIOS / "csp12.yaml", "--from", first, "-o", tmp_path, "--date", "2026-04-02")
    assert run.status == 0
    if "Nothing has to move" in run.out:
        return
    words = texts(tmp_path / "csp12.rev2.xlsx")
    assert words.count("⇄ Rev.2: 2 April 2026.") == 1
    assert "Rev.1" not in words


@pytest.mark.parametrize("value", ["tomorrow", "2026-02-30"])
def test_a_date_that_is_none_is_refused(schedule: Command, tmp_path: Path, value: str) -> None:
    replanned(schedule, tmp_path)
    changed = SCENARIOS / "options" / "csp12-d-chair-away.yaml"
    run = schedule("replan", changed, "--from", tmp_path / "csp12.json", "-o", tmp_path, "--date", value)
    assert (run.status, run.err.startswith("--date: ")) == (2, True)


# --- names ----------------------------------------------------------------------------------------------------------

TITLED = {"duration": "3h", "title": "Contact group (2)"}


def sentences(scenario: Scenario, before: dict[str, str], after: dict[str, str]) -> list[str]:
    one = Option("A", "", scenario, timetable(scenario, before), "")
    other = Option("B", "", scenario, timetable(scenario, after), "")
    return [move.sentence for move in moves(one, other)]


def test_where_a_title_is_not_alone_the_body_is_named() -> None:
    bodies = {name: {"style": "agenda", "sessions": {name.lower(): TITLED}} for name in ("UP", "DOWN")}
    scenario = small(bodies, rooms=ROOMS)
    places = {"up": "Tue 10:00 plenary", "down": "Wed 10:00 plenary"}
    assert sentences(scenario, places, {"up": "Tue 10:00 z", "down": "Wed 10:00 z"}) == [
        "UP: Contact group (2) changes from Plenary to Room Z.",
        "DOWN: Contact group (2) changes from Plenary to Room Z.",
    ]


def test_where_the_body_is_not_enough_the_id_is_named() -> None:
    scenario = small({"UP": {"style": "agenda", "sessions": {"x": TITLED, "y": TITLED}}}, rooms=ROOMS)
    assert [scenario.title(session) for session in scenario.sessions] == [  # type: ignore[attr-defined]
        "UP: Contact group (2) (x)",
        "UP: Contact group (2) (y)",
    ]


def test_a_slot_that_opens_earlier_moves_nobody() -> None:
    early = small({"A": "3h", "B": "1h", "C": "9h"}, slots=("09:00-12:00", "15:00-18:00"), rooms=ROOMS)
    places = {"a": "Tue 09:00 plenary", "b": "Wed 15:00 plenary", "c": "Thu 09:00 z"}
    one = Option("A", "", WEEK, timetable(WEEK, PLACES), "")
    found = moves(one, Option("B", "", early, timetable(early, places), ""))
    assert [(move.session, move.kind) for move in found] == [("a", "hour"), ("b", "moved"), ("c", "hour")]


def test_an_empty_timetable_moves_nothing() -> None:
    one = Option("A", "", WEEK, Timetable(()), "")
    assert moves(one, one) == ()


def test_what_is_unclear_in_the_timetable_that_was_revised_is_told_once(schedule: Command, tmp_path: Path) -> None:
    document = json.loads(to_bytes(revision(PLACES | {"a": "Fri 10:00 z"}).document))
    document["revision"]["before"]["scenario"]["document"]["meeting"]["annex_title"] = "WEEK {dtes}"
    (tmp_path / "old.json").write_text(json.dumps(document), "utf-8")
    run = schedule("export", tmp_path / "old.json", "--to", "xlsx,csv", "-o", tmp_path)
    assert run.status == 0
    place = "revision.before.scenario.document.meeting.annex_title"
    assert run.err.count(f"old.json: {place}: '{{dtes}}' is no placeholder.") == 1
