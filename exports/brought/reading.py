"""Reads a timetable that a planner brings against a scenario: a list or a grid, as CSV or in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exports.brought.calendar_days import settled
from exports.brought.days import WrittenDay
from exports.brought.event_sheet import events_of_sheet
from exports.brought.filling import Filling
from exports.brought.grid import Grid, Place
from exports.brought.lines import Line
from exports.brought.listing import Listing, has_no_header, header_of
from exports.brought.names import Names
from exports.brought.side_events import WrittenEvent
from exports.brought.windows import Entry, slot_names
from scheduler.domain.base import SessionId
from scheduler.errors import TimetableError
from scheduler.reading.diagnostics import Diagnostic, Severity, printable, render
from scheduler.reading.tables.files import Cell, Table
from scheduler.scenario import Scenario
from scheduler.wording import quoted


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table says of a scenario."""

    sessions: list[dict[str, Any]]
    """As a timetable document has them."""
    side_events: list[dict[str, Any]]
    """Likewise."""
    problems: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    of_another_year: bool = False
    """Whether its days were taken for those of the scenario by their weekdays."""
    by_order: frozenset[SessionId] = frozenset()
    """Sessions that only their order tells from others of the same title."""

    @property
    def errors(self) -> list[Diagnostic]:
        """What is wrong in it."""
        return [each for each in self.problems if each.severity is Severity.ERROR]

    def is_of(self, scenario: Scenario) -> bool:
        """Whether the scenario has every session that was found."""
        return all(session["id"] in scenario.sessions for session in self.sessions)

    def used(self) -> Brought:
        """The same, if nothing is wrong.

        Raises:
            TimetableError: every mistake, with its place.
        """
        if self.errors:
            raise TimetableError(render(self.problems))
        return self


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rows of a table say, before their days are known."""

    lines: list[Line]
    heads: list[WrittenDay] = field(default_factory=list)
    """Of a grid."""
    notes: list[str] = field(default_factory=list)
    events: list[WrittenEvent] = field(default_factory=list)
    """Its side events."""
    unknown: list[tuple[Cell, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BroughtTable:
    """A table, before any scenario is held against it."""

    table: Table
    merged: Mapping[Place, Place] = field(default_factory=dict)
    printed: BroughtTable | None = None
    """The sheet that people look at, beside the list: its days are of the same year."""
    events: BroughtTable | None = None
    """The sheet of the side events, where they are many."""

    def against(self, scenario: Scenario) -> Brought:
        """Read it for a scenario."""
        table = self._copy()
        names, slots = Names(scenario), slot_names(scenario)
        said = self._said(table, names, slots)
        heads = said.heads if self.printed is None else [*said.heads, *self.printed.days(slots)]
        entries, note = _dated(table, scenario, said.lines, heads)
        for cell, message in () if note else said.unknown:  # last year's sessions are left to the check
            table.wrong(cell, message)
        events = _placed(said.events, scenario, table, last_year=bool(note))
        tables = [table]
        if self.events is not None:
            sheet = self.events._copy()
            written = events_of_sheet(sheet, self.events.merged, names)
            events = _joined(events, _placed(list(written), scenario, sheet, last_year=bool(note)), table)
            tables.append(sheet)
        filling = Filling(scenario, table)
        filling.fill(entries)
        sessions = filling.sessions()
        notes = [*said.notes, *([note] if note else []), *filling.assumed()]
        shown = [printable(f"{table.file.name}: {each}") for each in notes]
        problems = [problem for each in tables for problem in each.problems]
        shown += [_said(each) for each in problems if each.severity is Severity.WARNING]
        return Brought(
            sessions, [held for _, held in events], tuple(problems), tuple(shown), bool(note), filling.by_order()
        )

    def _copy(self) -> Table:
        """The table, to complain of."""
        return Table(self.table.file, [], self.table.rows, self.table.titles, list(self.table.problems))

    def is_read(self, scenario: Scenario | None) -> bool:
        """Whether it looks like a list or a grid of meetings."""
        slots = slot_names(scenario) if scenario is not None else []
        return header_of(self.table) is not None or has_no_header(self.table) or bool(self.days(slots))

    def _said(self, table: Table, names: Names, slots: Sequence[str]) -> _Said:
        """What the rows say."""
        grid = Grid(table, self.merged, slots)
        if grid.found:
            return _Said(grid.read(names), grid.days(), events=grid.events)
        listing = Listing(table, names, slots)
        head = header_of(table)
        if head is not None:
            lines = listing.read(*head)
            rows = [str(cell.span.line) for cell in listing.filled]
            note = f"the day above counts in rows without a day: {', '.join(rows[:12])}."
            return _Said(lines, [], [note] if rows else [], listing.events, listing.unknown)
        if has_no_header(table):
            return _Said(listing.entries(), events=listing.events)
        first = table.rows[0][0]
        table.wrong(
            first,
            "this is neither a list nor a grid of meetings: its first row names the columns, as in day, half-day, "
            "session, or days, with a half-day before each row",
        )
        return _Said([])

    def days(self, slots: Sequence[str]) -> list[WrittenDay]:
        """The days in the heads of a grid; none where it is no grid."""
        return Grid(Table(self.table.file, [], self.table.rows, self.table.titles), self.merged, slots).days()


def _placed(
    events: Sequence[WrittenEvent], scenario: Scenario, table: Table, *, last_year: bool
) -> list[tuple[WrittenEvent, dict[str, Any]]]:
    """The events as a document has them; of another year those whose day may be meant."""
    meant = [event for event in events if not last_year or len(event.dates(scenario)) == 1]
    return [(event, held) for event in meant if (held := event.placed(scenario, table)) is not None]


def _joined(
    in_cells: Sequence[tuple[WrittenEvent, dict[str, Any]]],
    in_sheet: Sequence[tuple[WrittenEvent, dict[str, Any]]],
    table: Table,
) -> list[tuple[WrittenEvent, dict[str, Any]]]:
    """The events of the annex and of their own sheet, which counts; where both differ is told."""
    there = {held["id"]: held for _, held in in_sheet}
    for event, held in in_cells:
        if held["id"] in there and there[held["id"]] != held:
            table.doubt(
                event.cell, "the sheet 'Side events' has other hours or another room for this event, and counts"
            )
    return [*(each for each in in_cells if each[1]["id"] not in there), *in_sheet]


def _said(doubt: Diagnostic) -> str:
    """A doubt in one sentence, with its place."""
    where = f", {doubt.path}" if doubt.path else f":{doubt.line}" if doubt.line else ""
    return printable(f"{doubt.file}{where}: {doubt.message}{f' ({doubt.hint})' if doubt.hint else ''}")


def _dated(
    table: Table, scenario: Scenario, lines: Sequence[Line], heads: Sequence[WrittenDay]
) -> tuple[list[Entry], str]:
    """The lines on their days, and that their days are of another year."""
    days = settled(scenario.calendar, [line.day for line in lines], heads)
    if days.strange and lines:
        table.wrong(lines[0].when, days.strange)
        return [], ""
    told: set[Cell] = set()
    entries = []
    for line in lines:
        day: date | None = days.dates.get(line.day)
        if day is not None:
            entries.append(Entry(line, day))
        elif line.when not in told:
            told.add(line.when)
            table.wrong(line.when, days.wrong.get(line.day, f"{quoted(line.day.text)} is no day of this scenario"))
    return entries, f"{days.note}." if days.note else ""
