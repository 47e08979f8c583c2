"""Members of a conflict: what a planner can give way on, one sentence each.

A rule of the scenario is a member, and so is what the planner wrote about people and audiences: "the Chair of WGTR is
away on Friday", "DIEF is closed". Calendar, rooms and sessions are no members, but background.

To give way on a member never tightens anything else. A rule is not deleted: without its rolling rule a body would get
fixed boundaries, which are stricter. It becomes a wish, the same rule with a weight. So a set of members that cannot
hold together stays impossible whatever is added to it, and ``keeping`` is the plain scenario of any set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId, altered
from scheduler.domain.clock import show_minutes
from scheduler.reading.diagnostics import Loc
from scheduler.reading.yamltext import Document
from scheduler.rules.rule import Rule
from scheduler.rules.splitting import SingleCondition, Splitting
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel

AND = ", and "
"""Joins things to be done together, whose sentences may contain ``and``."""


@dataclass(frozen=True, slots=True)
class Member:
    """What stands on one line of the file: to the planner, one rule."""

    conditions: tuple[SingleCondition, ...]
    file: str | None
    line: int | None

    @property
    def id(self) -> str:
        """The ids of its conditions."""
        return "+".join(condition.id for condition in self.conditions)

    @property
    def name(self) -> str:
        """What the planner calls it."""
        return ", ".join(dict.fromkeys(condition.name for condition in self.conditions))

    @property
    def sentence(self) -> str:
        """As it would be read out in the room."""
        return " ".join(dict.fromkeys(condition.sentence for condition in self.conditions))

    @property
    def waived(self) -> str:
        """Giving way, in words."""
        return AND.join(dict.fromkeys(condition.waived for condition in self.conditions))

    @property
    def source(self) -> str | None:
        """Whose rule it is."""
        return next((condition.source for condition in self.conditions if condition.source), None)

    @property
    def cost(self) -> int:
        """Points for giving way."""
        return max(condition.cost for condition in self.conditions)

    @property
    def place(self) -> str:
        """``csp11.yaml:31``; empty for a scenario that comes from no file."""
        return f"{self.file}:{self.line}" if self.line else ""

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Put it into a model; with an enforcement literal, void where that is false."""
        for condition in self.conditions:
            condition.post(model, enforcement)

    def give_way(self, scenario: Scenario) -> Scenario:
        """The scenario in which it need not hold."""
        for condition in self.conditions:
            scenario = altered(scenario, **condition.waive(scenario, scenario.rules))
        return scenario


@dataclass(frozen=True, slots=True)
class Together(Member):
    """A standing rule as a whole, in a scenario of many sessions: what it says of each body, session or person."""

    parts: tuple[Member, ...]
    rule: Rule
    said: str
    """What the rule says of all of them."""

    @property
    def id(self) -> str:
        """Its kind."""
        return f"standing/{self.rule.rule}"

    @property
    def name(self) -> str:
        """Its kind."""
        return self.rule.rule

    @property
    def sentence(self) -> str:
        """As the rule says it of all."""
        return self.said

    @property
    def waived(self) -> str:
        """Giving it up altogether."""
        return f"give up '{self.name}' altogether ({self.said.rstrip('.')})"

    @property
    def cost(self) -> int:
        """Points for giving it up for each."""
        return sum(part.cost for part in self.parts)


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session as a member: where calendar and rooms alone are the reason, only a session can be given up."""

    session: SessionId
    sentence: str
    minutes: int

    @classmethod
    def of(cls, scenario: Scenario, session: SessionId) -> HeldSession:
        """A session of a scenario."""
        minutes = scenario.minutes(session)
        return cls(session, f"{scenario.title(session)} is held and takes {show_minutes(minutes)}.", minutes)

    @property
    def id(self) -> str:
        """The session's id."""
        return self.session

    @property
    def name(self) -> str:
        """What the planner calls it: the session's id."""
        return self.session


