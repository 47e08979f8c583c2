"""What slots solve is what the axis solves; rooms are counted, and each session gets one."""

from __future__ import annotations

import pytest
from benchmarks.standards_body import DAYS, Form, Shape, week
from independent.drawing import packed, repeated
from support.formulations import difference, drawn, first_both_ways, in_slots, on_the_axis, starts
from support.small import scenario

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.model.packed_model import PackedModel
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving import slots
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Choice, Formulation, choose
from scheduler.solving.search import Search
from scheduler.solving.slots import build

SCENARIOS = tuple(drawn("slots", 40))
REPEATED = tuple(drawn("repeated in slots", 15, repeated))
PACKED = tuple(drawn("packed in slots", 25, packed, most=200_000))


def test_they_agree_where_sessions_are_repeated() -> None:
    assert [found for each in REPEATED if (found := difference(each))] == []


def test_they_agree_where_each_body_has_its_room_in_a_slot_to_itself() -> None:
    assert all(isinstance(build(each), PackedModel) for each in PACKED)
    assert [found for each in PACKED if (found := difference(each))] == []
    assert {on_the_axis(each).status for each in PACKED} == {Status.OPTIMAL, Status.INFEASIBLE}


def test_they_agree_where_fewer_places_are_tried_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MANY_PLACES", 0)
    assert [found for each in PACKED if (found := difference(each))] == []
    one = in_slots(scenario({"A": "1h"}, *CELLS, days=("2027-03-01",), slots=("09:00-10:30",)))
    assert (one.status, one.canonical, one.ties) == (Status.OPTIMAL, False, None)  # 09:30 is as good
    of = two_groups({"rule": "anchor", "of": ["a2"], "at": "09:15"})
    left = slots.places(of, among=slots.without_idle_minutes(of))
    offsets = {s: sorted({start % 120 for start in left[SessionId(s)]}) for s in ("a0", "a1", "a2")}
    assert offsets == {"a0": [0, 45, 90], "a1": [0, 30, 45, 75], "a2": [15]}


def test_slots_and_axis_agree_on_status_cost_and_the_first_starts() -> None:
    assert [found for each in SCENARIOS if (found := difference(each))] == []
    answers = {on_the_axis(each).status for each in SCENARIOS}
    assert answers == {Status.OPTIMAL, Status.INFEASIBLE}


def test_the_first_timetable_found_straight_away_is_the_first_in_the_order() -> None:
    both = [first_both_ways(each) for each in SCENARIOS]
    found = [(one, other) for one, other in both if one is not None]
    assert [starts(other) for _, other in found] == [starts(one) for one, _ in found]
    assert len(found) >= 10


def working_groups(sessions: int, *rules: dict[str, object], rooms: int = 2) -> Scenario:
    """One body each, of an hour, in slots of an hour: four on each of two days."""
    bodies = {f"B{number}": "1h" for number in range(sessions)}
    slots = ("09:00-10:00", "10:15-11:15", "13:00-14:00", "14:15-15:15")
    named = [{"id": f"r{number}"} for number in range(rooms)]
    return scenario(bodies, *rules, days=("2027-03-01", "2027-03-02"), slots=slots, rooms=named)


def test_one_session_too_many_is_refuted_by_counting_and_one_less_fits() -> None:
    assert in_slots(working_groups(17)).status is Status.INFEASIBLE
    outcome = in_slots(working_groups(16))
    assert outcome.status is Status.OPTIMAL
    assert outcome.timetable is not None
    assert check(working_groups(16), outcome.timetable).keeps_all
    assert sorted((p.start, p.room) for p in outcome.timetable) == sorted(
        (start, room) for start in range(0, 480, 60) for room in ("r0", "r1")
    )


def test_what_does_not_add_up_is_said_in_slots_as_on_the_axis() -> None:
    closed = {"rule": "not_on", "when": ["14:15-15:15"]}
    reasons = solve(working_groups(16, closed), choice=Choice(Formulation.SLOTS, "to compare")).reasons
    assert reasons == on_the_axis(working_groups(16, closed)).reasons
    assert any("16 h are asked" in reason and "12 h exist" in reason for reason in reasons)


def test_a_wish_that_counting_bounds_is_proved() -> None:
    """Sixteen sessions in sixteen cells, of which twelve are not in the last slot of a day: four cannot be had."""
    late = {"rule": "not_on", "when": ["14:15-15:15"], "weight": 3}
    outcome = in_slots(working_groups(16, late))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 12, 12)


