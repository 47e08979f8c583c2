"""No bound of the counted model is above the cheapest timetable, in any term; where it can be tight, it is."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest
from support.cosplib_judge import judge
from support.cosplib_problem import problem_of
from support.cosplib_workbooks import drawn
from support.every_plan import timetables

from exports.cosplib.conference_values import Conference, CosplibPeriod, CosplibTrack, Submission, Term
from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.counted_model import CountedModel
from scheduler.solving.counted.problem import CellPlan

SEEDS = range(60)
EXACT = (
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
"""Terms that the counted model holds exactly where rooms are named."""


def uneven(seed: int) -> Conference:
    """As ``drawn``, with submissions of up to two time slots and everybody in several of them."""
    draw = random.Random(seed)
    conference = drawn(seed)
    periods = tuple(replace(period, slots=2) for period in conference.periods)
    talks = tuple(
        replace(talk, need=draw.choice((1, 2)), presenters=frozenset(draw.sample("xyz", 2)))
        for talk in conference.submissions[:3]
    )
    return replace(conference, periods=periods, submissions=talks)


@cache
def possible(seed: int) -> frozenset[tuple[int, ...]]:
    """The values of all terms in every timetable there is."""
    conference = replace(uneven(seed), weights=(1,) * len(Term))
    verdicts = (judge(conference, plan) for plan in timetables(conference))
    return frozenset(verdict.values for verdict in verdicts if verdict.valid)


def bound(conference: Conference) -> int:
    """The optimum of the counted model."""
    built = CountedModel(problem_of(conference), [0] * len(conference.tracks), named_rooms=True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(built.model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def only(conference: Conference, term: Term) -> Conference:
    """With no other term."""
    return replace(conference, weights=tuple(int(each == term) for each in Term))


@pytest.mark.parametrize("term", list(Term), ids=lambda term: term.name.lower())
def test_no_bound_of_a_term_is_above_the_cheapest_timetable(term: Term) -> None:
    feasible = filter(possible, SEEDS)
    above = [seed for seed in feasible if bound(only(uneven(seed), term)) > min(v[term] for v in possible(seed))]
    assert above == []


@pytest.mark.parametrize("term", EXACT, ids=lambda term: term.name.lower())
def test_the_bound_of_a_term_that_counts_can_hold_is_exact(term: Term) -> None:
    feasible = filter(possible, SEEDS)
    below = [seed for seed in feasible if bound(only(uneven(seed), term)) < min(v[term] for v in possible(seed))]
    assert below == []


@pytest.mark.parametrize("draw", [random.Random(n) for n in range(8)])
def test_no_bound_of_all_terms_together_is_above_the_cheapest_timetable(draw: random.Random) -> None:
    above = []
    for seed in filter(possible, SEEDS):
        weights = tuple(draw.choice((0, 1, 3, 10, 997)) for _ in Term)
        least = min(sum(w * v for w, v in zip(weights, values, strict=True)) for values in possible(seed))
        if bound(replace(uneven(seed), weights=weights)) > least:
            above.append((seed, weights))
    assert above == []


def test_the_conferences_tried_are_many() -> None:
    assert sum(1 for seed in SEEDS if possible(seed)) == 51


def small(talks: tuple[Submission, ...], tracks: int, slots: int, rooms: int) -> Conference:
    """One session, no penalties but those of the submissions."""
    return Conference(
        "small",
        tuple(CosplibTrack(f"t{t}") for t in range(tracks)),
        (CosplibPeriod("s", slots, None, 600, 700),),
        tuple(f"r{r}" for r in range(rooms)),
        tuple(replace(talk, in_session=(0,), in_room=talk.in_room or (0,) * rooms) for talk in talks),
        ((0,),) * tracks,
        ((0,) * rooms,) * tracks,
        ((0,) * rooms,),
        ((0,) * tracks,) * tracks,
        (0,) * len(Term),
    )


def talk(name: str, track: int, need: int = 1, who: str = "", in_room: tuple[int, ...] = ()) -> Submission:
    """A submission of these presenters."""
    return Submission(name, track, need, presenters=frozenset(who.split()), in_room=in_room)


def least(conference: Conference) -> int:
    """By trying all."""
    plans: list[CellPlan] = list(timetables(conference))
    return min(verdict.cost for plan in plans if (verdict := judge(conference, plan)).valid)


def test_somebody_who_is_wanted_all_through_the_other_track_is_charged_for_every_shared_time_slot() -> None:
    talks = (talk("a", 0, 1, "Ada Bob"), talk("b", 1, 1, "Ada"), talk("c", 1, 1, "Bob"))
    conference = only(small(talks, 2, 2, 2), Term.PRESENTERS_SLOT)
    assert (bound(conference), least(conference)) == (1, 1)


def test_somebody_who_finds_a_free_time_slot_is_not_charged() -> None:
    talks = (talk("a", 0, 1, "Ada Bob"), talk("b", 1, 1, "Ada"), talk("c", 1, 1, "Bob"))
    conference = only(small(talks, 2, 3, 2), Term.PRESENTERS_SLOT)
    assert (bound(conference), least(conference)) == (0, 0)


def test_two_of_a_track_that_are_too_long_for_one_lane_cannot_share_their_presenter_for_nothing() -> None:
    talks = (talk("a", 0, 2, "Ada"), talk("b", 0, 2, "Ada"))
    together = small(talks, 1, 3, 2)
    session, slot = only(together, Term.PRESENTERS), only(together, Term.PRESENTERS_SLOT)
    assert (bound(session), least(session), bound(slot), least(slot)) == (1, 1, 1, 1)


def test_rooms_of_single_submissions_are_charged_also_where_a_track_runs_in_parallel_with_itself() -> None:
    talks = (talk("a", 0, 2, in_room=(0, 3)), talk("b", 0, 2, in_room=(5, 4)))
    conference = only(small(talks, 1, 2, 2), Term.SUBMISSIONS_ROOMS)
    assert (bound(conference), least(conference)) == (8, 8)
