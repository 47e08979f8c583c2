"""What one change would cost: before and after, what moves, which rules change; or why it is impossible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import several_weeks
from scheduler.domain.carry import Carry, days_moved
from scheduler.domain.clock import show_clock, show_day
from scheduler.domain.persons import Entry, key_of
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import penalties
from scheduler.errors import EngineError, OutOfTime
from scheduler.explanation.applying import Changing
from scheduler.explanation.impossible import Explanation, explain
from scheduler.explanation.nearest import nearest
from scheduler.outcome import Outcome, Settings, Status
from scheduler.presiding import presided
from scheduler.reading.yamltext import Document
from scheduler.rules.deputies import who_stands_in
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.side_events.judging import asked_of
from scheduler.side_events.moves import EventMove, carried, event_moves
from scheduler.solving.completing import completed, events_of
from scheduler.solving.engine import solve
from scheduler.solving.formulation import Formulation, by_name, choose
from scheduler.solving.search import Search
from scheduler.solving.side_events.model import Kept

BEFORE_SHARE = 0.4
"""Share of the time for the scenario without the change."""


@dataclass(frozen=True, slots=True)
class Change:
    """A session that is elsewhere afterwards; ``before`` or ``after`` is None where it is not held."""

    session: SessionId
    title: str
    before: str | None
    after: str | None
    rooms: tuple[str, str] | None = None
    """The titles of the old and the new room, or rooms by day, where they change."""


@dataclass(frozen=True, slots=True)
class CostChange:
    """A rule with another penalty afterwards, in points."""

    name: str
    sentence: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The scenario as it is and as changed, each with its answer."""

    scenario: Scenario
    changed: Scenario
    wishes: tuple[Rule, ...]
    before: Outcome
    after: Outcome
    changes: tuple[Change, ...]
    prices: tuple[CostChange, ...]
    given_up: frozenset[str] = frozenset()
    """The names of the rules given up: their penalties are not counted."""
    away: tuple[str, ...] = ()
    """Ids or names of those who are needed while away, after their absence was given up."""
    explanation: Explanation | None = None
    """Where the change makes it impossible: why, with the wishes taken for granted."""
    days: int = 0
    """By how many days the meeting was moved as a whole; a session that moves with it has not changed."""
    events: tuple[EventMove, ...] = ()
    """Side events that stand elsewhere afterwards."""
    nearest: bool = True
    """Whether the timetable is the nearest to that before of equally good ones; otherwise far more moves than must."""

    @property
    def proved(self) -> bool:
        """Whether no timetable costs less, before and after."""
        return self.before.status is Status.OPTIMAL and self.after.status is Status.OPTIMAL

    @property
    def cost(self) -> int | None:
        """Points afterwards, without those of the rules given up."""
        if self.after.timetable is None:
            return None
        return sum(violation.penalty for violation in self.after.violations if violation.id not in self.given_up)

    @property
    def not_kept(self) -> tuple[str, ...]:
        """Rules and absences given up that the timetable does not keep."""
        broken = (violation.id for violation in self.after.violations if violation.id in self.given_up)
        return tuple(dict.fromkeys((*broken, *self.away)))


def what_if(
    scenario: Scenario, document: Document | None = None, settings: Settings | None = None, *,
    require: Sequence[str] = (), forbid: Sequence[str] = (), values: Sequence[str] = (), drop: Sequence[str] = (),
) -> WhatIf:  # fmt: skip
    """Solve with and without the change. A rule that is dropped becomes a wish, so that nothing else is tightened.

    Raises:
        InputError: a change cannot be read, or names what is not there; with a caret.
    """
    budget = (settings or Settings()).part()
    change = Changing(tuple(values), tuple(drop), tuple(require), tuple(forbid))
    changed, wishes, given_up, absences = change.applied(scenario)
    choice = choose(changed)
    before = solve(scenario, budget.part(BEFORE_SHARE))
    after = solve(changed, budget.part(), choice=choice)
    explanation, near = None, True
    if after.status is Status.INFEASIBLE:
        explanation = explain(
            changed, document, budget.part(), given=[wish.name for wish in wishes],
            rerun=lambda options: change.further(options).applied(scenario)[0],
        )  # fmt: skip
    elif after.timetable is not None and before.timetable is not None:
        carried = Carry(scenario, changed).timetable(before.timetable)
        kept = _as_before(changed, after, carried)
        if kept is not None:
            after = kept
        elif after.status is Status.OPTIMAL and (choice.translation is None or by_name(changed) is Formulation.SLOTS):
            try:
                after = _near(changed, after, carried, budget.part())
            except OutOfTime:
                near = False
        else:
            near = False
    changes = tuple(changes_between(scenario, changed, before.timetable, after.timetable))
    before, after, events = _with_events(scenario, changed, before, after, budget)
    prices = tuple(price for price in _prices(changed, before, after) if price.name not in given_up)
    return WhatIf(
        scenario, changed, tuple(wishes), before, after, changes, prices, frozenset(given_up),
        _needed_while_away(changed, after, absences), explanation,
        days_moved(scenario.calendar, changed.calendar), events, near,
    )  # fmt: skip


