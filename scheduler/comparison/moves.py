"""What differs between two timetables, session by session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.carry import Carry
from scheduler.domain.clock import show_clock, show_day, show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement
from scheduler.wording import counted, listed


@dataclass(frozen=True, slots=True)
class Move:
    """A session that starts at another time, sits in another room, takes longer or less, is new, or is gone."""

    session: SessionId
    title: str
    before: Placement | None
    after: Placement | None
    rooms: tuple[str, str] | None = None
    """From which room to which, in words, where it changes."""
    outside: tuple[bool, bool] = (False, False)
    """Whether it sat outside the slots, and whether it does now."""
    slot: tuple[int, int] | None = None
    """Where it has only gone with its slot, which opens at another hour: when that opened, and when it opens now."""

    @property
    def elsewhere(self) -> bool:
        """Whether it starts at another time, sits in another room, is new or gone: not only its length differs."""
        if self.before is None or self.after is None:
            return True
        return self.rooms is not None or self.begins_elsewhere

    @property
    def begins_elsewhere(self) -> bool:
        """Whether it starts at another time."""
        return self.before is not None and self.after is not None and _begins(self.before) != _begins(self.after)

    @property
    def kind(self) -> str:
        """``moved``, ``hour`` (only with its slot), ``room``, ``length``, ``new`` or ``cancelled``."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "cancelled"
        if self.begins_elsewhere:
            return "moved" if self.slot is None else "hour"
        return "room" if self.rooms is not None else "length"

    @property
    def sentence(self) -> str:
        """``WGTR moves from Friday 28 February at 10:00 to Thursday 27 February at 15:00.``"""
        if self.before is None:
            assert self.after is not None
            return f"{self.title} is new, on {self.after.segments[0].starts_on}{_outside(self.outside[1])}."
        if self.after is None:
            was = f"{self.before.segments[0].starts_on}{_outside(self.outside[0])}"
            return f"{self.title} is not held any more; it was on {was}."
        was, now = self.before.segments[0].starts_on, self.after.segments[0].starts_on
        parted = ", " if self.outside[0] else ""
        moved = f"moves from {was}{_outside(self.outside[0])}{parted or ' '}to {now}" if was != now else ""
        moved += _outside(self.outside[1]) if moved else ""
        room = f"{'and ' if moved else ''}changes from {self.rooms[0]} to {self.rooms[1]}" if self.rooms else ""
        took, takes = _minutes(self.before), _minutes(self.after)
        length = f"takes {show_minutes(takes)} instead of {show_minutes(took)}" if took != takes else ""
        if length and (moved or room):
            length = f"and {length}"
        return f"{self.title} {' '.join(part for part in (moved, room, length) if part)}."


@dataclass(frozen=True, slots=True)
class WithSlots:
    """Sessions that begin at another hour only because their slot opens at another hour."""

    moves: tuple[Move, ...]

    @property
    def sentence(self) -> str:
        """``WGTR and DIEF begin at 09:00 instead of 10:00, for their slot does.``"""
        first = self.moves[0]
        assert first.before is not None
        assert first.after is not None
        assert first.slot is not None
        was, now = (show_clock(placement.segments[0].start) for placement in (first.before, first.after))
        opened, opens = map(show_clock, first.slot)
        why = "with the slot" if (was, now) == (opened, opens) else f"as the slot opens at {opens} instead of {opened}"
        one = len(self.moves) == 1
        return f"{listed([m.title for m in self.moves])} begin{'s' if one else ''} at {now} instead of {was}, {why}."


FEWEST_TOGETHER = 3
"""So many sessions at least, and more than half of all, move as a whole."""


@dataclass(frozen=True, slots=True)
class AsWhole:
    """Sessions that are held some days later, or sooner, and are otherwise as they were."""

    moves: tuple[Move, ...]
    held: int
    """How many sessions are held before and after."""

    @property
    def sentence(self) -> str:
        """``All 5 sessions are held 7 days later, at the same hours in the same rooms.``"""
        who = f"All {self.held}" if len(self.moves) == self.held else f"{len(self.moves)} of {self.held}"
        return f"{who} sessions are held {self.by}, at the same hours in the same rooms."

    @property
    def by(self) -> str:
        """``7 days later``."""
        days = _days(self.moves[0]) or 0
        return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def apart(
    before: Option, after: Option, moves: Sequence[Move]
) -> tuple[tuple[Move, ...], AsWhole | None, tuple[WithSlots, ...]]:
    """Moves proper, and what is told in one: what moves as a whole by some days; by hours, what goes with its slot."""
    held = len({p.session for p in before.placements} & {p.session for p in after.placements})
    days = Counter(found for move in moves if (found := _days(move)))
    whole: tuple[Move, ...] = ()
    if days:
        common, many = days.most_common(1)[0]
        if many >= FEWEST_TOGETHER and 2 * many > held:
            whole = tuple(move for move in moves if _days(move) == common)
    hours: dict[object, list[Move]] = {}
    for move in moves:
        if move.slot is not None and move.before is not None and move.after is not None:
            key = move.slot, move.before.segments[0].start, move.after.segments[0].start
            hours.setdefault(key, []).append(move)
    proper = tuple(move for move in moves if move.slot is None and move not in whole)
    return proper, AsWhole(whole, held) if whole else None, tuple(WithSlots(tuple(each)) for each in hours.values())


