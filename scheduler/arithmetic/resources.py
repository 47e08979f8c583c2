"""What serves few sessions at a time: rooms together, rooms of a size, people, and whatever a rule limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.persons import who
from scheduler.domain.timetable import Timetable
from scheduler.rules.limits import Limit
from scheduler.rules.rule import Exclusive, Rule
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_SESSIONS = 400
"""In a larger scenario pairs of sessions are not compared."""
MAX_GROUPS = 40
"""Groups of rooms that are examined, the small ones first."""
ONE_MEETING = "with one meeting at a time"
"""What is said of the resource where a rule lets nothing sit at once."""
MAX_ROOMS_NAMED = 3
"""More rooms are counted too where they are named."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """Something that serves few sessions at a time: rooms, a person, the meeting."""

    whom: str
    """``of one room``, ``of the Chair of WGTR``; empty for the only room."""
    sessions: tuple[SessionId, ...]
    """The sessions that need it, wherever they are placed."""
    because: tuple[str, ...] = ()
    """Names of the rules and people that make it scarce; none: calendar and rooms alone do."""
    rooms: tuple[RoomId, ...] = ()
    """The rooms that it consists of; none: a person or a rule."""
    at_most: int = 1
    """Sessions that a person or a rule serves at a time."""


def resources(scenario: Scenario, rooms_of: Callable[[SessionId], frozenset[RoomId]]) -> Iterator[Resource]:
    """All resources of a scenario; ``rooms_of`` gives the rooms in which a session may ever sit."""
    everything = tuple(scenario.sessions)
    if len(everything) > MAX_SESSIONS:
        return
    every_room = tuple(RoomId(room.id) for room in scenario.rooms)
    hard = [rule for rule in scenario.all_rules if rule.weight is None]
    apart = never_in_one_room(scenario, everything)
    if apart:
        yield Resource(of_rooms(scenario, frozenset(every_room)), apart, rooms=every_room)
    for rule in hard:
        if rule.exclusive is Exclusive.MEETING and len(every_room) > 1:
            yield Resource(ONE_MEETING, rule.sessions(scenario), (rule.name,))
    for rule in hard if len(every_room) > 1 else ():
        for limit in rule.limits(scenario):
            if isinstance(limit, Limit):
                sessions = never_in_one_room(scenario, limit.sessions) if limit.in_one_room else limit.sessions
                if len(sessions) > limit.at_most:
                    yield Resource(limit.so, sessions, (rule.name,), at_most=limit.at_most)
    if len(every_room) > 1:
        for rooms in _groups({session: rooms_of(session) for session in apart}, len(every_room)):
            inside = tuple(s for s in apart if rooms_of(s) and rooms_of(s) <= rooms)
            yield Resource(of_rooms(scenario, rooms), inside, rooms=tuple(room for room in every_room if room in rooms))
        yield from _people(scenario, [rule for rule in hard if rule.exclusive is Exclusive.PERSON])


def never_in_one_room(scenario: Scenario, sessions: Sequence[SessionId]) -> tuple[SessionId, ...]:
    """Those of the sessions of which no two share a minute of a room: all of them, or those that rules keep apart."""
    if not scenario.rooms_may_be_shared:
        return tuple(sessions)
    clash = [rule for rule in scenario.all_rules if rule.weight is None and rule.exclusive is Exclusive.ROOM]
    return _exclusive(_Apart(scenario, clash), sessions, clash, same_room=True)


def of_rooms(scenario: Scenario, rooms: frozenset[RoomId]) -> str:
    """``of the 4 rooms``; nothing for the only room."""
    words = rooms_in_words(scenario, rooms)
    return words and f"of {words}"


def rooms_in_words(scenario: Scenario, rooms: frozenset[RoomId]) -> str:
    """``the 4 rooms`` when these are all, else by name; nothing for the only room."""
    if len(rooms) == len(scenario.rooms):
        return "" if len(rooms) == 1 else f"the {len(rooms)} rooms"
    names = [room.title for room in scenario.rooms if room.id in rooms]
    return listed(names) if len(names) <= MAX_ROOMS_NAMED else f"{counted(len(names), 'room')} ({listed(names)})"


def _groups(rooms: dict[SessionId, frozenset[RoomId]], number: int) -> list[frozenset[RoomId]]:
    """Sets of rooms to which some session is confined, and unions of two such sets, the small ones first."""
    own = {found for found in rooms.values() if 0 < len(found) < number}
    both = {one | other for one, other in combinations(sorted(own, key=sorted), 2) if len(one | other) < number}
    return sorted(own | both, key=lambda group: (len(group), sorted(group)))[:MAX_GROUPS]


class _Apart:
    """Whether rules keep two sessions apart: by what they answer about pairs of people, or else by their ``check``."""

    def __init__(self, scenario: Scenario, rules: Sequence[Rule]) -> None:
        self.scenario = scenario
        self._known = {rule.name: frozenset(map(frozenset, rule.people_apart(scenario))) for rule in rules}

    def may_overlap(self, pair: tuple[SessionId, SessionId], rules: Sequence[Rule], *, same_room: bool) -> bool:
        """Whether the rules allow two sessions at one time; true also where no such time could be tried."""
        scenario, (one, other) = self.scenario, pair
        if not scenario.own_slots(one) & scenario.own_slots(other):
            return False
        if not same_room and any(frozenset(pair) in self._known.get(rule.name, ()) for rule in rules):
            return False
        asked = [rule for rule in rules if same_room or not self._known.get(rule.name)]
        if not asked:
            return True
        rooms = [RoomId(room.id) for room in scenario.rooms]
        second = rooms[0] if same_room else rooms[-1]
        for slot in scenario.calendar.axis.slots:
            both = scenario.place(one, slot.begins, rooms[0]), scenario.place(other, slot.begins, second)
            if both[0] is not None and both[1] is not None:
                timetable = Timetable([both[0], both[1]])
                return not any(next(iter(rule.check(scenario, timetable)), None) is not None for rule in asked)
        return True


def _people(scenario: Scenario, rules: Sequence[Rule]) -> Iterator[Resource]:
    """Each person who is wanted in several sessions and may not be in two of them at once."""
    wanted: dict[str, list[SessionId]] = {}
    kept = _Apart(scenario, rules)
    for session in scenario.sessions:
        for person in sorted({*scenario.needed(session), *scenario.attendees_of(session)}):
            wanted.setdefault(person, []).append(session)
    for person, sessions in wanted.items():
        apart = _exclusive(kept, sessions, rules, same_room=False) if len(sessions) > 1 else ()
        apart = never_in_one_room(scenario, apart)
        if len(apart) > 1:
            written = [rule.name for rule in _needed(kept, apart, rules) if rule in scenario.rules]
            entries = scenario.persons.entries.get(person, ())
            called = who(entries[0]) if len(entries) == 1 else scenario.persons.title(person)
            yield Resource(f"of {called}", apart, (person, *written))


def _needed(kept: _Apart, apart: Sequence[SessionId], rules: Sequence[Rule]) -> list[Rule]:
    """The rules that are needed to keep the sessions apart, and all standing rules."""
    needed = list(rules)
    for rule in [rule for rule in rules if rule in kept.scenario.rules]:
        others = [other for other in needed if other is not rule]
        if not any(kept.may_overlap(pair, others, same_room=False) for pair in combinations(apart, 2)):
            needed = others
    return needed


def _exclusive(
    kept: _Apart, sessions: Sequence[SessionId], rules: Sequence[Rule], *, same_room: bool
) -> tuple[SessionId, ...]:
    """Sessions of which, by the rules, no two may overlap: those that overlap with most others are left out."""
    left = list(sessions)
    free = [pair for pair in combinations(left, 2) if kept.may_overlap(pair, rules, same_room=same_room)]
    while free:
        worst = max(left, key=lambda session: sum(session in pair for pair in free))
        left.remove(worst)
        free = [pair for pair in free if worst not in pair]
    return tuple(left)
