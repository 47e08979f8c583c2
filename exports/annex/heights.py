"""Heights of lines, where cells may span several of them."""

from __future__ import annotations

from collections.abc import Iterable

Need = tuple[int, int, float]
"""First line, number of lines, and the height that they must have together."""


def fitted_heights(lines: int, needs: Iterable[Need], step: float) -> list[float]:
    """Heights of ``lines`` lines, in multiples of ``step``, that satisfy every need and are as even as can be.

    Short spans are satisfied first. What a longer one still lacks goes to its lowest lines, as water finds its level.
    """
    steps = [0] * lines
    for first, span, height in sorted(needs, key=lambda need: need[1]):
        mine = range(first, first + span)
        before = steps.copy()
        for _ in range(sum(steps[first : first + span]), -int(-height // step)):
            steps[min(mine, key=lambda line: (steps[line], before[line]))] += 1
    return [count * step for count in steps]
