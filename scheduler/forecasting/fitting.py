"""Duration ranges from what past sessions took.

Durations are taken as lognormal. From few cases the 10th and 90th percentile of the *next* one are those of its
prediction interval, ``mean -+ t * s * sqrt(1 + 1/n)`` of the logarithms with Student's t of ``n - 1`` degrees of
freedom: the fewer cases, the wider the range, so that it holds in 8 of 10 cases however few there were.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan, exp, log, pi, sqrt

from scheduler.domain.clock import parse_minutes, write_minutes
from scheduler.errors import InputError
from scheduler.reading.diagnostics import did_you_mean, printable
from scheduler.reading.files import open_for_reading

COLUMNS = ("series", "body", "session", "actual")
MOST_BYTES = 5_000_000
LEAST_CASES = 2


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


def read_actuals(path: str) -> tuple[Actual, ...]:
    """Read a table with the columns ``series``, ``body``, ``session`` and ``actual`` (``3h``, ``1h30``, ``90 min``).

    Raises:
        InputError: every mistake at once, each with its line.
    """
    text = _text(path)
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        header = [str(name or "").strip().lower() for name in reader.fieldnames or ()]
        named = [name for name in header if name]
    except csv.Error as error:
        raise InputError(printable(f"{path}:1: this is no table: {error}")) from None
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        hint = did_you_mean(missing[0], named) or f"the first line names the columns: {', '.join(COLUMNS)}"
        raise InputError(printable(f"{path}:1: the column '{missing[0]}' is missing: {hint}"))
    reader.fieldnames = header
    found, problems = [], []
    try:
        for row in reader:
            actual = (row["actual"] or "").strip()
            try:
                minutes = parse_minutes(actual) if actual else 0
                if minutes <= 0:
                    raise ValueError("the actual duration is missing: write 3h, 1h30 or 90 min, or leave the line out")
            except ValueError as error:
                problems.append(f"{path}:{reader.line_num}: {error}")
                continue
            series, body, session = ((row[name] or "").strip() for name in COLUMNS[:3])
            found.append(Actual(series, body, session, minutes))
    except csv.Error as error:
        problems.append(f"{path}:{reader.line_num}: {error}")
    if problems:
        raise InputError(printable("\n".join(problems)))
    if not found:
        raise InputError(f"{path}: no past session in this table: one line for each, below the names of the columns")
    return tuple(found)


def _text(path: str) -> str:
    import sys

    try:
        if path == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES)
        else:
            with open_for_reading(path) as stream:
                raw = stream.read(MOST_BYTES)
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is no text in UTF-8: save the table as CSV UTF-8") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: this file cannot be read: {getattr(error, 'strerror', None) or error}") from None


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
    if n < LEAST_CASES:
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
    theta = atan(t / sqrt(degrees))
    cosine, sine = 1 / sqrt(1 + t * t / degrees), t / sqrt(degrees + t * t)
    if degrees % 2:
        total = sum(_odd_terms(cosine, degrees))
        inside = 2 / pi * (theta + sine * total)
    else:
        inside = sine * sum(_even_terms(cosine, degrees))
    return 0.5 + inside / 2


def _odd_terms(cosine: float, degrees: int) -> Iterator[float]:
    term = cosine
    for k in range(1, (degrees - 1) // 2 + 1):
        yield term
        term *= cosine * cosine * 2 * k / (2 * k + 1)


def _even_terms(cosine: float, degrees: int) -> Iterator[float]:
    term = 1.0
    for k in range(1, degrees // 2 + 1):
        yield term
        term *= cosine * cosine * (2 * k - 1) / (2 * k)
