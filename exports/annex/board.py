"""The board: a programme of many rooms, a table for each day, with slots as rows and rooms as columns.

Every writer draws it. The annex has one cell for a whole slot, which would be too full with many rooms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, pairwise
from typing import TypeAlias

from exports.annex.entries import access_note, continued, tones_of
from exports.annex.key import key_of_names
from exports.annex.marks import Marks, marks_between
from exports.annex.pauses import titles_of
from exports.annex.side_events import side_events_on
from exports.annex.texts import Paragraph, heading, one_line, paragraph, subtitle
from exports.annex.titles import CONTINUED, REPEATED, repeated, titled
from scheduler.comparison.option import Option
from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.calendar import Slot
from scheduler.domain.clock import DAY_MINUTES, show_clock, show_day, show_hours
from scheduler.domain.half_days import half_days
from scheduler.domain.meeting import roles
from scheduler.domain.programme import Programme
from scheduler.domain.spans import Span
from scheduler.domain.timetable import Timetable
from scheduler.presiding import presided

MAX_ROOMS_SHOWN_EMPTY = 8
"""Of so many rooms in use, a day that uses more than half shows all, each in its place; else it shows its own."""


@dataclass(frozen=True, slots=True)
class BoardSession:
    """One session in a cell."""

    hour: str
    """When it begins; and when it ends, unless the next session begins or the slot closes then. With
    ``meeting.hours_in_every_cell`` always both."""
    title: str
    people: str
    """Names of those who present, and behind *attending* of those who want to be there; may be empty."""
    mark: str | None = None
    """In a revision: ``was Tue 15:00``, ``new`` or ``continued``."""
    struck: bool = False
    """In a revision: the session has left this place."""


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One body in one room, in one slot."""

    body: BodyId
    label: Paragraph
    chairs: str
    """Names of its officers, with commas; may be empty."""
    note: str
    """Who may attend, in brackets; empty: everybody."""
    tone: int
    """The colour of the body, as in the annex."""
    sessions: tuple[BoardSession, ...]

    @property
    def struck(self) -> bool:
        """Whether all its sessions have left this place."""
        return all(item.struck for item in self.sessions)


@dataclass(frozen=True, slots=True)
class BoardSlot:
    """One slot: what meets in each room, in the order of the page's rooms."""

    label: str
    rooms: tuple[tuple[BoardEntry, ...], ...]


@dataclass(frozen=True, slots=True)
class BoardSideEvents:
    """Side events across all rooms, between the slots."""

    label: str
    events: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class BoardPause:
    """A pause for everybody, across all rooms."""

    label: str
    """``LUNCH``, ``COFFEE``."""
    hours: Paragraph


