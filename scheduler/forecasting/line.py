"""The working-time axis as arrays of whole minutes, with room beyond its end for what overruns it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.calendar import Axis
from scheduler.forecasting.laws import Array

Positions = NDArray[np.int64]
NEGLIGIBLE = 1e-16
"""Chances that the Fourier transform cannot tell from 0."""


class Line:
    """Positions 0 to ``length`` of an axis; those above ``total`` lie after the last slot has closed.

    What is pushed beyond ``length`` stays on the last position.
    """

    def __init__(self, axis: Axis, beyond: int) -> None:
        self.axis = axis
        self.total = axis.total
        self.length = axis.total + beyond
        self.everywhere = np.arange(self.length + 1)
        self._own: dict[frozenset[int], tuple[Positions, Positions, Positions]] = {}
        self.common = axis.common

    def own(self, slots: frozenset[int]) -> tuple[Positions, Positions, Positions]:
        """Own minutes passed at each position; for each count of them the position as a start, and as an end."""
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
        """Where each end leads to when minutes clear the room; what the slot does not hold falls into the break.

        None: to where the slot closes.
        """
        closes = np.array([s.ends for s in self.axis.slots])
        which = np.minimum(np.searchsorted(closes, self.everywhere, side="left"), len(closes) - 1)
        beyond = self.everywhere if minutes is None else self.length
        until = np.where(self.everywhere < self.total, closes[which], beyond)
        if minutes is None:
            return np.maximum(until, self.everywhere)
        return np.minimum(self.everywhere + minutes, np.maximum(until, self.everywhere))

    def not_after(self, clock: int, slots: frozenset[int]) -> Positions:
        """Where each start leads to when nothing may start after a clock time: it, or the opening of the next day."""
        found = self.everywhere.copy()
        for slot in self.axis.slots:
            latest = max(slot.begins, slot.begins + clock - slot.opens + 1)
            if latest < slot.ends:
                later = [s.begins for s in self.axis.slots if s.day > slot.day and s.index in slots]
                found[latest : slot.ends] = later[0] if later else self.total
        return found

    def moved(self, chances: Array, where: Positions) -> Array:
        """The distribution after each position has gone to another."""
        return np.bincount(where, weights=chances, minlength=self.length + 1)

    def at(self, position: int) -> Array:
        """Certainty of one position."""
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
    """Where the distribution begins, and its part that is more than the error of the transform."""
    (held,) = np.nonzero(chances > NEGLIGIBLE)
    if not len(held):
        return 0, chances[:1]
    return int(held[0]), chances[held[0] : held[-1] + 1]
