"""The search from above: take some tracks out of the best timetable and put them back as well as can be.

Large-neighbourhood search: each step solves a small exact model in which everything else stays where it is.
"""

from __future__ import annotations

import random

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.cost import cost as cost_of
from scheduler.solving.counted.counted import Around, CountedModel
from scheduler.solving.counted.problem import Plan
from scheduler.solving.counted.solution import Counted, counted_of
from scheduler.solving.counted.state import State
from scheduler.solving.search import new_solver

STEP_SECONDS = 3.0
"""For one step."""
QUICK = 0.4
"""Seconds below which the next step may be larger."""
FEWEST, FIRST = 2, 4
"""Tracks of a step: at least, and at first."""


class Improver:
    """One step after the other; how many tracks a step frees adapts to how long steps take."""

    def __init__(self, state: State, bounds: list[int], seed: int | None = None) -> None:
        self.state, self.bounds = state, bounds
        self.random = random.Random(state.seed if seed is None else seed)
        self.size = float(FIRST)
        self._blamed: tuple[int, list[int]] | None = None

    def step(self) -> None:
        """Improve the best timetable once, if this step can."""
        state = self.state
        plan, cost = state.plan, state.cost
        if plan is None or cost is None:
            return
        counted = counted_of(state.problem, plan)
        problem = state.problem
        window = self.random.random() < 0.3 and len(problem.slots) > 3
        if window:
            free, sessions = self._window(counted)
        else:
            free, sessions = self._related(plan, counted, cost), set(problem.sessions)
        stays = {t: counted[t] for t in range(len(counted)) if t not in free}
        taken = frozenset(cell for cell, track in plan.tracks.items() if track not in free)
        built = CountedModel(state.problem, self.bounds, named_rooms=True, around=Around(stays, taken), cuts=state.cuts)
        self._keep(built, plan, counted, sessions)
        spent = cost - cost_of(problem, plan, free)
        built.model.add(built.cost <= spent)
        solver = new_solver(self.random.randrange(2**30))
        solver.parameters.linearization_level = self.random.choice((1, 2))
        status = state.solve(solver, built.model, STEP_SECONDS)
        if status == cp_model.OPTIMAL and solver.wall_time < QUICK:
            self.size = min(len(counted), self.size + 0.2)
        elif status in (cp_model.UNKNOWN, cp_model.FEASIBLE):
            self.size = max(FEWEST, self.size - 0.5)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._take(built, solver, plan, counted)

    def _take(self, built: CountedModel, solver: cp_model.CpSolver, plan: Plan, counted: Counted) -> None:
        moved = {t: part.read(solver.value) for t, part in built.tracks.items()}
        rooms = {cell: track for cell, track in plan.tracks.items() if track not in moved}
        for (t, session, room), literal in built.sits.items():
            if solver.value(literal):
                rooms[session, room] = t
        self.state.offer(tuple(moved.get(t, stays) for t, stays in enumerate(counted)), rooms)

    def _keep(self, built: CountedModel, plan: Plan, counted: Counted, sessions: set[int]) -> None:
        """Nothing moves outside these sessions."""
        periods = self.state.problem.sessions
        for t, part in built.tracks.items():
            for s in periods:
                if s in sessions:
                    continue
                built.model.add(part.lanes(s) == counted[t].cells(s))
                for counts, row in zip(part.count, counted[t].counts, strict=True):
                    built.model.add(counts[s] == row[s])
        if len(sessions) < len(periods):
            for (t, s, room), literal in built.sits.items():
                if s not in sessions:
                    built.model.add(literal == (plan.tracks.get((s, room)) == t))

    def _window(self, counted: Counted) -> tuple[set[int], set[int]]:
        """A few sessions, and all tracks that are in them, as far as the size allows."""
        periods = len(self.state.problem.slots)
        number = min(periods, self.random.choice((2, 2, 3, 4)))
        sessions = set(self.random.sample(range(periods), number))
        there = [t for t, plan in enumerate(counted) if any(plan.cells(s) for s in sessions)]
        self.random.shuffle(there)
        return set(there[: max(FEWEST, round(self.size * 3))]), sessions

    def _related(self, plan: Plan, counted: Counted, cost: int) -> set[int]:
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

    def _blame(self, plan: Plan, counted: Counted, cost: int) -> list[int]:
        """What each track costs beyond its bound, its share in costs between tracks included; capped for fairness."""
        if self._blamed is None or self._blamed[0] != cost:
            problem = self.state.problem
            excess = [max(0, cost - cost_of(problem, plan, {t}) - self.bounds[t]) for t in range(len(counted))]
            typical = max(1, sorted(excess)[len(excess) // 2])
            self._blamed = cost, [min(10, 10 * value // typical if value else 0) for value in excess]
        return self._blamed[1]
