"""Schedules of conference programs: frab XML, and the JSON of c3voc that pretalx writes.

Both are one model: a conference with days, each with rooms, each with events. Hours are those of the clock on the wall,
as they are written. What this program has written itself gives its sessions back, with their ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from exports.systems.items import GENERATOR, NO_ROOM
from exports.systems.talks import SIDE_EVENT, Hours, Schedule, Talk
from scheduler.errors import InputError
from scheduler.reading.cleaning import in_one_line
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import FRAB, PRETALX, read_bytes
from scheduler.reading.strictjson import read_object

MOST_EVENTS = 5_000
TAKEN = frozenset(
    {"guid", "id", "code", "date", "start", "end", "duration", "room", "slug", "title", "track", "persons", "url"}
)
"""What is taken from an event, or says nothing to a scenario; everything else is left out, and named."""
OURS = frozenset({"subtitle", "type"})
"""What is taken besides from what this program has written."""
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_PART = re.compile(r"Part (\d+) of (\d+)")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
EAST_AND_WEST = (-12, 14)
"""The farthest zones of whole hours."""
_Moment: TypeAlias = tuple[date, int, timedelta | None]
"""Day, minute after midnight, and how far the clock is from Greenwich, where that is said."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event as it stands there, whatever the format."""

    place: str
    """For messages."""
    day: str
    """Of the day that it belongs to; may be empty."""
    day_start: str
    room: str
    said: Mapping[str, Any]
    """Texts by name; ``persons`` is a list of names."""

    def text(self, name: str) -> str:
        """In one line; empty where it says nothing."""
        return words(self.said.get(name))


def read_pretalx(path: str) -> Schedule:
    """The schedule in a JSON file.

    Raises:
        InputError: it cannot be read, or is no schedule.
    """
    data, _ = read_object(path, PRETALX)
    at = _Reading(path)
    schedule = at.object(data.get("schedule"), "schedule")
    conference = at.object(schedule.get("conference"), "schedule.conference")
    rooms = {
        words(room.get("name")): _seats(room.get("capacity"))
        for room in at.objects(conference.get("rooms") or [], "rooms")
    }
    events: list[_Event] = []
    for number, day in enumerate(at.objects(conference.get("days"), "days")):
        for room, held in at.object(day.get("rooms"), f"days[{number}].rooms").items():
            for index, event in enumerate(at.objects(held, f"days[{number}].rooms['{room[:40]}']")):
                place = f"days[{number}].rooms['{room[:40]}'][{index}]"
                persons = at.objects(event.get("persons") or [], f"{place}.persons")
                names = [words(each.get("public_name") or each.get("name")) for each in persons]
                given = (words(day.get("date")), words(day.get("day_start")))
                lives = " ".join(words(each.get("biography")) for each in persons)
                events.append(_Event(place, *given, words(room), event | {"persons": names, "biography": lives}))
    generator = data.get("generator")
    ours = isinstance(generator, dict) and generator.get("name") == GENERATOR
    return _schedule(at, conference, rooms, events, ours=ours)


