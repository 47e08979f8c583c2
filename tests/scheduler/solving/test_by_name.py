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
from scheduler.explanation import certified_set
from scheduler.explanation.certificate import of_conflict
from scheduler.explanation.impossible import Explanation, explain
from scheduler.explanation.members import grouped, keeping, members_of
from scheduler.explanation.oracle import feasible
from scheduler.explanation.prices import prices
from scheduler.explanation.verification import verify
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


def test_rules_have_the_same_prices() -> None:
    compared = 0
    for each, _ in SOLVED[:10]:
        axis, slots = both(lambda e=each: prices(e, settings=ONE))  # type: ignore[misc]
        for one, other in zip(axis.rules, slots.rules, strict=True):
            assert one.member.id == other.member.id
            if one.cost_without is not None and other.cost_without is not None:
                assert axis.costs(one) == slots.costs(other), (one.member.id, each.document)
                compared += 1
    assert compared >= 20


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


# --- why nothing fits ---------------------------------------------------------------------------------------

IMPOSSIBLE = [each for each in SCENARIOS if on_the_axis(each).status is Status.INFEASIBLE]


def explained(of: Scenario) -> Explanation:
    """As one of many sessions."""
    with many():
        return explain(of, settings=ONE)


def test_sets_found_among_many_sessions_are_impossible_and_every_way_out_is_one() -> None:
    sets = ways = 0
    for each in IMPOSSIBLE:
        answer = explained(each)
        assert answer.status is Status.INFEASIBLE
        if answer.conflict is not None and answer.conflict.rules:
            kept = keeping(each, answer.members, answer.conflict.rules)
            assert feasible(kept, Search(ONE)).holds is False, each.document
            assert answer.conflict.minimal, each.document
            assert len(answer.conflict.witnesses) == len(answer.conflict.members)
            sets += 1
        for way in answer.repairs.ways:
            assert way.outcome.timetable is not None
            assert not check(way.scenario, way.outcome.timetable).broken
            ways += 1
    assert sets >= 3
    assert ways >= 3


def meetings(*rules: dict[str, object], chairs: tuple[str, ...] = (), **further: object) -> Scenario:
    """Nine bodies of an hour each, in eight slots of an hour, in two rooms; the first of them have chairs."""
    bodies: dict[str, object] = {f"B{number}": "1h" for number in range(9)}
    bodies |= {f"B{n}": {"officers": [chair], "sessions": {f"b{n}": "1h"}} for n, chair in enumerate(chairs)}
    slots = ("09:00-10:00", "10:15-11:15", "13:00-14:00", "14:15-15:15")
    rooms = [{"id": "r0"}, {"id": "r1"}]
    return scenario(bodies, *rules, days=("2027-03-01", "2027-03-02"), slots=slots, rooms=rooms, **further)


def test_a_limit_that_leaves_one_place_too_few_is_named_with_its_ways_out() -> None:
    """Nine at one at a time do not fit into eight hours; two at a time do."""
    answer = explained(meetings({"id": "one", "rule": "parallel_limit", "at_most": 1}))
    assert answer.conflict is not None
    assert [member.name for member in answer.conflict.rules] == ["one"]
    assert answer.conflict.smallest
    assert any("at_most" in " ".join(way.options) for way in answer.repairs.ways)


def test_an_order_in_a_circle_is_named_whole() -> None:
    circle = [{"id": f"{a}-{b}", "rule": "order", "of": [a, b]} for a, b in (("B0", "B1"), ("B1", "B2"), ("B2", "B0"))]
    answer = explained(meetings(*circle, {"id": "not-late", "rule": "not_on", "of": ["B5"], "when": ["14:15-15:15"]}))
    assert answer.conflict is not None
    assert [member.name for member in answer.conflict.rules] == ["B0-B1", "B1-B2", "B2-B0"]
    assert (answer.conflict.minimal, answer.conflict.smallest) == (True, True)
    assert [way.cost for way in answer.repairs.ways] == [25, 25, 25]


def test_a_standing_rule_of_many_is_one_member_until_it_is_known_for_whom_it_is_needed() -> None:
    """B0 and B1 have one chair, and both are only on in one hour: of all who serve, this chair alone is a reason."""
    hour = {"when": ["2027-03-01 09:00-10:00"]}
    of = meetings(
        {"id": "b0", "rule": "only_on", "of": ["B0"], **hour}, {"id": "b1", "rule": "only_on", "of": ["B1"], **hour},
        officers=[{"id": f"c{n}", "name": f"Chair {n}", "post": "Chair"} for n in range(3)],
        chairs=("c0", "c0", "c1", "c1", "c2", "c2"),
    )  # fmt: skip
    kinds = {member.id for member in grouped(of, members_of(of))}
    assert "standing/officer_double_booking" in kinds
    answer = explained(of)
    assert answer.conflict is not None
    assert [member.name for member in answer.conflict.rules] == ["b0", "b1", "c0"]


def test_a_certificate_about_few_of_many_sessions_is_verified_by_these_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """B0 is held on Monday, when its chair is away: the second engine places B0 alone, and finds no place."""
    of = meetings(
        {"id": "monday", "rule": "only_on", "of": ["B0"], "when": ["2027-03-01"]}, chairs=("c0",),
        officers=[{"id": "c0", "name": "Chair 0", "post": "Chair", "absent": ["2027-03-01"]}],
    )  # fmt: skip
    monkeypatch.setattr(certified_set, "MAX_CONCERNED", 5)
    searched: list[object] = []
    whole = certified_set.search

    def search(*args: object, only: object = None, **further: object) -> object:
        searched.append(only)
        return whole(*args, only=only, **further)  # type: ignore[arg-type]

    monkeypatch.setattr(certified_set, "search", search)
    points = list(verify(of_conflict(explained(of))))
    assert all(point.holds for point in points), points
    assert searched == [["b0"]]
