"""What suits somebody best, against every choice that they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, product
from random import Random

from constraints.nights_away import nights_between
from scheduler.domain.attending import best_choice, least_days

DAY = date(2027, 2, 22)


Time = tuple[int, int, int]
"""The number of what is held, from when, until when."""


def clashes(chosen: Sequence[Time]) -> int:
    """Pairs of times that overlap."""
    return sum(a[1] < b[2] and b[1] < a[2] for a, b in combinations(chosen, 2))


def drawn(rng: Random) -> list[list[Time]]:
    """Four things, each held up to three times."""
    starts = [rng.sample(range(9), rng.randint(1, 3)) for _ in range(4)]
    return [[(number, start, start + rng.randint(1, 4)) for start in held] for number, held in enumerate(starts)]


def test_the_best_choice_is_as_good_as_any() -> None:
    worse, settled = [], 0
    for number in range(300):
        items = drawn(Random(f"choice {number}"))
        every = [time for item in items for time in item]
        free = {time for time in every if not any(clashes([time, o]) for o in every if o[0] != time[0])}
        chosen = best_choice(items, clashes, free.__contains__)
        assert sorted(time[0] for time in chosen) == [0, 1, 2, 3]
        settled += bool(free)
        if clashes(chosen) != min(map(clashes, product(*items))):
            worse.append(number)
    assert worse == []
    assert settled


def test_the_first_of_equally_good_choices_is_taken() -> None:
    assert best_choice([["a", "b"], ["c", "d"]], lambda _: 0, lambda _: False) == ("a", "c")
    assert best_choice([["a", "b"]], lambda chosen: chosen == ("a",), lambda _: False) == ("b",)
    assert best_choice([], lambda _: 0, lambda _: False) == ()


def test_the_fewest_nights_are_among_the_sets_of_days_that_are_left() -> None:
    for number in range(300):
        rng = Random(f"days {number}")
        days = [DAY + timedelta(days=rng.choice((0, 1, 2, 3, 7, 9, 16))) for _ in range(4)]
        items = [[frozenset(rng.sample(days, rng.randint(1, 2))) for _ in range(rng.randint(1, 3))] for _ in range(4)]
        every = {frozenset[date]().union(*chosen) for chosen in product(*items)}
        found = least_days(items)
        assert set(found) == {one for one in every if not any(other < one for other in every)}
        assert min(map(nights_between, found)) == min(map(nights_between, every))
