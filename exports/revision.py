"""The annex issued again after a change, as Rev.1: old places struck through, new ones marked.

The title has the number of the revision; a footnote says how to read the marks and what has moved. A programme of many
rooms lists its moves in a sheet of their own instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from exports.annex.board import Board, Revised, board_of
from exports.annex.changes import change_table, event_marks
from exports.annex.entries import Entry, entries_by_block
from exports.annex.facts import Facts, facts_of
from exports.annex.grid import Grid, annex_grid, has_many_rooms
from exports.annex.marks import marked_grid, marks_against
from exports.annex.texts import SIGN, one_line
from exports.calendar.events import changes, events_of
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.documents.stored_timetable import place_sessions
from scheduler.documents.timetable_document import (
    REVISION,
    WHOLE_SCENARIO,
    Stored,
    events_member,
    sessions_of,
    to_bytes,
    to_document,
)
from scheduler.domain.base import altered
from scheduler.domain.calendar import Segment, several_weeks
from scheduler.domain.carry import moved_by
from scheduler.domain.clock import parse_date, show_date
from scheduler.domain.meeting import Meeting
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.titles import escaped
from scheduler.errors import TimetableError
from scheduler.outcome import Outcome, Status
from scheduler.reading.diagnostics import ScenarioError, printable
from scheduler.reading.entry import validated
from scheduler.reading.plain import Plain, Within
from scheduler.replanning.published import Published
from scheduler.scenario import Scenario
from scheduler.side_events.moves import EventMove, event_moves
from scheduler.wording import capital, counted

READING = (
    f"What is new or changed has {SIGN} and says how it was, and its cell has a thick line at the left; "
    "struck through is what has left"
)
"""How to read the marks."""

MAX_EVENTS_IN_NOTE = 6
"""Moves of side events that the note of a revision tells one by one."""

_READING = re.compile(r"thick (edge|line)|struck through|sheet Changes", re.IGNORECASE)
_NOTE = re.compile(rf"({SIGN} )?Rev\.\d")
_REVISION = re.compile(r"[\s,(]*\bRev\.\s*(\d{1,3})\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issue:
    """When and why a revision goes out."""

    date: date | None = None
    reason: str | None = None

    @property
    def words(self) -> str:
        """``28 November 2026. Reason: the Chair is away.``, or the part of it that is known."""
        said = [f"{show_date(self.date, year=True)}."] if self.date else []
        reason = one_line(self.reason or "").rstrip(".")
        return " ".join([*said, *([f"Reason: {reason}."] if reason else [])])


@dataclass(frozen=True)
class Revision:
    """A new timetable with the old one behind it."""

    number: int
    """1 for the first revision."""
    scenario: Scenario
    """With title, code and footnotes of the revision."""
    outcome: Outcome
    layout: Grid | Board
    """With the marks; a board for a programme of many rooms."""
    before: Scenario
    old: Timetable
    moves: tuple[Move, ...]
    issue: Issue
    days: int
    """Days by which the whole meeting has moved; ``before`` and ``old`` have moved with it."""
    after: Scenario
    """As it was given, without the title, code and footnotes of the revision."""
    earlier: Mapping[str, int]
    """The ``sequence`` of the timetable that is revised."""
    doubts: tuple[str, ...] = ()
    """What is unclear in the scenario that was revised: 0.1 stored such scenarios, which no door lets in today."""

    @property
    def changes(self) -> list[list[str | int]]:
        """The table *Changes*, header first."""
        return change_table(self.before, self.scenario, self.moves, self.events)

    @property
    def sequence(self) -> dict[str, int]:
        """For calendars: by name of an event, the number of the revision in which it was last changed."""
        assert self.outcome.timetable is not None
        before, after = events_of(self.before, self.old), events_of(self.after, self.outcome.timetable)
        return changes(before, after, self.earlier, self.number, moved=bool(self.days))

    @property
    def events(self) -> tuple[EventMove, ...]:
        """The side events that stand elsewhere."""
        return event_moves(self.before, self.old, self.scenario, self.outcome.timetable or self.old)

    @property
    def clean(self) -> Scenario:
        """The scenario of the copy without marks, whose note says only when and why it is issued."""
        replaced = f"Rev.{self.number - 1}" if self.number > 1 else "the annex as first issued"
        note = f"Rev.{self.number}: {self.issue.words} Replaces {replaced}.".replace(":  ", ": ")
        return _noted(self.scenario, escaped(note))

    @property
    def document(self) -> dict[str, Any]:
        """The timetable document with what it revises: the marks can be written from it again."""
        old = {"sessions": sessions_of(self.before, self.old), **events_member(self.old)}
        return to_document(self.scenario, self.outcome) | {
            "revision": REVISION.of(
                self,
                before={"scenario": WHOLE_SCENARIO.of(self.before), **old},
                sequence=self.sequence,
                **({"earlier": dict(self.earlier)} if self.earlier else {}),
            )
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The annex with its marks, a clean copy, the working workbook and the document, each with its ending."""
        yield from self.annexes()
        yield "working.xlsx", self.working(facts_of(self.outcome))
        yield "json", to_bytes(self.document)

    def annexes(self) -> Iterator[tuple[str, bytes]]:
        """The annex with its marks, and a clean copy."""
        from exports.xlsx.annex import annex_bytes

        new = self.outcome.timetable
        assert new is not None
        changes = self.changes if isinstance(self.layout, Board) or len(self.events) > MAX_EVENTS_IN_NOTE else ()
        yield "xlsx", annex_bytes(self.scenario, new, self.layout, changes)
        yield "clean.xlsx", annex_bytes(self.clean, new)

    def working(self, facts: Facts) -> bytes:
        """The working workbook, with a line for each change."""
        from exports.xlsx.working import working_bytes

        assert self.outcome.timetable is not None
        return working_bytes(self.scenario, self.outcome.timetable, facts, self.changes)

    def csv(self) -> bytes:
        """The table of segments, with what has changed and which sessions are no longer held."""
        from exports.csv_text import csv_bytes

        assert self.outcome.timetable is not None
        return csv_bytes(self.scenario, self.outcome.timetable, self.before, self.moves, self.events)


