# ruff: noqa: RUF001 - the annexes print their hours with an en dash
"""The programme of many rooms: lunch and side events between the slots, who may attend, all hours where asked for."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from support.small import scenario as small
from support.small import timetable

from exports.annex.board import Board, BoardPause, BoardSideEvents, BoardSlot, board_against, board_of
from exports.html.notebook import timetable_html
from exports.terminal.board import print_board
from scheduler.comparison.option import Option
from scheduler.domain.base import altered
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

ROOMS = [{"id": name, "name": f"Room {name.upper()}"} for name in "abcd"]
BODIES = {
    "PL": {"sessions": {"open": {"duration": "1h", "title": "Opening"}, "talk": {"duration": "4h", "title": "Views"}}},
    "CG": "2h",
    "FR": {"access": ["states-parties"], "sessions": {"fr": "1h"}},
    "LG": "3h",
}
PLACES = {"open": "Tue 10:00 a", "talk": "Tue 11:00 a", "cg": "Tue 15:00 b", "fr": "Tue 15:00 c", "lg": "Tue 15:00 d"}
LUNCHEON = {"day": "2025-02-25", "title": "Launch", "hours": "13:15-14:45"}


def week(slots: tuple[str, ...] = ("10:00-13:00", "15:00-18:00"), **more: Any) -> Scenario:
    days = ["2025-02-25", {"date": "2025-02-26", "slots": ["09:30-12:30"]}]
    return small(BODIES, {"rule": "rolling"}, rooms=ROOMS, days=days, slots=slots, **more)


def lines(board: Board) -> list[list[Any]]:
    """By day: the label of each row, with what stands between the slots."""
    said: list[list[Any]] = []
    for page in board.pages:
        said.append([])
        for row in page.rows:
            if isinstance(row, BoardSlot):
                said[-1].append(row.label)
            else:
                texts = [row.hours] if isinstance(row, BoardPause) else row.events
                said[-1].append((row.label, *(text.text for text in texts)))
    return said


def test_a_day_that_uses_more_than_half_of_the_rooms_shows_all_of_them() -> None:
    of = small({name.upper(): {"sessions": {name: "1h", f"{name}2": "1h"}} for name in "abcd"}, rooms=ROOMS)
    places = {"a": "Tue 10:00 a", "b": "Tue 10:00 b", "d": "Tue 10:00 d", "a2": "Wed 10:00 a", "c": "Wed 10:00 c"}
    rest = {"b2": "Thu 10:00 b", "c2": "Thu 10:00 c", "d2": "Thu 15:00 d"}
    pages = board_of(of, timetable(of, places | rest)).pages
    assert [len(page.rooms) for page in pages] == [4, 2, 4, 0]
    assert pages[1].rooms == ("Room A", "Room C")


def test_lunch_and_side_events_stand_between_the_slots_of_a_day() -> None:
    made = week(side_events=[LUNCHEON])
    assert lines(board_of(made, timetable(made, PLACES))) == [
        [
            "10:00 – 13:00",
            ("LUNCH", "13:00 – 15:00"),
            ("SIDE EVENTS", "13:15 – 14:45 Launch"),
            "15:00 – 18:00",
        ],
        [],
    ]


def test_what_is_one_half_day_or_two_mornings_has_no_lunch() -> None:
    for slots in (("10:00-13:00", "13:30-16:30"), ("08:00-09:00", "10:00-13:00"), ("14:00-16:00", "18:00-20:00")):
        made = week(slots)
        held = Timetable([])
        assert not any(isinstance(row, BoardPause) for page in board_of(made, held).pages for row in page.rows)
        clock = slots[0][:5]
        rows = board_of(made, timetable(made, {"fr": f"Tue {clock} c"})).pages[0].rows
        assert [type(row) for row in rows] == [BoardSlot, BoardSlot]


def test_a_restricted_session_says_who_may_attend() -> None:
    made = week()
    slot = board_of(made, timetable(made, PLACES)).pages[0].rows[-1]
    assert isinstance(slot, BoardSlot)
    notes = [(entry.label.text, entry.note) for room in slot.rooms for entry in room]
    assert notes == [("PL", ""), ("CG", ""), ("FR", "(States Parties only)"), ("LG", "")]


def hours(made: Scenario) -> list[str]:
    rows = [row for row in board_of(made, timetable(made, PLACES)).pages[0].rows if isinstance(row, BoardSlot)]
    return [item.hour for row in rows for room in row.rooms for entry in room for item in entry.sessions]


def test_ends_are_printed_when_needed_or_always() -> None:
    made = week()
    assert hours(made) == ["10:00", "11:00", "→ until 17:00", "15:00 – 17:00", "15:00 – 16:00", "15:00"]
    always = altered(made, meeting=altered(made.meeting, hours_in_every_cell=True))
    assert hours(always) == [
        "10:00 – 11:00",
        "11:00 – 13:00",
        "→ until 17:00",
        "15:00 – 17:00",
        "15:00 – 16:00",
        "15:00 – 18:00",
    ]


def test_a_terminal_prints_them_in_order_of_time() -> None:
    made = week(side_events=[LUNCHEON, LUNCHEON | {"day": "2025-02-26", "title": "Film", "hours": "18:15-19:30"}])
    console = Console(width=120)
    with console.capture() as captured:
        print_board(board_of(made, timetable(made, PLACES)), console)
    found = [
        line.strip("│ ")[:13].strip() if "│" in line else line
        for line in captured.get().splitlines()
        if line.startswith(("Lunch", "Side", "Tue", "Wed", "No")) or ":00 –" in line[:20]
    ]
    assert found == [
        "Tuesday 25 February",
        "10:00 – 13:00",
        "Lunch: 13:00 – 15:00",
        "Side event: 13:15 – 14:45 Launch",
        "15:00 – 18:00",
        "Wednesday 26 February",
        "No meetings",
        "Side event: 18:15 – 19:30 Film",
    ]


def test_a_notebook_shows_the_same_with_every_text_escaped() -> None:
    hostile = LUNCHEON | {"title": "<b>Launch</b>", "organiser": "A&B"}
    made = week(side_events=[hostile])
    page = timetable_html(made, timetable(made, PLACES))
    assert [page.count(word) for word in ("<table", "Room A", "LUNCH", ">Lunch<", "States Parties only")] == [
        1,
        1,
        0,
        2,
        1,
    ]
    assert '<td colspan="4">13:15 – 14:45 <em>&lt;b&gt;Launch&lt;/b&gt;</em>, A&amp;B</td>' in page
    assert "Wednesday 26 February: No meetings" in page


def test_options_of_many_rooms_are_compared_on_their_boards() -> None:
    made = week()
    old, new = (timetable(made, PLACES | {"cg": at}) for at in ("Tue 15:00 b", "Tue 10:00 b"))
    options = [Option(letter, letter, made, held, "") for letter, held in (("A", old), ("B", new))]
    marks = [
        [item.mark for row in board_against(options[0], option).pages[0].rows if isinstance(row, BoardSlot)
         for room in row.rooms for entry in room for item in entry.sessions if item.mark]
        for option in options
    ]  # fmt: skip
    assert marks == [[], ["was Tue 15:00"]]
    assert not any(isinstance(row, BoardSideEvents) for row in board_against(*options).pages[0].rows)
