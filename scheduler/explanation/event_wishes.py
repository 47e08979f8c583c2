"""``--require`` for a side event that is to be placed: ``film on Wed``, ``film at 18:15``, ``film in XXIII``.

It narrows where the event may stand. A day that the event wished still costs its points where another is required.
"""

from __future__ import annotations

import re
from typing import Any

from scheduler.domain.base import altered
from scheduler.domain.clock import parse_clock, show_clock
from scheduler.domain.side_events import SideEvents, alike
from scheduler.domain.when import parse_when
from scheduler.explanation.set_values import CommandOption
from scheduler.scenario import Scenario
from scheduler.side_events.places import means, name_of
from scheduler.wording import did_you_mean, listed

_WISH = re.compile(r"(?P<verb>\S+)\s+(?P<what>.+?)\s*", re.DOTALL)
_DAY_AND_HOUR = re.compile(r"(?P<one>.+?)\s+(?P<verb>at|on)\s+(?P<other>.+)", re.DOTALL | re.IGNORECASE)
_FORMS = "write 'film on Wed', 'film at 18:15', 'film on Wed at 18:15' or 'film in XXIII'"


def event_wished(scenario: Scenario, text: str) -> str | None:
    """The side event that a wish begins with, by its id; None where it begins with something else, or with work."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if any(first.lower() == str(name).lower() for name in (*scenario.sessions, *scenario.body)):
        return None
    return next((name for name in scenario.event if name.lower() == first.lower()), None)


def with_event_wish(scenario: Scenario, name: str, text: str, *, forbid: bool = False) -> Scenario:
    """The scenario in which a side event stands only where the wish lets it.

    Raises:
        InputError: the wish is not of the language, or nothing there is open to the event; with a caret.
    """
    option = CommandOption("--forbid" if forbid else "--require", text)
    called = name_of(scenario, name)
    if forbid:
        raise option.wrong(f"{called} is a side event: only where it is to be can be said", 0, None, "use --require")
    if name not in scenario.to_place:
        raise option.wrong(
            f"the place of {called} is given in the scenario", 0, None, "give it length in place of day and hours"
        )
    start = text.index(text.split()[0]) + len(text.split()[0])
    found = _WISH.fullmatch(text[start:].lstrip())
    if found is None:
        raise option.wrong(f"'{text}' is no wish: {_FORMS}")
    said = {found["verb"].lower(): found["what"]}
    both = _DAY_AND_HOUR.fullmatch(found["what"])
    if both and said.keys() <= {"at", "on"} and both["verb"].lower() not in said:
        said = {found["verb"].lower(): both["one"], both["verb"].lower(): both["other"]}
    event, changes = scenario.event[name], dict[str, Any]()
    for verb, what in said.items():
        if verb == "on":
            changes["day"] = _day(scenario, option, what)
        elif verb == "at":
            changes["windows"] = _windows(scenario, option, name, what)
        elif verb == "in":
            changes |= {"room": None, "rooms": (_room(scenario, option, what),)}
        else:
            where = text.index(found["verb"], start)
            hint = "side events have no order" if verb in ("before", "after") else _FORMS
            raise option.wrong(
                f"'{found['verb']}' is not understood of a side event",
                where,
                where + len(found["verb"]),
                hint or _FORMS,
            )
    if event.day not in (None, changes.get("day", event.day)):
        raise option.wrong(f"the scenario gives {called} another day", 0, None, "change its day with --set")
    said_of = scenario.side_events
    assert isinstance(said_of, SideEvents)
    events = tuple(
        altered(each, **changes) if key == name else each
        for key, each in zip(scenario.event, said_of.events, strict=True)
    )
    return altered(scenario, side_events=altered(said_of, events=events))


def _day(scenario: Scenario, option: CommandOption, text: str) -> Any:
    start = option.text.index(text)
    try:
        part = parse_when(text)
    except ValueError as error:
        raise option.wrong(str(error), start, start + len(text)) from None
    if part.half is not None or part.hours is not None:
        raise option.wrong("a side event stands in a window: name its day, and its hour with 'at'", start, None, _FORMS)
    if unclear := part.unclear(scenario.calendar, one=True):
        raise option.wrong(unclear, start, start + len(text))
    days = part.days(scenario.calendar)
    if not days:
        raise option.wrong(f"'{text}' is no day of this series", start, start + len(text))
    return next(iter(days))


def _windows(scenario: Scenario, option: CommandOption, name: str, text: str) -> tuple[str, ...]:
    """The windows that open at this hour, of those that the event may have."""
    start = option.text.index(text)
    try:
        clock = parse_clock(text)
    except ValueError as error:
        raise option.wrong(str(error), start, start + len(text)) from None
    said = scenario.side_events
    windows = said.windows if isinstance(said, SideEvents) else ()
    opening = [window for window in windows if window.hours[0] == clock]
    if not opening:
        known = listed(list(dict.fromkeys(show_clock(window.hours[0]) for window in windows)))
        raise option.wrong(f"no window opens at {show_clock(clock)}", start, start + len(text), f"they open at {known}")
    own = scenario.event[name].windows
    allowed = [window.title for window in opening if own is None or any(means(word, window) for word in own)]
    if not allowed:
        message = f"{name_of(scenario, name)} asks for {listed(own or (), 'or')}, which does not open then"
        raise option.wrong(message, start, start + len(text))
    return tuple(allowed)


def _room(scenario: Scenario, option: CommandOption, text: str) -> str:
    said = scenario.side_events
    rooms = said.rooms if isinstance(said, SideEvents) else ()
    start = option.text.index(text)
    found = [room for room in rooms if alike(text) in (alike(room), alike(scenario.place_title(room)))]
    if rooms and not found:
        message = f"'{text[:60]}' is not among the rooms of side events"
        raise option.wrong(message, start, start + len(text), did_you_mean(text, rooms))
    return found[0] if found else text