def revise(
    before: Scenario,
    old: Timetable,
    after: Scenario,
    outcome: Outcome,
    days: int = 0,
    issue: Issue | None = None,
    earlier: Mapping[str, int] = MappingProxyType({}),
) -> Revision:
    """The revision of a published annex; ``outcome`` has the new timetable.

    ``days`` is by how much the whole meeting has moved; ``before`` and ``old`` must have moved with it. ``earlier`` is
    the ``sequence_in`` of the document that is revised.
    """
    return _revision(before, old, after, outcome, days, issue or Issue(), number_of(before.meeting) + 1, earlier)


def sequence_in(document: Mapping[str, Any], key: str = "sequence") -> dict[str, int]:
    """The ``sequence`` of the revision that a timetable document is; of any other document empty."""
    told = document.get("revision")
    found = told.get(key) if isinstance(told, dict) else None
    return {str(name): n for name, n in found.items() if isinstance(n, int)} if isinstance(found, dict) else {}


def moves_since(published: Published, scenario: Scenario, timetable: Timetable | None) -> tuple[Move, ...]:
    """The moves from a published timetable to a new one; none without a new one."""
    if timetable is None:
        return ()
    before = Option("A", "", published.scenario, published.timetable, "", outside=published.outside)
    return moves(before, Option("B", "", scenario, timetable, ""))


def print_alike(one: Scenario, other: Scenario) -> bool:
    """Whether readers of an annex see the same words, names, days and hours, wherever the sessions are."""
    return _printed(one) == _printed(other)


