"""What is interchangeable: talks that nothing tells apart, rooms that cost the same whoever sits in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from scheduler.solving.counted.problem import Pairs, Problem


@dataclass(frozen=True, slots=True)
class Group:
    """Talks of one track with the same needs, prices and conflicts."""

    track: int
    members: tuple[int, ...]
    need: int
    order: int
    """Position in the track; 0: any. A group with an order has one member."""
    cost: tuple[int, ...]
    """Of one member in each session."""

    @property
    def size(self) -> int:
        """How many members."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Clash:
    """Every member of one group conflicts with every member of another of a different track, at ``weight`` a pair."""

    one: int
    many: int
    weight: int


class Digest:
    """A problem with its talks grouped and its rooms in classes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in the order of their first members."""
        talks = self.problem.talks
        outside: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for kind, pairs in enumerate((self.problem.together, self.problem.at_once)):
            for (a, b), price in pairs.items():
                if talks[a].track != talks[b].track:
                    outside[a].append((b, price, kind))
                    outside[b].append((a, price, kind))
        alike: dict[object, list[int]] = defaultdict(list)
        for number, talk in enumerate(talks):
            alone = number if talk.order else -1
            conflicts = tuple(sorted(outside[number]))
            alike[talk.track, talk.need, talk.in_session, talk.in_room, conflicts, alone].append(number)
        firsts = ((talks[members[0]], tuple(members)) for members in alike.values())
        return tuple(Group(talk.track, members, talk.need, talk.order, talk.in_session) for talk, members in firsts)

    @cached_property
    def of_track(self) -> tuple[tuple[int, ...], ...]:
        """The groups of each track."""
        found: list[list[int]] = [[] for _ in range(self.problem.tracks)]
        for number, group in enumerate(self.groups):
            found[group.track].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair in one session."""
        return self._clashes(self.problem.together)

    @cached_property
    def slot_clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair for each time slot that it shares."""
        return self._clashes(self.problem.at_once)

    def _clashes(self, pairs: Pairs) -> tuple[Clash, ...]:
        """Members of one group conflict alike, so one pair stands for all."""
        group_of = {member: number for number, group in enumerate(self.groups) for member in group.members}
        found: dict[tuple[int, int], int] = {}
        for (a, b), price in pairs.items():
            one, many = sorted((group_of[a], group_of[b]), key=lambda g: (self.groups[g].size, g))
            if self.groups[one].track != self.groups[many].track:
                found[one, many] = price
        return tuple(Clash(one, many, price) for (one, many), price in found.items())

    @cached_property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """Rooms that cost the same in every respect, by class."""
        problem = self.problem
        alike: dict[object, list[int]] = defaultdict(list)
        for room in range(problem.rooms):
            tables = (problem.track_room, problem.session_room, [talk.in_room for talk in problem.talks])
            alike[tuple(tuple(row[room] for row in table) for table in tables)].append(room)
        return tuple(map(tuple, alike.values()))
