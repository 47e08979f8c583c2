"""The time zone of a calendar: the offsets that hold around the meeting, and no others."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(minutes=15)
"""Clocks change on a quarter of an hour."""


def zone_between(name: str, first: date, last: date) -> Timezone:
    """An IANA zone from the midnight (UTC) that begins ``first`` to the one that ends ``last``.

    An onset is written in the local time that it ends (RFC 5545, 3.6.5).
    """
    made = Timezone()
    made.add("tzid", name)
    at, until, offset = datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC), None
    while at <= until + timedelta(days=1):
        local = at.astimezone(ZoneInfo(name))
        if (now := local.utcoffset()) != offset:
            assert now is not None, "a zone of the IANA table has an offset at every time"
            before = now if offset is None else offset
            part = TimezoneDaylight() if local.dst() else TimezoneStandard()
            part.add("dtstart", (at + before).replace(tzinfo=None))
            part.add("tzoffsetfrom", before)
            part.add("tzoffsetto", now)
            part.add("tzname", local.tzname() or name)
            made.add_component(part)
            offset = now
        at += STEP
    return made
