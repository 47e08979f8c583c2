"""Who is nowhere worse: dominance between options, options that are alike, and the Pareto set over chosen criteria.

Every row of the table counts that says which way is better, those of officers, bodies, regions and rules too. Numbers
count as the table shows them. Whoever holds less than another is never better throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.comparison.coverage import held, holds_all_of
from scheduler.comparison.criterion import CriterionRow
from scheduler.comparison.option import Option
from scheduler.wording import listed

CHANGES = "changes"
"""The row that differs between any two timetables that differ, and so says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Dominance:
    """One option is nowhere worse than another, and better in at least one row."""

    better: Option
    worse: Option
    criteria: tuple[str, ...]
    """What the rows are called in which it is better; a part is left out where the whole is named."""
    not_weighed: tuple[str, ...] = ()
    """Rows in which the two differ and neither less nor more is better, or only one has a figure."""

    @property
    def sentence(self) -> str:
        """``B is nowhere worse than A and better in nights away. Not weighed: meeting hours.``"""
        said = f"{self.better.letter} is nowhere worse than {self.worse.letter} and better in {listed(self.criteria)}."
        return f"{said} Not weighed: {listed(self.not_weighed)}." if self.not_weighed else said


@dataclass(frozen=True, slots=True)
class Alike:
    """Options of which the table shows the same."""

    options: tuple[Option, ...]
    same: bool
    """Whether they are one timetable."""

    @property
    def sentence(self) -> str:
        """``A and B are alike: one timetable, and every figure is the same.``"""
        letters = listed([option.letter for option in self.options])
        if self.same and any(option.notes for option in self.options):
            return f"{letters} are alike by what counts, their lists of sessions: the same timetable and figures."
        if self.same:
            return f"{letters} are alike: the same timetable, and the same figures."
        return f"{letters} are alike: every figure is the same, though the timetables differ."


@dataclass(frozen=True, slots=True)
class Trade:
    """Two options of which each is better than the other in something."""

    one: Option
    other: Option
    gains: tuple[tuple[str, ...], tuple[str, ...]]
    """What the rows are called in which either is better."""
    details: bool = False
    """Whether ``other`` is better in rows of single officers, bodies, regions or rules only, and holds no more."""
    less: tuple[bool, bool] = (False, False)
    """Whether either leaves out something that the other holds."""

    @property
    def sentence(self) -> str:
        """What either is better in."""
        mine, its = map(listed, self.gains)
        one, other = self.one.letter, self.other.letter
        if self.details:
            return f"Against {other}, {one} is worse only in {its}, and better in {mine}."
        first, second = (
            f"{letter}{', which does less,' if less else ''}"
            for letter, less in zip((one, other), self.less, strict=True)
        )
        return f"{first} is better in {mine}; {second} is better in {its}. Neither is better throughout."


def dominances(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[Dominance]:
    """Every pair of which one is nowhere worse, and better in some row."""
    found = []
    for i, j in _pairs(options):
        signs = [_sign(row, i, j) for row in rows]
        if min(signs, default=0) >= 0 and max(signs, default=0) > 0 and holds_all_of(options[i], options[j]):
            found.append(Dominance(options[i], options[j], _gains(rows, i, j), _not_weighed(rows, i, j)))
    return found


def alike(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[Alike]:
    """Groups of two options or more of which every row but that of changes shows the same, and that hold the same."""
    groups: dict[object, list[Option]] = {}
    for index, option in enumerate(options):
        if option.timetable is not None:
            figures = tuple(row.shown[index] for row in rows if not _mere_changes(row))
            groups.setdefault((figures, tuple(sorted(held(option).items()))), []).append(option)
    return [Alike(tuple(group), _one_timetable(group)) for group in groups.values() if len(group) > 1]


def trades(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[Trade]:
    """Every pair of which each is better than the other in some row, each pair once; of options alike, the first."""
    later = {id(option) for group in alike(options, rows) for option in group.options[1:]}
    found = []
    for i, j in combinations(range(len(options)), 2):
        if not {id(options[i]), id(options[j])} & later and _gains(rows, i, j) and _gains(rows, j, i):
            found.append(_trade(options, rows, i, j))
    return found


def _trade(options: Sequence[Option], rows: Sequence[CriterionRow], i: int, j: int) -> Trade:
    """With the option first that is worse in details only, if there is one."""
    wholes = [row for row in rows if row.criterion.part_of is None]
    for one, other in ((i, j), (j, i)):
        signs = [_sign(row, one, other) for row in wholes]
        if min(signs, default=0) >= 0 and max(signs, default=0) > 0 and holds_all_of(options[one], options[other]):
            return Trade(options[one], options[other], (_gains(rows, one, other), _gains(rows, other, one)), True)
    less = not holds_all_of(options[i], options[j]), not holds_all_of(options[j], options[i])
    return Trade(options[i], options[j], (_gains(rows, i, j), _gains(rows, j, i)), less=less)


def pareto_set(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[int]:
    """Indices of the options that no other betters over these rows alone; those without a timetable are left out."""
    bettered = {
        j
        for i, j in _pairs(options)
        if all(_sign(row, i, j) >= 0 for row in rows) and any(_sign(row, i, j) > 0 for row in rows)
    }
    return [i for i, option in enumerate(options) if option.timetable is not None and i not in bettered]


def _pairs(options: Sequence[Option]) -> list[tuple[int, int]]:
    """Both ways round, of those that have timetables."""
    there = [index for index, option in enumerate(options) if option.timetable is not None]
    return [(i, j) for i in there for j in there if i != j]


def _sign(row: CriterionRow, i: int, j: int) -> int:
    """1 where option ``i`` is better than ``j``, -1 where it is worse; 0 where they are alike or not to be weighed."""
    one, other = row.shown[i], row.shown[j]
    if row.criterion.better is None or one is None or other is None or one == other:
        return 0
    return 1 if (one < other) == (row.criterion.better == "less") else -1


def _gains(rows: Sequence[CriterionRow], i: int, j: int) -> tuple[str, ...]:
    """The rows in which ``i`` is better than ``j``: wholes, and parts of wholes in which it is not."""
    better = [row.criterion for row in rows if _sign(row, i, j) > 0]
    wholes = {criterion.id for criterion in better}
    return tuple(criterion.phrase for criterion in better if criterion.part_of not in wholes)


def _not_weighed(rows: Sequence[CriterionRow], i: int, j: int) -> tuple[str, ...]:
    differ = [r.criterion for r in rows if r.shown[i] != r.shown[j] and _sign(r, i, j) == 0 and not _mere_changes(r)]
    wholes = {criterion.id for criterion in differ}
    return tuple(criterion.phrase for criterion in differ if criterion.part_of not in wholes)


def _mere_changes(row: CriterionRow) -> bool:
    """Whether the row counts changes against a timetable that has not gone out, so that none is better for it."""
    return row.criterion.better is None and CHANGES in (row.criterion.id, row.criterion.part_of)


def _one_timetable(options: Sequence[Option]) -> bool:
    """Whether every session sits at the same hours of the same days in the same room."""
    tables = {
        frozenset((p.session, p.room, s.day, s.start, s.end) for p in option.placements for s in p.segments)
        for option in options
    }
    return len(tables) == 1
