# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""Days with different hours share the rows of the annex: no two rows overlap, and cells say hours that differ."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.project import DOCS

from exports.annex.entries import Entry
from exports.annex.grid import Grid, annex_grid
from exports.annex.rows import Rows, rows_of
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Slot
from scheduler.domain.clock import parse_clock, parse_hours, show_clock
from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data
from scheduler.reading.yamltext import parse_document
from scheduler.scenario import Scenario

FIRST = date(2027, 3, 1)


def rows(*days: str, usual: tuple[int, ...] = ()) -> Rows:
    """The rows of some days, each with its hours: ``10:00-13:00 15:00-18:00``."""
    slots: dict[date, list[Slot]] = {}
    number = 0
    for offset, hours in enumerate(days):
        day = FIRST.replace(day=1 + offset)
        slots[day] = []
        for span in hours.split():
            slots[day].append(Slot(number, day, *parse_hours(span), 0, frozenset()))
            number += 1
    return rows_of(slots, {FIRST.replace(day=each) for each in usual})


def shown(found: Rows) -> list[str]:
    """The hours at the side."""
    return [f"{show_clock(opens)}-{show_clock(closes)}" for opens, closes in found.hours]


def places(found: Rows, day: int) -> list[tuple[str, int, int]]:
    """What a day has in the rows: hours, first row, last row."""
    return [(" ".join(slot.hours for slot in b.slots), b.first, b.last) for b in found.blocks[FIRST.replace(day=day)]]


WHOLE = "10:00-13:00 15:00-18:00"


def test_days_with_equal_hours_have_a_row_for_each_slot() -> None:
    assert shown(rows(WHOLE, WHOLE)) == ["10:00-13:00", "15:00-18:00"]
    without_break = "13:00-14:30 14:30-16:00"  # one half-day; its slots keep their rows
    assert shown(rows(without_break, without_break)) == ["13:00-14:30", "14:30-16:00"]


def test_hours_that_overlap_share_the_row_of_most_days() -> None:
    found = rows("09:00-12:00 14:00-17:00", WHOLE, WHOLE)
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 1) == [("09:00-12:00", 0, 0), ("14:00-17:00", 1, 1)]


@pytest.mark.parametrize(("usual", "expected"), [((), "09:00-12:00"), ((2,), "10:00-13:00")])
def test_among_as_many_days_the_usual_hours_stand_at_the_side_or_those_of_the_first(
    usual: tuple[int, ...], expected: str
) -> None:
    assert shown(rows("09:00-12:00", "10:00-13:00", usual=usual)) == [expected]


def test_a_coffee_break_between_two_slots_parts_no_row() -> None:
    found = rows(WHOLE, "10:00-11:30 11:45-13:00 15:00-16:15 16:30-18:00")
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 2) == [("10:00-11:30 11:45-13:00", 0, 0), ("15:00-16:15 16:30-18:00", 1, 1)]


def test_a_slot_over_lunch_spans_the_rows_of_the_others() -> None:
    found = rows(WHOLE, "09:00-17:00", WHOLE)
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 2) == [("09:00-17:00", 0, 1)]


def test_where_a_short_lunch_makes_one_half_day_each_slot_has_the_row_that_it_overlaps() -> None:
    found = rows(WHOLE, "09:30-12:30 13:00-16:30", WHOLE)
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 2) == [("09:30-12:30", 0, 0), ("13:00-16:30", 1, 1)]


def test_a_single_evening_or_early_meeting_is_no_row_of_its_own() -> None:
    found = rows(WHOLE, WHOLE, f"{WHOLE} 19:00-21:00", f"08:30-09:30 {WHOLE}")
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 3)[1] == ("15:00-18:00 19:00-21:00", 1, 1)
    assert places(found, 4)[0] == ("08:30-09:30 10:00-13:00", 0, 0)


def test_an_evening_of_every_other_day_is_a_row() -> None:
    evening = f"{WHOLE} 19:00-21:00"
    assert shown(rows(WHOLE, WHOLE, evening, evening))[2:] == ["19:00-21:00"]


def test_lunches_of_one_day_stand_with_the_morning() -> None:
    found = rows(WHOLE, WHOLE, "10:00-13:00 13:15-14:45 15:00-18:00")
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]
    assert places(found, 3) == [("10:00-13:00 13:15-14:45", 0, 0), ("15:00-18:00", 1, 1)]


def test_an_afternoon_never_stands_in_a_row_of_the_morning() -> None:
    found = rows("10:00-13:00", "10:00-13:00", "10:00-13:00 15:00-18:00")
    assert shown(found) == ["10:00-13:00", "15:00-18:00"]


