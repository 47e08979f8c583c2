"""The judge of side events: it looks at where they stand, and knows nothing of how they were placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from scheduler.domain.clock import show_day, show_hours, show_minutes
from scheduler.domain.persons import who
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.side_events import HeldEvent, SideEvent, SideEvents, alike
from scheduler.domain.violations import Violation
from scheduler.side_events.places import called, given_of, means, name_of, occasions, people_of, rooms_of, shown
from scheduler.wording import capital, counted, listed, quoted

SIDE_EVENTS = "side_events"
"""The kind of violations of what side events ask for, and the name of those that must not be."""
MISSED_WISH, SPREAD = "side_events.missed_wish", "side_events.spread"
"""The names of the two wishes, as their keys are called in a scenario."""


def judge(programme: Programme, held: Sequence[HeldEvent]) -> Iterator[Violation]:
    """What is wrong with the side events that were placed, and what their wishes cost.

    What two given events do to one another is told when the scenario is read: nothing is placed there.
    """
    last = {each.event: each for each in held}
    for name in programme.to_place:
        if name not in last:
            yield _must_not(f"{name_of(programme, name)} is not placed", name)
    known = [each for each in last.values() if each.event in programme.to_place]
    for each in known:
        for problem in _alone(programme, each):
            yield _must_not(f"{name_of(programme, each.event)} {problem}", each.event)
    yield from _together(programme, known)
    yield from _too_many(programme, known)
    yield from _costs(programme, known)


def _alone(programme: Programme, held: HeldEvent) -> Iterator[str]:
    """What is wrong with the place of one event, whatever else is held."""
    event = programme.event[held.event]
    lasts = held.end - held.start
    if lasts != event.length:
        yield f"is given {show_minutes(lasts)}, it takes {show_minutes(event.length or 0)}"
    if event.day not in (None, held.day):
        yield f"is {shown(held)}, but its day is given: {show_day(event.day)}"
    inside = [o for o in occasions(programme) if o.day == held.day and o.opens == held.start and held.end <= o.closes]
    if not inside:
        yield f"is {shown(held)}, and begins with no window that is long enough"
    elif event.windows is not None and not any(means(text, o.window) for text in event.windows for o in inside):
        yield f"is {shown(held)}, but asks for {listed(event.windows, 'or')}"
    if held.room not in rooms_of(programme, event):
        where = listed([quoted(programme.place_title(room)) for room in rooms_of(programme, event) if room], "or")
        yield f"is in {quoted(held.room)}, but may be held in {where} only" if held.room else "has no room"
    yield from _against_slots(programme, event, held)
    for name in (*event.organiser, *(event.speakers or ())):
        away = programme.persons.away(programme.person(name), held)
        if away is not None:
            yield f"is {shown(held)}, when {who(away)} is not there"


def _against_slots(programme: Programme, event: SideEvent, held: HeldEvent) -> Iterator[str]:
    """Slots of the meeting at the same time; a reserved one counts in its rooms, and for who may be needed in it."""
    in_a_room = bool(held.room) and programme.place_title(held.room) in {room.title for room in programme.rooms}
    people = people_of(programme, event)
    for slot in programme.calendar.axis.slots:
        if held.meets(slot.day, slot.opens, slot.closes):
            hours = show_hours(slot.opens, slot.closes)
            sessions = [s for s, body in programme.body_of.items() if slot.index in programme.own_slots(s)]
            called = {alike(person) for session in sessions for person in programme.perhaps_there(session, *Role)}
            if not slot.reserved_for:
                yield f"is {shown(held)}, over the meeting's slot {hours}"
            elif in_a_room:
                yield f"is {shown(held)}, in a room of the meeting, which has the slot {hours}"
            elif people & called:
                yield f"is {shown(held)}, over the reserved slot {hours}, in which its people may be needed"


def _together(programme: Programme, known: Sequence[HeldEvent]) -> Iterator[Violation]:
    """Two events at once in one room, or of one person; of two that are given nothing is said."""
    people = {name: people_of(programme, event) for name, event in programme.event.items()}
    for one, other in combinations((*known, *given_of(programme)), 2):
        if not one.overlaps(other) or one.event not in programme.to_place:
            continue
        both = f"{name_of(programme, one.event)} and {name_of(programme, other.event)}"
        when = f"{shown(one)}, and {other.shown}" if one.shown != other.shown else shown(one)
        if one.room and alike(programme.place_title(one.room)) == alike(programme.place_title(other.room)):
            yield _must_not(f"{both} are both in {programme.place_title(one.room)} {when}", one.event, other.event)
        for person in sorted(people[one.event] & people[other.event]):
            yield _must_not(f"{called(programme, person)} is at {both} {when}", one.event, other.event)


def _too_many(programme: Programme, known: Sequence[HeldEvent]) -> Iterator[Violation]:
    """Windows with more events than they take, where one of them was placed there."""
    given = given_of(programme)
    for occasion in occasions(programme):
        placed = [e for e in known if occasion.meets(e.day, e.start, e.end)]
        here = len(placed) + sum(occasion.meets(e.day, e.start, e.end) for e in given)
        if placed and occasion.at_most is not None and here > occasion.at_most:
            message = f"{occasion} has {counted(here, 'side event')}, at most {occasion.at_most} may be in it"
            yield _must_not(message, *(each.event for each in placed))


def _costs(programme: Programme, known: Sequence[HeldEvent]) -> Iterator[Violation]:
    said = programme.side_events
    if not isinstance(said, SideEvents):
        return
    for each in known if said.missed_wish else ():
        wished = programme.event[each.event].wished
        if wished is not None and not any(each.day in part.days(programme.calendar) for part in wished):
            asked = listed([part.text for part in wished], "or")
            message = f"{name_of(programme, each.event)} is {shown(each)}, and wished {asked}"
            yield Violation(SIDE_EVENTS, MISSED_WISH, message, weight=said.missed_wish, sessions=(each.event,))
    counts = by_day(programme, known)
    if said.spread and counts and (more := max(counts.values()) - min(counts.values()) - 1) > 0:
        full, empty = (f(counts, key=counts.__getitem__) for f in (max, min))
        message = (
            f"Side events are not spread evenly: {counted(counts[full], 'event')} on {show_day(full)}, "
            f"{counts[empty] or 'none'} on {show_day(empty)}"
        )
        yield Violation(SIDE_EVENTS, SPREAD, message, amount=more, weight=said.spread)


def by_day(programme: Programme, known: Sequence[HeldEvent]) -> Counter[date]:
    """The number of events on each day that has a window, given ones included."""
    counts: Counter[date] = Counter(dict.fromkeys((occasion.day for occasion in occasions(programme)), 0))
    days = [each.day for each in known] + [e.day for e in programme.listed_events if e.given and e.day is not None]
    counts.update(day for day in days if day in counts)
    return counts


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of what side events ask for, as tables of rules print it."""

    name: str
    sentence: str
    weight: int | None
    """Points per ``unit``; None: it must hold."""
    unit: str


def asked_of(programme: Programme) -> tuple[Asked, ...]:
    """What is asked of the side events that are to be placed; nothing where there are none."""
    said = programme.side_events
    if not isinstance(said, SideEvents) or not programme.to_place:
        return ()
    number = len(programme.to_place)
    must = (
        f"{capital(counted(number, 'side event stands', 'side events stand'))} in windows beside the meeting, one at a "
        "time in a room, and nobody is at two at once."
    )
    found = [Asked(SIDE_EVENTS, must, None, "event")]
    if said.missed_wish and any(event.wished for event in programme.to_place.values()):
        found.append(Asked(MISSED_WISH, "Each side event is on a day that it wished.", said.missed_wish, "event"))
    if said.spread:
        even = "Side events are spread evenly: no day has more than one more than another."
        found.append(Asked(SPREAD, even, said.spread, "event more"))
    return tuple(found)


def _must_not(message: str, *events: str) -> Violation:
    return Violation(SIDE_EVENTS, SIDE_EVENTS, message, sessions=events)
