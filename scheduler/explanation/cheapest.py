"""Of equally good timetables the one nearest to a given one."""

from __future__ import annotations

from scheduler.checking import check
from scheduler.domain.timetable import Placement, Timetable
from scheduler.model.schedule_model import ScheduleModel
from scheduler.solving.search import Search

PROBE_SECONDS = 10.0
"""One question gives up after so much wall-clock time."""


def nearest(model: ScheduleModel, found: Timetable, near: Timetable, search: Search) -> Timetable:
    """Of the timetables that cost no more than ``found``, one that moves the fewest sessions of ``near``."""
    cost = check(model.programme, found).cost  # type: ignore[arg-type]  # models are built of scenarios
    twin = model.twin(*model.within(cost))
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
