"""Who is there, of several who may be, in everything that goes out."""

from __future__ import annotations

from typing import Any

from support.small import scenario, timetable

from exports.annex.board import BoardSlot, board_of
from exports.table import segments_table, sessions_rows
from scheduler.comparison.measures import deputised_sessions, officer_nights
from scheduler.comparison.option import Option
from scheduler.documents.timetable_document import sessions_of
from scheduler.scenario import Scenario

OFFICERS = [
    {"id": "chair", "post": "Chair", "name": "Amb. One", "absent": ["2025-02-25"]},
    {"id": "vice", "post": "Vice-Chair", "name": "Ms Two"},
]
DEPUTISED: dict[str, Any] = {"who": "chair", "deputies": ["vice"], "price": 5}
PLACES = {"a": "Tue 10:00 hall", "b": "Wed 10:00 hall"}


def meeting(**more: Any) -> Scenario:
    sessions = {"a": {"duration": "3h", "presenters": [{"one_of": ["chair", "Cy Poe"]}]}, "b": "3h"}
    rooms = [{"id": "hall"}, {"id": "annexe"}]
    return scenario({"A": {"officers": [DEPUTISED], "sessions": sessions}}, officers=OFFICERS, rooms=rooms, **more)


def test_lists_name_who_is_there() -> None:
    of = meeting()
    found = timetable(of, PLACES)
    assert [row["officers"] for row in segments_table(of, found)] == ["Ms Two, Vice-Chair", "Amb. One, Chair"]
    assert [row[-2] for row in sessions_rows(of, found)] == ["Cy Poe", ""]


def test_the_document_says_who_was_chosen_among_whom() -> None:
    of = meeting()
    assert [session.get("chosen") for session in sessions_of(of, timetable(of, PLACES))] == [
        [
            {"among": ["chair", "vice"], "who": "vice", "price": 5},
            {"among": ["chair", "Cy Poe"], "who": "Cy Poe", "price": 0},
        ],
        [{"among": ["chair", "vice"], "who": "chair", "price": 0}],
    ]


def test_the_programme_of_many_rooms_names_who_is_there() -> None:
    of = meeting(meeting={"series": "s", "annex_title": "t", "names_in_programme": "true"})
    pages = board_of(of, timetable(of, PLACES)).pages
    entries = [
        entry
        for page in pages
        for slot in page.rows
        if isinstance(slot, BoardSlot)
        for room in slot.rooms
        for entry in room
    ]
    assert [(entry.chairs, [item.people for item in entry.sessions]) for entry in entries] == [
        ("Ms Two", ["Cy Poe"]),
        ("Amb. One", [""]),
    ]


def test_a_comparison_counts_sessions_deputised_and_nights_of_who_is_there() -> None:
    of = meeting()
    option = Option("A", "a", of, timetable(of, PLACES), "checked")
    assert deputised_sessions.measure(option) == 1
    assert officer_nights.measure(option) == 0  # each serves on one day
