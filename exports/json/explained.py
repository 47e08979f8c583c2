"""Explanations, places, changes, prices and ties as plain data, for ``--json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exports.json.forecast import CHANCES
from scheduler.documents.forms import DATE, TEXT, TIME, TRUTH, WHOLE, Answer, Keys, Members, each, or_null
from scheduler.documents.timetable_document import EVENT, EVENT_MOVES, SESSIONS, STATUS, sessions_of
from scheduler.domain.programme import Programme
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.prices import PriceList
    from scheduler.explanation.ties import Tied
    from scheduler.explanation.whatif import WhatIf
    from scheduler.explanation.why_here import WhyHere
    from scheduler.replanning.replan import Replan

_TEXTS = each(TEXT)


def _ids(members: Any) -> list[str]:
    return [member.id for member in members]


# --- why nothing fits -----------------------------------------------------------------------------------------


_NAMED = {"id": TEXT, "name": TEXT, "sentence": TEXT, "source": or_null(TEXT), "place": TEXT}
MEMBER = Members({**_NAMED, "cost_to_waive": ("cost", WHOLE)})
"""A member of a conflict."""
_WITNESS = Members(
    {
        "without": ("without.id", TEXT),
        "keeps_the_rest": TRUTH,
        "then_clash": (lambda witness: _ids(witness.further), _TEXTS),
        "sessions": SESSIONS,
    }
)
CONFLICT = Members(
    {
        "rules": each(MEMBER),
        "held": each(Members({"session": TEXT, "sentence": TEXT})),
        "minimal": TRUTH,
        "smallest": TRUTH,
        "further_sets": (lambda conflict: map(_ids, conflict.others), each(_TEXTS)),
        "what_remains": _TEXTS,
        "witnesses": each(_WITNESS),
    }
)
_WAY = Members(
    {
        "cost": WHOLE,
        "sentence": TEXT,
        "options": _TEXTS,
        "by_hand": TEXT,
        "why_more": TEXT,
        "gives_up": (lambda way: _ids(way.given_up), _TEXTS),
        "sessions": SESSIONS,
    }
)
_EVENTS = Members(
    {"why": ("events", _TEXTS), "enough": ("events_ways", each(Members({"sentence": TEXT, "options": _TEXTS})))}
)
EXPLANATION = Answer(
    "explanation",
    {
        "scenario": ("scenario.name", TEXT),
        "status": STATUS,
        "verdict": TEXT,
        "arithmetic": ("shortages", each(Members({"sentence": TEXT, "detail": TEXT, "because": _TEXTS}))),
        "set": or_null(CONFLICT),
        "ways_out": each(_WAY),
        "ways_out_complete": ("repairs.complete", TRUTH),
        "chances": or_null(CHANCES),
    },
    {"side_events": _EVENTS},
)


def of_explanation(explanation: Explanation, chances: dict[str, Any] | None = None) -> dict[str, Any]:
    """Why nothing fits; ``chances`` are those of the promises, None without promises and ranges."""
    ways = [
        _WAY.of(
            way,
            why_more=explanation.why_more(way),
            sessions=sessions_of(way.scenario, way.outcome.timetable or ()),
        )
        for way in explanation.repairs.ways
    ]
    events = {"side_events": _EVENTS.of(explanation)} if explanation.events else {}
    return EXPLANATION.of(explanation, set=of_conflict(explanation), ways_out=ways, chances=chances, **events)


def of_conflict(explanation: Explanation) -> dict[str, Any] | None:
    """The members that cannot hold together; None where none were found."""
    conflict = explanation.conflict
    if conflict is None:
        return None
    witnesses = [_WITNESS.of(w, sessions=sessions_of(explanation.scenario, w.timetable)) for w in conflict.witnesses]
    return CONFLICT.of(conflict, what_remains=list(explanation.what_remains), witnesses=witnesses)


# --- why here -------------------------------------------------------------------------------------------------

_OTHER_SLOT = Members(
    {
        "slot": TEXT,
        "date": DATE,
        "possible": or_null(TRUTH),
        "further": or_null(WHOLE),
        "moved": WHOLE,
        "dearer": _TEXTS,
        "least": TRUTH,
        "fewest": TRUTH,
        "reason": TEXT,
        "breaks": each(MEMBER),
    }
)
PLACES = Answer(
    "places",
    {
        "session": TEXT,
        "starts_on": (lambda why: why.here.segments[0].starts_on, TEXT),
        "cost": WHOLE,
        "places": each(_OTHER_SLOT),
    },
    {"standing_in": _TEXTS, "rooms": _TEXTS},
)


def of_why_here(scenario: Programme, why: WhyHere) -> dict[str, Any]:
    """Why a session is where it is."""
    slots = scenario.calendar.axis.slots
    others = [(place, slots[place.slot]) for place in why.others]
    places = [_OTHER_SLOT.of(p, slot=str(slot), date=DATE.write(slot.day)) for p, slot in others]
    told = {name: list(said) for name, said in (("standing_in", why.standing_in), ("rooms", why.rooms)) if said}
    return PLACES.of(why, places=places, **told)


# --- what if --------------------------------------------------------------------------------------------------

_KNOWN = {"status": STATUS, "cost": or_null(WHOLE)}
_CHANGED = Members({**_KNOWN, "sessions": SESSIONS})
_FEWEST = Members({"cost": ("outcome.cost", or_null(WHOLE)), "proved": TRUTH, "sessions": SESSIONS})
_TIME = or_null(TEXT)
_CHANGE = Members(
    {"session": TEXT, "title": TEXT, "before": _TIME, "after": _TIME, "rooms": or_null(each(TEXT, number=2))}
)
WHAT_IF = Answer(
    "what-if",
    {
        "wishes": (lambda answer: [wish.describe(answer.changed) for wish in answer.wishes], _TEXTS),
        "moved_days": ("days", WHOLE),
        "before": Members(_KNOWN),
        "after": _CHANGED,
        "changes": each(_CHANGE),
        "fewest_changes": or_null(_FEWEST),
        "rules": ("prices", each(Members({"rule": ("name", TEXT), "before": WHOLE, "after": WHOLE}))),
        "explanation": or_null(EXPLANATION),
    },
    {"side_events": Members({"moves": ("events", EVENT_MOVES), "reasons": ("after.reasons", _TEXTS)})},
)


def of_what_if(answer: WhatIf, few: Replan | None = None) -> dict[str, Any]:
    """Before and after a change; ``few`` is the answer with the fewest moves, if a second search looked for it."""
    events: dict[str, Any] = {}
    if answer.scenario.to_place or answer.changed.to_place:
        events = {"side_events": WHAT_IF.keys["side_events"][1].write(answer)}
    return WHAT_IF.of(
        answer,
        **events,
        after=_CHANGED.of(answer.after, sessions=sessions_of(answer.changed, answer.after.timetable or ())),
        fewest_changes=None
        if few is None
        else _FEWEST.of(few, sessions=sessions_of(answer.changed, few.outcome.timetable or ())),
        explanation=None if answer.explanation is None else of_explanation(answer.explanation),
    )


_HOURS: Keys = {"date": ("day", DATE), "opens": TIME, "closes": TIME}
_PRICE: Keys = {"possible": or_null(TRUTH), "why": TEXT, "further": or_null(WHOLE), "moved": or_null(WHOLE)}
WINDOWS = Answer(
    "windows",
    {
        "scenario": TEXT,
        "event": TEXT,
        "here": EVENT,
        "others": each(Members({**_HOURS, **_PRICE})),
    },
)
"""Why a side event stands where it does."""


# --- prices and ties ------------------------------------------------------------------------------------------

_RULE = Members(
    {
        **{name: (f"member.{name}", form) for name, form in _NAMED.items()},
        "cost_to_waive": ("member.cost", WHOLE),
        "cost_without": or_null(WHOLE),
        "saves": _TEXTS,
        "implied": or_null(TRUTH),
    }
)
_MARGIN = Members(
    {
        "what": TEXT,
        "way": TEXT,
        "change_after": ("change", or_null(WHOLE)),
        "nothing_fits_after": ("nothing", or_null(WHOLE)),
        "sentence": TEXT,
    }
)
_PRICES = Members(
    {
        "status": ("outcome.status", STATUS),
        "cost": ("outcome.cost", or_null(WHOLE)),
        "rules": each(_RULE),
        "wishes": each(Members({"name": TEXT, "sentence": TEXT, "cost": WHOLE})),
        "margins": each(_MARGIN),
    }
)
_SPREAD_PLACE = Members({"where": (lambda place: place[0], TEXT), "count": (lambda place: place[1], WHOLE)})
_LEFT = {"leaves": ("ties.count", WHOLE), "exact": ("ties.exact", TRUTH)}
_TIES = Members(
    {
        "status": ("outcome.status", STATUS),
        "count": (lambda tied: len(tied.timetables), WHOLE),
        "exact": TRUTH,
        "differ": ("spreads", each(Members({"title": TEXT, "places": each(_SPREAD_PLACE)}))),
        "timetables": each(SESSIONS),
        "preference": or_null(Members({"sentence": TEXT, "yaml": TEXT, **_LEFT})),
    }
)
PRICES = Answer("prices", {}, {"prices": _PRICES, "ties": _TIES})


def prices_document(scenario: Scenario, prices: PriceList | None, tied: Tied | None) -> dict[str, Any]:
    """What rules cost, where equally good timetables differ, or both."""
    asked = {} if prices is None else {"prices": _PRICES.of(prices)}
    if tied is not None:
        asked["ties"] = _TIES.of(tied, timetables=[sessions_of(scenario, timetable) for timetable in tied.timetables])
    return PRICES.of(None, **asked)
