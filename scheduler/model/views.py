"""What a model knows of its sessions, as named views: rules speak to these and never to the variables.

One integer start per session on the working-time axis (breaks and nights have no length on it), in steps of the
grain. Every condition on one session alone is a set of its starts, so a view such as "WGTR touches Friday 15:00" is
one literal that is true exactly for those starts. ``where``, ``touches``, ``on_day``, ``before``, ``same_room`` and the
rest could be answered by another formulation.

A session that may change its room overnight has a *stay* on each day on which it can sit: what it sits there, in one
room, under an id of its own. Views of one or two sessions answer for stays as well, which views of rooms ask for. On a
day on which the session does not sit, its stay is in no room, and other views of it mean nothing.

Where a session that is suspended for fixtures sits depends on their places too. It has a *code*: the number of the case
(which minutes its fixtures close to it) and the start, in one integer. Conditions on it are sets of codes. Of every
other session the code is the start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Axis, Segment, time_between
from scheduler.domain.cases import Cases, Falling
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.spans import joined
from scheduler.domain.timetable import Where
from scheduler.errors import OutOfTime
from scheduler.model.cpsat import cp_model

BoolVar: TypeAlias = cp_model.BoolVarT
Linear: TypeAlias = cp_model.LinearExpr
Amount: TypeAlias = cp_model.LinearExprT
"""A literal, a number or an expression."""
Segments: TypeAlias = tuple[Segment, ...]


class Piece(NamedTuple):
    """A stretch of a session without a gap, on the axis of some slots, in steps."""

    begin: Linear
    end: Linear
    there: BoolVar
    """Whether it is there; if not, it stands where the one before it does."""


class Views:
    """Variables of a programme, and literals and linear expressions that say where its sessions are.

    All arguments and results of public methods are in minutes unless they say *steps* (of the grain).
    """

    def __init__(self, programme: Programme, deadline: float | None = None, firm: Sequence[Any] | None = None) -> None:
        self.deadline = deadline
        """On the monotonic clock, in seconds: building after it raises ``OutOfTime``."""
        self.programme = programme
        self.cp = cp_model.CpModel()
        self.grain = programme.grain
        self.axis = programme.calendar.axis
        self.steps = self.axis.total // self.grain
        self._literals: dict[tuple[object, ...], BoolVar] = {}
        self._linear: dict[tuple[object, ...], Linear] = {}
        self._tables: dict[tuple[object, ...], dict[int, Segments]] = {}
        self._codes: dict[SessionId, cp_model.IntVar] = {}
        self._stopping: dict[tuple[SessionId, SessionId], BoolVar] = {}
        self._suspensions = {s: Cases(programme, s, firm) for s in programme.gives_way}
        self._everything = frozenset(slot.index for slot in self.axis.slots)
        self.true: BoolVar = self.cp.new_constant(1)
        self.false: BoolVar = self.cp.new_constant(0)
        self._stays_of: dict[SessionId, dict[date, SessionId]] = {}
        self._stays: dict[SessionId, tuple[SessionId, date]] = {}
        self._variables: dict[SessionId, cp_model.IntVar] = {}
        self.starts: dict[SessionId, Linear] = {s: self._choose_start(s) for s in programme.sessions}
        self._in_room: dict[SessionId, dict[RoomId, BoolVar]] = self._choose_rooms()
        for session, suspension in self._suspensions.items():
            self._tie_to_fixtures(session, suspension)

    def _choose_start(self, session: SessionId) -> Linear:
        """Its start, in steps on the axis."""
        table = self.placements(session)
        if not table:
            self.cp.add_bool_or([])
        domain = cp_model.Domain.from_values([self._start_of(code) // self.grain for code in table] or [0])
        self._variables[session] = self.cp.new_int_var_from_domain(domain, f"start {session}")
        return self._variables[session]

    def _choose_rooms(self) -> dict[SessionId, dict[RoomId, BoolVar]]:
        """By session, or stay."""
        found: dict[SessionId, dict[RoomId, BoolVar]] = {}
        for session in self.programme.sessions:
            if session not in self.programme.may_change_room:
                found[session] = self._choose_room(session)
                continue
            self._stays_of[session] = {}
            days = {segment.day for segments in self.placements(session).values() for segment in segments}
            for day in sorted(days):
                stay = SessionId(f"{session} on {day}")
                self._stays_of[session][day], self._stays[stay] = stay, (session, day)
                rooms: dict[RoomId, BoolVar] = {
                    room: self.cp.new_bool_var(f"{stay} in {room}") for room in self.programme.rooms_of(session)
                }
                self.cp.add_exactly_one([*rooms.values(), self.negated(self.sits(stay))])
                found[stay] = rooms
        return found

    def _choose_room(self, session: SessionId) -> dict[RoomId, BoolVar]:
        rooms = self.programme.rooms_of(session)
        if len(rooms) == 1:
            return {rooms[0]: self.true}
        chosen: dict[RoomId, BoolVar] = {room: self.cp.new_bool_var(f"{session} in {room}") for room in rooms}
        self.cp.add_exactly_one(chosen.values())
        return chosen

    def look_at_the_clock(self) -> None:
        """Called by what rules call most often: large programmes take minutes to build.

        Raises:
            OutOfTime: the deadline has passed.
        """
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime

    # --- views of one session --------------------------------------------------------------------------------

    def _start_of(self, code: int) -> int:
        return code % self.axis.total

    def _tie_to_fixtures(self, session: SessionId, suspension: Cases) -> None:
        """Give a session its code, and let the places of its fixtures choose the case."""
        codes = [code // self.grain for code in self.placements(session)] or [0]
        domain = cp_model.Domain.from_values(codes)
        self._codes[session] = self.cp.new_int_var_from_domain(domain, f"code {session}")
        number = self.cp.new_int_var(0, max(len(suspension.closed) - 1, 0), f"case of {session}")
        self.cp.add(self._codes[session] == self.steps * number + self.starts[session])
        for fixture, starts, always in zip(suspension.fixtures, suspension.ways, suspension.always, strict=True):
            closing = [self._closes(session, fixture, way) for way in range(len(starts))]
            self._stopping[session, fixture] = self.any_of(("stops", session, fixture), closing)
            if always:
                self.cp.add_bool_or([self._stopping[session, fixture]])  # what the rules say of its places anyway
        places: dict[Falling, list[int]] = {}
        for start, fallings in suspension.at.items():
            for falling in fallings:
                places.setdefault(falling._replace(segments=()), []).append(start)
        for falling, mine in places.items():
            otherwise = [*self._otherwise(session, falling), self.negated(self.starts_among(session, mine))]
            if falling.case is not None:
                otherwise.append(self._in_case(session, falling.case))
            if not any(literal is self.true for literal in otherwise):
                self.cp.add_bool_or(otherwise)

    def _closes(self, session: SessionId, fixture: SessionId, way: int) -> BoolVar:
        """True exactly when a fixture sits where it closes to the session what this way closes."""
        suspension = self._suspensions[session]
        starts = suspension.ways[suspension.fixtures.index(fixture)][way]
        literals = [self.same_room(session, fixture), self.starts_among(fixture, starts)]
        return self.all_of(("closes", fixture, session, way), literals)

    def _otherwise(self, session: SessionId, falling: Falling) -> list[BoolVar]:
        """Of these one is true where fixtures close something else than they do in that falling."""
        fixtures = self._suspensions[session].fixtures
        closing = [self.negated(self._closes(session, fixtures[way.fixture], way.number)) for way in falling.closing]
        return closing + [self._closes(session, fixtures[way.fixture], way.number) for way in falling.apart]

    def _in_case(self, session: SessionId, case: int) -> BoolVar:
        total = self.axis.total
        return self._among(session, tuple(code for code in self.placements(session) if code // total == case))

    def fallings(self, session: SessionId, place: int) -> Iterator[tuple[Segments, list[BoolVar]]]:
        """Where a session that is suspended for some fixtures would sit if it started at a place on the axis.

        For each way in which it would fall into parts, with literals of which one is true where it is not that way.
        """
        for falling in self._suspensions[session].at[place]:
            if falling.case is not None:
                yield falling.segments, self._otherwise(session, falling)

    def suspended(self, session: SessionId) -> bool:
        """Whether it is suspended for some fixture."""
        return session in self._suspensions

    def stops(self, session: SessionId, fixture: SessionId) -> BoolVar:
        """True exactly when the fixture sits where it closes minutes to the session, which gives way to it."""
        return self._stopping.get((session, fixture), self.false)

    # --- stays of sessions that may change their room ----------------------------------------------------------------

    def by_day(self, session: SessionId) -> Sequence[SessionId]:
        """The stays of a session by day; of one that keeps its room itself."""
        return tuple(self._stays_of[session].values()) if session in self._stays_of else (session,)

    def whole(self, session: SessionId) -> SessionId:
        """The session that a stay belongs to; any other itself."""
        return self._stays[session][0] if session in self._stays else session

    def stay_on(self, session: SessionId, day: date) -> SessionId | None:
        """The stay of a session on a day, None where it never sits then; of one that keeps its room itself."""
        return self._stays_of[session].get(day) if session in self._stays_of else session

    def stay_in(self, session: SessionId, slot: int) -> SessionId | None:
        """The same for the day of a slot."""
        return self.stay_on(session, self.axis.slots[slot].day)

    def sits(self, stay: SessionId) -> BoolVar:
        """True exactly when the session sits on the day of the stay."""
        return self.on_day(*self._stays[stay]) if stay in self._stays else self.true

    def edge(self, session: SessionId, *, last: bool) -> list[tuple[BoolVar, SessionId]]:
        """The stays with which a session may begin (or with ``last``: end), each with the literal that it does."""
        if session not in self._stays_of:
            return [(self.true, session)]
        which = -1 if last else 0
        return [
            (self.where(session, partial(_edges_on, which, day)), stay) for day, stay in self._stays_of[session].items()
        ]

    def in_rooms(self, session: SessionId, where: Where) -> BoolVar:
        """True exactly when it sits there: in the room on all its days, or from its first day in the room of each."""
        if session not in self._stays_of:
            rooms = {where} if isinstance(where, str) else {*where}
            return self.in_room(session, rooms.pop()) if len(rooms) == 1 else self.false
        stays = self.by_day(session)
        if isinstance(where, str):
            return self.all_of(("wholly in", session, where), [self._if_there(stay, where) for stay in stays])
        ways = []
        for number, (begins, _) in enumerate(self.edge(session, last=False)):
            there = [self._if_there(stay, room) for stay, room in zip(stays[number:], where, strict=False)]
            ways.append(self.all_of(("by day in", session, where, number), [begins, *there]))
        return self.any_of(("by day in", session, where), ways)

    def _if_there(self, stay: SessionId, room: RoomId) -> BoolVar:
        return self.any_of(("if there in", stay, room), [self.in_room(stay, room), self.negated(self.sits(stay))])

    def minutes(self, session: SessionId) -> int:
        """The planned length of a session; of a stay the most that it can last."""
        return self.programme.minutes(self.whole(session))

    def own_slots(self, session: SessionId) -> frozenset[int]:
        """Slots that a session, or that of a stay, may use."""
        return self.programme.own_slots(self.whole(session))

    def placements(self, session: SessionId) -> Mapping[int, Segments]:
        """Every code (of most sessions: start, in minutes on the axis and on the grain) with its segments.

        Of a stay the codes of its session with which it is there.
        """
        if session in self._stays:
            whole, day = self._stays[session]
            if (session,) not in self._tables:
                there = ((code, _on(day, segments)) for code, segments in self.placements(whole).items())
                self._tables[session,] = {code: segments for code, segments in there if segments}
            return self._tables[session,]
        minutes, own = self.programme.minutes(session), self.programme.own_slots(session)
        key = (session,) if session in self._suspensions else (minutes, own)
        if key not in self._tables:
            self.look_at_the_clock()
            self._tables[key] = (
                self._suspended_table(session)
                if session in self._suspensions
                else {
                    start: segments
                    for start in range(0, self.axis.total, self.grain)
                    if (segments := self.axis.stretch(start, minutes, own))
                }
            )
        return self._tables[key]

    def _suspended_table(self, session: SessionId) -> dict[int, Segments]:
        found = {
            falling.case * self.axis.total + start: falling.segments
            for start, fallings in self._suspensions[session].at.items()
            for falling in fallings
            if falling.case is not None
        }
        return dict(sorted(found.items()))

    def possible_starts(self, session: SessionId) -> Sequence[int]:
        """Every start at which the session fits, in minutes on the axis, in order."""
        return sorted({self._start_of(code) for code in self.placements(session)})

    def slots_of(self, session: SessionId) -> frozenset[int]:
        """Every slot in which some segment of the session may lie."""
        return frozenset(part.slot for parts in self.placements(session).values() for part in parts)

    def where(self, session: SessionId, holds: Callable[[Segments], bool]) -> BoolVar:
        """True exactly where the session's segments satisfy ``holds``."""
        self.look_at_the_clock()
        table = self.placements(session)
        return self._among(session, tuple(code for code, segments in table.items() if holds(segments)))

    def by_amount(self, session: SessionId, amount: Callable[[Segments], int]) -> Iterator[tuple[BoolVar, int]]:
        """The amounts that a session's places make, from the least, each with the literal that says so."""
        codes: dict[int, list[int]] = {}
        for code, segments in self.placements(session).items():
            codes.setdefault(amount(segments), []).append(code)
        for size in sorted(codes):
            yield self._among(session, tuple(codes[size])), size

    def starts_among(self, session: SessionId, positions: Iterable[int]) -> BoolVar:
        """True exactly when the session starts at one of the axis positions."""
        wanted = set(positions)
        if session in self._suspensions:
            return self._among(session, tuple(c for c in self.placements(session) if self._start_of(c) in wanted))
        return self._among(session, tuple(sorted(self.placements(session).keys() & wanted)))

    def touches(self, session: SessionId, slot: int) -> BoolVar:
        """True exactly when some segment lies in the slot."""
        return self._view("touches", session, slot, lambda segments: any(s.slot == slot for s in segments))

    def starts_in(self, session: SessionId, slot: int) -> BoolVar:
        """True exactly when the first segment lies in the slot."""
        return self._view("starts in", session, slot, lambda segments: segments[0].slot == slot)

    def ends_in(self, session: SessionId, slot: int) -> BoolVar:
        """True exactly when the last segment lies in the slot."""
        return self._view("ends in", session, slot, lambda segments: segments[-1].slot == slot)

    def on_day(self, session: SessionId, day: date) -> BoolVar:
        """True exactly when some segment lies on the day."""
        return self._view("on", session, day, lambda segments: any(s.day == day for s in segments))

    def starts_by(self, session: SessionId, day: date) -> BoolVar:
        """True exactly when the first segment lies on the day or an earlier one."""
        return self._view("starts by", session, day, lambda segments: segments[0].day <= day)

    def sits_at_opening(self, session: SessionId, slot: int) -> BoolVar:
        """True exactly when the session sits at the first minute of the slot, newly started or going on."""
        opens = self.axis.slots[slot].opens
        return self._view(
            "at opening of", session, slot, lambda segments: any(s.slot == slot and s.start == opens for s in segments)
        )

    def goes_on_in(self, session: SessionId, slot: int) -> BoolVar:
        """True exactly when the session sits in the slot but has started in an earlier one."""
        return self._view("goes on in", session, slot, partial(_goes_on_in, slot))

    def at_opening(self, session: SessionId) -> BoolVar:
        """True exactly when the session starts at the minute its slot opens."""
        opens = [slot.opens for slot in self.axis.slots]
        return self._view("at opening", session, 0, lambda segments: segments[0].start == opens[segments[0].slot])

    def in_room(self, session: SessionId, room: RoomId, day: date | None = None) -> BoolVar:
        """True exactly when the session sits in the room; of one that changes rooms: on the day, or None: on any."""
        if session not in self._stays_of:
            return self._in_room[session].get(room, self.false)
        if day is None:
            return self.any_of(("ever in", session, room), [self.in_room(stay, room) for stay in self.by_day(session)])
        stay = self.stay_on(session, day)
        return self.false if stay is None else self.in_room(stay, room)

    def rooms(self, session: SessionId) -> Mapping[RoomId, BoolVar]:
        """The room literals of a session; of one that changes rooms as in ``in_room``."""
        if session in self._stays_of:
            return {room: self.in_room(session, room) for room in self.programme.rooms_of(session)}
        return self._in_room[session]

    def fills(self, session: SessionId, number: int) -> Sequence[BoolVar]:
        """For each who may fill a seat, the literal that they do: of an open seat exactly one is true."""
        people = self.programme.seats(session)[number].people
        if len(people) == 1:
            return [self.true]
        names = [("fills", session, number, who) for who in range(len(people))]
        if names[0] not in self._literals:
            chosen = [self.cp.new_bool_var(f"{person} at {session} {number}") for person in people]
            self.cp.add_exactly_one(chosen)
            self._literals.update(zip(names, chosen, strict=True))
        return [self._literals[name] for name in names]

    def is_there(self, session: SessionId, person: str, *roles: Role) -> BoolVar:
        """True exactly when somebody must be at the session in one of the roles, however the open seats are filled."""
        ways = [
            self.fills(session, number)[seat.people.index(person)]
            for number, seat in enumerate(self.programme.seats(session))
            if seat.role in roles and person in seat.people
        ]
        return self.any_of(("there", session, person, *roles), ways)

    def start(self, session: SessionId) -> Linear:
        """The start, in steps on the axis."""
        if session not in self._stays:
            return self.starts[session]
        return self._mapped("start", session, lambda start, _: start)

    def end(self, session: SessionId) -> Linear:
        """The end, in steps on the axis; slots passed by count."""
        return self._mapped("end", session, lambda _, segments: self._end_of(segments))

    def opening(self, session: SessionId, slots: frozenset[int]) -> Linear:
        """Steps of the given slots that have passed when the slot opens in which the session starts."""
        key = ("opening", session, slots)
        if key not in self._linear:
            opening = self.cp.new_int_var(0, self.steps, f"opening {session}")
            for slot in self.axis.slots:
                here = self.starts_in(session, slot.index)
                if here is not self.false:
                    passed = self.axis.worked(slot.begins, slots) // self.grain
                    self.cp.add(opening == passed).only_enforce_if(here)
            self._linear[key] = opening
        return self._linear[key]

    def spent(
        self, session: SessionId, slots: frozenset[int], room: RoomId, between: tuple[Linear, Linear] | None = None
    ) -> Linear:
        """Steps of the given slots that the session takes in the room; 0 when it sits in another.

        ``between``: only those from the one to the other, both counted as in ``worked``.
        """
        here = self.in_room(session, room)
        size = self.programme.minutes(session) // self.grain if session not in self._stays else None
        if between is None and size is not None and self.own_slots(session) == slots:
            return here * size
        if session in self._suspensions:
            return self._spent_in_parts(session, slots, room, between)
        begun, ended = self.worked(session, slots, ending=False), self.worked(session, slots, ending=True)
        taken = ended - begun
        if between is not None:
            first, last = (self.cp.new_int_var(0, self.steps, f"{word} {session}") for word in ("from", "to"))
            self.cp.add_max_equality(first, [begun, between[0]])
            self.cp.add_min_equality(last, [ended, between[1]])
            taken = self.cp.new_int_var(0, self.steps, f"between {session}")
            self.cp.add_max_equality(taken, [0, last - first])
        if here is self.true:
            return taken
        spent = self.cp.new_int_var(0, self.steps, f"spent {session} in {room}")
        self.cp.add(spent == taken).only_enforce_if(here)
        self.cp.add(spent == 0).only_enforce_if(self.negated(here))
        return spent

    def _spent_in_parts(
        self, session: SessionId, slots: frozenset[int], room: RoomId, between: tuple[Linear, Linear] | None
    ) -> Linear:
        spent = []
        first, last = between or (self.true * 0, self.true * self.steps)
        for number, piece in enumerate(self.pieces(session, slots)):
            begin, end, taken = (self.cp.new_int_var(0, 2 * self.steps, f"{session} taken {n}") for n in range(3))
            self.cp.add_max_equality(begin, [piece.begin, first])
            self.cp.add_min_equality(end, [piece.end, last])
            here = self.all_of(("spends", session, slots, room, number), [piece.there, self.in_room(session, room)])
            long = self.cp.new_int_var(-2 * self.steps, 2 * self.steps, f"{session} long")
            self.cp.add(long == end - begin).only_enforce_if(here)
            self.cp.add(long == 0).only_enforce_if(self.negated(here))
            self.cp.add_max_equality(taken, [long, 0])
            spent.append(taken)
        return self.total(spent)

    def total(self, terms: Iterable[Amount]) -> Linear:
        """The sum."""
        return cp_model.LinearExpr.sum(list(terms))

    def tally(self, session: SessionId, amount: Callable[[Segments], int]) -> Linear:
        """A whole number that depends on where one session sits."""
        return self.total([literal * size for literal, size in self.by_amount(session, amount) if size])

    def least(self, name: tuple[object, ...], values: Sequence[Linear], most: int) -> Linear:
        """The least of some whole numbers from 0 to ``most``; ``name`` identifies them."""
        if len(values) == 1:
            return values[0]
        if name not in self._linear:
            found = self.cp.new_int_var(0, most, " ".join(str(part) for part in name))
            self.cp.add_min_equality(found, values)
            self._linear[name] = found
        return self._linear[name]

    def follows(self, follower: SessionId, session: SessionId, after: int = 0) -> Linear:
        """Where ``follower`` goes on ``after`` minutes after the end of ``session``: at once, or in its next own slot.

        What is left of ``after`` when the slot closes falls into the break.
        """
        own = self.own_slots(follower)
        if own == self._everything and not after:
            return self.end(session)

        def ready(_: int, segments: Segments) -> int:
            return self.axis.resume(min(self._end_of(segments) + after, self._closing_of(segments)), own)

        return self._mapped(f"followed in {sorted(own)} after {after}", session, ready)

    def follows_slot(self, follower: SessionId, session: SessionId) -> Linear:
        """Where ``follower`` goes on when the last slot of ``session`` has closed."""
        own = self.own_slots(follower)
        name = f"next slot in {sorted(own)}"
        return self._mapped(name, session, lambda _, segments: self.axis.resume(self._closing_of(segments), own))

    def worked(self, session: SessionId, slots: frozenset[int], *, ending: bool) -> Linear:
        """Steps of the given slots that have passed when the session starts (or with ``ending``: when it ends)."""
        if slots == self._everything:
            return self.end(session) if ending else self.start(session)

        def passed(start: int, segments: Segments) -> int:
            return self.axis.worked(self._end_of(segments) if ending else start, slots)

        return self._mapped(f"worked {sorted(slots)} {ending}", session, passed)

    def _closing_of(self, segments: Segments) -> int:
        return self.axis.slots[segments[-1].slot].ends

    def _end_of(self, segments: Segments) -> int:
        return self.axis.positions(segments[-1])[1]

    def _mapped(self, name: str, session: SessionId, value: Callable[[int, Segments], int]) -> Linear:
        """A function of the start, in steps: the start plus an offset, one literal for each offset that occurs."""
        key = (name, session)
        if key not in self._linear:
            offsets: dict[int, list[int]] = {}
            starts_at, table = self.starts[self.whole(session)], self.placements(session)
            for code, segments in table.items():
                start = self._start_of(code)
                begun = self.axis.positions(segments[0])[0] if session in self._stays else start
                offsets.setdefault((value(begun, segments) - start) // self.grain, []).append(code)
            if session in self._stays and len(table) < len(self.placements(self.whole(session))):
                away = [code for code in self.placements(self.whole(session)) if code not in table]
                offsets.setdefault(0, []).extend(away)  # a stay stands for nothing there: where its session starts
            if len(offsets) == 1:
                mapped: Linear = starts_at + next(iter(offsets))
            else:
                mapped = self.cp.new_int_var(0, 2 * self.steps, f"{name} {session}")
                for offset, starts in offsets.items():
                    here = self._among(session, tuple(starts))
                    self.cp.add(mapped == starts_at + offset).only_enforce_if(here)
            self._linear[key] = mapped
        return self._linear[key]

    def _view(self, kind: str, session: SessionId, what: object, holds: Callable[[Segments], bool]) -> BoolVar:
        key = (kind, session, what)
        if key not in self._literals:
            self._literals[key] = self.where(session, holds)
        return self._literals[key]

    def _among(self, session: SessionId, codes: tuple[int, ...]) -> BoolVar:
        session = self.whole(session)
        if not codes:
            return self.false
        if len(codes) == len(self.placements(session)):
            return self.true
        key = ("among", session, codes)
        if key not in self._literals:
            literal = self.cp.new_bool_var(f"{session} among {len(self._literals)}")
            domain = cp_model.Domain.from_values([code // self.grain for code in codes])
            variable = self._codes.get(session, self._variables[session])
            self.cp.add_linear_expression_in_domain(variable, domain).only_enforce_if(literal)
            self.cp.add_linear_expression_in_domain(variable, domain.complement()).only_enforce_if(~literal)
            self._literals[key] = literal
        return self._literals[key]

    # --- parts of sessions that are suspended ------------------------------------------------------------------------

    def pieces(self, session: SessionId, slots: frozenset[int]) -> list[Piece]:
        """What lies within the given slots, in pieces without a gap: begin and end of each on their axis, in steps.

        A session that is not suspended is one piece, always there.
        """
        if session not in self._suspensions:
            begun, ended = (self.worked(session, slots, ending=ending) for ending in (False, True))
            return [Piece(begun, ended, self.sits(session))]
        most = max((len(self._runs(segments, slots)) for segments in self.placements(session).values()), default=0)
        return [
            Piece(
                self._mapped(f"begin {number} in {sorted(slots)}", session, partial(self._edge, number, 0, slots)),
                self._mapped(f"end {number} in {sorted(slots)}", session, partial(self._edge, number, 1, slots)),
                self.where(session, partial(self._has, number, slots)),
            )
            for number in range(most)
        ]

    def _runs(self, segments: Segments, slots: frozenset[int]) -> tuple[tuple[int, int], ...]:
        """Ranges on the axis of the given slots, in minutes."""
        found = []
        for segment in segments:
            if segment.slot in slots:
                begins = self.axis.slots[segment.slot].begins
                before = begins - self.axis.worked(begins, slots)
                first, last = self.axis.positions(segment)
                found.append((first - before, last - before))
        return joined(found)

    def _edge(self, number: int, side: int, slots: frozenset[int], start: int, segments: Segments) -> int:
        """Where a piece begins or ends; of a piece that is not there, where the one before it does."""
        runs = self._runs(segments, slots)
        return runs[min(number, len(runs) - 1)][side] if runs else start

    def _has(self, number: int, slots: frozenset[int], segments: Segments) -> bool:
        return len(self._runs(segments, slots)) > number

    def end_of_segment(self, session: SessionId, number: int) -> Linear:
        """Where a segment ends, in steps on the axis; where there are fewer of them, the last one."""

        def end(_: int, segments: Segments) -> int:
            return self.axis.positions(segments[min(number, len(segments) - 1)])[1]

        return self._mapped(f"end of segment {number}", session, end)

    def resumptions(self, session: SessionId, slot: int) -> list[tuple[BoolVar, Linear]]:
        """Where a suspended session goes on amid a slot: whether it does so the first, second ... time, and from where.

        The places are in steps on the axis.
        """
        if session not in self._suspensions:
            return []
        table = self.placements(session).values()
        most = max((len(_resumed(slot, self.axis, segments)) for segments in table), default=0)
        return [
            (
                self.where(session, partial(_resumes, slot, self.axis, number)),
                self._mapped(f"resumed {number} in {slot}", session, partial(_resumption, slot, self.axis, number)),
            )
            for number in range(most)
        ]

    # --- views of two sessions -------------------------------------------------------------------------------

    def before(self, first: SessionId, then: SessionId, gap: int = 0) -> BoolVar:
        """True exactly when ``first`` has ended ``gap`` working minutes before ``then`` starts, or earlier.

        Slots that ``then`` passes by do not count towards the gap.
        """
        name = ("before", first, then, gap)
        if not gap:
            return self.not_later(name, self.end(first), self.start(then))
        own = self.own_slots(then)
        ended, starts = self.worked(first, own, ending=True), self.worked(then, own, ending=False)
        return self.not_later(name, ended - (-gap // self.grain), starts)

    def not_later(self, name: tuple[object, ...], earlier: Linear, later: Linear | int) -> BoolVar:
        """True exactly when ``earlier`` <= ``later`` (steps); ``name`` identifies the pair."""
        if name not in self._literals:
            self.look_at_the_clock()
            literal = self.cp.new_bool_var(" ".join(str(part) for part in name))
            self.cp.add(earlier <= later).only_enforce_if(literal)
            self.cp.add(earlier > later).only_enforce_if(~literal)
            self._literals[name] = literal
        return self._literals[name]

    def same(self, name: tuple[object, ...], one: Linear, other: Linear) -> BoolVar:
        """True exactly when both are equal (steps); ``name`` identifies the pair."""
        below, above = self.not_later((*name, "<="), one, other), self.not_later((*name, ">="), other, one)
        return self.all_of((*name, "=="), [below, above])

    def all_of(self, name: tuple[object, ...], literals: Sequence[BoolVar]) -> BoolVar:
        """True exactly when all are true; ``name`` identifies the conjunction."""
        rest = [literal for literal in literals if literal is not self.true]
        if not rest:
            return self.true
        if len(rest) == 1 or any(literal is self.false for literal in rest):
            return self.false if any(literal is self.false for literal in rest) else rest[0]
        if name not in self._literals:
            literal = self.cp.new_bool_var(" ".join(str(part) for part in name))
            self.cp.add_bool_and(rest).only_enforce_if(literal)
            self.cp.add_bool_or([~other for other in rest]).only_enforce_if(~literal)
            self._literals[name] = literal
        return self._literals[name]

    def any_of(self, name: tuple[object, ...], literals: Sequence[BoolVar]) -> BoolVar:
        """True exactly when some literal is true; ``name`` identifies the disjunction."""
        return self.negated(self.all_of(("not", *name), [self.negated(literal) for literal in literals]))

    def negated(self, literal: BoolVar) -> BoolVar:
        """The opposite, with the two constants kept recognisable."""
        if literal is self.true:
            return self.false
        return self.true if literal is self.false else ~literal

    def same_room(self, one: SessionId, other: SessionId, day: date | None = None) -> BoolVar:
        """True exactly when both sit in one room; of those that change rooms: on the day, or None: on any."""
        one, other = sorted((one, other))
        if day is not None and self._stays_of:
            stays = self.stay_on(one, day), self.stay_on(other, day)
            return self.false if stays[0] is None or stays[1] is None else self.same_room(stays[0], stays[1])
        if one in self._stays_of or other in self._stays_of:
            days = self._stays_of.get(one) or self._stays_of[other]
            each = [self.same_room(one, other, each) for each in days]
            return self.any_of(("ever in the same room", one, other), each)
        common = [room for room in self._in_room[one] if room in self._in_room[other]]
        if not common:
            return self.false
        pairs = [
            self.all_of(("both in", one, other, room), [self.in_room(one, room), self.in_room(other, room)])
            for room in common
        ]
        if any(pair is self.true for pair in pairs):
            return self.true
        return self.any_of(("same room", one, other), pairs)

    def may_share_a_room(self, one: SessionId, other: SessionId) -> bool:
        """Whether both may sit in one room, at one time or at two."""
        pairs = product(self.by_day(one), self.by_day(other))
        return any(self.same_room(*stays) is not self.false for stays in pairs)

    def apart(self, one: SessionId, other: SessionId) -> BoolVar:
        """True exactly when the two never sit at the same minute."""
        if self.suspended(one) or self.suspended(other):
            return self._parts_apart(*sorted((one, other)))
        return self.one_after_other(one, other)

    def one_after_other(self, one: SessionId, other: SessionId) -> BoolVar:
        """True exactly when none sits between first and last minute of the other, in slots that both may use."""
        one, other = sorted((one, other))
        common = self.own_slots(one) & self.own_slots(other)
        name = ("not", "never at once", one, other)
        if name in self._literals:
            return self.negated(self._literals[name])
        edges = [self.worked(s, common, ending=ending) for s in (one, other) for ending in (False, True)]
        first = self.not_later(("apart", one, other), edges[1], edges[2])
        second = self.not_later(("apart", other, one), edges[3], edges[0])
        elsewhere = [self._only_elsewhere(s, common) for s in (one, other) if self.own_slots(s) != common]
        return self.any_of(("never at once", one, other), [first, second, *elsewhere])

    def _only_elsewhere(self, session: SessionId, slots: frozenset[int]) -> BoolVar:
        """True exactly when none of the slots lies between its first and last minute."""
        if session not in self._suspensions:
            return self.where(session, lambda segments: all(x.slot not in slots for x in segments))

        def passes(segments: Segments) -> bool:
            begun = self.axis.positions(segments[0])[0]
            return self.axis.worked(begun, slots) == self.axis.worked(self._end_of(segments), slots)

        return self.where(session, passes)

    def _parts_apart(self, one: SessionId, other: SessionId) -> BoolVar:
        common = self.own_slots(one) & self.own_slots(other)
        name = ("parts apart", one, other)
        pairs = []
        for (m, mine), (n, theirs) in product(
            enumerate(self.pieces(one, common)), enumerate(self.pieces(other, common))
        ):
            first = self.not_later((*name, m, n, "first"), mine.end, theirs.begin)
            second = self.not_later((*name, m, n, "second"), theirs.end, mine.begin)
            pairs.append(self.any_of((*name, m, n), [first, second]))
        elsewhere = [self.where(s, lambda segments: all(x.slot not in common for x in segments)) for s in (one, other)]
        return self.any_of((*name, "or elsewhere"), [self.all_of((*name, "each"), pairs), *elsewhere])

    def in_nobodys_way(self, one: SessionId, other: SessionId) -> BoolVar:
        """True exactly when the two can stand in one room: one after the other, or one stops for the other."""
        ways = [self.one_after_other(one, other), self.stops(one, other), self.stops(other, one)]
        return self.any_of(("in nobody's way", *sorted((one, other))), ways) if self._suspensions else ways[0]

    def share_at_most(self, one: SessionId, other: SessionId, steps: int) -> BoolVar:
        """True exactly when the two sit at the same time for ``steps`` steps or fewer."""
        if not steps:
            return self.apart(one, other)
        one, other = sorted((one, other))
        common = self.own_slots(one) & self.own_slots(other)
        name = ("share at most", steps, one, other)
        if self.suspended(one) or self.suspended(other):
            return self.not_later(name, self._shared(one, other, common), steps)
        edges = [self.worked(s, common, ending=ending) for s in (one, other) for ending in (False, True)]
        first = self.not_later((*name, "first"), edges[1] - steps, edges[2])
        second = self.not_later((*name, "second"), edges[3] - steps, edges[0])
        short = [
            self.where(s, lambda parts: sum(p.minutes for p in parts if p.slot in common) <= steps * self.grain)
            for s in (one, other)
        ]
        return self.any_of(name, [first, second, *short])

    def changes_over(self, one: SessionId, other: SessionId, minutes: int) -> BoolVar:
        """True exactly when any part of one and any of the other are ``minutes`` or more apart by the clock.

        Of two that do not sit in one room it may be either.
        """
        if self.suspended(one) or self.suspended(other):
            return self._changes_over_by_place(one, other, minutes)
        if self.own_slots(one) != self.own_slots(other):  # one may sit while the other passes by
            return self._changes_over_by_place(one, other, minutes)
        one, other = sorted((one, other))
        name = ("changes over", minutes, one, other)
        first = self.not_later((*name, "first"), self._ready(one, minutes), self.start(other))
        second = self.not_later((*name, "second"), self._ready(other, minutes), self.start(one))
        return self.any_of(name, [first, second])

    def _ready(self, session: SessionId, minutes: int) -> Linear:
        """The first step at which ``minutes`` by the clock have passed since its end."""

        def ready(_: int, segments: Segments) -> int:
            return -(-self.axis.reached(segments[-1].day, segments[-1].end + minutes) // self.grain) * self.grain

        return self._mapped(f"ready after {minutes}", session, ready)

    def _changes_over_by_place(
        self, one: SessionId, other: SessionId, minutes: int, *, of_two_slots: bool = False
    ) -> BoolVar:
        """``of_two_slots``: two that share a slot count as if there were time between them."""
        one, other = sorted((one, other))
        name = ("changes over at places", minutes, of_two_slots, one, other)
        if name not in self._literals:
            self.look_at_the_clock()
            fitting: dict[tuple[int, ...], list[int]] = {}
            for code, parts in self.placements(one).items():
                far = (
                    there
                    for there, others in self.placements(other).items()
                    if time_between(parts, others) >= minutes or (of_two_slots and _share_a_slot(parts, others))
                )
                fitting.setdefault(tuple(far), []).append(code)
            self._literals[name] = self._paired(name, one, other, fitting)
        return self._literals[name]

    def _paired(
        self, name: tuple[object, ...], one: SessionId, other: SessionId, fitting: Mapping[tuple[int, ...], list[int]]
    ) -> BoolVar:
        """True exactly when the one is at codes of which the key holds the code of the other."""
        everywhere = tuple(self.placements(other))
        if all(starts == everywhere for starts in fitting):
            return self.true
        if not any(fitting):
            return self.false
        literal = self.cp.new_bool_var(" ".join(map(str, name)))
        for theirs, mine in fitting.items():
            here, there = self._among(one, tuple(mine)), self._among(other, theirs)
            self.cp.add_bool_or([~literal, self.negated(here), there])
            self.cp.add_bool_or([literal, self.negated(here), self.negated(there)])
        return literal

    def _shared(self, one: SessionId, other: SessionId, slots: frozenset[int]) -> Linear:
        """Steps of the given slots in which both sit."""
        key = ("shared", one, other)
        if key not in self._linear:
            shared: list[Linear] = []
            for mine, theirs in product(self.pieces(one, slots), self.pieces(other, slots)):
                first, last = (self.cp.new_int_var(0, 2 * self.steps, f"{end} both sit") for end in ("from", "until"))
                self.cp.add_max_equality(first, [mine.begin, theirs.begin])
                self.cp.add_min_equality(last, [mine.end, theirs.end])
                both = self.cp.new_int_var(0, self.steps, f"shared {one} {other}")
                here = self.all_of(("there", one, other, len(shared)), [mine.there, theirs.there])
                counted = self.cp.new_int_var(-2 * self.steps, self.steps, "")
                self.cp.add(counted == last - first).only_enforce_if(here)
                self.cp.add(counted == 0).only_enforce_if(self.negated(here))
                self.cp.add_max_equality(both, [counted, 0])
                shared.append(both)
            self._linear[key] = self.total(shared)
        return self._linear[key]

    def extreme(
        self, name: tuple[object, ...], values: Mapping[SessionId, Linear], room: RoomId, *, last: bool
    ) -> Linear:
        """The least (or with ``last`` the greatest) of the values of sessions that sit in the room, in steps.

        With nobody in the room it is the far end of the axis (or its beginning).
        """
        if name not in self._linear:
            nowhere = 0 if last else self.steps
            candidates = []
            for session, value in values.items():
                here = self.in_room(session, room)
                if here is self.true:
                    candidates.append(value)
                elif here is not self.false:
                    counted = self.cp.new_int_var(0, 2 * self.steps, "")
                    self.cp.add(counted == value).only_enforce_if(here)
                    self.cp.add(counted == nowhere).only_enforce_if(self.negated(here))
                    candidates.append(counted)
            found = self.cp.new_int_var(0, 2 * self.steps, " ".join(str(part) for part in name))
            if last:
                self.cp.add_max_equality(found, [*candidates, nowhere])
            else:
                self.cp.add_min_equality(found, [*candidates, nowhere])
            self._linear[name] = found
        return self._linear[name]

    def number(self, name: str, most: int) -> Linear:
        """A new whole number from 0 to ``most``, which the solver chooses."""
        return self.cp.new_int_var(0, most, name)

    def choice(self, name: str) -> cp_model.IntVar:
        """A new literal: one way of keeping a rule, of which the solver chooses."""
        return self.cp.new_bool_var(name)


def _edges_on(which: int, day: date, segments: Segments) -> bool:
    """Whether the first segment, or the last one, lies on the day."""
    return segments[which].day == day


def _on(day: date, segments: Segments) -> Segments:
    return tuple(segment for segment in segments if segment.day == day)


def _share_a_slot(one: Segments, other: Segments) -> bool:
    return not {part.slot for part in one}.isdisjoint(part.slot for part in other)


def _goes_on_in(slot: int, segments: Segments) -> bool:
    return segments[0].slot != slot and any(s.slot == slot for s in segments)


def _resumed(slot: int, axis: Axis, segments: Segments) -> list[int]:
    """The positions at which it goes on amid the slot."""
    opens = axis.slots[slot].opens
    return [axis.positions(s)[0] for s in segments[1:] if s.slot == slot and s.start > opens]


def _resumes(slot: int, axis: Axis, number: int, segments: Segments) -> bool:
    return len(_resumed(slot, axis, segments)) > number


def _resumption(slot: int, axis: Axis, number: int, start: int, segments: Segments) -> int:
    found = _resumed(slot, axis, segments)
    return found[number] if len(found) > number else start
