"""Reads timetable documents: finds the slot of each segment, and says what is wrong with single sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from scheduler.checking import check
from scheduler.documents.forms import VERSION
from scheduler.documents.outside_hours import Part, widened
from scheduler.documents.timetable_document import FORMAT, Stored
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment, refuse_strange_year
from scheduler.domain.clock import (
    DAY_MINUTES,
    Clock,
    Date,
    over_midnight,
    parse_weekday,
    show_date,
    show_day,
    show_hours,
    show_moment,
    weekday,
)
from scheduler.domain.side_events import HeldEvent
from scheduler.domain.timetable import Placement, Timetable, Where
from scheduler.domain.violations import Violation
from scheduler.errors import TimetableError
from scheduler.outcome import Outcome, Status, Ties
from scheduler.reading.diagnostics import Located, ScenarioError, printable, render
from scheduler.reading.entry import validated
from scheduler.reading.files import TIMETABLE, Held, shown_name
from scheduler.reading.plain import JsonText, Plain, Within
from scheduler.reading.strictjson import read_object
from scheduler.scenario import Scenario
from scheduler.side_events.places import given_of, name_of, shown
from scheduler.wording import counted, listed

MOST_TOLD = 8
"""Sentences about single sessions that are told one by one."""


class _Segment(BaseModel):
    """A segment as written: a date and two clock times."""

    model_config = ConfigDict(extra="ignore")
    date: Date
    weekday: str | None = None
    start: Clock
    end: Clock
    room: str | None = None

    @model_validator(mode="after")
    def _agrees(self) -> _Segment:
        refuse_strange_year(self.date)
        if self.weekday is not None and parse_weekday(self.weekday) != self.date.weekday():
            shown = f"{show_date(self.date, year=True)} is a {weekday(self.date)}"
            raise ValueError(f"{shown}, not a {self.weekday[:40]}: correct one of them")
        if self.start >= over_midnight(self.start, self.end)[1]:
            raise ValueError(f"{show_hours(self.start, self.end)} ends before it begins: correct start or end")
        return self


class _Entry(BaseModel):
    """A session as written."""

    model_config = ConfigDict(extra="ignore")
    id: str
    room: str | None = None
    segments: list[_Segment]


class _Event(_Segment):
    """A side event as written."""

    id: str


class _Ties(BaseModel):
    """How many timetables cost the least, as written."""

    model_config = ConfigDict(extra="ignore")
    count: int
    exact: bool
    side_events_only: bool | None = None


class _File(BaseModel):
    """What is read of a document; hand-made ones need the sessions only."""

    model_config = ConfigDict(extra="ignore")
    format: str = FORMAT
    version: int = VERSION
    scenario: dict[str, Any] | None = None
    sessions: list[_Entry]
    side_events: list[_Event] = []
    status: Status | None = None
    cost: int | None = None
    bound: int | None = None
    ties: _Ties | None = None
    solver: dict[str, Any] = {}


def read_stored(
    path: str | Path | Held, scenario: Scenario | None = None, known: Sequence[Scenario] = (), *, widen: bool = False
) -> Stored:
    """Read a timetable document, ``-`` for standard input; hold it against ``scenario`` instead of its own if given.

    One that carries no scenario is held against that of the ``known`` ones that has most of its sessions. With
    ``widen``, a session outside the slots is placed all the same, in a scenario that has its hours as a slot.

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
    if scenario is None and file.scenario is None and known:
        scenario = max(known, key=lambda each: sum(SessionId(entry.id) in each.sessions for entry in file.sessions))
    if scenario is None:
        scenario, doubts = _own_scenario(file, text)
        placed = _placed(scenario, file, widen=widen)
        doubts += _told_of_sessions(placed)
        same = True
    else:
        placed, doubts = _placed(scenario, file, widen=widen), []
        same = _is_of(file, text, scenario)
    if same and not placed.outside:
        doubts += _judged_anew(file, placed)
    notes = tuple(printable(f"{name}: {doubt}") for doubt in doubts)
    claimed = _claimed(file, placed.timetable)
    return Stored(placed.scenario, placed.timetable, placed.violations, claimed, data, placed.outside, notes, name=name)