def _printed(scenario: Scenario) -> dict[str, Any]:
    document = scenario.document
    seen = {key: document.get(key) for key in ("meeting", "calendar", "audiences", "rooms", "side_events")}
    if isinstance(seen["side_events"], dict):  # who wished what is not printed
        keys = ("day", "title", "hours", "room", "organiser")
        seen["side_events"] = [{key: event.get(key) for key in keys} for event in seen["side_events"]["events"]]
    hidden = {"duration", "officers", "source", "attendance", "equipment", "tags", "boundary", "correlation", "rooms"}
    bodies = []
    for body in document["bodies"]:
        sessions = [{key: value for key, value in s.items() if key not in hidden} for s in body.get("sessions", ())]
        bodies.append({key: value for key, value in body.items() if key not in hidden} | {"sessions": sessions})
    return seen | {"bodies": bodies}


def revision_in(stored: Stored) -> Revision | None:
    """The revision in a document; None where there is none, or where the revised timetable is missing."""
    told = stored.document.get("revision")
    if not isinstance(told, dict):
        return None
    within = Within(Plain(stored.name, stored.document), ("revision", "before", "scenario", "document"))
    try:
        before, unclear = validated(within, as_it_was=True)
        placed = place_sessions(before, told["before"]["sessions"], told["before"].get("side_events", ()), widen=True)
        issue = Issue(parse_date(told["date"]) if told.get("date") else None, told.get("reason"))
        number, days = int(told["number"]), int(told.get("days") or 0)
    except ScenarioError as error:
        raise TimetableError(error.message) from None
    except (KeyError, TypeError, ValueError, TimetableError):
        return None
    outcome = stored.outcome or Outcome(Status.FEASIBLE, stored.timetable, None, None)
    outcome = replace(outcome, timetable=stored.timetable)
    doubts = tuple(printable(f"{stored.name}: {doubt.path}: {doubt.message}.") for doubt in unclear)
    earlier = sequence_in(stored.document, "earlier")
    found = _revision(placed.scenario, placed.timetable, stored.scenario, outcome, days, issue, number, earlier)
    return replace(found, doubts=doubts)


def without_claims(scenario: Scenario) -> Scenario:
    """The scenario of a revision without marks: its note does not speak of marks.

    Documents of version 0.1 have the note of a revision but not the revised timetable, so nothing can be marked.
    """
    notes = scenario.meeting.footnotes
    if not any(note.startswith(SIGN) and _NOTE.match(note) for note in notes):
        return scenario
    return _noted(scenario, *(_unclaimed(note) for note in notes if _NOTE.match(note)))


def _unclaimed(note: str) -> str:
    """The note of a revision without the sign, and without the sentences on how to read marks."""
    head, _, told = note.removeprefix(SIGN).strip().partition(": ")
    kept = [words for words in re.split(r"(?<=\.)\s+", told) if not _READING.search(words)]
    return f"{head}: {' '.join(kept)}" if kept else f"{head}."


def _noted(scenario: Scenario, *notes: str) -> Scenario:
    """The scenario with these notes instead of its notes on revisions."""
    own = (note for note in scenario.meeting.footnotes if not _NOTE.match(note))
    return altered(scenario, meeting=altered(scenario.meeting, footnotes=(*own, *notes)))


def _revision(
    before: Scenario,
    old: Timetable,
    after: Scenario,
    outcome: Outcome,
    days: int,
    issue: Issue,
    number: int,
    earlier: Mapping[str, int],
) -> Revision:
    new = outcome.timetable
    assert new is not None
    changed = moves(Option("A", "", before, old, ""), Option("B", "", after, new, ""))
    many_rooms = has_many_rooms(new)
    gone = [_left_by(move, before, by_room=many_rooms) for move in changed if move.elsewhere or move.kind == "parts"]
    gone += [_no_longer(move) for move in changed if not move.elsewhere and move.kind != "parts"]
    left = Timetable(each for each in gone if each is not None)
    events = event_moves(before, old, after, new)
    note = f"{SIGN} Rev.{number}: {_note(changed, events, issue, days, many_rooms=many_rooms)}"
    meeting = altered(
        after.meeting,
        annex_code=f"{_REVISION.sub('', after.meeting.annex_code)} Rev.{number}",
        annex_title=f"{_REVISION.sub('', after.meeting.annex_title).rstrip('*')} (Rev.{number})",
    )
    scenario = _noted(altered(after, meeting=meeting), escaped(note))
    dated = several_weeks(before.calendar, after.calendar)
    marks = marks_against(old, new, changed, dated=dated, by_room=many_rooms)
    layout: Grid | Board
    if many_rooms:
        layout = board_of(scenario, new, Revised(before, left, marks, note, event_marks(events)))
    else:
        grid = annex_grid(scenario, new, _struck(before, left, scenario), event_marks(events))
        layout = marked_grid(grid, new, marks)
    return Revision(number, scenario, outcome, layout, before, old, changed, issue, days, after, earlier)


