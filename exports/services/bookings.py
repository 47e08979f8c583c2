"""What is booked in each room: sessions and side events, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exports.annex.side_events import SIDE_EVENT, shown_events
from exports.annex.texts import full_name, one_line
from exports.annex.titles import titled, words_of_titles
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.wording import listed

NO_ROOM = "no room yet"
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Booking:
    """One stretch; hours in minutes after midnight of its day, None where they are not known."""

    of: str
    """The id of the session; ``side-event/panel``."""
    room: str
    seats: int | None
    """That the room has."""
    day: date
    hours: tuple[int, int] | None
    body: str
    title: str
    admitted: str
    asked: int | None
    """Seats that are asked for."""
    equipment: str
    """That is asked for."""
    organisers: str


def bookings(scenario: Scenario, timetable: Timetable) -> list[Booking]:
    """By room in the order of the scenario, then by time; other places, and what has no room yet, come last."""
    order = {one_line(room.title): number for number, room in enumerate(scenario.rooms)}
    found = [*_of_sessions(scenario, timetable), *_of_side_events(scenario, timetable)]

    def place(booking: Booking) -> tuple[int, str, date, tuple[int, int]]:
        last = len(order) + (booking.room == NO_ROOM)
        return order.get(booking.room, last), booking.room, booking.day, booking.hours or (24 * 60, 0)

    return sorted(found, key=place)


def admitted_to(scenario: Scenario, session: SessionId) -> str:
    """``everybody``, ``States Parties and signatory States only``, ``nobody from outside``."""
    if not scenario.restricted(session):
        return EVERYBODY
    admitted = scenario.audience(session)
    names = [one_line(audience.name) for audience in scenario.audiences if audience.id in admitted]
    return f"{listed(names)} only" if names else "nobody from outside"


def _of_sessions(scenario: Scenario, timetable: Timetable) -> list[Booking]:
    words = words_of_titles(scenario, timetable)
    found = []
    for placement in timetable:
        own, body = scenario.sessions[placement.session], scenario.body_of[placement.session]
        for segment in placement.segments:
            room = scenario.room.get(placement.room_on(segment.day))
            found.append(
                Booking(
                    of=str(placement.session),
                    room=one_line(room.title) if room else NO_ROOM,
                    seats=room.capacity if room else None,
                    day=segment.begins[0],
                    hours=(segment.begins[1], segment.begins[1] + segment.end - segment.start),
                    body=full_name(body),
                    title=titled(one_line(own.title or ""), words.get(placement.session, ())),
                    admitted=admitted_to(scenario, placement.session),
                    asked=own.attendance,
                    equipment=", ".join(map(one_line, own.equipment)),
                    organisers="",
                )
            )
    return found


def _of_side_events(scenario: Scenario, timetable: Timetable) -> list[Booking]:
    seats = {one_line(room.title): room.capacity for room in scenario.rooms}
    return [
        Booking(
            of=f"side-event/{event.id}",
            room=event.room or NO_ROOM,
            seats=seats.get(event.room),
            day=event.day,
            hours=event.hours,
            body=SIDE_EVENT,
            title=event.title,
            admitted=EVERYBODY,
            asked=None,
            equipment="",
            organisers=", ".join(event.organisers),
        )
        for event in shown_events(scenario, timetable)
    ]
