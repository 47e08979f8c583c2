"""Moves in words: a sentence for each, whom it concerns, the mark in a cell, and the table *Changes*."""

from __future__ import annotations

from collections.abc import Sequence

from exports.annex.grid import has_many_rooms
from exports.annex.side_events import SIDE_EVENT
from exports.annex.texts import one_line
from scheduler.comparison.compare import Comparison
from scheduler.comparison.moves import Move
from scheduler.comparison.option import Option
from scheduler.comparison.together import apart, blocks
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock, show_date, show_day, show_minutes, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.seats import SERVING, Role
from scheduler.domain.side_events import HeldEvent
from scheduler.domain.timetable import Placement, Timetable
from scheduler.scenario import Scenario
from scheduler.side_events.moves import EventMove
from scheduler.wording import listed

CHANGES_HEADER = ("No.", "Body", "Session", "From", "To", "Write to")
NOT_HELD = "not held"


def letter_sentences(scenario: Scenario, moves: Sequence[Move]) -> list[str]:
    """A sentence for each move: what moves, from where to where, and whom it concerns."""
    return [f"{move.sentence} {_concerned(scenario, move)}".rstrip() for move in moves]


def _block_sentences(before: Scenario, after: Scenario, moves: Sequence[Move]) -> list[str]:
    """A sentence for all sessions that move alike, and whom it concerns: each of them once."""
    said = []
    for block in blocks(moves, before, after):
        if len(block.moves) == 1:
            said += letter_sentences(after, block.moves)
        else:
            people = people_of(after, *(move.session for move in block.moves))
            said.append(f"{block.sentence} {f'This concerns {listed(people)}.' if people else ''}".rstrip())
    return said


def move_sentences(before: Scenario, after: Scenario, timetable: Timetable, moves: Sequence[Move]) -> list[str]:
    """A sentence for each move; in a programme of many rooms, one for all sessions that move alike."""
    return _block_sentences(before, after, moves) if has_many_rooms(timetable) else letter_sentences(after, moves)


def sentences_of(before: Option, after: Option, moves: Sequence[Move]) -> list[str]:
    """The same without whom it concerns, for two options with timetables.

    Sessions that move together as a whole come first, in one sentence; those that only follow their slot come last.
    """
    proper, whole, hours = apart(before, after, moves)
    if has_many_rooms(after.timetable or Timetable(())):
        said = [block.sentence for block in blocks(proper, before.scenario, after.scenario)]
    else:
        said = [move.sentence for move in proper]
    return [*([whole.sentence] if whole else []), *said, *(each.sentence for each in hours)]


def change_sentences(comparison: Comparison, number: int) -> list[str]:
    """What differs between the baseline and the option of this number: sessions first, then side events."""
    option, changes = comparison.options[number], comparison.changes[number]
    said = sentences_of(comparison.baseline, option, changes) if changes else []
    return [*said, *(move.sentence for move in comparison.events[number])]


def _concerned(scenario: Scenario, move: Move) -> str:
    if move.after is None:
        return ""
    if scenario.sessions[move.session].presenters:
        return f"This concerns {listed(people_of(scenario, move.session))}."
    admitted = scenario.audience(move.session)
    names = [audience.name for audience in scenario.audiences if audience.id in admitted]
    whom = ["all who attend"] if not scenario.restricted(move.session) else names
    for officer in map(scenario.officer.__getitem__, scenario.named(move.session, *SERVING)):
        plain = officer.name or officer.title.lower().startswith("the ")
        whom.append(officer.title if plain else f"the {officer.title}")
    return f"This concerns {listed(whom)}." if whom else ""


