"""What follows from counting alone: of more sessions than there are starts, slots or days, some must share one.

A wish costs at least what follows. Rules tell it the solver in one condition, since it finds the least cost quickly but
takes long to see that there is none less.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from scheduler.domain.base import SessionId
from scheduler.domain.people import Pair

if TYPE_CHECKING:
    from scheduler.model.schedule_model import ScheduleModel
    from scheduler.model.views import Amount, Linear

Hole = TypeVar("Hole", bound=Hashable)

MOST_SETS = 50
"""Different sets of holes that are looked at, the largest first."""


def confined(
    reach: Mapping[SessionId, frozenset[Hole]], most: int = MOST_SETS
) -> Iterator[tuple[frozenset[Hole], list[SessionId]]]:
    """All holes together, and each set of holes to which some session is confined, with all that are confined to it."""
    every = frozenset[Hole]().union(*reach.values())
    sets = sorted({every, *reach.values()}, key=lambda holes: (-len(holes), sorted(map(str, holes))))[:most]
    yield from ((holes, [s for s, own in reach.items() if own <= holes]) for holes in sets)


def fewest_too_many(
    model: ScheduleModel, reach: Mapping[SessionId, frozenset[Hole]], at_most: int, amounts: Mapping[Hole, Linear]
) -> None:
    """Say how many must be too many, where each hole holds ``at_most`` and ``amounts`` says how many more it has."""
    for holes, within in confined(reach):
        if (few := len(within) - at_most * len(holes)) > 0:
            model.bound(model.total(amounts[hole] for hole in holes) >= few)


def fewest_pairs(sessions: int, holes: int) -> int:
    """The fewest pairs of sessions that share a hole, however they are spread; with no hole there is nothing to say."""
    if not holes:
        return 0
    each, further = divmod(sessions, holes)
    return holes * each * (each - 1) // 2 + further * each


def pairs_that_start_together(
    model: ScheduleModel, sessions: Sequence[SessionId], charged: Mapping[Pair, Sequence[Amount]]
) -> None:
    """Say how many pairs must start together, where each that does is ``charged`` at least once: amounts by pair."""
    if len(sessions) < 3 or not all(pair in charged or pair[::-1] in charged for pair in combinations(sessions, 2)):
        return
    reach = {session: frozenset(model.possible_starts(session)) for session in sessions}
    for starts, within in confined(reach):
        if few := fewest_pairs(len(within), len(starts)):
            inside = frozenset(within)
            amounts = [amount for pair, own in charged.items() if inside.issuperset(pair) for amount in own]
            model.bound(model.total(amounts) >= few)
