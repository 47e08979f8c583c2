"""What a calendar has of a timetable: an event for each stretch of a session, and how often each has been changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from exports.annex.side_events import SIDE_EVENT, shown_events
from exports.annex.texts import full_name, one_line
from exports.annex.titles import titled, words_of_titles
from scheduler.domain.base import AudienceId, SessionId
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.wording import listed


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One stretch of a session, or a side event."""

    begins: datetime
    ends: datetime
    """Both in the time zone of the meeting."""
    title: str
    place: str
    """Venue and room; may be empty."""
    body: str
    """Its id; empty of a side event."""
    of: str
    """The full name of the body."""
    admitted: frozenset[AudienceId] | None
    """None: everybody."""
    session: SessionId | None
    """None: it is a side event."""
    heading: str
    """Its own title, without the body; may be empty."""
    room: str
    """Of a session the id of its room, of a side event what its place is called; may be empty."""

    @property
    def shown(self) -> tuple[datetime, datetime, str, str]:
        """What makes an update of it, where it changes."""
        return self.begins, self.ends, self.title, self.place


def events_of(scenario: Scenario, timetable: Timetable) -> dict[str, CalendarEvent]:
    """The events by their constant names, in order of time: of a session its id, with a number from the second on."""
    found = {**dict(_of_sessions(scenario, timetable)), **dict(_of_side_events(scenario, timetable))}
    return dict(sorted(found.items(), key=lambda item: (item[1].begins, item[1].ends, item[0])))


def identity(scenario: Scenario, name: str) -> UUID:
    """What other programs know an event by, for ever: it is made of the series and its name alone."""
    return uuid5(uuid5(NAMESPACE_URL, f"urn:treaty-schedule:{scenario.meeting.series}"), name)


def described(scenario: Scenario, each: CalendarEvent) -> str:
    """The full name of the body, who is admitted, and that the schedule is a draft."""
    said = [f"{each.of}."] if each.of else []
    if each.admitted is not None:
        names = [one_line(audience.name) for audience in scenario.audiences if audience.id in each.admitted]
        said.append(f"Open to {listed(names)} only." if names else "Closed.")
    if scenario.meeting.status == "draft":
        said.append("Draft schedule, subject to change.")
    return " ".join(said)


def changes(
    before: Mapping[str, CalendarEvent], after: Mapping[str, CalendarEvent], earlier: Mapping[str, int], number: int,
    *, moved: bool = False,
) -> dict[str, int]:  # fmt: skip
    """By name the number of the revision in which an event was last changed, which is its SEQUENCE; 0 is left out.

    ``earlier``: the same of the timetable that revision ``number`` replaces. ``moved``: the whole meeting has moved,
    with ``before``. Events that are gone stay, so that none has its number again.
    """
    found = dict(earlier)
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if moved or old is None or new is None or old.shown != new.shown:
            found[name] = number
    return dict(sorted(found.items()))


def _of_sessions(scenario: Scenario, timetable: Timetable) -> Iterator[tuple[str, CalendarEvent]]:
    words, counts = words_of_titles(scenario, timetable), Counter[SessionId]()
    for placement in timetable:
        session = placement.session
        body, own = scenario.body_of[session], scenario.sessions[session].title
        title = titled(one_line(own or ""), words.get(session, ()))
        for segment in placement.segments:
            counts[session] += 1
            number = counts[session]
            room = scenario.room.get(placement.room_on(segment.day))
            admitted = scenario.audience(session) if scenario.restricted(session) else None
            yield (
                str(session) if number == 1 else f"{session}/{number}",
                CalendarEvent(
                    _moment(scenario, *segment.begins),
                    _moment(scenario, segment.day, segment.end),
                    ": ".join(part for part in (one_line(body.title).rstrip(":"), title) if part),
                    _place(scenario, room.title if room else ""),
                    body.id,
                    full_name(body),
                    admitted,
                    session,
                    title,
                    room.id if room else "",
                ),
            )


def _of_side_events(scenario: Scenario, timetable: Timetable) -> Iterator[tuple[str, CalendarEvent]]:
    for event in shown_events(scenario, timetable):
        if event.hours is not None:
            begins, ends = (_moment(scenario, event.day, minute) for minute in event.hours)
            title, place = f"{SIDE_EVENT}: {event.title}", _place(scenario, event.room)
            yield (
                f"side-event/{event.id}",
                CalendarEvent(begins, ends, title, place, "", "", None, None, event.title, event.room),
            )


def _place(scenario: Scenario, room: str) -> str:
    several = len(scenario.rooms) > 1
    return ", ".join(one_line(part) for part in (scenario.meeting.venue or "", room if several else "") if part)


def _moment(scenario: Scenario, day: date, minute: int) -> datetime:
    midnight = datetime.combine(day, time(), ZoneInfo(scenario.meeting.time_zone))
    return midnight + timedelta(minutes=minute)
