"""Duration ranges from what past sessions took.

Durations are lognormal. The range is the prediction interval of the *next* duration: ``mean -+ t * s * sqrt(1 + 1/n)``
of the logarithms, with Student's t of ``n - 1`` degrees of freedom. From fewer cases it is wider, so that it always
holds in 8 of 10 cases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan, exp, log, pi, sqrt

from scheduler.domain.clock import parse_minutes, write_minutes
from scheduler.errors import InputError
from scheduler.reading.diagnostics import Diagnostic, ScenarioError, printable
from scheduler.reading.files import shown_name
from scheduler.reading.tables.files import read_table

COLUMNS = ("series", "body", "session", "actual")
MIN_CASES = 2


@dataclass(frozen=True, slots=True)
class Actual:
    """What one past session took, in minutes."""

    series: str
    body: str
    session: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A range for a session, in minutes; None where there are too few cases."""

    body: str
    session: str
    cases: int
    low: int | None
    likely: int
    high: int | None

    @property
    def text(self) -> str:
        """As a scenario writes it."""
        if self.low is None or self.high is None:
            return write_minutes(self.likely)
        low, likely, high = (write_minutes(m) for m in (self.low, self.likely, self.high))
        return f"{{low: {low}, likely: {likely}, high: {high}}}"


def read_actuals(path: str, tell: Callable[[Sequence[Diagnostic]], None] | None = None) -> tuple[Actual, ...]:
    """Read a table with the columns ``series``, ``body``, ``session`` and ``actual`` (``3h``, ``1h30``, ``90 min``).

    ``tell`` takes its warnings.

    Raises:
        InputError: every mistake at once, each with its line.
    """
    table = read_table(path)
    columns = table.positions(COLUMNS)
    found = []
    for row in table.rows:
        series, body, session, actual = (row[column] for column in columns)
        try:
            minutes = parse_minutes(actual.text) if actual.text else 0
            if minutes <= 0:
                raise ValueError("the actual duration is missing: write 3h, 1h30 or 90 min, or leave the line out")
        except ValueError as error:
            table.wrong(actual, str(error))
            continue
        found.append(Actual(series.text, body.text, session.text, minutes))
    if table.mistakes:
        raise ScenarioError(*table.problems)
    if tell is not None:
        tell(table.problems)
    if not found:
        name = printable(shown_name(path))
        raise InputError(f"{name}: no past session in this table: one line for each, below the names of the columns")
    return tuple(found)


def fit(actuals: Sequence[Actual], rounded_to: int = 5) -> tuple[Fit, ...]:
    """A range for every session, in the order of the table; minutes rounded, the ends outwards."""
    groups: dict[tuple[str, str], list[int]] = {}
    for actual in actuals:
        groups.setdefault((actual.body, actual.session), []).append(actual.minutes)
    return tuple(_fit(body, session, minutes, rounded_to) for (body, session), minutes in groups.items())


def _fit(body: str, session: str, minutes: Sequence[int], step: int) -> Fit:
    logs = [log(value) for value in minutes]
    n, mean = len(logs), sum(logs) / len(logs)
    likely = max(step, round(exp(mean) / step) * step)
    if n < MIN_CASES:
        return Fit(body, session, n, None, likely, None)
    spread = sqrt(sum((value - mean) ** 2 for value in logs) / (n - 1))
    reach = student_t(0.9, n - 1) * spread * sqrt(1 + 1 / n)
    low, high = int(exp(mean - reach) // step * step), int(-(-exp(mean + reach) // step) * step)
    return Fit(body, session, n, max(step, min(low, likely)), likely, max(high, likely))


def student_t(share: float, degrees: int) -> float:
    """The percentile of Student's t distribution for a share above one half, by bisection of its closed form."""
    low, high = 0.0, 1000.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_cdf(middle, degrees) < share else (low, middle)
    return (low + high) / 2


def _t_cdf(t: float, degrees: int) -> float:
    """Abramowitz and Stegun 26.7.3 and 26.7.4: finite sums for odd and even degrees of freedom."""
    odd = degrees % 2
    cosine, sine = 1 / sqrt(1 + t * t / degrees), t / sqrt(degrees + t * t)
    term, total = cosine if odd else 1.0, 0.0
    for last in range(1 + odd, degrees, 2):
        total += term
        term *= cosine * cosine * last / (last + 1)
    inside = 2 / pi * (atan(t / sqrt(degrees)) + sine * total) if odd else sine * total
    return 0.5 + inside / 2
