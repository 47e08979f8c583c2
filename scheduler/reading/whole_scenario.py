"""Mistakes that only the whole scenario shows, although each part of it is valid.

Each comes as its place, a sentence, and the remedy, which may be empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from scheduler.domain.clock import show_clock, show_minutes, write_minutes
from scheduler.domain.clock_changes import clock_changes
from scheduler.domain.promise import FinishBy
from scheduler.domain.seats import SeatEntry, named_in_two_ways
from scheduler.domain.titles import TEXTS, unknown
from scheduler.domain.when import PartOfCalendar
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario, entries
from scheduler.wording import quoted, suggest

ID_FAMILIES = ("audiences", "rooms", "officers", "bodies", "people", "rules", "promises")
Mistake: TypeAlias = tuple[Loc, str, str]
"""The place, the sentence and the remedy."""


def mistaken(scenario: Scenario) -> Iterator[Mistake]:
    """Contradictions: lengths off the grain, orders of a body within itself, promises by days without slots."""
    if scenario.calendar.breaks:
        from scheduler.reading import breaks

        if found := list(breaks.mistaken(scenario)):
            yield from found
            return  # what else is wrong may only follow from them
    yield from _off_the_grain(scenario)
    yield from _orders_within(scenario)
    yield from _promises_of_no_day(scenario)
    yield from _named_in_two_ways(scenario)
    if scenario.open_seats and scenario.held_again:
        yield from _choosing_and_chosen(scenario)
    if scenario.mentions_suspension:
        from scheduler.reading import suspending

        yield from suspending.mistaken(scenario)
    if scenario.listed_events:
        from scheduler.reading import side_events

        yield from side_events.mistaken(scenario)
    if scenario.mentions_room_change:
        from scheduler.reading import room_changes

        yield from room_changes.mistaken(scenario)
    if scenario.mentions_starts:
        from scheduler.reading import free_starts

        yield from free_starts.mistaken(scenario)
    if scenario.letter:
        from scheduler.reading import letters

        yield from letters.mistaken(scenario)


def _named_in_two_ways(scenario: Scenario) -> Iterator[Mistake]:
    """Lists of officers or presenters that name somebody with deputies and without, or with others."""
    for b, body in enumerate(scenario.bodies):
        lists: list[tuple[Loc, Sequence[SeatEntry]]] = [(("bodies", b, "officers"), body.officers)]
        for s, session in enumerate(body.sessions):
            place: Loc = ("bodies", b, "sessions", s)
            lists += [((*place, "officers"), session.officers), ((*place, "presenters"), session.presenters or ())]
        for loc, named in lists:
            for number, name in named_in_two_ways(named):
                yield (*loc, number), f"this list names '{name}' twice", "leave one of the two out"


def _choosing_and_chosen(scenario: Scenario) -> Iterator[Mistake]:
    """Attendees with a choice between the times of a session who may be chosen to serve or to present somewhere."""
    seats = (scenario.seats(s)[number] for s, numbers in scenario.open_seats.items() for number in numbers)
    chosen = {person for seat in seats for person in seat.people}
    times = {time for held in scenario.held_again.values() for time in held}
    for loc, session in scenario.stated():
        for number, name in enumerate(session.attendees or () if session.id in times else ()):
            if scenario.person(name) in chosen:
                message = f"'{name}' attends this, which is held several times, and is one of several or a deputy"
                yield (*loc, "attendees", number), message, "leave one of the two out: one person has one choice"


def _off_the_grain(scenario: Scenario) -> Iterator[Mistake]:
    """Lengths within rules that a declared grain does not divide, each at the value that it comes from."""
    grain = scenario.calendar.grain
    for index, rule in enumerate(scenario.rules):
        odd = next((step for step in rule.steps(scenario) if grain and step % grain), None)
        if odd is None or grain is None:
            continue
        at = None if rule.fixed_time is None else rule.fixed_time.at
        key = next((k for k in type(rule).model_fields if getattr(rule, k) == odd), "rule" if at is None else "at")
        what = show_minutes(odd)
        lower = odd // grain * grain
        near = [write_minutes(m) for m in (lower, lower + grain) if m]
        if key == "at" and at is not None:
            slots = scenario.calendar.axis.slots
            slot = next(s for s in slots if s.minute_of(at) is not None and s.position(at) - s.begins == odd)
            what = f"{show_clock(at)} is {what} after the slot opens at {show_clock(slot.opens)}, which"
            near = [show_clock(slot.start_at(slot.begins + m)) for m in (lower, lower + grain)]
        message = f"{what} does not fit the grain of {show_minutes(grain)}: write {' or '.join(near)}, or a finer grain"
        yield ("rules", index, key), message, ""


def _orders_within(scenario: Scenario) -> Iterator[Mistake]:
    """Orders of a body and of what belongs to it: nothing comes before itself."""
    for index, rule in enumerate(scenario.rules):
        for number, name in enumerate(rule.of if rule.chained else ()):
            for earlier in rule.of[:number]:
                both = set(scenario.work(earlier)) & set(scenario.work(name))
                if both:
                    shared = f"'{next(s for s in scenario.sessions if s in both)}'"
                    message = f"{shared} belongs to '{earlier}' and to '{name}', and nothing comes before itself"
                    yield ("rules", index, "of", number), message, "name sessions of the body, or another body"


def _promises_of_no_day(scenario: Scenario) -> Iterator[Mistake]:
    """Promises to have ended by a day on which nobody meets."""
    for index, promise in enumerate(scenario.promises or ()):
        if isinstance(promise, FinishBy) and promise.by.position(scenario.calendar) is None:
            yield ("promises", index, "by"), f"nobody meets on {promise.by.day}: name a day with slots", ""


def equal_ids(data: Any) -> Iterator[tuple[str, Loc, Loc]]:
    """Ids that are given twice in plain data, with both places: within a list, between bodies, sessions and side
    events, which commands name alike, or officers and people, whom sessions name alike.
    """
    seen: dict[str, dict[str, Loc]] = {family: {} for family in ID_FAMILIES}
    for family in ID_FAMILIES:
        for index, item in enumerate(entries(data, family)):
            alike = "officers" if family == "people" else family
            yield from _taken(seen[alike], item, (family, index, "id"))
            if family == "bodies":
                for number, session in enumerate(entries(item, "sessions")):
                    yield from _taken(seen["bodies"], session, (family, index, "sessions", number, "id"))
    said = data.get("side_events") if isinstance(data, dict) else None
    scheduled = entries(data, "side_events") or entries(said, "events")
    base: Loc = ("side_events",) if entries(data, "side_events") else ("side_events", "events")
    for index, event in enumerate(scheduled):
        yield from _taken(seen["bodies"], event, (*base, index, "id"))


def _taken(seen: dict[str, Loc], item: Any, loc: Loc) -> Iterator[tuple[str, Loc, Loc]]:
    name = item.get("id") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return
    if name in seen:
        yield name, loc, seen[name]
    else:
        seen[name] = loc


def unclear(scenario: Scenario) -> Iterator[Mistake]:
    """Words that mean several things, and slots in which the clock changes; versions before 0.2 left these open."""
    yield from _parts(scenario)
    yield from _clocks(scenario)
    yield from _placeholders(scenario)


def _parts(scenario: Scenario) -> Iterator[Mistake]:
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


def _clocks(scenario: Scenario) -> Iterator[Mistake]:
    """Slots that last longer or shorter than their two times say; a slot of every day is told once."""
    own = {day.date: index for index, day in enumerate(scenario.calendar.days) if day.slots is not None}
    told = set()
    for slot, change in clock_changes(scenario.calendar.axis.slots, scenario.meeting.time_zone):
        loc: Loc = ("calendar", "days", own[slot.day], "slots") if slot.day in own else ("calendar", "slots")
        if (loc, slot.hours) not in told:
            told.add((loc, slot.hours))
            yield loc, change.problem(slot), change.remedy(slot)


def _placeholders(scenario: Scenario) -> Iterator[Mistake]:
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