def _own_scenario(file: _File, text: JsonText) -> tuple[Scenario, list[str]]:
    """The scenario within, and what is unclear in it: 0.1 stored such scenarios, which no door lets in today."""
    if not isinstance((file.scenario or {}).get("document"), dict):
        raise TimetableError(f"{text.name}: this timetable carries no scenario: name its scenario as well")
    try:
        scenario, doubts = validated(Within(text, ("scenario", "document")), as_it_was=True)
    except ScenarioError as error:
        raise TimetableError(error.message) from None
    return scenario, [f"{doubt.path}: {doubt.message}." for doubt in doubts]


def _is_of(file: _File, text: JsonText, scenario: Scenario) -> bool:
    """Whether the scenario within is the very one given."""
    try:
        own, _ = _own_scenario(file, text)
    except TimetableError:
        return False
    return own.document == scenario.document


def _told_of_sessions(placed: Placed) -> list[str]:
    """What is wrong with single sessions, but for the hours of those outside the slots: no session is lost silently."""
    told = [f"{v.message}." for v in placed.violations if not placed.outside.intersection(v.sessions)]
    left = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"{counted(left, 'more session')} cannot be placed as written."] if left > 0 else [])]


def _judged_anew(file: _File, placed: Placed) -> Iterator[str]:
    """What a timetable that was stored with its cost says of itself and is so no longer, as rules are read today."""
    if file.cost is None or not file.sessions:
        return
    report = check(placed.scenario, placed.timetable, placed.violations)
    new = (violation for violation in report.broken if violation not in placed.violations)
    if violation := next(new, None):
        yield f"it kept every rule when stored, and breaks '{violation.id}' now: {violation.message}."
    if report.cost != file.cost:
        yield f"cost {file.cost} when stored, {report.cost} now: what was stored is judged anew."


def _claimed(file: _File, timetable: Timetable) -> Outcome | None:
    if file.status is None or file.cost is None:
        return None
    ties = Ties(file.ties.count, file.ties.exact) if file.ties else None
    only = file.ties.side_events_only if file.ties else None
    return Outcome(file.status, timetable, file.cost, file.bound, ties=ties, solver=file.solver, events_only=only)


def _explained(text: Located, error: ValidationError) -> str:
    from scheduler.reading.mistakes import from_pydantic

    return render(from_pydantic(text, error, lambda _: ()))


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
    """The timetable of sessions alone as a document holds them, and what is wrong with single ones.

    Raises:
        TimetableError: they are not written as a document writes them.
    """
    placed = place_sessions(scenario, sessions)
    return placed.timetable.with_side_events(None), list(placed.violations)


def place_sessions(
    scenario: Scenario, sessions: Iterable[Any], side_events: Iterable[Any] = (), *, widen: bool = False
) -> Placed:
    """The same with all that is known of it, and with side events; ``widen`` as in ``read_stored``.

    Raises:
        TimetableError: they are not written as a document writes them.
    """
    listed = {"sessions": list(sessions), "side_events": list(side_events)}
    try:
        return _placed(scenario, _File.model_validate(listed), widen=widen)
    except ValidationError as error:
        raise TimetableError(_explained(Plain("", listed), error)) from None


