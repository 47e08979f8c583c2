"""What the search compares timetables by is what the judge of the tests says, of whole timetables and of parts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from support.cosplib_judge import judge
from support.cosplib_plans import random_plan
from support.cosplib_problem import problem_of
from support.cosplib_workbooks import drawn, tiny

from exports.cosplib.conference_values import Conference, CosplibPeriod, Term
from scheduler.solving.counted.cost import cost
from scheduler.solving.counted.problem import CellPlan


@pytest.mark.parametrize("conference", [tiny(), *map(drawn, range(30))], ids=lambda c: c.name)
def test_random_timetables_cost_what_the_judge_says(conference: Conference) -> None:
    draw, problem = random.Random(conference.name), problem_of(conference)
    plans = [plan for _ in range(20) if (plan := random_plan(conference, draw)) is not None]
    assert len(plans) == 20
    assert [cost(problem, plan) for plan in plans] == [judge(conference, plan).cost for plan in plans]


def test_what_is_left_without_a_track_costs_what_a_conference_without_it_does() -> None:
    conference, draw = tiny(), random.Random(2)
    plan = random_plan(conference, draw)
    assert plan is not None
    for track in range(3):
        kept = [number for number, talk in enumerate(conference.submissions) if talk.track != track]
        number = {old: new for new, old in enumerate(kept)}
        cells = {cell: held for cell, held in plan.tracks.items() if held != track}
        rows = {cell: tuple(None if i is None else number[i] for i in plan.slots[cell]) for cell in cells}
        rest = replace(conference, submissions=tuple(conference.submissions[i] for i in kept))
        assert cost(problem_of(conference), plan, {track}) == judge(rest, CellPlan(cells, rows)).cost


def test_every_kind_of_price_is_counted_by_hand() -> None:
    """Two tracks side by side, the first in two rooms of the first session and again in the third."""
    charged = (Term.ROOMS_PER_TRACK, Term.PARALLEL, Term.CONSECUTIVE, Term.CHAIRS)
    conference = replace(
        tiny(),
        periods=tuple(CosplibPeriod(f"s{s}", 2, None, 600, 660) for s in range(3)),
        weights=tuple(int(term in charged) for term in Term),
        submissions=tuple(replace(talk, need=1) for talk in tiny().submissions[:4]),
        rooms=("Hall", "Attic", "Cave"),
    )
    plan = CellPlan(
        {(0, 0): 0, (0, 1): 0, (0, 2): 1, (2, 2): 0},
        {(0, 0): (0, None), (0, 1): (1, None), (0, 2): (3, None), (2, 2): (2, None)},
    )
    rows = ((0, 0, 0),) * 3
    conference = replace(
        conference,
        track_room=rows,
        session_room=rows,
        submissions=tuple(replace(talk, in_room=(0, 0, 0)) for talk in conference.submissions),
    )
    rooms, parallel, gap, chairs = 2, 1, 1, 2
    assert cost(problem_of(conference), plan) == rooms + parallel + gap + chairs
