"""Places the talks of one session in lanes and time slots.

Most tracks have one lane and nothing to lose: their talks stand one after the other, by order. Only those with
several lanes, or with people who are wanted elsewhere at the same time, go into a small exact model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.placing import Placing, Slots
from scheduler.solving.counted.problem import Problem
from scheduler.solving.search import new_solver

SESSION_SECONDS = 3.0
"""For one session, at most."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What one track has in one session."""

    track: int
    rooms: tuple[int, ...]
    """Its lanes, ascending."""
    members: tuple[int, ...]
    before: int
    """Talks of the track in earlier sessions."""


class Unpackable(Exception):  # noqa: N818  a fact, not a fault: the engine answers it with a cut
    """The members of a lot do not fit into its lanes."""

    def __init__(self, session: int, lot: Lot) -> None:
        super().__init__(session, lot)
        self.session, self.lot = session, lot


class Undecided(Exception):  # noqa: N818  as above; it proves nothing
    """Time was over before an answer was found."""


def place(
    problem: Problem, session: int, lots: Sequence[Lot], seed: int = 0, seconds: float = SESSION_SECONDS
) -> Slots:
    """The time slots of every cell of a session; each small model gets ``seconds``.

    Raises:
        Unpackable: a lot has too few lanes.
        Undecided: nothing was found in time.
    """
    here = {i for lot in lots for i in lot.members}
    clashing = {i for pair in problem.at_once if here.issuperset(pair) for i in pair}
    slots: Slots = {}
    hard: list[Lot] = []
    for lot in lots:
        if len(lot.rooms) == 1 and clashing.isdisjoint(lot.members):
            slots[session, lot.rooms[0]] = _in_a_row(problem, session, lot)
        else:
            hard.append(lot)
    tied = [lot for lot in hard if not clashing.isdisjoint(lot.members)]
    if tied:
        slots |= _exact(problem, session, tied, seed, seconds)
    for lot in hard:
        if lot not in tied:
            slots |= _exact(problem, session, [lot], seed, seconds)
    return slots


def _in_a_row(problem: Problem, session: int, lot: Lot) -> tuple[int | None, ...]:
    """One lane: everybody with an order that falls here at their position, the others in between."""
    talks = problem.talks
    rest = list(lot.members)
    row: list[int | None] = []
    for position in range(lot.before + 1, lot.before + len(lot.members) + 1):
        due = [i for i in rest if talks[i].order == position]
        free = [i for i in rest if talks[i].order <= position]
        late = [i for i in free if 0 < talks[i].order < position]
        chosen = (due or late or free or rest)[0]
        rest.remove(chosen)
        row += [chosen] * talks[chosen].need
    slots = problem.slots[session]
    if len(row) > slots:
        raise Unpackable(session, lot)
    return tuple(row + [None] * (slots - len(row)))


def _exact(problem: Problem, session: int, lots: Sequence[Lot], seed: int, seconds: float) -> Slots:
    places = {i: [(session, room) for room in lot.rooms] for lot in lots for i in lot.members}
    built = Placing(problem, places, {lot.track: lot.before for lot in lots})
    for lot in lots:
        for room in lot.rooms:
            built.model.add(sum(built.at[i].get((session, room), 0) for i in lot.members) >= 1)
    built.minimize()
    solver = new_solver(seed, seconds)
    status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE and len(lots) == 1:
        raise Unpackable(session, lots[0])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for lot in lots if len(lots) > 1 else ():  # which of them does not fit?
            _exact(problem, session, [lot], seed, seconds)
        raise Undecided
    return built.read(solver.value)
