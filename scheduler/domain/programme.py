"""What is to be timetabled: meeting, calendar, rooms, audiences, officers, bodies and their sessions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import groupby
from math import gcd
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from scheduler.domain.base import (
    AudienceId,
    AudienceRef,
    BodyId,
    BodyRef,
    FileStem,
    Frozen,
    Identifier,
    Later,
    OfficerId,
    RoomId,
    RoomRef,
    SessionId,
    SessionRef,
    altered,
    trusted,
)
from scheduler.domain.boundary import Boundary
from scheduler.domain.calendar import Calendar, Segment
from scheduler.domain.duration import Duration, FromTheFloor
from scheduler.domain.meeting import Meeting, TimeZone
from scheduler.domain.persons import Entry, Officer, Person, Persons, family_of, key_of
from scheduler.domain.room_change import RoomMayChange
from scheduler.domain.seats import SERVING, OfficerEntry, PresenterEntry, Role, Seat, is_vacant, names_in, seats_of
from scheduler.domain.side_events import SideEvent, SideEvents, alike, id_from
from scheduler.domain.spans import joined
from scheduler.domain.suspension import SuspendsFor
from scheduler.domain.timetable import Placement, Where
from scheduler.domain.titles import TEXTS, filled
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.domain.half_days import HalfDay
    from scheduler.domain.letter import Letter

    LetterKey: TypeAlias = Letter | None
else:
    LetterKey = Annotated[Any, Later("scheduler.domain.letter", "Letter")]

Starts: TypeAlias = Literal["at_opening", "anywhere"]
"""Where in a slot a session may start, if no rule says it: when the slot opens, or on any step of the grain."""

HeldUnit: TypeAlias = Literal["slot", "half-day"]
"""What a body that has a room to itself holds of it at a time."""


class Audience(Frozen):
    """Who may be admitted."""

    id: Identifier
    name: str


STANDARD_AUDIENCES = (
    Audience(id="states-parties", name="States Parties"),
    Audience(id="signatory-states", name="signatory States"),
    Audience(id="observer-states", name="observer States"),
    Audience(id="organisations", name="international and regional organisations"),
    Audience(id="civil-society", name="civil society"),
    Audience(id="industry", name="industry"),
)


class Room(Frozen):
    """A room; without capacity it holds everybody."""

    id: Identifier
    name: str | None = None
    capacity: int | None = Field(default=None, ge=1)
    """Seats."""
    equipment: tuple[str, ...] = ()
    """For example ``interpretation``, ``livestream``."""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.id


def _needed_unless_repeating(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """A session needs a length, unless it says which session it repeats."""
    if value is not None:
        return handler(value)
    if info.data.get("repeats", "refused") is None:
        raise PydanticKnownError("missing")
    return None


def _length_or_repeats(schema: dict[str, Any]) -> None:
    """Say the same in the JSON Schema."""
    schema["anyOf"] = [{"required": ["duration"]}, {"required": ["repeats"]}]
    schema["properties"]["duration"].pop("default", None)


class Session(Frozen):
    """One piece of a body's work that needs time: a sub-working group, or an agenda item."""

    model_config = ConfigDict(json_schema_extra=_length_or_repeats)

    id: Identifier
    title: str | None = None
    repeats: SessionRef | None = None
    """The session that is held again; what this one leaves open, its position excepted, is as there."""
    duration: Annotated[Duration, WrapValidator(_needed_unless_repeating)] = Field(default=None, validate_default=True)
    """None only of a repeat that leaves it open, in ``Body.sessions``; never in ``Programme.sessions``."""
    access: tuple[AudienceRef, ...] | None = None
    """Audiences admitted; None: as the body."""
    officers: tuple[OfficerEntry, ...] = ()
    """Its own, besides the body's; what it says of somebody takes the place of what the body says of them."""
    rooms: tuple[RoomRef, ...] = ()
    """Where it can sit; empty: anywhere."""
    attendance: int | None = Field(default=None, ge=0)
    """Seats needed."""
    equipment: tuple[str, ...] = ()
    """What its room must have."""
    tags: tuple[str, ...] | None = None
    """What it is about, for the rule ``tag_limit``: any words."""
    presenters: tuple[PresenterEntry, ...] | None = None
    """People who must be there: names, or ids of officers and people."""
    attendees: tuple[str, ...] | None = None
    """People who want to be there."""
    time_zone: TimeZone | None = None
    """Where its presenters are while they take part, an IANA name; None: at the venue."""
    position: int | None = Field(default=None, ge=1)
    """Its place among the sessions of its body, counted from 1, for the rule ``running_order``; None: any."""
    suspends_for: SuspendsFor = None
    """Fixtures for which it stops and after which it goes on: names, all of them, or none; None: as the body."""
    starts: Starts | None = None
    """Where in a slot it may start; None: as the body."""
    room_may_change: RoomMayChange = None
    """At what price it may change its room overnight; False: it keeps its room; None: as the body."""
    source: str | None = None

    def again(self, repeat: "Session") -> "Session":
        """The same session held again: as the repeat says, and where it says nothing as this one."""
        said = {name: value for name, silent in _REPEATED.items() if (value := getattr(repeat, name)) != silent}
        return altered(self, **said, position=repeat.position)


