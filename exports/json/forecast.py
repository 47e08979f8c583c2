"""A forecast as one machine-readable document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exports.json.family import document
from scheduler.domain.clock import show_clock
from scheduler.forecasting.influence import Influence
from scheduler.forecasting.promises import Judgement
from scheduler.forecasting.times_in_words import letter_sentence
from scheduler.forecasting.windows import Distribution, Forecast


def forecast_document(
    found: Forecast, judgements: Sequence[Judgement] = (), influences: Sequence[Influence] = ()
) -> dict[str, Any]:
    """Windows to the minute, chances to 4 digits; ``beyond_minutes`` counts from the end of the last slot."""
    scenario = found.scenario
    bodies = dict.fromkeys(scenario.body_of[s].id for s in found.sessions)
    members = {
        "scenario": {"name": scenario.name, "sha256": scenario.sha256},
        "method": "convolution" if found.exact else "simulation",
        "percentiles": [10, 50, 90],
        "sessions": [
            {
                "id": session,
                "body": scenario.body_of[session].id,
                "planned": _moment(found, item.planned.start, ending=False),
                "start": _window(found, item.start, ending=False),
                "end": _window(found, item.end, ending=True),
                "on_planned_day": round(item.on_planned_day, 4),
                "before_lunch": None if item.before_lunch is None else round(item.before_lunch, 4),
                "overruns_its_slots": round(item.overruns, 4),
                "curtailed": round(item.curtailed, 4),
                "carried_over_minutes": round(item.carried, 1),
                "idle_before_minutes": round(item.absorbs, 1),
                "sentence": letter_sentence(found, session),
            }
            for session, item in found.sessions.items()
        ],
        "bodies": [{"id": body, "overruns_its_slots": round(found.body_overruns(body), 4)} for body in bodies],
        "meeting": {
            "overruns_last_slot": round(found.overruns, 4),
            "unused_minutes": round(found.unused, 1),
            "mean_window_minutes": round(found.mean_width, 1),
        },
        "promises": [
            {
                "id": j.name,
                "rule": j.promise.rule,
                "sentence": j.sentence,
                "promised": j.promise.chance,
                "chance": round(j.chance, 4),
                "kept": j.kept,
            }
            for j in judgements
        ],
        "estimates_that_matter": [
            {"session": i.session, "overrun_if_short": round(i.if_short, 4), "overrun_if_long": round(i.if_long, 4)}
            for i in influences
        ],
    }
    return document("forecast", **members)


def _window(found: Forecast, spread: Distribution, *, ending: bool) -> list[dict[str, Any]]:
    return [_moment(found, position, ending=ending) for position in spread.window]


def _moment(found: Forecast, position: int, *, ending: bool) -> dict[str, Any]:
    inside = min(position, found.axis.total)
    segment = found.end_of(inside) if ending or inside == found.axis.total else found.start_of(inside)
    beyond = max(0, position - found.axis.total)
    return {"date": segment.day.isoformat(), "time": show_clock(segment.end), "beyond_minutes": beyond}
