"""Asks which members of a large scenario can hold together: a model for each set, in which only these are posted.

One model with an enforcement literal for every member grows too large for many sessions, and literals hide from the
solver what can be counted. So a set is asked about on the plain scenario that keeps it. A model with literals is the
first guess: all members in it have one but those that every start of every session would have to be compared for,
which always hold there. A timetable of that model is one of the set, if the checker confirms it. What that model
refutes is asked again without those members.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.explanation.members import Member, Together, grouped, keeping
from scheduler.explanation.oracle import CHECK_SECONDS, Oracle, Verdict, adds_up_to_too_much, feasible, guarded_model
from scheduler.model.cpsat import cp_model
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.solving.formulation import Formulation, by_name
from scheduler.solving.search import Search, new_solver

GUESS_EFFORT = 0.15
"""Deterministic seconds for one question to the model with enforcement literals."""
ALONE_EFFORT = 0.2
"""Deterministic seconds for the question whether a refuted set is impossible by itself."""
ANYWHERE_EFFORT = 0.5
"""Deterministic seconds for a set with which sessions may start at any minute: so many places are not counted."""
MAX_SINGLE = 6
"""A standing rule that is needed for more bodies, sessions or people than this is named as a whole."""
SPLITTING_SHARE = 0.25
"""Share of the time for finding out for whom a standing rule is needed."""
MAX_ROUNDS = 20
"""Sets to give up that are tried before the cheapest is left unknown."""

Also = tuple[SessionId, int]
"""A session and the slot that it is to start in."""


class Rebuilding(Oracle):
    """As an `Oracle`, for many sessions; a standing rule is one member until it is known for whom it is needed."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], search: Search) -> None:
        self.scenario, self.search = scenario, search
        self.also: Also | None = None
        self.members = grouped(scenario, members)
        self.checks = 0
        self.unable, self.passed_over, self.refuted = False, False, False
        self.timetables: list[Timetable] = []
        self.near: Timetable | None = None
        self._unknown: list[frozenset[str]] = []
        self._counting = False
        """Whether all members together are refuted by counting, which enforcement literals would hide."""
        self._possible: list[tuple[frozenset[str], Timetable]] = []
        self._impossible: list[tuple[Member, ...]] = []
        self._guess: _Guess | None = None

    # --- one set ---------------------------------------------------------------------------------------------

    def check(self, kept: Collection[Member]) -> Verdict[Member]:
        """Whether the members can hold together on their background; the timetable may break others."""
        wanted = [member for member in self.members if member in kept]
        names = _names(wanted)
        for known, timetable in self._possible:
            if names <= known:
                return Verdict(True, timetable)
        for members in self._impossible:
            if _names(members) <= names:
                return Verdict(False, core=members)
        if names in self._unknown:
            return Verdict(None)
        self.checks += 1
        verdict = self._asked(wanted)
        if verdict.holds is None:
            self._unknown.append(names)
        if verdict.timetable is not None:
            self._possible.append((names, verdict.timetable))
            self.timetables.append(verdict.timetable)
        if verdict.holds is False:
            self._impossible.append(verdict.core)
        return verdict

    def _asked(self, wanted: Sequence[Member]) -> Verdict[Member]:
        guess = None if self._counting else self._guessed(wanted)
        if guess is None and self.refuted and len(wanted) == len(self.members):
            self._counting = True
            return Verdict(False, core=tuple(wanted))
        return guess or self._plainly(wanted)

    def _plain(self, wanted: Collection[Member]) -> Scenario:
        return keeping(self.scenario, self.members, wanted)

    def _plainly(self, wanted: Sequence[Member], effort: float | None = None) -> Verdict[Member]:
        anywhere = self._guess is not None and not self._guess.granted <= _names(wanted)
        plain = self._plain(wanted)
        verdict = feasible(
            plain, self.search, seconds=max(CHECK_SECONDS, self.search.left / 4), near=self._nearest(),
            effort=effort or (ANYWHERE_EFFORT if anywhere else None), also=self._starts,
            counting=self._counting,
        )  # fmt: skip
        if verdict.holds is None and anywhere and effort is None and adds_up_to_too_much(plain, self.search):
            return Verdict(False, core=tuple(wanted))
        return Verdict(verdict.holds, verdict.timetable, tuple(wanted) if verdict.holds is False else ())

    def _nearest(self) -> Timetable | None:
        """The timetable that keeps the most conditions, to begin with."""
        return max(self._possible, key=lambda known: len(known[0]))[1] if self._possible else self.near

    def _starts(self, model: ScheduleModel) -> None:
        if self.also is not None:
            model.clause(model.starts_in(*self.also))

    def _guessed(self, wanted: Sequence[Member]) -> Verdict[Member] | None:
        """What the model with enforcement literals says; None: nothing."""
        if self._guess is None:
            self._guess = _Guess(self.scenario, self.members, self.search)
        if not self._guess.granted <= _names(wanted):
            return None
        answer, core = self._guess.ask(wanted, self.also, self._nearest())
        if isinstance(answer, Timetable):
            return None if check(self._plain(wanted), answer).broken else Verdict(True, answer)
        if answer is False:
            if self._plainly(core, ALONE_EFFORT).holds is False:
                return Verdict(False, core=core)
            always = [member for member in wanted if _names([member]) <= self._guess.granted]
            return Verdict(False, core=tuple(member for member in wanted if member in core or member in always))
        return None

    # --- a small set -----------------------------------------------------------------------------------------

    def narrowed(self, core: Sequence[Member]) -> tuple[Member, ...]:
        """The core without most of what can be left out: those of many sessions are tried first, then halves."""
        if len(core) > MAX_SINGLE:
            wide = sorted(core, key=self._width)
            size = MAX_SINGLE
            while size < len(wide) and self.check(wide[:size]).holds is not False:
                size *= 3
            core = _halved(wide[:size], self._fits)
        for whole in [member for member in core if isinstance(member, Together)]:
            core = self._split(whole, core)
        return tuple(member for member in self.members if member in core)

    def _width(self, member: Member) -> int:
        """The more sessions a rule is about the sooner it is tried."""
        rules = {rule.name: rule for rule in self.scenario.rules}
        named = [rules[each.name] for each in member.conditions if each.name in rules]
        if isinstance(member, Together) or not named:
            return -len(self.scenario.sessions) if isinstance(member, Together) else 0
        return -max(len(rule.sessions(self.scenario)) for rule in named)

    def _fits(self, kept: Sequence[Member]) -> bool:
        return self.check(kept).holds is not False

    def _split(self, whole: Together, core: Sequence[Member]) -> tuple[Member, ...]:
        """The core with the members that the standing rule is needed for, where they are few, in its place."""
        before, until = self.members, self.search.left * (1 - SPLITTING_SHARE)
        others = [member for member in core if member is not whole]

        def fits(kept: Sequence[Member]) -> bool:
            if self.search.left < until:
                raise OutOfTime
            return self._fits(kept)

        at = self.members.index(whole)
        self.members = (*before[:at], *whole.parts, *before[at + 1 :])
        try:
            needed = _halved(whole.parts, lambda kept: fits([*others, *kept]), most=MAX_SINGLE)
        except OutOfTime:
            needed = whole.parts
        if len(needed) > MAX_SINGLE:
            self.members = before
            return tuple(core)
        return (*others, *needed)

    # --- what to give up -------------------------------------------------------------------------------------

    def cheapest_to_drop(self, no_goods: Iterable[Collection[Member]] = ()) -> tuple[Member, ...] | None:
        """As in `Oracle`: of every set known to be impossible some member goes, all of them as cheap as can be.

        If the rest is possible, no cheaper choice is; otherwise it is impossible too, and one more set is known.
        """
        self.unable = False
        left_out = [_names(each) for each in no_goods]
        for _ in range(MAX_ROUNDS):
            dropped = _cheapest_of_each(self.members, self._impossible, left_out)
            if dropped is None:
                return None
            verdict = self.check([member for member in self.members if member not in dropped])
            if verdict.holds:
                return dropped
            if verdict.holds is None:
                if self.search.left <= 0 or self.search.interrupted:
                    return None
                self.passed_over = True
                left_out.append(_names(dropped))
            elif not verdict.core:
                self.unable = True
                return None
        return None

    def cheapest_to_start_in(self, session: SessionId, slot: int, seconds: float) -> tuple[Member, ...] | None:
        """As in `Oracle`."""
        asked = copy(self)
        asked.also, asked._possible, asked._impossible, asked._unknown = (session, slot), [], [], []
        asked._counting = False
        asked._guess = self._guess = self._guess or _Guess(self.scenario, self.members, self.search)
        with self.search.within(seconds):
            dropped = asked.cheapest_to_drop()
        return () if asked.unable else dropped


