"""What a wish gives up: where the planner states a standing rule with a weight, it need not hold any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from constraints import STANDING
from constraints.officer_double_booking import OfficerDoubleBooking
from constraints.room_fit import lacking
from scheduler.domain.base import SessionId
from scheduler.domain.persons import as_subject
from scheduler.reading.diagnostics import Diagnostic, Located, Severity
from scheduler.rules.rule import Rule, Yields
from scheduler.scenario import Scenario
from scheduler.wording import listed

MOST_NAMED = 4
"""So many sessions, people or rooms are named."""


def lifted(document: Located, scenario: Scenario) -> Iterator[Diagnostic]:
    """A warning for each wish of a standing kind: who may now collide, or that it changes nothing.

    A weight of 0 says so itself.
    """
    for index, rule in enumerate(scenario.rules):
        if rule.rule in STANDING and rule.weight:
            strict = [r for r in scenario.rules if r.rule == rule.rule and r.weight is None]
            parts = tuple(frozenset(r.sessions(scenario)) for r in strict)
            may = _SAYS[rule.rule](scenario, rule.yielding(Yields(stated=parts)))
            if may:
                message = f"with a weight this is a wish, not a rule that must hold: {may}"
            elif strict and _SAYS[rule.rule](scenario, rule):
                names = listed([f"'{r.name}'" for r in strict])
                message = f"this wish lifts nothing and costs nothing: {names} must hold for what it names"
            else:
                message = "" if any(rule.silent(scenario)) else _idle(scenario, rule)
            if message:
                loc = ("rules", index, "weight")
                yield document.diagnose(loc, message, key=True, severity=Severity.WARNING)


def _idle(scenario: Scenario, rule: Rule) -> str:
    """A wish that lifts nothing: between one session and the others the standing rule holds all the same."""
    if not type(rule).about_pairs or not rule.of or len(rule.sessions(scenario)) != 1:
        return ""
    name = scenario.name_of(rule.of[0])
    return (
        f"this wish lifts nothing and costs nothing: between {name} and other work the rule must hold all the same, "
        "because they are not named too"
    )


def _room_clash(scenario: Scenario, rule: Rule) -> str:
    sessions = [s for s in rule.sessions(scenario) if _meets_another(scenario, rule, s)]
    return f"{_some(scenario, sessions)} may now sit in one room at the same time" if sessions else ""


def _meets_another(scenario: Scenario, rule: Rule, session: SessionId) -> bool:
    mine = set(scenario.rooms_of(session))
    others = (s for s in rule.sessions(scenario) if s != session and not rule.yields.pair(session, s))
    return any(mine & set(scenario.rooms_of(other)) for other in others)


def _double_booking(scenario: Scenario, rule: Rule) -> str:
    pairs = rule.pairs(scenario) if isinstance(rule, OfficerDoubleBooking) else {}
    parts = []
    for officer, found in list(pairs.items())[:MOST_NAMED]:
        sessions = dict.fromkeys(session for pair in found for session in pair)
        ordered = [session for session in scenario.sessions if session in sessions]
        parts.append(
            f"{as_subject(scenario.persons.title(officer))} may now be wanted in {_some(scenario, ordered)} at once"
        )
    left = len(pairs) - MOST_NAMED
    return "; ".join([*parts, *([f"and {left} more likewise"] if left > 0 else [])])


def _restricted(scenario: Scenario, rule: Rule) -> str:
    strict = {s for s in scenario.sessions if scenario.restricted(s) and rule.yields.names(s)}
    closed = [s for s in rule.sessions(scenario) if scenario.restricted(s) and s not in strict]
    others = [
        other
        for other in scenario.sessions
        if other not in strict and any(other != s and scenario.audience(other) != scenario.audience(s) for s in closed)
    ]
    if not closed or not others:
        return ""
    return f"{_some(scenario, closed)} may now share a slot with {_some(scenario, others, 'or')}"


def _boundaries(scenario: Scenario, rule: Rule) -> str:
    sessions = [s for s in rule.sessions(scenario) if s not in scenario.anchored and not rule.yields.names(s)]
    return f"{_some(scenario, sessions)} may now start at any time within a slot" if sessions else ""


def _availability(scenario: Scenario, rule: Rule) -> str:
    away: dict[str, list[SessionId]] = {}
    for session in rule.sessions(scenario):
        for person in scenario.needed(session):
            if scenario.persons.may_be_away(person):
                away.setdefault(scenario.persons.title(person), []).append(session)
    parts = [f"{_some(scenario, sessions)} may now be held without {who}" for who, sessions in away.items()]
    left = len(parts) - MOST_NAMED
    return "; ".join([*parts[:MOST_NAMED], *([f"and {left} more likewise"] if left > 0 else [])])


def _room_fit(scenario: Scenario, rule: Rule) -> str:
    short = [s for s in rule.sessions(scenario) if any(lacking(scenario, s, room) for room in scenario.rooms_of(s))]
    return f"{_some(scenario, short)} may now sit in a room that has not the seats or equipment" if short else ""


_SAYS: Mapping[str, Callable[[Scenario, Rule], str]] = {
    "fixed_boundaries": _boundaries,
    "officer_availability": _availability,
    "officer_double_booking": _double_booking,
    "restricted_access": _restricted,
    "room_clash": _room_clash,
    "room_fit": _room_fit,
}


def _some(scenario: Scenario, sessions: Sequence[SessionId], last: str = "and") -> str:
    """The titles of sessions; of many the first, and how many more."""
    titles = [scenario.title(session) for session in sessions]
    left = len(titles) - MOST_NAMED
    return listed([*titles[:MOST_NAMED], f"{left} more"] if left > 0 else titles, last)
