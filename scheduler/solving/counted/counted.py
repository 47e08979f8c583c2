"""The counted model: how many talks of each group, and how many lanes in each class of rooms, a session gets.

Nobody is named who can be counted, so a thousand talks make a small model. What it leaves out (which room of a class,
which lane, which time slot) only ever adds to the cost: its bound is a bound of the problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.beside import Beside
from scheduler.solving.counted.problem import Problem
from scheduler.solving.counted.solution import Cut, TrackPlan
from scheduler.solving.counted.track import Linear, TrackModel, weighted


@dataclass(frozen=True, slots=True)
class Around:
    """What stays as it is while some tracks are placed anew."""

    tracks: Mapping[int, TrackPlan]
    """The tracks that stay."""
    taken: frozenset[tuple[int, int]]
    """Their cells (session, room)."""


NOTHING = Around({}, frozenset())


class CountedModel:
    """Tracks together: rooms are shared, and what two tracks cost each other is added."""

    def __init__(
        self,
        problem: Problem,
        bounds: Sequence[int],
        slack: int | None = None,
        *,
        named_rooms: bool = False,
        around: Around = NOTHING,
        cuts: Sequence[Cut] = (),
    ) -> None:
        """``bounds``: least cost of each track alone. ``slack``: how much more a track may cost here; None: anything.

        ``named_rooms``: tell the rooms of a class apart, so that a track that is to keep its room can keep it; needed
        where something stays ``around``. ``cuts``: what is known not to fit.
        """
        self.problem, self.around = problem, around
        self.model = model = cp_model.CpModel()
        free = [t for t in range(problem.tracks) if t not in around.tracks]
        self.tracks = {t: TrackModel(problem, t, model) for t in free}
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
                there = sum((s, room) not in around.taken for room in rooms)
                model.add(sum(part.lanes_in[s][c] for part in parts) <= there)
            if len(problem.classes) > 1 and not around.taken:
                model.add(sum(part.lanes(s) for part in parts) <= problem.rooms)
        self.sits: dict[tuple[int, int, int], cp_model.IntVar] = {}
        """Track, session, room: where rooms are named."""
        if named_rooms:
            self._name_rooms()
        beside = Beside(problem, model, self.tracks, around.tracks)
        terms: list[tuple[Linear, int]] = [(part.cost, 1) for part in parts]
        self.cost = weighted(terms + beside.costs)
        model.minimize(self.cost)

    def _name_rooms(self) -> None:
        """Every lane in a room by name, and rooms that a track uses counted by name."""
        model, taken = self.model, self.around.taken
        by_cell: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for c, rooms in enumerate(self.problem.classes):
            for t, part in self.tracks.items():
                there = [model.new_bool_var("") for _ in rooms]
                if part.used:
                    model.add(sum(there) <= part.used[c])
                for s in self.problem.sessions:
                    row = []
                    for room, use in zip(rooms, there, strict=True):
                        if (s, room) in taken:
                            continue
                        literal = model.new_bool_var("")
                        model.add_implication(literal, use)
                        self.sits[t, s, room] = literal
                        by_cell[s, room].append(literal)
                        row.append(literal)
                    model.add(sum(row) == part.lanes_in[s][c])
        for literals in by_cell.values():
            model.add_at_most_one(literals)
