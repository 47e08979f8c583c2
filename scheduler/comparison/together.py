"""Moves that are told in one sentence: of a whole meeting, of a slot, or of a body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.moves import Move
from scheduler.comparison.option import Option
from scheduler.domain.clock import show_clock, show_day
from scheduler.domain.programme import Programme
from scheduler.wording import counted, listed

MIN_AS_WHOLE = 3
"""With fewer sessions, or with half of them or fewer, nothing moves as a whole."""
MAX_BLOCKS = 20
"""Where more blocks would be needed, all sessions of a body that go from one day to another are one block."""


@dataclass(frozen=True, slots=True)
class AsWhole:
    """Sessions that are held some days later or earlier, at the same hours in the same rooms."""

    moves: tuple[Move, ...]
    held: int
    """How many sessions are held before and after."""
    days: int
    """By how many days later they are held; negative where it is earlier."""

    @property
    def sentence(self) -> str:
        """``All 5 sessions are held 7 days later, at the same hours in the same rooms.``"""
        who = f"All {self.held}" if len(self.moves) == self.held else f"{len(self.moves)} of {self.held}"
        return f"{who} sessions are held {self.by}, at the same hours in the same rooms."

    @property
    def by(self) -> str:
        """``7 days later``."""
        return f"{counted(abs(self.days), 'day')} {'later' if self.days > 0 else 'earlier'}"


@dataclass(frozen=True, slots=True)
class WithSlots:
    """Sessions that begin at another hour only because their slot opens at another hour."""

    titles: tuple[str, ...]
    slot: tuple[int, int]
    """When the slot opened, and when it opens now; clock times in minutes."""
    begins: tuple[int, int]
    """When the sessions began, and when they begin now."""

    @property
    def sentence(self) -> str:
        """``WGTR and DIEF begin at 09:00 instead of 10:00, with the slot.``"""
        (opened, opens), (was, now) = map(show_clock, self.slot), map(show_clock, self.begins)
        why = "with the slot" if self.begins == self.slot else f"as the slot opens at {opens} instead of {opened}"
        return f"{listed(self.titles)} begin{'s' if len(self.titles) == 1 else ''} at {now} instead of {was}, {why}."


def apart(
    before: Option, after: Option, moves: Sequence[Move]
) -> tuple[tuple[Move, ...], AsWhole | None, tuple[WithSlots, ...]]:
    """Moves to be told one by one, those that are one move by some days, and those that only go with their slots."""
    held = len({p.session for p in before.placements} & {p.session for p in after.placements})
    shifts = Counter(days for move in moves if (days := _days(move)))
    days, many = shifts.most_common(1)[0] if shifts else (0, 0)
    whole: tuple[Move, ...] = ()
    if many >= MIN_AS_WHOLE and 2 * many > held:
        whole = tuple(move for move in moves if _days(move) == days)
    hours: dict[tuple[tuple[int, int], tuple[int, int]], list[str]] = {}
    for move in moves:
        if move.slot is not None and move.begins is not None:
            was, now = move.begins
            hours.setdefault((move.slot, (was.start, now.start)), []).append(move.title)
    single = tuple(move for move in moves if move.slot is None and move not in whole)
    as_whole = AsWhole(whole, held, days) if whole else None
    return single, as_whole, tuple(WithSlots(tuple(titles), *key) for key, titles in hours.items())


def _days(move: Move) -> int | None:
    """By how many days later a session is held that has otherwise not changed; None where more has changed."""
    if move.before is None or move.after is None or move.rooms is not None or any(move.outside):
        return None
    was, now = move.before.segments, move.after.segments
    days = now[0].day - was[0].day
    alike = [(s.day + days, s.start, s.end) for s in was] == [(s.day, s.start, s.end) for s in now]
    return days.days if alike else None


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions of one body that move alike, from one day to the same other day; or a single move."""

    title: str
    """What the body is called."""
    moves: tuple[Move, ...]
    held: int
    """How many sessions the body has."""

    @property
    def sentence(self) -> str:
        """``Health: 7 sessions, Friday 27 August -> Thursday 26 August, same hours, same room.``"""
        first = min(self.moves, key=lambda m: (m.begins[0].day, m.begins[0].start, m.session) if m.begins else ())
        if len(self.moves) == 1 or first.begins is None:
            return first.sentence
        was, now = first.begins
        shifts = {_shift(move) for move in self.moves}
        if len(shifts) == 1 and was.start != now.start:
            when = (
                f"{was.starts_on} -> {now.starts_on if was.begins[0] != now.begins[0] else show_clock(now.begins[1])}"
            )
        else:
            days = dict.fromkeys([show_day(was.day), show_day(now.day)])
            when = f"{' -> '.join(days)}, {'same hours' if shifts == {0} else 'other hours'}"
        changed = {move.rooms for move in self.moves}
        rooms = "various rooms" if len(changed) > 1 else " -> ".join(first.rooms) if first.rooms else "same room"
        some = f"{len(self.moves)} of {self.held}" if len(self.moves) < self.held else f"all {self.held}"
        return f"{self.title}: {some} sessions, {when}, {rooms}."


def blocks(moves: Sequence[Move], before: Programme, after: Programme) -> tuple[Block, ...]:
    """Moves by body: those that are alike in one block, in the order of the first move of each."""
    for closely in (True, False):
        groups: dict[object, list[Move]] = {}
        for move in moves:
            groups.setdefault(_alike(move, after, closely=closely), []).append(move)
        if len(groups) <= MAX_BLOCKS:
            break
    found = []
    for group in groups.values():
        body = (before if group[0].after is None else after).body_of[group[0].session]
        found.append(Block(body.title, tuple(group), len(body.sessions)))
    return tuple(found)


def _alike(move: Move, programme: Programme, *, closely: bool) -> object:
    """What the moves of one block share: body and days, and ``closely`` the shift in hours and the rooms too.

    A session that is new, gone or of another length stands alone.
    """
    before, after = move.before, move.after
    if before is None or after is None or before.minutes != after.minutes or any(move.outside):
        return move.session
    face = programme.body_of[move.session].id, before.segments[0].day, after.segments[0].day
    return (*face, _shift(move), before.where, after.where) if closely else face


def _shift(move: Move) -> int:
    """By how many minutes of the day it starts later; 0 for a session that is new or gone."""
    return move.begins[1].start - move.begins[0].start if move.begins else 0