def test_a_long_session_keeps_its_room_from_slot_to_slot() -> None:
    """Two rooms, two slots of an hour: one of two hours and two of one fill them."""
    bodies = {"LONG": "2h", "A": "1h", "B": "1h"}
    of = scenario(
        bodies, days=("2027-03-01",), slots=("09:00-10:00", "10:15-11:15"), rooms=[{"id": "r0"}, {"id": "r1"}]
    )
    outcome = in_slots(of)
    assert outcome.timetable is not None
    rooms = {placement.session: placement.room for placement in outcome.timetable}
    assert check(of, outcome.timetable).keeps_all
    assert rooms["a"] == rooms["b"] != rooms["long"]


def test_many_sessions_that_cannot_be_counted_are_solved_in_slots_and_the_sentence_says_why() -> None:
    chain = {"rule": "order", "of": ["B0", "B1", "B2"], "night_between": True}
    of = working_groups(32, chain | {"of": ["B0", "B1"]}, rooms=4)
    choice = choose(of)
    assert choice.sentence == (
        "Formulation: slots, because 32 sessions in 4 rooms are many and cannot be counted: rule 'order' (order); rule "
        "'standing-fixed-boundaries' (fixed_boundaries); no hard rule 'within_slot' holds every session within one "
        "slot; and one more reason."
    )
    assert in_slots(of).status is Status.OPTIMAL


def test_rolling_is_not_for_slots() -> None:
    of = scenario({"A": "1h", "B": "1h"}, {"rule": "rolling"})
    with pytest.raises(InputError, match="slots do not serve this scenario: rolling goes by the minute"):
        choose(of, Formulation.SLOTS)


CELLS = ({"rule": "within_slot"}, {"rule": "one_body_per_room"}, {"rule": "not_parallel_with_itself"})
"""With them each body has its room in a slot to itself."""


def two_groups(*rules: dict[str, object], rooms: int = 1) -> Scenario:
    """Two bodies of three sessions each, 30, 45 and 45 minutes long, in two slots of two hours."""
    lengths = ("30m", "45m", "45m")
    bodies = {name: {f"{name.lower()}{n}": length for n, length in enumerate(lengths)} for name in ("A", "B")}
    named = [{"id": f"r{number}"} for number in range(rooms)]
    slots = ("09:00-11:00", "11:30-13:30")
    return scenario(bodies, *CELLS, *rules, days=("2027-03-01",), slots=slots, rooms=named)


def test_sessions_of_a_body_fill_a_slot_in_the_order_that_is_asked() -> None:
    of = two_groups({"rule": "order", "of": ["a2", "a0", "a1"]}, {"rule": "order", "of": ["B", "A"]})
    outcome = in_slots(of)
    assert isinstance(build(of), PackedModel)
    assert outcome.status is Status.OPTIMAL
    assert starts(outcome.timetable) is not None
    found = starts(outcome.timetable) or {}
    assert [found[SessionId(s)] for s in ("a2", "a0", "a1")] == [120, 165, 195]
    assert sorted(found[SessionId(s)] for s in ("b0", "b1", "b2"))[0] == 0


def test_what_bodies_need_is_counted_slot_by_slot() -> None:
    """One room: two slots for two bodies. A body that may sit in the first slot alone needs 120 of its minutes."""
    first = {"rule": "only_on", "when": ["09:00-11:00"]}
    assert in_slots(two_groups(first | {"of": ["A"]})).status is Status.OPTIMAL
    assert in_slots(two_groups(first)).status is Status.INFEASIBLE
    assert in_slots(two_groups(first, rooms=2)).status is Status.OPTIMAL


def test_a_body_keeps_its_room_in_a_slot_where_rooms_suit_its_sessions_differently() -> None:
    """In r0 and r1 the one may sit, in r1 and r2 the other: together in r1, as sets that are not nested leave it."""
    bodies = {"A": {"a0": {"duration": "1h", "rooms": ["r0", "r1"]}, "a1": {"duration": "1h", "rooms": ["r1", "r2"]}}}
    other = {"B": {"b": {"duration": "2h", "rooms": ["r1"]}}}
    named = [{"id": f"r{number}"} for number in range(3)]
    for more, status in (({}, Status.OPTIMAL), (other, Status.INFEASIBLE)):
        of = scenario(bodies | more, *CELLS, days=("2027-03-01",), slots=("09:00-11:00",), rooms=named)
        outcome = in_slots(of)
        assert outcome.status is status
        if outcome.timetable is not None:
            assert {placement.room for placement in outcome.timetable} == {"r1"}


