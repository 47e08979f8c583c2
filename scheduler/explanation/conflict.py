"""A smallest set of the planner's rules that cannot hold together.

The solver's assumption core is a first guess; deletion makes it minimal (no rule of it can be left out), and hitting
sets then look for one with fewer rules. Should the background alone be impossible, the sessions that are held take
the place of the rules. Every answer is proved again on the plain scenario, and each "all but one" has its timetable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from scheduler.altering import holding
from scheduler.arithmetic.shortage import Shortage
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.errors import EngineError
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.explanation.oracle import Oracle, Verdict, feasible
from scheduler.scenario import Scenario
from scheduler.solving.search import Search

MOST_OTHERS = 3
"""Sets that are looked for besides the first, without a member in common."""
FEW = 6
"""Of larger sets the smallest is not looked for, and what remains without one member is not taken apart."""
SMALLEST_SECONDS = 15.0
"""How long to look for a set with fewer rules than the minimal one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session that is held: what is given way on when calendar and rooms alone are the reason."""

    session: SessionId
    sentence: str
    minutes: int

    @property
    def id(self) -> str:
        """The session's."""
        return self.session

    @property
    def name(self) -> str:
        """What the planner calls it: the session's id."""
        return self.session


@dataclass(frozen=True, slots=True)
class Witness:
    """A timetable that keeps the set without one of its members."""

    without: Member | Held
    timetable: Timetable
    keeps_the_rest: bool
    """Whether it keeps every other rule of the scenario too, not only the others of the set."""
    further: tuple[Member | Held, ...] = ()
    """Where no timetable does: a set without the member that cannot hold together either; none: not known."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules (or, on background alone, held sessions) that cannot hold together, and the proof."""

    rules: tuple[Member, ...]
    held: tuple[Held, ...]
    witnesses: tuple[Witness, ...]
    minimal: bool
    """Every member is needed: each has its witness."""
    smallest: bool
    """No set with fewer members is impossible."""
    others: tuple[tuple[Member | Held, ...], ...] = ()
    """Further sets that cannot hold together, none of which shares a member with this one or another."""

    @property
    def members(self) -> tuple[Member | Held, ...]:
        """Rules, or held sessions."""
        return self.rules or self.held


def find_conflict(
    scenario: Scenario, members: Sequence[Member], search: Search, oracle: Oracle, shortage: Shortage | None = None
) -> Conflict | None:
    """The conflict of a scenario; None when it is possible after all, or nothing was proved in time.

    A ``shortage`` of many sessions says where to look first.
    """
    many = enough(shortage) if shortage is not None else ()
    alone = oracle.check(())
    if alone.holds is False:
        return _held_conflict(scenario, members, search, many if len(many) > FEW else ())
    told = _resting(scenario, members, shortage, many) if shortage is not None and len(many) > FEW else ()
    whole = oracle.check(told) if told else Verdict(None)
    if whole.holds is not False:
        whole = oracle.check(members)
    if whole.holds is not False or alone.holds is None:
        return None
    found, sure, hints = _minimal(oracle, whole.core or tuple(members))
    small, proved = _smallest(oracle, found, hints) if sure and len(found) <= FEW else (found, False)
    return _proved(scenario, members, small, sure, proved, search, oracle)


def enough(shortage: Shortage) -> tuple[SessionId, ...]:
    """Sessions of a shortage that are too many already, as few as possible."""
    chosen, asked = [], 0
    for session, number in sorted(shortage.needs, key=lambda need: -need[1]):
        if asked <= shortage.there:
            chosen.append(session)
            asked += number
    return tuple(chosen)


