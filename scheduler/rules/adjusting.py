"""Adjustable numbers: what a planner could change in a scenario, with the settings that are worth trying.

Explanations, which alone import this module, find out which setting suffices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.clock import show_clock, show_minutes
from scheduler.domain.persons import Entry, family_of, key_of
from scheduler.domain.programme import Programme
from scheduler.domain.when import PartOfCalendar, parse_when
from scheduler.rules.rule import Rule

LONGEST_MOVE = 4 * 60
"""The most minutes by which a start is moved."""


@dataclass(frozen=True, slots=True)
class NumberSetting:
    """Another setting of a number than the present one."""

    sentence: str
    """The change in words, for a planner: ``allow 3 days instead of 2``."""
    cost: int
    """Points."""
    fields: Callable[[], Mapping[str, Any]]
    """The fields of the scenario that differ with this setting, by name."""
    option: str | None = None
    """The change as ``--set`` of ``schedule what-if`` takes it."""
    by_hand: str = ""
    """What to write into the scenario, if no option says it."""
    cut: int = 0
    """Minutes by which a session is shortened."""
    less: int = 0
    """The greatest cut below this one among the settings of the same number, in minutes."""


@dataclass(frozen=True, slots=True)
class AdjustableNumber:
    """Settings by increasing cost; where ``ordered``, a later one suffices whenever an earlier one does."""

    family: str
    """Names what the settings change. Of several numbers of one family only the cheapest is proposed."""
    settings: tuple[NumberSetting, ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Makes the adjustable numbers of what costs ``cost`` points to give up: a change costs half of that.

    Each further setting of one number costs a point more.
    """

    programme: Programme
    rules: Sequence[Rule]
    cost: int
    step: int
    """Minutes between two settings of a time or a length."""
    kinds: Mapping[str, type[Rule]]
    """Every kind of rule by its word, for a rule that only another kind can loosen."""

    def number(
        self, rule: Rule, key: str, settings: Iterable[tuple[object, str]], *, ordered: bool = True, further: int = 0
    ) -> AdjustableNumber:
        """A key of a rule with other values, each with the sentence that asks for it, the nearest first.

        ``further`` is how many steps the first of them lies beyond the nearest that there could be.
        """
        made = [
            self.instead(rule, sentence, rule.changed(**{key: value}), key=key, far=far)
            for far, (value, sentence) in enumerate(settings, further)
        ]
        return AdjustableNumber(rule.name, tuple(made), ordered)

    def more(self, rule: Rule, key: str, sentence: str, most: int = 3) -> AdjustableNumber:
        """A limit that is raised by one, two ... up to ``most``; ``{}`` of the sentence stands for the new limit."""
        present: int = getattr(rule, key)
        return self.number(rule, key, [(present + n, sentence.format(present + n)) for n in range(1, most + 1)])

    def shorter(self, rule: Rule, key: str, sentence: str) -> AdjustableNumber:
        """A length that is shortened step by step down to nothing; ``{}`` stands for what is left of it."""
        lengths = range(getattr(rule, key) - self.step, -1, -self.step)
        return self.number(rule, key, [(n, sentence.format(show_minutes(n) if n else "nothing")) for n in lengths])

    def starts(self, rule: Rule, at: int) -> Iterator[AdjustableNumber]:
        """A start later, or earlier, by four hours at most, at minutes after midnight that lie within a slot."""
        slots, names = self.programme.calendar.axis.slots, rule.names(self.programme)
        for way in (1, -1):
            clocks = [at + way * n * self.step for n in range(1, LONGEST_MOVE // self.step + 1)]
            inside = [clock for clock in clocks if any(s.minute_of(clock) is not None for s in slots)]
            found = [(clock, f"let {names} start at {show_clock(clock)}") for clock in inside]
            yield self.number(rule, "at", found, ordered=False)

    def fewer_slots(self, rule: Rule, when: Iterable[PartOfCalendar], sentence: str) -> Iterator[AdjustableNumber]:
        """One slot less in ``when``, of those that its parts touch; ``{}`` of the sentence stands for that slot."""
        calendar = self.programme.calendar
        slots = frozenset[int]().union(*(part.slots(calendar) for part in when))
        for index in sorted(slots) if len(slots) > 1 else ():
            left = [slot for slot in calendar.axis.slots if slot.index in slots - {index}]
            parts = tuple(parse_when(f"{s.day.isoformat()} {show_clock(s.opens)}-{show_clock(s.closes)}") for s in left)
            words = sentence.format(calendar.axis.slots[index])
            yield self.number(rule, "when", [(parts, words)], ordered=False)

    def instead(
        self, rule: Rule, sentence: str, *others: Rule, key: str = "", by_hand: str = "", far: int = 0
    ) -> NumberSetting:
        """Other rules in the place of a rule: the rule with another value of ``key``, or rules of other kinds."""
        option = None
        if key:
            option = f"rules.{rule.name}.{key}={written(others[0].model_dump(mode='json')[key])}"
        elif len(others) == 1:
            option = f"rules.{rule.name}={json.dumps(others[0].model_dump(mode='json', exclude_none=True))}"

        def fields() -> Mapping[str, Any]:
            parts = [others if each.name == rule.name else (each,) for each in self.rules]
            return {"rules": tuple(each for part in parts for each in part)}

        return NumberSetting(sentence, max(1, self.cost // 2 + far), fields, option, by_hand)

    def for_one(
        self, rule: Rule, named: Sequence[str], may: str, kind: str, **keys: object
    ) -> Iterator[AdjustableNumber]:
        """For each of the names a looser rule in place of this one: of that ``kind``, with those ``keys``.

        ``may`` says what it allows.
        """
        of = "".join(f" with {key}: {value}" for key, value in keys.items())
        for number, name in enumerate(named):
            rest = tuple(other for other in named if other != name)
            looser = self.kinds[kind].model_validate(
                {"id": f"{rule.name}-{number}", "of": (name,), "source": rule.source, **keys}
            )
            setting = self.instead(
                rule,
                f"let {self.programme.name_of(name)} {may}",
                *((rule.changed(of=rest), looser) if rest else (looser,)),
                by_hand=f"take {name} out of '{rule.name}' and add the rule {kind} of [{name}]{of}",
            )
            yield self.other(rule.name, setting)

    def other(self, family: str, setting: NumberSetting) -> AdjustableNumber:
        """A single setting that changes more than one key."""
        return AdjustableNumber(family, (setting,))

    def presence(self, entry: Entry, sentence: str, changed: Entry, key: str) -> AdjustableNumber:
        """The presence or absence of somebody, changed."""
        own = key_of(entry)

        def fields() -> Mapping[str, Any]:
            return self.programme.with_entry(entry, lambda _: changed)

        option = f"{family_of(entry)}.{own}.{key}={written(changed.model_dump(mode='json')[key])}"
        return AdjustableNumber(own, (NumberSetting(sentence, max(1, self.cost // 2), fields, option),))


def written(value: object) -> str:
    """A value as ``--set`` takes it."""
    if isinstance(value, list):
        return f"[{', '.join(str(part) for part in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
