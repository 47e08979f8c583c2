"""The CP-SAT model of a programme: conditions that rules post, costs, and whole timetables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from itertools import combinations, product
from typing import Any, ClassVar, Protocol, TypeAlias

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable, Where
from scheduler.model.cpsat import cp_model
from scheduler.model.views import Amount, BoolVar, Linear, Segments, Views

Condition: TypeAlias = cp_model.BoundedLinearExpression | bool
Enforcement: TypeAlias = cp_model.BoolVarT | None
Relaxation: TypeAlias = tuple[BoolVar, ...]
"""Literals of which any one, when true, makes a condition void."""


class Weighted(Protocol):
    """What a condition is posted for, such as a rule: its name and its weight."""

    @property
    def name(self) -> str:
        """For the names of variables."""

    @property
    def weight(self) -> int | None:
        """Points for each unit; None: it must hold."""


class ScheduleModel(Views):
    """Builds the model; one instance, one use."""

    presolve: ClassVar[bool] = True
    """Whether the solver does well to simplify it before the search."""
    staged: ClassVar[bool] = True
    """Whether the first timetable in its order can be searched for in stages."""

    def __init__(self, programme: Programme, deadline: float | None = None, firm: Sequence[Any] | None = None) -> None:
        """``firm``: the rules that say where fixtures can be; None: all that must hold."""
        super().__init__(programme, deadline, firm)
        self.costs: list[tuple[int, Amount]] = []

    # --- views of several sessions, such as those of a body ---------------------------------------------------

    def body_in(self, sessions: Iterable[SessionId], slot: int, room: RoomId) -> BoolVar:
        """True exactly when one or more of the sessions sit in the slot, in the room."""
        body = tuple(sessions)
        day = self.axis.slots[slot].day
        sit = [
            self.all_of(("sits in", s, slot, room), [self.touches(s, slot), self.in_room(s, room, day)]) for s in body
        ]
        return self.any_of(("some in", body, slot, room), sit)

    def body_at(self, sessions: Iterable[SessionId], slot: int) -> BoolVar:
        """True exactly when one or more of the sessions sit in the slot, in any room."""
        body = tuple(sessions)
        return self.any_of(("some in", body, slot), [self.touches(session, slot) for session in body])

    def body_among(self, sessions: Iterable[SessionId], slots: frozenset[int], room: RoomId | None = None) -> BoolVar:
        """True exactly when one or more of the sessions sit in one of the slots: in the room, or None: in any."""
        body = tuple(sessions)
        each = (self.body_at(body, slot) if room is None else self.body_in(body, slot, room) for slot in sorted(slots))
        return self.any_of(("some among", body, slots, room), list(each))

    def body_on(self, sessions: Iterable[SessionId], day: date) -> BoolVar:
        """True exactly when one or more of the sessions sit on the day."""
        body = tuple(sessions)
        return self.any_of(("some on", body, day), [self.on_day(session, day) for session in body])

    def one_a_slot(self) -> bool:
        """Whether it is certain that in each slot a room holds one session at most."""
        return False

    def one_body_a_cell(self) -> bool:
        """Whether it is certain that in each slot a room holds sessions of one body at most."""
        return self.one_a_slot()

    def rooms_used(self, sessions: Sequence[SessionId], slot: int) -> list[BoolVar]:
        """Literals of which as many are true as the sessions have rooms in the slot."""
        rooms = (self.body_in(sessions, slot, RoomId(room)) for room in self.programme.room)
        return [literal for literal in rooms if literal is not self.false]

    def beside(
        self, ones: Sequence[SessionId], others: Sequence[SessionId], slot: int
    ) -> Iterator[tuple[BoolVar, list[BoolVar]]]:
        """For each room that the ones may have in a slot: whether they do, and which rooms besides the others have."""
        here, there = (
            {room: self.body_in(body, slot, RoomId(room)) for room in self.programme.room} for body in (ones, others)
        )
        for room, sit in here.items():
            besides = [literal for other, literal in there.items() if other != room and literal is not self.false]
            if sit is not self.false and besides:
                yield sit, besides

    def share_a_room(self, one: SessionId, other: SessionId, slot: int | None = None) -> BoolVar:
        """True exactly when two sessions that touch one slot sit in one room; of others it may be either.

        ``slot``: which one; needed of sessions that change rooms.
        """
        return self.same_room(one, other, None if slot is None else self.axis.slots[slot].day)

    # --- conditions ------------------------------------------------------------------------------------------

    def relaxation(self, rule: Weighted, enforcement: Enforcement = None, amount: int = 1) -> Relaxation:
        """What makes a condition of ``rule`` void: nothing when it is hard, ``weight * amount`` points when it is soft.

        Conditions posted with one and the same relaxation are paid for once.
        """
        relaxations: list[BoolVar] = [] if enforcement is None else [~enforcement]
        if rule.weight is not None:
            broken = self.cp.new_bool_var(f"{rule.name} broken {len(self.costs)}")
            self.costs.append((rule.weight * amount, broken))
            relaxations.append(broken)
        return tuple(relaxations)

    def clause(self, *literals: BoolVar, unless: Relaxation = ()) -> None:
        """At least one of the literals is true."""
        self.look_at_the_clock()
        if not any(literal is self.true for literal in literals):
            self.cp.add_bool_or([literal for literal in (*literals, *unless) if literal is not self.false])

    def bound(self, condition: Condition, unless: Relaxation = ()) -> None:
        """A linear condition, in steps."""
        self.cp.add(condition).only_enforce_if([~literal for literal in unless])

    def no_overlap(
        self,
        sessions: Sequence[SessionId],
        unless: Relaxation = (),
        room: RoomId | None = None,
        free: Sequence[frozenset[SessionId]] = (),
    ) -> None:
        """No two of the sessions (that sit in ``room``, if one is given) share a minute.

        Pairs within one of the sets of ``free`` may. In a room, nobody sits between the first and the last minute of a
        session but fixtures for which it is suspended.
        """
        groups: dict[frozenset[int], list[SessionId]] = {}
        several = [members for members in free if len(members) > 1]
        if room is not None:
            sessions = [stay for session in sessions for stay in self.by_day(session)]
        sets = {s: frozenset(n for n, members in enumerate(several) if self.whole(s) in members) for s in sessions}
        here = [s for s in sessions if room is None or self.in_room(s, room) is not self.false]
        stopped_for = self._stopped_for(here) if room is not None else []
        for number, fixture in enumerate(stopped_for):
            for other in (*(s for s in here if s not in stopped_for), *stopped_for[:number]):
                if sets[fixture].isdisjoint(sets[other]):
                    self._apart_in(fixture, other, room, unless)
        for session in here:
            if session not in stopped_for:
                groups.setdefault(self.own_slots(session), []).append(session)
        for own, group in groups.items():
            intervals = {session: self._intervals(session, own, room) for session in group}
            self._apart_but_within(intervals, sets, unless)
            for one, other in combinations([s for s in group if sets[s]], 2):
                if sets[one].isdisjoint(sets[other]):
                    self._apart_in(one, other, room, unless)
        for group, further in combinations(groups.values(), 2):
            for one, other in product(group, further):
                if sets[one].isdisjoint(sets[other]):
                    self._apart_in(one, other, room, unless)

    def no_clash(
        self, sessions: Sequence[SessionId], unless: Relaxation = (), free: Sequence[frozenset[SessionId]] = ()
    ) -> None:
        """No two of the sessions share a minute of a room; pairs within one of the sets of ``free`` may."""
        for room in self.programme.rooms:
            self.no_overlap(sessions, unless=unless, room=RoomId(room.id), free=free)

    def confine(
        self,
        session: SessionId,
        rooms: Iterable[RoomId],
        unless: Relaxation = (),
        where: Callable[[Segments], bool] | None = None,
    ) -> None:
        """The session sits in one of the rooms, on each of its days; with ``where``, only when its segments are such.

        Of one that may change its room ``where`` is asked day by day.
        """
        kept = frozenset(rooms)
        for stay in self.by_day(session):
            within = self.any_of(
                ("in one of", stay, *sorted(kept)), [here for room, here in self.rooms(stay).items() if room in kept]
            )
            elsewhere = self.negated(self.sits(stay) if where is None else self.where(stay, where))
            self.clause(within, elsewhere, unless=unless)

    def stays(self, session: SessionId, start: int, where: Where) -> BoolVar:
        """True only when the session starts there, in minutes on the axis, and sits there; then it can be true."""
        here = [self.starts_among(session, [start]), self.in_rooms(session, where)]
        return self.all_of(("stays", session, start, where), here)

    def finish(self) -> None:
        """Say what can only be said once every rule has been posted."""

    def _stopped_for(self, sessions: Sequence[SessionId]) -> list[SessionId]:
        """Those of the sessions for which another of them is suspended."""
        fixtures = {f for session in sessions for f in self.programme.gives_way.get(session, ())}
        return [session for session in sessions if session in fixtures]

    def _intervals(self, session: SessionId, own: frozenset[int], room: RoomId | None) -> list[cp_model.IntervalVar]:
        """One; of a suspended session in a room from its first to its last minute, else one for each of its pieces."""
        present = self.true if room is None else self.in_room(session, room)
        if self.suspended(session) and room is None:
            return [self._optional(f"{session} in time", *piece) for piece in self.pieces(session, own)]
        start = self.worked(session, own, ending=False)
        if self.suspended(session):
            return [self._optional(f"{session} in {room}", start, self.worked(session, own, ending=True), present)]
        if session != self.whole(session):
            return [self._optional(f"{session} in {room}", start, self.worked(session, own, ending=True), present)]
        size = self.programme.minutes(session) // self.grain
        return [self.cp.new_optional_fixed_size_interval_var(start, size, present, f"{session} in {room or 'time'}")]

    def _optional(self, name: str, begin: Linear, end: Linear, there: BoolVar) -> cp_model.IntervalVar:
        size = self.cp.new_int_var(0, self.steps, f"size of {name}")
        return self.cp.new_optional_interval_var(begin, size, end, there, name)

    def _apart_but_within(
        self,
        intervals: Mapping[SessionId, Sequence[cp_model.IntervalVar]],
        sets: Mapping[SessionId, frozenset[int]],
        unless: Relaxation,
    ) -> None:
        """Sessions of no set stand alone; those of the sets may stand beside one another, whichever they are of.

        Those take one place each of as many as there are of them, and one of no set takes all places: so hundreds of
        sessions need one condition, not one for each pair.
        """
        enforced = [~literal for literal in unless]
        alone = [interval for session, pieces in intervals.items() for interval in pieces if not sets[session]]
        beside = [interval for session, pieces in intervals.items() for interval in pieces if sets[session]]
        self.cp.add_no_overlap(alone).only_enforce_if(enforced)
        if alone and beside:
            places = len(beside)
            demands = [places] * len(alone) + [1] * places
            self.cp.add_cumulative([*alone, *beside], demands, places).only_enforce_if(enforced)

    def _apart_in(self, one: SessionId, other: SessionId, room: RoomId | None, unless: Relaxation) -> None:
        rooms = [] if room is None else [self.negated(self.in_room(s, room)) for s in (one, other)]
        apart = self.apart(one, other) if room is None else self.in_nobodys_way(one, other)
        self.clause(apart, *rooms, unless=unless)

    def at_most_at_once(self, sessions: Sequence[SessionId], limit: int, unless: Relaxation = ()) -> None:
        """At no minute do more than ``limit`` of the sessions sit, all of which have the same own slots."""
        own = self.programme.own_slots(sessions[0])
        intervals = []
        for session in sessions:
            if self.suspended(session):
                intervals += [self._optional(f"{session} at once", *piece) for piece in self.pieces(session, own)]
                continue
            start, size = self.worked(session, own, ending=False), self.programme.minutes(session) // self.grain
            intervals.append(self.cp.new_fixed_size_interval_var(start, size, f"{session} at once"))
        together = self.cp.add_cumulative(intervals, [1] * len(intervals), limit)
        together.only_enforce_if([~literal for literal in unless])

    def more_start_at_once(self, sessions: Sequence[SessionId], limit: int) -> Linear:
        """A lower bound, over all starts together, on the sessions beyond ``limit`` that begin at the same start.

        It gives the solver a bound on the least cost.
        """
        starting: dict[int, list[BoolVar]] = {}
        for session in sessions:
            for start in self.possible_starts(session):
                starting.setdefault(start, []).append(self.starts_among(session, (start,)))
            self.cp.add_exactly_one(self.starts_among(session, (s,)) for s in self.possible_starts(session))
        further = []
        for start, literals in starting.items():
            if len(literals) > limit:
                further.append(self.cp.new_int_var(0, len(literals) - limit, f"further at {start}"))
                self.cp.add(self.count(literals) <= limit + further[-1])
        return self.total(further)

    def covered(
        self, sessions: Sequence[SessionId], slots: frozenset[int], room: RoomId, between: tuple[Linear, Linear]
    ) -> Linear:
        """Steps of the given slots in which some of the sessions sit in the room, each counted once; or fewer.

        ``between``: only those from the one to the other, both counted as in ``worked``. Each session stands for one
        piece of its time, and no two pieces overlap; the largest sum of such pieces is what they cover together.
        """
        pieces, sizes = [], []
        for session, (begun, ended, exists) in ((s, piece) for s in sessions for piece in self.pieces(s, slots)):
            most = self.minutes(session) // self.grain
            start, size = self.number(f"piece {session}", self.steps), self.number(f"size {session}", most)
            there = self.choice(f"piece of {session} in {room}")
            self.clause(self.in_room(session, room), unless=(~there,))
            self.clause(exists, unless=(~there,))
            end = self.number(f"end of piece {session}", self.steps)
            for condition in (start >= begun, start >= between[0], end <= ended, end <= between[1]):
                self.bound(condition, unless=(~there,))
            self.cp.add(size == 0).only_enforce_if(~there)
            pieces.append(self.cp.new_optional_interval_var(start, size, end, there, f"piece {session} in {room}"))
            sizes.append(size)
        self.cp.add_no_overlap(pieces)
        return self.total(sizes)

    def charge(
        self,
        rule: Weighted,
        session: SessionId,
        amount: Callable[[Segments], int],
        enforcement: Enforcement = None,
        *but: BoolVar,
    ) -> None:
        """An amount that depends on when one session sits: whole units, 0 or more, for each of its starts.

        Where a literal of ``but`` is true there is none.
        """
        counts = {start: amount(segments) for start, segments in self.placements(session).items()}
        most = max(counts.values(), default=0)
        for units in range(1, (most if rule.weight else min(most, 1)) + 1):
            fewer = self._among(session, tuple(start for start, count in counts.items() if count < units))
            self.clause(fewer, *but, unless=self.relaxation(rule, enforcement))

    def charge_overlap(
        self,
        rule: Weighted,
        one: SessionId,
        other: SessionId,
        per: int | None,
        enforcement: Enforcement = None,
        *but: BoolVar,
        amount: int = 1,
    ) -> None:
        """What two sessions cost that share minutes: ``amount`` for each ``per`` begun, or for all of them (None).

        Where a literal of ``but`` is true there is none.
        """
        if per is None:
            self.clause(self.apart(one, other), *but, unless=self.relaxation(rule, enforcement, amount))
            return
        most = -(-min(self.minutes(one), self.minutes(other)) // per)
        for units in range(most if rule.weight else min(most, 1)):
            few = self.share_at_most(one, other, units * per // self.grain)
            self.clause(few, *but, unless=self.relaxation(rule, enforcement, amount))

    def measure(
        self, rule: Weighted, amount: Linear, most: int, enforcement: Enforcement = None, scale: int = 1
    ) -> Linear:
        """An amount as a number: an expression that is at most ``most``; below 0 counts as 0, ``scale`` units each.

        Hard: it must not be above 0. Returns the amount that costs.
        """
        return self.measure_largest(rule, [(amount, 1)], most, enforcement, scale)

    def measure_beyond(
        self, rule: Weighted, free: int, literals: Iterable[BoolVar], enforcement: Enforcement = None
    ) -> Linear:
        """The amount as the number of true literals beyond the first ``free``; returns the amount that costs."""
        possible = [literal for literal in literals if literal is not self.false]
        if len(possible) <= free:
            return self.total(())
        return self.measure(rule, self.count(possible) - free, len(possible) - free, enforcement)

    def measure_largest(
        self,
        rule: Weighted,
        amounts: Sequence[tuple[Linear, int]],
        most: int,
        enforcement: Enforcement = None,
        scale: int = 1,
    ) -> Linear:
        """The amount as the largest of several quotients (dividend, divisor), rounded up, that is at most ``most``.

        One below 0 counts as 0, and each stands for ``scale`` units. Hard: none must be above 0. Returns what costs.
        """
        enforced = [] if enforcement is None else [enforcement]
        if rule.weight is None:
            for dividend, _ in amounts:
                self.cp.add(dividend <= 0).only_enforce_if(enforced)
            return self.total(())
        units = self.cp.new_int_var(0, max(most, 0), f"{rule.name} amount {len(self.costs)}")
        for dividend, divisor in amounts:
            self.cp.add(units * divisor >= dividend).only_enforce_if(enforced)
        self.costs.append((rule.weight * scale, units))
        return units

    def meet_at_openings(self, sessions: Iterable[SessionId]) -> bool:
        """Whether each of the sessions sits in one slot, from its opening on: those at once are those of one slot."""
        opens = [slot.opens for slot in self.axis.slots]
        return not any(
            self.suspended(session) or len(parts) > 1 or parts[0].start != opens[parts[0].slot]
            for session in sessions
            for parts in self.placements(session).values()
        )

    def count(self, literals: Iterable[BoolVar]) -> Linear:
        """How many of the literals are true."""
        return cp_model.LinearExpr.sum(list(literals))

    @property
    def cost(self) -> Linear:
        """All soft costs together, in points."""
        amounts, weights = [what for _, what in self.costs], [weight for weight, _ in self.costs]
        return cp_model.LinearExpr.weighted_sum(amounts, weights)

    # --- whole timetables ------------------------------------------------------------------------------------

    def hint(self, timetable: Timetable) -> None:
        """Suggest a timetable to the solver, in place of any that was suggested before."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for placement in timetable:
            self.suggest(placement.session, placement.start)

    def suggest(self, session: SessionId, start: int) -> None:
        """Suggest a start, in minutes on the axis, to the solver."""
        self.cp.add_hint(self._variables[session], start // self.grain)

    def add_no_good(self, timetable: Timetable) -> None:
        """The timetable is no answer any more: some session starts at another time or sits in another room."""
        changes = []
        for placement in timetable:
            changes.append(self.negated(self.starts_among(placement.session, [placement.start])))
            changes.append(self.negated(self.in_rooms(placement.session, placement.where)))
        self.clause(*changes)

    def alike(self, timetable: Timetable, most: int) -> list[Timetable]:  # noqa: ARG002  where rooms are counted
        """The timetables that ``add_no_good`` takes for this one, itself first; at most so many."""
        return [timetable]

    def within(self, points: int) -> tuple[Condition, ...]:
        """That all soft costs together are no more than these points; nothing where nothing is soft."""
        return (self.cost <= points,) if self.costs else ()

    def twin(self, *conditions: Condition) -> ScheduleModel:
        """A copy without objective that keeps these conditions too, and to which more can be added."""
        twin = copy(self)
        twin.cp = self.cp.clone()
        twin.cp.clear_objective()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for condition in conditions:
            twin.cp.add(condition)
        twin._literals, twin._linear, twin.costs = dict(self._literals), dict(self._linear), list(self.costs)
        return twin

    def order(self, bits: int) -> Iterator[Linear]:
        """The fixed order of timetables: starts, then rooms, in numbers below 2**``bits``, the most important first."""
        digits: list[tuple[int, Linear]] = [(self.steps + 1, start) for start in self.starts.values()]
        for rooms in self._in_room.values():
            if len(rooms) > 1:
                digits.append((len(rooms), cp_model.LinearExpr.weighted_sum(list(rooms.values()), range(len(rooms)))))
        while digits:
            size, chunk = digits.pop(0)
            while digits and size * digits[0][0] < 2**bits:
                base, digit = digits.pop(0)
                chunk = chunk * base + digit
                size *= base
            yield chunk

    def try_in_order(self) -> None:
        """Let the solver try the earliest starts first, session by session, then the rooms in their order."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        self.cp.add_decision_strategy(list(self._variables.values()), cp_model.CHOOSE_FIRST, cp_model.SELECT_MIN_VALUE)
        for rooms in self._in_room.values():
            if len(rooms) > 1:
                self._try_first(rooms.values())

    def _try_first(self, literals: Iterable[BoolVar]) -> None:
        """Let the solver try that the first literal is true, then that the second one is, and so on."""
        chosen: list[Any] = list(literals)
        self.cp.add_decision_strategy(chosen, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)

    def read(self, solver: cp_model.CpSolver) -> Timetable:
        """The timetable of a solution; only after OPTIMAL or FEASIBLE."""
        places: dict[SessionId, tuple[int, Where | None]] = {}
        for session, variable in self.starts.items():
            rooms = tuple(
                room
                for stay in self.by_day(session)
                for room, literal in self._in_room[stay].items()
                if solver.boolean_value(literal)
            )
            places[session] = solver.value(variable) * self.grain, rooms if len(rooms) > 1 else rooms[0]
        placed = self.programme.place_all(places)
        for session in places:
            assert session in placed, f"{session} was given a start at which it does not fit"
        return Timetable(placed.values())
