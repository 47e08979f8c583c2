"""Where a doubt begins: the last input that is none, and the first that is one."""

from __future__ import annotations

import pytest

from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document

DAY = """\
name: day
meeting: {series: Day, annex_title: DAY}
calendar:
  slots: [10:00-13:00, {hours: 14:00-15:00, reserved_for: [B]}, 15:00-18:00]
  days: [2027-02-23]
rooms: [{id: plenary}, {id: annexe}]
bodies:
"""


def doubts(bodies: str, rule: str = "") -> list[str]:
    text = DAY + bodies + (f"\nrules: [{{{rule}}}]\n" if rule else "\n")
    return [warning.message for warning in from_document(parse_document(text.encode(), "day.yaml")).warnings]


def two(first: str, second: str) -> str:
    return (
        f"  - {{id: A, sessions: [{{id: a, duration: {first}}}]}}\n"
        f"  - {{id: B, sessions: [{{id: b, duration: {second}}}]}}"
    )


@pytest.mark.parametrize(
    ("first", "second", "homeless"),
    [
        ("6h", "7h", []),  # A has two slots of three hours; B has the hour between them as well
        ("6h10", "7h", ["6 h 10"]),
        ("6h", "7h10", ["7 h 10"]),
        ("6h10", "7h10", ["6 h 10", "7 h 10"]),
    ],
)
def test_a_session_that_exactly_fills_its_slots_has_a_place(first: str, second: str, homeless: list[str]) -> None:
    found = [message for message in doubts(two(first, second)) if "fits nowhere" in message]
    assert len(found) == len(homeless)
    assert all(length in message for length, message in zip(homeless, found, strict=True))


@pytest.mark.parametrize(
    ("rule", "too_much"),
    [
        ("", False),
        ("rule: one_at_a_time", True),
        ("rule: one_at_a_time, weight: 5", False),
        ("rule: one_at_a_time, of: [A, B]", False),
    ],
)
def test_a_plenary_has_the_hours_of_one_room_where_it_must_be_one(rule: str, too_much: bool) -> None:
    """Eight hours are asked for, seven exist in one room, fourteen in two."""
    found = [message for message in doubts(two("3h", "5h"), rule) if "asked for" in message]
    assert found == (["8 h are asked for, 7 h exist: 1 h too much"] if too_much else [])


@pytest.mark.parametrize(
    ("at", "open_then"), [("10:00", True), ("12:30", True), ("13:00", False), ("15:00", True), ("18:00", False)]
)
def test_nothing_starts_when_a_slot_closes(at: str, open_then: bool) -> None:
    found = doubts(two("1h", "1h"), f"rule: anchor, of: [a], at: '{at}'")
    assert found == ([] if open_then else [f"no slot is open at {at}: nothing can start then"])


@pytest.mark.parametrize(
    ("rules", "granted"),
    [
        ("rule: anchor, of: [a], at: '11:00', weight: 4", False),
        ("rule: anchor, of: [a], at: '10:00', weight: 4", True),
        ("rule: anchor, of: [a], at: '11:00'", True),
        ("rule: anchor, of: [a], at: '11:00', weight: 4}, {rule: rolling, of: [A]", True),
        ("rule: anchor, of: [a], at: '11:00', weight: 4}, {rule: fixed_boundaries, of: [A], weight: 1", True),
    ],
)
def test_a_wish_for_a_time_between_openings_is_never_granted_to_work_that_starts_at_one(
    rules: str, granted: bool
) -> None:
    found = [message for message in doubts(two("1h", "1h"), rules) if "never be granted" in message]
    assert found == (
        []
        if granted
        else [
            "this wish can never be granted to A: fixed_boundaries lets work start only when a slot opens, "
            "and none opens at 11:00; leave the weight out, or write starts: anywhere for the work"
        ]
    )


@pytest.mark.parametrize(
    ("hours", "name", "doubtful"),
    [
        ("10:00-13:00", "morning", False),
        ("10:00-13:00", "pm", True),
        ("15:00-18:00", "pm", False),
        ("15:00-18:00", "AM", True),
        ("10:00-13:00", "Tuesday", False),  # the only day
        ("10:00-13:00", "Friday", True),
        ("10:00-13:00", "last day", False),
        ("10:00-13:00", "early", False),
    ],
)
def test_the_name_of_a_slot_does_not_mean_another(hours: str, name: str, doubtful: bool) -> None:
    slots = DAY.replace(hours, f"{{hours: {hours}, name: {name}}}") + two("1h", "1h")
    found = [warning.message for warning in from_document(parse_document(slots.encode(), "day.yaml")).warnings]
    told = f"'{name}' is the name of a slot, and means something else in rules and absences"
    assert found == ([told] if doubtful else [])
    every = slots.replace("[2027-02-23]", "[2027-02-23, 2027-02-24]")
    more = [warning.message for warning in from_document(parse_document(every.encode(), "day.yaml")).warnings]
    assert more == ([told] if doubtful or name in ("Tuesday", "last day") else [])
