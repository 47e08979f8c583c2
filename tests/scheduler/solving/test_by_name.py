"""What is asked about single sessions has one answer, whether they stand on the axis or in slots.

Up to some number of sessions the axis is asked, beyond it the slots: here that number is 0, and the same small
programmes are asked both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from independent.drawing import packed, repeated
from support.formulations import drawn, in_slots, on_the_axis
from support.small import scenario

from constraints.not_on import NotOn
from scheduler.alternatives.differing import alternatives
from scheduler.checking import check
from scheduler.domain.base import SessionId, altered
from scheduler.domain.timetable import Timetable
from scheduler.domain.when import parse_when
from scheduler.explanation.why_here import why_here
from scheduler.model.packed_model import PackedModel
from scheduler.model.slot_model import SlotModel
from scheduler.outcome import Settings, Status
from scheduler.replanning.published import places
from scheduler.replanning.replan import replan
from scheduler.replanning.replan_wishes import MOVES_ALONE, Wishes
from scheduler.scenario import Scenario
from scheduler.solving import formulation
from scheduler.solving.canonical import equally_good
from scheduler.solving.posting import posted
from scheduler.solving.search import Search

T = TypeVar("T")
ONE = Settings(workers=1)
SCENARIOS = (*drawn("by name", 25), *drawn("by name, repeated", 5, repeated), *drawn("by name, packed", 10, packed))
SOLVED = [(each, outcome) for each in SCENARIOS if (outcome := on_the_axis(each)).status is Status.OPTIMAL]


@contextmanager
def many() -> Iterator[None]:
    """Every programme counts as one of many sessions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formulation, "FEW_SESSIONS", 0)
        yield


def both(answer: Callable[[], T]) -> tuple[T, T]:
    """On the axis and in slots."""
    on_axis = answer()
    with many():
        return on_axis, answer()


def test_equally_good_timetables_are_as_many() -> None:
    compared = 0
    for each, axis in SOLVED:
        slots = in_slots(each)
        assert axis.ties is not None
        if axis.ties.exact and slots.ties is not None and slots.ties.exact:
            assert axis.ties == slots.ties, each.document
            compared += 1
        if slots.ties is not None and not slots.ties.exact:
            assert axis.ties.count >= slots.ties.count or not axis.ties.exact
    assert compared >= 15


def test_equally_good_timetables_are_the_same_ones() -> None:
    """Every one in slots keeps every rule at the same cost, and no two are alike."""
    seen = 0
    for each, axis in SOLVED:
        assert axis.timetable is not None
        assert axis.cost is not None
        with many():
            found, exact = equally_good(posted(each), axis.timetable, axis.cost, Search(ONE))
        assert len({tuple(sorted((p.session, p.start, p.room) for p in table)) for table in found}) == len(found)
        assert all(not check(each, table).broken and check(each, table).cost == axis.cost for table in found)
        if exact and axis.ties is not None and axis.ties.exact:
            assert len(found) == axis.ties.count
            seen += 1
    assert seen >= 15


def test_replanning_moves_as_few() -> None:
    """The first session may not stay in its slot any more."""
    wishes, asked = Wishes(weights=MOVES_ALONE), 0
    for each, outcome in SOLVED:
        assert outcome.timetable is not None
        first = next(iter(each.sessions))
        day, out = outcome.timetable[first].days[0], places(each, outcome.timetable, each)
        gone = NotOn(id="gone", of=(first,), when=(parse_when(day.isoformat()),))
        changed = altered(each, rules=(*each.rules, gone))
        axis, slots = both(lambda changed=changed, out=out: replan(changed, out, wishes, ONE))  # type: ignore[misc]
        assert axis.outcome.status == slots.outcome.status
        assert (len(axis.moved), axis.outcome.cost, axis.fewest_moves) == (
            len(slots.moved), slots.outcome.cost, slots.fewest_moves
        ), each.document  # fmt: skip
        asked += axis.outcome.timetable is not None
    assert asked >= 10


def test_why_here_says_the_same_of_every_slot() -> None:
    for each, outcome in SOLVED[:12]:
        assert outcome.timetable is not None
        session, timetable = next(iter(each.sessions)), outcome.timetable
        axis, slots = both(lambda e=each, t=timetable, s=session: why_here(e, t, s, settings=ONE))  # type: ignore[misc]
        said = [
            {other.slot: (other.possible, other.further, other.moved) for other in answer.others}
            for answer in (axis, slots)
        ]
        assert said[0] == said[1], each.document


def test_alternatives_cost_the_same_and_are_as_many() -> None:
    for each, _ in SOLVED[:12]:
        axis, slots = both(lambda e=each: alternatives(e, 3, within=2, settings=ONE))  # type: ignore[misc]
        assert axis.outcomes[0].cost == slots.outcomes[0].cost
        assert (len(axis.outcomes) > 1) == (len(slots.outcomes) > 1)
        for found in slots.outcomes:
            assert found.timetable is not None
            assert check(each, found.timetable).cost == found.cost
            assert found.cost <= slots.ceiling


def two_rooms() -> Scenario:
    """Two sessions of an hour in one slot of an hour, in two rooms."""
    return scenario(
        {"A": "1h", "B": "1h"}, {"rule": "fixed_boundaries"}, days=("2027-03-01",), slots=("09:00-10:00",),
        rooms=[{"id": "r0"}, {"id": "r1"}],
    )  # fmt: skip


def test_rooms_that_are_counted_are_told_apart_when_ties_are_counted() -> None:
    """Each of the two has either room: two timetables, in one class of starts."""
    of = two_rooms()
    assert in_slots(of).ties == on_the_axis(of).ties
    assert in_slots(of).ties is not None
    assert in_slots(of).ties.count == 2  # type: ignore[union-attr]


def test_a_session_that_stays_keeps_its_room_although_rooms_are_counted() -> None:
    """A is out in r1; it stays there, and B, which is new, gets the other room."""
    of = two_rooms()
    place = of.place(SessionId("a"), 0, "r1")  # type: ignore[arg-type]  # its id
    assert place is not None
    out = places(of, Timetable([place]), of)
    with many():
        assert isinstance(posted(of), SlotModel)
        assert not isinstance(posted(of), PackedModel)
        answer = replan(of, out, settings=ONE)
    assert answer.outcome.timetable is not None
    assert {p.session: p.room for p in answer.outcome.timetable} == {"a": "r1", "b": "r0"}
    assert (answer.moved, answer.proved) == ((), True)
