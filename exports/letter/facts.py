"""What an invitation says, as values: dates are dates and hours are minutes, so that every language can word them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.annex.texts import full_name, local_time, one_line
from scheduler.domain.base import SessionId
from scheduler.domain.letter import FreeParagraph, Letter, Section
from scheduler.domain.letter_placeholders import filled_in
from scheduler.domain.meeting import Milestones
from scheduler.domain.side_events import TO_BE_NAMED, alike
from scheduler.domain.spans import Span
from scheduler.domain.timetable import Timetable
from scheduler.domain.titles import runs_of
from scheduler.scenario import Scenario
from scheduler.wording import capital


@dataclass(frozen=True, slots=True)
class Sitting:
    """When a closed body sits; hours in minutes after midnight."""

    day: date
    hours: Span


@dataclass(frozen=True, slots=True)
class ClosedMeeting:
    """A body, or a session of it, that does not admit everybody."""

    title: str
    admitted: tuple[str, ...]
    """Names of audiences; empty: nobody from outside."""
    sittings: tuple[Sitting, ...]
    """Empty without a timetable."""


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """What people register for apart."""

    title: str
    admitted: tuple[str, ...]
    """Names of audiences; empty: everybody may register."""
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody holds."""

    post: str
    not_held: tuple[str, ...]
    """Bodies that do not meet for that reason."""


@dataclass(frozen=True, slots=True)
class SideMeeting:
    """A side event."""

    day: date
    hours: Span | None
    title: str


@dataclass(frozen=True, slots=True)
class FreeText:
    """A paragraph of the planner's own, its placeholders replaced; ``**words**`` are bold."""

    text: str
    under: Section | None
    heading: str | None
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything that the letter, its covering message and its deadlines state. What is not known is None or empty."""

    name: str
    """Of the scenario: it names files."""
    series: str
    title: str | None
    """The letter's own title; None: made from series and dates."""
    runs: tuple[tuple[date, date], ...]
    """The days of the meeting, each run of them from its first to its last."""
    days: tuple[date, ...]
    """On which somebody can meet."""
    hours: Mapping[date, tuple[Span, ...]]
    """The slots of each day that are open to everybody; a day without any is left out."""
    local_time: str
    """``Geneva local time``"""
    draft: bool
    annex: str | None
    """What the annex is called; None: there is none."""
    venue: str | None
    place: str | None
    format: Literal["in_person", "online", "hybrid"] | None
    livestream: bool | None
    languages: tuple[str, ...]
    """Codes of the languages of interpretation."""
    letterhead: tuple[str, ...]
    addressees: tuple[str, ...] | None
    """None: ``audiences`` are addressed."""
    audiences: tuple[str, ...]
    """Names of those who may attend something."""
    signatory: tuple[str | None, str] | None
    """Name and post."""
    milestones: Milestones
    letter: Letter
    """For what is said as the scenario has it: secretariat, documents, registration, nominations."""
    bodies: tuple[str, ...]
    """Full names of the bodies that meet, but for those that are headings of an agenda."""
    subjects: tuple[str, ...]
    """Agenda items, where no annex lists them."""
    closed: tuple[ClosedMeeting, ...]
    own_registrations: tuple[OwnRegistration, ...]
    vacancies: tuple[Vacancy, ...]
    footnotes: tuple[str, ...]
    """Of the schedule, where no annex has them; ``**words**`` are bold."""
    side_events: tuple[SideMeeting, ...]
    """Those that are given, where no annex has them."""
    free: tuple[FreeText, ...]

    @property
    def same_hours(self) -> tuple[Span, ...]:
        """The hours of every day; empty where they differ, or where nobody meets."""
        found = set(self.hours.values())
        return next(iter(found)) if len(found) == 1 else ()


def facts_of_letter(scenario: Scenario, timetable: Timetable | None) -> LetterFacts:
    """The facts of the invitation to a meeting; without a timetable it has no annex."""
    meeting, letter = scenario.printed, scenario.letter or Letter()
    signatory = scenario.officer.get(letter.signatory or "")
    held = [session for session in scenario.sessions if timetable is None or session in timetable]
    invited = frozenset().union(*(scenario.audience(session) for session in held))
    return LetterFacts(
        name=scenario.name,
        series=one_line(meeting.series),
        title=one_line(filled_in(letter.title, scenario)) if letter.title else None,
        runs=tuple(runs_of(scenario.calendar)),
        days=tuple(scenario.calendar.axis.days),
        hours=_hours(scenario),
        local_time=local_time(meeting),
        draft=meeting.status == "draft",
        annex=one_line(meeting.annex_code) if timetable is not None else None,
        venue=one_line(meeting.venue or "") or None,
        place=one_line(letter.place or "") or None,
        format=meeting.format,
        livestream=meeting.livestream,
        languages=meeting.interpretation or (),
        letterhead=tuple(map(one_line, letter.letterhead)),
        addressees=None if letter.addressees is None else tuple(map(one_line, letter.addressees)),
        audiences=tuple(one_line(audience.name) for audience in scenario.audiences if audience.id in invited),
        signatory=(one_line(signatory.name or "") or None, one_line(signatory.post)) if signatory else None,
        milestones=meeting.milestones,
        letter=letter,
        bodies=_bodies(scenario, held),
        subjects=() if timetable is not None else _subjects(scenario, held),
        closed=tuple(_closed(scenario, held, timetable)),
        own_registrations=tuple(_own_registrations(scenario, letter, timetable)),
        vacancies=tuple(_vacancies(scenario)),
        footnotes=() if timetable is not None else tuple(one_line(note).lstrip("* ") for note in meeting.footnotes),
        side_events=() if timetable is not None else tuple(_side_events(scenario)),
        free=tuple(_free(scenario, each) for each in letter.paragraphs),
    )


