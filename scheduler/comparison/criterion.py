"""A criterion of the comparison, and its row in the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from scheduler.comparison.option import Option
from scheduler.domain.clock import show_minutes
from scheduler.wording import uncapital

_PLURALS = {"body": "bodies", "breach": "breaches", "clash": "clashes"}
_DETAIL = re.compile(r" \([^()]*\)$")
_WITH_TENTHS = ("%", "percentage point")

Number: TypeAlias = float | None
Better: TypeAlias = Literal["less", "more"] | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an option is measured by, with its unit and which way is better."""

    id: str
    title: str
    unit: str
    """``day``, ``minute``, ``%``."""
    better: Better
    """None: shown for information, and counts in no comparison."""
    definition: str
    measure: Callable[[Option], Number]
    """The number of an option with a timetable; None where the criterion says nothing of it."""
    means: Callable[[Sequence[Option]], bool] = lambda _: True
    """Whether the criterion says anything of these options."""
    parts: Callable[[Option], Mapping[str, float]] | None = None
    """By officer, body, region or rule the numbers that stand below its row."""
    part_of: str | None = None
    """The id of the criterion of which this one is a part."""
    whole: str = ""
    """The title of that criterion."""

    def part(self, name: str) -> Criterion:
        """The criterion of one of its parts."""
        parts = self.parts or (lambda _: {})
        return Criterion(
            f"{self.id}.{name}",
            name,
            self.unit,
            self.better,
            "",
            lambda option: parts(option).get(name),
            part_of=self.id,
            whole=self.title,
        )

    @property
    def phrase(self) -> str:
        """What it is called within a sentence: ``days of meeting``, ``remote day hours (Asia)``."""
        title = f"{_DETAIL.sub('', self.whole)} ({self.title})" if self.part_of is not None else self.title
        return uncapital(title)

    def shown(self, number: Number) -> Number:
        """The number as exactly as the table shows it: what looks alike is alike."""
        return None if number is None else round(number, 1) if self.unit in _WITH_TENTHS else round(number)

    def show(self, number: Number) -> str:
        """The number with its unit, as a planner writes it."""
        if number is None:
            return "-"
        if self.unit == "minute":
            return show_minutes(round(number))
        if self.unit == "%":
            return f"{number:.1f} %"
        if self.unit == "percentage point":
            return f"{number:.1f} points"
        plural = _PLURALS.get(self.unit, f"{self.unit}s")
        return f"{round(number)} {self.unit if round(number) == 1 else plural}"


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion with its number for each option."""

    criterion: Criterion
    numbers: tuple[Number, ...]

    @property
    def best(self) -> frozenset[int]:
        """Which options are best in it; none where it counts in no comparison, or all are alike."""
        known = [number for number in self.shown if number is not None]
        if self.criterion.better is None or len(set(known)) < 2:
            return frozenset()
        top = min(known) if self.criterion.better == "less" else max(known)
        return frozenset(index for index, number in enumerate(self.shown) if number == top)

    @property
    def shown(self) -> tuple[Number, ...]:
        """The numbers as exactly as the table shows them."""
        return tuple(map(self.criterion.shown, self.numbers))


def criterion(
    id: str,  # noqa: A002  what it is called in a comparison
    title: str,
    unit: str,
    better: Better,
    *,
    means: Callable[[Sequence[Option]], bool] = lambda _: True,
    parts: Callable[[Option], Mapping[str, float]] | None = None,
) -> Callable[[Callable[[Option], Number]], Criterion]:
    """Make a criterion of a measure, whose docstring is the definition that planners read."""

    def of_measure(measure: Callable[[Option], Number]) -> Criterion:
        definition = " ".join((measure.__doc__ or "").split())
        return Criterion(id, title, unit, better, definition, measure, means, parts)

    return of_measure
