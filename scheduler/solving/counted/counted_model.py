"""The counted model: the talks of each group, and the lanes in each class of rooms, that a session gets.

Talks and rooms that can be counted are not named, so a thousand talks make a small model. What it leaves out (the room
within a class, the lane, the time slot) can only add to the cost: its bound is a bound of the problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Clash, Cut, Problem, Solution, TrackCounts
from scheduler.solving.counted.track_model import Linear, TrackModel, Value, weighted


class CountedModel:
    """Tracks together: they share the rooms, and what two of them cost each other is added."""

    def __init__(
        self,
        problem: Problem,
        bounds: Sequence[int],
        slack: int | None = None,
        *,
        named_rooms: bool = False,
        staying: Mapping[int, TrackCounts] | None = None,
        taken: frozenset[tuple[int, int]] = frozenset(),
        cuts: Sequence[Cut] = (),
    ) -> None:
        """``bounds``: least cost of each track alone. ``slack``: a track may cost that much more here; None: anything.

        ``named_rooms`` tells the rooms of a class apart; needed where some tracks are ``staying`` as they are, in
        their ``taken`` cells (session, room). ``cuts``: what is known not to fit.
        """
        self.problem, self.taken = problem, taken
        self.model = model = cp_model.CpModel()
        staying = staying or {}
        self.tracks = {t: TrackModel(problem, t, model) for t in range(problem.tracks) if t not in staying}
        for t, part in self.tracks.items():
            model.add(part.cost >= bounds[t])
            if slack is not None:
                model.add(part.cost <= bounds[t] + slack)
        for cut in cuts:
            if cut.track in self.tracks:
                self.tracks[cut.track].forbid(cut)
        parts = self.tracks.values()
        for s in problem.sessions:
            for c, rooms in enumerate(problem.classes):
                there = sum((s, room) not in taken for room in rooms)
                model.add(sum(part.lanes_in[s][c] for part in parts) <= there)
            if len(problem.classes) > 1 and not taken:
                model.add(sum(part.lanes(s) for part in parts) <= problem.rooms)
        self.sits: dict[tuple[int, int, int], cp_model.IntVar] = {}
        """Track, session, room: where rooms are named."""
        if named_rooms:
            self._name_rooms()
        terms: list[tuple[Linear, int]] = [(part.cost, 1) for part in parts]
        self.cost = weighted(terms + _CostsOfPairs(problem, model, self.tracks, staying).terms)
        model.minimize(self.cost)

    def read(self, value: Value) -> Solution:
        """The counts of the tracks in ``tracks``, and their cells where rooms are named."""
        cells = {(s, room): t for (t, s, room), literal in self.sits.items() if value(literal)}
        return tuple(part.read(value) for part in self.tracks.values()), cells or None

    def _name_rooms(self) -> None:
        """Every lane in a room by name, and rooms that a track uses counted by name."""
        model = self.model
        for c, rooms in enumerate(self.problem.classes):
            for t, part in self.tracks.items():
                there = [model.new_bool_var("") for _ in rooms]
                if part.used:
                    model.add(sum(there) <= part.used[c])
                for s in self.problem.sessions:
                    row = []
                    for room, use in zip(rooms, there, strict=True):
                        if (s, room) in self.taken:
                            continue
                        literal = model.new_bool_var("")
                        model.add_implication(literal, use)
                        self.sits[t, s, room] = literal
                        row.append(literal)
                    model.add(sum(row) == part.lanes_in[s][c])
        one_a_room(model, self.sits)


def one_a_room(model: cp_model.CpModel, sits: Mapping[tuple[int, int, int], cp_model.IntVar]) -> None:
    """A room holds one track in a session; ``sits``: by track, session and room."""
    by_cell: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (_, session, room), literal in sits.items():
        by_cell[session, room].append(literal)
    for literals in by_cell.values():
        model.add_at_most_one(literals)


class _CostsOfPairs:
    """What tracks cost each other in one session: similar ones, common chairs, and people wanted in both.

    A moving track meets one that moves too, or one that is staying; what two that stay cost each other is left out.
    ``terms``, each with its weight, are exact or too low.
    """

    def __init__(
        self,
        problem: Problem,
        model: cp_model.CpModel,
        moving: Mapping[int, TrackModel],
        staying: Mapping[int, TrackCounts],
    ) -> None:
        self.problem, self.model, self.moving, self.staying = problem, model, moving, staying
        self.terms: list[tuple[Linear, int]] = []
        self._where = {g: (t, i) for t, groups in enumerate(problem.groups_of) for i, g in enumerate(groups)}
        self._similar()
        for clash in problem.clashes:
            self._in_one_session(clash)
        self._in_one_slot()

    def _similar(self) -> None:
        """Similar tracks, and tracks with a common chair, in one session."""
        problem = self.problem
        for a in range(problem.tracks):
            for b in range(a + 1, problem.tracks):
                weight = problem.beside[a][b]
                if not weight or not (a in self.moving or b in self.moving):
                    continue
                for s in problem.sessions:
                    if a in self.moving and b in self.moving:
                        self._together(self.moving[a], self.moving[b], s, weight)
                    else:
                        track, fixed = (a, b) if a in self.moving else (b, a)
                        price = weight * self.staying[fixed].cells(s)
                        self.terms.append((self.moving[track].held[s], price))
                        self.terms.append((self.moving[track].extra[s], price))

    def _together(self, one: TrackModel, two: TrackModel, s: int, weight: int) -> None:
        """Pairs of cells of two moving tracks in a session."""
        most = one.most_lanes * two.most_lanes
        pairs = self.model.new_int_var(0, most, f"similar {one.track} {two.track} {s}")
        self.model.add(pairs >= one.held[s] + two.held[s] - 1)
        if most > 1:
            more = one.lanes(s) + two.lanes(s) - 1
            self.model.add(pairs >= more).only_enforce_if(one.held[s], two.held[s])
        self.terms.append((pairs, weight))

    def _in_one_session(self, clash: Clash) -> None:
        """Talks of different tracks with common people in one session."""
        (a, i), (b, j) = self._where[clash.one], self._where[clash.many]
        if a in self.moving and b in self.moving:
            self._both_move(clash, self.moving[a].count[i], self.moving[b].count[j])
        elif a in self.moving or b in self.moving:
            (t, g), (fixed, other) = ((a, i), (b, j)) if a in self.moving else ((b, j), (a, i))
            for s, members in enumerate(self.staying[fixed].counts[other]):
                if members:
                    self.terms.append((self.moving[t].count[g][s], clash.weight * members))

    def _both_move(self, clash: Clash, one: list[cp_model.IntVar], many: list[cp_model.IntVar]) -> None:
        """Pairs of two moving groups in one session."""
        single, size = self.problem.groups[clash.one].size, self.problem.groups[clash.many].size
        if single == 1 and size == 1:
            both = self.model.new_bool_var(f"clash {clash.one} {clash.many}")
            for s in self.problem.sessions:
                self.model.add(both >= one[s] + many[s] - 1)
            self.terms.append((both, clash.weight))
            return
        for s in self.problem.sessions:
            pairs = self.model.new_int_var(0, single * size, f"clash {clash.one} {clash.many} {s}")
            if single == 1:
                self.model.add(pairs >= many[s] - size * (1 - one[s]))
            else:
                self.model.add_multiplication_equality(pairs, one[s], many[s])
            self.terms.append((pairs, clash.weight))

    def _in_one_slot(self) -> None:
        """A talk beside a track with many conflicting talks, which cannot all keep out of its time slots.

        In a lane of ``n`` time slots, of which conflicting talks take ``k``, they share at least ``k + m - n`` with a
        talk that takes ``m``. This holds for the sum over all lanes of the track too.
        """
        by_talk: dict[tuple[int, int, int], list[int]] = defaultdict(list)  # group of the one, track, weight
        for clash in self.problem.slot_clashes:
            for alone, other in ((clash.one, clash.many), (clash.many, clash.one)):
                if self.problem.groups[alone].size == 1:
                    by_talk[alone, self._where[other][0], clash.weight].append(other)
        done: set[tuple[int, int]] = set()
        for (one, track, weight), many in sorted(by_talk.items(), key=lambda item: (-len(item[1]), item[0])):
            pairs = {(min(one, other), max(one, other)) for other in many}
            if not done & pairs:  # a pair is charged once, whichever side it is seen from
                done |= pairs
                self._share_slots(one, track, many, weight)

    def _share_slots(self, one: int, track: int, many: list[int], weight: int) -> None:
        """``one`` is a talk alone in its group; ``many`` are groups of ``track`` with which it conflicts."""
        groups, (home, place) = self.problem.groups, self._where[one]
        if home not in self.moving and track not in self.moving:
            return
        need = groups[one].need
        for s, slots in enumerate(self.problem.slots):
            if home in self.moving:
                there: cp_model.IntVar | int = self.moving[home].count[place][s]
            elif self.staying[home].counts[place][s]:
                there = 1
            else:
                continue
            if track in self.staying:
                plan = self.staying[track]
                busy = sum(groups[g].need * plan.counts[self._where[g][1]][s] for g in many)
                self.terms.append((there, weight * max(0, busy + (need - slots) * plan.cells(s))))
                continue
            part = self.moving[track]
            most = need * part.most_lanes
            shared = self.model.new_int_var(0, most, f"shared {one} {track} {s}")
            counts = [part.count[self._where[g][1]][s] for g in many]
            taken = cp_model.LinearExpr.weighted_sum(counts, [groups[g].need for g in many])
            self.model.add(shared >= taken + (need - slots) * part.lanes(s) + most * there - most)
            self.terms.append((shared, weight))
