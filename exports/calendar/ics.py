"""Calendars as files of the format iCalendar (RFC 5545), for the whole programme, each audience and each body.

An event keeps its identity for ever: it is made of the series and the name of the event alone. A revision raises the
SEQUENCE of what has changed, and holds what is gone once more, as cancelled, so that calendars take it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from exports.annex.texts import one_line
from exports.calendar.events import CalendarEvent, described, identity
from exports.calendar.zone import zone_between
from scheduler.reading.cleaning import clean
from scheduler.scenario import Scenario

MAX_BODIES = 20
"""With more bodies, none has a calendar of its own."""
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of making of every event: the same timetable gives the same bytes."""


def calendars(
    scenario: Scenario,
    events: Mapping[str, CalendarEvent],
    sequence: Mapping[str, int] | None = None,
    gone: Mapping[str, CalendarEvent] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The calendars, each with its ending: of all, of each audience that may not attend all, of each body.

    ``sequence``: by name of an event, how often it has been changed. ``gone``: what is held no more.
    """
    every, left = dict(events), dict(gone or {})

    def bytes_of(held: Mapping[str, CalendarEvent], cancelled: Mapping[str, CalendarEvent], name: str) -> bytes:
        return _calendar(scenario, held, cancelled, sequence or {}, name)

    series = one_line(scenario.printed.series)
    yield "ics", bytes_of(every, left, series)
    for audience in scenario.audiences:
        mine, lost = (
            {name: e for name, e in these.items() if e.admitted is None or audience.id in e.admitted}
            for these in (every, left)
        )
        if len(mine) < len(every):
            yield f"for-{audience.id}.ics", bytes_of(mine, lost, f"{series}, for {one_line(audience.name)}")
    bodies = [body for body in scenario.bodies if any(event.body == body.id for event in every.values())]
    if 1 < len(bodies) <= MAX_BODIES:
        for body in bodies:
            mine, lost = ({name: e for name, e in these.items() if e.body == body.id} for these in (every, left))
            yield f"of-{body.id}.ics", bytes_of(mine, lost, f"{series}, {one_line(body.title).rstrip(':')}")


def _calendar(
    scenario: Scenario,
    held: Mapping[str, CalendarEvent],
    cancelled: Mapping[str, CalendarEvent],
    sequence: Mapping[str, int],
    name: str,
) -> bytes:
    made = Calendar()
    made.add("prodid", "-//treaty-schedule//timetables for treaty meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", clean(name))
    made.add("x-wr-calname", clean(name))
    if moments := [moment for each in (*held.values(), *cancelled.values()) for moment in (each.begins, each.ends)]:
        first, last = min(moments).date() - timedelta(days=1), max(moments).date() + timedelta(days=1)
        made.add_component(zone_between(scenario.meeting.time_zone, first, last))
    status = "TENTATIVE" if scenario.meeting.status == "draft" else "CONFIRMED"
    for key, each in held.items():
        made.add_component(_event(scenario, key, each, sequence, status))
    for key, each in cancelled.items():
        made.add_component(_event(scenario, key, each, sequence, "CANCELLED"))
    return bytes(made.to_ical(sorted=False))


def _event(scenario: Scenario, key: str, each: CalendarEvent, sequence: Mapping[str, int], status: str) -> Event:
    made = Event()
    made.add("uid", str(identity(scenario, key)))
    made.add("dtstamp", ALWAYS)
    made.add("sequence", sequence.get(key, 0))
    made.add("status", status)
    made.add("dtstart", each.begins)
    made.add("dtend", each.ends)
    made.add("summary", clean(each.title))
    if each.place:
        made.add("location", clean(each.place))
    if told := described(scenario, each):
        made.add("description", clean(told))
    if each.admitted is not None:
        made.add("class", "CONFIDENTIAL")
    return made
