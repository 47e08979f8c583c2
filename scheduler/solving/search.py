"""Runs the solver: one set-up, one limit that several runs share, one way to stop, and the facts for the record."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ortools

from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model
from scheduler.outcome import Progress, Settings, Status

ORTOOLS = str(vars(ortools)["__version__"])
LARGE = 5_000
"""Variables above which probing pays and several workers start at once."""
OVERSHOOT = 0.3
"""Seconds after its limit at which the solver is stopped; after twice as many it is left to itself."""
SOLVER = "solver"
"""The name of threads in which the solver works."""

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


def new_solver(
    seed: int, seconds: float | None = None, workers: int = 1, effort: float | None = None
) -> cp_model.CpSolver:
    """A solver that leaves Ctrl-C to ``on_interrupt``.

    ``seconds`` of wall-clock time and ``effort`` in deterministic seconds are limits; None: without.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    return solver


@contextmanager
def on_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """Within it Ctrl-C calls ``stop`` and ends nothing; only the main thread can catch it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, lambda *_: stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def in_threads(*works: Callable[[], None], waiting: Callable[[], bool], stop: Callable[[], None]) -> None:
    """Run the works side by side, so that the main thread can take Ctrl-C, and wait for them.

    They are left to themselves when ``waiting``, asked several times a second, says False. When one of them fails, its
    error is raised here, after ``stop`` has been called.
    """
    failed: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  handed to the main thread
            failed.append(error)
            stop()

    threads = [threading.Thread(target=guarded, args=(work,), name=SOLVER, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive() and waiting():
            thread.join(0.2)
    if failed:
        raise failed[0]


@dataclass(slots=True)
class Answer:
    """One run of the solver: the values may be read only when ``found``."""

    status: Status
    solver: cp_model.CpSolver
    interrupted: bool

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


class Halt:
    """Stops the runs that share it."""

    def __init__(self) -> None:
        self._solvers: list[cp_model.CpSolver] = []
        self.over = False

    def watch(self, solver: cp_model.CpSolver) -> None:
        """The solver of a run that begins."""
        self._solvers.append(solver)

    def now(self) -> None:
        """Stop them; one that is only beginning does not hear it, so it is called until they have ended."""
        self.over = True
        for solver in self._solvers:
            solver.stop_search()


class Search:
    """Runs the solver under one common time limit, with Ctrl-C caught."""

    def __init__(self, settings: Settings, report: Callable[[Progress], None] | None = None) -> None:
        self.settings = settings
        self.report = report
        self.interrupted = False
        self._begun = time.monotonic()
        self.until = self._begun + settings.left
        """The limit, on the monotonic clock."""

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return self.until - time.monotonic()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Runs within this block end after so many seconds together."""
        until, self.until = self.until, min(self.until, time.monotonic() + seconds)
        try:
            yield
        finally:
            self.until = until

    def nothing(self) -> Answer:
        """What is known before a search."""
        return Answer(Status.UNKNOWN, new_solver(self.settings.seed), self.interrupted)

    def run(
        self,
        model: cp_model.CpModel,
        *,
        presolve: bool = True,
        effort: float | None = None,
        workers: int | None = None,
        seed: int | None = None,
        seconds: float | None = None,
        in_order: bool = False,
        plain: bool = False,
        by_core: bool = False,
        reported: bool = True,
        halt: Halt | None = None,
    ) -> Answer:
        """Solve once. ``effort`` bounds the work in deterministic seconds, ``seconds`` the wall clock further.

        ``in_order``: decide in the order that the model states, and in no other. ``plain``: learn from conflicts alone,
        without a linear relaxation and without simplifying what is known. ``by_core``: raise the bound by wishes that
        cannot all be had, rather than lower the cost step by step. ``reported``: the objective is a cost in points, and
        who watches is told how it falls. ``halt``: what stops it from outside.

        Raises:
            EngineError: the model itself is refused by the solver.
        """
        solver = new_solver(self.settings.seed if seed is None else seed, workers=workers or self.settings.workers or 1)
        parameters = solver.parameters
        parameters.cp_model_presolve = presolve
        if in_order:
            parameters.search_branching = cp_model.FIXED_SEARCH
        if in_order or plain:
            parameters.linearization_level = 0
            parameters.symmetry_level = 0
            parameters.use_sat_inprocessing = False
        parameters.optimize_with_core = by_core
        if in_order or plain or len(model.proto.variables) <= LARGE:
            parameters.cp_model_probing_level = 0
        if effort is not None:
            parameters.max_deterministic_time = effort
        limit = self.left if seconds is None else min(self.left, seconds)
        if self.interrupted or limit <= 0:
            return self.nothing()
        parameters.max_time_in_seconds = limit
        if problem := model.validate():
            raise EngineError(f"the model is not valid: {problem}")
        report = self.report if reported and model.has_objective() else None
        callback = _Watch(self._begun, report) if report else None
        if callback:
            solver.best_bound_callback = callback.bound
        if halt is not None:
            halt.watch(solver)
        raw = self._watched(solver, time.monotonic() + limit, lambda: solver.solve(model, callback))
        return Answer(_STATUS[raw], solver, self.interrupted)

    def side_by_side(self, halt: Halt, *works: Callable[[], None]) -> None:
        """Runs that share a ``halt``, on as many cores, or one after the other where only one worker may search."""
        if (self.settings.workers or os.cpu_count() or 1) == 1:
            for work in works:
                if not halt.over:
                    work()
            return

        def stop() -> None:
            self.interrupted = True
            halt.now()

        def waiting() -> bool:
            late = time.monotonic() - self.until
            if halt.over or late > OVERSHOOT:
                halt.now()
            return late <= 2 * OVERSHOOT

        with on_interrupt(stop):
            in_threads(*works, waiting=waiting, stop=halt.now)

    def _watched(
        self, solver: cp_model.CpSolver, until: float, work: Callable[[], cp_model.CpSolverStatus]
    ) -> cp_model.CpSolverStatus:
        """The solver works in a thread, so that the main one can take Ctrl-C and stop it with the best so far.

        A solver that does not look at its clock, as in the presolve of a large model, is left to itself.
        """
        if threading.current_thread() is not threading.main_thread():
            return work()
        done: list[cp_model.CpSolverStatus] = []

        def stop() -> None:
            self.interrupted = True
            solver.stop_search()

        def waiting() -> bool:
            late = time.monotonic() - until
            if self.interrupted or late > OVERSHOOT:
                solver.stop_search()
            return late <= 2 * OVERSHOOT

        with on_interrupt(stop):
            in_threads(lambda: done.append(work()), waiting=waiting, stop=stop)
        return done[0] if done else cp_model.UNKNOWN


