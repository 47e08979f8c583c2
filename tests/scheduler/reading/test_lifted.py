"""``validate`` says who may collide where a standing rule is stated as a wish, or that the wish lifts nothing."""

from __future__ import annotations

import pytest

from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document

FRAME = """\
name: wishes
meeting: {series: M, annex_title: M}
calendar: {slots: [10:00-13:00], days: [2027-02-23, 2027-02-24]}
rooms: [{id: small, capacity: 5}, {id: large}]
officers: [{id: ada, post: Chair, name: Ada Example, absent: [2027-02-23]}]
bodies:
  - {id: A, officers: [ada], sessions: [{id: a, duration: 3h, attendance: 10}]}
  - {id: B, officers: [ada], sessions: [{id: b, duration: 3h}]}
  - {id: C, access: [states-parties], sessions: [{id: c, duration: 3h, rooms: [small]}]}
  - {id: D, sessions: [{id: d1, duration: 1h}, {id: d2, duration: 1h}, {id: d3, duration: 1h}]}
rules:
"""
WISH = "with a weight this is a wish, not a rule that must hold: as far as it goes, "


def warned(rule: str) -> list[str]:
    """What is said of the wish; that a rule says nothing about some name is told in test_silent_rules.py."""
    warnings = from_document(parse_document(f"{FRAME}  - {{{rule}}}\n".encode(), "wishes.yaml")).warnings
    return [w.message for w in warnings if "the rule says nothing" not in w.message]


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        ("rule: room_clash, of: [A, D], weight: 5", "A, D d1, D d2 and D d3 may now sit in one room at the same time"),
        ("rule: room_clash, weight: 5", "A, B, C, D d1 and 2 more may now sit in one room at the same time"),
        ("rule: officer_double_booking, weight: 5", "Ada Example, Chair, may now be wanted in A and B at once"),
        ("rule: officer_availability, of: [A, C], weight: 5", "A may now be held without Ada Example, Chair"),
        ("rule: restricted_access, weight: 1", "C may now share a slot with A, B, D d1, D d2 or D d3"),
        ("rule: room_fit, of: [A, B], weight: 5", "A may now sit in a room that has not the seats or equipment"),
        ("rule: fixed_boundaries, of: [B], weight: 5", "B may now start at any time within a slot"),
    ],
)
def test_a_wish_says_who_may_collide(rule: str, may: str) -> None:
    assert warned(rule) == [WISH + may]


@pytest.mark.parametrize(
    "rule",
    [
        "rule: room_clash, of: [A, B]",
        "rule: officer_double_booking, of: [A, B], weight: 0",
        "rule: officer_double_booking, of: [A, C], weight: 5",
        "rule: officer_availability, of: [C], weight: 5",
        "rule: restricted_access, of: [A, D], weight: 5",
        "rule: restricted_access, of: [C], clearing: 30 min",
        "rule: room_fit, of: [B], weight: 5",
        "rule: rolling, of: [A, B], weight: 5",
        "rule: chairs_apart, weight: 1",
    ],
)
def test_where_nobody_may_collide_nothing_is_said(rule: str) -> None:
    assert warned(rule) == []


def test_a_wish_about_one_session_lifts_nothing_between_it_and_others() -> None:
    (said,) = warned("rule: room_clash, of: [A], weight: 5")
    assert said.startswith("this wish lifts nothing and costs nothing: between A and other work")


@pytest.mark.parametrize(
    ("hard", "wish", "said"),
    [
        (
            "room_clash",
            "room_clash, of: [A, D]",
            "this wish lifts nothing and costs nothing: 'strict' must hold for what",
        ),
        ("room_clash, of: [D]", "room_clash, of: [D]", "this wish lifts nothing and costs nothing: 'strict' must hold"),
        ("room_clash, of: [D]", "room_clash, of: [B, D]", f"{WISH}B, D d1, D d2 and D d3 may now sit in one room"),
        ("room_clash, of: [A, D]", "room_clash, of: [A, B]", f"{WISH}A and B may now sit in one room"),
        ("officer_double_booking", "officer_double_booking", "this wish lifts nothing and costs nothing: 'strict'"),
        ("officer_availability, of: [A]", "officer_availability, of: [A]", "this wish lifts nothing and costs nothing"),
        (
            "officer_availability, of: [A]",
            "officer_availability",
            f"{WISH}B may now be held without Ada Example, Chair",
        ),
        ("room_fit, of: [A]", "room_fit", "this wish lifts nothing and costs nothing: 'strict' must hold"),
        (
            "fixed_boundaries, of: [B]",
            "fixed_boundaries, of: [A, B]",
            f"{WISH}A may now start at any time within a slot",
        ),
        ("restricted_access, of: [C]", "restricted_access, of: [C]", "this wish lifts nothing and costs nothing"),
    ],
)
def test_beside_a_rule_of_its_kind_that_must_hold_a_wish_lifts_only_the_rest(hard: str, wish: str, said: str) -> None:
    (found,) = warned(f"rule: {hard}, id: strict}}\n  - {{rule: {wish}, weight: 5")
    assert found.startswith(said)


def test_of_a_wish_about_open_work_alone_only_that_is_said() -> None:
    text = f"{FRAME}  - {{rule: restricted_access, of: [B], weight: 5}}\n"
    warnings = from_document(parse_document(text.encode(), "wishes.yaml")).warnings
    assert [w.message for w in warnings] == ["'B' is open to everybody: the rule says nothing about it"]
