"""Places the talks of one session in lanes and time slots.

Most tracks have one lane and nothing to lose: their talks stand one after the other, by order. Only those with
several lanes, or with people who are wanted elsewhere at the same time, go into a small exact model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.groups import Digest
from scheduler.solving.search import new_solver

SESSION_SECONDS = 3.0
"""For one session, at most."""

Slots = dict[tuple[int, int], tuple[int | None, ...]]


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


def place(digest: Digest, session: int, lots: Sequence[Lot], seed: int = 0, seconds: float = SESSION_SECONDS) -> Slots:
    """The time slots of every cell of a session; each small model gets so many ``seconds``.

    Raises:
        Unpackable: a lot has too few lanes.
        Undecided: nothing was found in time.
    """
    here = {i for lot in lots for i in lot.members}
    clashing = {i for pair in digest.problem.at_once if here.issuperset(pair) for i in pair}
    slots: Slots = {}
    hard: list[Lot] = []
    for lot in lots:
        if len(lot.rooms) == 1 and clashing.isdisjoint(lot.members):
            slots[session, lot.rooms[0]] = _in_a_row(digest, session, lot)
        else:
            hard.append(lot)
    tied = [lot for lot in hard if not clashing.isdisjoint(lot.members)]
    if tied:
        slots |= _exact(digest, session, tied, seed, seconds)
    for lot in hard:
        if lot not in tied:
            slots |= _exact(digest, session, [lot], seed, seconds)
    return slots


def _in_a_row(digest: Digest, session: int, lot: Lot) -> tuple[int | None, ...]:
    """One lane: everybody with an order that falls here at their position, the others in between."""
    talks = digest.problem.talks
    rest = list(lot.members)
    row: list[int | None] = []
    for position in range(lot.before + 1, lot.before + len(lot.members) + 1):
        due = [i for i in rest if talks[i].order == position]
        free = [i for i in rest if talks[i].order <= position]
        late = [i for i in free if 0 < talks[i].order < position]
        chosen = (due or late or free or rest)[0]
        rest.remove(chosen)
        row += [chosen] * talks[chosen].need
    slots = digest.problem.slots[session]
    if len(row) > slots:
        raise Unpackable(session, lot)
    return tuple(row + [None] * (slots - len(row)))


class _Model:
    """Start slot and lane of each talk of some lots."""

    def __init__(self, digest: Digest, session: int, lots: Sequence[Lot]) -> None:
        self.digest, self.session, self.lots = digest, session, lots
        self.model = cp_model.CpModel()
        self.slots = digest.problem.slots[session]
        self.starts: dict[tuple[int, int, int], cp_model.IntVar] = {}
        """By talk, lane and slot."""
        self.covers: dict[tuple[int, int], cp_model.LinearExpr] = {}
        """Whether a talk takes a slot, in whatever lane."""
        self.cost: list[cp_model.LinearExprT] = []
        for lot in lots:
            self._post(lot)
        self._share_slots()
        self.model.minimize(sum(self.cost))

    def _post(self, lot: Lot) -> None:
        model, talks = self.model, self.digest.problem.talks
        lanes = range(len(lot.rooms))
        for i in lot.members:
            options = [(lane, slot) for lane in lanes for slot in range(self.slots - talks[i].need + 1)]
            for lane, slot in options:
                self.starts[i, lane, slot] = model.new_bool_var("")
            model.add_exactly_one(self.starts[i, lane, slot] for lane, slot in options)
            for slot in range(self.slots):
                self.covers[i, slot] = cp_model.LinearExpr.sum([self._over(i, lane, slot) for lane in lanes])
        for lane in lanes:
            for slot in range(self.slots):
                model.add(sum(self._over(i, lane, slot) for i in lot.members) <= 1)
            model.add_bool_or([self.starts[key] for key in self.starts if key[0] in lot.members and key[1] == lane])
        self._same_track(lot)
        if any(talks[i].order for i in lot.members):
            self._order(lot)
        for i in lot.members:
            for lane, room in enumerate(lot.rooms):
                if price := talks[i].in_room[room]:
                    self.cost.append(price * self._in_lane(i, lane))

    def _over(self, i: int, lane: int, slot: int) -> cp_model.LinearExpr:
        """Whether a talk takes a slot of a lane."""
        need = self.digest.problem.talks[i].need
        begins = range(max(0, slot - need + 1), slot + 1)
        return cp_model.LinearExpr.sum([self.starts[i, lane, b] for b in begins if (i, lane, b) in self.starts])

    def _in_lane(self, i: int, lane: int) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum([literal for key, literal in self.starts.items() if key[:2] == (i, lane)])

    def _same_track(self, lot: Lot) -> None:
        """People of two talks of the track in different lanes."""
        if len(lot.rooms) == 1:
            return
        for a, b in combinations(sorted(lot.members), 2):
            if weight := self.digest.problem.together.get((a, b), 0):
                apart = self.model.new_bool_var("")
                for lane in range(len(lot.rooms)):
                    self.model.add(apart >= self._in_lane(a, lane) - self._in_lane(b, lane))
                self.cost.append(weight * apart)

    def _order(self, lot: Lot) -> None:
        model, talks, weight = self.model, self.digest.problem.talks, self.digest.problem.out_of_order
        place = {
            i: sum((lane * self.slots + slot) * literal for (j, lane, slot), literal in self.starts.items() if j == i)
            for i in lot.members
        }
        ordered = [i for i in lot.members if talks[i].order]
        before: dict[tuple[int, int], cp_model.LinearExpr] = {}
        for i, j in combinations(lot.members, 2):
            if talks[i].order or talks[j].order:
                literal = model.new_bool_var("")
                model.add(place[i] + 1 <= place[j]).only_enforce_if(literal)
                model.add(place[j] + 1 <= place[i]).only_enforce_if(~literal)
                before[i, j], before[j, i] = literal + 0, 1 - literal
        for i in ordered:
            right = model.new_bool_var("")
            others = sum(before[j, i] for j in lot.members if j != i)
            model.add(others == talks[i].order - lot.before - 1).only_enforce_if(right)
            self.cost.append(weight * (1 - right))
        if len(lot.rooms) > 1:
            for i, j in combinations(ordered, 2):
                for slot in range(self.slots):
                    both = model.new_bool_var("")
                    model.add(both >= self.covers[i, slot] + self.covers[j, slot] - 1)
                    self.cost.append(weight * both)

    def _share_slots(self) -> None:
        """People wanted in two rooms in the same time slot."""
        here = {i for lot in self.lots for i in lot.members}
        for (a, b), weight in self.digest.problem.at_once.items():
            if a in here and b in here:
                for slot in range(self.slots):
                    both = self.model.new_bool_var("")
                    self.model.add(both >= self.covers[a, slot] + self.covers[b, slot] - 1)
                    self.cost.append(weight * both)


def _exact(digest: Digest, session: int, lots: Sequence[Lot], seed: int, seconds: float) -> Slots:
    built = _Model(digest, session, lots)
    solver = new_solver(seed, seconds)
    status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE and len(lots) == 1:
        raise Unpackable(session, lots[0])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for lot in lots if len(lots) > 1 else ():  # which of them does not fit?
            _exact(digest, session, [lot], seed, seconds)
        raise Undecided
    found: Slots = {}
    lanes = {i: lot.rooms for lot in lots for i in lot.members}
    rows: dict[tuple[int, int], list[int | None]] = {
        (session, r): [None] * built.slots for lot in lots for r in lot.rooms
    }
    for (i, lane, start), literal in built.starts.items():
        if solver.boolean_value(literal):
            for slot in range(start, start + digest.problem.talks[i].need):
                rows[session, lanes[i][lane]][slot] = i
    found |= {cell: tuple(row) for cell, row in rows.items()}
    return found
