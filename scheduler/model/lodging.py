"""Gives out rooms once the times are known: exactly, and each body keeps to few of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model

EFFORT = 1.0
"""Deterministic seconds for few rooms a body; rooms for all are found at once."""


def lodged(
    programme: Programme,
    spans: Mapping[SessionId, Sequence[tuple[int, int]]],
    rooms: Mapping[SessionId, Collection[RoomId]],
    *,
    exclusive: bool,
) -> dict[SessionId, RoomId]:
    """A room for each session, one of those that are left to it; with ``exclusive`` no two share a minute of one.

    ``spans`` are ranges of positions on the axis. The same input gives the same rooms.

    Raises:
        EngineError: there are none.
    """
    cp, sits = _model(programme, spans, rooms, exclusive=exclusive)
    used = []
    for body in programme.bodies:
        for room in programme.rooms:
            sessions = [SessionId(session.id) for session in body.sessions]
            among = [sits[session][room.id] for session in sessions if room.id in sits.get(session, ())]
            if len(among) > 1:
                used.append(cp.new_bool_var(f"{body.id} uses {room.id}"))
                cp.add_max_equality(used[-1], among)
    plain = cp.clone()
    cp.minimize(cp_model.LinearExpr.sum(used))
    solver = _solved(cp, EFFORT) or _solved(plain, None)
    if solver is None:
        raise EngineError("no rooms could be given to sessions whose places had been counted")
    return _given(sits, solver.boolean_value)


def lodgings(
    programme: Programme,
    spans: Mapping[SessionId, Sequence[tuple[int, int]]],
    rooms: Mapping[SessionId, Collection[RoomId]],
    most: int,
    *,
    exclusive: bool,
) -> list[dict[SessionId, RoomId]]:
    """All the ways in which rooms can be given out as in `lodged`, at most so many; the same input gives the same."""
    cp, sits = _model(programme, spans, rooms, exclusive=exclusive)
    ways = _Ways(sits, most)
    solver = _solver()
    solver.parameters.enumerate_all_solutions = True
    solver.solve(cp, ways)
    return ways.found


Sits: TypeAlias = Mapping[SessionId, Mapping[str, cp_model.IntVar]]


class _Ways(cp_model.CpSolverSolutionCallback):
    """Keeps what the solver finds, and stops it when that is enough."""

    def __init__(self, sits: Sits, most: int) -> None:
        super().__init__()
        self._sits, self._most = sits, most
        self.found: list[dict[SessionId, RoomId]] = []

    def on_solution_callback(self) -> None:
        """One more."""
        self.found.append(_given(self._sits, self.boolean_value))
        if len(self.found) >= self._most:
            self.stop_search()


def _model(
    programme: Programme,
    spans: Mapping[SessionId, Sequence[tuple[int, int]]],
    rooms: Mapping[SessionId, Collection[RoomId]],
    *,
    exclusive: bool,
) -> tuple[cp_model.CpModel, Sits]:
    cp = cp_model.CpModel()
    sits: Sits = {
        session: {
            room.id: cp.new_bool_var(f"{session} {room.id}") for room in programme.rooms if room.id in rooms[session]
        }
        for session in spans
    }
    for literals in sits.values():
        cp.add_exactly_one(literals.values())
    for position in sorted({begin for of in spans.values() for begin, _ in of} if exclusive else ()):
        here = [s for s, of in spans.items() if any(a <= position < b for a, b in of)]
        for room in programme.rooms:
            cp.add_at_most_one(sits[session][room.id] for session in here if room.id in sits[session])
    return cp, sits


def _given(sits: Sits, value: Callable[[cp_model.IntVar], bool]) -> dict[SessionId, RoomId]:
    return {
        session: RoomId(next(room for room, literal in literals.items() if value(literal)))
        for session, literals in sits.items()
    }


def _solved(cp: cp_model.CpModel, effort: float | None) -> cp_model.CpSolver | None:
    solver = _solver()
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    return solver if solver.solve(cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _solver() -> cp_model.CpSolver:
    """Without presolve, which finds nothing here and takes fifty times as long as the search."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers, parameters.random_seed = 1, 0
    parameters.cp_model_presolve, parameters.cp_model_probing_level, parameters.symmetry_level = False, 0, 0
    return solver
