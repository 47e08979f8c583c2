"""Equally good timetables: the first of them in a fixed order, and the others.

They are ordered by their starts, then by their rooms. Where the answer is the first, it does not depend on the seed or
the number of workers.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.timetable import Timetable
from scheduler.model.cpsat import cp_model
from scheduler.model.schedule_model import Condition, ScheduleModel
from scheduler.model.views import Linear
from scheduler.outcome import Status
from scheduler.solving.search import Answer, Halt, Search

CHUNK_BITS = 40
"""Starts are compared in chunks of this number of bits, so that objectives stay well within 64."""
MANY = 30
"""Sessions beyond which the first timetable is looked for straight away, earliest places first."""
STRAIGHT_EFFORT, ONLY_STRAIGHT_EFFORT = 20.0, 3.0
"""Deterministic seconds of that; and where it is the only way."""
CORE_EFFORT, CORE_SHARE = 6.0, 0.8
"""Deterministic seconds, and share of the time, for the least by collecting what cannot all be had."""
MAX_TIES = 50
"""The search for equally good timetables ends at this number."""
TIES_EFFORT = 3.0
"""Deterministic seconds of that search."""


def first_in_order(
    model: ScheduleModel, found: Timetable, search: Search, *conditions: Condition
) -> tuple[Timetable, bool]:
    """The first in the fixed order of the timetables of ``model`` that keep the conditions, and True.

    Where time runs out, the timetable that was ``found``, and False.
    """
    effort = STRAIGHT_EFFORT if model.staged else ONLY_STRAIGHT_EFFORT
    tried = len(found) > MANY or not model.staged
    at_once = straight(model.twin(*conditions), search, effort) if tried else None
    if at_once is not None or not model.staged:
        return at_once or found, at_once is not None
    pool = model.twin(*conditions)
    chunks = list(pool.order(CHUNK_BITS))
    first, proved, _ = in_stages(pool, chunks, search)
    return (found, False) if proved < len(chunks) else (first or found, True)


def least(
    model: ScheduleModel, search: Search, seconds: float | None = None, cp: cp_model.CpModel | None = None
) -> Answer:
    """Minimise what the model, or its copy ``cp``, is to minimise: in slots, what few sessions must do, like moves.

    There the first search collects what cannot all be had, by conflicts alone; it finds nothing before it is done.
    """
    cp = model.cp if cp is None else cp
    if model.presolve:
        return search.run(cp, seconds=seconds, reported=False)
    with search.within(search.left if seconds is None else seconds):
        answer = search.run(
            cp, presolve=False, effort=CORE_EFFORT, seconds=search.left * CORE_SHARE, workers=1, plain=True,
            by_core=True, reported=False,
        )  # fmt: skip
        return answer if answer.status is not Status.UNKNOWN else search.run(cp, presolve=False, reported=False)


def in_stages(model: ScheduleModel, stages: Sequence[Linear], search: Search) -> tuple[Timetable | None, int, Status]:
    """The timetable with the least of the first stage, of those the one with the least of the second, and so on.

    It comes with the number of stages for which that is proved, and the status of the last.
    """
    found: Timetable | None = None
    for proved, stage in enumerate(stages):
        model.cp.minimize(stage)
        answer = least(model, search)
        if answer.status is Status.OPTIMAL or (found is None and answer.found):
            found = model.read(answer.solver)
        if answer.status is not Status.OPTIMAL:
            return found, proved, answer.status
        model.cp.add(stage == round(answer.solver.objective_value))
    return found, len(stages), Status.OPTIMAL


def straight(pool: ScheduleModel, search: Search, effort: float, halt: Halt | None = None) -> Timetable | None:
    """The first in the fixed order, found by trying the earliest first, session by session.

    None: not with this effort, in deterministic seconds.

    What the search learns from dead ends forbids no timetable, so the first that it meets is the first in the order.
    """
    pool.try_in_order()
    answer = search.run(pool.cp, presolve=False, effort=effort, workers=1, in_order=True, halt=halt)
    return pool.read(answer.solver) if answer.found else None


def is_only_one(model: ScheduleModel, found: Timetable, search: Search, *conditions: Condition) -> bool:
    """Whether it is proved that no other timetable of ``model`` keeps the conditions."""
    if len(model.alike(found, 2)) > 1:
        return False
    pool = model.twin(*conditions)
    pool.add_no_good(found)
    return search.run(pool.cp, presolve=False).status is Status.INFEASIBLE


def equally_good(
    model: ScheduleModel, first: Timetable, cost: int, search: Search, effort: float = TIES_EFFORT
) -> tuple[list[Timetable], bool]:
    """Timetables that cost at most ``cost`` points, ``first`` before the others; and whether these are all.

    Each is searched for with one worker and one seed, whatever the settings. ``effort``: in deterministic seconds.
    """
    pool = model.twin(*model.within(cost))
    pool.add_no_good(first)
    found = model.alike(first, MAX_TIES)
    while len(found) < MAX_TIES and effort > 0:
        answer = search.run(pool.cp, presolve=False, effort=effort, workers=1, seed=0)
        if answer.status is Status.INFEASIBLE:
            return found, True
        if not answer.found:
            break
        effort -= answer.solver.response_proto.deterministic_time
        further = pool.read(answer.solver)
        found += pool.alike(further, MAX_TIES - len(found))
        pool.add_no_good(further)
    return found, False
