"""The engine against every timetable there is, on conferences small enough to try them all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cosplib_workbooks import drawn, tiny

from scheduler.parallel.conference import Conference, Period, Plan, Term, Track
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


def timetables(conference: Conference) -> Iterator[Plan]:
    """Every timetable of submissions of one time slot."""
    spots = [
        (s, r, k)
        for s, p in enumerate(conference.periods)
        for r in range(len(conference.rooms))
        for k in range(p.slots)
    ]
    standing: dict[tuple[int, int, int], int] = {}
    cells: dict[tuple[int, int], int] = {}

    def place(talk: int) -> Iterator[Plan]:
        if talk == len(conference.submissions):
            rows = {c: tuple(standing.get((*c, k)) for k in range(conference.periods[c[0]].slots)) for c in cells}
            yield Plan(dict(cells), rows)
            return
        track = conference.submissions[talk].track
        for spot in spots:
            cell = spot[:2]
            if spot not in standing and cells.get(cell, track) == track:
                opened = cell not in cells
                standing[spot] = talk
                cells[cell] = track
                yield from place(talk + 1)
                del standing[spot]
                if opened:
                    del cells[cell]

    return place(0)


def cheapest(conference: Conference) -> int | None:
    """By trying all; None when there is none."""
    costs = [verdict.cost for plan in timetables(conference) if (verdict := judge(conference, plan)).valid]
    return min(costs, default=None)


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
    conference = drawn(2)
    threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
    before = signal.getsignal(signal.SIGINT)
    result = solve_conference(conference, time_limit=60, workers=2)
    assert (result.interrupted, result.seconds < 10, result.cost) == (True, True, cheapest(conference))
    assert signal.getsignal(signal.SIGINT) is before