def test_the_sentence_says_how_rooms_are_given() -> None:
    bodies = {f"B{n}": {f"b{n}-{m}": "30m" for m in range(8)} for n in range(4)}
    order = {"rule": "order", "of": ["B0", "B1"]}
    slots, rooms = ("09:00-11:00", "11:30-13:30"), [{"id": "r0"}, {"id": "r1"}]
    whole = choose(scenario(bodies, *CELLS, order, slots=slots, rooms=rooms)).sentence
    assert whole.endswith("; each body has its room in a slot to itself.")
    less = choose(scenario(bodies, *CELLS[:2], order, slots=slots, rooms=rooms)).sentence
    assert less.endswith("; rooms are given session by session, unless each body can have one room in a slot.")
    other = choose(scenario(bodies, *CELLS[1:], order, slots=slots, rooms=rooms)).sentence
    assert other.endswith("; rooms are given session by session, since no rule holds each session to one slot.")


def test_bodies_have_two_rooms_in_a_slot_where_they_must_and_may() -> None:
    """One slot for two sessions of an hour: no rule says that they share a room, and they cannot."""
    of = scenario({"A": {"a0": "1h", "a1": "1h"}}, *CELLS[:2], days=("2027-03-01",), slots=("09:00-10:00",),
                  rooms=[{"id": "r0"}, {"id": "r1"}])  # fmt: skip
    assert isinstance(build(of, granted=True), PackedModel)
    assert not isinstance(build(of), PackedModel)
    assert in_slots(of).status is Status.OPTIMAL


@pytest.mark.parametrize("form", [*Form])
def test_a_week_that_can_be_kept_is_found_and_is_the_same_for_every_seed(form: Form) -> None:
    of = from_data(week(0, form, Shape(sessions=45, rooms=4)))
    outcome = in_slots(of)
    assert (outcome.status, outcome.cost) == (Status.OPTIMAL, 0)
    again = slots.solve(of, Search(Settings(workers=2, seed=5)))
    assert again.timetable == outcome.timetable
    assert len({placement.segments[0].day for placement in outcome.timetable or ()}) == len(DAYS)


@pytest.mark.parametrize("effort", [slots.FIRST_IN_ORDER, 0.0])
def test_seed_and_number_of_workers_make_no_difference(effort: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be it the first timetable in the order, or, where that takes too much effort, any of them."""
    monkeypatch.setattr(slots, "FIRST_IN_ORDER", effort)
    of = working_groups(30, {"rule": "order", "of": ["B20", "B10", "B0"], "night_between": False}, rooms=4)
    settings = [Settings(workers=workers, seed=seed) for workers in (1, 2) for seed in (0, 7)]
    outcomes = [slots.solve(of, Search(each)) for each in settings]
    assert {outcome.status for outcome in outcomes} == {Status.OPTIMAL}
    assert {outcome.canonical for outcome in outcomes} == {effort > 0}
    assert len({outcome.timetable for outcome in outcomes}) == 1


def test_the_first_is_found_whichever_of_the_two_searches_ends_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for any timetable at all gets no time: it ends at once, and knows nothing."""
    of = working_groups(30, rooms=4)
    expected = slots.solve(of, Search(Settings(workers=2))).timetable
    monkeypatch.setattr(slots, "ZERO_EFFORT", 0.0)
    assert slots.solve(of, Search(Settings(workers=2))).timetable == expected
    assert [p.start for p in expected or ()] == sorted([60 * (n // 4) for n in range(30)])


def test_an_answer_that_may_be_another_one_next_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker gets no time, so that all cores search; and with time, nothing is said."""
    of = working_groups(30, rooms=4)
    assert "another run" not in in_slots(of).sentence
    for effort in ("PLAIN_EFFORT", "ZERO_EFFORT", "CORE_EFFORT", "FIRST_EFFORT", "FIRST_IN_ORDER"):
        monkeypatch.setattr(slots, effort, 0.0)
    outcome = slots.solve(of, Search(Settings(workers=2)))
    assert outcome.status is Status.OPTIMAL
    assert outcome.sentence.endswith("; with these 30 sessions another run may find another timetable")