def read_frab(path: str) -> Schedule:
    """The schedule in an XML file.

    Raises:
        InputError: it cannot be read, or is no schedule.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    at, data = _Reading(path), read_bytes(path, FRAB)
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise at.wrong("it declares entities or a document type, which none needs") from None
    except (ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise at.wrong(f"line {line}, column {column + 1}: this is no XML: {FRAB.remedy}") from None
    conference = root.find("conference")
    if root.tag != "schedule" or conference is None:
        raise at.wrong(f"this is no schedule: {FRAB.remedy}")
    head = {child.tag: child.text for child in conference}
    events: list[_Event] = []
    for day in root.iter("day"):
        for room in day.iter("room"):
            for event in room.findall("event"):
                place = f"event {event.get('id') or len(events) + 1}"
                said: dict[str, Any] = {child.tag: _xml_words(child) for child in event}
                said["persons"] = [words(person.text) for person in event.iterfind("persons/person")]
                given = (day.get("date", ""), day.get("start", ""))
                events.append(_Event(place, *given, words(room.get("name")), said))
    generator = root.find("generator")
    ours = generator is not None and generator.get("name") == GENERATOR
    rooms = dict.fromkeys(event.room for event in events)
    return _schedule(at, head, rooms, events, ours=ours)


def words(value: Any) -> str:
    """A text in one line; of one in several languages the first."""
    if isinstance(value, dict):
        value = next((text for text in value.values() if isinstance(text, str)), None)
    return " ".join(in_one_line(value).split()) if isinstance(value, str) else ""


def _xml_words(element: Any) -> str:
    """The text of an element; of one with others in it ``yes``, if any of them says something."""
    if element.tag == "recording":
        return words(element.findtext("license")) or ("optout" if element.findtext("optout") == "true" else "")
    return words(element.text) or ("yes" if len(element) else "")


def _seats(value: Any) -> int | None:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < 1_000_000
    return int(value) if whole else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """Complains about a file."""

    path: str

    def wrong(self, message: str) -> InputError:
        """An error with the name of the file."""
        return InputError(printable(f"{'<stdin>' if self.path == '-' else self.path}: {message}"))

    def object(self, value: Any, place: str) -> dict[str, Any]:
        """A mapping, or an error."""
        if not isinstance(value, dict):
            raise self.wrong(f"'{place}' is missing or no object: {PRETALX.remedy}")
        return value

    def objects(self, value: Any, place: str) -> list[dict[str, Any]]:
        """A list of mappings, or an error."""
        if not isinstance(value, list):
            raise self.wrong(f"'{place}' is missing or no list: {PRETALX.remedy}")
        return [self.object(each, f"{place}[{number}]") for number, each in enumerate(value)]


def _schedule(
    at: _Reading, head: Mapping[str, Any], rooms: Mapping[str, int | None], events: list[_Event], *, ours: bool
) -> Schedule:
    if len(events) > MOST_EVENTS:
        raise at.wrong(f"{len(events):,} events are more than the {MOST_EVENTS:,} that are read")
    left_out, notes, talks, moments = Counter[str](), [], [], []
    for event in events:
        left_out.update(_left_out(event, ours=ours))
        minutes = _minutes(event.text("duration"))
        if not minutes or not event.text("title"):
            notes.append(f"{event.place} has no {'title' if minutes else 'duration'}, and is left out")
            continue
        moments.append(_moment(at, event))
        day, start, _ = moments[-1]
        talks.append(_talk(event, Hours(day, start, minutes, event.room), head, ours=ours))
    if not talks:
        raise at.wrong("no event of this schedule has a title and a duration")
    zone, told = _zone(words(head.get("time_zone_name")), moments)
    acronym, title = words(head.get("acronym")), words(head.get("title"))
    known = {name: seats for name, seats in rooms.items() if name and not (ours and name == NO_ROOM)}
    used = dict.fromkeys(hours.room for talk in talks if talk.kind != SIDE_EVENT for hours in talk.held if hours.room)
    if ours:
        known = {name: seats for name, seats in known.items() if name in used or seats}
    return Schedule(
        name=acronym or title or Path(at.path).stem,
        title=title or acronym or Path(at.path).stem,
        zone=zone,
        rooms={**known, **{name: known.get(name) for name in used}},
        talks=tuple(_joined(talks)) if ours else tuple(replace(talk, key="") for talk in talks),
        left_out=left_out,
        notes=(*notes, *told),
    )


def _left_out(event: _Event, *, ours: bool) -> Iterator[str]:
    """What an event says that a scenario has no place for."""
    for name, value in event.said.items():
        known = name in TAKEN or (ours and name in OURS)
        if not known and (words(value) or (not isinstance(value, str | dict) and value)):
            yield name.replace("_", " ")


def _talk(event: _Event, hours: Hours, head: Mapping[str, Any], *, ours: bool) -> Talk:
    side = ours and event.text("type") == SIDE_EVENT
    if ours and hours.room == NO_ROOM:
        hours = replace(hours, room="")
    key = event.text("slug").removeprefix(f"{words(head.get('acronym'))}-").removeprefix("session-")
    people = tuple(name for name in dict.fromkeys(event.said["persons"]) if name)
    part = _PART.fullmatch(event.text("subtitle")) if ours else None
    if part is not None:
        key = key.removesuffix(f"-part-{part[1]}")
    kind = SIDE_EVENT if side else "part" if part else ""
    return Talk(event.text("title"), event.text("track"), people, hours.minutes, (hours,), key, kind)


def _joined(talks: Iterable[Talk]) -> Iterator[Talk]:
    """The parts of a session as one talk."""
    found: dict[str, Talk] = {}
    for number, talk in enumerate(talks):
        name = talk.key if talk.kind == "part" else f"{number}"
        before = found.get(name)
        if before is not None:
            held = tuple(sorted((*before.held, *talk.held), key=lambda hours: (hours.day, hours.start)))
            talk = replace(talk, held=held, minutes=sum(hours.minutes for hours in held))
        found[name] = talk
    return (replace(talk, kind="" if talk.kind == "part" else talk.kind) for talk in found.values())


def _minutes(text: str) -> int:
    found = _DURATION.fullmatch(text)
    return int(found[1]) * 60 + int(found[2]) if found else 0


def _moment(at: _Reading, event: _Event) -> _Moment:
    """Day and minute at which an event begins, and how far its clock is from Greenwich, where that is said.

    Without a date of its own, what starts before its day begins is of the night after it.
    """
    try:
        if event.text("date"):
            begins = datetime.fromisoformat(event.text("date"))
            return begins.date(), begins.hour * 60 + begins.minute, begins.utcoffset()
        day, clock = date.fromisoformat(event.day), _CLOCK.fullmatch(event.text("start"))
        if clock is None:
            raise ValueError(event.text("start"))
        start = int(clock[1]) * 60 + int(clock[2])
        opens = datetime.fromisoformat(event.day_start) if event.day_start else None
    except ValueError:
        raise at.wrong(f"{event.place} begins at no time that can be read: write '2027-03-01T10:00:00+01:00'") from None
    if opens is not None and start < opens.hour * 60 + opens.minute:
        day += timedelta(days=1)
    return day, start, opens.utcoffset() if opens else None


def _zone(name: str, moments: Iterable[_Moment]) -> tuple[str | None, list[str]]:
    """The time zone of the meeting, and a sentence where it is not the one that is named.

    The named one is taken if all events have its offsets, and otherwise one of whole hours with their only offset.
    """
    try:
        zone = ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    said = [(datetime.combine(day, time(*divmod(start, 60)), zone), offset) for day, start, offset in moments]
    offsets = {offset for _, offset in said if offset is not None}
    if zone is not None and all(begins.utcoffset() == offset for begins, offset in said if offset is not None):
        return name, []
    named = f"the file names the time zone '{name[:60]}'" if name else "the file names no time zone"
    if len(offsets) != 1:
        return None, [f"the time zone is left out: {named}" + (", and its hours are of several" if offsets else "")]
    whole, rest = divmod(int(offsets.pop().total_seconds()), 3600)
    if rest or not EAST_AND_WEST[0] <= whole <= EAST_AND_WEST[1]:
        return None, [f"the time zone is left out: {named}, and its hours are of none of whole hours"]
    found = f"Etc/GMT{-whole:+d}" if whole else "UTC"
    return found, [f"the time zone is {found}: {named}, and its hours are those of GMT{whole:+d}"]
