"""One track in the counted model: its lanes, the members of its groups in each session, its rooms and its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Cut, Group, Problem, TrackCounts

Linear: TypeAlias = cp_model.LinearExprT
Value: TypeAlias = Callable[[Linear], int]
"""What a term is in a solution."""


class TrackModel:
    """Adds a track to a model; ``cost`` is everything that it costs by itself."""

    def __init__(self, problem: Problem, track: int, model: cp_model.CpModel) -> None:
        self.problem, self.track, self.model = problem, track, model
        self.slots = problem.slots
        self.groups: tuple[Group, ...] = tuple(problem.groups[g] for g in problem.groups_of[track])
        self.talks = sum(group.size for group in self.groups)
        self.most_lanes = max(1, min(problem.rooms, self.talks))
        sessions = problem.sessions
        self.held = [model.new_bool_var(f"held {track} {s}") for s in sessions]
        self.extra = [model.new_int_var(0, self.most_lanes - 1, f"extra {track} {s}") for s in sessions]
        self.count = [
            [model.new_int_var(0, self._fit(group, s), f"count {track} {g} {s}") for s in sessions]
            for g, group in enumerate(self.groups)
        ]
        self.terms: list[tuple[Linear, int]] = []
        self._capacity()
        self.lanes_in = self._rooms()
        self._consecutive()
        self._order()
        self._charge()
        bound = sum(weight * _greatest(model, term) for term, weight in self.terms)
        self.cost = model.new_int_var(0, max(0, min(bound, 2**50)), f"cost {track}")
        model.add(self.cost == weighted(self.terms) if self.terms else self.cost == 0)

    def lanes(self, session: int) -> cp_model.LinearExpr:
        """The number of cells that the track has in a session."""
        return self.held[session] + self.extra[session]

    def read(self, value: Value) -> TrackCounts:
        """What a solver found for the track."""
        return TrackCounts(
            tuple(tuple(value(lane) for lane in row) for row in self.lanes_in),
            tuple(tuple(value(count) for count in row) for row in self.count),
        )

    def forbid(self, cut: Cut) -> None:
        """Talks of these lengths need more lanes than the cut has."""
        more = self.model.new_bool_var("")
        self.model.add(self.lanes(cut.session) > cut.lanes).only_enforce_if(more)
        fewer = []
        for need, number in cut.needs:
            literal = self.model.new_bool_var("")
            there = [counts[cut.session] for g, counts in zip(self.groups, self.count, strict=True) if g.need == need]
            self.model.add(sum(there) < number).only_enforce_if(literal)
            fewer.append(literal)
        self.model.add_bool_or(more, *fewer)

    def _fit(self, group: Group, session: int) -> int:
        return min(group.size, self.most_lanes * (self.slots[session] // group.need))

    def _capacity(self) -> None:
        """All talks are placed, no lane holds more than it can, and none is empty."""
        model, total = self.model, sum(group.need * group.size for group in self.groups)
        for group, counts in zip(self.groups, self.count, strict=True):
            model.add(sum(counts) == group.size)
        needs = sorted({group.need for group in self.groups})
        for s, slots in enumerate(self.slots):
            column = [counts[s] for counts in self.count]
            model.add(self.extra[s] == 0).only_enforce_if(~self.held[s])
            model.add(sum(column) >= self.lanes(s))
            used = cp_model.LinearExpr.weighted_sum(column, [group.need for group in self.groups])
            model.add(used <= slots * self.lanes(s))
            for need in needs:  # a lane holds at most ``most`` talks of at least this length
                most = slots // need
                if (need > 1 and most * need < slots) or need * 2 > slots:
                    long = [c for c, group in zip(column, self.groups, strict=True) if group.need >= need]
                    model.add(sum(long) <= most * self.lanes(s))
        longest = max(self.slots)
        model.add(sum(self.held) + sum(self.extra) >= -(-total // longest))

    def _rooms(self) -> list[list[Linear]]:
        """Lanes of each session in each class of rooms; ``used``: the number of rooms of each class in use."""
        model, classes, sessions = self.model, self.problem.classes, self.problem.sessions
        if len(classes) == 1:
            lanes_in: list[list[Linear]] = [[self.lanes(s)] for s in sessions]
        else:
            lanes_in = [
                [
                    model.new_int_var(0, min(self.most_lanes, len(rooms)), f"in {self.track} {s} {c}")
                    for c, rooms in enumerate(classes)
                ]
                for s in sessions
            ]
            for s in sessions:
                model.add(sum(lanes_in[s]) == self.lanes(s))
        self.used: list[cp_model.IntVar] = []
        if self.problem.another_room:
            self.used = [model.new_int_var(0, len(rooms), f"rooms {self.track} {c}") for c, rooms in enumerate(classes)]
            for c, used in enumerate(self.used):
                for s in sessions:
                    model.add(used >= lanes_in[s][c])
            model.add(sum(self.used) >= bool(self.talks))
        return lanes_in

    def _consecutive(self) -> None:
        """Literal ``gap``: the sessions used are not a run without holes."""
        self.gap: cp_model.IntVar | None = None
        if not self.problem.gap or len(self.slots) < 3:
            return
        model = self.model
        self.gap = model.new_bool_var(f"gap {self.track}")
        begins = [self.held[0]]
        for before, held in pairwise(self.held):
            begin = model.new_bool_var("")
            model.add_implication(begin, held)
            model.add_implication(begin, ~before)
            model.add_bool_or(begin, ~held, before)
            begins.append(begin)
        model.add(sum(begins) >= bool(self.talks))
        model.add(sum(begins) <= 1).only_enforce_if(~self.gap)

    def _order(self) -> None:
        """A talk has its position only if its session is the first by which that many talks of the track have come."""
        model = self.model
        ordered = [(group, counts) for group, counts in zip(self.groups, self.count, strict=True) if group.order]
        ordered.sort(key=lambda pair: pair[0].order)
        self.misplaced: list[Linear] = []
        if not ordered:
            return
        so_far: list[Linear] = [sum(sum(counts[: s + 1]) for counts in self.count) for s in self.problem.sessions]
        right: list[tuple[Group, cp_model.IntVar, list[Linear]]] = []
        for group, counts in ordered:
            if group.order > self.talks:
                self.misplaced.append(1)
                continue
            literal = model.new_bool_var(f"in order {group.members[0]}")
            placed: list[Linear] = [sum(counts[: s + 1]) for s in self.problem.sessions]
            most = self.talks - group.order + 1
            for s in self.problem.sessions:
                model.add(so_far[s] >= group.order * placed[s]).only_enforce_if(literal)
                model.add(so_far[s] - group.order + 1 <= most * placed[s]).only_enforce_if(literal)
            self.misplaced.append(1 - literal)
            right.append((group, literal, placed))
        for (a, one, placed_a), (b, two, placed_b) in pairwise(right):
            if a.order == b.order:
                model.add_bool_or(~one, ~two)
            for s in self.problem.sessions:
                model.add(placed_a[s] >= placed_b[s]).only_enforce_if(one, two)
        for s, slots in enumerate(self.slots):  # more of them than time slots: some must coincide
            most = min(sum(group.need for group, _ in ordered), self.most_lanes * slots) - slots
            if most > 0 and self.most_lanes > 1:
                at_once = model.new_int_var(0, most, f"at once {self.track} {s}")
                model.add(at_once >= sum(group.need * counts[s] for group, counts in ordered) - slots)
                self.misplaced.append(at_once)

    def _charge(self) -> None:
        """Collect what the track costs by itself."""
        problem = self.problem
        for s in problem.sessions:
            for c, rooms in enumerate(problem.classes):
                cost = problem.cell(self.track, s, rooms[0])
                for lanes in (self.held[s], self.extra[s]) if len(problem.classes) == 1 else (self.lanes_in[s][c],):
                    self._add(lanes, cost)
            self._add(self.extra[s], problem.parallel)
            for group, counts in zip(self.groups, self.count, strict=True):
                self._add(counts[s], group.cost[s])
        for used in self.used:
            self._add(used, problem.another_room)
        if self.used and self.talks:
            self._add(1, -problem.another_room)
        if self.gap is not None:
            self._add(self.gap, problem.gap)
        for term in self.misplaced:
            self._add(term, problem.out_of_order)
        self._charge_rooms()
        self._charge_pairs()

    def _charge_rooms(self) -> None:
        """Penalties of talks in rooms: ``seated`` counts the members of a group in a class of rooms."""
        model, talks, classes = self.model, self.problem.talks, self.problem.classes
        costs = [[talks[group.members[0]].in_room[rooms[0]] for rooms in classes] for group in self.groups]
        picky = [g for g, row in enumerate(costs) if len(set(row)) > 1]
        for s, slots in enumerate(self.slots):
            for g, row in enumerate(costs):
                if g not in picky:
                    self._add(self.count[g][s], row[0])
            seated = {
                (g, c): model.new_int_var(0, self._fit(self.groups[g], s), f"seated {self.track} {g} {s} {c}")
                for g in picky
                for c in range(len(classes))
            }
            for (g, c), number in seated.items():
                model.add(number <= slots // self.groups[g].need * self.lanes_in[s][c])
                self._add(number, costs[g][c])
            for g in picky:
                model.add(sum(seated[g, c] for c in range(len(classes))) == self.count[g][s])
            for c in range(len(classes)) if picky else ():
                used = sum(self.groups[g].need * seated[g, c] for g in picky)
                model.add(used <= slots * self.lanes_in[s][c])

    def _charge_pairs(self) -> None:
        """Two talks with common people that are too long together for one lane: in one session they need two rooms."""
        of = {member: g for g, group in enumerate(self.groups) for member in group.members}
        pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for a, b in sorted(self.problem.together.keys() | self.problem.at_once.keys()):
            if a in of and b in of:
                pairs[min(of[a], of[b]), max(of[a], of[b])].append((a, b))
        for (g, h), conflicting in pairs.items():
            one, two = self.groups[g], self.groups[h]
            all_pairs = one.size * (one.size - 1) // 2 if g == h else one.size * two.size
            if len(conflicting) < all_pairs or (g != h and all_pairs > 1):
                continue  # it is not known which members come into a session
            for s, slots in enumerate(self.slots):
                overlap = one.need + two.need - slots
                if overlap <= 0 or max(one.need, two.need) > slots:
                    continue
                weight = min(
                    self.problem.together.get(pair, 0) + overlap * self.problem.at_once.get(pair, 0)
                    for pair in conflicting
                )
                apart = self.model.new_int_var(0, max(1, one.size - 1), f"apart {self.track} {g} {h} {s}")
                there = self.count[g][s] if g == h else self.count[g][s] + self.count[h][s]
                self.model.add(apart >= there - 1)
                self._add(apart, weight)

    def _add(self, term: Linear, weight: int) -> None:
        if weight:
            self.terms.append((term, weight))


def weighted(terms: Sequence[tuple[Linear, int]]) -> cp_model.LinearExpr:
    """The sum of the terms, each times its weight."""
    return cp_model.LinearExpr.weighted_sum([term for term, _ in terms], [weight for _, weight in terms])


def _greatest(model: cp_model.CpModel, term: Linear) -> int:
    """An upper bound of a term that is a variable, a number, or one less a literal."""
    if isinstance(term, int):
        return term
    if isinstance(term, cp_model.IntVar):
        domain = model.proto.variables[term.index].domain
        return int(domain[len(domain) - 1])  # it takes no negative index
    return 1
