"""Of equally good timetables the one nearest to a given one."""

from __future__ import annotations

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.carry import begins
from scheduler.domain.timetable import Timetable
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import BoolVar
from scheduler.scenario import Scenario
from scheduler.solving.canonical import least
from scheduler.solving.posting import posted
from scheduler.solving.search import Search

NEAREST_SECONDS = 10.0
"""Seconds for the search, at most."""


def nearest(scenario: Scenario, found: Timetable, near: Timetable, search: Search) -> Timetable:
    """Of the timetables that cost no more than ``found``, one that moves the fewest sessions of ``near``.

    Raises:
        OutOfTime: the limit of the search came before there was a model.
    """
    model = posted(scenario, search.until, ask=lambda model: moves_from(model, near))
    twin = model.twin(*model.within(check(scenario, found).cost))
    twin.cp.minimize(twin.count(moves_from(twin, near)))
    answer = least(twin, search, NEAREST_SECONDS)
    return twin.read(answer.solver) if answer.found else found


def moves_from(model: ScheduleModel, near: Timetable, besides: SessionId | None = None) -> list[BoolVar]:
    """For each session of ``near`` a literal: it starts at another time or sits in another room.

    ``near`` may have another calendar: sessions that start at an hour without a slot are left out, and so is the one
    that moves ``besides``. Rooms must not have been counted yet, unless these literals have been asked for before.
    """
    moves = []
    for placement in near:
        session, position = placement.session, model.axis.position(*begins(placement))
        if session != besides and session in model.programme.sessions and position is not None:
            moves.append(model.negated(model.stays(session, position, placement.where)))
    return moves