def _resting(
    scenario: Scenario, members: Sequence[Member], shortage: Shortage, sessions: Collection[SessionId]
) -> tuple[Member, ...]:
    """The members that a shortage of these sessions rests on, about; whether they suffice is still to be asked."""
    names = {*shortage.rules, *shortage.whole_slots}
    kinds = {rule.rule for rule in scenario.all_rules if rule.name in names}
    bodies = {scenario.body_of[session].id for session in sessions}
    found = []
    for member in members:
        for condition in member.conditions:
            family, name, *_ = (*condition.id.split("/"), "")
            if family == "rules":
                told = condition.name in shortage.rules
            elif family == "officers":
                told = name in shortage.because or condition.kind in kinds
            else:
                told = condition.kind in kinds and (name in sessions or name in bodies or family == "access")
            if told:
                found.append(member)
                break
    return tuple(found)


def _proved_further(members: Sequence[Member], core: tuple[Member, ...], oracle: Oracle) -> tuple[Member, ...]:
    """The core without what can be left out, when it is proved impossible again on the plain scenario; else nothing."""
    found, _, _ = _minimal(oracle, core)
    again = feasible(keeping(oracle.scenario, members, found), oracle.search, twice=True)
    return found if again.holds is False else ()


def _disjoint(members: Sequence[Member], found: tuple[Member, ...], oracle: Oracle) -> tuple[tuple[Member, ...], ...]:
    """Further sets that cannot hold together among what the sets found so far leave."""
    others: list[tuple[Member, ...]] = []
    used = {member.id for member in found}
    while len(others) < MOST_OTHERS:
        rest = [member for member in members if member.id not in used]
        verdict = oracle.check(rest)
        if verdict.holds is not False:
            break
        further = _proved_further(members, verdict.core or tuple(rest), oracle)
        if not further:
            break
        others.append(further)
        used |= {member.id for member in further}
    return tuple(others)


def _minimal(oracle: Oracle, core: tuple[Member, ...]) -> tuple[tuple[Member, ...], bool, list[Timetable]]:
    """Leave out what can be left out; a member whose check hit the limit stays, and the answer is then not sure."""
    sure, found, needed = True, core, set[str]()
    hints: list[Timetable] = []
    for member in core:
        if member not in found or member.id in needed:
            continue
        verdict = oracle.check([other for other in found if other is not member])
        if verdict.holds is False:
            found = verdict.core
        else:
            needed.add(member.id)
            sure = sure and verdict.holds is not None
            hints += [verdict.timetable] if verdict.timetable is not None else []
    return found, sure, hints


def _smallest(oracle: Oracle, found: tuple[Member, ...], hints: list[Timetable]) -> tuple[tuple[Member, ...], bool]:
    """Hitting sets: an impossible set must meet every set of rules that some timetable breaks (a correction set).

    The smallest set that meets all correction sets known so far is either impossible, and then a smallest one, or
    possible, and then its timetable gives one more correction set.
    """
    until = time.monotonic() + SMALLEST_SECONDS
    broken = [_broken(oracle, timetable) for timetable in hints]
    while time.monotonic() < until:
        candidate = _hitting_set(oracle.members, broken, len(found), until)
        if candidate is None:
            return found, False
        if len(candidate) >= len(found):
            return found, True
        verdict = oracle.check(candidate)
        if verdict.holds is None:
            return found, False
        if verdict.holds is False:
            return candidate, True
        broken.append(_grown(oracle, candidate, verdict))
    return found, False


def _broken(oracle: Oracle, timetable: Timetable) -> frozenset[str]:
    """The members that a timetable does not keep, as the checker sees it."""
    violations = check(oracle.scenario, timetable).broken
    rules = {violation.id for violation in violations}
    written = {
        member.id
        for member in oracle.members
        if any(a.id.startswith("rules/") and a.name in rules for a in member.conditions)
    }
    standing = [member for member in oracle.members if any(not a.id.startswith("rules/") for a in member.conditions)]
    kinds = {violation.rule for violation in violations}
    for member in standing:
        if {condition.kind for condition in member.conditions} & kinds:
            alone = keeping(oracle.scenario, oracle.members, [member])
            if check(alone, timetable).broken:
                written.add(member.id)
    return frozenset(written)


