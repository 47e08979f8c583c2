"""Sessions are held on a rolling basis: each starts as soon as the room is free for it.

They form one sequence per room. The first may choose any slot. Every other starts, once those that started earlier have
ended, at the first minute at which it could stand: fixtures stay where they are, and where the audiences differ the
room is cleared or the slot has closed. A fixture is an anchored session, or a restricted one that no rolling rule
names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import show_clock, show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, Relaxation, ScheduleModel
    from scheduler.model.views import BoolVar, Linear


class Rolling(Rule):
    """Hard: no session keeps the room waiting. Soft ("where feasible"): amount in idle minutes.

    Hard, for each session of a room that is not anchored: it starts no earlier than the sessions that started before it
    have ended; and from there (the first: from the opening of its slot; no session: before a hard ``order`` lets it) it
    passes by no minute of its own slots at which it could have stood. Those that sit only in slots that are not its own
    do not come before it; a broken order excuses nobody. At the opening of a slot that is reserved for it, it
    may start in any case. One that may change its room overnight is, on each day, a member in its room of that day. It
    starts in the room of its first day: it could have stood earlier there if it could have kept that room to its end.

    Soft: idle minutes of a room are the working minutes from the opening of the slot in which the sequence begins to
    its last end in which nobody sits there, neither of the sequence nor restricted nor anchored. Waiting that nothing
    could fill counts too: before an anchor, while the room is cleared, in the rest of a closed slot. Slots that are
    reserved do not count.
    """

    unit: ClassVar[str] = "idle minute"
    default_cost_to_waive: ClassVar[int] = 30
    example: ClassVar[Mapping[str, Any]] = {"of": ["WG", "REPORT"], "weight": 1}
    monotone: ClassVar[bool] = False
    rolls: ClassVar[bool] = True
    rule: Literal["rolling"] = "rolling"

    @property
    def replaces(self) -> tuple[str, ...]:
        """Fixed boundaries, also where it is a wish."""
        return ("fixed_boundaries",)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Hard: session by session. Soft: the idle minutes of each room."""
        if self.weight is not None:
            self._post_idle(model, enforcement)
            return
        programme = model.programme
        unless = model.relaxation(self, enforcement)
        sequence = [s for s in self.sessions(programme) if s not in programme.anchored]
        members = [stay for session in sequence for stay in model.by_day(session)]
        for session in sequence:
            _Turn(self.name, model, session, members, unless).post()

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Hard: look for an earlier minute at which a session could stand. Soft: add up idle minutes."""
        placed, everything = programme.stays(*timetable.of(self.sessions(programme))), programme.stays(*timetable)
        for room in programme.rooms:
            sequence = [p for p in placed if p.room == room.id]
            if self.weight is not None and sequence:
                yield from self._idle(programme, sequence, [p for p in everything if p.room == room.id])
            elif self.weight is None:
                members = [p for p in sequence if p.session not in programme.anchored]
                fixtures = [p for p in everything if p.room == room.id and p.session in programme.fixtures]
                for placement in (p for p in members if p.start == timetable[p.session].start):
                    message = _too_early(programme, placement, members) or _waiting(
                        programme, timetable, placement, members, fixtures
                    )
                    if message:
                        starts = f"{programme.title(placement.session)} starts on {placement.segments[0].starts_on}"
                        yield self.violation(f"{starts}, {message}", placement.session)

    # --- soft ------------------------------------------------------------------------------------------------

    def _post_idle(self, model: ScheduleModel, enforcement: Enforcement) -> None:
        programme, slots = model.programme, model.axis.common
        members = self.sessions(programme)
        others = [s for s in programme.sessions if s not in members and _may_stand_between(programme, s)]
        stays = [stay for session in members for stay in model.by_day(session)]
        for room in programme.rooms:
            here = RoomId(room.id)
            if all(model.in_room(stay, here) is model.false for stay in stays):
                continue
            openings = {stay: model.opening(stay, slots) for stay in stays}
            ends = {stay: model.worked(stay, slots, ending=True) for stay in stays}
            opened = model.extreme(("opened", self.name, here), openings, here, last=False)
            closed = model.extreme(("closed", self.name, here), ends, here, last=True)
            further = [stay for session in others for stay in model.by_day(session)]
            sitting = [s for s in (*stays, *further) if model.in_room(s, here) is not model.false]
            used = [
                model.spent(stay, slots, here, between=None if stay in stays else (opened, closed)) for stay in sitting
            ]
            most = sum(model.minutes(stay) for stay in sitting) // model.grain
            twice, overlap = model.number(f"sat in twice {here}", most), model.choice(f"overlap in {here}")
            model.no_overlap(sitting, unless=(overlap,), room=here)
            covered = model.covered(sitting, slots, here, (opened, closed))
            model.bound(twice >= model.total(used) - covered, unless=(model.negated(overlap),))
            empty = closed - opened - model.total(used) + twice
            model.measure(self, empty, model.steps, enforcement, scale=model.grain)

    def _idle(
        self, programme: Programme, sequence: Sequence[Placement], room: Sequence[Placement]
    ) -> Iterator[Violation]:
        axis = programme.calendar.axis

        def passed(position: int) -> int:
            return axis.worked(position, axis.common)

        opened = min(axis.slot_at(p.start).begins for p in sequence)
        closed = max(p.end for p in sequence)
        sitting = [p for p in room if p in sequence or _may_stand_between(programme, p.session)]
        idle, until = 0, passed(opened)
        for start, end in sorted(axis.positions(segment) for p in sitting for segment in p.segments):
            if start < closed:
                idle += max(0, passed(start) - until)
                until = max(until, passed(end))
        if idle:
            where = f" in {programme.room_title(sequence[0].room)}" if len(programme.rooms) > 1 else ""
            message = f"{show_minutes(idle)} of waiting within the rolling sequence{where}"
            yield self.violation(message, *(p.session for p in sequence), amount=idle)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        where = ", where feasible" if self.weight is not None else ""
        return f"{self.subject(programme)} {self.verb('is', 'are')} held on a rolling basis{where}."


def _may_stand_between(programme: Programme, session: SessionId) -> bool:
    return programme.restricted(session) or session in programme.anchored


# --- hard, as the model says it ------------------------------------------------------------------------------------


class _Kind(NamedTuple):
    """What decides which places a fixture leaves to a session."""

    fixture: SessionId
    minutes: int
    own: frozenset[int]
    pause: int | None
    strangers: bool


class _Wall(NamedTuple):
    """What a place of a fixture leaves to nobody of a kind; positions on the axis."""

    start: int
    closed: Sequence[tuple[int, int]]
    sits: Sequence[tuple[int, int]]
    """Its own minutes, in slots of that kind."""


class _Turn:
    """The conditions on one session, whose turn comes at ``ready``: a place on the axis, in steps.

    The others, and the fixtures, are sessions, or stays of those that may change their room.
    """

    def __init__(
        self, rule: str, model: ScheduleModel, session: SessionId, members: Sequence[SessionId], unless: Relaxation
    ) -> None:
        self.rule, self.model, self.session = rule, model, session
        others = [s for s in members if model.whole(s) != session]
        fixtures = [
            s for each in model.programme.sessions if each in model.programme.fixtures for s in model.by_day(each)
        ]
        self.others = [s for s in others if self._together(s) is not model.false]
        self.fixtures = [s for s in fixtures if self._together(s) is not model.false]
        openings = [slot.begins for slot in model.axis.slots if slot.reserved_for]
        self.unless = (*unless, model.starts_among(session, openings))
        self.start = model.start(session)
        self.ready = model.number(f"turn of {session}", model.steps) if self.fixtures else self.start

    def _together(self, other: SessionId) -> BoolVar:
        """A literal: the other sits in the room in which the session starts."""
        model = self.model
        ways = [
            model.all_of(("begins beside", stay, other), [begins, model.same_room(stay, other)])
            for begins, stay in model.edge(self.session, last=False)
        ]
        return model.any_of(("begins beside", self.session, other), ways)

    def post(self) -> None:
        """Not before the sessions that started earlier have ended, and then at the first minute that is free."""
        model = self.model
        ways = [self._first()]
        for other in self.others:
            model.clause(*self._not_earlier(other), model.before(other, self.session), unless=self.unless)
            ways.append(self._after(other))
        for earlier in sorted(model.programme.predecessors(self.session)):
            ordered = self._by(f"after {earlier}, by an order", model.follows(self.session, earlier))
            model.clause(model.before(earlier, self.session), unless=(model.negated(ordered),))
            ways.append(ordered)
        model.clause(*ways, unless=self.unless)
        if self.fixtures and model.suspended(self.session):
            self._pass_by_nothing_while_suspended()
        elif self.fixtures:
            self._pass_by_nothing()

    def _not_earlier(self, other: SessionId) -> list[BoolVar]:
        """Of these one is true unless the other comes before it in the sequence of its room."""
        model, own = self.model, self.model.programme.own_slots(self.session)
        reasons = [
            model.not_later(("starts", self.session, other), self.start, model.start(other)),
            model.negated(self._together(other)),
        ]
        if not model.own_slots(other) <= own:
            reasons.append(model.where(other, lambda segments: own.isdisjoint(segment.slot for segment in segments)))
        return reasons

    def _by(self, name: str, latest: Linear) -> BoolVar:
        """A way: its turn comes then, or earlier."""
        way = self.model.choice(f"{self.session} {name}")
        self.model.bound(self.ready <= latest, unless=(~way,))
        return way

    def _first(self) -> BoolVar:
        """A way: nobody comes before it, and its turn comes when its slot opens."""
        model = self.model
        first = self._by("first", model.opening(self.session, frozenset(slot.index for slot in model.axis.slots)))
        for other in self.others:
            model.clause(*self._not_earlier(other), unless=(~first,))
        return first

    def _after(self, other: SessionId) -> BoolVar:
        """A way: the other comes before it, and its turn comes when that has ended and the room is cleared."""
        model, programme, whole = self.model, self.model.programme, self.model.whole(other)
        if programme.audience(self.session) == programme.audience(whole):
            turn = model.follows(self.session, other)
        elif (pause := programme.clearing_between(self.session, whole)) is None:
            turn = model.follows_slot(self.session, other)
        else:
            turn = model.follows(self.session, other, pause)
        way = self._by(f"after {other}", turn)
        for reason in self._not_earlier(other):
            model.clause(model.negated(reason), unless=(~way,))
        return way

    def _pass_by_nothing(self) -> None:
        """Each place between its turn and its start is one that a fixture closes to it."""
        model = self.model
        closing = [self._closing(fixture) for fixture in self.fixtures]
        for number, place in enumerate(model.placements(self.session)):
            step = place // model.grain
            model.clause(
                model.not_later(("started by", self.session, step), self.start, step),
                model.negated(model.not_later(("turn by", self.rule, self.session, step), self.ready, step)),
                *(closed[number] for closed in closing),
                unless=self.unless,
            )

    def _pass_by_nothing_while_suspended(self) -> None:
        """The same however it would fall into parts, for a session that is suspended for some of the fixtures.

        The others stand in the way. Where it could not start, or would not end, a place is closed to it.
        """
        model, session = self.model, self.session
        walls = {fixture: _walls(model, session, fixture) for fixture in self.fixtures}
        for place in range(0, model.axis.total, model.grain):
            step = place // model.grain
            for instead, otherwise in model.fallings(session, place):
                taken = [model.axis.positions(segment) for segment in instead]
                model.clause(
                    *otherwise,
                    model.not_later(("started by", session, step), self.start, step),
                    model.negated(model.not_later(("turn by", self.rule, session, step), self.ready, step)),
                    *(self._blocking(fixture, walls[fixture], taken) for fixture in self.fixtures),
                    unless=self.unless,
                )

    def _blocking(self, fixture: SessionId, walls: _Walls, taken: Sequence[tuple[int, int]]) -> BoolVar:
        """A literal: the fixture is in the room where it meets what the session would take, or stands amid it."""
        model = self.model
        starts = walls.blocking(taken)
        there = model.starts_among(fixture, starts)
        return model.all_of(("blocks", self.session, fixture, tuple(starts)), [self._together(fixture), there])

    def _closing(self, fixture: SessionId) -> list[BoolVar]:
        """For each place of the session: whether the fixture stands in the way."""
        model, programme, whole = self.model, self.model.programme, self.model.whole(fixture)
        strangers = programme.audience(self.session) != programme.audience(whole)
        kind = _Kind(
            fixture,
            programme.minutes(self.session),
            programme.own_slots(self.session),
            programme.clearing_between(self.session, whole),
            strangers,
        )
        together = self._together(fixture)
        return [
            model.all_of(("closed to", self.session, fixture, number), [together, there])
            for number, there in enumerate(_closed_places(model, kind, len(model.placements(self.session))))
        ]


class _Walls:
    """Those of one fixture, in order: each begins and ends no earlier than the one before it."""

    def __init__(self, walls: Sequence[_Wall]) -> None:
        self.walls = walls
        self._begins = [wall.closed[0][0] for wall in walls]
        self._ends = [wall.closed[-1][1] for wall in walls]

    def blocking(self, taken: Sequence[tuple[int, int]]) -> list[int]:
        """The starts at which the fixture meets what would be taken, or stands amid it."""
        first, last = taken[0][0], taken[-1][1]
        near = self.walls[bisect_right(self._ends, first) : bisect_left(self._begins, last)]
        return [
            wall.start
            for wall in near
            if any(a < last and first < b for a, b in wall.sits)
            or any(a < d and c < b for a, b in wall.closed for c, d in taken)
        ]


def _walls(model: ScheduleModel, session: SessionId, fixture: SessionId) -> _Walls:
    """What each place of a fixture leaves to a session, without those for which it is suspended."""
    own, axis, programme = model.programme.own_slots(session), model.axis, model.programme
    whole = model.whole(fixture)
    strangers = programme.audience(session) != programme.audience(whole)
    pause = programme.clearing_between(session, whole)
    found = []
    for start, segments in model.placements(fixture).items():
        place = programme.place(whole, start)
        if place is not None and programme.stops_for(session, place):
            continue
        sits = [axis.positions(segment) for segment in segments if segment.slot in own]
        closed = sits
        if strangers:
            slots = [axis.slots[segment.slot] for segment in segments if segment.slot in own]
            closed = [
                (slot.begins, slot.ends) if pause is None else (max(slot.begins, a - pause), min(slot.ends, b + pause))
                for slot, (a, b) in zip(slots, sits, strict=True)
            ]
        if sits:
            found.append(_Wall(start, closed, sits))
    return _Walls(found)


def _closed_places(model: ScheduleModel, kind: _Kind, places: int) -> list[BoolVar]:
    """For each of the places of a kind of session: whether the fixture is where it leaves that place to nobody of them.

    On the axis of the session's own slots alone, what a fixture closes is a range within each slot.
    """
    axis, begins, passed = model.axis, {}, 0
    for index in sorted(kind.own):
        begins[index] = passed
        passed += axis.slots[index].minutes
    found: list[list[int]] = [[] for _ in range(places)]
    for start, segments in model.placements(kind.fixture).items():
        closed: set[int] = set()
        for segment in segments:
            if segment.slot in kind.own:
                slot = axis.slots[segment.slot]
                length, (first, last) = slot.minutes, (at - slot.begins for at in axis.positions(segment))
                if kind.strangers:
                    pause = length if kind.pause is None else kind.pause
                    first, last = max(0, first - pause), min(length, last + pause)
                earliest = (begins[segment.slot] + first - kind.minutes) // model.grain + 1
                latest = -(-(begins[segment.slot] + last) // model.grain)
                closed.update(range(max(0, earliest), min(latest, places)))
        for number in closed:
            found[number].append(start)
    return [model.starts_among(kind.fixture, starts) for starts in found]


# --- hard, as the check says it ------------------------------------------------------------------------------------


def _earlier(programme: Programme, placement: Placement, members: Sequence[Placement]) -> list[Placement]:
    """Members that started before it, without those that sit only in slots that it may not use."""
    own = programme.own_slots(placement.session)
    return [p for p in members if p.start < placement.start and own.intersection(p.slots)]


def _set_aside(programme: Programme, placement: Placement) -> bool:
    """Whether it starts at the opening of a slot that is reserved for it."""
    slot = programme.calendar.axis.slot_at(placement.start)
    return bool(slot.reserved_for) and placement.start == slot.begins


def _too_early(programme: Programme, placement: Placement, members: Sequence[Placement]) -> str:
    """Why it starts too early; empty when it does not."""
    if _set_aside(programme, placement):
        return ""
    sitting = [p for p in _earlier(programme, placement, members) if p.end > placement.start]
    return f"before {programme.title(sitting[0].session)} has ended" if sitting else ""


def _waiting(
    programme: Programme,
    timetable: Timetable,
    placement: Placement,
    members: Sequence[Placement],
    fixtures: Sequence[Placement],
) -> str:
    """At which earlier minute it could have started; empty when there is none."""
    if _set_aside(programme, placement):
        return ""
    axis = programme.calendar.axis
    earlier = _earlier(programme, placement, members)
    since = max((p.end for p in earlier), default=axis.slot_at(placement.start).begins)
    ordered = timetable.of(programme.predecessors(placement.session))
    since = max([since, *(p.end for p in ordered if p.end <= placement.start)])
    on_the_grain = range(since - since % programme.grain, placement.start, programme.grain)
    for minute in sorted({since, *on_the_grain}):
        if since <= minute < placement.start:
            instead = programme.place(placement.session, minute, placement.room, fixtures)
            if instead and all(_beside(programme, instead, other) for other in (*fixtures, *earlier)):
                first, then = instead.segments[0], placement.segments[0]
                when = f"at {show_clock(first.begins[1])}" if first.day == then.day else f"on {first.starts_on}"
                return f"although it could start {when}"
    return ""


def _beside(programme: Programme, one: Placement, other: Placement) -> bool:
    """Whether the first may sit in the room of the other as it does."""
    if programme.stops_for(one.session, other):
        return True
    if one.overlaps(other) or programme.sits_within(other, one):
        return False
    shared = set(one.slots) & set(other.slots)
    if programme.audience(one.session) == programme.audience(other.session) or not shared:
        return True
    pause = programme.clearing_between(one.session, other.session)
    return pause is not None and max(one.start - other.end, other.start - one.end) >= pause
