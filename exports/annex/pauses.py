"""Breaks as thin rows of their own: the slots around a break become two rows, and the break a low one between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from exports.annex.rows import Block, Rows
from exports.annex.texts import one_line
from scheduler.domain.calendar import Calendar, Slot
from scheduler.domain.spans import Span, between

UNTITLED = "Break"


def between_breaks(slots: Iterable[Slot], held: Set[Span], usual: Sequence[Span] = ()) -> list[Slot]:
    """The slots, each cut at its breaks if one of them is ``held``: nobody breaks where nobody meets on any day.

    And at the ``usual`` ones, so that a day on which they are worked through has the rows of the others.
    """
    return [
        replace(slot, opens=start, closes=end, breaks=())
        for slot in slots
        for start, end in between(slot.opens, slot.closes, _gaps(slot, held, usual))
    ]


def _gaps(slot: Slot, held: Set[Span], usual: Sequence[Span]) -> list[Span]:
    own = slot.breaks if not held.isdisjoint(slot.breaks) else ()
    through = [gap for gap in usual if slot.opens < gap[0] and gap[1] < slot.closes and gap not in slot.breaks]
    gaps = sorted((*own, *through))
    return [*own] if any(then[0] <= one[1] for one, then in pairwise(gaps)) else gaps


def usual_breaks(titles: Mapping[date, Mapping[Span, str]], slots: Mapping[date, Sequence[Slot]]) -> list[Span]:
    """Breaks that at least half of the days hold on which somebody meets before and after them."""
    found = []
    for gap in sorted({gap for of_day in titles.values() for gap in of_day}):
        meeting = [day for day, mine in slots.items() if any(s.opens < gap[0] and gap[1] < s.closes for s in mine)]
        if 2 * sum(gap in titles[day] for day in meeting) >= len(meeting):
            found.append(gap)
    return found


def worked_through(rows: Rows, slots: Sequence[Slot]) -> Rows:
    """The rows in which what lies on both sides of another day's break is one cell again; ``slots`` of the axis."""
    blocks = {}
    for day, of_day in rows.blocks.items():
        kept: list[Block] = []
        for block in of_day:
            if kept and _goes_on_through(kept[-1].slots[-1], block.slots[0], slots):
                above = kept.pop()
                both = (*above.slots, *block.slots)
                block = Block(both, above.first, block.last, (above.hours[0], block.hours[1]))
            kept.append(replace(block, slots=_joined(block.slots, slots)))
        blocks[day] = tuple(kept)
    return replace(rows, blocks=blocks)


def _joined(parts: Sequence[Slot], slots: Sequence[Slot]) -> tuple[Slot, ...]:
    found: list[Slot] = []
    for part in parts:
        goes_on = bool(found) and _goes_on_through(found[-1], part, slots)
        found.append(replace(found.pop(), closes=part.closes) if goes_on else part)
    return tuple(found)


def _goes_on_through(above: Slot, below: Slot, slots: Sequence[Slot]) -> bool:
    return above.index == below.index and (above.closes, below.opens) not in slots[above.index].breaks


def uncut(rows: Rows, slots: Sequence[Slot]) -> Rows:
    """The rows with each slot of the axis ``slots`` whole again where all its parts share a cell."""
    blocks = {
        day: tuple(replace(block, slots=tuple(_uncut(block.slots, slots))) for block in of_day)
        for day, of_day in rows.blocks.items()
    }
    return replace(rows, blocks=blocks)


def _uncut(parts: Sequence[Slot], slots: Sequence[Slot]) -> Iterator[Slot]:
    for index, group in groupby(parts, key=lambda part: part.index):
        mine = list(group)
        yield from [slots[index]] if len(mine) == len(slots[index].stretches) else mine


def titles_of(calendar: Calendar, slot: Slot) -> dict[Span, str]:
    """What each break of a slot is called, ``Coffee``, by its hours."""
    found = {}
    for each in calendar.breaks or ():
        hours = each.within(slot.opens, slot.closes)
        if each.on(slot.day) and hours in slot.breaks:
            found[hours] = one_line(each.title or "") or UNTITLED
    return found


def with_pauses(rows: Rows, titles: Mapping[date, Mapping[Span, str]]) -> Rows:
    """The rows with a low one wherever the time between two of them is a break of some day.

    ``titles`` are those of the breaks of each day, by their hours. Days with other hours share rows in which a break
    cannot stand.
    """
    hours: list[Span] = []
    moved: list[int] = []
    pauses: dict[int, dict[date, str]] = {}
    for number, here in enumerate(rows.hours):
        moved.append(len(hours))
        hours.append(here)
        if number + 1 < len(rows.hours):
            between = (here[1], rows.hours[number + 1][0])
            of_days = {day: of_day for day, of_day in titles.items() if not _spanned(rows.blocks[day], number)}
            if held := {day: of_day[between] for day, of_day in of_days.items() if between in of_day}:
                pauses[len(hours)] = held
                hours.append(between)
    blocks = {
        day: tuple(replace(block, first=moved[block.first], last=moved[block.last]) for block in of_day)
        for day, of_day in rows.blocks.items()
    }
    return Rows(tuple(hours), blocks, pauses)


def _spanned(blocks: Sequence[Block], number: int) -> bool:
    """Whether the rows ``number`` and the next are one for these blocks."""
    return any(block.first <= number < block.last for block in blocks)