def _grown(oracle: Oracle, kept: Collection[Member], verdict: Verdict) -> frozenset[str]:
    """What breaks when the set is grown as far as its timetables go: the fewer, the more it says."""
    assert verdict.timetable is not None
    broken = _broken(oracle, verdict.timetable)
    grown = [member for member in oracle.members if member.id not in broken]
    for member in oracle.members:
        if member.id in broken and member not in kept:
            further = oracle.check([*grown, member])
            if further.timetable is not None:
                broken = _broken(oracle, further.timetable)
                grown = [other for other in oracle.members if other.id not in broken]
    return broken


def _hitting_set(
    members: Sequence[Member], broken: Sequence[frozenset[str]], below: int, until: float
) -> tuple[Member, ...] | None:
    """The smallest set of members that meets every one of ``broken``, or the first with ``below`` members or more.

    Depth first over the sets not yet met, deepening one member at a time; None when time runs out.
    """
    order = {member.id: number for number, member in enumerate(members)}

    def search(chosen: frozenset[str], room: int) -> frozenset[str] | None:
        if time.monotonic() > until:
            raise TimeoutError
        open_sets = [names for names in broken if not names & chosen]
        if not open_sets:
            return chosen
        if room == 0:
            return None
        smallest = min(open_sets, key=len)
        for name in sorted(smallest, key=order.__getitem__):
            if (found := search(chosen | {name}, room - 1)) is not None:
                return found
        return None

    try:
        for size in range(below):
            if (found := search(frozenset(), size)) is not None:
                return tuple(member for member in members if member.id in found)
    except TimeoutError:
        return None
    return tuple(members[:below])


def _proved(
    scenario: Scenario, members: Sequence[Member], found: tuple[Member, ...], sure: bool, smallest: bool,
    search: Search, oracle: Oracle,
) -> Conflict:  # fmt: skip
    """Prove the set impossible on the plain scenario, with and without presolve, and find the witnesses."""
    again = feasible(keeping(scenario, members, found), search, twice=True)
    if again.holds:
        raise EngineError("a set of rules was called impossible, but a timetable keeps them all")
    others = _disjoint(members, found, oracle)
    witnesses = []
    for member in found:
        witness = _witness(scenario, members, found, member, oracle, others)
        if witness is not None:
            witnesses.append(witness)
    minimal = sure and again.holds is False and len(witnesses) == len(found)
    return Conflict(found, (), tuple(witnesses), minimal, smallest and minimal, others)


def _witness(
    scenario: Scenario, members: Sequence[Member], found: tuple[Member, ...], member: Member, oracle: Oracle,
    others: tuple[tuple[Member, ...], ...],
) -> Witness | None:  # fmt: skip
    """A timetable without the member that keeps all others, or where there is none those of the set."""
    further: tuple[Member, ...] = others[0] if others else ()
    if not others:
        whole = oracle.check([other for other in members if other is not member])
        if whole.timetable is not None:
            rest = [other for other in members if other is not member]
            return Witness(member, _kept(scenario, members, rest, member, whole.timetable), True)
        if whole.holds is False:
            core = whole.core or tuple(other for other in members if other is not member)
            further = _proved_further(members, core, oracle) if len(found) <= FEW else core
    kept = [other for other in found if other is not member]
    verdict = oracle.check(kept)
    if verdict.timetable is None:
        return None
    return Witness(member, _kept(scenario, members, kept, member, verdict.timetable), False, further)


def _kept(
    scenario: Scenario, members: Sequence[Member], kept: Sequence[Member], without: Member, timetable: Timetable
) -> Timetable:
    """The timetable, when the checker confirms on the plain scenario that it keeps the members."""
    if check(keeping(scenario, members, kept), timetable).broken:
        raise EngineError(f"the timetable without '{without.name}' breaks a rule that it should keep")
    return timetable


# --- calendar and rooms alone -------------------------------------------------------------------------------