_REPEATED = {name: field.default for name, field in Session.model_fields.items() if name != "position"}
"""What a repeat may say itself, each with what stands there when it says nothing."""


class Body(Frozen):
    """A body of the treaty that meets: a working group, a committee, the Conference."""

    id: Identifier
    name: str | None = None
    label: str | None = None
    """Its bold line in the annex; None: the id."""
    parent: BodyRef | None = None
    style: Literal["sub-groups", "agenda"] = "sub-groups"
    """How its sessions stand in a cell: in italics under the label, or as bullets under a heading."""
    access: tuple[AudienceRef, ...] | None = None
    """Audiences admitted; None: everybody."""
    access_note: str | None = None
    """The note in the cell; None: derived from the audiences."""
    officers: tuple[OfficerEntry, ...] = ()
    when_vacant: Literal["held", "dropped"] = "held"
    """What happens to the body, and to those below it, while the post of one of its officers is vacant: it is held all
    the same, or not at all."""
    boundary: Boundary | None = None
    """What its sessions do when their time is over; None: they roll on. For forecasts."""
    correlation: float | None = Field(default=None, ge=0, le=0.9)
    """How much of the uncertainty its sessions share (a talkative chair delays them all); None: none. For forecasts."""
    suspends_for: SuspendsFor = None
    """Fixtures for which its sessions stop and go on afterwards: names, all of them, or none; None: as its parent."""
    starts: Starts | None = None
    """Where in a slot its sessions may start; None: as its parent, and at the opening where no body above says it."""
    room_may_change: RoomMayChange = None
    """At what price its sessions may change their room overnight; False: they keep it; None: as its parent, and they
    keep it where no body above says anything."""
    sessions: tuple[Session, ...] = ()
    source: str | None = None

    @model_validator(mode="after")
    def _repeats_of_its_own(self) -> "Body":
        first = {session.id: session for session in self.sessions}
        for index, session in enumerate(self.sessions):
            if session.repeats is None:
                continue
            told = {"id": session.id, "name": session.repeats, "body": self.id, "at": ("sessions", index, "repeats")}
            repeated = first.get(session.repeats)
            if repeated is None:
                told["hint"] = "a repeat stands in the body of what it repeats: move it there"
                raise PydanticCustomError("repeat_elsewhere", "'{name}' is no session of '{body}'", told)
            if repeated is session:
                told["hint"] = "name the session that is held first, or leave the key out"
                raise PydanticCustomError("repeat_of_itself", "'{id}' cannot repeat itself", told)
            if repeated.repeats is not None:
                circle = repeated.repeats == session.id
                remedy = "leave one of the two out" if circle else f"write repeats: {repeated.repeats}"
                told |= {"first": repeated.repeats, "hint": remedy}
                raise PydanticCustomError("repeat_of_repeat", "'{name}' itself repeats '{first}'", told)
        return self

    @property
    def title(self) -> str:
        """Its line in the annex."""
        return self.label or self.id


