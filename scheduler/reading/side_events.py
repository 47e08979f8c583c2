"""Mistakes in side events, and doubts: over the meeting, two at once, windows that hold nothing or too little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from scheduler.domain.clock import DAY_MINUTES, show_clock, show_date, show_day, show_hours, weekday
from scheduler.domain.persons import who
from scheduler.domain.side_events import TO_BE_NAMED, HeldEvent, SideEvent, SideEvents, alike
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, first_few, warned
from scheduler.side_events.places import Places, days_of, means, occasions
from scheduler.side_events.shortage import nowhere, remedy_of, too_few
from scheduler.wording import counted, did_you_mean, listed, quoted

if TYPE_CHECKING:
    from scheduler.domain.calendar import Slot
    from scheduler.domain.programme import Programme

MOST_WARNINGS = 20
"""Warnings that are shown; the last says how many more there are."""
MOST_PLACES = 100_000
"""The most places, events by windows by rooms, among which side events are placed."""

_Said: TypeAlias = tuple[Loc, str, str]
"""A place, a sentence and its remedy."""
_Given: TypeAlias = tuple[int, SideEvent, date]
"""An event that is given: its place in the list, and its day."""


def mistaken(programme: Programme) -> Iterator[_Said]:
    """What contradicts another place of the scenario: windows and rooms that are not there, or there twice."""
    said = programme.side_events
    if isinstance(said, tuple):
        for index, event in enumerate(said):
            if not event.given:
                remedy = "write side_events: {windows: [13:15-14:45], events: [...]}"
                yield ("side_events", index, "length"), "a side event is placed in a window, and none is named", remedy
    if not isinstance(said, SideEvents):
        return
    if programme.to_place and not said.windows:
        message = (
            f"{counted(len(programme.to_place), 'side event is', 'side events are')} to be placed, without a window"
        )
        yield ("side_events", "events"), message, "name windows, as in windows: [13:15-14:45, 18:15-19:45]"
    yield from _windows_apart(programme, said)
    yield from _twice(programme, ("side_events", "rooms"), said.rooms)
    for index, event in enumerate(said.events):
        loc: Loc = ("side_events", "events", index)
        yield from _twice(programme, (*loc, "rooms"), event.rooms or ())
        for number, name in enumerate(event.windows or () if said.windows else ()):
            if not any(means(name, window) for window in said.windows):
                known = [window.title for window in said.windows]
                yield (*loc, "windows", number), f"no window is called {quoted(name)}", did_you_mean(name, known)
        planned = {alike(programme.place_title(room)) for room in said.rooms}
        named = [] if event.given else [((*loc, "rooms", n), room) for n, room in enumerate(event.rooms or ())]
        named += [((*loc, "room"), event.room)] if event.room is not None and not event.given else []
        for place, room in named if planned else ():
            if alike(programme.place_title(room)) not in planned:
                yield place, f"{quoted(room)} is not among the rooms of side events", did_you_mean(room, said.rooms)
    places = len(programme.to_place) * len(occasions(programme)) * max(1, len(said.rooms))
    if places > MOST_PLACES:
        message = f"{places:,} places, events by windows by rooms: {MOST_PLACES:,} are the most"
        yield ("side_events", "events"), message, "give some of them their places, or name fewer windows or rooms"


def _windows_apart(programme: Programme, said: SideEvents) -> Iterator[_Said]:
    """Windows that share a day and a minute."""
    for number, window in enumerate(said.windows):
        for other in said.windows[:number]:
            of_other = [HeldEvent(day, *other.hours, "") for day in days_of(programme, other)]
            both = [day for day in days_of(programme, window) if any(o.meets(day, *window.hours) for o in of_other)]
            if both:
                hours = f"{show_hours(*other.hours)} and {show_hours(*window.hours)}"
                message = f"the windows {hours} overlap on {show_day(both[0])}: an event stands in one of them"
                yield ("side_events", "windows", number), message, "let one close before the other opens"


def _twice(programme: Programme, loc: Loc, rooms: Sequence[str]) -> Iterator[_Said]:
    seen: set[str] = set()
    for number, room in enumerate(rooms):
        key = alike(programme.place_title(room))
        if not key:
            yield (*loc, number), "a room needs a name", "leave rooms out where no room is planned"
        elif key in seen:
            yield (*loc, number), f"{quoted(room)} stands here twice", "name each room once"
        seen.add(key)


def doubts(document: Located, programme: Programme) -> Iterator[Diagnostic]:
    """A warning for each side event that cannot be held as it is written, at its hours; the first twenty."""
    events = [(n, each, each.day) for n, each in enumerate(programme.listed_events) if each.day and each.given]
    found = [*_on_holidays(programme, events), *_over_the_meeting(programme, events), *_at_once(programme, events)]
    found += _without_their_people(programme, events)
    found += _of_one_title(programme)
    base: Loc = ("side_events", "events") if isinstance(programme.side_events, SideEvents) else ("side_events",)
    placed = [((*base, *loc), message, hint) for loc, message, hint in found]
    if programme.to_place:
        placed += _of_windows(programme)
    for (loc, message, hint), left in first_few(placed, MOST_WARNINGS):
        more = f" ({counted(left, 'more warning')} about side events)" if left else ""
        yield warned(document, loc, message + more, hint, key=loc == ("side_events", "events"))


def _of_windows(programme: Programme) -> Iterator[_Said]:
    """Windows that run into the meeting, wishes that no window can grant, and what cannot be placed at all."""
    said, places = programme.side_events, Places(programme)
    assert isinstance(said, SideEvents)
    days = {occasion.day for occasion in places.occasions}
    for number, window in enumerate(said.windows):
        if window.at_most == 0:
            message = "nothing is placed in this window: its at_most is 0"
            yield ("side_events", "windows", number, "at_most"), message, "leave the window out"
        for slot in programme.calendar.axis.slots:
            opens, closes = window.hours
            day = next((day for day in days_of(programme, window) if _meets(slot, day, opens, closes)), None)
            if day is not None and not slot.reserved_for:
                message = (
                    f"this window runs into the slot {show_hours(slot.opens, slot.closes)} on {show_day(slot.day)}"
                )
                before = opens < slot.opens + (slot.day - day).days * DAY_MINUTES
                hint = f"an event there ends by {show_clock(slot.opens)}" if before else "nothing is placed there"
                yield ("side_events", "windows", number), message, hint
                break
    for occasion in places.occasions:
        here = sum(occasion.meets(each.day, each.start, each.end) for each in places.given)
        if occasion.at_most is not None and here > occasion.at_most:
            there = counted(here, "side event that is given", "side events that are given")
            message = f"{occasion} has {there}, and at_most is {occasion.at_most}"
            yield ("side_events", "events"), message, "nothing more is placed there"
    for index, event in enumerate(said.events):
        for number, part in enumerate(event.wished or ()):
            if not days.intersection(part.days(programme.calendar)):
                message = f"no window is open {part.spoken(programme.calendar)}: this wish is never granted"
                yield ("side_events", "events", index, "wished", number), message, ""
    lost = nowhere(places)
    for index, name in enumerate(programme.event):
        if name in lost:
            yield ("side_events", "events", index), lost[name].rstrip("."), ""
    names = list(places.open)
    if not lost and (short := too_few(places, names)):
        yield ("side_events", "events"), short.rstrip("."), remedy_of(places, names)


def _of_one_title(programme: Programme) -> Iterator[_Said]:
    """Events of one title, not each given on a day of its own, of which some have no id."""
    groups: dict[str, list[tuple[int, str, SideEvent]]] = {}
    for index, (name, event) in enumerate(programme.event.items()):
        if alike(event.title) not in TO_BE_NAMED:
            groups.setdefault(alike(event.title), []).append((index, name, event))
    for group in groups.values():
        days = [event.day for _, _, event in group]
        on_days_of_their_own = None not in days and len(set(days)) == len(days)
        if len(group) > 1 and not on_days_of_their_own and any(event.id is None for _, _, event in group[1:]):
            called = listed([quoted(name) for _, name, _ in group])
            message = f"{counted(len(group), 'side event')} are called {quoted(group[0][2].title)}, here {called}"
            hint = "where commands and tables name one of them, which is meant? Give each an id, or a title of its own"
            yield (group[1][0], "title"), message, hint


def _on_holidays(programme: Programme, events: Sequence[_Given]) -> Iterator[_Said]:
    for index, event, day in events:
        if holiday := programme.calendar.closed.get(day):
            message = f"{_name(event)} is on a holiday: {show_date(day)} is {holiday}, and nobody meets"
            yield (index, "day"), message, "choose another day"


def _without_their_people(programme: Programme, events: Sequence[_Given]) -> Iterator[_Said]:
    """Events at hours at which an organiser or speaker is away."""
    for index, event, day in events:
        held = HeldEvent(day, *(event.hours or (0, 0)), "")
        for name in dict.fromkeys((*event.organiser, *(event.speakers or ()))) if event.hours else ():
            away = programme.persons.away(programme.person(name), held)
            if away is not None and programme.persons.is_somebody(name):
                message = f"{_name(event)} is held on {show_day(day)}, {held.shown}, when {who(away)} is not there"
                yield (index, "hours"), message, "choose other hours, or correct the absence"


def _over_the_meeting(programme: Programme, events: Sequence[_Given]) -> Iterator[_Said]:
    """Events in the hours of a slot: of one that is open to all, or of any when it sits in a room of the meeting."""
    slots = programme.calendar.axis.slots
    titles = {alike(title): room.title for room in programme.rooms for title in (room.id, room.title)}
    for index, event, day in events:
        if event.hours is None:
            continue
        first, last = event.hours
        room = titles.get(alike(event.room or ""))
        of_day = [slot for slot in slots if slot.day == day]
        met = [s for s in slots if _meets(s, day, first, last) and (room or not s.reserved_for)]
        if met:
            day = met[0].day
            hours = listed([show_hours(slot.opens, slot.closes) for slot in met])
            where = f", in {room}, where the meeting sits" if room else ""
            message = (
                f"{_name(event)} is held from {show_clock(first)} to {show_clock(last)}{where}, "
                f"and the meeting has the slot{'s' * (len(met) > 1)} {hours} on {weekday(day)} "
                f"{show_date(day)}: nobody can be at both"
            )
            yield (index, "hours"), message, _free_hours(of_day or met, last - first)


def _meets(slot: Slot, day: date, first: int, last: int) -> bool:
    """Whether hours of a day share a minute with a slot, be it that of the evening before; in breaks nobody sits."""
    later = (slot.day - day).days * DAY_MINUTES
    return any(start + later < last and first < end + later for start, end in slot.stretches)


def _free_hours(slots: Sequence[Slot], minutes: int) -> str:
    """When an event of this length could be held instead."""
    ordered = sorted(slots, key=lambda slot: slot.opens)
    pauses = [(ordered[n].closes, ordered[n + 1].opens) for n in range(len(ordered) - 1)]
    between = [
        f"from {show_clock(opens)} to {show_clock(closes)}" for opens, closes in pauses if closes - opens >= minutes
    ]
    before, after = f"before {show_clock(ordered[0].opens)}", f"after {show_clock(ordered[-1].closes)}"
    return f"the meeting has no slot {listed([*between, before, after], 'or')}"


def _at_once(programme: Programme, events: Sequence[_Given]) -> Iterator[_Said]:
    """Events that share a minute and a room, or a minute and an organiser or speaker; each is told once of each."""
    groups: dict[tuple[date, str, str], list[tuple[int, int, int]]] = {}
    shown: dict[str, str] = {}
    for index, event, day in events:
        if event.hours is None:
            continue
        held = [("room", programme.place_title(event.room))] if event.room else []
        people = dict.fromkeys((*event.organiser, *(event.speakers or ())))
        for kind, name in [*held, *(("organiser", programme.person(name)) for name in people)]:
            if alike(name) not in TO_BE_NAMED:
                shown.setdefault(alike(name), programme.persons.name(name) if kind == "organiser" else name.strip())
                group = groups.setdefault((day, kind, alike(name)), [])
                group.append((*event.hours, index))
    named = {index: event for index, event, _ in events}
    for (day, kind, key), group in groups.items():
        longest: tuple[int, int, int] | None = None
        for opens, closes, index in sorted(group):
            if longest is not None and opens < longest[1] and longest[2] != index:
                both = listed([_name(named[longest[2]]), _name(named[index])])
                when = f"on {show_day(day)} from {show_clock(opens)} to {show_clock(min(closes, longest[1]))}"
                message, hint = f"{shown[key]} holds {both} at once {when}", "one organiser cannot be at both: move one"
                if kind == "room":
                    message = f"{both} are both in {shown[key]} {when}"
                    hint = "give one of them another room or other hours"
                yield (index, "hours"), message, hint
            if longest is None or closes > longest[1]:
                longest = opens, closes, index


def _name(event: SideEvent) -> str:
    return "the side event" if event.title == "tbc" else quoted(event.title)
