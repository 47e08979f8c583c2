"""Reads a grid like that of the annex: days as columns and half-days as rows, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from exports.annex.pauses import UNTITLED
from exports.annex.texts import DOT
from exports.brought.days import WrittenDay, is_part, no_part, read_day, read_hours
from exports.brought.lines import Line
from exports.brought.listing import MOST_ROWS_ABOVE
from exports.brought.names import Names, UnclearNameError
from exports.brought.side_events import WrittenEvent, event_called, events_in, passed_over
from scheduler.reading.tables.files import MOST_PROBLEMS, Cell, Table
from scheduler.wording import quoted

Place = tuple[int, int]
"""A row and a column, by number."""
CORNERS = ("", "time", "hours", "day", "date", "half-day", "slot")
"""What stands in the corner of a grid, and at its right edge."""
SIDE_EVENTS = ("side events", "side event")
"""Heads of the row of side events."""
NO_HALF_DAYS = (*SIDE_EVENTS, "lunch", "break", "coffee", "coffee break", "reception")
"""Heads of rows that hold no sessions."""
NOBODY = ("tbc", "tba", "-", "\u2013", "\u2014", "x", "none", "free", "closed", "holiday", "travel", "lunch", "n/a")
"""Texts of cells in which nobody meets."""

_COUNTED = re.compile(r"(?:(?:\d{1,2}:\d{2}:\s*)?(?:one|\d+)\s+side\s+events?\s*)+", re.IGNORECASE)
"""What stands for side events that have a table of their own."""


class Grid:
    """The cells of one table as a grid; what is wrong in it goes to the table."""

    def __init__(self, table: Table, merged: Mapping[Place, Place], slots: Sequence[str]) -> None:
        self.table, self.slots = table, slots
        self.events: list[WrittenEvent] = []
        """Side events, after it was read."""
        self._room: str | None = None
        cells = {(row[0].span.line, at): cell for row in table.rows for at, cell in enumerate(row) if cell.text}
        self._lay(cells, merged)
        if not self.found:
            turned = {(at, line): (first, top) for (line, at), (top, first) in merged.items()}
            self._lay({(at, line): cell for (line, at), cell in cells.items()}, turned)

    def _lay(self, cells: Mapping[Place, Cell], merged: Mapping[Place, Place]) -> None:
        """Take the cells that hold anything, by row and column."""
        self._rows: dict[int, dict[int, Cell]] = {}
        for row, at in sorted(cells):
            self._rows.setdefault(row, {})[at] = cells[row, at]
        self._edge = min((at for _, at in cells), default=0)
        self._merged = merged
        labels = [row for row, at in cells if at == self._edge and is_part(cells[row, at].text, self.slots)]
        self._last = max(labels, default=0)
        """The last row that begins with a half-day."""

    @property
    def found(self) -> bool:
        """Whether the table is a grid."""
        return any(map(self._is_head, list(self._rows)[:MOST_ROWS_ABOVE]))

    def _is_head(self, row: int) -> bool:
        """Whether a row names days, and one below it begins with a half-day."""
        cells = self._rows[row]
        corner = cells.get(self._edge)
        heads = [cell for at, cell in cells.items() if at != self._edge and cell.text.lower() not in CORNERS]
        if row >= self._last or not heads or (corner is not None and corner.text.lower() not in CORNERS):
            return False
        return all(read_day(cell.text) for cell in heads)

    def days(self) -> list[WrittenDay]:
        """The days in the heads of the grid, in which nobody need meet."""
        return [day for row in self._rows if self._is_head(row) for _, _, day in self._heads(row)]

    def _heads(self, row: int) -> Iterator[tuple[int, Cell, WrittenDay]]:
        for at, cell in self._rows[row].items():
            day = read_day(cell.text)
            if day is not None:
                yield at, cell, day

    def read(self, names: Names) -> list[Line]:
        """Every entry, by half-day from top to bottom, within it by day."""
        lines: list[Line] = []
        days: dict[int, tuple[Cell, WrittenDay]] = {}
        part, label = None, (0, 0)
        self._room = self._only_room(names)
        seen: set[tuple[Place, Place]] = set()
        above: dict[int, Line] = {}
        for row, cells in self._rows.items():
            if self.table.mistakes >= MOST_PROBLEMS:
                break
            if self._is_head(row):
                days, part = self._columns(row), None
            elif days and not self._is_text(row):
                first = cells.get(self._edge)
                if first is not None and self._origin(row, self._edge) != label:
                    part, label, above = self._part(first, cells), self._origin(row, self._edge), {}
                if first is not None and first.text.lower() in SIDE_EVENTS and names.scenario.listed_events:
                    own = {at: cell for at, cell in cells.items() if at == self._origin(row, at)[1]}
                    self._add_events(names, own, days)
                for at, (head, day) in days.items() if part is not None else ():
                    place = (self._origin(row, at), label)
                    if at in cells and place not in seen:
                        first_row = all(origin != place[0] for origin, _ in seen)
                        for line in self._entries(names, cells[at], head, day, part or ""):
                            if line.end is not None and line.start is not None and not first_row:
                                continue
                            above[at] = _below(above.get(at), line)
                            lines.append(above[at])
                    seen.add(place)
        return lines

    def _only_room(self, names: Names) -> str | None:
        """The room that stands alone between the facts above the days, as our annex has it; None: none does."""
        above = takewhile(lambda row: not self._is_head(row), self._rows)
        facts = [fact for row in above for cell in self._rows[row].values() for fact in cell.text.split(DOT.strip())]
        found = {names.rooms.get(fact.strip().casefold()) for fact in facts} - {None}
        return found.pop() if len(found) == 1 else None

    def _origin(self, row: int, at: int) -> Place:
        return self._merged.get((row, at), (row, at))

    def _is_text(self, row: int) -> bool:
        """Whether a row is a title or a footnote: one text, in one cell or across all."""
        cells = self._rows[row]
        alone = self._edge in cells and len({self._origin(row, at) for at in cells}) == 1
        return alone and not is_part(cells[self._edge].text, self.slots)

    def _columns(self, row: int) -> dict[int, tuple[Cell, WrittenDay]]:
        """The days of the columns below a head, each once but where one head spans several."""
        found: dict[int, tuple[Cell, WrittenDay]] = {}
        origins: dict[WrittenDay, Place] = {}
        for at, cell, day in self._heads(row):
            if day.contradiction:
                self.table.wrong(cell, day.contradiction)
            elif origins.setdefault(day, self._origin(row, at)) != self._origin(row, at):
                self.table.wrong(cell, f"{quoted(day.text)} stands in this row twice: correct one of them")
            else:
                found[at] = (cell, day)
        return found

    def _part(self, label: Cell, cells: dict[int, Cell]) -> str | None:
        """The half-day of a row; None of a row without sessions."""
        if is_part(label.text, self.slots):
            return label.text
        others = [cell for cell in cells.values() if cell.text != label.text]
        if others and label.text.lower() not in NO_HALF_DAYS:
            self.table.wrong(label, no_part(label.text, self.slots))
        return None

    def _add_events(self, names: Names, cells: dict[int, Cell], days: Mapping[int, tuple[Cell, WrittenDay]]) -> None:
        """Keep what the row of side events says."""
        for at, cell in cells.items():
            if at not in days or cell.text.lower() in NOBODY or _COUNTED.fullmatch(cell.text):
                continue
            head, day = days[at]
            for title, hours, room, unread in events_in(names, cell.text):
                passed_over(self.table, cell, unread)
                if title:
                    start, end = read_hours(hours) or (None, None)
                    name = event_called(names.scenario, title, {event.event for event in self.events})
                    self.events.append(WrittenEvent(cell, head, name, day, "", start, end, room))

    def _entries(self, names: Names, cell: Cell, head: Cell, day: WrittenDay, part: str) -> Iterator[Line]:
        try:
            named = names.in_cell(cell.text)
            if not named and names.is_near(cell.text):
                raise UnclearNameError(names.unknown(cell.text))
            rest = names.unread(cell.text) if named else [] if _is_nobody(cell.text, names) else [cell.text]
        except UnclearNameError as error:
            self.table.wrong(cell, str(error))
            return
        for text in rest:
            self.table.doubt(cell, f"{quoted(' '.join(text.split()))} names no session or body: passed over")
        for each in named:
            start, end = read_hours(each.hours) or (None, None)
            room = names.room(each.room) or self._room
            yield Line(cell, head, day, part, start, end, each.meant, room, in_half_days=True)


def _below(above: Line | None, line: Line) -> Line:
    """A line with the end of the one above it, where that is written and nothing else tells its start."""
    if above is None or above.end is None or line.start is not None or above.room != line.room:
        return line
    return replace(line, after=above.end)


def _is_nobody(text: str, names: Names) -> bool:
    """Whether a text says that nobody meets, as the calendar may say it of its days and breaks."""
    calendar = names.scenario.calendar
    notes = [*(day.note for day in calendar.days if day.note), *calendar.closed.values()]
    notes += [pause.title or UNTITLED for pause in calendar.breaks or ()]
    return text.lower() in (*NOBODY, *(note.lower() for note in notes))
