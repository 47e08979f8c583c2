"""Those who travel spend few nights away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import OfficerRef, SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule, says_nothing
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting

LONGEST_STAY = 4
"""The most nights between two days of work for which a traveller stays (a weekend is three)."""


class NightsAway(Rule):
    """Of an online meeting nobody travels. A traveller is a delegate who follows all the work named; or each of
    ``officers``, who follows what they serve of it.

    A night counts if it lies between two days of work that are ``LONGEST_STAY`` nights apart at most: over a longer gap
    travellers go home. Amount: one per night beyond ``at_most``.
    """

    unit = "night"
    default_cost_to_waive = 15
    example = {"officers": ["wg-chair"], "at_most": 2, "weight": 5}
    not_adjustable = {"officers": "whom it is about"}
    alone = LooksAt.START
    officers: tuple[OfficerRef, ...] = ()
    """Officers who travel; empty: a delegate who follows the work."""
    at_most: int = Field(default=0, ge=0)
    """Nights of each traveller that cost nothing."""

    def silent(self, programme: Programme) -> Iterator[str]:
        """A meeting that is online; officers who serve none of the work."""
        if programme.meeting.format == "online":
            return iter(("the meeting is online and nobody travels: the rule says nothing",))
        idle = [f"'{name}'" for name in dict.fromkeys(self.officers) if not self._served(programme, name)]
        return says_nothing(idle, "serves nothing of this work", "serve nothing of this work")

    def _served(self, programme: Programme, officer: str) -> tuple[SessionId, ...]:
        """What somebody serves, in whatever posts."""
        person = programme.person(officer)
        return tuple(s for s in self.sessions(programme) if person in programme.serving(s))

    def _travellers(self, programme: Programme) -> Iterator[tuple[str, tuple[SessionId, ...]]]:
        """Each in words, with the sessions they follow; nobody where the meeting is online."""
        if programme.meeting.format == "online":
            return
        sessions = self.sessions(programme)
        for person in dict.fromkeys(map(programme.person, self.officers)):
            yield self._called(programme, person), self._served(programme, person)
        if not self.officers:
            yield f"A delegate who follows {self.names(programme)}", sessions

    def _called(self, programme: Programme, person: str) -> str:
        vacant = programme.officer.get(person)
        return vacant.title if vacant is not None and vacant.vacant else programme.persons.title(person)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three nights more."""
        yield adjusting.more(self, "at_most", f"allow {{}} nights away instead of {self.at_most or 'none'}")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """The nights between two days are spent away when there is work on both and none in between."""
        days = model.axis.days
        for _, sessions in self._travellers(model.programme):
            here = [model.body_on(sessions, day) for day in days]
            nights = []
            for first, second in combinations(range(len(days)), 2):
                gap = (days[second] - days[first]).days
                if gap <= LONGEST_STAY:
                    between = [model.negated(literal) for literal in here[first + 1 : second]]
                    stays = ("stays", *sessions, days[first], days[second])
                    nights.append(gap * model.all_of(stays, [here[first], here[second], *between]))
            most = (days[-1] - days[0]).days if days else 0
            model.measure(self, model.total(nights) - self.at_most, most, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count from the first day to the last."""
        for who, sessions in self._travellers(programme):
            days = {day for placement in timetable.of(sessions) for day in placement.days}
            nights = nights_between(days)
            if nights > self.at_most:
                span = " to ".join(show_day(day) for day in (min(days), max(days)))
                free = f" instead of {self.at_most}" if self.at_most else ""
                message = f"{as_subject(who)} is away {counted(nights, 'night')}{free}, from {span}"
                yield self.violation(message, *_placed(sessions, timetable), amount=nights - self.at_most)

    def describe(self, programme: Programme) -> str:
        most = f"at most {counted(self.at_most, 'night')}" if self.at_most else "no night"
        if not self.officers:
            return f"A delegate who follows {self.names(programme)} spends {most} away."
        titles = [self._called(programme, person) for person in dict.fromkeys(map(programme.person, self.officers))]
        verb = "spends" if len(titles) == 1 else "each spend"
        of = f" for {self.names(programme)}" if self.of else ""
        return f"{listed(titles)} {verb} {most} away{of}."


def nights_between(days: Iterable[date]) -> int:
    """Nights away of somebody who has work on these days."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(days))]
    return sum(gap for gap in gaps if gap <= LONGEST_STAY)


def _placed(sessions: Sequence[SessionId], timetable: Timetable) -> tuple[SessionId, ...]:
    return tuple(session for session in sessions if session in timetable)
