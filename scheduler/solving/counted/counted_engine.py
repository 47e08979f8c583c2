"""Solves a scenario in the counted formulation: a first timetable, then one search from above and one from below.

The two run side by side on two threads, or in turns on one, until they meet; whatever stops them, the best timetable is
kept. The checker still has to confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model
from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.solving.counted import cliques
from scheduler.solving.counted.closing import Closer, Naming
from scheduler.solving.counted.counted_model import CountedModel
from scheduler.solving.counted.improving import Improver
from scheduler.solving.counted.problem import Problem
from scheduler.solving.counted.proving import Prover, track_bounds
from scheduler.solving.counted.shared_state import SharedState
from scheduler.solving.counted.start import first
from scheduler.solving.counted.translation import Translation
from scheduler.solving.search import in_threads, new_solver, on_interrupt

PROOF_SHARE = 0.2
"""The search from below gets at least this part of the work, however well the other one does."""
OVERSHOOT = 0.5
"""The engine waits this many seconds after the limit for its threads."""
LONGEST_REST = 2.0
"""In seconds of computing by the other search."""
FIRST_TURN = 0.5
"""Seconds of work in the first turn when the searches share one thread."""
TURN_GROWTH = 1.6
"""Each turn is longer than the one before by this factor."""


def solve_counted(
    naming: Naming,
    settings: Settings,
    workers: int,
    facts: Mapping[str, object],
    report: Callable[[Progress], None] | None = None,
) -> Outcome:
    """The cheapest timetable found in the time that is left, with the cost that the counts give.

    Raises:
        EngineError: two searches contradict each other.
    """
    translation = naming.translation
    discount, prohibitive = translation.discount, translation.prohibitive

    def tell(progress: Progress) -> None:
        points = None if progress.cost is None or progress.cost >= prohibitive else progress.cost - discount
        if report:
            report(Progress(progress.seconds, points, max(0, min(progress.bound or 0, prohibitive) - discount)))

    found = solve_problem(
        translation.problem,
        time_limit=settings.left,
        seed=settings.seed,
        workers=workers,
        report=tell if report else None,
        naming=naming,
    )
    if not found.impossible and found.bound >= prohibitive:
        _prove_again(translation, settings)
    if found.impossible or found.bound >= prohibitive:
        return Outcome(Status.INFEASIBLE, interrupted=found.interrupted, solver=facts)
    if found.plan is None or found.cost is None or found.cost >= prohibitive:
        return Outcome(Status.UNKNOWN, interrupted=found.interrupted, solver=facts)
    return Outcome(
        Status.OPTIMAL if found.proved else Status.FEASIBLE,
        translation.timetable(found.plan),
        found.cost - discount,
        max(0, found.bound - discount),
        interrupted=found.interrupted,
        solver=facts,
    )


def _prove_again(translation: Translation, settings: Settings) -> None:
    """Raises unless a search of another seed, its turns on one thread, finds no timetable either."""
    again = solve_problem(translation.problem, time_limit=settings.left, seed=settings.seed + 1, workers=1)
    if again.cost is not None and again.cost < translation.prohibitive:
        raise EngineError("the counts call the scenario infeasible, but another search finds a timetable")


def solve_problem(
    problem: Problem,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int = 2,
    report: Callable[[Progress], None] | None = None,
    naming: Naming | None = None,
) -> SharedState:
    """The cheapest timetable that can be found in ``time_limit`` seconds, and a bound: no timetable costs less.

    ``naming``: what closes the gap that counts leave; None: it stays.

    Raises:
        EngineError: one search contradicts another.
    """
    state = SharedState(problem, time_limit, seed, min(workers, 2), report)

    def stop() -> None:
        state.interrupted = True
        state.stop()

    with on_interrupt(stop):
        _search(state, workers, naming)
    return state


def _search(state: SharedState, workers: int, naming: Naming | None) -> None:
    _run(state, lambda: _begin(state))
    if state.over:
        return
    state.raise_bound(cliques.bound(state.problem))
    bounds: list[int] = []
    _run(state, lambda: bounds.extend(track_bounds(state)))
    if len(bounds) < state.problem.tracks:
        return
    prover, closer, improver = Prover(state, bounds), Closer(state, naming), Improver(state, bounds)
    if workers > 1:
        helper = Improver(state, bounds, state.seed + 1)
        below = partial(_prove, state, prover, closer, helper)
        _run(state, below, partial(_improve, state, prover, closer, improver), watch=prover.look)
    else:
        _run(state, lambda: _take_turns(state, prover, closer, improver))


def _run(state: SharedState, *works: Callable[[], None], watch: Callable[[], None] = lambda: None) -> None:
    """Side by side; a thread that does not look at the clock is left to itself some time after the limit.

    ``watch`` is called several times a second.
    """

    def waiting() -> bool:
        watch()
        return state.left > -OVERSHOOT

    in_threads(*works, waiting=waiting, stop=state.stop)
    state.close_if_late()


def _begin(state: SharedState) -> None:
    """A first timetable: greedily, or by the solver where that finds none."""
    start = first(state.problem)
    if start is not None:
        state.offer(*start)
    while state.cost is None and not state.over:
        built = CountedModel(state.problem, [0] * state.problem.tracks, cuts=state.cuts, named_rooms=True)
        built.model.clear_objective()  # type: ignore[no-untyped-call]
        status, solver = _solve_twice(state, built.model)
        if status == cp_model.INFEASIBLE:
            state.impossible = True
            state.stop()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            state.offer(*built.read(solver.value))


def _solve_twice(state: SharedState, model: cp_model.CpModel) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
    """INFEASIBLE only when the solver says so with and without presolve."""
    status = cp_model.UNKNOWN
    for presolve in (True, False):
        solver = new_solver(state.seed)
        solver.parameters.cp_model_presolve = presolve
        status = state.solve(solver, model)
        if status != cp_model.INFEASIBLE:
            break
    return status, solver


def _prove(state: SharedState, prover: Prover, closer: Closer, helper: Improver) -> None:
    """The search from below; its thread helps the other one while that makes progress, and where a proof stalls."""
    while not state.over:
        if state.productive and prover.spent >= PROOF_SHARE * state.worked:
            helper.step()
        elif not prover.finished:
            begun = state.worked
            prover.step()
            until = state.worked + (state.worked - begun) / 2
            while prover.stalled and not state.over and state.worked < until:
                helper.step()
        elif not closer.step():
            helper.step()


def _improve(state: SharedState, prover: Prover, closer: Closer, improver: Improver) -> None:
    """The search from above; without progress it leaves half its time to names, or most of it to that from below."""
    next_by_name = 0.0
    while not state.over:
        if _offer_newest(state, prover):
            continue
        begun = state.worked
        improver.step()
        if not state.productive and state.worked >= next_by_name:
            before = state.worked
            if closer.step():
                next_by_name = 2 * state.worked - before
                continue
        if not (state.productive or prover.finished or prover.stalled):
            state.rest(min(LONGEST_REST, 2 * (state.worked - begun)))


def _take_turns(state: SharedState, prover: Prover, closer: Closer, improver: Improver) -> None:
    turn = FIRST_TURN
    while not state.over:
        until = state.worked + turn
        while not state.over and state.worked < until:
            improver.step()
        until = state.worked + turn
        while not state.over and not prover.finished and state.worked < until:
            prover.step(max(FIRST_TURN, until - state.worked))
            _offer_newest(state, prover)
        if not state.over and not state.productive:
            closer.step()
        turn *= TURN_GROWTH


def _offer_newest(state: SharedState, prover: Prover) -> bool:
    """Offer the newest of the prover's solutions; False when there is no new one."""
    if not prover.found:
        return False
    state.offer(*prover.found.pop())
    return True
