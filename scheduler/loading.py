"""Reads scenarios: every mistake at once, each with its place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from constraints import KINDS
from scheduler.diagnostics import Diagnostic, Loc, Severity, from_pydantic, render
from scheduler.domain.clock import show_minutes, weekday
from scheduler.errors import ScenarioError
from scheduler.rule import Rule, listed
from scheduler.scenario import Scenario, context_of
from scheduler.yamltext import Document, read_document

ID_FAMILIES = ("audiences", "rooms", "officers", "bodies", "rules", "promises")


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
        from scheduler.variants import resolve

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
    problems = list(_equal_ids(document))
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(document.data, context=context_of(document.data))
    except ValidationError as error:
        problems += from_pydantic(document, error, partial(fields_at, document.data))
    warnings: list[Diagnostic] = []
    if scenario is not None and not problems:
        problems += _off_the_grain(document, scenario)
    if scenario is not None and not problems:
        warnings += _doubts(document, scenario)
    if problems or scenario is None:
        raise ScenarioError(render(problems), problems)
    return Loaded(scenario, document, tuple(warnings))


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
    return list(dict.fromkeys([*names, *(["hours"] if "opens" in names else [])]))


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


# --- errors that concern several places ----------------------------------------------------------------------------


def _equal_ids(document: Document) -> Iterator[Diagnostic]:
    """Ids that are given twice: within a list, and between bodies and sessions, which rules name alike."""
    data: dict[str, Any] = document.data
    seen: dict[str, dict[str, Loc]] = {family: {} for family in ID_FAMILIES}
    for family in ID_FAMILIES:
        for index, item in enumerate(_entries(data, family)):
            yield from _taken(document, seen[family], item, (family, index, "id"))
            if family == "bodies":
                for number, session in enumerate(_entries(item, "sessions")):
                    yield from _taken(document, seen["bodies"], session, (family, index, "sessions", number, "id"))


def _entries(data: Any, key: str) -> list[Any]:
    listed = data.get(key) if isinstance(data, dict) else None
    return listed if isinstance(listed, list) else []


def _taken(document: Document, seen: dict[str, Loc], item: Any, loc: Loc) -> Iterator[Diagnostic]:
    name = item.get("id") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return
    if name in seen:
        here, there = (document.diagnose(place, "") for place in (loc, seen[name]))
        file = f" of {there.file}" if there.file != here.file else ""
        yield document.diagnose(loc, f"the id '{name}' is taken on line {there.line}{file}: choose another")
    else:
        seen[name] = loc


def _off_the_grain(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Lengths within rules that a declared grain does not divide."""
    grain = scenario.calendar.grain
    for index, rule in enumerate(scenario.rules):
        odd = [step for step in rule.steps(scenario) if grain and step % grain]
        if odd and grain:
            message = f"{show_minutes(odd[0])} does not fit the grain of {show_minutes(grain)}: choose a finer grain"
            yield document.diagnose(("rules", index, "rule"), message)


# --- warnings: what makes a timetable impossible or is unusual -----------------------------------------------------


def _doubts(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    yield from (_warn(document, ("bodies",), text) for text in _demand(scenario))
    yield from _homeless(document, scenario)
    for index, day in enumerate(scenario.calendar.days):
        if day.date.weekday() >= 5 and day.date in scenario.calendar.axis.by_day:
            message = f"{weekday(day.date)}: meetings at a weekend are unusual; interpreters and rooms may be missing"
            yield _warn(document, ("calendar", "days", index), message)
    yield from _absences(document, scenario)
    for index, rule in enumerate(scenario.rules):
        idle = [name for name in rule.of if not scenario.work(name) and name not in scenario.dropped]
        if idle:
            yield _warn(
                document, ("rules", index, "of"), f"{listed(idle)} has no session: the rule says nothing about it"
            )


def _demand(scenario: Scenario) -> Iterator[str]:
    """Total demand against capacity, in hours and minutes."""
    rooms, total = len(scenario.rooms), scenario.calendar.axis.total
    asked = sum(scenario.minutes(session) for session in scenario.sessions)
    plenary = any(rule.rule == "one_at_a_time" and rule.weight is None and not rule.of for rule in scenario.rules)
    there = total * (1 if plenary else rooms)
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


def _absences(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Times of officers that touch no slot: the year may be wrong."""
    for index, officer in enumerate(scenario.officers):
        for key, periods in (("absent", officer.absent), ("present", officer.present)):
            for number, period in enumerate(periods):
                slots = scenario.calendar.axis.slots
                if not any(period.meets(slot.day, slot.opens, slot.closes) for slot in slots):
                    message = f"nobody meets on {period}, {period.first.year}: is the date right?"
                    yield _warn(document, ("officers", index, key, number), message)


def _warn(document: Document, loc: Loc, message: str) -> Diagnostic:
    return document.diagnose(loc, message, severity=Severity.WARNING)
