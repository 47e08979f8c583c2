"""Gives hours to entries without, where other entries of the same sessions have some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exports.brought.readings import Queue
from exports.brought.windows import Entry, UnclearPartError, Window, meets
from scheduler.domain.spans import between, joined
from scheduler.reading.tables.files import Table
from scheduler.scenario import Scenario

MOST_OPEN = 50
"""Entries of the same sessions whose hours are looked for; of more none follow."""


def told_in_full(scenario: Scenario, table: Table, entries: Sequence[tuple[Entry, Queue]]) -> list[tuple[Entry, Queue]]:
    """The entries, with hours for those without where others of the same sessions have some.

    Those fill their half-days, alone. What else they may mean goes to the table as a mistake.
    """
    found = list(entries)
    for queue in dict.fromkeys(queue for _, queue in entries if len(queue) > 1):
        mine = [number for number, (_, other) in enumerate(entries) if other == queue]
        open_ = [number for number in mine if not entries[number][0].line.is_written]
        if len(open_) in (0, len(mine)):
            continue
        for number in open_[:MOST_OPEN]:
            day = entries[number][0].day
            others = [entry for at, (entry, _) in enumerate(entries) if at != number and entry.day == day]
            found[number] = (_whole(scenario, entries[number][0], queue, others), queue)
        lines = [(found[number][0].day, found[number][0].line) for number in mine]
        held = [scenario.calendar.worked(day, line.start or 0, line.end or 0) for day, line in lines]
        planned = [scenario.minutes(s) if s in scenario.sessions else 0 for s in queue]
        if not all(line.is_written for _, line in lines) or sum(held) != sum(planned):
            line = entries[open_[0]][0].line
            message = f"hours stand beside {line.who.name} elsewhere, and do not follow here: write start and end"
            table.wrong(line.cell, message)
            dropped = set(mine)
            return [each for number, each in enumerate(found) if number not in dropped]
    return found


def _whole(scenario: Scenario, entry: Entry, queue: Queue, others: Sequence[Entry]) -> Entry:
    """An entry with the hours of its half-day that others leave free, if these are one stretch."""
    windows = _windows(scenario, entry, queue)
    rooms = {entry.line.room, None} if entry.line.room else {other.line.room for other in others}
    beside = [other for other in others if other.line.room in rooms and _is_in(scenario, other, windows)]
    if not windows or not all(other.line.is_written for other in beside):
        return entry
    opens, closes = windows[0].opens, windows[-1].closes
    taken = [(max(other.line.start or 0, opens), min(other.line.end or 0, closes)) for other in beside]
    free = between(opens, closes, joined(taken))
    if len(free) != 1:
        return entry
    return replace(entry, line=replace(entry.line, start=free[0][0], end=free[0][1]))


def _windows(scenario: Scenario, entry: Entry, queue: Queue) -> Sequence[Window]:
    try:
        return entry.windows(scenario, queue[0])
    except UnclearPartError:
        return ()


def _is_in(scenario: Scenario, entry: Entry, windows: Sequence[Window]) -> bool:
    """Whether an entry may share a minute with hours of its day."""
    if entry.line.is_written:
        return meets(windows, entry.line.start or 0, entry.line.end or 0)
    return any(meets(windows, *window) for window in _windows(scenario, entry, entry.line.who.queue))
