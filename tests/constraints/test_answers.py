"""What a rule answers about itself agrees with what its ``check`` finds, on random timetables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from support.random_programmes import Case, draw

from constraints import KINDS
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Placement
from scheduler.rules.rule import Exclusive, Rule

CASES = range(160)

Pairs = Iterator[tuple[Placement, Placement]]


def answering(method: Callable[..., object]) -> list[str]:
    """The kinds that answer a question in a way of their own."""
    name = method.__name__
    return [kind for kind in KINDS if getattr(KINDS[kind], name) is not method]


def hard(kind: str) -> Iterator[Case]:
    return (case for number in CASES if (case := draw(kind, number)).rule.weight is None)


def broken(case: Case) -> set[frozenset[SessionId]]:
    return {frozenset(found.sessions) for found in case.rule.check(case.scenario, case.timetable)}


def overlooked(kind: str, forbidden: Callable[[Case], Iterator[frozenset[SessionId]]]) -> list[tuple[str, object]]:
    """Sessions that a rule says it forbids where they sit, and that its ``check`` passes over; some are met."""
    met = [(case.name, sessions, broken(case)) for case in hard(kind) for sessions in forbidden(case)]
    assert met, f"no case of {kind} shows what it says"
    return [(name, sorted(sessions)) for name, sessions, found in met if sessions not in found]


def placed_pairs(case: Case) -> Pairs:
    return combinations(case.timetable, 2)


def share_a_slot(one: Placement, other: Placement) -> bool:
    return one.room == other.room and bool(set(one.slots) & set(other.slots))


@pytest.mark.parametrize("kind", answering(Rule.slots_apart))
def test_sessions_that_share_no_slot_of_a_room_break_the_rule_where_they_do(kind: str) -> None:
    def forbidden(case: Case) -> Iterator[frozenset[SessionId]]:
        apart = set(map(frozenset, case.rule.slots_apart(case.scenario)))
        pairs = (pair for pair in placed_pairs(case) if share_a_slot(*pair))
        return (pair for one, other in pairs if (pair := frozenset({one.session, other.session})) in apart)

    assert overlooked(kind, forbidden) == []


@pytest.mark.parametrize("kind", [kind for kind in answering(Rule.people_apart) if kind != "attendees_apart"])
def test_sessions_that_both_need_somebody_break_the_rule_where_they_overlap(kind: str) -> None:
    def forbidden(case: Case) -> Iterator[frozenset[SessionId]]:
        apart = set(map(frozenset, case.rule.people_apart(case.scenario)))
        if getattr(case.rule, "level", "minute") == "minute":
            pairs = (pair for pair in placed_pairs(case) if pair[0].overlaps(pair[1]))
            yield from (pair for one, other in pairs if (pair := frozenset({one.session, other.session})) in apart)

    assert overlooked(kind, forbidden) == []


def test_nobody_is_needed_where_they_only_wish_to_attend() -> None:
    assert not any(case.rule.people_apart(case.scenario) for case in hard("attendees_apart"))


@pytest.mark.parametrize("kind", answering(Rule.at_openings))
def test_sessions_that_start_at_openings_only_break_the_rule_elsewhere(kind: str) -> None:
    def forbidden(case: Case) -> Iterator[frozenset[SessionId]]:
        slots = case.scenario.calendar.axis.slots
        for placement in case.timetable.of(list(case.rule.at_openings(case.scenario))):
            if placement.segments[0].start != slots[placement.segments[0].slot].opens:
                yield frozenset({placement.session})

    assert overlooked(kind, forbidden) == []


@pytest.mark.parametrize("kind", [k for k in KINDS if KINDS[k].exclusive in (Exclusive.ROOM, Exclusive.MEETING)])
def test_two_sessions_at_once_break_a_rule_that_says_what_serves_one(kind: str) -> None:
    def forbidden(case: Case) -> Iterator[frozenset[SessionId]]:
        one_room = case.rule.exclusive is Exclusive.ROOM
        for one, other in combinations(case.timetable.of(case.rule.sessions(case.scenario)), 2):
            if one.overlaps(other) and (one.room == other.room or not one_room):
                yield frozenset({one.session, other.session})

    assert overlooked(kind, forbidden) == []


@pytest.mark.parametrize("kind", answering(Rule.bodies_in_tables))
def test_bodies_in_tables_stand_where_a_rule_says(kind: str) -> None:
    seen = set()
    for case in map(draw, [kind] * len(CASES), CASES):
        for keys, name in case.rule.bodies_in_tables():
            table = case.rule.model_dump(by_alias=True)
            for key in keys:
                assert key in table, (case.name, keys)
                table = table[key]
            assert keys[-1] == name, case.name
            assert name in case.scenario.body, case.name
            seen.add(keys[0])
    assert seen


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].fixed_time is not Rule.fixed_time])
def test_a_start_at_another_time_breaks_a_rule_with_a_fixed_time(kind: str) -> None:
    def forbidden(case: Case) -> Iterator[frozenset[SessionId]]:
        fixed = case.rule.fixed_time
        for placement in case.timetable.of(case.rule.sessions(case.scenario)) if fixed else ():
            if fixed and placement.segments[0].start != fixed.at:
                yield frozenset({placement.session})

    assert overlooked(kind, forbidden) == []
