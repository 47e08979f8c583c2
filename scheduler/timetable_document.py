"""The timetable document: the JSON file that every other command can go on from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from scheduler.checking import check
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import (
    Clock,
    Date,
    parse_weekday,
    show_clock,
    show_date,
    show_day,
    show_hours,
    show_moment,
    weekday,
)
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import TimetableError
from scheduler.outcome import Outcome, Status, Ties
from scheduler.outside import Part, widened
from scheduler.reading.cleaning import cleaned
from scheduler.reading.diagnostics import Located, ScenarioError, printable, render
from scheduler.reading.entry import validated
from scheduler.reading.files import TIMETABLE, shown_name
from scheduler.reading.plain import JsonText, Plain, Within
from scheduler.reading.strictjson import read_object
from scheduler.scenario import Scenario

FORMAT = "treaty-schedule/timetable"
VERSION = 1


class _Part(BaseModel):
    """A segment as written: a date and two clock times."""

    model_config = ConfigDict(extra="ignore")
    date: Date
    weekday: str | None = None
    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _agrees(self) -> _Part:
        if self.weekday is not None and parse_weekday(self.weekday) != self.date.weekday():
            shown = f"{show_date(self.date, year=True)} is a {weekday(self.date)}"
            raise ValueError(f"{shown}, not a {self.weekday[:40]}: correct one of them")
        if self.start >= self.end:
            raise ValueError(f"{show_hours(self.start, self.end)} ends before it begins: correct start or end")
        return self


class _Entry(BaseModel):
    """A session as written."""

    model_config = ConfigDict(extra="ignore")
    id: str
    room: str | None = None
    segments: list[_Part]


class _Ties(BaseModel):
    """How many timetables cost the least, as written."""

    model_config = ConfigDict(extra="ignore")
    count: int
    exact: bool


class _File(BaseModel):
    """What is read of a document; hand-made ones need the sessions only."""

    model_config = ConfigDict(extra="ignore")
    format: str = FORMAT
    version: int = VERSION
    scenario: dict[str, Any] | None = None
    sessions: list[_Entry]
    status: Status | None = None
    cost: int | None = None
    bound: int | None = None
    ties: _Ties | None = None
    solver: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Stored:
    """A timetable that was read: against its own scenario or the one given."""

    scenario: Scenario
    timetable: Timetable
    violations: tuple[Violation, ...]
    """What is wrong with single sessions, found while reading; for the checker."""
    outcome: Outcome | None
    """What the document says of itself: nothing where it was made by hand."""
    document: dict[str, Any]
    outside: frozenset[SessionId] = frozenset()
    """Sessions that sit outside the slots; then ``scenario`` has these hours as well, where that was asked for."""
    notes: tuple[str, ...] = ()
    """What is to be said of it first: where the sheets of a workbook disagree, what an earlier version left open."""
    name: str = ""
    """What messages call the file."""


def to_document(scenario: Scenario, outcome: Outcome) -> dict[str, Any]:
    """The document of an outcome; without a timetable ``sessions`` is empty, ``cost`` and ``bound`` are null."""
    found = outcome.timetable is not None
    return {
        "format": FORMAT,
        "version": VERSION,
        "scenario": {"name": scenario.name, "sha256": scenario.sha256, "document": scenario.document},
        "status": outcome.status.value,
        "cost": outcome.cost if found else None,
        "bound": outcome.bound if found else None,
        "sessions": sessions_of(scenario, outcome.timetable or ()),
        "findings": violations_of(outcome.violations),
        "ties": None if outcome.ties is None else {"count": outcome.ties.count, "exact": outcome.ties.exact},
        "solver": dict(outcome.solver),
    }


def sessions_of(scenario: Scenario, timetable: Iterable[Placement]) -> list[dict[str, Any]]:
    """Sessions with their segments, as the document holds them."""
    return [
        {
            "id": placement.session,
            "body": scenario.body_of[placement.session].id,
            "room": placement.room,
            "segments": [
                {"date": s.day.isoformat(), "start": show_clock(s.start), "end": show_clock(s.end)}
                for s in placement.segments
            ],
        }
        for placement in timetable
    ]


def violations_of(violations: Iterable[Violation]) -> list[dict[str, Any]]:
    """Violations as the document holds them."""
    return [
        {"rule": f.rule, "id": f.id, "weight": f.weight, "penalty": f.penalty, "message": f.message} for f in violations
    ]


def to_bytes(document: Any) -> bytes:
    """JSON text of a document: two spaces, UTF-8, a line break at the end; of each text what ``clean`` leaves."""
    return (json.dumps(cleaned(document), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def read_stored(path: str | Path, scenario: Scenario | None = None, *, widen: bool = False) -> Stored:
    """Read a timetable document, ``-`` for standard input; hold it against ``scenario`` instead of its own if given.

    With ``widen``, a session outside the slots is placed all the same, in a scenario that has its hours as a slot.

    Raises:
        InputError: it cannot be read, or carries no scenario and none is given.
    """
    name = shown_name(path)
    data, raw = read_object(path, TIMETABLE)
    text = JsonText(name, raw, data)
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise TimetableError(_explained(text, error)) from None
    if file.format != FORMAT or file.version != VERSION:
        shown = printable(f"{file.format} {file.version}")
        raise TimetableError(
            f"{name}: this is '{shown}', not '{FORMAT} {VERSION}': write it anew with 'schedule solve'"
        )
    own, doubts = (None, ()) if scenario is not None else _own_scenario(file, text)
    scenario = scenario or own
    assert scenario is not None, "one of the two is there"
    placed = place(scenario, file.sessions, widen=widen)
    claimed = _claimed(file, placed.timetable)
    anew = not placed.outside and (own is not None or _is_of(file, text, scenario))
    notes = (*doubts, *(_judged_anew(file, placed, name) if anew else ()))
    return Stored(placed.scenario, placed.timetable, placed.violations, claimed, data, placed.outside, notes, name)


def _is_of(file: _File, text: JsonText, scenario: Scenario) -> bool:
    """Whether the scenario within is the very one given."""
    try:
        own, _ = _own_scenario(file, text)
    except TimetableError:
        return False
    return own.document == scenario.document


def _judged_anew(file: _File, placed: Placed, name: str) -> Iterator[str]:
    """What a timetable that was stored with its cost says of itself and is so no longer, as rules are read today."""
    if file.cost is None or not file.sessions:
        return
    report = check(placed.scenario, placed.timetable, placed.violations)
    if report.broken:
        violation = report.broken[0]
        yield printable(
            f"{name}: it kept every rule when stored, and breaks '{violation.id}' now: {violation.message}."
        )
    if report.cost != file.cost:
        yield f"{printable(name)}: cost {file.cost} when stored, {report.cost} now: what was stored is judged anew."


def _claimed(file: _File, timetable: Timetable) -> Outcome | None:
    if file.status is None or file.cost is None:
        return None
    ties = Ties(file.ties.count, file.ties.exact) if file.ties else None
    return Outcome(file.status, timetable, file.cost, file.bound, ties=ties, solver=file.solver)


def _explained(text: Located, error: ValidationError) -> str:
    from scheduler.reading.mistakes import from_pydantic

    return render(from_pydantic(text, error, lambda _: ()))


def _own_scenario(file: _File, text: JsonText) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario within, and what was left open in it by an earlier version."""
    if not isinstance((file.scenario or {}).get("document"), dict):
        raise TimetableError(f"{text.name}: this timetable carries no scenario: name its scenario as well")
    try:
        scenario, doubts = validated(Within(text, ("scenario", "document")), as_it_was=True)
    except ScenarioError as error:
        raise TimetableError(error.message) from None
    return scenario, tuple(printable(f"{doubt.file}: {doubt.path}: {doubt.message}.") for doubt in doubts)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the sessions of a document sit, and what is wrong with single ones."""

    scenario: Scenario
    """The one given; with further slots where sessions outside the slots were to be placed."""
    timetable: Timetable
    violations: tuple[Violation, ...]
    outside: frozenset[SessionId]
    """Sessions of which something lies outside every slot of the scenario given."""


def read_sessions(scenario: Scenario, sessions: Iterable[Any]) -> tuple[Timetable, list[Violation]]:
    """The timetable of sessions as a document holds them, and what is wrong with single ones.

    Raises:
        TimetableError: they are not written as a document writes them.
    """
    placed = place_sessions(scenario, sessions)
    return placed.timetable, list(placed.violations)


def place_sessions(scenario: Scenario, sessions: Iterable[Any], *, widen: bool = False) -> Placed:
    """The same with all that is known of it; ``widen`` as in ``read_stored``.

    Raises:
        TimetableError: they are not written as a document writes them.
    """
    listed = list(sessions)
    try:
        return place(scenario, _File.model_validate({"sessions": listed}).sessions, widen=widen)
    except ValidationError as error:
        raise TimetableError(_explained(Plain("", {"sessions": listed}), error)) from None


def place(scenario: Scenario, entries: Iterable[_Entry], *, widen: bool = False) -> Placed:
    """Find the slot of each segment; without ``widen``, a session with one outside every slot is left unplaced."""
    placements: list[Placement] = []
    violations: list[Violation] = []
    entries = list(entries)
    for name, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            violations.append(_violation(_twice(name, [entry for entry in entries if entry.id == name]), name))
    known = {entry.id: entry for entry in entries}
    parts = {
        entry.id: [Part(SessionId(entry.id), p.date, p.start, p.end) for p in entry.segments]
        for entry in known.values()
        if entry.id in scenario.sessions
    }
    outside = {part for each in parts.values() for part in each if not _held(scenario, part)}
    wide = widened(scenario, outside) if widen else scenario
    axis = wide.calendar.axis
    for entry in known.values():
        session = SessionId(entry.id)
        if session not in scenario.sessions:
            dropped = [b for b in scenario.dropped if any(s.id == session for s in scenario.body[b].sessions)]
            why = f"belongs to {dropped[0]}, which is not held" if dropped else "is no session of this scenario"
            violations.append(_violation(f"'{entry.id}' {why}", session))
            continue
        mine = _joined(sorted(parts[entry.id], key=lambda part: (part.day, part.start)))
        for part in sorted(parts[entry.id], key=lambda part: (part.day, part.start)):
            if part in outside:
                when = f"{show_day(part.day)}, {show_hours(part.start, part.end)}"
                violations.append(_violation(f"{scenario.title(session)} on {when} lies outside every slot", session))
        if not entry.segments:
            violations.append(_violation(f"{scenario.title(session)} has no segment", session))
        if not mine or (not widen and any(part in outside for part in parts[entry.id])):
            continue
        segments = [segment for part in mine for segment in _segments(wide, part)]
        first, last = axis.slots[segments[0].slot], axis.slots[segments[-1].slot]
        start = first.begins + segments[0].start - first.opens
        end = last.begins + segments[-1].end - last.opens
        given = [RoomId(entry.room)] if entry.room else scenario.rooms_of(session)
        choices = [Placement(session, room, start, end, tuple(segments)) for room in given]
        placements.append(choices[0] if len(choices) == 1 else _in_some_room(wide, choices, placements))
    order = {session: index for index, session in enumerate(scenario.sessions)}
    placements.sort(key=lambda p: order[p.session])
    return Placed(wide, Timetable(placements), tuple(violations), frozenset(part.session for part in outside))


def _joined(parts: list[Part]) -> list[Part]:
    """Pieces of which one begins the minute the other ends, as one."""
    found: list[Part] = []
    for part in parts:
        if found and (found[-1].day, found[-1].end) == (part.day, part.start):
            found[-1] = replace(found[-1], end=part.end)
        else:
            found.append(part)
    return found


def _in_some_room(scenario: Scenario, choices: list[Placement], placed: list[Placement]) -> Placement:
    """Of a session for which no room is written: the first room that is open to it and empty, else the first."""
    rules = [rule for rule in scenario.all_rules if rule.weight is None and rule.monotone]

    def broken(choice: Placement) -> int:
        taken = any(
            other.room == choice.room and other.start < choice.end and choice.start < other.end for other in placed
        )
        return taken + sum(1 for rule in rules for _ in rule.check(scenario, Timetable([choice])))

    return min(choices, key=broken)


def _held(scenario: Scenario, part: Part) -> bool:
    """Whether one slot holds the whole part."""
    slots = scenario.calendar.axis.slots
    return any(s.day == part.day and s.opens <= part.start < part.end <= s.closes for s in slots)


def _segments(scenario: Scenario, part: Part) -> Iterator[Segment]:
    """The part cut by the slots that it touches."""
    for slot in scenario.calendar.axis.slots:
        start, end = max(part.start, slot.opens), min(part.end, slot.closes)
        if slot.day == part.day and start < end:
            yield Segment(slot.index, part.day, start, end)


def _twice(name: str, entries: list[_Entry]) -> str:
    """Where a session stands that may stand once only."""
    places = [
        f"{show_moment(first.date, first.start)}"
        for entry in entries
        for first in sorted(entry.segments, key=lambda part: (part.date, part.start))[:1]
    ]
    where = f": on {', on '.join(places)}; the last counts" if places else ""
    return f"'{name}' stands {len(entries)} times in the timetable{where}"


def _violation(message: str, session: str) -> Violation:
    return Violation("structure", "structure", message, sessions=(session,))