def members_of(scenario: Scenario, document: Document | None = None) -> tuple[Member, ...]:
    """Everything hard that a planner can give way on, in the order of the file; conditions of one line together."""
    placed: dict[tuple[str | None, int | str], list[SingleCondition]] = {}
    for condition in conditions_of(scenario):
        file, line = None, None
        if document is not None and _stands(document, condition.loc):
            where = document.diagnose(condition.loc, "")
            file, line = where.file.rpartition("/")[2], where.line
        placed.setdefault((file, condition.id if line is None else line), []).append(condition)
    return tuple(
        Member(tuple(found), file, line if isinstance(line, int) else None) for (file, line), found in placed.items()
    )


def grouped(scenario: Scenario, members: Sequence[Member]) -> tuple[Member, ...]:
    """The members, with those of each standing rule as one where they come from no other rule."""
    standing = {rule.rule: rule for rule in scenario.standing}
    parts: dict[str, list[Member]] = {}
    for member in members:
        kinds = {condition.kind for condition in member.conditions}
        stated = any(condition.id.startswith("rules/") for condition in member.conditions)
        if len(kinds) == 1 and not stated and kinds <= standing.keys():
            parts.setdefault(min(kinds), []).append(member)
    whole = {kind: _together(standing[kind], found, scenario) for kind, found in parts.items() if len(found) > 1}
    in_whole = {id(part): kind for kind, found in parts.items() if kind in whole for part in found}
    found: dict[str, Member] = {}
    for member in members:
        one = whole[in_whole[id(member)]] if id(member) in in_whole else member
        found[one.id] = one
    return tuple(found.values())


def _together(rule: Rule, parts: Sequence[Member], scenario: Scenario) -> Together:
    conditions = tuple(condition for part in parts for condition in part.conditions)
    return Together(conditions, None, None, tuple(parts), rule, rule.describe(scenario))


def _stands(document: Document, loc: Loc) -> bool:
    return document.resolve(loc)[:2] == loc[:2]


def background(scenario: Scenario) -> tuple[Rule, ...]:
    """The parts of standing rules that nobody can give up: hard rules that are no members."""
    return tuple(part for rule in scenario.standing for part in rule.background(scenario))


def keeping(scenario: Scenario, members: Sequence[Member], kept: Collection[Member]) -> Scenario:
    """The plain scenario in which only the ``kept`` of its members must hold."""
    names = {condition.id for member in kept for condition in member.conditions}
    for member in members:
        if not all(condition.id in names for condition in member.conditions):
            scenario = member.give_way(scenario)
    return scenario


def conditions_of(scenario: Scenario) -> Iterator[SingleCondition]:
    """Rules of the scenario, then what it says about people, then about audiences, boundaries and seats."""
    one_a_room = not scenario.rooms_may_be_shared
    splitting = Splitting(scenario, one_at_a_time=len(scenario.rooms) == 1 and one_a_room)
    for index, rule in enumerate(scenario.rules):
        if rule.weight is None and rule.splits != "always":
            yield splitting.whole(rule, index)
    always = [rule for rule in scenario.rules if rule.weight is None and rule.splits == "always"]
    split = [*always, *scenario.standing]
    kinds = dict.fromkeys(rule.rule for rule in split)
    found = [_joined(splitting, [rule for rule in split if rule.rule == kind]) for kind in kinds]
    yield from sorted((each for of_kind in found for each in of_kind), key=lambda each: each.loc[0] == "bodies")


def _joined(splitting: Splitting, rules: Sequence[Rule]) -> list[SingleCondition]:
    """The conditions of several rules of one kind, in the order of the file; each once."""
    found: dict[str, SingleCondition] = {}
    for each in (each for rule in rules for each in rule.conditions(splitting)):
        found[each.id] = found[each.id].joined(each) if each.id in found else each
    return sorted(found.values(), key=lambda each: each.loc) if len(rules) > 1 else list(found.values())
