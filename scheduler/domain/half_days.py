"""Half-days: the slots of a day that no pause of an hour or more parts.

10:00-11:30 and 11:30-13:00 are one morning; 10:00-13:00 and 15:00-18:00 are two half-days. They are reckoned over the
slots that are open to somebody, so that a slot reserved for others may part what is one half-day for those others.
Secretariats count nothing else: "WGTR has a whole day, WGTU a half-day".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.domain.breaks import LONG_PAUSE
from scheduler.domain.calendar import Slot
from scheduler.domain.clock import NOON, show_clock

EVENING = 18 * 60
"""When an evening begins, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class SlotsOfDay:
    """Slots of one day."""

    slots: tuple[Slot, ...]
    """At least one, in order."""

    @property
    def opens(self) -> int:
        """When its first slot opens, in minutes after midnight."""
        return self.slots[0].opens

    @property
    def closes(self) -> int:
        """When its last slot closes, in minutes after midnight."""
        return self.slots[-1].closes


@dataclass(frozen=True, slots=True)
class HalfDay(SlotsOfDay):
    """Slots between which no pause is an hour or longer."""

    @property
    def day(self) -> date:
        """The day on which it lies."""
        return self.slots[0].day

    @property
    def minutes(self) -> int:
        """The length of its slots together, short pauses between them left out."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def indices(self) -> frozenset[int]:
        """Indices of its slots on the axis."""
        return frozenset(slot.index for slot in self.slots)

    @property
    def word(self) -> str:
        """``morning``, ``afternoon`` (from noon) or ``evening`` (from 18:00), by when it opens.

        Two half-days of a day may share it: 08:00-09:00 and 10:00-13:00 are two mornings.
        """
        return "morning" if self.opens < NOON else "afternoon" if self.opens < EVENING else "evening"

    @property
    def hours(self) -> str:
        """From its opening to its closing, as a scenario writes hours: ``10:00-13:00``."""
        return f"{show_clock(self.opens)}-{show_clock(self.closes)}"


def half_days(slots: Iterable[Slot]) -> tuple[HalfDay, ...]:
    """The half-days that these slots of a calendar make up, in order; each slot lies in one.

    Give the slots that are open to the body in question: ``Programme.half_days`` does that for a session.
    """
    found: list[list[Slot]] = []
    for slot in sorted(slots, key=lambda slot: slot.index):
        last = found[-1][-1] if found else None
        if last is not None and last.day == slot.day and slot.opens - last.closes < LONG_PAUSE:
            found[-1].append(slot)
        else:
            found.append([slot])
    return tuple(HalfDay(tuple(group)) for group in found)
