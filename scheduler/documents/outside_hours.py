"""Hours that a timetable uses although no slot holds them: the same scenario with these hours as slots of their own.

So a session outside the slots can be shown and counted, and messages can say where it is. The added slots are reserved
for the sessions that sit in them: no other session gets time in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.calendar import Calendar, Day, SlotHours
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Part:
    """What a timetable says of one session on one day; minutes after midnight, half-open."""

    session: SessionId
    day: date
    start: int
    end: int


def widened(scenario: Scenario, parts: Iterable[Part]) -> Scenario:
    """The scenario with added slots where parts lie outside its own; it keeps its document and fingerprint."""
    free: dict[date, list[Part]] = {}
    for part in parts:
        for piece in _uncovered(scenario.calendar, part):
            free.setdefault(piece.day, []).append(piece)
    if not free:
        return scenario
    calendar = scenario.calendar
    known = {day.date: day for day in calendar.days}
    days = [_day(calendar, known.get(day), day, free.get(day, ())) for day in sorted({*known, *free})]
    holidays = tuple(holiday for holiday in calendar.holidays if holiday.date not in free)
    wide = altered(scenario, calendar=altered(calendar, days=tuple(days), holidays=holidays))
    wide.__dict__.update(document=scenario.document, sha256=scenario.sha256)  # as cached: what the planner wrote
    return wide


def _uncovered(calendar: Calendar, part: Part) -> Iterator[Part]:
    """The pieces of a part that no slot of its day holds."""
    reached = part.start
    slots = [calendar.axis.slots[index] for index in calendar.axis.by_day.get(part.day, ())]
    for slot in sorted(slots, key=lambda slot: slot.opens):
        if slot.closes > reached and slot.opens < part.end:
            if slot.opens > reached:
                yield Part(part.session, part.day, reached, slot.opens)
            reached = max(reached, slot.closes)
    if reached < part.end:
        yield Part(part.session, part.day, reached, part.end)


def _day(calendar: Calendar, known: Day | None, day: date, pieces: Iterable[Part]) -> Day:
    """A day with a slot for each stretch of pieces that overlap."""
    stretches: list[tuple[int, int, tuple[str, ...]]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        if stretches and piece.start < stretches[-1][1]:
            opens, closes, sessions = stretches.pop()
            stretches.append((opens, max(closes, piece.end), (*sessions, piece.session)))
        else:
            stretches.append((piece.start, piece.end, (piece.session,)))
    if known is not None and not stretches:
        return known
    own: tuple[SlotHours, ...] = ()
    note = None
    if known is not None:
        note = known.note
        if day in calendar.closed:
            note = calendar.closed[day]
        else:
            own = calendar.slots if known.slots is None else known.slots
    added = [
        trusted(SlotHours, opens=opens, closes=closes, reserved_for=tuple(dict.fromkeys(sessions)), name=None)
        for opens, closes, sessions in stretches
    ]
    slots = tuple(sorted((*own, *added), key=lambda hours: hours.opens))
    return trusted(Day, date=day, weekday=None, slots=slots, note=note)
