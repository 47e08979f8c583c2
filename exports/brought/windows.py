"""The hours in which a line of a table may put a session: the slots of the half-day that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from exports.brought.days import HALF_DAYS, HALVES, WHOLE_DAY, read_hours
from exports.brought.lines import Line
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import AFTER_LUNCH, Slot
from scheduler.domain.clock import NOON, show_day, show_hours
from scheduler.domain.half_days import HalfDay, half_days
from scheduler.scenario import Scenario
from scheduler.wording import listed


class Window(NamedTuple):
    """Minutes after midnight, half-open."""

    opens: int
    closes: int


def meets(windows: Iterable[Window], start: int, end: int) -> bool:
    """Whether a stretch shares a minute with one of the windows."""
    return any(start < window.closes and window.opens < end for window in windows)


class UnclearPartError(ValueError):
    """A part of a day that is none in this calendar, or several."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table on its day."""

    line: Line
    day: date

    def windows(self, scenario: Scenario, session: SessionId) -> tuple[Window, ...]:
        """Where the line may put a session, in order; hours that no slot holds, where none holds any of them.

        Raises:
            UnclearPartError: no half-day of the day is called so, or several are.
        """
        own = _own(scenario, session, self.day)
        part = "" if HALVES.get(self.line.part.lower()) == WHOLE_DAY else self.line.part
        hours = read_hours(part)
        if hours is not None and hours[0] is not None:
            return _within(own, hours[0], hours[1])
        if slot := slot_named(scenario, self.day, part):
            return self._of_slot(scenario, session, own, slot)
        if part and part.lower() not in HALVES:
            raise UnclearPartError(f"{show_day(self.day)} has no slot '{part}': write a half-day, or hours")
        if part:
            return self._called(scenario, session, own, HALVES[part.lower()])
        found = tuple(Window(slot.opens, slot.closes) for half in own for slot in half.slots)
        if self.line.start is not None:
            here = [half for half in own if half.opens <= self.line.start < half.closes]
            if here:
                return _slots(here[0].slots)
            return (Window(self.line.start, self.line.end or 24 * 60),)
        if not found:
            return self._elsewhere(scenario, session, "")
        return found

    def _of_slot(
        self, scenario: Scenario, session: SessionId, own: Sequence[HalfDay], slot: Slot
    ) -> tuple[Window, ...]:
        """A slot by its name; where it is too short, and is called as its half-day is, that half-day is meant."""
        word = HALVES.get(self.line.part.lower())
        too_short = session in scenario.sessions and scenario.minutes(session) > slot.minutes
        if too_short and word in HALF_DAYS:
            around = [slots for half in own for slots in _parts(half, own) if slot in slots and _word(slots) == word]
            if around:
                return _slots(around[0])
        return (Window(slot.opens, slot.closes),)

    def _called(self, scenario: Scenario, session: SessionId, own: Sequence[HalfDay], word: str) -> tuple[Window, ...]:
        found = [slots for half in own for slots in _parts(half, own) if _word(slots) == word]
        if self.line.start is not None and len(found) > 1:
            held = [slots for slots in found if slots[0].opens <= self.line.start < slots[-1].closes]
            found = held or found
        if not found:
            return self._elsewhere(scenario, session, word)
        if len(found) > 1:
            hours = listed([show_hours(slots[0].opens, slots[-1].closes) for slots in found], "or")
            raise UnclearPartError(f"the {word} of {show_day(self.day)} may be {hours}: write the hours")
        return _slots(found[0])

    def _elsewhere(self, scenario: Scenario, session: SessionId, word: str) -> tuple[Window, ...]:
        """The hours that a half-day has on other days, on one that does not have it: they lie outside every slot."""
        if self.line.start is not None:
            return (Window(self.line.start, self.line.end or 24 * 60),)
        for day in scenario.calendar.axis.days:
            own = _own(scenario, session, day)
            found = [slots for half in own for slots in _parts(half, own) if word in ("", _word(slots))]
            if found:
                return tuple(Window(slot.opens, slot.closes) for slots in found for slot in slots)
        raise UnclearPartError(f"no day of this scenario has a meeting in the {word or 'hours meant'}: write the hours")


def slot_named(scenario: Scenario, day: date, name: str) -> Slot | None:
    """The slot of a day that has a name of its own."""
    if not name:
        return None
    known = {key.casefold(): index for key, index in scenario.calendar.slot_named.items()}
    for called in (name, f"{day} {name}"):
        index = known.get(called.casefold())
        if index is not None and scenario.calendar.axis.slots[index].day == day:
            return scenario.calendar.axis.slots[index]
    return None


def slot_names(scenario: Scenario) -> list[str]:
    """What slots are called, each name once."""
    calendar = scenario.calendar
    hours = [*calendar.slots, *(slot for day in calendar.days for slot in day.slots or ())]
    return list(dict.fromkeys(slot.name for slot in hours if slot.name))


def _own(scenario: Scenario, session: SessionId, day: date) -> list[HalfDay]:
    """The half-days of a session; of one that is not held those of everybody."""
    axis = scenario.calendar.axis
    known = session in scenario.sessions
    found = scenario.half_days(session) if known else half_days(axis.slots[index] for index in sorted(axis.common))
    return [half for half in found if half.day == day]


def _parts(half: HalfDay, own: Sequence[HalfDay]) -> list[tuple[Slot, ...]]:
    """A half-day; one that lasts from the morning into the afternoon of a day without any other, by its halves."""
    long = half.opens < NOON and half.closes > AFTER_LUNCH and all(each.word != "afternoon" for each in own)
    parts = [tuple(slot for slot in half.slots if (slot.opens < NOON) is early) for early in (True, False)]
    return [part for part in parts if part] if long and all(parts) else [half.slots]


def _word(slots: Sequence[Slot]) -> str:
    return HalfDay(tuple(slots)).word


def _slots(slots: Sequence[Slot]) -> tuple[Window, ...]:
    return tuple(Window(slot.opens, slot.closes) for slot in slots)


def _within(own: Sequence[HalfDay], opens: int, closes: int | None) -> tuple[Window, ...]:
    """The parts of slots between two times of day; of one time alone the rest of its half-day."""
    if closes is None:
        here = [half for half in own if half.opens <= opens < half.closes]
        closes = here[0].closes if here else 24 * 60
    clipped = [(max(slot.opens, opens), min(slot.closes, closes)) for half in own for slot in half.slots]
    return tuple(Window(*each) for each in clipped if each[0] < each[1]) or (Window(opens, closes),)
