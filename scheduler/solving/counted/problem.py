"""What the counted search solves, and what it finds, in plain numbers: a conference with every price in points.

Tracks, sessions (which run in every room), rooms and talks are numbered from 0. A session is divided into time slots.
A cell is one session in one room; a lane is a cell that a track has. Talks that nothing tells apart make a group, rooms
that always cost the same make a class.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[int, ...], ...]
Pairs: TypeAlias = Mapping[tuple[int, int], int]
"""Prices of pairs of talks, the smaller number first."""
Cells: TypeAlias = dict[tuple[int, int], int]
"""The track of each occupied cell (session, room)."""
Slots: TypeAlias = dict[tuple[int, int], tuple[int | None, ...]]
"""What stands in each time slot of each occupied cell: talks by number, None where it is free."""


@dataclass(frozen=True, slots=True)
class Talk:
    """It takes ``need`` time slots of one cell, one after the other."""

    track: int
    need: int
    order: int
    """Its position within the track, counted from 1; 0: any."""
    in_session: tuple[int, ...]
    """What the whole talk costs in each session."""
    in_room: tuple[int, ...]
    """The same in each room."""


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
        """The number of members."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Clash:
    """Every member of one group conflicts with every member of another of a different track, at ``weight`` a pair."""

    one: int
    many: int
    weight: int


@dataclass(frozen=True)
class Problem:
    """Prices are whole numbers, never negative."""

    tracks: int
    slots: tuple[int, ...]
    """Time slots of each session, at least 1."""
    rooms: int
    talks: tuple[Talk, ...]
    track_session: Table
    """For each cell of the track in the session."""
    track_room: Table
    session_room: Table
    beside: Table
    """For each pair of cells of two tracks in one session; symmetric, the diagonal does not count."""
    together: Pairs = field(default_factory=dict)
    """In one session, in different rooms."""
    at_once: Pairs = field(default_factory=dict)
    """For each time slot of a session that both take."""
    another_room: int = 0
    """For each room of a track beyond the first."""
    parallel: int = 0
    """For each cell of a track in one session beyond the first."""
    gap: int = 0
    """For a track whose sessions are not a run without holes."""
    out_of_order: int = 0
    """For each talk at another position than its own, and for each time slot that two with positions share."""

    @property
    def sessions(self) -> range:
        """Their numbers."""
        return range(len(self.slots))

    @cached_property
    def of_track(self) -> tuple[tuple[int, ...], ...]:
        """The talks of each track."""
        return self._by_track(talk.track for talk in self.talks)

    @cached_property
    def groups_of(self) -> tuple[tuple[int, ...], ...]:
        """The groups of each track."""
        return self._by_track(group.track for group in self.groups)

    def _by_track(self, track_of: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in range(self.tracks)]
        for number, track in enumerate(track_of):
            found[track].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in the order of their first members."""
        talks = self.talks
        outside: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for kind, pairs in enumerate((self.together, self.at_once)):
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
    def clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair in one session."""
        return self._clashes(self.together)

    @cached_property
    def slot_clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair for each time slot that it shares."""
        return self._clashes(self.at_once)

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
        """The rooms of each class."""
        alike: dict[object, list[int]] = defaultdict(list)
        for room in range(self.rooms):
            tables = (self.track_room, self.session_room, [talk.in_room for talk in self.talks])
            alike[tuple(tuple(row[room] for row in table) for table in tables)].append(room)
        return tuple(map(tuple, alike.values()))

    def cell(self, track: int, session: int, room: int) -> int:
        """The price of a cell, whatever stands in it."""
        return self.track_session[track][session] + self.track_room[track][room] + self.session_room[session][room]


@dataclass(frozen=True)
class CellPlan:
    """A timetable: the track of each occupied cell, and the talks in its time slots.

    A talk of several time slots is named in each.
    """

    tracks: Cells
    slots: Slots


@dataclass(frozen=True, slots=True)
class TrackCounts:
    """Of one track in each session: its lanes in each class of rooms, and the members of each group."""

    lanes: tuple[tuple[int, ...], ...]
    """``lanes[session][class]``."""
    counts: tuple[tuple[int, ...], ...]
    """``counts[group of the track][session]``."""

    def cells(self, session: int) -> int:
        """All lanes in a session."""
        return sum(self.lanes[session])


Counted: TypeAlias = tuple[TrackCounts, ...]
"""A solution of the counted model: one for each track."""
Solution: TypeAlias = tuple[Counted, Cells | None]
"""Counts, and the rooms where they are named."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A fact: talks of a track with these ``needs`` do not fit into ``lanes`` lanes of a session."""

    track: int
    session: int
    lanes: int
    needs: tuple[tuple[int, int], ...]
    """Length and number of talks."""


def counted_of(problem: Problem, plan: CellPlan) -> Counted:
    """The counts of a timetable."""
    session_of = {talk: session for (session, _), row in plan.slots.items() for talk in row if talk is not None}
    placed = [Counter(session_of[member] for member in group.members) for group in problem.groups]
    return counts_of(problem, plan.tracks, placed)


def counts_of(problem: Problem, cells: Cells, placed: Sequence[Counter[int]]) -> Counted:
    """The counts of these cells; ``placed``: of each group the number of members in each session."""
    class_of = {room: c for c, rooms in enumerate(problem.classes) for room in rooms}
    lanes = [[[0] * len(problem.classes) for _ in problem.slots] for _ in range(problem.tracks)]
    for (session, room), track in cells.items():
        lanes[track][session][class_of[room]] += 1
    return tuple(
        TrackCounts(
            tuple(map(tuple, lanes[t])),
            tuple(tuple(placed[g][session] for session in problem.sessions) for g in groups),
        )
        for t, groups in enumerate(problem.groups_of)
    )
