"""Doubts in what a meeting asks of its annex: keys for which there is nothing to print."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.clock import show_day
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Where a key says nothing, and what is missing."""
    meeting = scenario.meeting
    if meeting.breaks_in_annex and not any(slot.breaks for slot in scenario.calendar.axis.slots):
        loc: Loc = ("meeting", "breaks_in_annex")
        yield loc, "no slot has a break, so none is printed: write them under calendar.breaks"
    if meeting.breaks_in_annex:
        yield from _worked_through(scenario)
    if meeting.key_of_names and not any(body.name for body in scenario.bodies):
        yield ("meeting", "key_of_names"), "no body has a name, so there is no key: give each its full name, name: ..."


def _worked_through(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Breaks of a few days at hours in which the slots of most go on: the rows are those of most."""
    calendar = scenario.calendar
    for number, each in enumerate(calendar.breaks or ()):
        held = {slot.day for slot in calendar.axis.slots if each.within(slot.opens, slot.closes) in slot.breaks}
        held = {day for day in held if each.on(day)}
        hours = each.hours
        meeting = {s.day for s in calendar.axis.slots if s.opens < hours[0] and hours[1] < s.closes}
        for slot in calendar.axis.slots if held and 2 * len(held) < len(meeting) else ():
            hours = each.within(slot.opens, slot.closes)
            if slot.day not in held and slot.opens < hours[0] and hours[1] < slot.closes and not slot.reserved_for:
                message = (
                    f"{each.title or 'this break'} is no break on {show_day(slot.day)}, when the slot goes on, nor on "
                    "most days: where they share a row, the annex leaves it out"
                )
                yield ("calendar", "breaks", number), message
                break
