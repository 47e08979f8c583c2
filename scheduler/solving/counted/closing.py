"""The gap that counts leave, closed by the rules' own conditions on every session by name."""

from __future__ import annotations

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
        self._built: SlotModel | None = None

    def step(self, effort: float) -> None:
        """One run of so many deterministic seconds, from the incumbent on.

        Raises:
            EngineError: it contradicts what is known.
        """
        state, naming = self.state, self.naming
        if naming is None or self.finished:
            return
        translation = naming.translation
        try:
            model = self._built = self._built or naming.build(translation.scenario, time.monotonic() + state.left)
        except OutOfTime:
            self.finished = True
            return
        discount = translation.discount
        if state.plan is not None:
            model.hint(translation.timetable(state.plan))
        solver = new_solver(state.seed)
        solver.parameters.cp_model_presolve = False
        solver.best_bound_callback = lambda bound: state.raise_bound(rounded_up(bound) + discount)
        status = state.solve(solver, model.cp, effort)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            state.take(translation.plan(model.read(solver)))
        if status == cp_model.INFEASIBLE:
            if state.cost is not None and state.cost < translation.prohibitive:
                raise EngineError("the model in slots finds no timetable, although there is one")
            state.impossible = self.finished = True
        elif status == cp_model.OPTIMAL:
            state.raise_bound((round(solver.objective_value) if model.costs else 0) + discount)
            self.finished = True
        elif status in (cp_model.FEASIBLE, cp_model.UNKNOWN) and model.costs:
            state.raise_bound(rounded_up(solver.best_objective_bound) + discount)


def size(problem: Problem) -> int:
    """About the number of literals and conditions of the model."""
    rooms, steps = problem.rooms, sum(problem.slots)
    pairs = len(problem.together) * rooms * len(problem.slots) + len(problem.at_once) * steps
    ordered = sum(1 for talk in problem.talks if talk.order)
    return len(problem.talks) * rooms * steps + pairs + ordered * len(problem.talks)
