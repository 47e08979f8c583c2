"""An officer is present whenever a session they serve is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.base import OfficerId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.findings import Finding
from scheduler.domain.programme import Officer, Programme
from scheduler.domain.timetable import Timetable
from scheduler.rule import Rule, listed, says_nothing

if TYPE_CHECKING:
    from scheduler.brief import Brief
    from scheduler.model import Guard, ScheduleModel


class OfficerAvailability(Rule):
    """Harm: one per segment and officer who is away. A vacant post is nobody's absence."""

    unit: ClassVar[str] = "segment without an officer"
    standing: ClassVar[bool] = True
    by_minute: ClassVar[bool] = True
    rule: Literal["officer_availability"] = "officer_availability"

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names without anybody who must be there."""

        def needs_somebody(session: SessionId) -> bool:
            return bool(programme.officers_of(session) or programme.presenters_of(session))

        names = self.names_without(programme, needs_somebody)
        return says_nothing(names, "has neither officers nor presenters", "have neither officers nor presenters")

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Each start by the segments that fall into an absence."""
        for session in self.sessions(model.programme):
            for name in model.programme.officers_of(session):
                model.charge(self, session, partial(_absences, model.programme.officer[name]), guard)

    def count(self, brief: Brief) -> bool:
        """A price for each session and slot in which officers are away, where that does not depend on the minute."""
        served: dict[tuple[OfficerId, ...], list[SessionId]] = {}
        for session in self.sessions(brief.programme):
            served.setdefault(brief.programme.officers_of(session), []).append(session)
        officer = brief.programme.officer
        return brief.price_slots(
            ((ids, partial(_all_absences, [officer[name] for name in names])) for names, ids in served.items()),
            self.weight,
        )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Hold each segment against the officers' presence."""
        for placement in timetable.of(self.sessions(programme)):
            for name in programme.officers_of(placement.session):
                officer = programme.officer[name]
                for segment in placement.segments:
                    if not officer.is_present(segment.day, segment.start, segment.end):
                        message = f"{officer.title} is away when {programme.title(placement.session)} sits on {segment}"
                        yield self.finding(message, placement.session)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        who = listed([programme.name_of(work) for work in self.of], "or") if self.of else "a session"
        return f"Whenever {who} sits, its officers are present."


def _all_absences(officers: Sequence[Officer], segment: Segment) -> int:
    return sum(_absences(officer, (segment,)) for officer in officers)


def _absences(officer: Officer, segments: tuple[Segment, ...]) -> int:
    return sum(not officer.is_present(segment.day, segment.start, segment.end) for segment in segments)
