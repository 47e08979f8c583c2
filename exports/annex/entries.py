"""The entries of the annex: the text of one body in one slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise, starmap
from typing import NamedTuple

from exports.annex.rows import Block, alone
from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph, one_line, paragraph
from exports.annex.titles import CONTINUED, alike_in, titled, words_of_titles
from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.breaks import LONG_PAUSE
from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.clock import show_hours
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.wording import listed

CLOSED_TONE = 0
"""The tone of bodies that do not admit everybody."""

OPEN_TONES = 18
"""Open bodies have the tones 1 to 18, in the order of the scenario, and then from 1 again."""


class _Seat(NamedTuple):
    """A placement in one slot."""

    placement: Placement
    segment: Segment
    """What of it falls into the hours of ``slot``."""
    slot: Slot
    """The slot, or a part of it between two breaks."""
    words: tuple[str, ...]
    """What stands in brackets after its title."""

    @property
    def room(self) -> RoomId:
        """Where it sits then."""
        return self.placement.room_on(self.segment.day)


class _Filled(NamedTuple):
    """What stands in the slots of a block."""

    shares: list[list[_Seat]]
    """The seats of each entry."""
    timed: set[_Seat]
    """Those whose hours are printed."""


@dataclass(frozen=True, slots=True)
class EntryPart:
    """The line of one session in an entry, or of several sessions with the same title that show no hours."""

    title: str
    """Empty where the session has none."""
    hours: str | None
    """Shown where the row of the grid and the entry above do not tell them."""
    sessions: tuple[SessionId, ...]
    mark: str | None = None
    """In a revision: the mark of this part, where the parts of the cell have different marks."""

    def lines(self, *, agenda: bool) -> tuple[Paragraph, ...]:
        """The title in italics and the hours below it; in an agenda one bullet, the hours first."""
        if agenda:
            before = (Run(f"{self.hours} " if self.title else self.hours),) if self.hours else ()
            runs = (*before, *paragraph(self.title, italic=True).runs)
            return (Paragraph(runs, bullet=True),) if runs else ()
        title = (paragraph(self.title, italic=True),) if self.title else ()
        return (*title, paragraph(self.hours)) if self.hours else title


@dataclass(frozen=True, slots=True)
class Entry:
    """The sessions of one body in one room and slot."""

    body: BodyId
    tone: int
    """The colour of the body: ``CLOSED_TONE``, or 1 to ``OPEN_TONES``."""
    agenda: bool
    """Whether the sessions are bullets below a heading."""
    label: Paragraph
    """The line of the body, in bold."""
    parts: tuple[EntryPart, ...]
    note: Paragraph | None
    """Who may attend, in italics and brackets; None: everybody."""
    room: str | None
    """None where only one room is in use."""
    sessions: tuple[SessionId, ...]
    starts: int
    """Minutes after midnight."""
    ends: int
    minutes: int
    """The minutes of its sessions in the slot."""
    mark: str | None = None
    """In a revision: the mark of the whole cell."""
    struck: bool = False
    """In a revision: the sessions have left this place, which is struck through."""

    @property
    def marked(self) -> bool:
        """Whether the entry or one of its parts has a mark."""
        return any((self.mark, *(part.mark for part in self.parts)))

    @property
    def lines(self) -> tuple[Paragraph, ...]:
        """The label of the body; titles and hours of its sessions."""
        return (self.label, *(line for part in self.parts for line in part.lines(agenda=self.agenda)))

    @property
    def words(self) -> tuple[str, ...]:
        """The entry as plain text: a line for each session or bullet, and one for hours."""
        label, note = self.label.text, self.note.text if self.note else None
        if self.agenda:
            return tuple(line.text for line in (*self.lines, *([self.note] if self.note else [])))
        said = []
        for part in self.parts:
            said.append(" ".join(w for w in (label.rstrip(":") if part.title else label, part.title, note) if w))
            said += [part.hours] if part.hours else []
        return tuple(said)

    def looks_like(self, other: Entry) -> bool:
        """Whether both print the same, apart from hours."""
        mine, its = ((e.body, e.agenda, [p.title for p in e.parts], e.note, e.room, e.struck) for e in (self, other))
        return mine == its

    def goes_on_in(self, below: Entry) -> bool:
        """Whether ``below``, in the next row of the grid, continues this entry, so that both are one cell."""
        timed = any(part.hours for entry in (self, below) for part in entry.parts)
        follows = len(self.parts) == 1 and self.ends == below.starts
        return self.looks_like(below) and (follows or not timed)


def entries_by_block(
    programme: Programme, timetable: Timetable, blocks: Iterable[Block] = ()
) -> dict[Block, tuple[Entry, ...]]:
    """The entries of every block in use: in order of rooms and, within a room, of time.

    A slot that stands in none of the ``blocks`` is a block alone. What stands in several has entries in each of them.
    """
    rooms = [room.id for room in programme.rooms if room.id in timetable.rooms]
    rooms += sorted(timetable.rooms - set(rooms))  # a timetable made by hand may name others
    tones, words = tones_of(programme), words_of_titles(programme, timetable)
    blocks_of: dict[int, list[tuple[Block, Slot]]] = {}
    for block in blocks:
        for slot in block.slots:
            blocks_of.setdefault(slot.index, []).append((block, slot))
    found: dict[Block, list[_Seat]] = {}
    for placement in timetable:
        said = words.get(placement.session, ())
        for segment in placement.segments:
            slot = programme.calendar.axis.slots[segment.slot]
            for block, of_block in blocks_of.get(segment.slot) or [(alone(slot), slot)]:
                if part := _part(segment, of_block, slot):
                    found.setdefault(block, []).append(_Seat(placement, part, of_block, said))
    filled: dict[Block, _Filled] = {}
    for block in sorted(found, key=lambda block: (block.slots[0].index, block.opens)):
        seats = sorted(found[block], key=lambda seat: (rooms.index(seat.room), seat.segment.start))
        shares = [list(share) for _, share in groupby(seats, key=partial(_face, programme))]
        filled[block] = _Filled(shares, _timed(programme, seats, shares, block))
    _time_alike(programme, list(filled.values()))
    return {
        block: tuple(_entry(programme, share, cell.timed, tones, len(rooms)) for share in cell.shares)
        for block, cell in filled.items()
    }


def _time_alike(programme: Programme, cells: Sequence[_Filled]) -> None:
    """Add hours of sessions of a body that look alike to cells with others, where some of them print theirs.

    Their hours would not follow otherwise: not even how long each of them sits in the cell.
    """
    for body in programme.bodies:
        for group in alike_in(programme, body):
            mine = [(cell, share) for cell in cells for share in cell.shares if share[0].placement.session in group]
            printed = [not cell.timed.isdisjoint(share) for cell, share in mine]
            if any(printed) and not all(printed):
                for cell, share in mine:
                    cell.timed.update(share if len(cell.shares) > 1 else ())


def _part(segment: Segment, of_block: Slot, slot: Slot) -> Segment | None:
    """What of a segment falls into the hours that a block has of its slot."""
    if (of_block.opens, of_block.closes) == (slot.opens, slot.closes):
        return segment
    start, end = max(segment.start, of_block.opens), min(segment.end, of_block.closes)
    return Segment(segment.slot, segment.day, start, end) if start < end else None


def _timed(programme: Programme, seats: list[_Seat], shares: list[list[_Seat]], block: Block) -> set[_Seat]:
    """The seats whose hours must be printed. Where those of the day are not those of the row: all, unless one entry,
    alone in its room, fills the row."""
    if block.plain:
        return {seat for above, seat, below in _neighbours(seats) if _is_timed(programme, seat, above, below)}
    rooms = Counter(share[0].room for share in shares)
    told = [share for share in shares if rooms[share[0].room] == 1 and _fills(block, share)]
    always = programme.meeting.hours_in_every_cell
    return {seat for share in shares if always or share not in told for seat in share}


def _fills(block: Block, share: list[_Seat]) -> bool:
    """Whether the seats fill the row of a block, with no pause but those between its slots."""

    def follows(above: _Seat, below: _Seat) -> bool:
        ends, starts = above.segment.end, below.segment.start
        return ends == starts or (ends == above.slot.closes and starts == below.slot.opens)

    return block.fills(share[0].segment.start, share[-1].segment.end) and all(starmap(follows, pairwise(share)))


def _neighbours(seats: list[_Seat]) -> Iterator[tuple[_Seat | None, _Seat, _Seat | None]]:
    """Each seat of a slot with those above and below it; with several rooms, none is above or below.

    Cells do not show which entries sit side by side in two rooms, so a neighbour tells nothing about hours.
    """
    one_room = len({seat.room for seat in seats}) == 1
    for number, seat in enumerate(seats):
        yield (
            seats[number - 1] if one_room and number else None,
            seat,
            seats[number + 1] if one_room and number + 1 < len(seats) else None,
        )


def _is_timed(programme: Programme, seat: _Seat, above: _Seat | None, below: _Seat | None) -> bool:
    """Whether the hours of a session must be printed in its cell.

    The hours follow from the grid where the session starts with the slot or when the one above ends, and ends with the
    slot or when the one below starts. A fixed time is always printed unless it is that of the slot; so are the hours at
    which a session stops for a fixture within a slot and goes on.
    """
    session, segment, slot = seat.placement.session, seat.segment, seat.slot
    whole = (segment.start, segment.end) == (slot.opens, slot.closes)
    starts = segment.start == slot.opens or (above is not None and above.segment.end == segment.start)
    ends = segment.end == slot.closes or (below is not None and below.segment.start == segment.end)
    fixed = session in programme.anchored and not whole
    if programme.meeting.hours_in_every_cell or fixed or not (starts and ends):
        return True
    return session in programme.gives_way and not whole and _stops_amid(programme, seat)


def _stops_amid(programme: Programme, seat: _Seat) -> bool:
    """Whether it stops at the end of the segment, or has stopped before it, amid the slot."""
    segment, slot, parts = seat.segment, seat.slot, programme.parts(seat.placement)
    stops = segment.end < slot.closes and any(_ends_with(part, segment) for part in parts[:-1])
    return stops or (segment.start > slot.opens and any(_begins_with(part, segment) for part in parts[1:]))


def _begins_with(part: Sequence[Segment], segment: Segment) -> bool:
    return _lies_in(segment, part[0]) and segment.start == part[0].start


def _ends_with(part: Sequence[Segment], segment: Segment) -> bool:
    return _lies_in(segment, part[-1]) and segment.end == part[-1].end


def _lies_in(part: Segment, whole: Segment) -> bool:
    """Whether a segment is another or, where breaks have rows of their own, a part of it."""
    return part.slot == whole.slot and whole.start <= part.start and part.end <= whole.end


def continued(programme: Programme, placement: Placement, segment: Segment) -> bool:
    """Whether a part of a session that was suspended begins here; what follows without a break counts too."""
    if placement.session not in programme.gives_way:
        return False
    for part in programme.parts(placement)[1:]:
        until = part[0].end
        for here in part:
            if (here.day, here.start) not in ((part[0].day, part[0].start), (part[0].day, until)):
                break
            if _lies_in(segment, here):
                return True
            until = here.end
    return False


def _face(programme: Programme, seat: _Seat) -> tuple[str, str | None, str, bool]:
    """Seats with the same value share an entry: body, note, room, and whether they have a title."""
    session, room = seat.placement.session, seat.room
    return programme.body_of[session].id, access_note(programme, session), room, bool(programme.sessions[session].title)


def _entry(programme: Programme, seats: list[_Seat], timed: Set[_Seat], tones: dict[str, int], rooms: int) -> Entry:
    first = seats[0].placement
    body, note = programme.body_of[first.session], access_note(programme, first.session)
    return Entry(
        body=BodyId(body.id),
        tone=tones[body.id],
        agenda=body.style == "agenda",
        label=paragraph(one_line(body.title) or body.id, bold=True),
        parts=tuple(_parts(programme, seats, timed=any(seat in timed for seat in seats))),
        note=paragraph(note, italic=True) if note else None,
        room=one_line(programme.room_title(seats[0].room)) if rooms > 1 else None,
        sessions=tuple(dict.fromkeys(seat.placement.session for seat in seats)),
        starts=seats[0].segment.start,
        ends=max(seat.segment.end for seat in seats),
        minutes=sum(seat.segment.minutes for seat in seats),
    )


def _parts(programme: Programme, seats: list[_Seat], *, timed: bool) -> Iterator[EntryPart]:
    """The sessions of an entry. If one must show its hours, all do; several sub-groups always do."""
    titles = [_title(programme, seat) for seat in seats]
    body = programme.body_of[seats[0].placement.session]
    bare = "" in titles or body.style == "sub-groups"  # what has no title would leave no line
    if timed or (bare and len(set(titles)) > 1):
        for sitting in _sittings(programme, seats):
            first, last = sitting[0], sitting[-1]
            hours = show_hours(first.segment.start, last.segment.end)
            yield EntryPart(_title(programme, first), hours, (first.placement.session,))
        return
    for title, alike in groupby(zip(titles, seats, strict=True), key=lambda item: item[0]):
        yield EntryPart(title, None, tuple(dict.fromkeys(seat.placement.session for _, seat in alike)))


def _sittings(programme: Programme, seats: list[_Seat]) -> list[list[_Seat]]:
    """The seats one after another; a session that goes on in the next slot after a short pause is one of them."""
    found: list[list[_Seat]] = []
    for seat in seats:
        before = found[-1][-1] if found else None
        if before is not None and _goes_on_after(before, seat) and _title(programme, before) == _title(programme, seat):
            found[-1].append(seat)
        else:
            found.append([seat])
    return found


def _goes_on_after(before: _Seat, seat: _Seat) -> bool:
    short = seat.segment.start - before.segment.end < LONG_PAUSE
    return before.placement == seat.placement and before.slot != seat.slot and short


def _title(programme: Programme, seat: _Seat) -> str:
    title = one_line(programme.sessions[seat.placement.session].title or "")
    going_on = (CONTINUED,) if continued(programme, seat.placement, seat.segment) else ()
    return titled(title, (*seat.words, *going_on))


def access_note(programme: Programme, session: SessionId) -> str | None:
    """The note on who may attend: the body's own, or made from the names of the audiences."""
    text = None
    if programme.sessions[session].access is None:
        for body in programme.line_of(programme.body_of[session]):
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
    """The tone of each body; a body has the tone of its parent. Dropped bodies keep their number."""
    everybody = {audience.id for audience in programme.audiences}
    numbers: dict[str, int] = {}
    tones: dict[str, int] = {}
    for body in programme.bodies:
        line = list(programme.line_of(body))
        inherited = next((each.access for each in line if each.access is not None), None)
        access = [session.access if session.access is not None else inherited for session in body.sessions]
        if all(each is not None and set(each) != everybody for each in access or [inherited]):
            tones[body.id] = CLOSED_TONE
        else:
            number = numbers.setdefault(line[-1].id, len(numbers))
            tones[body.id] = 1 + number % OPEN_TONES
    return tones
