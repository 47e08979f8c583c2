"""Moves told body by body: what is one block, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario as small
from support.small import timetable

from exports.annex.changes import sentences_of
from exports.annex.marks import grid_against
from scheduler.comparison.moves import moves
from scheduler.comparison.option import Option
from scheduler.comparison.together import blocks
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

HOURS = 180
"""Minutes of a day, on the axis."""


def scenario(bodies: int = 1) -> Scenario:
    """Bodies of four papers of half an hour; slots of one hour, three a day."""
    return from_data(
        {
            "name": "s",
            "meeting": {"series": "S", "annex_title": "S"},
            "calendar": {
                "slots": ["09:00-10:00", "10:00-11:00", "14:00-15:00"],
                "days": ["2027-03-01", "2027-03-02"],
            },
            "rooms": [{"id": room, "name": f"Room {room}"} for room in "AB"],
            "bodies": [
                {
                    "id": f"b{body}",
                    "label": f"Body {body}",
                    "sessions": [{"id": f"b{body}-{n}", "title": f"P{n}", "duration": "30 min"} for n in range(4)],
                }
                for body in range(bodies)
            ],
        }
    )


def option(places: dict[str, tuple[int, str]], of: Scenario) -> Option:
    placed = [of.place(SessionId(session), start, RoomId(room)) for session, (start, room) in places.items()]
    return Option("A", "", of, Timetable(each for each in placed if each), "")


def sentences(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]], bodies: int = 1) -> list[str]:
    of = scenario(bodies)
    found = moves(option(before, of), option(after, of))
    return [block.sentence for block in blocks(found, of, of)]


MORNING: dict[str, tuple[int, str]] = {f"b0-{n}": (30 * n, "A") for n in range(4)}


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (
            {name: (start + HOURS, "A") for name, (start, _) in MORNING.items()},
            ["Body 0: all 4 sessions, Monday 1 March -> Tuesday 2 March, same hours, same room."],
        ),
        (
            {name: (start, "B") for name, (start, _) in MORNING.items()},
            ["Body 0: all 4 sessions, Monday 1 March, same hours, Room A -> Room B."],
        ),
        (
            {**MORNING, "b0-0": (60 + HOURS, "B"), "b0-1": (90 + HOURS, "B")},
            ["Body 0: 2 of 4 sessions, Monday 1 March at 09:00 -> Tuesday 2 March at 10:00, Room A -> Room B."],
        ),
        (
            {**MORNING, "b0-0": (120, "A"), "b0-1": (150, "A")},
            ["Body 0: 2 of 4 sessions, Monday 1 March at 09:00 -> 14:00, same room."],
        ),
        (
            {**MORNING, "b0-3": (150 + HOURS, "A")},
            ["Body 0 P3 moves from Monday 1 March at 10:30 to Tuesday 2 March at 14:30."],
        ),
    ],
)
def test_what_moves_alike_is_one_sentence(after: dict[str, tuple[int, str]], said: list[str]) -> None:
    assert sentences(MORNING, after) == said


def test_where_lines_would_be_many_a_body_that_goes_to_another_day_is_one_block() -> None:
    before = {f"b{body}-{n}": (30 * n, "A") for body in range(6) for n in range(4)}
    after = {f"b{body}-{n}": (90 - 30 * n + HOURS, "AB"[n % 2]) for body in range(6) for n in range(4)}
    assert sentences(before, after, bodies=6) == [
        f"Body {body}: all 4 sessions, Monday 1 March -> Tuesday 2 March, other hours, various rooms."
        for body in range(6)
    ]
    few: dict[str, Any] = {name: place for name, place in before.items() if name.startswith("b0")}
    assert len(sentences(few, {name: after[name] for name in few})) == 4


FIVE = {"A": "3h", "B": "3h", "C": "9h", "D": "1h"}
DAYS = ["2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28"]
PLACES = {"a": "Tue 10:00", "b": "Tue 15:00", "c": "Wed 10:00", "d": "Thu 15:00"}


def shifted(before: list[str], days: list[str], places: dict[str, str]) -> tuple[list[str], list[str]]:
    """What is said of a meeting on other days, and what its grid marks."""
    old, new = (small(FIVE, days=each) for each in (before, days))
    one = Option("A", "", old, timetable(old, PLACES), "")
    other = Option("B", "", new, timetable(new, places), "")
    marks = [cell.entry.mark for band in grid_against(one, other).bands for cell in band.cells if cell.entry]
    return sentences_of(one, other, moves(one, other)), [mark for mark in marks if mark]


def test_a_week_that_moves_as_a_whole_is_told_once_and_not_marked() -> None:
    week = [f"2025-03-{day:02}" for day in (4, 5, 6, 7)]
    assert shifted(DAYS, week, PLACES) == (
        ["All 4 sessions are held 7 days later, at the same hours in the same rooms."],
        [],
    )


def test_what_moves_otherwise_is_told_besides() -> None:
    days = ["2025-02-24", *DAYS]
    places = {"a": "Mon 10:00", "b": "Mon 15:00", "c": "Tue 10:00", "d": "Fri 10:00"}
    assert shifted(DAYS, days, places) == (
        [
            "3 of 4 sessions are held one day earlier, at the same hours in the same rooms.",
            "D moves from Thursday 27 February at 15:00 to Friday 28 February at 10:00.",
        ],
        ["was Thu 15:00"],
    )


def test_half_of_a_week_is_not_the_whole() -> None:
    places = {"a": "Wed 10:00", "b": "Wed 15:00", "c": "Thu 10:00", "d": "Tue 10:00"}
    said, _ = shifted(DAYS, DAYS, places | {"b": "Tue 15:00"})
    assert [sentence[:1] for sentence in said] == ["A", "C", "D"]
