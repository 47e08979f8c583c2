"""Replanning against the enumeration of every timetable: fewest disturbances, then moves, then cost."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from support import small
from support.letters import WITH_GRID, letter
from support.small_scenarios import any_timetable, small_scenarios, valid

from scheduler.domain.base import SessionId, altered
from scheduler.domain.timetable import Timetable
from scheduler.explanation.impossible import explain
from scheduler.outcome import Settings, Status
from scheduler.replanning.held import held_rules
from scheduler.replanning.published import PublishedPlace, places, stays
from scheduler.replanning.replan import replan, steps
from scheduler.replanning.replan_wishes import Keep, Standing, Wishes
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

ONE = Settings(workers=1)
BATCHES, PER_BATCH = 10, 20
MOVES_ONLY = {"audience": 0, "officer": 0, "move": 1, "published": 1}


def moved(out: dict[SessionId, PublishedPlace], timetable: Timetable) -> list[SessionId]:
    return [session for session, place in out.items() if not stays(place, timetable[session])]


def allowed(out: dict[SessionId, PublishedPlace], wishes: Wishes, timetable: Timetable) -> bool:
    """Whether what is frozen or kept stays, by looking at the timetable."""
    gone = set(moved(out, timetable))
    frozen = wishes.frozen_before
    for session, place in out.items():
        if frozen and ((place.day < frozen and session in gone) or (place.day >= frozen > timetable[session].days[0])):
            return False
        first = timetable[session].segments[0]
        kept = {keep for keep, sessions in wishes.keeps.items() if session in sessions}
        if Keep.DAY in kept and first.day != place.day:
            return False
        if Keep.ROOM in kept and timetable[session].room != place.where:
            return False
    queue = [(out[s].day, out[s].start, timetable[s].start) for s in wishes.keeps.get(Keep.ORDER, ()) if s in out]
    return all(a[2] < b[2] for a in queue for b in queue if a[:2] < b[:2])


def least(scenario: Scenario, out: dict[SessionId, PublishedPlace], wishes: Wishes) -> tuple[int, int, int] | None:
    """Disturbance, moves and cost of the best of all timetables; None when none is allowed."""
    found = [
        (sum(wishes.disturbance(scenario, s) for s in moved(out, table)), len(moved(out, table)), cost)
        for cost, table in valid(scenario)
        if allowed(out, wishes, table)
    ]
    return min(found, default=None)


def wishes_for(rng: Random, scenario: Scenario, out: dict[SessionId, PublishedPlace]) -> Wishes:
    sessions = list(scenario.sessions)
    frozen: date | None = rng.choice((None, None, *(place.day for place in out.values())))
    standings = {session: rng.choice(list(Standing)) for session in sessions}
    some = frozenset(rng.sample(sessions, rng.randint(0, len(sessions))))
    keeps = {rng.choice((Keep.DAY, Keep.ROOM, Keep.ORDER)): some} if rng.random() < 0.5 else {}
    return Wishes(frozen, 0, standings, keeps)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_answer_is_the_least_of_all_timetables_and_keeps_what_is_frozen(batch: int) -> None:
    rng = Random(f"replan {batch}")
    found, expected = [], []
    for scenario in small_scenarios(f"replan {batch}", PER_BATCH):
        out = places(scenario, any_timetable(rng, scenario))
        wishes = wishes_for(rng, scenario, out)
        answer = replan(scenario, out, wishes, ONE)
        timetable = answer.outcome.timetable
        expected.append(least(scenario, out, wishes))
        found.append(None if timetable is None else (answer.disturbance, len(answer.moved), answer.outcome.cost))
        assert timetable is None or allowed(out, wishes, timetable)
        assert answer.outcome.status is (Status.INFEASIBLE if timetable is None else Status.OPTIMAL)
    assert found == expected


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_number_of_moves_is_the_true_minimum(batch: int) -> None:
    rng = Random(f"moves {batch}")
    found, expected = [], []
    for scenario in small_scenarios(f"moves {batch}", PER_BATCH):
        out = places(scenario, any_timetable(rng, scenario))
        answer = replan(scenario, out, Wishes(weights=MOVES_ONLY), ONE)
        fewest = min((len(moved(out, table)) for _, table in valid(scenario)), default=None)
        expected.append((fewest, fewest))
        has = answer.outcome.timetable is not None
        found.append((len(answer.moved), answer.fewest_moves) if has else (None, None))
    assert found == expected


def test_each_step_of_moves_buys_the_least_cost() -> None:
    rng = Random("steps")
    found, expected = [], []
    for scenario in small_scenarios("steps", 80, soft=1):
        out = places(scenario, any_timetable(rng, scenario))
        tables = [(cost, len(moved(out, table))) for cost, table in valid(scenario)]
        for step in steps(scenario, out, 3, settings=ONE):
            found.append(step.cost)
            expected.append(min((cost for cost, count in tables if count <= step.moves), default=None))
    assert found == expected
    assert len({cost for cost in found if cost is not None}) >= 3


@pytest.mark.parametrize("name", WITH_GRID)
def test_an_unchanged_letter_moves_nothing(name: str) -> None:
    scenario = letter(name)
    outcome = solve(scenario, ONE)
    assert outcome.timetable is not None
    answer = replan(scenario, places(scenario, outcome.timetable), settings=ONE)
    assert (answer.moved, answer.disturbance, answer.outcome.timetable) == ((), 0, outcome.timetable)
    assert answer.sentence == "Nothing has to move: the timetable that is out keeps every rule."


def test_of_a_session_that_was_not_out_it_is_said_that_it_is_new() -> None:
    scenario = weeks("2025-02-25", "2025-02-26")
    outcome = solve(scenario, ONE)
    assert outcome.timetable is not None
    out = places(scenario, outcome.timetable)
    out.pop(next(iter(scenario.sessions)))
    answer = replan(scenario, out, settings=ONE)
    assert (answer.moved, answer.new) == ((), 1)
    assert answer.sentence == "Nothing that is out has to move for one new session."


def test_seed_and_workers_do_not_show_in_the_answer() -> None:
    rng = Random("seeds")
    for scenario in small_scenarios("seeds", 15):
        out = places(scenario, any_timetable(rng, scenario))
        answers = [replan(scenario, out, settings=Settings(seed=seed, workers=n)) for seed, n in ((0, 1), (7, 3))]
        assert answers[0].outcome.timetable == answers[1].outcome.timetable


def test_the_cases_are_of_all_sorts() -> None:
    counts = []
    for batch in range(BATCHES):
        rng = Random(f"moves {batch}")
        for scenario in small_scenarios(f"moves {batch}", PER_BATCH):
            out = places(scenario, any_timetable(rng, scenario))
            counts.append(min((len(moved(out, table)) for _, table in valid(scenario)), default=None))
    assert {None, 0, 1, 2} <= set(counts)
    assert sum(bool(count) for count in counts) >= 20


def weeks(first: str, second: str, **more: Any) -> Scenario:
    bodies = {"A": "3h", "B": "3h", "C": "3h"}
    return small.scenario(bodies, {"rule": "early_finish", "weight": 1}, days=[first, second], **more)


def out_of(before: Scenario, after: Scenario, stands: dict[str, str]) -> dict[SessionId, PublishedPlace]:
    return places(after, small.timetable(before, stands), before)


def test_a_week_moved_as_a_whole_keeps_its_order() -> None:
    """C stands first on purpose: the solver alone would put A there. 14 days later the weekdays are the same."""
    before, after = weeks("2025-02-25", "2025-02-26"), weeks("2025-03-11", "2025-03-12")
    stands = {"a": "Tue 15:00", "b": "Wed 10:00", "c": "Tue 10:00"}
    answer = replan(after, out_of(before, after, stands), settings=ONE, days=14)
    assert answer.sentence == "Moved by 14 days, otherwise unchanged: it keeps every rule."
    assert answer.outcome.timetable == small.timetable(after, stands)


def test_a_day_more_before_the_first_moves_nothing() -> None:
    before = weeks("2025-02-25", "2025-02-26")
    after = small.scenario({"A": "3h", "B": "3h", "C": "3h"}, days=["2025-02-24", "2025-02-25", "2025-02-26"])
    answer = replan(after, out_of(before, after, {"a": "Tue 15:00", "b": "Wed 10:00", "c": "Tue 10:00"}), settings=ONE)
    assert answer.moved == ()


def test_a_room_under_a_new_id_is_no_move() -> None:
    before = weeks("2025-02-25", "2025-02-26", rooms=[{"id": "r1", "name": "Hall"}, {"id": "r2", "name": "Annexe"}])
    after = weeks("2025-02-25", "2025-02-26", rooms=[{"id": "r1", "name": "Hall"}, {"id": "x", "name": "Annexe"}])
    stands = {"a": "Tue 10:00 r2", "b": "Tue 10:00 r1", "c": "Tue 15:00 r2"}
    answer = replan(after, out_of(before, after, stands), settings=ONE)
    assert answer.moved == ()
    assert [placement.room for placement in answer.outcome.timetable or ()] == ["x", "r1", "x"]


def test_a_timetable_that_still_holds_needs_no_time() -> None:
    scenario = weeks("2025-02-25", "2025-02-26")
    stands = {"a": "Tue 15:00", "b": "Wed 10:00", "c": "Tue 10:00"}
    answer = replan(scenario, out_of(scenario, scenario, stands), settings=Settings(time_limit=1e-9))
    assert (answer.outcome.status, answer.moved, answer.fewest_moves) == (Status.OPTIMAL, (), 0)


def test_what_begins_before_the_hour_is_frozen() -> None:
    scenario = small.scenario({"A": "3h", "B": "3h"}, {"rule": "order", "of": ["B", "A"]}, days=["2025-02-25"])
    out = out_of(scenario, scenario, {"a": "Tue 10:00", "b": "Tue 15:00"})
    noon, ten = (Wishes(date(2025, 2, 25), hour) for hour in (12 * 60, 10 * 60))
    assert replan(scenario, out, noon, ONE).outcome.status is Status.INFEASIBLE
    assert replan(scenario, out, ten, ONE).moved == ("a", "b")


def test_what_is_frozen_can_be_told_as_rules() -> None:
    """A stays on Tuesday 10:00, B must come before it, and nothing else may move there."""
    scenario = small.scenario({"A": "3h", "B": "3h"}, {"rule": "order", "of": ["B", "A"]}, days=["2025-02-25"])
    out = out_of(scenario, scenario, {"a": "Tue 10:00", "b": "Tue 15:00"})
    rules = held_rules(scenario, out, Wishes(date(2025, 2, 25), 12 * 60))
    why = explain(altered(scenario, rules=(*scenario.rules, *rules)), ways=0)
    assert why.conflict is not None
    assert {item.name for item in why.conflict.rules} == {"order", "frozen-a"}
    assert [rule.describe(scenario) for rule in rules] == [
        "A starts on Tuesday 25 February at 10:00 and sits in Plenary.",
        "B is not held on Tuesday 25 February between 10:00 and 12:00.",
    ]


def test_a_slot_that_gets_a_break_is_still_the_slot_of_what_started_in_it() -> None:
    hours = {"days": ["2025-02-25"], "slots": ["10:00-13:00", "15:00-18:00"]}
    bodies, rule = {"WG": {"one": "1h30", "two": "1h"}}, {"rule": "rolling"}
    before = small.scenario(bodies, rule, calendar=hours)
    after = small.scenario(bodies, rule, calendar=hours | {"breaks": ["11:30-11:45"]})
    out = out_of(before, after, {"one": "Tue 10:00", "two": "Tue 11:30"})
    wishes = Wishes(keeps={Keep.SLOT: frozenset(out), Keep.ORDER: frozenset(out)})
    answer = replan(after, out, wishes, Settings(workers=1))
    assert answer.outcome.timetable == small.timetable(after, {"one": "Tue 10:00", "two": "Tue 11:45"})
    assert answer.moved == ("two",)
    rules = held_rules(after, out, wishes)
    assert [violation for rule in rules for violation in rule.check(after, answer.outcome.timetable)] == []


@pytest.mark.parametrize(("keep", "moved_rooms"), [((), ("hall", "annexe")), (("room",), None)])
def test_another_room_on_one_day_is_one_move(keep: tuple[str, ...], moved_rooms: tuple[str, ...] | None) -> None:
    """The hall is not to be had on Wednesday any more: the debate goes on in the annexe, or has to keep its room."""
    bodies = {"A": {"room_may_change": {"price": 5}, "sessions": {"debate": "9h"}}, "B": "3h"}
    halls, days = [{"id": "hall"}, {"id": "annexe"}], ["2025-02-25", "2025-02-26"]
    before = small.scenario(bodies, rooms=halls, days=days)
    shut = [
        {"rule": "room_unavailable", "room": "hall", "when": ["Wednesday"]},
        {"rule": "room_unavailable", "room": "annexe", "when": ["Tuesday"]},
    ]
    after = small.scenario(bodies, *shut, rooms=halls, days=days)
    old = small.timetable(before, {"debate": "Tue 10:00 hall", "b": "Wed 10:00 annexe"})
    keeps = {Keep(word): frozenset([SessionId("debate")]) for word in keep}
    answer = replan(after, places(after, old, before), Wishes(keeps=keeps), ONE)
    if moved_rooms is None:
        assert answer.outcome.status is Status.INFEASIBLE
        return
    found = answer.outcome.timetable
    assert found is not None
    assert found[SessionId("debate")].rooms == moved_rooms
    assert answer.moved == ("debate", "b")
    again = replan(after, places(after, found), Wishes(keeps={Keep.ROOM: frozenset(after.sessions)}), ONE)
    assert (again.outcome.timetable, again.moved) == (found, ())


def test_rooms_that_are_kept_day_by_day_are_stated_as_rules() -> None:
    bodies = {"A": {"room_may_change": {"price": 5}, "sessions": {"debate": "9h"}}}
    of = small.scenario(bodies, rooms=[{"id": "hall"}, {"id": "annexe"}], days=["2025-02-25", "2025-02-26"])
    out = places(of, small.timetable(of, {"debate": "Tue 10:00 annexe,hall"}))
    wishes = Wishes(frozen_before=date(2025, 2, 27), keeps={Keep.ROOM: frozenset([SessionId("debate")])})
    held = held_rules(of, out, wishes)
    assert [rule.describe(of) for rule in held[-2:]] == [
        "hall is not available for A on Tuesday 25 February.",
        "annexe is not available for A on Wednesday 26 February.",
    ]
    found = solve(altered(of, rules=held[:-2]), ONE).timetable
    assert found is not None
    assert found[SessionId("debate")].rooms == ("annexe", "hall")
