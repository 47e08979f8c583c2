"""The board: a programme of many rooms as tables of slots by rooms, a day each, for every writer to draw.

An annex cell names each body that meets in a slot. With many rooms nobody would find theirs in it, so a room gets a
column of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from exports.entries import Paragraph, one_line, paragraph, subtitle, tones_of
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock, show_date, show_hours, weekday
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable

FEW_ROOMS = 3
"""Up to so many rooms in use, the annex shows a programme best."""


@dataclass(frozen=True, slots=True)
class Item:
    """One session in a cell."""

    hour: str
    """When it begins; an arrow where it goes on from an earlier slot."""
    title: str
    presenters: str
    """Their names, with commas; empty where none are known."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One body in one room for (a part of) one slot."""

    label: Paragraph
    chairs: str
    """Names of its officers, with commas."""
    tone: int
    """The colour of the body, as in the annex."""
    sessions: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One slot: what meets in each room, in the order of the board's rooms."""

    label: str
    rooms: tuple[tuple[Meeting, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One day."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole programme."""

    title: Paragraph
    subtitle: str
    rooms: tuple[str, ...]
    """Those in use, in the order of the scenario."""
    pages: tuple[Page, ...]

    def parts(self, most: int) -> list[tuple[int, int]]:
        """The rooms in groups of at most ``most``, as even as can be: first and one past the last."""
        count = -(-len(self.rooms) // max(most, 1))
        edges = [len(self.rooms) * number // count for number in range(count + 1)]
        return list(pairwise(edges))


def has_many_rooms(timetable: Timetable) -> bool:
    """Whether the timetable is one for a board."""
    return len({placement.room for placement in timetable}) > FEW_ROOMS


def board_of(programme: Programme, timetable: Timetable) -> Board:
    """The board of a timetable; rooms that the programme does not know come last."""
    used = {placement.room for placement in timetable}
    rooms = [room.id for room in programme.rooms if room.id in used]
    rooms += sorted(used - set(rooms))
    slots = programme.calendar.axis.slots
    cells: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for placement in timetable:
        for number, segment in enumerate(placement.segments):
            cells[segment.slot, placement.room].append((segment.start, number, placement.session))
    tones = tones_of(programme)
    pages = []
    for day, indices in programme.calendar.axis.by_day.items():
        rows = [
            Row(
                show_hours(slots[index].opens, slots[index].closes),
                tuple(_meetings(programme, sorted(cells[index, room]), tones) for room in rooms),
            )
            for index in indices
            if any((index, room) in cells for room in rooms)
        ]
        if rows:
            pages.append(Page(f"{weekday(day)} {show_date(day)}", tuple(rows)))
    meeting = programme.meeting
    names = tuple(one_line(programme.room_title(room)) for room in rooms)
    return Board(paragraph(meeting.annex_title, markup=True), subtitle(meeting), names, tuple(pages))


def _meetings(
    programme: Programme, standing: Sequence[tuple[int, int, str]], tones: dict[str, int]
) -> tuple[Meeting, ...]:
    """Sessions of one cell, joined while they are of one body."""
    found = []
    for name, group in groupby(standing, key=lambda item: programme.body_of[SessionId(item[2])].id):
        body = programme.body[name]
        items = tuple(
            _item(programme, SessionId(session), start, going_on=number > 0) for start, number, session in group
        )
        chairs = ", ".join(one_line(_name(programme, officer)) for officer in sorted(programme.chairs_of(name)))
        label = paragraph(one_line(body.title) or body.id, bold=True)
        found.append(Meeting(label, chairs, tones[body.id], items))
    return tuple(found)


def _item(programme: Programme, session: SessionId, start: int, *, going_on: bool) -> Item:
    known = programme.sessions[session]
    names = ", ".join(one_line(_name(programme, who)) for who in known.presenters or ())
    return Item("→" if going_on else show_clock(start), one_line(known.title or session), names)


def _name(programme: Programme, who: str) -> str:
    """The name behind the id of an officer, or the name itself."""
    officer = programme.officer.get(who)
    return who if officer is None else officer.name or officer.post
