"""The entries of the annex: what one body's share of a slot says in its cell, in words and in looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from exports.text_metrics import Run
from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import show_hours
from scheduler.domain.meeting import Meeting
from scheduler.domain.programme import Body, Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rule import listed

CLOSED_TONE = 0
"""The colour of bodies that do not admit everybody."""

OPEN_TONES = 6
"""Open bodies have the tones 1 to 6, in the order of the scenario, and then from 1 again."""

SIGN = "\u21c4"
"""In a revision: before the words that mark a new place, and before the footnote that says so."""

_BLANKS = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ORDINAL = re.compile(r"(?<![\w.,:/-])(\d{1,3})(st|nd|rd|th)(?!\w)")
_SEATS = {"Europe/Zurich": ("Geneva", "Zurich", "Zürich", "Bern")}
"""Cities of a zone that treaty bodies meet in: the usual one, then others that a venue may name instead."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text before it is broken to a width; a bullet stands before its first line and the others hang."""

    runs: tuple[Run, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        """Its words, without looks and bullet."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Entry:
    """One body's sessions that follow one another in a slot."""

    body: BodyId
    tone: int
    """The colour of the body: ``CLOSED_TONE``, or 1 to ``OPEN_TONES``."""
    agenda: bool
    """A heading with bullets, rather than a name with its sub-groups below it."""
    lines: tuple[Paragraph, ...]
    """The label of the body in bold; titles of its sessions in italics."""
    note: Paragraph | None
    """Who alone may attend, in italics and brackets."""
    room: str | None
    """Named only where more than one room is in use."""
    sessions: tuple[SessionId, ...]
    starts: int
    """Minutes after midnight."""
    ends: int
    minutes: int
    """What its sessions take together in the slot."""
    words: tuple[str, ...]
    """The same as plain text, a line for each session or bullet, as the letters have it."""
    mark: str | None = None
    """In a revision: the words that mark what is new in the cell."""
    struck: bool = False
    """In a revision: a place that is given up, shown struck through."""

    def looks_like(self, other: Entry) -> bool:
        """Whether the two would print the same cell."""
        mine, its = ((e.body, e.agenda, e.lines, e.note, e.room, e.struck) for e in (self, other))
        return mine == its


def entries_by_slot(programme: Programme, timetable: Timetable) -> dict[int, tuple[Entry, ...]]:
    """The entries of every slot in use, by its index: in order of rooms and, within a room, of time."""
    rooms = [room.id for room in programme.rooms if any(p.room == room.id for p in timetable)]
    rooms += sorted({p.room for p in timetable} - set(rooms))  # a timetable made by hand may name others
    tones = tones_of(programme)
    found: dict[int, list[tuple[int, int, Placement, Segment]]] = {}
    for placement in timetable:
        for segment in placement.segments:
            place = (rooms.index(placement.room), segment.start, placement, segment)
            found.setdefault(segment.slot, []).append(place)
    entries: dict[int, tuple[Entry, ...]] = {}
    for slot in sorted(found):
        ordered = sorted(found[slot], key=lambda item: item[:2])
        shares = groupby(ordered, key=lambda item: (*_face(programme, item[2]), _fixed_hours(programme, *item[2:])))
        entries[slot] = tuple(_entry(programme, [item[2:] for item in share], tones, len(rooms)) for _, share in shares)
    return entries


def _face(programme: Programme, placement: Placement) -> tuple[str, str | None, str]:
    """What sessions have in common that make one entry."""
    return programme.body_of[placement.session].id, _note(programme, placement.session), placement.room


def _entry(programme: Programme, parts: list[tuple[Placement, Segment]], tones: dict[str, int], rooms: int) -> Entry:
    first = parts[0][0]
    body, note = programme.body_of[first.session], _note(programme, first.session)
    sessions = tuple(placement.session for placement, _ in parts)
    titles = [title for session in sessions if (title := one_line(programme.sessions[session].title or ""))]
    hours = _fixed_hours(programme, *parts[0])
    agenda = body.style == "agenda"
    label = paragraph(one_line(body.title) or body.id, bold=True)
    lines = [paragraph(title, italic=True, bullet=agenda) for title in dict.fromkeys(titles)]
    room = programme.room.get(first.room)
    return Entry(
        body=BodyId(body.id),
        tone=tones[body.id],
        agenda=agenda,
        lines=(label, *lines, *([paragraph(hours)] if hours else [])),
        note=paragraph(note, italic=True) if note else None,
        room=one_line(room.title if room else first.room) if rooms > 1 else None,
        sessions=sessions,
        starts=parts[0][1].start,
        ends=max(segment.end for _, segment in parts),
        minutes=sum(segment.minutes for _, segment in parts),
        words=(*_words(label.text, list(dict.fromkeys(titles)), agenda, note), *([hours] if hours else [])),
    )


def _fixed_hours(programme: Programme, placement: Placement, segment: Segment) -> str | None:
    """The hours of a session that keeps a fixed time, which is not that of its slot: people come for them."""
    if placement.session not in programme.anchored:
        return None
    slot = programme.calendar.axis.slots[segment.slot]
    return None if (segment.start, segment.end) == (slot.opens, slot.closes) else show_hours(segment.start, segment.end)


def _words(label: str, titles: list[str], agenda: bool, note: str | None) -> Iterator[str]:
    if agenda:
        yield from (label, *titles, *([note] if note else []))
        return
    for title in titles or [""]:
        yield " ".join(part for part in (label.rstrip(":") if title else label, title, note) if part)


def _above(programme: Programme, body: Body) -> Iterator[Body]:
    """The body, its parent, and so on."""
    above: Body | None = body
    while above is not None:
        yield above
        above = programme.body.get(above.parent) if above.parent else None


def _note(programme: Programme, session: SessionId) -> str | None:
    """The note on who may attend: the body's own, or made from the names of the audiences."""
    text = None
    if programme.sessions[session].access is None:
        for body in _above(programme, programme.body_of[session]):
            text = one_line(body.access_note or "") or None
            if text or body.access is not None:
                break
    if text is None and programme.restricted(session):
        admitted = programme.audience(session)
        names = [one_line(audience.name) for audience in programme.audiences if audience.id in admitted]
        text = f"{listed(names)} only" if names else "closed"
    if text is None or (text.startswith("(") and text.endswith(")")):
        return text
    return f"({text})"


def tones_of(programme: Programme) -> dict[str, int]:
    """The tone of each body, with that of its parent; whether bodies are held or dropped, the others keep theirs."""
    everybody = {audience.id for audience in programme.audiences}
    numbers: dict[str, int] = {}
    tones: dict[str, int] = {}
    for body in programme.bodies:
        line = list(_above(programme, body))
        inherited = next((each.access for each in line if each.access is not None), None)
        access = [session.access if session.access is not None else inherited for session in body.sessions]
        if all(each is not None and set(each) != everybody for each in access or [inherited]):
            tones[body.id] = CLOSED_TONE
        else:
            number = numbers.setdefault(line[-1].id, len(numbers))
            tones[body.id] = 1 + number % OPEN_TONES
    return tones


def one_line(text: str) -> str:
    """The text in one line, without control characters; no-break blanks stay."""
    line = _BLANKS.sub(" ", text).strip(" ")
    return "".join(character for character in line if character >= " " and not "\x7f" <= character <= "\x9f")


def paragraph(
    text: str, *, bold: bool = False, italic: bool = False, bullet: bool = False, markup: bool = False
) -> Paragraph:
    """A text in one look. The letters of ordinals, 1st and 2nd, are raised; with ``markup``, ``**words**`` are bold."""
    pieces = _BOLD.split(one_line(text)) if markup else [one_line(text)]
    runs = [
        Run(part, bold or number % 2 == 1, italic, superscript=raised)
        for number, piece in enumerate(pieces)
        for part, raised in _ordinals(piece)
        if part
    ]
    return Paragraph(tuple(runs), bullet)


def _ordinals(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into parts, each with whether it is raised."""
    done = 0
    for match in _ORDINAL.finditer(text):
        yield text[done : match.start(2)], False
        yield match[2], True
        done = match.end()
    yield text[done:], False


def subtitle(meeting: Meeting) -> str:
    """``Centre International de Conférences Genève (CICG) - all times Geneva local time`` with a raised dot."""
    zone = meeting.time_zone
    city = zone.rpartition("/")[2].replace("_", " ")
    if zone in _SEATS:
        usual, *others = _SEATS[zone]
        city = next((name for name in others if name.lower() in (meeting.venue or "").lower()), usual)
    time = f"all times {city} local time" if "/" in zone and not zone.startswith("Etc/") else f"all times {zone}"
    return "  ·  ".join(part for part in (one_line(meeting.venue or ""), time) if part)


def heading(meeting: Meeting) -> tuple[Paragraph, tuple[Paragraph, ...]]:
    """The title, with an asterisk where there are footnotes, and the footnotes with theirs; signed ones come last."""
    signed = [note for note in meeting.footnotes if note.startswith(SIGN)]
    marked = [note for note in meeting.footnotes if note not in signed]
    footnotes = tuple(_footnote(number, note) for number, note in enumerate(marked, 1))
    title = one_line(meeting.annex_title)
    asterisk = "*" if footnotes and not title.endswith("*") else ""
    return paragraph(title + asterisk), (*footnotes, *(paragraph(note) for note in signed))


def _footnote(number: int, note: str) -> Paragraph:
    """The footnote after its mark, ``*`` for the first; a mark that the planner wrote gives way to it."""
    mark, _, rest = one_line(note).partition(" ")
    runs = paragraph(rest if not mark.strip("*") else note, markup=True).runs
    asterisks = f"{'*' * number} "
    if runs and runs[0] == Run(runs[0].text):
        return Paragraph((Run(asterisks + runs[0].text), *runs[1:]))
    return Paragraph((Run(asterisks), *runs))
