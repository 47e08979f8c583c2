"""Adds up what sessions need, wherever they are placed, and compares it with what there is.

Take something that serves one session at a time (a room, an officer), or a few, and a window of slots. Wherever a
session is placed, it takes at least some part of the window. If these parts add up to more than the window has, nothing
fits. They are measured in three ways, each sound for anything that serves one session at a time:

- in minutes;
- in openings: the first minute of each slot, which no two sessions can share;
- in places of a length: marks in every slot, a length apart, of which a session of that length always covers one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial

from scheduler.arithmetic.calendar_parts import Window, named, windows
from scheduler.arithmetic.findings import MINUTES, OPENINGS, Homeless, Measure, Shortage, places_of
from scheduler.arithmetic.resources import Resource, never_in_one_room, of_rooms, resources
from scheduler.arithmetic.spots import Spot, Spots
from scheduler.arithmetic.together import one_day, one_time, runs_of_days, too_few_days
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import show_minutes
from scheduler.errors import OutOfTime
from scheduler.rules.limits import DayLimit, Together
from scheduler.scenario import Scenario

MAX_LENGTHS = 3
"""Lengths of sessions whose places are counted, the longest first."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The different ways in which a session may sit, and for each slot the rooms that it may have then."""

    kind: int
    """The same number for all sessions that may sit in the same ways."""
    ways: tuple[tuple[Segment, ...], ...]
    by_slot: Mapping[int, frozenset[RoomId]]
    rooms: frozenset[RoomId]


