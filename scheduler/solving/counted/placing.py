"""Talks by name: when and in which cell each begins, and what that costs, by itself, in pairs and in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Problem

Linear: TypeAlias = cp_model.LinearExpr
Cell: TypeAlias = tuple[int, int]
Slots: TypeAlias = dict[Cell, tuple[int | None, ...]]


class Placing:
    """A model of some talks, each of which may stand in some cells; ``minimize`` is still to be called."""

    def __init__(
        self, problem: Problem, places: Mapping[int, Sequence[Cell]], before: Mapping[int, int] | None = None
    ) -> None:
        """``places``: the cells of each talk. ``before``: how many talks of a track come earlier than all of these."""
        self.problem, self.model = problem, cp_model.CpModel()
        self.costs: list[tuple[Linear | int, int]] = []
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
        terms, weights = [term for term, _ in self.costs], [weight for _, weight in self.costs]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(terms, weights))

    def read(self, value: Callable[[Linear], int]) -> Slots:
        """What stands in each cell that is not empty."""
        rows: dict[Cell, list[int | None]] = {}
        for number, starts in self.starts.items():
            s, room, slot = next(key for key, literal in starts.items() if value(literal))
            need = self.problem.talks[number].need
            rows.setdefault((s, room), [None] * self.problem.slots[s])[slot : slot + need] = [number] * need
        return {cell: tuple(row) for cell, row in rows.items()}

    def add(self, term: Linear | int, weight: int) -> None:
        """Charge for a term."""
        if weight:
            self.costs.append((term, weight))

    def _place(self, places: Mapping[int, Sequence[Cell]]) -> None:
        """A start for each talk; no two at one place in one time slot."""
        problem, model = self.problem, self.model
        occupied: dict[tuple[int, int, int], list[Linear]] = defaultdict(list)
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

    def _at(self, number: int) -> dict[Cell, Linear]:
        """For each cell, 1 where the talk stands in it."""
        cells: dict[Cell, list[Linear]] = defaultdict(list)
        for (s, room, _), literal in self.starts[number].items():
            cells[s, room].append(literal)
        return {cell: cp_model.LinearExpr.sum(literals) for cell, literals in cells.items()}

    def _people(self) -> None:
        """Conflicting pairs in one session and two rooms, and in one time slot."""
        model = self.model
        for (a, b), weight in self.problem.together.items():
            common = self.at[a].keys() & self.at[b].keys() if a in self.at and b in self.at else set()
            for s in sorted({s for s, _ in common}):  # two that have no cell in common are apart whatever happens
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
        self._share_slots(pairs)

    def _share_slots(self, pairs: Mapping[tuple[int, int], int]) -> None:
        """Charge for each time slot that the two of a pair both take, where they may stand in two cells."""
        pairs = {(a, b): weight for (a, b), weight in pairs.items() if len(self.at[a].keys() | self.at[b].keys()) > 1}
        during = {number: self._during(number) for number in dict.fromkeys(i for pair in pairs for i in pair)}
        for (a, b), weight in pairs.items():
            for key in during[a].keys() & during[b].keys():
                shared = self.model.new_bool_var("")
                self.model.add(shared >= during[a][key] + during[b][key] - 1)
                self.add(shared, weight)

    def _during(self, number: int) -> dict[Cell, Linear]:
        """For each time slot of a session, 1 where the talk takes it."""
        slots: dict[tuple[int, int], list[Linear]] = defaultdict(list)
        for (s, _, slot), literal in self.starts[number].items():
            for step in range(self.problem.talks[number].need):
                slots[s, slot + step].append(literal)
        return {key: cp_model.LinearExpr.sum(literals) for key, literals in slots.items()}

    def _order(self, members: Sequence[int], so_far: int) -> None:
        """Where a talk is in the walk: one more than how many of its track stand before it."""
        problem, model = self.problem, self.model
        ordered = [number for number in members if problem.talks[number].order]
        if not ordered:
            return
        longest, index = max(problem.slots), {}
        for number in members:
            starts = self.starts[number]
            ranks = [(s * problem.rooms + room) * longest + slot for s, room, slot in starts]
            index[number] = cp_model.LinearExpr.weighted_sum(list(starts.values()), ranks)
        before: dict[tuple[int, int], Linear] = {}
        for number in ordered:
            earlier: list[Linear] = []
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
        self._share_slots(dict.fromkeys(combinations(ordered, 2), problem.out_of_order))