def oracle_of(scenario: Scenario, members: Sequence[Member], search: Search) -> Oracle:
    """Who is asked about the members of a scenario."""
    many = by_name(scenario) is Formulation.SLOTS
    return Rebuilding(scenario, members, search) if many else Oracle(scenario, members, search)


class _Guess:
    """The model with an enforcement literal for each member but those that always hold in it."""

    def __init__(self, scenario: Scenario, members: Sequence[Member], search: Search) -> None:
        self.search = search
        opening = {rule.rule for rule in scenario.all_rules if rule.at_openings(scenario)}
        always = [m for m in members if any(each.kind in opening for each in m.conditions)]
        self.members = [member for member in members if member not in always]
        self.granted = _names(always)
        """The conditions that always hold in it."""
        self.model, self.enforcements = guarded_model(scenario, self.members, search.until, always=always)

    def ask(
        self, wanted: Sequence[Member], also: Also | None, near: Timetable | None
    ) -> tuple[Timetable | bool | None, tuple[Member, ...]]:
        """A timetable; or False with members that cannot hold together; or None."""
        names = _names(wanted)
        assumed = [member for member in self.members if _names([member]) <= names]
        literals = [self.enforcements[member.id] for member in assumed]
        if also is not None:
            there = self.model.starts_in(*also)
            if there is self.model.false:
                return None, ()
            literals += [there]
        cp = self.model.cp
        cp.clear_assumptions()
        cp.add_assumptions(literals)
        if near is not None:
            self.model.hint(near)
        answer = self.search.run(cp, presolve=False, workers=1, effort=GUESS_EFFORT, seconds=self.search.left / 6)
        cp.clear_assumptions()
        if answer.found:
            return self.model.read(answer.solver), ()
        if answer.status is Status.INFEASIBLE:
            named = set(answer.solver.sufficient_assumptions_for_infeasibility())
            return False, tuple(m for m in assumed if self.enforcements[m.id].index in named)
        return None, ()


