"""The search from below: what each track costs at least, then all of them with ever more slack, until nothing is left.

A timetable in which some track costs more than its bound plus the slack costs more than all bounds plus the slack; so
a small model, in which no track may, gives a bound of the whole conference, and often its optimum.
"""

from __future__ import annotations

import queue
from collections.abc import Callable

from ortools.sat.python import cp_model

from scheduler.parallel.counted import CountedModel, Linear, TrackModel
from scheduler.parallel.realise import Cells
from scheduler.parallel.solution import Counted, read
from scheduler.parallel.state import State

Found = tuple[Counted, Cells | None]
"""Counts, and the rooms where they are named."""
TRACK_SECONDS = 2.0
"""For the bound of one track."""
NEAR, SMALL = 2.5, 0.3
"""A timetable is near when it costs less than so many bounds; a step is small that closes less of the gap."""
GROWTH = 3
"""The slack grows by this factor, as long as it is small against what is left to be proved."""


def track_bounds(state: State) -> list[int]:
    """The least cost of each track as if it were alone."""
    bounds = []
    for track in range(len(state.digest.conference.tracks)):
        model = cp_model.CpModel()
        part = TrackModel(state.digest, track, model)
        model.minimize(part.cost)
        solver = cp_model.CpSolver()
        status = state.solve(solver, model, TRACK_SECONDS)
        known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        bounds.append(max(0, round(solver.best_objective_bound)) if known else 0)
    return bounds


class Prover:
    """Grows the slack step by step; every counted solution it meets goes into ``found``."""

    def __init__(self, state: State, bounds: list[int]) -> None:
        self.state, self.bounds = state, bounds
        self.floor = sum(bounds)
        self.slack = 0
        self.named = False
        """Whether rooms are told apart: a larger model, for what the counts alone have left open."""
        self.finished = False
        """Nothing cheaper than the best timetable is left that this search could tell."""
        self.found: queue.SimpleQueue[Found] = queue.SimpleQueue()
        state.raise_bound(self.floor)

    @property
    def enough(self) -> int | None:
        """The slack within which everything cheaper than the best timetable lies; None while there is none."""
        return None if self.state.cost is None else max(0, self.state.cost - self.floor - 1)

    @property
    def promises_little(self) -> bool:
        """Whether the next model can lift the bound only by a small part of what is missing, which is not much."""
        cost, bound = self.state.cost, self.state.bound
        if cost is None or cost > NEAR * bound:
            return False
        reach = min(cost, self.floor + self.slack + 1)
        return reach - bound < SMALL * (cost - bound)

    def step(self, seconds: float) -> None:
        """One model with one slack."""
        state = self.state
        if self.enough is not None:
            self.slack = min(self.slack, self.enough)
        built = CountedModel(state.digest, self.bounds, self.slack, named_rooms=self.named, cuts=state.cuts)
        known, cuts = state.cost, len(state.cuts)
        if known is not None:
            built.model.add(built.cost <= known - 1)
        solver = cp_model.CpSolver()
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = state.seed
        slack = self.slack
        watch = _Watch(built, self.found)
        solver.best_bound_callback = lambda bound: state.raise_bound(min(_up(bound), self.floor + slack + 1))
        status = state.solve(solver, built.model, seconds, watch, idle=lambda: self._idle(slack))
        outside = self.floor + slack + 1
        if status == cp_model.INFEASIBLE:
            state.raise_bound(outside if known is None else min(outside, known))
            self._widen()
        elif status == cp_model.OPTIMAL:
            least = round(solver.objective_value)
            state.raise_bound(min(least, outside))
            if state.offer(*_read(built, solver.value)) is None and len(state.cuts) > cuts:
                return
            if least <= outside and not self.named:
                self.named = True  # wider models of counts would only find the same
            else:
                self._widen()
        elif status in (cp_model.FEASIBLE, cp_model.UNKNOWN):
            state.raise_bound(min(_up(solver.best_objective_bound), outside))

    def _idle(self, slack: int) -> bool:
        """A much better timetable makes a much smaller model do."""
        return self.enough is not None and self.enough < slack / 2

    def _widen(self) -> None:
        enough = self.enough
        if enough is not None and self.slack >= enough:
            self.finished = self.named
            self.named = True
            return
        wider = max(1, self.slack * GROWTH)
        self.slack = wider if enough is None or wider * 2 < enough else enough


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on every better solution."""

    def __init__(self, built: CountedModel, found: queue.SimpleQueue[Found]) -> None:
        super().__init__()
        self._built, self._found = built, found

    def on_solution_callback(self) -> None:
        """A better one."""
        self._found.put(_read(self._built, self.value))


def _read(built: CountedModel, value: Callable[[Linear], int]) -> Found:
    rooms = {(s, room): t for (t, s, room), literal in built.sits.items() if value(literal)}
    return tuple(read(part, value) for part in built.tracks.values()), rooms or None


def _up(bound: float) -> int:
    """The next whole number: costs are whole."""
    return -int(-(bound - 1e-6) // 1)
