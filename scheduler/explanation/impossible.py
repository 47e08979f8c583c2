"""Why nothing fits: the arithmetic, a smallest set of rules that clash, a timetable without each, and the ways out."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.timetable import Timetable
from scheduler.engine import Search, Settings
from scheduler.explanation.arithmetic import Arithmetic, Homeless, Shortage
from scheduler.explanation.conflict import Conflict, find_conflict
from scheduler.explanation.items import Item, items_of
from scheduler.explanation.oracle import Oracle, feasible
from scheduler.explanation.repairs import Repairs, cheapest_ways
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
    repairs: Repairs = Repairs((), complete=False)
    possible: Timetable | None = None

    @property
    def verdict(self) -> str:
        """The first sentence."""
        if self.status is Status.FEASIBLE:
            return "A timetable exists that keeps every rule."
        if self.status is Status.UNKNOWN:
            return "Not known: the time limit was reached before a timetable or a proof was found."
        if self.conflict is None:
            return "No timetable keeps all rules; which of them clash was not found in the time allowed."
        number = len(self.conflict.members)
        what = "sessions do not fit together" if self.conflict.held else "rules clash"
        if number == 1:
            return "No timetable keeps this rule." if self.conflict.items else "No timetable holds this session."
        return f"No timetable keeps all rules. These {number} {what}{self._how_small()}"

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
    scenario: Scenario, document: Document | None = None, settings: Settings | None = None, *, ways: int = 3
) -> Explanation:
    """Explain a scenario; its hard rules alone are asked about, wishes cost points but forbid nothing.

    Raises:
        EngineError: solver and checker contradict one another.
    """
    search = Search(settings or Settings(workers=1))
    items = items_of(scenario, document)
    verdict = feasible(scenario, search, twice=True)
    if verdict.holds:
        return Explanation(scenario, items, Status.FEASIBLE, possible=verdict.timetable)
    if verdict.holds is None:
        return Explanation(scenario, items, Status.UNKNOWN)
    shortages = tuple(Arithmetic(scenario, items).shortages())
    oracle = Oracle(scenario, items, search)
    conflict = find_conflict(scenario, items, search, oracle)
    repairs = cheapest_ways(scenario, items, conflict, search, oracle, ways)
    return Explanation(scenario, items, Status.INFEASIBLE, shortages, conflict, repairs)
