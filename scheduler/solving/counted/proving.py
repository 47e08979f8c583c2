"""The search from below: the least cost of each track, then all tracks with ever more slack.

A timetable in which some track costs more than its bound plus the slack costs more than all bounds plus the slack. So
a small model, in which no track and not the whole may cost that much, gives a bound of the conference, and in the end
its optimum.
"""

from __future__ import annotations

from collections import deque

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.counted_model import CountedModel
from scheduler.solving.counted.problem import Solution
from scheduler.solving.counted.shared_state import SharedState, rounded_up
from scheduler.solving.counted.track_model import TrackModel
from scheduler.solving.search import new_solver

TRACK_EFFORT = 2.0
"""Deterministic seconds for the bound of one track."""
WAYS = ((2, 10.0), (0, 7.5))
"""Levels of linearization, each with the work without progress, in seconds, after which a model is first given up.

Conferences differ by orders of magnitude in which of them is quick; mostly it is the first.
"""
NEAR = 2
"""A slack is near another that is larger by up to this factor."""
NARROW = 4
"""A model is narrow when what is left of its question is smaller by this factor."""
NARROW_SECONDS = 4.0
"""Seconds of work without progress after which a narrow model is given up for a smaller one."""
PATIENCE_GROWTH = 1.5
"""When all ways have failed, the time that they get is multiplied by this."""
STRIDE_GROWTH = 3
"""The stride grows by this factor as long as models are settled in their time."""


def track_bounds(state: SharedState) -> list[int]:
    """The least cost of each track as if it were alone."""
    bounds = []
    for track in range(state.problem.tracks):
        model = cp_model.CpModel()
        part = TrackModel(state.problem, track, model)
        model.minimize(part.cost)
        solver = new_solver(0)
        status = state.solve(solver, model, TRACK_EFFORT)
        known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        bounds.append(max(0, rounded_up(solver.best_objective_bound)) if known else 0)
    return bounds


class Prover:
    """One model after the other; each asks whether anything costs less than a bound that is a stride higher."""

    def __init__(self, state: SharedState, bounds: list[int]) -> None:
        self.state, self.bounds = state, bounds
        self.floor = sum(bounds)
        self.stride = 1
        """Points by which the next model is to raise the bound."""
        self.patience = 1.0
        """Multiplies the seconds without progress after which a model is given up."""
        self.named = False
        """Whether rooms are named: a larger model, which proves what counts alone cannot."""
        self.finished = False
        """Whether this search can prove nothing more."""
        self.stalled = False
        """Whether the last model was given up."""
        self.spent = 0.0
        """Seconds of work so far."""
        self.found: deque[Solution] = deque(maxlen=1)
        """The newest solution that has not been offered yet; older ones cost more."""
        self._way = 0
        self._running: cp_model.CpSolver | None = None
        self._progress = 0.0
        self._asked = (0, 0)
        """The number of costs that the running model asks about, and the first cost that it leaves out."""
        state.raise_bound(self.floor)

    @property
    def enough(self) -> int | None:
        """The slack within which everything cheaper than the best timetable lies; None while there is none."""
        return None if self.state.cost is None else max(0, self.state.cost - self.floor - 1)

    def step(self, effort: float | None = None) -> None:
        """One model with one slack; it holds no timetable that costs more than all bounds and the slack."""
        state = self.state
        begun, slack = state.worked, self._slack()
        built = CountedModel(state.problem, self.bounds, slack, named_rooms=self.named, cuts=state.cuts)
        outside = self.floor + slack + 1
        known, cuts = state.cost, len(state.cuts)
        above = outside if known is None else min(outside, known)
        built.model.add(built.cost <= above - 1)
        solver = new_solver(state.seed)
        solver.parameters.linearization_level = WAYS[self._way][0]
        solver.parameters.use_objective_lb_search = True  # it asks for the least cost first, which is what proves
        solver.best_bound_callback = lambda bound: self._raise(min(rounded_up(bound), outside))
        self._asked = above - state.bound, outside
        self._running, self._progress = solver, state.worked
        status = state.solve(
            solver,
            built.model,
            effort,
            lambda value: self._met(built.read(value)),
            lambda: self._idle(slack),
        )
        self._running = None
        self.spent += state.worked - begun
        self.stalled = False
        if status == cp_model.INFEASIBLE:
            state.raise_bound(above)
            self._settled(slack)
        elif status == cp_model.OPTIMAL:
            state.raise_bound(min(round(solver.objective_value), outside))
            if state.offer(*built.read(solver.value)) is None and len(state.cuts) > cuts:
                return
            self.finished = self.named
            self.named = True  # wider models of counts would find the same
        elif status in (cp_model.FEASIBLE, cp_model.UNKNOWN):
            state.raise_bound(min(rounded_up(solver.best_objective_bound), outside))
            if not (self._idle(slack) or self._narrow() or state.over):
                self._stall()

    def look(self) -> None:
        """Give up the running model when it has made no progress for too long; called by another thread."""
        running = self._running
        waited, patience = self.state.worked - self._progress, self.patience * WAYS[self._way][1]
        if running is not None and waited > (min(patience, NARROW_SECONDS) if self._narrow() else patience):
            running.stop_search()

    def _met(self, found: Solution) -> None:
        self._progress = self.state.worked
        self.found.append(found)

    def _raise(self, bound: int) -> None:
        if bound > self.state.bound:
            self._progress = self.state.worked
            self.state.raise_bound(bound)

    def _slack(self) -> int:
        """What the stride asks for; when that is near all that is left, all that is left.

        A narrow model is quickly proved empty; but where something can be found, a wide one leads to it by better and
        better timetables.
        """
        slack = self.state.bound - self.floor + self.stride - 1
        enough = self.enough
        if enough is None:
            return slack
        return enough if slack * NEAR >= enough and self.patience == 1 else min(slack, enough)

    def _idle(self, slack: int) -> bool:
        """Whether a much smaller model would do, because a much better timetable has been found."""
        return self.enough is not None and self.enough < slack / 2

    def _narrow(self) -> bool:
        """Whether little is left of what the running model asks: a new one for the rest is often settled at once."""
        cost, (span, outside) = self.state.cost, self._asked
        left = (outside if cost is None else min(outside, cost)) - self.state.bound
        return left * NARROW <= span

    def _settled(self, slack: int) -> None:
        self.stride *= STRIDE_GROWTH
        if self.enough is not None and slack >= self.enough:
            self.finished = self.named
            self.named = True

    def _stall(self) -> None:
        """Try the other way; when all have failed, ask for less and take more time."""
        self.stalled = True
        self._way = (self._way + 1) % len(WAYS)
        if self._way == 0:
            self.patience *= PATIENCE_GROWTH
            self.stride = max(1, self.stride // 4)
