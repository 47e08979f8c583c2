"""A smallest set of the planner's rules that cannot hold together.

The solver's assumption core is a first guess. Deletion makes it minimal: no member can be left out. Hitting sets then
look for a set with fewer members. Where calendar and rooms alone are impossible, the members are the sessions that are
held instead of the rules. Every set is proved again on the plain scenario, and each "all but one" has its timetable.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Any, Protocol, TypeVar

from scheduler.altering import holding, leaving_out
from scheduler.arithmetic.findings import Shortage
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.errors import EngineError
from scheduler.explanation.members import HeldSession, Member, keeping, members_of
from scheduler.explanation.oracle import Oracle, Verdict, feasible
from scheduler.explanation.rebuilding import Rebuilding, oracle_of
from scheduler.explanation.smallest import smallest_set
from scheduler.scenario import Scenario
from scheduler.solving.search import Search

MAX_OTHER_SETS = 3
"""Sets looked for besides the first; no two have a member in common."""
MAX_MEMBERS_EXAMINED = 6
"""Of sets with more members neither a smaller one is looked for, nor what clashes without one member."""
MAX_MEMBERS_UNSURE = 12
"""Of many sessions, a set with more members is only shown if every member is needed."""
MAX_SETS_OF_SESSIONS = 200
"""Where there are more sets of sessions to try, no smaller one is looked for."""

M = TypeVar("M", Member, HeldSession)


@dataclass(frozen=True, slots=True)
class Witness:
    """A timetable that keeps the set without one of its members."""

    without: Member | HeldSession
    timetable: Timetable
    keeps_the_rest: bool
    """Whether it keeps all other rules of the scenario too, and not only the other members of the set."""
    further: tuple[Member | HeldSession, ...] = ()
    """Where no timetable keeps the rest: another set that cannot hold together; empty where none is known."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members that cannot hold together: rules or, where calendar and rooms alone are the reason, sessions."""

    members: tuple[Member | HeldSession, ...]
    witnesses: tuple[Witness, ...]
    minimal: bool
    """Whether every member is needed: each has its witness."""
    smallest: bool = False
    """Whether it is proved that no set with fewer members is impossible."""
    others: tuple[tuple[Member | HeldSession, ...], ...] = ()
    """Further sets that cannot hold together; no two sets have a member in common."""

    @property
    def rules(self) -> tuple[Member, ...]:
        """The members, where they are rules."""
        return tuple(member for member in self.members if isinstance(member, Member))

    @property
    def held(self) -> tuple[HeldSession, ...]:
        """The members, where they are sessions."""
        return tuple(member for member in self.members if isinstance(member, HeldSession))

    @property
    def in_any_set(self) -> tuple[Member | HeldSession, ...]:
        """The members of every set that is known to clash, each once."""
        sets = (self.members, *self.others, *(witness.further for witness in self.witnesses))
        return tuple({member.id: member for members in sets for member in members}.values())


def find_conflict(oracle: Oracle, shortage: Shortage | None = None) -> Conflict | None:
    """The conflict of a scenario; None when it is possible after all, or nothing was proved in time.

    A ``shortage`` of many sessions says where to look first.
    """
    scenario, members = oracle.scenario, oracle.members
    many = () if shortage is None else _too_many(shortage)
    many = many if len(many) > MAX_MEMBERS_EXAMINED else ()
    alone = oracle.check(())
    if alone.holds is False:
        return _conflict_of_sessions(_Sessions(scenario, members, oracle.search), many)
    causes = _causes(scenario, members, shortage, many) if shortage is not None and many else ()
    whole: Verdict[Member] = oracle.check(causes) if causes else Verdict(None)
    if whole.holds is not False:
        whole = oracle.check(members)
    if whole.holds is not False or alone.holds is None:
        return None
    rules = _Rules(oracle)
    found, sure, hints = _minimal(rules, whole.core or members)
    if isinstance(oracle, Rebuilding) and not sure and len(found) > MAX_MEMBERS_UNSURE:
        return None
    smallest = False
    if sure and len(found) <= MAX_MEMBERS_EXAMINED and not isinstance(oracle, Rebuilding):
        found, smallest = smallest_set(oracle, found, hints)
    conflict = _proved(rules, found, sure)
    needed = all(witness.keeps_the_rest for witness in conflict.witnesses)  # so every impossible set has all of it
    return replace(conflict, smallest=(smallest or needed) and conflict.minimal)


