"""The gap that counts leave, closed by the rules' own conditions: against every timetable there is, and the judge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.cosplib_problem import problem_of
from support.cosplib_scenarios import written
from support.cosplib_workbooks import drawn, tiny
from support.every_plan import cheapest

from exports.cosplib.conference_values import Conference, Term
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.errors import EngineError
from scheduler.outcome import Settings, Status
from scheduler.solving import slots
from scheduler.solving.counted.closing import LARGEST_SIZE, Closer, Naming, size
from scheduler.solving.counted.shared_state import SharedState
from scheduler.solving.counted.translation import Translation, translate
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, choose


def translated(conference: Conference, folder: Path) -> Translation:
    found = translate(written(conference, folder)[1])
    assert isinstance(found, Translation)
    return found


def closed(translation: Translation, claimed: int | None = None) -> SharedState:
    """After one run of the closer alone; ``claimed``: a cost that somebody else has found."""
    state = SharedState(translation.problem, 60)
    state.cost = claimed
    Closer(state, Naming(translation, slots.build)).step()
    return state


@pytest.mark.parametrize("seed", range(40))
def test_its_optimum_is_that_of_all_timetables_in_every_term(seed: int, tmp_path: Path) -> None:
    conference = drawn(seed)
    translation = translated(conference, tmp_path)
    state = closed(translation)
    assert state.plan is not None
    assert (state.proved, state.cost) == (True, cheapest(conference) + translation.discount)
    assert check(translation.scenario, translation.timetable(state.plan)).cost == cheapest(conference)


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7, 8, 10, 15, 18, 19])
def test_the_engine_closes_the_gap_that_counts_leave(seed: int, tmp_path: Path) -> None:
    conference = drawn(seed)
    scenario = written(conference, tmp_path)[1]
    outcome = solve(scenario, Settings(time_limit=20, workers=1), choice=choose(scenario, Formulation.COUNTED))
    assert (outcome.status, outcome.cost) == (Status.OPTIMAL, cheapest(conference))


def test_a_plan_is_the_timetable_that_it_describes(tmp_path: Path) -> None:
    """With sessions of several time slots."""
    translation = translated(tiny(), tmp_path)
    state = closed(translation)
    assert state.plan is not None
    timetable = translation.timetable(state.plan)
    assert len(timetable) == 8
    assert translation.plan(timetable) == state.plan
    assert translation.plan(Timetable(reversed(list(timetable)))) == state.plan


def test_it_contradicts_nothing_in_silence(tmp_path: Path) -> None:
    """Two sessions of two time slots, one room with one slot of three: impossible, though somebody claims a cost."""
    source = tiny()
    talks = tuple(
        replace(talk, need=2, presenters=frozenset(), in_session=(0,), in_room=(0,)) for talk in source.submissions[:2]
    )
    conference = replace(
        source, periods=source.periods[2:], rooms=source.rooms[:1], submissions=talks, track_session=((0,),) * 3,
        track_room=((0,),) * 3, session_room=((0,),),
    )  # fmt: skip
    assert closed(translated(conference, tmp_path)).impossible
    for_nothing = translated(replace(conference, weights=(0,) * len(Term)), tmp_path)
    with pytest.raises(EngineError, match="although there is one"):
        closed(for_nothing, 0)


def test_where_nothing_is_cheaper_the_incumbent_is_proved(tmp_path: Path) -> None:
    translation = translated(drawn(2), tmp_path)
    least = cheapest(drawn(2)) + translation.discount
    state = closed(translation, least)
    assert (state.plan, state.bound, state.proved, state.impossible) == (None, least, True, False)


def test_large_conferences_are_too_large_for_it() -> None:
    conference = tiny()
    nobody: frozenset[str] = frozenset()
    talks = tuple(replace(talk, presenters=nobody, attendees=nobody, order=0) for talk in conference.submissions)
    many = replace(conference, submissions=talks * 1000)
    assert (size(problem_of(conference)) <= LARGEST_SIZE, size(problem_of(many)) <= LARGEST_SIZE) == (True, False)
