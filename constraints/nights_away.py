"""Those who travel spend few nights away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.attending import least_days
from scheduler.domain.base import OfficerRef, SessionId
from scheduler.domain.clock import show_day
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.seats import SERVING
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, PeopleIn, Rule, says_nothing
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.domain.attending import Times
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting

LONGEST_STAY = 4
"""The most nights between two days of work for which a traveller stays (a weekend is three)."""


class NightsAway(Rule):
    """Of an online meeting nobody travels. A traveller is a delegate who follows all the work named, and of what is
    repeated attends one time; or each of ``officers``, who follows what they serve of it, each time.

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
        idle = [f"'{name}'" for name in dict.fromkeys(self.officers) if not self._perhaps_served(programme, name)]
        return says_nothing(idle, "serves nothing of this work", "serve nothing of this work")

    def _served(self, programme: Programme, officer: str) -> tuple[SessionId, ...]:
        """What somebody serves, in whatever posts."""
        person = programme.person(officer)
        return tuple(s for s in self.sessions(programme) if person in programme.serving(s))

    def _perhaps_served(self, programme: Programme, officer: str) -> tuple[SessionId, ...]:
        """What somebody serves, or may be chosen to serve."""
        person = programme.person(officer)
        return tuple(s for s in self.sessions(programme) if person in programme.perhaps_there(s, *SERVING))

    def _travellers(self, programme: Programme) -> Iterator[tuple[str, list[tuple[SessionId, ...]]]]:
        """Each in words, with the sessions they follow, of each time of which they attend one; nobody where the meeting
        is online.
        """
        if programme.meeting.format == "online":
            return
        sessions = self.sessions(programme)
        for person in dict.fromkeys(map(programme.person, self.officers)):
            yield self._called(programme, person), [(session,) for session in self._served(programme, person)]
        if not self.officers:
            yield f"A delegate who follows {self.names(programme)}", programme.attended(sessions)

    def _called(self, programme: Programme, person: str) -> str:
        vacant = programme.officer.get(person)
        return vacant.title if vacant is not None and vacant.vacant else programme.persons.title(person)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three nights more."""
        yield adjusting.more(self, "at_most", f"allow {{}} nights away instead of {self.at_most or 'none'}")

    def people_in(self, programme: Programme) -> PeopleIn | None:
        """All that the travellers serve, where they are officers."""
        return PeopleIn.SERIES if self.officers and programme.meeting.format != "online" else None

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """The nights between two days are spent away when there is work on both and none in between."""
        days = model.axis.days
        for who, name, followed in self._travelling(model.programme):
            here = self._away_on(model, who, name, followed)
            nights = []
            for first, second in combinations(range(len(days)), 2):
                gap = (days[second] - days[first]).days
                if gap <= LONGEST_STAY:
                    between = [model.negated(literal) for literal in here[first + 1 : second]]
                    stays = ("stays", *name, days[first], days[second])
                    nights.append(gap * model.all_of(stays, [here[first], here[second], *between]))
            most = (days[-1] - days[0]).days if days else 0
            model.measure(self, model.total(nights) - self.at_most, most, enforcement)

    def _travelling(
        self, programme: Programme
    ) -> Iterator[tuple[tuple[str, ...], tuple[object, ...], Sequence[Times]]]:
        """Of each traveller who it is where that depends on who is chosen to serve, a name, and what they follow."""
        if not self.officers and programme.meeting.format != "online":
            followed = programme.attended(self.sessions(programme))
            yield (), self._follower(0, followed), followed
        for person in dict.fromkeys(map(programme.person, self.officers if self.people_in(programme) else ())):
            sessions = self._perhaps_served(programme, person)
            who = () if sessions == self._served(programme, person) else (person,)
            yield who, (*who, *sessions), [(session,) for session in sessions]

    def _follower(self, number: int, followed: Sequence[Times]) -> tuple[object, ...]:
        """What identifies a traveller in the model: what they follow and, where they have a choice, themselves."""
        own = (self.name, number) if any(len(times) > 1 for times in followed) else ()
        return (*own, *(session for times in followed for session in times))

    def _away_on(
        self, model: ScheduleModel, who: Sequence[str], name: tuple[object, ...], followed: Sequence[Times]
    ) -> list[BoolVar]:
        """For each day whether they attend or serve something on it."""
        if who:
            return [_serves_on(model, who[0], [times[0] for times in followed], day) for day in model.axis.days]
        once = tuple(times[0] for times in followed if len(times) == 1)
        several = [times for times in followed if len(times) > 1]
        attends = {time: model.choice(f"{self.name} attends {time}") for times in several for time in times}
        for times in several:
            model.clause(*(attends[time] for time in times))
        here = []
        for day in model.axis.days:
            there = [
                model.all_of((*name, "attends", time, day), [literal, model.on_day(time, day)])
                for time, literal in attends.items()
            ]
            fixed = [model.body_on(once, day)] if once else []
            here.append(model.any_of((*name, "away on", day), [*fixed, *there]))
        return here

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count from the first day to the last. What is not yet placed at all its times can still be attended."""
        for who, followed in self._travellers(programme):
            held = [timetable.of(times) for times in followed if all(time in timetable for time in times)]
            days = days_attended(held)
            nights = nights_between(days)
            if nights > self.at_most:
                span = " to ".join(show_day(day) for day in (min(days), max(days)))
                free = f" instead of {self.at_most}" if self.at_most else ""
                message = f"{as_subject(who)} is away {counted(nights, 'night')}{free}, from {span}"
                sessions = [session for times in followed for session in times]
                yield self.violation(message, *_placed(sessions, timetable), amount=nights - self.at_most)

    def describe(self, programme: Programme) -> str:
        most = f"at most {counted(self.at_most, 'night')}" if self.at_most else "no night"
        if not self.officers:
            again = any(len(times) > 1 for times in programme.attended(self.sessions(programme)))
            once = ", and attends once what is repeated," if again else ""
            return f"A delegate who follows {self.names(programme)}{once} spends {most} away."
        titles = [self._called(programme, person) for person in dict.fromkeys(map(programme.person, self.officers))]
        verb = "spends" if len(titles) == 1 else "each spend"
        of = f" for {self.names(programme)}" if self.of else ""
        return f"{listed(titles)} {verb} {most} away{of}."


def _serves_on(model: ScheduleModel, person: str, sessions: Sequence[SessionId], day: date) -> BoolVar:
    """True exactly when somebody who may be chosen serves on the day."""
    serving = [
        model.all_of(("serves on", person, s, day), [model.on_day(s, day), model.is_there(s, person, *SERVING)])
        for s in sessions
    ]
    return model.any_of(("serves any on", person, *sessions, day), serving)


def nights_between(days: Iterable[date]) -> int:
    """Nights away of somebody who has work on these days."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(days))]
    return sum(gap for gap in gaps if gap <= LONGEST_STAY)


def days_attended(held: Sequence[Sequence[Placement]]) -> frozenset[date]:
    """The days of somebody who attends each session, of several times one, with the fewest nights away."""
    always = frozenset(day for times in held if len(times) == 1 for day in times[0].days)
    several = [[frozenset(time.days) for time in times] for times in held if len(times) > 1]
    if not several:
        return always
    return min(least_days([[always], *several]), key=lambda days: (nights_between(days), len(days), sorted(days)))


def _placed(sessions: Sequence[SessionId], timetable: Timetable) -> tuple[SessionId, ...]:
    return tuple(session for session in sessions if session in timetable)