def prove_again(model: cp_model.CpModel, search: Search, *, presolve: bool) -> None:
    """Raise EngineError where another search, with presolve or without, finds a timetable after all."""
    again = search.run(model, presolve=presolve, seconds=max(1.0, search.settings.time_limit / 2))
    if again.found:
        how = "with" if presolve else "without"
        raise EngineError(f"the solver called the scenario infeasible, but finds a timetable {how} presolve")


class _Watch(cp_model.CpSolverSolutionCallback):
    """Reports each better timetable and each better bound."""

    def __init__(self, begun: float, report: Callable[[Progress], None]) -> None:
        super().__init__()
        self._begun, self._report = begun, report
        self._cost: float | None = None
        self._bound: float | None = None

    def on_solution_callback(self) -> None:
        """A better timetable."""
        self._cost, self._bound = self.objective_value, self.best_objective_bound
        self._tell()

    def bound(self, value: float) -> None:
        """A better bound."""
        self._bound = value
        self._tell()

    def _tell(self) -> None:
        self._report(Progress(time.monotonic() - self._begun, self._cost, self._bound))


def facts_of(settings: Settings, **further: object) -> dict[str, object]:
    """Versions and settings of a search, for the record."""
    own = {"seed": settings.seed, "workers": settings.workers or 1, "time_limit": settings.time_limit}
    return {"ortools": ORTOOLS, **own, **further}


def fingerprint(model: cp_model.CpModel) -> str:
    """The sha256 of the exported model, which shows whether two solve the same one."""
    return hashlib.sha256(exported(model)).hexdigest()


def exported(model: cp_model.CpModel) -> bytes:
    """The model as a file; the same model gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        model.export_to_file(str(path))
        return path.read_bytes()
