"""A forecast as one machine-readable document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.documents.forms import (
    CHANCE,
    DATE,
    TENTH,
    TEXT,
    TIME,
    TRUTH,
    WHOLE,
    Answer,
    Form,
    Members,
    always,
    each,
    one_of,
    or_null,
)
from scheduler.documents.timetable_document import SCENARIO
from scheduler.domain.clock import on_its_day

if TYPE_CHECKING:
    from scheduler.forecasting.influence import Influence
    from scheduler.forecasting.promises import Judgement
    from scheduler.forecasting.windows import Forecast

_MOMENT = Members({"date": ("day", DATE), "time": ("end", TIME), "beyond_minutes": WHOLE})
_WINDOW = each(_MOMENT, number=3)
_SESSION = Members(
    {
        "id": ("session", TEXT),
        "body": TEXT,
        "planned": _MOMENT,
        "start": _WINDOW,
        "end": _WINDOW,
        "on_planned_day": CHANCE,
        "before_lunch": or_null(CHANCE),
        "overruns_its_slots": ("overruns", CHANCE),
        "curtailed": CHANCE,
        "carried_over_minutes": ("carried", TENTH),
        "idle_before_minutes": ("absorbs", TENTH),
        "sentence": TEXT,
    }
)
_MEETING = Members(
    {
        "overruns_last_slot": ("overruns", CHANCE),
        "unused_minutes": ("unused", TENTH),
        "mean_window_minutes": ("mean_width", TENTH),
    }
)
_PROMISES = each(
    Members(
        {
            "id": ("name", TEXT),
            "rule": ("promise.rule", TEXT),
            "sentence": TEXT,
            "promised": ("promise.chance", Form(CHANCE.schema)),
            "chance": CHANCE,
            "kept": TRUTH,
        }
    )
)
_IF = {"overrun_if_short": ("if_short", CHANCE), "overrun_if_long": ("if_long", CHANCE)}
_ESTIMATES = each(Members({"session": TEXT, **_IF}))
_WHOLE = {"meeting": _MEETING, "promises": _PROMISES, "estimates_that_matter": _ESTIMATES}
_PRICE = {"sentence": TEXT, "price": or_null(WHOLE)}
CHANCES = Members({**_PRICE, **{name: or_null(form) for name, form in _WHOLE.items()}})
"""What promises cost, and what is said of the whole meeting."""
FORECAST = Answer(
    "forecast",
    {
        "scenario": SCENARIO,
        "method": (lambda found: "convolution" if found.exact else "simulation", one_of("convolution", "simulation")),
        "percentiles": always([10, 50, 90]),
        "sessions": each(_SESSION),
        "bodies": each(Members({"id": TEXT, "overruns_its_slots": CHANCE})),
        **_WHOLE,
        "meeting": (lambda found: found, _MEETING),
    },
)


def forecast_document(
    found: Forecast, judgements: Sequence[Judgement] = (), influences: Sequence[Influence] = ()
) -> dict[str, Any]:
    """Windows to the minute, chances to 4 digits; ``beyond_minutes`` counts from the end of the last slot."""
    from scheduler.forecasting.times_in_words import letter_sentence

    scenario = found.scenario
    sessions = [
        _SESSION.of(
            item,
            body=scenario.body_of[session].id,
            planned=_moment(found, item.planned.start, ending=False),
            start=[_moment(found, position, ending=False) for position in item.start.window],
            end=[_moment(found, position, ending=True) for position in item.end.window],
            sentence=letter_sentence(found, session),
        )
        for session, item in found.sessions.items()
    ]
    bodies = dict.fromkeys(scenario.body_of[session].id for session in found.sessions)
    return FORECAST.of(
        found,
        sessions=sessions,
        bodies=[{"id": body, "overruns_its_slots": CHANCE.write(found.body_overruns(body))} for body in bodies],
        promises=_PROMISES.write(judgements),
        estimates_that_matter=_ESTIMATES.write(influences),
    )


def _moment(found: Forecast, position: int, *, ending: bool) -> dict[str, Any]:
    inside = min(position, found.axis.total)
    ended = ending or inside == found.axis.total
    segment = found.end_of(inside) if ended else found.start_of(inside)
    day, time = on_its_day(segment.day, segment.end, ending=ended)
    beyond = max(0, position - found.axis.total)
    return {"date": DATE.write(day), "time": TIME.write(time), "beyond_minutes": beyond}
