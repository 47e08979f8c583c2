"""Asks the solver which sets of members can hold together: one model, one enforcement literal for each member.

A set is tried by assuming its enforcement literals, without presolve: with presolve the solver is slower here, and may
name literals that were never assumed (google/or-tools #5141). Each answer for a planner is proved again without any
enforcement literal: ``feasible`` builds the plain model of a scenario.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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
from scheduler.solving.formulation import Formulation, by_name
from scheduler.solving.posting import hard, posted
from scheduler.solving.search import Answer, Search

QUICK_EFFORT = 0.1
"""Deterministic seconds of a check; needs are then added up, and where that settles nothing the search goes on."""
LOOK_EFFORT, PLAIN_EFFORT = 0.15, 1.0
"""Deterministic seconds of a check of many sessions on the axis, and in slots by conflicts alone."""
CHECK_SECONDS = 5.0
"""Seconds for one check, or a quarter of what is left where that is more; after that the answer is unknown."""
ADDING_SECONDS = 2.0
"""Seconds for adding up needs, at most."""


M = TypeVar("M")


def patience(search: Search) -> float:
    """Seconds for one check: a few long ones still leave time for the others."""
    return max(CHECK_SECONDS, search.left / 4)


def adds_up_to_too_much(scenario: Scenario, search: Search) -> bool:
    """Whether adding up shows that there is no timetable; False: it shows nothing."""
    seconds = min(ADDING_SECONDS, search.left)
    return seconds > 0 and bool(Arithmetic(scenario, time.monotonic() + seconds).shortages())


@dataclass(frozen=True, slots=True)
class Verdict(Generic[M]):
    """Whether something can hold: True with a timetable, False with members that suffice for that, None: not known."""

    holds: bool | None
    timetable: Timetable | None = None
    core: tuple[M, ...] = ()


def guarded_model(
    scenario: Scenario, members: Sequence[Member], until: float, *, wishes: bool = False, always: Sequence[Member] = ()
) -> tuple[ScheduleModel, dict[str, BoolVar]]:
    """A model in which a member holds where its enforcement literal, by the member's id, is true.

    Those that hold ``always`` have none, and all other hard rules always hold; the soft ones are left out unless
    ``wishes`` says otherwise.

    Raises:
        OutOfTime: the moment ``until``, on the monotonic clock, has passed.
    """
    named = {condition.id for member in (*members, *always) for condition in member.conditions}
    granted = [
        r for r in scenario.rules if r.weight is None and f"rules/{r.name}" not in named and r.splits != "always"
    ]
    soft = [rule for rule in scenario.all_rules if rule.weight is not None] if wishes else []
    model = ScheduleModel(scenario, until, firm=(*background(scenario), *granted))
    for rule in (*background(scenario), *granted, *soft):
        rule.post(model)
    _post_always(model, scenario, members, always)
    enforcements: dict[str, BoolVar] = {}
    for member in members:
        enforcements[member.id] = model.choice(f"enforcement {member.id}")
        member.post(model, enforcements[member.id])
    model.deadline = None
    return model, enforcements


def _post_always(model: ScheduleModel, scenario: Scenario, members: Sequence[Member], always: Sequence[Member]) -> None:
    """Post members without enforcement literals; a split rule as a whole where all its parts are among them.

    A rule on pairs says in one condition for all what takes many for each part.
    """
    conditions = [condition for member in always for condition in member.conditions]
    split = [c for c in conditions if not c.id.startswith("rules/")]
    whole = {c.kind for c in split} - {c.kind for member in members for c in member.conditions}
    splitting = [rule for rule in scenario.rules if rule.weight is None and rule.splits == "always"]
    for rule in (*splitting, *scenario.standing):
        if rule.rule in whole:
            rule.post(model)
    for condition in conditions:
        if condition not in split or condition.kind not in whole:
            condition.post(model, None)


class Oracle:
    """The guarded model of a scenario, asked about sets of members. It counts its checks."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], search: Search) -> None:
        self.scenario, self.members, self.search = scenario, tuple(members), search
        self.model, self.enforcements = guarded_model(scenario, self.members, search.until)
        self._by_index = {self.enforcements[member.id].index: member for member in self.members}
        self.checks = 0
        self.unable = False
        """Whether the last answer was that giving up every member is not enough."""
        self.passed_over = False
        """Whether cheaper members to give up were left out because it was not known whether they are enough."""
        self.timetables: list[Timetable] = []
        """Timetables that keep some of the members."""
        self.near: Timetable | None = None
        """A timetable to begin with; many sessions are searched for near it."""
        self.refuted = False
        """Whether it is known that the members cannot all hold together."""

    def narrowed(self, core: Sequence[Member]) -> tuple[Member, ...]:
        """A core that can be made minimal member by member."""
        return tuple(core)

    def check(self, kept: Collection[Member]) -> Verdict[Member]:
        """Whether the members can hold together on their background; the timetable may break others."""
        wanted = [member for member in self.members if member in kept]
        self.model.cp.clear_assumptions()
        self.model.cp.add_assumptions([self.enforcements[member.id] for member in wanted])
        answer = self.search.run(self.model.cp, presolve=False, workers=1, effort=QUICK_EFFORT)
        if answer.status is Status.UNKNOWN and not self.search.interrupted:
            if adds_up_to_too_much(keeping(self.scenario, self.members, wanted), self.search):
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


