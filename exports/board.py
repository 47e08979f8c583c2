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
class Meeting:
    """One body in one room for (a part of) one slot."""

    label: Paragraph
    tone: int
    """The colour of the body, as in the annex."""
    sessions: tuple[tuple[str, str], ...]
    """Hour of beginning, or an arrow where the session goes on from an earlier slot; and title."""


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
        sessions = tuple(
            ("→" if number else show_clock(start), one_line(programme.sessions[SessionId(session)].title or session))
            for start, number, session in group
        )
        found.append(Meeting(paragraph(one_line(body.title) or body.id, bold=True), tones[body.id], sessions))
    return tuple(found)
