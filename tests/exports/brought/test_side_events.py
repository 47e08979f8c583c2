"""Side events in tables made by hand: how they are named, and which hours follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.small import scenario as small
from support.small import timetable

from exports.timetable_reading import read_timetable
from exports.xlsx.annex import annex_bytes
from scheduler.domain.side_events import HeldEvent
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.scenario import Scenario

EVENTS: dict[str, Any] = {
    "windows": [{"hours": "13:15-14:45", "name": "lunch"}, "18:30-20:00"],
    "rooms": ["Foyer"],
    "events": [
        {"title": "Film", "length": "1h"},
        {"title": "Reception", "length": "90 min", "windows": ["18:30-20:00"], "id": "drinks"},
        {"title": "Briefing", "day": "2025-02-25", "hours": "09:00-09:30"},
        {"title": "Photo", "day": "2025-02-26"},
    ],
}
WEEK = small({"WG": "3h"}, side_events=EVENTS)
HEAD = "day,half-day,body,title\n"


def held(folder: Path, text: str, scenario: Scenario = WEEK) -> list[tuple[str, str, int, int, str]]:
    (folder / "t.csv").write_text(f"{text}", "utf-8")
    stored = read_timetable(str(folder / "t.csv"), scenario, widen=True)
    assert [str(placed.session) for placed in stored.timetable] == ["wg"]
    events = stored.timetable.side_events or ()
    return [(each.event, f"{each.day:%a}", each.start, each.end, each.room) for each in sorted(events)]


@pytest.mark.parametrize(
    "row",
    [
        "Tue,13:15-14:15,Side event,Film",
        "Tue,13:15-14:15,Film,",
        "Tue,13:15,film,",
        "Tue,lunch,side event,Film",
        "Tue,pm,,Film",
        ",afternoon,Film,",
    ],
)
def test_a_row_of_a_side_event_is_read_as_far_as_its_hours_follow(row: str, tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\n{row}\n") == [("film", "Tue", 795, 855, "Foyer")]


@pytest.mark.parametrize(
    "text",
    [
        "day,hours,what\nTue,10:00-13:00,WG\nWed,18:30-20:00,Reception\n",
        "day,start,end,session\nTue,10:00,13:00,wg\nWed,18:30,,drinks\n",
        "Tue morning: WG\nWed evening: Reception\n",
        "Tue morning: WG\nWed: drinks\n",
        "Tue morning: WG\nWed 18:30: Reception\n",
    ],
)
def test_a_side_event_may_be_written_in_many_ways(text: str, tmp_path: Path) -> None:
    assert held(tmp_path, text) == [("drinks", "Wed", 1110, 1200, "Foyer")]


def test_hours_outside_the_windows_are_kept_for_the_check(tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\nWed,08:00-09:00,Film,\n") == [("film", "Wed", 480, 540, "Foyer")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Tue,,Film,", "3:6: 'Film' on Tuesday 25 February may be 13:15 - 14:45 or 18:30 - 20:00: write its start"),
        ("Tue,morning,Film,", "3:13: nothing says when 'Film' is held: write its start and end, as in 13:15-14:15"),
        ("Wed,,Side event,Fylm", "3:17: nothing says when 'Fylm' is held: write its start and end, as in 13:15-14:15"),
        ("Wed,lunsh,Film,", "3:5: 'lunsh' is no half-day: did you mean 'lunch'?"),
        ("Wed,lunch,Fylm,", "3:11: 'Fylm' is no session or body of scenario 'small': did you mean 'Film'?"),
    ],
)
def test_what_is_missing_is_said_with_its_place(row: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        held(tmp_path, f"{HEAD}Tue,am,WG,\n{row}\n")
    assert f"t.csv:{said}" in caught.value.message.replace("\u2013", "-")


def test_an_event_that_is_given_without_hours_stays_on_its_day(tmp_path: Path) -> None:
    for day, notes in (("Wed", []), ("Thu", ["3: 'Photo' is given on Wednesday 26 February: passed over"])):
        (tmp_path / "t.csv").write_text(f"{HEAD}Tue,am,WG,\n{day},,Photo,\n", "utf-8")
        stored = read_timetable(str(tmp_path / "t.csv"), WEEK, widen=True)
        assert [note.partition("t.csv:")[2] for note in stored.notes] == notes


def test_an_event_that_is_given_keeps_its_hours_or_breaks_them(tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\nTue,,Briefing,\n") == []
    (tmp_path / "t.csv").write_text(f"{HEAD}Tue,am,WG,\nTue,09:15-09:45,Briefing,\n", "utf-8")
    (violation,) = read_timetable(str(tmp_path / "t.csv"), WEEK, widen=True).violations
    assert violation.message.startswith("'Briefing' is given")


# --- in grids --------------------------------------------------------------------------------------------------------

GRID = ",Tue,Wed\nam,WG,\nSIDE EVENTS,{},{}\n"


def test_the_row_of_side_events_of_a_grid_is_read(tmp_path: Path) -> None:
    cells = ('"13:15 - 14:15 Film, Norway\n(Foyer)\n09:00-09:30 Briefing"', '"Reception, Peru (Foyer)"')
    assert held(tmp_path, GRID.format(*cells)) == [
        ("film", "Tue", 795, 855, "Foyer"),
        ("drinks", "Wed", 1110, 1200, "Foyer"),
    ]
    turned = "Day,am,side events\nTue,WG,18:30 Film\nWed,,tbc\n"
    assert held(tmp_path, turned) == [("film", "Tue", 1110, 1170, "Foyer")]


@pytest.mark.parametrize(
    "cell", ["tbc", "-", "3 side events", "One side event", "13:15: 2 side events\n18:15: one side event"]
)
def test_a_cell_that_names_no_side_event_by_intent_is_passed_over(cell: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(GRID.format(f'"{cell}"', ""), "utf-8")
    stored = read_timetable(str(tmp_path / "t.csv"), WEEK, widen=True)
    assert not stored.notes


def test_an_event_that_the_scenario_does_not_have_is_passed_over_and_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(GRID.format('"13:15 - 14:15 Film\n18:30 - 19:30 Concert"', "Filmed talk"), "utf-8")
    stored = read_timetable(str(tmp_path / "t.csv"), WEEK, widen=True)
    assert [each.event for each in stored.timetable.side_events or ()] == ["film"]
    told = [note.partition("t.csv:")[2] for note in stored.notes]
    assert told == [
        "3: '18:30 - 19:30 Concert' names no side event: passed over",
        "4: 'Filmed talk' names no side event: passed over",
    ]


def test_side_events_of_our_own_grid_come_back_without_its_list(tmp_path: Path) -> None:
    tuesday, wednesday = date(2025, 2, 25), date(2025, 2, 26)
    events = (HeldEvent(tuesday, 795, 855, "film", "Foyer"), HeldEvent(wednesday, 1110, 1200, "drinks", "Foyer"))
    placed = Timetable(timetable(WEEK, {"wg": "Tue 10:00"}), events)
    (tmp_path / "annex.xlsx").write_bytes(annex_bytes(WEEK, placed))
    book = load_workbook(tmp_path / "annex.xlsx")
    del book["Sessions"]
    book.save(tmp_path / "annex.xlsx")
    stored = read_timetable(str(tmp_path / "annex.xlsx"), WEEK)
    assert (stored.timetable, stored.violations, stored.notes) == (placed, (), ())


MANY = small(
    {"WG": "3h"},
    side_events={
        "windows": ["13:15-14:45", "18:15-20:00"],
        "rooms": ["Room III", "Foyer"],
        "events": [
            {"title": f"Event {name}", "length": "1h", "organiser": ["An institute (Geneva)"]} for name in "abcdef"
        ],
    },
)
HELD = {
    "a": (25, 795, 1),
    "b": (25, 825, 0),
    "c": (25, 795, 0),
    "d": (25, 1095, 0),
    "e": (25, 480, 0),
    "f": (26, 795, 1),
}


def many(folder: Path) -> Timetable:
    """Six side events, five of them on a day whose cell only counts them; in a workbook without its list."""
    held = [
        HeldEvent(date(2025, 2, day), start, start + 60, f"event-{name}", ("Room III", "Foyer")[room])
        for name, (day, start, room) in HELD.items()
    ]
    placed = Timetable(timetable(MANY, {"wg": "Tue 10:00"}), held)
    (folder / "many.xlsx").write_bytes(annex_bytes(MANY, placed))
    book = load_workbook(folder / "many.xlsx", rich_text=True)
    del book["Sessions"]
    book.save(folder / "many.xlsx")
    return placed


def test_many_side_events_come_back_from_their_own_sheet(tmp_path: Path) -> None:
    placed = many(tmp_path)
    stored = read_timetable(str(tmp_path / "many.xlsx"), MANY, widen=True)
    assert (stored.timetable, stored.notes) == (placed, ())


def test_where_the_annex_says_other_hours_the_sheet_of_side_events_counts(tmp_path: Path) -> None:
    placed = many(tmp_path)
    book = load_workbook(tmp_path / "many.xlsx")
    (cell,) = [cell for row in book["Annex"] for cell in row if "Event f" in str(cell.value)]
    cell.value = "18:15 - 19:15 Event f (Foyer)"
    book.save(tmp_path / "many.xlsx")
    stored = read_timetable(str(tmp_path / "many.xlsx"), MANY, widen=True)
    assert stored.timetable == placed
    (note,) = stored.notes
    assert "the sheet 'Side events' has other hours or another room for this event, and counts" in note


def test_what_the_sheet_of_side_events_does_not_know_is_told(tmp_path: Path) -> None:
    placed = many(tmp_path)
    book = load_workbook(tmp_path / "many.xlsx")
    (cell,) = [cell for row in book["Side events"] for cell in row if "Event d" in str(cell.value)]
    cell.value = "Concert"
    book.save(tmp_path / "many.xlsx")
    stored = read_timetable(str(tmp_path / "many.xlsx"), MANY, widen=True)
    assert len(stored.timetable.side_events or ()) == len(placed.side_events or ()) - 1
    assert any("sheet 'Side events', cell" in note and "'Concert' names no side event" in note for note in stored.notes)
