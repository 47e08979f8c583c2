"""Breaks that lie in no slot, at its edge, over one another or off the grain, and fixed times within a break."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import gcd

from scheduler.domain.breaks import Break
from scheduler.domain.calendar import Calendar, SlotHours
from scheduler.domain.clock import show_clock, show_day, show_minutes
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario

Mistake = tuple[Loc, str, str]


def mistaken(scenario: Scenario) -> Iterator[Mistake]:
    """What is wrong with breaks: the place, the sentence, the remedy."""
    calendar = scenario.calendar
    found = list(_misplaced(calendar))
    found += () if found else [*_overlapping(calendar)]
    found += () if found else [*_off_the_grain(calendar)]
    yield from found
    if not found:
        yield from _fixed_times_within(scenario)


def _hours_of(calendar: Calendar, day: date) -> tuple[SlotHours, ...]:
    """The slots of a day as they are written; none on a holiday."""
    entry = next(each for each in calendar.days if each.date == day)
    if day in calendar.closed:
        return ()
    return calendar.slots if entry.slots is None else entry.slots


def _misplaced(calendar: Calendar) -> Iterator[Mistake]:
    for number, each in enumerate(calendar.breaks or ()):
        days = [day for day in calendar.dates if each.on(day)]
        faults = [(day, fault) for day in days if (fault := _fault(each, _hours_of(calendar, day)))]
        nowhere = [day for day in days if not any(_meets(each, slot) for slot in _hours_of(calendar, day))]
        loc: Loc = ("calendar", "breaks", number)
        if faults:
            day, (message, remedy) = faults[0]
            others = "" if each.days is not None or len(faults) == len(days) else ", or name the 'days' that have it"
            yield loc, f"on {show_day(day)} {message}", f"{remedy}{others}"
        elif nowhere and (each.days is not None or len(nowhere) == len(days)):
            where = f"on {show_day(nowhere[0])} " if each.days is not None else ""
            slots = [slot for day in nowhere[:1] for slot in _hours_of(calendar, day)]
            open_then = ", ".join(f"{show_clock(slot.opens)}-{show_clock(slot.closes)}" for slot in slots)
            remedy = f"slots are {open_then}; what lies between them needs no break"
            message = f"{where}no slot is open {_hours(each)}: a break lies within a slot"
            yield loc, message, remedy if slots else "name days with slots"


def _meets(each: Break, slot: SlotHours) -> bool:
    first, last = each.within(slot.opens, slot.closes)
    return slot.opens < last and first < slot.closes


def _fault(each: Break, slots: tuple[SlotHours, ...]) -> tuple[str, str] | None:
    """Why a break does not lie within the slot that it meets, and what to write instead."""
    for slot in slots:
        first, last = each.within(slot.opens, slot.closes)
        if not _meets(each, slot) or (slot.opens < first and last < slot.closes):
            continue
        shown = f"{show_clock(slot.opens)}-{show_clock(slot.closes)}"
        if first <= slot.opens and slot.closes <= last:
            return f"the break {_span(each)} takes the whole slot {shown}", "take the slot out"
        if first <= slot.opens:
            remedy = f"let the slot open at {show_clock(last)}"
        else:
            remedy = f"let the slot close at {show_clock(first)}"
        return f"the break {_span(each)} does not lie within the slot {shown}", remedy
    return None


def _span(each: Break) -> str:
    return f"{show_clock(each.hours[0])}-{show_clock(each.hours[1])}"


def _hours(each: Break) -> str:
    return f"from {show_clock(each.hours[0])} to {show_clock(each.hours[1])}"


def _overlapping(calendar: Calendar) -> Iterator[Mistake]:
    breaks = calendar.breaks or ()
    for number, later in enumerate(breaks):
        for earlier in breaks[:number]:
            apart = earlier.hours[1] < later.hours[0] or later.hours[1] < earlier.hours[0]
            both = [day for day in calendar.dates if earlier.on(day) and later.on(day)]
            both = [day for day in both if any(_meets(later, slot) for slot in _hours_of(calendar, day))]
            if both and not apart:
                first, last = min(earlier.hours[0], later.hours[0]), max(earlier.hours[1], later.hours[1])
                message = f"the breaks {_span(earlier)} and {_span(later)} overlap or touch on {show_day(both[0])}"
                remedy = f"write one, {show_clock(first)}-{show_clock(last)}, or give them different 'days'"
                yield ("calendar", "breaks", number), message, remedy
                break


def _off_the_grain(calendar: Calendar) -> Iterator[Mistake]:
    """Working time up to a break, or of a whole slot, that a declared grain does not divide."""
    grain = calendar.grain
    if not grain:
        return
    told = set()
    for slot in calendar.axis.slots:
        for first, _ in slot.breaks:
            number = next(
                n
                for n, b in enumerate(calendar.breaks or ())
                if b.on(slot.day) and b.within(slot.opens, slot.closes)[0] == first
            )
            passed = slot.position(first) - slot.begins
            if passed % grain and number not in told:
                told.add(number)
                clocks = [first - passed % grain + more for more in (0, grain)]
                near = " or ".join(show_clock(clock) for clock in clocks if slot.opens < clock < slot.closes)
                message = (
                    f"{show_minutes(passed)} of work before {show_clock(first)}, from {show_clock(slot.opens)}, do not "
                    f"fit the grain of {show_minutes(grain)}"
                )
                yield ("calendar", "breaks", number), message, f"begin it at {near}, or choose a finer grain"
        if slot.minutes % grain and not told:
            days = {day.date: index for index, day in enumerate(calendar.days) if day.slots is not None}
            loc: Loc = ("calendar", "days", days[slot.day], "slots") if slot.day in days else ("calendar", "slots")
            finer = f"choose a finer grain, such as {show_minutes(gcd(grain, slot.minutes))}"
            pauses = " without its breaks" if slot.breaks else ""
            message = f"the slot {slot.hours} lasts {show_minutes(slot.minutes)}{pauses}"
            yield loc, f"{message}, which does not fit the grain of {show_minutes(grain)}", finer
            return


def _fixed_times_within(scenario: Scenario) -> Iterator[Mistake]:
    """Fixed times at which every slot meant has a break: nobody starts in one."""
    calendar = scenario.calendar
    for index, rule in enumerate(scenario.rules):
        if rule.fixed_time is None:
            continue
        at, part = rule.fixed_time
        meant = [slot for slot in calendar.axis.slots if part is None or slot.index in part.slots(calendar)]
        there = [slot for slot in meant if slot.opens <= at < slot.closes]
        if there and all(slot.minute_of(at) is None for slot in there):
            first, last = next(span for span in there[0].breaks if span[0] <= at < span[1])
            message = f"nobody starts at {show_clock(at)}, in the break {show_clock(first)}-{show_clock(last)}"
            yield ("rules", index, "at"), message, f"write {show_clock(last)}, when work goes on, or move the break"
