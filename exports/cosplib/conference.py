"""A conference as a workbook of the benchmark library CoSPLib has it, as plain values.

Tracks, sessions (periods that run in every room), rooms and submissions are numbered from 0 in the order of the
workbook; a session is divided into time slots.
Source of format and cost: EJOR 317(2):487-499 (2024), doi 10.1016/j.ejor.2024.04.001.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

DAY = 24 * 60
"""Minutes."""


class Term(IntEnum):
    """The terms of the cost, in the order in which the benchmark lists their weights."""

    TRACKS_SESSIONS = 0
    TRACKS_ROOMS = 1
    SESSIONS_ROOMS = 2
    SIMILAR = 3
    ROOMS_PER_TRACK = 4
    PARALLEL = 5
    CONSECUTIVE = 6
    TIME_ZONES = 7
    ORDER = 8
    SUBMISSIONS_SESSIONS = 9
    SUBMISSIONS_ROOMS = 10
    PRESENTERS = 11
    ATTENDEES = 12
    CHAIRS = 13
    PRESENTERS_SLOT = 14
    ATTENDEES_SLOT = 15

    @property
    def title(self) -> str:
        """What the term charges for, in words."""
        return _TITLES[self]


_TITLES = {
    Term.TRACKS_SESSIONS: "tracks in sessions",
    Term.TRACKS_ROOMS: "tracks in rooms",
    Term.SESSIONS_ROOMS: "sessions in rooms",
    Term.SIMILAR: "similar tracks in parallel",
    Term.ROOMS_PER_TRACK: "rooms of a track beyond the first",
    Term.PARALLEL: "a track in parallel with itself",
    Term.CONSECUTIVE: "tracks with a gap",
    Term.TIME_ZONES: "presenters at unsuitable local times",
    Term.ORDER: "submissions out of order",
    Term.SUBMISSIONS_SESSIONS: "submissions in sessions",
    Term.SUBMISSIONS_ROOMS: "submissions in rooms",
    Term.PRESENTERS: "presenters in two rooms of a session",
    Term.ATTENDEES: "attendees in two rooms of a session",
    Term.CHAIRS: "chairs in two rooms of a session",
    Term.PRESENTERS_SLOT: "presenters in two rooms of a time slot",
    Term.ATTENDEES_SLOT: "attendees in two rooms of a time slot",
}


@dataclass(frozen=True, slots=True)
class Track:
    """A stream of submissions."""

    name: str
    chairs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Period:
    """A session in the benchmark's sense: the same hours in every room."""

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
    """Which local times suit a remote presenter; minutes after midnight."""

    zone: int = 0
    """The conference's own zone, minutes east of Greenwich."""
    suitable: tuple[int, int] = (0, DAY)
    less_suitable: tuple[int, int] = (0, DAY)
    small: int = 0
    big: int = 0

    def penalty(self, period: Period, zone: int) -> int:
        """Of a session for a presenter in ``zone``."""
        start = (period.start - self.zone + zone) % DAY
        end = (period.end - self.zone + zone) % DAY
        first, last = self.less_suitable
        if start < first or end > last or end < first:
            return self.big
        return self.small if start < self.suitable[0] or end > self.suitable[1] else 0


@dataclass(frozen=True)
class Conference:
    """The problem. Penalties are whole numbers, never negative."""

    name: str
    tracks: tuple[Track, ...]
    periods: tuple[Period, ...]
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
