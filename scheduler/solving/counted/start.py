"""A first timetable within seconds, without a solver: lane by lane, wherever the next one costs least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.solving.counted.problem import Problem
from scheduler.solving.counted.quotas import Quota, quotas
from scheduler.solving.counted.realise import Cells
from scheduler.solving.counted.solution import Counted, TrackPlan


def first(problem: Problem, seed: int = 0) -> tuple[Counted, Cells] | None:
    """Counts and rooms of a timetable; None when this way leads to none."""
    found = _First(problem).build()
    if found is None and (shares := quotas(problem, seed)) is not None:
        found = _First(problem, shares).build()
    return found


class _First:
    """Places tracks one after the other, the largest first."""

    def __init__(self, problem: Problem, shares: list[Quota] | None = None) -> None:
        self.problem = problem
        self.shares = shares
        self.cells: Cells = {}
        self.free = [[list(rooms) for rooms in problem.classes] for _ in self.problem.slots]
        """Rooms of each class, by session."""
        self.taken: set[int] = set()
        """Sessions of the track that is being placed."""
        self.held: list[dict[int, int]] = [defaultdict(int) for _ in self.problem.slots]
        """Lanes of each track, by session."""
        self.placed: list[dict[int, int]] = [defaultdict(int) for _ in self.problem.slots]
        """Members of each group, by session."""
        self.clashing: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for clash in problem.clashes:
            self.clashing[clash.one].append((clash.many, clash.weight))
            self.clashing[clash.many].append((clash.one, clash.weight))

    def build(self) -> tuple[Counted, Cells] | None:
        """All tracks, or None when the rooms are full before everybody is placed."""
        needs = [
            sum(self.problem.groups[g].need * self.problem.groups[g].size for g in gs) for gs in self.problem.groups_of
        ]
        for track in sorted(range(len(needs)), key=lambda t: (-needs[t], t)):
            if not self._place(track):
                return None
        return self._counted(), self.cells

    def _place(self, track: int) -> bool:
        left = {g: self.problem.groups[g].size for g in self.problem.groups_of[track]}
        rooms: set[int] = set()
        self.taken.clear()
        while any(left.values()):
            best: tuple[float, int, int, dict[int, int]] | None = None
            for session, slots in enumerate(self.problem.slots):
                if not any(self.free[session]):
                    continue
                share = self.shares[track] if self.shares else None
                if share and not share.lanes[slots]:
                    continue
                fill, cost = self._fill(left, session, slots, share)
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
            if self.shares:
                self._use(self.shares[track], self.problem.slots[session], fill)
            for g, number in fill.items():
                left[g] -= number
                self.placed[session][g] += number
        return True

    def _use(self, share: Quota, length: int, fill: dict[int, int]) -> None:
        share.lanes[length] -= 1
        for g, number in fill.items():
            share.talks[length][self.problem.groups[g].need] -= number

    def _fill(
        self, left: dict[int, int], session: int, slots: int, share: Quota | None
    ) -> tuple[dict[int, int], float]:
        """What goes into one lane: by order, then what costs least here; long ones first where lanes are scarce."""
        groups, others = self.problem.groups, len(self.problem.talks)
        wanted = sorted(
            (g for g, number in left.items() if number),
            key=lambda g: (
                -groups[g].need if share else 0,
                groups[g].order or others,
                self._cost(g, session),
                -groups[g].need,
                g,
            ),
        )
        due = dict(share.talks[slots]) if share else None
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
        there = self.placed[session]
        return self.problem.groups[group].cost[session] + sum(
            weight * there[other] for other, weight in self.clashing[group] if other in there
        )

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

    def _counted(self) -> Counted:
        class_of = {room: c for c, rooms in enumerate(self.problem.classes) for room in rooms}
        sessions = self.problem.sessions
        lanes = [[[0] * len(self.problem.classes) for _ in sessions] for _ in range(self.problem.tracks)]
        for (session, room), track in self.cells.items():
            lanes[track][session][class_of[room]] += 1
        return tuple(
            TrackPlan(
                tuple(map(tuple, lanes[t])),
                tuple(tuple(self.placed[s].get(g, 0) for s in sessions) for g in groups),
            )
            for t, groups in enumerate(self.problem.groups_of)
        )
