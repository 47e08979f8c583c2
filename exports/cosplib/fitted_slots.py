"""A calendar for a CoSPLib conference, whose sessions have hours and, separately, a number of time slots.

Our lengths are minutes, so all time slots of a conference get the same length: the greatest number of whole minutes
with which every session ends by its closing hour. Where even one minute is too long, the session closes later. Sessions
of the library have an order, and their hours may repeat: one that would not come after the one before it gets the next
working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from exports.cosplib.conference_values import Conference, CosplibPeriod
from scheduler.domain.calendar import EARLIEST_YEAR, LATEST_YEAR
from scheduler.domain.clock import DAY_MINUTES, MOST_DAYS
from scheduler.errors import InputError

NO_DATE = date(2030, 1, 7)
"""The first day where the workbook gives none: a Monday."""


@dataclass(frozen=True, slots=True)
class FittedSlot:
    """Where a session of the workbook stands in the calendar; clock times in minutes after midnight."""

    period: CosplibPeriod
    day: date
    opens: int
    closes: int

    @property
    def same_day(self) -> bool:
        """Whether the date is the workbook's."""
        return self.day == self.period.day

    @property
    def same_hours(self) -> bool:
        """Whether the hours are the workbook's."""
        return (self.opens, self.closes) == (self.period.start, self.period.end)


def unit_of(conference: Conference) -> int:
    """Minutes of a time slot."""
    return max(1, min(length_of(period) // period.slots for period in conference.periods))


def length_of(period: CosplibPeriod) -> int:
    """Minutes between the hours of a session; one that ends earlier than it begins runs past midnight."""
    return (period.end - period.start) % DAY_MINUTES


def fitted_slots(conference: Conference) -> list[FittedSlot]:
    """The sessions of the workbook in its order, each after the one before it.

    Raises:
        InputError: the time slots of a session do not fit into a day, or the dates run out of the calendar.
    """
    unit = unit_of(conference)
    found: list[FittedSlot] = []
    for period in conference.periods:
        length = period.slots * unit
        if length > DAY_MINUTES:
            raise InputError(
                f"{conference.name}: {period.slots} time slots in one session are more than a day has minutes"
            )
        opens = min(period.start, DAY_MINUTES - length)
        last = found[-1] if found else None
        day = period.day if period.day and EARLIEST_YEAR <= period.day.year <= LATEST_YEAR else None
        if last is None:
            day = day or NO_DATE
        elif day is None:
            day = last.day if opens >= last.closes else _next(last.day)
        elif (day, opens) < (last.day, last.closes):
            day = _next(last.day)
        if day.year > LATEST_YEAR:
            raise InputError(f"{conference.name}: the dates run beyond the year {LATEST_YEAR}")
        found.append(FittedSlot(period, day, opens, opens + length))
    if (days := len({slot.day for slot in found})) > MOST_DAYS:
        raise InputError(f"{conference.name}: the sessions need {days} days, a scenario holds {MOST_DAYS}")
    return found


def _next(day: date) -> date:
    """The next day that is no Saturday or Sunday."""
    return day + timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
