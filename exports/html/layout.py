"""How a timetable stands on a page: as a grid, or as a board where it has many rooms; and a table of side events."""

from __future__ import annotations

from dataclasses import dataclass

from exports.annex.board import Board, board_against, board_of
from exports.annex.grid import Grid, annex_grid, has_many_rooms
from exports.annex.marks import grid_against
from exports.annex.side_events import EventTable, event_tables
from scheduler.comparison.option import Option
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Layout:
    """Either a grid or a board."""

    grid: Grid | None = None
    board: Board | None = None
    events: tuple[EventTable, ...] = ()
    """Where the grid does not name all side events."""


def drawn(layout: Grid | Board) -> Layout:
    """What has been laid out already, as a revision is."""
    return Layout(layout) if isinstance(layout, Grid) else Layout(board=layout)


def layout_of(scenario: Scenario, timetable: Timetable) -> Layout:
    """A timetable alone."""
    if has_many_rooms(timetable):
        return Layout(board=board_of(scenario, timetable))
    return Layout(annex_grid(scenario, timetable), events=_events(scenario, timetable))


def layout_against(baseline: Option, option: Option, *, changed: bool) -> Layout:
    """The timetable of an option, with marks where it is ``changed`` against the baseline."""
    assert option.timetable is not None
    if has_many_rooms(option.timetable):
        return Layout(board=board_against(baseline, option))
    if not changed:
        return layout_of(option.scenario, option.timetable)
    return Layout(grid_against(baseline, option), events=_events(option.scenario, option.timetable))


def _events(scenario: Scenario, timetable: Timetable) -> tuple[EventTable, ...]:
    return tuple(event_tables(scenario, timetable)) if scenario.to_place else ()
