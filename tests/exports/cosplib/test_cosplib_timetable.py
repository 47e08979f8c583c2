"""A timetable in the library's layout, by whatever program, is judged by ``check``: every fault has its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command import Command
from support.cosplib_workbooks import save, save_plan, tiny

from scheduler.solving.counted.problem import CellPlan

H1, H2, H3, B1, B2, R1, R2, R3 = range(8)
HEURISTICS, BOUNDS, ROOMS = range(3)
TRACKS = {(0, 0): HEURISTICS, (0, 1): BOUNDS, (1, 0): ROOMS, (1, 1): HEURISTICS, (2, 0): ROOMS, (2, 1): BOUNDS}
SLOTS: dict[tuple[int, int], tuple[int | None, ...]] = {
    (0, 0): (H1, H2),
    (0, 1): (B1, B1),
    (1, 0): (R1, R2),
    (1, 1): (H3, None),
    (2, 0): (R3, R3, None),
    (2, 1): (None, B2, None),
}


@pytest.fixture
def imported(schedule: Command, tmp_path: Path) -> Path:
    """The scenario of the tiny conference."""
    schedule("import", save(tiny(), tmp_path / "tiny.xlsx"), "--format", "cosplib", "-o", tmp_path)
    return tmp_path / "tiny.yaml"


def test_a_timetable_without_faults_costs_what_its_rules_say(schedule: Command, imported: Path, tmp_path: Path) -> None:
    run = schedule("check", imported, save_plan(tiny(), CellPlan(TRACKS, SLOTS), tmp_path / "t.xlsx"))
    last = run.out.splitlines()[-1]
    assert (run.status, last) == (0, "The timetable keeps every rule that must hold; it costs 804.")


@pytest.mark.parametrize(
    ("cell", "row", "track", "messages"),
    [
        ((0, 0), (H1, None), HEURISTICS, ["h2 is not placed"]),
        ((0, 1), (B1, None), BOUNDS, ["b1 is given 30 min, planned is 1 h"]),
        (
            (2, 0),
            (R3, None, R3),
            ROOMS,
            ["r3 is cut: its segments do not follow one another without a gap"],
        ),
        (
            (1, 1),
            (H3, H1),
            HEURISTICS,
            [
                "'h1' stands 2 times in the timetable: on Monday 22 February at 10:00, on Monday 22 February at 11:30; "
                "the last counts"
            ],
        ),
        (
            (1, 1),
            (H3, None),
            BOUNDS,
            ["Attic in the slot Mon2 is given to 'Bounds', and holds 'h3' of another body"],
        ),
        ((1, 1), (H3, None), None, ["Attic in the slot Mon2 holds 'h3', and is given to no body"]),
        (
            (1, 1),
            (None, None),
            HEURISTICS,
            ["h3 is not placed", "Attic in the slot Mon2 is given to 'Heuristics', and holds nothing"],
        ),
    ],
)
def test_every_fault_is_a_breach(
    cell: tuple[int, int],
    row: tuple[int | None, ...],
    track: int | None,
    messages: list[str],
    schedule: Command,
    imported: Path,
    tmp_path: Path,
) -> None:
    tracks: dict[tuple[int, int], int] = {**TRACKS, cell: -1 if track is None else track}
    given = CellPlan({where: held for where, held in tracks.items() if held >= 0}, {**SLOTS, cell: row})
    run = schedule("check", imported, save_plan(tiny(), given, tmp_path / "t.xlsx"))
    said = " ".join(run.out.split())
    assert run.status == 1
    assert [message for message in messages if f"broken {message} (structure, must hold)" in said] == messages


@pytest.mark.parametrize(
    ("place", "value", "said", "message"),
    [
        ("B1", "Haul", "B1", "there is no room 'Haul': did you mean 'Hall'?"),
        ("A3", "Mon3", "A3", "there is no slot 'Mon3': did you mean 'Mon2'?"),
        ("B2", "Heuristik", "B2", "there is no body 'Heuristik': did you mean 'Heuristics'?"),
        ("B6", "hh1", "B6", "there is no session 'hh1': did you mean 'h1'?"),
        ("A9", "Mon1", "B9", "this is time slot 3 of a slot that has 2 in this scenario"),
    ],
)
def test_what_the_scenario_does_not_know_is_named_by_its_cell(
    place: str, value: str, said: str, message: str, schedule: Command, imported: Path, tmp_path: Path
) -> None:
    path = save_plan(tiny(), CellPlan(TRACKS, SLOTS), tmp_path / "t.xlsx")
    book = load_workbook(path)
    book["sol"][place] = value
    book.save(path)
    run = schedule("check", imported, path)
    assert (run.status, run.out, run.err) == (2, "", f"{path}, sheet 'sol', cell {said}: {message}\n")


def test_without_a_scenario_it_says_nothing(schedule: Command, tmp_path: Path) -> None:
    path = save_plan(tiny(), CellPlan(TRACKS, SLOTS), tmp_path / "t.xlsx")
    run = schedule("compare", path, path)
    assert (run.status, run.out) == (2, "")
    assert run.err == f"{path}: a timetable in the layout of CoSPLib does not name its scenario: 'check' takes both\n"
