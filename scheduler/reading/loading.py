"""Reads scenarios: every mistake at once, each with its place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from constraints import STANDING
from scheduler.domain.calendar import SlotHours
from scheduler.domain.clock import agreeing, show_clock, show_minutes
from scheduler.domain.persons import Entry, Officer
from scheduler.domain.side_events import HeldEvent, alike
from scheduler.domain.timetable import Timetable
from scheduler.domain.when import Period, parse_when
from scheduler.reading.composite import Composite, ranges_in, tables_in
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError, first_few, warned
from scheduler.reading.entry import validated
from scheduler.reading.presence_doubts import presence_doubts
from scheduler.reading.stale import stale
from scheduler.reading.yamltext import Document, read_document
from scheduler.rules.rule import Exclusive
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed, quoted

MOST_WEEKEND_WARNINGS = 4
"""Days at weekends that get a warning each."""
MOST_BODIES_NAMED = 3
"""Bodies below another that one message names."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario with the file it came from and what is doubtful about it."""

    scenario: Scenario
    document: Document
    warnings: tuple[Diagnostic, ...]


def load(path: str | Path) -> Loaded:
    """Read a scenario from a file, ``-`` for standard input.

    Raises:
        ScenarioError: with a diagnostic for every mistake, and the warnings.
    """
    document = read_document(path)
    if "extends" in document.root.children:
        from scheduler.reading.variants import resolve

        document = resolve(document)
    return from_document(document)


def from_document(document: Document) -> Loaded:
    """Build the scenario of a document.

    Raises:
        ScenarioError: with a diagnostic for every mistake, and the warnings.
    """
    if document.data.get("format") == "treaty-schedule/timetable":
        told = "this is a timetable: name the scenario that it answers, a YAML file"
        raise ScenarioError(document.diagnose((), told))
    if ranges_in(document.root):
        from scheduler.reading.day_ranges import in_full

        document = in_full(document)
    if any(tables_in(document.root)):
        from scheduler.reading.tables.expanding import expanded

        document = expanded(document)
    scenario, warnings = validated(document, document.problems if isinstance(document, Composite) else ())
    return Loaded(scenario, document, (*warnings, *_doubts(document, scenario)))


# --- warnings: what makes a timetable impossible or is unusual -----------------------------------------------------


