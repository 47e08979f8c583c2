"""The cost of a timetable, in plain Python and apart from the models: the search compares timetables by it.

The rules judge the timetable that the search finds, and must give the same cost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import TypeAlias

from scheduler.solving.counted.problem import CellPlan, Problem

_Held: TypeAlias = Sequence[tuple[tuple[int, int], int]]
"""Cells (session, room), in this order, each with its track."""


def cost(problem: Problem, plan: CellPlan, without: Collection[int] = ()) -> int:
    """The cost of a timetable; of the rest of it when the cells of the tracks in ``without`` are taken out."""
    held = sorted((cell, track) for cell, track in plan.tracks.items() if track not in without)
    return _cells(problem, held) + _tracks(problem, held) + _talks(problem, plan, held)


def _cells(problem: Problem, held: _Held) -> int:
    """Cells by themselves and beside others."""
    found = sum(problem.cell(track, session, room) for (session, room), track in held)
    by_session: dict[int, Counter[int]] = defaultdict(Counter)
    for (session, _), track in held:
        by_session[session][track] += 1
    for tracks in by_session.values():
        found += problem.parallel * sum(cells - 1 for cells in tracks.values())
        for (a, cells), (b, others) in combinations(tracks.items(), 2):
            found += problem.beside[a][b] * cells * others
    return found


def _tracks(problem: Problem, held: _Held) -> int:
    """Rooms beyond the first, and gaps."""
    sessions: dict[int, set[int]] = defaultdict(set)
    rooms: dict[int, set[int]] = defaultdict(set)
    for (session, room), track in held:
        sessions[track].add(session)
        rooms[track].add(room)
    gaps = sum(max(used) - min(used) >= len(used) for used in sessions.values())
    return problem.gap * gaps + problem.another_room * sum(len(used) - 1 for used in rooms.values())


def _talks(problem: Problem, plan: CellPlan, held: _Held) -> int:
    """Talks by themselves, in pairs, and in order."""
    begins: dict[int, tuple[int, int, int]] = {}
    """Session, room and time slot."""
    for (session, room), _ in held:
        for slot, number in enumerate(plan.slots[session, room]):
            if number is not None and number not in begins:
                begins[number] = session, room, slot
    found = 0
    for number, (session, room, _) in begins.items():
        talk = problem.talks[number]
        found += talk.in_session[session] + talk.in_room[room]
    for (a, b), price in problem.together.items():
        if a in begins and b in begins and begins[a][0] == begins[b][0] and begins[a][1] != begins[b][1]:
            found += price
    for (a, b), price in problem.at_once.items():
        if a in begins and b in begins and begins[a][0] == begins[b][0]:
            first, last = max(begins[a][2], begins[b][2]), min(begins[x][2] + problem.talks[x].need for x in (a, b))
            found += price * max(0, last - first)
    return found + (problem.out_of_order and problem.out_of_order * _order(problem, plan, held))


def _order(problem: Problem, plan: CellPlan, held: _Held) -> int:
    """Talks at another position, counted session by session, room by room; and talks with positions that meet."""
    position: Counter[int] = Counter()
    meeting: Counter[tuple[int, int, int]] = Counter()
    wrong = 0
    for (session, room), track in held:
        standing = plan.slots[session, room]
        for number in dict.fromkeys(number for number in standing if number is not None):
            position[track] += 1
            wrong += problem.talks[number].order not in (0, position[track])
        for slot, talk in enumerate(standing):
            if talk is not None and problem.talks[talk].order:
                meeting[track, session, slot] += 1
    return wrong + sum(n * (n - 1) // 2 for n in meeting.values())
