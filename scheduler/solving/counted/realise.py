"""From counts to a timetable: which room of a class, which talk of a group, which lane, which time slots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import inf

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Plan, Problem
from scheduler.solving.counted.sessions import SESSION_SECONDS, Lot, place
from scheduler.solving.counted.solution import Counted, TrackPlan
from scheduler.solving.search import new_solver

ROOM_SECONDS = 3.0
"""For the rooms of one class."""
MEMBER_SECONDS = 1.0
"""For the members of one track."""
SHARES, SHORTEST = 4, 0.05
"""Rooms, members and time slots each get a share of the time; no model gets less than the shortest, in seconds."""

Cells = dict[tuple[int, int], int]


def realise(
    problem: Problem, counted: Counted, rooms: Cells | None = None, seed: int = 0, seconds: float = inf
) -> Plan:
    """A timetable with these counts, as cheap as the small models find it; in these ``rooms`` if they are known.

    The small models share about ``seconds``.

    Raises:
        Unpackable: the talks of a track do not fit into its lanes of a session.
        Undecided: the time was too short to tell.
    """
    share = max(SHORTEST, seconds / SHARES)
    if rooms is None:
        rooms = _rooms(problem, counted, seed, share)
    by_lot: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (session, room), track in sorted(rooms.items()):
        by_lot[track, session].append(room)
    slots: dict[tuple[int, int], tuple[int | None, ...]] = {}
    lots: dict[int, list[Lot]] = defaultdict(list)
    for track, plan in enumerate(counted):
        members = _members(problem, track, plan, max(SHORTEST, share / len(counted)))
        walked = 0
        for session in problem.sessions:
            if here := members[session]:
                lots[session].append(Lot(track, tuple(by_lot[track, session]), tuple(here), walked))
                walked += len(here)
    for session, of_session in lots.items():
        slots |= place(problem, session, of_session, seed, min(SESSION_SECONDS, max(SHORTEST, share / len(lots))))
    return Plan(rooms, slots)


def _rooms(problem: Problem, counted: Counted, seed: int, seconds: float) -> Cells:
    """The rooms of every class for the tracks that have lanes in it, each track in as few as can be."""
    cells: Cells = {}
    for c, rooms in enumerate(problem.classes):
        wanted = [
            (track, session, plan.lanes[session][c])
            for track, plan in enumerate(counted)
            for session in problem.sessions
            if plan.lanes[session][c]
        ]
        cells |= _rooms_of_class(problem, rooms, wanted, seed, max(SHORTEST, seconds / len(problem.classes)))
    return cells


def _rooms_of_class(
    problem: Problem, rooms: Sequence[int], wanted: Sequence[tuple[int, int, int]], seed: int, seconds: float
) -> Cells:
    """Greedy first: tracks with much to place choose the room that serves most of it; exact when that wastes rooms."""
    demand: dict[int, dict[int, int]] = defaultdict(dict)
    for track, session, lanes in wanted:
        demand[track][session] = lanes
    cells: Cells = {}
    extra = 0
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
        extra += used - max(demand[track].values())
    if not extra or not problem.another_room:
        return cells
    return _fewest_rooms(rooms, demand, cells, new_solver(seed, min(ROOM_SECONDS, seconds)))


def _fewest_rooms(
    rooms: Sequence[int], demand: dict[int, dict[int, int]], start: Cells, solver: cp_model.CpSolver
) -> Cells:
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
    by_cell: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (_, session, room), literal in sits.items():
        by_cell[session, room].append(literal)
    for literals in by_cell.values():
        model.add_at_most_one(literals)
    model.minimize(sum(used))
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start
    return {(session, room): track for (track, session, room), literal in sits.items() if solver.value(literal)}


def _members(problem: Problem, track: int, plan: TrackPlan, seconds: float) -> list[list[int]]:
    """Which talks of the track come in which session."""
    groups = [problem.groups[g] for g in problem.groups_of[track]]
    sessions = problem.sessions
    found: list[list[int]] = [[] for _ in sessions]
    for group, counts in zip(groups, plan.counts, strict=True):
        members = iter(group.members)
        for s in sessions:
            found[s] += [next(members) for _ in range(counts[s])]
    parallel = [s for s in sessions if plan.cells(s) > 1]
    inside = {i for group in groups for i in group.members}
    pairs = {pair: w for pair, w in problem.together.items() if pair[0] in inside and pair[1] in inside}
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
    cost = []
    for (a, b), weight in pairs.items():
        for s in parallel:
            if (a, s) in there and (b, s) in there:
                both = model.new_bool_var("")
                model.add_bool_or(both, ~there[a, s], ~there[b, s])
                cost.append(weight * both)
    model.minimize(sum(cost))
    solver = new_solver(0, min(MEMBER_SECONDS, seconds))
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found
    chosen: list[list[int]] = [[] for _ in sessions]
    for (i, s), literal in there.items():
        if solver.value(literal):
            chosen[s].append(i)
    return chosen
