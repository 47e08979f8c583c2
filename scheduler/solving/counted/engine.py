"""Solves a problem of counts: a first timetable at once, then one search from above and one from below until they meet.

The two run side by side on two threads, or in turns on one; whatever stops them, the best timetable is kept.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.counted import CountedModel
from scheduler.solving.counted.improving import Improver
from scheduler.solving.counted.named import Closer
from scheduler.solving.counted.problem import Plan, Problem
from scheduler.solving.counted.proving import Prover, track_bounds
from scheduler.solving.counted.start import first
from scheduler.solving.counted.state import State
from scheduler.solving.search import SOLVER, new_solver, on_interrupt
from scheduler.solving.settings import Progress

PROOF_SHARE = 0.2
"""Of the time: what the search from below gets at least, however well the other one fares."""
CLOSING = 20.0
"""Seconds for one run of the model in which everybody is named."""
OVERSHOOT = 0.5
"""Seconds after the limit for which the threads are waited for."""
REST = 2.0
"""Seconds, at most."""
TURN = 0.5
"""Seconds of a turn when the searches share one thread; doubled each time."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer; ``plan`` is None when none was found."""

    plan: Plan | None
    cost: int | None
    bound: int
    interrupted: bool
    impossible: bool
    """Proved: there is no timetable at all."""

    @property
    def proved(self) -> bool:
        """Whether nothing is cheaper."""
        return self.cost is not None and self.bound >= self.cost


def solve_problem(
    problem: Problem,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int = 2,
    report: Callable[[Progress], None] | None = None,
) -> Result:
    """The cheapest timetable that can be found in ``time_limit`` seconds, and a bound below which there is none.

    Raises:
        EngineError: one search contradicts another.
    """
    begun = time.monotonic()
    state = State(problem, time_limit, seed, report, begun=begun)
    stopped: list[bool] = []

    def stop() -> None:
        stopped.append(True)
        state.stop()

    with on_interrupt(stop):
        failed = _run(state, workers)
    if failed:
        raise failed[0]
    return Result(state.plan, state.cost, state.bound, bool(stopped), state.impossible)


def _run(state: State, workers: int) -> list[BaseException]:
    """Both searches in threads of their own, so that the main one can take Ctrl-C."""
    failed: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001  handed to the main thread
                failed.append(error)
                state.stop()

        return run

    _in_thread(state, guarded(lambda: _begin(state)))
    if state.over or failed:
        return failed
    bounds: list[int] = []
    _in_thread(state, guarded(lambda: bounds.extend(track_bounds(state))))
    if failed or len(bounds) < state.problem.tracks:
        return failed
    prover, closer, improver = Prover(state, bounds), Closer(state), Improver(state, bounds)
    if workers > 1:
        helper = Improver(state, bounds, state.seed + 1)
        _in_thread(
            state,
            guarded(lambda: _prove(state, prover, closer, helper)),
            guarded(lambda: _improve(state, prover, improver)),
        )
    else:
        _in_thread(state, guarded(lambda: _take_turns(state, prover, closer, improver)))
    return failed


def _in_thread(state: State, *works: Callable[[], None]) -> None:
    """Wait for them; a thread that does not look at the clock is left to itself some time after the limit."""
    threads = [threading.Thread(target=work, name=SOLVER, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive() and state.left > -OVERSHOOT:
            thread.join(0.2)
    state.close_if_late()


def _begin(state: State) -> None:
    """A first timetable: greedily, or by the solver when that leads nowhere."""
    start = first(state.problem)
    if start is not None:
        state.offer(*start)
    while state.cost is None and not state.over:
        built = CountedModel(state.problem, [0] * state.problem.tracks, cuts=state.cuts, named_rooms=True)
        built.model.clear_objective()  # type: ignore[no-untyped-call]
        status, solver = _settle(state, built.model)
        if status == cp_model.INFEASIBLE:
            state.impossible = True
            state.stop()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            rooms = {(s, room): t for (t, s, room), literal in built.sits.items() if solver.value(literal)}
            state.offer(tuple(part.read(solver.value) for part in built.tracks.values()), rooms)


def _settle(state: State, model: cp_model.CpModel) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
    """Whether there is a solution; that there is none is believed only when a second configuration says so too."""
    status = cp_model.UNKNOWN
    for presolve in (True, False):
        solver = new_solver(state.seed)
        solver.parameters.cp_model_presolve = presolve
        status = state.solve(solver, model, state.left)
        if status != cp_model.INFEASIBLE:
            break
    return status, solver


def _prove(state: State, prover: Prover, closer: Closer, helper: Improver) -> None:
    """The search from below; this thread helps the other one while that gets on well, and where a proof stalls."""
    while not state.over:
        if state.productive and prover.spent >= PROOF_SHARE * state.seconds:
            helper.step()
        elif not prover.finished:
            begun = state.seconds
            prover.step()
            until = state.seconds + (state.seconds - begun) / 2
            while prover.stalled and not state.over and state.seconds < until:
                helper.step()
        elif not closer.finished:
            closer.step(CLOSING)
        else:
            helper.step()


def _improve(state: State, prover: Prover, improver: Improver) -> None:
    """The search from above; where it gets nowhere, it leaves most of its time to the other one."""
    while not state.over:
        prover.look()
        if _drain(state, prover):
            continue
        begun = state.seconds
        improver.step()
        if not (state.productive or prover.finished or prover.stalled):
            state.rest(min(REST, 2 * (state.seconds - begun)))


def _take_turns(state: State, prover: Prover, closer: Closer, improver: Improver) -> None:
    turn = TURN
    while not state.over:
        until = state.seconds + turn
        while not state.over and state.seconds < until:
            improver.step()
        until = state.seconds + turn
        while not state.over and not prover.finished and state.seconds < until:
            prover.step(max(TURN, until - state.seconds))
            _drain(state, prover)
        if prover.finished and not closer.finished and not state.over:
            closer.step(turn)
        turn *= 1.6


def _drain(state: State, prover: Prover) -> bool:
    """Offer the newest of the prover's solutions; the older ones cost more."""
    newest = None
    while True:
        try:
            newest = prover.found.get_nowait()
        except queue.Empty:
            break
    if newest is None:
        return False
    state.offer(*newest)
    return True