def _held_conflict(
    scenario: Scenario, members: Sequence[Member], search: Search, told: Collection[SessionId] = ()
) -> Conflict | None:
    """Of the sessions ``told`` those that do not fit together, where they do not; else of all."""
    bare = keeping(scenario, members, ())

    def hold(sessions: Collection[SessionId]) -> Verdict:
        return feasible(holding(bare, sessions), search)

    among = told if told and hold(told).holds is False else tuple(scenario.sessions)
    found, sure = _fewer([s for s in scenario.sessions if s in among], scenario, hold)
    witnesses = []
    held = [_held(scenario, session) for session in found]
    others = _disjoint_held(scenario, found, hold)
    for member in held:
        verdict = hold([s for s in found if s != member.session])
        if verdict.timetable is None:
            continue
        without = holding(scenario, [s for s in scenario.sessions if s != member.session])
        complete = Verdict(False) if others else feasible(without, search)
        further: tuple[Member | Held, ...] = others[0] if others else ()
        if complete.holds is False and not others:
            further = (
                _clash_without(without, search)
                if len(held) <= FEW
                else tuple(_held(scenario, s) for s in scenario.sessions if s != member.session)
            )
        shown = complete.timetable or verdict.timetable
        witnesses.append(Witness(member, shown, complete.timetable is not None, further))
    proof = feasible(holding(bare, found), search, twice=True)
    minimal = sure and proof.holds is False and len(witnesses) == len(held)
    conflict = Conflict((), tuple(held), tuple(witnesses), minimal, False, others)
    return replace(conflict, smallest=minimal and _no_fewer(scenario, len(held), hold))


def _held(scenario: Scenario, session: SessionId) -> Held:
    minutes = scenario.minutes(session)
    return Held(session, f"{scenario.title(session)} is held and takes {show_minutes(minutes)}.", minutes)


def _fewer(
    sessions: Collection[SessionId], scenario: Scenario, hold: Callable[[Collection[SessionId]], Verdict]
) -> tuple[list[SessionId], bool]:
    """Leave out the sessions that can be left out while the rest stays impossible; whether every check was settled."""
    found, sure = list(sessions), True
    for session in sorted(sessions, key=lambda s: (scenario.minutes(s), s)):
        fewer = [other for other in found if other != session]
        verdict = hold(fewer)
        if verdict.holds is False:
            found = fewer
        sure = sure and verdict.holds is not None
    return found, sure


def _disjoint_held(
    scenario: Scenario, found: Collection[SessionId], hold: Callable[[Collection[SessionId]], Verdict]
) -> tuple[tuple[Held, ...], ...]:
    """Further sessions that do not fit together, among those that the sets found so far leave."""
    others: list[tuple[Held, ...]] = []
    left = [session for session in scenario.sessions if session not in found]
    while left and len(others) < MOST_OTHERS and hold(left).holds is False:
        further, _ = _fewer(left, scenario, hold)
        others.append(tuple(_held(scenario, session) for session in further))
        left = [session for session in left if session not in further]
    return tuple(others)


def _clash_without(without: Scenario, search: Search) -> tuple[Member | Held, ...]:
    """What cannot hold together in a scenario from which a session is left out."""
    members = members_of(without)
    oracle = Oracle(without, members, search)
    if oracle.check(()).holds is False:
        bare = keeping(without, members, ())
        found, _ = _fewer(tuple(without.sessions), without, lambda some: feasible(holding(bare, some), search))
        return tuple(_held(without, session) for session in found)
    whole = oracle.check(members)
    return _proved_further(members, whole.core or members, oracle) if whole.holds is False else ()


def _no_fewer(scenario: Scenario, size: int, hold: Callable[[Collection[SessionId]], Verdict]) -> bool:
    """Whether no fewer sessions are impossible together: tried where there are few enough sets of them."""
    sessions = list(scenario.sessions)
    if size and comb(len(sessions), size - 1) > 200:
        return False
    return all(hold(chosen).holds for chosen in combinations(sessions, size - 1))
