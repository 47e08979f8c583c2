"""The timetable as frab XML, which conference programs and apps exchange (the schema of c3voc, EventFahrplan, Giggity).

An event has the elements that the schema knows, in its order; what a meeting does not have is left out.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from exports.systems.items import GENERATOR, Item, Programme, programme_of
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.version import __version__


def frab_bytes(scenario: Scenario, timetable: Timetable, version: str = "") -> bytes:
    """The schedule; ``version`` is what apps show to tell one issue from another, such as ``Rev.1``."""
    programme = programme_of(scenario, timetable)
    root = Element("schedule")
    SubElement(root, "generator", name=GENERATOR, version=__version__)
    _text(root, "version", version_of(programme, version))
    _conference(root, programme)
    for number, day in enumerate(programme.days, 1):
        begins, ends = bounds(programme, day)
        within = {"date": day.isoformat(), "start": begins.isoformat(), "end": ends.isoformat(), "index": str(number)}
        held = SubElement(root, "day", within)
        for name in programme.every_room:
            if items := list(programme.on(day, name)):
                room = SubElement(held, "room", name=name)
                for item in items:
                    _event(room, programme, item)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def version_of(programme: Programme, version: str) -> str:
    """``draft``, or ``draft, Rev.1``."""
    return ", ".join(part for part in (programme.status, version) if part)


def bounds(programme: Programme, day: date) -> tuple[datetime, datetime]:
    """A day from midnight to midnight, or until its last event ends."""
    zone = ZoneInfo(programme.zone)
    midnight, following = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return midnight, max([following, *(item.ends for item in programme.items if item.begins.date() == day)])


def hours(minutes: int) -> str:
    """``01:30``"""
    return "{:02}:{:02}".format(*divmod(minutes, 60))


def _conference(root: Element, programme: Programme) -> None:
    made = SubElement(root, "conference")
    _text(made, "acronym", programme.acronym)
    _text(made, "title", programme.title)
    _text(made, "start", programme.days[0].isoformat())
    _text(made, "end", programme.days[-1].isoformat())
    _text(made, "days", str(len(programme.days)))
    _text(made, "timeslot_duration", hours(programme.grain))
    _text(made, "time_zone_name", programme.zone)
    for name in programme.tracks:
        SubElement(made, "track", name=name)


def _event(room: Element, programme: Programme, item: Item) -> None:
    made = SubElement(room, "event", guid=str(item.guid), id=str(item.number))
    _text(made, "room", item.room)
    _text(made, "title", item.title)
    _text(made, "subtitle", item.part)
    _text(made, "type", item.kind)
    _text(made, "date", item.begins.isoformat())
    _text(made, "start", f"{item.begins:%H:%M}")
    _text(made, "duration", hours(item.minutes))
    _text(made, "abstract", item.said)
    _text(made, "slug", f"{programme.acronym}-{item.slug}")
    _text(made, "track", item.track)
    persons = SubElement(made, "persons")
    for person in item.people:
        _text(persons, "person", person.name, id=str(person.number), guid=str(person.guid))
    recording = SubElement(made, "recording")
    _text(recording, "license", "")
    _text(recording, "optout", "true" if item.closed else "false")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
