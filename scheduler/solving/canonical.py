"""Equally good timetables: which of them comes first in a fixed order, and which others there are.

The order is that of the starts, then of the rooms. As long as its first one is the answer, seed and number of workers
cannot show in it.
"""

from __future__ import annotations

from scheduler.domain.timetable import Timetable
from scheduler.model.schedule_model import Condition, ScheduleModel
from scheduler.outcome import Status
from scheduler.solving.search import Search

CHUNK_BITS = 40
"""Starts are compared in chunks of this many bits, to keep objectives well inside 64."""
MOST_TIES = 50
"""Equally good timetables are looked for up to this many."""
TIES_EFFORT = 3.0
"""Deterministic seconds for looking for them."""


def first_in_order(
    model: ScheduleModel, found: Timetable, search: Search, *conditions: Condition
) -> tuple[Timetable, bool]:
    """Of the timetables of ``model`` that keep the conditions the first in the fixed order, and True.

    Where time runs out, the one that was ``found``, and False.
    """
    pool = model.twin(*conditions)
    first = found
    for chunk in pool.order(CHUNK_BITS):
        pool.cp.minimize(chunk)
        answer = search.run(pool.cp)
        if answer.status is not Status.OPTIMAL:
            return found, False
        first = pool.read(answer.solver)
        pool.cp.add(chunk == round(answer.solver.objective_value))
    return first, True


def is_only_one(model: ScheduleModel, found: Timetable, search: Search, *conditions: Condition) -> bool:
    """Whether it is proved that no other timetable of ``model`` keeps the conditions."""
    pool = model.twin(*conditions)
    pool.add_no_good(found)
    return search.run(pool.cp, presolve=False).status is Status.INFEASIBLE


def equally_good(model: ScheduleModel, first: Timetable, cost: int, search: Search) -> tuple[list[Timetable], bool]:
    """Timetables that cost no more than ``cost`` points, ``first`` before the others; and whether these are all.

    They are looked for one by one, with one worker and one seed whatever the settings.
    """
    pool = model.twin(*model.within(cost))
    pool.add_no_good(first)
    found, effort = [first], TIES_EFFORT
    while len(found) < MOST_TIES and effort > 0:
        answer = search.run(pool.cp, presolve=False, effort=effort, workers=1, seed=0)
        if answer.status is Status.INFEASIBLE:
            return found, True
        if not answer.found:
            break
        effort -= answer.solver.response_proto.deterministic_time
        found.append(pool.read(answer.solver))
        pool.add_no_good(found[-1])
    return found, False
