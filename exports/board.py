"""The board: a programme of many rooms as tables of slots by rooms, a day each, for every writer to draw.

An annex cell names each body that meets in a slot. With many rooms nobody would find theirs in it, so a room gets a
column of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from exports.entries import Paragraph, heading, one_line, paragraph, subtitle, tones_of
from scheduler.domain.base import RoomId, SessionId
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
    mark: str = ""
    """In a revision: the words that mark what is new."""
    struck: bool = False
    """In a revision: a place that is given up."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One body in one room for (a part of) one slot."""

    label: Paragraph
    chairs: str
    """Names of its officers, with commas."""
    tone: int
    """The colour of the body, as in the annex."""
    sessions: tuple[Item, ...]

    @property
    def struck(self) -> bool:
        """Whether the body has left the place."""
        return all(item.struck for item in self.sessions)


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
    note: str = ""
    """In a revision: how to read it."""
    footnotes: tuple[Paragraph, ...] = ()

    def parts(self, most: int) -> list[tuple[int, int]]:
        """The rooms in groups of at most ``most``, as even as can be: first and one past the last."""
        count = -(-len(self.rooms) // max(most, 1))
        edges = [len(self.rooms) * number // count for number in range(count + 1)]
        return list(pairwise(edges))


@dataclass(frozen=True, slots=True)
class Revised:
    """What a board shows of the programme that it revises."""

    programme: Programme
    gone: Timetable
    """Places that are given up."""
    marks: Mapping[SessionId, str]
    """The words for each session that has changed."""
    note: str


def has_many_rooms(timetable: Timetable) -> bool:
    """Whether the timetable is one for a board."""
    return len({placement.room for placement in timetable}) > FEW_ROOMS


def board_of(programme: Programme, timetable: Timetable, revised: Revised | None = None) -> Board:
    """The board of a timetable; rooms that the programme does not know come last."""
    struck, marks = ({}, {}) if revised is None else (_struck(programme, revised), revised.marks)
    used = {placement.room for placement in timetable} | {RoomId(room) for _, room in struck}
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
                tuple(
                    _with_struck(
                        _meetings(programme, sorted(cells[index, room]), tones, marks), struck.get((index, room), ())
                    )
                    for room in rooms
                ),
            )
            for index in indices
            if any((index, room) in cells or (index, room) in struck for room in rooms)
        ]
        if rows:
            pages.append(Page(f"{weekday(day)} {show_date(day)}", tuple(rows)))
    meeting = programme.meeting
    names = tuple(one_line(programme.room_title(room)) for room in rooms)
    note = "" if revised is None else revised.note
    title, footnotes = heading(meeting)
    return Board(title, subtitle(meeting), names, tuple(pages), note, footnotes)


def _struck(programme: Programme, revised: Revised) -> dict[tuple[int, str], tuple[Meeting, ...]]:
    """What has left each cell, by the slot of the new calendar that holds the old place; the others are not shown."""
    slots, before = programme.calendar.axis.slots, revised.programme
    standing: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for placement in revised.gone:
        for number, was in enumerate(placement.segments):
            here = [s.index for s in slots if s.day == was.day and s.opens < was.end and was.start < s.closes]
            if here:
                standing[here[0], placement.room].append((was.start, number, placement.session))
    tones = tones_of(before) | tones_of(programme)
    return {cell: tuple(map(_left, _meetings(before, sorted(found), tones, {}))) for cell, found in standing.items()}


def _left(meeting: Meeting) -> Meeting:
    return replace(meeting, sessions=tuple(replace(item, struck=True) for item in meeting.sessions))


def _with_struck(standing: Sequence[Meeting], struck: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """What has left the cell stands last, below the name of its body where that still meets there."""
    found = list(standing)
    for left in struck:
        same = [number for number, meeting in enumerate(found) if meeting.label == left.label]
        if same:
            found[same[-1]] = replace(found[same[-1]], sessions=(*found[same[-1]].sessions, *left.sessions))
        else:
            found.append(left)
    return tuple(found)


def _meetings(
    programme: Programme,
    standing: Sequence[tuple[int, int, str]],
    tones: Mapping[str, int],
    marks: Mapping[SessionId, str],
) -> tuple[Meeting, ...]:
    """Sessions of one cell, joined while they are of one body."""
    found = []
    for name, group in groupby(standing, key=lambda item: programme.body_of[SessionId(item[2])].id):
        body = programme.body[name]
        items = tuple(
            _item(programme, SessionId(session), start, going_on=number > 0, mark=marks.get(SessionId(session), ""))
            for start, number, session in group
        )
        chairs = ", ".join(one_line(_name(programme, officer)) for officer in sorted(programme.chairs_of(name)))
        label = paragraph(one_line(body.title) or body.id, bold=True)
        found.append(Meeting(label, chairs, tones[body.id], items))
    return tuple(found)


def _item(programme: Programme, session: SessionId, start: int, *, going_on: bool, mark: str) -> Item:
    known = programme.sessions[session]
    names = ", ".join(one_line(_name(programme, who)) for who in known.presenters or ())
    return Item("→" if going_on else show_clock(start), one_line(known.title or session), names, mark)


def _name(programme: Programme, who: str) -> str:
    """The name behind the id of an officer, or the name itself."""
    officer = programme.officer.get(who)
    return who if officer is None else officer.name or officer.post
