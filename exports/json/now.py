"""What ``schedule now`` says as plain data, for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exports.json.family import document
from exports.json.forecast import forecast_document
from exports.terminal.now import Risks, corridor_lines, overrun_lines
from scheduler.domain.base import SessionId
from scheduler.forecasting.live import Known, show_at
from scheduler.forecasting.outlook import Overrun, over_nights
from scheduler.forecasting.remedies import Remedy
from scheduler.forecasting.reports import DayReport
from scheduler.forecasting.times_in_words import show_end
from scheduler.forecasting.windows import Forecast


def now_document(
    found: Forecast,
    known: Known,
    reports: Sequence[DayReport],
    moved: Sequence[tuple[SessionId, int]],
    risks: Risks,
    overrun: Overrun | None,
) -> dict[str, Any]:
    """What ``schedule now`` prints, as one document."""
    members = {
        "at": reports[-1].at if reports else None,
        "overrun": None
        if overrun is None
        else {
            "sentences": [line.strip() for line in overrun_lines(found, known, overrun)],
            "certain": overrun.certain,
            "chance": round(overrun.chance, 4),
            "minutes": overrun.minutes,
            "remedies": _remedies(overrun.remedies),
        },
        "expected_end": [show_end(found, position) for position in found.end.window],
        "closed_over_night": [night.session for night in over_nights(found)],
        "done": {s: show_at(found.scenario, p) for s, p in known.ends.items()},
        "running": {s: show_at(found.scenario, known.starts[s]) for s in known.running()},
        "screen": corridor_lines(found, known),
        "changed_minutes": dict(moved),
        "at_risk": [
            {
                "promise": risk.name,
                "sentence": risk.sentence,
                "chance": round(risk.chance, 4),
                "remedies": _remedies(remedies),
            }
            for risk, remedies in risks
        ],
        "forecast": forecast_document(found),
    }
    return document("outlook", **members)


def _remedies(remedies: Sequence[Remedy]) -> list[dict[str, Any]]:
    return [
        {
            "remedy": remedy.text,
            "minutes": round(remedy.minutes, 1),
            "chance": round(remedy.judgement.chance, 4),
            "suffices": remedy.judgement.kept,
        }
        for remedy in remedies
    ]
