"""What the counted search solves: a conference in numbers, every price in points.

Tracks, sessions (which run in every room), rooms and talks are numbered from 0. A session is divided into time slots,
and a cell is one session in one room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[int, ...], ...]
Pairs: TypeAlias = Mapping[tuple[int, int], int]
"""Prices of pairs of talks, the smaller number first."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What takes ``need`` time slots of one cell, one after the other."""

    track: int
    need: int
    order: int
    """Its position within the track, counted from 1; 0: any."""
    in_session: tuple[int, ...]
    """What the whole talk costs in each session."""
    in_room: tuple[int, ...]
    """The same in each room."""


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
        found: list[list[int]] = [[] for _ in range(self.tracks)]
        for number, talk in enumerate(self.talks):
            found[talk.track].append(number)
        return tuple(map(tuple, found))

    def cell(self, track: int, session: int, room: int) -> int:
        """The price of a cell, whatever stands in it."""
        return self.track_session[track][session] + self.track_room[track][room] + self.session_room[session][room]


@dataclass(frozen=True)
class Plan:
    """A timetable: of each occupied cell (session, room) its track and what stands in each of its time slots."""

    tracks: Mapping[tuple[int, int], int]
    slots: Mapping[tuple[int, int], tuple[int | None, ...]]
    """Talks by number; None: free. A talk of several time slots is named in each."""
