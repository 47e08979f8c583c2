"""What the judge says of the timetable itself: every session once, uncut, whole, in slots and a room of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.small import scenario, timetable

from scheduler.checking import STRUCTURE, check
from scheduler.documents.stored_timetable import place_sessions
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.timetable import Placement, Timetable
from scheduler.scenario import Scenario

HOURS = {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]}
"""The hour after noon belongs to DIEF: others pass it by."""


def week() -> Scenario:
    bodies = {"WGTU": {"wgtu": {"duration": "4h", "rooms": ["hall"]}}, "DIEF": "1h"}
    return scenario(bodies, rooms=[{"id": "hall", "name": "Great Hall"}, {"id": "annexe"}], **HOURS)


def said(of: Scenario, *placements: Placement) -> list[str]:
    return [f.message for f in check(of, Timetable(placements)).violations if f.rule == STRUCTURE]


def placed(of: Scenario, pieces: list[tuple[int, int, int]]) -> Placement:
    """WGTU in pieces: the index of a slot, and hours of the day."""
    slots = of.calendar.axis.slots
    segments = tuple(Segment(i, slots[i].day, 60 * first, 60 * last) for i, first, last in pieces)
    start, end = slots[pieces[0][0]], slots[pieces[-1][0]]
    begins, ends = start.begins + 60 * pieces[0][1] - start.opens, end.begins + 60 * pieces[-1][2] - end.opens
    return Placement(SessionId("wgtu"), RoomId("hall"), begins, ends, segments)


CUT = "WGTU is cut: its segments do not follow one another without a gap"


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        # Slots 0, 1 and 2 are those of Tuesday, 3 is Wednesday morning; 1 belongs to others and is passed by.
        ([(0, 10, 13), (2, 15, 16)], None),
        ([(2, 15, 18), (3, 10, 11)], None),
        ([(0, 10, 12), (2, 15, 17)], CUT),
        ([(0, 10, 13), (3, 10, 11)], CUT),
        ([(0, 10, 13), (2, 16, 17)], CUT),
        ([(2, 15, 16), (0, 10, 13)], CUT),
        ([(0, 10, 11), (0, 12, 13), (2, 15, 17)], CUT),
        ([(0, 10, 13), (1, 14, 15)], "WGTU sits on Tuesday 14:00, a slot reserved for others"),
        ([(0, 10, 13)], "WGTU is given 3 h, planned are 4 h"),
        ([(0, 10, 13), (2, 15, 17)], "WGTU is given 5 h, planned are 4 h"),
    ],
)
def test_a_session_is_one_stretch_of_the_slots_that_it_may_use(
    pieces: list[tuple[int, int, int]], message: str | None
) -> None:
    of = week()
    dief = timetable(of, {"dief": "Wed 14:00 annexe"})[SessionId("dief")]
    assert said(of, placed(of, pieces), dief) == ([message] if message else [])


def test_every_session_is_placed_once_and_nothing_else_is() -> None:
    of = week()
    wgtu = timetable(of, {"wgtu": "Tue 10:00 hall"})[SessionId("wgtu")]
    guest = replace(wgtu, session=SessionId("guest"))
    assert said(of, wgtu, guest) == ["DIEF is not placed", "'guest' is no session of this scenario"]


def test_a_session_sits_in_a_room_of_its_list() -> None:
    of = week()
    both = timetable(of, {"wgtu": "Tue 10:00 annexe", "dief": "Tue 14:00 annexe"})
    assert said(of, *both) == ["WGTU is in 'annexe', but may sit in Great Hall only"]


def test_a_hard_breach_is_a_breach_and_costs_nothing() -> None:
    report = check(week(), Timetable([]))
    assert (report.keeps_all, report.cost, len(report.broken)) == (False, 0, 2)


def _of_others(*hours: tuple[str, str]) -> tuple[list[str], list[tuple[int, int]]]:
    """What is wrong with a session of 1 h 30 that somebody has written by hand, and its segments; coffee at 11:30."""
    calendar = {"days": ["2025-02-25"], "slots": ["10:00-13:00"], "breaks": ["11:30-11:45"]}
    small = scenario(
        {"WG": "1h30"}, {"rule": "rolling"}, {"rule": "pin", "of": ["wg"], "start": "am"}, calendar=calendar
    )
    segments = [{"date": "2025-02-25", "start": start, "end": end} for start, end in hours]
    placed = place_sessions(small, [{"id": "wg", "segments": segments}])
    report = check(placed.scenario, placed.timetable, placed.violations)
    told = [violation.message for violation in report.violations if violation.rule == STRUCTURE]
    return told, [(part.start, part.end) for part in placed.timetable[SessionId("wg")].segments]


def test_a_session_across_a_break_may_be_written_as_one_part_or_two() -> None:
    assert _of_others(("10:30", "12:15")) == ([], [(630, 735)])
    assert _of_others(("10:30", "11:30"), ("11:45", "12:15")) == ([], [(630, 735)])


def test_a_part_that_begins_or_ends_in_a_break_is_told() -> None:
    pause = "in the break 11:30 – 11:45 on Tuesday 25 February"  # noqa: RUF001
    assert _of_others(("11:35", "13:00"))[0] == [f"WG starts at 11:35, {pause}: it can start at 11:45"]
    assert _of_others(("10:00", "11:45"))[0] == [f"WG ends at 11:45, {pause}: it can end at 11:30"]


def test_hours_across_a_break_are_counted_without_it() -> None:
    assert _of_others(("10:30", "12:00"))[0] == ["WG is given 1 h 15, planned are 1 h 30"]
