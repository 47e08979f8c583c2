"""The whole answer to a scenario: its sessions, and its side events, which are placed apart from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.outcome import Outcome, Progress, Settings, Status
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.solving.formulation import Choice
    from scheduler.solving.side_events.model import Kept
    from scheduler.solving.side_events.placing import EventsPlaced

EVENTS_SHARE = 0.5
"""The most of the time that side events may take."""


def solve_all(
    scenario: Scenario,
    settings: Settings | None = None,
    report: Callable[[Progress], None] | None = None,
    choice: Choice | None = None,
) -> Outcome:
    """The cheapest timetable with its side events; like ``scheduler.solving.engine.solve`` where none is to be placed.

    Raises:
        EngineError: a checker does not confirm what the solver claims.
    """
    from scheduler.solving.engine import solve

    if not scenario.to_place:
        return solve(scenario, settings, report, choice)
    budget = (settings or Settings()).part()
    placed = events_of(scenario, budget)
    if placed is not None and placed.status is Status.INFEASIBLE:
        return Outcome(Status.INFEASIBLE, reasons=placed.reasons)
    return completed(solve(scenario, budget, report, choice), placed)


def events_of(scenario: Scenario, settings: Settings, kept: Kept | None = None) -> EventsPlaced | None:
    """The places of the side events, in part of the time; None where none is to be placed."""
    if not scenario.to_place:
        return None
    from scheduler.solving.side_events.placing import place

    return place(scenario, settings.part(EVENTS_SHARE), kept)


def completed(outcome: Outcome, placed: EventsPlaced | None) -> Outcome:
    """The answer for the sessions together with that for the side events: optimal where both are."""
    if placed is None or outcome.timetable is None:
        return outcome
    interrupted = outcome.interrupted or placed.interrupted
    if placed.held is None or placed.cost is None or outcome.cost is None:
        reasons = placed.reasons or ("The side events were not placed within the time limit.",)
        return Outcome(placed.status, interrupted=interrupted, solver=outcome.solver, reasons=reasons)
    return replace(
        outcome,
        status=Status.OPTIMAL if {outcome.status, placed.status} == {Status.OPTIMAL} else Status.FEASIBLE,
        timetable=outcome.timetable.with_side_events(placed.held),
        cost=outcome.cost + placed.cost,
        bound=(outcome.bound or 0) + (placed.bound or 0),
        violations=(*outcome.violations, *placed.violations),
        interrupted=interrupted,
        events_only=placed.only,
    )
