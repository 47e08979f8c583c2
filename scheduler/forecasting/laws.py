"""The law of a duration: a split lognormal through its 10th, 50th and 90th percentile.

``D = fixed + likely * exp(z * s)`` with standard normal ``z``, ``s = ln(likely / low) / 1.2816`` below the median and
``ln(high / likely) / 1.2816`` above it. Sessions of one body share a part of ``z``: given the common factor ``c`` of
the body and its correlation ``r``, ``z = sqrt(r) * c + sqrt(1 - r) * e`` with independent standard normals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import erf, exp, log, pi, sqrt
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.duration import Duration, FromTheFloor

Array: TypeAlias = NDArray[Any]

Z90 = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""
TAIL = 5.0
"""Standard deviations beyond which a duration is cut off: 3 cases in ten million."""
MIN_SHARE = 0.05
"""The least a range may begin at, as a share of its midpoint: a range from 0 speakers has no logarithm."""


@cache
def _table() -> tuple[Array, Array]:
    grid = np.arange(-9.0, 9.0005, 0.001)
    return grid, np.array([(1 + erf(z / sqrt(2))) / 2 for z in grid])


def normal_cdf(z: Array) -> Array:
    """The standard normal distribution function, to 4 parts in a hundred million."""
    grid, values = _table()
    return np.interp(z, grid, values)


@dataclass(frozen=True)
class Law:
    """The distribution of one duration, in minutes; ``low``, ``likely`` and ``high`` without the ``fixed`` part."""

    low: float
    likely: float
    high: float
    fixed: float = 0.0
    correlation: float = 0.0

    @property
    def certain(self) -> bool:
        """Whether it is one number."""
        return self.low == self.likely == self.high

    @property
    def median(self) -> float:
        """Minutes that half of all cases stay under."""
        return self.fixed + self.likely

    @property
    def shape(self) -> tuple[float, float]:
        """The spreads ``s`` below and above the median."""
        if self.certain:
            return 0.0, 0.0
        return log(self.likely / self.low) / Z90, log(self.high / self.likely) / Z90

    def percentile(self, z: float) -> float:
        """Minutes at ``z`` standard deviations from the median."""
        below, above = self.shape
        return self.fixed + self.likely * exp(z * (below if z < 0 else above))

    @cached_property
    def longest(self) -> int:
        """Whole minutes that a duration practically never exceeds."""
        return int(np.ceil(self.percentile(TAIL))) + 1

    def deviates(self, minutes: Array) -> Array:
        """The ``z`` of a duration of ``minutes``; minus or plus infinity where the duration cannot occur."""
        below, above = self.shape
        varying = np.asarray(minutes, dtype=np.float64) - self.fixed
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(varying < 0, -np.inf, np.inf)
            if self.likely:
                ratio = np.log(np.maximum(varying, 0.0) / self.likely)
            lower = ratio / below if below else np.where(ratio < 0, -np.inf, 0.0)
            upper = ratio / above if above else np.where(ratio >= 0, np.inf, 0.0)
        return np.where(ratio < 0, lower, upper)

    def pmf(self, common: float | None = None) -> Array:
        """Chances of 0, 1, 2 ... whole minutes, to the nearest; given the body's common factor, if there is one."""
        return _pmf(self, common)

    def likelihood(self, minutes: float, common: float) -> float:
        """The density of the common factor, given that the session took ``minutes``; 1 where that tells nothing."""
        if self.certain or not self.correlation:
            return 1.0
        z = float(np.clip(self.deviates(np.array([minutes]))[0], -TAIL, TAIL))
        spread = sqrt(1 - self.correlation)
        e = (z - sqrt(self.correlation) * common) / spread
        return exp(-e * e / 2) / (spread * sqrt(2 * pi))

    def exceeding(self, minutes: float, common: float) -> float:
        """The chance of more than ``minutes``, given the common factor of the body."""
        z = float(self.deviates(np.array([minutes]))[0])
        e = (z - sqrt(self.correlation) * common) / sqrt(1 - self.correlation)
        return 1.0 - float(normal_cdf(np.array([np.clip(e, -9.0, 9.0)]))[0])

    def at(self, z: Array) -> Array:
        """Durations at given deviates, for simulation."""
        below, above = self.shape
        return self.fixed + self.likely * np.exp(np.where(z < 0, below * z, above * z))


@lru_cache(maxsize=2_000)
def _pmf(law: Law, common: float | None) -> Array:
    z = law.deviates(np.arange(law.longest + 1) + 0.5)
    if common is not None:
        z = (z - sqrt(law.correlation) * common) / sqrt(1 - law.correlation)
    below = np.where(np.isinf(z), np.where(z > 0, 1.0, 0.0), normal_cdf(np.clip(z, -9.0, 9.0)))
    below[-1] = 1.0
    chances: Array = np.diff(below, prepend=0.0)
    chances.setflags(write=False)
    return chances


def law_of(duration: Duration, correlation: float | None = None) -> Law:
    """The law of a duration as a scenario writes it.

    A speakers' list has two ranges, both read as 10th to 90th percentile. They are independent, so the squares of
    their spreads add up: the list is narrower than from both low ends to both high ends.
    """
    shared = correlation or 0.0
    if not isinstance(duration, FromTheFloor):
        return Law(duration.low, duration.likely, duration.high, correlation=shared)
    (fewest, most), (shortest, longest) = duration.speakers, duration.minutes_each
    speakers, each = (fewest + most) / 2, (shortest + longest) / 2
    fixed, middle = float(duration.opening + duration.replies), speakers * each
    if middle <= 0:
        return Law(0.0, 0.0, 0.0, fixed)
    down = sqrt(sum(log(mid / max(low, MIN_SHARE * mid)) ** 2 for low, mid in ((fewest, speakers), (shortest, each))))
    up = sqrt(sum(log(high / mid) ** 2 for mid, high in ((speakers, most), (each, longest))))
    return Law(middle * exp(-down), middle, middle * exp(up), fixed, shared)


@cache
def nodes(correlation: float) -> tuple[tuple[float, float], ...]:
    """Values of a body's common factor with their weights, by the trapezoidal rule.

    Equidistant nodes are exact to many digits where they stand no farther apart than ``sqrt(1 - correlation)``, the
    standard deviation of what is integrated. Gauss-Hermite nodes would stand too far apart.
    """
    step = min(0.7, sqrt(1 - correlation))
    reach = int(np.ceil(4.2 / step))
    points = [step * k for k in range(-reach, reach + 1)]
    weights = [exp(-c * c / 2) for c in points]
    return tuple((c, w / sum(weights)) for c, w in zip(points, weights, strict=True))
