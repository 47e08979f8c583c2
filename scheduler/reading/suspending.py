"""Errors and doubts in what ``suspends_for`` says; a file that is read and a value that is set meet the same errors."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Body, Session
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario
from scheduler.wording import listed, suggest

_REMEDY = "a fixture has a hard anchor, or is closed and in no rolling rule"
MOST_NAMED = 6
"""Fixtures that are named as a remedy."""


def mistaken(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and the remedy."""
    for loc, declaring in _declared(scenario):
        if not isinstance(declaring.suspends_for, bool):
            for number, name in enumerate(declaring.suspends_for or ()):
                yield from _misnamed(scenario, name, (*loc, "suspends_for", number))
    yield from _cut_by_them(scenario)


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Where it says nothing."""
    for loc, declaring in _declared(scenario):
        if declaring.suspends_for is True and not scenario.fixtures:
            yield (*loc, "suspends_for"), f"there is no fixture to be suspended for: {_REMEDY}"
        elif isinstance(declaring, Session) and declaring.suspends_for and declaring.id in scenario.fixtures:
            title = scenario.title(SessionId(declaring.id))
            yield (*loc, "suspends_for"), f"{title} is a fixture, which is never suspended: the key says nothing"


def _declared(scenario: Scenario) -> Iterator[tuple[Loc, Body | Session]]:
    for b, body in enumerate(scenario.bodies):
        if body.suspends_for is not None:
            yield ("bodies", b), body
        for s, session in enumerate(body.sessions):
            if session.suspends_for is not None:
                yield ("bodies", b, "sessions", s), session


def _misnamed(scenario: Scenario, name: str, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    """Names of what is no fixture, or is to be suspended itself."""
    work = scenario.work(name)
    others = [session for session in work if session not in scenario.fixtures]
    if not work and name not in scenario.dropped and name in scenario.body:
        yield loc, f"'{name}' has no session to be suspended for", "name its sessions, or leave it out"
    elif others:
        near = suggest(name, scenario.fixtures - set(work)) if len(work) == 1 else None
        which = f"'{name}'" if len(work) == 1 else f"{scenario.title(others[0])}, of '{name}',"
        names = [s for s in scenario.sessions if s in scenario.fixtures]
        known = f"; fixtures here: {listed(names)}" if 0 < len(names) <= MOST_NAMED else ""
        hint = f"did you mean '{near}'?" if near else f"{_REMEDY}{known}"
        yield loc, f"{which} is no fixture, so nothing is suspended for it", hint
    for session in work:
        if session in scenario.fixtures and scenario.sessions[session].suspends_for:
            message = f"{scenario.title(session)} has 'suspends_for' itself: nothing is suspended for what is suspended"
            yield loc, message, "leave one of the two out"


def _cut_by_them(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Sessions that are suspended for a fixture by which they would be cut on the day."""
    for b, body in enumerate(scenario.bodies):
        if body.boundary is None or body.boundary.before_anchor != "is_cut":
            continue
        cut = [
            (scenario.title(session), scenario.title(fixture))
            for session, fixtures in scenario.gives_way.items()
            for fixture in fixtures
            if scenario.body_of[fixture].id == body.id
        ]
        if cut:
            session, fixture = cut[0]
            message = f"{session} is suspended for {fixture} and goes on after it, so it cannot be cut by it as well"
            loc: Loc = ("bodies", b, "boundary", "before_anchor")
            yield loc, message, "write moves_after, or leave it out of suspends_for"
