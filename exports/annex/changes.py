"""Moves one by one: the words that mark each, whom to write to, and the sheet *Changes*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exports.annex.entries import one_line
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock, show_date, show_day, show_minutes, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement

if TYPE_CHECKING:
    from scheduler.comparison.moves import Move

CHANGES_HEADER = ("No.", "Body", "Session", "From", "To", "Write to")
NOT_HELD = "not held"


def people_of(programme: Programme, *sessions: SessionId) -> list[str]:
    """Who presents sessions, then who chairs them, each named once: ``Ada Example``, ``Bo Sample (Chair)``."""
    found: dict[str, str] = {}
    persons = programme.persons
    for who in (name for session in sessions for name in programme.sessions[session].presenters or ()):
        if persons.is_somebody(who):
            found[persons.person(who)] = persons.name(persons.person(who))
    for post in (officer for session in sessions for officer in programme.officers_of(session)):
        officer = programme.officer[post]
        found[persons.person(post)] = f"{officer.name} ({officer.post})" if officer.name else officer.post
    return [one_line(name) for name in found.values()]


def change_rows(before: Programme, after: Programme, moves: Sequence[Move]) -> list[list[str | int]]:
    """A line for each move, under ``CHANGES_HEADER``."""
    rows: list[list[str | int]] = []
    for number, move in enumerate(moves, 1):
        programme = after if move.after is not None else before
        old, new = _place(before, move.before), _place(after, move.after)
        body = one_line(programme.body_of[move.session].title)
        alone = len(programme.body_of[move.session].sessions) == 1
        title = one_line(programme.sessions[move.session].title or ("" if alone else move.session))
        rows.append([number, body, title, old, new, "; ".join(people_of(programme, move.session))])
    return rows


def _place(programme: Programme, placement: Placement | None) -> str:
    if placement is None:
        return NOT_HELD
    first, minutes = placement.segments[0], sum(segment.minutes for segment in placement.segments)
    day = f"{show_day(first.day)}, {show_clock(first.start)}"
    return f"{day} ({show_minutes(minutes)}), {one_line(programme.room_title(placement.room))}"


def was_words(move: Move, *, dated: bool) -> str:
    """Where or how a session was: ``was Tue 15:00``, ``was Room Z``, ``was 3 h``; or ``new``.

    ``dated`` where a weekday is not enough.
    """
    if move.before is None:
        return "new"
    first = move.before.segments[0]
    words = []
    if move.after is not None and move.begins_elsewhere:
        date = f" {show_date(first.day)}" if dated else ""
        words.append(f"{weekday(first.day)[:3]}{date} {show_clock(first.start)}")
    if move.rooms is not None:
        words.append(one_line(move.rooms[0]))
    return f"was {', '.join(words) or show_minutes(sum(s.minutes for s in move.before.segments))}"
