"""Reads scenarios: every mistake at once, each with its place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from constraints import KINDS, STANDING
from scheduler.domain.clock import show_clock, show_minutes
from scheduler.domain.persons import Entry
from scheduler.domain.timetable import Timetable
from scheduler.reading.cleaning import cleaned, lengths_in, obeyed_in
from scheduler.reading.composite import Composite, tables_in
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError, Severity, render
from scheduler.reading.several_places import ID_FAMILIES, entries, equal_ids, mistaken
from scheduler.reading.stale import stale
from scheduler.reading.yamltext import Document, read_document
from scheduler.rules.rule import Exclusive, Rule
from scheduler.scenario import Scenario, context_of
from scheduler.wording import counted, listed, suggest

MOST_WEEKEND_DAYS = 4
"""Days at weekends that are warned of one by one."""
LONGEST_TEXT = 10_000
"""Characters of one text."""
MOST_BELOW = 3
"""Bodies below another that are named."""
_NAMES = ("name", "label", "post", "title")
"""Keys that say what people call what an id names."""


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
        problem = document.diagnose((), "this is a timetable: name the scenario that it answers, a YAML file")
        raise ScenarioError(render([problem]), [problem])
    if any(tables_in(document.root)):
        from scheduler.reading.tables.expanding import expanded

        document = expanded(document)
    told = document.problems if isinstance(document, Composite) else ()
    problems = [*_equal_ids(document), *(each for each in told if each.severity is Severity.ERROR)]
    warnings = [each for each in told if each.severity is Severity.WARNING]
    scenario: Scenario | None = None
    try:
        warnings += _left_out(document)
        problems += _endless(document)
        data = cleaned(document.data)
        scenario = Scenario.model_validate(data, context=context_of(data))
    except ValidationError as error:
        from scheduler.reading.mistakes import from_pydantic

        meant = _as_meant(document.data, Scenario)
        ids = context_of(meant)["ids"].values()
        settled = {name for family in ids for name in family or ()}
        problems += from_pydantic(document, error, partial(fields_at, document.data), settled, _named(meant))
    if scenario is not None and not problems:
        problems += (document.diagnose(loc, message, hint=hint) for loc, message, hint in mistaken(scenario))
    if scenario is not None and not problems:
        warnings += _doubts(document, scenario)
    if problems or scenario is None:
        found = [*problems, *warnings]
        raise ScenarioError(render(found), found)
    return Loaded(scenario, document, tuple(warnings))


def _endless(document: Document) -> Iterator[Diagnostic]:
    """Texts that no cell holds, and that would be cut in silence."""
    for loc, length in lengths_in(document.data, LONGEST_TEXT):
        yield document.diagnose(loc, f"this text has {length:,} characters, {LONGEST_TEXT:,} are the most")


def _left_out(document: Document) -> Iterator[Diagnostic]:
    """Texts with characters that a terminal would obey."""
    for loc, number in obeyed_in(document.data):
        characters = "a character that is" if number == 1 else f"{number} characters that are"
        yield _warn(document, loc, f"{characters} no text, but a command to the screen: left out")


def fields_at(data: Any, loc: Loc) -> list[str]:
    """The keys that a mapping of ``data`` may have; ``loc`` as pydantic writes it, with the tags of unions in it."""
    models: list[type[BaseModel]] = [Scenario]
    for step in loc:
        deeper = [m for model in models if str(step) in model.model_fields for m in models_in(model, str(step))]
        models = deeper or models
        data = _below(data, step)
        kind = data.get("rule") if isinstance(data, dict) else None
        if Rule in models and isinstance(kind, str) and kind in KINDS:
            models = [KINDS[kind]]
    names = [alias for model in models for alias in model.model_fields]
    besides = {"opens": "hours", "bodies": "sessions"}  # texts and tables that stand for what the model holds
    return list(dict.fromkeys([*names, *(other for name, other in besides.items() if name in names)]))


def _below(data: Any, step: str | int) -> Any:
    """What stands at a key or an index; the data itself where the step is a tag and leads nowhere."""
    if isinstance(data, dict) and step in data:
        return data[step]
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else data


def models_in(model: type[BaseModel], field: str) -> list[type[BaseModel]]:
    """The models that a field of a model may hold, at any depth of tuples and unions."""
    found, queue = [], [model.model_fields[field].annotation]
    while queue:
        annotation = queue.pop(0)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found.append(annotation)
        else:
            queue.extend(get_args(annotation))
    return found


def _equal_ids(document: Document) -> Iterator[Diagnostic]:
    """Ids that are given twice."""
    for name, loc, first in equal_ids(document.data):
        here, there = (document.diagnose(place, "") for place in (loc, first))
        file = f" of {there.file}" if there.file != here.file else ""
        yield document.diagnose(loc, f"the id '{name}' is taken on line {there.line}{file}: choose another")


def _as_meant(data: Any, model: type[BaseModel]) -> Any:
    """The data with misspelt keys put right as the hints say, down to where ids stand."""
    if isinstance(data, list):
        return [_as_meant(item, model) for item in data]
    if not isinstance(data, dict):
        return data
    names, meant = list(model.model_fields), {}
    for key, value in data.items():
        right = key if key in names else suggest(key, names) or key
        right = key if right in data else right
        deeper = models_in(model, right) if right in names and right in (*ID_FAMILIES[:5], "sessions") else []
        meant[right] = _as_meant(value, deeper[0]) if deeper else value
    return meant


def _named(data: Any) -> dict[str, str]:
    """Ids by what people call whoever bears them, rooms first."""
    bodies = entries(data, "bodies")
    lists = [entries(data, family) for family in ("rooms", "officers", "audiences")]
    lists += [bodies, *(entries(body, "sessions") for body in bodies)]
    found: dict[str, str] = {}
    for item in (item for items in lists for item in items if isinstance(item, dict)):
        for name in (item.get(key) for key in _NAMES):
            if isinstance(name, str) and isinstance(item.get("id"), str):
                found.setdefault(name, item["id"])
    return found


# --- warnings: what makes a timetable impossible or is unusual -----------------------------------------------------


def _doubts(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    yield from (_warn(document, ("bodies",), text) for text in _demand(scenario))
    yield from _homeless(document, scenario)
    weekends = [
        (index, scenario.calendar.day_name(day.date))
        for index, day in enumerate(scenario.calendar.days)
        if day.date.weekday() >= 5 and day.date in scenario.calendar.axis.by_day
    ]
    for number, (index, name) in enumerate(weekends[:MOST_WEEKEND_DAYS], 1):
        left = len(weekends) - MOST_WEEKEND_DAYS
        more = f", and {counted(left, 'further day')} at weekends" if number == MOST_WEEKEND_DAYS and left > 0 else ""
        message = f"{name}{more}: meetings at a weekend are unusual; interpreters and rooms may be missing"
        yield _warn(document, ("calendar", "days", index), message)
    for loc, message, hint in stale(scenario, document.data):
        yield document.diagnose(loc, message, hint=hint, severity=Severity.WARNING)
    yield from _absences(document, scenario)
    yield from _times_outside_slots(document, scenario)
    yield from _wishes_between_openings(document, scenario)
    for index, rule in enumerate(scenario.rules):
        idle = [name for name in rule.of if not scenario.work(name) and name not in scenario.dropped]
        if idle:
            yield _warn(
                document, ("rules", index, "of"), f"{listed(idle)} has no session: the rule says nothing about it"
            )
        for text in rule.silent(scenario):
            yield _warn(document, ("rules", index, "of" if rule.of else "rule"), text)
    yield from _idle_rows(document, scenario)
    if any(rule.rule in STANDING and rule.weight for rule in scenario.rules):
        from scheduler.reading.lifted import lifted

        yield from lifted(document, scenario)
    named = any(session.presenters or session.attendees for session in scenario.sessions.values())
    if named or scenario.people or any(officer.name or officer.vacant for officer in scenario.officers):
        from scheduler.reading import people_doubts
        from scheduler.reading.spellings import spelt_twice
        from scheduler.reading.unguarded import unguarded

        yield from people_doubts.doubts(document, scenario)
        yield from unguarded(document, scenario)
        yield from spelt_twice(document, scenario)
    if isinstance(scenario.side_events, tuple):
        from scheduler.reading import side_events

        yield from side_events.doubts(document, scenario)
    if not scenario.sessions and not scenario.dropped:
        yield _warn(document, ("bodies",), "no body has a session: nothing is to be timetabled")


def _demand(scenario: Scenario) -> Iterator[str]:
    """Total demand against capacity, in hours and minutes."""
    rooms, asked = len(scenario.rooms), scenario.minutes_asked
    strict = [rule for rule in scenario.rules if rule.weight is None and not rule.of]
    plenary = any(rule.exclusive is Exclusive.MEETING for rule in strict)
    there = scenario.calendar.axis.total if plenary else scenario.minutes_there
    if asked > there:
        where = "" if plenary or rooms == 1 else f" in {rooms} rooms"
        yield (
            f"{show_minutes(asked)} are asked for, {show_minutes(there)} exist{where}: "
            f"{show_minutes(asked - there)} too much"
        )


def _homeless(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Sessions that fit nowhere in the calendar."""
    for b, body in enumerate(scenario.bodies):
        for s, session in enumerate(body.sessions):
            if session.id not in scenario.sessions:
                continue
            own = scenario.own_slots(session.id)  # type: ignore[arg-type]  # an id of this scenario
            room = sum(slot.minutes for slot in scenario.calendar.axis.slots if slot.index in own)
            needed = scenario.minutes(session.id)  # type: ignore[arg-type]
            if needed > room:
                message = f"fits nowhere: it takes {show_minutes(needed)}, its slots together last {show_minutes(room)}"
                yield _warn(document, ("bodies", b, "sessions", s, "duration"), message)


