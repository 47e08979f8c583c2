"""Who must be where: those in the chair, other officers, presenters, speakers of side events, and vacant posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exports.annex.side_events import SIDE_EVENT, shown_events
from exports.annex.texts import one_line
from exports.services.bookings import NO_ROOM
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.persons import Officer
from scheduler.domain.seats import Deputised, Role, Seat, is_vacant, names_in, officers_in
from scheduler.domain.timetable import Placement, Timetable
from scheduler.presiding import presided
from scheduler.scenario import Scenario

VACANT = "(vacant)"
ROLES = {Role.CHAIR: "officer of the body", Role.OFFICER: "officer of the session", Role.PRESENTER: "presenter"}
SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Duty:
    """Where somebody must be; hours in minutes after midnight of its day."""

    of: str
    """The id of the session; ``side-event/panel``."""
    person: str
    post: str
    """The post by which they are there, or their part in it."""
    day: date
    hours: tuple[int, int]
    room: str
    what: str
    remark: str


def duties(scenario: Scenario, timetable: Timetable) -> list[Duty]:
    """By person, then by time; vacant posts come last."""
    decided = presided(scenario, timetable)
    found = [
        duty for placement in timetable for segment in placement.segments for duty in _at(decided, placement, segment)
    ]
    found += _of_side_events(scenario, timetable)
    return sorted(found, key=lambda duty: (duty.person == VACANT, duty.person.casefold(), duty.day, duty.hours))


def _at(scenario: Scenario, placement: Placement, segment: Segment) -> Iterator[Duty]:
    room = scenario.room.get(placement.room_on(segment.day))
    day, start = segment.begins
    hours, title = (start, start + segment.end - segment.start), one_line(room.title) if room else NO_ROOM
    of, what = str(placement.session), one_line(scenario.title(placement.session))
    people: dict[str, tuple[list[str], list[str]]] = {}
    for seat, who in scenario.filled(placement.session):
        person = seat.people[who]
        posts, remarks = people.setdefault(person, ([], []))
        posts.append(_post(scenario, seat, who))
        remarks += _remarks(scenario, seat, who)
        if scenario.persons.away(person, segment):
            remarks.append("away then")
    for person, (posts, remarks) in people.items():
        name = one_line(scenario.persons.name(person))
        yield Duty(
            of, name, "; ".join(dict.fromkeys(posts)), day, hours, title, what, "; ".join(dict.fromkeys(remarks))
        )
    for post in _vacant(scenario, placement.session):
        yield Duty(of, VACANT, post, day, hours, title, what, "")


def _post(scenario: Scenario, seat: Seat, who: int) -> str:
    """The post that names somebody, or what they do."""
    officer = scenario.officer.get(seat.names[who])
    return one_line(officer.post) if officer is not None and seat.role is not Role.PRESENTER else ROLES[seat.role]


def _remarks(scenario: Scenario, seat: Seat, who: int) -> Iterator[str]:
    """For whom a deputy stands in, and who else may come."""
    others = [one_line(scenario.persons.name(person)) for person in seat.people if person != seat.people[who]]
    if who and isinstance(seat.entry, Deputised):
        yield f"stands in for {others[0]}"
    elif others and not isinstance(seat.entry, Deputised):
        yield f"or {' or '.join(others)}"


def _vacant(scenario: Scenario, session: SessionId) -> Iterator[str]:
    """Posts of its officers that nobody holds."""
    for entry, _ in officers_in(scenario.body_of[session].officers, scenario.sessions[session].officers):
        if is_vacant(entry, scenario.persons):
            officer: Officer | None = scenario.officer.get(names_in(entry)[0])
            yield one_line(officer.post) if officer is not None else names_in(entry)[0]


def _of_side_events(scenario: Scenario, timetable: Timetable) -> Iterator[Duty]:
    for event in shown_events(scenario, timetable):
        for speaker in event.speakers if event.hours is not None else ():
            assert event.hours is not None
            what = f"{SIDE_EVENT}: {event.title}"
            yield Duty(
                f"side-event/{event.id}", speaker, SPEAKER, event.day, event.hours, event.room or NO_ROOM, what, ""
            )
