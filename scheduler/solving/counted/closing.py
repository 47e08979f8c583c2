"""The gap that counts leave, closed by the rules' own conditions on every session by name."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.errors import EngineError, OutOfTime
from scheduler.model.cpsat import cp_model
from scheduler.model.slot_model import SlotModel
from scheduler.scenario import Scenario
from scheduler.solving.counted.problem import Problem
from scheduler.solving.counted.shared_state import SharedState, rounded_up
from scheduler.solving.counted.translation import Translation
from scheduler.solving.search import new_solver

LARGEST_SIZE = 60_000
"""A conference of this size is still tried."""
FIRST_EFFORT, EFFORT_GROWTH = 5.0, 10
"""Deterministic seconds of the first run; each run gets more than the one before it by this factor."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How the model of every session by name is built."""

    translation: Translation
    build: Callable[[Scenario, float], SlotModel]
    """Until a time on the monotonic clock; after it, it raises ``OutOfTime``."""


class Closer:
    """Runs the model in slots, which is exact in all terms, where the conference is small enough for it."""

    def __init__(self, state: SharedState, naming: Naming | None) -> None:
        """Without ``naming`` it has nothing to do."""
        self.state, self.naming = state, naming
        self.finished = naming is None or size(naming.translation.problem) > LARGEST_SIZE
        """Whether it can prove nothing, or nothing more."""
        self._effort = FIRST_EFFORT
        self._built: SlotModel | None = None
        self._running = threading.Lock()

    def step(self) -> bool:
        """One run, for less than the incumbent costs. False where there is nothing to do, or another thread does it.

        Raises:
            EngineError: it contradicts what is known.
        """
        if self.naming is None or self.finished or not self._running.acquire(blocking=False):
            return False
        try:
            self._run(self.naming)
        except OutOfTime:
            self.finished = True
        finally:
            self._running.release()
        return True

    def _run(self, naming: Naming) -> None:
        state, translation = self.state, naming.translation
        model = self._built = self._built or naming.build(translation.scenario, time.monotonic() + state.left)
        discount, asked = translation.discount, model.cp.clone()
        below = translation.prohibitive if state.cost is None else min(state.cost, translation.prohibitive)
        if model.costs and below < translation.prohibitive:
            asked.add(model.cost < below - discount)
        else:
            below = translation.prohibitive
        solver = new_solver(state.seed)
        solver.parameters.cp_model_presolve = False
        solver.parameters.use_objective_lb_search = True  # it asks for the least cost first, which is what proves
        solver.best_bound_callback = lambda bound: state.raise_bound(min(rounded_up(bound) + discount, below))
        status = state.solve(solver, asked, self._effort)
        self._effort *= EFFORT_GROWTH
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            state.take(translation.plan(model.read(solver)))
        if status == cp_model.INFEASIBLE:
            self._nothing_below(below, translation)
        elif status == cp_model.OPTIMAL:
            state.raise_bound((round(solver.objective_value) if model.costs else 0) + discount)
            self.finished = True
        elif model.costs:
            state.raise_bound(rounded_up(solver.best_objective_bound) + discount)

    def _nothing_below(self, cost: int, translation: Translation) -> None:
        """No timetable costs less; where every cost was asked about, there is none."""
        self.finished = True
        if self.state.cost is not None and self.state.cost < cost:
            raise EngineError("the model in slots finds no timetable, although there is one")
        if cost < translation.prohibitive:
            self.state.raise_bound(cost)
        else:
            self.state.impossible = True


def size(problem: Problem) -> int:
    """About the number of literals and conditions of the model."""
    rooms, steps = problem.rooms, sum(problem.slots)
    pairs = len(problem.together) * rooms * len(problem.slots) + len(problem.at_once) * steps
    ordered = sum(1 for talk in problem.talks if talk.order)
    return len(problem.talks) * rooms * steps + pairs + ordered * len(problem.talks)
