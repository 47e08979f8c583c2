"""The search from above: take some tracks out of the incumbent and put them back as cheaply as possible.

Large-neighbourhood search: each step solves a small exact model in which everything else stays where it is.
"""

from __future__ import annotations

import random

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.cost import cost as cost_of
from scheduler.solving.counted.counted_model import CountedModel
from scheduler.solving.counted.problem import CellPlan, Counted, counted_of
from scheduler.solving.counted.shared_state import SharedState
from scheduler.solving.search import new_solver

STEP_EFFORT = 3.0
"""Deterministic seconds of one step."""
QUICK_EFFORT = 0.4
"""After a step that took less, the next may be larger."""
FEWEST_TRACKS, FIRST_TRACKS = 2, 4
"""A step frees at least the fewest; the first step frees the second number."""


class Improver:
    """One step after the other; the number of tracks that a step frees adapts to the time that steps take."""

    def __init__(self, state: SharedState, bounds: list[int], seed: int | None = None) -> None:
        self.state, self.bounds = state, bounds
        self.random = random.Random(state.seed if seed is None else seed)
        self.size = float(FIRST_TRACKS)
        self._blamed: tuple[int, list[int]] | None = None

    def step(self) -> None:
        """Improve the incumbent once, if this step can."""
        state, problem = self.state, self.state.problem
        plan, cost = state.plan, state.cost
        if plan is None or cost is None:
            return
        counted = counted_of(problem, plan)
        if self.random.random() < 0.3 and len(problem.slots) > 3:
            free, sessions = self._window(counted)
        else:
            free, sessions = self._related(plan, counted, cost), set(problem.sessions)
        stays = {t: counted[t] for t in range(len(counted)) if t not in free}
        taken = frozenset(cell for cell, track in plan.tracks.items() if track not in free)
        built = CountedModel(problem, self.bounds, named_rooms=True, staying=stays, taken=taken, cuts=state.cuts)
        self._keep(built, plan, counted, sessions)
        built.model.add(built.cost <= cost - cost_of(problem, plan, free))
        solver = new_solver(self.random.randrange(2**30))
        solver.parameters.linearization_level = self.random.choice((1, 2))
        status = state.solve(solver, built.model, STEP_EFFORT)
        if status == cp_model.OPTIMAL and solver.response_proto.deterministic_time < QUICK_EFFORT:
            self.size = min(len(counted), self.size + 0.2)
        elif status in (cp_model.UNKNOWN, cp_model.FEASIBLE):
            self.size = max(FEWEST_TRACKS, self.size - 0.5)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            parts, cells = built.read(solver.value)
            moved = dict(zip(built.tracks, parts, strict=True))
            rooms = {cell: track for cell, track in plan.tracks.items() if track not in free} | (cells or {})
            state.offer(tuple(moved.get(t, kept) for t, kept in enumerate(counted)), rooms)

    def _keep(self, built: CountedModel, plan: CellPlan, counted: Counted, sessions: set[int]) -> None:
        """Let nothing move outside these sessions."""
        kept = [s for s in self.state.problem.sessions if s not in sessions]
        for t, part in built.tracks.items():
            for s in kept:
                built.model.add(part.lanes(s) == counted[t].cells(s))
                for counts, row in zip(part.count, counted[t].counts, strict=True):
                    built.model.add(counts[s] == row[s])
        for (t, s, room), literal in built.sits.items():
            if s not in sessions:
                built.model.add(literal == (plan.tracks.get((s, room)) == t))

    def _window(self, counted: Counted) -> tuple[set[int], set[int]]:
        """All tracks of a few sessions, as far as the size allows; and these sessions."""
        every = self.state.problem.sessions
        sessions = set(self.random.sample(every, min(len(every), self.random.choice((2, 2, 3, 4)))))
        there = [t for t, plan in enumerate(counted) if any(plan.cells(s) for s in sessions)]
        self.random.shuffle(there)
        return set(there[: max(FEWEST_TRACKS, round(self.size * 3))]), sessions

    def _related(self, plan: CellPlan, counted: Counted, cost: int) -> set[int]:
        """A track that costs more than it must, and tracks that meet it in sessions or rooms."""
        blame = self._blame(plan, counted, cost)
        weights = [1 + excess for excess in blame] if self.random.random() < 0.8 else [1] * len(blame)
        seed = self.random.choices(range(len(counted)), weights)[0]
        free = {seed}
        rooms = {room for (_, room), track in plan.tracks.items() if track == seed}
        near: dict[int, float] = {}
        for (session, room), track in plan.tracks.items():
            if track != seed:
                near[track] = near.get(track, 0.05) + (room in rooms) + 0.5 * bool(counted[seed].cells(session))
        while near and len(free) < round(self.size):
            chosen = self.random.choices(list(near), list(near.values()))[0]
            del near[chosen]
            free.add(chosen)
        return free

    def _blame(self, plan: CellPlan, counted: Counted, cost: int) -> list[int]:
        """What each track costs beyond its bound, costs between tracks included; capped, so that all get a turn."""
        if self._blamed is None or self._blamed[0] != cost:
            problem = self.state.problem
            excess = [max(0, cost - cost_of(problem, plan, {t}) - self.bounds[t]) for t in range(len(counted))]
            typical = max(1, sorted(excess)[len(excess) // 2])
            self._blamed = cost, [min(10, 10 * value // typical if value else 0) for value in excess]
        return self._blamed[1]
