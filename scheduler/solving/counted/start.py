"""A first timetable within seconds: lane by lane, wherever the next one costs least.

Where rooms are so scarce that no lane may be wasted, each track gets a quota first: its number of lanes of each length.
Sessions of equal length are alike there, so the model is tiny. A start that keeps its quotas never runs out of rooms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Cells, Counted, Problem, counts_of
from scheduler.solving.search import new_solver

QUOTA_SECONDS, QUOTA_EFFORT = 20.0, 5.0
"""The time limit of the model of quotas, and its deterministic seconds, which mostly come first."""


def first(problem: Problem) -> tuple[Counted, Cells] | None:
    """Counts and rooms of a timetable; None when this way leads to none."""
    found = _First(problem).build()
    if found is None and (quotas := _quotas(problem)) is not None:
        found = _First(problem, quotas).build()
    return found


class _First:
    """Places tracks one after the other, the largest first."""

    def __init__(self, problem: Problem, quotas: list[_Quota] | None = None) -> None:
        self.problem = problem
        self.quotas = quotas
        self.cells: Cells = {}
        self.free = [[list(rooms) for rooms in problem.classes] for _ in problem.slots]
        """Rooms of each class, by session."""
        self.taken: set[int] = set()
        """Sessions of the track that is being placed."""
        self.held: list[Counter[int]] = [Counter() for _ in problem.slots]
        """Lanes of each track, by session."""
        self.placed: list[Counter[int]] = [Counter() for _ in problem.groups]
        """The number of members in each session, by group."""
        self.clashing: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for clash in problem.clashes:
            self.clashing[clash.one].append((clash.many, clash.weight))
            self.clashing[clash.many].append((clash.one, clash.weight))

    def build(self) -> tuple[Counted, Cells] | None:
        """All tracks, or None when the rooms are full before all talks are placed."""
        talks = self.problem.talks
        needs = [sum(talks[number].need for number in members) for members in self.problem.of_track]
        for track in sorted(range(len(needs)), key=lambda t: (-needs[t], t)):
            if not self._place(track):
                return None
        return counts_of(self.problem, self.cells, self.placed), self.cells

    def _place(self, track: int) -> bool:
        """False when no room is left for it."""
        left = {g: self.problem.groups[g].size for g in self.problem.groups_of[track]}
        rooms: set[int] = set()
        quota = self.quotas[track] if self.quotas else None
        self.taken.clear()
        while any(left.values()):
            best: tuple[float, int, int, dict[int, int]] | None = None
            for session, slots in enumerate(self.problem.slots):
                if not any(self.free[session]) or (quota and not quota.lanes[slots]):
                    continue
                fill, cost = self._fill(left, session, slots, quota)
                if not fill:
                    continue
                price, room = min(self._offers(track, session, rooms))
                filled = sum(self.problem.groups[g].need * n for g, n in fill.items())
                score = (cost + price + self._beside(track, session) + 0.01) / filled
                if best is None or score < best[0]:
                    best = score, session, room, fill
            if best is None:
                return False
            _, session, room, fill = best
            self.cells[session, room] = track
            next(free for free in self.free[session] if room in free).remove(room)
            self.held[session][track] += 1
            self.taken.add(session)
            rooms.add(room)
            length = self.problem.slots[session]
            if quota:
                quota.lanes[length] -= 1
            for g, number in fill.items():
                left[g] -= number
                self.placed[g][session] += number
                if quota:
                    quota.talks[length][self.problem.groups[g].need] -= number
        return True

    def _fill(
        self, left: dict[int, int], session: int, slots: int, quota: _Quota | None
    ) -> tuple[dict[int, int], float]:
        """What goes into one lane: by order, then what costs least here; long ones first where lanes are scarce."""
        groups, others = self.problem.groups, len(self.problem.talks)
        wanted = sorted(
            (g for g, number in left.items() if number),
            key=lambda g: (
                -groups[g].need if quota else 0,
                groups[g].order or others,
                self._cost(g, session),
                -groups[g].need,
                g,
            ),
        )
        due = dict(quota.talks[slots]) if quota else None
        fill: dict[int, int] = {}
        cost = 0
        for g in wanted:
            number = min(left[g], slots // groups[g].need)
            if due is not None:
                number = min(number, due[groups[g].need])
                due[groups[g].need] -= number
            if number:
                fill[g] = number
                slots -= number * groups[g].need
                cost += number * self._cost(g, session)
        return fill, cost

    def _cost(self, group: int, session: int) -> int:
        clashes = sum(weight * self.placed[other][session] for other, weight in self.clashing[group])
        return self.problem.groups[group].cost[session] + clashes

    def _offers(self, track: int, session: int, rooms: set[int]) -> Iterator[tuple[int, int]]:
        """Price and room, of each class the one that the track uses already, or else the first."""
        for free in self.free[session]:
            if free:
                room = next((r for r in free if r in rooms), free[0])
                another = self.problem.another_room if rooms and room not in rooms else 0
                yield self.problem.cell(track, session, room) + another, room

    def _beside(self, track: int, session: int) -> int:
        """What the track costs beside the others of the session, and beside itself."""
        problem = self.problem
        cost = 0
        for other, lanes in self.held[session].items():
            cost += problem.parallel * bool(lanes) if other == track else lanes * problem.beside[track][other]
        if self.taken and self.taken.isdisjoint((session - 1, session, session + 1)):
            cost += problem.gap
        return cost


@dataclass(slots=True)
class _Quota:
    """What a track may still use: lanes by length, and talks by the length of the lane and by their own."""

    lanes: dict[int, int]
    talks: dict[int, dict[int, int]]


def _quotas(problem: Problem) -> list[_Quota] | None:
    """A quota for each track, together within the rooms; None when the search finds none."""
    model = cp_model.CpModel()
    lengths = sorted(set(problem.slots), reverse=True)
    sessions = {length: [s for s, slots in enumerate(problem.slots) if slots == length] for length in lengths}
    lanes: list[dict[int, cp_model.IntVar]] = []
    talks: list[dict[int, dict[int, cp_model.IntVar]]] = []
    price = []
    for t, members in enumerate(problem.of_track):
        sizes = Counter(problem.talks[number].need for number in members)
        mine = {n: model.new_int_var(0, problem.rooms * len(sessions[n]), "") for n in lengths}
        of_length = {
            n: {need: model.new_int_var(0, size if need <= n else 0, "") for need, size in sizes.items()}
            for n in lengths
        }
        for need, size in sizes.items():
            model.add(sum(of_length[n][need] for n in lengths) == size)
        for n in lengths:
            model.add(sum(need * number for need, number in of_length[n].items()) <= n * mine[n])
            model.add(sum(of_length[n].values()) >= mine[n])
            for need in sizes:
                long = [number for other, number in of_length[n].items() if other >= need]
                model.add(sum(long) <= (n // need) * mine[n])
            cheapest = min(problem.cell(t, s, r) for s in sessions[n] for r in range(problem.rooms))
            over = model.new_int_var(0, problem.rooms * len(sessions[n]), "")
            model.add(over >= mine[n] - len(sessions[n]))
            price.append((1 + min(cheapest, 10**6)) * mine[n] + 10**6 * over)
        lanes.append(mine)
        talks.append(of_length)
    for n in lengths:
        model.add(sum(mine[n] for mine in lanes) <= problem.rooms * len(sessions[n]))
    model.minimize(sum(price))
    solver = new_solver(0, QUOTA_SECONDS, effort=QUOTA_EFFORT)
    solver.parameters.linearization_level = 2
    solver.parameters.relative_gap_limit = 0.01
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [
        _Quota(
            {n: solver.value(number) for n, number in mine.items()},
            {n: {need: solver.value(number) for need, number in row.items()} for n, row in of_length.items()},
        )
        for mine, of_length in zip(lanes, talks, strict=True)
    ]
