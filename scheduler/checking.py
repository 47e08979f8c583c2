"""The checker: holds any timetable against a scenario, in plain Python that has never seen the solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.clock import show_minutes
from scheduler.domain.findings import Finding
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rules.rule import Rule, counted, listed
from scheduler.scenario import Scenario

MOST_NAMED = 5
"""Breaches that are told one by one where all stand in one sentence."""

STRUCTURE = "structure"
"""The kind of findings that concern the timetable itself: sessions missing, cut, or outside their slots."""


@dataclass(frozen=True, slots=True)
class Report:
    """Every finding on one timetable."""

    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Breaches of hard rules."""
        return tuple(finding for finding in self.findings if finding.hard)

    @property
    def cost(self) -> int:
        """Points of all soft rules together."""
        return sum(finding.penalty for finding in self.findings)

    @property
    def keeps_all(self) -> bool:
        """Whether every hard rule holds."""
        return not self.broken

    @property
    def breaches(self) -> str:
        """What breaks rules that must hold, in words; empty where all hold."""
        messages = list(dict.fromkeys(finding.message.rstrip(".") for finding in self.broken))
        more = len(messages) - MOST_NAMED
        rest = [f"and {counted(more, 'more breach', 'more breaches')}"] if more > 0 else []
        return "; ".join([*messages[:MOST_NAMED], *rest])

    def of(self, rule: Rule) -> tuple[Finding, ...]:
        """Findings of one rule."""
        return tuple(finding for finding in self.findings if finding.id == rule.name)


def check(scenario: Scenario, timetable: Timetable, given: Sequence[Finding] = ()) -> Report:
    """Hold a timetable against every rule of a scenario, hard and soft.

    ``given`` are findings already made while the timetable was read.
    """
    findings = [*given, *structure(scenario, timetable, {s for finding in given for s in finding.sessions})]
    for rule in scenario.all_rules:
        findings.extend(rule.check(scenario, timetable))
    return Report(tuple(findings))


def structure(scenario: Scenario, timetable: Timetable, known: set[str] = frozenset()) -> Iterator[Finding]:  # type: ignore[assignment]  # never changed
    """Every session once, uncut, of its planned duration, in slots and a room of its own; ``known`` are passed over."""
    for session in scenario.sessions:
        if session in known:
            continue
        title = scenario.title(session)
        if session not in timetable:
            yield _finding(f"{title} is not placed", session)
            continue
        placement = timetable[session]
        problem = _shape(scenario, placement)
        if problem:
            yield _finding(f"{title} {problem}", session)
        if placement.room not in scenario.rooms_of(session):
            rooms = [scenario.room[room].title for room in scenario.rooms_of(session)]
            yield _finding(f"{title} is in '{placement.room}', but may sit in {listed(rooms, 'or')} only", session)
    for placement in timetable:
        if placement.session not in scenario.sessions:
            yield _finding(f"'{placement.session}' is no session of this scenario", placement.session)


def _shape(scenario: Scenario, placement: Placement) -> str | None:
    planned = scenario.minutes(placement.session)
    given = sum(segment.minutes for segment in placement.segments)
    if given != planned:
        return f"is given {show_minutes(given)}, planned are {show_minutes(planned)}"
    own = scenario.own_slots(placement.session)
    reserved = [scenario.calendar.axis.slots[slot] for slot in placement.slots if slot not in own]
    if reserved:
        return f"sits on {reserved[0]}, a slot reserved for others"
    if scenario.calendar.axis.stretch(placement.start, planned, own) != placement.segments:
        return "is cut: its segments do not follow one another without a gap"
    return None


def _finding(message: str, session: str) -> Finding:
    return Finding(STRUCTURE, STRUCTURE, message, sessions=(session,))
