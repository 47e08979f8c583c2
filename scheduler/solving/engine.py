"""Solves a scenario with CP-SAT, and lets nothing out that the checker has not confirmed.

Stages: the cheapest timetable; is it the only one; if not, the first of the equally good ones in a fixed order (the
lexicographically smallest starts, then rooms), so that seed and number of workers cannot show in the answer.
"""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import ortools

from scheduler.arithmetic.capacity import too_little
from scheduler.checking import Report, check
from scheduler.domain.timetable import Timetable
from scheduler.errors import EngineError, OutOfTime
from scheduler.model.cpsat import cp_model
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Outcome, Status, Ties
from scheduler.scenario import Scenario
from scheduler.solving.formulation import Choice, Formulation, choose

if TYPE_CHECKING:
    from scheduler.solving.counted.translation import Translation

ORTOOLS = str(vars(ortools)["__version__"])
LARGE = 5_000
"""Variables above which probing pays and several workers start at once."""
GLANCE = 0.05
"""Deterministic seconds after which needs are added up, should the search not have answered by then."""
MOST_QUESTIONS = 200_000
"""Needs are added up where no more questions than these have to be asked of the rules."""
MOST_ADDING = 5.0
"""Seconds that adding up may take, and no more than a twelfth of what is left."""
FIRST_EFFORT = 2.0
"""Deterministic seconds that one worker gets before all cores are called."""
CHUNK_BITS = 40
"""Starts are compared in chunks of this many bits, to keep objectives well inside 64."""
MOST_TIES = 50
"""Equally good timetables are counted up to this many."""
OVERSHOOT = 0.3
"""Seconds by which the solver may pass its limit before it is stopped, and again before nobody waits for it."""
SOLVER = "solver"
"""Name of the thread in which the solver works."""
TIES_EFFORT = 3.0
"""Deterministic seconds for counting them."""

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search; nothing here changes which timetable is the answer once it is proved."""

    time_limit: float = 60.0
    """Seconds of wall-clock time for everything."""
    seed: int = 0
    workers: int | None = None
    """Solver threads; None: one, and all cores when one has not sufficed."""
    until: float | None = None
    """On the monotonic clock: when whatever uses these settings must have ended, where several do; no later than
    ``time_limit`` allows."""

    @property
    def left(self) -> float:
        """Seconds that a search which begins now may take."""
        return self.time_limit if self.until is None else min(self.time_limit, self.until - time.monotonic())


class Budget:
    """A time limit that several searches share, from the moment it is made."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._until = settings, time.monotonic() + settings.left

    @property
    def left(self) -> float:
        """Seconds until the limit, 0 at least."""
        return max(0.0, self._until - time.monotonic())

    def settings(self, part: float = 1.0, **changes: int | None) -> Settings:
        """Settings with what is left of the time, or a part of it."""
        return replace(self._settings, time_limit=self.left * part, **changes)  # type: ignore[arg-type]  # workers, seed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is; seconds since it began, cost and bound in points."""

    seconds: float
    cost: float | None
    bound: float | None


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

    def run(
        self,
        model: cp_model.CpModel,
        *,
        presolve: bool = True,
        effort: float | None = None,
        workers: int | None = None,
        seed: int | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """Solve once. ``effort`` bounds the work in deterministic seconds, ``seconds`` the wall clock further.

        Raises:
            EngineError: the model itself is refused by the solver.
        """
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = workers or self.settings.workers or 1
        parameters.random_seed = self.settings.seed if seed is None else seed
        parameters.cp_model_presolve = presolve
        parameters.catch_sigint_signal = False
        if len(model.proto.variables) <= LARGE:
            parameters.cp_model_probing_level = 0
        if effort is not None:
            parameters.max_deterministic_time = effort
        limit = self.left if seconds is None else min(self.left, seconds)
        if self.interrupted or limit <= 0:
            return Answer(Status.UNKNOWN, solver, self.interrupted)
        parameters.max_time_in_seconds = limit
        if problem := model.validate():
            raise EngineError(f"the model is not valid: {problem}")
        callback = _Watch(self._begun, self.report) if self.report and model.has_objective() else None
        if callback:
            solver.best_bound_callback = callback.bound
        with self._interruptible(solver, time.monotonic() + limit) as wait:
            raw = wait(lambda: solver.solve(model, callback))
        return Answer(_STATUS[raw], solver, self.interrupted)

    @contextmanager
    def _interruptible(
        self, solver: cp_model.CpSolver, until: float
    ) -> Iterator[Callable[[Callable[[], cp_model.CpSolverStatus]], cp_model.CpSolverStatus]]:
        """The solver works in a thread, so that the main one can take Ctrl-C and stop it with the best so far.

        A solver that does not look at its clock, as in the presolve of a large model, is left to itself.
        """
        if threading.current_thread() is not threading.main_thread():
            yield lambda work: work()
            return

        def stop(*_: object) -> None:
            self.interrupted = True
            solver.stop_search()

        def wait(work: Callable[[], cp_model.CpSolverStatus]) -> cp_model.CpSolverStatus:
            done: list[cp_model.CpSolverStatus] = []
            failed: list[BaseException] = []

            def run() -> None:
                try:
                    done.append(work())
                except BaseException as error:  # noqa: BLE001  handed to the main thread
                    failed.append(error)

            thread = threading.Thread(target=run, name=SOLVER, daemon=True)
            thread.start()
            while thread.is_alive():
                thread.join(0.2)
                late = time.monotonic() - until
                if self.interrupted or late > OVERSHOOT:
                    solver.stop_search()
                if late > 2 * OVERSHOOT:
                    return cp_model.UNKNOWN
            if failed:
                raise failed[0]
            return done[0]

        previous = signal.signal(signal.SIGINT, stop)
        try:
            yield wait
        finally:
            signal.signal(signal.SIGINT, previous)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of each better timetable and each better bound."""

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


def build(scenario: Scenario, deadline: float | None = None) -> ScheduleModel:
    """The model with every rule posted and the cost to be minimised.

    Raises:
        OutOfTime: the ``deadline``, on the monotonic clock, has passed.
    """
    model = ScheduleModel(scenario, deadline)
    for rule in scenario.all_rules:
        rule.post(model)
    model.deadline = None
    if model.costs:
        model.cp.minimize(model.cost)
    return model


def solve(
    scenario: Scenario,
    settings: Settings | None = None,
    report: Callable[[Progress], None] | None = None,
    choice: Choice | None = None,
) -> Outcome:
    """Find the cheapest timetable that keeps every hard rule, in the formulation chosen; None chooses.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    search = Search(settings or Settings(), report)
    settings = search.settings
    try:
        if too_little(scenario):
            return Outcome(Status.INFEASIBLE, solver={"ortools": ORTOOLS}, reasons=_too_much(scenario, search))
        choice = choice or choose(scenario)
        if choice.translation is not None and (reasons := _too_much(scenario, search, whole=True)):
            counted = {"ortools": ORTOOLS, "formulation": str(Formulation.COUNTED)}
            return Outcome(Status.INFEASIBLE, solver=counted, reasons=reasons)
        if choice.translation is not None:
            return _count_sessions(choice.translation, replace(settings, until=search.until), report)
        model = build(scenario, search.until)
        print_of_model = fingerprint(model.cp)
    except OutOfTime:
        return Outcome(Status.UNKNOWN, unbuilt=True)
    facts = {
        "ortools": ORTOOLS,
        "seed": settings.seed,
        "workers": settings.workers or 1,
        "time_limit": settings.time_limit,
        "model_sha256": print_of_model,
    }
    glance = _glance(model, search)
    if glance is None or not (glance.found or _settled(glance)):
        reasons = _too_much(scenario, search)
        if reasons:
            return Outcome(Status.INFEASIBLE, solver=facts, reasons=reasons)
    answer = glance if glance is not None and _settled(glance) else _cheapest(model, search, glance)
    if answer.status is Status.INFEASIBLE:
        _prove_again(model, search)
        return Outcome(answer.status, solver=facts, reasons=_too_much(scenario, search))
    if not answer.found:
        return Outcome(answer.status, interrupted=answer.interrupted, solver=facts)
    timetable = model.read(answer.solver)
    bound = round(answer.solver.best_objective_bound) if model.costs else 0
    proved = answer.status is Status.OPTIMAL
    claimed = round(answer.solver.objective_value) if model.costs else 0
    ties, canonical = None, False
    if proved:
        with suppress(OutOfTime):  # the timetable is the cheapest all the same
            timetable, ties, canonical = _settle(model, timetable, claimed, search)
    confirmed = confirm(scenario, timetable, claimed if proved else None)
    return Outcome(
        answer.status,
        timetable,
        confirmed.cost,
        bound,
        confirmed.violations,
        ties,
        canonical,
        search.interrupted,
        facts,
    )


def _count_sessions(translation: Translation, settings: Settings, report: Callable[[Progress], None] | None) -> Outcome:
    """Solve in the counted formulation: one search from above and one from below, each on a core of its own."""
    from scheduler.solving.counted.solving import solve_counted

    workers = settings.workers or min(2, os.cpu_count() or 1)
    facts = {
        "ortools": ORTOOLS,
        "formulation": str(Formulation.COUNTED),
        "seed": settings.seed,
        "workers": workers,
        "time_limit": settings.time_limit,
    }
    return solve_counted(
        translation,
        facts,
        time_limit=settings.left,
        seed=settings.seed,
        workers=workers,
        report=None if report is None else lambda *far: report(Progress(*far)),
    )


def confirm(scenario: Scenario, timetable: Timetable, claimed: int | None) -> Report:
    """Have the checker confirm a timetable of the solver, and its cost where one is ``claimed``.

    Raises:
        EngineError: it does not.
    """
    confirmed = check(scenario, timetable)
    if confirmed.broken:
        violation = confirmed.broken[0]
        raise EngineError(f"the solver's timetable breaks '{violation.id}': {violation.message}")
    if claimed is not None and confirmed.cost != claimed:
        raise EngineError(f"the solver's timetable costs {confirmed.cost}, the solver says {claimed}")
    return confirmed


def _glance(model: ScheduleModel, search: Search) -> Answer | None:
    """What is found in next to no time: most scenarios of some days are settled so. None: not looked."""
    if search.settings.workers not in (None, 1) or len(model.cp.proto.variables) > LARGE:
        return None
    answer = search.run(model.cp, effort=GLANCE)
    if answer.found and not _settled(answer):
        model.hint(model.read(answer.solver))
    return answer


def _settled(answer: Answer) -> bool:
    """Whether nothing is left to be searched for."""
    return answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or answer.interrupted


def _too_much(scenario: Scenario, search: Search, *, whole: bool = False) -> tuple[str, ...]:
    """What does not add up: a proof that there is no timetable, of which search may find nothing for hours.

    ``whole``: of the calendar as a whole, which is quick for hundreds of sessions too.
    """
    from scheduler.arithmetic.shortage import Arithmetic, in_total, said

    until = time.monotonic() + min(MOST_ADDING, max(0.0, search.left) / 12)
    arithmetic = Arithmetic(scenario, until, whole)
    if arithmetic.alone.effort() > MOST_QUESTIONS:
        total = in_total(scenario)
        return () if total is None else said([total])
    return said(arithmetic.shortages())


def _cheapest(model: ScheduleModel, search: Search, known: Answer | None = None) -> Answer:
    """One worker first (no thread to start, the same search everywhere), all cores if that has not sufficed.

    What is ``known`` already stays the answer where nothing further is found in time.
    """
    asked, best = search.settings.workers, known
    if asked is None and len(model.cp.proto.variables) <= LARGE:
        answer = search.run(model.cp, effort=FIRST_EFFORT)
        if answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or (search.interrupted and answer.found):
            return answer
        if answer.found:
            model.hint(model.read(answer.solver))
            best = answer
    further = search.run(model.cp, workers=asked or os.cpu_count() or 1)
    settled = further.found or further.status is Status.INFEASIBLE or best is None or not best.found
    return further if settled or best is None else replace(best, interrupted=search.interrupted)


def _prove_again(model: ScheduleModel, search: Search) -> None:
    """INFEASIBLE is said only when it is found without presolve too."""
    again = search.run(model.cp, presolve=False, seconds=max(1.0, search.settings.time_limit / 2))
    if again.found:
        raise EngineError("the solver called the scenario infeasible, but finds a timetable without presolve")


def _settle(model: ScheduleModel, found: Timetable, cost: int, search: Search) -> tuple[Timetable, Ties | None, bool]:
    """Of all timetables of least cost the first in the fixed order, and how many there are."""
    pool = model.cp.clone()
    model_of_ties = model.over(pool)
    _without_objective(pool)
    if model.costs:
        pool.add(model.cost <= cost)
    first = found
    if search.run(_without(model_of_ties, [found]), presolve=False).status is Status.INFEASIBLE:
        return found, Ties(1, exact=True), True
    for chunk in model_of_ties.order(CHUNK_BITS):
        pool.minimize(chunk)
        answer = search.run(pool)
        if answer.status is not Status.OPTIMAL:
            return found, None, False
        first = model.read(answer.solver)
        _without_objective(pool)
        pool.add(chunk == round(answer.solver.objective_value))
    return first, _count(model, cost, first, search), True


def _without(model: ScheduleModel, no_goods: list[Timetable]) -> cp_model.CpModel:
    other = model.over(model.cp.clone())
    for timetable in no_goods:
        other.add_no_good(timetable)
    return other.cp


def _count(model: ScheduleModel, cost: int, first: Timetable, search: Search) -> Ties:
    """Count timetables of least cost one by one, up to a limit; one worker and one seed, whatever the settings.

    There are at least two, or nobody would count; a count that the clock has cut short says no more than that.
    """
    pool = model.over(model.cp.clone())
    _without_objective(pool.cp)
    if model.costs:
        pool.cp.add(model.cost <= cost)
    pool.add_no_good(first)
    count, effort = 1, TIES_EFFORT
    while count < MOST_TIES and effort > 0:
        answer = search.run(pool.cp, presolve=False, effort=effort, workers=1, seed=0)
        if answer.status is Status.INFEASIBLE:
            return Ties(count, exact=True)
        if not answer.found and search.left <= 0:
            return Ties(2, exact=False)
        if not answer.found:
            break
        count += 1
        effort -= answer.solver.response_proto.deterministic_time
        pool.add_no_good(model.read(answer.solver))
    return Ties(max(count, 2), exact=False)


def _without_objective(cp: cp_model.CpModel) -> None:
    cp.clear_objective()  # type: ignore[no-untyped-call]  # OR-tools leaves it untyped


def fingerprint(model: cp_model.CpModel) -> str:
    """sha256 of the exported model, so that anyone can tell whether they solve the same one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        model.export_to_file(str(path))
        return hashlib.sha256(path.read_bytes()).hexdigest()