def _days(move: Move) -> int | None:
    """By how many days later a session is held that is otherwise as it was; None where more has changed."""
    if move.before is None or move.after is None or move.rooms is not None or any(move.outside):
        return None
    was, now = move.before.segments, move.after.segments
    days = now[0].day - was[0].day
    alike = [(s.day + days, s.start, s.end) for s in was] == [(s.day, s.start, s.end) for s in now]
    return days.days if alike else None


def _outside(is_outside: bool) -> str:
    return ", outside the slots" if is_outside else ""


MOST_BLOCKS = 20
"""Where more lines than these would be needed, all that a body moves from one day to another is one block."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions of one body that move alike, from one day to the same other; or a single move."""

    title: str
    """Of the body."""
    moves: tuple[Move, ...]
    held: int
    """How many sessions the body has."""

    @property
    def sentence(self) -> str:
        """``Health: 7 sessions, Friday 27 August -> Thursday 26 August, same hours, same room.``"""
        first = min(self.moves, key=lambda move: (_begins(move.before), move.session) if move.before else ())
        if len(self.moves) == 1 or first.before is None or first.after is None:
            return first.sentence
        was, now = first.before.segments[0], first.after.segments[0]
        days = [show_day(segment.day) for segment in (was, now)]
        shifts = {_shift(move) for move in self.moves}
        if len(shifts) == 1 and was.start != now.start:
            when = f"{was.starts_on} -> {now.starts_on if was.day != now.day else show_clock(now.start)}"
        else:
            hours = "same hours" if shifts == {0} else "other hours"
            when = f"{' -> '.join(dict.fromkeys(days))}, {hours}"
        changed = {move.rooms for move in self.moves}
        rooms = "various rooms" if len(changed) > 1 else " -> ".join(first.rooms) if first.rooms else "same room"
        some = f"{len(self.moves)} of {self.held}" if len(self.moves) < self.held else f"all {self.held}"
        return f"{self.title}: {some} sessions, {when}, {rooms}."


def blocks(moves: Sequence[Move], before: Programme, after: Programme) -> tuple[Block, ...]:
    """Moves by body: what moves alike in one block, in the order of the first of each."""
    for closely in (True, False):
        groups: dict[object, list[Move]] = {}
        for move in moves:
            groups.setdefault(_alike(move, after, closely=closely), []).append(move)
        if len(groups) <= MOST_BLOCKS:
            break
    found = []
    for group in groups.values():
        body = (before if group[0].after is None else after).body_of[group[0].session]
        found.append(Block(body.title, tuple(group), len(body.sessions)))
    return tuple(found)


def _alike(move: Move, programme: Programme, *, closely: bool) -> object:
    """What moves have in common that are one block: body and days, and ``closely`` by how much and between which rooms.

    A session that is new, gone or of another length stands alone.
    """
    was, now = move.before, move.after
    if was is None or now is None or _minutes(was) != _minutes(now) or any(move.outside):
        return move.session
    face = programme.body_of[move.session].id, was.segments[0].day, now.segments[0].day
    return (*face, _shift(move), was.room, now.room) if closely else face


def _shift(move: Move) -> int:
    """By how many minutes of the day it starts later; 0 for a session that is new or gone."""
    if move.before is None or move.after is None:
        return 0
    return move.after.segments[0].start - move.before.segments[0].start


def moves(before: Option, after: Option) -> tuple[Move, ...]:
    """Every session that is not where it was or not as long, in the order of the later scenario; gone ones last."""
    room = Carry(before.scenario, after.scenario).room
    old = {p.session: p for p in before.placements}
    new = {p.session: p for p in after.placements}
    found = []

    def outside(session: SessionId) -> tuple[bool, bool]:
        return session in before.outside, session in after.outside

    for session, placement in new.items():
        was = old.get(session)
        rooms = None
        if was is not None and room(was.room) != placement.room:
            rooms = before.scenario.room_title(was.room), after.scenario.room_title(placement.room)
        if was is None or rooms or _begins(was) != _begins(placement) or _minutes(was) != _minutes(placement):
            title = after.scenario.title(session)
            slot = _with_slot(before.scenario, after.scenario, was, placement) if was and not rooms else None
            found.append(Move(session, title, was, placement, rooms, outside(session), slot))
    for session, placement in old.items():
        if session not in new:
            title = before.scenario.title(session)
            found.append(Move(session, title, placement, None, outside=outside(session)))
    return tuple(found)


def _with_slot(before: Programme, after: Programme, was: Placement, now: Placement) -> tuple[int, int] | None:
    """When the slot opened and opens, where a session keeps its day, its slot of the day and its place in it.

    A slot of a day is the same where the two overlap, or where the day has as many slots as before.
    """
    old, new = was.segments[0], now.segments[0]
    here, there = before.calendar.axis.slots[old.slot], after.calendar.axis.slots[new.slot]
    days = before.calendar.axis.by_day[old.day], after.calendar.axis.by_day.get(new.day, ())
    same_slot = old.day == new.day and days[0].index(old.slot) == days[1].index(new.slot)
    overlap = here.opens < there.closes and there.opens < here.closes
    stays = old.start - here.opens == new.start - there.opens and _minutes(was) == _minutes(now)
    if same_slot and stays and here.opens != there.opens and (overlap or len(days[0]) == len(days[1])):
        return here.opens, there.opens
    return None


def _minutes(placement: Placement) -> int:
    return sum(segment.minutes for segment in placement.segments)


def _begins(placement: Placement) -> tuple[object, int]:
    return placement.segments[0].day, placement.segments[0].start
