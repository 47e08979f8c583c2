"""What tracks cost each other in one session: similar ones, common chairs, and people who are wanted in both.

A track that moves meets one that moves too, or one that stays where it is; what two that stay cost is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Clash, Problem
from scheduler.solving.counted.solution import TrackPlan
from scheduler.solving.counted.track import Linear, TrackModel


class Beside:
    """``costs`` are the terms and their weights, exact or too low."""

    def __init__(
        self,
        problem: Problem,
        model: cp_model.CpModel,
        moving: Mapping[int, TrackModel],
        staying: Mapping[int, TrackPlan],
    ) -> None:
        self.problem, self.model, self.moving, self.staying = problem, model, moving, staying
        self.costs: list[tuple[Linear, int]] = []
        self._where = {g: (t, i) for t, groups in enumerate(problem.groups_of) for i, g in enumerate(groups)}
        self._similar()
        for clash in problem.clashes:
            self._session(clash)
        self._slots()

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
                        cells = self.staying[fixed].cells(s)
                        self.costs.append((self.moving[track].held[s], weight * cells))
                        self.costs.append((self.moving[track].extra[s], weight * cells))

    def _together(self, one: TrackModel, two: TrackModel, s: int, weight: int) -> None:
        """Pairs of cells of two moving tracks in a session."""
        most = one.most_lanes * two.most_lanes
        pairs = self.model.new_int_var(0, most, f"similar {one.track} {two.track} {s}")
        self.model.add(pairs >= one.held[s] + two.held[s] - 1)
        if most > 1:
            more = one.lanes(s) + two.lanes(s) - 1
            self.model.add(pairs >= more).only_enforce_if(one.held[s], two.held[s])
        self.costs.append((pairs, weight))

    def _session(self, clash: Clash) -> None:
        """Talks of different tracks with common people in one session."""
        (a, i), (b, j) = self._where[clash.one], self._where[clash.many]
        if a in self.moving and b in self.moving:
            self._both_move(clash, self.moving[a].count[i], self.moving[b].count[j])
        elif a in self.moving or b in self.moving:
            (t, g), (fixed, other) = ((a, i), (b, j)) if a in self.moving else ((b, j), (a, i))
            for s, members in enumerate(self.staying[fixed].counts[other]):
                if members:
                    self.costs.append((self.moving[t].count[g][s], clash.weight * members))

    def _both_move(self, clash: Clash, one: list[cp_model.IntVar], many: list[cp_model.IntVar]) -> None:
        """Pairs of two moving groups in one session."""
        single, size = self.problem.groups[clash.one].size, self.problem.groups[clash.many].size
        if single == 1 and size == 1:
            both = self.model.new_bool_var(f"clash {clash.one} {clash.many}")
            for s in range(len(one)):
                self.model.add(both >= one[s] + many[s] - 1)
            self.costs.append((both, clash.weight))
            return
        for s in range(len(one)):
            pairs = self.model.new_int_var(0, single * size, f"clash {clash.one} {clash.many} {s}")
            if single == 1:
                self.model.add(pairs >= many[s] - size * (1 - one[s]))
            else:
                self.model.add_multiplication_equality(pairs, one[s], many[s])
            self.costs.append((pairs, clash.weight))

    def _slots(self) -> None:
        """One talk beside a track with too many whom it conflicts with: they cannot all keep out of its time.

        Of a lane of ``n`` time slots, in which conflicting talks take ``k``, one that takes ``m`` time slots
        of the session shares ``k + m - n`` at least; so over all lanes of the track.
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
                self.costs.append((there, weight * max(0, busy + (need - slots) * plan.cells(s))))
                continue
            part = self.moving[track]
            most = need * part.most_lanes
            shared = self.model.new_int_var(0, most, f"shared {one} {track} {s}")
            counts = [part.count[self._where[g][1]][s] for g in many]
            taken = cp_model.LinearExpr.weighted_sum(counts, [groups[g].need for g in many])
            self.model.add(shared >= taken + (need - slots) * part.lanes(s) + most * there - most)
            self.costs.append((shared, weight))
