"""A timetable: where and when each session sits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.side_events import HeldEvent

Where: TypeAlias = RoomId | tuple[RoomId, ...]
"""The room of a session; or, where it changes its room overnight, the room of each day on which it sits."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One session in its room; ``start`` and ``end`` are positions on the working-time axis, in minutes."""

    session: SessionId
    room: RoomId
    """In which it starts."""
    start: int
    end: int
    segments: tuple[Segment, ...]
    rooms: tuple[RoomId, ...] = ()
    """The room of each of its days where it changes its room overnight; empty: ``room`` on all of them."""

    @classmethod
    def at(cls, session: SessionId, where: Where, start: int, end: int, segments: tuple[Segment, ...]) -> Placement:
        """Where rooms are given by day, the last stands for all further days; those beyond its days are left out."""
        if isinstance(where, str):
            return cls(session, where, start, end, segments)
        days = len(dict.fromkeys(segment.day for segment in segments))
        rooms = (*where, *[where[-1]] * days)[:days]
        return cls(session, rooms[0], start, end, segments, rooms if len(set(rooms)) > 1 else ())

    @property
    def where(self) -> Where:
        """Its room, or its rooms by day."""
        return self.rooms or self.room

    @property
    def each_room(self) -> tuple[RoomId, ...]:
        """The rooms in which it sits, in order, each once."""
        return tuple(dict.fromkeys(self.rooms)) or (self.room,)

    def room_on(self, day: date) -> RoomId:
        """Its room on one of its days."""
        return self.rooms[self.days.index(day)] if self.rooms else self.room

    @property
    def moves(self) -> tuple[tuple[date, RoomId], ...]:
        """The days on which it begins in another room than the day before, each with that room."""
        days = zip(self.days, self.rooms, strict=False)
        return tuple(
            (day, room) for (day, room), was in zip(days, (self.room, *self.rooms), strict=False) if room != was
        )

    @property
    def minutes(self) -> int:
        """How long it sits."""
        return sum(segment.minutes for segment in self.segments)

    @property
    def slots(self) -> tuple[int, ...]:
        """Indices of the slots it touches, in order, each once."""
        return tuple(dict.fromkeys(segment.slot for segment in self.segments))

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it sits, in order."""
        return tuple(dict.fromkeys(segment.day for segment in self.segments))

    def overlaps(self, other: Placement) -> bool:
        """Whether both sit at some same minute, in whatever rooms; back to back is no overlap."""
        return any(
            a.day == b.day and a.start < b.end and b.start < a.end for a in self.segments for b in other.segments
        )


class Timetable:
    """Placements by session, in the order of the programme.

    ``side_events`` are those that were placed, in order of time; None: they are not in question.
    """

    def __init__(self, placements: Iterable[Placement], side_events: Iterable[HeldEvent] | None = None) -> None:
        self._placements = {placement.session: placement for placement in placements}
        self.side_events = None if side_events is None else tuple(sorted(side_events))

    def __iter__(self) -> Iterator[Placement]:
        return iter(self._placements.values())

    def __len__(self) -> int:
        return len(self._placements)

    def __getitem__(self, session: SessionId) -> Placement:
        return self._placements[session]

    def __contains__(self, session: object) -> bool:
        return session in self._placements

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timetable) and self._places == other._places and self.side_events == other.side_events

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._places.items())))

    @cached_property
    def _places(self) -> dict[SessionId, tuple[int, Where]]:
        return {p.session: (p.start, p.where) for p in self}

    @property
    def rooms(self) -> frozenset[RoomId]:
        """The rooms in which somebody sits."""
        return frozenset(room for placement in self for room in placement.each_room)

    @property
    def placements(self) -> Mapping[SessionId, Placement]:
        """Read-only view."""
        return MappingProxyType(self._placements)

    def with_side_events(self, held: Iterable[HeldEvent] | None) -> Timetable:
        """The same sessions with these side events."""
        return Timetable(self, held)

    def of(self, sessions: Iterable[SessionId]) -> list[Placement]:
        """Placements of the sessions, in the order given, without sessions that are not placed."""
        placed = self._placements
        return [placed[session] for session in filter(placed.__contains__, sessions)]
