"""The annex issued again after a change, as Rev.1: old places struck through, new ones marked.

The title says which revision it is, and a footnote how to read it and what has moved. A programme of many rooms stays
one, with a sheet that has a line for each move in place of the footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exports.board import Board, Revised, board_of, has_many_rooms
from exports.changes import change_rows, mark_of
from exports.entries import SIGN, Entry, entries_by_slot, one_line
from exports.grid import Grid, annex_grid
from exports.marks import marked_grid, marks_against
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.document import to_bytes, to_document
from scheduler.domain.calendar import several_weeks
from scheduler.domain.carry import moved_by
from scheduler.domain.meeting import Meeting
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.titles import escaped
from scheduler.outcome import Outcome
from scheduler.rule import counted
from scheduler.scenario import Scenario

_NOTE = re.compile(rf"({SIGN} )?Rev\.\d")
_REVISION = re.compile(r"[\s,(]*\bRev\.\s*(\d{1,3})\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Revision:
    """A new timetable with the old one behind it."""

    number: int
    """1 for the first revision."""
    scenario: Scenario
    """With title, code and footnotes of the revision."""
    outcome: Outcome
    grid: Grid
    board: Board | None = None
    """In place of the grid, for a programme of many rooms."""
    changes: Sequence[Sequence[str | int]] = ()
    """Lines of the sheet *Changes*, which goes with the board."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The annex with its marks, a clean copy, the working papers and the document, each with its ending."""
        from exports.annex_xlsx import annex_bytes
        from exports.working_xlsx import working_bytes
        from exports.writing import facts_of

        new = self.outcome.timetable
        assert new is not None
        meeting = self.scenario.meeting
        unmarked = {"footnotes": tuple(note for note in meeting.footnotes if not _NOTE.match(note))}
        clean = self.scenario.revised(meeting=meeting.model_copy(update=unmarked))
        yield "xlsx", annex_bytes(self.scenario, new, self.grid, self.board, self.changes)
        yield "clean.xlsx", annex_bytes(clean, new)
        yield "working.xlsx", working_bytes(self.scenario, new, facts_of(self.outcome), self.changes)
        yield "json", to_bytes(to_document(self.scenario, self.outcome))


def revise(before: Scenario, old: Timetable, after: Scenario, outcome: Outcome, days: int = 0) -> Revision:
    """The revision of an annex that is out; ``outcome`` has the new timetable.

    Where the whole meeting was moved by some ``days``, ``before`` and ``old`` are those days later than they went out.
    """
    new = outcome.timetable
    assert new is not None
    number = number_of(before.meeting) + 1
    changed = moves(Option("A", "", before, old, ""), Option("B", "", after, new, ""))
    gone = [move.before for move in changed if move.before is not None and move.elsewhere]
    gone += [left for move in changed if not move.elsewhere and (left := _no_longer(move)) is not None]
    many_rooms = has_many_rooms(new)
    listing = f"{counted(len(changed), 'change')}, one by one: sheet Changes."
    note = (
        f"{SIGN} Rev.{number}: what has moved is marked so at its new place and struck through at its old one. "
        f"{listing if many_rooms else ' '.join(move.sentence for move in changed)}"
    )
    if not changed:
        whole = f"{moved_by(days)}, " if days else ""
        note = f"{SIGN} Rev.{number}: {whole}{'otherwise unchanged' if days else 'no session has moved'}."
    meeting = after.meeting.model_copy(
        update={
            "annex_code": f"{_REVISION.sub('', after.meeting.annex_code)} Rev.{number}",
            "annex_title": f"{_REVISION.sub('', after.meeting.annex_title).rstrip('*')} (Rev.{number})",
            "footnotes": (*(f for f in after.meeting.footnotes if not _NOTE.match(f)), escaped(note)),
        }
    )
    scenario = after.revised(meeting=meeting)
    dated = several_weeks(before.calendar, after.calendar)
    grid = _marked(scenario, old, new, dated, _struck(before, Timetable(gone), scenario))
    if not many_rooms:
        return Revision(number, scenario, outcome, grid)
    marks = {move.session: mark_of(move, dated=dated) for move in changed}
    board = board_of(scenario, new, Revised(before, Timetable(gone), marks, note))
    return Revision(number, scenario, outcome, grid, board, change_rows(before, after, changed))


def _no_longer(move: Move) -> Placement | None:
    """Of a session that starts as before and takes less, what has become free: whole slots only."""
    if move.before is None or move.after is None:
        return None
    still = {(segment.day, segment.start) for segment in move.after.segments}
    left = tuple(segment for segment in move.before.segments if (segment.day, segment.start) not in still)
    return replace(move.before, segments=left) if left else None


def number_of(meeting: Meeting) -> int:
    """The number of the revision that an annex is; 0 for the annex as first issued."""
    found = _REVISION.search(one_line(meeting.annex_code)) or _REVISION.search(one_line(meeting.annex_title))
    return int(found[1]) if found else 0


def _struck(before: Scenario, gone: Timetable, scenario: Scenario) -> dict[int, tuple[Entry, ...]]:
    """Entries for the old places, by the slot of the new calendar that holds them; others are in the footnote only."""
    slots = scenario.calendar.axis.slots
    found: dict[int, tuple[Entry, ...]] = {}
    for index, entries in entries_by_slot(before, gone).items():
        was = before.calendar.axis.slots[index]
        here = [s.index for s in slots if s.day == was.day and s.opens < was.closes and was.opens < s.closes]
        if here:
            found[here[0]] = (*found.get(here[0], ()), *(replace(entry, struck=True) for entry in entries))
    return found


def _marked(
    scenario: Scenario, old: Timetable, new: Timetable, dated: bool, struck: dict[int, tuple[Entry, ...]]
) -> Grid:
    """The grid with struck entries in it and a mark in every cell that is new."""
    return marked_grid(annex_grid(scenario, new, struck), marks_against(old, new, dated=dated))
