# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""A session that starts as before, but is suspended at another time: told in compare, marked in a revision."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario, timetable

from exports.annex.grid import Grid
from exports.annex.marks import grid_against
from exports.revision import revise
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario


def trial(panel: str = "11:00", length: str = "1h", **places: str) -> tuple[Scenario, Timetable]:
    anchors = [{"rule": "anchor", "of": ["panel"], "at": panel, "when": "Tuesday"}]
    bodies: dict[str, Any] = {
        "C": {"suspends_for": True, "sessions": {"x": "4h"}},
        "PANEL": {"sessions": {"panel": length}},
        "WG": {"sessions": {"y": "1h"}},
    }
    of = scenario(bodies, {"rule": "rolling", "of": ["C"]}, *anchors)
    return of, timetable(of, {"panel": f"Tue {panel}", "x": "Tue 10:00", "y": "Wed 10:00"} | places)


def option(letter: str, of: Scenario, places: Timetable) -> Option:
    return Option(letter, letter, of, places, "checked")


def changes(one: tuple[Scenario, Timetable], other: tuple[Scenario, Timetable]) -> tuple[Move, ...]:
    return moves(option("A", *one), option("B", *other))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (trial(), trial("12:00"), "C is suspended for PANEL, now at 12:00."),
        (trial(), trial("15:00"), "C is suspended for PANEL, now at 15:00."),
        (trial(), trial("17:00"), "C is no longer suspended for PANEL."),
        (trial("17:00"), trial(), "C is suspended for PANEL, on Tuesday 25 February at 11:00."),
        (trial(), trial(length="1h30"), "C is suspended for PANEL, now until 12:30."),
    ],
)
def test_a_panel_that_moves_is_told_of_what_is_suspended_for_it(
    before: tuple[Scenario, Timetable], after: tuple[Scenario, Timetable], said: str
) -> None:
    found = {move.session: move for move in changes(before, after)}
    assert found["x"].sentence == said
    assert found["x"].kind == "parts"
    assert not found["x"].elsewhere
    assert set(found) == {"x", "panel"}


def test_nothing_is_told_where_the_panel_lies_as_before_or_elsewhere() -> None:
    assert changes(trial(), trial()) == ()
    assert [move.session for move in changes(trial("17:00"), trial("17:30", "30 min"))] == ["panel"]


def test_of_a_session_that_starts_elsewhere_only_that_is_told() -> None:
    (found, *_) = changes(trial(), trial("12:00", x="Tue 11:00"))
    assert found.kind == "moved"
    assert "suspended" not in found.sentence


def shown(grid: Grid) -> list[tuple[str, str | None, bool]]:
    cells = [cell.entry for band in grid.bands for cell in band.cells if cell.entry]
    return [(" ".join(entry.words), entry.mark, entry.struck) for entry in cells if entry.mark or entry.struck]


def test_a_revision_marks_the_parts_that_have_changed() -> None:
    (before, old), (after, new) = trial(), trial("12:00")
    found = revise(before, old, after, Outcome(Status.OPTIMAL, new, 0, 0))
    assert "C is suspended for PANEL, now at 12:00." in found.scenario.meeting.footnotes[-1]
    assert {move.session: move.kind for move in found.moves} == {"x": "parts", "panel": "moved"}
    assert isinstance(found.layout, Grid)
    assert shown(found.layout) == [
        ("C 10:00 – 12:00", "was 10:00 – 11:00", False),
        ("PANEL 12:00 – 13:00", "was Tue 11:00", False),
    ]
    assert shown(grid_against(option("A", before, old), option("B", after, new))) == shown(found.layout)
