"""Recognises the side events in a list of meetings, and finds the hours that a row leaves out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.annex.side_events import SIDE_EVENT
from exports.annex.texts import one_line
from exports.brought.columns import WHO
from exports.brought.days import HALVES, WrittenDay, read_hours
from exports.brought.names import HOURS, Names, UnclearNameError
from scheduler.domain.clock import NOON, show_clock, show_day, show_hours
from scheduler.domain.half_days import EVENING
from scheduler.domain.programme import Programme
from scheduler.domain.side_events import TO_BE_NAMED, SideEvents, alike
from scheduler.reading.cleaning import unguarded
from scheduler.reading.tables.files import Cell, Table
from scheduler.side_events.places import Occasion, Places, rooms_of
from scheduler.wording import listed, quoted


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """What a row says of a side event."""

    cell: Cell
    """Where it says which one."""
    when: Cell
    """Where it says on which day."""
    event: str
    """Its id."""
    day: WrittenDay
    part: str
    start: int | None
    end: int | None
    room: str

    def dates(self, programme: Programme) -> list[date]:
        """The days that may be meant."""
        return self.day.days(programme.calendar.dates)

    def placed(self, programme: Programme, table: Table) -> dict[str, Any] | None:
        """As a document has it; None of one that is given without hours, and where its day or hours are not clear.

        What is not clear goes to the table.
        """
        dates = self.dates(programme)
        if len(dates) != 1:
            table.wrong(self.when, f"{quoted(self.day.text)} is no one day")
            return None
        event = programme.event.get(self.event)
        if event is not None and event.given and event.hours is None:  # it has nothing that could be moved
            if event.day is not None and event.day != dates[0]:
                table.doubt(self.cell, f"{quoted(event.title)} is given on {show_day(event.day)}: passed over")
            return None
        hours = self._hours(programme, table, dates[0])
        if hours is None:
            return None
        room = place_meant(programme, self.event, self.room)
        start, end = map(show_clock, hours)
        return {"id": self.event, "room": room, "date": dates[0].isoformat(), "start": start, "end": end}

    def _hours(self, programme: Programme, table: Table, day: date) -> tuple[int, int] | None:
        """The hours that are written; of a start alone with its length, else the one window that may be meant."""
        event = programme.event.get(self.event)
        start, end = (self.start, self.end) if self.start is not None else read_hours(self.part) or (None, self.end)
        if start is not None and end is None and event is not None and event.length is not None:
            end = start + event.length
        if start is not None and end is not None:
            return start, end
        name = quoted(self.event if event is None else event.title)
        if event is not None and start is None and end is None:
            if event.given and event.hours is not None:
                return event.hours
            found = self._windows(programme, day)
            if len(found) == 1 and event.length is not None:
                return found[0].opens, found[0].opens + event.length
            if found:
                ways = listed([show_hours(window.opens, window.closes) for window in found], "or")
                table.wrong(self.cell, f"{name} on {show_day(day)} may be {ways}: write its start")
                return None
        table.wrong(self.cell, f"nothing says when {name} is held: write its start and end, as in 13:15-14:15")
        return None

    def _windows(self, programme: Programme, day: date) -> list[Occasion]:
        """The windows of a day that are open to it, and called so."""
        places = Places(programme)
        open_ = places.open.get(self.event, {})
        here = [each for each in places.occasions if each.day == day and each.number in open_]
        called = alike(self.part)
        return [
            each for each in here if called in ("", alike(each.window.name or "")) or _word(each) == HALVES.get(called)
        ]


def windows_called(programme: Programme) -> list[str]:
    """The names of the windows, each once."""
    said = programme.side_events
    found = said.windows if isinstance(said, SideEvents) else ()
    return list(dict.fromkeys(window.name for window in found if window.name))


def _word(occasion: Occasion) -> str:
    return "morning" if occasion.opens < NOON else "afternoon" if occasion.opens < EVENING else "evening"


def is_event(names: Names, cells: Mapping[str, Cell]) -> bool:
    """Whether a row is one of a side event: that stands for the body, or its id or title says who meets."""
    programme = names.scenario
    if not programme.listed_events:
        return False
    session, body = (cells[role].text if role in cells else "" for role in ("session", "body"))
    if not session and alike(body) == alike(SIDE_EVENT):
        return True
    return is_called(names, _said(cells))


def is_called(names: Names, text: str) -> bool:
    """Whether a side event is called so, and neither a session nor a body."""
    try:
        known = names.find(text) is not None
    except UnclearNameError:
        known = True
    return bool(text) and not known and bool(_called(names.scenario, text))


def event_meant(programme: Programme, cells: Mapping[str, Cell], taken: Collection[str]) -> str:
    """The id of the side event; of several with one title the first that is not taken."""
    said = _said({role: cell for role, cell in cells.items() if alike(cell.text) != alike(SIDE_EVENT)})
    return event_called(programme, said, taken)


def event_called(programme: Programme, text: str, taken: Collection[str]) -> str:
    """The same by what it is called; a text that none is called is given back."""
    called = _called(programme, text)
    return next((name for name in called if name not in taken), called[-1] if called else text)


def events_in(names: Names, text: str) -> Iterator[tuple[str, str, str, str]]:
    """What a cell of side events says: of each the title, the hours and the room, and what names none before it.

    The last has nothing but a text that names none, if there is one.
    """
    titles = {event.title for event in names.scenario.listed_events if alike(event.title) not in TO_BE_NAMED}
    known = "|".join(r"\s+".join(map(re.escape, title.split())) for title in sorted(titles, key=len, reverse=True))
    found = list(re.finditer(rf"(?:({HOURS})\s*:?\s*)?(?<!\w)({known})(?!\w)", text, re.IGNORECASE)) if known else []
    before = text[: found[0].start()] if found else text
    for number, match in enumerate(found):
        after = text[match.end() : found[number + 1].start() if number + 1 < len(found) else len(text)]
        other = re.search(HOURS, re.sub(r"\([^()]*\)", lambda note: " " * len(note[0]), after))
        own = after if other is None else after[: other.start()]
        room = re.search(r"\(([^()]*)\)\W*$", own)
        yield match[2], match[1] or "", " ".join(room[1].split()) if room else "", before
        before = "" if other is None else after[other.start() :]
    if before.strip():
        yield "", "", "", before


def passed_over(table: Table, cell: Cell, text: str) -> None:
    """Warn of a text that names no side event."""
    if text.strip():
        table.doubt(cell, f"{quoted(' '.join(text.split()))} names no side event: passed over")


def _said(cells: Mapping[str, Cell]) -> str:
    """The first text of a row that says who meets."""
    return next((cells[role].text for role in WHO if role in cells and cells[role].text), "")


def _called(programme: Programme, text: str) -> list[str]:
    """The ids of the side events that have this id or title."""
    if text in programme.event:
        return [text]
    return [name for name, event in programme.event.items() if _plain(event.title) == _plain(text)]


def place_meant(programme: Programme, event: str, room: str) -> str:
    """The room as the scenario writes it; where none is written, the only one that may be."""
    asked = rooms_of(programme, programme.event[event]) if event in programme.to_place else ()
    if not room and len(asked) == 1:
        return asked[0]
    return next((r for r in asked if r and alike(one_line(programme.place_title(r))) == alike(room)), room)


def _plain(title: str) -> str:
    return alike(unguarded(one_line(title)))