def people_of(programme: Programme, *sessions: SessionId) -> list[str]:
    """Who presents the sessions, then who chairs them, or may, each once: ``Ada Example``, ``Bo Sample (Chair)``."""
    found: dict[str, str] = {}
    persons = programme.persons
    for who in (name for session in sessions for name in programme.named(session, Role.PRESENTER)):
        found[persons.person(who)] = persons.name(persons.person(who))
    for post in (officer for session in sessions for officer in programme.named(session, *SERVING)):
        officer = programme.officer[post]
        found[persons.person(post)] = f"{officer.name} ({officer.post})" if officer.name else officer.post
    return [one_line(name) for name in found.values()]


def change_table(
    before: Programme, after: Programme, moves: Sequence[Move], events: Sequence[EventMove] = ()
) -> list[list[str | int]]:
    """The table *Changes*, header first: a row for each move, side events last; nothing without moves."""
    rows: list[list[str | int]] = [list(CHANGES_HEADER)] if moves or events else []
    for number, move in enumerate(moves, 1):
        programme = after if move.after is not None else before
        body = programme.body_of[move.session]
        title = programme.sessions[move.session].title or ("" if len(body.sessions) == 1 else move.session)
        in_parts = move.kind == "parts"
        places = _place(before, move.before, in_parts=in_parts), _place(after, move.after, in_parts=in_parts)
        people = "; ".join(people_of(programme, move.session))
        rows.append([number, one_line(body.title), one_line(title), *places, people])
    for number, event in enumerate(events, len(moves) + 1):
        programme = after if event.after is not None else before
        said = programme.event[event.event]
        people = "; ".join(one_line(name) for name in dict.fromkeys((*said.organiser, *(said.speakers or ()))))
        stood = _event_place(before, event.before), _event_place(after, event.after)
        rows.append([number, SIDE_EVENT, one_line(said.title), *stood, people])
    return rows


def _event_place(programme: Programme, held: HeldEvent | None) -> str:
    if held is None:
        return NOT_HELD
    room = f", {one_line(programme.place_title(held.room))}" if held.room else ""
    return f"{show_day(held.day)}, {show_clock(held.start)} ({show_minutes(held.end - held.start)}){room}"


def event_marks(events: Sequence[EventMove]) -> dict[str, str]:
    """By side event how it was, for the mark beside it: ``was Tue 23 February 13:15``, ``was Room Z``, or ``new``."""
    found = {}
    for move in events:
        if move.before is None:
            found[move.event] = "new"
        elif move.after is not None:
            words = [] if move.rooms is None else [one_line(move.rooms[0])]
            if move.kind == "moved":
                words.insert(
                    0, f"{weekday(move.before.day)[:3]} {show_date(move.before.day)} {show_clock(move.before.start)}"
                )
            found[move.event] = f"was {', '.join(words) or show_minutes(move.before.end - move.before.start)}"
    return found


def _place(programme: Programme, placement: Placement | None, *, in_parts: bool = False) -> str:
    if placement is None:
        return NOT_HELD
    if in_parts:
        return "; ".join(map(str, placement.segments))
    first, minutes = placement.segments[0], sum(segment.minutes for segment in placement.segments)
    on, clock = first.begins
    day = f"{show_day(on)}, {show_clock(clock)}"
    return f"{day} ({show_minutes(minutes)}), {one_line(programme.rooms_title(placement.where))}"


def was_words(move: Move, *, dated: bool) -> str:
    """Where or how a session was: ``was Tue 15:00``, ``was Room Z``, ``was 3 h``, ``was in other parts``; or ``new``.

    ``dated`` where a weekday is not enough.
    """
    if move.before is None:
        return "new"
    if move.kind == "parts":
        return "was in other parts"
    first = move.before.segments[0]
    words = []
    if move.after is not None and move.begins_elsewhere:
        day, clock = first.begins
        words.append(f"{weekday(day)[:3]}{f' {show_date(day)}' if dated else ''} {show_clock(clock)}")
    if move.rooms is not None:
        words.append(one_line(move.rooms[0]))
    return f"was {', '.join(words) or show_minutes(sum(s.minutes for s in move.before.segments))}"
