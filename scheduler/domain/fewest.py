"""The fewest slots that work could take, by its lengths, its slots and its rooms alone, whatever rules say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.programme import Programme

EXACT_UP_TO = 12
"""The most sessions that are put into rooms one by one; for more, only their minutes are added up."""
MOST_TRIES = 20_000
"""The most steps of putting sessions into rooms; after them only the minutes decide."""
MOST_KINDS_OF_ROOMS = 6
"""The most different lists of rooms whose unions are all looked at."""


def first_slots(programme: Programme, sessions: Sequence[SessionId]) -> int:
    """How many slots, counted from the first, the sessions need at least; slots reserved for named work do not count.

    Each session is whole, in one room of its own list that has seats and equipment for it, and in slots that it may
    use, reserved ones included; no two share a room's minute. Other work and other rules are left aside. Up to
    ``EXACT_UP_TO`` sessions with the same slots it is exact: some way to hold them takes no more.
    """
    passed = 0
    for slot in programme.calendar.axis.slots:
        passed += not slot.reserved_for
        if _fits(programme, sessions, slot.index):
            return passed
    return passed


def fewest_cells(programme: Programme, sessions: Sequence[SessionId]) -> int:
    """How many slots the sessions fill at least, a slot in two rooms counted twice: the longest are taken first.

    Of each slot and room the minutes count in which some of them may sit. Where these are too few, so that the work
    fits nowhere while every rule is kept, slots and rooms count without the rules: it needs slots all the same.
    """
    needed = sum(map(programme.minutes, sessions))
    for minutes_open in (programme.minutes_open, programme.minutes_of_rooms):
        open_minutes: dict[tuple[int, RoomId], int] = {}
        for session in sessions:
            for cell, minutes in minutes_open(session).items():
                open_minutes[cell] = max(minutes, open_minutes.get(cell, 0))
        left, cells = needed, 0
        for minutes in sorted(open_minutes.values(), reverse=True):
            if left <= 0 or minutes == 0:
                break
            left, cells = left - minutes, cells + 1
        if left <= 0:
            break
    return cells


def _fits(programme: Programme, sessions: Sequence[SessionId], last: int) -> bool:
    """Whether the sessions could all be held by the end of a slot; true also if that is not known."""
    slots = programme.calendar.axis.slots
    own = {s: frozenset(i for i in programme.own_slots(s) if i <= last) for s in sessions}
    minutes = {usable: sum(slots[i].minutes for i in usable) for usable in set(own.values())}
    rooms = {session: rooms_that_hold(programme, session) for session in sessions}
    needed = {session: programme.minutes(session) for session in sessions}
    if any(needed[session] > minutes[own[session]] for session in sessions):
        return False
    for usable in (*minutes, frozenset[int]().union(*minutes)):
        room = sum(slots[i].minutes for i in usable)
        for among in _unions(rooms.values()):
            confined = [s for s in sessions if own[s] <= usable and rooms[s] <= among]
            if sum(needed[s] for s in confined) > len(among) * room:
                return False
        if len(sessions) <= EXACT_UP_TO and not _packs(
            {s: needed[s] for s in sessions if own[s] <= usable}, rooms, room
        ):
            return False
    return True


def rooms_that_hold(programme: Programme, session: SessionId) -> frozenset[RoomId]:
    """The rooms in which a session may sit that have seats and equipment for it; if none has, those in which it may."""
    listed = programme.rooms_of(session)
    return frozenset([room for room in listed if not programme.lacking(session, room)] or listed)


def _unions(rooms: Iterable[frozenset[RoomId]]) -> set[frozenset[RoomId]]:
    """The different lists of rooms, and unions of them."""
    lists = set(rooms)
    most = len(lists) if len(lists) <= MOST_KINDS_OF_ROOMS else 1
    unions = {frozenset[RoomId]().union(*some) for n in range(1, most + 1) for some in combinations(lists, n)}
    return {*unions, frozenset[RoomId]().union(*lists)}


def _packs(needed: Mapping[SessionId, int], rooms: Mapping[SessionId, frozenset[RoomId]], minutes: int) -> bool:
    """Whether sessions can be put into rooms of ``minutes`` each; true also after ``MOST_TRIES`` steps."""
    queue = sorted(needed, key=lambda session: (-needed[session], len(rooms[session])))
    left = dict.fromkeys(sorted({room for session in queue for room in rooms[session]}), minutes)
    failed: set[tuple[int, tuple[int, ...]]] = set()
    tries = 0

    def put(number: int) -> bool:
        nonlocal tries
        if number == len(queue) or tries >= MOST_TRIES:
            return True
        tries += 1
        state = number, tuple(left.values())
        if state in failed:
            return False
        session = queue[number]
        for room in sorted(rooms[session]):
            if left[room] >= needed[session]:
                left[room] -= needed[session]
                if put(number + 1):
                    return True
                left[room] += needed[session]
        failed.add(state)
        return False

    return put(0)