def feasible(
    scenario: Scenario, search: Search, *, twice: bool = False, seconds: float | None = None,
    effort: float | None = None, near: Timetable | None = None, also: Callable[[ScheduleModel], None] | None = None,
    counting: bool = False,
) -> Verdict[Any]:  # fmt: skip
    """Whether any timetable keeps every hard rule; a timetable found is confirmed by the checker.

    ``twice``: a no that adding up has not found is proved again. ``seconds`` limits each search, ``effort`` all of
    them, in deterministic seconds. ``near``: a timetable that may be near to one. ``also`` posts something besides.
    ``counting``: of many sessions, it is likely that counting alone shows that there is none.

    Raises:
        EngineError: checker and solver, or two runs of the solver, contradict one another.
    """
    seconds = patience(search) if seconds is None else seconds
    try:
        if by_name(scenario) is Formulation.SLOTS:
            model, answer = _any_of_many(scenario, search, seconds, effort, near, also, counting=counting)
        else:
            model, answer = _any(scenario, search, seconds, effort, also)
    except OutOfTime:
        return Verdict(None)
    if answer.found:
        timetable = model.read(answer.solver)
        confirm(scenario, timetable)
        return Verdict(True, timetable)
    if answer.status is Status.UNKNOWN and effort is None and not search.interrupted:
        return Verdict(False if adds_up_to_too_much(scenario, search) else None)
    if answer.status is Status.INFEASIBLE and twice:
        if model.presolve:
            again = search.run(model.cp, presolve=True, seconds=seconds)
        else:
            again = search.run(model.cp, presolve=False, seed=search.settings.seed + 1, seconds=seconds)
        if again.found:
            raise EngineError("the solver called a set of rules impossible, but finds a timetable when asked again")
        return Verdict(False if again.status is Status.INFEASIBLE or adds_up_to_too_much(scenario, search) else None)
    return Verdict(False if answer.status is Status.INFEASIBLE else None)


def _any(
    scenario: Scenario, search: Search, seconds: float, effort: float | None,
    also: Callable[[ScheduleModel], None] | None,
) -> tuple[ScheduleModel, Answer]:  # fmt: skip
    """The model that was asked last, and its answer.

    Raises:
        OutOfTime: the limit came while a model was being built.
    """
    axis = posted(scenario, search.until, which=hard, ask=also, formulation=Formulation.AXIS)
    answer = search.run(axis.cp, presolve=False, effort=effort or QUICK_EFFORT, seconds=seconds)
    if answer.status is not Status.UNKNOWN or search.interrupted or effort is not None:
        return axis, answer
    if adds_up_to_too_much(scenario, search):
        return axis, answer
    answer = search.run(axis.cp, presolve=False, seconds=seconds / 2)
    return axis, answer if answer.status is not Status.UNKNOWN else search.run(axis.cp, seconds=seconds / 2)


def _any_of_many(
    scenario: Scenario, search: Search, seconds: float, effort: float | None, near: Timetable | None,
    also: Callable[[ScheduleModel], None] | None, *, counting: bool,
) -> tuple[ScheduleModel, Answer]:  # fmt: skip
    """As above, for many sessions, in these seconds together.

    The axis is built at once, and refutes what a few rules exclude; slots find what is to be found, and count.
    """
    until = time.monotonic() + seconds
    if not counting or effort is not None:
        model = posted(scenario, search.until, which=hard, ask=also, formulation=Formulation.AXIS)
        if near is not None:
            model.hint(near)
        answer = search.run(model.cp, presolve=False, effort=effort or LOOK_EFFORT, seconds=seconds / 3)
        if answer.status is not Status.UNKNOWN or search.interrupted or effort is not None:
            return model, answer
    model = posted(scenario, search.until, which=hard, ask=also, formulation=Formulation.SLOTS)
    if not counting:
        left = max(0.0, until - time.monotonic())
        answer = search.run(model.cp, presolve=False, effort=PLAIN_EFFORT, seconds=left, workers=1, plain=True)
        if answer.status is not Status.UNKNOWN:
            return model, answer
    if near is not None:
        model.hint(near)
    return model, search.run(model.cp, presolve=False, seconds=max(0.0, until - time.monotonic()))
