"""Bounds that follow from counting talks with common people: worked out by hand, and against every timetable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.cosplib_problem import problem_of
from support.cosplib_workbooks import drawn
from support.every_plan import cheapest

from exports.cosplib.conference_values import Term
from scheduler.solving.counted.cliques import bound
from scheduler.solving.counted.problem import Problem, Talk


def problem(slots: tuple[int, ...], needs: tuple[tuple[int, int], ...], price: int = 5) -> Problem:
    """Talks by track and time slots, every two with somebody in common; three rooms."""
    tracks = 1 + max(track for track, _ in needs)
    rooms, sessions = 3, len(slots)
    talks = tuple(Talk(track, need, 0, (0,) * sessions, (0,) * rooms) for track, need in needs)
    nothing = ((0,) * sessions,) * tracks
    pairs = {(a, b): price for b in range(len(talks)) for a in range(b)}
    return Problem(
        tracks, slots, rooms, talks, nothing, ((0,) * rooms,) * tracks, ((0,) * rooms,) * sessions,
        ((0,) * tracks,) * tracks, pairs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("slots", "needs", "expected"),
    [
        ((1, 1), ((0, 1), (1, 1), (2, 1)), 5),
        ((1, 1), ((0, 1), (1, 1), (2, 1), (0, 1), (1, 1)), 20),
        ((1, 1, 1), ((0, 1), (1, 1), (2, 1)), 0),
        ((2, 1), ((0, 1), (0, 1), (1, 1), (2, 1)), 5),
        ((2, 1), ((0, 2), (0, 2), (1, 2)), 15),
    ],
    ids=[
        "three in two",
        "five in two: 3 + 1 pairs",
        "three in three",
        "two share a room",
        "all in the only session that is long enough",
    ],
)
def test_talks_beyond_those_that_find_a_session_cost(
    slots: tuple[int, ...], needs: tuple[tuple[int, int], ...], expected: int
) -> None:
    assert bound(problem(slots, needs)) == expected


def test_the_cheapest_pair_is_charged() -> None:
    of = problem((1, 1), ((0, 1), (1, 1), (2, 1)))
    assert bound(replace(of, together=dict(of.together) | {(0, 1): 2})) == 2


@pytest.mark.parametrize("seed", range(40))
def test_it_is_never_above_the_cheapest_timetable(seed: int) -> None:
    """Everybody presents everywhere."""
    conference = drawn(seed)
    weights = tuple(3 * int(term == Term.PRESENTERS) for term in Term)
    talks = tuple(replace(talk, presenters=frozenset("x")) for talk in conference.submissions)
    shared = replace(conference, submissions=talks, weights=weights)
    assert bound(problem_of(shared)) <= cheapest(shared)
