"""Places side events: a problem of its own, which is exact.

A side event never shares a minute with a slot in which its people or its room may be needed, so where sessions stand
changes nothing for it, and it changes nothing for them. The cheapest places and the cheapest timetable are therefore
together the cheapest of all, each proved alone.

Of equally good answers the first is taken: the earliest window for the first event, then for the second, and so on;
then rooms in the order written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.domain.side_events import HeldEvent
from scheduler.domain.violations import Violation
from scheduler.errors import EngineError
from scheduler.outcome import Settings, Status
from scheduler.scenario import Scenario
from scheduler.side_events.judging import judge
from scheduler.side_events.places import Places
from scheduler.solving.search import Search
from scheduler.solving.side_events.model import EventsModel, Kept
from scheduler.solving.side_events.shortage import why_none


@dataclass(frozen=True, slots=True)
class EventsPlaced:
    """The answer for side events; ``held`` None: they are not placed, and ``reasons`` say why if that is proved."""

    status: Status
    held: tuple[HeldEvent, ...] | None = None
    cost: int | None = None
    """Points of the wishes of side events."""
    bound: int | None = None
    violations: tuple[Violation, ...] = ()
    only: bool = False
    """Whether it is proved that no others are as good."""
    reasons: tuple[str, ...] = ()
    moves: int | None = None
    """The fewest events that move; None: not proved, or nothing was out."""
    interrupted: bool = False


def place(scenario: Scenario, settings: Settings, kept: Kept | None = None) -> EventsPlaced:
    """The cheapest places of the side events; with ``kept``, of those that move the fewest, or the other way round.

    Raises:
        EngineError: the judge does not confirm what the solver claims.
    """
    places, search = Places(scenario), Search(settings)
    model = EventsModel(scenario, places, kept)
    found: dict[str, tuple[int, bool]] | None = None
    least: dict[str, int] = {}
    stages = model.stages()
    for name, stage in stages:
        model.cp.minimize(stage)
        answer = search.run(model.cp, workers=1, seed=0, presolve=False)
        if found is None and not answer.found:
            asked = kept is None or not kept.windows
            reasons = why_none(scenario, places, search, kept) if answer.status is Status.INFEASIBLE and asked else ()
            return EventsPlaced(answer.status, reasons=reasons, interrupted=search.interrupted)
        if answer.found:
            found = model.windows(answer)
        if answer.status is not Status.OPTIMAL:
            break
        least[name] = round(answer.solver.objective_value)
        model.cp.add(stage == least[name])
    assert found is not None
    proved = "cost" in least and len(least) == len(stages)
    only = proved and model.is_only_one(found, search)
    if proved and not only:
        found = model.first(found, search)
    confirmed = _confirmed(scenario, model.in_rooms(found), least)
    status = Status.OPTIMAL if proved else Status.FEASIBLE
    return replace(confirmed, status=status, only=only, interrupted=search.interrupted)


def _confirmed(scenario: Scenario, held: tuple[HeldEvent, ...], least: Mapping[str, int]) -> EventsPlaced:
    """Have the judge confirm the places, and their cost where that is proved.

    Raises:
        EngineError: it does not.
    """
    violations = tuple(judge(scenario, held))
    cost = sum(violation.penalty for violation in violations)
    if broken := next((v for v in violations if v.hard), None):
        raise EngineError(f"the places of side events break '{broken.id}': {broken.message}")
    if cost != least.get("cost", cost):
        raise EngineError(f"the places of side events cost {cost}, the solver says {least['cost']}")
    return EventsPlaced(Status.FEASIBLE, held, cost, least.get("cost", 0), violations, moves=least.get("moves"))
