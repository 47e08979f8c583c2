"""Which option is nowhere worse: dominance, options that are alike, and the Pareto set over chosen criteria.

Every row counts that says which way is better, those of officers, bodies, regions and rules too. Numbers count as the
table shows them. An option that leaves out what another one holds is never nowhere worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from scheduler.comparison.coverage import held, holds_all_of
from scheduler.comparison.criterion import Criterion, CriterionRow
from scheduler.comparison.option import Option
from scheduler.wording import listed

CHANGES = "changes"
"""The row that differs wherever timetables differ, so that it says nothing of its own."""


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
    """Options for which the table shows the same figures."""

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
    """Whether ``other`` holds no more, and is better only in rows of single officers, bodies, regions or rules."""
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
    return [
        Dominance(options[i], options[j], _gains(rows, i, j), _not_weighed(rows, i, j))
        for i, j in _pairs(options)
        if _dominates(options, rows, i, j)
    ]


def alike(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[Alike]:
    """Groups of two options or more of which every row but that of changes shows the same, and that hold the same."""
    groups: dict[object, list[Option]] = {}
    for index, option in enumerate(options):
        if option.timetable is not None:
            figures = tuple(row.shown[index] for row in rows if not _mere_changes(row))
            groups.setdefault((figures, tuple(sorted(held(option).items()))), []).append(option)
    return [Alike(tuple(group), _one_timetable(group)) for group in groups.values() if len(group) > 1]


def trades(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[Trade]:
    """Every pair of which each is better than the other in some row; of options that are alike only the first."""
    later = {id(option) for group in alike(options, rows) for option in group.options[1:]}
    return [
        _trade(options, rows, i, j)
        for i, j in combinations(range(len(options)), 2)
        if not {id(options[i]), id(options[j])} & later and _gains(rows, i, j) and _gains(rows, j, i)
    ]


def _trade(options: Sequence[Option], rows: Sequence[CriterionRow], i: int, j: int) -> Trade:
    """The trade of two options; where one is worse in details only, that one stands first."""
    wholes = [row for row in rows if row.criterion.part_of is None]
    details = [(one, other) for one, other in ((i, j), (j, i)) if _dominates(options, wholes, one, other)]
    i, j = details[0] if details else (i, j)
    one, other = options[i], options[j]
    less = (False, False) if details else (not holds_all_of(one, other), not holds_all_of(other, one))
    return Trade(one, other, (_gains(rows, i, j), _gains(rows, j, i)), bool(details), less)


def pareto_set(options: Sequence[Option], rows: Sequence[CriterionRow]) -> list[int]:
    """Indices of the options with a timetable that no other option betters over these rows alone."""
    bettered = {j for i, j in _pairs(options) if _betters(rows, i, j)}
    return [i for i, option in enumerate(options) if option.timetable is not None and i not in bettered]


def _pairs(options: Sequence[Option]) -> Iterator[tuple[int, int]]:
    """Both ways round, of those that have timetables."""
    return permutations([index for index, option in enumerate(options) if option.timetable is not None], 2)


def _dominates(options: Sequence[Option], rows: Sequence[CriterionRow], i: int, j: int) -> bool:
    return _betters(rows, i, j) and holds_all_of(options[i], options[j])


def _betters(rows: Sequence[CriterionRow], i: int, j: int) -> bool:
    """Whether ``i`` is nowhere worse than ``j``, and better in some row."""
    signs = {_sign(row, i, j) for row in rows}
    return 1 in signs and -1 not in signs


def _sign(row: CriterionRow, i: int, j: int) -> int:
    """1 where option ``i`` is better than ``j``, -1 where it is worse; 0 where they are alike or not to be weighed."""
    one, other = row.shown[i], row.shown[j]
    if row.criterion.better is None or one is None or other is None or one == other:
        return 0
    return 1 if (one < other) == (row.criterion.better == "less") else -1


def _gains(rows: Sequence[CriterionRow], i: int, j: int) -> tuple[str, ...]:
    """What the rows are called in which ``i`` is better than ``j``."""
    return _phrases([row.criterion for row in rows if _sign(row, i, j) > 0])


def _not_weighed(rows: Sequence[CriterionRow], i: int, j: int) -> tuple[str, ...]:
    """What the rows are called in which two options differ and neither is better."""
    differ = [row for row in rows if row.shown[i] != row.shown[j] and _sign(row, i, j) == 0]
    return _phrases([row.criterion for row in differ if not _mere_changes(row)])


def _phrases(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """What criteria are called, without the parts of those that are named themselves."""
    named = {criterion.id for criterion in criteria}
    return tuple(criterion.phrase for criterion in criteria if criterion.part_of not in named)


def _mere_changes(row: CriterionRow) -> bool:
    """Whether the row counts changes against a timetable that has not gone out, so that none is better for it."""
    return row.criterion.better is None and CHANGES in (row.criterion.id, row.criterion.part_of)


def _one_timetable(options: Sequence[Option]) -> bool:
    """Whether every session, and side event that was placed, is at the same hours of the same days in the same room."""
    tables = {
        (
            frozenset(
                (p.session, p.room_on(s.day), s.day, s.start, s.end) for p in option.placements for s in p.segments
            ),
            option.timetable.side_events if option.timetable is not None else None,
        )
        for option in options
    }
    return len(tables) == 1
