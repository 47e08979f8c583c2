"""What is frozen or kept, stated as rules, so that a conflict with it can be explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from constraints.not_on import NotOn
from constraints.order import Order
from constraints.pin import Pin
from constraints.room_unavailable import RoomUnavailable
from scheduler.domain.base import SessionId
from scheduler.domain.clock import DAY_MINUTES, show_clock
from scheduler.domain.spans import write_band
from scheduler.domain.when import parse_when
from scheduler.replanning.published import PublishedPlace
from scheduler.replanning.replan_wishes import Keep, Wishes
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario


def held_rules(scenario: Scenario, out: Mapping[SessionId, PublishedPlace], wishes: Wishes) -> tuple[Rule, ...]:
    """A rule for each session that stays, or keeps a part of its place.

    An order of starts becomes rules only where there is one room: in several rooms no rule says the same.
    """
    kept = {session: place for session, place in out.items() if session in scenario.sessions}
    return (*_frozen(scenario, kept, wishes), *_kept(scenario, kept, wishes))


def _frozen(scenario: Scenario, out: Mapping[SessionId, PublishedPlace], wishes: Wishes) -> Iterator[Rule]:
    if wishes.frozen_before is None:
        return
    source = "--frozen-before"
    before = []
    for slot in scenario.calendar.axis.slots:
        closes = slot.closes
        if slot.day == wishes.frozen_before:
            closes = min(closes, wishes.frozen_hour)
        if slot.day <= wishes.frozen_before and closes > slot.opens:
            before.append(parse_when(f"{slot.day} {write_band((slot.opens, closes))}"))
    for session in scenario.sessions:
        place = out.get(session)
        if place is not None and wishes.frozen(place.day, place.start):
            clock = place.start % DAY_MINUTES
            room = {"room": place.where} if isinstance(place.where, str) else {}
            yield Pin(
                id=f"frozen-{session}", of=(session,), source=source, start=parse_when(place.day), at=clock, **room
            )
            yield from _by_day(scenario, session, place, source)
        elif before:
            yield NotOn(id=f"not-before-{session}", of=(session,), when=tuple(before), source=source)


def _kept(scenario: Scenario, out: Mapping[SessionId, PublishedPlace], wishes: Wishes) -> Iterator[Rule]:
    for keep, sessions in wishes.keeps.items():
        chosen = {session: place for session, place in out.items() if session in sessions}
        source = f"--keep {keep}"
        if keep is Keep.ORDER:
            queue = sorted(chosen, key=lambda s: (out[s].day, out[s].start)) if len(scenario.rooms) == 1 else []
            for one, then in pairwise(queue):
                yield Order(id=f"{one}-before-{then}", of=(one, then), source=source)
            continue
        for session, place in chosen.items():
            name = f"{keep}-of-{session}"
            if keep is Keep.ROOM and isinstance(place.where, str):
                yield Pin(id=name, of=(session,), room=place.where, source=source)
            if keep is Keep.ROOM:
                yield from _by_day(scenario, session, place, source)
                continue
            text = str(place.day)
            if keep is Keep.SLOT:
                slot = scenario.calendar.axis.slot_of(place.day, place.start)
                text += f" {write_band((slot.opens, slot.closes)) if slot else f'{show_clock(place.start)}-24:00'}"
            yield Pin(id=name, of=(session,), start=parse_when(text), source=source)


def _by_day(scenario: Scenario, session: SessionId, place: PublishedPlace, source: str) -> Iterator[Rule]:
    """For each day of a session that changed its room: it has no other room."""
    if isinstance(place.where, str):
        return
    own = (scenario.calendar.axis.slots[index].day for index in sorted(scenario.own_slots(session)))
    days = dict.fromkeys(day for day in own if day >= place.day)
    for number, (day, room) in enumerate(zip(days, place.where, strict=False), 1):
        others = tuple(other for other in scenario.rooms_of(session) if other != room)
        name = f"room-{number}-of-{session}"
        yield RoomUnavailable(id=name, of=(session,), rooms=others, when=(parse_when(day),), source=source)
