"""The timetable as c3voc JSON, which pretalx writes and conference apps read."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import uuid5

from exports.calendar.events import identity
from exports.systems.frab import bounds, hours, version_of
from exports.systems.items import GENERATOR, Item, Programme, plain_slug, programme_of
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.version import __version__

SCHEMA = "https://c3voc.de/schedule/schema.json"
_KNOWN_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
"""The names of time zones that the schema takes; others are left out: every date has its offset."""


def pretalx_bytes(scenario: Scenario, timetable: Timetable, version: str = "") -> bytes:
    """The schedule; ``version`` is what apps show to tell one issue from another, such as ``Rev.1``."""
    programme = programme_of(scenario, timetable)
    document = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR, "version": __version__},
        "schedule": {"version": version_of(programme, version), "conference": _conference(scenario, programme)},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _conference(scenario: Scenario, programme: Programme) -> dict[str, Any]:
    zone = {"time_zone_name": programme.zone} if _KNOWN_ZONE.match(programme.zone) else {}
    seats = dict(programme.rooms)
    return {
        "acronym": programme.acronym,
        "title": programme.title,
        "start": programme.days[0].isoformat(),
        "end": programme.days[-1].isoformat(),
        "daysCount": len(programme.days),
        "timeslot_duration": hours(programme.grain),
        **zone,
        "tracks": [{"name": name, "slug": plain_slug(name)} for name in programme.tracks],
        "rooms": [
            {"name": name, "guid": str(uuid5(identity(scenario, "room"), name)), "capacity": seats.get(name)}
            for name in programme.every_room
        ],
        "days": [_day(programme, number, day) for number, day in enumerate(programme.days, 1)],
    }


def _day(programme: Programme, number: int, day: date) -> dict[str, Any]:
    begins, ends = bounds(programme, day)
    held = {name: [_event(programme, item) for item in programme.on(day, name)] for name in programme.every_room}
    return {
        "index": number,
        "date": day.isoformat(),
        "day_start": begins.isoformat(),
        "day_end": ends.isoformat(),
        "rooms": {name: events for name, events in held.items() if events},
    }


def _event(programme: Programme, item: Item) -> dict[str, Any]:
    return {
        "guid": str(item.guid),
        "id": item.number,
        "date": item.begins.isoformat(),
        "start": f"{item.begins:%H:%M}",
        "end": item.ends.isoformat(),
        "duration": hours(item.minutes),
        "room": item.room,
        "slug": f"{programme.acronym}-{item.slug}",
        "url": item.guid.urn,
        "title": item.title,
        "subtitle": item.part,
        "track": item.track,
        "type": item.kind,
        "language": None,
        "abstract": item.said,
        "description": None,
        "do_not_record": item.closed,
        "do_not_stream": item.closed,
        "persons": [{"id": each.number, "guid": str(each.guid), "public_name": each.name} for each in item.people],
        "links": [],
    }