def test_hours_at_the_side_never_overlap_although_those_of_most_days_would() -> None:
    # 11:00-13:30 is the commonest of the first row, but 12:30-15:00 stands in the second
    found = rows("10:00-12:00", *["11:00-13:30"] * 2, *["12:30-15:00"] * 3)
    assert shown(found) == ["10:00-12:00", "12:30-15:00"]


HOURS = st.lists(st.integers(8 * 2, 23 * 2), min_size=0, max_size=8, unique=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(HOURS, min_size=1, max_size=6))
def test_every_slot_has_its_place_and_no_two_rows_overlap(drawn: list[list[int]]) -> None:
    spans = [sorted(half_hours)[: len(half_hours) // 2 * 2] for half_hours in drawn]
    days = [
        " ".join(f"{show_clock(a * 30)}-{show_clock(b * 30)}" for a, b in zip(of[::2], of[1::2], strict=True))
        for of in spans
    ]
    found = rows(*days)
    assert all(above[1] <= below[0] for above, below in pairwise(found.hours))
    for number, hours in enumerate(days, 1):
        mine = places(found, number)
        assert " ".join(of_block for of_block, _, _ in mine) == hours
        assert all(above[2] < below[1] for above, below in pairwise(mine))
    used = {row for number in range(1, 1 + len(days)) for _, a, b in places(found, number) for row in range(a, b + 1)}
    assert used == set(range(len(found.hours)))


# --- the cells -------------------------------------------------------------------------------------------------------

FOUR_DAYS = {
    "name": "four",
    "meeting": {"series": "Four", "annex_title": "FOUR"},
    "calendar": {
        "grain": "15 min",
        "slots": WHOLE.split(),
        "days": [
            {"date": "2027-03-01", "slots": ["15:00-18:00"]},
            "2027-03-02",
            {"date": "2027-03-03", "slots": ["09:00-12:00", "14:00-17:00", "18:30-20:00"]},
            {"date": "2027-03-04", "slots": ["10:00-11:30", "11:45-13:00", "15:00-16:15", "16:30-18:00"]},
        ],
    },
    "bodies": [
        {"id": "OP", "sessions": [{"id": "op", "duration": "1h"}]},
        {
            "id": "WG",
            "sessions": [
                {"id": "x", "title": "Group on X", "duration": "4h"},
                {"id": "y", "title": "Group on Y", "duration": "4h30"},
            ],
        },
        {"id": "UNI", "sessions": [{"id": "u", "duration": "4h"}]},
        {"id": "REC", "sessions": [{"id": "rec", "duration": "1h30"}]},
        {"id": "REP", "sessions": [{"id": "r", "duration": "3h30"}]},
    ],
}
MEET = (("op", 1, "15:00"), ("x", 1, "16:00"), ("y", 2, "12:00"), ("u", 3, "09:30"), ("rec", 3, "18:30"))


def four_days(*more: tuple[str, int, str], without: str = "", **meeting: Any) -> tuple[Scenario, Timetable]:
    data = FOUR_DAYS | {"meeting": {"series": "Four", "annex_title": "FOUR"} | meeting}
    made = from_data(data)
    found = []
    for session, day, clock in (*(each for each in MEET if each[0] != without), *more):
        start = made.calendar.axis.position(FIRST.replace(day=day), parse_clock(clock))
        assert start is not None
        place = made.place(SessionId(session), start)
        assert place is not None
        found.append(place)
    return made, Timetable(found)


def cells(grid: Grid) -> list[list[tuple[int, int, list[str] | None]]]:
    """By day: first line, number of lines and words of each cell; None: the day has no such half-day."""

    def words(entry: Entry | None) -> list[str]:
        return [line.text for line in entry.lines] if entry else []

    (band,) = grid.bands
    return [
        [(c.first, c.span, words(c.entry) if c.open else None) for c in band.cells if c.column == number]
        for number in range(len(band.columns))
    ]


def test_four_days_with_four_sets_of_hours() -> None:
    grid = annex_grid(*four_days(("r", 4, "10:30")))
    assert [row.label for row in grid.bands[0].rows] == ["10:00 – 13:00", "15:00 – 18:00"]
    assert [(row.first, row.span) for row in grid.bands[0].rows] == [(0, 2), (2, 2)]
    monday, tuesday, wednesday, thursday = cells(grid)
    assert monday == [(0, 2, None), (2, 1, ["OP"]), (3, 1, ["WG", "Group on X"])]
    assert tuesday == [
        (0, 2, ["WG", "Group on X", "10:00 – 12:00", "Group on Y", "12:00 – 13:00"]),
        (2, 2, ["WG", "Group on Y"]),
    ]
    assert wednesday == [
        (0, 1, ["WG", "Group on Y", "09:00 – 09:30"]),
        (1, 1, ["UNI", "09:30 – 12:00"]),
        (2, 1, ["UNI", "14:00 – 15:30"]),
        (3, 1, ["REC", "18:30 – 20:00"]),
    ]
    # over coffee the session is one line, after lunch it is another
    assert thursday == [(0, 2, ["REP", "10:30 – 13:00"]), (2, 2, ["REP", "15:00 – 16:15"])]
    entry = grid.bands[0].columns[3].entries[0][0]
    assert (entry.sessions, entry.minutes) == (("r",), 60 + 75)


def test_two_entries_that_span_rows_are_parted_as_entries_of_one_slot_are() -> None:
    days = [{"date": "2027-03-03", "slots": ["09:00-17:00"]}, "2027-03-04", "2027-03-05"]
    bodies = [{"id": name, "sessions": [{"id": name.lower(), "duration": "4h"}]} for name in "AB"]
    made = from_data(FOUR_DAYS | {"calendar": {"slots": WHOLE.split(), "days": days}, "bodies": bodies})
    held = [place for name, start in (("a", 0), ("b", 240)) if (place := made.place(SessionId(name), start))]
    (band,) = annex_grid(made, Timetable(held)).bands
    assert [(c.first, c.span, c.below) for c in band.cells if c.column == 0] == [(0, 1, False), (1, 1, True)]
    assert cells(annex_grid(made, Timetable(held)))[0] == [
        (0, 1, ["A", "09:00 – 13:00"]),
        (1, 1, ["B", "13:00 – 17:00"]),
    ]


def test_work_that_fills_the_row_needs_no_hours_although_its_day_has_a_coffee_break() -> None:
    assert cells(annex_grid(*four_days(("r", 4, "10:00"))))[3] == [(0, 2, ["REP"]), (2, 2, ["REP", "15:00 – 15:45"])]
    always = annex_grid(*four_days(("r", 4, "10:00"), hours_in_every_cell=True))
    assert cells(always)[3][0] == (0, 2, ["REP", "10:00 – 13:00"])


def test_of_two_bodies_in_a_row_with_other_hours_both_say_theirs() -> None:
    grid = annex_grid(*four_days(("r", 4, "11:45"), ("op", 4, "10:00"), without="op"))
    assert cells(grid)[3][:2] == [(0, 1, ["OP", "10:00 – 11:00"]), (1, 1, ["REP", "11:45 – 13:00"])]


def test_a_reader_of_rows_and_cells_knows_all_hours_of_all_days() -> None:
    made, timetable = four_days(("r", 4, "10:30"))
    (band,) = annex_grid(made, timetable).bands
    read = set()
    for cell in band.cells:
        if cell.entry is not None and len(cell.entry.parts) == 1:
            row = next(row for row in reversed(band.rows) if row.first <= cell.first)
            hours = cell.entry.parts[0].hours or row.label
            read.add((band.columns[cell.column].day.day, *parse_hours(hours), cell.entry.sessions))
    # those of Monday follow one another without hours, as everywhere on a rolling basis
    expected = {(3, 540, 570, ("y",)), (3, 570, 720, ("u",)), (3, 840, 930, ("u",)), (3, 1110, 1200, ("rec",))}
    assert {each for each in read if each[0] == 3} == expected
    assert {each for each in read if each[0] == 4} == {(4, 630, 780, ("r",)), (4, 900, 975, ("r",))}


def test_the_page_on_the_annex_shows_what_four_days_print() -> None:
    page = (DOCS / "annex.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    whole = {"id": "W", "sessions": [{"id": "w", "duration": "22h"}]}
    made = from_data(FOUR_DAYS | {"calendar": parse_document(block.encode(), "annex.md").data, "bodies": [whole]})
    place = made.place(SessionId("w"), 0)
    assert place is not None
    grid = annex_grid(made, Timetable([place]))
    found = [[row.label.replace("–", "-")] for row in grid.bands[0].rows]
    for of_day in cells(grid):
        for number, (_, _, words) in enumerate(of_day):
            found[number].append(" ".join(words).replace("–", "-") if words is not None else "grey")
    lines = [line.strip("|") for line in page.splitlines() if line.startswith("| 1")]
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert table == found
