"""From counts to a timetable: the room of each lane, the session of each talk, then lanes and time slots.

Most tracks have one lane in a session and nothing to lose: their talks stand one after the other, by order. Tracks with
several lanes, or with people who are wanted elsewhere at the same time, go into a small exact model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.counted_model import one_a_room
from scheduler.solving.counted.problem import CellPlan, Cells, Counted, Problem, Slots, TrackCounts
from scheduler.solving.counted.talks_model import TalksModel
from scheduler.solving.search import new_solver

ROOM_EFFORT = 3.0
"""Deterministic seconds for the rooms of one class."""
MEMBER_EFFORT = 1.0
"""Deterministic seconds for the members of one track."""
SESSION_EFFORT = 3.0
"""Deterministic seconds for one session."""
SHARES = 4
"""Rooms, members and time slots each get one of these shares of the time."""
SHORTEST_SECONDS = 0.05
"""Each small model gets at least this time."""


@dataclass(frozen=True, slots=True)
class Lot:
    """The lanes and talks of one track in one session."""

    track: int
    rooms: tuple[int, ...]
    """Its lanes, ascending."""
    members: tuple[int, ...]
    before: int
    """Talks of the track in earlier sessions."""


class Unpackable(Exception):  # noqa: N818  not a fault: the search answers it with a cut
    """The members of a lot do not fit into its lanes."""

    def __init__(self, session: int, lot: Lot) -> None:
        super().__init__(session, lot)
        self.session, self.lot = session, lot


class Undecided(Exception):  # noqa: N818  not a fault either; it proves nothing
    """No answer was found in time."""


def realise(
    problem: Problem, counted: Counted, rooms: Cells | None = None, seed: int = 0, seconds: float = inf
) -> CellPlan:
    """A timetable with these counts, as cheap as the small models find it; in these ``rooms`` if they are known.

    The small models share about ``seconds``, where there is so little time left.

    Raises:
        Unpackable: the talks of a track do not fit into its lanes of a session.
        Undecided: no answer was found in time.
    """
    share = max(SHORTEST_SECONDS, seconds / SHARES)
    if rooms is None:
        rooms = _rooms(problem, counted, seed, share)
    by_lot: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (session, room), track in sorted(rooms.items()):
        by_lot[track, session].append(room)
    slots: Slots = {}
    lots: dict[int, list[Lot]] = defaultdict(list)
    for track, plan in enumerate(counted):
        members = _members(problem, track, plan, max(SHORTEST_SECONDS, share / len(counted)))
        before = 0
        for session in problem.sessions:
            if here := members[session]:
                lots[session].append(Lot(track, tuple(by_lot[track, session]), tuple(here), before))
                before += len(here)
    for session, of_session in lots.items():
        most = max(SHORTEST_SECONDS, share / len(lots))
        slots |= _place(problem, session, of_session, seed, most)
    return CellPlan(rooms, slots)


def _rooms(problem: Problem, counted: Counted, seed: int, seconds: float) -> Cells:
    """The rooms of every class for the tracks that have lanes in it, each track in as few as can be."""
    cells: Cells = {}
    most = max(SHORTEST_SECONDS, seconds / len(problem.classes))
    for c, rooms in enumerate(problem.classes):
        demand = {
            track: {session: row[c] for session, row in enumerate(plan.lanes) if row[c]}
            for track, plan in enumerate(counted)
            if any(row[c] for row in plan.lanes)
        }
        found, wasted = _greedily(rooms, demand)
        if wasted and problem.another_room:
            found = _fewest_rooms(rooms, demand, found, new_solver(seed, most, effort=ROOM_EFFORT))
        cells |= found
    return cells


def _greedily(rooms: Sequence[int], demand: Mapping[int, Mapping[int, int]]) -> tuple[Cells, bool]:
    """Tracks with much to place choose the room that serves most of it; and whether that wastes rooms.

    ``demand``: lanes of each track in each session.
    """
    cells: Cells = {}
    wasted = False
    for track in sorted(demand, key=lambda t: (-sum(demand[t].values()), t)):
        left = dict(demand[track])
        used = 0
        while any(left.values()):
            room = max(rooms, key=lambda r: sum(1 for s, n in left.items() if n and (s, r) not in cells))
            for session, lanes in left.items():
                if lanes and (session, room) not in cells:
                    cells[session, room] = track
                    left[session] = lanes - 1
            used += 1
        wasted |= used > max(demand[track].values())
    return cells, wasted


def _fewest_rooms(
    rooms: Sequence[int],
    demand: Mapping[int, Mapping[int, int]],
    start: Cells,
    solver: cp_model.CpSolver,
) -> Cells:
    """The least number of rooms in use, from the cells of ``start`` on."""
    model = cp_model.CpModel()
    sits: dict[tuple[int, int, int], cp_model.IntVar] = {}
    used = []
    for track, sessions in demand.items():
        there = [model.new_bool_var("") for _ in rooms]
        for session, lanes in sessions.items():
            row = [model.new_bool_var("") for _ in rooms]
            model.add(sum(row) == lanes)
            for room, literal, use in zip(rooms, row, there, strict=True):
                model.add_implication(literal, use)
                sits[track, session, room] = literal
                model.add_hint(literal, start.get((session, room)) == track)
        model.add(sum(there) >= max(sessions.values()))
        used += there
    one_a_room(model, sits)
    model.minimize(sum(used))
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start
    return {(session, room): track for (track, session, room), literal in sits.items() if solver.value(literal)}


def _members(problem: Problem, track: int, plan: TrackCounts, seconds: float) -> list[list[int]]:
    """The talks of the track in each session."""
    groups = [problem.groups[g] for g in problem.groups_of[track]]
    sessions = problem.sessions
    found: list[list[int]] = [[] for _ in sessions]
    for group, counts in zip(groups, plan.counts, strict=True):
        members = iter(group.members)
        for s in sessions:
            found[s] += [next(members) for _ in range(counts[s])]
    parallel = [s for s in sessions if plan.cells(s) > 1]
    inside = set(problem.of_track[track])
    pairs = {pair: weight for pair, weight in problem.together.items() if inside.issuperset(pair)}
    if not parallel or not pairs or all(group.size == 1 for group in groups):
        return found
    model = cp_model.CpModel()
    there: dict[tuple[int, int], cp_model.IntVar] = {}
    for group, counts in zip(groups, plan.counts, strict=True):
        for i in group.members:
            for s in sessions:
                if counts[s]:
                    there[i, s] = model.new_bool_var("")
            model.add_exactly_one(there[i, s] for s in sessions if counts[s])
        for s in sessions:
            if counts[s]:
                model.add(sum(there[i, s] for i in group.members) == counts[s])
    costs = []
    for (a, b), weight in pairs.items():
        for s in parallel:
            if (a, s) in there and (b, s) in there:
                both = model.new_bool_var("")
                model.add_bool_or(both, ~there[a, s], ~there[b, s])
                costs.append(weight * both)
    model.minimize(sum(costs))
    solver = new_solver(0, seconds, effort=MEMBER_EFFORT)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found
    chosen: list[list[int]] = [[] for _ in sessions]
    for (i, s), literal in there.items():
        if solver.value(literal):
            chosen[s].append(i)
    return chosen


def _place(problem: Problem, session: int, lots: Sequence[Lot], seed: int, seconds: float) -> Slots:
    """The time slots of every cell of a session; each small model gets ``seconds``.

    Raises:
        Unpackable: a lot has too few lanes.
        Undecided: nothing was found in time.
    """
    here = {i for lot in lots for i in lot.members}
    clashing = {i for pair in problem.at_once if here.issuperset(pair) for i in pair}
    slots: Slots = {}
    hard: list[Lot] = []
    for lot in lots:
        if len(lot.rooms) == 1 and clashing.isdisjoint(lot.members):
            slots[session, lot.rooms[0]] = _in_a_row(problem, session, lot)
        else:
            hard.append(lot)
    tied = [lot for lot in hard if not clashing.isdisjoint(lot.members)]
    for together in ([tied] if tied else []) + [[lot] for lot in hard if lot not in tied]:
        slots |= _exact(problem, session, together, seed, seconds)
    return slots


def _in_a_row(problem: Problem, session: int, lot: Lot) -> tuple[int | None, ...]:
    """One lane: talks whose position falls here stand at it, the others in between."""
    talks = problem.talks
    rest = list(lot.members)
    row: list[int | None] = []
    for position in range(lot.before + 1, lot.before + len(lot.members) + 1):
        due = [i for i in rest if talks[i].order == position]
        free = [i for i in rest if talks[i].order <= position]
        late = [i for i in free if 0 < talks[i].order < position]
        chosen = (due or late or free or rest)[0]
        rest.remove(chosen)
        row += [chosen] * talks[chosen].need
    slots = problem.slots[session]
    if len(row) > slots:
        raise Unpackable(session, lot)
    return tuple(row + [None] * (slots - len(row)))


def _exact(problem: Problem, session: int, lots: Sequence[Lot], seed: int, seconds: float) -> Slots:
    """By a small model.

    Raises:
        Unpackable: a lot has too few lanes.
        Undecided: nothing was found in time.
    """
    places = {i: [(session, room) for room in lot.rooms] for lot in lots for i in lot.members}
    built = TalksModel(problem, places, {lot.track: lot.before for lot in lots})
    for lot in lots:
        for room in lot.rooms:
            built.model.add(sum(built.at[i].get((session, room), 0) for i in lot.members) >= 1)
    built.minimize()
    solver = new_solver(seed, seconds, effort=SESSION_EFFORT)
    status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE and len(lots) == 1:
        raise Unpackable(session, lots[0])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for lot in lots if len(lots) > 1 else ():  # one that does not fit raises Unpackable
            _exact(problem, session, [lot], seed, seconds)
        raise Undecided
    return built.read(solver.value)
