"""No officer serves two sessions at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from scheduler.domain.base import SessionId
from scheduler.domain.people import Pair
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Exclusive, LooksAt, Rule
from scheduler.wording import likewise, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class OfficerDoubleBooking(Rule):
    """Amount: one per person and pair of sessions that they serve, in whatever posts, that share a minute."""

    unit: ClassVar[str] = "pair of sessions"
    standing: ClassVar[bool] = True
    about_pairs: ClassVar[bool] = True
    counted_last: ClassVar[bool] = True
    alone: ClassVar[LooksAt] = LooksAt.NOTHING
    exclusive: ClassVar[Exclusive | None] = Exclusive.PERSON
    only_pairs: ClassVar[bool] = True
    rule: Literal["officer_double_booking"] = "officer_double_booking"
    weight: int | None = Field(default=None, ge=0, le=1_000_000)
    """None: must hold. n: n points per unit of violation; with 0 officers may serve several at once."""

    def pairs(self, programme: Programme) -> dict[str, list[Pair]]:
        """By person, the pairs of sessions that they serve and that must not sit at once; none left out."""
        served: dict[str, list[SessionId]] = {}
        for session in self.sessions(programme) if self.weight != 0 else ():
            for officer in programme.serving(session):
                served.setdefault(officer, []).append(session)
        found = {
            officer: [pair for pair in combinations(sessions, 2) if not self.yields.pair(*pair)]
            for officer, sessions in served.items()
        }
        return {officer: pairs for officer, pairs in found.items() if pairs}

    def people_apart(self, programme: Programme) -> Mapping[Pair, Sequence[str]]:
        """Its pairs."""
        found: dict[Pair, list[str]] = {}
        for person, pairs in self.pairs(programme).items():
            for pair in pairs:
                found.setdefault(pair, []).append(person)
        return found

    def lifts(self, programme: Programme) -> str:
        """Who may be wanted twice at once."""
        parts = []
        for person, pairs in self.pairs(programme).items():
            served = {session for pair in pairs for session in pair}
            titles = [programme.title(session) for session in programme.sessions if session in served]
            who = as_subject(programme.persons.title(person))
            parts.append(f"{who} may now be wanted in {shortened(titles)} at once")
        return likewise(parts)

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has nobody to meet. Of a wish another warning says so."""
        if self.of and self.weight is None and len(self.sessions(programme)) == 1:
            yield "one session alone is named, and it takes two: the rule says nothing"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pair by pair."""
        for pairs in self.pairs(model.programme).values():
            for one, other in pairs:
                model.clause(model.apart(one, other), unless=model.relaxation(self, enforcement))

    def count_into(self, counts: Counts) -> bool:
        """Only where other rules keep each pair apart already: minutes are not known."""
        pairs = [pair for found in self.pairs(counts.programme).values() for pair in found]
        return not pairs or (self.weight is None and all(counts.keeps_apart(*pair) for pair in pairs))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare clock times of each officer's sessions."""
        for officer, pairs in self.pairs(programme).items():
            for pair in pairs:
                if all(s in timetable for s in pair) and timetable[pair[0]].overlaps(timetable[pair[1]]):
                    names = [programme.title(session) for session in pair]
                    message = (
                        f"{as_subject(programme.persons.title(officer))} would serve {names[0]} and {names[1]} at once"
                    )
                    yield self.violation(message, *pair)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        among = f" of {self.names(programme)}" if self.of else ""
        if self.weight == 0:
            return f"Officers may serve several sessions{among} at the same time."
        return f"No officer serves two sessions{among} at the same time{self.yields.words}."
