"""Short answers for ``--json``: of check, validate, fit, solve -k, verify, and the files that were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.documents.forms import TEXT, TRUTH, WHOLE, Answer, Members, always, each, one_of, or_null
from scheduler.documents.timetable_document import FINDINGS, SCENARIO, TIMETABLE, to_document
from scheduler.reading.diagnostics import Severity, as_json

if TYPE_CHECKING:
    from scheduler.alternatives.differing import Alternatives
    from scheduler.checking import Report
    from scheduler.explanation.verification import Checked, Claim
    from scheduler.forecasting.fitting import Fit
    from scheduler.reading.diagnostics import Diagnostic
    from scheduler.scenario import Scenario

ALTERNATIVES = Answer(
    "alternatives", {"alternatives": each(TIMETABLE), "apart": WHOLE, "within": WHOLE, "exhausted": TRUTH}
)
CHECK = Answer("check", {"keeps_all": TRUTH, "cost": WHOLE, "findings": ("violations", FINDINGS)})
_PLACES = {"file": TEXT, "line": WHOLE, "column": WHOLE, "length": WHOLE, "path": TEXT}
_WORDS = {"message": TEXT, "hint": TEXT, "severity": one_of("error", "warning")}
VALIDATION = Answer("validation", {"valid": TRUTH, "diagnostics": each(Members({**_PLACES, **_WORDS}))})
_RANGE = {"low": or_null(WHOLE), "likely": WHOLE, "high": or_null(WHOLE)}
_FITS = each(Members({"body": TEXT, "session": TEXT, "cases": WHOLE, **_RANGE}))
FIT = Answer("fit", {"unit": always("minutes"), "fits": (iter, _FITS)})
_POINTS = each(Members({"holds": or_null(TRUTH), "sentence": TEXT}))
VERIFICATION = Answer(
    "verification",
    {
        "holds": or_null(TRUTH),
        "scenario": SCENARIO,
        "claims": ("sentences", each(TEXT)),
        "repeated": each(TEXT),
        "points": _POINTS,
    },
)
WRITTEN = Answer("written", {"written": each(TEXT)})


def alternatives_document(scenario: Scenario, found: Alternatives) -> dict[str, Any]:
    """Several timetables, each a document of its own."""
    return ALTERNATIVES.of(found, alternatives=[to_document(scenario, outcome) for outcome in found.outcomes])


def check_document(report: Report) -> dict[str, Any]:
    """What a timetable costs, and each violation."""
    return CHECK.of(report)


def validation_document(found: Sequence[Diagnostic]) -> dict[str, Any]:
    """Whether scenarios are valid, and each mistake and warning with its place."""
    valid = all(diagnostic.severity is not Severity.ERROR for diagnostic in found)
    return VALIDATION.of(found, valid=valid, diagnostics=as_json(found))


def fit_document(fits: Iterable[Fit]) -> dict[str, Any]:
    """Duration ranges, in minutes."""
    return FIT.of(fits)


def of_verification(claim: Claim, points: list[Checked]) -> dict[str, Any]:
    """What is claimed, what was verified, and what is only repeated."""
    verdict = False if any(p.holds is False for p in points) else None if any(p.holds is None for p in points) else True
    return VERIFICATION.of(claim, holds=verdict, scenario=SCENARIO.of(claim), points=_POINTS.write(points))


def written_document(paths: Iterable[Path]) -> dict[str, Any]:
    """The files that were written."""
    return WRITTEN.of(paths, written=[str(path) for path in paths])
