"""Short answers for ``--json``: of check, validate, fit, solve -k, and the files that were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.json.family import document
from scheduler.documents.timetable_document import to_document, violations_of
from scheduler.reading.diagnostics import Severity, as_json

if TYPE_CHECKING:
    from scheduler.alternatives.differing import Alternatives
    from scheduler.checking import Report
    from scheduler.forecasting.fitting import Fit
    from scheduler.reading.diagnostics import Diagnostic
    from scheduler.scenario import Scenario


def alternatives_document(scenario: Scenario, found: Alternatives) -> dict[str, Any]:
    """Several timetables, each a document of its own."""
    return document(
        "alternatives",
        alternatives=[to_document(scenario, outcome) for outcome in found.outcomes],
        apart=found.apart,
        within=found.within,
        exhausted=found.exhausted,
    )


def check_document(report: Report) -> dict[str, Any]:
    """What a timetable costs, and each violation."""
    return document("check", keeps_all=report.keeps_all, cost=report.cost, findings=violations_of(report.violations))


def validation_document(found: Sequence[Diagnostic]) -> dict[str, Any]:
    """Whether scenarios are valid, and each mistake and warning with its place."""
    valid = all(diagnostic.severity is not Severity.ERROR for diagnostic in found)
    return document("validation", valid=valid, diagnostics=as_json(found))


def fit_document(fits: Iterable[Fit]) -> dict[str, Any]:
    """Duration ranges, in minutes."""
    keys = ("body", "session", "cases", "low", "likely", "high")
    return document("fit", unit="minutes", fits=[{key: getattr(item, key) for key in keys} for item in fits])


def written_document(paths: Iterable[Path]) -> dict[str, Any]:
    """The files that were written."""
    return document("written", written=[str(path) for path in paths])
