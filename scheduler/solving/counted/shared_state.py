"""What the searches share: the incumbent (the best timetable so far), the bound, the clocks and the request to stop.

What a search does next goes by the work done, in seconds of computing and in the solver's deterministic seconds: so it
takes the same decisions on a busy machine, only later. The clock on the wall is the planner's limit and no more.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.model.cpsat import cp_model
from scheduler.outcome import Progress
from scheduler.solving.counted.cost import cost as cost_of
from scheduler.solving.counted.problem import CellPlan, Cells, Counted, Cut, Problem
from scheduler.solving.counted.realise import Undecided, Unpackable, realise
from scheduler.solving.counted.track_model import Value

RECENT_SECONDS, RECENT_SHARE = 2.0, 0.15
"""Recent is what falls into the last seconds of work, or into the last part of the work so far."""
NOTABLE_SHARE = 0.03
"""An improvement is notable when it closes this part of the gap."""


@dataclass(slots=True)
class SharedState:
    """Searches of several threads report to it; its own lock keeps it consistent."""

    problem: Problem
    time_limit: float
    seed: int = 0
    threads: int = 1
    """Searches that run side by side."""
    report: Callable[[Progress], None] | None = None
    plan: CellPlan | None = None
    """The incumbent; None when there is none."""
    cost: int | None = None
    bound: int = 0
    cuts: list[Cut] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    """Every better timetable and every better bound, in the order of time."""
    stopped: bool = False
    interrupted: bool = False
    """Stopped by Ctrl-C."""
    closed: bool = False
    """Whether the answer is being read: nothing changes it any more."""
    impossible: bool = False
    """Proved: there is no timetable at all."""
    begun: float = field(default_factory=time.monotonic)
    _computed: float = field(default_factory=time.process_time)
    _improved: list[tuple[float, int]] = field(default_factory=list)
    """Of each better timetable: the work done before it, and its cost."""
    _running: dict[int, tuple[cp_model.CpSolver, Callable[[], bool]]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return time.monotonic() - self.begun

    @property
    def worked(self) -> float:
        """Seconds of computing so far, for each search: on an idle machine about as many as on the wall."""
        return (time.process_time() - self._computed) / self.threads

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return self.time_limit - self.seconds

    @property
    def proved(self) -> bool:
        """Whether nothing is cheaper."""
        return self.cost is not None and self.bound >= self.cost

    @property
    def productive(self) -> bool:
        """Whether the incumbent has become notably better recently, measured by the gap."""
        worked = self.worked
        since = worked - max(RECENT_SECONDS, RECENT_SHARE * worked)
        before = [cost for then, cost in self._improved if then <= since]
        if self.cost is None or not before:
            return True
        return before[-1] - self.cost > NOTABLE_SHARE * (before[-1] - self.bound)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do, or no time for it."""
        return self.stopped or self.proved or self.left <= 0

    def offer(self, counted: Counted, rooms: Cells | None = None) -> int | None:
        """Realise a counted solution and keep it when it is the cheapest. Returns its cost, or None: not realised."""
        try:
            plan = realise(self.problem, counted, rooms, self.seed, max(0.0, self.left))
        except Unpackable as fact:
            self._learn(fact)
            return None
        except Undecided:
            return None
        return self.take(plan)

    def take(self, plan: CellPlan) -> int:
        """Keep a timetable when it is the cheapest. Returns its cost."""
        cost = cost_of(self.problem, plan)
        with self._lock:
            if self.closed:
                return cost
            if self.cost is None or cost < self.cost:
                self.plan, self.cost = plan, cost
                self._improved.append((self.worked, cost))
                self._record()
            elif cost == self.cost:
                self.plan = plan
        return cost

    def raise_bound(self, bound: int) -> None:
        """No timetable costs less than ``bound``."""
        with self._lock:
            if bound > self.bound and not self.closed:
                self.bound = bound if self.cost is None else min(bound, self.cost)
                self._record()

    def stop(self) -> None:
        """Stop as soon as possible."""
        with self._lock:
            self.stopped = True
            for solver, _ in self._running.values():
                solver.stop_search()

    def close_if_late(self) -> None:
        """After the limit the answer does not change, whatever a thread still finds."""
        if self.left <= 0:
            self.stop()
            with self._lock:
                self.closed = True

    def rest(self, seconds: float) -> None:
        """Do nothing while another search computes for so long, unless the search ends."""
        until = self.worked + seconds / self.threads
        while not self.over and self.worked < until:
            time.sleep(0.05)

    def solve(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        effort: float | None = None,
        met: Callable[[Value], object] | None = None,
        idle: Callable[[], bool] = lambda: False,
    ) -> cp_model.CpSolverStatus:
        """Run a solver on one thread for ``effort`` deterministic seconds; ``met`` reads every better solution.

        It ends early when the search is over or the work has become ``idle``.
        """
        parameters = solver.parameters
        parameters.max_time_in_seconds = max(0.01, self.left)
        if effort is not None:
            parameters.max_deterministic_time = effort
        key = threading.get_ident()
        with self._lock:
            if self.over:
                parameters.max_time_in_seconds = 0.01
            self._running[key] = solver, idle
        try:
            return solver.solve(model, _EachSolution(met) if met else None)
        finally:
            with self._lock:
                del self._running[key]

    def _record(self) -> None:
        self.progress.append(Progress(self.seconds, self.cost, self.bound))
        if self.report:
            self.report(self.progress[-1])
        for solver, idle in self._running.values():
            if self.proved or idle():
                solver.stop_search()

    def _learn(self, fact: Unpackable) -> None:
        needs = Counter(self.problem.talks[member].need for member in fact.lot.members)
        cut = Cut(fact.lot.track, fact.session, len(fact.lot.rooms), tuple(sorted(needs.items())))
        with self._lock:
            if cut not in self.cuts:
                self.cuts.append(cut)


class _EachSolution(cp_model.CpSolverSolutionCallback):
    """Calls ``met`` with every better solution."""

    def __init__(self, met: Callable[[Value], object]) -> None:
        super().__init__()
        self._met = met

    def on_solution_callback(self) -> None:
        """A better one."""
        self._met(self.value)


def rounded_up(bound: float) -> int:
    """The next whole number: costs are whole."""
    return -int(-(bound - 1e-6) // 1)
