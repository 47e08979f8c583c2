"""The working-time axis as arrays of whole minutes, continued beyond its end for work that overruns it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.calendar import Axis
from scheduler.forecasting.laws import Array

Positions = NDArray[np.int64]
NEGLIGIBLE = 1e-16
"""The Fourier transform cannot tell smaller chances from 0."""


class Line:
    """Positions 0 to ``length`` of an axis; those above ``total`` lie after the last slot has closed.

    Work that ends beyond ``length`` is put on the last position.
    """

    def __init__(self, axis: Axis, beyond: int) -> None:
        self.axis = axis
        self.total = axis.total
        self.length = axis.total + beyond
        self.everywhere = np.arange(self.length + 1)
        self._own: dict[frozenset[int], tuple[Positions, Positions, Positions]] = {}
        self.common = axis.common

    def own(self, slots: frozenset[int]) -> tuple[Positions, Positions, Positions]:
        """Minutes of the slots passed at each position; for each number of minutes its position as start and end."""
        if slots not in self._own:
            usable = np.ones(self.length, dtype=np.int64)
            for slot in self.axis.slots:
                if slot.index not in slots:
                    usable[slot.begins : slot.ends] = 0
            passed = np.concatenate([[0], np.cumsum(usable)])
            counts = np.arange(passed[-1] + 1)
            starts = np.searchsorted(passed, counts, side="right") - 1
            starts[-1] = self.length
            self._own[slots] = passed, starts, np.searchsorted(passed, counts, side="left")
        return self._own[slots]

    def cleared(self, minutes: int | None) -> Positions:
        """The position at which the room is clear, for each end; minutes that the slot lacks fall into the break.

        With None the room is clear when the slot closes.
        """
        closes = np.array([s.ends for s in self.axis.slots])
        which = np.minimum(np.searchsorted(closes, self.everywhere, side="left"), len(closes) - 1)
        beyond = self.everywhere if minutes is None else self.length
        until = np.where(self.everywhere < self.total, closes[which], beyond)
        if minutes is None:
            return np.maximum(until, self.everywhere)
        return np.minimum(self.everywhere + minutes, np.maximum(until, self.everywhere))

    def not_after(self, clock: int, slots: frozenset[int]) -> Positions:
        """For each start itself or, where it is after a clock time, the opening of the next day."""
        found = self.everywhere.copy()
        for slot in self.axis.slots:
            latest = slot.position(clock + 1)
            if latest < slot.ends:
                later = [s.begins for s in self.axis.slots if s.day > slot.day and s.index in slots]
                found[latest : slot.ends] = later[0] if later else self.total
        return found

    def moved(self, chances: Array, where: Positions) -> Array:
        """The distribution after the chance of each position has moved to the position given for it."""
        return np.bincount(where, weights=chances, minlength=self.length + 1)

    def at(self, position: int) -> Array:
        """The distribution that is certain of one position."""
        chances = np.zeros(self.length + 1)
        chances[min(max(position, 0), self.length)] = 1.0
        return chances

    def mean(self, chances: Array) -> float:
        """Expected minutes of common slots that have passed."""
        passed = self.own(self.common)[0]
        return float(chances @ passed)


@cache
def _size(length: int) -> int:
    return 1 << (length - 1).bit_length()


def convolved(one: Array, other: Array) -> Array:
    """The distribution of the sum of two independent numbers of minutes."""
    found = np.zeros(len(one) + len(other) - 1)
    (first, one), (second, other) = _trimmed(one), _trimmed(other)
    length = len(one) + len(other) - 1
    product: Any = np.fft.rfft(one, _size(length)) * np.fft.rfft(other, _size(length))
    found[first + second : first + second + length] = np.maximum(np.fft.irfft(product, _size(length))[:length], 0.0)
    return found


def _trimmed(chances: Array) -> tuple[int, Array]:
    """Where the distribution begins, and its part between the first and the last chance that is not negligible."""
    (held,) = np.nonzero(chances > NEGLIGIBLE)
    if not len(held):
        return 0, chances[:1]
    return int(held[0]), chances[held[0] : held[-1] + 1]
