"""What a scenario leaves open: errors that a planner meets when a scenario is read, each with its place.

A timetable of an earlier version carries its scenario as it was, and is still read: nothing here concerns it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.clock_changes import clock_changes
from scheduler.domain.promise import FinishBy
from scheduler.domain.titles import TEXTS, unknown
from scheduler.domain.when import PartOfCalendar
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario
from scheduler.wording import quoted, suggest


def unclear(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and perhaps the remedy: words that mean several things, and slots in which the clock changes."""
    yield from _parts(scenario)
    yield from _clocks(scenario)
    yield from _placeholders(scenario)


def _parts(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Weekdays that occur twice where one moment is asked for; ``am`` and ``pm`` where a slot lies in both."""
    calendar = scenario.calendar
    for index, rule in enumerate(scenario.rules):
        for key in type(rule).model_fields:
            value = getattr(rule, key)
            listed = value if isinstance(value, tuple) else (value,)
            for number, part in enumerate(listed):
                if isinstance(part, PartOfCalendar) and (found := part.unclear(calendar, one=part is value)):
                    yield ("rules", index, key, *(() if part is value else (number,))), found, ""
    for index, promise in enumerate(scenario.promises or ()):
        if isinstance(promise, FinishBy) and (found := promise.by.unclear(calendar)):
            yield ("promises", index, "by"), found, ""


def _clocks(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Slots that last longer or shorter than their two times say; a slot of every day is told once."""
    own = {day.date: index for index, day in enumerate(scenario.calendar.days) if day.slots is not None}
    told = set()
    for slot, change in clock_changes(scenario.calendar.axis.slots, scenario.meeting.time_zone):
        loc: Loc = ("calendar", "days", own[slot.day], "slots") if slot.day in own else ("calendar", "slots")
        if (loc, slot.hours) not in told:
            told.add((loc, slot.hours))
            yield loc, change.problem(slot), change.remedy(slot)


def _placeholders(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Words in braces that are no placeholder."""
    texts: list[tuple[Loc, str]] = [(("meeting", name), getattr(scenario.meeting, name)) for name in TEXTS]
    texts += [(("meeting", "footnotes", number), note) for number, note in enumerate(scenario.meeting.footnotes)]
    for loc, text in texts:
        for piece in unknown(text):
            message, hint = "a brace that stands alone", "write {{ or }} for a brace"
            if len(piece) > 1:
                message = f"{quoted(piece)} is no placeholder"
                near = suggest(piece.strip("{}").lower(), ["dates", "draft"])
                near = "DATES" if near == "dates" and piece.isupper() else near
                hint = f"did you mean '{{{near}}}'?" if near else "there are {dates}, {DATES} and {draft}"
                hint += "; {{ and }} stand for braces"
            yield loc, message, hint
