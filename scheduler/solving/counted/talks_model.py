"""Some talks in cells that are settled: the room and time slot of each.

Counts leave out what only names can tell: time slots, orders, people within a track that runs in parallel with itself.
The search realises counts by it; it proves nothing about the scenario.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Problem, Slots
from scheduler.solving.counted.track_model import Linear, Value, weighted

_Expression: TypeAlias = cp_model.LinearExpr


class TalksModel:
    """Some talks, each of which may stand in some cells; ``minimize`` is still to be called."""

    def __init__(
        self, problem: Problem, places: Mapping[int, Sequence[tuple[int, int]]], before: Mapping[int, int] | None = None
    ) -> None:
        """``places``: the cells of each talk. ``before``: the number of talks of a track that come before all these."""
        self.problem, self.model = problem, cp_model.CpModel()
        self.costs: list[tuple[Linear, int]] = []
        self.starts: dict[int, dict[tuple[int, int, int], cp_model.IntVar]] = {}
        """By talk: session, room and time slot."""
        self._place(places)
        self.at = {number: self._at(number) for number in places}
        self._people()
        by_track: dict[int, list[int]] = defaultdict(list)
        for number in places:
            by_track[problem.talks[number].track].append(number)
        for track, members in by_track.items():
            self._order(members, (before or {}).get(track, 0))

    def minimize(self) -> None:
        """Ask for the least cost."""
        self.model.minimize(weighted(self.costs))

    def read(self, value: Value) -> Slots:
        """What stands in each occupied cell."""
        rows: dict[tuple[int, int], list[int | None]] = {}
        for number, starts in self.starts.items():
            s, room, slot = next(key for key, literal in starts.items() if value(literal))
            need = self.problem.talks[number].need
            rows.setdefault((s, room), [None] * self.problem.slots[s])[slot : slot + need] = [number] * need
        return {cell: tuple(row) for cell, row in rows.items()}

    def add(self, term: Linear, weight: int) -> None:
        """Charge for a term."""
        if weight:
            self.costs.append((term, weight))

    def _place(self, places: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        """A start for each talk; no two in one room in one time slot."""
        problem, model = self.problem, self.model
        occupied: dict[tuple[int, int, int], list[_Expression]] = defaultdict(list)
        for number, cells in places.items():
            talk = problem.talks[number]
            starts = self.starts[number] = {
                (s, room, slot): model.new_bool_var(f"{number} at {s} {room} {slot}")
                for s, room in cells
                for slot in range(problem.slots[s] - talk.need + 1)
            }
            model.add_exactly_one(starts.values())
            for (s, room, slot), literal in starts.items():
                self.add(literal, talk.in_session[s] + talk.in_room[room])
                for step in range(talk.need):
                    occupied[s, room, slot + step].append(literal)
        for literals in occupied.values():
            model.add(cp_model.LinearExpr.sum(literals) <= 1)

    def _at(self, number: int) -> dict[tuple[int, int], _Expression]:
        """For each cell, 1 where the talk stands in it."""
        return _sums(((s, room), literal) for (s, room, _), literal in self.starts[number].items())

    def _people(self) -> None:
        """Conflicting pairs in one session and two rooms, and in one time slot."""
        model = self.model
        for (a, b), weight in self.problem.together.items():
            common = self.at[a].keys() & self.at[b].keys() if a in self.at and b in self.at else set()
            for s in sorted({s for s, _ in common}):  # two without a common cell are never in one session and two rooms
                rooms = sorted({room for there, room in (*self.at[a], *self.at[b]) if there == s})
                if len(rooms) < 2:
                    continue
                here = [(self.at[a].get((s, room), 0), self.at[b].get((s, room), 0)) for room in rooms]
                other = cp_model.LinearExpr.sum([two for _, two in here])
                apart = model.new_bool_var("")
                for one, two in here:
                    model.add(apart >= one + other - two - 1)
                self.add(apart, weight)
        pairs = {pair: weight for pair, weight in self.problem.at_once.items() if self.at.keys() >= set(pair)}
        self._charge_shared_slots(pairs)

    def _charge_shared_slots(self, pairs: Mapping[tuple[int, int], int]) -> None:
        """Charge for each time slot that the two of a pair both take, where they may stand in two cells."""
        pairs = {(a, b): weight for (a, b), weight in pairs.items() if len(self.at[a].keys() | self.at[b].keys()) > 1}
        during = {number: self._during(number) for number in dict.fromkeys(i for pair in pairs for i in pair)}
        for (a, b), weight in pairs.items():
            for key in during[a].keys() & during[b].keys():
                shared = self.model.new_bool_var("")
                self.model.add(shared >= during[a][key] + during[b][key] - 1)
                self.add(shared, weight)

    def _during(self, number: int) -> dict[tuple[int, int], _Expression]:
        """For each time slot of a session, 1 where the talk takes it."""
        starts, steps = self.starts[number].items(), range(self.problem.talks[number].need)
        return _sums(((s, slot + step), literal) for (s, _, slot), literal in starts for step in steps)

    def _order(self, members: Sequence[int], so_far: int) -> None:
        """A talk's position is one more than the number of talks of its track that stand before it."""
        problem, model = self.problem, self.model
        ordered = [number for number in members if problem.talks[number].order]
        if not ordered:
            return
        longest, index = max(problem.slots), {}
        for number in members:
            starts = self.starts[number]
            ranks = [(s * problem.rooms + room) * longest + slot for s, room, slot in starts]
            index[number] = cp_model.LinearExpr.weighted_sum(list(starts.values()), ranks)
        before: dict[tuple[int, int], _Expression] = {}
        for number in ordered:
            earlier: list[_Expression] = []
            for other in members:
                if other != number:
                    if (number, other) in before:
                        earlier.append(1 - before[number, other])
                        continue
                    literal = model.new_bool_var("")
                    model.add(index[other] < index[number]).only_enforce_if(literal)
                    model.add(index[other] > index[number]).only_enforce_if(~literal)
                    before[other, number] = literal
                    earlier.append(literal)
            wrong = model.new_bool_var(f"{number} out of order")
            place = problem.talks[number].order
            model.add(cp_model.LinearExpr.sum(earlier) + so_far + 1 == place).only_enforce_if(~wrong)
            self.add(wrong, problem.out_of_order)
        self._charge_shared_slots(dict.fromkeys(combinations(ordered, 2), problem.out_of_order))


def _sums(terms: Iterable[tuple[tuple[int, int], _Expression]]) -> dict[tuple[int, int], _Expression]:
    """The sum of the terms of each key."""
    found: dict[tuple[int, int], list[_Expression]] = defaultdict(list)
    for key, term in terms:
        found[key].append(term)
    return {key: cp_model.LinearExpr.sum(each) for key, each in found.items()}
