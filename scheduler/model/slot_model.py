"""The views answered by a literal for each session and place, without an integer for its start.

A *place* is a start at which a session fits and which no rule on that session alone forbids, with the rooms that these
rules leave it there. Programmes of many named sessions have few places each, since most sessions start when a slot
opens: sums over places say in one condition what would take one for each pair, and bound costs by counting.

Rooms are counted: at every minute at which something begins, as many sessions as are confined to a set of rooms are no
more than these (Hall's theorem). Who sits where is settled afterwards, exactly. A session gets a literal for each of
its rooms only when a rule asks for a room by name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.spans import joined
from scheduler.domain.timetable import Timetable, Where
from scheduler.errors import EngineError
from scheduler.model.cpsat import cp_model
from scheduler.model.lodging import lodged, lodgings
from scheduler.model.schedule_model import Relaxation, ScheduleModel
from scheduler.model.views import BoolVar, Linear, Segments

MAX_UNIONS = 128
"""Sets of rooms for which sessions are counted: those that may sit in others are given their rooms by name."""


class Place(NamedTuple):
    """A start that is left to a session: where it sits then, and in which rooms."""

    segments: Segments
    rooms: frozenset[RoomId]


Places = Mapping[SessionId, Mapping[int, Place]]
"""By session and start, in minutes on the axis."""


class SlotModel(ScheduleModel):
    """A model of a programme in which nobody is suspended; call ``finish`` after the last rule has been posted."""

    presolve = False
    staged = False
    _in_room: _Named

    def __init__(
        self, programme: Programme, places: Places, deadline: float | None = None, *, exclusive: bool = False
    ) -> None:
        """``exclusive``: some rule that must hold lets no two of the sessions share a minute of a room."""
        self._places, self._exclusive = places, exclusive
        self._sits = {s: {start: place.segments for start, place in of.items()} for s, of in places.items()}
        self._at: dict[SessionId, dict[int, BoolVar]] = {}
        self._spans: dict[SessionId, dict[int, tuple[tuple[int, int], ...]]] = {}
        self._begun: list[int] = []
        self._staying: dict[SessionId, list[tuple[int, RoomId, BoolVar]]] = {}
        self._sitters: dict[SessionId, defaultdict[int, list[int]]] = {}
        opens = {slot.index: slot.opens for slot in programme.calendar.axis.slots}
        everywhere = (segment for of in places.values() for place in of.values() for segment in place.segments)
        self._open = all(segment.start == opens[segment.slot] for segment in everywhere)
        super().__init__(programme, deadline)

    def _choose_start(self, session: SessionId) -> Linear:
        table = self._sits[session]
        if not table:
            self.cp.add_bool_or([])
        if len(table) == 1:
            self._at[session] = dict.fromkeys(table, self.true)
        else:
            self._at[session] = {start: self.cp.new_bool_var(f"{session} at {start}") for start in table}
            self.cp.add_exactly_one(self._at[session].values())
        self._spans[session] = {start: joined(map(self.axis.positions, parts)) for start, parts in table.items()}
        return self._weighed(session, lambda start, _: start // self.grain)

    def _choose_rooms(self) -> _Named:
        return _Named(self._choose_room)

    # --- one session ------------------------------------------------------------------------------------------

    def placements(self, session: SessionId) -> Mapping[int, Segments]:
        """The starts that are left to it, in minutes on the axis, with their segments."""
        return self._sits[session]

    def opening(self, session: SessionId, slots: frozenset[int]) -> Linear:
        """Steps of the given slots that have passed when the slot opens in which the session starts."""
        begins = {slot.index: slot.begins for slot in self.axis.slots}

        def passed(_: int, segments: Segments) -> int:
            return self.axis.worked(begins[segments[0].slot], slots) // self.grain

        return self._kept(("opening", session, slots), session, passed)

    def suggest(self, session: SessionId, start: int) -> None:
        """Suggest a start, in minutes on the axis, to the solver."""
        for other, literal in self._at[session].items():
            if literal is not self.true:
                self.cp.add_hint(literal, other == start)

    def _mapped(self, name: str, session: SessionId, value: Callable[[int, Segments], int]) -> Linear:
        def steps(start: int, segments: Segments) -> int:
            return start // self.grain + (value(start, segments) - start) // self.grain

        return self._kept((name, session), session, steps)

    def _kept(self, key: tuple[object, ...], session: SessionId, value: Callable[[int, Segments], int]) -> Linear:
        if key not in self._linear:
            self._linear[key] = self._weighed(session, value)
        return self._linear[key]

    def _weighed(self, session: SessionId, value: Callable[[int, Segments], int]) -> Linear:
        table = self._sits[session]
        literals = [self._at[session][start] for start in table]
        return cp_model.LinearExpr.weighted_sum(literals, [value(start, parts) for start, parts in table.items()])

    def _among(self, session: SessionId, codes: tuple[int, ...]) -> BoolVar:
        """Chained where the starts are the first or the last of the session, as in ``before``."""
        starts = tuple(self._at[session])
        if not codes:
            return self.false
        if len(codes) == len(starts):
            return self.true
        if len(codes) == 1:
            return self._at[session][codes[0]]
        key = ("among", session, codes)
        if key in self._literals:
            return self._literals[key]
        if codes == starts[: len(codes)]:
            earlier = self._among(session, codes[:-1])
            literal: BoolVar = self.cp.new_bool_var(f"{session} by {codes[-1]}")
            self.cp.add_exactly_one([~literal, earlier, self._at[session][codes[-1]]])
        elif codes == starts[-len(codes) :]:
            literal = ~self._among(session, starts[: -len(codes)])
        elif 2 * len(codes) > len(starts):
            chosen = frozenset(codes)
            literal = ~self._among(session, tuple(start for start in starts if start not in chosen))
        else:
            literal = self.cp.new_bool_var(f"{session} among {len(self._literals)}")
            self.cp.add_exactly_one([~literal, *(self._at[session][start] for start in codes)])
        self._literals[key] = literal
        return literal

    # --- two sessions -----------------------------------------------------------------------------------------

    def before(self, first: SessionId, then: SessionId, gap: int = 0) -> BoolVar:
        """As on the axis: one clause for each time at which the first may end, or the other start."""
        own = self.programme.own_slots(then) if gap else self._everything
        wait = -(-gap // self.grain)

        def ended(_: int, segments: Segments) -> int:
            return self.axis.worked(self._end_of(segments), own) // self.grain + wait

        def begun(start: int, _: Segments) -> int:
            return self.axis.worked(start, own) // self.grain

        name = ("before", first, then, gap)
        if name not in self._literals:
            self.look_at_the_clock()
            ends = {start: ended(start, parts) for start, parts in self._sits[first].items()}
            starts = {start: begun(start, parts) for start, parts in self._sits[then].items()}
            self._literals[name] = self.false if first == then else self._in_time(name, (first, ends), (then, starts))
        return self._literals[name]

    def _in_time(
        self, name: tuple[object, ...], first: tuple[SessionId, dict[int, int]], then: tuple[SessionId, dict[int, int]]
    ) -> BoolVar:
        """True exactly when the value of the one is at most that of the other, each by start."""
        (one, ends), (other, starts) = first, then
        if not ends or not starts or max(ends.values()) <= min(starts.values()):
            return self.true
        if min(ends.values()) > max(starts.values()):
            return self.false
        literal = self.cp.new_bool_var(" ".join(map(str, name)))

        def sooner(session: SessionId, values: Mapping[int, int], than: int) -> BoolVar:
            return self._among(session, tuple(start for start, value in values.items() if value < than))

        for end in sorted(set(ends.values())):  # it holds: an end then or later excludes every earlier start
            self.clause(sooner(one, ends, end), self.negated(sooner(other, starts, end)), ~literal)
        for start in sorted(set(starts.values())):  # it does not: an end by then excludes every start from then on
            self.clause(self.negated(sooner(one, ends, start + 1)), sooner(other, starts, start), literal)
        return literal

    def one_after_other(self, one: SessionId, other: SessionId) -> BoolVar:
        """True exactly when the two never sit at the same minute."""
        return self.share_at_most(one, other, 0)

    def share_at_most(self, one: SessionId, other: SessionId, steps: int) -> BoolVar:
        """True exactly when the two sit at the same time for ``steps`` steps or fewer."""
        one, other = sorted((one, other))
        name = ("share at most", steps, one, other)
        if name not in self._literals:
            self.look_at_the_clock()
            most = steps * self.grain
            apart: dict[tuple[int, ...], list[int]] = {}
            for start, spans in self._spans[one].items():
                fitting = (q for q, others in self._spans[other].items() if _shared(spans, others) <= most)
                apart.setdefault(tuple(fitting), []).append(start)
            self._literals[name] = self._paired(name, one, other, apart)
        return self._literals[name]

    def changes_over(self, one: SessionId, other: SessionId, minutes: int) -> BoolVar:
        """Place by place; where each has a room to itself, two that share a slot sit in two rooms."""
        if not self.one_a_slot():
            return self._changes_over_by_place(one, other, minutes)
        return self._changes_over_in_two_slots(one, other, minutes)

    def _changes_over_in_two_slots(self, one: SessionId, other: SessionId, minutes: int) -> BoolVar:
        """The same of two that sit in two rooms where they share a slot."""
        pauses = (self.axis.pause_after(slot.index) for slot in self.axis.slots[:-1])
        if all(pause >= minutes for pause in pauses):
            return self.true
        return self._changes_over_by_place(one, other, minutes, of_two_slots=True)

    # --- several sessions -------------------------------------------------------------------------------------

    def _beginnings(self, sessions: Iterable[SessionId]) -> list[int]:
        """Positions at which a stretch of some place begins: the most that sit at once are reached there."""
        return sorted({begin for s in sessions for spans in self._spans[s].values() for begin, _ in spans})

    def _sitting(self, session: SessionId, position: int) -> list[int]:
        """The starts with which it sits at a position, one of those at which something begins."""
        if session not in self._sitters:
            if not self._begun:
                self._begun = self._beginnings(self.programme.sessions)
            found = self._sitters[session] = defaultdict[int, list[int]](list)
            for start, spans in self._spans[session].items():
                for first, last in spans:
                    for there in self._begun[bisect_left(self._begun, first) : bisect_left(self._begun, last)]:
                        found[there].append(start)
        return self._sitters[session].get(position, [])

    def _at_once(self, sessions: Iterable[SessionId], position: int) -> list[list[BoolVar]]:
        """Of each session that may sit at a position, the literals of the starts with which it does.

        The starts themselves are summed, rather than a literal for each set of them: so the solver sees what it counts.
        """
        found = ([self._at[s][start] for start in self._sitting(s, position)] for s in sessions)
        return [literals for literals in found if literals]

    def no_overlap(
        self,
        sessions: Sequence[SessionId],
        unless: Relaxation = (),
        room: RoomId | None = None,
        free: Sequence[frozenset[SessionId]] = (),
    ) -> None:
        """No two of the sessions (in ``room``, if one is given) share a minute; pairs within a free set may."""
        here = [s for s in sessions if room is None or self.in_room(s, room) is not self.false]
        bound = [s for s in here if not any(s in members and len(members) > 1 for members in free)]
        for one, other in combinations(here, 2):
            if (one in bound and other in bound) or any(one in members and other in members for members in free):
                continue
            self._apart_in(one, other, room, unless)
        if room is None:
            self.at_most_at_once(bound, 1, unless)
            return
        for position in self._beginnings(bound):
            sit = [self._sits_in(session, position, room) for session in bound]
            self._at_most([literal for literal in sit if literal is not self.false], 1, unless)

    def _sits_in(self, session: SessionId, position: int, room: RoomId) -> BoolVar:
        sits = self._among(session, tuple(self._sitting(session, position)))
        return self.all_of(("sits at", session, position, room), [sits, self.in_room(session, room)])

    def at_most_at_once(self, sessions: Sequence[SessionId], limit: int, unless: Relaxation = ()) -> None:
        """At no minute do more than ``limit`` of the sessions sit."""
        for position in self._beginnings(sessions):
            sitting = self._at_once(sessions, position)
            if len(sitting) > limit:
                self._at_most([literal for literals in sitting for literal in literals], limit, unless)

    def _at_most(self, literals: Sequence[BoolVar], limit: int, unless: Relaxation = ()) -> None:
        if len(literals) <= limit:
            return
        if limit == 1 and not unless:
            self.cp.add_at_most_one(literals)
        else:
            self.bound(self.count(literals) <= limit, unless)

    # --- rooms ------------------------------------------------------------------------------------------------

    def one_a_slot(self) -> bool:
        """Whether rooms are exclusive, and everybody begins a slot at its opening."""
        return self._exclusive and self._open

    def rooms_used(self, sessions: Sequence[SessionId], slot: int) -> list[BoolVar]:
        """The sessions themselves, where each has a room to itself."""
        if not self.one_a_slot():
            return super().rooms_used(sessions, slot)
        return [literal for session in sessions if (literal := self.touches(session, slot)) is not self.false]

    def beside(
        self, ones: Sequence[SessionId], others: Sequence[SessionId], slot: int
    ) -> Iterator[tuple[BoolVar, list[BoolVar]]]:
        """The sessions themselves, where each has a room to itself."""
        if not self.one_a_slot():
            yield from super().beside(ones, others, slot)
            return
        for one in ones:
            here, besides = self.touches(one, slot), self.rooms_used([s for s in others if s != one], slot)
            if here is not self.false and besides:
                yield here, besides

    def share_a_room(self, one: SessionId, other: SessionId, slot: int | None = None) -> BoolVar:
        """Never, where each has a room to itself."""
        return self.false if self.one_a_slot() else super().share_a_room(one, other, slot)

    def no_clash(
        self, sessions: Sequence[SessionId], unless: Relaxation = (), free: Sequence[frozenset[SessionId]] = ()
    ) -> None:
        """Where rooms are exclusive, ``finish`` says so for all at once."""
        if not self._exclusive:
            super().no_clash(sessions, unless, free)

    def confine(
        self,
        session: SessionId,
        rooms: Iterable[RoomId],
        unless: Relaxation = (),
        where: Callable[[Segments], bool] | None = None,
    ) -> None:
        """Nothing to post where each place has no other rooms left."""
        kept = frozenset(rooms)
        if any(p.rooms - kept for p in self._places[session].values() if where is None or where(p.segments)):
            super().confine(session, kept, unless, where)

    def stays(self, session: SessionId, start: int, where: Where) -> BoolVar:
        """Without a literal for each room: one more place, with this room alone, is counted."""
        place, key = self._places[session].get(start), ("stays", session, start, where)
        if place is None or not isinstance(where, str) or where not in place.rooms:
            return self.false
        if len(place.rooms) == 1:
            return self._at[session][start]
        if key not in self._literals:
            literal = self._literals[key] = self.cp.new_bool_var(" ".join(map(str, key)))
            self.clause(self._at[session][start], ~literal)
            for _, _, other in self._staying.setdefault(session, []):
                self.clause(~other, ~literal)
            self._staying[session].append((start, where, literal))
        return self._literals[key]

    def finish(self) -> None:
        """Rooms: those that rules have named hold to what places leave; all others are counted."""
        if self._exclusive:
            for session in self._uncounted():
                self._in_room[session]
        for session in self._staying.keys() & self._in_room.keys():
            for _, room, literal in self._staying.pop(session):
                self.clause(self.in_room(session, room), ~literal)
        self._hold_named_rooms()
        if self._exclusive:
            for position in self._beginnings(self.programme.sessions):
                self._count_rooms(position)
        self._in_room.closed = True

    def _hold_named_rooms(self) -> None:
        """A session sits in a room that its place leaves it."""
        for session, rooms in self._in_room.items():
            for start, place in self._places[session].items():
                for room, literal in rooms.items():
                    if room not in place.rooms:
                        self.clause(self.negated(self._at[session][start]), self.negated(literal))

    def _over_slots(self) -> list[SessionId]:
        """Sessions that may go on in a further slot, in the same room."""
        return [s for s, of in self._places.items() if any(len(place.segments) > 1 for place in of.values())]

    def _uncounted(self) -> Iterable[SessionId]:
        """Those for which counting does not suffice.

        In a slot that all begin at its opening, the first minute decides; who goes on from an earlier one has a room
        already. Else, stretches of one slot that may lie in all the same rooms need as many as sit at once.
        """
        sets = Counter(place.rooms for of in self._places.values() for place in of.values())
        if self._open:
            common = countable(sets)
            rare = [s for s, of in self._places.items() if any(place.rooms not in common for place in of.values())]
            return [*self._over_slots(), *rare]
        same = len(sets) <= 1 and not self._in_room and not self._staying and not self._over_slots()
        return () if same else self.programme.sessions

    def _count_rooms(self, position: int) -> None:
        sitting = [(s, starts) for s in self.programme.sessions if (starts := self._sitting(s, position))]
        sets = {self._places[s][start].rooms for s, starts in sitting for start in starts if s not in self._in_room}
        single = {frozenset([room]) for s, _ in sitting if s in self._in_room for room in self._in_room[s]}
        for session, starts in sitting:
            single |= {frozenset([room]) for start, room, _ in self._staying.get(session, ()) if start in starts}
        for rooms in sorted(unions(sets) | single, key=sorted):
            literals, sessions = [], 0
            for session, starts in sitting:
                if session in self._in_room:
                    named = [self._sits_in(session, position, room) for room in rooms & self._in_room[session].keys()]
                    here = [literal for literal in named if literal is not self.false]
                else:
                    confined = [start for start in starts if self._places[session][start].rooms <= rooms]
                    here = [self._at[session][start] for start in confined]
                    here += [
                        literal
                        for start, room, literal in self._staying.get(session, ())
                        if start in starts and start not in confined and room in rooms
                    ]
                literals += here
                sessions += bool(here)
            if sessions > len(rooms):
                self._at_most(literals, len(rooms))

    # --- whole timetables -------------------------------------------------------------------------------------

    def alike(self, timetable: Timetable, most: int) -> list[Timetable]:
        """Those with the same starts and named rooms, whose other rooms are given out in all ways."""
        starts = {placement.session: placement.start for placement in timetable}
        spans = {session: self._spans[session][start] for session, start in starts.items()}
        rooms = {s: self._places[s][start].rooms for s, start in starts.items()}
        rooms |= {p.session: frozenset([p.room]) for p in timetable if p.session in self._in_room}
        found = [timetable]
        for given in lodgings(self.programme, spans, rooms, most, exclusive=self._exclusive):
            placed = self.programme.place_all({s: (start, given[s]) for s, start in starts.items()})
            other = Timetable(placed.values())
            found += [other] if other != timetable and len(found) < most else []
        return found

    def add_no_good(self, timetable: Timetable) -> None:
        """The timetable is no answer any more: some session starts at another time, or sits in another named room."""
        changes = []
        for placement in timetable:
            changes.append(self.negated(self.starts_among(placement.session, [placement.start])))
            if placement.session in self._in_room:
                changes.append(self.negated(self.in_room(placement.session, placement.room)))
        self.clause(*changes)

    def try_in_order(self) -> None:
        """As on the axis: the earliest places first."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for starts in self._at.values():
            self._try_first(starts.values())
        for rooms in self._in_room.values():
            self._try_first(rooms.values())

    def read(self, solver: cp_model.CpSolver) -> Timetable:
        """The timetable of a solution, with rooms for all; only after OPTIMAL or FEASIBLE."""
        starts = {
            session: next(start for start, literal in at.items() if solver.boolean_value(literal))
            for session, at in self._at.items()
        }
        rooms = {s: self._places[s][start].rooms for s, start in starts.items()}
        for session, places in self._staying.items():
            rooms[session] = next(
                (frozenset([room]) for _, room, literal in places if solver.boolean_value(literal)), rooms[session]
            )
        for session, named in self._in_room.items():
            rooms[session] = frozenset(room for room, literal in named.items() if solver.boolean_value(literal))
        spans = {session: self._spans[session][start] for session, start in starts.items()}
        found = lodged(self.programme, spans, rooms, exclusive=self._exclusive)
        return Timetable(self.programme.place_all({s: (start, found[s]) for s, start in starts.items()}).values())


