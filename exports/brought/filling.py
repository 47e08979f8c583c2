"""Puts the lines of a table together: which session sits when, and what was assumed where a line does not say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from exports.brought.days import read_hours
from exports.brought.readings import Asked, Queue, Reading, Readings
from exports.brought.told_in_full import told_in_full
from exports.brought.windows import Entry, UnclearPartError, Window, meets
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import DAY_MINUTES, on_its_day, show_clock, show_day, show_hours, show_minutes, show_moment
from scheduler.domain.half_days import HalfDay
from scheduler.domain.spans import covered
from scheduler.domain.timetable import Placement
from scheduler.reading.tables.files import Cell, Table
from scheduler.scenario import Scenario
from scheduler.wording import listed, shortened

MOST_OPEN = 1_000
"""Entries without hours; more have hours to be written."""
MOST_ASSUMED = 8
"""Hours that were filled in which are told one by one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Hours of one session on one day."""

    entry: Entry
    session: SessionId
    start: int
    end: int
    written: bool
    """Whether both hours are written, and nothing but the session may be meant."""


@dataclass(slots=True)
class Filling:
    """Collects pieces, in the order in which their sessions are first named."""

    scenario: Scenario
    table: Table
    pieces: list[Piece] = field(default_factory=list)
    torn: list[SessionId] = field(default_factory=list)
    """Sessions of entries that cannot hold all of them whole."""
    _held: Counter[SessionId] = field(default_factory=Counter)

    def fill(self, entries: Sequence[Entry]) -> None:
        """Find the hours of every entry; what cannot be found goes to the table as a mistake."""
        entries = list(map(self._at_night, self._once(entries)))
        named = Counter(each.line.who.queue for each in entries)
        told = told_in_full(self.scenario, self.table, [(entry, _queue(entry, named)) for entry in entries])
        asked: list[Asked] = []
        for entry, queue in sorted(told, key=lambda each: _hours_written(each[0])):
            if len(asked) == MOST_OPEN:
                message = f"more than {MOST_OPEN:,} rows say no hours: no programme of half-days is that long"
                self.table.wrong(entry.line.cell, message)
                return
            if entry.line.is_written:
                self._written(entry, queue)
            elif (found := self._asked(entry, queue)) is not None:
                asked.append(found)
        asked = [self._started(each, asked) for each in asked]
        asked.sort(key=lambda each: (each.entry.day, next(iter(each.windows.values()))[0].opens))
        for group in _together(asked):
            self._open(group)

    def _once(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries without those that say the very same of one session; that they stand twice is told."""
        found: dict[object, Entry] = {}
        for number, entry in enumerate(entries):
            line = entry.line
            said = (entry.day, line.part, line.start, line.end, line.room, line.who.queue)
            key: object = said if len(line.who.queue) == 1 else number  # several alike may meet at once
            if key in found:
                first = found[key].line.cell.span.line
                self.table.doubt(line.cell, f"this entry stands on line {first} already, and counts once")
            else:
                found[key] = entry
        return list(found.values())

    def _at_night(self, entry: Entry) -> Entry:
        """An entry whose part of the day is a night that holds its hours after midnight, with them there, and told."""
        line = entry.line
        if not line.part or line.start is None or line.exact or read_hours(line.part) is not None:
            return entry
        try:
            bare = replace(entry, line=replace(line, start=None, end=None))
            windows = bare.windows(self.scenario, line.who.queue[0])
        except UnclearPartError:
            return entry
        start, end = line.start + DAY_MINUTES, None if line.end is None else line.end + DAY_MINUTES
        within = any(window.opens <= start < window.closes for window in windows)
        if not within or any(window.opens <= line.start < window.closes for window in windows):
            return entry
        moment = show_moment(*on_its_day(entry.day, start))
        meant = f"'{line.part}' of {show_day(entry.day)} reaches beyond midnight"
        self.table.doubt(line.cell, f"{meant}: {line.who.name} is taken to start on {moment}")
        return replace(entry, line=replace(line, start=start, end=end))

    # --- with hours ------------------------------------------------------------------------------------------

    def _left(self, session: SessionId) -> int:
        """The minutes of a session that no piece holds yet."""
        if session not in self.scenario.sessions:
            return 24 * 60
        return self.scenario.minutes(session) - self._held[session]

    def _add(self, entry: Entry, session: SessionId, start: int, end: int, *, written: bool) -> None:
        self.pieces.append(Piece(entry, session, start, end, written))
        self._held[session] += self.scenario.calendar.worked(entry.day, start, end)

    def _written(self, entry: Entry, queue: Queue) -> None:
        """Hours that are written are of the first session that is not whole yet; beyond its length of the next."""
        waiting = [session for session in queue if self._left(session) > 0] or [queue[-1]]
        for start, end in self._spans(entry, waiting[0]):
            while start < end:
                last = entry.line.exact or len(waiting) == 1
                until = end if last else min(end, self._after(entry.day, start, self._left(waiting[0])))
                self._add(entry, waiting[0], start, until, written=entry.line.exact or len(queue) == 1)
                start = until
                if not last and self._left(waiting[0]) <= 0:
                    waiting.pop(0)

    def _after(self, day: date, start: int, minutes: int) -> int:
        """When minutes of work that start at a clock time have passed; outside the slots by the clock."""
        slot = self.scenario.calendar.axis.slot_of(day, start)
        return start + minutes if slot is None else slot.end_at(slot.position(start) + minutes)

    def _spans(self, entry: Entry, session: SessionId) -> list[Window]:
        """The hours that are written; of those that reach over lunch, without it."""
        written = Window(entry.line.start or 0, entry.line.end or 0)
        if entry.line.exact or session not in self.scenario.sessions:
            return [written]
        slots = [slot for half in self.scenario.half_days(session) if half.day == entry.day for slot in half.slots]
        inside = any(s.opens <= written.opens < s.closes for s in slots)
        inside = inside and any(s.opens < written.closes <= s.closes for s in slots)
        clipped = [Window(max(s.opens, written.opens), min(s.closes, written.closes)) for s in slots]
        return [each for each in clipped if each.opens < each.closes] if inside else [written]

    # --- without ---------------------------------------------------------------------------------------------

    def _asked(self, entry: Entry, queue: Queue) -> Asked | None:
        try:
            windows = {session: entry.windows(self.scenario, session) for session in queue}
        except UnclearPartError as error:
            self.table.wrong(entry.line.cell, str(error))
            return None
        return Asked(entry, queue, windows)

    def _started(self, each: Asked, asked: Sequence[Asked]) -> Asked:
        """An entry with the start that its own hours say; not where they may be a half-day, or others meet in them."""
        line, day = each.entry.line, each.entry.day
        if line.after is not None and any(w.opens <= line.after < w.closes for w in _first(each)):
            return replace(each, entry=replace(each.entry, line=replace(line, start=line.after)))
        hours = read_hours(line.part)
        if line.start is not None or hours is None or hours[0] is None:
            return each
        if line.in_half_days and any(hours == (half.opens, half.closes) for half in self._half_days(each)):
            return each
        others = [other for other in asked if other.queue != each.queue and other.entry.day == day]
        beside = any(meets(_first(each), *window) for o in others for window in _first(o))
        if beside or any(p.entry.day == day and meets(_first(each), p.start, p.end) for p in self.pieces):
            return each
        return replace(each, entry=replace(each.entry, line=replace(line, start=hours[0])))

    def _half_days(self, each: Asked) -> list[HalfDay]:
        session = each.queue[0]
        known = self.scenario.half_days(session) if session in self.scenario.sessions else []
        return [half for half in known if half.day == each.entry.day]

    def _open(self, group: Sequence[Asked]) -> None:
        """Entries that hang together: the one reading that there is, or as far as the sessions go."""
        known = {session for each in group for session in each.queue}
        whole = known <= set(self.scenario.sessions) and not any(piece.session in known for piece in self.pieces)
        if whole:
            search = Readings(self.scenario, group, self._placements())
            readings = search.first_two()
            if len(readings) == 2:
                self._ambiguous(group, *readings)
                return
            if not search.complete:
                message = "this and the entries near it can be read in too many ways: write their starts"
                self.table.wrong(group[0].entry.line.cell, message)
                return
            if readings:
                self._take(group, readings[0])
                return
            self.torn += [session for each in group for session in each.queue]
        for each in group:
            self._in_turn(group, each)

    def _placements(self) -> dict[SessionId, Placement]:
        """What is known already, as far as the slots hold it."""
        found: dict[SessionId, list[Segment]] = {}
        for piece in self.pieces:
            for slot in self.scenario.calendar.axis.slots:
                start, end = max(piece.start, slot.opens), min(piece.end, slot.closes)
                if slot.day == piece.entry.day and start < end:
                    found.setdefault(piece.session, []).append(slot.part(start, end))
        rooms = {piece.session: piece.entry.line.room for piece in self.pieces}
        axis = self.scenario.calendar.axis
        return {
            session: Placement(
                session,
                RoomId(rooms[session] or self._only_room(session)),
                axis.positions(segments[0])[0],
                axis.positions(segments[-1])[1],
                tuple(segments),
            )
            for session, segments in found.items()
        }

    def _only_room(self, session: SessionId) -> str:
        """The room of a session that may sit in no other; else none."""
        rooms = self.scenario.rooms_of(session) if session in self.scenario.sessions else ()
        return rooms[0] if len(rooms) == 1 else ""

    def _take(self, group: Sequence[Asked], reading: Reading) -> None:
        for each in group:
            for session, start, end in _hours(each, reading):
                if any((p.session, p.entry.day, p.start) == (session, each.entry.day, start) for p in self.pieces):
                    continue  # an earlier entry, perhaps of the whole day, holds it as well
                self._add(each.entry, session, start, end, written=False)

    def _ambiguous(self, group: Sequence[Asked], one: Reading, other: Reading) -> None:
        """Tell the first entry that can be read in two ways, and both."""
        for each in group:
            first, second = _hours(each, one), _hours(each, other)
            if first != second:
                sessions = {session for way in (first, second) for session, _, _ in way}
                ways = listed([self._words(way, alone=len(sessions) == 1) for way in (first, second)], "or")
                remedy = "write its start" if len(sessions) == 1 else "name the sessions, or write their starts"
                when = show_day(each.entry.day)
                message = f"{each.entry.line.who.name} on {when} may be {ways}: {remedy}"
                self.table.wrong(each.entry.line.cell, message)
                return

    def _words(self, hours: Iterable[tuple[SessionId, int, int]], *, alone: bool) -> str:
        """``10:00 - 13:00``; where several sessions may be meant, each with its title."""
        return listed([f"{'' if alone else f'{self._title(s)}, '}{show_hours(start, end)}" for s, start, end in hours])

    def _title(self, session: SessionId) -> str:
        return self.scenario.title(session) if session in self.scenario.sessions else session

    def _in_turn(self, group: Sequence[Asked], each: Asked) -> None:
        """Fill one entry with what is left of its sessions, from where those before it in the half-day end."""
        entry, windows = each.entry, next(iter(each.windows.values()))
        taken = [p for p in self.pieces if p.entry.day == entry.day and meets(windows, p.start, p.end)]
        taken = [p for p in taken if entry.line.room in (None, p.entry.line.room) or p.entry.line.room is None]
        start = entry.line.start
        above = [piece for piece in taken if not entry.line.in_half_days or not _stands_below(piece, entry)]
        if start is None:
            start = max((piece.end for piece in above), default=windows[0].opens)
        ends: list[int | None] = [piece.start for piece in taken if piece not in above]
        ends += [o.entry.line.start for o in group if o is not each and o.entry.day == entry.day]
        limit = min([clock for clock in ends if clock is not None and clock > start], default=2 * 24 * 60)
        limit = min(limit, entry.line.end or limit)
        before = len(self.pieces)
        for session in each.queue:
            left = self._left(session)
            for window in each.windows[session]:
                first, last = max(start, window.opens), min(window.closes, limit)
                if left > 0 and first < last:
                    end = min(last, self._after(entry.day, first, left))
                    self._add(entry, session, first, end, written=False)
                    left, start = left - self.scenario.calendar.worked(entry.day, first, end), end
        if len(self.pieces) == before:
            self._nothing_left(each, windows, taken)

    def _nothing_left(self, each: Asked, windows: Sequence[Window], taken: Sequence[Piece]) -> None:
        when = f"{show_day(each.entry.day)}, {show_hours(windows[0].opens, windows[-1].closes)}"
        name = each.entry.line.who.name
        if all(self._left(session) <= 0 for session in each.queue):
            planned = sum(self.scenario.minutes(s) for s in each.queue if s in self.scenario.sessions)
            message = f"nothing is left of {name} for {when}: it lasts {show_minutes(planned)}, and the entries "
            message += "before hold all of it: delete one, or write starts and ends"
        else:
            titles = list(dict.fromkeys(self._title(piece.session) for piece in taken))
            others = f"{shortened(titles)} {'fill' if len(titles) > 1 else 'fills'}"
            message = f"no time is left for {name} on {when}: {others} it: write starts and ends"
        self.table.wrong(each.entry.line.cell, message)

    # --- the whole -------------------------------------------------------------------------------------------

    def sessions(self) -> list[dict[str, Any]]:
        """The sessions as a document has them."""
        found: dict[SessionId, dict[str, Any]] = {}
        rooms: dict[SessionId, tuple[str, Cell]] = {}
        for piece in self.pieces:
            entry = found.setdefault(piece.session, {"id": piece.session, "room": None, "segments": []})
            room = piece.entry.line.room
            if room is not None:
                known, _ = rooms.setdefault(piece.session, (room, piece.entry.line.cell))
                entry["room"] = known
                if known != room and piece.session not in self.scenario.may_change_room:
                    both = f"'{self._room(known)}' and '{self._room(room)}'"
                    message = f"{self._title(piece.session)} is in {both}, and a session has one room: the first counts"
                    self.table.doubt(piece.entry.line.cell, message)
            day, start = on_its_day(piece.entry.day, piece.start)
            segment = {"date": day.isoformat(), "start": show_clock(start), "end": show_clock(piece.end)}
            if room is not None and piece.session in self.scenario.may_change_room:
                segment["room"] = room
            entry["segments"].append(segment)
        return list(found.values())

    def _room(self, room: str) -> str:
        return self.scenario.room_title(RoomId(room)) if room in self.scenario.room else room

    def by_order(self) -> frozenset[SessionId]:
        """Sessions of rows that have hours, but no more of a name than others have."""
        return frozenset(p.session for p in self.pieces if p.entry.line.exact and len(p.entry.line.who.queue) > 1)

    def assumed(self) -> list[str]:
        """What was assumed, in sentences."""
        told = [self._spoken(session) for session in dict.fromkeys(p.session for p in self.pieces if self._guessed(p))]
        found = []
        if told:
            left = len(told) - MOST_ASSUMED
            more = f"; and {left} more likewise" if left > 0 else ""
            found.append(
                "what is not written follows from the lengths of the sessions, in the order in which they are listed: "
                f"{'; '.join(told[:MOST_ASSUMED])}{more}."
            )
        torn = [self._title(session) for session in dict.fromkeys(self.torn) if not self._is_whole(session)]
        if torn:
            found.append(f"the entries do not hold {shortened(torn)} whole and uncut: each takes what is left.")
        open_ = {p.session for p in self.pieces if p.entry.line.room is None and p.session in self.scenario.sessions}
        names = [self._title(s) for s in self.scenario.sessions if s in open_ and len(self.scenario.rooms_of(s)) > 1]
        if names:
            found.append(f"no room is written for {shortened(names)}: the first that is open and empty is taken.")
        return found

    def _guessed(self, piece: Piece) -> bool:
        """Whether its session or its hours are not what the entry says: one session that fills a half-day or a slot."""
        if piece.written:
            return False
        windows = piece.entry.windows(self.scenario, piece.session)
        hours = (piece.start, piece.end)
        fills = hours == (windows[0].opens, windows[-1].closes) or hours in windows
        return len(piece.entry.line.who.queue) > 1 or not fills

    def _is_whole(self, session: SessionId) -> bool:
        pieces = sorted((piece for piece in self.pieces if piece.session == session), key=_moment)
        if not pieces or self._left(session):
            return False
        position = self.scenario.calendar.axis.position(pieces[0].entry.day, pieces[0].start)
        others = [place for other, place in self._placements().items() if other != session]
        place = None if position is None else self.scenario.place(session, position, None, others)
        return place is not None and all(
            covered([(piece.start, piece.end) for piece in pieces if piece.entry.day == segment.day], *stretch)
            for segment in place.segments
            for stretch in segment.stretches
        )

    def _spoken(self, session: SessionId) -> str:
        """From when to when a session sits."""
        pieces = [piece for piece in self.pieces if piece.session == session]
        first, last = min(pieces, key=_moment), max(pieces, key=_moment)
        until = show_clock(last.end) if last.entry.day == first.entry.day else show_moment(last.entry.day, last.end)
        return f"{self._title(session)} from {show_moment(first.entry.day, first.start)} to {until}"


