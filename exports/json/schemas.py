"""The JSON Schema of each answer that ``--json`` prints, and of the documents that are stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from exports.json.family import FAMILY, VERSION
from scheduler.outcome import Status
from scheduler.reading.schema import DIALECT, scenario_schema

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
CHANCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
TIME: Schema = {"type": "string", "pattern": r"^\d\d:\d\d$"}


def _object(needed: dict[str, Schema], may: dict[str, Schema] | None = None) -> Schema:
    """An object with these members and no others."""
    properties = {**needed, **(may or {})}
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _by_name(of: Schema) -> Schema:
    return {"type": "object", "additionalProperties": of}


def _or_null(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def _answer(name: str, needed: dict[str, Schema], may: dict[str, Schema] | None = None) -> Schema:
    """A member of the family: what it is, its version, and the members of its own."""
    return _object({"format": {"const": f"{FAMILY}{name}"}, "version": {"const": VERSION}, **needed}, may)


STATUS = _one_of(*(status.value for status in Status))
SCENARIO = _object({"name": TEXT, "sha256": TEXT})
WHOLE_SCENARIO = _object({"name": TEXT, "sha256": TEXT, "document": {"type": "object"}})
SESSION = _object(
    {"id": TEXT, "body": TEXT, "room": TEXT, "segments": _list(_object({"date": DATE, "start": TIME, "end": TIME}))}
)
SESSIONS = _list(SESSION)
VIOLATIONS = _list(
    _object({"rule": TEXT, "id": TEXT, "weight": _or_null(WHOLE), "penalty": WHOLE, "message": TEXT}),
)
PLACE = _or_null(_object({"date": DATE, "start": TIME, "room": TEXT, "minutes": WHOLE}))
KINDS_OF_MOVES = ("moved", "hour", "room", "length", "new", "cancelled")
MOVE = _object({"session": TEXT, "kind": _one_of(*KINDS_OF_MOVES), "sentence": TEXT, "before": PLACE, "after": PLACE})
_MEMBER = {"id": TEXT, "name": TEXT, "sentence": TEXT, "source": _or_null(TEXT), "place": TEXT, "cost_to_waive": WHOLE}
MEMBER = _object(_MEMBER)
REVISION = _object(
    {
        "number": WHOLE,
        "date": _or_null(DATE),
        "reason": _or_null(TEXT),
        "days": WHOLE,
        "changes": _list(MOVE),
        "before": _object({"scenario": WHOLE_SCENARIO, "sessions": SESSIONS}),
    }
)


def _timetable() -> Schema:
    return _answer(
        "timetable",
        {
            "scenario": WHOLE_SCENARIO,
            "status": STATUS,
            "cost": _or_null(WHOLE),
            "bound": _or_null(WHOLE),
            "sessions": SESSIONS,
            "findings": VIOLATIONS,
            "ties": _or_null(_object({"count": WHOLE, "exact": TRUTH})),
            "solver": {"type": "object"},
        },
        {"revision": REVISION},
    )


def _alternatives() -> Schema:
    members = {"alternatives": _list(_timetable()), "apart": WHOLE, "within": WHOLE, "exhausted": TRUTH}
    return _answer("alternatives", members)


def _check() -> Schema:
    return _answer("check", {"keeps_all": TRUTH, "cost": WHOLE, "findings": VIOLATIONS})


def _validation() -> Schema:
    places = {"file": TEXT, "line": WHOLE, "column": WHOLE, "length": WHOLE, "path": TEXT}
    words = {"message": TEXT, "hint": TEXT, "severity": _one_of("error", "warning")}
    return _answer("validation", {"valid": TRUTH, "diagnostics": _list(_object(places | words))})


def _conflict() -> Schema:
    witness = {
        "without": TEXT, "keeps_the_rest": TRUTH, "then_clash": _list(TEXT), "sessions": SESSIONS,
    }  # fmt: skip
    return _object(
        {
            "rules": _list(MEMBER),
            "held": _list(_object({"session": TEXT, "sentence": TEXT})),
            "minimal": TRUTH,
            "smallest": TRUTH,
            "further_sets": _list(_list(TEXT)),
            "what_remains": _list(TEXT),
            "witnesses": _list(_object(witness)),
        }
    )


def _explanation() -> Schema:
    way = {
        "cost": WHOLE, "sentence": TEXT, "options": _list(TEXT), "by_hand": TEXT, "why_more": TEXT,
        "gives_up": _list(TEXT), "sessions": SESSIONS,
    }  # fmt: skip
    chances = {
        "sentence": TEXT,
        "price": _or_null(WHOLE),
        "meeting": _or_null(MEETING),
        "promises": _or_null(_list(PROMISE)),
        "estimates_that_matter": _or_null(_list(ESTIMATE)),
    }
    return _answer(
        "explanation",
        {
            "scenario": TEXT,
            "status": STATUS,
            "verdict": TEXT,
            "arithmetic": _list(_object({"sentence": TEXT, "detail": TEXT, "because": _list(TEXT)})),
            "set": _or_null(_conflict()),
            "ways_out": _list(_object(way)),
            "ways_out_complete": TRUTH,
            "chances": _or_null(_object(chances)),
        },
    )


def _places() -> Schema:
    place = {
        "slot": TEXT, "date": DATE, "possible": _or_null(TRUTH), "further": _or_null(WHOLE), "moved": WHOLE,
        "dearer": _list(TEXT), "least": TRUTH, "fewest": TRUTH, "reason": TEXT, "breaks": _list(MEMBER),
    }  # fmt: skip
    return _answer("places", {"session": TEXT, "starts_on": TEXT, "cost": WHOLE, "places": _list(_object(place))})


def _what_if() -> Schema:
    change = {
        "session": TEXT, "title": TEXT, "before": _or_null(TEXT), "after": _or_null(TEXT),
        "rooms": _or_null({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}),
    }  # fmt: skip
    known = {"status": STATUS, "cost": _or_null(WHOLE)}
    return _answer(
        "what-if",
        {
            "wishes": _list(TEXT),
            "moved_days": WHOLE,
            "before": _object(known),
            "after": _object({**known, "sessions": SESSIONS}),
            "changes": _list(_object(change)),
            "fewest_changes": _or_null(_object({"cost": _or_null(WHOLE), "proved": TRUTH, "sessions": SESSIONS})),
            "rules": _list(_object({"rule": TEXT, "before": WHOLE, "after": WHOLE})),
            "explanation": _or_null(_explanation()),
        },
    )


def _prices() -> Schema:
    margin = {
        "what": TEXT, "way": TEXT, "change_after": _or_null(WHOLE), "nothing_fits_after": _or_null(WHOLE),
        "sentence": TEXT,
    }  # fmt: skip
    rule = {**_MEMBER, "cost_without": _or_null(WHOLE), "saves": _list(TEXT), "implied": _or_null(TRUTH)}
    spread = {"title": TEXT, "places": _list(_object({"where": TEXT, "count": WHOLE}))}
    prices = {
        "status": STATUS,
        "cost": _or_null(WHOLE),
        "rules": _list(_object(rule)),
        "wishes": _list(_object({"name": TEXT, "sentence": TEXT, "cost": WHOLE})),
        "margins": _list(_object(margin)),
    }
    ties = {
        "status": STATUS,
        "count": WHOLE,
        "exact": TRUTH,
        "differ": _list(_object(spread)),
        "timetables": _list(SESSIONS),
        "preference": _or_null(_object({"sentence": TEXT, "yaml": TEXT, "leaves": WHOLE, "exact": TRUTH})),
    }
    return _answer("prices", {}, {"prices": _object(prices), "ties": _object(ties)})


def _verification() -> Schema:
    point = _object({"holds": _or_null(TRUTH), "sentence": TEXT})
    texts = {"claims": _list(TEXT), "repeated": _list(TEXT)}
    return _answer("verification", {"holds": _or_null(TRUTH), "scenario": SCENARIO, **texts, "points": _list(point)})


def _comparison() -> Schema:
    option = {
        "letter": TEXT, "name": TEXT, "scenario": SCENARIO, "status": TEXT, "reasons": _list(TEXT),
        "notes": _list(TEXT),
        "leaves_out": _list(_object({"body": TEXT, "minutes": WHOLE, "whole": TRUTH})),
        "broken": _list(TEXT), "sessions": SESSIONS,
    }  # fmt: skip
    criterion = {
        "id": TEXT, "title": TEXT, "unit": TEXT, "better": _or_null(TEXT), "part_of": _or_null(TEXT),
        "values": _list(_or_null(NUMBER)), "best": _list(TEXT),
    }  # fmt: skip
    dominance = {"better": TEXT, "worse": TEXT, "in": _list(TEXT), "not_weighed": _list(TEXT)}
    return _answer(
        "comparison",
        {
            "options": _list(_object(option)),
            "criteria": _list(_object(criterion)),
            "dominance": _list(_object(dominance)),
            "alike": _list(_object({"options": _list(TEXT), "same_timetable": TRUTH})),
            "trades": _list(_object({"options": _list(TEXT), "better_in": _list(_list(TEXT))})),
            "in_short": _list(TEXT),
            "pareto": _object({"over": _list(TEXT), "options": _list(TEXT)}),
            "changes": _by_name(_list(MOVE)),
        },
    )


def _replan() -> Schema:
    trade = {"moves": WHOLE, "cost": _or_null(WHOLE), "moved": _list(TEXT), "proved": TRUTH}
    return _answer(
        "replan",
        {
            "moves": _list(MOVE),
            "moved": _list(TEXT),
            "moved_days": WHOLE,
            "why_not": _or_null(_conflict()),
            "disturbance": WHOLE,
            "fewest_moves": _or_null(WHOLE),
            "proved": TRUTH,
            "trade_offs": _list(_object(trade)),
            "timetable": _timetable(),
        },
    )


MOMENT = _object({"date": DATE, "time": TIME, "beyond_minutes": WHOLE})
WINDOW = {"type": "array", "items": MOMENT, "minItems": 3, "maxItems": 3}
MEETING = _object({"overruns_last_slot": CHANCE, "unused_minutes": NUMBER, "mean_window_minutes": NUMBER})
PROMISE = _object(
    {"id": TEXT, "rule": TEXT, "sentence": TEXT, "promised": CHANCE, "chance": CHANCE, "kept": TRUTH},
)
ESTIMATE = _object({"session": TEXT, "overrun_if_short": CHANCE, "overrun_if_long": CHANCE})


def _forecast() -> Schema:
    session = {
        "id": TEXT, "body": TEXT, "planned": MOMENT, "start": WINDOW, "end": WINDOW, "on_planned_day": CHANCE,
        "before_lunch": _or_null(CHANCE), "overruns_its_slots": CHANCE, "curtailed": CHANCE,
        "carried_over_minutes": NUMBER, "idle_before_minutes": NUMBER, "sentence": TEXT,
    }  # fmt: skip
    return _answer(
        "forecast",
        {
            "scenario": SCENARIO,
            "method": _one_of("convolution", "simulation"),
            "percentiles": {"const": [10, 50, 90]},
            "sessions": _list(_object(session)),
            "bodies": _list(_object({"id": TEXT, "overruns_its_slots": CHANCE})),
            "meeting": MEETING,
            "promises": _list(PROMISE),
            "estimates_that_matter": _list(ESTIMATE),
        },
    )


def _outlook() -> Schema:
    remedies = _list(_object({"remedy": TEXT, "minutes": NUMBER, "chance": CHANCE, "suffices": TRUTH}))
    overrun = {
        "sentences": _list(TEXT), "certain": TRUTH, "chance": CHANCE, "minutes": NUMBER, "remedies": remedies,
    }  # fmt: skip
    risk = {"promise": TEXT, "sentence": TEXT, "chance": CHANCE, "remedies": remedies}
    return _answer(
        "outlook",
        {
            "at": _or_null(TEXT),
            "overrun": _or_null(_object(overrun)),
            "expected_end": _list(TEXT),
            "closed_over_night": _list(TEXT),
            "done": _by_name(TEXT),
            "running": _by_name(TEXT),
            "screen": _list(TEXT),
            "changed_minutes": _by_name(WHOLE),
            "at_risk": _list(_object(risk)),
            "forecast": _forecast(),
        },
    )


def _fit() -> Schema:
    numbers = {"low": _or_null(WHOLE), "likely": WHOLE, "high": _or_null(WHOLE)}
    one = {"body": TEXT, "session": TEXT, "cases": WHOLE, **numbers}
    return _answer("fit", {"unit": {"const": "minutes"}, "fits": _list(_object(one))})


def _written() -> Schema:
    return _answer("written", {"written": _list(TEXT)})


SCHEMAS: dict[str, tuple[str, Callable[[], Schema]]] = {
    "timetable": ("The timetable document, as 'solve' stores and prints it.", _timetable),
    "alternatives": ("Several timetables that differ, as 'solve -k' prints them.", _alternatives),
    "check": ("What a timetable breaks, and what it costs.", _check),
    "validation": ("What is wrong in scenarios, and where.", _validation),
    "explanation": ("Why no timetable fits, and the ways out.", _explanation),
    "places": ("Why a session is where it is: what every other slot would cost.", _places),
    "prices": ("What each rule costs, and where equally good timetables differ.", _prices),
    "what-if": ("What one change would cost, and what would move.", _what_if),
    "verification": ("What holds of a certificate.", _verification),
    "comparison": ("Options side by side.", _comparison),
    "replan": ("A timetable that was changed as little as possible.", _replan),
    "forecast": ("When sessions will really start and end.", _forecast),
    "outlook": ("The forecast from what has happened so far, as 'now' prints it.", _outlook),
    "fit": ("Duration ranges from what past sessions took.", _fit),
    "written": ("The files that 'init', 'import' and 'export' wrote.", _written),
}
"""By name: what an answer says, and its schema."""

NAMES = ("scenario", *SCHEMAS)


def schema_of(name: str) -> Schema:
    """The JSON Schema (draft 2020-12) of the scenario or of an answer, by its name in ``NAMES``."""
    if name == "scenario":
        return scenario_schema()
    title, schema = SCHEMAS[name]
    return {"$schema": DIALECT, "title": title, **schema()}