def _with_events(
    scenario: Scenario, changed: Scenario, before: Outcome, after: Outcome, budget: Settings
) -> tuple[Outcome, Outcome, tuple[EventMove, ...]]:
    """Both answers with their side events: afterwards the cheapest, of these those that move the fewest; and moves."""
    if not scenario.to_place and not changed.to_place:
        return before, after, ()
    before = completed(before, events_of(scenario, budget.part()))
    was = {} if before.timetable is None else carried(scenario, before.timetable, changed)
    out = {name: held for name, held in was.items() if name in changed.to_place}
    after = completed(after, events_of(changed, budget.part(), Kept(out, cheapest=True)))
    if before.timetable is None or after.timetable is None:
        return before, after, ()
    return before, after, event_moves(scenario, before.timetable, changed, after.timetable)


def _needed_while_away(changed: Scenario, after: Outcome, absences: Sequence[Entry]) -> tuple[str, ...]:
    """Of those whose absences were given up: who is needed while away."""
    if not absences or after.timetable is None:
        return ()
    decided = presided(changed, after.timetable)
    return tuple(
        key_of(entry)
        for entry in absences
        if any(
            decided.person(key_of(entry)) in decided.needed(placement.session)
            and not all(entry.is_present(s) for s in placement.segments)
            for placement in after.timetable
        )
    )


def _as_before(scenario: Scenario, outcome: Outcome, before: Timetable) -> Outcome | None:
    """The answer with the timetable from before, where that keeps every rule and costs no more; else None."""
    if set(before.placements) != set(scenario.sessions):
        return None
    report = check(scenario, before)
    if report.broken or outcome.cost is None or report.cost > outcome.cost:
        return None
    return replace(outcome, timetable=before, cost=report.cost, violations=report.violations)


def _near(scenario: Scenario, outcome: Outcome, before: Timetable, settings: Settings) -> Outcome:
    """The same answer, but of equally good timetables the one that moves the fewest sessions."""
    assert outcome.timetable is not None
    search = Search(settings)
    timetable = nearest(scenario, outcome.timetable, before, search)
    report = check(scenario, timetable)
    if report.broken or report.cost != outcome.cost:
        raise EngineError("the timetable nearest to the one before is not as good as the best")
    return replace(outcome, timetable=timetable, violations=report.violations)


def changes_between(
    scenario: Scenario, changed: Scenario, before: Timetable | None, after: Timetable | None
) -> list[Change]:
    """The sessions that are elsewhere or take longer or shorter; none where either timetable is missing."""
    if before is None or after is None:
        return []
    carry, found = Carry(scenario, changed), []
    dated = carry.days != 0 or several_weeks(scenario.calendar, changed.calendar)
    for session in dict.fromkeys((*scenario.sessions, *changed.sessions)):
        old, new = before.placements.get(session), after.placements.get(session)
        if old is None or new is None or not carry.alike(old, new):
            title = (changed if session in changed.sessions else scenario).title(session)
            rooms = None if old is None or new is None else carry.rooms_between(old, new)
            found.append(Change(session, title, _shown(old, dated=dated), _shown(new, dated=dated), rooms))
    return found


def _shown(placement: Placement | None, *, dated: bool) -> str | None:
    """``Thursday 15:00 to 16:30``, or to another day with its name."""
    if placement is None:
        return None
    (day, start), (last, end) = placement.segments[0].begins, placement.segments[-1].ends
    until = "" if last == day else f"{show_day(last, dated=dated)} "
    return f"{show_day(day, dated=dated)} {show_clock(start)} to {until}{show_clock(end)}"


def _prices(scenario: Scenario, before: Outcome, after: Outcome) -> list[CostChange]:
    if before.timetable is None or after.timetable is None:
        return []
    old, new = penalties(before.violations), penalties(after.violations)
    changed = [name for name in dict.fromkeys((*old, *new)) if old.get(name, 0) != new.get(name, 0)]
    sentences = {rule.name: rule.describe(scenario) for rule in scenario.all_rules}
    sentences |= {asked.name: asked.sentence for asked in asked_of(scenario)}
    for rule in scenario.implied:
        sentences[rule.name] = who_stands_in([rule], after.violations) or sentences[rule.name]
    return [CostChange(name, sentences.get(name, name), old.get(name, 0), new.get(name, 0)) for name in changed]
