"""Members, on their background, are the hard rules of a scenario: all of them, and each set of those that are kept.

What the solver is asked with guards must be what the plain scenario of the same members asks, or an answer that is told
to a planner would be another than the one that was found.
"""

from __future__ import annotations

from random import Random

import pytest
from support.agreement import fix, solve
from support.random_programmes import admitted, programme, rule, starts
from support.random_programmes import timetable as any_timetable

from constraints import KINDS, STANDING
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.explanation.members import Member, background, keeping, members_of
from scheduler.model.schedule_model import ScheduleModel
from scheduler.scenario import Scenario

STATED = (*STANDING, *STANDING, "rolling", "one_body_per_room", "anchor", "chairs_apart")


def drawn(number: int) -> Scenario:
    """A random programme with some of the rules that standing ones yield to."""
    rng = Random(f"items {number}")
    while True:
        data = programme(rng)
        data["rules"] = [rule(rng, kind, data) for kind in rng.sample(STATED, rng.choice((0, 1, 2, 3)))]
        of = admitted(data)
        if of and of.sessions and all(starts(of, session) for session in of.sessions):
            return of


def allowed(of: Scenario, kept: list[Member], found: Timetable) -> bool:
    """Whether background and kept members allow a timetable, as the solver is told."""
    model, ids = ScheduleModel(of), {member.id for member in kept}
    for each in background(of):
        each.post(model)
    for member in members_of(of):
        enforcement = model.choice(member.id)
        member.post(model, enforcement)
        model.clause(enforcement if member.id in ids else model.negated(enforcement))
    fix(model, found)
    return solve(model) is not None


@pytest.mark.parametrize("batch", range(4))
def test_the_items_that_are_kept_allow_what_their_scenario_allows(batch: int) -> None:
    answers = set()
    for number in range(30 * batch, 30 * batch + 30):
        of, rng = drawn(number), Random(number)
        members = members_of(of)
        ids = {member.id for member in members}
        found = any_timetable(rng, of, {session: starts(of, session) for session in of.sessions})
        for share in (1.0, 0.7, 0.3, 0.0):
            chosen = {name for name in sorted(ids) if rng.random() < share}
            kept = [member for member in members_of(of) if member.id in chosen]
            plain = keeping(of, members_of(of), kept)
            keeps = not check(plain, found).broken
            assert allowed(of, kept, found) == keeps, (number, sorted(chosen))
            answers.add((share, keeps))
    assert {keeps for _, keeps in answers} == {True, False}


def test_to_give_way_tightens_nothing() -> None:
    for number in range(80):
        of, rng = drawn(number), Random(number)
        found = any_timetable(rng, of, {session: starts(of, session) for session in of.sessions})
        broken = {violation.rule for violation in check(of, found).broken}
        for member in members_of(of):
            after = {violation.rule for violation in check(member.give_way(of), found).broken}
            assert after <= broken, (number, member.id)


def test_every_kind_of_member_is_drawn() -> None:
    kinds = {
        condition.kind
        for number in range(80)
        for member in members_of(drawn(number))
        for condition in member.conditions
    }
    assert kinds >= {kind for kind in KINDS if KINDS[kind].standing} | {"rolling", "one_body_per_room"}
