"""What talks cost at least of which each two have somebody in common: more of them than sessions must share one.

It follows from counting alone, so it is known before any search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from scheduler.rules.pigeonholes import fewest_pairs
from scheduler.solving.counted.problem import Problem


def bound(problem: Problem) -> int:
    """The least that pairs of talks in one session cost together. Cliques have no pair in common, so they add up."""
    return sum(_least(problem, clique) for clique in _cliques(problem.together))


def _cliques(pairs: Mapping[tuple[int, int], int]) -> Iterator[list[int]]:
    """Talks of which every two are a pair, the largest first as far as greed finds them; no pair is in two of them."""
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    while near:
        first = max(near, key=lambda talk: (len(near[talk]), -talk))
        clique, common = [first], set(near[first])
        while common:
            talk = max(common, key=lambda other: (len(near[other] & common), -other))
            clique.append(talk)
            common &= near[talk]
        if len(clique) < 3:
            return
        yield clique
        for a, b in combinations(clique, 2):
            near[a].discard(b)
            near[b].discard(a)
        near = defaultdict(set, {talk: others for talk, others in near.items() if others})


def _least(problem: Problem, clique: Sequence[int]) -> int:
    """Talks in one room of one session cost nothing: beyond those, each is at least one pair."""
    holes = [_in_one_cell(problem, clique, session) for session in problem.sessions]
    price = min(problem.together[min(pair), max(pair)] for pair in combinations(clique, 2))
    if max(holes) <= 1:
        return price * fewest_pairs(len(clique), sum(holes))
    return price * max(0, len(clique) - sum(holes))


def _in_one_cell(problem: Problem, clique: Sequence[int], session: int) -> int:
    """The most talks of the clique that one room can hold in a session: they are of one track."""
    most: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(lambda: problem.slots[session])
    for talk in sorted((problem.talks[number] for number in clique), key=lambda talk: talk.need):
        if talk.need <= left[talk.track]:
            left[talk.track] -= talk.need
            most[talk.track] += 1
    return max(most.values(), default=0)
