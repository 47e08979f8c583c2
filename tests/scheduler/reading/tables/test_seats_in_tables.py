"""``a or b`` and ``chair or else vice for 50`` in cells of a table of sessions."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

TEXT = """
name: cells
meeting: {series: Cells, annex_title: CELLS}
calendar: {slots: [10:00-13:00], days: [2025-02-25]}
officers: [{id: chair, post: Chair, name: Amb. One}, {id: vice, post: Vice-Chair}, {id: third, post: Third}]
bodies:
  - {id: A, sessions: {from: sessions.csv}}
"""


def read(folder: Path, officers: str, presenters: str = "", more: str = "") -> Scenario:
    (folder / "cells.yaml").write_text(TEXT)
    (folder / "sessions.csv").write_text(
        f'id,duration,officers,presenters,absent\na,1h,"{officers}","{presenters}",{more}\n'
    )
    return load(folder / "cells.yaml").scenario


@pytest.mark.parametrize(
    ("cell", "entry"),
    [
        ("chair", "chair"),
        ("chair or vice", {"one_of": ["chair", "vice"]}),
        ("Amb. One or vice or third", {"one_of": ["chair", "vice", "third"]}),
        ("chair or else vice for 50", {"who": "chair", "deputies": ["vice"], "price": 50}),
        ("Amb. One, or else vice or third for 7 points", {"who": "chair", "deputies": ["vice", "third"], "price": 7}),
    ],
)
def test_a_cell_says_what_yaml_says(tmp_path: Path, cell: str, entry: object) -> None:
    written = read(tmp_path, cell).document["bodies"][0]["sessions"][0]["officers"]
    assert written == [entry]


def test_absences_of_a_row_hold_for_everybody_whom_it_names(tmp_path: Path) -> None:
    of = read(tmp_path, "chair; vice or third", "Ann Lee or else Ben Ode for 3; Cy Poe", "2025-02-25")
    assert len(of.bodies[0].sessions[0].officers) == 2
    assert {person.title for person in of.people or () if person.absent} == {"Ann Lee", "Ben Ode", "Cy Poe"}


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("chair or else vice", "a deputy has a price in points: write it as in 'chair or else vice for 50'"),
        ("chair or else vise for 5", "there is no officer 'vise' in this scenario"),
        ("chair or else vice for much", "'much' is not a whole number"),
        ("chair or chair", "'chair' stands here twice: name somebody else, or write the name alone"),
    ],
)
def test_a_cell_that_says_nothing_clear_is_refused_in_its_place(tmp_path: Path, cell: str, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, cell)
    assert [(each.message, each.line) for each in refused.value.diagnostics] == [(message, 2)]
