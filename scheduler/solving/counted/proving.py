"""The search from below: what each track costs at least, then all of them with ever more slack, until nothing is left.

A timetable in which some track costs more than its bound plus the slack costs more than all bounds plus the slack; so
a small model, in which neither a track nor the whole may, gives a bound of the conference, and at last its optimum.
"""

from __future__ import annotations

import queue
from collections.abc import Callable

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.counted import CountedModel
from scheduler.solving.counted.realise import Cells
from scheduler.solving.counted.solution import Counted
from scheduler.solving.counted.state import State, rounded_up
from scheduler.solving.counted.track import Linear, TrackModel
from scheduler.solving.search import new_solver

Found = tuple[Counted, Cells | None]
"""Counts, and the rooms where they are named."""
TRACK_SECONDS = 2.0
"""For the bound of one track."""
WAYS = ((2, 10.0), (0, 7.5))
"""Levels of linearization, and seconds without progress after which a model is given up, at first; tried in turn.

Which of them is quick differs by orders of magnitude between conferences; mostly it is the first.
"""
NEAR = 2
"""A slack is near another that is larger by up to this factor."""
NARROW, PAUSE = 4, 4.0
"""Seconds without progress after which a model makes way for another, and how many times less that one asks."""
LONGER = 1.5
"""When all ways have failed, the time that they get is multiplied by this."""
GROWTH = 3
"""The stride grows by this factor as long as models are settled in their time."""


def track_bounds(state: State) -> list[int]:
    """The least cost of each track as if it were alone."""
    bounds = []
    for track in range(state.problem.tracks):
        model = cp_model.CpModel()
        part = TrackModel(state.problem, track, model)
        model.minimize(part.cost)
        solver = new_solver(0)
        status = state.solve(solver, model, TRACK_SECONDS)
        known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        bounds.append(max(0, rounded_up(solver.best_objective_bound)) if known else 0)
    return bounds


class Prover:
    """One model after the other, each asking whether anything costs less than a bound a stride higher.

    Every counted solution that is met goes into ``found``.
    """

    def __init__(self, state: State, bounds: list[int]) -> None:
        self.state, self.bounds = state, bounds
        self.floor = sum(bounds)
        self.stride = 1
        """By how much the next model is to raise the bound."""
        self.patience = 1.0
        """Factor of the seconds without progress after which a model is given up."""
        self.named = False
        """Whether rooms are told apart: a larger model, for what the counts alone have left open."""
        self.finished = False
        """Nothing cheaper than the best timetable is left that this search could tell."""
        self.stalled = False
        """Whether the last model was given up."""
        self.spent = 0.0
        """Seconds so far."""
        self.found: queue.SimpleQueue[Found] = queue.SimpleQueue()
        self._way = 0
        self._running: cp_model.CpSolver | None = None
        self._progress = 0.0
        self._asked = (0, 0)
        """How many costs the running model asks about, and the first that it leaves out."""
        state.raise_bound(self.floor)

    @property
    def enough(self) -> int | None:
        """The slack within which everything cheaper than the best timetable lies; None while there is none."""
        return None if self.state.cost is None else max(0, self.state.cost - self.floor - 1)

    def step(self, seconds: float | None = None) -> None:
        """One model with one slack; no timetable that costs more than all bounds and the slack is in it."""
        state = self.state
        begun, slack = state.seconds, self._slack()
        built = CountedModel(state.problem, self.bounds, slack, named_rooms=self.named, cuts=state.cuts)
        outside = self.floor + slack + 1
        known, cuts = state.cost, len(state.cuts)
        above = outside if known is None else min(outside, known)
        built.model.add(built.cost <= above - 1)
        solver = new_solver(state.seed)
        solver.parameters.linearization_level = WAYS[self._way][0]
        watch = _Watch(built, self._met)
        solver.best_bound_callback = lambda bound: self._raise(min(rounded_up(bound), outside))
        self._asked = above - state.bound, outside
        self._running, self._progress = solver, state.seconds
        status = state.solve(solver, built.model, seconds or state.left, watch, lambda: self._idle(slack))
        self._running = None
        self.spent += state.seconds - begun
        self.stalled = False
        if status == cp_model.INFEASIBLE:
            state.raise_bound(above)
            self._settled(slack)
        elif status == cp_model.OPTIMAL:
            state.raise_bound(min(round(solver.objective_value), outside))
            if state.offer(*_read(built, solver.value)) is None and len(state.cuts) > cuts:
                return
            self.finished = self.named
            self.named = True  # wider models of counts would only find the same
        elif status in (cp_model.FEASIBLE, cp_model.UNKNOWN):
            state.raise_bound(min(rounded_up(solver.best_objective_bound), outside))
            if not (self._idle(slack) or self._narrow() or state.over):
                self._stall()

    def look(self) -> None:
        """Give the running model up when it has made no progress for too long, or a narrower one will do.

        For another thread to call.
        """
        running = self._running
        waited, patience = self.state.seconds - self._progress, self.patience * WAYS[self._way][1]
        if running is not None and waited > (min(patience, PAUSE) if self._narrow() else patience):
            running.stop_search()

    def _met(self, found: Found) -> None:
        self._progress = self.state.seconds
        self.found.put(found)

    def _raise(self, bound: int) -> None:
        if bound > self.state.bound:
            self._progress = self.state.seconds
            self.state.raise_bound(bound)

    def _slack(self) -> int:
        """As much as the stride asks for; when that is near what is left, all that is left.

        The narrower a model, the quicker it is settled that it holds nothing; but where there is something to be
        found, a wide one leads to it by better and better timetables.
        """
        slack = self.state.bound - self.floor + self.stride - 1
        enough = self.enough
        if enough is None:
            return slack
        return enough if slack * NEAR >= enough and self.patience == 1 else min(slack, enough)

    def _idle(self, slack: int) -> bool:
        """A much better timetable makes a much smaller model do."""
        return self.enough is not None and self.enough < slack / 2

    def _narrow(self) -> bool:
        """Whether little is left of what the running model asks: a new one for that is often settled at once."""
        cost, (span, outside) = self.state.cost, self._asked
        left = (outside if cost is None else min(outside, cost)) - self.state.bound
        return left * NARROW <= span

    def _settled(self, slack: int) -> None:
        self.stride *= GROWTH
        if self.enough is not None and slack >= self.enough:
            self.finished = self.named
            self.named = True

    def _stall(self) -> None:
        """Try the other way; where all have failed, ask for less and take more time."""
        self.stalled = True
        self._way = (self._way + 1) % len(WAYS)
        if self._way == 0:
            self.patience *= LONGER
            self.stride = max(1, self.stride // 4)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on every better solution."""

    def __init__(self, built: CountedModel, met: Callable[[Found], None]) -> None:
        super().__init__()
        self._built, self._met = built, met

    def on_solution_callback(self) -> None:
        """A better one."""
        self._met(_read(self._built, self.value))


def _read(built: CountedModel, value: Callable[[Linear], int]) -> Found:
    rooms = {(s, room): t for (t, s, room), literal in built.sits.items() if value(literal)}
    return tuple(part.read(value) for part in built.tracks.values()), rooms or None
