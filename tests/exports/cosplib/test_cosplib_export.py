"""A timetable leaves in the layout of CoSPLib, and costs there what it costs here."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command import Command
from support.cosplib_judge import judge
from support.cosplib_plans import random_plan, timetable_of
from support.cosplib_workbooks import drawn, save, save_plan, tiny
from support.small import scenario, timetable

from exports.cosplib.conference_scenario import CosplibScenario
from exports.cosplib.conference_values import Conference
from exports.cosplib.timetable_sheet import timetable_bytes
from scheduler.checking import check
from scheduler.documents.timetable_document import to_bytes, to_document
from scheduler.errors import InputError
from scheduler.outcome import Outcome, Status
from scheduler.reading.loading import load
from scheduler.solving.counted.problem import CellPlan


def stored(conference: Conference, plan: CellPlan, folder: Path) -> int:
    """Write the document of the plan as a timetable of the imported scenario; what it costs."""
    found = CosplibScenario(conference, "a.xlsx")
    known = load(folder / "out" / f"{conference.name}.yaml").scenario
    placed = timetable_of(known, plan, found.sessions, found.unit)
    report = check(known, placed)
    outcome = Outcome(Status.FEASIBLE, placed, report.cost, 0, violations=report.violations)
    (folder / "t.json").write_bytes(to_bytes(to_document(known, outcome)))
    return report.cost


def with_odd_names(conference: Conference) -> Conference:
    """The same with blanks before, behind and within the names, and with letters of all kinds."""

    def odd(name: str, number: int) -> str:
        return (f"{name} ", f" {name}", f"{name}  Å ", f"\u00a0{name}\u3000", f"  שלום, {name};  ")[number % 5]

    return replace(
        conference,
        name=f"{conference.name}-odd",
        tracks=tuple(replace(track, name=odd(track.name, n)) for n, track in enumerate(conference.tracks)),
        periods=tuple(replace(period, name=odd(period.name, n)) for n, period in enumerate(conference.periods)),
        rooms=tuple(odd(room, n) for n, room in enumerate(conference.rooms)),
        submissions=tuple(replace(talk, name=odd(talk.name, n)) for n, talk in enumerate(conference.submissions)),
    )


def sheets(path: Path) -> dict[str, list[list[str | None]]]:
    """Every cell of a workbook, as text."""
    book = load_workbook(path)
    return {
        sheet.title: [[v if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


ALL = [tiny(), drawn(3), drawn(9), with_odd_names(tiny()), with_odd_names(drawn(3)), with_odd_names(drawn(9))]


@pytest.mark.parametrize("conference", ALL, ids=lambda c: c.name)
def test_imported_and_exported_again_a_timetable_costs_the_same(
    schedule: Command, conference: Conference, tmp_path: Path
) -> None:
    workbook = save(conference, tmp_path / f"{conference.name}.xlsx")
    assert schedule("import", workbook, "--format", "cosplib", "-o", tmp_path / "out").status == 0
    plan = random_plan(conference, random.Random(1))
    assert plan is not None
    cost = stored(conference, plan, tmp_path)
    run = schedule("export", tmp_path / "t.json", "--to", "cosplib", "-o", tmp_path / "out")
    written = tmp_path / "out" / f"{conference.name}.cosplib.xlsx"
    assert (run.status, run.out) == (0, f"Wrote {written}.\n")
    assert cost == judge(conference, plan).cost
    checked = schedule("check", tmp_path / "out" / f"{conference.name}.yaml", written, "--json")
    document = json.loads(checked.out)
    assert (checked.status, document["keeps_all"], document["cost"]) == (0, True, cost)
    assert sheets(written) == sheets(save_plan(conference, plan, tmp_path / "plan.xlsx"))


ROOMS = [{"id": "hall", "name": "Hall"}, {"id": "attic"}]


@pytest.mark.parametrize(
    ("bodies", "places", "why"),
    [
        ({"A": "2h", "B": "4h"}, {"a": "Tue 10:00 hall", "b": "Wed 10:00 hall"}, "'b' runs over several slots"),
        (
            {"A": "1h", "B": "1h"},
            {"a": "Tue 10:00 hall", "b": "Tue 11:00 hall"},
            "'A' and 'B' share Hall in the slot 2025-02-25 10:00",
        ),
        (
            {"A": {"x": "1h", "y": "1h"}},
            {"x": "Tue 10:00 hall", "y": "Tue 10:00 hall"},
            "'x' and 'y' are at once in Hall in the slot 2025-02-25 10:00",
        ),
        ({"A": "1h", "B": "1h"}, {"a": "Tue 10:00 hall"}, "'b' is not placed"),
        ({"A": "1h"}, {"a": "Tue 10:30 hall"}, "'a' is not on the grain of 1 h"),
        ({"A": "1h"}, {"a": "Tue 10:00 cellar"}, "'a' is in no room of this scenario"),
        (
            {"A": {"x": {"duration": "1h", "title": "T"}, "y": {"duration": "1h", "title": "T"}}},
            {"x": "Tue 10:00 hall", "y": "Tue 11:00 hall"},
            "several sessions are called 'T', and it knows them by these names",
        ),
    ],
)
def test_what_the_layout_cannot_hold_is_refused(bodies: dict[str, object], places: dict[str, str], why: str) -> None:
    programme = scenario(bodies, rooms=ROOMS)
    with pytest.raises(InputError) as refused:
        timetable_bytes(programme, timetable(programme, places))
    assert refused.value.message == f"the CoSPLib layout cannot hold this timetable: {why}"


def test_slots_without_a_name_are_named_by_date_and_hour() -> None:
    programme = scenario({"A": "1h"}, rooms=ROOMS, days=["2025-02-25"])
    from io import BytesIO

    sheet = load_workbook(BytesIO(timetable_bytes(programme, timetable(programme, {"a": "Tue 16:00 attic"}))))["sol"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    morning, afternoon = "2025-02-25 10:00", "2025-02-25 15:00"
    assert rows == [
        [None, "Hall", "attic"],
        [morning, None, None],
        [afternoon, None, "A"],
        [None, 0, 1],
        *[[morning, None, None]] * 3,
        [afternoon, None, None],
        [afternoon, None, "a"],
        [afternoon, None, None],
    ]
