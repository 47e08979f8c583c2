"""Those who must be there are present whenever a session is held: its officers and its presenters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import SessionId, altered
from scheduler.domain.calendar import Segment
from scheduler.domain.persons import Entry, Officer, as_subject, family_of, key_of, who
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.domain.when import Period, together_hold
from scheduler.rules.rule import LooksAt, PeopleIn, Rule, says_nothing
from scheduler.wording import capital, likewise, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import KeyPath, SingleCondition, Splitting


class OfficerAvailability(Rule):
    """Amount: one per segment and absent person. A vacant post does not count as absent."""

    unit = "segment without somebody"
    default_cost_to_waive = 60
    example = {"of": ["WG"], "source": "letter from the Chair"}
    standing = True
    splits = "always"
    by_minute = True
    alone = LooksAt.START

    def lifts(self, programme: Programme) -> str:
        """Which sessions may be held without somebody."""
        away: dict[str, list[str]] = {}
        for session in self.sessions(programme):
            for person in programme.perhaps_there(session, *Role):
                if programme.persons.may_be_away(person):
                    away.setdefault(programme.persons.title(person), []).append(programme.title(session))
        return likewise([f"{shortened(titles)} may now be held without {who}" for who, titles in away.items()])

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names without anybody who must be there."""

        def needs_somebody(session: SessionId) -> bool:
            return bool(programme.seats(session))

        names = self.names_without(programme, needs_somebody)
        return says_nothing(names, "has neither officers nor presenters", "have neither officers nor presenters")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by the segments that fall into an absence."""
        for session in self.sessions(model.programme):
            for person in model.programme.perhaps_there(session, *Role):
                if model.programme.persons.may_be_away(person):
                    elsewhere = model.negated(model.is_there(session, person, *Role))
                    amount = partial(_absences, model.programme, [person])
                    model.charge(self, session, amount, enforcement, elsewhere)

    def people_in(self, programme: Programme) -> PeopleIn:  # noqa: ARG002
        """Each session by itself."""
        return PeopleIn.SESSION

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """One condition for each absence and each list of presences. Giving one up frees the sessions of every such
        rule.
        """
        programme = splitting.programme
        for loc, entry in programme.entries():
            person = programme.person(key_of(entry))
            sessions = [s for s in self.sessions(programme) if person in programme.perhaps_there(s, *Role)]
            if sessions and not (isinstance(entry, Officer) and entry.vacant):
                yield from _of_entry(self, splitting, entry, loc, sessions)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot in which people are away, where it is the same at every start."""
        wanting: dict[tuple[str, ...], list[SessionId]] = {}
        programme = counts.programme
        if programme.open_seats:
            return False
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
                    entry = programme.persons.away(person, segment)
                    if entry is not None:
                        session = programme.title(placement.session)
                        message = f"{as_subject(entry.title)} is away when {session} sits on {segment}"
                        yield self.violation(message, placement.session)

    def describe(self, programme: Programme) -> str:
        who = listed([programme.name_of(work) for work in self.of], "or") if self.of else "a session"
        people = (
            "officers and presenters"
            if any(programme.perhaps_there(s, Role.PRESENTER) for s in programme.sessions)
            else "officers"
        )
        return f"Whenever {who} sits, its {people} are present{self.yields.words}."


def _absent_in(programme: Programme, people: Sequence[str], segment: Segment) -> int:
    return _absences(programme, people, (segment,))


def _absences(programme: Programme, people: Sequence[str], segments: tuple[Segment, ...]) -> int:
    return sum(programme.persons.away(person, segment) is not None for person in people for segment in segments)


# --- giving way ---------------------------------------------------------------------------------------------


def _of_entry(
    rule: Rule, splitting: Splitting, entry: Entry, loc: KeyPath, sessions: Sequence[SessionId]
) -> Iterator[SingleCondition]:
    """Each absence of somebody, and the times to which their presence is limited."""
    family, own, called = family_of(entry), key_of(entry), who(entry)
    person = splitting.programme.person(own)
    for period in dict.fromkeys(entry.absent):
        number = entry.absent.index(period)
        yield splitting.other(
            rule,
            key=f"{family}/{own}/absent/{number}",
            name=own,
            sentence=f"{as_subject(capital(called))} is away {period.spoken}.",
            source=entry.source,
            loc=(*loc, "absent", number),
            waived=f"hold it without {called}, who is away {period.spoken}",
            post=partial(_only_where, person, sessions, partial(_clear_of, period)),
            waive=partial(_changing, entry, partial(_without, period)),
            adjustable=partial(_shorter_absence, entry, period),
        )
    if entry.present:
        times = listed([period.spoken for period in entry.present])
        yield splitting.other(
            rule,
            key=f"{family}/{own}/present",
            name=own,
            sentence=f"{as_subject(capital(called))} is here only {times}.",
            source=entry.source,
            loc=(*loc, "present"),
            waived=f"hold it without {called}, who is here only {times}",
            post=partial(_only_where, person, sessions, partial(_inside, entry.present)),
            waive=partial(_changing, entry, lambda other: altered(other, present=())),
            adjustable=partial(_longer_presence, entry),
        )


def _only_where(
    person: str,
    sessions: Sequence[SessionId],
    holds: Callable[[Sequence[Segment]], bool],
    model: ScheduleModel,
    enforcement: Enforcement,
) -> None:
    for session in sessions:
        elsewhere = model.negated(model.is_there(session, person, *Role))
        model.clause(model.where(session, holds), elsewhere, unless=() if enforcement is None else (~enforcement,))


def _clear_of(period: Period, segments: Sequence[Segment]) -> bool:
    return not any(period.meets(s) for s in segments)


def _inside(present: Sequence[Period], segments: Sequence[Segment]) -> bool:
    return all(together_hold(present, s) for s in segments)


def _without(period: Period, entry: Entry) -> Entry:
    return altered(entry, absent=tuple(other for other in entry.absent if other != period))


def _changing(entry: Entry, change: Callable[[Entry], Entry], programme: Programme) -> Mapping[str, Any]:
    return programme.with_entry(entry, change)


def _shorter_absence(entry: Entry, period: Period, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
    from scheduler.rules.presence import shorter_absences

    for shorter, words in shorter_absences(adjusting.programme.calendar, period):
        absent = tuple(part for other in entry.absent for part in (shorter if other == period else (other,)))
        yield adjusting.presence(entry, f"ask {who(entry)} to {words}", altered(entry, absent=absent), "absent")


def _longer_presence(entry: Entry, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
    from scheduler.rules.presence import longer_presences

    for longer, words in longer_presences(adjusting.programme.calendar, entry.present):
        yield adjusting.presence(entry, f"ask {who(entry)} to {words}", altered(entry, present=longer), "present")