def _idle_rows(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Bodies in tables, which stand for their own sessions, that have none: the penalties are never paid."""
    holding = {body.id for body in scenario.body_of.values()} | set(scenario.dropped)
    for index, rule in enumerate(scenario.rules):
        told = set(holding)
        for keys, name in rule.bodies_in_tables():
            if name not in told:
                told.add(name)
                below = [body.id for body in scenario.bodies if body.parent == name]
                instead = f": name those below it, {listed(below[:MOST_BELOW])}" if below else ""
                message = f"'{name}' has no session of its own, so its penalties are never paid{instead}"
                loc: Loc = ("rules", index, *keys)
                yield document.diagnose(loc, message, key=True, severity=Severity.WARNING)


def _absences(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Times of officers that touch no slot: the year may be wrong."""
    entries: list[tuple[str, int, Entry]] = [("officers", i, officer) for i, officer in enumerate(scenario.officers)]
    entries += [("people", i, person) for i, person in enumerate(scenario.people or ())]
    for family, index, entry in entries:
        for key, periods in (("absent", entry.absent), ("present", entry.present)):
            for number, period in enumerate(periods):
                slots = scenario.calendar.axis.slots
                if not any(period.meets(slot.day, slot.opens, slot.closes) for slot in slots):
                    on_the_day = any(period.on(slot.day) for slot in slots)
                    doubt = ": are the hours right?" if on_the_day else f", {period.first.year}: is the date right?"
                    message = f"nobody meets {period.spoken}{doubt}"
                    yield _warn(document, (family, index, key, number), message)


def _times_outside_slots(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Fixed times at which no slot is open: at lunch, at night, or on a day without slots."""
    axis = scenario.calendar.axis
    for index, rule in enumerate(scenario.rules):
        if rule.fixed_time is None:
            continue
        at, part = rule.fixed_time
        everywhere = {slot.index: (slot.opens, slot.closes) for slot in axis.slots}
        meant = everywhere if part is None else part.windows(scenario.calendar)
        if not any(opens <= at < closes for opens, closes in meant.values()):
            when = f" {part.spoken(scenario.calendar)}" if part else ""
            message = f"no slot is open at {show_clock(at)}{when}: nothing can start then"
            yield _warn(document, ("rules", index, "at"), message)


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
        starts = [slot.begins + at - slot.opens for slot in slots if slot.opens <= at < slot.closes]
        stuck = []
        for session in [session for session in rule.sessions(scenario) if session in confined]:
            sits = [place for start in starts if (place := scenario.place(session, start))]
            granted = [place for place in sits if not any(rule.check(scenario, Timetable([place])))]
            if granted and all(slots[place.segments[0].slot].opens != at for place in granted):
                stuck.append(session)
        if stuck:
            clock, kind = show_clock(at), confined[stuck[0]]
            why = f"{kind} lets work start only when a slot opens, and none opens at {clock}"
            remedy = "leave the weight out, or name the work in a rolling rule"
            titles = listed([scenario.title(session) for session in stuck])
            message = f"this wish can never be granted to {titles}: {why}; {remedy}"
            yield _warn(document, ("rules", index, "weight"), message)


def _warn(document: Document, loc: Loc, message: str) -> Diagnostic:
    return document.diagnose(loc, message, severity=Severity.WARNING)
