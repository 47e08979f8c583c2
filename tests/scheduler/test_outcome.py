"""What an answer says of itself: its exit status, and the part of its cost that is not proved necessary."""

from __future__ import annotations

import pytest

from scheduler.errors import Exit
from scheduler.outcome import Outcome, Status, gap_of


def test_each_status_has_an_exit_status() -> None:
    assert {status: status.exit for status in Status} == {
        Status.OPTIMAL: Exit.DONE,
        Status.FEASIBLE: Exit.DONE,
        Status.INFEASIBLE: Exit.INFEASIBLE,
        Status.UNKNOWN: Exit.LIMIT,
    }
    assert Outcome(Status.FEASIBLE, interrupted=True).exit is Exit.INTERRUPTED
    assert Outcome(Status.FEASIBLE).exit is Exit.DONE


@pytest.mark.parametrize(
    ("cost", "bound", "gap"), [(10, 8, 0.2), (10, 10, 0), (0, 0, 0), (None, 3, None), (3, None, None)]
)
def test_the_gap(cost: int | None, bound: int | None, gap: float | None) -> None:
    assert gap_of(cost, bound) == Outcome(Status.FEASIBLE, cost=cost, bound=bound).gap == gap
