"""Finds where a misplaced key belongs: a key of a body in a session, and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from constraints import KINDS
from scheduler.domain.calendar import Calendar, Day, SlotHours
from scheduler.domain.meeting import Meeting
from scheduler.domain.persons import Officer, Person
from scheduler.domain.programme import Audience, Body, Room, Session
from scheduler.domain.promise import FinishBy, KeepSlack, StartWithin
from scheduler.domain.side_events import SideEvent, SideEvents, Window
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.wording import listed

_LEVELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "a session": Session,
        "a body": Body,
        "an officer": Officer,
        "somebody in people": Person,
        "a room": Room,
        "an audience": Audience,
        "a slot": SlotHours,
        "a day of the calendar": Day,
        "the calendar": Calendar,
        "the meeting": Meeting,
        "a side event": SideEvent,
        "a window of side events": Window,
        "side_events": SideEvents,
        "the top of the scenario": Scenario,
    }
)
_PROMISES = (FinishBy, StartWithin, KeepSlack)
MOST_RULES_NAMED = 3
"""Kinds of rules that one message names."""
MOST_HOMES = 5
"""A key that belongs to more parts of a scenario gets no hint where to put it."""
_SPOKEN = {
    ("a body", "a session"): "put it into its sessions",
    ("a session", "a body"): "put it into the body of the session",
    ("a slot", "a day of the calendar"): "put it into the day",
}
"""What to do with a key that stands in the first and belongs to the second."""


def belonging(key: str, known: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with a key that stands among others than the ``known`` ones, and where to put it.

    None where no part of a scenario has a key of this name.
    """
    fitting = [name for name, model in _LEVELS.items() if set(model.model_fields) <= set(known)]
    here = max(fitting, key=lambda name: len(_LEVELS[name].model_fields), default=None)
    if {"rule", "weight"} <= set(known):
        here = "this rule"
    if here == "a body" and (right := _of_sessions(key)):
        return f"a body has no '{key}'", f"put it into its sessions, as '{right}'"
    if here == "a side event" and key == "duration":
        return "a side event has no 'duration'", "'duration' belongs to a session: write length"
    if here == "this rule" and key in ("day", "days", "date", "dates") and "when" not in known:
        return f"this rule has no '{key}'", "days are named by the rules only_on and not_on, in when: [...]"
    homes = [home for home in _homes(key) if home != here]
    if here is None or not 0 < len(homes) <= MOST_HOMES:
        return None
    spoken = _SPOKEN.get((here, homes[0])) or f"'{key}' belongs to {listed(homes, 'or')}"
    own = (
        [name for name in known if name not in Rule.model_fields]
        if (here, homes[0][:8]) == ("this rule", "the rule")
        else []
    )
    return f"{here} has no '{key}'", f"{spoken}; this one has {listed(own)}" if own else spoken


def _of_sessions(key: str) -> str | None:
    """The key of sessions, and not of bodies, that is this one in the singular or plural."""
    other = (f"{key}s", key.removesuffix("s"))
    return next((n for n in other if n != key and n in Session.model_fields and n not in Body.model_fields), None)


def _homes(key: str) -> Iterator[str]:
    """The parts of a scenario that have the key, the likeliest first; of kinds of rules a few."""
    if key in ("opens", "closes"):
        return
    for name, model in _LEVELS.items():
        if key in model.model_fields or (name == "a slot" and key == "hours"):
            yield name
    if key in Rule.model_fields:
        yield "a rule"
        return
    kinds = [kind for kind in KINDS if key in KINDS[kind].model_fields and key not in Rule.model_fields]
    if kinds:
        more = ["others"] if len(kinds) > MOST_RULES_NAMED else []
        yield f"the rule{'s' * (len(kinds) > 1)} {listed([*kinds[:MOST_RULES_NAMED], *more])}"
    if any(key in promise.model_fields for promise in _PROMISES) and not kinds:
        yield "a promise"
