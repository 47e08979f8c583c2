"""A timetable as tracks: which session follows which in each room, what it waits for, and what it gives way to.

A session on a rolling basis that is planned right after another session starts when that session ends, early or late.
Every other session waits for its planned start: ``start = max(end of the session before, planned start)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.boundary import Boundary
from scheduler.domain.calendar import Axis
from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import InputError
from scheduler.forecasting.laws import Law, law_of
from scheduler.scenario import Scenario

_DEFAULT = Boundary()


@dataclass(frozen=True)
class Sitting:
    """One session in the sequence of its room; positions and minutes on the working-time axis."""

    session: SessionId
    body: str
    law: Law
    own: frozenset[int]
    """Slots it may use."""
    planned: Placement
    waits_for: int | None
    """It does not start before this position; None: it follows the session before."""
    clearing: int | None = 0
    """Minutes to clear the room before it, which may fall into a break; None: it waits until the slot has closed."""
    no_start_after: int | None = None
    """Clock minutes after which it waits for the next day."""
    stops_at: int | None = None
    """The position at which it stops although work is left."""
    carried: bool = False
    """Whether the work left then goes on at the end of the room's work; else it is lost."""
    cut_at: int | None = None
    """The position of an anchor that cuts it; the work left then is lost."""
    interrupted_by: tuple[SessionId, ...] = ()
    """Anchors, and fixtures for which it is suspended: they start on time while this session waits or is interrupted.

    In the order of the plan.
    """
    keeps_time: bool = False
    """Whether nothing delays it: it is an anchor, or a fixture for which others are suspended."""
    closes: Mapping[SessionId, Closing] = field(default_factory=dict)
    """Of a fixture: what it closes to those that are suspended for it, besides the time in which it sits."""
    started: int | None = None
    """Where it has started; None: it has not."""
    ended: int | None = None
    """Where it has ended; None: it has not."""
    now: int | None = None
    """The present: a start or an end that has not been reported is not before it."""
    paused: int = 0
    """Minutes since it started in which an anchor has interrupted it."""
    pace: float = 1.0
    """The factor by which shorter speeches shorten what is left of a running session."""

    @property
    def limit(self) -> int | None:
        """The first position still to come at which it stops or is cut although work is left."""
        limits = (self.stops_at, self.cut_at)
        return min((limit for limit in limits if limit is not None and limit > (self.now or -1)), default=None)


@dataclass(frozen=True)
class Closing:
    """What a fixture closes to a session, besides the time in which it sits."""

    since: int
    """The position from which the session has to wait, as planned."""
    clearing: int | None
    """Minutes that clear the room after it; None: the session waits until the slot has closed."""


@dataclass(frozen=True)
class RoomTrack:
    """The sessions of one room in their order; those in slots reserved for them are a track of their own.

    Where a session changes its room overnight, its track goes on in the new room, and a new one begins in the old.
    """

    room: RoomId
    """In which it begins."""
    sittings: tuple[Sitting, ...]
    suspends: bool = False
    """Whether sessions are suspended for fixtures: then these stand behind all that may be suspended for them."""

    @property
    def sessions(self) -> tuple[SessionId, ...]:
        """In their order."""
        return tuple(sitting.session for sitting in self.sittings)


def tracks_of(
    scenario: Scenario, timetable: Timetable, laws: Mapping[SessionId, Law] | None = None
) -> tuple[RoomTrack, ...]:
    """The tracks of a timetable, in the order of the rooms; ``laws`` replace those of the scenario.

    Raises:
        InputError: a session goes on overnight in a room in which others sit before.
    """
    found: dict[tuple[RoomId, bool], list[list[Placement]]] = {}
    for (room, aside), queue in _lines(scenario, timetable):
        found.setdefault((room, aside), []).append(queue)
    known = laws_of(scenario) | dict(laws or {})
    order = {room.id: number for number, room in enumerate(scenario.rooms)}
    keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), key[1]))
    return tuple(_track(scenario, key[0], queue, known) for key in keys for queue in found[key])


def _lines(scenario: Scenario, timetable: Timetable) -> list[tuple[tuple[RoomId, bool], list[Placement]]]:
    """What sits in each room in order; a session that changes its room takes the line along, and leaves a free room."""
    slots = scenario.calendar.axis.slots
    lines: list[tuple[tuple[RoomId, bool], list[Placement]]] = []
    held: dict[tuple[RoomId, bool], list[Placement]] = {}
    own: dict[SessionId, tuple[RoomId, list[Placement]]] = {}

    def order(stay: Placement) -> tuple[int, bool, int]:
        """By start; what goes on overnight has left its room before anybody starts there."""
        return stay.start, stay.start == timetable[stay.session].start, stay.end

    for stay in sorted(scenario.stays(*timetable), key=order):
        placement = timetable[stay.session]
        aside = all(slots[index].reserved_for for index in placement.slots)
        here = stay.room, aside
        if stay.session not in own:
            if here not in held:
                held[here] = []
                lines.append((here, held[here]))
            held[here].append(placement)
        elif stay.room != own[stay.session][0]:
            if before := held.get(here):
                names = [scenario.title(session) for session in (stay.session, before[-1].session)]
                raise InputError(
                    f"{names[0]} goes on in {scenario.room_title(stay.room)}, where {names[1]} sits before it: a "
                    "forecast would have to follow both at once"
                )
            held[here] = held.pop((own[stay.session][0], aside))
        own[stay.session] = stay.room, held[here]
    return lines


