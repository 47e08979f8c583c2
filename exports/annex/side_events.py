"""Side events as every layout prints them: in the row of a day, or where they are many as a table of rooms by days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from exports.annex.text_metrics import Run
from exports.annex.texts import SIGN, Paragraph, one_line, paragraph
from scheduler.domain.clock import DAY_MINUTES, show_clock, show_hours
from scheduler.domain.programme import Programme
from scheduler.domain.side_events import SideEvents, alike
from scheduler.domain.timetable import Timetable
from scheduler.side_events.places import occasions
from scheduler.wording import counted

SIDE_EVENT = "Side event"
"""What stands for the body in the row of a side event."""
MAX_EVENTS_IN_CELL = 4
"""Scheduled side events of one day that its cell names; more have a table of their own."""


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A side event with all that is printed of it."""

    day: date
    hours: tuple[int, int] | None
    title: str
    organisers: tuple[str, ...]
    speakers: tuple[str, ...]
    room: str
    """Its title; may be empty."""
    id: str

    @property
    def begins(self) -> int:
        """Minutes after midnight; 24:00 where it has no hours."""
        return self.hours[0] if self.hours else DAY_MINUTES

    @property
    def paragraph(self) -> Paragraph:
        """Hours, title, organisers and, in brackets, the room."""
        return self._paragraph(
            f"{show_hours(*self.hours)} " if self.hours else "", f" ({self.room})" if self.room else ""
        )

    def marked(self, mark: str) -> Paragraph:
        """The same with how it was, in a revision."""
        more = (Run(f" {SIGN} {mark}", italic=True),) if mark else ()
        return Paragraph((*self.paragraph.runs, *more))

    def within(self, window: tuple[int, int] | None) -> Paragraph:
        """The same beside its room, and beside the hours of its window: what they say already is left out."""
        if self.hours is None or self.hours == window:
            return self._paragraph()
        if window is not None and self.hours[0] == window[0]:
            return self._paragraph(after=f" (until {show_clock(self.hours[1])})")
        return self._paragraph(f"{show_hours(*self.hours)} ")

    def _paragraph(self, before: str = "", after: str = "") -> Paragraph:
        after = "".join(f", {name}" for name in self.organisers) + after
        title = paragraph(self.title, italic=True).runs
        return Paragraph((*([Run(before)] if before else []), *title, *([Run(after)] if after else [])))


def shown_events(programme: Programme, timetable: Timetable) -> list[ShownEvent]:
    """Every side event that has a day, in order of time, then of the rooms planned, then of the scenario."""
    placed = {held.event: held for held in timetable.side_events or ()}
    found = []
    for name, event in programme.event.items():
        held = placed.get(name)
        day = held.day if held is not None else event.day if event.given else None
        if day is None:
            continue
        hours, room = (event.hours, event.room) if held is None else ((held.start, held.end), held.room)
        organisers, speakers = (_names(programme, group) for group in (event.organiser, event.speakers or ()))
        where = one_line(programme.place_title(room)) if room else ""
        found.append(ShownEvent(day, hours, one_line(event.title), organisers, speakers, where, name))
    order = _planned(programme)
    return sorted(found, key=lambda each: (each.day, each.begins, _at(order, alike(each.room)), each.hours or ()))


def _names(programme: Programme, group: Sequence[str]) -> tuple[str, ...]:
    """The names of officers or people by id; other texts are names themselves."""
    names = (one_line(programme.persons.name(programme.person(who))) for who in group)
    return tuple(name for name in names if name)


def side_events_on(
    programme: Programme, day: date, timetable: Timetable, marks: Mapping[str, str] = MappingProxyType({})
) -> list[tuple[int, Paragraph]]:
    """The side events of a day in the order of their hours, each with when it begins.

    ``marks``: by id, how those were that have changed. An event without hours begins at 24:00; where the scenario says
    ``tbc``, that alone stands there.
    """
    if programme.side_events == "tbc":
        return [(DAY_MINUTES, paragraph("tbc", italic=True))]
    return [
        (each.begins, each.marked(marks.get(each.id, "")))
        for each in shown_events(programme, timetable)
        if each.day == day
    ]


def days_of_many(programme: Programme, timetable: Timetable) -> frozenset[date]:
    """The days whose cell would be too full for the scheduled side events."""
    if not isinstance(programme.side_events, SideEvents):
        return frozenset()
    of_days = Counter(each.day for each in shown_events(programme, timetable))
    return frozenset(day for day, number in of_days.items() if number > MAX_EVENTS_IN_CELL)


def counts_on(programme: Programme, day: date, timetable: Timetable) -> tuple[Paragraph, ...]:
    """How many side events begin when on a day, for a cell that cannot name them all."""
    begun = Counter(each.begins for each in shown_events(programme, timetable) if each.day == day)
    return tuple(
        paragraph(f"{show_clock(begins)}: " * (begins < DAY_MINUTES) + counted(number, "side event"))
        for begins, number in sorted(begun.items())
    )


@dataclass(frozen=True, slots=True)
class EventRow:
    """One room in one window: its events by day."""

    room: str
    cells: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True, slots=True)
class EventBlock:
    """The rooms of one window; the last block has what stands in no window."""

    label: str
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class EventTable:
    """Side events of some days: windows and rooms as rows, days as columns."""

    days: tuple[date, ...]
    blocks: tuple[EventBlock, ...]


def event_tables(programme: Programme, timetable: Timetable) -> tuple[EventTable, ...]:
    """A table for each week; empty where the cells of the days hold all side events."""
    if not days_of_many(programme, timetable):
        return ()
    events = shown_events(programme, timetable)
    days = sorted({each.day for each in events} | {occasion.day for occasion in occasions(programme)})
    weeks = [tuple(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2])]
    return tuple(EventTable(week, _blocks(programme, events, week)) for week in weeks)


def _blocks(programme: Programme, events: Sequence[ShownEvent], days: Sequence[date]) -> tuple[EventBlock, ...]:
    windows = sorted({(o.opens, o.closes) for o in occasions(programme) if o.day in days})
    left = [each for each in events if each.day in days]
    found = []
    for opens, closes in windows:
        inside = [e for e in left if e.hours and opens <= e.hours[0] and e.hours[1] <= closes]
        left = [each for each in left if each not in inside]
        rows = _rows(programme, inside, days, (opens, closes))
        found.append(EventBlock(show_hours(opens, closes), rows or (EventRow("", ((),) * len(days)),)))
    return (*found, *([EventBlock("Other hours", _rows(programme, left, days))] if left else []))


def _rows(
    programme: Programme, events: Sequence[ShownEvent], days: Sequence[date], window: tuple[int, int] | None = None
) -> tuple[EventRow, ...]:
    """A row for each room in use; hours stand in a cell where they are not those of the window."""
    order = _planned(programme)
    rooms = sorted({each.room for each in events}, key=lambda room: (_at(order, alike(room)), room))
    return tuple(
        EventRow(
            room,
            tuple(tuple(e.within(window) for e in events if (e.day, e.room) == (day, room)) for day in days),
        )
        for room in rooms
    )


def _planned(programme: Programme) -> list[str]:
    """The rooms of side events, in the order of the scenario."""
    said = programme.side_events
    return [alike(programme.place_title(room)) for room in said.rooms] if isinstance(said, SideEvents) else []


def _at(order: Sequence[str], room: str) -> int:
    return order.index(room) if room in order else len(order)
