"""Adds up what sessions need, wherever they are placed, and compares it with what there is.

Take something that serves one session at a time (a room, an officer) and a window of slots. Wherever a session is
placed, it takes at least some part of the window. If these parts add up to more than the window has, nothing fits.
They are measured in three ways, each sound for anything that serves one session at a time:

- in minutes;
- in openings: the first minute of each slot, which no two sessions can share;
- in places of a length: marks in every slot, a length apart, of which a session of that length always covers one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice

from scheduler.arithmetic.calendar_parts import Window, named, windows
from scheduler.arithmetic.resources import ONE_MEETING, Resource, resources, rooms_in_words
from scheduler.arithmetic.spots import Spot, Spots
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.clock import show_minutes
from scheduler.errors import OutOfTime
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_SESSIONS_NAMED = 20
"""Of more sessions the last ones are added up."""
MAX_LENGTHS = 3
"""Lengths of sessions whose places are counted, the longest first."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a slot there is, and how much of it a segment takes; whole numbers."""

    slot: Callable[[Slot], int]
    segment: Callable[[Slot, Segment], int]
    show: Callable[[int], str]
    """A number of them, in words."""
    remark: str = ""
    """What a reader must know to understand the number."""


MINUTES = Measure(lambda slot: slot.minutes, lambda _, segment: segment.minutes, show_minutes)
OPENINGS = Measure(
    lambda _: 1,
    lambda slot, segment: int(segment.start == slot.opens),
    lambda number: counted(number, "place at the opening of a slot", "places at the opening of a slot"),
    "each place is for one session only",
)


def places_of(length: int) -> Measure:
    """Marks in a slot, a length apart: a session of that length covers at least one."""
    return Measure(
        lambda slot: slot.minutes // length,
        lambda slot, segment: _marks(slot, segment.end, length) - _marks(slot, segment.start, length),
        lambda number: counted(number, f"place of {show_minutes(length)}", f"places of {show_minutes(length)}"),
        f"a slot has as many places as it holds sessions of {show_minutes(length)} one after the other",
    )


def _marks(slot: Slot, clock: int, length: int) -> int:
    return (slot.position(clock) - slot.begins) // length


@dataclass(frozen=True, slots=True)
class Shortage:
    """More is asked of a resource in a window than there is."""

    resource: str
    """``one room``, ``the plenary``, an officer's title; empty for the calendar as a whole."""
    window: str
    """``""`` for the whole series, or ``on Thursday 27 February``."""
    asked: int
    there: int
    sessions: tuple[tuple[str, int], ...]
    """Titles, each with what the session needs in the window."""
    because: tuple[str, ...]
    """Names of the rules and people that cause it; none: calendar and rooms alone do."""
    reasons: tuple[str, ...] = ()
    """What those rules say, the standing ones too."""
    whole_slots: tuple[str, ...] = ()
    """Names of the rules by which a closed session is counted with the rest of its slot; none: it is not."""
    everything: bool = True
    """Whether all of the window can be used."""
    measure: Measure = MINUTES
    needs: tuple[tuple[SessionId, int], ...] = ()
    """The same as ``sessions``, by id."""
    rules: tuple[str, ...] = ()
    """Names of all rules that cause it, the standing ones too."""

    @property
    def minutes(self) -> int:
        """How many minutes are missing; 0 where it is not minutes that are counted."""
        return self.asked - self.there if self.measure is MINUTES else 0

    @property
    def sentence(self) -> str:
        """``27 h are asked for, 24 h exist: 3 h too much.``"""
        show = self.measure.show
        whom = f" {'with' if self.resource == ONE_MEETING else 'of'} {self.resource}" if self.resource else ""
        where = f" {self.window}" if self.window else ""
        one = self.there == (60 if self.measure is MINUTES else 1)
        exist = ("exists" if one else "exist") if self.everything else "can be used"
        there = f"{show(self.there)} {exist}" if self.there else "nothing is there"
        if self.measure is MINUTES:
            asked = (
                f"{show(self.asked)} are asked{whom}{where}" if whom or where else f"{show(self.asked)} are asked for"
            )
            return f"{asked}, {there}: {show(self.asked - self.there)} too much."
        there = f"{self.there or 'none'} {exist}"
        return f"{show(self.asked)} are needed{whom}{where}, {there}: {self.asked - self.there} too few."

    @property
    def detail(self) -> str:
        """The sessions with what each needs, and how it is counted."""
        shown = self.sessions if len(self.sessions) <= MAX_SESSIONS_NAMED else self.sessions[: MAX_SESSIONS_NAMED - 1]
        if self.measure is MINUTES:
            words = [f"{title} {show_minutes(minutes)}" for title, minutes in shown]
        else:
            words = [title if number == 1 else f"{title} ({number})" for title, number in shown]
        if left := self.sessions[len(shown) :]:
            total = sum(number for _, number in left)
            words.append(f"{show_minutes(total) if self.measure is MINUTES else total} of {len(left)} others")
        text = " + ".join(words)
        if self.whole_slots:
            text += " (a closed session takes its whole slots)"
        return text + (f" ({self.measure.remark})" if self.measure.remark else "")


