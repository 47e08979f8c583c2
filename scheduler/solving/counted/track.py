"""One track in the counted model: its lanes, the counts of its groups, its rooms and its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Group, Problem
from scheduler.solving.counted.solution import Cut, TrackPlan

Linear = cp_model.LinearExprT


class TrackModel:
    """The part of one track: lanes, counts, rooms, order. ``cost`` is all that it costs by itself."""

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
        """How many cells the track has in a session."""
        return self.held[session] + self.extra[session]

    def read(self, value: Callable[[Linear], int]) -> TrackPlan:
        """What a solver found for the track."""
        return TrackPlan(
            tuple(tuple(value(lane) for lane in row) for row in self.lanes_in),
            tuple(tuple(value(count) for count in row) for row in self.count),
        )

    def forbid(self, cut: Cut) -> None:
        """Talks of these lengths need more lanes than the cut names."""
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
        """Everybody is placed, lanes hold what they can, no lane is empty."""
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
            for need in needs:  # how many of at least this length go into one lane
                most = slots // need
                if (need > 1 and most * need < slots) or need * 2 > slots:
                    long = [c for c, group in zip(column, self.groups, strict=True) if group.need >= need]
                    model.add(sum(long) <= most * self.lanes(s))
        longest = max(self.slots)
        model.add(sum(self.held) + sum(self.extra) >= -(-total // longest))

    def _rooms(self) -> list[list[Linear]]:
        """Lanes of each session in each class of rooms, and how many rooms of each class the track uses."""
        problem, model = self.problem, self.model
        classes = problem.classes
        sessions = problem.sessions
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
        for s in range(1, len(self.slots)):
            begin = model.new_bool_var(f"begins {self.track} {s}")
            model.add_implication(begin, self.held[s])
            model.add_implication(begin, ~self.held[s - 1])
            model.add_bool_or(begin, ~self.held[s], self.held[s - 1])
            begins.append(begin)
        model.add(sum(begins) >= bool(self.talks))
        model.add(sum(begins) <= 1).only_enforce_if(~self.gap)

    def _order(self) -> None:
        """A talk stands at its position only if as many of the track come by its session, and no more before."""
        model = self.model
        ordered = [(group, counts) for group, counts in zip(self.groups, self.count, strict=True) if group.order]
        ordered.sort(key=lambda pair: pair[0].order)
        self.misplaced: list[Linear] = []
        if not ordered:
            return
        so_far: list[Linear] = []
        for s in self.problem.sessions:
            so_far.append(sum(sum(counts[: s + 1]) for counts in self.count))
        right: list[tuple[Group, cp_model.IntVar, list[Linear]]] = []
        for group, counts in ordered:
            if group.order > self.talks:
                self.misplaced.append(1)
                continue
            literal = model.new_bool_var(f"in order {group.members[0]}")
            placed: list[Linear] = [sum(counts[: s + 1]) for s in self.problem.sessions]
            for s in self.problem.sessions:
                model.add(so_far[s] >= group.order * placed[s]).only_enforce_if(literal)
                most = self.talks - group.order + 1
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
        """Collects what the track costs by itself."""
        problem = self.problem
        for s in problem.sessions:
            for c, rooms in enumerate(problem.classes):
                if cost := problem.cell(self.track, s, rooms[0]):
                    if len(problem.classes) > 1:
                        self._add(self.lanes_in[s][c], cost)
                    else:
                        self._add(self.held[s], cost)
                        self._add(self.extra[s], cost)
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
        """Penalties of talks in rooms: how many of each group sit in which class."""
        model, talks = self.model, self.problem.talks
        costs = [[talks[group.members[0]].in_room[rooms[0]] for rooms in self.problem.classes] for group in self.groups]
        picky = [g for g, row in enumerate(costs) if len(set(row)) > 1]
        for s, slots in enumerate(self.slots):
            for g, row in enumerate(costs):
                if g not in picky:
                    self._add(self.count[g][s], row[0])
            seated = {
                (g, c): model.new_int_var(0, self._fit(self.groups[g], s), f"seated {self.track} {g} {s} {c}")
                for g in picky
                for c in range(len(self.problem.classes))
            }
            for (g, c), number in seated.items():
                model.add(number <= slots // self.groups[g].need * self.lanes_in[s][c])
                self._add(number, costs[g][c])
            for g in picky:
                model.add(sum(seated[g, c] for c in range(len(self.problem.classes))) == self.count[g][s])
            for c in range(len(self.problem.classes)) if picky else ():
                used = sum(self.groups[g].need * seated[g, c] for g in picky)
                model.add(used <= slots * self.lanes_in[s][c])

    def _charge_pairs(self) -> None:
        """Two of the track with common people who are too long for one lane, in one session: they are in two rooms."""
        of = {member: g for g, group in enumerate(self.groups) for member in group.members}
        pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for a, b in sorted(self.problem.together.keys() | self.problem.at_once.keys()):
            if a in of and b in of:
                pairs[min(of[a], of[b]), max(of[a], of[b])].append((a, b))
        for (g, h), conflicting in pairs.items():
            one, two = self.groups[g], self.groups[h]
            everybody = one.size * (one.size - 1) // 2 if g == h else one.size * two.size
            if len(conflicting) < everybody or (g != h and everybody > 1):
                continue  # which members come into a session is not known
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
        domain = model.proto.variables[term.index].domain  # a wrapper that knows no negative index
        return int(domain[len(domain) - 1])
    return 1
