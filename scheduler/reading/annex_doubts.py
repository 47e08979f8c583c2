"""Doubts in what a meeting asks of its annex: keys for which there is nothing to print."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Where a key says nothing, and what is missing."""
    meeting = scenario.meeting
    if meeting.breaks_in_annex and not any(slot.breaks for slot in scenario.calendar.axis.slots):
        loc: Loc = ("meeting", "breaks_in_annex")
        yield loc, "no slot has a break, so none is printed: write them under calendar.breaks"
    if meeting.key_of_names and not any(body.name for body in scenario.bodies):
        yield ("meeting", "key_of_names"), "no body has a name, so there is no key: give each its full name, name: ..."
