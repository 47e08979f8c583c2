"""The timetable document: the JSON file that every other command can go on from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scheduler.documents.forms import (
    ANYTHING,
    DATE,
    FAMILY,
    TEXT,
    TIME,
    TRUTH,
    WHOLE,
    Answer,
    Form,
    Members,
    each,
    one_of,
    or_null,
)
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.outcome import Outcome, Status
from scheduler.presiding import presided
from scheduler.reading.cleaning import cleaned
from scheduler.scenario import Scenario

FORMAT = f"{FAMILY}timetable"
STATUS = one_of(*Status)
SCENARIO = Members({"name": TEXT, "sha256": TEXT})
WHOLE_SCENARIO = Members({"name": TEXT, "sha256": TEXT, "document": ANYTHING})
_SEGMENT = Members(
    {
        "date": (lambda segment: segment.begins[0], DATE),
        "start": (lambda segment: segment.begins[1], TIME),
        "end": TIME,
    },
    {"room": TEXT},
)
"""Of what ends after midnight ``end`` is a time of the next day, and so before ``start``. ``room``: where a session
changes its room, that of the day."""
_CHOICE = Members({"among": each(TEXT), "who": TEXT, "price": WHOLE})


def _segments(placement: Placement) -> list[dict[str, Any]]:
    if not placement.rooms:
        return list(map(_SEGMENT.of, placement.segments))
    return [_SEGMENT.of(segment, room=placement.room_on(segment.day)) for segment in placement.segments]


_SITS = (lambda placement: placement, Form(each(_SEGMENT).schema, _segments))
_SESSION = Members({"id": ("session", TEXT), "body": TEXT, "room": TEXT, "segments": _SITS}, {"chosen": each(_CHOICE)})
"""A session; ``room`` is the one in which it starts. ``chosen`` says who is there of several who may be, and at what
price; reading finds that out anew."""
SESSIONS = each(_SESSION)
FINDINGS = each(Members({"rule": TEXT, "id": TEXT, "weight": or_null(WHOLE), "penalty": WHOLE, "message": TEXT}))
TIES = Members({"count": WHOLE, "exact": TRUTH}, {"side_events_only": TRUTH})
_ROOM = (lambda held: held.room or None, or_null(TEXT))
EVENT = Members({"id": ("event", TEXT), "date": ("day", DATE), "start": TIME, "end": TIME, "room": _ROOM})
EVENTS = each(EVENT)
"""Side events that were placed; a room that is not planned is null."""
_FIRST = {
    "date": (lambda place: place.segments[0].begins[0], DATE),
    "start": (lambda place: place.segments[0].begins[1], TIME),
}
_KNOWN_PLACE = Members({**_FIRST, "room": TEXT, "minutes": WHOLE}, {"rooms": each(TEXT)})
"""``rooms``: the room of each day, where it changes its room."""


def _place(placement: Placement) -> dict[str, Any]:
    return _KNOWN_PLACE.of(placement, **({"rooms": list(placement.rooms)} if placement.rooms else {}))


_PLACE = or_null(Form(_KNOWN_PLACE.schema, _place))
MOVE = Members(
    {
        "session": TEXT,
        "kind": one_of("moved", "hour", "room", "length", "parts", "new", "cancelled"),
        "sentence": TEXT,
        "before": _PLACE,
        "after": _PLACE,
    }
)
"""A move; ``before`` and ``after`` are null for a session that is new or gone."""
EVENT_MOVES = each(
    Members(
        {
            "event": TEXT,
            "kind": one_of("moved", "room", "length", "new", "cancelled"),
            "sentence": TEXT,
            "before": or_null(EVENT),
            "after": or_null(EVENT),
        }
    )
)
"""Moves of side events, as those of sessions."""
REVISION = Members(
    {
        "number": WHOLE,
        "date": ("issue.date", or_null(DATE)),
        "reason": ("issue.reason", or_null(TEXT)),
        "days": WHOLE,
        "changes": ("moves", each(MOVE)),
        "before": Members({"scenario": WHOLE_SCENARIO, "sessions": SESSIONS}, {"side_events": EVENTS}),
    },
    {"sequence": ANYTHING, "earlier": ANYTHING},
)
TIMETABLE = Answer(
    "timetable",
    {
        "scenario": WHOLE_SCENARIO,
        "status": STATUS,
        "cost": or_null(WHOLE),
        "bound": or_null(WHOLE),
        "sessions": SESSIONS,
        "findings": ("violations", FINDINGS),
        "ties": or_null(TIES),
        "solver": ANYTHING,
    },
    {"side_events": EVENTS, "revision": REVISION},
)
_UNCLAIMED = Answer("timetable", {"scenario": WHOLE_SCENARIO, "sessions": SESSIONS}, {"side_events": EVENTS})


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
    """What is to be said of it first: what was assumed or left out, what an earlier version left open."""
    disagreements: tuple[str, ...] = ()
    """Of the notes those that tell where the sheets of a workbook disagree."""
    name: str = ""
    """What messages call the file."""


def unclaimed_document(scenario: Scenario, timetable: Timetable) -> dict[str, Any]:
    """The document of a timetable that nobody has solved or checked: the scenario and where all stand, alone."""
    there = {"sessions": sessions_of(scenario, timetable), **events_member(timetable)}
    return _UNCLAIMED.of(scenario, scenario=WHOLE_SCENARIO.of(scenario), **there)


def to_document(scenario: Scenario, outcome: Outcome) -> dict[str, Any]:
    """The document of an outcome; without a timetable ``sessions`` is empty, ``cost`` and ``bound`` are null."""
    known: dict[str, Any] = {} if outcome.timetable is not None else {"cost": None, "bound": None}
    sessions = sessions_of(scenario, outcome.timetable or ())
    events = {} if outcome.timetable is None else events_member(outcome.timetable)
    if outcome.ties is not None and outcome.events_only is not None:
        known["ties"] = TIES.of(outcome.ties, side_events_only=outcome.events_only)
    return TIMETABLE.of(outcome, scenario=WHOLE_SCENARIO.of(scenario), sessions=sessions, **known, **events)


def sessions_of(scenario: Scenario, timetable: Iterable[Placement]) -> list[dict[str, Any]]:
    """Sessions with their segments, as the document holds them."""
    placed = Timetable(timetable)
    decided = presided(scenario, placed)
    return [
        _SESSION.of(placement, body=decided.body_of[placement.session].id, **_chosen(decided, placement.session))
        for placement in placed
    ]


def _chosen(decided: Scenario, session: SessionId) -> dict[str, list[dict[str, Any]]]:
    """Who fills the seats of a session that several people may fill; nothing where there are none."""
    filled = [(seat, who) for seat, who in decided.filled(session) if seat.is_open]
    choices = [_CHOICE.of(None, among=list(s.names), who=s.names[who], price=s.prices[who]) for s, who in filled]
    return {"chosen": choices} if choices else {}


def events_member(timetable: Timetable) -> dict[str, Any]:
    """The member ``side_events``; nothing where none is to be placed."""
    return {} if timetable.side_events is None else {"side_events": EVENTS.write(timetable.side_events)}


def to_bytes(document: Any) -> bytes:
    """JSON text of a document: two spaces, UTF-8, a line break at the end; of each text what ``clean`` leaves."""
    return (json.dumps(cleaned(document), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")
