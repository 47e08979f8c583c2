"""The prices of deputies as a wish, which a scenario states where it names deputies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, PeopleIn, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class PricesOfDeputies(Rule):
    """Those who must be there come themselves; a deputy who stands in costs the price.

    Amount: for each session and each person for whom a deputy stands in, the price declared there.
    """

    unit = "point of a price"
    default_cost_to_waive = 40
    example: ClassVar[Mapping[str, Any]] = {}
    alone = LooksAt.NOTHING
    rule: str = "deputies"

    @classmethod
    def of_programme(cls, programme: Programme) -> tuple[PricesOfDeputies, ...]:
        """One for all prices; none where nobody stands in at a price."""
        priced = [s for s in programme.open_seats if any(seat.deputised for seat in programme.seats(s))]
        return (cls(id="prices-of-deputies", weight=1, of=tuple(priced)),) if priced else ()

    def people_in(self, programme: Programme) -> PeopleIn:  # noqa: ARG002
        """Each session by itself."""
        return PeopleIn.SESSION

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each deputy who may be chosen."""
        for session in self.sessions(model.programme):
            for number, seat in enumerate(model.programme.seats(session)):
                for price, literal in zip(seat.prices, model.fills(session, number), strict=True):
                    if price:
                        model.clause(model.negated(literal), unless=model.relaxation(self, enforcement, price))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at who has been chosen."""
        for placement in timetable.of(self.sessions(programme)):
            for seat, who in programme.filled(placement.session):
                if price := seat.prices[who]:
                    deputy, absent = (as_subject(programme.persons.title(seat.people[n])) for n in (who, 0))
                    message = f"{deputy} stands in for {absent} in {programme.title(placement.session)}"
                    yield self.violation(message, placement.session, amount=price)

    def describe(self, programme: Programme) -> str:  # noqa: ARG002
        """The same for every scenario."""
        return "Those who have deputies come themselves; a deputy who stands in costs the price declared."


def who_stands_in(implied: Sequence[Rule], violations: Iterable[Violation]) -> str:
    """What some violations say of the prices of deputies, in one sentence; empty where nobody stands in at a price."""
    names = {rule.name for rule in implied}
    said = [violation.message for violation in violations if violation.id in names]
    return f"{'; '.join(said)}." if said else ""
