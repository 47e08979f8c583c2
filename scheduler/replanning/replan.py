"""Finds the timetable with the least disturbance, of those the fewest moves, of those the least cost; each proved.

A session has moved when its start or its room is not that of the timetable that is out. A new session has not moved,
and neither has one of which only the length has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.checking import check, confirm
from scheduler.domain.base import SessionId
from scheduler.domain.carry import moved_by
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import BoolVar
from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.replanning.published import Published, PublishedPlace, places, stays
from scheduler.replanning.replan_wishes import MOVES_ALONE, Keep, Wishes
from scheduler.scenario import Scenario
from scheduler.side_events.moves import EventMove, carried, event_moves
from scheduler.solving.canonical import first_in_order, in_stages, least
from scheduler.solving.completing import completed, events_of
from scheduler.solving.posting import posted
from scheduler.solving.search import Search, facts_of, fingerprint
from scheduler.solving.side_events.model import Kept
from scheduler.wording import capital, counted, uncapital


@dataclass(frozen=True, slots=True)
class Replan:
    """The answer: ``moved`` sessions, the points of disturbance, and whether these are proved the least."""

    outcome: Outcome
    moved: tuple[SessionId, ...] = ()
    disturbance: int = 0
    fewest_moves: int | None = None
    """The fewest moves of any timetable, at any disturbance; None where the limit came first."""
    proved: bool = False
    held: bool = False
    """Whether anything was frozen or kept."""
    days: int = 0
    """The days by which the meeting was moved as a whole; these are no moves of its sessions."""
    new: int = 0
    """The number of sessions that were not out."""
    events: tuple[EventMove, ...] = ()
    """Side events that stand elsewhere."""
    fewest_events: bool = False
    """Whether it is proved that no fewer of them can move."""

    @property
    def sentence(self) -> str:
        """The number of moves, and whether it is the least."""
        if not self.events or self.outcome.timetable is None:
            return self._of_sessions
        proof = "proved the fewest" if self.fewest_events else "the limit was reached, and fewer may do"
        events = capital(counted(len(self.events), "side event stands", "side events stand"))
        still = not self.moved and not self.new and not self.days
        return f"{'No session has to move.' if still else self._of_sessions} {events} elsewhere: {proof}."

    @property
    def _of_sessions(self) -> str:
        if self.outcome.timetable is None:
            held = " and all that is frozen or kept" if self.held else ""
            reasons = {
                Status.INFEASIBLE: f"No timetable keeps every rule{held}.",
                Status.UNKNOWN: "The limit was reached before any timetable was found: allow more with --time-limit.",
            }
            return reasons[self.outcome.status]
        if not self.moved:
            if self.new:
                moved = f"{capital(moved_by(self.days))}. " if self.days else ""
                return f"{moved}Nothing that is out has to move for {counted(self.new, 'new session')}."
            if self.days:
                return f"{capital(moved_by(self.days))}, otherwise unchanged: it keeps every rule."
            return "Nothing has to move: the timetable that is out keeps every rule."
        moves = capital(counted(len(self.moved), "move"))
        head = f"{moves}, {counted(self.disturbance, 'point')} of disturbance"
        if self.days:
            head = f"{capital(moved_by(self.days))}; besides, {uncapital(head)}"
        if not self.proved:
            return f"{head}; the limit was reached, and less may do."
        if self.fewest_moves is not None and self.fewest_moves < len(self.moved):
            fewer = counted(self.fewest_moves, "move")
            return f"{head}: proved the least. (With {fewer} more audiences and officers would be disturbed.)"
        return f"{head}: proved the least, and no timetable moves fewer sessions."


@dataclass(frozen=True, slots=True)
class Step:
    """The least cost of a timetable with at most ``moves`` moves; None: none was found."""

    moves: int
    cost: int | None
    moved: tuple[SessionId, ...]
    known: bool
    """Whether this is proved."""
    timetable: Timetable | None = None


def replan(
    scenario: Scenario,
    out: Mapping[SessionId, PublishedPlace],
    wishes: Wishes | None = None,
    settings: Settings | None = None,
    report: Callable[[Progress], None] | None = None,
    days: int = 0,
) -> Replan:
    """The timetable of ``scenario`` with the least disturbance of those who know where the sessions are ``out``.

    ``days``: all places of ``out`` are later than they went out by this number of days.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    wishes = wishes or Wishes()
    held = wishes.anything_held
    search = Search(settings or Settings(), report)
    if (still := _unmoved(scenario, out)) is not None:
        return Replan(still, fewest_moves=0, proved=True, held=held, days=days)
    try:
        model, movings = _posted(scenario, out, wishes, search)
    except OutOfTime:
        return Replan(Outcome(Status.UNKNOWN, unbuilt=True), held=held, days=days)
    facts = facts_of(search.settings, model_sha256=fingerprint(model.cp))
    moves, unstaged = model.count(movings.values()), model.cp.clone()
    disturbance = model.total(wishes.disturbance(scenario, s) * literal for s, literal in movings.items())
    stages = (disturbance * (len(movings) + 1) + moves, model.cost)
    found, proved, status = in_stages(model, stages, search)
    if found is None:
        return Replan(Outcome(status, interrupted=search.interrupted, solver=facts), held=held, days=days)
    optimal, canonical = proved == len(stages), False
    if optimal:
        found, canonical = first_in_order(model, found, search)
    confirmed = confirm(scenario, found)
    moved = tuple(s for s in movings if not stays(out[s], found[s]))
    points = sum(wishes.disturbance(scenario, session) for session in moved)
    outcome = confirmed.outcome(
        found, proved=optimal, canonical=canonical, interrupted=search.interrupted, solver=facts
    )
    fewest: int | None = len(moved)
    if len(moved) > 1:
        unstaged.minimize(moves)
        answer = least(model, search, cp=unstaged)
        fewest = round(answer.solver.objective_value) if answer.status is Status.OPTIMAL else None
    new = sum(session not in out for session in scenario.sessions)
    return Replan(outcome, moved, points, fewest, proved > 0, held, days, new)


