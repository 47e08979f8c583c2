"""The named model: every talk in its session, room and time slot; exact in every term, for small conferences.

Counts leave out what only names can tell (time slots, orders, people within a track that runs in parallel with itself,
rooms of single talks). Where the search from below has nothing left to say and a gap remains, this model closes
it, as long as it is small enough to be solved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeAlias

from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.groups import Digest
from scheduler.solving.counted.problem import Plan
from scheduler.solving.counted.state import State, rounded_up
from scheduler.solving.search import new_solver

MOST = 60_000
"""Literals and conditions, as ``size`` counts them, up to which the model is worth a try."""

Linear: TypeAlias = cp_model.LinearExpr
Cell = tuple[int, int]


def size(digest: Digest) -> int:
    """About how large the model would be."""
    problem = digest.problem
    rooms, slots = problem.rooms, sum(problem.slots)
    cells = rooms * len(problem.slots)
    starts = len(problem.talks) * rooms * slots
    pairs = len(digest.problem.together) * cells + len(digest.problem.at_once) * slots
    ordered = sum(1 for talk in problem.talks if talk.order)
    return starts + pairs + ordered * len(problem.talks)


class NamedModel:
    """Built whole; ``search`` solves it."""

    def __init__(self, digest: Digest) -> None:
        self.digest, self.problem = digest, digest.problem
        self.model = cp_model.CpModel()
        self.costs: list[tuple[Linear | int, int]] = []
        self.rooms = range(self.problem.rooms)
        self.sessions = self.problem.sessions
        self._place()
        self._cells()
        self._tracks()
        self._people()
        for track in range(self.problem.tracks):
            self._order(track)
        terms, weights = [term for term, _ in self.costs], [weight for _, weight in self.costs]
        self.cost = cp_model.LinearExpr.weighted_sum(terms, weights)
        self.model.minimize(self.cost)

    def _add(self, term: Linear | int, weight: int) -> None:
        if weight:
            self.costs.append((term, weight))

    # --- where everybody is ----------------------------------------------------------------------------------

    def _place(self) -> None:
        """A start for each talk; no two at one place in one time slot."""
        problem, model = self.problem, self.model
        self.starts: list[dict[tuple[int, int, int], cp_model.IntVar]] = []
        occupied: dict[tuple[int, int, int], list[Linear]] = defaultdict(list)
        for number, talk in enumerate(problem.talks):
            starts = {
                (s, room, slot): model.new_bool_var(f"{number} at {s} {room} {slot}")
                for s, slots in enumerate(problem.slots)
                for room in self.rooms
                for slot in range(slots - talk.need + 1)
            }
            model.add_exactly_one(starts.values())
            for (s, room, slot), literal in starts.items():
                self._add(literal, talk.in_session[s] + talk.in_room[room])
                for step in range(talk.need):
                    occupied[s, room, slot + step].append(literal)
            self.starts.append(starts)
        for literals in occupied.values():
            model.add(cp_model.LinearExpr.sum(literals) <= 1)

    def _at(self, number: int) -> dict[Cell, Linear]:
        """For each cell, 1 where the talk stands in it."""
        cells: dict[Cell, list[Linear]] = defaultdict(list)
        for (s, room, _), literal in self.starts[number].items():
            cells[s, room].append(literal)
        return {cell: cp_model.LinearExpr.sum(literals) for cell, literals in cells.items()}

    def _during(self, number: int) -> dict[tuple[int, int], Linear]:
        """For each time slot of a session, 1 where the talk takes it."""
        slots: dict[tuple[int, int], list[Linear]] = defaultdict(list)
        for (s, _, slot), literal in self.starts[number].items():
            for step in range(self.problem.talks[number].need):
                slots[s, slot + step].append(literal)
        return {key: cp_model.LinearExpr.sum(literals) for key, literals in slots.items()}

    # --- cells and tracks ------------------------------------------------------------------------------------

    def _cells(self) -> None:
        """A cell belongs to one track, and to none without a talk."""
        model = self.model
        self.at = [self._at(number) for number in range(len(self.problem.talks))]
        self.cell: dict[tuple[int, int, int], cp_model.IntVar] = {}
        for track, members in enumerate(self.problem.of_track):
            for s in self.sessions:
                for room in self.rooms:
                    literal = self.cell[track, s, room] = model.new_bool_var(f"{track} in {s} {room}")
                    standing = [self.at[number][s, room] for number in members if (s, room) in self.at[number]]
                    for each in standing:
                        model.add(each <= literal)
                    model.add(literal <= cp_model.LinearExpr.sum(standing))
                    self._add(literal, self.digest.problem.cell(track, s, room))
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
                self._add(lane, problem.parallel)
                self._add(held, -problem.parallel)
            if problem.another_room:
                for room in self.rooms:
                    used = model.new_bool_var("")
                    model.add_max_equality(used, [self.cell[track, s, room] for s in self.sessions])
                    self._add(used, problem.another_room)
                self._add(1, -problem.another_room)
            if problem.gap:
                self._gap(track)
        for a, b, weight in self._kin():
            for s in self.sessions:
                pairs = model.new_int_var(0, most * most, "")
                model.add_multiplication_equality(pairs, [lanes[a, s], lanes[b, s]])
                self._add(pairs, weight)

    def _gap(self, track: int) -> None:
        begins = [self.held[track, 0]]
        for s in self.sessions[1:]:
            begin = self.model.new_bool_var("")
            self.model.add_bool_or(begin, ~self.held[track, s], self.held[track, s - 1])
            begins.append(begin)
        gap = self.model.new_bool_var(f"{track} gap")
        self.model.add(sum(begins) <= 1).only_enforce_if(~gap)
        self._add(gap, self.problem.gap)

    def _kin(self) -> Iterator[tuple[int, int, int]]:
        """Pairs of tracks that cost something in one session."""
        problem, tracks = self.problem, range(self.problem.tracks)
        for a in tracks:
            for b in tracks[a + 1 :]:
                weight = problem.beside[a][b]
                if weight and problem.of_track[a] and problem.of_track[b]:
                    yield a, b, weight

    # --- people ----------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Conflicting pairs in one session and two rooms, and in one time slot."""
        model = self.model
        for (a, b), weight in self.digest.problem.together.items():
            for s in self.sessions:
                here = [(self.at[a].get((s, room), 0), self.at[b].get((s, room), 0)) for room in self.rooms]
                other = cp_model.LinearExpr.sum([two for _, two in here])
                apart = model.new_bool_var("")
                for one, two in here:
                    model.add(apart >= one + other - two - 1)
                self._add(apart, weight)
        during = {number: self._during(number) for pair in self.digest.problem.at_once for number in pair}
        for (a, b), weight in self.digest.problem.at_once.items():
            for key in during[a].keys() & during[b].keys():
                shared = model.new_bool_var("")
                model.add(shared >= during[a][key] + during[b][key] - 1)
                self._add(shared, weight)

    # --- order -----------------------------------------------------------------------------------------------

    def _order(self, track: int) -> None:
        """Where a talk is in the walk: one more than how many of its track stand before it."""
        members = self.problem.of_track[track]
        ordered = [number for number in members if self.problem.talks[number].order]
        if not ordered:
            return
        model, longest = self.model, max(self.problem.slots)
        index = {}
        for number in members:
            starts = self.starts[number]
            ranks = [(s * len(self.rooms) + room) * longest + slot for s, room, slot in starts]
            index[number] = cp_model.LinearExpr.weighted_sum(list(starts.values()), ranks)
        before: dict[tuple[int, int], Linear] = {}
        for number in ordered:
            earlier: list[Linear] = []
            for other in members:
                if other != number:
                    if (number, other) in before:
                        earlier.append(1 - before[number, other])
                        continue
                    literal = model.new_bool_var("")
                    model.add(index[other] < index[number]).only_enforce_if(literal)
                    model.add(index[other] > index[number]).only_enforce_if(~literal)
                    before[other, number] = literal
                    earlier.append(literal)
            wrong = model.new_bool_var(f"{number} out of order")
            place = self.problem.talks[number].order
            model.add(cp_model.LinearExpr.sum(earlier) + 1 == place).only_enforce_if(~wrong)
            self._add(wrong, self.problem.out_of_order)
        during = {number: self._during(number) for number in ordered}
        for i, a in enumerate(ordered):
            for b in ordered[i + 1 :]:
                for key in during[a].keys() & during[b].keys():
                    shared = model.new_bool_var("")
                    model.add(shared >= during[a][key] + during[b][key] - 1)
                    self._add(shared, self.problem.out_of_order)

    # --- answers ---------------------------------------------------------------------------------------------

    def hint(self, plan: Plan) -> None:
        """Suggest a timetable."""
        begun: set[int] = set()
        for (s, room), row in sorted(plan.slots.items()):
            for slot, number in enumerate(row):
                if number is not None and number not in begun:
                    begun.add(number)
                    for key, literal in self.starts[number].items():
                        self.model.add_hint(literal, key == (s, room, slot))

    def read(self, value: Callable[[Linear], int]) -> Plan:
        """The timetable of a solution."""
        tracks: dict[Cell, int] = {}
        rows: dict[Cell, list[int | None]] = {}
        for (track, s, room), literal in self.cell.items():
            if value(literal):
                tracks[s, room] = track
                rows[s, room] = [None] * self.problem.slots[s]
        for number, starts in enumerate(self.starts):
            s, room, slot = next(key for key, literal in starts.items() if value(literal))
            for step in range(self.problem.talks[number].need):
                rows[s, room][slot + step] = number
        return Plan(tracks, {cell: tuple(row) for cell, row in rows.items()})


class Closer:
    """Runs the named model, where the conference is small enough for it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.finished = size(state.digest) > MOST
        """Nothing (more) to be had from it."""
        self._built: NamedModel | None = None

    def step(self, seconds: float) -> None:
        """One run, from the best timetable on.

        Raises:
            EngineError: it contradicts what is known.
        """
        state = self.state
        built = self._built = self._built or NamedModel(state.digest)
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
            self._state.take(self._built.read(self.value))
