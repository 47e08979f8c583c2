"""What ``schedule now`` says as plain data, for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exports.json.forecast import FORECAST, forecast_document
from scheduler.documents.forms import CHANCE, NUMBER, TENTH, TEXT, TRUTH, WHOLE, Answer, Members, by_name, each, or_null

if TYPE_CHECKING:
    from exports.terminal.now import Risks
    from scheduler.domain.base import SessionId
    from scheduler.forecasting.live import Known
    from scheduler.forecasting.outlook import Overrun
    from scheduler.forecasting.reports import DayReport
    from scheduler.forecasting.windows import Forecast

_TEXTS = each(TEXT)
_REMEDIES = each(
    Members(
        {
            "remedy": ("text", TEXT),
            "minutes": TENTH,
            "chance": ("judgement.chance", CHANCE),
            "suffices": ("judgement.kept", TRUTH),
        }
    )
)
_OVERRUN = Members({"sentences": _TEXTS, "certain": TRUTH, "chance": CHANCE, "minutes": NUMBER, "remedies": _REMEDIES})
_RISK = Members({"promise": ("name", TEXT), "sentence": TEXT, "chance": CHANCE, "remedies": _REMEDIES})
OUTLOOK = Answer(
    "outlook",
    {
        "at": or_null(TEXT),
        "overrun": or_null(_OVERRUN),
        "expected_end": _TEXTS,
        "closed_over_night": _TEXTS,
        "done": by_name(TEXT),
        "running": by_name(TEXT),
        "screen": _TEXTS,
        "changed_minutes": by_name(WHOLE),
        "at_risk": each(_RISK),
        "forecast": FORECAST,
    },
)


def now_document(
    found: Forecast,
    known: Known,
    reports: Sequence[DayReport],
    moved: Sequence[tuple[SessionId, int]],
    risks: Risks,
    overrun: Overrun | None,
) -> dict[str, Any]:
    """What ``schedule now`` prints, as one document."""
    from exports.terminal.now import corridor_lines, overrun_lines
    from scheduler.forecasting.live import show_at
    from scheduler.forecasting.outlook import over_nights
    from scheduler.forecasting.times_in_words import show_end

    lines = [] if overrun is None else [line.strip() for line in overrun_lines(found, known, overrun)]
    return OUTLOOK.of(
        found,
        at=reports[-1].at if reports else None,
        overrun=None if overrun is None else _OVERRUN.of(overrun, sentences=lines),
        expected_end=[show_end(found, position) for position in found.end.window],
        closed_over_night=[night.session for night in over_nights(found)],
        done={s: show_at(found.scenario, p) for s, p in known.ends.items()},
        running={s: show_at(found.scenario, known.starts[s]) for s in known.running()},
        screen=corridor_lines(found, known),
        changed_minutes=dict(moved),
        at_risk=[_RISK.of(risk, remedies=_REMEDIES.write(remedies)) for risk, remedies in risks],
        forecast=forecast_document(found),
    )
