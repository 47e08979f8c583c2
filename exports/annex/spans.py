"""Heights of lines under cells that span several of them."""

from __future__ import annotations

from collections.abc import Iterable

Need = tuple[int, int, float]
"""First line, number of lines, and the height that they must have together."""


def fitted_heights(lines: int, needs: Iterable[Need], step: float) -> list[float]:
    """Heights of ``lines`` lines, in multiples of ``step``, that satisfy every need and are as even as can be.

    Short spans are satisfied first; what a longer one still lacks goes to the lowest of its lines.
    """
    steps = [0] * lines
    for first, span, height in sorted(needs, key=lambda need: need[1]):
        mine = range(first, first + span)
        missing = -int(-height // step) - sum(steps[line] for line in mine)
        for line, more in zip(mine, _poured([steps[line] for line in mine], missing), strict=True):
            steps[line] += more
    return [count * step for count in steps]


def _poured(levels: list[int], amount: int) -> list[int]:
    """Share out an amount as water finds its level: how much each level rises."""
    if amount <= 0:
        return [0] * len(levels)
    order = sorted(range(len(levels)), key=lambda index: levels[index])
    wet, total = 0, 0
    while wet < len(order) and levels[order[wet]] * wet - total < amount:
        total += levels[order[wet]]
        wet += 1
    surface, rest = divmod(total + amount, wet)
    raised = [0] * len(levels)
    for rank, index in enumerate(order[:wet]):
        raised[index] = surface + (rank < rest) - levels[index]
    return raised
