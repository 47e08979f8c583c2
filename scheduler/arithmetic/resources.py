"""What serves one session at a time: rooms together, rooms of a size, the plenary rule, officers, presenters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.persons import who
from scheduler.domain.timetable import Timetable
from scheduler.rules.rule import Exclusive, Rule
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_SESSIONS = 400
"""In a larger scenario pairs of sessions are not compared."""
MAX_GROUPS = 40
"""Groups of rooms that are examined, the small ones first."""
ONE_MEETING = "one meeting at a time"
"""The name of the resource where a rule says so."""
MAX_ROOMS_NAMED = 3
"""More rooms are counted too where they are named."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that serves few sessions at a time: rooms, a person, the meeting."""

    name: str
    """``one room``, ``the Chair of WGTR``; empty for the only room."""
    sessions: tuple[SessionId, ...]
    """The sessions that need it, wherever they are placed."""
    because: tuple[str, ...] = ()
    """Names of the rules and people that make it scarce; none: calendar and rooms alone do."""
    rooms: tuple[RoomId, ...] = ()
    """The rooms that it consists of; none: a person or a rule, which serves one session at a time."""


def resources(scenario: Scenario, rooms_of: Callable[[SessionId], frozenset[RoomId]]) -> Iterator[Resource]:
    """All resources of a scenario; ``rooms_of`` gives the rooms in which a session may ever sit."""
    everything = tuple(scenario.sessions)
    if len(everything) > MAX_SESSIONS:
        return
    every_room = tuple(RoomId(room.id) for room in scenario.rooms)
    hard = [rule for rule in scenario.all_rules if rule.weight is None]
    clash = [rule for rule in hard if rule.exclusive is Exclusive.ROOM]
    apart = _exclusive(scenario, everything, clash, same_room=True) if scenario.rooms_may_be_shared else everything
    if apart:
        yield Resource(rooms_in_words(scenario, frozenset(every_room)), apart, rooms=every_room)
    for rule in hard:
        if rule.exclusive is Exclusive.MEETING and len(every_room) > 1:
            yield Resource(ONE_MEETING, rule.sessions(scenario), (rule.name,))
    if len(every_room) > 1:
        for rooms in _groups({session: rooms_of(session) for session in apart}, len(every_room)):
            inside = tuple(s for s in apart if rooms_of(s) and rooms_of(s) <= rooms)
            yield Resource(
                rooms_in_words(scenario, rooms), inside, rooms=tuple(room for room in every_room if room in rooms)
            )
        yield from _people(scenario, [rule for rule in hard if rule.exclusive is Exclusive.PERSON], clash)


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


def _people(scenario: Scenario, rules: Sequence[Rule], clash: Sequence[Rule]) -> Iterator[Resource]:
    """Each person who is wanted in several sessions and may not be in two of them at once."""
    wanted: dict[str, list[SessionId]] = {}
    for session in scenario.sessions:
        for person in sorted({*scenario.needed(session), *scenario.attendees_of(session)}):
            wanted.setdefault(person, []).append(session)
    for person, sessions in wanted.items():
        apart = _exclusive(scenario, sessions, rules, same_room=False) if len(sessions) > 1 else ()
        apart = _exclusive(scenario, apart, (*rules, *clash), same_room=True)
        if len(apart) > 1:
            written = [rule.name for rule in _needed(scenario, apart, rules) if rule in scenario.rules]
            entries = scenario.persons.entries.get(person, ())
            called = who(entries[0]) if len(entries) == 1 else scenario.persons.title(person)
            yield Resource(called, apart, (person, *written))


def _needed(scenario: Scenario, apart: Sequence[SessionId], rules: Sequence[Rule]) -> list[Rule]:
    """The rules that are needed to keep the sessions apart, and all standing rules."""
    needed = list(rules)
    for rule in [rule for rule in rules if rule in scenario.rules]:
        others = [other for other in needed if other is not rule]
        if not any(_may_overlap(scenario, pair, others, same_room=False) for pair in combinations(apart, 2)):
            needed = others
    return needed


def _exclusive(
    scenario: Scenario, sessions: Sequence[SessionId], rules: Sequence[Rule], *, same_room: bool
) -> tuple[SessionId, ...]:
    """Sessions of which, by the rules, no two may overlap: those that overlap with most others are left out."""
    left = list(sessions)
    free = [pair for pair in combinations(left, 2) if _may_overlap(scenario, pair, rules, same_room=same_room)]
    while free:
        worst = max(left, key=lambda session: sum(session in pair for pair in free))
        left.remove(worst)
        free = [pair for pair in free if worst not in pair]
    return tuple(left)


def _may_overlap(
    scenario: Scenario, pair: tuple[SessionId, SessionId], rules: Sequence[Rule], *, same_room: bool
) -> bool:
    """Whether the rules allow two sessions at one time; true also where no such time could be tried."""
    one, other = pair
    if not scenario.own_slots(one) & scenario.own_slots(other):
        return False
    rooms = [RoomId(room.id) for room in scenario.rooms]
    second = rooms[0] if same_room else rooms[-1]
    for slot in scenario.calendar.axis.slots:
        both = scenario.place(one, slot.begins, rooms[0]), scenario.place(other, slot.begins, second)
        if both[0] is not None and both[1] is not None:
            timetable = Timetable([both[0], both[1]])
            return not any(next(iter(rule.check(scenario, timetable)), None) is not None for rule in rules)
    return True
