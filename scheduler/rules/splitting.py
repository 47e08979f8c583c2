"""Single conditions: the smallest things that a planner can give way on, each with a sentence of its own.

Only explanations import this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.rules.rule import GivenUp, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting

WISH_WEIGHT = 100
"""Points per unit of violation of a rule that was given up: the solver still keeps it where that costs nothing."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions in the scenario, from the top."""
Fields: TypeAlias = Mapping[str, Any]
"""Fields of a scenario with their new values."""


def _no_numbers(_: Adjusting) -> Iterable[AdjustableNumber]:
    return ()


@dataclass(frozen=True, slots=True)
class SingleCondition:
    """Something that a planner has stated, or that holds unstated, and that can be given up by itself."""

    id: str
    """Its name within the scenario: ``rules/plenary``, ``officers/chair/absent/0``."""
    name: str
    """What the planner calls it."""
    kind: str
    """The kind of rule that says it."""
    sentence: str
    source: str | None
    loc: KeyPath
    cost: int
    """Points for giving way."""
    post: Callable[[ScheduleModel, Enforcement], None]
    waive: Callable[[Programme, Sequence[Rule]], Fields]
    """The fields of a scenario that change when it is given up, from its programme and its rules."""
    waived: str
    """Giving way, as a planner would say it."""
    adjustable: Callable[[Adjusting], Iterable[AdjustableNumber]] = _no_numbers

    def joined(self, other: SingleCondition) -> SingleCondition:
        """The same condition, as another rule says it of other sessions: it costs what the dearer one does."""

        def post(model: ScheduleModel, enforcement: Enforcement) -> None:
            self.post(model, enforcement)
            other.post(model, enforcement)

        return replace(self, post=post, cost=max(self.cost, other.cost))


@dataclass(frozen=True)
class Splitting:
    """Makes the single conditions of rules."""

    programme: Programme
    one_at_a_time: bool
    """Whether no two sessions can sit at once anyway, as there is one room, for one session at a time."""

    @cached_property
    def _bodies(self) -> dict[str, int]:
        return {body.id: index for index, body in enumerate(self.programme.bodies)}

    def place_of_body(self, body: str) -> KeyPath:
        """Where a body stands in the scenario."""
        return "bodies", self._bodies[body]

    def place_of(self, session: SessionId) -> KeyPath:
        """Where a session stands in the scenario."""
        body = self.programme.body_of[session]
        return (*self.place_of_body(body.id), "sessions", [each.id for each in body.sessions].index(session))

    def whole(self, rule: Rule, index: int) -> SingleCondition:
        """A stated rule, as it stands at a position of the list; given up, it is a wish."""

        def waive(_: Programme, rules: Sequence[Rule]) -> Fields:
            soft = rule.giving_up(GivenUp.STATED, WISH_WEIGHT)
            return {"rules": tuple(soft if other.name == rule.name else other for other in rules)}

        sentence = rule.describe(self.programme)
        return SingleCondition(
            f"rules/{rule.name}", rule.name, rule.rule, sentence, rule.source, ("rules", index), rule.waiving_costs,
            rule.post, waive, f"give up '{rule.name}' ({sentence.rstrip('.')})", rule.adjustable,
        )  # fmt: skip

    def part(
        self, rule: Rule, of: Sequence[SessionId], *, key: str, name: str, sentence: str, source: str | None,
        loc: KeyPath, wish: str, waived: str, how: GivenUp = GivenUp.STANDING,
    ) -> SingleCondition:  # fmt: skip
        """What a standing rule says of some sessions; given up, it is a wish of that name, stated for these.

        ``how``: as a stated rule where only the pairs of these sessions are given up.
        """

        def waive(_: Programme, rules: Sequence[Rule]) -> Fields:
            stated = type(rule)(rule=rule.rule, id=wish, of=tuple(of), source="given up")
            return {"rules": (*rules, stated.giving_up(how, WISH_WEIGHT))}

        post = rule.part(of).post
        return SingleCondition(key, name, rule.rule, sentence, source, loc, rule.waiving_costs, post, waive, waived)

    def other(
        self, rule: Rule, *, key: str, name: str, sentence: str, source: str | None, loc: KeyPath, waived: str,
        post: Callable[[ScheduleModel, Enforcement], None], waive: Callable[[Programme], Fields],
        adjustable: Callable[[Adjusting], Iterable[AdjustableNumber]] = _no_numbers,
    ) -> SingleCondition:  # fmt: skip
        """What a rule says because of what the scenario says of people; giving way changes that."""
        return SingleCondition(
            key, name, rule.rule, sentence, source, loc, rule.waiving_costs, post,
            lambda programme, _: waive(programme), waived, adjustable,
        )  # fmt: skip
