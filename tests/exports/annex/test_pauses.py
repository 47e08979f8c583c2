# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Breaks within slots as thin rows of the annex, where the meeting asks for them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.console import Console
from support.small import DAYS, timetable
from support.small import scenario as small

from exports.annex.board import BoardPause, board_of
from exports.annex.grid import Grid, annex_grid
from exports.annex.marks import grid_against
from exports.annex.sheet import disagreements
from exports.html.notebook import timetable_html
from exports.terminal.annex import print_grid
from exports.xlsx.annex import annex_bytes
from scheduler.comparison.option import Option
from scheduler.reading.annex_doubts import doubts
from scheduler.scenario import Scenario

BODIES = {
    "A": "3h30",
    "B": {"sessions": {"x": {"duration": "1h", "title": "On X"}, "y": {"duration": "2h", "title": "On Y"}}},
    "C": "30m",
}
PLACES = {"a": "Tue 10:00", "x": "Wed 10:00", "y": "Wed 11:00", "c": "Thu 10:00"}
COFFEE = {"hours": "11:30-11:45", "title": "Coffee"}
MEETING = {"series": "Small", "annex_title": "SMALL"}


def week(*, drawn: bool | None = True, breaks: Any = (COFFEE,), days: Any = (), **meeting: Any) -> Scenario:
    calendar = {
        "slots": ["10:00-13:00", "15:00-18:00"],
        "days": [*(days or ("2025-02-25", "2025-02-26", {"date": "2025-02-27", "slots": ["10:00-13:00"]}))],
        "breaks": list(breaks),
        "grain": "15 min",
    }
    return small(BODIES, {"rule": "rolling"}, calendar=calendar, meeting=MEETING | {"breaks_in_annex": drawn} | meeting)


def cells(grid: Grid) -> list[list[tuple[int, int, list[str] | str | None]]]:
    """By day: first line, number of lines and words of each cell, or the title of a break; None: grey."""
    (band,) = grid.bands
    return [
        [
            (c.first, c.span, [line.text for line in c.entry.lines] if c.entry else c.note or ([] if c.open else None))
            for c in band.cells
            if c.column == number
        ]
        for number in range(len(band.columns))
    ]


def test_a_break_is_a_row_between_the_two_rows_of_its_slot() -> None:
    made = week()
    grid = annex_grid(made, timetable(made, PLACES))
    assert [(row.label, row.pause) for row in grid.bands[0].rows] == [
        ("10:00 – 11:30", False),
        ("11:30 – 11:45", True),
        ("11:45 – 13:00", False),
        ("15:00 – 18:00", False),
    ]
    tuesday, wednesday, thursday = cells(grid)
    # three and a half hours: 1 h 30 before coffee, 1 h 15 after it, 45 min after lunch
    assert tuesday == [(0, 1, ["A"]), (1, 1, "Coffee"), (2, 1, ["A"]), (3, 1, ["A", "15:00 – 15:45"])]
    assert wednesday == [
        (0, 1, ["B", "On X", "10:00 – 11:00", "On Y", "11:00 – 11:30"]),
        (1, 1, "Coffee"),
        (2, 1, ["B", "On Y"]),
        (3, 1, ["B", "On Y", "15:00 – 15:15"]),
    ]
    assert thursday == [(0, 1, ["C", "10:00 – 10:30"]), (1, 1, "Coffee"), (2, 1, []), (3, 1, None)]


@pytest.mark.parametrize("drawn", [None, False])
def test_breaks_are_not_drawn_unless_that_is_asked_for(drawn: bool | None) -> None:
    made = week(drawn=drawn)
    grid = annex_grid(made, timetable(made, PLACES))
    assert [row.label for row in grid.bands[0].rows] == ["10:00 – 13:00", "15:00 – 18:00"]
    assert cells(grid)[0] == [(0, 1, ["A"]), (1, 1, ["A", "15:00 – 15:45"])]


def test_in_a_row_that_days_with_different_hours_share_there_is_no_room_for_a_break() -> None:
    tuesday_alone = COFFEE | {"days": ["Tuesday"]}
    made = week(breaks=[tuesday_alone])
    grid = annex_grid(made, timetable(made, PLACES))
    assert [(row.label, row.pause) for row in grid.bands[0].rows] == [
        ("10:00 – 13:00", False),
        ("15:00 – 18:00", False),
    ]
    assert cells(grid)[0][0] == (0, 1, ["A"])


def test_nobody_breaks_where_nobody_meets() -> None:
    """On Wednesday nobody meets, on Thursday only in the morning; nobody at all meets on an afternoon with tea."""
    tea = {"hours": "16:30-16:45", "title": "Tea"}
    made = week(breaks=[COFFEE, tea], days=DAYS)
    grid = annex_grid(made, timetable(made, {"x": "Tue 10:00", "c": "Thu 10:00"}))
    assert [(row.label, row.pause) for row in grid.bands[0].rows] == [
        ("10:00 – 11:30", False),
        ("11:30 – 11:45", True),
        ("11:45 – 13:00", False),
        ("15:00 – 18:00", False),
    ]
    assert [[words for *_, words in column if isinstance(words, str)] for column in cells(grid)] == [
        ["Coffee"],
        [],
        ["Coffee"],
        [],
    ]


