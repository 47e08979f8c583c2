"""What other programs have of a timetable: an event for each stretch of a session, with its track, room and people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from exports.annex.side_events import SIDE_EVENT, shown_events
from exports.annex.texts import one_line
from exports.calendar.events import described, events_of, identity
from exports.ids import apart, slug, slugs
from scheduler.domain.base import SessionId
from scheduler.domain.meeting import roles
from scheduler.domain.seats import SERVING, Role
from scheduler.domain.timetable import Timetable
from scheduler.presiding import presided
from scheduler.reading.cleaning import clean
from scheduler.scenario import Scenario

NO_ROOM = "Room to be confirmed"
"""Stands where an event has no room: other programs need one."""
MEETING = "meeting"
GENERATOR = "treaty-schedule"
MIN_ACRONYM = 4
NUMBER_DIGITS = 7
"""Of a hexadecimal number that every program can hold."""
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot carry."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, known for ever by ``guid`` and ``number``."""

    name: str
    guid: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """One stretch of a session, or a side event."""

    slug: str
    """The name in small letters, digits and hyphens: ``session-cei-part-2``; no two are alike."""
    guid: UUID
    number: int
    """Constant too: it is made of the ``guid``."""
    begins: datetime
    ends: datetime
    """Both in the time zone of the meeting."""
    title: str
    part: str
    """``Part 2 of 3`` of a session in several stretches; else empty."""
    track: str
    """The body."""
    kind: str
    """``meeting`` or ``side event``."""
    room: str
    """Never empty; no two rooms are called the same."""
    people: tuple[Speaker, ...]
    said: str
    """Who is admitted, and that the schedule is a draft."""
    closed: bool

    @property
    def minutes(self) -> int:
        """How long it takes, breaks included, whatever the clocks do meanwhile."""
        return (self.ends.astimezone(UTC) - self.begins.astimezone(UTC)) // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Programme:
    """A timetable as a conference: ``acronym`` and ``title``, and every event in order of time."""

    acronym: str
    """At least four small letters and digits."""
    title: str
    status: str
    zone: str
    grain: int
    """Minutes."""
    tracks: tuple[str, ...]
    rooms: tuple[tuple[str, int | None], ...]
    """Names with their seats, where these are known."""
    days: tuple[date, ...]
    items: tuple[Item, ...]

    def on(self, day: date, room: str) -> Iterator[Item]:
        """The events of a room that begin on a day."""
        return (item for item in self.items if item.begins.date() == day and item.room == room)

    @property
    def every_room(self) -> tuple[str, ...]:
        """The rooms of the meeting, then other places of side events."""
        named = [name for name, _ in self.rooms]
        return tuple(dict.fromkeys([*named, *(item.room for item in self.items)]))


def programme_of(scenario: Scenario, timetable: Timetable) -> Programme:
    """The timetable as other programs have it; side events without hours are left out."""
    titles = apart(written(room.title) or room.id for room in scenario.rooms)
    rooms = dict(zip((room.id for room in scenario.rooms), titles, strict=True))
    items = tuple(_items(scenario, timetable, rooms))
    return Programme(
        acronym=_acronym(scenario.name),
        title=written(scenario.printed.series),
        status=scenario.meeting.status,
        zone=scenario.meeting.time_zone,
        grain=scenario.grain,
        tracks=tuple(dict.fromkeys(item.track for item in items)),
        rooms=tuple((rooms[room.id], room.capacity) for room in scenario.rooms),
        days=tuple(sorted({*scenario.calendar.axis.days, *(item.begins.date() for item in items)})),
        items=items,
    )


def _items(scenario: Scenario, timetable: Timetable, rooms: Mapping[str, str]) -> Iterator[Item]:
    events, decided = events_of(scenario, timetable), presided(scenario, timetable)
    speakers = {f"side-event/{event.id}": event.speakers for event in shown_events(scenario, timetable)}
    parts, done, numbers = Counter(event.session for event in events.values()), Counter[SessionId](), set[int]()
    for (name, event), slug_ in zip(events.items(), slugs(map(_slug, events)), strict=True):
        session, part = event.session, ""
        if session is not None:
            done[session] += 1
            part = f"Part {done[session]} of {parts[session]}" if parts[session] > 1 else ""
        guid = identity(scenario, name)
        track = written(SIDE_EVENT if session is None else scenario.body_of[session].title.rstrip(":")) or "-"
        people = map(written, speakers[name] if session is None else people_of(decided, session))
        yield Item(
            slug=slug_,
            guid=guid,
            number=_number(guid, numbers),
            begins=event.begins,
            ends=event.ends,
            title=written(event.heading) or track,
            part=part,
            track=track,
            kind=SIDE_EVENT.lower() if session is None else MEETING,
            room=written(event.room if session is None else rooms.get(event.room, "")) or NO_ROOM,
            people=tuple(_speaker(scenario, name) for name in dict.fromkeys(people) if name),
            said=written(described(scenario, event)),
            closed=event.admitted is not None,
        )


def _speaker(scenario: Scenario, name: str) -> Speaker:
    guid = identity(scenario, f"person/{name}")
    return Speaker(name, guid, _number(guid, set()))


def _slug(name: str) -> str:
    """``session-cei-part-2`` of ``cei/2``."""
    if name.startswith("side-event/"):
        return plain_slug(name)
    session, _, part = name.partition("/")
    return f"session-{plain_slug(session)}{f'-part-{part}' if part else ''}"


def people_of(scenario: Scenario, session: SessionId) -> list[str]:
    """Who speaks at a session: presenters unless the scenario prints no names, officers where it prints theirs."""
    in_list, in_programme = scenario.meeting.names_in_list, scenario.meeting.names_in_programme
    named = {*(("presenters",) if in_list is None else roles(in_list)), *roles(in_programme)}
    wanted = [*(SERVING if "officers" in named else ()), *([Role.PRESENTER] if "presenters" in named else ())]
    return [scenario.persons.name(person) for person in scenario.there(session, *wanted)]


def written(text: str) -> str:
    """A text in one line, as XML and other programs can carry it."""
    return _UNWRITABLE.sub("", clean(one_line(text)))


def plain_slug(text: str) -> str:
    """Small letters a to z, digits and hyphens; ``x`` where nothing else is left."""
    plain = "".join(c if c.isascii() else "-" for c in slug(text))
    return "-".join(part for part in plain.split("-") if part) or "x"


def _acronym(name: str) -> str:
    """Small letters and digits, at least four of them: ``CSP11`` gives ``csp11``."""
    plain = "".join(c for c in name.lower() if c.isascii() and c.isalnum())
    return plain if len(plain) >= MIN_ACRONYM else f"{plain}meeting"


def _number(guid: UUID, taken: set[int]) -> int:
    """A number from 1 on that is made of the identity, or the next one that is free."""
    number = int(guid.hex[:NUMBER_DIGITS], 16) + 1
    while number in taken:
        number += 1
    taken.add(number)
    return number