def _conflict_of_sessions(asked: _Sessions, many: Collection[SessionId]) -> Conflict:
    """Of ``many`` sessions those that do not fit together, where there are some and they do not fit; else of all."""
    among = [member for member in asked.shortest_first if member.session in many]
    if not among or asked.check(among).holds is not False:
        among = asked.shortest_first
    found, sure, _ = _minimal(asked, among)
    conflict = _proved(asked, found, sure)
    few = comb(len(asked.members), max(len(found) - 1, 0)) <= MAX_SETS_OF_SESSIONS
    smallest = conflict.minimal and few and all(
        asked.check(chosen).holds for chosen in combinations(asked.members, len(found) - 1)
    )  # fmt: skip
    return replace(conflict, smallest=smallest)


def _too_many(shortage: Shortage) -> tuple[SessionId, ...]:
    """The fewest sessions of a shortage that already ask for more than there is."""
    chosen, asked = [], 0
    for session, number in sorted(shortage.needs, key=lambda need: -need[1]):
        if asked <= shortage.there:
            chosen.append(session)
            asked += number
    return tuple(chosen)


def _causes(
    scenario: Scenario, members: Sequence[Member], shortage: Shortage, sessions: Collection[SessionId]
) -> tuple[Member, ...]:
    """Roughly the members that cause a shortage of these sessions; whether they suffice is still to be asked."""
    names = {*shortage.rules, *shortage.whole_slots}
    kinds = {rule.rule for rule in scenario.all_rules if rule.name in names}
    bodies = {scenario.body_of[session].id for session in sessions}
    found = []
    for member in members:
        for condition in member.conditions:
            family, name, *_ = (*condition.id.split("/"), "")
            if family == "rules":
                causes = condition.name in shortage.rules
            elif family == "officers":
                causes = name in shortage.because or condition.kind in kinds
            else:
                causes = condition.kind in kinds and (name in sessions or name in bodies or family == "access")
            if causes:
                found.append(member)
                break
    return tuple(found)


# --- what is asked about a set, of rules or of sessions -----------------------------------------------------


class _Questions(Protocol[M]):
    """Answers what a conflict is found, proved and shown with."""

    search: Search

    @property
    def members(self) -> tuple[M, ...]: ...

    def check(self, kept: Collection[M]) -> Verdict[M]:
        """Whether these members can hold together."""

    def narrowed(self, core: Sequence[M]) -> tuple[M, ...]:
        """A core that can be made minimal member by member."""

    def plain(self, kept: Sequence[M]) -> Scenario:
        """The scenario in which nothing but these members holds."""

    def without(self, member: M) -> Verdict[M]:
        """Whether everything else in the scenario can hold."""

    def clash_without(self, member: M, verdict: Verdict[M], *, few: bool) -> tuple[Any, ...]:
        """What cannot hold together in a scenario that is impossible without the member too."""


