"""The generator of conferences: same seed, same conference; neither impossible nor free."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.synthetic import SIZES, conference
from support.cosplib_judge import judge
from support.cosplib_problem import problem_of, solved

from scheduler.solving.counted.realise import realise
from scheduler.solving.counted.start import first


def test_the_same_seed_gives_the_same_conference_and_another_another() -> None:
    assert conference(100, 3) == conference(100, 3)
    assert conference(100, 3) != conference(100, 4)


@pytest.mark.parametrize("talks", [50, 137, 1000, 2500])
def test_there_are_talks_for_most_of_the_rooms_and_rooms_for_all_talks(talks: int) -> None:
    made = conference(talks)
    share = talks / (len(made.periods) * len(made.rooms))
    assert (len(made.submissions), share > 0.7, share < 0.95) == (talks, True, True)
    assert sorted(set(Counter(talk.track for talk in made.submissions))) == list(range(len(made.tracks)))


def test_a_thousand_talks_have_forty_sessions_and_thirty_rooms() -> None:
    assert (SIZES[1000], SIZES[2500]) == ((40, 30), (60, 45))


def test_the_first_timetable_is_not_yet_the_best_one() -> None:
    made = conference(50)
    problem = problem_of(made)
    begun = first(problem)
    assert begun is not None
    result = solved(made, time_limit=30, workers=1)
    assert result.proved
    greedy = judge(made, realise(problem, *begun))
    assert (greedy.faults, greedy.cost > result.bound, result.bound > 0) == ((), True, True)


def test_the_first_timetable_is_the_same_every_time() -> None:
    made = conference(137)
    assert first(problem_of(made)) == first(problem_of(made))