def _doubts(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    yield from (warned(document, ("bodies",), text) for text in _demand(scenario))
    yield from _homeless(document, scenario)
    weekends = [
        (index, scenario.calendar.day_name(day.date))
        for index, day in enumerate(scenario.calendar.days)
        if day.date.weekday() >= 5 and day.date in scenario.calendar.axis.by_day
    ]
    for (index, name), left in first_few(weekends, MOST_WEEKEND_WARNINGS):
        more = f", and {counted(left, 'further day')} at weekends" if left else ""
        message = f"{name}{more}: meetings at a weekend are unusual; interpreters and rooms may be missing"
        yield warned(document, ("calendar", "days", index), message)
    for loc, message, hint in stale(scenario, document.data):
        yield warned(document, loc, message, hint)
    yield from _presence(document, scenario)
    yield from _absences(document, scenario)
    yield from _names_of_other_slots(document, scenario)
    yield from _times_outside_slots(document, scenario)
    yield from _wishes_between_openings(document, scenario)
    for index, rule in enumerate(scenario.rules):
        idle = [name for name in rule.of if not scenario.work(name) and name not in scenario.dropped]
        if idle:
            yield warned(
                document, ("rules", index, "of"), f"{listed(idle)} has no session: the rule says nothing about it"
            )
        for text in rule.silent(scenario):
            yield warned(document, ("rules", index, "of" if rule.of else "rule"), text)
    yield from _idle_rows(document, scenario)
    if any(rule.rule in STANDING and rule.weight for rule in scenario.rules):
        from scheduler.reading.lifted import lifted

        yield from lifted(document, scenario)
    named = any(session.presenters or session.attendees for session in scenario.sessions.values())
    named = named or any(event.organiser or event.speakers for event in scenario.listed_events)
    if named or scenario.people or any(officer.name or officer.vacant for officer in scenario.officers):
        from scheduler.reading import people_doubts
        from scheduler.reading.unguarded import unguarded

        yield from people_doubts.doubts(document, scenario)
        yield from unguarded(document, scenario)
    if scenario.held_again:
        from scheduler.reading import repeating

        found = repeating.doubts(document.data, scenario)
        yield from (warned(document, loc, message, hint) for loc, message, hint in found)
    if scenario.mentions_suspension:
        from scheduler.reading import suspending

        yield from (warned(document, loc, message) for loc, message in suspending.doubts(scenario))
    if scenario.starting_anywhere:
        from scheduler.reading import free_starts

        yield from (warned(document, loc, message) for loc, message in free_starts.doubts(scenario))
    if scenario.mentions_room_change:
        from scheduler.reading import room_changes

        yield from (warned(document, loc, message) for loc, message in room_changes.doubts(scenario))
    if scenario.listed_events:
        from scheduler.reading import side_events

        yield from side_events.doubts(document, scenario)
    if scenario.letter:
        from scheduler.reading import letters

        yield from (warned(document, loc, message) for loc, message in letters.doubts(scenario))
    if scenario.meeting.breaks_in_annex or scenario.meeting.key_of_names:
        from scheduler.reading import annex_doubts

        yield from (warned(document, loc, message) for loc, message in annex_doubts.doubts(scenario))
    if not scenario.sessions and not scenario.dropped:
        yield warned(document, ("bodies",), "no body has a session: nothing is to be timetabled")


def _demand(scenario: Scenario) -> Iterator[str]:
    """Total demand against capacity, in hours and minutes."""
    rooms, asked = len(scenario.rooms), scenario.minutes_asked
    strict = [rule for rule in scenario.rules if rule.weight is None and not rule.of]
    plenary = any(rule.exclusive is Exclusive.MEETING for rule in strict)
    there = scenario.calendar.axis.total if plenary else scenario.minutes_there
    if asked > there:
        where = "" if plenary or rooms == 1 else f" in {rooms} rooms"
        yield (
            f"{show_minutes(asked)} {agreeing(asked, 'is', 'are')} asked for, "
            f"{show_minutes(there)} {agreeing(there, 'exists', 'exist')}{where}: "
            f"{show_minutes(asked - there)} too much"
        )


def _homeless(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Sessions that fit nowhere in the calendar."""
    for loc, session in scenario.stated():
        if session.id in scenario.sessions:
            own = scenario.own_slots(session.id)  # type: ignore[arg-type]  # an id of this scenario
            room = sum(slot.minutes for slot in scenario.calendar.axis.slots if slot.index in own)
            needed = scenario.minutes(session.id)  # type: ignore[arg-type]
            if needed > room:
                message = f"fits nowhere: it takes {show_minutes(needed)}, its slots together last {show_minutes(room)}"
                yield warned(document, (*loc, "duration"), message)


def _idle_rows(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Bodies in tables, which stand for their own sessions, that have none: the penalties are never paid."""
    holding = {body.id for body in scenario.body_of.values()} | set(scenario.dropped)
    for index, rule in enumerate(scenario.rules):
        told = set(holding)
        for keys, name in rule.bodies_in_tables():
            if name not in told:
                told.add(name)
                below = [body.id for body in scenario.bodies if body.parent == name]
                instead = f": name those below it, {listed(below[:MOST_BODIES_NAMED])}" if below else ""
                message = f"'{name}' has no session of its own, so its penalties are never paid{instead}"
                loc: Loc = ("rules", index, *keys)
                yield warned(document, loc, message, key=True)


def _presence(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """What people's times say twice, or against one another."""
    if any(entry.present or entry.absent for _, entry in scenario.entries()):
        for loc, message, hint in presence_doubts(scenario):
            yield warned(document, loc, message, hint)


def _absences(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Times of people that touch neither a slot nor a side event of theirs: the year may be wrong."""
    for loc, entry in scenario.entries():
        for key, periods in (("absent", entry.absent), ("present", entry.present)):
            for number, period in enumerate(periods):
                slots = scenario.calendar.axis.slots
                if not any(period.meets(slot) for slot in slots) and not _at_events(scenario, entry, period):
                    on_the_day = any(period.on(slot.day) for slot in slots)
                    doubt = ": are the hours right?" if on_the_day else f", {period.first.year}: is the date right?"
                    message = f"nobody meets {period.spoken}{doubt}"
                    yield warned(document, (*loc, key, number), message)


def _names_of_other_slots(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Names of slots that mean others in rules and absences: ``pm`` in the morning, ``Tuesday`` on every day."""
    calendar = scenario.calendar
    lists: list[tuple[Loc, tuple[SlotHours, ...]]] = [(("calendar", "slots"), calendar.slots)]
    lists += [(("calendar", "days", number, "slots"), day.slots or ()) for number, day in enumerate(calendar.days)]
    for loc, hours in lists:
        for number, name in [(number, slot.name) for number, slot in enumerate(hours) if slot.name]:
            try:
                meant = parse_when(name).slots(calendar)
            except ValueError:
                continue  # no words of rules
            called = {s.index for s in calendar.axis.slots if f" {s.name}".endswith(f" {name}")}
            if not called <= meant:
                message = f"{quoted(name)} is the name of a slot, and means something else in rules and absences"
                yield warned(document, (*loc, number, "name"), message, "choose another name")


def _at_events(scenario: Scenario, entry: Entry, period: Period) -> bool:
    """Whether a time touches hours in which a side event is held, or may be, that needs this person."""
    if not scenario.listed_events:
        return False
    from scheduler.side_events.places import given_of, occasions, people_of

    person = alike(scenario.person(entry.id if isinstance(entry, Officer) else entry.key))
    own = {name for name, event in scenario.event.items() if person in people_of(scenario, event)}
    held = [each for each in given_of(scenario) if each.event in own]
    if not own.isdisjoint(scenario.to_place):
        held += [HeldEvent(each.day, each.opens, each.closes, "") for each in occasions(scenario)]
    return any(period.meets(each) for each in held)


def _times_outside_slots(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Fixed times at which no slot is open: at lunch, at night, or on a day without slots."""
    axis = scenario.calendar.axis
    for index, rule in enumerate(scenario.rules):
        if rule.fixed_time is None:
            continue
        at, part = rule.fixed_time
        whole = {slot.index: ((slot.opens, slot.closes),) for slot in axis.slots}
        meant = whole if part is None else part.windows(scenario.calendar)
        minutes = {index: axis.slots[index].minute_of(at) for index in meant}
        inside = ((minutes[index], span) for index, spans in meant.items() for span in spans)
        if not any(minute is not None and opens <= minute < closes for minute, (opens, closes) in inside):
            when = f" {part.spoken(scenario.calendar)}" if part else ""
            message = f"no slot is open at {show_clock(at)}{when}: nothing can start then"
            yield warned(document, ("rules", index, "at"), message)


def _wishes_between_openings(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Wishes for a time between openings, for work that must start at one: they are never granted."""
    wishes = [
        (index, rule, fixed.at)
        for index, rule in enumerate(scenario.rules)
        if rule.fixes_time and rule.weight and (fixed := rule.fixed_time)
    ]
    if not wishes:
        return
    slots = scenario.calendar.axis.slots
    confined = {session: rule.rule for rule in scenario.all_rules for session in rule.at_openings(scenario)}
    for index, rule, at in wishes:
        starts = [slot.position(minute) for slot in slots if (minute := slot.minute_of(at)) is not None]
        stuck = []
        for session in [session for session in rule.sessions(scenario) if session in confined]:
            sits = [place for start in starts if (place := scenario.place(session, start))]
            granted = [place for place in sits if not any(rule.check(scenario, Timetable([place])))]
            if granted and all(slots[place.segments[0].slot].begins != place.start for place in granted):
                stuck.append(session)
        if stuck:
            clock, kind = show_clock(at), confined[stuck[0]]
            why = f"{kind} lets work start only when a slot opens, and none opens at {clock}"
            remedy = "leave the weight out, or write starts: anywhere for the work"
            titles = listed([scenario.title(session) for session in stuck])
            message = f"this wish can never be granted to {titles}: {why}; {remedy}"
            yield warned(document, ("rules", index, "weight"), message)