def _moment(piece: Piece) -> tuple[date, int]:
    return piece.entry.day, piece.start


def _stands_below(piece: Piece, entry: Entry) -> bool:
    """Whether a piece is of a cell below that of an entry, or to the right of it."""
    here, there = piece.entry.line.cell.span, entry.line.cell.span
    return (here.line, here.column) > (there.line, there.column)


def _hours_written(entry: Entry) -> tuple[date, int]:
    """The order in which hours that are written are given to the sessions of a body."""
    written = not entry.line.exact and entry.line.is_written
    return (entry.day, entry.line.start or 0) if written else (date.min, 0)


def _queue(entry: Entry, named: Counter[Queue]) -> Queue:
    """The sessions of an entry; of a body those that are not ``named`` by others, alone or all of some."""
    queue = entry.line.who.queue
    smaller = [other for other, times in named.items() if times >= len(other) and set(other) < set(queue)]
    others = {session for other in smaller for session in other}
    return tuple(session for session in queue if session not in others) or queue


def _together(asked: Sequence[Asked]) -> list[list[Asked]]:
    """Entries in groups: those that share a session or a half-day hang together."""
    groups: list[list[Asked]] = []
    for each in asked:
        joined = [group for group in groups if any(_hang(each, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), each])
    order = {id(each): number for number, each in enumerate(asked)}
    return [sorted(group, key=lambda each: order[id(each)]) for group in groups]


def _hang(one: Asked, other: Asked) -> bool:
    if set(one.queue) & set(other.queue):
        return True
    mine, its = next(iter(one.windows.values())), next(iter(other.windows.values()))
    return one.entry.day == other.entry.day and any(meets(mine, window.opens, window.closes) for window in its)


def _first(each: Asked) -> Sequence[Window]:
    """The hours of an entry for its first session."""
    return next(iter(each.windows.values()))


def _hours(each: Asked, reading: Reading) -> list[tuple[SessionId, int, int]]:
    """What an entry holds in a reading, in order of time."""
    found = [
        (session, segment.start, segment.end)
        for session in each.queue
        if session in reading
        for segment in reading[session]
        if each.holds(session, segment)
    ]
    return sorted(found, key=lambda hours: hours[1])
