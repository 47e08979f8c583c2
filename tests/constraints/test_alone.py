"""What a rule says it looks at in a single session is all that its ``check`` looks at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.random_programmes import Case, draw

from constraints import KINDS
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rules.rule import LooksAt

CASES = range(100)


def found(case: Case, placement: Placement) -> bool:
    return any(True for _ in case.rule.check(case.scenario, Timetable([placement])))


def by_session(kind: str) -> Iterator[tuple[Case, Placement, list[Placement]]]:
    """Each session of some cases where it sits, and the same in each of its rooms."""
    for case in (draw(kind, number) for number in CASES):
        itself = {one for one, then in case.rule.precedences(case.scenario) if one == then}  # refused when it is read
        for placement in case.timetable.of([s for s in case.scenario.sessions if s not in itself]):
            rooms = case.scenario.rooms_of(placement.session)
            there = [case.scenario.place(placement.session, placement.start, room) for room in rooms]
            yield case, placement, [place for place in there if place is not None]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].alone is LooksAt.NOTHING])
def test_one_session_alone_never_breaks_a_rule_that_looks_at_nothing(kind: str) -> None:
    assert [(case.name, place.session) for case, place, _ in by_session(kind) if found(case, place)] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].alone is LooksAt.START])
def test_the_room_makes_no_difference_to_a_rule_that_looks_at_starts(kind: str) -> None:
    odd = [
        (case.name, place.session)
        for case, place, everywhere in by_session(kind)
        if len({found(case, there) for there in everywhere}) > 1
    ]
    assert odd == []
    assert {found(case, place) for case, place, _ in by_session(kind)} == {True, False}


def test_seats_and_equipment_are_looked_at_only_where_a_session_needs_them() -> None:
    seen = set()
    for case, place, everywhere in by_session("room_fit"):
        looks_at = case.rule.looks_at(case.scenario, place.session)
        broken = any(found(case, there) for there in everywhere)
        assert looks_at is LooksAt.ROOM or not broken, (case.name, place.session)
        seen.add((looks_at, broken))
    assert seen == {(LooksAt.NOTHING, False), (LooksAt.ROOM, False), (LooksAt.ROOM, True)}
