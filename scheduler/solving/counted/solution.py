"""A solution of the counted model as plain values: lanes by class of rooms, talks by group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.solving.counted.problem import Plan, Problem


@dataclass(frozen=True, slots=True)
class TrackPlan:
    """Of one track, by session: lanes in each class of rooms, and members of each group."""

    lanes: tuple[tuple[int, ...], ...]
    """``lanes[session][class]``."""
    counts: tuple[tuple[int, ...], ...]
    """``counts[group of the track][session]``."""

    def cells(self, session: int) -> int:
        """All lanes in a session."""
        return sum(self.lanes[session])


@dataclass(frozen=True, slots=True)
class Cut:
    """A fact: ``needs`` (length and number of talks) of a track do not go into ``lanes`` lanes of a session."""

    track: int
    session: int
    lanes: int
    needs: tuple[tuple[int, int], ...]


Counted = tuple[TrackPlan, ...]
"""One for each track."""


def counted_of(problem: Problem, plan: Plan) -> Counted:
    """The counts of a timetable."""
    class_of = {room: c for c, rooms in enumerate(problem.classes) for room in rooms}
    lanes = [[[0] * len(problem.classes) for _ in problem.slots] for _ in range(problem.tracks)]
    for (session, room), track in plan.tracks.items():
        lanes[track][session][class_of[room]] += 1
    session_of = {talk: session for (session, _), row in plan.slots.items() for talk in row if talk is not None}
    found = []
    for t, groups in enumerate(problem.groups_of):
        counts = []
        for g in groups:
            row = [0] * len(problem.slots)
            for member in problem.groups[g].members:
                row[session_of[member]] += 1
            counts.append(tuple(row))
        found.append(TrackPlan(tuple(map(tuple, lanes[t])), tuple(counts)))
    return tuple(found)
