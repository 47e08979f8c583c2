# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""The annex prints hours wherever they do not follow from the row and from what stands above in the cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from support.command import Command

from exports.annex.grid import GridRow, annex_grid
from scheduler.domain.base import SessionId
from scheduler.domain.clock import parse_clock
from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

TITLES = {"x": "Group on X", "y": "Group on Y"}


def body(name: str, *sessions: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A body with sessions, each an id and a length; ``x`` and ``y`` have titles."""
    made = [{"id": s, "duration": length} | ({"title": TITLES[s]} if s in TITLES else {}) for s, length in sessions]
    return {"id": name, "sessions": made, **more}


def scenario(*bodies: dict[str, Any], slots: tuple[str, ...] = ("10:00-13:00", "15:00-18:00"), **more: Any) -> Scenario:
    meeting = {"series": "Trial", "annex_title": "TRIAL"} | more.pop("meeting", {})
    calendar = {"slots": list(slots), "days": ["2027-03-02"], "grain": "15 min"}
    return from_data({"name": "trial", "meeting": meeting, "calendar": calendar, "bodies": list(bodies), **more})


def words(trial: Scenario, *places: tuple[Any, ...]) -> list[list[str]]:
    """The cells of the day from top to bottom; a place is a session, its minute on the axis and perhaps a room."""
    grid = annex_grid(trial, Timetable([p for place in places if (p := trial.place(*place)) is not None]))
    return [list(cell.entry.words) for cell in grid.bands[0].cells if cell.entry]


def test_a_start_after_a_pause_is_printed() -> None:
    trial = scenario(body("A", ("a", "1h")), body("B", ("b", "1h30")))
    assert words(trial, ("a", 0), ("b", 90)) == [["A", "10:00 – 11:00"], ["B", "11:30 – 13:00"]]


def test_a_first_start_after_the_opening_is_printed() -> None:
    assert words(scenario(body("A", ("a", "1h30"))), ("a", 90)) == [["A", "11:30 – 13:00"]]


def test_an_end_before_the_slot_closes_is_printed_where_it_falls() -> None:
    trial = scenario(body("A", ("a", "5h")))
    assert words(trial, ("a", 0)) == [["A"], ["A", "15:00 – 17:00"]]


def test_a_start_the_minute_the_one_above_ends_needs_no_hours() -> None:
    trial = scenario(body("A", ("a", "4h30")), body("B", ("b", "1h30")))
    assert words(trial, ("a", 0), ("b", 270)) == [["A"], ["A"], ["B"]]


def test_the_last_of_several_says_when_it_ends() -> None:
    trial = scenario(body("A", ("a", "1h")), body("B", ("b", "1h")))
    assert words(trial, ("a", 0), ("b", 60)) == [["A"], ["B", "11:00 – 12:00"]]


def test_a_closed_session_in_the_middle_of_a_slot() -> None:
    bodies = body("A", ("a", "1h"), ("a2", "30m")), body("C", ("c", "45m"), access=["states-parties"])
    cells = words(scenario(*bodies), ("a", 0), ("c", 75), ("a2", 135))
    assert cells == [["A", "10:00 – 11:00"], ["C (States Parties only)", "11:15 – 12:00"], ["A", "12:15 – 12:45"]]


def test_two_sub_groups_in_a_cell_are_two_lines_and_say_their_hours() -> None:
    trial = scenario(body("WG", ("x", "1h"), ("y", "2h")))
    assert words(trial, ("x", 0), ("y", 60)) == [
        ["WG Group on X", "10:00 – 11:00", "WG Group on Y", "11:00 – 13:00"],
    ]


def test_two_sub_groups_with_a_pause_between_both_say_their_hours() -> None:
    trial = scenario(body("WG", ("x", "1h"), ("y", "1h30")))
    assert words(trial, ("x", 0), ("y", 90)) == [
        ["WG Group on X", "10:00 – 11:00", "WG Group on Y", "11:30 – 13:00"],
    ]
    grid = annex_grid(trial, Timetable([p for p in (trial.place(*s) for s in (("x", 0), ("y", 90))) if p]))
    assert grid.bands[0].cells[0].entry is not None
    lines = [line.text for line in grid.bands[0].cells[0].entry.lines]
    assert lines == ["WG", "Group on X", "10:00 – 11:00", "Group on Y", "11:30 – 13:00"]


def test_a_sub_group_beside_work_without_a_title_is_a_line_of_its_own() -> None:
    trial = scenario(body("WG", ("first", "1h"), ("x", "2h")))
    assert words(trial, ("first", 0), ("x", 60)) == [["WG"], ["WG Group on X"]]


def test_sessions_without_titles_say_their_hours_each() -> None:
    trial = scenario(body("WG", ("a", "1h"), ("b", "1h")))
    assert words(trial, ("a", 0), ("b", 120)) == [["WG", "10:00 – 11:00", "WG", "12:00 – 13:00"]]


def test_items_of_an_agenda_have_their_hours_before_them() -> None:
    trial = scenario(body("AG", ("x", "1h"), ("y", "1h"), label="Agenda:", style="agenda"))
    assert words(trial, ("x", 0), ("y", 120)) == [["Agenda:", "10:00 – 11:00 Group on X", "12:00 – 13:00 Group on Y"]]
    assert words(trial, ("x", 0), ("y", 180)) == [
        ["Agenda:", "10:00 – 11:00 Group on X"],
        ["Agenda:", "15:00 – 16:00 Group on Y"],
    ]


def test_with_several_rooms_in_a_slot_only_the_whole_slot_goes_without_saying() -> None:
    rooms = [{"id": "big"}, {"id": "small"}]
    bodies = body("A", ("a", "1h30")), body("B", ("b", "1h30")), body("C", ("c", "3h"))
    cells = words(scenario(*bodies, rooms=rooms), ("a", 0, "big"), ("b", 90, "big"), ("c", 0, "small"))
    assert cells == [["A", "10:00 – 11:30"], ["B", "11:30 – 13:00"], ["C"]]


def test_a_cell_over_two_slots_without_a_break_says_the_hours_of_the_whole() -> None:
    slots = ("13:00-14:30", "14:30-16:00")
    assert words(scenario(body("A", ("a", "2h")), slots=slots), ("a", 30)) == [["A", "13:30 – 15:30"]]
    assert words(scenario(body("A", ("a", "3h")), slots=slots), ("a", 0)) == [["A"]]


def test_sessions_that_look_alike_and_follow_one_another_are_one_cell_with_the_hours_of_both() -> None:
    trial = scenario(body("A", ("a", "1h"), ("b", "1h")), slots=("13:00-14:30", "14:30-16:00"))
    assert words(trial, ("a", 30), ("b", 90)) == [["A", "13:30 – 15:30"]]


def test_sub_groups_over_two_slots_are_told_slot_by_slot_where_one_has_to_be() -> None:
    trial = scenario(body("WG", ("x", "2h"), ("y", "1h")), slots=("13:00-14:30", "14:30-16:00"))
    assert words(trial, ("x", 0), ("y", 120)) == [
        ["WG Group on X"],
        ["WG Group on X", "14:30 – 15:00", "WG Group on Y", "15:00 – 16:00"],
    ]


def test_sessions_that_look_alike_are_no_one_cell_where_a_pause_lies_between() -> None:
    trial = scenario(body("A", ("a", "1h"), ("b", "1h")), slots=("13:00-14:30", "14:30-16:00"))
    assert words(trial, ("a", 0), ("b", 120)) == [["A", "13:00 – 14:00"], ["A", "15:00 – 16:00"]]


def test_an_annex_can_print_all_hours() -> None:
    meeting = {"hours_in_every_cell": True}
    trial = scenario(body("A", ("a", "6h")), meeting=meeting)
    assert words(trial, ("a", 0)) == [["A", "10:00 – 13:00"], ["A", "15:00 – 18:00"]]
    trial = scenario(body("A", ("a", "3h")), slots=("13:00-14:30", "14:30-16:00"), meeting=meeting)
    assert words(trial, ("a", 0)) == [["A", "13:00 – 16:00"]]


def read_back(row: GridRow, told: list[tuple[str | None, str]], lengths: dict[str, int]) -> set[tuple[int, int, str]]:
    """When each session of a slot begins and ends, for a reader who knows the row, the cells and how long each takes.

    What is not told begins when the one above ends, or the slot opens, and the last ends when the slot closes.
    """
    found, clock = [], row.opens
    for hours, session in told:
        begins, ends = map(parse_clock, hours.split(" – ")) if hours else (clock, clock + lengths[session])
        found.append((begins, ends, session))
        clock = ends
    assert clock == row.closes or told[-1][0]
    return set(found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.booleans()), min_size=1, max_size=6))
def test_a_reader_of_rows_and_cells_can_say_when_each_session_begins_and_ends(
    drawn: list[tuple[int, int, bool]],
) -> None:
    """By lengths and pauses in half hours, and whether a new body meets."""
    bodies: list[dict[str, Any]] = []
    places, start = [], 0
    for number, (length, pause, new) in enumerate(drawn):
        if new or not bodies:
            bodies.append(body(f"B{number}"))
        bodies[-1]["sessions"].append({"id": f"s{number}", "title": f"Title {number}", "duration": f"{length * 30}m"})
        start += pause * 30
        places.append((SessionId(f"s{number}"), start))
        start += length * 30
    trial = scenario(*bodies, slots=("09:00-12:00", "13:00-14:30", "14:30-17:00", "18:00-20:00", "20:30-24:00"))
    found = [p for place in places if (p := trial.place(*place)) is not None]
    truth = {(s.start, s.end, str(p.session)) for p in found for s in p.segments}
    (band,) = annex_grid(trial, Timetable(found)).bands
    read: set[tuple[int, int, str]] = set()
    for row, entries in zip(band.rows, band.columns[0].entries, strict=True):
        told = [(part.hours, str(session)) for entry in entries for part in entry.parts for session in part.sessions]
        lengths = {session: end - begin for begin, end, session in truth if row.opens <= begin < row.closes}
        read |= read_back(row, told, lengths) if told else set()
    assert read == truth


SOLVED = """
name: pause
meeting: {series: Pause, annex_title: PAUSE}
calendar: {slots: [09:00-12:00, 14:00-17:00], days: [2027-03-02]}
bodies:
  - {id: FIRST, sessions: [{id: first, duration: 1h}]}
  - {id: LATE, officers: [chair], sessions: [{id: late, duration: 1h30}]}
officers: [{id: chair, post: Chair, present: [2027-03-02 10:30-12:00]}]
rules: [{rule: rolling, weight: 1}, {rule: one_at_a_time}, {rule: order, of: [FIRST, LATE]}]
"""


def test_who_opens_the_workbook_reads_when_to_come(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "pause.yaml").write_text(SOLVED, "utf-8")
    assert schedule("solve", tmp_path / "pause.yaml", "-o", tmp_path).status == 0
    cells = [c.value for row in openpyxl.load_workbook(tmp_path / "pause.xlsx")["Annex"].iter_rows() for c in row]
    assert "LATE\n10:30 – 12:00" in cells