def laws_of(scenario: Scenario) -> dict[SessionId, Law]:
    """The law of every session."""
    bodies = scenario.body_of
    return {s: law_of(session.duration, bodies[s].correlation) for s, session in scenario.sessions.items()}


def rolling_of(scenario: Scenario) -> frozenset[SessionId]:
    """Sessions that a rule puts on a rolling basis; anchors keep their time."""
    named = {s for rule in scenario.rules if rule.rolls for s in rule.sessions(scenario)}
    return frozenset(named - scenario.anchored)


def _track(scenario: Scenario, room: RoomId, queue: list[Placement], laws: Mapping[SessionId, Law]) -> RoomTrack:
    rolling, axis = rolling_of(scenario), scenario.calendar.axis
    sittings: list[Sitting] = []
    for number, placement in enumerate(queue):
        session = placement.session
        before = max(queue[:number], key=lambda p: p.end) if number else None
        own = scenario.own_slots(session)
        pause = _pause(scenario, before, placement) if before else 0
        follows = before is not None and session in rolling and _goes_on(axis, before, placement, own, pause)
        boundary = scenario.body_of[session].boundary or _DEFAULT
        stops = None if boundary.at_slot_end == "rolls_on" else axis.slots[placement.slots[-1]].ends
        sittings.append(
            Sitting(
                session,
                scenario.body_of[session].id,
                laws[session],
                own,
                placement,
                None if follows else placement.start,
                pause if follows else 0,
                None if session in scenario.anchored else boundary.no_start_after,
                stops,
                boundary.at_slot_end == "carried_over",
            )
        )
    sittings = _give_way(scenario, sittings)
    here = {sitting.session for sitting in sittings}
    if any(here.intersection(scenario.gives_way.get(session, ())) for session in here):
        return RoomTrack(room, tuple(_suspended(scenario, sittings)), suspends=True)
    return RoomTrack(room, tuple(sittings))


def _pause(scenario: Scenario, before: Placement, then: Placement) -> int | None:
    """Minutes to clear the room between two sessions for different audiences; None: they share no slot."""
    if scenario.audience(before.session) == scenario.audience(then.session):
        return 0
    return scenario.clearing_between(before.session, then.session)


def _goes_on(axis: Axis, before: Placement, then: Placement, own: frozenset[int], pause: int | None) -> bool:
    """Whether a session is planned right after the one before it, with only the clearing of the room in between."""
    closes = axis.slot_before(before.end).ends
    cleared = closes if pause is None else min(before.end + pause, closes)
    return then.start <= axis.resume(cleared, own)


def _give_way(scenario: Scenario, sittings: list[Sitting]) -> list[Sitting]:
    """Mark the sessions that an anchor cuts or interrupts: all between it and the anchor before."""
    changed, since = list(sittings), 0
    for number, sitting in enumerate(sittings):
        if sitting.session not in scenario.anchored:
            continue
        way = (scenario.body_of[sitting.session].boundary or _DEFAULT).before_anchor
        if way != "delays_it":
            changed[number] = replace(changed[number], keeps_time=True)
            for earlier in range(since, number):
                mark = {"cut_at": sitting.planned.start} if way == "is_cut" else {"interrupted_by": (sitting.session,)}
                changed[earlier] = replace(changed[earlier], **mark)
        since = number + 1
    return changed


def _suspended(scenario: Scenario, sittings: list[Sitting]) -> list[Sitting]:
    """Mark who is suspended for whom, and put fixtures behind all that may be suspended for them.

    A session that follows one which is suspended may start before the fixture, if that one ends early; so it stands
    before the fixture too, unless it is not suspended for it or follows the fixture itself.
    """
    fixtures = [
        s for s in sittings if any(s.session in scenario.gives_way.get(other.session, ()) for other in sittings)
    ]
    ordered: list[Sitting] = []
    waiting: list[Sitting] = []
    for number, sitting in enumerate(sittings):
        if sitting in fixtures:
            waiting.append(sitting)
            continue
        ways = scenario.gives_way.get(sitting.session, ())
        behind = waiting and max(sittings[:number], key=lambda s: s.planned.end) in waiting
        if behind or sitting.waits_for is not None or any(fixture.session not in ways for fixture in waiting):
            ordered, waiting = ordered + waiting, []
        ordered.append(sitting)
    ordered += waiting
    marked = []
    for number, sitting in enumerate(ordered):
        if sitting in fixtures:
            marked.append(replace(sitting, keeps_time=True, closes=_closes(scenario, sitting, ordered[:number])))
            continue
        ways = (*sitting.interrupted_by, *scenario.gives_way.get(sitting.session, ()))
        later = [s for s in ordered[number + 1 :] if s.session in ways]
        later.sort(key=lambda s: s.planned.start)
        marked.append(replace(sitting, interrupted_by=tuple(s.session for s in later)))
    return marked


def _closes(scenario: Scenario, fixture: Sitting, before: list[Sitting]) -> dict[SessionId, Closing]:
    found = {}
    for sitting in before:
        ranges = scenario.closed_by(sitting.session, fixture.planned)
        if ranges and scenario.stops_for(sitting.session, fixture.planned):
            found[sitting.session] = Closing(ranges[0][0], _pause(scenario, fixture.planned, sitting.planned))
    return found