def _held(scenario: Scenario, entries: Sequence[_Event]) -> tuple[list[HeldEvent] | None, list[Violation]]:
    """Where the side events stand that are to be placed, None without any; and what is wrong with single entries."""
    found: dict[str, HeldEvent] = {}
    violations = []
    given = {each.event: each for each in given_of(scenario)} if entries else {}
    for entry in entries:
        held = HeldEvent(entry.date, *over_midnight(entry.start, entry.end), entry.id, entry.room or "")
        if entry.id in found:
            violations.append(_violation(f"{name_of(scenario, entry.id)} stands twice; the last counts", entry.id))
        if entry.id in scenario.to_place:
            found[entry.id] = held
        elif entry.id not in scenario.event:
            violations.append(_violation(f"'{entry.id}' is no side event of this scenario", entry.id))
        elif entry.id in given and _hours_of(given[entry.id]) != _hours_of(held):
            was = f"{name_of(scenario, entry.id)} is given {shown(given[entry.id])}"
            violations.append(_violation(f"{was}, and stands {shown(held)}", entry.id))
    return (list(found.values()) if scenario.to_place else None), violations


def _hours_of(held: HeldEvent) -> tuple[object, ...]:
    return held.day, held.start, held.end


def _placed(scenario: Scenario, file: _File, *, widen: bool) -> Placed:
    """Find the slot of each segment; without ``widen``, a session with one outside every slot is left unplaced."""
    entries = file.sessions
    last = {SessionId(entry.id): entry for entry in entries}
    violations = [
        _violation(_twice(name, same), name)
        for name in last
        if len(same := [entry for entry in entries if entry.id == name]) > 1
    ]
    parts = {session: _parts(scenario, entry) for session, entry in last.items() if session in scenario.sessions}
    outside = {part for each in parts.values() for part in each if not _in_one_slot(scenario, part)}
    wide = widened(scenario, outside) if widen else scenario
    placements: list[Placement] = []
    for session, entry in last.items():
        if session not in parts:
            violations.append(_violation(_unknown(scenario, session), session))
            continue
        title, away = scenario.title(session), [part for part in parts[session] if part in outside]
        for part in away:
            when = f"{show_day(part.day)}, {show_hours(part.start, part.end)}"
            violations.append(_violation(f"{title} on {when} lies outside every slot", session))
        violations += [_violation(problem, session) for problem in _two_rooms_a_day(scenario, entry)]
        if not entry.segments:
            violations.append(_violation(f"{title} has no segment", session))
        elif widen or not away:
            placements.append(_placement(wide, entry, parts[session], placements))
    order = {session: index for index, session in enumerate(scenario.sessions)}
    placements.sort(key=lambda p: order[p.session])
    held, wrong = _held(scenario, file.side_events)
    outer = frozenset(part.session for part in outside)
    return Placed(wide, Timetable(placements, held), (*violations, *wrong), outer)


def _unknown(scenario: Scenario, session: SessionId) -> str:
    dropped = [b for b in scenario.dropped if any(s.id == session for s in scenario.body[b].sessions)]
    why = f"belongs to {dropped[0]}, which is not held" if dropped else "is no session of this scenario"
    return f"'{session}' {why}"


def _parts(scenario: Scenario, entry: _Entry) -> list[Part]:
    """The segments of a session, in order."""
    parts = [
        _of_its_slot(scenario, Part(SessionId(entry.id), p.date, *over_midnight(p.start, p.end)))
        for p in entry.segments
    ]
    return sorted(parts, key=lambda part: (part.day, part.start))


def _of_its_slot(scenario: Scenario, part: Part) -> Part:
    """What lies after midnight in a slot of the evening before belongs to that slot, and so to its day."""
    night = replace(part, day=part.day - timedelta(days=1), start=part.start + DAY_MINUTES, end=part.end + DAY_MINUTES)
    return night if _in_one_slot(scenario, night) else part


