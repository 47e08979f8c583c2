"""Days on which the clock of the meeting changes: some hours of them do not exist, or come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import Slot
from scheduler.domain.clock import DAY_MINUTES, show_clock, show_date, show_minutes, weekday


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The hours of a day that do not exist or come twice: half-open, minutes after midnight."""

    day: date
    zone: str
    opens: int
    closes: int
    twice: bool

    def hours_in(self, slot: Slot) -> tuple[int, int]:
        """Its hours, counted from the midnight before the slot."""
        later = (self.day - slot.day).days * DAY_MINUTES
        return self.opens + later, self.closes + later

    def touches(self, slot: Slot) -> bool:
        """Whether the slot is longer or shorter than its two clock times say, or begins at a time that is unclear."""
        opens, closes = self.hours_in(slot)
        return slot.opens < closes and opens < slot.closes

    def problem(self, slot: Slot) -> str:
        """What is wrong with a slot that it touches."""
        what = "come twice" if self.twice else "do not exist"
        hours = f"{show_clock(self.opens)} to {show_clock(self.closes)}"
        when = f"on {weekday(self.day)} {show_date(self.day, year=True)}"
        real = _real_minutes(slot, self.zone)
        lasts = "" if real == slot.minutes else f", so {slot.hours} lasts {show_minutes(real)}"
        lasts += f" and not {show_minutes(slot.minutes)}" if lasts else ""
        times = f"{when} the hours from {hours} {what} in {self.zone}"
        return f"the clock changes within the slot {slot.hours}: {times}{lasts}"

    def remedy(self, slot: Slot) -> str:
        """The slots to write instead: before and after the change."""
        changes, goes_on = self.hours_in(slot)
        parts = [(opens, closes) for opens, closes in ((slot.opens, changes), (goes_on, slot.closes)) if opens < closes]
        if not parts:
            return "take the slot out"
        left = [f"{show_clock(opens)}-{show_clock(closes)}" for opens, closes in parts]
        if self.day != slot.day and goes_on < slot.closes:
            first = f"write {left[0]}, in the 'slots' of this day, and " if len(left) > 1 else "write "
            return f"{first}{left[-1]} in those of the next day"
        instead = left[0] if len(left) == 1 else f"two slots, {left[0]} and {left[1]}"
        return f"write {instead}, in the 'slots' of this day"


def clock_changes(slots: Iterable[Slot], zone: str) -> Iterator[tuple[Slot, ClockChange]]:
    """Slots that a change of the clock of ``zone``, an IANA name, touches."""
    for slot in slots:
        for day in (slot.day, slot.day + timedelta(days=1)) if slot.closes > DAY_MINUTES else (slot.day,):
            change = _change_on(day, zone)
            if change is not None and change.touches(slot):
                yield slot, change


@cache
def _change_on(day: date, zone: str) -> ClockChange | None:
    """The change of a day; None on all others. Two offsets at one clock time tell the hours in question."""
    midnight, place = datetime.combine(day, time()), ZoneInfo(zone)
    if place.utcoffset(midnight) == place.utcoffset(midnight + timedelta(days=1)):
        return None
    clocks = [midnight + timedelta(minutes=minute) for minute in range(DAY_MINUTES)]
    odd = [m for m, clock in enumerate(clocks) if place.utcoffset(clock) != place.utcoffset(clock.replace(fold=1))]
    if not odd:
        return None
    first = clocks[odd[0]]
    before, after = place.utcoffset(first), place.utcoffset(first.replace(fold=1))
    assert before is not None, "a zone of the IANA table has an offset at every time"
    assert after is not None, "a zone of the IANA table has an offset at every time"
    return ClockChange(day, zone, odd[0], odd[-1] + 1, before > after)


def _real_minutes(slot: Slot, zone: str) -> int:
    """The minutes that really pass from the opening to the closing."""
    midnight = datetime.combine(slot.day, time(), ZoneInfo(zone))
    opens, closes = ((midnight + timedelta(minutes=m)).astimezone(UTC) for m in (slot.opens, slot.closes))
    return (closes - opens) // timedelta(minutes=1)
