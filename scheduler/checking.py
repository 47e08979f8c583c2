"""The checker: compares any timetable with a scenario, in plain Python that knows nothing of the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.clock import agreeing, show_clock, show_day, show_hours, show_minutes
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import EngineError
from scheduler.outcome import Outcome, Status
from scheduler.presiding import presided
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MAX_VIOLATIONS_NAMED = 5
"""A sentence names this number of violations; the others it counts."""
STRUCTURE = "structure"
"""The kind of violations that concern the timetable itself: sessions missing, cut, or outside their slots."""


@dataclass(frozen=True, slots=True)
class Report:
    """Every violation of one timetable."""

    violations: tuple[Violation, ...]

    @property
    def broken(self) -> tuple[Violation, ...]:
        """Violations of hard rules."""
        return tuple(violation for violation in self.violations if violation.hard)

    @property
    def cost(self) -> int:
        """Points of all soft rules together."""
        return sum(violation.penalty for violation in self.violations)

    @property
    def keeps_all(self) -> bool:
        """Whether every hard rule holds."""
        return not self.broken

    @property
    def verdict(self) -> str:
        """``keeps every rule that must hold``, or in how many places it breaks one."""
        places = counted(len(self.broken), "place")
        return f"breaks rules that must hold, in {places}" if self.broken else "keeps every rule that must hold"

    @property
    def broken_in_words(self) -> str:
        """Violations of hard rules in one sentence; empty where there are none."""
        messages = list(dict.fromkeys(violation.message.rstrip(".") for violation in self.broken))
        more = len(messages) - MAX_VIOLATIONS_NAMED
        rest = [f"and {counted(more, 'more violation')}"] if more > 0 else []
        return "; ".join([*messages[:MAX_VIOLATIONS_NAMED], *rest])

    def outcome(self, timetable: Timetable, *, proved: bool, bound: int | None = 0, **facts: Any) -> Outcome:
        """The answer with the timetable that was judged: ``proved`` to be the cheapest, or none is below ``bound``."""
        status, bound = (Status.OPTIMAL, self.cost) if proved else (Status.FEASIBLE, bound)
        return Outcome(status, timetable, self.cost, bound, self.violations, **facts)

    def of(self, rule: Rule) -> tuple[Violation, ...]:
        """Violations of one rule."""
        return tuple(violation for violation in self.violations if violation.id == rule.name)


def check(scenario: Scenario, timetable: Timetable, given: Sequence[Violation] = ()) -> Report:
    """Compare a timetable with every rule of a scenario, hard and soft.

    Who fills the seats that several people may fill, ``presided`` decides. ``given``: violations found while the
    timetable was read. Side events are judged where the timetable has them.

    Raises:
        InputError: the ways of filling the seats are too many to compare.
    """
    violations = [*given, *structure(scenario, timetable, {s for violation in given for s in violation.sessions})]
    decided = presided(scenario, timetable)
    for rule in scenario.all_rules:
        violations.extend(rule.check(decided, timetable))
    if timetable.side_events is not None:
        from scheduler.side_events.judging import judge

        violations.extend(judge(scenario, timetable.side_events))
    return Report(tuple(violations))


def confirm(scenario: Scenario, timetable: Timetable, claimed: int | None = None) -> Report:
    """Have the checker confirm a timetable of the solver, and its cost where one is ``claimed``.

    Raises:
        EngineError: it does not.
    """
    confirmed = check(scenario, timetable)
    if confirmed.broken:
        violation = confirmed.broken[0]
        raise EngineError(f"the solver's timetable breaks '{violation.id}': {violation.message}")
    if claimed is not None and confirmed.cost != claimed:
        raise EngineError(f"the solver's timetable costs {confirmed.cost}, the solver says {claimed}")
    return confirmed


def structure(scenario: Scenario, timetable: Timetable, known: Collection[str] = ()) -> Iterator[Violation]:
    """Every session but the ``known`` is placed, uncut, for its planned duration, in slots and a room of its own."""
    for session in scenario.sessions:
        if session in known:
            continue
        title = scenario.title(session)
        if session not in timetable:
            yield _violation(f"{title} is not placed", session)
            continue
        placement = timetable[session]
        if problem := _shape(scenario, placement, timetable):
            yield _violation(f"{title} {problem}", session)
        for room in (room for room in placement.each_room if room not in scenario.rooms_of(session)):
            rooms = [scenario.room[open_].title for open_ in scenario.rooms_of(session)]
            yield _violation(f"{title} is in '{room}', but may sit in {listed(rooms, 'or')} only", session)
        if placement.rooms and session not in scenario.may_change_room:
            yield _violation(f"{title} {_changes_room(scenario, placement)}", session)
    for placement in timetable:
        if placement.session not in scenario.sessions:
            yield _violation(f"'{placement.session}' is no session of this scenario", placement.session)


def _changes_room(scenario: Scenario, placement: Placement) -> str:
    """That it changes its room, although nothing allows it."""
    day, room = placement.moves[0]
    rooms = f"from {scenario.room_title(placement.room)} to {scenario.room_title(room)} on {show_day(day)}"
    return f"changes its room {rooms}, but keeps one room: 'room_may_change' would allow it"


def _shape(scenario: Scenario, placement: Placement, timetable: Timetable) -> str | None:
    if found := _in_a_break(scenario, placement):
        return found
    planned = scenario.minutes(placement.session)
    given = sum(segment.minutes for segment in placement.segments)
    if given != planned:
        return f"is given {show_minutes(given)}, planned {agreeing(planned, 'is', 'are')} {show_minutes(planned)}"
    own = scenario.own_slots(placement.session)
    reserved = [scenario.calendar.axis.slots[slot] for slot in placement.slots if slot not in own]
    if reserved:
        return f"sits on {reserved[0]}, a slot reserved for others"
    closed = scenario.closed_to(placement.session, placement.room, timetable)
    if scenario.calendar.axis.stretch(placement.start, planned, own, closed) != placement.segments:
        if placement.session in scenario.gives_way:
            return _ill_suspended(scenario, placement, timetable)
        return "is cut: its segments do not follow one another without a gap"
    return None


def _in_a_break(scenario: Scenario, placement: Placement) -> str:
    """Where it begins or ends in a break; empty where it does neither. Only a timetable of others can do so."""
    for segment in placement.segments:
        for first, last in scenario.calendar.axis.slots[segment.slot].breaks:
            pause = f"{show_hours(first, last)} on {show_day(segment.day)}"
            if first <= segment.start < last:
                return (
                    f"starts at {show_clock(segment.start)}, in the break {pause}: it can start at {show_clock(last)}"
                )
            if first < segment.end <= last:
                return f"ends at {show_clock(segment.end)}, in the break {pause}: it can end at {show_clock(first)}"
    return ""


def _ill_suspended(scenario: Scenario, placement: Placement, timetable: Timetable) -> str:
    """What is wrong with the parts of a session that is suspended for some fixtures."""
    fixtures = timetable.of(scenario.gives_way[placement.session])
    names = listed([scenario.title(p.session) for p in fixtures if p.room == placement.room])
    due = scenario.place(placement.session, placement.start, placement.room, timetable)
    if not names:
        return "is cut: its segments do not follow one another without a gap"
    if due is None:
        first = placement.segments[0]
        return f"starts on {first.starts_on}, where {names} leaves it no room, or it does not end within the slots"
    parts = "; ".join(map(str, due.segments))
    return f"is not suspended as it should be, for {names} and for nothing else: from its start it sits {parts}"


def _violation(message: str, session: str) -> Violation:
    return Violation(STRUCTURE, STRUCTURE, message, sessions=(session,))
