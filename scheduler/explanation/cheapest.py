"""Cheapest timetables under further conditions, asked of one model again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.checking import check
from scheduler.domain.timetable import Placement, Timetable
from scheduler.engine import Search, build
from scheduler.model import ScheduleModel
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.views import Literal

PROBE_SECONDS = 10.0
"""One question gives up after so much wall-clock time."""


class Cheapest:
    """The model of a scenario, with its costs."""

    def __init__(self, scenario: Scenario, search: Search) -> None:
        self.scenario, self.search = scenario, search
        self.model = build(scenario)

    def under(
        self, condition: Callable[[ScheduleModel], Sequence[Literal]], near: Timetable | None = None
    ) -> tuple[Status, Timetable | None, int | None]:
        """The least cost when one of the literals is true; of the cheapest timetables the one nearest to ``near``."""
        wanted = self.model.over(self.model.cp.clone())
        wanted.clause(*condition(wanted))
        answer = self.search.run(wanted.cp, seconds=PROBE_SECONDS)
        if not answer.found:
            return answer.status, None, None
        timetable, status = wanted.read(answer.solver), answer.status
        if near is not None and status is Status.OPTIMAL:
            timetable = nearest(wanted, timetable, near, self.search)
        return status, timetable, check(self.scenario, timetable).cost


def nearest(model: ScheduleModel, found: Timetable, near: Timetable, search: Search) -> Timetable:
    """Of the timetables that cost no more than ``found``, one that moves the fewest sessions of ``near``."""
    clone = model.cp.clone()
    clone.clear_objective()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
    twin = model.over(clone)
    if twin.costs:
        twin.cp.add(twin.cost <= check(model.programme, found).cost)  # type: ignore[arg-type]  # models are built of scenarios
    moved = []
    for p in near:
        if p.session in model.programme.sessions and (start := same_time(model, p)) is not None:
            here = [twin.starts_among(p.session, [start]), twin.in_room(p.session, p.room)]
            moved.append(twin.negated(twin.all_of(("is as near", p.session), here)))
    twin.cp.minimize(twin.count(moved))
    answer = search.run(twin.cp, seconds=PROBE_SECONDS)
    return twin.read(answer.solver) if answer.found else found


def same_time(model: ScheduleModel, placement: Placement) -> int | None:
    """The position on this model's axis of the day and hour at which a placement starts; None where no slot has it.

    The placement may be of another calendar.
    """
    first = placement.segments[0]
    return model.axis.position(first.day, first.start)
