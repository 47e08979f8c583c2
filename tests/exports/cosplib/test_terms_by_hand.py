"""Sixteen terms counted by hand: the rules of what is imported cost them, and the judge of the tests says them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from support.command import Command
from support.cosplib_judge import judge
from support.cosplib_workbooks import save, save_plan, tiny

from exports.cosplib.conference_scenario import rule_id
from exports.cosplib.conference_values import CosplibPeriod, Hours, Term
from scheduler.solving.counted.problem import CellPlan

H1, H2, H3, B1, B2, R1, R2, R3 = range(8)
HEURISTICS, BOUNDS, ROOMS = range(3)


def plan() -> CellPlan:
    """Of the tiny conference; every term but two costs something."""
    return CellPlan(
        {(0, 0): HEURISTICS, (0, 1): BOUNDS, (1, 0): ROOMS, (1, 1): HEURISTICS, (2, 0): ROOMS, (2, 1): BOUNDS},
        {
            (0, 0): (H1, H2),
            (0, 1): (B1, B1),
            (1, 0): (R1, R2),
            (1, 1): (H3, None),
            (2, 0): (R3, R3, None),
            (2, 1): (None, B2, None),
        },
    )


def swapped(cell: tuple[int, int], row: tuple[int | None, ...], track: int | None = None) -> CellPlan:
    """The plan with another row in one cell, and perhaps another track."""
    tracks = dict(plan().tracks)
    if track is not None:
        tracks[cell] = track
    return CellPlan(tracks, {**plan().slots, cell: row})


BY_HAND = {
    Term.TRACKS_SESSIONS: 1,
    Term.TRACKS_ROOMS: 5,
    Term.SESSIONS_ROOMS: 3,
    Term.SIMILAR: 4,
    Term.ROOMS_PER_TRACK: 1,
    Term.PARALLEL: 0,
    Term.CONSECUTIVE: 1,
    Term.TIME_ZONES: 4,
    Term.ORDER: 0,
    Term.SUBMISSIONS_SESSIONS: 3,
    Term.SUBMISSIONS_ROOMS: 8,
    Term.PRESENTERS: 2,
    Term.ATTENDEES: 1,
    Term.CHAIRS: 1,
    Term.PRESENTERS_SLOT: 2,
    Term.ATTENDEES_SLOT: 1,
}


@pytest.mark.parametrize("term", list(Term), ids=lambda term: term.name.lower())
def test_a_term_is_what_it_is_by_hand(term: Term) -> None:
    assert judge(tiny(), plan()).values[term] == BY_HAND[term]


def test_the_cost_is_the_weighted_sum() -> None:
    verdict = judge(tiny(), plan())
    assert (verdict.faults, verdict.cost) == ((), 804)


def test_a_term_of_weight_zero_is_not_evaluated() -> None:
    without = replace(tiny(), weights=(0,) * 16)
    assert judge(without, plan()).values == (0,) * 16


def test_submissions_out_of_order_count_once_each() -> None:
    assert judge(tiny(), swapped((0, 0), (H2, H1))).values[Term.ORDER] == 2


def test_ordered_submissions_of_a_track_at_the_same_time_cost_a_pair() -> None:
    tracks = {(0, 0): HEURISTICS, (0, 1): HEURISTICS, (1, 0): HEURISTICS}
    both = CellPlan(tracks, {(0, 0): (H1, None), (0, 1): (H2, None), (1, 0): (H3, None)})
    alone = replace(tiny(), submissions=tiny().submissions[:3])
    verdict = judge(alone, both)
    assert (verdict.values[Term.ORDER], verdict.values[Term.PARALLEL]) == (1, 1)


def test_two_lanes_of_a_similar_track_count_twice() -> None:
    tracks = {(2, 0): HEURISTICS, (2, 1): BOUNDS, (2, 2): BOUNDS}
    three = replace(
        tiny(), rooms=("Hall", "Attic", "Cave"), submissions=tuple(tiny().submissions[i] for i in (H1, B1, B2)),
        track_room=((0, 1, 0), (0, 0, 0), (2, 0, 0)), session_room=((0, 0, 0),) * 3,
    )  # fmt: skip
    three = replace(three, submissions=tuple(replace(talk, in_room=(0, 2, 0)) for talk in three.submissions))
    verdict = judge(three, CellPlan(tracks, {(2, 0): (0, None, None), (2, 1): (1, 1, None), (2, 2): (None, None, 2)}))
    assert (verdict.values[Term.SIMILAR], verdict.values[Term.CHAIRS]) == (8, 2)


@pytest.mark.parametrize(
    ("start", "end", "zone", "penalty"),
    [
        (600, 660, 0, 0),
        (600, 660, -120, 1),
        (600, 660, -180, 10),
        (600, 660, 480, 1),
        (600, 660, 600, 1),
        (600, 660, 780, 10),
        (600, 660, 840, 10),
        (1200, 1290, 240, 10),
    ],
)
def test_local_times_fall_into_bands(start: int, end: int, zone: int, penalty: int) -> None:
    hours = Hours(0, (570, 1080), (480, 1290), 1, 10)
    assert hours.penalty(CosplibPeriod("s", 1, None, start, end), zone) == penalty


def test_check_charges_the_rules_of_what_is_imported_as_by_hand(schedule: Command, tmp_path: Path) -> None:
    schedule("import", save(tiny(), tmp_path / "tiny.xlsx"), "--format", "cosplib", "-o", tmp_path)
    run = schedule("check", tmp_path / "tiny.yaml", save_plan(tiny(), plan(), tmp_path / "sol.xlsx"), "--json")
    found = json.loads(run.out)
    costs = Counter[str]()
    for violation in found["findings"]:
        costs[violation["id"]] += violation["penalty"]
    by_hand = {rule_id(term): tiny().weights[term] * value for term, value in BY_HAND.items() if value}
    assert (run.status, found["cost"], dict(costs)) == (0, 804, by_hand)