@dataclass(frozen=True, slots=True)
class Page:
    """One day."""

    label: str
    rooms: tuple[str, ...]
    """Rooms in use on the day, in the order of the scenario."""
    rows: tuple[BoardSlot | BoardPause | BoardSideEvents, ...]
    """In order of time."""
    note: str = ""
    """Why nobody meets; empty where somebody does."""

    def parts(self, most: int) -> list[tuple[int, int]]:
        """The rooms in groups of at most ``most``, as even as can be: first and one past the last.

        A day on which nobody meets has one group, without rooms.
        """
        count = max(1, -(-len(self.rooms) // max(most, 1)))
        return list(pairwise(len(self.rooms) * number // count for number in range(count + 1)))


@dataclass(frozen=True, slots=True)
class Board:
    """The whole programme."""

    title: Paragraph
    subtitle: str
    rooms: tuple[str, ...]
    """Rooms in use, in the order of the scenario."""
    pages: tuple[Page, ...]
    note: str = ""
    """In a revision: how to read the marks."""
    footnotes: tuple[Paragraph, ...] = ()
    """The key of names, if it is asked for, and the footnotes with their asterisks."""
    annex_code: str = ""
    """Printed at the top right."""


@dataclass(frozen=True, slots=True)
class Revised:
    """What a revision changes, for the board to show."""

    programme: Programme
    gone: Timetable
    """The places that sessions have left."""
    marks: Marks
    """The mark of each changed segment."""
    note: str
    event_marks: Mapping[str, str] = field(default_factory=dict)
    """By id, how side events were that have changed."""


def board_of(programme: Programme, timetable: Timetable, revised: Revised | None = None) -> Board:
    """The board of a timetable; rooms that the programme does not know come last."""
    programme = presided(programme, timetable)
    events = {} if revised is None else revised.event_marks
    struck, marks = ({}, {}) if revised is None else (_struck(programme, revised), revised.marks)
    used = timetable.rooms | {RoomId(room) for _, room in struck}
    rooms = _ordered(programme, used)
    cells: dict[tuple[int, str], list[_Standing]] = defaultdict(list)
    again = repeated(programme, timetable)
    for placement in timetable:
        for number, segment in enumerate(placement.segments):
            how = continued(programme, placement, segment), placement.session in again
            cell = segment.slot, placement.room_on(segment.day)
            cells[cell].append((segment.start, number, placement.session, segment.end, *how))
    days = programme.calendar.dates
    pages = [_page(programme, day, rooms, cells, struck, marks, (timetable, events)) for day in days]
    meeting = programme.printed
    names = tuple(one_line(programme.room_title(room)) for room in rooms)
    note = "" if revised is None else revised.note
    title, footnotes = heading(meeting)
    if note:  # it stands below the title, where readers begin, and not at the end once more
        footnotes = tuple(footnote for footnote in footnotes if footnote.text != note)
    below = (*_key(programme, pages, footnotes), *footnotes)
    return Board(title, subtitle(meeting), names, tuple(pages), note, below, one_line(meeting.annex_code))


def board_against(baseline: Option, option: Option) -> Board:
    """The board of an option, marked where it differs from the baseline; what has left a place is not shown there."""
    assert option.timetable is not None
    found = marks_between(baseline, option, by_room=True)
    return board_of(option.scenario, option.timetable, Revised(baseline.scenario, Timetable(()), found, ""))


def _key(programme: Programme, pages: Sequence[Page], footnotes: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    rows = [row for page in pages for row in page.rows]
    shown = [entry for row in rows if isinstance(row, BoardSlot) for room in row.rooms for entry in room]
    texts = [event.text for row in rows if isinstance(row, BoardSideEvents) for event in row.events]
    texts += [words for entry in shown for words in (entry.label.text, *(item.title for item in entry.sessions))]
    return key_of_names(programme, {entry.body for entry in shown}, [*texts, *(note.text for note in footnotes)])


_Standing: TypeAlias = tuple[int, int, str, int, bool, bool]
"""A segment in a cell: when it begins, its number in its session, the session, when it ends, whether that goes on here
after it was suspended, whether it has been held before."""


def _ordered(programme: Programme, used: Collection[str]) -> list[str]:
    """Rooms in the order of the scenario, those that it does not know last."""
    rooms = [room.id for room in programme.rooms if room.id in used]
    return rooms + sorted(set(used) - set(rooms))


def _page(
    programme: Programme,
    day: date,
    rooms: Sequence[str],
    cells: Mapping[tuple[int, str], Sequence[_Standing]],
    struck: Mapping[tuple[int, str], tuple[BoardEntry, ...]],
    marks: Marks,
    side_events: tuple[Timetable, Mapping[str, str]],
) -> Page:
    """A day with its slots, also empty ones, its breaks and its side events; or why nobody meets.

    ``rooms``: those in use on any day.
    """
    slots, tones = programme.calendar.axis.slots, tones_of(programme)
    indices = programme.calendar.axis.by_day.get(day, ())
    in_use = _ordered(programme, {room for index, room in (*cells, *struck) if index in indices})
    if len(rooms) > MAX_ROOMS_SHOWN_EMPTY or 2 * len(in_use) <= len(rooms):
        rooms = in_use
    rows: list[tuple[int, BoardSlot | BoardPause | BoardSideEvents]] = []
    shown: list[Slot] = []
    for index in indices:
        meetings = tuple(
            _with_struck(
                _meetings(programme, sorted(cells.get((index, room), ())), tones, marks, slots[index].closes),
                struck.get((index, room), ()),
            )
            for room in rooms
        )
        if rooms and (any(meetings) or not slots[index].reserved_for):
            row = BoardSlot(show_hours(slots[index].opens, slots[index].closes), meetings)
            rows.append((slots[index].opens, row))
            rows += _breaks(programme, slots[index])
            shown.append(slots[index])
    openings = [slot.opens for slot in shown]
    rows += [(until, BoardPause("LUNCH", paragraph(show_hours(begins, until)))) for begins, until in _lunch(shown)]
    if rooms or programme.side_events != "tbc":
        for at, events in _side_events(programme, day, openings, *side_events).items():
            rows.append((at, BoardSideEvents("SIDE EVENTS", tuple(events))))
    note = "" if rooms else _why_empty(programme, day)
    names = tuple(one_line(programme.room_title(room)) for room in rooms)
    ordered = sorted(rows, key=lambda item: (item[0], isinstance(item[1], BoardSlot)))
    return Page(show_day(day), names, tuple(row for _, row in ordered), note)


def _breaks(programme: Programme, slot: Slot) -> list[tuple[int, BoardPause]]:
    """The breaks of a slot, if they are to be printed, each with when it begins."""
    if not programme.meeting.breaks_in_annex:
        return []
    titles = titles_of(programme.calendar, slot)
    return [(hours[0], BoardPause(title.upper(), paragraph(show_hours(*hours)))) for hours, title in titles.items()]


def _lunch(slots: Iterable[Slot]) -> list[Span]:
    """The pause of an hour or more between a morning and an afternoon; none where they are one half-day."""
    return [
        (above.closes, below.opens)
        for above, below in pairwise(half_days(slots))
        if (above.word, below.word) == ("morning", "afternoon")
    ]


def _side_events(
    programme: Programme, day: date, openings: Sequence[int], timetable: Timetable, marks: Mapping[str, str]
) -> dict[int, list[Paragraph]]:
    """The side events of a day by the opening before which they are printed; those without hours come last."""
    groups: dict[int, list[Paragraph]] = {}
    for begins, event in side_events_on(programme, day, timetable, marks):
        groups.setdefault(next((opens for opens in openings if opens >= begins), DAY_MINUTES), []).append(event)
    return groups


def _why_empty(programme: Programme, day: date) -> str:
    shown = next(each for each in programme.calendar.days if each.date == day)
    return one_line(programme.calendar.closed.get(day) or shown.note or "No meetings")


def _struck(programme: Programme, revised: Revised) -> dict[tuple[int, str], tuple[BoardEntry, ...]]:
    """What has left each cell, by slot and room. A place outside the slots of the new calendar is not shown."""
    slots, before = programme.calendar.axis.slots, revised.programme
    standing: dict[tuple[int, str], list[_Standing]] = defaultdict(list)
    again = repeated(before, revised.gone)
    for placement in revised.gone:
        for number, was in enumerate(placement.segments):
            here = [s.index for s in slots if s.day == was.day and s.opens < was.end and was.start < s.closes]
            if here:
                how = continued(before, placement, was), placement.session in again
                cell = here[0], placement.room_on(was.day)
                standing[cell].append((was.start, number, placement.session, was.end, *how))
    tones = tones_of(before) | tones_of(programme)
    return {
        cell: tuple(map(_left, _meetings(before, sorted(found), tones, {}, slots[cell[0]].closes)))
        for cell, found in standing.items()
    }


def _left(meeting: BoardEntry) -> BoardEntry:
    return replace(meeting, sessions=tuple(replace(item, struck=True) for item in meeting.sessions))


def _with_struck(standing: Sequence[BoardEntry], struck: Sequence[BoardEntry]) -> tuple[BoardEntry, ...]:
    """A cell with what has left it: last, or below the name of its body if the body still meets there."""
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
    standing: Sequence[_Standing],
    tones: Mapping[str, int],
    marks: Marks,
    closes: int,
) -> tuple[BoardEntry, ...]:
    """The sessions of one cell, grouped by body; the slot closes at ``closes``."""
    found, named = [], "officers" in roles(programme.meeting.names_in_programme)
    always = programme.meeting.hours_in_every_cell
    follows = [*(begins for begins, *_ in standing[1:]), closes] if standing else []
    hours = {
        (session, begins): _hours(
            begins, ends, going_on=number > 0 and not resumed, follows=ends == following and not always
        )
        for (begins, number, session, ends, resumed, _), following in zip(standing, follows, strict=True)
    }

    def face(item: _Standing) -> tuple[str, str]:
        session = SessionId(item[2])
        return programme.body_of[session].id, access_note(programme, session) or ""

    for (name, note), items_of in groupby(standing, key=face):
        body, group = programme.body[name], list(items_of)
        items = tuple(
            _item(programme, SessionId(session), hours[session, begins], marks.get((SessionId(session), number)), *how)
            for begins, number, session, _, *how in group
        )
        served = {chair for item in group for chair in programme.chairs_at(SessionId(item[2]))}
        chairs = sorted(served) if named else []
        label = paragraph(one_line(body.title) or body.id, bold=True)
        found.append(BoardEntry(BodyId(name), label, _names(programme, chairs), note, tones[body.id], items))
    return tuple(found)


def _hours(begins: int, ends: int, *, going_on: bool, follows: bool) -> str:
    """``10:00``, or ``10:00 - 11:00`` if what follows does not begin when it ends; an arrow if it goes on."""
    if going_on:
        return "→" if follows else f"→ until {show_clock(ends)}"
    return show_clock(begins) if follows else show_hours(begins, ends)


def _item(
    programme: Programme, session: SessionId, hours: str, mark: str | None, going_on: bool, again: bool
) -> BoardSession:
    known = programme.sessions[session]
    named = roles(programme.meeting.names_in_programme)
    presenting = _names(programme, programme.presenting(session)) if "presenters" in named else ""
    attending = _names(programme, known.attendees or ()) if "attendees" in named else ""
    people = "; ".join(filter(None, (presenting, attending and f"attending: {attending}")))
    alone = len(programme.body_of[session].sessions) == 1
    words = (*([REPEATED] if again else []), *([CONTINUED] if going_on else []))
    title = titled(one_line(known.title or ("" if alone else session)), words)
    return BoardSession(hours, title, people, mark)


def _names(programme: Programme, people: Iterable[str]) -> str:
    """The names of officers and people by id, with commas; other texts are names themselves."""
    return ", ".join(one_line(programme.persons.name(programme.person(who))) for who in people)
