"""Breaks as thin rows of their own: the slots around a break become two rows, and the break a low one between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import groupby

from exports.annex.rows import Block, Rows
from exports.annex.texts import one_line
from scheduler.domain.calendar import Calendar, Slot
from scheduler.domain.spans import Span

UNTITLED = "Break"


def between_breaks(slots: Iterable[Slot], held: Set[Span]) -> list[Slot]:
    """The slots, each cut at its breaks if one of them is ``held``: nobody breaks where nobody meets on any day."""
    return [
        replace(slot, opens=start, closes=end, breaks=())
        for slot in slots
        for start, end in (slot.stretches if not held.isdisjoint(slot.breaks) else [(slot.opens, slot.closes)])
    ]


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
