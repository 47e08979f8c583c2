"""A conference of the benchmark library CoSPLib as plain values.

Tracks, sessions (periods that run in every room), rooms and submissions are numbered from 0 in the order of the
workbook. A session is divided into time slots.
Source of format and cost: EJOR 317(2):487-499 (2024), doi 10.1016/j.ejor.2024.04.001.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from scheduler.domain.clock import DAY_MINUTES


class Term(IntEnum):
    """The terms of the cost, in the order in which the benchmark lists their weights; ``title`` says them in words."""

    title: str

    def __new__(cls, number: int, title: str) -> Term:
        """A number that has a title."""
        term = int.__new__(cls, number)
        term._value_, term.title = number, title
        return term

    TRACKS_SESSIONS = 0, "tracks in sessions"
    TRACKS_ROOMS = 1, "tracks in rooms"
    SESSIONS_ROOMS = 2, "sessions in rooms"
    SIMILAR = 3, "similar tracks in parallel"
    ROOMS_PER_TRACK = 4, "rooms of a track beyond the first"
    PARALLEL = 5, "a track in parallel with itself"
    CONSECUTIVE = 6, "tracks with a gap"
    TIME_ZONES = 7, "presenters at unsuitable local times"
    ORDER = 8, "submissions out of order"
    SUBMISSIONS_SESSIONS = 9, "submissions in sessions"
    SUBMISSIONS_ROOMS = 10, "submissions in rooms"
    PRESENTERS = 11, "presenters in two rooms of a session"
    ATTENDEES = 12, "attendees in two rooms of a session"
    CHAIRS = 13, "chairs in two rooms of a session"
    PRESENTERS_SLOT = 14, "presenters in two rooms of a time slot"
    ATTENDEES_SLOT = 15, "attendees in two rooms of a time slot"


@dataclass(frozen=True, slots=True)
class CosplibTrack:
    """A stream of submissions."""

    name: str
    chairs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CosplibPeriod:
    """A session of the benchmark: the same hours in every room."""

    name: str
    slots: int
    """Time slots, at least 1."""
    day: date | None
    start: int
    """Minutes after midnight, in the conference's zone."""
    end: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A talk."""

    name: str
    track: int
    need: int
    """Time slots, consecutive and in one cell."""
    order: int = 0
    """Its position within the track, counted from 1; 0: any."""
    zone: int = 0
    """Minutes east of Greenwich, where its presenters are."""
    presenters: frozenset[str] = frozenset()
    attendees: frozenset[str] = frozenset()
    in_session: tuple[int, ...] = ()
    """Penalty of each session."""
    in_room: tuple[int, ...] = ()
    """Penalty of each room."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The local times that suit a remote presenter, in minutes after midnight."""

    zone: int = 0
    """The conference's own zone, minutes east of Greenwich."""
    suitable: tuple[int, int] = (0, DAY_MINUTES)
    less_suitable: tuple[int, int] = (0, DAY_MINUTES)
    small: int = 0
    big: int = 0

    def penalty(self, period: CosplibPeriod, zone: int) -> int:
        """The penalty of a session for a presenter in ``zone``."""
        start = (period.start - self.zone + zone) % DAY_MINUTES
        end = (period.end - self.zone + zone) % DAY_MINUTES
        first, last = self.less_suitable
        if start < first or end > last or end < first:
            return self.big
        return self.small if start < self.suitable[0] or end > self.suitable[1] else 0


@dataclass(frozen=True)
class Conference:
    """The problem. Penalties are whole numbers, never negative."""

    name: str
    tracks: tuple[CosplibTrack, ...]
    periods: tuple[CosplibPeriod, ...]
    rooms: tuple[str, ...]
    submissions: tuple[Submission, ...]
    track_session: tuple[tuple[int, ...], ...]
    track_room: tuple[tuple[int, ...], ...]
    session_room: tuple[tuple[int, ...], ...]
    similar: tuple[tuple[int, ...], ...]
    """Symmetric; the diagonal does not count."""
    weights: tuple[int, ...]
    """One for each ``Term``."""
    hours: Hours = Hours()

    @cached_property
    def zone_penalty(self) -> tuple[tuple[int, ...], ...]:
        """For each submission and session, per time slot."""
        by_zone = {
            zone: tuple(self.hours.penalty(period, zone) for period in self.periods)
            for zone in {submission.zone for submission in self.submissions}
        }
        return tuple(by_zone[submission.zone] for submission in self.submissions)
