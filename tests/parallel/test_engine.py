"""The engine against every timetable there is, on conferences small enough to try them all."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from cosplib_workbooks import drawn, tiny
from every_plan import cheapest

from scheduler.parallel.conference import Period, Term, Track
from scheduler.parallel.cost import judge
from scheduler.parallel.engine import solve_conference
from scheduler.parallel.state import Step

COUNTED = (
    Term.TRACKS_SESSIONS,
    Term.TRACKS_ROOMS,
    Term.SESSIONS_ROOMS,
    Term.SIMILAR,
    Term.ROOMS_PER_TRACK,
    Term.PARALLEL,
    Term.CONSECUTIVE,
    Term.TIME_ZONES,
    Term.SUBMISSIONS_SESSIONS,
    Term.CHAIRS,
)
"""Terms that the model of counts and rooms holds exactly."""


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7, 8, 10, 15, 18, 19])
def test_the_best_timetable_is_found_and_no_bound_is_above_it(seed: int) -> None:
    conference = drawn(seed)
    result = solve_conference(conference, time_limit=1, workers=1)
    assert result.plan is not None
    verdict = judge(conference, result.plan)
    assert (verdict.faults, verdict.cost, result.cost) == ((), result.cost, cheapest(conference))
    assert (result.bound <= verdict.cost) is True


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", [1, 2, 4, 6, 8, 15, 18, 19])
def test_what_is_counted_exactly_is_proved(seed: int, workers: int) -> None:
    conference = drawn(seed)
    weights = tuple(weight if term in COUNTED else 0 for term, weight in zip(Term, conference.weights, strict=True))
    conference = replace(conference, weights=weights)
    result = solve_conference(conference, time_limit=20, workers=workers)
    assert (result.proved, result.bound, result.cost) == (True, cheapest(conference), cheapest(conference))


def test_long_submissions_that_do_not_fit_a_lane_together_get_another() -> None:
    source = tiny()
    conference = replace(
        source,
        tracks=(Track("only"),),
        periods=(Period("s", 5, None, 600, 700),),
        submissions=tuple(
            replace(source.submissions[0], name=f"p{i}", need=need, order=0, in_session=(0,), presenters=frozenset())
            for i, need in enumerate((3, 3, 2, 2))
        ),
        track_session=((0,),),
        track_room=((0, 0),),
        session_room=((0, 0),),
        similar=((0,),),
    )
    result = solve_conference(conference, time_limit=1, workers=1)
    assert result.plan is not None
    assert judge(conference, result.plan).faults == ()
    assert len(result.plan.tracks) == 2


def test_more_tracks_than_cells_are_proved_impossible() -> None:
    source = tiny()
    conference = replace(
        source,
        periods=source.periods[2:],
        rooms=source.rooms[:1],
        submissions=tuple(
            replace(source.submissions[0], name=f"p{t}", track=t, in_session=(0,), in_room=(0,)) for t in range(3)
        ),
        track_session=((0,),) * 3,
        track_room=((0,),) * 3,
        session_room=((0,),),
    )
    result = solve_conference(conference, time_limit=20, workers=1)
    assert (result.impossible, result.plan, result.cost) == (True, None, None)


def test_costs_only_fall_and_bounds_only_rise() -> None:
    seen: list[Step] = []
    result = solve_conference(tiny(), time_limit=1, workers=2, report=seen.append)
    costs = [step.cost for step in seen if step.cost is not None]
    bounds = [step.bound for step in seen]
    assert (costs, bounds) == (sorted(costs, reverse=True), sorted(bounds))
    assert (costs[-1], bounds[-1], tuple(seen)) == (result.cost, result.bound, result.steps)


def test_ctrl_c_keeps_the_best_timetable() -> None:
    """The interrupt comes with the first timetable, which is all that there is time for."""
    conference = drawn(2)
    before = signal.getsignal(signal.SIGINT)
    result = solve_conference(
        conference, time_limit=60, workers=2, report=lambda _: os.kill(os.getpid(), signal.SIGINT)
    )
    assert result.plan is not None
    verdict = judge(conference, result.plan)
    assert (result.interrupted, result.seconds < 10, verdict.faults, verdict.cost) == (True, True, (), result.cost)
    assert signal.getsignal(signal.SIGINT) is before
