"""Those who must be there are present whenever a session is held: its officers and its presenters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule, says_nothing
from scheduler.wording import likewise, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class OfficerAvailability(Rule):
    """Amount: one per segment and person who is away. A vacant post is nobody's absence."""

    unit: ClassVar[str] = "segment without somebody"
    standing: ClassVar[bool] = True
    by_minute: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.START
    rule: Literal["officer_availability"] = "officer_availability"

    def lifts(self, programme: Programme) -> str:
        """Which sessions may be held without somebody."""
        away: dict[str, list[str]] = {}
        for session in self.sessions(programme):
            for person in programme.needed(session):
                if programme.persons.may_be_away(person):
                    away.setdefault(programme.persons.title(person), []).append(programme.title(session))
        return likewise([f"{shortened(titles)} may now be held without {who}" for who, titles in away.items()])

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names without anybody who must be there."""

        def needs_somebody(session: SessionId) -> bool:
            return bool(programme.officers_of(session) or programme.presenters_of(session))

        names = self.names_without(programme, needs_somebody)
        return says_nothing(names, "has neither officers nor presenters", "have neither officers nor presenters")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by the segments that fall into an absence."""
        for session in self.sessions(model.programme):
            for person in model.programme.needed(session):
                if model.programme.persons.may_be_away(person):
                    model.charge(self, session, partial(_absences, model.programme, [person]), enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot in which people are away, where that does not depend on the minute."""
        wanting: dict[tuple[str, ...], list[SessionId]] = {}
        programme = counts.programme
        for session in self.sessions(programme):
            people = tuple(p for p in programme.needed(session) if programme.persons.may_be_away(p))
            wanting.setdefault(people, []).append(session)
        return counts.price_slots(
            ((sessions, partial(_absent_in, programme, people)) for people, sessions in wanting.items() if people),
            self.weight,
        )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Hold each segment against the presence of each person."""
        for placement in timetable.of(self.sessions(programme)):
            for person in programme.needed(placement.session):
                for segment in placement.segments:
                    entry = programme.persons.away(person, segment.day, segment.start, segment.end)
                    if entry is not None:
                        session = programme.title(placement.session)
                        message = f"{as_subject(entry.title)} is away when {session} sits on {segment}"
                        yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        who = listed([programme.name_of(work) for work in self.of], "or") if self.of else "a session"
        people = "officers and presenters" if any(map(programme.presenters_of, programme.sessions)) else "officers"
        return f"Whenever {who} sits, its {people} are present{self.yields.words}."


def _absent_in(programme: Programme, people: Sequence[str], segment: Segment) -> int:
    return _absences(programme, people, (segment,))


def _absences(programme: Programme, people: Sequence[str], segments: tuple[Segment, ...]) -> int:
    return sum(
        programme.persons.away(person, segment.day, segment.start, segment.end) is not None
        for person in people
        for segment in segments
    )