def _hours(scenario: Scenario) -> dict[date, tuple[Span, ...]]:
    axis = scenario.calendar.axis
    found = {}
    for day in axis.days:
        slots = (axis.slots[index] for index in axis.by_day[day])
        if hours := tuple((slot.opens, slot.closes) for slot in slots if not slot.reserved_for):
            found[day] = hours
    return found


def _bodies(scenario: Scenario, held: list[SessionId]) -> tuple[str, ...]:
    meeting = {scenario.body_of[session].id for session in held}
    shown = (body for body in scenario.bodies if body.id in meeting and body.style != "agenda")
    return tuple(full_name(body) for body in shown)


def _subjects(scenario: Scenario, held: list[SessionId]) -> tuple[str, ...]:
    agenda = (session for session in held if scenario.body_of[session].style == "agenda")
    titles = (scenario.sessions[session].title for session in agenda)
    return tuple(dict.fromkeys(one_line(title) for title in titles if title))


def _closed(scenario: Scenario, held: list[SessionId], timetable: Timetable | None) -> Iterator[ClosedMeeting]:
    """Closed bodies; of a body that is partly open its closed sessions."""
    for body in scenario.bodies:
        mine = [session for session in held if scenario.body_of[session].id == body.id]
        groups: dict[tuple[str, ...], list[SessionId]] = {}
        for session in mine:
            if scenario.restricted(session):
                groups.setdefault(_admitted(scenario, session), []).append(session)
        for admitted, sessions in groups.items():
            whole = len(sessions) == len(mine)
            title = full_name(body) if whole else "; ".join(one_line(scenario.title(session)) for session in sessions)
            yield ClosedMeeting(title, admitted, _sittings(sessions, timetable))


def _admitted(scenario: Scenario, session: SessionId) -> tuple[str, ...]:
    audience = scenario.audience(session)
    return tuple(one_line(each.name) for each in scenario.audiences if each.id in audience)


def _sittings(sessions: list[SessionId], timetable: Timetable | None) -> tuple[Sitting, ...]:
    if timetable is None:
        return ()
    segments = sorted(
        (segment.day, segment.start, segment.end)
        for placement in timetable.of(sessions)
        for segment in placement.segments
    )
    return tuple(Sitting(day, (start, end)) for day, start, end in segments)


def _own_registrations(scenario: Scenario, letter: Letter, timetable: Timetable | None) -> Iterator[OwnRegistration]:
    for name in letter.registration.separately if letter.registration else ():
        sessions = list(scenario.work(name))
        if sessions:
            body = scenario.body.get(name)
            title = full_name(body) if body else one_line(scenario.title(sessions[0]))
            admitted = {_admitted(scenario, session) for session in sessions if scenario.restricted(session)}
            days = tuple(dict.fromkeys(sitting.day for sitting in _sittings(sessions, timetable)))
            yield OwnRegistration(title, next(iter(admitted)) if len(admitted) == 1 else (), days)


def _vacancies(scenario: Scenario) -> Iterator[Vacancy]:
    for officer in scenario.officers:
        if officer.vacant:
            gone = [body for body, vacant in scenario.dropped.items() if vacant.id == officer.id]
            yield Vacancy(one_line(officer.post), tuple(full_name(scenario.body[body]) for body in gone))


def _side_events(scenario: Scenario) -> Iterator[SideMeeting]:
    for event in scenario.listed_events:
        if event.day is not None and alike(event.title) not in TO_BE_NAMED:
            yield SideMeeting(event.day, event.hours, one_line(event.title))


def _free(scenario: Scenario, paragraph: FreeParagraph) -> FreeText:
    def said(text: str) -> str:
        return one_line(filled_in(text, scenario))

    heading = said(paragraph.heading) if paragraph.heading else None
    return FreeText(capital(said(paragraph.text)), paragraph.under, heading, tuple(map(said, paragraph.points)))