def test_a_break_of_a_few_days_is_asked_about() -> None:
    (doubt,) = doubts(week(breaks=[COFFEE | {"days": ["Tuesday"]}]))
    assert doubt == (
        ("calendar", "breaks", 0),
        "Coffee is no break on Wednesday 26 February, when the slot goes on, nor on most days: where they share a row, "
        "the annex leaves it out",
    )
    assert list(doubts(week(breaks=[COFFEE | {"days": ["Tuesday", "Thursday"]}]))) == []
    assert list(doubts(week(drawn=None, breaks=[COFFEE | {"days": ["Tuesday"]}]))) == []


def test_who_works_through_the_break_of_the_other_days_has_one_cell_across_it() -> None:
    days = ("2025-02-25", "2025-02-26", "2025-02-27")
    made = week(days=days, breaks=[COFFEE | {"days": ["Tuesday", "Wednesday"]}])
    band = annex_grid(made, timetable(made, PLACES)).bands[0]
    assert [(row.opens, row.closes, row.pause) for row in band.rows[:3]] == [
        (600, 690, False),
        (690, 705, True),
        (705, 780, False),
    ]
    thursday = next(cell for cell in band.cells if cell.column == 2)
    assert (thursday.first, thursday.span) == (0, sum(row.span for row in band.rows[:3]))
    one_day = week(days=days, breaks=[COFFEE | {"days": ["Tuesday"]}])
    assert not any(row.pause for row in annex_grid(one_day, timetable(one_day, PLACES)).bands[0].rows)


def test_a_break_without_a_title_is_called_so() -> None:
    made = week(breaks=["11:30-11:45"])
    assert cells(annex_grid(made, timetable(made, PLACES)))[0][1] == (1, 1, "Break")


def test_a_day_that_opens_earlier_may_work_through_the_break_too() -> None:
    whole = {"date": "2025-02-27", "slots": ["09:00-10:00", "10:00-13:00"]}
    made = week(days=("2025-02-25", "2025-02-26", whole), breaks=[COFFEE | {"days": ["Tuesday", "Wednesday"]}])
    band = annex_grid(made, timetable(made, PLACES)).bands[0]
    assert [row.pause for row in band.rows] == [False, True, False, False]
    (whole_morning, *_) = [cell for cell in band.cells if cell.column == 2]
    assert whole_morning.span == sum(row.span for row in band.rows[:3])


def test_both_parts_of_a_session_are_marked_where_it_moves() -> None:
    made = week()
    old, new = (timetable(made, {"a": at}) for at in ("Wed 10:00", "Tue 10:00"))
    options = [Option(letter, letter, made, held, "") for letter, held in (("A", old), ("B", new))]
    (band,) = grid_against(*options).bands
    marks = [(cell.first, cell.entry.mark) for cell in band.cells if cell.entry]
    assert marks == [(0, "was Wed 10:00"), (2, "was Wed 10:00"), (3, "continued")]


def test_the_workbook_agrees_with_itself_and_tells_what_is_changed_around_a_break() -> None:
    made = week()
    held = timetable(made, PLACES)
    book = load_workbook(BytesIO(annex_bytes(made, held)), rich_text=True)
    sheet = book["Annex"]
    assert [str(sheet.cell(row, 1).value) for row in range(3, 8)] == [
        "Time",
        "10:00 – 11:30",
        "11:30 – 11:45",
        "11:45 – 13:00",
        "15:00 – 18:00",
    ]
    assert [str(sheet.cell(5, column).value) for column in range(2, 5)] == ["Coffee"] * 3
    height = [sheet.row_dimensions[row].height for row in (4, 5)]
    assert height[1] < 16 < height[0]
    assert list(disagreements(book, made, held, "small.xlsx")) == []
    sheet["B6"] = "C"
    (said,) = disagreements(book, made, held, "small.xlsx")
    assert "cell B6, on Tuesday 25 February, 10:00 – 13:00: 'C'; in 'Sessions' 'A' meets there" in said


def test_a_page_and_a_programme_of_many_rooms_show_breaks_too() -> None:
    made = week()
    held = timetable(made, PLACES)
    assert timetable_html(made, held).count('<td class="pause"><i>Coffee</i></td>') == 3
    rows = board_of(made, held).pages[0].rows
    assert [(row.label, row.hours.text) for row in rows if isinstance(row, BoardPause)] == [
        ("COFFEE", "11:30 – 11:45"),
        ("LUNCH", "13:00 – 15:00"),
    ]


def test_a_list_of_days_names_breaks_in_order_of_time() -> None:
    made = week()
    console = Console(width=30)
    with console.capture() as captured:
        print_grid(annex_grid(made, timetable(made, PLACES)), console)
    found = [line.strip() for line in captured.get().splitlines()]
    assert found[found.index("Tuesday 25 February") :][:7] == [
        "Tuesday 25 February",
        "10:00 – 11:30",
        "A",
        "11:30 – 11:45 Coffee",
        "11:45 – 13:00",
        "A",
        "15:00 – 18:00",
    ]


def test_what_cannot_be_printed_is_asked_about() -> None:
    assert list(doubts(week())) == []
    (doubt,) = doubts(week(breaks=()))
    assert doubt[0] == ("meeting", "breaks_in_annex")
    (doubt,) = doubts(week(drawn=None, key_of_names=True))
    assert doubt[0] == ("meeting", "key_of_names")
