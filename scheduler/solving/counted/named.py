"""The named model: every talk in its session, room and time slot; exact in every term, for small conferences.

Counts leave out what only names can tell (time slots, orders, people within a track that runs in parallel with itself,
rooms of single talks). Where the search from below has nothing left to say and a gap remains, this model closes
it, as long as it is small enough to be solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.placing import Linear, Placing
from scheduler.solving.counted.problem import Plan, Problem
from scheduler.solving.counted.state import State, rounded_up
from scheduler.solving.search import new_solver

MOST = 60_000
"""Literals and conditions, as ``size`` counts them, up to which the model is worth a try."""


def size(problem: Problem) -> int:
    """About how large the model would be."""
    rooms, slots = problem.rooms, sum(problem.slots)
    cells = rooms * len(problem.slots)
    starts = len(problem.talks) * rooms * slots
    pairs = len(problem.together) * cells + len(problem.at_once) * slots
    ordered = sum(1 for talk in problem.talks if talk.order)
    return starts + pairs + ordered * len(problem.talks)


class NamedModel(Placing):
    """All talks, in all cells."""

    def __init__(self, problem: Problem) -> None:
        self.rooms, self.sessions = range(problem.rooms), problem.sessions
        cells = [(s, room) for s in self.sessions for room in self.rooms]
        super().__init__(problem, dict.fromkeys(range(len(problem.talks)), cells))
        self._cells()
        self._tracks()
        self.minimize()

    def _cells(self) -> None:
        """A cell belongs to one track, and to none without a talk."""
        model = self.model
        self.cell: dict[tuple[int, int, int], cp_model.IntVar] = {}
        for track, members in enumerate(self.problem.of_track):
            for s in self.sessions:
                for room in self.rooms:
                    literal = self.cell[track, s, room] = model.new_bool_var(f"{track} in {s} {room}")
                    standing = [self.at[number][s, room] for number in members if (s, room) in self.at[number]]
                    for each in standing:
                        model.add(each <= literal)
                    model.add(literal <= cp_model.LinearExpr.sum(standing))
                    self.add(literal, self.problem.cell(track, s, room))
        for s in self.sessions:
            for room in self.rooms:
                model.add_at_most_one(self.cell[track, s, room] for track in range(self.problem.tracks))

    def _tracks(self) -> None:
        """Rooms, lanes, gaps; and pairs of tracks."""
        model, problem, most = self.model, self.problem, self.problem.rooms
        self.held: dict[tuple[int, int], cp_model.IntVar] = {}
        lanes: dict[tuple[int, int], cp_model.IntVar] = {}
        for track, members in enumerate(self.problem.of_track):
            if not members:
                continue
            for s in self.sessions:
                cells = [self.cell[track, s, room] for room in self.rooms]
                held = self.held[track, s] = model.new_bool_var(f"{track} held {s}")
                lane = lanes[track, s] = model.new_int_var(0, most, f"{track} lanes {s}")
                model.add(lane == cp_model.LinearExpr.sum(cells))
                model.add_max_equality(held, cells)
                self.add(lane, problem.parallel)
                self.add(held, -problem.parallel)
            if problem.another_room:
                for room in self.rooms:
                    used = model.new_bool_var("")
                    model.add_max_equality(used, [self.cell[track, s, room] for s in self.sessions])
                    self.add(used, problem.another_room)
                self.add(1, -problem.another_room)
            if problem.gap:
                self._gap(track)
        for a, b, weight in self._kin():
            for s in self.sessions:
                pairs = model.new_int_var(0, most * most, "")
                model.add_multiplication_equality(pairs, [lanes[a, s], lanes[b, s]])
                self.add(pairs, weight)

    def _gap(self, track: int) -> None:
        begins = [self.held[track, 0]]
        for s in self.sessions[1:]:
            begin = self.model.new_bool_var("")
            self.model.add_bool_or(begin, ~self.held[track, s], self.held[track, s - 1])
            begins.append(begin)
        gap = self.model.new_bool_var(f"{track} gap")
        self.model.add(sum(begins) <= 1).only_enforce_if(~gap)
        self.add(gap, self.problem.gap)

    def _kin(self) -> Iterator[tuple[int, int, int]]:
        """Pairs of tracks that cost something in one session."""
        problem, tracks = self.problem, range(self.problem.tracks)
        for a in tracks:
            for b in tracks[a + 1 :]:
                weight = problem.beside[a][b]
                if weight and problem.of_track[a] and problem.of_track[b]:
                    yield a, b, weight

    def hint(self, plan: Plan) -> None:
        """Suggest a timetable."""
        begun: set[int] = set()
        for (s, room), row in sorted(plan.slots.items()):
            for slot, number in enumerate(row):
                if number is not None and number not in begun:
                    begun.add(number)
                    for key, literal in self.starts[number].items():
                        self.model.add_hint(literal, key == (s, room, slot))

    def plan(self, value: Callable[[Linear], int]) -> Plan:
        """The timetable of a solution."""
        rows = self.read(value)
        tracks = {cell: next(self.problem.talks[i].track for i in row if i is not None) for cell, row in rows.items()}
        return Plan(tracks, rows)


class Closer:
    """Runs the named model, where the conference is small enough for it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.finished = size(state.problem) > MOST
        """Nothing (more) to be had from it."""
        self._built: NamedModel | None = None

    def step(self, seconds: float) -> None:
        """One run, from the best timetable on.

        Raises:
            EngineError: it contradicts what is known.
        """
        state = self.state
        built = self._built = self._built or NamedModel(state.problem)
        if state.plan is not None:
            built.model.clear_hints()  # type: ignore[no-untyped-call]
            built.hint(state.plan)
        solver = new_solver(state.seed)
        solver.best_bound_callback = lambda bound: state.raise_bound(rounded_up(bound))
        status = state.solve(solver, built.model, seconds, _Watch(built, state))
        if status == cp_model.INFEASIBLE:
            if state.cost is not None:
                raise EngineError("the named model finds no timetable, although there is one")
            state.impossible = self.finished = True
        elif status == cp_model.OPTIMAL:
            state.raise_bound(round(solver.objective_value))
            self.finished = True
        elif status in (cp_model.FEASIBLE, cp_model.UNKNOWN):
            state.raise_bound(rounded_up(solver.best_objective_bound))


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on every better solution."""

    def __init__(self, built: NamedModel, state: State) -> None:
        super().__init__()
        self._built, self._state = built, state

    def on_solution_callback(self) -> None:
        """A better one."""
        if self._state.cost is None or self.objective_value < self._state.cost:
            self._state.take(self._built.plan(self.value))
