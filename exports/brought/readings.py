"""Finds the timetables that half-day entries can mean: every session whole, and every entry with something in it.

An entry names a half-day and a session, or a body whose sessions follow one another in the order in which they are
listed. A session starts as its rules let it: when a slot opens, or when the one before it in the list has ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product

from exports.brought.windows import Entry, Window
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.spans import covered
from scheduler.domain.timetable import Placement, Timetable, Where
from scheduler.scenario import Scenario

MOST_TRIED = 5_000
"""Places that are tried for the sessions of entries that hang together."""
MOST_TOGETHER = 150
"""Entries that hang together; of more nothing is looked for."""
MOST_ROOMS = 20
"""Pairs of rooms that are tried for two sessions at once."""
Queue = tuple[SessionId, ...]
Reading = Mapping[SessionId, tuple[Segment, ...]]
"""When each session sits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry without hours, with the sessions that it may be about."""

    entry: Entry
    queue: Queue
    windows: Mapping[SessionId, tuple[Window, ...]]

    def holds(self, session: SessionId, segment: Segment) -> bool:
        """Whether a segment of a session shares a minute with the hours of the entry."""
        windows = self.windows.get(session, ())
        return self.entry.day == segment.day and any(
            w.opens < segment.end and segment.start < w.closes for w in windows
        )

    def touches(self, segment: Segment) -> bool:
        """Whether a segment of any session shares a minute with its hours."""
        windows = next(iter(self.windows.values()))
        return self.entry.day == segment.day and any(
            segment.start < w.closes and w.opens < segment.end for w in windows
        )


class Readings:
    """Searches for the readings of entries that hang together, in the order of their half-days and of the list."""

    def __init__(self, scenario: Scenario, asked: Sequence[Asked], placed: Mapping[SessionId, Placement]) -> None:
        self.scenario, self.asked = scenario, asked
        self._placed = dict(placed)
        self._left = MOST_TRIED
        self._apart: dict[frozenset[SessionId], bool] = {}
        """Pairs of sessions by whether they may not sit at once."""

    @property
    def complete(self) -> bool:
        """Whether every reading was looked at."""
        return self._left >= 0

    def first_two(self) -> list[Reading]:
        """Two different readings; one where there is one, none where there is none."""
        found: list[Reading] = []
        if len(self.asked) > MOST_TOGETHER:
            self._left = -1
            return found
        for placed in self._from(0, {**self._placed, **self._at_fixed_times()}):
            reading = {session: place.segments for session, place in placed.items() if session not in self._placed}
            if reading not in found:
                found.append(reading)
            if len(found) == 2:
                break
        return found

    def _at_fixed_times(self) -> dict[SessionId, Placement]:
        """Sessions whose hour a rule fixes, on the day of their first entry."""
        found: dict[SessionId, Placement] = {}
        for each in self.asked:
            for session in each.queue:
                at = self._fixed.get(session)
                if at is not None and session not in found and len(each.queue) == 1:
                    position = self.scenario.calendar.axis.position(each.entry.day, at)
                    place = (
                        None if position is None else self.scenario.place(session, position, self._where(session, each))
                    )
                    if place is not None:
                        found[session] = place
        return found

    @cached_property
    def _fixed(self) -> dict[SessionId, int]:
        """The hours of anchored sessions."""
        rules = [rule for rule in self.scenario.all_rules if rule.fixed_time is not None and rule.weight is None]
        return {
            session: rule.fixed_time.at
            for rule in rules
            for session in rule.sessions(self.scenario)
            if rule.fixed_time is not None
        }

    @cached_property
    def _rolling(self) -> frozenset[SessionId]:
        rules = [rule for rule in self.scenario.rules if rule.rolls]
        return frozenset(session for rule in rules for session in rule.sessions(self.scenario))

    @cached_property
    def _at_openings(self) -> frozenset[SessionId]:
        return frozenset(s for rule in self.scenario.all_rules for s in rule.at_openings(self.scenario))

    # --- the search ------------------------------------------------------------------------------------------

    def _from(self, number: int, placed: dict[SessionId, Placement]) -> Iterator[dict[SessionId, Placement]]:
        """Readings of the entries from ``number`` on, the others being placed."""
        if number == len(self.asked):
            if all(session in placed for each in self.asked for session in each.queue):
                yield placed
            return
        each = self.asked[number]
        goes_on = any(
            each.holds(session, segment)
            for session in each.queue
            if session in placed
            for segment in placed[session].segments
        )
        if goes_on:
            yield from self._from(number + 1, placed)
        yield from self._starting(number, placed, first=not goes_on)

    def _starting(
        self, number: int, placed: dict[SessionId, Placement], *, first: bool
    ) -> Iterator[dict[SessionId, Placement]]:
        """Readings in which the next session of the entry starts in it, and perhaps others after it."""
        each = self.asked[number]
        session = next((session for session in each.queue if session not in placed), None)
        if session is None:
            return
        for start in self._starts(number, session, placed, first=first):
            self._left -= 1
            if self._left < 0:
                return
            position = self.scenario.calendar.axis.position(each.entry.day, start)
            where = self._where(session, each)
            place = None if position is None else self.scenario.place(session, position, where, placed.values())
            if place is None or not self._fits(number, place, placed):
                continue
            with_it = {**placed, session: place}
            yield from self._from(number + 1, with_it)
            yield from self._starting(number, with_it, first=False)

    def _starts(
        self, number: int, session: SessionId, placed: Mapping[SessionId, Placement], *, first: bool
    ) -> list[int]:
        """Minutes after midnight at which a session may start in an entry."""
        each = self.asked[number]
        windows = each.windows[session]
        if first and each.entry.line.start is not None:
            return [each.entry.line.start]
        openings = [window.opens for window in windows]
        ends = self._ends_before(number, placed)
        reached = max(ends, default=openings[0])
        after = [reached] if any(w.opens <= reached < w.closes for w in windows) else []
        later = [opening for opening in openings if opening >= reached]
        if session in self._rolling:
            earlier = any(other in self._rolling for other in placed)
            found = (after or later[:1]) if ends or earlier else later
        elif session in self._at_openings:
            found = later
        else:
            found = [*after, *later]
        if ends and len(self.scenario.rooms) > 1:
            found = [*found, *openings]  # beside the others, where rooms and rules let them
        return list(dict.fromkeys(found))

    def _ends_before(self, number: int, placed: Mapping[SessionId, Placement]) -> list[int]:
        """When what stands before it in the half-day of an entry, or in the entry, has ended."""
        each = self.asked[number]
        before = [other for other in self.asked[: number + 1] if other.entry.day == each.entry.day]
        sessions = {session for other in before for session in other.queue if session in placed}
        sessions |= {session for session in self._placed if session in placed}
        slots = self.scenario.calendar.axis.slots
        return [
            slots[segment.slot].after(segment.end)
            for session in sessions
            for segment in placed[session].segments
            if each.touches(segment) and any(other.holds(session, segment) for other in before)
        ]

    def _fits(self, number: int, place: Placement, placed: Mapping[SessionId, Placement]) -> bool:
        """Whether a session lies in entries that name it, and nowhere on others."""
        mine = [each for each in self.asked[number:] if place.session in each.queue]
        if not all(_is_covered(segment, mine, place.session) for segment in place.segments):
            return False
        ends = mine[0].entry.line.end if mine else None
        if ends is not None and any(s.end > ends for s in place.segments if mine[0].holds(place.session, s)):
            return False
        return not any(self._clash(place, other) for other in placed.values())

    def _clash(self, place: Placement, other: Placement) -> bool:
        """Whether two sessions sit at once where the rules, or the rooms, do not let them."""
        if not any(
            one.day == two.day and one.start < two.end and two.start < one.end
            for one, two in product(place.segments, other.segments)
        ):
            return False
        pair = frozenset((place.session, other.session))
        if pair not in self._apart:
            self._apart[pair] = self._are_apart(place, other)
        return self._apart[pair]

    def _are_apart(self, place: Placement, other: Placement) -> bool:
        """Whether no two rooms are found in which two sessions may sit at once."""
        rooms = [pair for pair in product(*map(self._rooms, (place.session, other.session))) if pair[0] != pair[1]]
        rules = [rule for rule in self.scenario.all_rules if rule.weight is None and rule.monotone]
        both = {place.session, other.session}
        for one, two in rooms[:MOST_ROOMS]:
            sit = Timetable([replace(place, room=one, rooms=()), replace(other, room=two, rooms=())])
            found = (set(v.sessions) for rule in rules for v in rule.check(self.scenario, sit))
            if not any(both <= sessions for sessions in found):
                return False
        return True

    def _rooms(self, session: SessionId) -> tuple[RoomId, ...]:
        """Where a session may be: the room that is written, or several where it changes them, or all of its own."""
        written = dict.fromkeys(room for each in self.asked if session in each.queue and (room := _room(each)))
        if session not in self.scenario.may_change_room:
            written = dict.fromkeys([*written][:1])
        return tuple(written) or self.scenario.rooms_of(session)

    def _where(self, session: SessionId, first: Asked) -> Where | None:
        """The room that is written for the first of its entries, or that of each day where it may change it."""
        if session not in self.scenario.may_change_room:
            return _room(first)
        days: dict[date, RoomId] = {}
        for each in self.asked:
            if session in each.queue and each.entry.day >= first.entry.day and (room := _room(each)):
                days.setdefault(each.entry.day, room)
        return tuple(days[day] for day in sorted(days)) or None


def _is_covered(segment: Segment, entries: Sequence[Asked], session: SessionId) -> bool:
    """Whether the hours of the entries hold every minute in which a segment sits."""
    hours = [hours for each in entries if each.holds(session, segment) for hours in each.windows[session]]
    return all(covered(hours, *stretch) for stretch in segment.stretches)


def _room(each: Asked) -> RoomId | None:
    room = each.entry.line.room
    return None if room is None else RoomId(room)
