"""What rules ask of a programme, by values worked out by hand: work, audiences, own slots, cells, bodies."""

from __future__ import annotations

from typing import Any

from support.small import scenario, timetable

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.occupancy import by_body, occupied, occupied_by_slot, whole_bodies
from scheduler.scenario import Scenario

AUDIENCES = [{"id": "states", "name": "S"}, {"id": "observers", "name": "O"}, {"id": "public", "name": "P"}]
BODIES: dict[str, Any] = {
    "WG": {"access": ["states", "observers"], "sessions": {"w1": "1h", "w2": {"duration": "1h", "access": ["states"]}}},
    "SUB": {
        "parent": "WG",
        "sessions": {"s1": "1h", "s2": {"duration": "1h", "access": ["states", "observers", "public"]}},
    },
    "LOW": {"parent": "SUB", "access": ["public"], "sessions": {"l1": "1h"}},
    "OPEN": {"sessions": {"o1": "4h"}},
}
SLOTS: dict[str, Any] = {
    "slots": [
        {"hours": "09:00-10:00", "reserved_for": ["SUB"]},
        "10:00-13:00",
        {"hours": "14:00-15:00", "reserved_for": ["w2", "OPEN"]},
        "15:00-18:00",
    ],
    "days": ["2025-02-25"],
}
ROOMS: dict[str, Any] = {"rooms": [{"id": "hall"}, {"id": "annexe"}]}


def meeting(*rules: dict[str, Any], **more: Any) -> Scenario:
    return scenario(BODIES, *rules, audiences=AUDIENCES, **SLOTS, **ROOMS, **more)


def test_work_is_a_body_with_those_below_it_each_session_once_in_the_order_of_the_scenario() -> None:
    of = meeting()
    assert of.work() == ("w1", "w2", "s1", "s2", "l1", "o1")
    assert of.work("WG") == ("w1", "w2", "s1", "s2", "l1")
    assert of.work("SUB") == ("s1", "s2", "l1")
    assert of.work("LOW", "s2", "SUB", "w2") == ("w2", "s1", "s2", "l1")
    assert of.work("o1") == ("o1",)


def test_audiences_come_from_the_session_or_the_nearest_body_that_names_some() -> None:
    of = meeting()
    admitted = {session: sorted(of.audience(session)) for session in of.sessions}
    assert admitted == {
        "w1": ["observers", "states"],
        "w2": ["states"],
        "s1": ["observers", "states"],
        "s2": ["observers", "public", "states"],
        "l1": ["public"],
        "o1": ["observers", "public", "states"],
    }
    assert [session for session in of.sessions if of.restricted(session)] == ["w1", "w2", "s1", "l1"]


def test_own_slots_are_those_of_all_and_those_reserved_for_the_session_or_a_body_above_it() -> None:
    of = meeting()
    own = {session: sorted(of.own_slots(session)) for session in of.sessions}
    assert own == {
        "w1": [1, 3],
        "w2": [1, 2, 3],
        "s1": [0, 1, 3],
        "s2": [0, 1, 3],
        "l1": [0, 1, 3],
        "o1": [1, 2, 3],
    }


def test_a_body_is_dropped_when_one_of_its_posts_is_vacant() -> None:
    officers = [{"id": "chair", "post": "Chair", "vacant": True}, {"id": "co", "post": "Co-chair"}]
    for posts, dropped in ((["chair", "co"], True), (["co", "chair"], True), (["co"], False), ([], False)):
        body = {"officers": posts, "when_vacant": "dropped", "sessions": {"a": "1h"}}
        of = scenario({"A": body, "B": "1h"}, officers=officers)
        assert ("A" in of.dropped) is dropped
        assert of.work("A") == (() if dropped else ("a",))


def test_the_room_is_cleared_after_closed_sessions_that_a_rule_names_and_after_no_others() -> None:
    of = meeting({"rule": "restricted_access", "of": ["WG", "OPEN"], "clearing": "30 min"})
    assert {s: of.clearing(s) for s in of.sessions} == {
        "w1": 30,
        "w2": 30,
        "s1": 30,
        "s2": None,
        "l1": 30,
        "o1": None,
    }
    assert {meeting().clearing(s) for s in meeting().sessions} == {None}


def test_cells_are_slots_and_rooms_with_those_who_sit_there_in_order() -> None:
    of = meeting()
    placed = timetable(
        of,
        {
            "o1": "Tue 12:00 annexe",  # 12-13, 14-15 and 15-17
            "w2": "Tue 15:00 hall",
            "s1": "Tue 09:00 hall",
            "w1": "Tue 11:00 annexe",
            "s2": "Tue 17:00 hall",
        },
    )
    hall, annexe = RoomId("hall"), RoomId("annexe")
    cells = {cell: dict(bodies) for cell, bodies in occupied(of, placed).items()}
    assert list(cells.items()) == [
        ((0, hall), {"SUB": ("s1",)}),
        ((1, annexe), {"OPEN": ("o1",), "WG": ("w1",)}),
        ((2, annexe), {"OPEN": ("o1",)}),
        ((3, hall), {"WG": ("w2",), "SUB": ("s2",)}),
        ((3, annexe), {"OPEN": ("o1",)}),
    ]
    rooms = occupied_by_slot(of, placed)
    assert {slot: list(rooms[slot]) for slot in rooms} == {0: [hall], 1: [annexe], 2: [annexe], 3: [hall, annexe]}


def test_sessions_belong_to_the_body_that_they_are_written_under_alone() -> None:
    of = meeting()
    named = [SessionId(name) for name in ("l1", "s1", "o1", "s2")]
    assert list(by_body(of, named).items()) == [("LOW", ("l1",)), ("SUB", ("s1", "s2")), ("OPEN", ("o1",))]
    assert whole_bodies(of, named) == {"LOW", "SUB", "OPEN"}
    assert whole_bodies(of, named[:2]) is None
    assert whole_bodies(of, of.work("SUB")) == {"SUB", "LOW"}
    assert whole_bodies(of, []) == frozenset()


def test_minutes_that_are_open_are_those_of_own_slots_in_rooms_of_the_session() -> None:
    of = meeting({"rule": "not_on", "of": ["s1"], "when": ["12:00-13:00", "15:30-16:00"]})
    s1, o1 = SessionId("s1"), SessionId("o1")
    hall, annexe = RoomId("hall"), RoomId("annexe")
    assert dict(of.minutes_open(o1)) == {
        (i, room): m for i, m in ((1, 180), (2, 60), (3, 180)) for room in (hall, annexe)
    }
    # The grain is an hour: 12-13 is gone, and so is 15-16, of which half an hour is closed.
    assert dict(of.minutes_open(s1)) == {
        (i, room): m for i, m in ((0, 60), (1, 120), (3, 120)) for room in (hall, annexe)
    }