def _names(members: Iterable[Member]) -> frozenset[str]:
    """The ids of their conditions."""
    return frozenset(condition.id for member in members for condition in member.conditions)


def _halved(
    members: Sequence[Member], fits: Callable[[Sequence[Member]], bool], most: int | None = None
) -> tuple[Member, ...]:
    """Of members that do not fit together those that are needed for that, by halving (QuickXplain).

    It ends early with more than ``most``.
    """

    def needed(beside: tuple[Member, ...], part: tuple[Member, ...], *, asked: bool) -> tuple[Member, ...]:
        if asked and not fits(beside):
            return ()
        if len(part) == 1:
            return part
        first, second = part[: len(part) // 2], part[len(part) // 2 :]
        late = needed((*beside, *first), second, asked=True)
        if most is not None and len(late) > most:
            return late
        early = needed((*beside, *late), first, asked=bool(late))
        return (*early, *late)

    return needed((), tuple(members), asked=True) if members else ()


def _cheapest_of_each(
    members: Sequence[Member], sets: Iterable[Sequence[Member]], no_goods: Sequence[frozenset[str]]
) -> tuple[Member, ...] | None:
    """The cheapest members of which each set has one, without any whole set of ``no_goods``; None: there are none."""
    model = cp_model.CpModel()
    literals = {member.id: model.new_bool_var(str(number)) for number, member in enumerate(members)}
    for of in sets:
        names = _names(of)
        model.add_bool_or([literals[m.id] for m in members if _names([m]) & names])
    for no_good in no_goods:
        model.add_bool_or([~literals[m.id] for m in members if _names([m]) <= no_good])
    model.minimize(cp_model.LinearExpr.sum([m.cost * literals[m.id] for m in members]))
    solver = new_solver(0)
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return tuple(member for member in members if solver.boolean_value(literals[member.id]))