def with_events(
    answer: Replan,
    scenario: Scenario,
    published: Published,
    wishes: Wishes | None = None,
    settings: Settings | None = None,
) -> Replan:
    """The answer with side events: as few as can be stand elsewhere than they did, and those at the least cost."""
    if not scenario.to_place or answer.outcome.timetable is None:
        return answer
    was = carried(published.scenario, published.timetable, scenario)
    out = {name: held for name, held in was.items() if name in scenario.to_place}
    placed = events_of(scenario, settings or Settings(), Kept(out, (wishes or Wishes()).frozen))
    outcome = completed(answer.outcome, placed)
    if placed is None or outcome.timetable is None:
        return replace(answer, outcome=outcome)
    moves = event_moves(published.scenario, published.timetable, scenario, outcome.timetable)
    return replace(answer, outcome=outcome, events=moves, fewest_events=placed.moves is not None or not out)


def moving_fewest(scenario: Scenario, out: Timetable, before: Programme, settings: Settings, days: int = 0) -> Replan:
    """The timetable of ``scenario`` with the fewest moves from the one that is out, at any disturbance; of side events
    the cheapest places, and of these those with the fewest moves.

    ``before`` is the programme that the timetable was made for, ``days`` as in `replan`.
    """
    answer = replan(scenario, places(scenario, out, before), Wishes(weights=MOVES_ALONE), settings, days=days)
    if not scenario.to_place:
        return answer
    was = {name: held for name, held in carried(before, out, scenario).items() if name in scenario.to_place}
    return replace(answer, outcome=completed(answer.outcome, events_of(scenario, settings, Kept(was, cheapest=True))))


def _unmoved(scenario: Scenario, out: Mapping[SessionId, PublishedPlace]) -> Outcome | None:
    """The timetable that is out where every session can stay; that needs no search."""
    axis, wanted = scenario.calendar.axis, {}
    for session in scenario.sessions:
        position = axis.position(out[session].day, out[session].start) if session in out else None
        if position is None:
            return None
        wanted[session] = position, out[session].where
    timetable = Timetable(scenario.place_all(wanted).values())
    if len(timetable) < len(wanted):
        return None
    report = check(scenario, timetable)
    return None if report.broken else report.outcome(timetable, proved=True, canonical=True)


