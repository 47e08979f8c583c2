"""A session is held before its repeats, and these in the order of the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import GivenUp, LooksAt, Rule, says_nothing
from scheduler.wording import likewise

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import SingleCondition, Splitting


class RepeatsInOrder(Rule):
    """Amount: one for each repeat that starts before the time before it has ended. Of the sessions named, those are
    neighbours that are held again one after the other.
    """

    unit = "repeat too early"
    default_cost_to_waive = 25
    example = {"of": ["WG"], "source": "the first time is for all"}
    standing = True
    splits = "standing"
    about_pairs = True
    only_pairs = True
    alone = LooksAt.NOTHING

    def pairs(self, programme: Programme) -> list[tuple[SessionId, SessionId]]:
        """Each time that something is held with the next time, less what stated rules take over."""
        times = programme.attended(self.sessions(programme))
        return [pair for held in times for pair in pairwise(held) if not self.yields.pair(*pair)]

    def precedences(self, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
        """Its pairs."""
        return iter(self.pairs(programme))

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names of which nothing is held again, or of which one time alone is named."""
        about = {session for pair in self.pairs(programme) for session in pair}
        if self.of:
            idle = self.names_without(programme, about.__contains__)
            return says_nothing(idle, "is not named with another time that it is held", "are each held once here")
        return iter(() if about else ("no session is repeated: the rule says nothing",))

    def lifts(self, programme: Programme) -> str:
        """What may come first."""
        title = programme.title
        return likewise([f"{title(then)} may now be held before {title(one)}" for one, then in self.pairs(programme)])

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """By repeat."""
        programme = splitting.programme
        for one, then in self.pairs(programme):
            first, again = programme.title(one), programme.title(then)
            yield splitting.part(
                self,
                (one, then),
                key=f"repeats/{then}",
                name=f"{then} repeated",
                sentence=f"{again} is held after {first}.",
                source=programme.sessions[then].source,
                loc=(*splitting.place_of(then), "repeats"),
                wish=f"unordered-{then}",
                waived=f"let {again} be held before {first}",
                how=GivenUp.STATED,
            )

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pair by pair."""
        for one, then in self.pairs(model.programme):
            model.clause(model.before(one, then), unless=model.relaxation(self, enforcement))

    def count_into(self, counts: Counts) -> bool:
        """Only where there is nothing to count: which of two slots comes first is not known."""
        return not self.pairs(counts.programme)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the end of each time with the start of the next."""
        for one, then in self.pairs(programme):
            if one in timetable and then in timetable and timetable[one].end > timetable[then].start:
                starts = f"{programme.title(then)} starts on {timetable[then].segments[0].starts_on}"
                ends = f"{programme.title(one)} ends on {timetable[one].segments[-1].ends_on}"
                yield self.violation(f"{starts}, before {ends}", one, then)

    def describe(self, programme: Programme) -> str:
        what = f"Of {self.names(programme)}, each" if self.of else "Each"
        return f"{what} session is held before its repeats, and these in their order{self.yields.words}."