class Programme(Frozen):
    """What is to be timetabled, without the rules. All times are in minutes."""

    name: FileStem
    """Names the files that are written."""
    option: str | None = None
    """What it is called beside other options."""
    meeting: Meeting
    calendar: Calendar
    audiences: tuple[Audience, ...] = STANDARD_AUDIENCES
    rooms: tuple[Room, ...] = (trusted(Room, id="plenary", name="Plenary", capacity=None, equipment=()),)
    officers: tuple[Officer, ...] = ()
    people: tuple[Person, ...] | None = None
    """People who hold no post and are not always there."""
    bodies: tuple[Body, ...]
    side_events: Literal["tbc"] | tuple[SideEvent, ...] | SideEvents | None = None
    """A list is of events that are given; ``tbc``: announced for every meeting day; None: no row in the annex."""
    letter: LetterKey = None
    """What the invitation says beyond the programme."""
    _chosen: Mapping[SessionId, Mapping[int, int]] = PrivateAttr(default_factory=dict)
    _undecided: Any = PrivateAttr(default=None)

    @field_validator("rooms", "bodies", "audiences")
    @classmethod
    def _some(cls, value: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
        if not value:
            raise ValueError(f"the list of {info.field_name} is empty: leave the key out or name at least one")
        return value

    @model_validator(mode="after")
    def _no_body_within_itself(self) -> "Programme":
        parents = {body.id: body.parent for body in self.bodies}
        for index, body in enumerate(self.bodies):
            above, seen = body.parent, {body.id}
            while above is not None:
                if above in seen:
                    raise PydanticCustomError(
                        "circle_of_bodies",
                        "body '{body}' stands below itself: its parents go round in a circle",
                        {"body": body.id, "at": ("bodies", index, "parent")},
                    )
                seen.add(above)
                above = parents.get(above)
        return self

    # --- who meets -------------------------------------------------------------------------------------------

    @cached_property
    def printed(self) -> Meeting:
        """The meeting as it is printed: the placeholders of its texts replaced."""
        draft = self.meeting.status == "draft"
        told = {name: filled(getattr(self.meeting, name), self.calendar, draft=draft) for name in TEXTS}
        notes = tuple(filled(note, self.calendar, draft=draft) for note in self.meeting.footnotes)
        return altered(self.meeting, **told, footnotes=notes)

    @cached_property
    def body(self) -> dict[str, Body]:
        """Bodies by id."""
        return {body.id: body for body in self.bodies}

    @cached_property
    def officer(self) -> dict[str, Officer]:
        """Officers by id."""
        return {officer.id: officer for officer in self.officers}

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    def line_of(self, body: Body) -> Iterator[Body]:
        """The body, the body above it, and so on to the top."""
        above: Body | None = body
        while above is not None:
            yield above
            above = self.body.get(above.parent) if above.parent else None

    @cached_property
    def dropped(self) -> dict[BodyId, Officer]:
        """Bodies that are not held, each with the officer whose post is vacant; a body goes with its parent."""
        gone: dict[BodyId, Officer] = {}
        for body in self.bodies:
            for each in self.line_of(body):
                vacant = self.vacant_posts(each) if each.when_vacant == "dropped" else ()
                if vacant:
                    gone[BodyId(body.id)] = vacant[0]
                    break
        return gone

    def vacant_posts(self, body: Body) -> list[Officer]:
        """The vacant posts of a body's own officers; of several of whom one will do, when all of them are."""
        vacant = (entry for entry in body.officers if is_vacant(entry, self.persons))
        return [self.officer[names_in(entry)[0]] for entry in vacant]

    @cached_property
    def sessions(self) -> dict[SessionId, Session]:
        """Sessions of the bodies that are held, by id, in the order of the scenario."""
        said = {SessionId(s.id): s for b in self.bodies if b.id not in self.dropped for s in b.sessions}
        return {
            session: each if (first := said.get(SessionId(each.repeats or ""))) is None else first.again(each)
            for session, each in said.items()
        }

    def first_of(self, session: SessionId) -> SessionId:
        """The session that it repeats, or itself."""
        while (before := self.sessions[session].repeats) is not None:
            session = SessionId(before)
            if session not in self.sessions:
                break  # some of the times are left out: see ``held_again``
        return session

    @cached_property
    def held_again(self) -> Mapping[SessionId, tuple[SessionId, ...]]:
        """Sessions that are repeated, by id: each with its repeats, in the order of the scenario.

        Where one of them is left out of the programme, its id is no session: somebody may attend that one.
        """
        found: dict[SessionId, list[SessionId]] = {}
        for session in self.sessions:
            found.setdefault(self.first_of(session), []).append(session)
        return {first: tuple(times) for first, times in found.items() if times != [first]}

    def attended(self, sessions: Iterable[SessionId]) -> list[tuple[SessionId, ...]]:
        """The sessions by what somebody who follows them all attends one of: a session, or one with its repeats.

        In the order given. What can be attended at a time that is left out of the programme is left out.
        """
        if not self.held_again:
            return [(session,) for session in sessions]
        found: dict[SessionId, list[SessionId]] = {}
        for session in sessions:
            found.setdefault(self.first_of(session), []).append(session)
        return [tuple(times) for first, times in found.items() if first in self.sessions]

    @cached_property
    def body_of(self) -> dict[SessionId, Body]:
        """The body of each session that is held."""
        return {SessionId(s.id): b for b in self.bodies if b.id not in self.dropped for s in b.sessions}

    @cached_property
    def _work(self) -> dict[str, tuple[SessionId, ...]]:
        found: dict[str, list[SessionId]] = {body.id: [] for body in self.bodies}
        for session, body in self.body_of.items():
            found.setdefault(session, []).append(session)
            for above in self.line_of(body):
                found[above.id].append(session)
        return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}

    def work(self, *names: str) -> tuple[SessionId, ...]:
        """Sessions of bodies (with the bodies below them) or sessions; of no names: all. Dropped ones are left out."""
        if names not in self._asked:
            wanted = {session for name in names for session in self._work.get(name, ())}
            self._asked[names] = tuple(session for session in self.sessions if session in wanted or not names)
        return self._asked[names]

    @cached_property
    def _asked(self) -> dict[tuple[str, ...], tuple[SessionId, ...]]:
        """What ``work`` has answered: rules ask it at every step."""
        return {}

    def title(self, session: SessionId) -> str:
        """What people call a session, and it alone: ``WGETI Sub-working Group on Article 9``, ``WGTR``."""
        return self._titles[session]

    @cached_property
    def _titles(self) -> dict[SessionId, str]:
        """Where two would be called the same, the body is named as well, and the id where that is not enough."""
        plain = {session: self._plain_title(session) for session in self.sessions}
        for first, *repeats in self.held_again.values():
            alike = [repeat for repeat in repeats if plain[repeat] == plain[first]]
            for repeat in alike:
                plain[repeat] += " (repeated)" if len(alike) == 1 else f" (repeated, {repeat})"
        shared = Counter(plain.values())
        named = {
            session: text if shared[text] == 1 else self._with_body(session, text) for session, text in plain.items()
        }
        shared = Counter(named.values())
        return {session: text if shared[text] == 1 else f"{text} ({session})" for session, text in named.items()}

    def _plain_title(self, session: SessionId) -> str:
        body = self.body_of[session]
        text = self.sessions[session].title
        if text is None:
            return body.title if len(body.sessions) == 1 else f"{body.title} {session}"
        return f"{body.title.rstrip(':')} {text}" if body.style == "sub-groups" else text

    def _with_body(self, session: SessionId, text: str) -> str:
        label = self.body_of[session].title.rstrip(":")
        return text if text.startswith(label) else f"{label}: {text}"

    def name_of(self, work: str) -> str:
        """What people call a body or a session."""
        if work in self.body:
            return self.body[work].title.rstrip(":")
        return self.title(SessionId(work)) if work in self.sessions else work

    # --- side events -----------------------------------------------------------------------------------------

    @cached_property
    def listed_events(self) -> tuple[SideEvent, ...]:
        """Every side event, given or to be placed, in the order of the scenario."""
        events = self.side_events
        return events.events if isinstance(events, SideEvents) else events if isinstance(events, tuple) else ()

    @cached_property
    def event(self) -> dict[str, SideEvent]:
        """Side events by id; where none is written, one made of the title, with a number where that is taken."""
        taken = {event.id for event in self.listed_events if event.id} | {*self.body, *self._session_ids}
        found = {}
        for event in self.listed_events:
            stem = name = event.id or id_from(event.title)
            number = 1
            while event.id is None and name in taken:
                number += 1
                name = f"{stem}-{number}"
            taken.add(name)
            found[name] = event
        return found

    @cached_property
    def to_place(self) -> dict[str, SideEvent]:
        """The side events to be placed, by id."""
        return {name: event for name, event in self.event.items() if not event.given}

    @property
    def _session_ids(self) -> Iterator[str]:
        return (session.id for body in self.bodies for session in body.sessions)

    def place_title(self, place: str) -> str:
        """What people call the room of a side event: a room of the meeting by id or name, or any other place."""
        return next((room.title for room in self.rooms if alike(place) in (alike(room.id), alike(room.title))), place)

    # --- who may attend, who must ----------------------------------------------------------------------------

    @cached_property
    def everybody(self) -> frozenset[AudienceId]:
        """All audiences."""
        return frozenset(AudienceId(audience.id) for audience in self.audiences)

    def audience(self, session: SessionId) -> frozenset[AudienceId]:
        """Audiences admitted to a session."""
        said = [self.sessions[session].access, *(body.access for body in self.line_of(self.body_of[session]))]
        access = next((access for access in said if access is not None), None)
        return self.everybody if access is None else frozenset(AudienceId(a) for a in access)

    def restricted(self, session: SessionId) -> bool:
        """Whether somebody is kept out."""
        return self.audience(session) != self.everybody

    def open_to_kept_out(self, session: SessionId) -> list[SessionId]:
        """Other sessions that somebody may attend whom this session keeps out."""
        kept_out = self.everybody - self.audience(session)
        return [other for other in self.sessions if other != session and self.audience(other) & kept_out]

    def seats(self, session: SessionId) -> tuple[Seat, ...]:
        """What people must fill at a session: as officers of the body, of the session, and as presenters."""
        if session not in self._seats:
            own = self.sessions[session]
            named = self.body_of[session].officers, own.officers, own.presenters or ()
            self._seats[session] = seats_of(*named, self.persons)
        return self._seats[session]

    @cached_property
    def _seats(self) -> dict[SessionId, tuple[Seat, ...]]:
        return {}

    @cached_property
    def open_seats(self) -> Mapping[SessionId, tuple[int, ...]]:
        """The numbers of the seats that one of several people fills, of the sessions that have some."""
        found = {s: tuple(n for n, seat in enumerate(self.seats(s)) if seat.is_open) for s in self.sessions}
        return {session: numbers for session, numbers in found.items() if numbers}

    @property
    def undecided(self) -> Self:
        """The same programme, while nobody has been chosen for the open seats."""
        return self._undecided or self

    def presided_by(self, chosen: Mapping[SessionId, Mapping[int, int]]) -> Self:
        """The same programme where these people fill the open seats: by session and number of the seat who, counted.

        An open seat for which nobody is chosen is not filled.
        """
        decided = copy(self.undecided)
        decided._chosen, decided._undecided = chosen, self.undecided
        return decided

    def filled(self, session: SessionId) -> Iterator[tuple[Seat, int]]:
        """The seats of a session that are filled, each with the number of who fills it."""
        chosen = self._chosen.get(session, {})
        for number, seat in enumerate(self.seats(session)):
            who = chosen.get(number) if seat.is_open else 0
            if who is not None:
                yield seat, who

    def there(self, session: SessionId, *roles: Role) -> tuple[str, ...]:
        """The people who must be there in these roles, as ``person`` spells them; of an open seat who was chosen."""
        return tuple(dict.fromkeys(seat.people[who] for seat, who in self.filled(session) if seat.role in roles))

    def perhaps_there(self, session: SessionId, *roles: Role) -> tuple[str, ...]:
        """The same with all who may be chosen."""
        seats = (seat for seat in self.seats(session) if seat.role in roles)
        return tuple(dict.fromkeys(person for seat in seats for person in seat.people))

    def named(self, session: SessionId, *roles: Role) -> tuple[str, ...]:
        """Everybody who is or may be there in these roles, as the scenario names them, each once."""
        seats = (seat for seat in self.seats(session) if seat.role in roles)
        return tuple(dict.fromkeys(name for seat in seats for name in seat.names))

    def tags_of(self, session: SessionId) -> tuple[str, ...]:
        """Its tags, each once."""
        return tuple(dict.fromkeys(self.sessions[session].tags or ()))

    def officers_of(self, session: SessionId) -> tuple[OfficerId, ...]:
        """Officers who serve: the body's and the session's own, as named; vacant posts are left out."""
        named = (seat.names[who] for seat, who in self.filled(session) if seat.role in SERVING)
        return tuple(OfficerId(name) for name in dict.fromkeys(named))

    def presenting(self, session: SessionId) -> Iterator[str]:
        """Who presents, as named; of several who was chosen. Those who are still to be named are so here too."""
        chosen = {seat.entry: seat.names[who] for seat, who in self.filled(session) if seat.role is Role.PRESENTER}
        for entry in self.sessions[session].presenters or ():
            yield entry if isinstance(entry, str) else chosen.get(entry, names_in(entry)[0])

    @cached_property
    def persons(self) -> Persons:
        """Who is who."""
        return Persons(self.officers, self.people or ())

    def person(self, name: str) -> str:
        """One spelling for a person who is named by the id or name of an officer or of somebody in ``people``."""
        return self.persons.person(name)

    def serving(self, session: SessionId) -> tuple[str, ...]:
        """The people who serve as officers, as ``person`` spells them; vacant posts are left out."""
        return self.there(session, *SERVING)

    def needed(self, session: SessionId) -> tuple[str, ...]:
        """The people who must be there: those who serve, and those who present."""
        return self.there(session, *Role)

    def attendees_of(self, session: SessionId) -> frozenset[str]:
        """The people who want to be there, as ``person`` spells them."""
        wanted = self.sessions[session].attendees or ()
        return frozenset(self.person(name) for name in wanted if self.persons.is_somebody(name))

    def chairs_at(self, session: SessionId) -> frozenset[str]:
        """The officers of its body, not those of its parent, who serve at a session."""
        return frozenset(self.there(session, Role.CHAIR))

    def chairs_of(self, body: str) -> frozenset[str]:
        """The officers of a body, not those of its parent, as ``person`` spells them; vacant posts are left out."""
        seats = seats_of(self.body[body].officers, (), (), self.persons)
        return frozenset(seat.people[0] for seat in seats if not seat.is_open)

    # --- when and where --------------------------------------------------------------------------------------

    def steps(self) -> list[int]:
        """Lengths in minutes that the grain must divide; rules add theirs in ``Scenario``."""
        durations = [s.duration.likely for s in self.sessions.values()]
        slots = self.calendar.axis.slots
        up_to_breaks = [slot.position(first) - slot.begins for slot in slots for first, _ in slot.breaks]
        return [slot.minutes for slot in slots] + up_to_breaks + durations

    @cached_property
    def grain(self) -> int:
        """The step on which sessions may start, in minutes: declared, or the greatest that divides every length."""
        return self.calendar.grain or gcd(*self.steps()) or 1

    def minutes(self, session: SessionId) -> int:
        """Planned length: the likely duration; one counted from the floor is rounded up to the declared grain."""
        duration = self.sessions[session].duration
        step = self.calendar.grain
        if step and isinstance(duration, FromTheFloor):
            return -(-duration.likely // step) * step
        return duration.likely

    @property
    def minutes_asked(self) -> int:
        """The minutes of all sessions together."""
        return sum(map(self.minutes, self.sessions))

    @property
    def minutes_there(self) -> int:
        """The minutes of all slots in all rooms."""
        return self.calendar.axis.total * len(self.rooms)

    # --- what the rules of a scenario say to one another: a programme has none -----------------------------------

    @property
    def anchored(self) -> frozenset[SessionId]:
        """Sessions that a hard rule holds at a fixed time."""
        return frozenset()

    @property
    def fixtures(self) -> frozenset[SessionId]:
        """Sessions that a rolling sequence waits for: anchored ones, and restricted ones that are in no sequence."""
        return frozenset(s for s in self.sessions if self.restricted(s))

    def clearing(self, session: SessionId) -> int | None:  # noqa: ARG002
        """Minutes that clear the room around a restricted session, where a hard rule declares them."""
        return None

    def firm_places(self, session: SessionId, firm: Sequence[Any] | None = None) -> frozenset[int]:  # noqa: ARG002
        """Positions at which it may start, so far as one can say that of it alone; ``firm``: by these rules only."""
        steps = range(0, self.calendar.axis.total, self.grain)
        return frozenset(start for start in steps if self.place(session, start) is not None)

    def minutes_open(self, session: SessionId) -> Mapping[tuple[int, RoomId], int]:
        """Minutes of each slot and room in which a session may sit, by the rules that look at it alone."""
        return self.minutes_of_rooms(session)

    def minutes_of_rooms(self, session: SessionId) -> Mapping[tuple[int, RoomId], int]:
        """Minutes of each of its slots in each of its rooms, whatever rules say."""
        slots = self.calendar.axis.slots
        own = sorted(self.own_slots(session))
        return {(index, room): slots[index].minutes for index in own for room in self.rooms_of(session)}

    def clearing_between(self, one: SessionId, other: SessionId) -> int | None:  # noqa: ARG002
        """Minutes that clear the room between two sessions of different audiences; None: they share no slot."""
        return None

    def predecessors(self, session: SessionId) -> frozenset[SessionId]:  # noqa: ARG002
        """Sessions that a hard rule puts before it, as next in its order."""
        return frozenset()

    # --- sessions that are suspended -------------------------------------------------------------------------------

    @property
    def mentions_suspension(self) -> bool:
        """Whether ``suspends_for`` is written anywhere."""
        return any(
            body.suspends_for is not None or any(session.suspends_for is not None for session in body.sessions)
            for body in self.bodies
        )

    @cached_property
    def gives_way(self) -> Mapping[SessionId, tuple[SessionId, ...]]:
        """The fixtures for which a session is suspended, in the order of the scenario; nothing of those without any.

        A fixture is never suspended itself.
        """
        found = {}
        for session in self.sessions:
            wanted = self.suspends_for(session)
            if wanted and session not in self.fixtures:
                named = tuple(self.sessions) if isinstance(wanted, bool) else self.work(*wanted)
                if others := tuple(s for s in named if s in self.fixtures):
                    found[session] = others
        return found

    def suspends_for(self, session: SessionId) -> tuple[str, ...] | bool | None:
        """What is declared for a session: its own, or what its body or the nearest body above it says."""
        declared = (each.suspends_for for each in self.declaring(session))
        return next((said for said in declared if said is not None), None)

    def declaring(self, session: SessionId) -> Iterator["Session | Body"]:
        """A session, its body, the body above that and so on: of a key that all have, the first that says it counts."""
        yield self.sessions[session]
        yield from self.line_of(self.body_of[session])

    @property
    def mentions_starts(self) -> bool:
        """Whether ``starts`` is written anywhere."""
        return any(body.starts or any(session.starts for session in body.sessions) for body in self.bodies)

    @cached_property
    def starting_anywhere(self) -> frozenset[SessionId]:
        """Sessions that may start at any step of a slot, as they or a body above them declare it."""
        if not self.mentions_starts:
            return frozenset()
        said = {s: next((each.starts for each in self.declaring(s) if each.starts), None) for s in self.sessions}
        return frozenset(session for session, starts in said.items() if starts == "anywhere")

    def stops_for(self, session: SessionId, fixture: Placement) -> bool:
        """Whether the session is suspended for the other, which stands there: at its fixed time, if it has one."""
        if fixture.session not in self.gives_way.get(session, ()):
            return False
        fixed = self.fixed_places(fixture.session)
        return fixed is None or fixture.start in fixed

    def fixed_places(self, session: SessionId) -> frozenset[int] | None:  # noqa: ARG002
        """The positions at which an anchored session starts when it keeps its time; None: it is not anchored.

        An anchor that must hold, or has been given up: nothing is suspended for what has left its time.
        """
        return None

    def closed_by(self, session: SessionId, fixture: Placement) -> list[tuple[int, int]]:
        """The ranges of positions that a fixture in its room closes to a session, in order.

        The minutes in which it sits; of other audiences also the rest of each slot, or the minutes that clear the
        room. In slots that are not the session's own it closes nothing.
        """
        slots, own, ranges = self.calendar.axis.slots, self.own_slots(session), []
        pause: int | None = 0
        if self.audience(session) != self.audience(fixture.session):
            pause = self.clearing_between(session, fixture.session)
        for segment in fixture.segments:
            if segment.slot in own:
                slot = slots[segment.slot]
                around = slot.minutes if pause is None else pause
                first, last = self.calendar.axis.positions(segment)
                ranges.append((max(slot.begins, first - around), min(slot.ends, last + around)))
        return ranges

    def closed_to(self, session: SessionId, room: RoomId, placed: Iterable[Placement]) -> tuple[tuple[int, int], ...]:
        """The ranges of positions in which it is suspended in a room while others are placed so: in order, apart."""
        fixtures = self.gives_way.get(session, ())
        if not fixtures:
            return ()
        here = (p for p in placed if p.room == room and self.stops_for(session, p))
        return joined([part for fixture in here for part in self.closed_by(session, fixture)])

    def sits_within(self, inner: Placement, outer: Placement) -> bool:
        """Whether one sits between the first and the last minute of another in its room, which does not stop for it."""
        if outer.session not in self.gives_way or inner.room != outer.room:
            return False  # most sessions are never suspended
        if self.stops_for(outer.session, inner):
            return False
        own, axis = self.own_slots(outer.session), self.calendar.axis
        mine = [axis.positions(segment) for segment in inner.segments if segment.slot in own]
        return any(first < outer.end and last > outer.start for first, last in mine)

    @cached_property
    def _own_slots(self) -> dict[SessionId, frozenset[int]]:
        slots = self.calendar.axis.slots
        mine: dict[SessionId, set[str]] = {session: set() for session in self.sessions}
        for name, ids in self._work.items():
            for session in ids:
                mine[session].add(name)
        common = self.calendar.axis.common
        if len(common) == len(slots):
            return dict.fromkeys(mine, common)
        return {
            session: frozenset(x.index for x in slots if not x.reserved_for or x.reserved_for & names)
            for session, names in mine.items()
        }

    def own_slots(self, session: SessionId) -> frozenset[int]:
        """Slots that a session may use: those reserved for nobody, for it or for a body it belongs to."""
        return self._own_slots[session]

    def half_days(self, *sessions: SessionId) -> "tuple[HalfDay, ...]":
        """The half-days of the slots that are open to a session, or to one of several, such as those of a body.

        In order; slots reserved for others are left out.
        """
        from scheduler.domain.half_days import half_days

        own = frozenset[int]().union(*map(self.own_slots, sessions))
        if own not in self._half_days:
            self._half_days[own] = half_days(self.calendar.axis.slots[index] for index in own)
        return self._half_days[own]

    def held_with(self, session: SessionId, slot: int, unit: HeldUnit | None) -> frozenset[int]:
        """The slots that a session holds, in its room, by sitting in one: that slot, or the half-day in which it lies.

        ``unit`` None: by slot.
        """
        alone = frozenset((slot,))
        if unit != "half-day":
            return alone
        return next((half.indices for half in self.half_days(session) if slot in half.indices), alone)

    @cached_property
    def _half_days(self) -> "dict[frozenset[int], tuple[HalfDay, ...]]":
        return {}

    def rooms_of(self, session: SessionId) -> tuple[RoomId, ...]:
        """Rooms in which it may sit, in the order of the scenario."""
        wanted = self.sessions[session].rooms
        return tuple(RoomId(room.id) for room in self.rooms if not wanted or room.id in wanted)

    def lacking(self, session: SessionId, room: RoomId) -> list[str]:
        """What the session needs and the room lacks, in words; nothing for a room that is not declared."""
        if room not in self.room:
            return []
        needs, offers = self.sessions[session], self.room[room]
        missing = [f"no {thing}" for thing in needs.equipment if thing not in offers.equipment]
        if needs.attendance is not None and offers.capacity is not None and needs.attendance > offers.capacity:
            missing.append(f"{counted(offers.capacity, 'seat')} for {needs.attendance} people")
        return missing

    def entries(self) -> Iterator[tuple[tuple[str | int, ...], Entry]]:
        """Officers and people as they are stated, each with its place in the scenario."""
        for family in ("officers", "people"):
            yield from (((family, index), entry) for index, entry in enumerate(getattr(self, family) or ()))

    def stated(self) -> Iterator[tuple[tuple[str | int, ...], Session]]:
        """Sessions as they are stated, held or not, each with its place in the scenario."""
        for number, body in enumerate(self.bodies):
            yield from ((("bodies", number, "sessions", at), session) for at, session in enumerate(body.sessions))

    def with_entry(self, entry: Entry, change: Callable[[Entry], Entry]) -> Mapping[str, tuple[Entry, ...]]:
        """The list of officers or people, by its name, in which the entry with the key of this one is changed."""
        family, own = family_of(entry), key_of(entry)
        return {family: tuple(change(each) if key_of(each) == own else each for each in getattr(self, family))}

    @property
    def mentions_room_change(self) -> bool:
        """Whether ``room_may_change`` is written anywhere."""
        return any(
            body.room_may_change is not None or any(session.room_may_change is not None for session in body.sessions)
            for body in self.bodies
        )

    @cached_property
    def may_change_room(self) -> Mapping[SessionId, int]:
        """Sessions that may change their room overnight, each with what a change costs, in points."""
        if not self.mentions_room_change:
            return {}
        said = {
            s: next((each.room_may_change for each in self.declaring(s) if each.room_may_change is not None), None)
            for s in self.sessions
        }
        return {s: allowed.price for s, allowed in said.items() if allowed and len(self.rooms_of(s)) > 1}

    def may_last_overnight(self, session: SessionId, starts: Iterable[int] | None = None) -> bool:
        """Whether it goes on on another day from one of the starts, positions on the axis; None: from any."""
        positions = range(0, self.calendar.axis.total, self.grain) if starts is None else starts
        places = (self.place(session, start) for start in positions)
        return any(len(place.days) > 1 for place in places if place is not None)

    def stays(self, *placements: Placement) -> tuple[Placement, ...]:
        """The same by rooms: of a session that changes its room, or may, what it sits on each day; of others itself."""
        if not self.may_change_room and not any(p.rooms for p in placements):
            return placements
        return tuple(stay for placement in placements for stay in self._by_day(placement))

    def _by_day(self, placement: Placement) -> Iterator[Placement]:
        if not placement.rooms and placement.session not in self.may_change_room:
            yield placement
            return
        axis = self.calendar.axis
        for day in placement.days:
            here = tuple(segment for segment in placement.segments if segment.day == day)
            start, end = axis.positions(here[0])[0], axis.positions(here[-1])[1]
            yield Placement(placement.session, placement.room_on(day), start, end, here)

    def rooms_title(self, where: Where) -> str:
        """What people call a room, or rooms by day, one after the other."""
        if isinstance(where, str):
            return self.room_title(where)
        return ", then ".join(self.room_title(room) for room, _ in groupby(where))

    def room_title(self, room: str) -> str:
        """What people call a room; its id when the scenario does not declare it."""
        return self.room[room].title if room in self.room else room

    def place(
        self, session: SessionId, start: int, where: Where | None = None, among: Iterable[Placement] = ()
    ) -> Placement | None:
        """Place a session at an axis position; None when it does not fit there.

        ``where`` None takes the first room in which it may sit. ``among``: what else is placed; for those of them that
        are fixtures in its room it is suspended, where it declares that.
        """
        where = where or self.rooms_of(session)[0]
        room = where if isinstance(where, str) else where[0]
        return self.place_between(session, start, where, self.closed_to(session, room, among))

    def place_between(
        self, session: SessionId, start: int, where: Where, closed: Sequence[tuple[int, int]]
    ) -> Placement | None:
        """The same where these ranges of positions are closed to it, in order and apart."""
        axis = self.calendar.axis
        segments = axis.stretch(start, self.minutes(session), self.own_slots(session), closed)
        if segments is None:
            return None
        return Placement.at(session, where, start, axis.positions(segments[-1])[1], segments)

    def place_all(self, places: Mapping[SessionId, tuple[int, Where | None]]) -> dict[SessionId, Placement]:
        """Place sessions at starts in rooms, each suspended for the fixtures among them; without those that do not fit.

        In the order given.
        """
        found: dict[SessionId, Placement] = {}
        for session in sorted(places, key=lambda session: session in self.gives_way):  # fixtures first
            if (placement := self.place(session, *places[session], found.values())) is not None:
                found[session] = placement
        return {session: found[session] for session in places if session in found}

    def parts(self, placement: Placement) -> tuple[tuple[Segment, ...], ...]:
        """The segments of a session by its parts: more than one where it was suspended."""
        return self.calendar.axis.parts(placement.segments, self.own_slots(placement.session))