def steps(
    scenario: Scenario,
    out: Mapping[SessionId, PublishedPlace],
    most: int,
    wishes: Wishes | None = None,
    settings: Settings | None = None,
) -> list[Step]:
    """The least cost with at most 0, 1, ... ``most`` moves, each proved; it ends at a cost of 0.

    Empty where the limit came before the model was built.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
    """
    search = Search(settings or Settings())
    try:
        model, movings = _posted(scenario, out, wishes or Wishes(), search)
    except OutOfTime:
        return []
    moves = model.count(movings.values())
    found: list[Step] = []
    for allowed in range(min(most, len(movings)) + 1):
        bounded = model.cp.clone()
        bounded.add(moves <= allowed)
        bounded.minimize(model.cost * (len(movings) + 1) + moves)
        answer = least(model, search, cp=bounded)
        if not answer.found:
            found.append(Step(allowed, None, (), answer.status is Status.INFEASIBLE))
            continue
        timetable = model.read(answer.solver)
        cost = confirm(scenario, timetable).cost
        moved = tuple(s for s in movings if not stays(out[s], timetable[s]))
        found.append(Step(allowed, cost, moved, answer.status is Status.OPTIMAL, timetable))
        if cost == 0:
            break
    return found


def _posted(
    scenario: Scenario, out: Mapping[SessionId, PublishedPlace], wishes: Wishes, search: Search
) -> tuple[ScheduleModel, dict[SessionId, BoolVar]]:
    """The model with all rules and wishes, and a literal for each session that is out: it moves.

    Raises:
        OutOfTime: the limit of the search came first.
    """
    movings: dict[SessionId, BoolVar] = {}
    model = posted(scenario, search.until, ask=lambda model: movings.update(_asked(model, scenario, out, wishes)))
    for session, place in out.items():
        position = scenario.calendar.axis.position(place.day, place.start)
        if position is not None and session in model.starts:
            model.suggest(session, position)
    return model, movings


def _asked(
    model: ScheduleModel, scenario: Scenario, out: Mapping[SessionId, PublishedPlace], wishes: Wishes
) -> dict[SessionId, BoolVar]:
    """Post what is frozen or kept; the literals that say what moves."""
    axis = scenario.calendar.axis
    movings: dict[SessionId, BoolVar] = {}
    positions = {session: axis.position(place.day, place.start) for session, place in out.items()}
    for session in scenario.sessions:
        if session in out:
            place, position = out[session], positions[session]
            stay = model.false if position is None else model.stays(session, position, place.where)
            movings[session] = model.negated(stay)
            if wishes.frozen(place.day, place.start):
                model.clause(stay)
                continue
        if wishes.frozen_before is not None:
            model.clause(model.where(session, lambda parts: not wishes.frozen(parts[0].day, parts[0].start)))
    for keep, sessions in wishes.keeps.items():
        _keep(model, keep, {s: p for s, p in out.items() if s in sessions and s in scenario.sessions})
    return movings


def _keep(model: ScheduleModel, keep: Keep, out: Mapping[SessionId, PublishedPlace]) -> None:
    """Keep one part of the place of each session."""
    axis = model.axis
    if keep is Keep.ORDER:
        queue = sorted(out, key=lambda session: (out[session].day, out[session].start))
        for first, then in pairwise(queue):
            if (out[first].day, out[first].start) < (out[then].day, out[then].start):
                model.clause(model.not_later(("starts before", first, then), model.start(first) + 1, model.start(then)))
        return
    for session, place in out.items():
        if keep is Keep.DAY:
            model.clause(model.where(session, lambda parts, day=place.day: parts[0].day == day))  # type: ignore[misc]
        elif keep is Keep.SLOT:
            slot = axis.slot_of(place.day, place.start)
            model.clause(model.false if slot is None else model.starts_in(session, slot.index))
        else:
            model.clause(model.in_rooms(session, place.where))