@dataclass(frozen=True, slots=True)
class Homeless:
    """A session that fits nowhere, whatever else is placed."""

    title: str
    minutes: int
    because: tuple[str, ...]
    """Names of the planner's rules that keep it out; none although there are ``reasons``: only standing rules do."""
    reasons: tuple[str, ...] = ()
    """What the rules that keep it out say, the standing ones too; none: its slots are too short."""
    left: int = 0
    """How long its slots last together, in minutes."""

    @property
    def sentence(self) -> str:
        """One sentence."""
        if self.because or self.reasons:
            return f"{self.title} ({show_minutes(self.minutes)}) fits nowhere."
        have = f"the slots that it may use last {show_minutes(self.left)} together" if self.left else "it has no slots"
        return f"{self.title} takes {show_minutes(self.minutes)}, and {have}."

    @property
    def detail(self) -> str:
        """What the rules that keep it out say."""
        return " ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The different ways in which a session may sit, and for each slot the rooms that it may have then."""

    ways: tuple[tuple[Segment, ...], ...]
    by_slot: Mapping[int, frozenset[RoomId]]
    rooms: frozenset[RoomId]


@dataclass
class Arithmetic:
    """The search for what does not add up in a scenario; it ends at ``until`` on the monotonic clock."""

    scenario: Scenario
    until: float | None = None
    whole: bool = False
    """Whether only the calendar as a whole is examined, not its weeks, days and slots."""
    _ignored: frozenset[str] = frozenset()
    spots: Spots = field(init=False)

    def __post_init__(self) -> None:
        self.spots = Spots(self.scenario, self.until)
        self._patterns = cache(self._found_patterns)

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
        measures = [MINUTES, OPENINGS, *map(places_of, self._lengths())]
        for resource in resources(self.scenario, self._rooms_of):
            parts = windows(self.scenario, resource.sessions, self._reach)
            for window in islice(parts, 1) if self.whole else parts:
                self.spots.look_at_the_clock()
                for measure in measures:
                    shortage = self._shortage(resource, window, measure)
                    if shortage is not None:
                        yield self._with_reasons(shortage, resource, window)

    def _lengths(self) -> list[int]:
        longest = max((slot.minutes for slot in self.scenario.calendar.axis.slots), default=0)
        lengths = {self.scenario.minutes(session) for session in self.scenario.sessions}
        return sorted((length for length in lengths if length <= longest), reverse=True)[:MAX_LENGTHS]

    def _rooms_of(self, session: SessionId) -> frozenset[RoomId]:
        return self._patterns(session, self._ignored).rooms

    def _reach(self, session: SessionId) -> Window:
        return frozenset(self._patterns(session, self._ignored).by_slot)

    def _with_reasons(self, shortage: Shortage, resource: Resource, window: Window) -> Shortage:
        def still() -> bool:
            return self._shortage(resource, window, shortage.measure) is not None

        needed = self._needed(self.spots.confining(resource.sessions), still)
        because = (*resource.because, *self._planners(needed))
        rules = (*resource.because, *needed)
        return replace(shortage, because=because, reasons=self._said(rules), rules=rules)

    def _shortage(self, resource: Resource, window: Window, measure: Measure) -> Shortage | None:
        if resource.rooms and any(self._rooms_of(session) - set(resource.rooms) for session in resource.sessions):
            return None  # with some rules ignored it could sit elsewhere
        needs = {session: self._least(session, window, measure) for session in resource.sessions}
        padded = self._padded(resource, window, needs) if measure is MINUTES else {}
        slots = [self.scenario.calendar.axis.slots[index] for index in sorted(window)]
        capacity = self._capacity(resource, window)
        there = sum(capacity[slot.index] * measure.slot(slot) for slot in slots)
        if sum(needs.values()) > there:
            padded = {}
        needs |= padded
        if sum(needs.values()) <= there:
            return None
        titles = tuple((self.scenario.title(session), number) for session, number in needs.items() if number)
        used = [slot for slot in slots if capacity[slot.index]] or slots
        rooms = frozenset().union(*map(self._rooms_of, resource.sessions))
        name = rooms_in_words(self.scenario, rooms) if resource.rooms and rooms else resource.name
        every = there == (len(rooms) if resource.rooms else 1) * sum(map(measure.slot, used))
        where = named(self.scenario, frozenset(slot.index for slot in used))
        return Shortage(
            name, where, sum(needs.values()), there, titles, (),
            whole_slots=self._keep_slots if padded else (), everything=every, measure=measure,
            needs=tuple((session, number) for session, number in needs.items() if number),
        )  # fmt: skip

    def _capacity(self, resource: Resource, window: Window) -> Mapping[int, int]:
        """How many of the sessions can sit at once in each slot: the rooms in which any of them may sit then."""
        found: dict[int, int] = {}
        by_slot = [self._patterns(session, self._ignored).by_slot for session in resource.sessions]
        for index in window:
            rooms = frozenset().union(*(slots.get(index, frozenset()) for slots in by_slot))
            found[index] = len(rooms & set(resource.rooms)) if resource.rooms else min(len(rooms), 1)
        return found

    def _found_patterns(self, session: SessionId, ignored: frozenset[str]) -> _Patterns:
        ways: dict[tuple[Segment, ...], None] = {}
        by_slot: dict[int, frozenset[RoomId]] = {}
        for spot in self.spots.spots(session):
            if free := frozenset(spot.rooms(ignored)):
                ways[spot.placement.segments] = None
                for index in spot.placement.slots:
                    by_slot[index] = by_slot.get(index, free) | free
        return _Patterns(tuple(ways), by_slot, frozenset().union(*by_slot.values()))

    def _least(self, session: SessionId, window: Window, measure: Measure) -> int:
        """The least that a session takes of the window, wherever it is placed."""
        slots = self.scenario.calendar.axis.slots
        least: int | None = None
        for segments in self._patterns(session, self._ignored).ways:
            taken = sum(measure.segment(slots[s.slot], s) for s in segments if s.slot in window)
            least = taken if least is None else min(least, taken)
            if not least:
                break
        return least or 0

    def _padded(self, resource: Resource, window: Window, needs: Mapping[SessionId, int]) -> dict[SessionId, int]:
        """What sessions take with the rest of their slots, where no other session can use that rest."""
        if len(self.scenario.rooms) > 1 or not resource.rooms or not self._slots_apart:
            return {}
        found = {}
        whole = Measure(MINUTES.slot, lambda slot, _: slot.minutes, show_minutes)
        for session in resource.sessions:
            if all({session, other} in self._slots_apart for other in self.scenario.sessions if other != session):
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
    rooms = rooms_in_words(scenario, frozenset(RoomId(room.id) for room in scenario.rooms))
    titles = tuple((scenario.title(session), minutes) for session, minutes in needs)
    return Shortage(rooms, "", asked, there, titles, (), needs=needs)


def said(shortages: Sequence[Shortage | Homeless]) -> tuple[str, ...]:
    """What does not add up, as lines for a planner."""
    lines = []
    for shortage in shortages:
        lines.append(shortage.sentence)
        if shortage.detail:
            lines.append(shortage.detail)
        names = [name for name in shortage.because if name]
        if names and isinstance(shortage, Shortage):
            lines.append(f"What makes it so: {listed(names)}.")
    return tuple(lines)
