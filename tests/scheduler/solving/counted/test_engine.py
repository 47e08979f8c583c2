"""The engine against every timetable there is, on conferences small enough to try them all."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from support.cosplib_judge import judge
from support.cosplib_problem import solved
from support.cosplib_workbooks import drawn, tiny
from support.every_plan import cheapest

from exports.cosplib.conference_values import CosplibPeriod, CosplibTrack, Term
from scheduler.model.cpsat import cp_model
from scheduler.outcome import Progress
from scheduler.solving.counted.shared_state import SharedState

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
    result = solved(conference, time_limit=1, workers=1)
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
    result = solved(conference, time_limit=20, workers=workers)
    assert (result.proved, result.bound, result.cost) == (True, cheapest(conference), cheapest(conference))


def test_long_submissions_that_do_not_fit_a_lane_together_get_another() -> None:
    source = tiny()
    conference = replace(
        source,
        tracks=(CosplibTrack("only"),),
        periods=(CosplibPeriod("s", 5, None, 600, 700),),
        submissions=tuple(
            replace(source.submissions[0], name=f"p{i}", need=need, order=0, in_session=(0,), presenters=frozenset())
            for i, need in enumerate((3, 3, 2, 2))
        ),
        track_session=((0,),),
        track_room=((0, 0),),
        session_room=((0, 0),),
        similar=((0,),),
    )
    result = solved(conference, time_limit=1, workers=1)
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
    result = solved(conference, time_limit=20, workers=1)
    assert (result.impossible, result.plan, result.cost) == (True, None, None)


def test_a_submission_longer_than_every_session_makes_it_impossible() -> None:
    source = tiny()
    long = replace(source.submissions[0], need=4)
    result = solved(replace(source, submissions=(long, *source.submissions[1:])), time_limit=20, workers=1)
    assert (result.impossible, result.plan, result.cost) == (True, None, None)


def test_a_submission_longer_than_some_sessions_stands_in_a_long_one() -> None:
    source = tiny()
    long = replace(source.submissions[0], need=3)
    result = solved(replace(source, submissions=(long, *source.submissions[1:])), time_limit=1, workers=1)
    assert result.plan is not None
    assert [session for (session, _), row in result.plan.slots.items() if 0 in row] == [2]


def test_impossible_is_believed_only_when_two_configurations_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    source = tiny()
    long = replace(source.submissions[0], need=4)
    honest, asked = SharedState.solve, []

    def doubtful(state: SharedState, solver: cp_model.CpSolver, *rest: object) -> cp_model.CpSolverStatus:
        asked.append(solver.parameters.cp_model_presolve)
        status = honest(state, solver, *rest)  # type: ignore[arg-type]
        return status if solver.parameters.cp_model_presolve else cp_model.UNKNOWN

    monkeypatch.setattr(SharedState, "solve", doubtful)
    result = solved(replace(source, submissions=(long,)), time_limit=0.3, workers=1)
    assert (result.impossible, result.plan, asked[:2]) == (False, None, [True, False])


def test_a_track_without_submissions_costs_nothing_and_gets_no_room() -> None:
    source = replace(tiny(), weights=tuple(int(term in (Term.ROOMS_PER_TRACK, Term.CONSECUTIVE)) for term in Term))
    kept = tuple(talk for talk in source.submissions if talk.track != 1)
    result = solved(replace(source, submissions=kept), time_limit=20, workers=2)
    assert result.plan is not None
    assert (result.proved, result.cost, 1 in result.plan.tracks.values()) == (True, 0, False)


def test_where_nothing_has_a_weight_everything_costs_nothing() -> None:
    result = solved(replace(tiny(), weights=(0,) * len(Term)), time_limit=20, workers=2)
    assert (result.proved, result.cost, result.bound) == (True, 0, 0)


def test_costs_only_fall_and_bounds_only_rise() -> None:
    seen: list[Progress] = []
    result = solved(tiny(), time_limit=1, workers=2, report=seen.append)
    costs = [step.cost for step in seen if step.cost is not None]
    bounds = [step.bound or 0 for step in seen]
    assert (costs, bounds) == (sorted(costs, reverse=True), sorted(bounds))
    assert (costs[-1], bounds[-1]) == (result.cost, result.bound)


def test_ctrl_c_keeps_the_best_timetable() -> None:
    """The interrupt comes with the first timetable, which is all that there is time for."""
    conference = drawn(2)
    before = signal.getsignal(signal.SIGINT)
    result = solved(conference, time_limit=60, workers=2, report=lambda _: os.kill(os.getpid(), signal.SIGINT))
    assert result.plan is not None
    verdict = judge(conference, result.plan)
    assert (result.interrupted, verdict.faults, verdict.cost) == (True, (), result.cost)
    assert signal.getsignal(signal.SIGINT) is before
