"""Why nothing fits: the arithmetic, a smallest set of rules that clash, a timetable without each, and the ways out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from scheduler.arithmetic.shortage import Arithmetic, Homeless, Shortage
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.engine import Search, Settings
from scheduler.explanation.conflict import Conflict, find_conflict
from scheduler.explanation.items import Item, items_of
from scheduler.explanation.oracle import Oracle, feasible
from scheduler.explanation.repairs import Repairs, WayOut, cheapest_ways
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.yamltext import Document


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why is it impossible?"; with ``status`` OPTIMAL or FEASIBLE it is not, and the rest is empty."""

    scenario: Scenario
    items: tuple[Item, ...]
    status: Status
    shortages: tuple[Shortage | Homeless, ...] = ()
    conflict: Conflict | None = None
    repairs: Repairs = field(default_factory=Repairs)
    possible: Timetable | None = None
    interrupted: bool = False
    """Whether it was stopped by hand: what is missing was then not looked for."""

    @property
    def verdict(self) -> str:
        """The first sentence."""
        if self.status is Status.FEASIBLE:
            return "A timetable exists that keeps every rule."
        if self.status is Status.UNKNOWN:
            why = "it was stopped by hand" if self.interrupted else "the time limit was reached"
            return f"Not known: {why} before a timetable or a proof was found."
        if self.conflict is None:
            return "No timetable keeps all rules; which of them clash was not found in the time allowed."
        number = len(self.conflict.members)
        what = "sessions do not fit together" if self.conflict.held else "rules clash"
        if number == 1:
            what = "keeps this rule" if self.conflict.items else "holds this session"
            more = not all(witness.keeps_the_rest for witness in self.conflict.witnesses)
            return f"No timetable {what}{'; without it a further conflict remains' if more else ''}:"
        return f"No timetable keeps all rules. These {number} {what}{self._how_small()}"

    def why_more(self, way: WayOut) -> str:
        """Why a session is to be shortened by more than is missing; empty where it is not."""
        missing = max((s.asked - s.there for s in self.shortages if isinstance(s, Shortage)), default=0)
        if not 0 < missing < way.cut:
            return ""
        if way.less < missing:
            return f"{show_minutes(missing)} are missing, and lengths are changed in whole steps."
        return (
            f"{show_minutes(missing)} are missing, but {show_minutes(way.less)} less do not suffice: what becomes free "
            "lies in pieces that the rules leave no use for."
        )

    def _how_small(self) -> str:
        assert self.conflict is not None
        if not self.conflict.minimal:
            return "; they are enough to make it impossible, perhaps not the smallest such set:"
        complete = all(witness.keeps_the_rest for witness in self.conflict.witnesses)
        smallest = "" if self.conflict.smallest else " (a set with fewer may exist)"
        if complete:
            return f"; any one of them less, and it works{smallest}:"
        return f"; without any one of them the others hold together, but a further conflict remains{smallest}:"


def explain(
    scenario: Scenario,
    document: Document | None = None,
    settings: Settings | None = None,
    *,
    ways: int = 3,
    given: Collection[str] = (),
) -> Explanation:
    """Explain a scenario; its hard rules alone are asked about, wishes cost points but forbid nothing.

    ``given`` names rules that are taken for granted: they are never given up, nor named as a reason.

    Raises:
        EngineError: solver and checker contradict one another.
    """
    search = Search(settings or Settings(workers=1))
    taken = {f"rules/{name}" for name in given}
    items = tuple(i for i in items_of(scenario, document) if not any(atom.id in taken for atom in i.atoms))
    verdict = feasible(scenario, search, twice=True)
    if verdict.holds:
        return Explanation(scenario, items, Status.FEASIBLE, possible=verdict.timetable)
    if verdict.holds is None:
        return Explanation(scenario, items, Status.UNKNOWN, interrupted=search.interrupted)
    shortages = tuple(Arithmetic(scenario).shortages())
    oracle = Oracle(scenario, items, search)
    conflict = find_conflict(scenario, items, search, oracle)
    repairs = cheapest_ways(scenario, conflict, search, oracle, ways)
    return Explanation(scenario, items, Status.INFEASIBLE, shortages, conflict, repairs, interrupted=search.interrupted)
