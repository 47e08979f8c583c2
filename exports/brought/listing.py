"""Reads a list of meetings: a row for each, with the day, the half-day or the hours, and who meets."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from exports.brought.columns import DAYS, WHO, WORDS, is_unread, meant, roles_of
from exports.brought.days import (
    HALVES,
    WHOLE_DAY,
    WrittenDay,
    day_and_part,
    is_part,
    no_day,
    no_part,
    read_clock,
    read_day,
    read_hours,
)
from exports.brought.lines import Line
from exports.brought.names import Meant, Names, UnclearNameError
from exports.brought.side_events import (
    WrittenEvent,
    event_called,
    event_meant,
    is_called,
    is_event,
    windows_called,
)
from scheduler.domain.base import SessionId
from scheduler.domain.clock import over_midnight, parse_weekday, show_hours
from scheduler.reading.tables.files import MOST_PROBLEMS, Cell, Table
from scheduler.wording import quoted, shortened, some_of

MOST_ROWS_ABOVE = 12
"""Rows in which the names of columns, or the days of a grid, are looked for."""


def header_of(table: Table) -> tuple[int, dict[int, str]] | None:
    """The row that names the columns, and what they hold; None: no row does."""
    rows = list(enumerate(table.rows[:MOST_ROWS_ABOVE]))
    found = [(number, roles_of(row)) for number, row in rows]
    number, roles = max(found, key=lambda each: len(each[1]), default=(0, {}))
    who, when = set(WHO) & set(roles.values()), set(DAYS) & set(roles.values())
    if (who and when) or len(roles) > 2:
        return number, roles
    for number, row in rows:
        roles = roles_of(row)
        absent = [role for role in WORDS if role not in roles.values()]
        if roles and any(meant(cell.text, absent) for at, cell in enumerate(row) if at not in roles):
            return number, roles
    return None


def has_no_header(table: Table) -> bool:
    """Whether the rows are entries from the first on: ``Wednesday morning: WGTU``, in one cell or several."""
    first = [cell.text for cell in table.rows[0] if cell.text]
    return bool(first) and _parted(first, ()) is not None


class Listing:
    """Reads the rows of one table; what is wrong in it goes to the table."""

    def __init__(self, table: Table, names: Names, slots: Sequence[str]) -> None:
        self.table, self.names, self.slots = table, names, slots
        self.filled: list[Cell] = []
        """Rows without a day, for which the one above counts."""
        self.unknown: list[tuple[Cell, str]] = []
        """Sessions in tables of this program that the scenario does not have, and what is said of them."""
        self.events: list[WrittenEvent] = []
        """What the rows of side events say."""

    # --- with names of columns -------------------------------------------------------------------------------

    def read(self, number: int, roles: dict[int, str]) -> list[Line]:
        """Every row below the header."""
        head = self.table.rows[number]
        below = self.table.rows[number + 1 :]
        roles = self._settled(roles, below)
        if not self._usable(head, roles):
            return []
        exact = {"day", "weekday", "start", "end"} <= set(roles.values())
        lines: list[Line] = []
        above: Cell | None = None
        tagged: list[tuple[Cell, Meant]] = []
        for row in below:
            if self.table.mistakes >= MOST_PROBLEMS:
                break
            cells = {role: row[at] for at, role in roles.items() if at < len(row)}
            if not any(cell.text for role, cell in cells.items() if role != "room") or _is_gone(cells):
                continue
            if not exact and "day" in cells and not cells["day"].text and above is not None:
                cells["day"] = above
                self.filled.append(row[0])
            above = cells.get("day", above)
            if is_event(self.names, cells):
                self._event(cells)
                continue
            line = self._line(cells, row, exact=exact)
            lines += [line] if line is not None else []
            tagged += [(cells["tags"], line.who)] if line is not None and "tags" in cells else []
        self._doubt_tags(tagged)
        return lines

    def _doubt_tags(self, tagged: Sequence[tuple[Cell, Meant]]) -> None:
        """Warn where other tags are written than the scenario has: a timetable changes none."""
        of = self.names.scenario
        others = [
            (cell, session)
            for cell, who in tagged
            for session in who.queue
            if len(who.queue) == 1 and session in of.sessions
            if _tags(cell.text) != _tags("; ".join(of.tags_of(session)))
        ]
        if others:
            told = shortened(list(dict.fromkeys(of.title(session) for _, session in others)))
            self.table.doubt(
                others[0][0], f"tags of {told} are not those of the scenario, which count: change them there"
            )

    def _settled(self, roles: dict[int, str], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
        """A column called 'session' that holds mornings and afternoons holds half-days."""
        at = next((at for at, role in roles.items() if role == "session"), None)
        if at is None or "half-day" in roles.values():
            return roles
        texts = [row[at].text for row in rows if at < len(row) and row[at].text]
        return roles | {at: "half-day"} if texts and all(is_part(text, self.slots) for text in texts) else roles

    def _usable(self, head: Sequence[Cell], roles: dict[int, str]) -> bool:
        """Whether there is a column for the day and one for who meets; tells of others that nobody reads."""
        before = len(self.table.problems)
        there = set(roles.values())
        absent = [role for role in WORDS if role not in there]
        unread: list[Cell] = []
        for at, cell in enumerate(head):
            if at in roles or is_unread(cell.text):
                continue
            if cell.text.casefold() in (other.text.casefold() for other in head[:at]):
                self.table.wrong(cell, f"the column {quoted(cell.text)} is there twice")
                continue
            if near := meant(cell.text, absent):
                self.table.wrong(cell, f"unknown column {quoted(cell.text)}", f"did you mean {quoted(near)}?")
            else:
                unread.append(cell)
        if len(self.table.problems) == before:
            if not there & set(DAYS):
                self.table.wrong(head[0], "no column says on which day: name one 'day'")
            if not there & set(WHO):
                self.table.wrong(head[0], "no column says who meets: name one 'session' or 'body'")
        usable = len(self.table.problems) == before
        if unread:
            shown = some_of([quoted(cell.text) for cell in unread])
            said = f"column {shown} is" if len(unread) == 1 else f"columns {shown} are"
            self.table.doubt(unread[0], f"{said} not read", f"columns that are read: {', '.join(WORDS)}")
        return usable

    def _line(self, cells: dict[str, Cell], row: Sequence[Cell], *, exact: bool) -> Line | None:
        at = cells.get("day") or cells["half-day"]
        before = len(self.table.problems)
        day, part = self._when(cells, self.slots)
        start, end = self._clock(cells, "start", needed=exact), self._clock(cells, "end", needed=exact)
        if "hours" in cells and cells["hours"].text:
            part, start, end = self._hours(cells["hours"], part, start, end)
        if start is not None and end is not None:
            start, end = over_midnight(start, end)
        if start is not None and end is not None and start >= end:
            where = cells.get("end") or cells["hours"]
            self.table.wrong(where, f"{show_hours(start, end)} ends before it begins: correct start or end")
        who = self._who(cells, row[0], exact=exact)
        if len(self.table.problems) > before or day is None or who is None:
            return None
        room = self.names.room(cells["room"].text) if "room" in cells else None
        shown = next((cells[role] for role in WHO if role in cells and cells[role].text), at)
        column = "half-day" in cells and bool(cells["half-day"].text)
        return Line(shown, at, day, part, start, end, who, room, exact, in_half_days=column)

    def _when(self, cells: dict[str, Cell], names: Sequence[str]) -> tuple[WrittenDay | None, str]:
        """The day and the part of it, which may be one of these names, from their columns."""
        cell = cells.get("day") or cells["half-day"]
        text, part = day_and_part(cell.text, names)
        half = cells.get("half-day")
        if half is not None and half is not cell and half.text:
            extra, own = day_and_part(half.text, names)
            if extra or not own:
                self.table.wrong(half, no_part(half.text, names))
            part = own or part
        day = self._day(cell, text)
        weekday = cells.get("weekday")
        if day is not None and weekday is not None and weekday.text:
            number = parse_weekday(weekday.text)
            if number is None:
                self.table.wrong(weekday, f"{quoted(weekday.text)} is no weekday: write Monday to Sunday, or nothing")
            else:
                day = WrittenDay(day.text, number, day.dates)
                if day.contradiction:
                    self.table.wrong(weekday, WrittenDay(weekday.text, number, day.dates).contradiction)
        return day, part

    def _day(self, cell: Cell, text: str) -> WrittenDay | None:
        day = read_day(text)
        if day is None:
            self.table.wrong(cell, no_day(cell.text))
        elif day.contradiction:
            self.table.wrong(cell, day.contradiction)
        return day

    def _clock(self, cells: dict[str, Cell], role: str, *, needed: bool) -> int | None:
        cell = cells.get(role)
        if cell is None or not (cell.text or needed):
            return None
        found = read_clock(cell.text)
        if found is None:
            shown = f"{quoted(cell.text)} is not a time of day" if cell.text else "nothing stands here"
            self.table.wrong(cell, f"{shown}: write HH:MM, as in 15:00")
        return found

    def _hours(self, cell: Cell, part: str, start: int | None, end: int | None) -> tuple[str, int | None, int | None]:
        """The column of hours, which may say ``morning`` as well."""
        if is_part(cell.text, self.slots) and read_hours(cell.text) is None:
            return cell.text, start, end
        hours = read_hours(cell.text)
        if hours is None:
            self.table.wrong(cell, f"{quoted(cell.text)} is no pair of hours: write 10:00-13:00, or a half-day")
            return part, start, end
        return part, hours[0], hours[1]

    def _who(self, cells: dict[str, Cell], first: Cell, *, exact: bool) -> Meant | None:
        """The sessions of a row: by id, else by body and title, else by whatever the row calls them."""
        texts = {role: cells[role].text if role in cells else "" for role in WHO}
        at = next((cells[role] for role in WHO if texts[role]), first)
        try:
            if texts["session"]:
                session = texts["session"]
                found = self.names.find(session)
                if found is None and exact:  # of an earlier scenario: the check says that this one does not have it
                    return Meant(session, (SessionId(session),))
                return found or self.names.needed(session)
            if texts["body"]:
                return self.names.of_body(texts["body"], texts["title"] or texts["what"])
            if text := texts["title"] or texts["what"]:
                return self.names.needed(text)
        except UnclearNameError as error:
            if not exact:
                self.table.wrong(at, str(error))
                return None
            self.unknown.append((at, str(error)))
            text = " ".join(" ".join(text for text in texts.values() if text).split())
            return Meant(text, (SessionId(text),))
        self.table.wrong(at, "nothing in this row says who meets: write a session or a body")
        return None

    def _event(self, cells: dict[str, Cell]) -> None:
        """Keep what the row of a side event says."""
        before = len(self.table.problems)
        day, part = self._when(cells, [*self.slots, *windows_called(self.names.scenario)])
        start, end = self._clock(cells, "start", needed=False), self._clock(cells, "end", needed=False)
        if "hours" in cells and cells["hours"].text:
            part, start, end = self._hours(cells["hours"], part, start, end)
        if day is None or len(self.table.problems) > before:
            return
        name = event_meant(self.names.scenario, cells, {event.event for event in self.events})
        at = next(cells[role] for role in reversed(WHO) if role in cells and cells[role].text)
        room = cells["room"].text if "room" in cells else ""
        when = cells.get("day") or cells["half-day"]
        self.events.append(WrittenEvent(at, when, name, day, part, start, end, room))

    # --- without -----------------------------------------------------------------------------------------------

    def entries(self) -> list[Line]:
        """Every row of a table that does not name its columns."""
        found: list[Line] = []
        for row in self.table.rows:
            if self.table.mistakes >= MOST_PROBLEMS:
                break
            cells = [cell for cell in row if cell.text]
            parted = _parted([cell.text for cell in cells], self.slots)
            if parted is None:
                self.table.wrong(cells[0], no_day(cells[0].text))
                continue
            day, part, rest = parted
            at = cells[-1]
            if day.contradiction:
                self.table.wrong(cells[0], day.contradiction)
            if is_called(self.names, rest):
                taken = {event.event for event in self.events}
                name = event_called(self.names.scenario, rest, taken)
                self.events.append(WrittenEvent(at, cells[0], name, day, part, None, None, ""))
                continue
            try:
                named = self.names.in_cell(rest)
                if not named:
                    raise UnclearNameError(self.names.unknown(rest))
            except UnclearNameError as error:
                self.table.wrong(at, str(error))
                continue
            for each in named:
                hours = read_hours(each.hours) or (None, None)
                room = self.names.room(each.room)
                found.append(Line(at, cells[0], day, part, hours[0], hours[1], each.meant, room))
        return found


def _tags(text: str) -> set[str]:
    return {" ".join(tag.split()) for tag in text.split(";") if tag.strip()}


def _is_gone(cells: dict[str, Cell]) -> bool:
    """Whether the table of a revision says that the session is no longer held."""
    return "change" in cells and cells["change"].text == "cancelled"


def _parted(texts: Sequence[str], slots: Collection[str]) -> tuple[WrittenDay, str, str] | None:
    """Day, part of the day and who meets, of an entry in one cell or in several; None: it begins with no day."""
    if not texts:
        return None
    when, part = day_and_part(texts[0], list(slots))
    others = list(texts[1:])
    if read_day(when) is None and ":" in texts[0]:
        head, _, rest = re.sub(r":\s+", "\n", texts[0], count=1).partition("\n")
        when, part = day_and_part(head, list(slots))
        others = [rest, *others]
    day = read_day(when)
    if day is None:
        return None
    if not part and len(others) > 1 and is_part(others[0], list(slots)):
        part, *others = others
    who = "\n".join(others)
    word = HALVES.get(part.lower(), part)
    return (day, part if word == WHOLE_DAY else word, who) if who.strip() else None
