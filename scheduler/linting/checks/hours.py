"""The hours in the text are those of the grid, and both ends of a row say the same."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.clock import show_hours
from scheduler.domain.spans import Span
from scheduler.linting.facts import Facts
from scheduler.linting.grids import Grid
from scheduler.linting.slips import Slip
from scheduler.wording import listed


def slips(facts: Facts) -> Iterator[Slip]:
    """Hours in the text that begin or end where nothing in the grid does; rows with two different hours."""
    for grid in facts.grids:
        yield from _of_rows(grid)
    if not facts.grids or not all(grid.rows for grid in facts.grids):
        return
    for text in facts.hours:
        for grid in facts.grids:
            strange = [show_hours(*hours) for hours in text.hours if not _fits(hours, grid, facts.grids)]
            if strange:
                rows = {row.hours: row.line for row in reversed(grid.rows)}
                shown = listed([f"{show_hours(*hours)} (line {line})" for hours, line in sorted(rows.items())])
                said = f"The text says that meetings are held {listed(strange)}; the rows of the annex are {shown}."
                yield Slip(text.line, "hours", said)
                break


def _fits(hours: Span, grid: Grid, grids: tuple[Grid, ...]) -> bool:
    """Whether something in the grid begins with these hours, and something ends; a break within them may part rows."""
    touched = any(row.hours[0] < hours[1] and hours[0] < row.hours[1] for row in grid.rows)
    if not touched and len(grids) > 1:
        return any(_fits(hours, other, (other,)) for other in grids if other is not grid)
    opens = {row.hours[0] for row in grid.rows} | {closes for _, closes in grid.asides}
    closes = {row.hours[1] for row in grid.rows} | {opens for opens, _ in grid.asides}
    return hours[0] in opens and hours[1] in closes


def _of_rows(grid: Grid) -> Iterator[Slip]:
    for row in grid.rows:
        if row.again and row.again != row.hours:
            left, right = show_hours(*row.hours), show_hours(*row.again)
            yield Slip(row.line, "hours", f"This row of the annex says {left} at one end, and {right} at the other.")