class _Rules:
    """Rules as members."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.search, self.check, self.narrowed = oracle, oracle.search, oracle.check, oracle.narrowed

    @property
    def members(self) -> tuple[Member, ...]:
        return self.oracle.members

    def plain(self, kept: Sequence[Member]) -> Scenario:
        return keeping(self.oracle.scenario, self.members, kept)

    def without(self, member: Member) -> Verdict[Member]:
        return self.check(_all_but(self.members, member))

    def clash_without(self, member: Member, verdict: Verdict[Member], *, few: bool) -> tuple[Member, ...]:
        core = verdict.core or _all_but(self.members, member)
        return _proved_minimal(self, core) if few else core


class _Sessions:
    """Sessions as members, where calendar and rooms alone are impossible."""

    def __init__(self, scenario: Scenario, rules: Sequence[Member], search: Search) -> None:
        self.scenario, self.bare, self.search = scenario, keeping(scenario, rules, ()), search
        self.members = tuple(HeldSession.of(scenario, session) for session in scenario.sessions)
        self.shortest_first = sorted(self.members, key=lambda member: (member.minutes, member.session))

    def check(self, kept: Collection[HeldSession]) -> Verdict[HeldSession]:
        verdict = feasible(self.plain(kept), self.search)
        return Verdict(verdict.holds, verdict.timetable, tuple(member for member in self.members if member in kept))

    def narrowed(self, core: Sequence[HeldSession]) -> tuple[HeldSession, ...]:
        return tuple(core)

    def plain(self, kept: Collection[HeldSession]) -> Scenario:
        return holding(self.bare, [member.session for member in kept])

    def without(self, member: HeldSession) -> Verdict[HeldSession]:
        return feasible(self._left(member), self.search)

    def _left(self, member: HeldSession) -> Scenario:
        return leaving_out(self.scenario, [member.session])

    def clash_without(self, member: HeldSession, _: Verdict[HeldSession], *, few: bool) -> tuple[Any, ...]:
        if not few:
            return _all_but(self.members, member)
        left = self._left(member)
        oracle = oracle_of(left, members_of(left), self.search)
        if oracle.check(()).holds is False:
            sessions = _Sessions(left, oracle.members, self.search)
            return _minimal(sessions, sessions.shortest_first)[0]
        whole = oracle.check(oracle.members)
        return _proved_minimal(_Rules(oracle), whole.core or oracle.members) if whole.holds is False else ()


def _all_but(members: Sequence[M], member: M) -> tuple[M, ...]:
    return tuple(other for other in members if other is not member)


def _minimal(asked: _Questions[M], core: Sequence[M]) -> tuple[tuple[M, ...], bool, list[Timetable]]:
    """Leave out what can be left out; whether every check was settled; and the timetables of those that were possible.

    A member whose check hits the limit stays.
    """
    found = asked.narrowed(core)
    sure, needed = True, set[str]()
    hints: list[Timetable] = []
    for member in found:
        if member not in found or member.id in needed:
            continue
        verdict = asked.check(_all_but(found, member))
        if verdict.holds is False:
            found = verdict.core
        else:
            needed.add(member.id)
            sure = sure and verdict.holds is not None
            hints += [verdict.timetable] if verdict.timetable is not None else []
    return tuple(member for member in asked.members if member in found), sure, hints


def _proved_minimal(asked: _Questions[M], core: Sequence[M]) -> tuple[M, ...]:
    """The core without what can be left out, if that is proved impossible again on the plain scenario; else nothing."""
    found, _, _ = _minimal(asked, core)
    return found if feasible(asked.plain(found), asked.search, twice=True).holds is False else ()


def _disjoint(asked: _Questions[M], found: Sequence[M]) -> tuple[tuple[M, ...], ...]:
    """Further sets that cannot hold together, among the members that no set found so far has."""
    others: list[tuple[M, ...]] = []
    left = [member for member in asked.members if member not in found]
    while left and len(others) < MAX_OTHER_SETS:
        verdict = asked.check(left)
        further = _proved_minimal(asked, verdict.core or left) if verdict.holds is False else ()
        if not further:
            break
        others.append(further)
        left = [member for member in left if member not in further]
    return tuple(others)


def _proved(asked: _Questions[M], found: tuple[M, ...], sure: bool) -> Conflict:
    """Prove the set impossible on the plain scenario, with and without presolve, and find the witnesses."""
    again = feasible(asked.plain(found), asked.search, twice=True)
    if again.holds:
        raise EngineError("a set was called impossible, but a timetable keeps all of it")
    others = _disjoint(asked, found)
    witnesses = tuple(w for member in found if (w := _witness(asked, found, member, others)) is not None)
    minimal = sure and again.holds is False and len(witnesses) == len(found)
    return Conflict(found, witnesses, minimal, others=others)


def _witness(
    asked: _Questions[M], found: tuple[M, ...], member: M, others: tuple[tuple[M, ...], ...]
) -> Witness | None:  # fmt: skip
    """A timetable without the member that keeps everything else, or where there is none the rest of the set."""
    further: tuple[Any, ...] = others[0] if others else ()
    if not others:
        whole = asked.without(member)
        if whole.timetable is not None:
            return Witness(member, _confirmed(asked, _all_but(asked.members, member), member, whole.timetable), True)
        if whole.holds is False:
            further = asked.clash_without(member, whole, few=len(found) <= MAX_MEMBERS_EXAMINED)
    kept = _all_but(found, member)
    timetable = asked.check(kept).timetable
    if timetable is None:
        return None
    return Witness(member, _confirmed(asked, kept, member, timetable), False, further)


def _confirmed(asked: _Questions[M], kept: Sequence[M], without: M, timetable: Timetable) -> Timetable:
    """The timetable, which keeps the members on the plain scenario.

    Raises:
        EngineError: the checker says that it does not.
    """
    if check(asked.plain(kept), timetable).broken:
        raise EngineError(f"the timetable without '{without.name}' breaks a rule that it should keep")
    return timetable