@dataclass
class Arithmetic:
    """The search for what does not add up in a scenario; it ends at ``until`` on the monotonic clock."""

    scenario: Scenario
    until: float | None = None
    _ignored: frozenset[str] = frozenset()
    spots: Spots = field(init=False)

    def __post_init__(self) -> None:
        self.spots = Spots(self.scenario, self.until)
        self._patterns = cache(self._found_patterns)
        self._rooms_open = cache(self._found_capacity)
        self._kinds: dict[tuple[tuple[Segment, ...], ...], int] = {}

    def shortages(self) -> list[Shortage | Homeless]:
        """Sessions that fit nowhere; where all fit somewhere, the simplest shortage, if there is one."""
        try:
            homeless = [self._homeless(session) for session in self.scenario.sessions if not self._spots(session)]
            if homeless:
                return list(homeless)
            found = next(self._shortages(), None)
        except OutOfTime:
            found = None
        found = found or in_total(self.scenario)
        return [] if found is None else [found]

    # --- sessions that fit nowhere ---------------------------------------------------------------------------

    def _spots(self, session: SessionId) -> list[Spot]:
        return [spot for spot in self.spots.spots(session) if spot.rooms(self._ignored)]

    def _homeless(self, session: SessionId) -> Homeless:
        needed = self._needed(self.spots.confining([session]), lambda: not self._spots(session))
        own = self.scenario.own_slots(session)
        left = sum(slot.minutes for slot in self.scenario.calendar.axis.slots if slot.index in own)
        title, minutes = self.scenario.title(session), self.scenario.minutes(session)
        return Homeless(title, minutes, self._planners(needed), self._said(needed), left)

    def _needed(self, names: Sequence[str], still: Callable[[], bool]) -> list[str]:
        """The rules without which ``still`` would be false."""
        for name in names:
            before = self._ignored
            self._ignored = before | {name}
            if not still():
                self._ignored = before
        needed = [name for name in names if name not in self._ignored]
        self._ignored = frozenset()
        return needed

    def _planners(self, names: Sequence[str]) -> tuple[str, ...]:
        written = {rule.name for rule in self.scenario.rules}
        return tuple(name for name in names if name in written)

    def _said(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(rule.describe(self.scenario) for rule in self.scenario.all_rules if rule.name in names)

    # --- shortages -------------------------------------------------------------------------------------------

    def _shortages(self) -> Iterator[Shortage]:
        hard = [rule for rule in self.scenario.all_rules if rule.weight is None]
        for rule in hard:
            for together, sessions in rule.together(self.scenario):
                apart = never_in_one_room(self.scenario, sessions)
                ask = partial(one_time if together is Together.START else one_day, self, apart)
                yield from self._asked(ask, apart, (rule.name,))
        measures = [MINUTES, OPENINGS, *map(places_of, self._lengths())]
        for resource in resources(self.scenario, self._rooms_of):
            parts = windows(self.scenario, resource.sessions, self._reach)
            for window in parts:
                self.spots.look_at_the_clock()
                for measure in measures:
                    ask = partial(self._shortage, resource, window, measure)
                    yield from self._asked(ask, resource.sessions, resource.because)
        for rule in hard:
            for limit in (each for each in rule.limits(self.scenario) if isinstance(each, DayLimit)):
                for days in runs_of_days(self.scenario):
                    self.spots.look_at_the_clock()
                    yield from self._asked(partial(too_few_days, self, limit, days), limit.sessions, (rule.name,))

    def _asked(
        self, ask: Callable[[], Shortage | None], sessions: Sequence[SessionId], because: tuple[str, ...]
    ) -> Iterator[Shortage]:
        """What ``ask`` finds, with its reasons: ``because``, and the rules that confine the sessions, if needed."""
        shortage = ask()
        if shortage is not None:
            needed = self._needed(self.spots.confining(sessions), lambda: ask() is not None)
            rules = (*because, *needed)
            planners = (*because, *self._planners(needed))
            yield replace(shortage, because=planners, reasons=self._said(rules), rules=rules)

    def ways(self, session: SessionId) -> Sequence[tuple[Segment, ...]]:
        """The ways in which a session may sit."""
        return self._patterns(session, self._ignored).ways

    def rooms_in(self, session: SessionId) -> Mapping[int, frozenset[RoomId]]:
        """The rooms that a session may have, for each slot in which it may sit."""
        return self._patterns(session, self._ignored).by_slot

    def _lengths(self) -> list[int]:
        longest = max((slot.minutes for slot in self.scenario.calendar.axis.slots), default=0)
        lengths = {self.scenario.minutes(session) for session in self.scenario.sessions}
        return sorted((length for length in lengths if length <= longest), reverse=True)[:MAX_LENGTHS]

    def _rooms_of(self, session: SessionId) -> frozenset[RoomId]:
        return self._patterns(session, self._ignored).rooms

    def _reach(self, session: SessionId) -> Window:
        return frozenset(self._patterns(session, self._ignored).by_slot)

    def _shortage(self, resource: Resource, window: Window, measure: Measure) -> Shortage | None:
        ignored = self._ignored
        if ignored and resource.rooms and any(self._rooms_of(s) - set(resource.rooms) for s in resource.sessions):
            return None  # with some rules ignored it could sit elsewhere
        capacity = self._rooms_open(resource, ignored)
        needs = self._needs(resource, window, measure)
        padded = self._padded(resource, window, needs) if measure is MINUTES else {}
        slots = [self.scenario.calendar.axis.slots[index] for index in sorted(window)]
        there = sum(capacity.get(slot.index, 0) * measure.slot(slot) for slot in slots)
        if sum(needs.values()) > there:
            padded = {}
        needs |= padded
        if sum(needs.values()) <= there:
            return None
        titles = tuple((self.scenario.title(session), number) for session, number in needs.items() if number)
        used = [slot for slot in slots if capacity.get(slot.index)] or slots
        rooms = frozenset().union(*map(self._rooms_of, resource.sessions))
        whom = of_rooms(self.scenario, rooms) if resource.rooms and rooms else resource.whom
        every = there == (len(rooms) if resource.rooms else resource.at_most) * sum(map(measure.slot, used))
        where = named(self.scenario, frozenset(slot.index for slot in used))
        return Shortage(
            whom, where, sum(needs.values()), there, titles, (),
            whole_slots=self._keep_slots if padded else (), everything=every, measure=measure,
            needs=tuple((session, number) for session, number in needs.items() if number),
        )  # fmt: skip

    def _found_capacity(self, resource: Resource, ignored: frozenset[str]) -> Mapping[int, int]:
        """How many of the sessions can sit at once in each slot: the rooms in which any of them may sit then."""
        rooms: dict[int, frozenset[RoomId]] = {}
        for session in resource.sessions:
            for index, own in self._patterns(session, ignored).by_slot.items():
                rooms[index] = rooms.get(index, own) | own
        most = set(resource.rooms)
        return {i: len(own & most) if most else min(len(own), resource.at_most) for i, own in rooms.items()}

    def _needs(self, resource: Resource, window: Window, measure: Measure) -> dict[SessionId, int]:
        """The least that each session takes of the window; beside whom nobody sits takes all rooms."""
        capacity = self._rooms_open(resource, self._ignored)
        found: dict[tuple[int, bool], int] = {}
        needs = {}
        for session in resource.sessions:
            all_rooms = bool(resource.rooms) and session in self._beside_nobody
            key = self._patterns(session, self._ignored).kind, all_rooms
            if key not in found:
                found[key] = self._least(session, window, measure, capacity if all_rooms else None)
            needs[session] = found[key]
        return needs

    def _found_patterns(self, session: SessionId, ignored: frozenset[str]) -> _Patterns:
        ways: dict[tuple[Segment, ...], None] = {}
        by_slot: dict[int, frozenset[RoomId]] = {}
        for spot in self.spots.spots(session):
            if free := frozenset(spot.rooms(ignored)):
                ways[spot.placement.segments] = None
                for index in spot.placement.slots:
                    by_slot[index] = by_slot.get(index, free) | free
        found = tuple(ways)
        kind = self._kinds.setdefault(found, len(self._kinds))
        return _Patterns(kind, found, by_slot, frozenset().union(*by_slot.values()))

    def _least(
        self, session: SessionId, window: Window, measure: Measure, rooms: Mapping[int, int] | None = None
    ) -> int:
        """The least that a session takes of the window, wherever it is placed: in one room, or in this many."""
        slots = self.scenario.calendar.axis.slots
        least: int | None = None
        for segments in self.ways(session):
            inside = [(slots[s.slot], s) for s in segments if s.slot in window]
            taken = sum((1 if rooms is None else rooms[s.slot]) * measure.segment(slot, s) for slot, s in inside)
            least = taken if least is None else min(least, taken)
            if not least:
                break
        return least or 0

    def _padded(self, resource: Resource, window: Window, needs: Mapping[SessionId, int]) -> dict[SessionId, int]:
        """What sessions take with the rest of their slots, where no other session can use that rest."""
        if not resource.rooms or not self._slots_apart:
            return {}
        found = {}
        whole = Measure(show_minutes, slot=MINUTES.slot, segment=lambda slot, _: slot.minutes)
        for session in resource.sessions:
            if session in self._own_slot:
                least = self._least(session, window, whole)
                if least > needs[session]:
                    found[session] = least
        return found

    @cached_property
    def _keep_slots(self) -> tuple[str, ...]:
        """Names of the rules by which sessions never share a slot of one room."""
        return tuple(
            rule.name for rule in self.scenario.all_rules if any(True for _ in rule.slots_apart(self.scenario))
        )

    @cached_property
    def _beside_nobody(self) -> frozenset[SessionId]:
        """Sessions beside which nothing else sits."""
        hard = (rule for rule in self.scenario.all_rules if rule.weight is None)
        return frozenset(session for rule in hard for session in rule.beside_nobody(self.scenario))

    @cached_property
    def _own_slot(self) -> frozenset[SessionId]:
        """Sessions that share no slot of a room with any other."""
        others = len(self.scenario.sessions) - 1
        pairs = Counter(session for pair in self._slots_apart for session in pair)
        return frozenset(session for session, number in pairs.items() if number == others)

    @cached_property
    def _slots_apart(self) -> frozenset[frozenset[SessionId]]:
        """Pairs of sessions that never share a slot of one room."""
        pairs = (pair for rule in self.scenario.all_rules for pair in rule.slots_apart(self.scenario))
        return frozenset(map(frozenset, pairs))


def in_total(scenario: Scenario) -> Shortage | None:
    """The shortage of all rooms over the whole calendar, if there is one; found at once in any scenario."""
    if not scenario.over_booked:
        return None
    needs = tuple((session, scenario.minutes(session)) for session in scenario.sessions)
    asked, there = scenario.minutes_asked, scenario.minutes_there
    rooms = of_rooms(scenario, frozenset(RoomId(room.id) for room in scenario.rooms))
    titles = tuple((scenario.title(session), minutes) for session, minutes in needs)
    return Shortage(rooms, "", asked, there, titles, (), needs=needs)