def _note(changed: Sequence[Move], events: Sequence[EventMove], issue: Issue, days: int, *, many_rooms: bool) -> str:
    """The footnote of a revision: when and why, how to read the marks, and what has moved."""
    said = [issue.words] if issue.words else []
    if days:
        said.append(f"{capital(moved_by(days))}{'.' if changed else ', otherwise unchanged.'}")
    moved = [move.sentence for move in events]
    if len(moved) > MAX_EVENTS_IN_NOTE:
        moved = [f"{capital(counted(len(moved), 'side event'))} stand elsewhere, one by one: sheet Changes."]
    if not changed:
        return " ".join([*said, *([] if days or moved else ["No session has moved."]), *moved])
    said.append(f"{READING}.")
    if many_rooms and len(changed) > 1:
        said.append(f"{counted(len(changed), 'change')}, one by one: sheet Changes.")
    else:
        said += [move.sentence for move in changed]
    return " ".join([*said, *moved])


def _left_by(move: Move, before: Scenario, *, by_room: bool) -> Placement | None:
    """The segments that a session has left; a slot in which it still sits has a mark instead.

    ``by_room``: a change of room counts as leaving, because each room has cells of its own.
    """
    if move.before is None:
        return None
    still = move.after.segments if move.after is not None else ()
    elsewhere = {day for day, _ in move.rooms_left} if by_room else set()
    slots = before.calendar.axis.slots
    left = tuple(
        segment
        for segment in move.before.segments
        if not any(
            s.day == segment.day and s.start < slots[segment.slot].closes and slots[segment.slot].opens < s.end
            for s in still
            if s.day not in elsewhere
        )
    )
    return _only(move.before, left)


def _only(placement: Placement, segments: tuple[Segment, ...]) -> Placement | None:
    """Some segments of a session; None where there are none."""
    if not segments:
        return None
    rooms = tuple(placement.room_on(day) for day in dict.fromkeys(segment.day for segment in segments))
    return Placement.at(placement.session, rooms, placement.start, placement.end, segments)


def _no_longer(move: Move) -> Placement | None:
    """The whole segments that a session no longer needs, though it starts as before."""
    if move.before is None or move.after is None:
        return None
    still = {(segment.day, segment.start) for segment in move.after.segments}
    left = tuple(segment for segment in move.before.segments if (segment.day, segment.start) not in still)
    return _only(move.before, left)


def number_of(meeting: Meeting) -> int:
    """The number of a revision; 0 for the annex as first issued."""
    found = _REVISION.search(one_line(meeting.annex_code)) or _REVISION.search(one_line(meeting.annex_title))
    return int(found[1]) if found else 0


def _struck(before: Scenario, gone: Timetable, scenario: Scenario) -> dict[int, tuple[Entry, ...]]:
    """Entries for the old places, by slot of the new calendar; a place outside its slots is in the footnote only."""
    slots = scenario.calendar.axis.slots
    found: dict[int, tuple[Entry, ...]] = {}
    for block, entries in entries_by_block(before, gone).items():
        was = block.slots[0]
        here = [s.index for s in slots if s.day == was.day and s.opens < was.closes and was.opens < s.closes]
        if here:
            found[here[0]] = (*found.get(here[0], ()), *(replace(entry, struck=True) for entry in entries))
    return found
