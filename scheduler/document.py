"""The timetable document: the JSON file that every other command can go on from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from scheduler.diagnostics import printable, render
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Clock, Date, show_clock, show_date, show_hours, weekday
from scheduler.domain.findings import Finding
from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import ScenarioError, TimetableError
from scheduler.outcome import Outcome, Status, Ties
from scheduler.reading import open_for_reading
from scheduler.scenario import Scenario, from_data
from scheduler.yamltext import parse_document

FORMAT = "treaty-schedule/timetable"
VERSION = 1
MOST_BYTES = 50_000_000


class _Part(BaseModel):
    """A segment as written: a date and two clock times."""

    model_config = ConfigDict(extra="ignore")
    date: Date
    start: Clock
    end: Clock


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
    findings: tuple[Finding, ...]
    """What is wrong with single sessions, found while reading; for the checker."""
    outcome: Outcome | None
    """What the document says of itself: nothing where it was made by hand."""
    document: dict[str, Any]


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
        "findings": findings_of(outcome.findings),
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


def findings_of(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the document holds them."""
    return [
        {"rule": f.rule, "id": f.id, "weight": f.weight, "penalty": f.penalty, "message": f.message} for f in findings
    ]


def to_bytes(document: Any) -> bytes:
    """JSON text of a document: two spaces, UTF-8, a line break at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def read_stored(path: str | Path, scenario: Scenario | None = None) -> Stored:
    """Read a timetable document, ``-`` for standard input; hold it against ``scenario`` instead of its own if given.

    Raises:
        TimetableError: it cannot be read, or carries no scenario and none is given.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    raw = _bytes(path, name)
    if raw.startswith(b"PK"):
        raise TimetableError(f"{name}: this is a workbook: name the timetable written beside it, as in out/csp11.json")
    data = _json(raw, name)
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise TimetableError(_explain(error, raw, name)) from None
    except UnicodeError:
        raise TimetableError(f"{name}: half of a character stands in it, from D800 to DFFF: delete it") from None
    if file.format != FORMAT or file.version != VERSION:
        shown = printable(f"{file.format} {file.version}")
        raise TimetableError(
            f"{name}: this is '{shown}', not '{FORMAT} {VERSION}': write it anew with 'schedule solve'"
        )
    if scenario is None:
        scenario = _own_scenario(file, name)
    timetable, findings = place(scenario, file.sessions)
    return Stored(scenario, timetable, tuple(findings), _claimed(file, timetable), data)


def _claimed(file: _File, timetable: Timetable) -> Outcome | None:
    if file.status is None or file.cost is None:
        return None
    ties = Ties(file.ties.count, file.ties.exact) if file.ties else None
    return Outcome(file.status, timetable, file.cost, file.bound, ties=ties, solver=file.solver)


def _bytes(path: str | Path, name: str) -> bytes:
    try:
        if str(path) == "-":
            import sys

            return sys.stdin.buffer.read(MOST_BYTES)
        with open_for_reading(path) as stream:
            return stream.read(MOST_BYTES)
    except FileNotFoundError:
        raise TimetableError(f"{name}: there is no such file") from None
    except IsADirectoryError:
        raise TimetableError(f"{name}: this is a folder: a timetable file is expected, as in out/csp11.json") from None
    except (OSError, ValueError) as error:
        raise TimetableError(f"{name}: this file cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _json(raw: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise TimetableError(f"{name}: this is no JSON text: a timetable is written by 'schedule solve'") from None
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise TimetableError(f"{place}: this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise TimetableError(f"{name}: nested too deeply for a timetable") from None
    except ValueError as error:
        raise TimetableError(f"{name}: this is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise TimetableError(f"{name}: a timetable is an object with 'sessions'")
    return data


def _explain(error: ValidationError, raw: bytes, name: str) -> str:
    """With line and column, because JSON is YAML; with the path alone where the strict reader refuses the text."""
    from scheduler.mistakes import from_pydantic

    try:
        document = parse_document(raw, name)
    except ScenarioError:
        lines = [
            f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()
        ]
        return printable("\n".join(lines))
    return render(from_pydantic(document, error, lambda _: []))


def _own_scenario(file: _File, name: str) -> Scenario:
    document = (file.scenario or {}).get("document")
    if not isinstance(document, dict):
        raise TimetableError(f"{name}: this timetable carries no scenario: name the scenario it belongs to as well")
    try:
        return from_data(document)
    except (ValidationError, RecursionError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "nested too deeply"
        raise TimetableError(printable(f"{name}: the scenario inside this timetable is not valid: {first}")) from None


def read_sessions(scenario: Scenario, sessions: Iterable[Any]) -> tuple[Timetable, list[Finding]]:
    """The timetable of sessions as a document holds them, and what is wrong with single ones.

    Raises:
        TimetableError: they are not written as a document writes them.
    """
    try:
        return place(scenario, [_Entry.model_validate(session) for session in sessions])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise TimetableError(printable(f"a session cannot be read: {where}: {first['msg']}")) from None


def place(scenario: Scenario, entries: Iterable[_Entry]) -> tuple[Timetable, list[Finding]]:
    """Find the slot of each segment; a session with one outside every slot is left unplaced and reported."""
    axis = scenario.calendar.axis
    placements: list[Placement] = []
    findings: list[Finding] = []
    entries = list(entries)
    for name, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            findings.append(_finding(f"'{name}' stands {count} times in the timetable", name))
    for entry in {entry.id: entry for entry in entries}.values():
        session = SessionId(entry.id)
        if session not in scenario.sessions:
            dropped = [b for b in scenario.dropped if any(s.id == session for s in scenario.body[b].sessions)]
            why = f"belongs to {dropped[0]}, which is not held" if dropped else "is no session of this scenario"
            findings.append(_finding(f"'{entry.id}' {why}", session))
            continue
        segments: list[Segment] = []
        for part in sorted(entry.segments, key=lambda p: (p.date, p.start)):
            inside = [s for s in axis.slots if s.day == part.date and s.opens <= part.start < part.end <= s.closes]
            if inside:
                segments.append(Segment(inside[0].index, part.date, part.start, part.end))
            else:
                when = f"{weekday(part.date)} {show_date(part.date)}, {show_hours(part.start, part.end)}"
                findings.append(_finding(f"{scenario.title(session)} on {when} lies outside every slot", session))
        if not entry.segments:
            findings.append(_finding(f"{scenario.title(session)} has no segment", session))
        if len(segments) < len(entry.segments) or not segments:
            continue
        first, last = axis.slots[segments[0].slot], axis.slots[segments[-1].slot]
        start = first.begins + segments[0].start - first.opens
        end = last.begins + segments[-1].end - last.opens
        room = RoomId(entry.room or scenario.rooms_of(session)[0])
        placements.append(Placement(session, room, start, end, tuple(segments)))
    order = {session: index for index, session in enumerate(scenario.sessions)}
    placements.sort(key=lambda p: order[p.session])
    return Timetable(placements), findings


def _finding(message: str, session: str) -> Finding:
    return Finding("structure", "structure", message, sessions=(session,))
