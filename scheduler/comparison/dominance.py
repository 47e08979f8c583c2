"""Who is nowhere worse: dominance between options, and the Pareto set over chosen criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.criteria import Row
from scheduler.comparison.option import Option
from scheduler.rule import listed


@dataclass(frozen=True, slots=True)
class Dominance:
    """One option is nowhere worse than another, and better in at least one criterion."""

    better: Option
    worse: Option
    criteria: tuple[str, ...]
    """Titles of the criteria in which it is better."""

    @property
    def sentence(self) -> str:
        """``B is nowhere worse than A and better in nights away.``"""
        wins = listed([title[:1].lower() + title[1:] for title in self.criteria])
        return f"{self.better.letter} is nowhere worse than {self.worse.letter} and better in {wins}."


def dominances(options: Sequence[Option], rows: Sequence[Row]) -> list[Dominance]:
    """Every pair, over the criteria in which more or less is better; parts of a criterion do not count again."""
    found = []
    counting = [row for row in rows if row.criterion.better and row.criterion.part_of is None]
    for i, one in enumerate(options):
        for j, other in enumerate(options):
            if i == j or one.timetable is None or other.timetable is None:
                continue
            signs = [(row, _sign(row, i, j)) for row in counting]
            if all(sign >= 0 for _, sign in signs) and any(sign > 0 for _, sign in signs):
                found.append(Dominance(one, other, tuple(row.criterion.title for row, sign in signs if sign > 0)))
    return found


def pareto_set(options: Sequence[Option], rows: Sequence[Row]) -> list[int]:
    """Indices of the options that no other dominates over these rows alone; those without a timetable are left out."""
    held = [index for index, option in enumerate(options) if option.timetable is not None]
    return [
        index
        for index in held
        if not any(
            all(_sign(row, other, index) >= 0 for row in rows) and any(_sign(row, other, index) > 0 for row in rows)
            for other in held
            if other != index
        )
    ]


def _sign(row: Row, i: int, j: int) -> int:
    """1 where option ``i`` is better than ``j``, -1 where it is worse, 0 where they are alike or one has no number."""
    one, other = row.numbers[i], row.numbers[j]
    if one is None or other is None or one == other:
        return 0
    return 1 if (one < other) == (row.criterion.better == "less") else -1
