"""What one line or cell of a table says: who meets on which day, in which part of it, and where."""

from __future__ import annotations

from dataclasses import dataclass

from exports.brought.days import WrittenDay
from exports.brought.names import Meant
from scheduler.reading.tables.files import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is written."""

    cell: Cell
    """Where it says who meets."""
    when: Cell
    """Where it says on which day."""
    day: WrittenDay
    part: str
    """``morning``, ``afternoon``, ``evening``, hours, or the name of a slot; empty: nothing but a start, if that."""
    start: int | None
    """Minutes after midnight, where they are written."""
    end: int | None
    who: Meant
    room: str | None
    """The id of a room, or what is written instead of one."""
    exact: bool = False
    """Whether start and end are those of one part of one session, as this program writes them."""
    in_half_days: bool = False
    """Whether hours in ``part`` may be those of a half-day: in a grid, and in a column of half-days."""
    after: int | None = None
    """In a grid: when what stands above it in its half-day and room ends, where that is written."""

    @property
    def is_written(self) -> bool:
        """Whether both its start and its end are."""
        return self.start is not None and self.end is not None
