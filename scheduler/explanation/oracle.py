"""Asks the solver which sets of members can hold together: one model, one enforcement literal for each member.

A set is tried by assuming its enforcement literals, without presolve (with presolve the solver may name literals that
were never assumed: google/or-tools #5141; and it is slower here). Each answer that is told to a planner is proved
again without any enforcement literal: ``feasible`` builds the plain model of a scenario.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from scheduler.arithmetic.shortage import Arithmetic
from scheduler.checking import confirm
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.errors import EngineError, OutOfTime
from scheduler.explanation.members import Member, background, keeping
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import BoolVar
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.solving.engine import build
from scheduler.solving.search import Search

QUICK = 0.1
"""After so many deterministic seconds of a check needs are added up, which may settle it; else the search goes on."""
CHECK_SECONDS = 5.0
"""A single check of a set gives up after so much wall-clock time, or a quarter of what is left; the answer is then
unknown, not no."""
ADDING_SECONDS = 2.0
"""So long needs are added up, at most."""


def patience(search: Search) -> float:
    """Seconds for one check, so that a few that take long leave time for the rest."""
    return max(CHECK_SECONDS, search.left / 4)


def too_much(scenario: Scenario, search: Search) -> bool:
    """Whether adding up shows that there is no timetable; False: it shows nothing."""
    seconds = min(ADDING_SECONDS, search.left)
    return seconds > 0 and bool(Arithmetic(scenario, time.monotonic() + seconds).shortages())


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something can hold: True with a timetable, False with members that suffice for it, None: not known."""

    holds: bool | None
    timetable: Timetable | None = None
    core: tuple[Member, ...] = ()


class Oracle:
    """The guarded model of a scenario; a hard rule that is none of the members is background. Counts its checks."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], search: Search) -> None:
        self.scenario, self.members, self.search = scenario, tuple(members), search
        self.model = ScheduleModel(scenario)
        self.model.deadline = search.until
        named = {each.id for member in self.members for each in member.conditions}
        granted = [r for r in scenario.rules if r.weight is None and f"rules/{r.name}" not in named]
        for rule in (*background(scenario), *(r for r in granted if r.splits != "always")):
            rule.post(self.model)
        self.enforcements: dict[str, BoolVar] = {}
        for member in self.members:
            enforcement = self.model.choice(f"enforcement {member.id}")
            self.enforcements[member.id] = enforcement
            member.post(self.model, enforcement)
        self.model.deadline = None
        self._by_index = {self.enforcements[member.id].index: member for member in self.members}
        self.checks = 0
        self.unsure = 0
        self.unable = False
        """Whether giving up every member was the last answer, and was not enough."""

    def check(self, kept: Collection[Member]) -> Verdict:
        """Whether the members can hold together on their background; the timetable may break others."""
        wanted = [member for member in self.members if member in kept]
        self.model.cp.clear_assumptions()
        self.model.cp.add_assumptions([self.enforcements[member.id] for member in wanted])
        answer = self.search.run(self.model.cp, presolve=False, workers=1, effort=QUICK)
        if answer.status is Status.UNKNOWN and not self.search.interrupted:
            if too_much(keeping(self.scenario, self.members, wanted), self.search):
                self.model.cp.clear_assumptions()
                self.checks += 1
                return Verdict(False, core=tuple(wanted))
            answer = self.search.run(self.model.cp, presolve=False, workers=1, seconds=patience(self.search))
        self.model.cp.clear_assumptions()
        self.checks += 1
        if answer.found:
            return Verdict(True, self.model.read(answer.solver))
        if answer.status is Status.INFEASIBLE:
            named = answer.solver.sufficient_assumptions_for_infeasibility()
            core = [member for index in named if (member := self._by_index.get(index)) in wanted]
            return Verdict(False, core=tuple(member for member in wanted if member in core))
        self.unsure += 1
        return Verdict(None)

    def cheapest_to_drop(self, no_goods: Iterable[Collection[Member]] = ()) -> tuple[Member, ...] | None:
        """The members whose giving way costs least together and makes the scenario possible.

        Supersets of ``no_goods`` are left out. None: there is no other, or none was proved cheapest in time.
        """
        twin = self.model.twin()
        for dropped in no_goods:
            twin.clause(*(self.enforcements[member.id] for member in dropped))
        return self._dropped(twin)

    def cheapest_to_start_in(self, session: SessionId, slot: int, seconds: float) -> tuple[Member, ...] | None:
        """The members to give up at the least cost for the session to start in the slot.

        Empty: giving up all of them is not enough. None: the cheapest choice was not proved in the time.
        """
        twin = self.model.twin()
        twin.clause(twin.starts_in(session, slot))
        dropped = self._dropped(twin, max(seconds, 0.01))
        return () if dropped is None and self.unable else dropped

    def _dropped(self, twin: ScheduleModel, seconds: float | None = None) -> tuple[Member, ...] | None:
        dropping = [~self.enforcements[member.id] for member in self.members]
        twin.cp.minimize(sum(member.cost * literal for member, literal in zip(self.members, dropping, strict=True)))
        answer = self.search.run(twin.cp, seconds=seconds or max(CHECK_SECONDS, self.search.left / 8))
        self.checks += 1
        self.unable = answer.status is Status.INFEASIBLE
        if answer.status is not Status.OPTIMAL:
            return None
        return tuple(member for member in self.members if not answer.solver.boolean_value(self.enforcements[member.id]))


def feasible(scenario: Scenario, search: Search, *, twice: bool = False, seconds: float | None = None) -> Verdict:
    """Whether any timetable keeps every hard rule; a timetable found is confirmed by the checker.

    ``twice``: a no is proved with presolve too, where it was not found by adding up. ``seconds`` bounds the search.

    Raises:
        EngineError: checker and solver, or two runs of the solver, contradict one another.
    """
    seconds = patience(search) if seconds is None else seconds
    try:
        model = build(scenario, search.until, wishes=False)
    except OutOfTime:
        return Verdict(None)
    answer = search.run(model.cp, presolve=False, effort=QUICK, seconds=seconds)
    if answer.status is Status.UNKNOWN and not search.interrupted:
        if too_much(scenario, search):
            return Verdict(False)
        answer = search.run(model.cp, presolve=False, seconds=seconds / 2)
        if answer.status is Status.UNKNOWN:
            answer = search.run(model.cp, seconds=seconds / 2)
    if answer.found:
        timetable = model.read(answer.solver)
        confirm(scenario, timetable)
        return Verdict(True, timetable)
    if answer.status is Status.INFEASIBLE and twice:
        again = search.run(model.cp, presolve=True, seconds=seconds)
        if again.found:
            raise EngineError("the solver called a set of rules impossible, but finds a timetable with presolve")
        return Verdict(False if again.status is Status.INFEASIBLE or too_much(scenario, search) else None)
    return Verdict(False if answer.status is Status.INFEASIBLE else None)