def _placement(scenario: Scenario, entry: _Entry, parts: Sequence[Part], placed: Sequence[Placement]) -> Placement:
    """The session where it is written; without a room in the first that is open to it and empty, else in the first."""
    axis = scenario.calendar.axis
    segments = tuple(segment for part in _joined(scenario, parts) for segment in _segments(scenario, part))
    start, end = axis.positions(segments[0])[0], axis.positions(segments[-1])[1]
    session = SessionId(entry.id)
    written = _written_where(scenario, entry)
    rooms: Sequence[Where] = [written] if written else scenario.rooms_of(session)
    choices = [Placement.at(session, where, start, end, segments) for where in rooms]
    if len(choices) == 1:
        return choices[0]
    rules = [rule for rule in scenario.all_rules if rule.weight is None and rule.monotone]

    def broken(choice: Placement) -> int:
        taken = any(choice.room in other.each_room and other.start < end and start < other.end for other in placed)
        return taken + sum(1 for rule in rules for _ in rule.check(scenario, Timetable([choice])))

    return min(choices, key=broken)


def _rooms_by_day(scenario: Scenario, entry: _Entry) -> dict[date, list[RoomId]]:
    """The rooms in which its segments are written, each once a day; one without a room has that of the session."""
    room = entry.room or next((segment.room for segment in entry.segments if segment.room), None)
    found: dict[date, list[RoomId]] = {}
    for segment in sorted(entry.segments, key=lambda each: (each.date, each.start)):
        room = segment.room or entry.room or room
        part = Part(SessionId(entry.id), segment.date, *over_midnight(segment.start, segment.end))
        of_day = found.setdefault(_of_its_slot(scenario, part).day, [])
        if room and room not in of_day:
            of_day.append(RoomId(room))
    return found


def _two_rooms_a_day(scenario: Scenario, entry: _Entry) -> Iterator[str]:
    """Where a session has several rooms on one day, of which the first is taken."""
    for day, rooms in _rooms_by_day(scenario, entry).items():
        if len(rooms) > 1:
            where = listed([scenario.room_title(room) for room in rooms])
            title = scenario.title(SessionId(entry.id))
            yield f"{title} sits in {where} on {show_day(day)}: a session changes its room overnight only"


def _written_where(scenario: Scenario, entry: _Entry) -> Where | None:
    """Its room; or that of each day, where its segments have rooms of their own."""
    if not any(segment.room for segment in entry.segments):
        return RoomId(entry.room) if entry.room else None
    return tuple(rooms[0] for rooms in _rooms_by_day(scenario, entry).values())


def _joined(scenario: Scenario, parts: Iterable[Part]) -> list[Part]:
    """Parts of which one begins the minute the other ends, or with only a break between them, as one."""
    breaks = {(slot.day, *hours) for slot in scenario.calendar.axis.slots for hours in slot.breaks}
    found: list[Part] = []
    for part in parts:
        between = (part.day, found[-1].end, part.start) if found and found[-1].day == part.day else None
        if between and (between[1] == between[2] or between in breaks):
            found[-1] = replace(found[-1], end=part.end)
        else:
            found.append(part)
    return found


def _in_one_slot(scenario: Scenario, part: Part) -> bool:
    """Whether one slot holds the whole part."""
    slots = scenario.calendar.axis.slots
    return any(s.day == part.day and s.opens <= part.start < part.end <= s.closes for s in slots)


def _segments(scenario: Scenario, part: Part) -> Iterator[Segment]:
    """The part cut by the slots that it touches."""
    for slot in scenario.calendar.axis.slots:
        start, end = max(part.start, slot.opens), min(part.end, slot.closes)
        if slot.day == part.day and start < end:
            yield slot.part(start, end)


def _twice(name: str, entries: Sequence[_Entry]) -> str:
    """Where a session stands that may stand once only."""
    firsts = [min(entry.segments, key=lambda part: (part.date, part.start)) for entry in entries if entry.segments]
    places = [show_moment(first.date, first.start) for first in firsts]
    where = f": on {', on '.join(places)}; the last counts" if places else ""
    return f"'{name}' stands {len(entries)} times in the timetable{where}"


def _violation(message: str, session: str) -> Violation:
    return Violation("structure", "structure", message, sessions=(session,))
