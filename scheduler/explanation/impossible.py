"""Why nothing fits: the arithmetic, a smallest set of rules that clash, a timetable without each, and the ways out."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from scheduler.altering import holding
from scheduler.arithmetic.findings import Homeless, Shortage
from scheduler.arithmetic.shortage import Arithmetic
from scheduler.checking import check
from scheduler.domain.clock import agreeing, show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.explanation.applying import with_options
from scheduler.explanation.conflict import Conflict, Witness, find_conflict
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.explanation.oracle import ADDING_SECONDS, feasible
from scheduler.explanation.rebuilding import oracle_of
from scheduler.explanation.repairs import Repairs, WayOut, cheapest_ways
from scheduler.explanation.side_events import EventsWay, explain_events
from scheduler.explanation.smallest import broken_members
from scheduler.outcome import Settings, Status
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.solving.search import Search
from scheduler.wording import listed

MAX_MEMBERS_NAMED = 6
"""Where a sentence speaks of more members, it does not name them."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why is it impossible?"; with ``status`` FEASIBLE it is possible, and the rest is empty."""

    scenario: Scenario
    members: tuple[Member, ...]
    status: Status
    shortages: tuple[Shortage | Homeless, ...] = ()
    conflict: Conflict | None = None
    repairs: Repairs = field(default_factory=Repairs)
    possible: Timetable | None = None
    given: bool = False
    """Whether a change that is asked for was taken for granted: it is then no member of a conflict."""
    interrupted: bool = False
    """Whether it was stopped by hand: the explanation is then incomplete."""
    events: tuple[str, ...] = ()
    """Why its side events cannot all be placed, proved; empty where they can, or none is to be placed."""
    events_ways: tuple[EventsWay, ...] = ()
    """What would be enough to place them, each tried."""

    @property
    def events_alone(self) -> bool:
        """Whether the side events alone make it impossible."""
        return bool(self.events) and self.conflict is None and not self.shortages

    @property
    def verdict(self) -> str:
        """The first sentence."""
        if self.events_alone:
            return "The side events cannot all be placed; the sessions alone can."
        if self.status is Status.FEASIBLE:
            return "A timetable exists that keeps every rule."
        if self.status is Status.UNKNOWN:
            why = "it was stopped by hand" if self.interrupted else "the time limit was reached"
            hint = "" if self.interrupted else " Allow more with --time-limit."
            return f"Not known: {why} before a timetable or a proof was found.{hint}"
        if self.conflict is None:
            if self.shortages:
                return "No timetable keeps all rules: the numbers prove it."
            return "No timetable keeps all rules; which of them clash was not found within the limit."
        number, one = len(self.conflict.members), "it"
        if number == 1:
            said = "No timetable holds this session" if self.conflict.held else "No timetable keeps this rule"
        elif self.conflict.held:
            said, one = f"No timetable keeps all rules. These {number} sessions do not fit together", _any_of(number)
        else:
            said, one = f"No timetable keeps all rules. These {number} rules clash", _any_of(number)
            if not self.conflict.minimal:
                said += "; they are enough to make it impossible, perhaps not the smallest such set"
            elif not self.conflict.smallest:
                said += " (a set with fewer may exist)"
        return f"{said}{self._without_any(one)}:"

    def _without_any(self, what: str) -> str:
        assert self.conflict is not None
        complete = [witness.without for witness in self.conflict.witnesses if witness.keeps_the_rest]
        return f"; without {what} a timetable exists" if len(complete) == len(self.conflict.members) else ""

    @property
    def what_remains(self) -> tuple[str, ...]:
        """Where giving way on one member is not enough: for each member a sentence about what remains."""
        if self.conflict is None or self._without_any(""):
            return ()
        said: dict[str, list[str]] = {}
        for member in self.conflict.members:
            witness = next((w for w in self.conflict.witnesses if w.without is member), None)
            if witness is None:
                then = "whether a timetable exists was not found within the limit"
            elif witness.keeps_the_rest:
                then = "a timetable exists"
            elif witness.further and witness.further in self.conflict.others:
                then = "the next conflict remains"
            elif len(witness.further) > MAX_MEMBERS_NAMED:
                then = "the rest cannot hold together either"
            elif witness.further:
                then = f"a second conflict remains: {listed([other.name for other in witness.further])}"
            else:
                then = "the others above hold together; whether all rules do was not found within the limit"
            said.setdefault(then, []).append(member.name)
        if len(said) == 1 and len(self.conflict.members) > 1:
            return tuple(f"Without {_any_of(len(self.conflict.members))} {then}." for then in said)
        some = sorted(said.items(), key=lambda group: len(group[1]) > MAX_MEMBERS_NAMED)
        return tuple(f"Without {_which(names)} {then}." for then, names in some)

    def still_broken(self, witness: Witness) -> str:
        """``it breaks within_half_day``: what a timetable without one member breaks besides it; empty for nothing.

        Only members that are named in the explanation are named here; of others it is said that there are some.
        """
        if witness.keeps_the_rest or self.conflict is None:
            return ""
        rules = [member for member in self.conflict.in_any_set if isinstance(member, Member)]
        named = [member for member in rules if member.id != witness.without.id]
        above = [m.name for m in broken_members(self.scenario, self.members, witness.timetable, named)]
        conditions = {condition.id for member in rules for condition in member.conditions}
        unnamed = [m for m in self.members if not any(condition.id in conditions for condition in m.conditions)]
        more = bool(check(keeping(self.scenario, self.members, unnamed), witness.timetable).broken)
        if not above:
            return "it breaks rules that are not named above" if more else ""
        said = listed(above) if len(above) <= MAX_MEMBERS_NAMED else f"{len(above)} of the others above"
        return f"it breaks {said}" + ("; and rules that are not named above" if more else "")

    def why_more(self, way: WayOut) -> str:
        """Why a session is shortened by more than is missing; empty where it is not."""
        missing = max((s.minutes for s in self.shortages if isinstance(s, Shortage)), default=0)
        if not 0 < missing < way.cut:
            return ""
        lacking = f"{show_minutes(missing)} {agreeing(missing, 'is', 'are')} missing"
        if way.less < missing:
            return f"{lacking}, and lengths are changed in whole steps."
        tried = agreeing(way.less, "was tried and does", "were tried and do")
        return (
            f"{lacking}, but {show_minutes(way.less)} less {tried} not suffice: "
            "what becomes free then is not where the other sessions need it."
        )

    @property
    def background(self) -> str:
        """The reason, where giving up rules does not help."""
        if self.given:
            return "With what is asked for, calendar and rooms alone are the reason: no other rule stands in the way."
        return "Calendar and rooms alone are the reason: no rule stands in the way."


def _which(names: Sequence[str]) -> str:
    return listed(names, "or") if len(names) <= MAX_MEMBERS_NAMED else f"any one of the other {len(names)}"


def _any_of(number: int) -> str:
    return "either of them" if number == 2 else "any one of them"


def explain(
    scenario: Scenario,
    document: Document | None = None,
    settings: Settings | None = None,
    *,
    ways: int = 3,
    given: Collection[str] = (),
    rerun: Callable[[Sequence[str]], Scenario] | None = None,
) -> Explanation:
    """Explain why no timetable keeps the hard rules of a scenario.

    ``ways``: the number of ways out to look for. ``given``: names of rules that are taken for granted; they are neither
    given up nor named as a reason. ``rerun``: the scenario that ``schedule what-if`` solves with further options: each
    way is tried as its command does.

    Raises:
        EngineError: solver and checker contradict one another.
    """
    search = Search(settings or Settings(workers=1))
    taken = {f"rules/{name}" for name in given}
    members = tuple(i for i in members_of(scenario, document) if not any(each.id in taken for each in i.conditions))
    events = explain_events(scenario, search.settings, rerun or partial(with_options, scenario))
    verdict = feasible(scenario, search, twice=True, seconds=max(search.left, 0.0))
    if verdict.holds:
        status = Status.INFEASIBLE if events.reasons else events.status
        found = None if events.reasons else verdict.timetable
        return Explanation(scenario, members, status, possible=found, events=events.reasons, events_ways=events.ways)
    if verdict.holds is None:
        return Explanation(scenario, members, Status.UNKNOWN, interrupted=search.interrupted)
    conflict, repairs = None, Repairs()
    shortages: Sequence[Shortage | Homeless] = ()
    try:
        oracle = oracle_of(scenario, members, search)
        oracle.refuted = True
        shortages = Arithmetic(scenario, time.monotonic() + min(ADDING_SECONDS, search.left)).shortages()
        first = next(iter(shortages), None)
        conflict = find_conflict(oracle, first if isinstance(first, Shortage) else None)
        repairs = cheapest_ways(conflict, oracle, ways, rerun or partial(with_options, scenario))
    except OutOfTime:
        pass  # the explanation holds what was found by then
    if conflict is not None or not shortages:
        asked = _alone(scenario, members, conflict)
        until = time.monotonic() + max(ADDING_SECONDS / 4, min(ADDING_SECONDS, search.left))
        shortages = Arithmetic(asked, until).shortages()
    return Explanation(
        scenario, members, Status.INFEASIBLE, tuple(shortages), conflict, repairs,
        given=bool(given), interrupted=search.interrupted, events=events.reasons, events_ways=events.ways,
    )  # fmt: skip


def _alone(scenario: Scenario, members: Sequence[Member], conflict: Conflict | None) -> Scenario:
    """The scenario with nothing but the conflict in it, for an arithmetic of the conflict alone."""
    if conflict is None:
        return scenario
    kept = keeping(scenario, members, conflict.rules)
    return holding(kept, [held.session for held in conflict.held]) if conflict.held else kept
