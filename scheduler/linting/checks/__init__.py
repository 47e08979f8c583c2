"""The checks of a letter: one a file, each with a function ``slips`` from the facts to what does not go together."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.linting.checks import (
    announcement,
    bodies,
    columns,
    days,
    deadlines,
    hours,
    kind,
    order,
    passed,
    sittings,
    vacant,
    weekdays,
    years,
)
from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip

CHECKS = (
    announcement, passed, deadlines, order, weekdays, days, columns, hours, bodies, sittings, kind, vacant, years,
)  # fmt: skip


def slips_in(facts: Facts, more: Iterable[Slip] = ()) -> tuple[Slip, ...]:
    """Everything that does not go together, by line, each once; ``more`` are slips found elsewhere."""
    found = [slip for check in CHECKS for slip in check.slips(facts)]
    unique = {(slip.line, slip.sentence): slip for slip in (*found, *more)}
    return tuple(sorted(unique.values(), key=lambda slip: slip.line))