class _Named(dict[SessionId, dict[RoomId, BoolVar]]):
    """Literals for the rooms of a session, made when somebody first asks for them; none once rooms are counted."""

    def __init__(self, make: Callable[[SessionId], dict[RoomId, BoolVar]]) -> None:
        super().__init__()
        self._make = make
        self.closed = False

    def __missing__(self, session: SessionId) -> dict[RoomId, BoolVar]:
        if self.closed:
            raise EngineError(f"the room of '{session}' is asked for after rooms have been counted")
        self[session] = self._make(session)
        return self[session]


def _shared(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """Minutes that two sets of stretches share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def unions(sets: Iterable[frozenset[RoomId]]) -> set[frozenset[RoomId]]:
    """All unions of some of the sets."""
    found: set[frozenset[RoomId]] = set()
    for one in sets:
        found |= {one, *(one | other for other in found)}
    return found


def countable(sets: Counter[frozenset[RoomId]]) -> set[frozenset[RoomId]]:
    """Those of the sets, the most frequent first, that have no more than ``MAX_UNIONS`` unions together."""
    found: set[frozenset[RoomId]] = set()
    together: set[frozenset[RoomId]] = set()
    for one in sorted(sets, key=lambda rooms: (-sets[rooms], sorted(rooms))):
        more = together | {one, *(one | other for other in together)}
        if len(more) <= MAX_UNIONS:
            found.add(one)
            together = more
    return found
