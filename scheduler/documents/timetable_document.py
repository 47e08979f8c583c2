"""The timetable document: the JSON file that every other command can go on from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_clock
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.outcome import Outcome
from scheduler.reading.cleaning import cleaned
from scheduler.scenario import Scenario

FORMAT = "treaty-schedule/timetable"
VERSION = 1


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
