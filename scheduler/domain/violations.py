"""A violation of a rule: facts in fields, a sentence for the planner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a timetable breaks a rule.

    ``amount`` counts units of the rule (pairs, segments, minutes: each rule says which); a broken hard rule has
    ``weight`` None, a soft one costs ``weight * amount`` points.
    """

    rule: str
    """The kind of rule, as written after ``rule:`` in a scenario."""
    id: str
    """The rule's own name."""
    message: str
    amount: int = 1
    weight: int | None = None
    sessions: tuple[str, ...] = field(default=())

    @property
    def penalty(self) -> int:
        """Points; 0 for a hard rule, whose violation has no price."""
        return 0 if self.weight is None else self.weight * self.amount

    @property
    def hard(self) -> bool:
        """Whether the rule must hold."""
        return self.weight is None


def penalties(violations: Iterable[Violation]) -> dict[str, int]:
    """Points by the name of the rule."""
    found: dict[str, int] = {}
    for violation in violations:
        found[violation.id] = found.get(violation.id, 0) + violation.penalty
    return found
