"""Doubts about side events: in the hours of the meeting, or two at once in one room or of one organiser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.clock import show_clock, show_date, show_day, show_hours, weekday
from scheduler.domain.meeting import SideEvent
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, first_few, warned
from scheduler.wording import counted, listed, quoted

if TYPE_CHECKING:
    from scheduler.domain.calendar import Slot
    from scheduler.domain.programme import Programme

MOST_WARNINGS = 20
"""Warnings that are shown; the last says how many more there are."""
_TO_BE_NAMED = frozenset({"", "tbc", "tba", "tbd", "n.n.", "nn"})
"""What stands where a room or an organiser is not yet known."""


def doubts(document: Located, programme: Programme) -> Iterator[Diagnostic]:
    """A warning for each side event that cannot be held as it is written, at its hours; the first twenty."""
    events = programme.side_events
    if events is None or events == "tbc":
        return
    found = [*_on_holidays(programme, events), *_over_the_meeting(programme, events), *_at_once(programme, events)]
    for (loc, message, hint), left in first_few(found, MOST_WARNINGS):
        more = f" ({counted(left, 'more warning')} about side events)" if left else ""
        yield warned(document, ("side_events", *loc), message + more, hint)


def _on_holidays(programme: Programme, events: Sequence[SideEvent]) -> Iterator[tuple[Loc, str, str]]:
    for index, event in enumerate(events):
        if holiday := programme.calendar.closed.get(event.day):
            message = f"{_name(event)} is on a holiday: {show_date(event.day)} is {holiday}, and nobody meets"
            yield (index, "day"), message, "choose another day"


def _over_the_meeting(programme: Programme, events: Sequence[SideEvent]) -> Iterator[tuple[Loc, str, str]]:
    """Events in the hours of a slot: of one that is open to all, or of any when it sits in a room of the meeting."""
    slots = programme.calendar.axis.slots
    titles = {_key(title): room.title for room in programme.rooms for title in (room.id, room.title)}
    for index, event in enumerate(events):
        if event.hours is None:
            continue
        first, last = event.hours
        room = titles.get(_key(event.room or ""))
        of_day = [slot for slot in slots if slot.day == event.day]
        met = [slot for slot in of_day if slot.opens < last and first < slot.closes and (room or not slot.reserved_for)]
        if met:
            hours = listed([show_hours(slot.opens, slot.closes) for slot in met])
            where = f", in {room}, where the meeting sits" if room else ""
            message = (
                f"{_name(event)} is held from {show_clock(first)} to {show_clock(last)}{where}, "
                f"and the meeting has the slot{'s' * (len(met) > 1)} {hours} on {weekday(event.day)} "
                f"{show_date(event.day)}: nobody can be at both"
            )
            yield (index, "hours"), message, _free_hours(of_day, last - first)


def _free_hours(slots: Sequence[Slot], minutes: int) -> str:
    """When an event of this length could be held instead."""
    ordered = sorted(slots, key=lambda slot: slot.opens)
    pauses = [(ordered[n].closes, ordered[n + 1].opens) for n in range(len(ordered) - 1)]
    between = [
        f"from {show_clock(opens)} to {show_clock(closes)}" for opens, closes in pauses if closes - opens >= minutes
    ]
    before, after = f"before {show_clock(ordered[0].opens)}", f"after {show_clock(ordered[-1].closes)}"
    return f"the meeting has no slot {listed([*between, before, after], 'or')}"


def _at_once(programme: Programme, events: Sequence[SideEvent]) -> Iterator[tuple[Loc, str, str]]:
    """Events that share a minute and a room, or a minute and an organiser; each is told once of each."""
    titles = {_key(title): room.title for room in programme.rooms for title in (room.id, room.title)}
    groups: dict[tuple[date, str, str], list[tuple[int, int, int]]] = {}
    shown: dict[str, str] = {}
    for index, event in enumerate(events):
        if event.hours is None:
            continue
        held = [("room", titles.get(_key(event.room), event.room))] if event.room else []
        for kind, name in [*held, *(("organiser", name) for name in event.organiser)]:
            if _key(name) not in _TO_BE_NAMED:
                shown.setdefault(_key(name), name.strip())
                group = groups.setdefault((event.day, kind, _key(name)), [])
                group.append((*event.hours, index))
    for (day, kind, key), group in groups.items():
        longest: tuple[int, int, int] | None = None
        for opens, closes, index in sorted(group):
            if longest is not None and opens < longest[1] and longest[2] != index:
                both = listed([_name(events[longest[2]]), _name(events[index])])
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


def _key(name: str) -> str:
    """Case and blanks do not tell rooms and organisers apart."""
    return " ".join(name.casefold().split())
