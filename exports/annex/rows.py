"""The rows of a grid: days with different hours share them, one row for each half-day.

Where the hours of the days do not overlap, every slot has a row. Where they do, as 09:00-12:00 and 10:00-13:00 or a
morning with and without a coffee break between two slots, the half-days that overlap share one row. It bears the hours
of most days; the others say theirs in their cells. A slot that reaches over several rows spans them. A row in which
fewer than half of the days would have a slot, such as a single evening, is joined with the nearest row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from scheduler.domain.breaks import LONG_PAUSE
from scheduler.domain.calendar import Slot
from scheduler.domain.clock import DAY_MINUTES, NOON
from scheduler.domain.half_days import HalfDay, SlotsOfDay, half_days
from scheduler.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Block(SlotsOfDay):
    """Slots that share a cell, on the rows ``first`` to ``last``."""

    first: int
    last: int
    hours: Span
    """What stands at the side of its rows."""

    @property
    def plain(self) -> bool:
        """Whether it is one slot that has its hours at the side of its row."""
        return len(self.slots) == 1 and self.first == self.last and self.hours == (self.opens, self.closes)

    def fills(self, start: int, end: int) -> bool:
        """Whether work from ``start`` to ``end`` has its hours at the side of the row."""
        return self.first == self.last and self.hours == (start, end)


def alone(slot: Slot) -> Block:
    """A slot that shares its row with no other slot of its day."""
    return Block((slot,), 0, 0, (slot.opens, slot.closes))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a grid, and what each day has in them."""

    hours: tuple[Span, ...]
    """What stands at the side of each row; no two overlap."""
    blocks: Mapping[date, tuple[Block, ...]]
    """The slots of each day, in order of time; no two blocks of a day share a row."""
    pauses: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    """By row, what the break is called that stands there, for each day that has it; mostly no row is one."""


@dataclass(frozen=True, slots=True)
class _Row:
    hours: Span
    slots: tuple[Slot, ...]
    """Of all days."""


def rows_of(slots: Mapping[date, Sequence[Slot]], usual: Collection[date] = ()) -> Rows:
    """Share out the slots of each day among rows.

    Among hours that equally many days have, a row bears those of a ``usual`` day, or else of the first.
    """
    halves = [half for of_day in slots.values() for half in half_days(of_day)]
    rows = [row for group in _overlapping(halves) for row in _rows_of_group(group, usual)]
    rows = _without_sparse(rows, sum(bool(of_day) for of_day in slots.values()))
    blocks = {day: _blocks(rows, of_day) for day, of_day in slots.items()}
    return Rows(tuple(row.hours for row in rows), blocks)


def _overlapping(halves: Sequence[HalfDay]) -> list[list[HalfDay]]:
    """Half-days in groups, by the clock alone: no half-day overlaps one of another group."""
    groups: list[list[HalfDay]] = []
    until = 0
    for half in sorted(halves, key=lambda half: (half.opens, half.closes, half.day)):
        if groups and half.opens < until:
            groups[-1].append(half)
        else:
            groups.append([half])
        until = max(until, half.closes)
    return groups


def _rows_of_group(group: Sequence[HalfDay], usual: Collection[date]) -> list[_Row]:
    """A row for each slot where these half-days have equal slots or slots apart, otherwise as few rows as can be."""
    slots = [slot for half in group for slot in half.slots]
    hours = sorted({(slot.opens, slot.closes) for slot in slots})
    if all(earlier[1] <= later[0] for earlier, later in pairwise(hours)):
        return [_Row(span, tuple(s for s in slots if (s.opens, s.closes) == span)) for span in hours]
    cores = _cores(group)
    places = {slot: _places(slot, half, cores) for half in group for slot in half.slots}
    rows: list[_Row] = []
    for number in reversed(range(len(cores))):
        alone = [[slot for slot in half.slots if places[slot] == [number]] for half in group]
        spans = [(part[0].day, (part[0].opens, part[-1].closes)) for part in alone if part]
        latest = rows[0].hours[0] if rows else DAY_MINUTES * 2
        held = tuple(slot for slot, where in places.items() if number in where)
        rows.insert(0, _Row(_commonest([each for each in spans if each[1][1] <= latest], usual), held))
    return rows


def _commonest(spans: Sequence[tuple[date, Span]], usual: Collection[date]) -> Span:
    """The hours of most days."""
    times = Counter(span for _, span in spans)
    _, span = min(spans, key=lambda each: (-times[each[1]], each[0] not in usual, each[0]))
    return span


def _cores(group: Sequence[HalfDay]) -> list[Span]:
    """For each row the hours that its half-days have in common: as few rows as can be, and no two of one day in a row.

    A row takes the half-day that closes first, and all that are open just before.
    """
    cores: list[Span] = []
    for half in sorted(group, key=lambda half: half.closes):
        if not cores or half.opens >= cores[-1][1]:
            cores.append((half.opens, half.closes))
        else:
            cores[-1] = max(cores[-1][0], half.opens), cores[-1][1]
    return cores


def _places(slot: Slot, half: HalfDay, cores: Sequence[Span]) -> list[int]:
    """The rows of a slot: those whose core it overlaps, or else the nearest of those of its half-day."""
    of_half = [number for number, core in enumerate(cores) if _apart((half.opens, half.closes), core) < 0]
    apart = {number: _apart((slot.opens, slot.closes), cores[number]) for number in of_half}
    return [number for number in of_half if apart[number] < 0] or [min(of_half, key=apart.__getitem__)]


def _apart(one: Span, other: Span) -> int:
    """The minutes between two stretches; negative where they overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _without_sparse(rows: list[_Row], days: int) -> list[_Row]:
    """The rows, with each in which fewer than half of the days have a slot joined with the nearest, if it may be."""
    kept = list(rows)
    while True:
        sparse = [row for row in kept if 2 * len({slot.day for slot in row.slots}) < days]
        found = [(_apart(row.hours, other.hours), other, row) for row in sparse for other in _beside(kept, row)]
        if not found:
            return kept
        _, other, row = min(found, key=lambda each: (each[0], each[2].hours))
        kept[kept.index(other)] = replace(other, slots=tuple(dict.fromkeys((*other.slots, *row.slots))))
        kept.remove(row)


def _beside(rows: Sequence[_Row], row: _Row) -> list[_Row]:
    """The rows above and below with which it may be joined: a morning only with what no pause parts from it."""
    number = rows.index(row)
    near = [rows[each] for each in (number - 1, number + 1) if 0 <= each < len(rows)]
    return [r for r in near if _apart(row.hours, r.hours) < LONG_PAUSE or (r.hours[0] < NOON) == (row.hours[0] < NOON)]


def _blocks(rows: Sequence[_Row], slots: Sequence[Slot]) -> tuple[Block, ...]:
    """The slots of one day; those that share a row are one block."""
    blocks: list[Block] = []
    for slot in sorted(slots, key=lambda slot: slot.opens):
        where = [number for number, row in enumerate(rows) if slot in row.slots]
        above = blocks.pop() if blocks and where[0] <= blocks[-1].last else None
        first, last = (above.first, max(above.last, where[-1])) if above else (where[0], where[-1])
        mine = (*above.slots, slot) if above else (slot,)
        blocks.append(Block(mine, first, last, (rows[first].hours[0], rows[last].hours[1])))
    return tuple(blocks)
